/** Candidates in the API: the list, and what an operator decides on them. */
import { Prisma } from '#generated/prisma/client.ts';
import { ActorKindRef } from '#graphql/actor-kind.ts';
import { loadForSiblings } from '#graphql/batch.ts';
import { builder } from '#graphql/builder.ts';
import { contains, isGiven, oneOf } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError, ConflictError, InvalidInputError, NotFoundError } from '#graphql/errors.ts';
import { decodeRowId, encodeGlobalId } from '#graphql/ids.ts';
import { ActorRef } from './actor.graphql.ts';
import { checkActor } from './actor-input.ts';
import { candidateCounts, confirmCandidate, type Decision, rejectCandidate } from './candidate.store.ts';
import { mergeActor } from './merge-actor.store.ts';

const { sql } = Prisma;

interface Counts {
  readonly articleCount: number;
  readonly lastSeenAt: Date;
}

/** What the list counted of a candidate; the siblings of a page are counted at once. */
async function countsOf(actorId: number, context: GraphqlContext): Promise<Counts | undefined> {
  return await loadForSiblings(context, 'candidate counts', actorId, async (ids) => {
    const rows = await context.db.$queryRaw<(Counts & { actorId: number })[]>`
      select m.actor_id as "actorId", count(distinct m.article_id)::int4 as "articleCount",
             max(m.published_at) as "lastSeenAt"
        from mention m where m.actor_id = any(${[...ids]}::int4[]) group by m.actor_id`;
    return new Map(rows.map((row) => [row.actorId, row]));
  });
}

const CandidateRef = builder.prismaObject('Actor', {
  variant: 'Candidate',
  description:
    'An actor that was found in articles and that the register does not hold. It alerts nobody until somebody confirms it.',
  fields: (t) => ({
    actor: t.variant(ActorRef, { description: 'The actor: its name, its kind and where it is named.' }),
    articleCount: t.int({
      description: 'How many articles name it.',
      resolve: async ({ id }, _args, context) => (await countsOf(id, context))?.articleCount ?? 0,
    }),
    lastSeenAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the last of them came out; null when it has just been removed from all of them.',
      resolve: async ({ id }, _args, context) => (await countsOf(id, context))?.lastSeenAt ?? null,
    }),
  }),
});

