/**
 * LISTEN on one connection, shared by everything in the process that waits for something in Postgres.
 *
 * A notification only wakes up: what happened is read from the tables. Whenever one may have been lost (the connection
 * broke), every listener is called as if notified, with an empty payload.
 */
import pg from 'pg';
import type { Log } from './log.ts';

/** Something changed in the match log; the payload is its newest sequence number. */
export const MATCH_CHANNEL = 'vigie_match';
/** Feeds were polled; no payload. */
export const POLL_CHANNEL = 'vigie_poll';
/** Somebody asks for a poll; no payload. */
export const DUE_CHANNEL = 'vigie_due';
/** An article was ingested on request; the payload is its URL's hash. */
export const IMPORT_CHANNEL = 'vigie_import';

/** Something that was asked for was delivered, or not; the payload is the channel's id. */
export const DELIVERY_CHANNEL = 'vigie_delivery';

/** Rows of a table were written, whatever by; the payload is the table's name. */
export const CHANGE_CHANNEL = 'vigie_change';

/** A token of the API was revoked; the payload is its id. */
export const TOKEN_CHANNEL = 'vigie_token';

export type Listener = (payload: string) => void;

export interface Notifications extends AsyncDisposable {
  /** False while none can come; the listeners are called when they can again. */
  readonly connected: boolean;
  /** Calls `listener` at each notification on `channel`, until the returned function is called. */
  listen(channel: string, listener: Listener): () => void;
}

const RECONNECT_MS = { first: 100, most: 5_000 } as const;
const CHANNELS = [
  MATCH_CHANNEL,
  POLL_CHANNEL,
  DUE_CHANNEL,
  IMPORT_CHANNEL,
  DELIVERY_CHANNEL,
  TOKEN_CHANNEL,
  CHANGE_CHANNEL,
];

/** Connects and listens; from then on it reconnects by itself, and only the first connection may fail. */
export async function createNotifications(url: string, log: Log): Promise<Notifications> {
  const listeners = new Map<string, Set<Listener>>(CHANNELS.map((channel) => [channel, new Set()]));
  let closed = false;
  let connected = false;
  let client: pg.Client;
  let timer: NodeJS.Timeout | undefined;

  const call = (channel: string, payload: string): void => {
    for (const listener of [...(listeners.get(channel) ?? [])]) listener(payload);
  };
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 });
    next.on('notification', ({ channel, payload }) => call(channel, payload ?? ''));
    next.on('error', () => {});
    await next.connect();
    for (const channel of CHANNELS) await next.query(`listen ${channel}`);
    if (closed) return await next.end();
    client = next;
    connected = true;
    next.once('end', () => {
      connected = false;
      reconnect(RECONNECT_MS.first);
    });
  };
  const reconnect = (delay: number): void => {
    if (closed) return;
    timer = setTimeout(() => {
      connect().then(
        () => {
          log.warn({}, 'listening to Postgres again');
          for (const channel of CHANNELS) call(channel, '');
        },
        () => reconnect(Math.min(delay * 2, RECONNECT_MS.most)),
      );
    }, delay);
  };

  await connect();
  return {
    get connected() {
      return connected;
    },
    listen(channel, listener) {
      const set = listeners.get(channel);
      if (set === undefined) throw new Error(`notifications: no channel ${channel}`);
      set.add(listener);
      return () => set.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      await client.end();
    },
  };
}

/**
 * Waits until `find` gives something, asking at once and at each notification on `channel`; null when `timeoutMs` is over
 * or `signal` aborts.
 */
export async function waitFor<T>(
  notifications: Notifications,
  options: { readonly channel: string; readonly timeoutMs: number; readonly signal?: AbortSignal },
  find: () => Promise<T | null>,
): Promise<T | null> {
  let wake: () => void = () => {};
  let woken = false;
  const notice = (): void => {
    woken = true;
    wake();
  };
  const stop = notifications.listen(options.channel, notice);
  let over = options.signal?.aborted ?? false;
  const end = (): void => {
    over = true;
    notice();
  };
  const timer = setTimeout(end, options.timeoutMs);
  options.signal?.addEventListener('abort', end, { once: true });
  try {
    for (;;) {
      woken = false;
      const found = await find();
      if (found !== null || over) return found;
      if (!woken) await new Promise<void>((done) => (wake = done));
    }
  } finally {
    stop();
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
  }
}
