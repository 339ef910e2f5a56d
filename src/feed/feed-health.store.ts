/** How many feeds are well. */
import type { Db } from '#platform/database.ts';

/** Numbers of feeds; all but `total` add up to it. */
export interface FeedHealth {
  readonly total: number;
  readonly healthy: number;
  readonly failing: number;
  readonly waiting: number;
  readonly paused: number;
  readonly gone: number;
}

/** Counts the feeds by how they are. */
export async function loadFeedHealth(db: Db): Promise<FeedHealth> {
  const rows = await db.$queryRaw<FeedHealth[]>`
    select count(*)::int as total,
      (count(*) filter (where status = 'ACTIVE' and consecutive_failures = 0 and last_poll_at is not null))::int as healthy,
      (count(*) filter (where status = 'ACTIVE' and consecutive_failures > 0))::int as failing,
      (count(*) filter (where status = 'ACTIVE' and consecutive_failures = 0 and last_poll_at is null))::int as waiting,
      (count(*) filter (where status = 'PAUSED'))::int as paused,
      (count(*) filter (where status = 'GONE'))::int as gone
    from feed`;
  return rows[0] ?? { total: 0, healthy: 0, failing: 0, waiting: 0, paused: 0, gone: 0 };
}
