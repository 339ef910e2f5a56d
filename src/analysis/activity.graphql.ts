/** What people plot: how often, when, with whom. */
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { ActorRef } from '#actor/actor.graphql.ts';
import { ArticleFilterInput, articleConditions } from '#article/article-list.graphql.ts';
import { ClaimFilterInput, claimConditions } from '#claim/claim.graphql.ts';
import { FundingKindRef, FundingStatusRef } from '#funding/funding.graphql.ts';
import { FundingEventFilterInput, fundingConditions } from '#funding/funding-list.graphql.ts';
import type { Actor } from '#generated/prisma/client.ts';
import { Prisma } from '#generated/prisma/client.ts';
import type { FundingKind, FundingStatus } from '#generated/prisma/enums.ts';
import { findActorIds } from '#graphql/actor-slugs.ts';
import { loadForSiblings, responsePath } from '#graphql/batch.ts';
import { builder } from '#graphql/builder.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError } from '#graphql/errors.ts';
import { PAGE_DEFAULT, PAGE_MAX } from '#graphql/page.ts';
import {
  type ActorActivity,
  type ActorCount,
  countByPeriod,
  type FundingGroup,
  type FundingTotal,
  loadActivity,
  loadCoActors,
  loadFirstOutlets,
  loadFundingTotals,
  loadMostQuoted,
  type OutletRank,
  type PeriodCount,
  type QuotedCount,
} from './counts.store.ts';
import { readSeries, readTimeSpan, seriesArgs, timeSpanArgs } from './span.graphql.ts';

const { sql } = Prisma;

function checkFirst(first: number): number {
  if (first < 1 || first > PAGE_MAX) {
    throw new BadInputError('first', `1 to ${PAGE_MAX} rows, not ${first}`);
  }
  return first;
}

const firstArg = () =>
  builder.args((t) => ({
    first: t.int({
      required: true,
      defaultValue: PAGE_DEFAULT,
      description: `Rows, from the top; 1 to ${PAGE_MAX}.`,
    }),
  }));

/** The actors that rows name, with the relations that the client asks of the field `actor`; one statement. */
async function withActors<Row extends { readonly actorId: number | null }>(
  context: GraphqlContext,
  info: GraphQLResolveInfo,
  rows: readonly Row[],
): Promise<(Row & { readonly actor: Actor | null })[]> {
  const query: object = queryFromInfo({ context, info, typeName: 'Actor', paths: [['actor']] });
  const ids = [...new Set(rows.flatMap(({ actorId }) => actorId ?? []))];
  const found =
    ids.length === 0 ? [] : await context.db.actor.findMany({ ...query, where: { id: { in: ids } } });
  const actors = new Map(found.map((actor) => [actor.id, actor]));
  return rows.map((row) => ({ ...row, actor: actors.get(row.actorId ?? 0) ?? null }));
}

export const PeriodCountRef = builder.objectRef<PeriodCount>('PeriodCount').implement({
  description: 'How often, in one period.',
  fields: (t) => ({
    start: t.expose('start', { type: 'DateTime', description: 'First moment of the period.' }),
    count: t.exposeInt('count', { description: 'How often.' }),
  }),
});

const ActorActivityRef = builder.objectRef<ActorActivity>('ActorActivity').implement({
  description: 'How present an actor was in one period.',
  fields: (t) => ({
    start: t.expose('start', { type: 'DateTime', description: 'First moment of the period.' }),
    articles: t.exposeInt('articles', { description: 'Articles that name it.' }),
    mentions: t.exposeInt('mentions', { description: 'Places where they name it.' }),
    claims: t.exposeInt('claims', { description: 'Claims it makes.' }),
    claimsAbout: t.exposeInt('claimsAbout', { description: 'Claims about it.' }),
  }),
});

type WithActor<Row> = Row & { readonly actor: Actor };

const CoActorRef = builder.objectRef<WithActor<ActorCount>>('CoActor').implement({
  description: 'An actor that stands in the same articles as another.',
  fields: (t) => ({
    actor: t.field({ type: ActorRef, description: 'The actor.', resolve: ({ actor }) => actor }),
    articles: t.exposeInt('count', { description: 'Articles that name both.' }),
  }),
});

