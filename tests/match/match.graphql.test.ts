import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '#graphql/ids.ts';
import { formatCursor } from '#match/cursor.ts';
import type { ReasonKind } from '#match/match.ts';
import { searchableWords } from '#match/words.ts';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, type Graph, openGraph } from '../support/graph.ts';
import { NEWEST, seedMatch, seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
/** Sequence numbers of the log, in order: 1 to 6 of Mistral AI, then what is logged here. */
let seqs: bigint[];
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  const { actors, articles } = await seedNewsroom(database.db, 6);
  const add = async (slug: string, hour: number, kinds: readonly ReasonKind[]) => {
    const article = await database.db.article.findUniqueOrThrow({ where: { id: articles[hour]! } });
    await seedMatch(database.db, {
      actorId: actors.get(slug)!,
      articleId: article.id,
      storyId: article.storyId,
      reasons: kinds.map((kind, index) => ({
        kind,
        field: 'TEXT',
        start: index,
        end: index + 2,
        text: `« ${kind} »`,
        sentence: `Elle dit : « ${kind} ».`,
      })),
    });
  };
  await add('kyutai', 4, ['MENTIONED']);
  await add('arthur-mensch', 0, ['SPEAKING', 'MENTIONED']);
  await add('bpifrance', 0, ['INVESTING']);
  const log = await database.db.match.findMany({ orderBy: { seq: 'asc' }, select: { seq: true } });
  seqs = log.map(({ seq }) => seq);
});
afterAll(() => database[Symbol.asyncDispose]());

