/** Two actors that turn out to be one. */
import type { Db, Tx } from '#platform/database.ts';
import { lockLog } from '#platform/log-lock.ts';
import type { Decision } from './candidate.store.ts';
import { recordStoredFacts } from './told-facts.store.ts';

/**
 * Merges one actor into another, which gets everything that points to it: mentions, claims, funding, ties, spellings (its
 * name among them), the place in saved watches. Its slug stands for the other from then on. The lines that the match log
 * has of it stay as they are: the log only grows; and nobody is alerted of what its articles told.
 *
 * Where both had the same row, one is left. Two funding events that are now one are joined when their articles are read
 * again, which the new spelling brings about.
 */
export async function mergeActor(db: Db, from: number, into: number): Promise<Decision> {
  return await db.$transaction(async (tx): Promise<Decision> => {
    await lockLog(tx);
    const actor = await tx.actor.findUnique({ where: { id: from }, include: { mergedInto: true } });
    const other = await tx.actor.findUnique({ where: { id: into }, include: { mergedInto: true } });
    if (actor === null) return { outcome: 'NOT_FOUND', id: from };
    if (other === null) return { outcome: 'NOT_FOUND', id: into };
    const target = other.mergedInto ?? other;
    const refuse = (id: number, actorId: number, reason: string): Decision => {
      return { outcome: 'CONFLICT', id, actorId, reason };
    };
    if (actor.mergedInto !== null) {
      const { id, slug } = actor.mergedInto;
      return refuse(from, id, `"${actor.slug}" was merged into "${slug}" already`);
    }
    if (actor.id === target.id) return refuse(from, from, `"${actor.slug}" cannot be merged into itself`);
    if (actor.status === 'REJECTED')
      return refuse(from, from, `"${actor.slug}" was rejected; confirm it first`);
    if (target.status !== 'CONFIRMED') {
      return refuse(into, target.id, `"${target.slug}" is no member of the register; confirm it first`);
    }

    await moveFacts(tx, from, target.id);
    await moveMentions(tx, from, target.id);
    await moveClaims(tx, from, target.id);
    await moveFunding(tx, from, target.id);
    await moveAffiliations(tx, from, target.id);
    await moveNames(tx, actor, target);
    await moveWatches(tx, actor.slug, target.slug);
    // An actor that was merged into this one before goes on with it: nobody is to be looked up twice.
    await tx.actor.updateMany({
      where: { OR: [{ id: from }, { mergedIntoId: from }] },
      data: { mergedIntoId: target.id },
    });
    return { outcome: 'DONE', actorId: target.id };
  });
}

async function moveFacts(tx: Tx, from: number, into: number): Promise<void> {
  await recordStoredFacts(tx, from, into);
  await tx.$executeRaw`
    insert into alerted_fact (story_id, actor_id, fact)
    select story_id, ${into}, fact from alerted_fact where actor_id = ${from} on conflict do nothing`;
  await tx.alertedFact.deleteMany({ where: { actorId: from } });
}

async function moveMentions(tx: Tx, from: number, into: number): Promise<void> {
  await tx.$executeRaw`
    delete from mention m using mention o
     where m.actor_id = ${from} and o.actor_id = ${into}
       and (m.article_id, m.field, m.start, m."end") = (o.article_id, o.field, o.start, o."end")`;
  await tx.mention.updateMany({ where: { actorId: from }, data: { actorId: into } });
}

async function moveClaims(tx: Tx, from: number, into: number): Promise<void> {
  await tx.claim.updateMany({ where: { speakerId: from }, data: { speakerId: into } });
  await tx.$executeRaw`
    delete from claim_about c using claim_about o
     where c.actor_id = ${from} and o.actor_id = ${into} and c.claim_id = o.claim_id`;
  await tx.claimAbout.updateMany({ where: { actorId: from }, data: { actorId: into } });
}

async function moveFunding(tx: Tx, from: number, into: number): Promise<void> {
  await tx.fundingReport.updateMany({ where: { recipientId: from }, data: { recipientId: into } });
  await tx.fundingEvent.updateMany({ where: { recipientId: from }, data: { recipientId: into } });
  // Two names of one investor in one round: it leads if either did.
  await tx.$executeRaw`
    update funding_report_investor o set lead = true from funding_report_investor i
     where i.investor_id = ${from} and i.lead and o.investor_id = ${into} and o.report_id = i.report_id`;
  await tx.$executeRaw`
    delete from funding_report_investor i using funding_report_investor o
     where i.investor_id = ${from} and o.investor_id = ${into} and o.report_id = i.report_id`;
  await tx.fundingReportInvestor.updateMany({ where: { investorId: from }, data: { investorId: into } });
  await tx.$executeRaw`
    update funding_participation o set lead = true from funding_participation i
     where i.investor_id = ${from} and i.lead and o.investor_id = ${into} and o.event_id = i.event_id`;
  await tx.$executeRaw`
    delete from funding_participation i using funding_participation o
     where i.investor_id = ${from} and o.investor_id = ${into} and o.event_id = i.event_id`;
  await tx.fundingParticipation.updateMany({ where: { investorId: from }, data: { investorId: into } });
}

async function moveAffiliations(tx: Tx, from: number, into: number): Promise<void> {
  await tx.affiliation.updateMany({ where: { actorId: from }, data: { actorId: into } });
  await tx.affiliation.updateMany({ where: { organizationId: from }, data: { organizationId: into } });
  await tx.affiliation.deleteMany({ where: { actorId: into, organizationId: into } });
  await tx.$executeRaw`
    delete from affiliation a using affiliation o
     where (a.actor_id = ${into} or a.organization_id = ${into}) and a.id > o.id
       and (a.actor_id, a.organization_id, a.former) = (o.actor_id, o.organization_id, o.former)
       and (a.role, a.since, a.until, a.article_id, a.field, a.start, a."end")
           is not distinct from (o.role, o.since, o.until, o.article_id, o.field, o.start, o."end")`;
}

interface Named {
  readonly id: number;
  readonly name: string;
  readonly wikidata: string | null;
  readonly context: readonly string[];
}

async function moveNames(tx: Tx, actor: Named, target: Named): Promise<void> {
  const spellings = await tx.alias.findMany({ where: { actorId: actor.id } });
  const names = [{ text: actor.name, ambiguous: false }, ...spellings];
  await tx.alias.deleteMany({ where: { actorId: actor.id } });
  // A spelling that the register marks as ambiguous stays so, whichever of the two it came with.
  const known = new Map(spellings.map(({ text, ambiguous }) => [text, ambiguous]));
  await tx.alias.createMany({
    data: names
      .filter(({ text }) => text !== target.name)
      .map(({ text, ambiguous }) => ({ actorId: target.id, text, ambiguous: known.get(text) ?? ambiguous })),
    skipDuplicates: true,
  });
  const context = [...new Set([...target.context, ...actor.context])];
  const wikidata = target.wikidata ?? actor.wikidata;
  if (context.length > target.context.length || wikidata !== target.wikidata) {
    await tx.actor.update({ where: { id: target.id }, data: { context, wikidata } });
  }
}

/** Who watches the one watches the other too; the one stays, for the lines that the log has of it. */
async function moveWatches(tx: Tx, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    update watch set filter = jsonb_set(filter, '{actors}', filter->'actors' || to_jsonb(${into}::text))
     where jsonb_exists(filter->'actors', ${from}) and not jsonb_exists(filter->'actors', ${into})`;
}
