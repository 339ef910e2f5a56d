/** How much feeds publish and how fast it reaches us, from the articles of the last weeks. */
import type { Db } from '#platform/database.ts';

/** A feed's pace. */
export interface FeedPace {
  /** Articles first read in this feed, a week, over the last four weeks or since it is followed. */
  readonly articlesPerWeek: number;
  /** Median seconds from publication to arrival of articles with a date of their own; null when there are none since the feed is followed. */
  readonly medianDelaySeconds: number | null;
}

const WEEKS = 4;
const DAY_MS = 86_400_000;

/** The pace of several feeds in one statement. An article without a date counts as published when it arrived. What a feed already held when it was added does not count. */
export async function loadFeedPaces(
  db: Db,
  feedIds: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, FeedPace>> {
  const since = new Date(now.getTime() - WEEKS * 7 * DAY_MS);
  const rows = await db.$queryRaw<{ id: number; created: Date; articles: number; delay: number | null }[]>`
    select f.id, f.created_at as created, count(a.id)::int as articles,
      (percentile_cont(0.5) within group (
        order by greatest(extract(epoch from a.fetched_at - a.published_at), 0)
      ) filter (where a.published_at <> a.fetched_at))::float8 as delay
    from feed f
    left join article a on a.feed_id = f.id and a.published_at >= greatest(f.created_at, ${since}) and a.published_at <= ${now}
    where f.id = any(${[...feedIds]}::int4[])
    group by f.id`;
  return new Map(
    rows.map(({ id, created, articles, delay }) => {
      // A feed followed since this morning has no week yet: what it brought is taken for a day's.
      const days = Math.min(Math.max((now.getTime() - created.getTime()) / DAY_MS, 1), WEEKS * 7);
      const articlesPerWeek = Math.round((articles * 70) / days) / 10;
      return [id, { articlesPerWeek, medianDelaySeconds: delay === null ? null : Math.round(delay) }];
    }),
  );
}
