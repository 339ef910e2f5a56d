/** The match log in Postgres. */

import type pg from 'pg';
import { isOfMoney } from '#actor/fact.ts';
import { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import { jsonRows } from '#platform/json-rows.ts';
import { MATCH_CHANNEL } from '#platform/notifications.ts';
import type { Statements } from '#platform/writer.ts';
import { matchConditions } from './conditions.store.ts';
import type { MatchFilter } from './filter.ts';
import type { LoggedMatch, MatchReason } from './match.ts';
import { searchableWords } from './words.ts';

/** A match about to be logged. */
export interface MatchToLog {
  readonly articleId: number;
  readonly actorId: number;
  readonly storyId: number;
  readonly facts: readonly string[];
  readonly reasons: readonly MatchReason[];
}

/**
 * Which of these facts are known already, as `actorId fact`: told by the same story, or, where it is about money, by any. A
 * round that made news once is background in every later story.
 */
export async function loadAlertedFacts(
  tx: Pick<Statements, '$queryRaw'>,
  storyId: number,
  facts: readonly { readonly actor: number; readonly fact: string }[],
): Promise<ReadonlySet<string>> {
  if (facts.length === 0) return new Set();
  const actors = [...new Set(facts.map(({ actor }) => actor))];
  const ofMoney = [...new Set(facts.map(({ fact }) => fact).filter(isOfMoney))];
  const rows = await tx.$queryRaw<{ actorId: number; fact: string }[]>`
    select actor_id as "actorId", fact from alerted_fact
     where actor_id = any(${actors}) and (story_id = ${storyId} or fact = any(${ofMoney}))`;
  return new Set(rows.map((row) => `${row.actorId} ${row.fact}`));
}

/** Actors of whom the log has a line of this story, or had one before they were merged into these. */
export async function loadLoggedActors(
  tx: Pick<Statements, '$queryRaw'>,
  storyId: number,
): Promise<ReadonlySet<number>> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    select distinct coalesce(a.merged_into_id, a.id) as id
      from article s join match m on m.article_id = s.id join actor a on a.id = m.actor_id
     where s.story_id = ${storyId}`;
  return new Set(rows.map(({ id }) => id));
}

function factsToRecord(told: readonly Pick<MatchToLog, 'storyId' | 'actorId' | 'facts'>[]): Prisma.Sql {
  const rows = told.flatMap(({ storyId, actorId, facts }) =>
    facts.map((fact) => ({ storyId, actorId, fact })),
  );
  return Prisma.sql`
    insert into alerted_fact (story_id, actor_id, fact)
    select "storyId", "actorId", fact
      from json_to_recordset(${jsonRows(rows)}::json) as t("storyId" int, "actorId" int, fact text)
    on conflict do nothing`;
}

/** Writes down that a story has told these facts, so that none of them alerts any more. Call only under `lockLog`. */
export async function recordFacts(
  tx: Pick<Statements, '$executeRaw'>,
  told: readonly Pick<MatchToLog, 'storyId' | 'actorId' | 'facts'>[],
): Promise<void> {
  if (told.length > 0) await tx.$executeRaw(factsToRecord(told));
}

/**
 * Appends to the log and wakes every reader up when the transaction commits. `article` is the text that the lines are
 * about: filters look for words in what stood there, whatever it says later. Call only under `lockLog`.
 */
export async function appendMatches(
  tx: Pick<Statements, '$executeRaw'>,
  matches: readonly MatchToLog[],
  now: Date,
  article?: { readonly title: string; readonly text: string },
): Promise<void> {
  if (matches.length === 0) return;
  const words = article === undefined ? null : searchableWords(article);
  await tx.$executeRaw`
    with f as (${factsToRecord(matches)}), w as (
      insert into logged_text (words) select ${words}::text where ${words}::text is not null returning id), m as (
      insert into match (article_id, actor_id, story_id, reasons, created_at, logged_text_id, independent_texts)
      select "articleId", "actorId", "storyId", reasons, ${now}, (select id from w), s.independent_texts
        from json_to_recordset(${jsonRows(matches)}::json)
          as r("articleId" int, "actorId" int, "storyId" int, reasons jsonb) join story s on s.id = "storyId")
    select pg_notify(${MATCH_CHANNEL}, '')`;
}

/** Sequence number of the newest match; 0 for an empty log. */
export async function newestSeq(db: Db): Promise<bigint> {
  const newest = await db.match.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
  return newest?.seq ?? 0n;
}

/** How many matches behind a sequence number pass a filter, up to another. */
export async function countLog(
  db: Db,
  {
    after,
    upTo,
    filter,
    except = [],
  }: {
    readonly after: bigint;
    readonly upTo: bigint;
    readonly filter: MatchFilter;
    readonly except?: readonly LeftOut[];
  },
): Promise<number> {
  const conditions = [
    Prisma.sql`t.seq > ${after} and t.seq <= ${upTo}`,
    ...matchConditions(filter),
    ...outside(except),
  ];
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int4 as count from match t where ${Prisma.join(conditions, ' and ')}`;
  return row?.count ?? 0;
}

