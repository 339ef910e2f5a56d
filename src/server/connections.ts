/** How many event streams and WebSockets a token or an address holds open at the same time. */
import { GraphQLError } from 'graphql';

/** What tells when it is closed: a response, a socket. */
interface Closing {
  /** True once it is closed, or about to be. */
  readonly destroyed: boolean;
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

export interface Connections {
  /** Counts a connection under a key until it closes; false when the key has as many as it may. */
  open(key: string, connection: Closing): boolean;
  /** Has what is counted for one connection last until another closes instead. */
  move(from: Closing, to: Closing): void;
}

/** Starts counting; `most` is for each key, or null for no limit. */
export function createConnections(most: number | null): Connections {
  const counts = new Map<string, number>();
  const closings = new WeakMap<Closing, (() => void)[]>();
  return {
    open(key, connection) {
      // Closed while it was found out who asks: nothing would tell that it is over.
      if (connection.destroyed) return true;
      const count = counts.get(key) ?? 0;
      if (most !== null && count >= most) return false;
      counts.set(key, count + 1);
      const close = (): void => {
        const left = (counts.get(key) ?? 1) - 1;
        if (left === 0) counts.delete(key);
        else counts.set(key, left);
      };
      connection.once('close', close);
      closings.set(connection, [...(closings.get(connection) ?? []), close]);
      return true;
    },
    move(from, to) {
      for (const close of closings.get(from) ?? []) {
        from.off('close', close);
        to.once('close', close);
      }
      closings.delete(from);
    },
  };
}

/** How one stream too many looks in an answer. */
export const tooManyConnections = (): GraphQLError =>
  new GraphQLError(
    'too many streams are open at the same time; close one, or ask for several subscriptions over one WebSocket',
    { extensions: { code: 'TOO_MANY_CONNECTIONS', http: { status: 429, headers: { 'Retry-After': '5' } } } },
  );
