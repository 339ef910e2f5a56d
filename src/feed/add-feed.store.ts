/** Feeds that a client adds or takes out of the poll. */
import type { Feed } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import type { NewFeed } from './feed-input.ts';

/** Adds a feed, due at once; null when its URL is followed already. */
export async function addFeed(db: Db, feed: NewFeed, now: Date): Promise<Feed | null> {
  const created = await db.feed.createManyAndReturn({
    data: [
      {
        ...feed,
        topics: [...feed.topics],
        unnamed: [...(feed.unnamed ?? [])],
        nextPollAt: now,
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  });
  return created[0] ?? null;
}

/** Pauses a feed or has it polled again from now on; null when there is no such feed. */
export async function setFeedPaused(db: Db, id: number, paused: boolean, now: Date): Promise<Feed | null> {
  const changed = await db.feed.updateManyAndReturn({
    where: { id },
    data: paused ? { status: 'PAUSED' } : { status: 'ACTIVE', nextPollAt: now },
  });
  return changed[0] ?? null;
}
