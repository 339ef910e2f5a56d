/** Counting over the graph, in SQL: one statement a question, also for many actors at once. */
import { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import type { Period } from './period.ts';

type Sql = Prisma.Sql;
const { sql } = Prisma;

interface Series {
  readonly from: Date;
  readonly to: Date;
  readonly period: Period;
  readonly timeZone: string;
}

const allOf = (conditions: readonly Sql[]): Sql => Prisma.join([sql`true`, ...conditions], ' and ');

/** First moment of the period that a moment lies in. */
const startOf = (moment: Sql, { period, timeZone }: Series): Sql =>
  sql`date_trunc(${period.toLowerCase()}, ${moment}, ${timeZone})`;

/** Every period of the series, also those in which nothing was. */
function periodsOf(series: Series): Sql {
  const { from, to, period, timeZone } = series;
  const step =
    period === 'QUARTER' ? sql`interval '3 months'` : Prisma.raw(`interval '1 ${period.toLowerCase()}'`);
  return sql`(select n at time zone ${timeZone} as start from generate_series(
    ${startOf(sql`${from}::timestamptz`, series)} at time zone ${timeZone},
    (${to}::timestamptz - interval '1 millisecond') at time zone ${timeZone}, ${step}) as n)`;
}

export interface PeriodCount {
  readonly start: Date;
  readonly count: number;
}

/** Rows `t` of a table a period, by a moment of theirs; periods without any count 0. */
export async function countByPeriod(
  db: Db,
  rows: { readonly table: Sql; readonly moment: Sql; readonly where: readonly Sql[] },
  series: Series,
): Promise<readonly PeriodCount[]> {
  const { table, moment, where } = rows;
  return await db.$queryRaw<PeriodCount[]>`
    select s.start, coalesce(c.count, 0)::int4 as count
      from ${periodsOf(series)} s
      left join (select ${startOf(moment, series)} as start, count(*) as count from ${table} t
                  where ${moment} >= ${series.from}::timestamptz and ${moment} < ${series.to}::timestamptz
                    and ${allOf(where)} group by 1) c on c.start = s.start
     order by s.start`;
}

export interface ActorActivity {
  readonly start: Date;
  readonly articles: number;
  readonly mentions: number;
  readonly claims: number;
  readonly claimsAbout: number;
}

/** How present actors are, period by period; by the actor's key. */
export async function loadActivity(
  db: Db,
  actors: readonly number[],
  series: Series,
): Promise<ReadonlyMap<number, readonly ActorActivity[]>> {
  const ids = sql`${[...actors]}::int4[]`;
  const counted = (name: string, what: Sql, table: Sql, actor: Sql): Sql => {
    const alias = Prisma.raw(name);
    return sql`left join (
        select ${actor} as actor, ${startOf(sql`t.published_at`, series)} as start, ${what} from ${table} t
         where ${actor} = any(${ids})
           and t.published_at >= ${series.from}::timestamptz and t.published_at < ${series.to}::timestamptz
         group by 1, 2) ${alias} on ${alias}.actor = p.id and ${alias}.start = s.start`;
  };
  const rows = await db.$queryRaw<(ActorActivity & { actor: number })[]>`
    select p.id as actor, s.start, coalesce(m.articles, 0)::int4 as articles, coalesce(m.mentions, 0)::int4 as mentions,
           coalesce(c.claims, 0)::int4 as claims, coalesce(o.claims, 0)::int4 as "claimsAbout"
      from unnest(${ids}) as p(id) cross join ${periodsOf(series)} s
      ${counted('m', sql`count(*) as mentions, count(distinct t.article_id) as articles`, sql`mention`, sql`t.actor_id`)}
      ${counted('c', sql`count(*) as claims`, sql`claim`, sql`t.speaker_id`)}
      ${counted('o', sql`count(*) as claims`, sql`claim_about`, sql`t.actor_id`)}
     order by p.id, s.start`;
  return Map.groupBy(rows, ({ actor }) => actor);
}

/** An actor, and how often. */
export interface ActorCount {
  readonly actorId: number;
  readonly count: number;
}

/** Who stands in the same articles as these actors, the most frequent first; at most `limit` each. */
export async function loadCoActors(
  db: Db,
  actors: readonly number[],
  { from, to }: Pick<Series, 'from' | 'to'>,
  limit: number,
): Promise<ReadonlyMap<number, readonly ActorCount[]>> {
  const rows = await db.$queryRaw<(ActorCount & { of: number })[]>`
    select p.id as of, r.actor_id as "actorId", r.count::int4 as count
      from unnest(${[...actors]}::int4[]) as p(id) cross join lateral (
        select o.actor_id, count(distinct o.article_id) as count
          from (select distinct m.article_id from mention m
                 where m.actor_id = p.id and m.published_at >= ${from}::timestamptz and m.published_at < ${to}::timestamptz) w
          join mention o on o.article_id = w.article_id and o.actor_id <> p.id
          join actor a on a.id = o.actor_id and a.status = 'CONFIRMED'
         group by o.actor_id order by 2 desc, 1 limit ${limit}) r
     order by p.id, r.count desc, r.actor_id`;
  return Map.groupBy(rows, (row) => row.of);
}

export interface QuotedCount extends ActorCount {
  readonly articles: number;
  readonly outlets: number;
}

/** Who is quoted most among claims `t` that meet the conditions; the same quotation in several outlets counts once. */
export async function loadMostQuoted(
  db: Db,
  where: readonly Sql[],
  { from, to }: Pick<Series, 'from' | 'to'>,
  limit: number,
): Promise<readonly QuotedCount[]> {
  return await db.$queryRaw<QuotedCount[]>`
    select t.speaker_id as "actorId", count(distinct t.fingerprint)::int4 as count,
           count(distinct t.article_id)::int4 as articles, count(distinct r.outlet)::int4 as outlets
      from claim t join article r on r.id = t.article_id
     where t.speaker_id is not null and t.published_at >= ${from}::timestamptz and t.published_at < ${to}::timestamptz
       and ${allOf(where)}
     group by 1 order by 2 desc, 1 limit ${limit}`;
}

export interface OutletRank {
  readonly outlet: string;
  /** Stories it told together with others. */
  readonly shared: number;
  /** Those of them that it told first. */
  readonly first: number;
  readonly articles: number;
}

/** Which outlets told first what several told; the most often first, at most `limit`. */
export async function loadFirstOutlets(
  db: Db,
  stories: readonly Sql[],
  { from, to }: Pick<Series, 'from' | 'to'>,
  limit: number,
): Promise<readonly OutletRank[]> {
  return await db.$queryRaw<OutletRank[]>`
    with told as (
      select r.story_id, r.outlet, count(*) as articles,
             rank() over (partition by r.story_id order by min(r.published_at), min(r.id)) as place
        from story t join article r on r.story_id = t.id
       where t.first_seen_at >= ${from}::timestamptz and t.first_seen_at < ${to}::timestamptz and t.article_count > 1
         and ${allOf(stories)}
       group by r.story_id, r.outlet
    ), shared as (select * from told d where exists (select from told o where o.story_id = d.story_id and o.outlet <> d.outlet))
    select outlet, count(*)::int4 as shared, (count(*) filter (where place = 1))::int4 as first, sum(articles)::int4 as articles
      from shared group by outlet order by 3 desc, 2 desc, outlet limit ${limit}`;
}

/** What funding can be added up by. */
export type FundingGroup = 'PERIOD' | 'KIND' | 'STATUS' | 'RECIPIENT' | 'INVESTOR';

export interface FundingTotal {
  readonly start: Date | null;
  readonly kind: string | null;
  readonly status: string | null;
  readonly actorId: number | null;
  readonly events: number;
  /** Null when none of the events could be converted. */
  readonly totalEur: Prisma.Decimal | null;
  /** Events without a rate, which the total leaves out. */
  readonly unconverted: number;
}

const NOTHING: Record<'start' | 'kind' | 'status' | 'actorId', Sql> = {
  start: sql`null::timestamptz`,
  kind: sql`null::text`,
  status: sql`null::text`,
  actorId: sql`null::int4`,
};

/** Funding events `t` that meet the conditions, added up, but for sums over several rounds, which would count twice; at most `limit` rows, the largest first, or in time's order. */
export async function loadFundingTotals(
  db: Db,
  where: readonly Sql[],
  group: FundingGroup,
  series: Series,
  limit: number,
): Promise<readonly FundingTotal[]> {
  const keys = {
    PERIOD: { ...NOTHING, start: startOf(sql`t.date`, series) },
    KIND: { ...NOTHING, kind: sql`t.kind::text` },
    STATUS: { ...NOTHING, status: sql`t.status::text` },
    RECIPIENT: { ...NOTHING, actorId: sql`t.recipient_id` },
    INVESTOR: { ...NOTHING, actorId: sql`i.investor_id` },
  }[group];
  const investors =
    group === 'INVESTOR' ? sql`join funding_participation i on i.event_id = t.id` : Prisma.empty;
  const order = group === 'PERIOD' ? sql`1` : sql`6 desc nulls last, 5 desc, 4, 2, 3`;
  return await db.$queryRaw<FundingTotal[]>`
    select ${keys.start} as start, ${keys.kind} as kind, ${keys.status} as status, ${keys.actorId} as "actorId",
           count(*)::int4 as events, sum(t.amount_eur) as "totalEur",
           (count(*) filter (where t.amount_eur is null))::int4 as unconverted
      from funding_event t ${investors}
     where t.date >= ${series.from}::timestamptz and t.date < ${series.to}::timestamptz and not t.cumulative
       and ${allOf(where)}
     group by 1, 2, 3, 4 order by ${order} limit ${limit}`;
}
