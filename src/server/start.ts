/** The wiring of an `api` process: the tail of the match log, and the HTTP server over it. */
import { setTimeout as pause } from 'node:timers/promises';
import { createBroadcast } from '#delivery/broadcast.ts';
import { createLogSource } from '#delivery/log-source.store.ts';
import { openMatchTail } from '#delivery/stream.ts';
import type { Jobs } from '#graphql/context.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { MATCH_CHANNEL, type Notifications } from '#platform/notifications.ts';
import type { Alert } from './alert.ts';
import { createAnswerCache } from './answer-cache.ts';
import { createGuards, type GuardConfig } from './guards.ts';
import { type HttpServer, startHttpServer } from './http.ts';

/** The log is read this often whatever is notified: a lost notification costs at most this much latency. */
const HEARTBEAT_MS = 5_000;

/** Before a subscriber's reading of the log is tried again after a failure. */
const PAUSE_MS = 1_000;

/** Starts serving; disposing says goodbye to subscribers and waits for answers under way. */
export async function startApi(
  config: GuardConfig & Pick<Config, 'port' | 'mail' | 'allowHosts' | 'answerCacheMb'>,
  context: {
    readonly database: Database;
    readonly notifications: Notifications;
    readonly jobs: Jobs;
    readonly clock: Clock;
    readonly log: Log;
  },
): Promise<HttpServer> {
  const { clock, log, jobs, notifications } = context;
  const { db, pool } = context.database;
  const onError = (error: unknown): void =>
    log.warn({ err: error }, 'match log could not be read; trying again soon');
  // Listen first, then read: whatever commits after the reading is notified.
  let refresh = (): void => {};
  const stopListening = notifications.listen(MATCH_CHANNEL, () => refresh());
  const stream = await openMatchTail(createLogSource({ db, pool }), onError).catch((error: unknown) => {
    stopListening();
    throw error;
  });
  refresh = (): void => void stream.refresh();
  refresh();
  const broadcast = createBroadcast<Alert>({ tail: stream, onError, pause: () => pause(PAUSE_MS) });
  const heartbeat = setInterval(() => refresh(), HEARTBEAT_MS);
  const stop = (): void => {
    clearInterval(heartbeat);
    stopListening();
    stream.close();
  };
  try {
    const { host, port, publicUrl, allowHosts } = config;
    const cache = createAnswerCache(notifications, config.answerCacheMb * 1_000_000);
    const guards = await createGuards(config, { db, clock });
    const delivery = { publicUrl, canMail: config.mail !== null, allowHosts };
    const server = await startHttpServer(
      { db, clock, log, jobs, stream, delivery, guards, pool, cache },
      broadcast,
      {
        host,
        port,
        notifications,
      },
    );
    return {
      url: server.url,
      async [Symbol.asyncDispose]() {
        stop();
        await server[Symbol.asyncDispose]();
        // Not before: answers are kept as long as any are given, and have to hear of changes.
        cache[Symbol.dispose]();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
