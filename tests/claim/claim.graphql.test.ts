import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, type Graph, openGraph } from '../support/graph.ts';
import { NEWEST, seedArticle, seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  const { actors } = await seedNewsroom(database.db, 9);
  const { id: articleId } = await seedArticle(database.db, {
    url: 'https://eveil.example/1',
    outlet: 'L’Éveil',
    publishedAt: new Date('2026-03-01T08:00:00Z'),
  });
  await database.db.claim.create({
    data: {
      articleId,
      speakerName: 'un proche du dossier',
      kind: 'INDIRECT',
      status: 'DENIED',
      quote: 'L’indépendance des laboratoires n’est pas menacée.',
      topics: [],
      field: 'TEXT',
      start: 0,
      end: 10,
      confidence: 0.5,
      fingerprint: 'other',
      publishedAt: new Date('2026-03-01T08:00:00Z'),
      about: { create: { actorId: actors.get('kyutai')!, publishedAt: new Date('2026-03-01T08:00:00Z') } },
    },
  });
});
afterAll(() => database[Symbol.asyncDispose]());

const models = (...hours: readonly number[]): string[] =>
  hours.map((hour) => `Le modèle ${hour} est ouvert.`);
const DENIAL = 'L’indépendance des laboratoires n’est pas menacée.';
const ALL = models(0, 1, 2, 3, 4, 5, 6, 7, 8);

test.each<[string, readonly string[]]>([
  ['{}', [...ALL, DENIAL]],
  ['{ speakers: ["arthur-mensch"] }', ALL],
  ['{ speakers: ["kyutai"] }', []],
  ['{ speakers: [] }', []],
  ['{ about: ["kyutai"] }', [DENIAL]],
  ['{ about: ["kyutai", "mistral-ai"], kinds: [INDIRECT] }', [...models(0, 3, 6), DENIAL]],
  ['{ statuses: [DENIED, CONDITIONAL] }', [DENIAL]],
  ['{ text: "independance laboratoire" }', [DENIAL]],
  ['{ text: "\\"modele 4\\"" }', models(4)],
  ['{ outlets: ["La Gazette"] }', models(4)],
  ['{ publishedAfter: "2026-03-12T11:00:00Z" }', models(0, 1)],
  ['{ publishedBefore: "2026-03-12T04:30:00Z" }', [...models(8), DENIAL]],
])('claims(filter: %s), the latest first', async (filter, quotes) => {
  const { claims } = await graph.ask<{ claims: { nodes: { quote: string }[]; totalCount: number } }>(
    `{ claims(filter: ${filter}) { nodes { quote } totalCount } }`,
  );
  expect(claims.nodes.map(({ quote }) => quote)).toEqual(quotes);
  expect(claims.totalCount).toBe(quotes.length);
});

test.each(['speakers', 'about'])('a slug in %s that nobody has is named', async (field) => {
  const answer = await graph.tryAsk(`{ claims(filter: { ${field}: ["nobody"] }) { totalCount } }`);
  expect(codesOf(answer)).toEqual([
    {
      code: 'BAD_USER_INPUT',
      path: 'claims',
      message: expect.stringContaining(`filter.${field}: no actor has the slug "nobody"`),
    },
  ]);
});

test('a claim carries its evidence, its speaker and whom it is about', async () => {
  const { claims } = await graph.ask<{ claims: { nodes: unknown[] } }>(
    `{ claims(first: 1) { nodes {
      kind status quote verb topics field start end confidence publishedAt speakerName
      speaker { slug } about { slug } article { url text }
    } } }`,
  );
  expect(claims.nodes).toEqual([
    {
      kind: 'INDIRECT',
      status: 'ASSERTED',
      quote: 'Le modèle 0 est ouvert.',
      verb: 'dit',
      topics: ['modèle'],
      field: 'TEXT',
      start: 41,
      end: 64,
      confidence: 0.9,
      publishedAt: NEWEST.toISOString(),
      speakerName: 'Arthur Mensch',
      speaker: { slug: 'arthur-mensch' },
      about: [{ slug: 'mistral-ai' }],
      article: {
        url: 'https://quotidien.example/article-0',
        text: 'Mistral AI avance, dit Arthur Mensch : « Le modèle 0 est ouvert. » Kyutai écoute.',
      },
    },
  ]);
});

test('a speaker who is no actor is kept by name', async () => {
  const { claims } = await graph.ask<{ claims: unknown }>(
    '{ claims(filter: { statuses: [DENIED] }) { nodes { speakerName speaker { slug } verb } } }',
  );
  expect(claims).toEqual({ nodes: [{ speakerName: 'un proche du dossier', speaker: null, verb: null }] });
});

test('the same quotation elsewhere is found from each of its claims', async () => {
  const { article } = await graph.ask<{ article: unknown }>(
    '{ article(url: "https://quotidien.example/article-0") { claims { nodes { quote repeats { totalCount nodes { quote article { url } } } } } } }',
  );
  expect(article).toEqual({
    claims: {
      nodes: [
        {
          quote: 'Le modèle 0 est ouvert.',
          repeats: {
            totalCount: 1,
            nodes: [
              { quote: 'Le modèle 7 est ouvert.', article: { url: 'https://quotidien.example/article-7' } },
            ],
          },
        },
      ],
    },
  });
});

test('what an actor says and what is said about it are two lists', async () => {
  const { actors } = await graph.ask<{ actors: { nodes: unknown[] } }>(
    '{ actors { nodes { slug claims(first: 1) { nodes { quote } totalCount } claimsAbout(first: 1) { nodes { quote } totalCount } } } }',
  );
  const none = { nodes: [], totalCount: 0 };
  const latest = [{ quote: 'Le modèle 0 est ouvert.' }];
  expect(actors.nodes).toEqual([
    { slug: 'arthur-mensch', claims: { nodes: latest, totalCount: 9 }, claimsAbout: none },
    { slug: 'bpifrance', claims: none, claimsAbout: none },
    { slug: 'kyutai', claims: none, claimsAbout: { nodes: [{ quote: DENIAL }], totalCount: 1 } },
    { slug: 'mistral-ai', claims: none, claimsAbout: { nodes: latest, totalCount: 9 } },
  ]);
});