const QuotedActorRef = builder.objectRef<WithActor<QuotedCount>>('QuotedActor').implement({
  description: 'An actor that is quoted, and how often.',
  fields: (t) => ({
    actor: t.field({ type: ActorRef, description: 'Who speaks.', resolve: ({ actor }) => actor }),
    claims: t.exposeInt('count', {
      description: 'Different claims; the same quotation in several outlets counts once.',
    }),
    articles: t.exposeInt('articles', { description: 'Articles that report them.' }),
    outlets: t.exposeInt('outlets', { description: 'Outlets that report them.' }),
  }),
});

const OutletRankRef = builder.objectRef<OutletRank>('OutletRank').implement({
  description: 'How often an outlet told first what others told too.',
  fields: (t) => ({
    outlet: t.exposeString('outlet', { description: 'Name of the outlet.' }),
    first: t.exposeInt('first', { description: 'Shared stories that it told before the others.' }),
    shared: t.exposeInt('shared', { description: 'Stories that it and others told.' }),
    articles: t.exposeInt('articles', { description: 'Its articles on them.' }),
  }),
});

const FundingGroupRef = builder.enumType('FundingGroup', {
  description: 'What funding is added up by.',
  values: {
    PERIOD: { description: 'By the period of its date.' },
    KIND: { description: 'By kind.' },
    STATUS: { description: 'By how far it has come.' },
    RECIPIENT: { description: 'By who receives it.' },
    INVESTOR: {
      description:
        'By who gives it. An event counts whole for each of its investors: the press seldom says who gave how much.',
    },
  } as const,
});

const FundingTotalRef = builder
  .objectRef<FundingTotal & { readonly actor: Actor | null }>('FundingTotal')
  .implement({
    description:
      'Funding events added up. Of period, kind, status and actor, the one that was grouped by is set.',
    fields: (t) => ({
      start: t.expose('start', {
        type: 'DateTime',
        nullable: true,
        description: 'First moment of the period.',
      }),
      kind: t.field({
        type: FundingKindRef,
        nullable: true,
        description: 'The kind.',
        resolve: ({ kind }) => kind as FundingKind | null,
      }),
      status: t.field({
        type: FundingStatusRef,
        nullable: true,
        description: 'The status.',
        resolve: ({ status }) => status as FundingStatus | null,
      }),
      actor: t.field({
        type: ActorRef,
        nullable: true,
        description: 'Who receives or gives it; null also for money that names no recipient.',
        resolve: ({ actor }) => actor,
      }),
      events: t.exposeInt('events', { description: 'Funding events.' }),
      totalEur: t.field({
        type: 'Decimal',
        nullable: true,
        description: 'Their sum in euros; null when none could be converted.',
        resolve: ({ totalEur }) => totalEur?.toFixed() ?? null,
      }),
      unconverted: t.exposeInt('unconverted', {
        description: 'Events in a currency without a reference rate, which the sum leaves out.',
      }),
    }),
  });

builder.prismaObjectFields(ActorRef, (t) => ({
  activity: t.field({
    type: [ActorActivityRef],
    description:
      'How present it was in the press, period by period, the oldest first; periods without anything count 0.\n\nExample: `{ actor(slug: "mistral-ai") { activity(period: WEEK) { start articles claims } } }`',
    args: seriesArgs(),
    resolve: async ({ id }, args, context, info) => {
      const series = readSeries(args, context.clock.now());
      const rows = await loadForSiblings(context, responsePath(info), id, (ids) =>
        loadActivity(context.db, ids, series),
      );
      return [...(rows ?? [])];
    },
  }),
  coActors: t.field({
    type: [CoActorRef],
    description: 'The actors that stand in the same articles, the most often first.',
    args: { ...firstArg(), ...timeSpanArgs() },
    resolve: async ({ id }, { first, ...args }, context, info) => {
      const span = readTimeSpan(args, context.clock.now());
      const limit = checkFirst(first);
      const answer = await loadForSiblings(context, responsePath(info), id, async (ids) => {
        const groups = await loadCoActors(context.db, ids, span, limit);
        const rows = await withActors(
          context,
          info,
          [...groups.values()].flat() as (ActorCount & { of: number })[],
        );
        return Map.groupBy(rows, (row) => row.of);
      });
      return (answer ?? []).filter((row): row is typeof row & { actor: Actor } => row.actor !== null);
    },
  }),
}));

