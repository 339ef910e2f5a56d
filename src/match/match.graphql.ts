/** The match log in the API: lines, reasons, and the filter that queries, watches and subscriptions share. */
import { Prisma } from '#generated/prisma/client.ts';
import { ActorKindRef } from '#graphql/actor-kind.ts';
import { findActorsBySlug } from '#graphql/actor-slugs.ts';
import { builder } from '#graphql/builder.ts';
import { isGiven, oneOf, withoutNul } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError } from '#graphql/errors.ts';
import { bigRowIdOf } from '#graphql/ids.ts';
import { SpanRef } from '#graphql/span.ts';
import { formatCursor, parseCursor } from './cursor.ts';
import type { MatchFilter } from './filter.ts';
import type { MatchReason, ReasonKind } from './match.ts';

const { sql } = Prisma;

/** Values that one condition of a filter may list. */
const VALUES_MAX = 100;

const ReasonKindRef = builder.enumType('ReasonKind', {
  description: 'What part an actor has in an article.',
  values: {
    MENTIONED: { description: 'The article names it.' },
    SPEAKING: { description: 'It says something.' },
    SPOKEN_ABOUT: { description: 'Somebody says something about it.' },
    RAISING: { description: 'It receives money.' },
    INVESTING: { description: 'It gives money.' },
  } as const,
});

const MatchReasonRef = builder.objectRef<MatchReason>('MatchReason').implement({
  description: 'One reason for a match, with its place in the article.',
  interfaces: [SpanRef],
  fields: (t) => ({
    kind: t.expose('kind', { type: ReasonKindRef, description: 'What part the actor has there.' }),
    text: t.exposeString('text', {
      description: 'The words there: a name, a quotation, a sentence about money; at most 300 code units.',
    }),
  }),
});

export const MatchRef = builder.prismaNode('Match', {
  description:
    'One line of the match log: an article in which an actor appears, with something that its story has not told of the actor before.',
  id: { resolve: ({ seq }) => String(seq) },
  findUnique: (id) => ({ seq: bigRowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description:
        'Its place in the log: hand it to `after`, in the query or the subscription, to go on behind it.',
      resolve: ({ seq }) => formatCursor(seq),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was logged.' }),
    reasons: t.field({
      type: [MatchReasonRef],
      description: 'Why, the most telling first; at most 20.',
      // Written by the log alone, in this shape.
      resolve: ({ reasons }) => reasons as unknown as MatchReason[],
    }),
    article: t.relation('article', { description: 'The article.' }),
    actor: t.relation('actor', { description: 'The actor.' }),
    story: t.relation('story', { description: 'The story that the article belongs to.' }),
  }),
});

export const matches = createListing({
  type: MatchRef,
  model: 'Match',
  plural: 'matches',
  key: 'seq',
  order: {
    name: 'matches',
    direction: 'asc',
    columns: [{ sql: sql`t.seq`, type: 'int8' }],
    cursors: {
      format: ([seq]) => formatCursor(seq as bigint),
      parse: (cursor) => {
        const seq = parseCursor(cursor);
        return seq === null ? null : [seq];
      },
    },
  },
  load: (db, query, seqs) => db.match.findMany({ ...query, where: { seq: { in: seqs as bigint[] } } }),
});

export const MatchFilterInput = builder.inputType('MatchFilterInput', {
  description:
    'Which matches: the same for the query, the subscription and a watch. Every condition given must hold; within a list, any value does; an empty list lets nothing pass.',
  fields: (t) => ({
    actors: t.stringList({ description: 'Of these actors, by slug: `mistral-ai`; at most 100.' }),
    actorKinds: t.field({ type: [ActorKindRef], description: 'Of actors of these kinds.' }),
    outlets: t.stringList({
      description: 'In articles of these outlets, as spelt in `outlet`; at most 100.',
    }),
    reasons: t.field({ type: [ReasonKindRef], description: 'Where the actor has one of these parts.' }),
  }),
});

