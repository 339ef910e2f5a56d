/** How many event streams and WebSockets a token or an address holds open at the same time. */
import { GraphQLError } from 'graphql';

/** What tells when it is closed: a response, a socket. */
interface Closing {
  once(event: 'close', listener: () => void): unknown;
}

export interface Connections {
  /** Counts a connection under a key until it closes; false when the key has as many as it may. */
  open(key: string, connection: Closing): boolean;
}

/** Starts counting; `most` is for each key, or null for no limit. */
export function createConnections(most: number | null): Connections {
  const counts = new Map<string, number>();
  return {
    open(key, connection) {
      const count = counts.get(key) ?? 0;
      if (most !== null && count >= most) return false;
      counts.set(key, count + 1);
      connection.once('close', () => {
        const left = (counts.get(key) ?? 1) - 1;
        if (left === 0) counts.delete(key);
        else counts.set(key, left);
      });
      return true;
    },
  };
}

/** How one stream too many looks in an answer. */
export const tooManyConnections = (): GraphQLError =>
  new GraphQLError(
    'too many streams are open at the same time; close one, or ask for several subscriptions over one WebSocket',
    { extensions: { code: 'TOO_MANY_CONNECTIONS', http: { status: 429, headers: { 'Retry-After': '5' } } } },
  );
