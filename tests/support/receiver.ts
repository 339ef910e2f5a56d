/** A receiver of webhooks on the loopback that answers as a test wants it to. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (
  response: ServerResponse,
  request: ReceivedRequest,
  count: number,
) => void | Promise<void>;

export interface Receiver {
  readonly url: string;
  /** What came in, in order. */
  readonly received: readonly ReceivedRequest[];
  /** Answers differently from now on. */
  answer(answer: Answer): void;
  /** Resolves when `count` requests have come in, answered or not. */
  until(count: number): Promise<void>;
}

/** Answers with a status and nothing else. */
export const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (response) => {
    response.writeHead(code, headers).end(body);
  };

/** Opens a receiver for the running test; it says 204 until told otherwise. */
export async function useReceiver(first: Answer = status(204)): Promise<Receiver> {
  const received: ReceivedRequest[] = [];
  let answer = first;
  let changed = Promise.withResolvers<void>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const taken = { path: request.url ?? '', headers: request.headers, body: await text(request) };
    received.push(taken);
    changed.resolve();
    changed = Promise.withResolvers();
    await answer(response, taken, received.length);
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer(next) {
      answer = next;
    },
    async until(count) {
      while (received.length < count) await changed.promise;
    },
  };
}
