/** The filter over the match log that the query, the subscription and watches share, and the query. */
import { loadSpokespeople } from '#actor/spokespeople.store.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { ActorKindRef } from '#graphql/actor-kind.ts';
import { findActorsBySlug } from '#graphql/actor-slugs.ts';
import { builder } from '#graphql/builder.ts';
import { isGiven, oneOf, withoutNul } from '#graphql/columns.ts';
import { pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError } from '#graphql/errors.ts';
import type { MatchFilter } from './filter.ts';
import { matches, ReasonKindRef } from './match.graphql.ts';
import type { ReasonKind } from './match.ts';

const { sql } = Prisma;

/** Values that one condition of a filter may list. */
const VALUES_MAX = 100;

/** A filter as a client gives it and a watch keeps it: who speaks for the actors is looked up when it is used. */
export interface SavedFilter extends Omit<MatchFilter, 'spokespeople'> {
  readonly withSpokespeople?: boolean;
}

export const MatchFilterInput = builder.inputType('MatchFilterInput', {
  description:
    'Which matches: the same for the query, the subscription and a watch. Every condition given must hold; within a list, any value does; an empty list lets nothing pass.',
  fields: (t) => ({
    actors: t.stringList({ description: 'Of these actors, by slug: `mistral-ai`; at most 100.' }),
    withSpokespeople: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'True: with `actors`, also where a present member of one of them says something; a subscription takes those who are members when it begins.',
    }),
    actorKinds: t.field({ type: [ActorKindRef], description: 'Of actors of these kinds.' }),
    outlets: t.stringList({
      description: 'In articles of these outlets, as spelt in `outlet`; at most 100.',
    }),
    reasons: t.field({ type: [ReasonKindRef], description: 'Where the actor has one of these parts.' }),
  }),
});

export const MatchFilterRef = builder.objectRef<SavedFilter>('MatchFilter').implement({
  description: 'Which matches a watch lets pass. A null condition lets everything pass.',
  fields: (t) => ({
    actors: t.exposeStringList('actors', { nullable: true, description: 'Of these actors, by slug.' }),
    withSpokespeople: t.boolean({
      description: 'Also where a present member of one of the actors says something.',
      resolve: ({ withSpokespeople }) => withSpokespeople ?? false,
    }),
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
export async function checkMatchFilter(
  input: typeof MatchFilterInput.$inferInput | null | undefined,
  { db }: GraphqlContext,
  argument = 'filter',
): Promise<SavedFilter> {
  const { actors: slugs, withSpokespeople, actorKinds, outlets, reasons } = input ?? {};
  if (isGiven(outlets) && outlets.length > VALUES_MAX) {
    throw new BadInputError(`${argument}.outlets`, `at most ${VALUES_MAX} outlets, not ${outlets.length}`);
  }
  const actors = await findActorsBySlug(db, `${argument}.actors`, slugs);
  return {
    ...(actors === null ? {} : { actors: actors.map(({ slug }) => slug) }),
    ...(withSpokespeople === true ? { withSpokespeople } : {}),
    ...(isGiven(actorKinds) ? { actorKinds: [...new Set(actorKinds)] } : {}),
    ...(isGiven(outlets) ? { outlets: [...new Set(outlets.map(withoutNul))] } : {}),
    ...(isGiven(reasons) ? { reasons: [...new Set(reasons)] } : {}),
  };
}

/** What the log is read with: the filter, and who speaks for its actors now. */
export async function resolveMatchFilter(filter: SavedFilter, { db }: GraphqlContext): Promise<MatchFilter> {
  const { withSpokespeople, ...conditions } = filter;
  if (withSpokespeople !== true || !isGiven(conditions.actors)) return conditions;
  return { ...conditions, spokespeople: await loadSpokespeople(db, conditions.actors) };
}

/** Both in one. */
export async function readMatchFilter(
  input: typeof MatchFilterInput.$inferInput | null | undefined,
  context: GraphqlContext,
): Promise<MatchFilter> {
  return await resolveMatchFilter(await checkMatchFilter(input, context), context);
}

/** One of the line's reasons is of one of these kinds, said so that an index on the reasons can answer it. */
function anyReason(kinds: readonly ReasonKind[]): Prisma.Sql {
  if (kinds.length === 0) return sql`false`;
  const each = kinds.map((kind) => sql`t.reasons @> ${JSON.stringify([{ kind }])}::jsonb`);
  return sql`(${Prisma.join(each, ' or ')})`;
}

/** Conditions on a line `t` of the log that a filter stands for. */
export function matchConditions(filter: MatchFilter): Prisma.Sql[] {
  const { actors, spokespeople, actorKinds, outlets, reasons } = filter;
  const isOf = (slugs: readonly string[]): Prisma.Sql =>
    sql`t.actor_id in (select a.id from actor a where a.slug = any(${[...slugs]}::text[]))`;
  const speaking = isGiven(spokespeople)
    ? sql`${isOf(spokespeople)} and ${anyReason(['SPEAKING'])}`
    : sql`false`;
  return [
    ...(isGiven(actors) ? [sql`(${isOf(actors)} or ${speaking})`] : []),
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
