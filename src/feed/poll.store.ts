/** What a poll reads and writes of its feed in Postgres: one statement before, one after. */
import { type Feed, type PollOutcome, Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import { POLL_CHANNEL } from '#platform/notifications.ts';

const { sql, join } = Prisma;

/** Polls kept per feed: the history is for people, not for eternity. */
const POLLS_KEPT = 200;
/** For how many days back a feed's articles are counted. */
const RECENT_DAYS = 14;

/** A feed as a poll needs it. */
export interface PolledFeed
  extends Pick<
    Feed,
    | 'id'
    | 'url'
    | 'title'
    | 'outlet'
    | 'unnamed'
    | 'siteUrl'
    | 'language'
    | 'etag'
    | 'lastModified'
    | 'movedTo'
    | 'movedPolls'
    | 'notModifiedPolls'
    | 'consecutiveFailures'
    | 'failingSince'
    | 'createdAt'
    | 'nextPollAt'
  > {
  /** Articles that it published in the `recentDays` days before. */
  readonly recentArticles: number;
  readonly recentDays: number;
  /** When the subscription at its hub ends; null without one that stands. */
  readonly subscribedUntil: Date | null;
  /** True when its hub has delivered something that nobody has read yet. */
  readonly hasDelivery: boolean;
}

/** The feed to be polled; null when it is not followed, or not now. */
export async function findPolledFeed(db: Db, id: number, now: Date): Promise<PolledFeed | null> {
  const since = new Date(now.getTime() - RECENT_DAYS * 86_400_000);
  const [feed] = await db.$queryRaw<Omit<PolledFeed, 'recentDays'>[]>`
    select f.id, f.url, f.title, f.outlet, f.unnamed, f.site_url as "siteUrl", f.language, f.etag, f.last_modified as "lastModified",
           f.moved_to as "movedTo", f.moved_polls as "movedPolls", f.not_modified_polls as "notModifiedPolls",
           f.consecutive_failures as "consecutiveFailures", f.failing_since as "failingSince", f.created_at as "createdAt",
           (select count(*)::int from article a where a.feed_id = f.id and a.published_at >= ${since}) as "recentArticles",
           (select s.lease_ends_at from feed_subscription s
             where s.feed_id = f.id and s.status = 'ACTIVE' and s.lease_ends_at > ${now}) as "subscribedUntil",
           exists (select 1 from feed_delivery d where d.feed_id = f.id) as "hasDelivery", f.next_poll_at as "nextPollAt"
      from feed f
     where f.id = ${id} and f.status = 'ACTIVE'`;
  if (feed === undefined) return null;
  const followedDays = Math.max((now.getTime() - feed.createdAt.getTime()) / 86_400_000, 1);
  return { ...feed, recentDays: Math.min(RECENT_DAYS, followedDays) };
}

/** True when a feed with this address is followed. */
export async function isFollowed(db: Db, url: string): Promise<boolean> {
  return (await db.feed.count({ where: { url } })) > 0;
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

const COLUMNS = {
  url: sql`url`,
  title: sql`title`,
  outlet: sql`outlet`,
  unnamed: sql`unnamed`,
  siteUrl: sql`site_url`,
  language: sql`language`,
  etag: sql`etag`,
  lastModified: sql`last_modified`,
  movedTo: sql`moved_to`,
  movedPolls: sql`moved_polls`,
  notModifiedPolls: sql`not_modified_polls`,
  intervalSeconds: sql`interval_seconds`,
  nextPollAt: sql`next_poll_at`,
  lastPollAt: sql`last_poll_at`,
  lastSuccessAt: sql`last_success_at`,
  consecutiveFailures: sql`consecutive_failures`,
  lastError: sql`last_error`,
  failingSince: sql`failing_since`,
} as const;

/** What a poll changes on the feed's row; what it does not name stays as it is, whoever changed it meanwhile. */
export type FeedChanges = Partial<Pick<Feed, keyof typeof COLUMNS | 'status'>>;

/**
 * Saves what a poll gave, the feed's row and a line of its history together, and tells who waits for it. A feed removed
 * meanwhile is left alone.
 */
export async function savePoll(
  db: Db,
  feedId: number,
  { status, ...changes }: FeedChanges,
  poll: PollRecord,
): Promise<void> {
  const assignments = (Object.keys(changes) as (keyof typeof changes)[]).map(
    (name) => sql`${COLUMNS[name]} = ${changes[name]}`,
  );
  // A statement has to set something.
  if (assignments.length === 0) assignments.push(sql`id = id`);
  if (status !== undefined) assignments.push(sql`status = ${status}::"FeedStatus"`);
  await db.$queryRaw`
    with f as (update feed set ${join(assignments)} where id = ${feedId} returning id), p as (
      insert into feed_poll (feed_id, started_at, duration_ms, outcome, http_status, bytes, items, new_articles,
                             revised_articles, problem)
      select id, ${poll.startedAt}, ${poll.durationMs}, ${poll.outcome}::"PollOutcome", ${poll.httpStatus}::int,
             ${poll.bytes}::int, ${poll.items}, ${poll.newArticles}, ${poll.revisedArticles}, ${poll.problem}::text
        from f
      returning id),
    -- Sees the history as it was before: with the new line, so many are kept.
    trimmed as (delete from feed_poll where id in (
      select id from feed_poll where feed_id = ${feedId} order by id desc offset ${POLLS_KEPT - 1} limit 100))
    select id, pg_notify(${POLL_CHANNEL}, ${String(feedId)})::text as told from p`;
}
