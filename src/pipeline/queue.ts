/** Putting jobs on the queue in Postgres. */
import { Logger, makeWorkerUtils, type WorkerUtils } from 'graphile-worker';
import type { Pool } from 'pg';
import {
  DELIVER_CHANNEL,
  DELIVER_ONCE,
  IMPORT_ARTICLE,
  type ImportPayload,
  type OncePayload,
  POLL_FEED,
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

export interface PlannedPoll {
  readonly feedId: number;
  /** Feeds of one host are polled one after another. */
  readonly host: string;
  readonly at: Date;
}

export interface PlannedTurn {
  readonly channelId: number;
  readonly at: Date;
}

export interface Queue extends AsyncDisposable {
  /**
   * Plans the poll of each feed. A feed has one planned poll at a time: one that stands keeps its time, unless the new one
   * is urgent.
   */
  planPolls(polls: readonly PlannedPoll[], options?: { readonly urgent?: boolean }): Promise<void>;
  /** Plans one poll, in one statement with those that others plan at about the same time. */
  planPoll(poll: PlannedPoll): Promise<void>;
  importArticle(payload: ImportPayload): Promise<void>;
  /** True while the import of this URL waits or is under way. */
  isImportPending(url: string): Promise<boolean>;
  /** Ids of the feeds that have a poll planned or under way. */
  plannedFeedIds(): Promise<ReadonlySet<number>>;
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
  const planPolls: Queue['planPolls'] = async (polls, { urgent = false } = {}) => {
    if (polls.length > 0) {
      await utils.addJobs(
        polls.map(({ feedId, host, at }) => ({
          identifier: POLL_FEED.name,
          payload: { feedId, host },
          jobKey: `${POLL_FEED.name}:${feedId}`,
          runAt: at,
          ...(urgent ? { priority: URGENT } : {}),
        })),
        !urgent,
      );
    }
  };
  let gathered: PlannedPoll[] = [];
  let planned: Promise<void> = Promise.resolve();
  return {
    planPolls,
    async planPoll(poll) {
      gathered.push(poll);
      // The first of a batch sends it, once the batch before has been taken; whoever comes meanwhile joins.
      if (gathered.length === 1) {
        const send = (): Promise<void> => {
          const polls = [...new Map(gathered.map((one) => [one.feedId, one])).values()];
          gathered = [];
          return planPolls(polls);
        };
        planned = planned.then(send, send);
      }
      await planned;
    },
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
    async plannedFeedIds() {
      const { rows } = await pool.query<{ id: string }>(
        `select split_part(key, ':', 2) as id from graphile_worker.jobs
          where key like $1 and attempts < max_attempts`,
        [`${POLL_FEED.name}:%`],
      );
      return new Set(rows.map(({ id }) => Number(id)));
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
