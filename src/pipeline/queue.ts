/** Putting jobs on the queue in Postgres. */
import { Logger, makeWorkerUtils, type WorkerUtils } from 'graphile-worker';
import type { Pool } from 'pg';
import {
  DELIVER_CHANNEL,
  DELIVER_ONCE,
  IMPORT_ARTICLE,
  type ImportPayload,
  type OncePayload,
} from './task.ts';

/** What somebody waits for goes before what is only due. */
const URGENT = -10;

/** graphile-worker tells of every job; ours log once, at their end, so only what it fails at is passed on. */
export function createQueueLogger(log: { warn(fields: object, text: string): void }): Logger {
  return new Logger(() => (level, message) => {
    // More deliveries than connections is what we want: they wait for the network, not for Postgres.
    if (message.includes('maxPoolSize')) return;
    if (level === 'error' || level === 'warning') log.warn({ queue: message }, 'job queue');
  });
}

export interface PlannedTurn {
  readonly channelId: number;
  readonly at: Date;
}

export interface Queue extends AsyncDisposable {
  importArticle(payload: ImportPayload): Promise<void>;
  /** True while the import of this URL waits or is under way. */
  isImportPending(url: string): Promise<boolean>;
  /**
   * Plans a turn of each channel. A channel has one planned turn at a time, and never two at once; with `keep`, one that
   * stands keeps its time.
   */
  planDeliveries(turns: readonly PlannedTurn[], options: { readonly keep: boolean }): Promise<void>;
  deliverOnce(payload: OncePayload): Promise<void>;
}

/** Opens the queue, making or updating its tables (schema `graphile_worker`) when needed. */
export async function openQueue(pool: Pool, logger: Logger): Promise<Queue> {
  const utils: WorkerUtils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();
  return {
    async importArticle(payload) {
      await utils.addJob(IMPORT_ARTICLE.name, payload, {
        jobKey: `${IMPORT_ARTICLE.name}:${payload.url}`,
        priority: URGENT,
        maxAttempts: 5,
      });
    },
    async isImportPending(url) {
      const { rows } = await pool.query<{ pending: boolean }>(
        'select exists (select 1 from graphile_worker.jobs where key = $1 and attempts < max_attempts) as pending',
        [`${IMPORT_ARTICLE.name}:${url}`],
      );
      return rows[0]?.pending ?? false;
    },
    async planDeliveries(turns, { keep }) {
      if (turns.length === 0) return;
      await utils.addJobs(
        turns.map(({ channelId, at }) => ({
          identifier: DELIVER_CHANNEL.name,
          payload: { channelId },
          jobKey: `${DELIVER_CHANNEL.name}:${channelId}`,
          queueName: `channel:${channelId}`,
          runAt: at,
        })),
        keep,
      );
    },
    async deliverOnce(payload) {
      await utils.addJob(DELIVER_ONCE.name, payload, { priority: URGENT, maxAttempts: 10 });
    },
    async [Symbol.asyncDispose]() {
      await utils.release();
    },
  };
}