interface Matches {
  readonly matches: {
    readonly nodes: readonly { readonly cursor: string; readonly actor: { readonly slug: string } }[];
    readonly totalCount: number;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

const MISTRAL = Array<string>(6).fill('mistral-ai');

test.each<[string, readonly string[]]>([
  ['{}', [...MISTRAL, 'kyutai', 'arthur-mensch', 'bpifrance']],
  ['{ actors: ["kyutai", "bpifrance"] }', ['kyutai', 'bpifrance']],
  ['{ actors: [] }', []],
  ['{ actors: ["mistral-ai"], withSpokespeople: true }', [...MISTRAL, 'arthur-mensch']],
  ['{ actors: ["mistral-ai"], withSpokespeople: true, reasons: [SPEAKING] }', ['arthur-mensch']],
  ['{ actors: ["kyutai"], withSpokespeople: true }', ['kyutai']],
  ['{ actors: [], withSpokespeople: true }', []],
  ['{ withSpokespeople: true, actorKinds: [LAB] }', ['kyutai']],
  ['{ actorKinds: [PERSON, LAB] }', ['kyutai', 'arthur-mensch']],
  ['{ outlets: ["La Gazette"] }', ['mistral-ai', 'kyutai']],
  ['{ reasons: [SPEAKING, INVESTING] }', ['arthur-mensch', 'bpifrance']],
  ['{ reasons: [MENTIONED], actorKinds: [PERSON] }', ['arthur-mensch']],
  ['{ reasons: [] }', []],
  ['{ actors: null, reasons: [RAISING] }', []],
])('matches(filter: %s), in the order of the log', async (filter, slugs) => {
  const { matches } = await graph.ask<Matches>(
    `{ matches(filter: ${filter}) { nodes { cursor actor { slug } } totalCount pageInfo { endCursor hasNextPage } } }`,
  );
  expect(matches.nodes.map(({ actor }) => actor.slug)).toEqual(slugs);
  expect(matches.totalCount).toBe(slugs.length);
  expect(matches.pageInfo.endCursor).toBe(matches.nodes.at(-1)?.cursor ?? null);
});

test('the cursors of the list are those of the log', async () => {
  const { matches } = await graph.ask<Matches>('{ matches { nodes { cursor } pageInfo { endCursor } } }');
  expect(matches.nodes.map(({ cursor }) => cursor)).toEqual(seqs.map(formatCursor));
  const after = formatCursor(seqs[6]!);
  const rest = await graph.ask<Matches>(`{ matches(after: "${after}") { nodes { cursor actor { slug } } } }`);
  expect(rest.matches.nodes.map(({ actor }) => actor.slug)).toEqual(['arthur-mensch', 'bpifrance']);
});

test('last gives the newest, still in order', async () => {
  const { matches } = await graph.ask<Matches>('{ matches(last: 2) { nodes { actor { slug } } } }');
  expect(matches.nodes.map(({ actor }) => actor.slug)).toEqual(['arthur-mensch', 'bpifrance']);
});

test('a match carries its article, story, actor and reasons with their places', async () => {
  const { matches } = await graph.ask<{ matches: { nodes: unknown[] } }>(
    `{ matches(filter: { actors: ["arthur-mensch"] }) { nodes {
      actor { name } article { url } story { title } reasons { __typename kind field start end text sentence }
    } } }`,
  );
  const reason = { __typename: 'MatchReason', field: 'TEXT' };
  expect(matches.nodes).toEqual([
    {
      actor: { name: 'Arthur Mensch' },
      article: { url: 'https://quotidien.example/article-0' },
      story: { title: 'Mistral AI, épisode 0' },
      reasons: [
        {
          ...reason,
          kind: 'SPEAKING',
          start: 0,
          end: 2,
          text: '« SPEAKING »',
          sentence: 'Elle dit : « SPEAKING ».',
        },
        {
          ...reason,
          kind: 'MENTIONED',
          start: 1,
          end: 3,
          text: '« MENTIONED »',
          sentence: 'Elle dit : « MENTIONED ».',
        },
      ],
    },
  ]);
});

test.each([
  ['after: "bm9uZQ"', 'after: "bm9uZQ" is no cursor of this list'],
  [
    'filter: { actors: ["nobody"] }',
    expect.stringContaining('filter.actors: no actor has the slug "nobody"'),
  ],
  [
    `filter: { outlets: ${JSON.stringify(Array.from({ length: 101 }, (_, i) => `o${i}`))} }`,
    'filter.outlets: at most 100 outlets, not 101',
  ],
])('matches(%s) is refused, naming what is wrong', async (args, message) => {
  const answer = await graph.tryAsk(`{ matches(${args}) { totalCount } }`);
  expect(codesOf(answer)).toEqual([{ code: 'BAD_USER_INPUT', path: 'matches', message }]);
});

test('a match tells which words of a query its article held when it was logged', async () => {
  const { db } = database;
  const { id } = await db.loggedText.create({
    data: { words: searchableWords({ title: 'Mistral', text: 'La levée des fonds pour la santé.' }) },
  });
  await db.match.update({ where: { seq: seqs[0]! }, data: { loggedTextId: id } });
  const ask = (query: string) =>
    graph.tryAsk('query ($query: String!) { matches(first: 2) { nodes { foundWords(query: $query) } } }', {
      query,
    });
  expect((await ask('"levée de fonds" (Santé OR banque) -bourse')).data).toEqual({
    matches: { nodes: [{ foundWords: ['levée de fonds', 'Santé'] }, { foundWords: [] }] },
  });
  expect(codesOf(await ask('a (b'))[0]).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a match tells which words of the filter that it passed its article holds, and where they stand', async () => {
  const { db } = database;
  const { articleId } = await db.match.findUniqueOrThrow({ where: { seq: seqs[7]! } });
  const text = 'Une levée des fonds, d’après le PDG ; la Santé n’a rien dit.';
  const { id } = await db.loggedText.create({ data: { words: searchableWords({ title: 'Mensch', text }) } });
  await db.match.update({ where: { seq: seqs[7]! }, data: { loggedTextId: id, createdAt: NEWEST } });
  await db.articleBody.update({ where: { articleId }, data: { text: text.replace('Santé', 'Bourse') } });
  const words = '"levées de fonds" (santé OR mensch) -paris';
  const fields = 'foundWords foundPlaces { words field start end text } other: foundWords(query: "pdg")';
  const filter = { actors: ['arthur-mensch'], words };
  const watch = await db.watch.create({ data: { name: 'Levées', filter } });
  const answer = await graph.ask<Record<string, unknown>>(
    `query ($filter: MatchFilterInput!, $id: ID!) {
      matches(filter: $filter) { nodes { ${fields} } }
      watchPreview(filter: $filter, days: 366) { examples { ${fields} } }
      node(id: $id) { ... on Watch { matches { edges { node { ${fields} } } } } }
      all: matches(filter: { actors: ["arthur-mensch"] }) { nodes { foundWords foundPlaces { text } } }
    }`,
    { filter, id: encodeGlobalId('Watch', watch.id) },
  );
  const found = {
    foundWords: ['levées de fonds', 'santé', 'mensch'],
    // The article has been revised since: what it does not say any more has no place, and the title never said it.
    foundPlaces: [{ words: 'levées de fonds', field: 'TEXT', start: 4, end: 19, text: 'levée des fonds' }],
    other: ['pdg'],
  };
  expect(answer).toEqual({
    matches: { nodes: [found] },
    watchPreview: { examples: [found] },
    node: { matches: { edges: [{ node: found }] } },
    all: { nodes: [{ foundWords: [], foundPlaces: [] }] },
  });
});

test('a query on words is what is left of it without characters that Postgres cannot keep', async () => {
  const ask = (words: string) =>
    graph.tryAsk(
      'query ($filter: MatchFilterInput!) { matches(filter: $filter) { nodes { foundWords } } watchPreview(filter: $filter) { count } }',
      { filter: { words } },
    );
  for (const words of ['\0OR', 'OR\0', '(\0']) {
    expect(codesOf(await ask(words))[0]).toMatchObject({ code: 'BAD_USER_INPUT' });
  }
  expect((await ask('\0"levée"')).errors).toBeUndefined();
});
