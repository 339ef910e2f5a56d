import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, countStatements, type Graph, openGraph } from '../support/graph.ts';
import { seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  await seedNewsroom(database.db, 6);
  await database.db.watch.create({ data: { name: 'Tout', filter: {} } });
});
afterAll(() => database[Symbol.asyncDispose]());

const LISTS = {
  Article: 'articles',
  Actor: 'actors',
  Claim: 'claims',
  Feed: 'feeds',
  FundingEvent: 'fundingEvents',
  Match: 'matches',
  Story: 'stories',
  Watch: 'watches',
} as const;

test.each(Object.entries(LISTS))('an id of a %s leads back to it', async (type, list) => {
  const answer = await graph.ask<Record<string, { nodes: { id: string }[] }>>(
    `{ ${list}(first: 1) { nodes { id } } }`,
  );
  const id = answer[list]?.nodes[0]?.id;
  const { node } = await graph.ask<{ node: unknown }>(
    'query ($id: ID!) { node(id: $id) { __typename id } }',
    { id },
  );
  expect(node).toEqual({ __typename: type, id });
});

test('mentions and reports lead back too', async () => {
  const { articles } = await graph.ask<{
    articles: { nodes: { mentions: { nodes: { id: string }[] }; funding: { nodes: { id: string }[] } }[] };
  }>('{ articles(first: 1) { nodes { mentions { nodes { id } } funding { nodes { id } } } } }');
  const ids = [articles.nodes[0]?.mentions.nodes[0]?.id, articles.nodes[0]?.funding.nodes[0]?.id];
  const { nodes } = await graph.ask<{ nodes: unknown }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Span { field start end } } }',
    { ids },
  );
  expect(nodes).toEqual([
    { __typename: 'Mention', field: 'TEXT', start: 0, end: 10 },
    { __typename: 'FundingReport', field: 'TEXT', start: 0, end: 10 },
  ]);
});

const idOf = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  'Article:999999',
  'Article:0',
  'Article:99999999999',
  'Match:9223372036854775807',
  'Match:9999999999999999999',
])('the id of %s, which is not there, gives null', async (text) => {
  expect(await graph.ask('query ($id: ID!) { node(id: $id) { id } }', { id: idOf(text) })).toEqual({
    node: null,
  });
});

test.each([
  '',
  'nonsense',
  idOf('Article:'),
  idOf('Article:1x'),
  idOf('Article:-1'),
  idOf('article:1'),
  idOf('Article:1:2'),
  'A'.repeat(5_000),
])('the id "%s" is refused', async (id) => {
  const answer = await graph.tryAsk('query ($id: ID!) { node(id: $id) { id } }', { id });
  expect(codesOf(answer)).toMatchObject([{ code: 'BAD_USER_INPUT', path: 'node' }]);
});

test.each([idOf('FeedPoll:1'), idOf('Query:1'), idOf('Nothing:1')])(
  'an id of a type that is no node is refused and not looked for',
  async (id) => {
    const answer = await graph.tryAsk('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(codesOf(answer)).toMatchObject([{ code: 'BAD_USER_INPUT', path: 'node' }]);
  },
);

test('nodes keeps the order, with null where there is none, in a fixed number of statements', async () => {
  const { articles } = await graph.ask<{ articles: { nodes: { id: string; url: string }[] } }>(
    '{ articles { nodes { id url } } }',
  );
  const ids = articles.nodes.map(({ id }) => id).reverse();
  const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Article { url } } }';
  const { nodes } = await graph.ask<{ nodes: unknown }>(document, {
    ids: [...ids, idOf('Article:999999'), ids[0]],
  });
  const urls = articles.nodes.map(({ url }) => ({ url })).reverse();
  expect(nodes).toEqual([...urls, null, urls[0]]);
  const count = (some: readonly string[]) =>
    countStatements(database, () => graph.ask(document, { ids: some }));
  expect(await count(ids)).toBe(await count(ids.slice(0, 2)));
});

test('more than 100 ids at a time are refused', async () => {
  const answer = await graph.tryAsk('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: Array.from({ length: 101 }, (_, i) => idOf(`Article:${i}`)),
  });
  expect(codesOf(answer)).toMatchObject([{ code: 'BAD_USER_INPUT', path: 'nodes' }]);
});
