/** What the API asks of the workers: through the queue, waiting for the end where somebody waits. */
import { findArticle } from '#article/article.store.ts';
import { canonicalUrl } from '#article/identity.ts';
import { askForPoll } from '#feed/poll.store.ts';
import type { Jobs } from '#graphql/context.ts';
import type { Clock } from '#platform/clock.ts';
import type { Db } from '#platform/database.ts';
import {
  DELIVERY_CHANNEL,
  IMPORT_CHANNEL,
  type Notifications,
  POLL_CHANNEL,
  waitFor,
} from '#platform/notifications.ts';
import { onceId } from './deliver-once.ts';
import { findFeed, type LookContext } from './find-feed.ts';
import type { Queue } from './queue.ts';

/** How long a client is kept waiting before it is told that the work is still queued. */
const WAIT_MS = 20_000;

/** How long one look behind an address may take, waiting for its turn included. */
const LOOK_MS = 20_000;
/** Addresses looked behind at the same time, by one process. */
const LOOKS = 4;

/** `findFeed` within a time, and a few at a time. */
export function createFinder(context: LookContext): Jobs['findFeed'] {
  const underWay = new Set<Promise<unknown>>();
  return async (url) => {
    const signal = AbortSignal.timeout(LOOK_MS);
    while (underWay.size >= LOOKS && !signal.aborted) await Promise.race([...underWay, abortOf(signal)]);
    const looking = findFeed(context, url, signal);
    const ended = looking.catch(() => {}).finally(() => underWay.delete(ended));
    underWay.add(ended);
    return await looking;
  };
}

const abortOf = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));

export function createJobs(context: {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly notifications: Notifications;
  readonly findFeed: Jobs['findFeed'];
}): Jobs {
  const { db, clock, queue, notifications, findFeed } = context;

  const plan = (feedId: number): Promise<void> => askForPoll(db, feedId, clock.now());
  const newestPoll = async (feedId: number): Promise<bigint> =>
    (await db.feedPoll.findFirst({ where: { feedId }, orderBy: { id: 'desc' }, select: { id: true } }))?.id ??
    0n;

  return {
    findFeed,
    planPoll: plan,
    async pollFeed(feedId) {
      const before = await newestPoll(feedId);
      await plan(feedId);
      const done = await waitFor(notifications, { channel: POLL_CHANNEL, timeoutMs: WAIT_MS }, async () =>
        (await newestPoll(feedId)) > before ? true : null,
      );
      return done ?? false;
    },
    async importArticle(request) {
      const url = canonicalUrl(request.url) ?? request.url;
      await queue.importArticle({ ...request, url, publishedAt: request.publishedAt?.toISOString() ?? null });
      return await waitFor(notifications, { channel: IMPORT_CHANNEL, timeoutMs: WAIT_MS }, async () => {
        if (await queue.isImportPending(url)) return null;
        return (await findArticle(db, { url, source: null }))?.id ?? null;
      });
    },
    planDelivery: (channelId) => queue.planDeliveries([{ channelId, at: clock.now() }], { keep: false }),
    async deliverOnce({ channelId, kind, seq }) {
      const messageId = onceId(kind, channelId, seq);
      const attempts = {
        where: { channelId, kind, messageId },
        orderBy: { id: 'desc' },
        select: { id: true },
      } as const;
      const before = (await db.delivery.findFirst(attempts))?.id ?? 0n;
      await queue.deliverOnce({ channelId, kind, messageId, seq: seq === null ? null : String(seq) });
      return await waitFor(notifications, { channel: DELIVERY_CHANNEL, timeoutMs: WAIT_MS }, async () => {
        const newest = (await db.delivery.findFirst(attempts))?.id ?? 0n;
        return newest > before ? newest : null;
      });
    },
  };
}
