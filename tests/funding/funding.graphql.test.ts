import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, countStatements, type Graph, openGraph } from '../support/graph.ts';
import { seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  const { actors, articles } = await seedNewsroom(database.db, 9);
  // Two articles that do not agree on one endowment, and a plan in a currency without a rate.
  const { id: eventId } = await database.db.fundingEvent.create({
    data: {
      recipientId: actors.get('kyutai')!,
      kind: 'ENDOWMENT',
      status: 'PLANNED',
      amount: '300000000.50',
      currency: 'EUR',
      amountEur: '300000000.50',
      date: new Date('2025-11-17T00:00:00Z'),
      disputed: true,
    },
  });
  await database.db.fundingReport.createMany({
    data: [1, 2].map((index) => ({
      articleId: articles[index]!,
      eventId,
      recipientId: actors.get('kyutai')!,
      kind: 'ENDOWMENT' as const,
      status: 'PLANNED' as const,
      amount: `${index}00000000`,
      currency: 'EUR',
      precision: 'ABOUT' as const,
      valuation: '6000000000',
      valuationCurrency: 'USD',
      valuationBasis: 'POST',
      dealDate: '2025-11',
      field: 'TEXT' as const,
      start: 5,
      end: 9,
      confidence: 0.7,
      publishedAt: new Date(`2026-03-0${index}T00:00:00Z`),
    })),
  });
  await database.db.fundingEvent.create({
    data: {
      kind: 'PUBLIC_PLAN',
      status: 'RUMOURED',
      amount: '500',
      currency: 'XOF',
      date: new Date('2024-01-01T00:00:00Z'),
    },
  });
});
afterAll(() => database[Symbol.asyncDispose]());

const ROUNDS = ['1000000', '5000000', '9000000'];

test.each<[string, readonly string[]]>([
  ['{}', [...ROUNDS, '300000000.5', '500']],
  ['{ recipients: ["kyutai"] }', ['300000000.5']],
  ['{ recipients: ["mistral-ai", "kyutai"], disputed: false }', ROUNDS],
  ['{ recipients: [] }', []],
  ['{ investors: ["bpifrance"] }', ROUNDS],
  ['{ investors: ["kyutai"] }', []],
  ['{ kinds: [PUBLIC_PLAN, ENDOWMENT] }', ['300000000.5', '500']],
  ['{ statuses: [PLANNED] }', ['300000000.5']],
  ['{ currency: "xof" }', ['500']],
  ['{ minimumEur: "5000000" }', ['5000000', '9000000', '300000000.5']],
  ['{ minimumEur: "5000000.01", maximumEur: "300000000.50" }', ['9000000', '300000000.5']],
  ['{ maximumEur: "5000000" }', ['1000000', '5000000']],
  ['{ dateAfter: "2026-01-01T00:00:00Z" }', ROUNDS],
  ['{ dateBefore: "2025-01-01T00:00:00Z" }', ['500']],
  ['{ disputed: true }', ['300000000.5']],
])('fundingEvents(filter: %s), the latest first', async (filter, amounts) => {
  const { fundingEvents } = await graph.ask<{
    fundingEvents: { nodes: { money: { amount: string } }[]; totalCount: number };
  }>(`{ fundingEvents(filter: ${filter}) { nodes { money { amount } } totalCount } }`);
  expect(fundingEvents.nodes.map(({ money }) => money.amount)).toEqual(amounts);
  expect(fundingEvents.totalCount).toBe(amounts.length);
});

test.each(['recipients', 'investors'])('a slug in %s that nobody has is named', async (field) => {
  const answer = await graph.tryAsk(`{ fundingEvents(filter: { ${field}: ["nobody"] }) { totalCount } }`);
  expect(codesOf(answer)).toMatchObject([
    {
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(`filter.${field}: no actor has the slug "nobody"`),
    },
  ]);
});

test.each(['5 millions', '1e6', '0.001', '9999999999999999999', 'NaN', ''])(
  '"%s" is no amount',
  async (minimumEur) => {
    const answer = await graph.tryAsk(
      'query ($m: Decimal) { fundingEvents(filter: { minimumEur: $m }) { totalCount } }',
      {
        m: minimumEur,
      },
    );
    expect(codesOf(answer)).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  },
);