builder.queryFields((t) => ({
  articleCounts: t.field({
    type: [PeriodCountRef],
    description:
      'How many articles came out, period by period, the oldest first.\n\nExample: `{ articleCounts(period: MONTH, from: "2026-01-01T00:00:00Z", filter: { actors: ["kyutai"] }) { start count } }`',
    args: {
      ...seriesArgs(),
      filter: t.arg({ type: ArticleFilterInput, description: 'Which articles; all without it.' }),
    },
    resolve: async (_root, { filter, ...args }, context) => [
      ...(await countByPeriod(
        context.db,
        { table: sql`article`, moment: sql`t.published_at`, where: await articleConditions(filter, context) },
        readSeries(args, context.clock.now()),
      )),
    ],
  }),
  claimCounts: t.field({
    type: [PeriodCountRef],
    description:
      'How much was said, period by period, the oldest first: a speaker on a topic over time.\n\nExample: `{ claimCounts(period: MONTH, filter: { speakers: ["arthur-mensch"], text: "souveraineté" }) { start count } }`',
    args: {
      ...seriesArgs(),
      filter: t.arg({ type: ClaimFilterInput, description: 'Which claims; all without it.' }),
    },
    resolve: async (_root, { filter, ...args }, context) => [
      ...(await countByPeriod(
        context.db,
        { table: sql`claim`, moment: sql`t.published_at`, where: await claimConditions(filter, context) },
        readSeries(args, context.clock.now()),
      )),
    ],
  }),
  fundingTotals: t.field({
    type: [FundingTotalRef],
    description:
      'Funding added up in euros: the largest first, periods in their order. Leaves out what is a sum over several rounds already (`cumulative`).\n\nExample: `{ fundingTotals(by: INVESTOR, first: 10, from: "2026-01-01T00:00:00Z", filter: { statuses: [CLOSED] }) { actor { name } events totalEur } }`',
    args: {
      ...seriesArgs(),
      ...firstArg(),
      by: t.arg({ type: FundingGroupRef, required: true, description: 'What it is added up by.' }),
      filter: t.arg({ type: FundingEventFilterInput, description: 'Which events; all without it.' }),
    },
    resolve: async (_root, { filter, by, first, ...args }, context, info) => {
      const group: FundingGroup = by;
      const now = context.clock.now();
      // Whoever adds up by something else may go back as far as they like.
      const series = group === 'PERIOD' ? readSeries(args, now) : { ...args, ...readTimeSpan(args, now) };
      const where = await fundingConditions(filter, context);
      const rows = await loadFundingTotals(context.db, where, group, series, checkFirst(first));
      return await withActors(context, info, rows);
    },
  }),
  mostQuoted: t.field({
    type: [QuotedActorRef],
    description:
      'Who is quoted most.\n\nExample: `{ mostQuoted(first: 10, filter: { kinds: [DIRECT] }) { actor { name } claims outlets } }`',
    args: {
      ...firstArg(),
      ...timeSpanArgs(),
      filter: t.arg({ type: ClaimFilterInput, description: 'Among which claims; all without it.' }),
    },
    resolve: async (_root, { filter, first, ...args }, context, info) => {
      const where = await claimConditions(filter, context);
      const span = readTimeSpan(args, context.clock.now());
      const rows = await withActors(
        context,
        info,
        await loadMostQuoted(context.db, where, span, checkFirst(first)),
      );
      return rows.filter((row): row is typeof row & { actor: Actor } => row.actor !== null);
    },
  }),
  firstOutlets: t.field({
    type: [OutletRankRef],
    description:
      'Which outlets are first with what several tell.\n\nExample: `{ firstOutlets(actors: ["mistral-ai"]) { outlet first shared } }`',
    args: {
      ...firstArg(),
      ...timeSpanArgs(),
      actors: t.arg.stringList({ description: 'In stories that name one of these actors, by slug.' }),
    },
    resolve: async (_root, { first, actors, ...args }, context) => {
      const ids = await findActorIds(context.db, 'actors', actors);
      const where =
        ids === null
          ? []
          : [
              sql`t.id in (select r.story_id from article r join mention m on m.article_id = r.id
                            where m.actor_id = any(${ids}::int4[]))`,
            ];
      const span = readTimeSpan(args, context.clock.now());
      return [...(await loadFirstOutlets(context.db, where, span, checkFirst(first)))];
    },
  }),
}));
