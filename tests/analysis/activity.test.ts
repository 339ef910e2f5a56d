import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, type Graph, openGraph } from '../support/graph.ts';
import { seedArticle, seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
// Thirty articles, one an hour backward from noon of 12 March 2026 UTC: the eleventh begins at 23:00 UTC in Paris.
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  await seedNewsroom(database.db, 30);
  const first = await seedArticle(database.db, {
    url: 'https://gazette.example/premier',
    outlet: 'La Gazette',
    publishedAt: new Date('2026-03-10T08:00:00Z'),
  });
  await seedArticle(database.db, {
    url: 'https://eveil.example/second',
    outlet: 'L’Éveil',
    publishedAt: new Date('2026-03-10T09:00:00Z'),
    storyId: first.storyId,
  });
  await database.db.story.update({ where: { id: first.storyId }, data: { articleCount: 2 } });
});
afterAll(() => database[Symbol.asyncDispose]());

const DAYS = 'from: "2026-03-09T23:00:00Z", to: "2026-03-12T23:00:00Z"';

test('an actor’s activity counts its days in Paris, empty ones too', async () => {
  const { actor } = await graph.ask<{ actor: { activity: object[] } }>(
    `{ actor(slug: "kyutai") { activity(${DAYS}) { start articles mentions claims claimsAbout } } }`,
  );
  expect(actor.activity).toEqual([
    { start: '2026-03-09T23:00:00.000Z', articles: 0, mentions: 0, claims: 0, claimsAbout: 0 },
    { start: '2026-03-10T23:00:00.000Z', articles: 8, mentions: 8, claims: 0, claimsAbout: 0 },
    { start: '2026-03-11T23:00:00.000Z', articles: 7, mentions: 7, claims: 0, claimsAbout: 0 },
  ]);
});

test('a speaker and who is spoken about are counted apart, for all actors of a list at once', async () => {
  const { actors } = await graph.ask<{ actors: { nodes: { slug: string; activity: object[] }[] } }>(
    `{ actors { nodes { slug activity(${DAYS}, period: YEAR) { articles claims claimsAbout } } } }`,
  );
  expect(Object.fromEntries(actors.nodes.map(({ slug, activity }) => [slug, activity]))).toEqual({
    'arthur-mensch': [{ articles: 30, claims: 30, claimsAbout: 0 }],
    bpifrance: [{ articles: 0, claims: 0, claimsAbout: 0 }],
    kyutai: [{ articles: 15, claims: 0, claimsAbout: 0 }],
    'mistral-ai': [{ articles: 30, claims: 0, claimsAbout: 30 }],
  });
});

test.each<[string, string, readonly number[]]>([
  ['articleCounts', '', [2, 16, 14]],
  ['articleCounts', ', filter: { outlets: ["La Gazette"] }', [1, 4, 2]],
  ['articleCounts', ', filter: { actors: ["kyutai"] }', [0, 8, 7]],
  ['claimCounts', '', [0, 16, 14]],
  ['claimCounts', ', filter: { kinds: [INDIRECT], text: "modèles" }', [0, 5, 5]],
])('%s(%s) counts a day each', async (field, filter, counts) => {
  const answer = await graph.ask<Record<string, { count: number }[]>>(
    `{ ${field}(${DAYS}${filter}) { count } }`,
  );
  expect(answer[field]!.map(({ count }) => count)).toEqual(counts);
});

test('a day is 23 hours long when the clocks go forward', async () => {
  const { articleCounts } = await graph.ask<{ articleCounts: { start: string }[] }>(
    '{ articleCounts(from: "2026-03-28T23:00:00Z", to: "2026-03-30T22:00:00Z") { start } }',
  );
  expect(articleCounts.map(({ start }) => start)).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
});

test('who stands in the same articles comes by how many', async () => {
  const { actor } = await graph.ask<{ actor: { coActors: { articles: number; actor: { slug: string } }[] } }>(
    `{ actor(slug: "mistral-ai") { coActors(first: 5, ${DAYS}) { articles actor { slug } } } }`,
  );
  expect(actor.coActors).toEqual([
    { articles: 30, actor: { slug: 'arthur-mensch' } },
    { articles: 15, actor: { slug: 'kyutai' } },
  ]);
});

test('the same quotation again counts once among the most quoted', async () => {
  const { mostQuoted } = await graph.ask<{ mostQuoted: object[] }>(
    `{ mostQuoted(${DAYS}) { actor { name affiliations(first: 1) { nodes { organization { slug } } } } claims articles outlets } }`,
  );
  expect(mostQuoted).toEqual([
    {
      actor: { name: 'Arthur Mensch', affiliations: { nodes: [{ organization: { slug: 'mistral-ai' } }] } },
      claims: 7,
      articles: 30,
      outlets: 2,
    },
  ]);
});

test('an outlet is first with a story that others tell later', async () => {
  const { firstOutlets } = await graph.ask<{ firstOutlets: object[] }>(
    '{ firstOutlets { outlet first shared articles } }',
  );
  expect(firstOutlets).toEqual([
    { outlet: 'La Gazette', first: 1, shared: 1, articles: 1 },
    { outlet: 'L’Éveil', first: 0, shared: 1, articles: 1 },
  ]);
});

