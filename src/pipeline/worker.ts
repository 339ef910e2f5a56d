/**
 * A worker process: takes jobs from the queue in Postgres until it is told to stop.
 *
 *   queue ─▶ poll-feed ─────▶ one polite GET ─▶ parse ─▶ ingest each article ─▶ plan the next poll
 *         ├▶ import-article ▶ ingest
 *         ├▶ plan-polls ────▶ a poll for every feed that has none planned (every five minutes)
 *         └▶ deliver-channel, deliver-once ▶ see `deliver.ts`; on slots of their own, so that a receiver which hangs stops no poll
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
  PLAN_POLLS,
  POLL_FEED,
  PRUNE_DELIVERIES,
  SEEK_SUCCESSORS,
  type TaskContract,
} from './task.ts';

/** What each job does; throwing hands the job back to be tried again later. */
export interface TaskHandlers {
  pollFeed(payload: { readonly feedId: number; readonly host: string }): Promise<void>;
  importArticle(payload: ImportPayload): Promise<void>;
  planPolls(): Promise<void>;
  deliverChannel(payload: { readonly channelId: number }): Promise<void>;
  deliverOnce(payload: OncePayload): Promise<void>;
  pruneDeliveries(): Promise<void>;
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

/** Jobs that the worker has not come to go back to the queue after so long. */
const LOCAL_QUEUE_MS = 5_000;

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
      // Jobs are taken and handed back by the handful: most polls are over in a few milliseconds. What a busy worker does
      // not come to goes back to the others soon.
      preset: {
        worker: {
          localQueue: { size: options.concurrency * 4, ttl: LOCAL_QUEUE_MS },
          completeJobBatchDelay: 0,
        },
      },
      taskList: {
        ...taskOf(POLL_FEED, (payload) => handlers.pollFeed(payload)),
        ...taskOf(IMPORT_ARTICLE, (payload) => handlers.importArticle(payload)),
        ...taskOf(PLAN_POLLS, () => handlers.planPolls()),
        ...taskOf(SEEK_SUCCESSORS, () => handlers.seekSuccessors()),
      },
      crontab: `*/5 * * * * ${PLAN_POLLS.name} ?max=3\n41 * * * * ${SEEK_SUCCESSORS.name} ?max=1`,
    }),
    run({
      ...common,
      concurrency: options.deliveryConcurrency,
      taskList: {
        ...taskOf(DELIVER_CHANNEL, (payload) => handlers.deliverChannel(payload)),
        ...taskOf(DELIVER_ONCE, (payload) => handlers.deliverOnce(payload)),
        ...taskOf(PRUNE_DELIVERIES, () => handlers.pruneDeliveries()),
      },
      crontab: `17 * * * * ${PRUNE_DELIVERIES.name} ?max=1`,
    }),
  ]);
  await handlers.planPolls();
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
