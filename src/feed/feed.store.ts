/** Feeds in Postgres. */
import type { Feed } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import type { NewFeed } from './feed-input.ts';

/** Adds the feeds that are not followed yet and returns them; each is due at `nextPollAt(index)`. */
export async function addFeeds(
  db: Db,
  feeds: readonly NewFeed[],
  nextPollAt: (index: number) => Date,
): Promise<readonly Feed[]> {
  if (feeds.length === 0) return [];
  return await db.feed.createManyAndReturn({
    data: feeds.map((feed, index) => ({
      ...feed,
      topics: [...feed.topics],
      unnamed: [...(feed.unnamed ?? [])],
      nextPollAt: nextPollAt(index),
    })),
    skipDuplicates: true,
  });
}

/** Stops following a feed; its articles stay. False when there is no such feed. */
export async function removeFeed(
  db: Db,
  feed: { readonly url: string } | { readonly id: number },
): Promise<boolean> {
  return (await db.feed.deleteMany({ where: feed })).count > 0;
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
