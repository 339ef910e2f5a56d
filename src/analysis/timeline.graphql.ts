/** An actor's timeline in the API. */
import { ActorRef } from '#actor/actor.graphql.ts';
import { ArticleRef } from '#article/article.graphql.ts';
import { ClaimRef } from '#claim/claim.graphql.ts';
import { FundingEventRef } from '#funding/funding.graphql.ts';
import { loadForSiblings, responsePath } from '#graphql/batch.ts';
import { builder } from '#graphql/builder.ts';
import { pageArgs, pageInfoOf } from '#graphql/connection.ts';
import { BadInputError } from '#graphql/errors.ts';
import { formatCursor, readPage } from '#graphql/keyset.ts';
import { NESTED_ROWS_MAX } from '#graphql/page.ts';
import { type EntryType, loadTimelines, TIMELINE_ORDER } from './timeline.store.ts';
import { createTypedConnection, loadTypedNodes, type TypedNode, typeNameOf } from './typed-nodes.graphql.ts';

const ENTRY_TYPES = ['ARTICLE', 'CLAIM', 'FUNDING'] as const satisfies readonly EntryType[];

const TimelineTypeRef = builder.enumType('TimelineType', {
  description: 'What a timeline is made of.',
  values: {
    ARTICLE: { description: 'Articles that name the actor.' },
    CLAIM: { description: 'What it says.' },
    FUNDING: { description: 'Money that it receives or gives.' },
  } as const,
});

const TimelineItemRef = builder.unionType('TimelineItem', {
  description: 'Something that happened to an actor in the press.',
  types: [ArticleRef, ClaimRef, FundingEventRef],
  resolveType: typeNameOf,
});

interface Edge {
  readonly cursor: string;
  readonly at: Date;
  readonly node: TypedNode;
}

const TimelineEdgeRef = builder.objectRef<Edge>('TimelineEdge').implement({
  description: 'One item of a timeline.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'Cursor', description: 'Where it stands in the list.' }),
    at: t.expose('at', {
      type: 'DateTime',
      description: 'When: the article’s publication, or the date of the funding.',
    }),
    node: t.field({ type: TimelineItemRef, description: 'What.', resolve: ({ node }) => node as never }),
  }),
});

const TimelineConnectionRef = createTypedConnection<Edge>({
  name: 'TimelineConnection',
  description: 'One page of a timeline, the latest first.',
  edgeType: TimelineEdgeRef,
  edges: 'The items with their times.',
  nodeType: TimelineItemRef as never,
  nodes: 'The items alone.',
});

builder.prismaObjectField(ActorRef, 'timeline', (t) =>
  t.field({
    type: TimelineConnectionRef,
    description:
      'Its life in the press, the latest first: articles, claims and funding in one order.\n\nExample: `{ actor(slug: "mistral-ai") { timeline(first: 10) { edges { at node { __typename ... on Article { title outlet } ... on Claim { quote } ... on FundingEvent { money { amount currency } } } } } } }`',
    args: {
      ...pageArgs(),
      types: t.arg({
        type: [TimelineTypeRef],
        required: true,
        defaultValue: [...ENTRY_TYPES],
        description: 'What it is made of.',
      }),
    },
    resolve: async ({ id }, { types, ...args }, context, info) => {
      const page = readPage(args, TIMELINE_ORDER);
      const found = await loadForSiblings(context, responsePath(info), id, async (ids) => {
        if (ids.length * page.limit > NESTED_ROWS_MAX) {
          throw new BadInputError(
            'first',
            `this list stands in ${ids.length} rows; ask for fewer rows here or around it`,
          );
        }
        const groups = await loadTimelines(context.db, ids, types, page);
        const entries = [...groups].flatMap(([actor, rows]) =>
          rows.slice(0, page.limit).map((row) => ({ ...row, actor, more: rows.length > page.limit })),
        );
        return Map.groupBy(await loadTypedNodes(context, info, entries), ({ actor }) => actor);
      });
      const edges = (found ?? []).map(({ place, node }) => ({
        cursor: formatCursor(TIMELINE_ORDER, place),
        at: place[0],
        node,
      }));
      if (page.backward) edges.reverse();
      return { edges, pageInfo: pageInfoOf(edges, page, found?.[0]?.more ?? false) };
    },
  }),
);