export const MatchFilterRef = builder.objectRef<MatchFilter>('MatchFilter').implement({
  description: 'Which matches a watch lets pass. A null condition lets everything pass.',
  fields: (t) => ({
    actors: t.exposeStringList('actors', { nullable: true, description: 'Of these actors, by slug.' }),
    actorKinds: t.field({
      type: [ActorKindRef],
      nullable: true,
      description: 'Of actors of these kinds.',
      resolve: ({ actorKinds }) => actorKinds ?? null,
    }),
    outlets: t.exposeStringList('outlets', { nullable: true, description: 'In articles of these outlets.' }),
    reasons: t.field({
      type: [ReasonKindRef],
      nullable: true,
      description: 'Where the actor has one of these parts.',
      resolve: ({ reasons }) => reasons ?? null,
    }),
  }),
});

/**
 * The filter that an input stands for, each actor named by the slug it has now. Throws a `BadInputError` for a slug that
 * nobody has and for lists that are too long; `argument` is the input's path.
 */
export async function readMatchFilter(
  input: typeof MatchFilterInput.$inferInput | null | undefined,
  { db }: GraphqlContext,
  argument = 'filter',
): Promise<MatchFilter> {
  const { actors: slugs, actorKinds, outlets, reasons } = input ?? {};
  if (isGiven(outlets) && outlets.length > VALUES_MAX) {
    throw new BadInputError(`${argument}.outlets`, `at most ${VALUES_MAX} outlets, not ${outlets.length}`);
  }
  const actors = await findActorsBySlug(db, `${argument}.actors`, slugs);
  return {
    ...(actors === null ? {} : { actors: actors.map(({ slug }) => slug) }),
    ...(isGiven(actorKinds) ? { actorKinds: [...new Set(actorKinds)] } : {}),
    ...(isGiven(outlets) ? { outlets: [...new Set(outlets.map(withoutNul))] } : {}),
    ...(isGiven(reasons) ? { reasons: [...new Set(reasons)] } : {}),
  };
}

/** One of the line's reasons is of one of these kinds, said so that an index on the reasons can answer it. */
function anyReason(kinds: readonly ReasonKind[]): Prisma.Sql {
  if (kinds.length === 0) return sql`false`;
  const each = kinds.map((kind) => sql`t.reasons @> ${JSON.stringify([{ kind }])}::jsonb`);
  return sql`(${Prisma.join(each, ' or ')})`;
}

/** Conditions on a line `t` of the log that a filter stands for. */
export function matchConditions({ actors, actorKinds, outlets, reasons }: MatchFilter): Prisma.Sql[] {
  return [
    ...oneOf(sql`a.slug`, actors).map((slug) => sql`t.actor_id in (select a.id from actor a where ${slug})`),
    ...oneOf(sql`a.kind`, actorKinds, 'ActorKind').map(
      (kind) => sql`exists (select from actor a where a.id = t.actor_id and ${kind})`,
    ),
    ...oneOf(sql`a.outlet`, outlets).map(
      (outlet) => sql`exists (select from article a where a.id = t.article_id and ${outlet})`,
    ),
    ...(isGiven(reasons) ? [anyReason(reasons)] : []),
  ];
}

builder.queryField('matches', (t) =>
  t.field({
    type: matches.type,
    description:
      'The match log in its order, the oldest first; `last` gives the newest. Its cursors are those of the subscription: hand `endCursor` to its `after`, and nothing is missed in between.\n\nExample: `{ matches(last: 20, filter: { actors: ["mistral-ai"] }) { nodes { cursor actor { name } article { title url } reasons { kind text } } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: MatchFilterInput, description: 'Which matches; all without it.' }),
    },
    resolve: async (_root, { filter, ...args }, context, info) =>
      matches.page({ context, info, args, where: matchConditions(await readMatchFilter(filter, context)) }),
  }),
);
