/**
 * Subscriptions over SSE: the distinct connections mode of graphql-sse’s protocol, with ids, so that an `EventSource` comes
 * back to its place by itself. Takes the place of yoga’s writer, which sends no ids and builds a stream per client.
 */
import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Clock } from '#platform/clock.ts';
import type { Alert } from './alert.ts';
import { Backlog } from './backlog.ts';
import type { Connections } from './connections.ts';
import type { Living, Pulse } from './pulse.ts';
import type { Accepted, Client, Subscriptions } from './subscriptions.ts';
import type { YogaPlugin } from './yoga.ts';

/** When clients come back whose server has gone, milliseconds: spread, not all at once. */
const RETRY_MS = { least: 1_000, most: 5_000 } as const;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // For nginx, which would hold alerts back.
  'x-accel-buffering': 'no',
} as const;

/** What event streams are served with. */
interface Serving {
  readonly pulse: Pulse;
  readonly clock: Clock;
  readonly connections: Connections;
}

/** Serves what `subscriptions` accepted to clients that read event streams. */
export function useEventStreams({
  subscriptions,
  ...serving
}: Serving & { readonly subscriptions: Subscriptions }): YogaPlugin {
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
          pipe: (to: ServerResponse) => serve(accepted, to, serving),
          destroy() {},
        };
        return Object.defineProperty(response, 'body', { value: body });
      }, 'text/event-stream');
    },
  };
}

function serve(accepted: Accepted, response: ServerResponse, serving: Serving): void {
  const { socket } = response;
  // A request that another one on the connection has not made way for yet.
  if (socket === null) return void response.once('socket', () => serve(accepted, response, serving));
  if (socket.destroyed) return;
  response.flushHeaders();
  const chunked = response.chunkedEncoding;
  letGo(response, serving.connections);
  new EventStream(response, chunked, serving).begin(accepted, serving.pulse);
}

/**
 * Has a response whose head is sent hold on to nothing: what waits for its end, and for its request's, keeps all of the request
 * alive, which is several times what an idle stream needs.
 */
function letGo(response: ServerResponse, connections: Connections): void {
  connections.move(response, response.req.socket);
  for (const message of [response, response.req]) {
    message.removeAllListeners();
    // The socket tells us of its end, whatever Node makes of the message.
    message.on('error', ignore);
  }
}

const ignore = (): void => {};

/** A stretch of the body in chunked encoding (RFC 9112, section 7.1). */
function chunkOf(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

const COMMENT = ':\n\n';
const COMMENT_CHUNK = chunkOf(COMMENT);
const LAST_CHUNK = '0\r\n\r\n';

/** Events that many are sent, as one chunk. */
const chunks = new WeakMap<readonly Alert[], Buffer>();

function eventsChunk(alerts: readonly Alert[]): Buffer {
  let chunk = chunks.get(alerts);
  if (chunk === undefined) {
    chunk = chunkOf(alerts.map(({ event }) => event).join(''));
    chunks.set(alerts, chunk);
  }
  return chunk;
}

/** The body of one response, written to its socket: everybody is written the same bytes, framed once. */
class EventStream extends Backlog implements Client, Living {
  /** False for a client of HTTP/1.0, which takes what comes until the end. */
  readonly #chunked: boolean;
  #leave: (() => void) | null = null;
  #rest: (() => void) | null = null;

  constructor(response: ServerResponse, chunked: boolean, { clock }: Serving) {
    super(response.req.socket, clock);
    this.#chunked = chunked;
  }

  begin(accepted: Accepted, pulse: Pulse): void {
    const retry = RETRY_MS.least + Math.floor(Math.random() * (RETRY_MS.most - RETRY_MS.least));
    this.#write(`retry: ${retry}\n${COMMENT}`);
    this.#leave = accepted.begin(this);
    this.#rest = pulse.add(this);
    this.socket.once('close', () => this.#close());
  }

  #write(text: string): void {
    this.socket.write(this.#chunked ? chunkOf(text) : text);
  }

  protected encode(alerts: readonly Alert[]): Buffer | string {
    return this.#chunked ? eventsChunk(alerts) : alerts.map(({ event }) => event).join('');
  }

  beat(): void {
    if (this.socket.writable) this.socket.write(this.#chunked ? COMMENT_CHUNK : COMMENT);
  }

  drop(): void {
    this.#close();
    this.socket.destroy();
  }

  end(error?: GraphQLError): void {
    if (error === undefined) {
      this.drop();
      return;
    }
    this.#leave?.();
    this.#leave = null;
    this.#write(`event: next\ndata: ${JSON.stringify({ errors: [error] })}\n\nevent: complete\ndata:\n\n`);
    if (this.#chunked) this.socket.write(LAST_CHUNK);
    // The pulse goes on: a client that does not take this is given up like any other.
    this.socket.destroySoon();
  }

  #close(): void {
    this.#leave?.();
    this.#rest?.();
    this.#leave = null;
    this.#rest = null;
  }
}