test('an event shows who gives what to whom, and each report beside it', async () => {
  const { fundingEvents } = await graph.ask<{ fundingEvents: { nodes: unknown[] } }>(
    `{ fundingEvents(filter: { disputed: true }) { nodes {
      kind status date disputed amountEur money { amount currency } valuation { amount currency }
      recipient { slug } investors { lead investor { slug } }
      reports { totalCount nodes {
        money { amount currency } precision valuation { amount currency } valuationBasis dealDate
        field start end confidence article { url } recipient { slug } investors { lead } event { kind }
      } }
    } } }`,
  );
  const report = (index: number) => ({
    money: { amount: `${index}00000000`, currency: 'EUR' },
    precision: 'ABOUT',
    valuation: { amount: '6000000000', currency: 'USD' },
    valuationBasis: 'POST',
    dealDate: '2025-11',
    field: 'TEXT',
    start: 5,
    end: 9,
    confidence: 0.7,
    article: { url: `https://quotidien.example/article-${index}` },
    recipient: { slug: 'kyutai' },
    investors: [],
    event: { kind: 'ENDOWMENT' },
  });
  expect(fundingEvents.nodes).toEqual([
    {
      kind: 'ENDOWMENT',
      status: 'PLANNED',
      date: '2025-11-17T00:00:00.000Z',
      disputed: true,
      amountEur: '300000000.5',
      money: { amount: '300000000.5', currency: 'EUR' },
      valuation: null,
      recipient: { slug: 'kyutai' },
      investors: [],
      reports: { totalCount: 2, nodes: [report(1), report(2)] },
    },
  ]);
});

test('an event shows what its reports do not agree on, who says what, and where, in a few statements', async () => {
  const { db } = database;
  const told = await db.fundingReport.findMany({ where: { dealDate: '2025-11' }, orderBy: { id: 'asc' } });
  for (const [index, slug] of ['bpifrance', 'mistral-ai'].entries()) {
    const { id: investorId } = await db.actor.findUniqueOrThrow({ where: { slug } });
    await db.fundingReportInvestor.create({ data: { reportId: told[index]!.id, investorId, lead: false } });
  }
  onTestFinished(
    async () =>
      void (await db.fundingReportInvestor.deleteMany({ where: { report: { dealDate: '2025-11' } } })),
  );
  const source = `{ fundingEvents(filter: { disputed: true }) { nodes { disagreements { fact rule readings {
    value shown outlets investor { slug } reports { start end confidence article { url } }
  } } } } }`;
  const place = (index: number) => ({
    start: 5,
    end: 9,
    confidence: 0.7,
    article: { url: `https://quotidien.example/article-${index}` },
  });
  const said = (value: string, index: number) => ({
    value,
    shown: false,
    outlets: ['Le Quotidien'],
    investor: null,
    reports: [place(index)],
  });
  let answer: unknown;
  const statements = await countStatements(database, async () => {
    answer = await graph.ask(source);
  });
  expect(answer).toEqual({
    fundingEvents: {
      nodes: [
        {
          disagreements: [
            {
              fact: 'AMOUNT',
              rule: 'MOST_OFTEN',
              readings: [said('100000000 EUR', 1), said('200000000 EUR', 2)],
            },
            {
              fact: 'INVESTORS',
              rule: 'ALL',
              readings: [
                { ...said('', 1), value: null, investor: { slug: 'bpifrance' } },
                { ...said('', 2), value: null, investor: { slug: 'mistral-ai' } },
              ],
            },
          ],
        },
      ],
    },
  });
  expect(statements).toBeLessThanOrEqual(9);
  expect(
    await graph.ask('{ fundingEvents(filter: { disputed: false }) { nodes { disagreements { fact } } } }'),
  ).toEqual({
    fundingEvents: { nodes: Array.from({ length: 4 }, () => ({ disagreements: [] })) },
  });
});

test('what cannot be converted has no amount in euros', async () => {
  expect(
    await graph.ask(
      '{ fundingEvents(filter: { currency: "XOF" }) { nodes { amountEur recipient { id } } } }',
    ),
  ).toEqual({
    fundingEvents: { nodes: [{ amountEur: null, recipient: null }] },
  });
});

test('an investor shows what it gives, a recipient what it receives', async () => {
  const { bpifrance, mistral } = await graph.ask<Record<'bpifrance' | 'mistral', unknown>>(`{
    bpifrance: actor(slug: "bpifrance") { investments(first: 1) { nodes { recipient { slug } investors { lead } } totalCount } fundingEvents { totalCount } }
    mistral: actor(slug: "mistral-ai") { investments { totalCount } fundingEvents { totalCount } }
  }`);
  expect(bpifrance).toEqual({
    investments: {
      nodes: [{ recipient: { slug: 'mistral-ai' }, investors: [{ lead: true }] }],
      totalCount: 3,
    },
    fundingEvents: { totalCount: 0 },
  });
  expect(mistral).toEqual({ investments: { totalCount: 0 }, fundingEvents: { totalCount: 3 } });
});
