/** What wakes delivery up: the log's notifications, and a heartbeat as the net under them. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '#platform/log.ts';
import { MATCH_CHANNEL, type Notifications } from '#platform/notifications.ts';

/** The log is looked at this often whatever is notified. */
const HEARTBEAT_MS = 5_000;
/** While articles come in one after another, so long passes between two looks: one costs as much for one line as for many. */
const GATHER_MS = 100;

/** Calls `work` now, at each notification and at each heartbeat, never twice at once. Disposing waits for its end. */
export function keepDelivering(
  { notifications, log }: { readonly notifications: Notifications; readonly log: Log },
  work: () => Promise<void>,
): AsyncDisposable {
  let running: Promise<void> | null = null;
  let again = false;
  const stopped = new AbortController();
  const run = async (): Promise<void> => {
    try {
      do {
        again = false;
        await work();
        await pause(GATHER_MS, undefined, { signal: stopped.signal }).catch(() => {});
      } while (again && !stopped.signal.aborted);
    } catch (error) {
      log.warn({ err: error }, 'log could not be handed to the channels; trying again at the next heartbeat');
    } finally {
      // In the same turn as the last look at `again`: who wakes us later starts anew.
      running = null;
    }
  };
  const wake = (): void => {
    if (running === null) running = run();
    else again = true;
  };
  const stopListening = notifications.listen(MATCH_CHANNEL, wake);
  const heartbeat = setInterval(wake, HEARTBEAT_MS);
  wake();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      stopListening();
      stopped.abort();
      await running;
    },
  };
}
