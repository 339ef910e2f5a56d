/** The filter over the match log that the query, the subscription and watches share, and the query. */
import { loadSpokespeople } from '#actor/spokespeople.store.ts';
import { ClaimStatusRef } from '#claim/claim.graphql.ts';
import { FundingStatusRef } from '#funding/funding.graphql.ts';
import { ActorKindRef } from '#graphql/actor-kind.ts';
import { findActorsBySlug } from '#graphql/actor-slugs.ts';
import { builder } from '#graphql/builder.ts';
import { isGiven, withoutNul } from '#graphql/columns.ts';
import { pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError } from '#graphql/errors.ts';
import { rememberWords } from './asked-words.ts';
import { matchConditions } from './conditions.store.ts';
import { CORROBORATION_MAX, type MatchFilter, type SavedFilter } from './filter.ts';
import { matches, ReasonKindRef } from './match.graphql.ts';
import { parseWordQuery } from './word-query.ts';

/** Values that one condition of a filter may list. */
const VALUES_MAX = 100;

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
    words: t.string({
      description:
        'In articles with these words in title or text: `"\\"levée de fonds\\" (OpenAI OR Mistral) -bourse"`. Words side by side must all be there, whatever their accents, capitals and plurals; a phrase stands in quotation marks and passes over articles (« levées des fonds »); OR (OU), AND (ET) and NOT (SAUF, or `-` before a word) are in capitals, and OR beside other words takes brackets. At most 1,000 characters and 50 words and phrases. What counts is what the article said when it was logged.',
    }),
    minimumEur: t.field({
      type: 'Decimal',
      description:
        'Where the actor raises or gives at least so many euros: `"10000000"`. Leaves out what cannot be converted.',
    }),
    fundingStatuses: t.field({
      type: [FundingStatusRef],
      description:
        'Where the actor raises or gives money and the deal has come so far; together with `minimumEur`, one deal meets both.',
    }),
    claimStatuses: t.field({
      type: [ClaimStatusRef],
      description:
        'Where the actor says something, or something is said of it, of which one of these is made. With `reasons: [SPEAKING]`, only what it says.',
    }),
    minimumIndependentTexts: t.int({
      description: `In stories that so many independent texts tell, copies and rewrites counted once; 1 to ${CORROBORATION_MAX}. What passes the rest of the filter passes as soon as its story has come so far: at once, or when a further text tells it.`,
    }),
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
    words: t.string({
      nullable: true,
      description: 'In articles with these words.',
      resolve: ({ words }) => words ?? null,
    }),
    minimumEur: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Where the actor raises or gives at least so many euros.',
      resolve: ({ minimumEur }) => (isGiven(minimumEur) ? String(minimumEur) : null),
    }),
    fundingStatuses: t.field({
      type: [FundingStatusRef],
      nullable: true,
      description: 'Where the actor raises or gives money and the deal has come so far.',
      resolve: ({ fundingStatuses }) => fundingStatuses ?? null,
    }),
    claimStatuses: t.field({
      type: [ClaimStatusRef],
      nullable: true,
      description:
        'Where the actor says something, or something is said of it, of which one of these is made.',
      resolve: ({ claimStatuses }) => claimStatuses ?? null,
    }),
    minimumIndependentTexts: t.int({
      nullable: true,
      description: 'In stories that so many independent texts tell.',
      resolve: ({ minimumIndependentTexts }) => minimumIndependentTexts ?? null,
    }),
  }),
});

/** The query on words as it is kept; throws a `BadInputError` that names the place and the reason. */
function checkWords(given: string, argument: string): string {
  // Postgres keeps none, and what is checked has to be what is kept.
  const words = withoutNul(given);
  const parsed = parseWordQuery(words);
  if (parsed.ok) return words.trim();
  throw new BadInputError(`${argument}.words`, `at character ${parsed.position}: ${parsed.problem}`);
}

/** Euros up to which a number of JavaScript counts cents. */
const EUR_MAX = 1e13;

function checkEuros(euros: string, argument: string): number {
  const amount = Number(euros);
  if (amount >= 0 && amount <= EUR_MAX) return amount;
  throw new BadInputError(`${argument}.minimumEur`, `0 to ${EUR_MAX} euros, not ${euros}`);
}

function checkTexts(texts: number, argument: string): number {
  if (texts >= 1 && texts <= CORROBORATION_MAX) return texts;
  throw new BadInputError(`${argument}.minimumIndependentTexts`, `1 to ${CORROBORATION_MAX}, not ${texts}`);
}

/**
 * The filter that an input stands for, each actor named by the slug it has now. Throws a `BadInputError` for a slug that
 * nobody has and for lists that are too long; `argument` is the input's path.
 */
export async function checkMatchFilter(
  input: typeof MatchFilterInput.$inferInput | null | undefined,
  { db }: Pick<GraphqlContext, 'db'>,
  argument = 'filter',
): Promise<SavedFilter> {
  const { actors: slugs, withSpokespeople, actorKinds, outlets, reasons } = input ?? {};
  const { words, minimumEur, fundingStatuses, claimStatuses, minimumIndependentTexts: texts } = input ?? {};
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
    ...(isGiven(words) ? { words: checkWords(words, argument) } : {}),
    ...(isGiven(minimumEur) ? { minimumEur: checkEuros(minimumEur, argument) } : {}),
    ...(isGiven(fundingStatuses) ? { fundingStatuses: [...new Set(fundingStatuses)] } : {}),
    ...(isGiven(claimStatuses) ? { claimStatuses: [...new Set(claimStatuses)] } : {}),
    ...(isGiven(texts) ? { minimumIndependentTexts: checkTexts(texts, argument) } : {}),
  };
}

/** What the log is read with: the filter, and who speaks for its actors now. */
export async function resolveMatchFilter(
  filter: SavedFilter,
  { db }: Pick<GraphqlContext, 'db'>,
): Promise<MatchFilter> {
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

builder.queryField('matches', (t) =>
  t.field({
    type: matches.type,
    description:
      'The match log in its order, the oldest first; `last` gives the newest. Its cursors are those of the subscription: hand `endCursor` to its `after`, and nothing is missed in between.\n\nExample: `{ matches(last: 20, filter: { actors: ["mistral-ai"] }) { nodes { cursor actor { name } article { title url } reasons { kind text } } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: MatchFilterInput, description: 'Which matches; all without it.' }),
    },
    resolve: async (_root, { filter: input, ...args }, context, info) => {
      const filter = await readMatchFilter(input, context);
      rememberWords(info.path, filter.words);
      return matches.page({ context, info, args, where: matchConditions(filter) });
    },
  }),
);
