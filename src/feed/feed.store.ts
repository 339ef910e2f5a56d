/** Feeds and the history of their polls in Postgres. */
import type { Feed, PollOutcome } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/database.ts';

/** A feed about to be followed. */
export interface NewFeed {
  readonly url: string;
  readonly title: string;
  readonly outlet: string;
  readonly siteUrl: string | null;
  readonly language: string | null;
  readonly topics: readonly string[];
}

/** Polls kept per feed: the history is for people, not for eternity. */
const POLLS_KEPT = 200;

/** Adds the feeds that are not followed yet and returns them; each is due at `nextPollAt(index)`. */
export async function addFeeds(
  db: Db,
  feeds: readonly NewFeed[],
  nextPollAt: (index: number) => Date,
): Promise<readonly Feed[]> {
  if (feeds.length === 0) return [];
  return await db.feed.createManyAndReturn({
    data: feeds.map((feed, index) => ({ ...feed, topics: [...feed.topics], nextPollAt: nextPollAt(index) })),
    skipDuplicates: true,
  });
}

/** Stops following a feed; its articles stay. False when no feed has this URL. */
export async function removeFeed(db: Db, url: string): Promise<boolean> {
  return (await db.feed.deleteMany({ where: { url } })).count > 0;
}

/** Every feed, by outlet. */
export async function listFeeds(db: Db): Promise<readonly Feed[]> {
  return await db.feed.findMany({ orderBy: [{ outlet: 'asc' }, { title: 'asc' }, { id: 'asc' }] });
}

/** Active feeds; only those due by `dueBy` when it is given. */
export async function listActiveFeeds(db: Db, dueBy: Date | null): Promise<readonly Feed[]> {
  return await db.feed.findMany({
    where: { status: 'ACTIVE', ...(dueBy === null ? {} : { nextPollAt: { lte: dueBy } }) },
    orderBy: [{ nextPollAt: 'asc' }, { id: 'asc' }],
  });
}

/** Polls in a row, up to the last one, that brought "not modified". */
export async function countNotModified(db: Db, feedId: number): Promise<number> {
  const other = await db.feedPoll.findFirst({
    where: { feedId, outcome: { not: 'NOT_MODIFIED' } },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  return await db.feedPoll.count({ where: { feedId, id: { gt: other?.id ?? 0n } } });
}

/** One poll, as the history keeps it. */
export interface PollRecord {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly outcome: PollOutcome;
  readonly httpStatus: number | null;
  readonly bytes: number | null;
  readonly items: number;
  readonly newArticles: number;
  readonly revisedArticles: number;
  readonly problem: string | null;
}

/** What a poll changes on the feed's row. */
export type FeedChanges = Partial<Omit<Feed, 'id' | 'createdAt'>>;

/** Saves what a poll gave: the feed's row and a line of its history, together. A feed removed meanwhile is left alone. */
export async function savePoll(
  db: Db,
  feedId: number,
  changes: FeedChanges,
  poll: PollRecord,
): Promise<void> {
  await db.$transaction(async (tx: Tx) => {
    const { count } = await tx.feed.updateMany({ where: { id: feedId }, data: changes });
    if (count === 0) return;
    const { id } = await tx.feedPoll.create({ data: { ...poll, feedId } });
    // Now and then is enough.
    if (id % 50n !== 0n) return;
    const oldest = await tx.feedPoll.findFirst({
      where: { feedId },
      orderBy: { id: 'desc' },
      skip: POLLS_KEPT,
    });
    if (oldest !== null) await tx.feedPoll.deleteMany({ where: { feedId, id: { lte: oldest.id } } });
  });
}
