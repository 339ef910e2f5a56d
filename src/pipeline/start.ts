/** The wiring of a `worker` process: what its jobs need, and the jobs themselves. */

import { createFeedParser } from '#article/parse.client.ts';
import { createDocumentClient } from '#document/document.client.ts';
import { listActiveFeeds } from '#feed/feed.store.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { importArticle } from './import-article.ts';
import { hostOf } from './jobs.ts';
import { type PollContext, pollFeed } from './poll-feed.ts';
import { createQueueLogger, openQueue, type Queue } from './queue.ts';
import { createReadingSource } from './reading.ts';
import type { TaskHandlers } from './worker.ts';
import { startWorker, type Worker } from './worker.ts';

export interface Poller extends AsyncDisposable {
  readonly context: PollContext;
}

/** What polling needs beside a database: the client of the web and the parser of feeds. */
export function createPoller(
  config: Pick<Config, 'userAgent' | 'allowHosts' | 'hostSpacingMs'>,
  { db }: Pick<Database, 'db'>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Poller {
  const documents = createDocumentClient({
    userAgent: config.userAgent,
    allowHosts: config.allowHosts,
    clock,
    limits: { spacingMs: config.hostSpacingMs },
  });
  const parser = createFeedParser();
  const context: PollContext = {
    db,
    clock,
    log,
    documents,
    parser,
    reading: createReadingSource(db),
    random: Math.random,
  };
  return {
    context,
    async [Symbol.asyncDispose]() {
      await Promise.all([documents.close(), parser.close()]);
    },
  };
}

/** Plans a poll for every active feed that has none planned, at the time its row says. */
export async function planMissingPolls(context: {
  readonly db: Database['db'];
  readonly queue: Queue;
}): Promise<void> {
  const planned = await context.queue.plannedFeedIds();
  const feeds = await listActiveFeeds(context.db, null);
  await context.queue.planPolls(
    feeds
      .filter(({ id }) => !planned.has(id))
      .map(({ id, url, nextPollAt }) => ({ feedId: id, host: hostOf(url), at: nextPollAt })),
  );
}

/** Starts a worker on an open database; disposing ends it and everything it made. */
export async function startWorkerProcess(
  config: Config,
  database: Database,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Worker> {
  const logger = createQueueLogger(log);
  const stack = new AsyncDisposableStack();
  try {
    const queue = stack.use(await openQueue(database.pool, logger));
    const { context } = stack.use(createPoller(config, database, { clock, log }));
    const handlers: TaskHandlers = {
      async pollFeed({ feedId }) {
        const report = await pollFeed(context, feedId);
        if (report?.feed === undefined || report.status !== 'ACTIVE') return;
        await queue.planPolls([{ feedId, host: hostOf(report.feed.url), at: report.nextPollAt }]);
      },
      importArticle: async (payload) => {
        await importArticle(context, payload);
      },
      planPolls: () => planMissingPolls({ db: database.db, queue }),
    };
    const worker = stack.use(
      await startWorker({
        databaseUrl: database.url,
        pool: database.pool,
        concurrency: config.pollConcurrency,
        handlers,
        logger,
        log,
      }),
    );
    return { ended: worker.ended, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
