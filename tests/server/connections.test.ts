/** Who holds how many connections, as the connections themselves tell. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createConnections } from '#server/connections.ts';

/** A request under way at a server, and its client. */
async function arrive() {
  const server = createServer();
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  return { client, response, socket: request.socket };
}

test.each(['response', 'socket'] as const)('a %s counts until it closes', async (what) => {
  const connections = createConnections(1);
  const { client, [what]: held } = await arrive();
  expect([connections.open('a', held), connections.open('a', held), connections.open('b', held)]).toEqual([
    true,
    false,
    true,
  ]);
  const closed = once(held, 'close');
  client.destroy();
  await closed;
  expect(connections.open('a', (await arrive())[what])).toBe(true);
});

test.each(['response', 'socket'] as const)('a %s that is closed already does not count', async (what) => {
  const connections = createConnections(1);
  const { client, [what]: gone } = await arrive();
  const closed = once(gone, 'close');
  client.destroy();
  await closed;
  expect(connections.open('a', gone)).toBe(true);
  expect(connections.open('a', (await arrive())[what])).toBe(true);
});
