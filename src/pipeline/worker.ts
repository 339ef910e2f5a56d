/**
 * A worker process: takes jobs from the queue in Postgres until it is told to stop.
 *
 *   queue ─▶ import-article ─▶ ingest
 *         ├▶ subscribe-feeds ▶ ask the hubs that feeds announce (every five minutes)
 *         └▶ deliver-channel, deliver-once ▶ see `deliver.ts`; on slots of their own, so that a receiver which hangs stops nothing else
 *
 * Several workers share the queue. A worker that dies keeps its jobs locked in the table: each worker therefore holds a
 * Postgres session lock in its name, which Postgres drops when the process is gone, however it went, and the others hand
 * the jobs of names without a lock back to the queue (`createDeadWorkerWatch`).
 */
import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { type Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Pool } from 'pg';
import type { Log } from '#platform/log.ts';
import { IMPORT_CHANNEL } from '#platform/notifications.ts';
import { createDeadWorkerWatch } from './dead-workers.ts';
import {
  DELIVER_CHANNEL,
  DELIVER_ONCE,
  IMPORT_ARTICLE,
  type ImportPayload,
  type OncePayload,
  PRUNE_HISTORY,
  SEEK_SUCCESSORS,
  SUBSCRIBE_FEEDS,
  type TaskContract,
} from './task.ts';

/** What each job does; throwing hands the job back to be tried again later. */
export interface TaskHandlers {
  importArticle(payload: ImportPayload): Promise<void>;
  subscribeFeeds(): Promise<void>;
  deliverChannel(payload: { readonly channelId: number }): Promise<void>;
  deliverOnce(payload: OncePayload): Promise<void>;
  pruneHistory(): Promise<void>;
  seekSuccessors(): Promise<void>;
}

export interface Worker extends AsyncDisposable {
  /** Settles when the worker has ended, by itself or because it was stopped. */
  readonly ended: Promise<void>;
}

function taskOf<Payload>(
  { name, payload }: TaskContract<Payload>,
  work: (payload: Payload) => Promise<void>,
): TaskList {
  return { [name]: async (given: unknown) => await work(payload.parse(given)) };
}

/** Whoever waits for an import looks whether its job is gone, so it is told when that is so: some moments after its end. */
async function tellOfImport(pool: Pool, jobId: string): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const { rowCount } = await pool.query(
      `select pg_notify($1, '') where not exists (
         select 1 from graphile_worker.jobs where id = $2 and locked_at is not null)`,
      [IMPORT_CHANNEL, jobId],
    );
    if (rowCount === 1) return;
    await setTimeout(20);
  }
}

/** Starts taking jobs; disposing waits for those under way. */
export async function startWorker(options: {
  readonly databaseUrl: string;
  readonly pool: Pool;
  readonly concurrency: number;
  /** Deliveries under way at the same time. */
  readonly deliveryConcurrency: number;
  readonly handlers: TaskHandlers;
  readonly logger: Logger;
  readonly log: Log;
}): Promise<Worker> {
  const { handlers } = options;
  const events: WorkerEvents = new EventEmitter();
  const watch = await createDeadWorkerWatch(options.databaseUrl, options.pool, options.log);
  events.on('worker:create', ({ worker }) => watch.hold(worker.workerId));
  events.on('job:complete', ({ job }) => {
    if (job.task_identifier !== IMPORT_ARTICLE.name) return;
    tellOfImport(options.pool, job.id).catch((error: unknown) => {
      options.log.warn({ err: error }, 'could not tell that an import has ended');
    });
  });
  events.on('pool:create', ({ workerPool }) => watch.hold(workerPool.id));
  const common = {
    pgPool: options.pool,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: options.logger,
    events,
  };
  const runners = await Promise.all([
    run({
      ...common,
      concurrency: options.concurrency,
      taskList: {
        ...taskOf(IMPORT_ARTICLE, (payload) => handlers.importArticle(payload)),
        ...taskOf(SUBSCRIBE_FEEDS, () => handlers.subscribeFeeds()),
        ...taskOf(SEEK_SUCCESSORS, () => handlers.seekSuccessors()),
      },
      crontab: `*/5 * * * * ${SUBSCRIBE_FEEDS.name} ?max=3\n41 * * * * ${SEEK_SUCCESSORS.name} ?max=1`,
    }),
    run({
      ...common,
      concurrency: options.deliveryConcurrency,
      taskList: {
        ...taskOf(DELIVER_CHANNEL, (payload) => handlers.deliverChannel(payload)),
        ...taskOf(DELIVER_ONCE, (payload) => handlers.deliverOnce(payload)),
        ...taskOf(PRUNE_HISTORY, () => handlers.pruneHistory()),
      },
      crontab: `17 * * * * ${PRUNE_HISTORY.name} ?max=1`,
    }),
  ]);
  // Stopping twice throws: a runner may have ended by itself.
  const stop = () => Promise.all(runners.map((runner) => runner.stop().catch(() => {})));
  const ended = Promise.race(runners.map(({ promise }) => promise))
    .finally(stop)
    .then(() => Promise.all(runners.map(({ promise }) => promise)))
    .then(() => {})
    .finally(() => watch[Symbol.asyncDispose]());
  return {
    ended,
    async [Symbol.asyncDispose]() {
      await stop();
      await ended;
    },
  };
}