test.each<[string, readonly object[]]>([
  [
    `by: RECIPIENT, ${DAYS}`,
    [{ actor: { slug: 'mistral-ai' }, kind: null, events: 8, totalEur: '120000000' }],
  ],
  [`by: INVESTOR, ${DAYS}`, [{ actor: { slug: 'bpifrance' }, kind: null, events: 8, totalEur: '120000000' }]],
  [`by: KIND, ${DAYS}`, [{ actor: null, kind: 'SERIES_A', events: 8, totalEur: '120000000' }]],
  [
    'by: KIND, filter: { minimumEur: "20000000" }',
    [{ actor: null, kind: 'SERIES_A', events: 3, totalEur: '75000000' }],
  ],
  [
    `by: PERIOD, ${DAYS}`,
    [
      { actor: null, kind: null, events: 4, totalEur: '92000000' },
      { actor: null, kind: null, events: 4, totalEur: '28000000' },
    ],
  ],
])('fundingTotals(%s) adds up euros', async (args, totals) => {
  const { fundingTotals } = await graph.ask<{ fundingTotals: object[] }>(
    `{ fundingTotals(${args}) { actor { slug } kind events totalEur } }`,
  );
  expect(fundingTotals).toEqual(totals);
});

test('fundingTotals leaves out sums of several rounds', async () => {
  const total = async () =>
    await graph.ask('{ fundingTotals(by: RECIPIENT, from: "2020-01-01T00:00:00Z") { events totalEur } }');
  const before = await total();
  const { id: recipientId } = await database.db.actor.findUniqueOrThrow({ where: { slug: 'mistral-ai' } });
  const { id } = await database.db.fundingEvent.create({
    data: {
      recipientId,
      kind: 'ROUND',
      status: 'CLOSED',
      amount: '600000000',
      currency: 'EUR',
      amountEur: '600000000',
      date: new Date('2026-03-01T00:00:00Z'),
      cumulative: true,
    },
  });
  onTestFinished(async () => void (await database.db.fundingEvent.delete({ where: { id } })));
  expect(await total()).toEqual(before);
  expect(
    await graph.ask('{ fundingEvents(filter: { cumulative: true }) { nodes { cumulative amountEur } } }'),
  ).toEqual({ fundingEvents: { nodes: [{ cumulative: true, amountEur: '600000000' }] } });
});

test('only what is added up by period has a limit of periods', async () => {
  const args = 'from: "2000-01-01T00:00:00Z", to: "2026-04-01T00:00:00Z"';
  expect(await graph.ask(`{ fundingTotals(by: STATUS, ${args}) { events } }`)).toEqual({
    fundingTotals: [{ events: 8 }],
  });
  const answer = await graph.tryAsk(`{ fundingTotals(by: PERIOD, ${args}) { events } }`);
  expect(codesOf(answer)).toMatchObject([
    { code: 'BAD_USER_INPUT', message: expect.stringContaining('400 periods') },
  ]);
});

test.each([
  [
    'articleCounts(timeZone: "Mars/Olympus") { count }',
    'timeZone: "Mars/Olympus" is no time zone; Europe/Paris is one',
  ],
  [
    'articleCounts(from: "2020-01-01T00:00:00Z") { count }',
    'period: this would be more than 400 periods; take longer ones',
  ],
  ['claimCounts(from: "2030-01-01T00:00:00Z") { count }', 'from: must lie before `to`'],
  ['mostQuoted(first: 0) { claims }', 'first: 1 to 100 rows, not 0'],
])('%s is refused with a reason', async (field, message) => {
  const answer = await graph.tryAsk(`{ ${field} }`);
  expect(codesOf(answer).map((error) => [error.code, error.message])).toEqual([['BAD_USER_INPUT', message]]);
});

interface Item {
  readonly at: string;
  readonly cursor: string;
  readonly node: { readonly __typename: string; readonly id: string };
}
const timeline = async (
  args: string,
): Promise<{ edges: Item[]; pageInfo: { hasNextPage: boolean; endCursor: string } }> =>
  (
    await graph.ask<{
      actor: { timeline: { edges: Item[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    }>(
      `{ actor(slug: "mistral-ai") { timeline(${args}) { pageInfo { hasNextPage endCursor } edges { at cursor node {
         __typename ... on Node { id } ... on Claim { quote } ... on FundingEvent { investors { investor { slug } } } } } } } }`,
    )
  ).actor.timeline;

test('a timeline holds articles and funding in one order, page after page', async () => {
  const all = await timeline('first: 100');
  expect(all.edges).toHaveLength(30 + 8);
  expect(all.edges.map(({ at }) => Date.parse(at))).toEqual(
    all.edges.map(({ at }) => Date.parse(at)).sort((a, b) => b - a),
  );
  const paged: Item[] = [];
  for (let after = ''; ; ) {
    const page = await timeline(`first: 5${after}`);
    paged.push(...page.edges);
    if (!page.pageInfo.hasNextPage) break;
    after = `, after: "${page.pageInfo.endCursor}"`;
  }
  expect(paged).toEqual(all.edges);
  const back = await timeline(`last: 3, before: "${all.edges[7]!.cursor}"`);
  expect(back.edges).toEqual(all.edges.slice(4, 7));
});

test('a timeline can be of one kind', async () => {
  const { edges } = await timeline('first: 3, types: [FUNDING]');
  expect(edges.map(({ node }) => node.__typename)).toEqual(['FundingEvent', 'FundingEvent', 'FundingEvent']);
});
