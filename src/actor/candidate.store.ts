/**
 * Candidates: actors that were found in texts and that the register does not hold, until an operator decides.
 *
 *   CANDIDATE ─┬▶ confirmed: a member of the register; its mentions count, what they told is taken as told
 *              ├▶ merged:    another name of a member, which gets everything it had (merge-actor.store.ts)
 *              └▶ rejected:  no actor; where it stood nobody stands, and its name is passed over from then on
 *
 * A decision is one transaction under the log's lock, so that no article is stored half before and half after it.
 */
import { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import { lockLog } from '#platform/log-lock.ts';
import type { ActorKind } from './actor.ts';
import { recordStoredFacts } from './told-facts.store.ts';

const { sql } = Prisma;

/** What became of a decision. */
export type Decision =
  | { readonly outcome: 'DONE'; readonly actorId: number }
  /** Nobody has this id. */
  | { readonly outcome: 'NOT_FOUND'; readonly id: number }
  /** The actor of this id is not in the state that the decision needs. */
  | {
      readonly outcome: 'CONFLICT';
      readonly id: number;
      /** The actor that is in the way: itself, or the one that stands for it now. */
      readonly actorId: number;
      /** In plain words. */
      readonly reason: string;
    };

/**
 * The candidates `k` with how many articles name them and when the last came out, for a FROM: candidates that no article
 * names any more are not among them.
 */
export const candidateCounts = sql`(
  select m.actor_id, count(distinct m.article_id)::int4 as article_count, max(m.published_at) as last_seen_at
    from mention m join actor c on c.id = m.actor_id
   where c.status = 'CANDIDATE' and c.merged_into_id is null
   group by m.actor_id) k`;

/** One candidate with what speaks for it. */
export interface Candidate {
  readonly slug: string;
  readonly name: string;
  readonly kind: ActorKind;
  readonly articleCount: number;
  readonly lastSeenAt: Date;
  /** The latest article that names it, and where. */
  readonly example: {
    readonly outlet: string;
    readonly url: string;
    readonly text: string;
    readonly start: number;
    readonly end: number;
  };
}

/** The candidates that most articles name, those that were seen last first among equals; and how many there are in all. */
export async function listCandidates(
  db: Db,
  {
    minArticles,
    kind,
    limit,
  }: { readonly minArticles: number; readonly kind: ActorKind | null; readonly limit: number },
): Promise<{ readonly candidates: readonly Candidate[]; readonly total: number }> {
  const wanted = sql`k.article_count >= ${minArticles} and (${kind}::text is null or t.kind::text = ${kind})`;
  const rows = await db.$queryRaw<(Omit<Candidate, 'example'> & Candidate['example'] & { total: number })[]>`
    select p.*, a.outlet, a.url, e.start, e."end", case when e.field = 'TITLE' then a.title else b.text end as text
      from (select t.id, t.slug, t.name, t.kind, k.article_count as "articleCount", k.last_seen_at as "lastSeenAt",
                   (count(*) over ())::int4 as total
              from ${candidateCounts} join actor t on t.id = k.actor_id
             where ${wanted}
             order by k.article_count desc, k.last_seen_at desc, t.id desc
             limit ${limit}) p
     cross join lateral (
            select m.article_id, m.field, m.start, m."end" from mention m
             where m.actor_id = p.id
             order by m.published_at desc, m.article_id desc, m.field desc, m.start limit 1) e
      join article a on a.id = e.article_id
      join article_body b on b.article_id = a.id
     order by "articleCount" desc, "lastSeenAt" desc, p.id desc`;
  return {
    total: rows[0]?.total ?? 0,
    candidates: rows.map(
      ({ slug, name, kind: its, articleCount, lastSeenAt, outlet, url, text, start, end }) => ({
        slug,
        name,
        kind: its,
        articleCount,
        lastSeenAt,
        example: { outlet, url, text, start, end },
      }),
    ),
  };
}

/**
 * Makes a candidate (or one that was rejected) a member of the register, under another name or kind where they are given;
 * the name it had stays as a spelling. Nobody is alerted of the articles that named it so far.
 */
export async function confirmCandidate(
  db: Db,
  id: number,
  { name, kind }: { readonly name?: string | undefined; readonly kind?: ActorKind | undefined },
): Promise<Decision> {
  return await db.$transaction(async (tx): Promise<Decision> => {
    await lockLog(tx);
    const actor = await tx.actor.findUnique({ where: { id }, include: { mergedInto: true } });
    if (actor === null) return { outcome: 'NOT_FOUND', id };
    if (actor.mergedInto !== null) {
      const { id: actorId, slug } = actor.mergedInto;
      return { outcome: 'CONFLICT', id, actorId, reason: `"${actor.slug}" was merged into "${slug}"` };
    }
    if (actor.status === 'CONFIRMED') {
      return {
        outcome: 'CONFLICT',
        id,
        actorId: id,
        reason: `"${actor.slug}" is a member of the register already`,
      };
    }
    if (name !== undefined && name !== actor.name) {
      await tx.alias.createMany({ data: [{ actorId: id, text: actor.name }], skipDuplicates: true });
    }
    await tx.actor.update({
      where: { id },
      data: {
        status: 'CONFIRMED',
        ...(name === undefined ? {} : { name }),
        ...(kind === undefined ? {} : { kind }),
      },
    });
    await recordStoredFacts(tx, id);
    return { outcome: 'DONE', actorId: id };
  });
}

/**
 * Says that a candidate is no actor. Its mentions and ties go; claims keep the words that name their speaker, and funding
 * keeps its amounts.
 */
export async function rejectCandidate(db: Db, id: number): Promise<Decision> {
  return await db.$transaction(async (tx): Promise<Decision> => {
    await lockLog(tx);
    const actor = await tx.actor.findUnique({ where: { id }, include: { mergedInto: true } });
    if (actor === null) return { outcome: 'NOT_FOUND', id };
    if (actor.mergedInto !== null) {
      const { id: actorId, slug } = actor.mergedInto;
      return { outcome: 'CONFLICT', id, actorId, reason: `"${actor.slug}" was merged into "${slug}"` };
    }
    if (actor.status !== 'CANDIDATE') {
      const is = actor.status === 'CONFIRMED' ? 'is a member of the register' : 'was rejected already';
      return { outcome: 'CONFLICT', id, actorId: id, reason: `"${actor.slug}" ${is}` };
    }
    await tx.actor.update({ where: { id }, data: { status: 'REJECTED' } });
    await tx.mention.deleteMany({ where: { actorId: id } });
    await tx.affiliation.deleteMany({ where: { OR: [{ actorId: id }, { organizationId: id }] } });
    await tx.$executeRaw`
      update claim set speaker_id = null, speaker_name = coalesce(speaker_name, ${actor.name}) where speaker_id = ${id}`;
    await tx.claimAbout.deleteMany({ where: { actorId: id } });
    await tx.fundingReport.updateMany({ where: { recipientId: id }, data: { recipientId: null } });
    await tx.fundingReportInvestor.deleteMany({ where: { investorId: id } });
    await tx.fundingEvent.updateMany({ where: { recipientId: id }, data: { recipientId: null } });
    await tx.fundingParticipation.deleteMany({ where: { investorId: id } });
    return { outcome: 'DONE', actorId: id };
  });
}
