/**
 * Feeds of one host are polled one after another without a job waiting for its turn: where a poll of the host is under way,
 * the next is told when to come again, and its place in the worker goes to another host. graphile-worker's named queues do
 * the same, but look through every host's queue at each job: with a thousand feeds they were ten times as slow.
 */

/** The poll may begin, and `end` is called at its end; or it is to come again after `waitMs`. */
export type Turn = { readonly end: () => void } | { readonly waitMs: number };

interface HostTurns {
  /** Asks for the turn of a poll. */
  enter(host: string): Turn;
}

/** Makes the turns of one worker. `now` is in milliseconds; `spacingMs` is how far apart those who wait are sent. */
export function createHostTurns(spacingMs: number, now: () => number): HostTurns {
  /** When the next who has to wait is to come, by host with a poll under way. */
  const hosts = new Map<string, number>();
  return {
    enter(host) {
      const next = hosts.get(host);
      if (next === undefined) {
        hosts.set(host, 0);
        return { end: () => void hosts.delete(host) };
      }
      const at = Math.max(next, now()) + spacingMs;
      hosts.set(host, at);
      return { waitMs: at - now() };
    },
  };
}
