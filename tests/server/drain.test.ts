import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { watchConnections } from '#server/drain.ts';
import { startTestApi } from '../support/api.ts';
import { useTestDatabase } from '../support/database.ts';
import { holdTable } from '../support/held-table.ts';

/** A test takes less than what is waited for when nobody closes it: an idle connection, an answer under way. */
const WAIT_MS = 8_000;
const IDLE_MS = 75_000;

async function useServer(answer: (response: ServerResponse) => void) {
  const server = createServer({ keepAliveTimeout: IDLE_MS }, (_request, response) => answer(response));
  const drain = watchConnections(server);
  onTestFinished(() => server.closeAllConnections());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const ask = async (): Promise<IncomingMessage> => {
    const [response] = await once(get({ agent, host: '127.0.0.1', port }), 'response');
    return response;
  };
  return { server, port, drain, ask };
}

describe('a server that ends', { timeout: WAIT_MS }, () => {
  test('does not wait for who has connected and asked nothing, or half of it', async () => {
    const { server, port, drain } = await useServer((response) => response.end());
    for (const words of ['', 'GET / HT']) {
      const socket = connect(port, '127.0.0.1', () => socket.write(words));
      onTestFinished(() => void socket.destroy());
      await once(server, 'connection');
    }
    await drain();
  });

  test('does not wait for who may ask again', async () => {
    const { drain, ask } = await useServer((response) => response.end('answer'));
    expect(await text(await ask())).toBe('answer');
    await drain();
  });

  test('gives every answer to a client that asked twice in a row', async () => {
    const asked: ServerResponse[] = [];
    const both = Promise.withResolvers<void>();
    const { port, drain } = await useServer((response) => {
      asked.push(response);
      if (asked.length === 2) both.resolve();
    });
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2));
    await both.promise;
    const drained = drain();
    const [first, second] = asked;
    first!.end('first');
    await once(first!, 'close');
    second!.end('second');
    expect(await text(socket)).toMatch(/first.*second/s);
    await drained;
  });

  test('gives the answers that are under way, and waits for no more', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const { drain, ask } = await useServer((response) => {
      response.write('ans');
      asked.resolve(response);
    });
    const response = await ask();
    const drained = drain();
    (await asked.promise).end('wer');
    expect(await text(response)).toBe('answer');
    await drained;
  });
});

test('an API that ends does not hold on to a stream that was on its way in', {
  timeout: WAIT_MS,
}, async () => {
  const database = await useTestDatabase();
  const { endpoint, [Symbol.asyncDispose]: end } = await startTestApi(database);
  const { release, waiting } = await holdTable(database, 'actor');
  const answer = fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: '{"query":"subscription { matches(filter: { actors: [\\"kyutai\\"] }) { cursor } }"}',
  }).then(async (response) => await response.text(), String);
  await expect.poll(waiting, { timeout: WAIT_MS }).toBe(1);
  const ended = end();
  await release();
  await ended;
  await answer;
});
