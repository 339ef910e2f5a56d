/** The match log in Postgres. */

import { isOfMoney } from '#actor/fact.ts';
import { Prisma } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/database.ts';
import { jsonRows } from '#platform/json-rows.ts';
import { MATCH_CHANNEL } from '#platform/notifications.ts';
import type { MatchFilter } from './filter.ts';
import type { LoggedMatch, MatchReason } from './match.ts';

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
  tx: Tx,
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
export async function loadLoggedActors(tx: Tx, storyId: number): Promise<ReadonlySet<number>> {
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
  tx: Tx,
  told: readonly Pick<MatchToLog, 'storyId' | 'actorId' | 'facts'>[],
): Promise<void> {
  if (told.length > 0) await tx.$executeRaw(factsToRecord(told));
}

/** Appends to the log and wakes every reader up when the transaction commits. Call only under `lockLog`. */
export async function appendMatches(tx: Tx, matches: readonly MatchToLog[], now: Date): Promise<void> {
  if (matches.length === 0) return;
  await tx.$executeRaw`
    with f as (${factsToRecord(matches)}), m as (
      insert into match (article_id, actor_id, story_id, reasons, created_at)
      select "articleId", "actorId", "storyId", reasons, ${now}
        from json_to_recordset(${jsonRows(matches)}::json)
          as r("articleId" int, "actorId" int, "storyId" int, reasons jsonb))
    select pg_notify(${MATCH_CHANNEL}, '')`;
}

/** Sequence number of the newest match; 0 for an empty log. */
export async function newestSeq(db: Db): Promise<bigint> {
  const newest = await db.match.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
  return newest?.seq ?? 0n;
}

interface LogRow extends Omit<LoggedMatch, 'reasons'> {
  readonly reasons: unknown;
}

/**
 * The next matches after a sequence number, in order, at most `limit` (1 to 1,000); with `newestFirst` the last ones, in
 * reverse. The filter is applied in Postgres.
 */
export async function readLog(
  db: Db,
  {
    after,
    limit,
    filter = {},
    newestFirst = false,
  }: {
    readonly after: bigint;
    readonly limit: number;
    readonly filter?: MatchFilter;
    readonly newestFirst?: boolean;
  },
): Promise<readonly LoggedMatch[]> {
  const conditions = [Prisma.sql`m.seq > ${after}`];
  // A list of containments, because that is what the index on the reasons serves.
  const hasReason = (kinds: readonly string[]) =>
    Prisma.sql`m.reasons @> any(${kinds.map((kind) => JSON.stringify([{ kind }]))}::jsonb[])`;
  if (filter.actors) {
    const speaking = Prisma.sql`a.slug = any(${filter.spokespeople ?? []}) and ${hasReason(['SPEAKING'])}`;
    conditions.push(Prisma.sql`(a.slug = any(${filter.actors}) or ${speaking})`);
  }
  if (filter.actorKinds) conditions.push(Prisma.sql`a.kind::text = any(${filter.actorKinds})`);
  if (filter.outlets) conditions.push(Prisma.sql`ar.outlet = any(${filter.outlets})`);
  if (filter.reasons) conditions.push(hasReason(filter.reasons));
  const rows = await db.$queryRaw<LogRow[]>`
    select m.seq, m.article_id as "articleId", m.actor_id as "actorId", m.story_id as "storyId",
           m.created_at as "createdAt", m.reasons, a.slug as "actorSlug", a.kind as "actorKind", ar.outlet
      from match m
      join actor a on a.id = m.actor_id
      join article ar on ar.id = m.article_id
     where ${Prisma.join(conditions, ' and ')}
     order by m.seq ${newestFirst ? Prisma.sql`desc` : Prisma.empty}
     limit ${limit}`;
  return rows.map((row) => ({ ...row, reasons: row.reasons as readonly MatchReason[] }));
}
