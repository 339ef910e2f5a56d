/**
 * Queries end in time. Past the deadline, or when the client has gone, what runs in Postgres for a query is cancelled there,
 * and what has not begun never does. A mutation runs to its end: it is changing something.
 */
import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { runCancellable } from '#platform/cancellation.ts';

/** One listener for each socket, however many queries it carries. */
const waiting = new WeakMap<Socket, Set<() => void>>();

function whenGone(socket: Socket, tell: () => void): () => void {
  let listeners = waiting.get(socket);
  if (listeners === undefined) {
    const set = new Set<() => void>();
    listeners = set;
    waiting.set(socket, set);
    socket.once('close', () => {
      for (const listener of [...set]) listener();
    });
  }
  listeners.add(tell);
  return () => listeners.delete(tell);
}

const timedOut = (timeoutMs: number): GraphQLError =>
  new GraphQLError(
    `this query took more than ${timeoutMs / 1_000} s and was given up: ask for fewer rows, or for a shorter time`,
    { extensions: { code: 'TIMEOUT' } },
  );

/** Runs a query until it is done, its time is over, or its client has gone or, by `abandoned`, has no more use for it. */
export async function withinDeadline<T>(
  work: () => Promise<T>,
  {
    timeoutMs,
    socket,
    abandoned,
    since = performance.now(),
  }: {
    readonly timeoutMs: number;
    readonly socket: Socket | undefined;
    readonly abandoned?: AbortSignal | undefined;
    /** When its time began, by `performance.now()`; now, when it is left out. */
    readonly since?: number | undefined;
  },
): Promise<T | ExecutionResult> {
  // Gone while it was let in: nobody will tell of it any more.
  if (socket?.destroyed || abandoned?.aborted) return { data: null };
  const controller = new AbortController();
  // As many as the query has statements under way.
  setMaxListeners(0, controller.signal);
  const over = Promise.withResolvers<ExecutionResult>();
  const giveUp = (result: ExecutionResult): void => {
    // First the answer, then the cancelling, whose errors nobody is to see.
    over.resolve(result);
    controller.abort();
  };
  const timer = setTimeout(
    () => giveUp({ data: null, errors: [timedOut(timeoutMs)] }),
    Math.max(0, since + timeoutMs - performance.now()),
  );
  const leave = (): void => giveUp({ data: null });
  const stay = socket === undefined ? undefined : whenGone(socket, leave);
  abandoned?.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([runCancellable(controller.signal, work), over.promise]);
  } finally {
    clearTimeout(timer);
    stay?.();
    abandoned?.removeEventListener('abort', leave);
  }
}
