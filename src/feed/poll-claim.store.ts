/**
 * Which feeds a process polls: those that are due, of hosts of which nobody polls one.
 *
 * A claim is a Postgres session lock on the feed's host, held on a connection of its own. Polls of one host therefore go one
 * after another whichever worker does them, and the claims of a process that dies, however it dies, are gone with its session.
 * A session lost while the process lives lets others poll the same feed once more, which changes nothing.
 */
import pg from 'pg';
import type { Feed } from '#generated/prisma/client.ts';

/** First key of the advisory locks; any number no one else uses. */
const LOCK_CLASS = 86_444;
/** For how many days back a feed's articles are counted. */
const RECENT_DAYS = 14;
/** Due feeds of one host that are read at a time; the rest is still due when the host is let go. */
const FEEDS_OF_A_HOST = 8;

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
    | 'pollAskedAt'
  > {
  /** What it is claimed by: host name and port. */
  readonly host: string;
  /** Articles that it published in the `recentDays` days before. */
  readonly recentArticles: number;
  readonly recentDays: number;
  /** When the subscription at its hub ends; null without one that stands and brings everything. */
  readonly subscribedUntil: Date | null;
  /** True when its hub has delivered something that nobody has read yet. */
  readonly hasDelivery: boolean;
}

/** A host that is claimed, and its due feeds, the most pressing first: one to eight. */
export interface ClaimedHost {
  readonly host: string;
  readonly feeds: readonly PolledFeed[];
}

export interface FeedClaims extends AsyncDisposable {
  /** Claims at most `limit` hosts of which feeds are due, the most pressing first: what somebody asked for, then what waits longest. */
  takeDue(limit: number, now: Date): Promise<readonly ClaimedHost[]>;
  /** Claims this feed, due or not; `'BUSY'` while its host is claimed, null when it is not followed, or not now. */
  take(feedId: number, now: Date): Promise<PolledFeed | 'BUSY' | null>;
  release(claims: readonly Pick<ClaimedHost, 'host'>[]): Promise<void>;
}

const HOST = `split_part(url, '/', 3)`;
const IS_DUE = `status = 'ACTIVE' and (poll_asked_at is not null or next_poll_at <= $1)`;

/** Locks as `pg_locks` shows those of two keys: every host of which a feed is polled. */
const TAKEN = `
  with taken as materialized (
    select objid from pg_locks
     where locktype = 'advisory' and classid = ${LOCK_CLASS} and objsubid = 2 and granted
       and database = (select oid from pg_database where datname = current_database()))`;

const CLAIM_DUE = `${TAKEN}
  select host from (
    select ${HOST} as host
      from feed
     where ${IS_DUE}
     group by 1
    having hashtext(${HOST})::oid not in (select objid from taken)
     order by min(poll_asked_at) nulls last, min(next_poll_at)
     limit $2) due
   where pg_try_advisory_lock(${LOCK_CLASS}, hashtext(host))`;

const CLAIM_ONE = `${TAKEN}
  select host, hashtext(host)::oid not in (select objid from taken)
               and pg_try_advisory_lock(${LOCK_CLASS}, hashtext(host)) as mine
    from (select ${HOST} as host from feed where id = $1 and status = 'ACTIVE') f`;

/** $1 is now, $2 since when articles count. A hub is relied on from its first delivery until a poll finds what it has not brought. */
const readFeeds = (which: string): string => `
  select f.id, f.host, f.url, f.title, f.outlet, f.unnamed, f.site_url as "siteUrl", f.language, f.etag, f.last_modified as "lastModified",
         f.moved_to as "movedTo", f.moved_polls as "movedPolls", f.not_modified_polls as "notModifiedPolls",
         f.consecutive_failures as "consecutiveFailures", f.failing_since as "failingSince", f.created_at as "createdAt",
         f.next_poll_at as "nextPollAt", f.poll_asked_at as "pollAskedAt",
         (select count(*)::int from article a where a.feed_id = f.id and a.published_at >= $2) as "recentArticles",
         (select s.lease_ends_at from feed_subscription s
           where s.feed_id = f.id and s.status = 'ACTIVE' and s.lease_ends_at > $1 and s.last_delivery_at is not null
             and not exists (select from feed_poll p where p.feed_id = f.id and p.started_at > s.last_delivery_at
                                and p.http_status is not null and p.new_articles > 0)) as "subscribedUntil",
         exists (select 1 from feed_delivery d where d.feed_id = f.id) as "hasDelivery"
    from (${which}) f`;

