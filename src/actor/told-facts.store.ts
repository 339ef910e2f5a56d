/** What stored articles have told of an actor, taken as told: whoever becomes a member of the register is news, its past is not. */
import { Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/database.ts';
import { aboutFact, claimFact, investingFact, MENTION_FACT, raisingFact } from './fact.ts';

const { sql } = Prisma;

interface StoryFact {
  readonly storyId: number;
  readonly fact: string;
}

async function loadStoredFacts(tx: Tx, actorId: number): Promise<StoryFact[]> {
  const claims = (column: Prisma.Sql) => tx.$queryRaw<{ storyId: number; fingerprint: string }[]>`
    select distinct a.story_id as "storyId", c.fingerprint
      from claim c join article a on a.id = c.article_id where ${column}`;
  const reports = (column: Prisma.Sql) => tx.$queryRaw<
    { storyId: number; eventId: number; status: string }[]
  >`
    -- A fact about money is told by the first story that has it.
    select distinct on (r.event_id) a.story_id as "storyId", r.event_id as "eventId", e.status::text as status
      from funding_report r
      join funding_event e on e.id = r.event_id
      join article a on a.id = r.article_id
     where ${column}
     order by r.event_id, a.id`;
  const mentions = await tx.$queryRaw<{ storyId: number }[]>`
    select distinct a.story_id as "storyId"
      from mention m join article a on a.id = m.article_id where m.actor_id = ${actorId}`;
  const said = await claims(sql`c.speaker_id = ${actorId}`);
  const saidOf = await claims(
    sql`c.id in (select b.claim_id from claim_about b where b.actor_id = ${actorId})
        and c.speaker_id is distinct from ${actorId}`,
  );
  const raised = await reports(sql`r.recipient_id = ${actorId}`);
  const given = await reports(
    sql`r.id in (select i.report_id from funding_report_investor i where i.investor_id = ${actorId})`,
  );
  return [
    ...mentions.map(({ storyId }) => ({ storyId, fact: MENTION_FACT })),
    ...said.map(({ storyId, fingerprint }) => ({ storyId, fact: claimFact(fingerprint) })),
    ...saidOf.map(({ storyId, fingerprint }) => ({ storyId, fact: aboutFact(fingerprint) })),
    ...raised.map(({ storyId, eventId, status }) => ({ storyId, fact: raisingFact(eventId, status) })),
    ...given.map(({ storyId, eventId, status }) => ({ storyId, fact: investingFact(eventId, status) })),
  ];
}

/**
 * Writes down that the stories have told `as` everything that their articles say of `of` (the same, as a rule), so that
 * later copies and revisions alert of what is new and of nothing else. Call only under `lockLog`.
 */
export async function recordStoredFacts(tx: Tx, of: number, as: number = of): Promise<void> {
  const facts = await loadStoredFacts(tx, of);
  await tx.$executeRaw`
    insert into alerted_fact (story_id, actor_id, fact)
    select t.story_id, ${as}, t.fact
      from unnest(${facts.map(({ storyId }) => storyId)}::int4[], ${facts.map(({ fact }) => fact)}::text[]) as t(story_id, fact)
        on conflict do nothing`;
}
