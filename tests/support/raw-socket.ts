/** WebSocket clients that say what no library would. */
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

/** Values as they come, to be awaited. */
export function createQueue<T>() {
  const values: T[] = [];
  let changed = Promise.withResolvers<void>();
  return {
    values,
    push(value: T) {
      values.push(value);
      changed.resolve();
      changed = Promise.withResolvers();
    },
    async until(count: number): Promise<readonly T[]> {
      while (values.length < count) await changed.promise;
      return values;
    },
  };
}

/** A WebSocket by hand: what the server says, parsed, and its close code at the end. */
export async function openSocket(
  url: string,
  init: object | null = {},
  {
    protocol = 'graphql-transport-ws',
    headers = {},
  }: { protocol?: string | string[]; headers?: Record<string, string> } = {},
) {
  const socket = new WebSocket(url.replace('http', 'ws'), protocol, { headers });
  onTestFinished(() => socket.terminate());
  const messages = createQueue<Record<string, unknown>>();
  const closed = new Promise<{ code: number; reason: string }>((done) =>
    socket.on('close', (code, reason) => done({ code, reason: String(reason) })),
  );
  socket.on('message', (data) => messages.push(JSON.parse(String(data)) as Record<string, unknown>));
  await once(socket, 'open');
  const send = (message: object | string | Buffer): void =>
    socket.send(typeof message === 'object' && !Buffer.isBuffer(message) ? JSON.stringify(message) : message);
  if (init !== null) send({ type: 'connection_init', payload: init });
  return { messages, closed, send, close: () => socket.close() };
}