const READ_DUE = readFeeds(`
  select * from (
    select feed.*, host, row_number() over (partition by host order by poll_asked_at nulls last, next_poll_at) as turn
      from unnest($3::text[]) as host join feed on ${HOST} = host
     where ${IS_DUE}) due
   where turn <= ${FEEDS_OF_A_HOST}
   order by turn`);

const READ_ONE = readFeeds(
  `select *, ${HOST} as host from feed where id = $3 and status = 'ACTIVE' and ${HOST} = $4`,
);

/** Makes the claims of one process; the connection is made at the first. */
export function createFeedClaims(databaseUrl: string): FeedClaims {
  const held = new Set<string>();
  let session: Promise<pg.Client> | null = null;

  const lockAgain = async (client: pg.Client): Promise<void> => {
    if (held.size === 0) return;
    await client.query(
      `select pg_try_advisory_lock(${LOCK_CLASS}, hashtext(host)) from unnest($1::text[]) as host`,
      [[...held]],
    );
  };
  /** The session that holds the locks; a broken one is replaced, with all its locks. */
  const open = (): Promise<pg.Client> => {
    if (session !== null) return session;
    const client = new pg.Client({
      connectionString: databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    const opened = (async () => {
      await client.connect();
      await lockAgain(client);
      return client;
    })();
    const forget = (): void => {
      if (session === opened) session = null;
    };
    client.on('error', forget);
    client.once('end', forget);
    opened.catch(forget);
    session = opened;
    return opened;
  };
  /** One statement after another: a session has no queue of its own. */
  let last: Promise<unknown> = Promise.resolve();
  const query = <Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]> => {
    const rows = last.then(async () => (await (await open()).query<Row>({ name, text, values })).rows);
    last = rows.catch(() => {});
    return rows;
  };
  const since = (now: Date): Date => new Date(now.getTime() - RECENT_DAYS * 86_400_000);
  const withDays = (feed: Omit<PolledFeed, 'recentDays'>, now: Date): PolledFeed => {
    const followedDays = Math.max((now.getTime() - feed.createdAt.getTime()) / 86_400_000, 1);
    return { ...feed, recentDays: Math.min(RECENT_DAYS, followedDays) };
  };
  const release = async (hosts: readonly string[]): Promise<void> => {
    if (hosts.length === 0) return;
    for (const host of hosts) held.delete(host);
    // Locks of a session that is gone are gone.
    if (session === null) return;
    await query(
      'release-hosts',
      `select pg_advisory_unlock(${LOCK_CLASS}, hashtext(host)) from unnest($1::text[]) as host`,
      [hosts],
    );
  };

  /** Reads what was claimed; hosts of which nothing is to be polled, or cannot be read, are let go. */
  const read = async (
    hosts: readonly string[],
    now: Date,
    [name, text, ...values]: readonly [string, string, ...unknown[]],
  ): Promise<readonly PolledFeed[]> => {
    for (const host of hosts) held.add(host);
    let feeds: readonly Omit<PolledFeed, 'recentDays'>[] = [];
    try {
      feeds = await query<Omit<PolledFeed, 'recentDays'>>(name, text, [now, since(now), ...values]);
    } finally {
      const claimed = new Set(feeds.map(({ host }) => host));
      await release(hosts.filter((host) => !claimed.has(host)));
    }
    return feeds.map((feed) => withDays(feed, now));
  };

  return {
    async takeDue(limit, now) {
      const claimed = await query<{ host: string }>('claim-due-hosts', CLAIM_DUE, [now, limit]);
      const hosts = claimed.map(({ host }) => host);
      if (hosts.length === 0) return [];
      // Read after the locks were had: whoever polled these feeds before has written down when they are due next.
      const feeds = Map.groupBy(
        await read(hosts, now, ['read-due-feeds', READ_DUE, hosts]),
        ({ host }) => host,
      );
      return hosts
        .map((host) => ({ host, feeds: feeds.get(host) ?? [] }))
        .filter(({ feeds }) => feeds.length > 0);
    },
    async take(feedId, now) {
      const [claim] = await query<{ host: string; mine: boolean }>('claim-feed', CLAIM_ONE, [feedId]);
      if (claim === undefined) return null;
      if (!claim.mine) return 'BUSY';
      const [feed] = await read([claim.host], now, ['read-feed', READ_ONE, feedId, claim.host]);
      return feed ?? null;
    },
    release: (claims) => release(claims.map(({ host }) => host)),
    async [Symbol.asyncDispose]() {
      const client = await session?.catch(() => null);
      await client?.end();
    },
  };
}