const candidates = createListing({
  type: CandidateRef,
  model: 'Actor',
  plural: 'candidates',
  key: 'id',
  order: {
    name: 'candidates',
    direction: 'desc',
    columns: [
      { sql: sql`k.article_count`, type: 'int4' },
      { sql: sql`k.last_seen_at`, type: 'timestamptz' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, query, ids) => db.actor.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

const CandidateFilterInput = builder.inputType('CandidateFilterInput', {
  description: 'Which candidates. Every condition given must hold.',
  fields: (t) => ({
    kinds: t.field({ type: [ActorKindRef], description: 'Of one of these kinds.' }),
    minimumArticles: t.int({ description: 'Named by at least so many articles.' }),
    text: t.string({ description: 'These letters stand in its name; accents and case do not matter.' }),
  }),
});

builder.queryField('candidates', (t) =>
  t.field({
    type: candidates.type,
    description:
      'The actors that articles name and the register does not hold, those that most articles name first.\n\nExample: `{ candidates(filter: { minimumArticles: 3, kinds: [COMPANY] }) { nodes { articleCount lastSeenAt actor { id slug name mentions(first: 1) { nodes { surface article { title url } } } } } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: CandidateFilterInput, description: 'Which candidates; all without it.' }),
    },
    resolve: (_root, { filter, ...args }, context, info) => {
      const minimum = filter?.minimumArticles;
      if (isGiven(minimum) && minimum < 0) {
        throw new BadInputError('filter.minimumArticles', `a number of articles is needed, not ${minimum}`);
      }
      return candidates.page({
        context,
        info,
        args,
        from: sql`${candidateCounts} join actor t on t.id = k.actor_id`,
        where: [
          ...oneOf(sql`t.kind`, filter?.kinds, 'ActorKind'),
          ...contains([sql`t.name`], filter?.text),
          ...(isGiven(minimum) ? [sql`k.article_count >= ${minimum}`] : []),
        ],
      });
    },
  }),
);

/** A payload of its own for each mutation, so that one can grow without the other. */
const actorPayload = (name: string, description: string, actor: string) =>
  builder.objectRef<{ readonly actorId: number }>(name).implement({
    description,
    fields: (t) => ({
      actor: t.prismaField({
        type: ActorRef,
        description: actor,
        resolve: (query, { actorId }, _args, { db }) =>
          db.actor.findUniqueOrThrow({ ...query, where: { id: actorId } }),
      }),
    }),
  });

const ConfirmCandidatePayload = actorPayload(
  'ConfirmCandidatePayload',
  'The candidate that is a member of the register from now on.',
  'The actor.',
);
const MergeActorPayload = actorPayload(
  'MergeActorPayload',
  'The actor that has become one with another.',
  'The actor that is left, with all that the other had.',
);
const RejectCandidatePayload = actorPayload(
  'RejectCandidatePayload',
  'The candidate that is none any more.',
  'The name that is passed over from now on.',
);

const ConfirmCandidateInput = builder.inputType('ConfirmCandidateInput', {
  description: 'A candidate to make a member of the register.',
  fields: (t) => ({
    candidate: t.id({ required: true, description: 'Global id of the actor.' }),
    name: t.string({
      description:
        'Its name as the press should use it, at most 200 characters; the one it had stays as a spelling.',
    }),
    kind: t.field({ type: ActorKindRef, description: 'What it is; what the reader took it for without it.' }),
  }),
});

const MergeActorInput = builder.inputType('MergeActorInput', {
  description: 'Two actors that are one.',
  fields: (t) => ({
    actor: t.id({ required: true, description: 'Global id of the actor that is another name of the other.' }),
    into: t.id({ required: true, description: 'Global id of the other, a member of the register.' }),
  }),
});

const RejectCandidateInput = builder.inputType('RejectCandidateInput', {
  description: 'A candidate that is no actor.',
  fields: (t) => ({ candidate: t.id({ required: true, description: 'Global id of the actor.' }) }),
});

function readActorId(field: string, globalId: string): number {
  const id = decodeRowId(globalId, 'Actor');
  if (id === null) throw new InvalidInputError(field, `"${globalId.slice(0, 100)}" is no id of an actor`);
  return id;
}

/** The actor that a decision left, or its error at the argument that gave the id it is about. */
function readDecision(fieldOf: (id: number) => string, decision: Decision): { readonly actorId: number } {
  if (decision.outcome === 'DONE') return { actorId: decision.actorId };
  const field = fieldOf(decision.id);
  if (decision.outcome === 'NOT_FOUND') throw new NotFoundError(field, 'there is no such actor');
  throw new ConflictError(field, decision.reason, encodeGlobalId('Actor', decision.actorId));
}

builder.mutationFields((t) => ({
  confirmCandidate: t.field({
    type: ConfirmCandidatePayload,
    authScopes: { scope: 'ADMIN' },
    errors: { union: { description: 'The actor, or why nothing was changed.' } },
    description:
      'Makes a candidate a member of the register: its mentions count from now on, and what comes next alerts. Nobody is alerted of the articles that named it so far, nor of their copies. Needs the scope ADMIN.\n\nExample: `mutation { confirmCandidate(input: { candidate: "QWN0b3I6MQ==", kind: COMPANY }) { ... on ConfirmCandidatePayload { actor { slug status } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: ConfirmCandidateInput, required: true, description: 'Which candidate.' }) },
    resolve: async (_root, { input }, { db }) => {
      const id = readActorId('input.candidate', input.candidate);
      const kind = input.kind ?? undefined;
      const checked = isGiven(input.name)
        ? checkActor({ name: input.name, slug: 'any', kind: 'COMPANY' })
        : null;
      if (checked?.ok === false) throw new InvalidInputError(`input.${checked.field}`, checked.problem);
      const decision = await confirmCandidate(db, id, { name: checked?.actor.name, kind });
      return readDecision(() => 'input.candidate', decision);
    },
  }),
  mergeActor: t.field({
    type: MergeActorPayload,
    authScopes: { scope: 'ADMIN' },
    errors: { union: { description: 'The actor that is left, or why nothing was changed.' } },
    description:
      'Makes an actor, candidate or member, another name of a member of the register, which gets its mentions, claims, funding, ties and spellings. The lines that the match log has of it stay. Needs the scope ADMIN.\n\nExample: `mutation { mergeActor(input: { actor: "QWN0b3I6Mg==", into: "QWN0b3I6MQ==" }) { ... on MergeActorPayload { actor { slug aliases { text } } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: MergeActorInput, required: true, description: 'Which actors.' }) },
    resolve: async (_root, { input }, { db }) => {
      const [actor, into] = [readActorId('input.actor', input.actor), readActorId('input.into', input.into)];
      const fieldOf = (id: number): string => (id === into ? 'input.into' : 'input.actor');
      return readDecision(fieldOf, await mergeActor(db, actor, into));
    },
  }),
  rejectCandidate: t.field({
    type: RejectCandidatePayload,
    authScopes: { scope: 'ADMIN' },
    errors: { union: { description: 'The actor, or why nothing was changed.' } },
    description:
      'Says that a candidate is no actor: its mentions and ties are removed, claims keep the words that name their speaker, and its name is passed over from now on. Needs the scope ADMIN.\n\nExample: `mutation { rejectCandidate(input: { candidate: "QWN0b3I6MQ==" }) { ... on RejectCandidatePayload { actor { slug status } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: RejectCandidateInput, required: true, description: 'Which candidate.' }) },
    resolve: async (_root, { input }, { db }) => {
      const id = readActorId('input.candidate', input.candidate);
      return readDecision(() => 'input.candidate', await rejectCandidate(db, id));
    },
  }),
}));
