/** What polls write of their feeds in Postgres: one statement for many. */
import type { Pool } from 'pg';
import type { Feed, PollOutcome } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import { jsonRows } from '#platform/json-rows.ts';
import { DUE_CHANNEL, POLL_CHANNEL } from '#platform/notifications.ts';

/** Polls of a feed that `prunePolls` keeps: the history is for people, not for eternity. */
const POLLS_KEPT = 200;

/** True when a feed with this address is followed. */
export async function isFollowed(db: Db, url: string): Promise<boolean> {
  return (await db.feed.count({ where: { url } })) > 0;
}

/** Has a feed polled as soon as a worker is free, whatever its time; a poll under way does not count. */
export async function askForPoll(db: Db, feedId: number, now: Date): Promise<void> {
  await db.$queryRaw`
    with asked as (update feed set poll_asked_at = coalesce(poll_asked_at, ${now}) where id = ${feedId} returning id)
    select pg_notify(${DUE_CHANNEL}, '')::text from asked`;
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
  url: 'url',
  title: 'title',
  outlet: 'outlet',
  unnamed: 'unnamed',
  siteUrl: 'site_url',
  language: 'language',
  status: 'status',
  etag: 'etag',
  lastModified: 'last_modified',
  movedTo: 'moved_to',
  movedPolls: 'moved_polls',
  notModifiedPolls: 'not_modified_polls',
  intervalSeconds: 'interval_seconds',
  nextPollAt: 'next_poll_at',
  lastPollAt: 'last_poll_at',
  lastSuccessAt: 'last_success_at',
  consecutiveFailures: 'consecutive_failures',
  lastError: 'last_error',
  failingSince: 'failing_since',
} as const;

/** What a poll changes on the feed's row; what it does not name stays as it is, whoever changed it meanwhile. */
export type FeedChanges = Partial<Pick<Feed, keyof typeof COLUMNS>>;

export interface EndedPoll {
  readonly feedId: number;
  readonly changes: FeedChanges;
  readonly record: PollRecord;
  /** The request for a poll that this one answers: a later one stands. */
  readonly answers: Date | null;
}

const columns = Object.values(COLUMNS);

// `f` is a feed as it is now, and `jsonb_populate_record` puts in the columns that the poll names.
const SAVE = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as r(
      feed_id int, changes jsonb, answers timestamptz(3), started_at timestamptz(3), duration_ms int, outcome "PollOutcome",
      http_status int, bytes int, items int, new_articles int, revised_articles int, problem text)),
  saved as (
    update feed f
       set (${columns.join(', ')}) =
             (select ${columns.map((name) => `n.${name}`).join(', ')} from jsonb_populate_record(f, r.changes) n),
           poll_asked_at = nullif(f.poll_asked_at, r.answers)
      from given r where f.id = r.feed_id
    returning f.id),
  history as (
    insert into feed_poll (feed_id, started_at, duration_ms, outcome, http_status, bytes, items, new_articles,
                           revised_articles, problem)
    select feed_id, started_at, duration_ms, outcome, http_status, bytes, items, new_articles, revised_articles, problem
      from given join saved on saved.id = given.feed_id)
  select pg_notify('${POLL_CHANNEL}', '')::text`;

/**
 * Saves what polls of different feeds gave, the feeds' rows and a line of history each, all or nothing, and tells who waits
 * for them. A feed removed meanwhile is left alone.
 */
export async function savePolls(pool: Pool, polls: readonly EndedPoll[]): Promise<void> {
  const rows = polls.map(({ feedId, changes, record, answers }) => ({
    feed_id: feedId,
    changes: Object.fromEntries(
      (Object.keys(changes) as (keyof FeedChanges)[]).map((name) => [COLUMNS[name], changes[name]]),
    ),
    answers,
    started_at: record.startedAt,
    duration_ms: record.durationMs,
    outcome: record.outcome,
    http_status: record.httpStatus,
    bytes: record.bytes,
    items: record.items,
    new_articles: record.newArticles,
    revised_articles: record.revisedArticles,
    problem: record.problem,
  }));
  await pool.query({ name: 'save-polls', text: SAVE, values: [jsonRows(rows)] });
}

/** Forgets the old polls of each feed; the number forgotten. */
export async function prunePolls(db: Db): Promise<number> {
  return await db.$executeRaw`
    delete from feed_poll p using (
      select old.id from feed f, lateral (
        select id from feed_poll where feed_id = f.id order by id desc offset ${POLLS_KEPT}) old) o
     where p.id = o.id`;
}
