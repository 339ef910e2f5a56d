/** The wiring of a `worker` process: what its jobs need, and the jobs themselves. */

import { createFeedParser } from '#article/parse.client.ts';
import { pruneSignatures } from '#article/story.store.ts';
import { listOverdueChannels, pruneDeliveries } from '#delivery/delivery-log.store.ts';
import { createMailClient } from '#delivery/mail.client.ts';
import { pruneQuestions } from '#delivery/mail-question.store.ts';
import { createWebhookClient } from '#delivery/webhook.client.ts';
import { createDocumentClient } from '#document/document.client.ts';
import { createHubClient } from '#document/hub.client.ts';
import { prunePolls } from '#feed/poll.store.ts';
import { createFeedClaims } from '#feed/poll-claim.store.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { createNotifications, DELIVERY_CHANNEL } from '#platform/notifications.ts';
import { createWatchLookup } from '#watch/watch-index.store.ts';
import { deliverLog } from './deliver.ts';
import { deliverChannel } from './deliver-channel.ts';
import type { DeliverContext } from './deliver-message.ts';
import { deliverOnce } from './deliver-once.ts';
import { keepDelivering } from './deliver-wake.ts';
import { seekSuccessors } from './find-successor.ts';
import { importArticle } from './import-article.ts';
import { keepPolling } from './poll-due.ts';
import type { PollContext } from './poll-feed.ts';
import { createQueueLogger, openQueue } from './queue.ts';
import { createReadingSource } from './reading.ts';
import { subscribeDueFeeds } from './subscribe-feed.ts';
import type { TaskHandlers } from './worker.ts';
import { startWorker, type Worker } from './worker.ts';

export interface Poller extends AsyncDisposable {
  readonly context: PollContext;
}

/** Milliseconds of one poll for the pages of its articles; what is left waits for the next. */
const PAGE_TIME = { all: 60_000, failed: 20_000 } as const;

/** What polling needs beside a database: the client of the web and the parser of feeds. */
export function createPoller(
  config: Pick<Config, 'userAgent' | 'allowHosts' | 'hostSpacingMs' | 'hasPublicUrl'>,
  { db, pool, write, url }: Pick<Database, 'db' | 'pool' | 'write' | 'url'>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Poller {
  const documents = createDocumentClient({
    userAgent: config.userAgent,
    allowHosts: config.allowHosts,
    clock,
    limits: { spacingMs: config.hostSpacingMs },
  });
  const parser = createFeedParser();
  const claims = createFeedClaims(url);
  const context: PollContext = {
    db,
    pool,
    write,
    claims,
    clock,
    log,
    documents,
    parser,
    reading: createReadingSource(db),
    subscribes: config.hasPublicUrl,
    pageTime: PAGE_TIME,
    random: Math.random,
  };
  return {
    context,
    async [Symbol.asyncDispose]() {
      await Promise.all([documents.close(), parser.close(), claims[Symbol.asyncDispose]()]);
    },
  };
}

export interface Deliverer extends AsyncDisposable {
  readonly context: DeliverContext;
}

/** What delivering needs beside a database: the clients of webhooks and of the mail server. */
export function createDeliverer(
  config: Pick<Config, 'userAgent' | 'allowHosts' | 'mail' | 'publicUrl'>,
  { db }: Pick<Database, 'db'>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Deliverer {
  const { userAgent, allowHosts, publicUrl } = config;
  const webhooks = createWebhookClient({ userAgent, allowHosts, clock });
  const mail = config.mail === null ? null : createMailClient(config.mail);
  return {
    context: { db, clock, log, webhooks, mail, publicUrl, random: Math.random },
    async [Symbol.asyncDispose]() {
      mail?.close();
      await webhooks.close();
    },
  };
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
    const deliverer = stack.use(createDeliverer(config, database, { clock, log }));
    const hubs = createHubClient(config);
    stack.defer(() => hubs.close());
    const handlers: TaskHandlers = {
      importArticle: async (payload) => {
        await importArticle(context, payload);
      },
      async subscribeFeeds() {
        if (config.hasPublicUrl) await subscribeDueFeeds({ ...context, hubs, publicUrl: config.publicUrl });
      },
      async seekSuccessors() {
        await seekSuccessors(context);
      },
      async deliverChannel({ channelId }) {
        const again = await deliverChannel(deliverer.context, channelId);
        if (again !== null) await queue.planDeliveries([{ channelId, at: again }], { keep: false });
      },
      async deliverOnce(payload) {
        const done = await deliverOnce(deliverer.context, payload);
        await database.db.$executeRaw`select pg_notify(${DELIVERY_CHANNEL}, ${String(payload.channelId)})`;
        // Nobody waits for it but the reader, who would wait in vain.
        if (payload.kind === 'CONFIRMATION' && done?.delivered === false) {
          throw new Error(`delivery: confirmation of channel ${payload.channelId} was not sent`);
        }
      },
      async pruneHistory() {
        const now = clock.now();
        const polls = await prunePolls(database.db);
        const deliveries = await pruneDeliveries(database.db, now);
        await pruneQuestions(database.db, now);
        const signatures = await pruneSignatures(database.write, now);
        const overdue = await listOverdueChannels(database.db, now);
        await queue.planDeliveries(
          overdue.map((channelId) => ({ channelId, at: now })),
          { keep: true },
        );
        log.info({ polls, deliveries, signatures, overdue: overdue.length }, 'history tidied');
      },
    };
    const worker = stack.use(
      await startWorker({
        databaseUrl: database.url,
        pool: database.pool,
        concurrency: config.pollConcurrency,
        deliveryConcurrency: config.deliveryConcurrency,
        handlers,
        logger,
        log,
      }),
    );
    const notifications = stack.use(await createNotifications(database.url, log));
    stack.use(keepPolling(context, { notifications, concurrency: config.pollConcurrency }));
    const watches = createWatchLookup(database.db, (watch, error) =>
      log.error({ err: error, watchId: watch }, 'watch cannot be understood; it delivers nothing'),
    );
    stack.use(keepDelivering({ notifications, log }, () => deliverLog({ db: database.db, queue, watches })));
    return { ended: worker.ended, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
