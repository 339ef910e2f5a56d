/**
 * Subscriptions over SSE: the distinct connections mode of graphql-sse’s protocol, with ids, so that an `EventSource` comes
 * back to its place by itself. Takes the place of yoga’s writer, which sends no ids and builds a stream per client.
 */
import type { ServerResponse } from 'node:http';
import type { Clock } from '#platform/clock.ts';
import { createReader } from './backlog.ts';
import type { Pulse } from './pulse.ts';
import type { Accepted, Subscriptions } from './subscriptions.ts';
import type { YogaPlugin } from './yoga.ts';

/** When clients come back whose server has gone, milliseconds: spread, not all at once. */
const RETRY_MS = { least: 1_000, most: 5_000 } as const;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // For nginx, which would hold alerts back.
  'x-accel-buffering': 'no',
} as const;

const COMMENT = Buffer.from(':\n\n');

/** Serves what `subscriptions` accepted to clients that read event streams. */
export function useEventStreams(subscriptions: Subscriptions, pulse: Pulse, clock: Clock): YogaPlugin {
  return {
    onResultProcess({ request, resultProcessor, setResultProcessor }) {
      const accepted = subscriptions.find(request);
      // Without a processor the client takes no event streams, and yoga says so.
      if (accepted === null || resultProcessor === undefined) return;
      setResultProcessor((_result, { Response }) => {
        const response = new Response(null, { status: 200, headers: HEADERS });
        // The server hands the response a Node stream to pipe itself into: here the subscription takes over.
        const body = {
          read() {},
          pipe: (to: ServerResponse) => serve(accepted, to, pulse, clock),
          destroy() {},
        };
        return Object.defineProperty(response, 'body', { value: body });
      }, 'text/event-stream');
    },
  };
}

function serve(accepted: Accepted, response: ServerResponse, pulse: Pulse, clock: Clock): void {
  const socket = response.req.socket;
  if (socket.destroyed) return;
  const retry = RETRY_MS.least + Math.floor(Math.random() * (RETRY_MS.most - RETRY_MS.least));
  response.write(`retry: ${retry}\n:\n\n`);
  const leave = accepted.begin({
    reader: createReader(response, (alert) => alert.event, clock),
    end(error) {
      close();
      if (error === undefined) return void response.destroy();
      response.end(`event: next\ndata: ${JSON.stringify({ errors: [error] })}\n\nevent: complete\ndata:\n\n`);
    },
  });
  const rest = pulse.add({
    socket,
    beat: () => response.write(COMMENT),
    drop() {
      close();
      response.destroy();
    },
  });
  const close = (): void => {
    rest();
    leave();
  };
  response.once('close', close);
  // A write that meets a connection just gone: `close` follows.
  response.on('error', close);
}