/** A time whose lines are left out; `until` is exclusive, null for one that goes on. */
interface LeftOut {
  readonly since: Date;
  readonly until: Date | null;
}

const outside = (times: readonly LeftOut[]): Prisma.Sql[] =>
  times.map(({ since, until }) =>
    until === null
      ? Prisma.sql`t.created_at < ${since}`
      : Prisma.sql`(t.created_at < ${since} or t.created_at >= ${until})`,
  );

interface LogRow extends Omit<LoggedMatch, 'reasons'> {
  readonly reasons: unknown;
  readonly textId: number | null;
}

/** A stretch of the log. */
interface LogQuery {
  readonly after: bigint;
  readonly limit: number;
  readonly filter?: MatchFilter;
  readonly except?: readonly LeftOut[];
  readonly newestFirst?: boolean;
}

/**
 * The next matches after a sequence number, in order, at most `limit` (1 to 1,000); with `newestFirst` the last ones, in
 * reverse. The filter is applied in Postgres; without one come all lines, also those that only say another again.
 */
export async function readLog(db: Db, query: LogQuery): Promise<readonly LoggedMatch[]> {
  return linesOf(await db.$queryRaw<LogRow[]>(logSql(query)));
}

/** The same without a filter, past Prisma: for who reads at every notification, and whom others wait for. */
export async function readNewLines(
  pool: pg.Pool,
  query: Pick<LogQuery, 'after' | 'limit'>,
): Promise<readonly LoggedMatch[]> {
  const { text, values } = logSql({ after: query.after, limit: query.limit });
  const { rows } = await pool.query<
    Omit<LogRow, 'seq' | 'corroborates'> & { readonly seq: string; readonly corroborates: string | null }
  >({
    name: 'match_new_lines',
    text,
    values: [...values],
  });
  return linesOf(
    rows.map(({ seq, corroborates, ...row }) => ({
      ...row,
      seq: BigInt(seq),
      corroborates: corroborates === null ? null : BigInt(corroborates),
    })),
  );
}

function logSql({ after, limit, filter, newestFirst = false, except = [] }: LogQuery): Prisma.Sql {
  const conditions = [
    Prisma.sql`t.seq > ${after}`,
    ...(filter === undefined ? [] : matchConditions(filter)),
    ...outside(except),
  ];
  const way = newestFirst ? Prisma.sql`desc` : Prisma.sql`asc`;
  return Prisma.sql`
    with page as (
      select t.* from match t where ${Prisma.join(conditions, ' and ')} order by t.seq ${way} limit ${limit})
    select t.seq, t.article_id as "articleId", t.actor_id as "actorId", t.story_id as "storyId",
           t.created_at as "createdAt", t.reasons, n.slug as "actorSlug", n.kind as "actorKind", ar.outlet,
           array(select x.slug from actor x where n.id in (x.id, x.merged_into_id) order by x.id) as "actorSlugs",
           t.logged_text_id as "textId", t.independent_texts as "independentTexts", t.corroborates,
           -- Lines of one article follow each other and share one text.
           case when row_number() over (partition by t.logged_text_id order by t.seq ${way}) = 1 then w.words end as words
      from page t
      join actor a on a.id = t.actor_id
      join actor n on n.id = coalesce(a.merged_into_id, a.id)
      join article ar on ar.id = t.article_id
      left join logged_text w on w.id = t.logged_text_id
     order by t.seq ${way}`;
}

function linesOf(rows: readonly LogRow[]): readonly LoggedMatch[] {
  const texts = new Map(rows.flatMap(({ textId, words }) => (words === null ? [] : [[textId, words]])));
  return rows.map(({ textId, ...row }) => ({
    ...row,
    reasons: row.reasons as readonly MatchReason[],
    words: texts.get(textId) ?? null,
  }));
}
