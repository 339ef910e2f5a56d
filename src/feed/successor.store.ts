/** What is proposed in the place of dead feeds, in Postgres. */
import type { Feed, FeedSuccessor } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';

/** A feed whose site is to be searched for its successor. */
export type DeadFeed = Pick<Feed, 'id' | 'url' | 'title' | 'siteUrl'> & {
  /** What has been proposed before and turned down. */
  readonly dismissed: readonly string[];
};

/** What was found in a feed's place. */
export interface Proposal {
  readonly url: string;
  readonly title: string;
}

/** A feed counts as dead after so many days without an answer that it could be read from. */
const DEAD_AFTER_DAYS = 3;
/** Days until its site is searched again. */
const AGAIN_AFTER_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Dead feeds whose site has not been searched lately, the longest dead first: those that are gone (410), and those where a 404 or
 * something that is no feed has been answered for three days.
 */
export async function listDeadFeeds(db: Db, now: Date, limit: number): Promise<readonly DeadFeed[]> {
  const deadSince = new Date(now.getTime() - DEAD_AFTER_DAYS * DAY_MS);
  const searchedBefore = new Date(now.getTime() - AGAIN_AFTER_DAYS * DAY_MS);
  return await db.$queryRaw<DeadFeed[]>`
    select f.id, f.url, f.title, f.site_url as "siteUrl", coalesce(s.dismissed, '{}') as dismissed
      from feed f left join feed_successor s on s.feed_id = f.id
     where (f.status = 'GONE' or f.status = 'ACTIVE' and f.failing_since <= ${deadSince} and exists (
             select from (select p.outcome, p.http_status from feed_poll p where p.feed_id = f.id order by p.id desc limit 1) p
              where p.outcome = 'FAILED' and (p.http_status in (404, 410) or p.http_status between 200 and 299)))
       and (s.feed_id is null or s.searched_at <= ${searchedBefore} and s.url is null)
     order by f.failing_since nulls first, f.id
     limit ${limit}`;
}

/** Notes what the search gave; a feed that was removed meanwhile is left alone. */
export async function saveProposal(
  db: Db,
  feedId: number,
  proposal: Proposal | null,
  now: Date,
): Promise<void> {
  const { url, title } = proposal ?? { url: null, title: null };
  await db.$executeRaw`
    insert into feed_successor (feed_id, searched_at, url, title, found_at, dismissed)
    select id, ${now}, ${url}::text, ${title}::text, ${proposal === null ? null : now}::timestamptz, '{}' from feed where id = ${feedId}
    on conflict (feed_id) do update set searched_at = excluded.searched_at, url = excluded.url, title = excluded.title,
                                        found_at = excluded.found_at`;
}

/** What is proposed for these feeds, by feed; nothing for one that answers again. */
export async function loadProposals(
  db: Db,
  feedIds: readonly number[],
): Promise<ReadonlyMap<number, FeedSuccessor & Proposal>> {
  const isDead = { OR: [{ status: 'GONE' as const }, { failingSince: { not: null } }] };
  const rows = await db.feedSuccessor.findMany({ where: { feedId: { in: [...feedIds] }, feed: isDead } });
  return new Map(
    rows.flatMap((row) => {
      const { feedId, url, title } = row;
      return url === null ? [] : [[feedId, { ...row, url, title: title ?? url }] as const];
    }),
  );
}

export type Adoption =
  | { readonly outcome: 'ADOPTED'; readonly feed: Feed }
  /** There is no such feed, or nothing is proposed for it. */
  | { readonly outcome: 'NOTHING_PROPOSED' }
  /** The successor is followed already, as this feed. */
  | { readonly outcome: 'FOLLOWED'; readonly existing: number };

/** Follows the proposed feed in the dead one's place: same row, same articles, another address. Due at once. */
export async function adoptSuccessor(db: Db, feedId: number, now: Date): Promise<Adoption> {
  const proposal = (await loadProposals(db, [feedId])).get(feedId);
  if (proposal === undefined) return { outcome: 'NOTHING_PROPOSED' };
  const [adopted] = await db.$transaction([
    db.$queryRaw<{ id: number }[]>`
      update feed set url = ${proposal.url}, status = 'ACTIVE', etag = null, last_modified = null, moved_to = null, moved_polls = 0,
                      not_modified_polls = 0, consecutive_failures = 0, last_error = null, failing_since = null,
                      next_poll_at = ${now}
       where id = ${feedId} and not exists (select from feed where url = ${proposal.url})
       returning id`,
    db.$executeRaw`
      delete from feed_successor s using feed f where s.feed_id = ${feedId} and f.id = s.feed_id and f.url = s.url`,
  ]);
  if (adopted.length > 0)
    return { outcome: 'ADOPTED', feed: await db.feed.findUniqueOrThrow({ where: { id: feedId } }) };
  const existing = await db.feed.findUnique({ where: { url: proposal.url }, select: { id: true } });
  return existing === null ? { outcome: 'NOTHING_PROPOSED' } : { outcome: 'FOLLOWED', existing: existing.id };
}

/** Turns a proposal down for good; false when there was none. Another one may come. */
export async function dismissSuccessor(db: Db, feedId: number): Promise<boolean> {
  const changed = await db.$executeRaw`
    update feed_successor set dismissed = dismissed || url, url = null, title = null, found_at = null
     where feed_id = ${feedId} and url is not null`;
  return changed > 0;
}
