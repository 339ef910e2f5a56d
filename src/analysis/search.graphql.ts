/** One search over everything that has words. */
import type { GraphQLResolveInfo } from 'graphql';
import { ActorRef } from '#actor/actor.graphql.ts';
import { ArticleRef } from '#article/article.graphql.ts';
import { ClaimRef } from '#claim/claim.graphql.ts';
import { builder } from '#graphql/builder.ts';
import { pageArgs, pageInfoOf } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError } from '#graphql/errors.ts';
import { formatCursor, type Page, readPage } from '#graphql/keyset.ts';
import { holds } from '#graphql/scope.ts';
import { type Found, type FoundType, SEARCH_ORDER, SEARCH_TEXT_MAX, searchGraph } from './search.store.ts';
import { type Highlight, readSnippet, type Snippet } from './snippet.ts';
import {
  createTypedConnection,
  loadTypedNodes,
  type TypedNode,
  type TypedPage,
  typeNameOf,
} from './typed-nodes.graphql.ts';

const FOUND_TYPES = ['ACTOR', 'ARTICLE', 'CLAIM'] as const satisfies readonly FoundType[];

const SearchTypeRef = builder.enumType('SearchType', {
  description: 'What a search can find.',
  values: {
    ACTOR: { description: 'Confirmed actors, by their name and spellings, also misspelt ones.' },
    ARTICLE: { description: 'Articles, by title and text.' },
    CLAIM: { description: 'Claims, by the words said.' },
  } as const,
});

const HighlightRef = builder.objectRef<Highlight>('Highlight').implement({
  description: 'A place in a snippet: `text.slice(start, end)`, in UTF-16 code units.',
  fields: (t) => ({
    start: t.exposeInt('start', { description: 'Where it begins, from 0.' }),
    end: t.exposeInt('end', { description: 'Where it ends, exclusive.' }),
  }),
});

const SnippetRef = builder.objectRef<Snippet>('Snippet').implement({
  description:
    'The words around what was found; plain text, at most two passages of some thirty words. Of an article without the scope TEXT: from title and summary.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The words; passages are joined by ` … `.' }),
    highlights: t.field({
      type: [HighlightRef],
      description: 'Where in them the searched words stand; empty for an actor found by its name.',
      resolve: ({ highlights }) => [...highlights],
    }),
  }),
});

const SearchResultRef = builder.unionType('SearchResult', {
  description: 'Something that a search found.',
  types: [ActorRef, ArticleRef, ClaimRef],
  resolveType: typeNameOf,
});

interface Edge extends Found {
  readonly cursor: string;
  readonly node: TypedNode;
}

const SearchEdgeRef = builder.objectRef<Edge>('SearchEdge').implement({
  description: 'One finding.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'Cursor', description: 'Where it stands in the list.' }),
    rank: t.exposeFloat('rank', { description: 'How well it answers, 0 to 1; the list goes by it.' }),
    snippet: t.field({
      type: SnippetRef,
      description: 'The words that answer.',
      resolve: ({ marked }) => readSnippet(marked),
    }),
    node: t.field({
      type: SearchResultRef,
      description: 'What was found.',
      resolve: ({ node }) => node as never,
    }),
  }),
});

const SearchConnectionRef = createTypedConnection<Edge>({
  name: 'SearchConnection',
  description: 'One page of findings, the best first.',
  edgeType: SearchEdgeRef,
  edges: 'The findings with rank and snippet.',
  nodeType: SearchResultRef as never,
  nodes: 'What was found, alone.',
});

async function search(
  text: string,
  types: readonly FoundType[],
  page: Page,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<TypedPage<Edge>> {
  const withText = holds(context.viewer, 'TEXT');
  const found = await searchGraph(context.db, { text, types, page, withText });
  const kept = found.slice(0, page.limit);
  if (page.backward) kept.reverse();
  const edges = (await loadTypedNodes(context, info, kept)).map((one) => ({
    ...one,
    cursor: formatCursor(SEARCH_ORDER, one.cursorPlace),
  }));
  return { edges, pageInfo: pageInfoOf(edges, page, found.length > page.limit) };
}

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnectionRef,
    description:
      'French full-text search over articles, claims and actors at once, the best first. Accents, plurals and elisions do not matter; a misspelt name still finds its actor; `"…"` holds words together, `or` and `-` choose and exclude. Words that stand in thousands of articles rank among the latest 2,000.\n\nExample: `{ search(text: "souveraineté calcul", first: 10) { edges { rank snippet { text highlights { start end } } node { ... on Article { title outlet url } ... on Claim { quote speakerName } ... on Actor { name slug } } } } }`',
    args: {
      ...pageArgs(),
      text: t.arg.string({
        required: true,
        description: `What to look for, at most ${SEARCH_TEXT_MAX} characters.`,
      }),
      types: t.arg({
        type: [SearchTypeRef],
        required: true,
        defaultValue: [...FOUND_TYPES],
        description: 'What to look among.',
      }),
    },
    resolve: async (_root, { text, types, ...args }, context, info) => {
      if (text.length > SEARCH_TEXT_MAX) {
        throw new BadInputError('text', `at most ${SEARCH_TEXT_MAX} characters, not ${text.length}`);
      }
      if (text.trim() === '') throw new BadInputError('text', 'there is nothing to look for');
      return await search(text, types, readPage(args, SEARCH_ORDER), context, info);
    },
  }),
);
