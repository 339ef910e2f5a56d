import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, type Graph, openGraph } from '../support/graph.ts';
import { seedActor, seedArticle, seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  await seedNewsroom(database.db, 9);
  await seedActor(database.db, { slug: 'hugging-face', name: 'Hugging Face', kind: 'COMPANY' });
  await seedActor(database.db, {
    slug: 'faux',
    name: 'Souverain & Fils',
    kind: 'COMPANY',
    status: 'REJECTED',
  });
  await seedArticle(database.db, {
    url: 'https://eveil.example/souverainete',
    title: 'La souveraineté, encore',
    text: `${'Le calcul coûte cher. '.repeat(40)}L’État veut des levées de fonds <b>souveraines</b> pour ses supercalculateurs.`,
  });
});
afterAll(() => database[Symbol.asyncDispose]());

interface Hit {
  readonly cursor: string;
  readonly rank: number;
  readonly snippet: { text: string; highlights: { start: number; end: number }[] };
  readonly node: { __typename: string; title?: string; quote?: string; name?: string };
}
interface Answer {
  readonly search: { edges: Hit[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

const search = (args: string): Promise<Answer> =>
  graph.ask<Answer>(
    `{ search(${args}) { pageInfo { hasNextPage endCursor } edges { cursor rank snippet { text highlights { start end } }
       node { __typename ... on Article { title } ... on Claim { quote } ... on Actor { name } } } } }`,
  );

const labelOf = ({ node }: Hit): string => node.title ?? node.quote ?? node.name ?? '';

test.each<[string, string, string, string]>([
  ['no accents', 'ARTICLE', 'souverainete', 'La souveraineté, encore'],
  ['the singular', 'ARTICLE', 'levée de fonds', 'La souveraineté, encore'],
  ['an elision', 'ARTICLE', "l'état", 'La souveraineté, encore'],
  ['a name', 'ACTOR', 'kyutai', 'Kyutai'],
  ['a misspelt name', 'ACTOR', 'Huging Fase', 'Hugging Face'],
  ['a spelling of another name', 'ACTOR', 'mistralai', 'Mistral AI'],
  ['words of a quotation', 'CLAIM', '"modèle 3"', 'Le modèle 3 est ouvert.'],
])('%s finds it first', async (_what, type, text, found) => {
  const { search: answer } = await search(`text: ${JSON.stringify(text)}, types: [${type}], first: 5`);
  expect(labelOf(answer.edges[0]!)).toBe(found);
  expect(answer.edges.map(({ rank }) => rank)).toEqual(
    answer.edges.map(({ rank }) => rank).sort((a, b) => b - a),
  );
});

test('the snippet shows the words where they stand, in plain text', async () => {
  const { search: answer } = await search('text: "levee supercalculateur", types: [ARTICLE]');
  const { snippet } = answer.edges[0]!;
  const words = snippet.highlights.map(({ start, end }) => snippet.text.slice(start, end));
  expect(words).toEqual(['levées', 'supercalculateurs']);
  expect(snippet.text.length).toBeLessThan(500);
});

test('words are not taken for a name that only looks like them', async () => {
  await seedActor(database.db, { slug: 'clement-delangue', name: 'Clément Delangue', kind: 'PERSON' });
  const { search: answer } = await search('text: "modele de langue", types: [ACTOR]');
  expect(answer.edges.map(labelOf)).toEqual([]);
  expect(labelOf((await search('text: "delange"')).search.edges[0]!)).toBe('Clément Delangue');
});

test('without the scope TEXT a snippet shows title and summary, and nothing of the text', async () => {
  const reader = openGraph(database, { scopes: ['READ'] });
  const { search: answer } = await reader.ask<Answer>(
    '{ search(text: "supercalculateur", types: [ARTICLE]) { edges { snippet { text } node { ... on Article { title } } } } }',
  );
  expect(answer.edges.map(labelOf)).toEqual(['La souveraineté, encore']);
  expect(answer.edges[0]!.snippet.text).not.toContain('supercalculateurs');
});

test('what operators have not confirmed, or have rejected, is not found', async () => {
  const { search: answer } = await search('text: "souverain", types: [ACTOR]');
  expect(answer.edges).toEqual([]);
});

test('pages follow each other without a gap, forward and backward', async () => {
  const all = await search('text: "modèle", first: 100');
  const cursors = all.search.edges.map(({ cursor }) => cursor);
  expect(cursors.length).toBeGreaterThan(12);
  const paged: string[] = [];
  for (let after = ''; ; ) {
    const { search: page } = await search(`text: "modèle", first: 4${after}`);
    paged.push(...page.edges.map(({ cursor }) => cursor));
    if (!page.pageInfo.hasNextPage) break;
    after = `, after: "${page.pageInfo.endCursor}"`;
  }
  expect(paged).toEqual(cursors);
  const { search: last } = await search(`text: "modèle", last: 3, before: "${cursors[5]}"`);
  expect(last.edges.map(({ cursor }) => cursor)).toEqual(cursors.slice(2, 5));
});

test.each([
  ['text: ""', 'text: there is nothing to look for'],
  [`text: "${'a'.repeat(501)}"`, 'text: at most 500 characters, not 501'],
  ['text: "a", after: "nonsense"', 'after: "nonsense" is no cursor of this list'],
])('search(%s) is refused with a reason', async (args, message) => {
  const answer = await graph.tryAsk(`{ search(${args}) { nodes { __typename } } }`);
  expect(codesOf(answer)).toEqual([{ code: 'BAD_USER_INPUT', path: 'search', message }]);
});

test.each(['-', '"', '%', '\\\\', "' or 1=1 --", '&|!()', '\\u0000', '🙂'])(
  'hostile text %s is looked for and not obeyed',
  async (text) => {
    const answer = await graph.tryAsk(
      `{ search(text: "${text.replaceAll('"', '\\"')}x") { nodes { __typename } } }`,
    );
    expect(answer.errors).toBeUndefined();
  },
);

test('what was found leads on into the graph', async () => {
  const { search: answer } = await graph.ask<{ search: { nodes: { article: { title: string } }[] } }>(
    '{ search(text: "modèle 2", types: [CLAIM], first: 1) { nodes { ... on Claim { article { title } } } } }',
  );
  expect(answer.nodes).toEqual([{ article: { title: 'Mistral AI, épisode 2' } }]);
});
