/** What a filter would have caught, counted in one statement. */
import { Prisma } from '#generated/prisma/client.ts';
import { matchConditions } from '#match/conditions.store.ts';
import type { MatchFilter } from '#match/filter.ts';
import type { Db } from '#platform/database.ts';

const { sql } = Prisma;

/** Matches that a preview looks at, the newest first; rows of its lists. */
export const PREVIEW_MAX = { matches: 10_000, rows: 10 } as const;
/** Whose weeks are counted. */
const TIME_ZONE = 'Europe/Paris';

export interface Preview {
  readonly count: number;
  /** True when there are more than `PREVIEW_MAX.matches`, of which the newest alone are counted. */
  readonly capped: boolean;
  readonly days: number;
  /** Every week of the time, the first and the last of which may be cut. */
  readonly weeks: readonly { readonly start: Date; readonly count: number }[];
  readonly outlets: readonly { readonly outlet: string; readonly count: number }[];
  readonly actors: readonly { readonly actorId: number; readonly count: number }[];
  /** Sequence numbers of the newest. */
  readonly examples: readonly bigint[];
}

interface PreviewRow {
  readonly count: number;
  readonly weeks: readonly { readonly start: number; readonly count: number }[];
  readonly outlets: Preview['outlets'];
  readonly actors: Preview['actors'];
  /** As text: JSON has no such numbers. */
  readonly examples: readonly string[];
}

/** What the filter lets pass of the log's last days. */
export async function loadPreview(
  db: Db,
  filter: MatchFilter,
  { days, now }: { readonly days: number; readonly now: Date },
): Promise<Preview> {
  const from = new Date(now.getTime() - days * 86_400_000);
  const weekOf = (moment: Prisma.Sql) => sql`date_trunc('week', ${moment}, ${TIME_ZONE})`;
  const conditions = [
    // The log's order is nearly that of its times: the first line of the time says where to begin.
    sql`t.seq >= (select coalesce(min(b.seq), 0) from (
          select seq from match where created_at >= ${from} order by created_at, seq limit 100) b)`,
    sql`t.created_at >= ${from} and t.created_at <= ${now}`,
    ...matchConditions(filter),
  ];
  const { matches, rows } = PREVIEW_MAX;
  const top = (columns: Prisma.Sql, from: Prisma.Sql, key: Prisma.Sql) => sql`
    coalesce((select json_agg(x) from (
      select ${columns}, count(*)::int4 as count from ${from} group by ${key} order by count(*) desc, ${key} limit ${rows}) x), '[]')`;
  const [row] = await db.$queryRaw<PreviewRow[]>`
    with h as materialized (
      select t.seq, t.created_at, t.article_id, coalesce(a.merged_into_id, a.id) as actor_id
        from (select t.* from match t where ${Prisma.join(conditions, ' and ')}
               order by t.seq desc limit ${matches + 1}) t
        join actor a on a.id = t.actor_id)
    select (select count(*)::int4 from h) as count,
           (select json_agg(json_build_object('start', extract(epoch from w.start) * 1000, 'count', coalesce(c.count, 0))
                            order by w.start)
              from (select n at time zone ${TIME_ZONE} as start from generate_series(
                      ${weekOf(sql`${from}::timestamptz`)} at time zone ${TIME_ZONE},
                      ${now}::timestamptz at time zone ${TIME_ZONE}, interval '1 week') n) w
              left join (select ${weekOf(sql`created_at`)} as start, count(*)::int4 as count from h group by 1) c
                on c.start = w.start) as weeks,
           ${top(sql`ar.outlet`, sql`h join article ar on ar.id = h.article_id`, sql`ar.outlet`)} as outlets,
           ${top(sql`h.actor_id as "actorId"`, sql`h`, sql`h.actor_id`)} as actors,
           array(select seq::text from h order by h.seq desc limit ${rows}) as examples`;
  const { count, weeks, outlets, actors, examples } = row!;
  return {
    count: Math.min(count, matches),
    capped: count > matches,
    days,
    weeks: weeks.map((week) => ({ start: new Date(week.start), count: week.count })),
    outlets,
    actors,
    examples: examples.map(BigInt),
  };
}
