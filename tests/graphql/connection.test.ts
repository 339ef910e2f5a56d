import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { createTestDatabase, useTestDatabase } from '../support/database.ts';
import { codesOf, countStatements, type Graph, openGraph } from '../support/graph.ts';
import { NEWEST, seedArticle, seedNewsroom } from '../support/seed.ts';

const SIZE = 24;

let database: Database;
let graph: Graph;

beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  await seedNewsroom(database.db, SIZE);
});
afterAll(() => database[Symbol.asyncDispose]());

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly startCursor: string | null;
    readonly endCursor: string | null;
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
  };
}

const PAGE_INFO = 'pageInfo { startCursor endCursor hasNextPage hasPreviousPage }';

describe('pages', () => {
  test.each([
    ['first', 'after', 'endCursor', 'hasNextPage'],
    ['last', 'before', 'startCursor', 'hasPreviousPage'],
  ] as const)(
    'paging with %s gives each row once while others come in',
    async (size, place, cursor, more) => {
      const own = await useTestDatabase();
      const client = openGraph(own);
      await seedNewsroom(own.db, 23);
      const seen: string[] = [];
      let at: string | null = null;
      for (let turn = 0; ; turn += 1) {
        const { articles }: { articles: Page<{ url: string }> } = await client.ask(
          `query ($at: Cursor) { articles(${size}: 4, ${place}: $at) { nodes { url } ${PAGE_INFO} } }`,
          { at },
        );
        const urls = articles.nodes.map(({ url }) => url);
        seen.push(...(size === 'first' ? urls : urls.reverse()));
        at = articles.pageInfo[cursor];
        // One ahead of every page, one behind all, and one in the middle, where pages were read or are still to come.
        for (const [name, publishedAt] of [
          ['newer', new Date(NEWEST.getTime() + 3_600_000 + turn)],
          ['older', new Date(NEWEST.getTime() - 99 * 3_600_000 - turn)],
          ['between', new Date(NEWEST.getTime() - 11 * 3_600_000 + 1 + turn)],
        ] as const) {
          await seedArticle(own.db, { url: `https://late.example/${name}-${turn}`, publishedAt });
        }
        if (!articles.pageInfo[more] || turn > 20) break;
      }
      const original = seen.filter((url) => url.startsWith('https://quotidien.example/'));
      expect(new Set(seen).size).toBe(seen.length);
      const expected = Array.from({ length: 23 }, (_, hour) => `https://quotidien.example/article-${hour}`);
      expect(original).toEqual(size === 'first' ? expected : expected.reverse());
    },
  );

  test('rows that are ordered by the same moment have a place of their own', async () => {
    const own = await useTestDatabase();
    const client = openGraph(own);
    for (let index = 0; index < 7; index += 1)
      await seedArticle(own.db, { url: `https://same.example/${index}` });
    const seen: string[] = [];
    for (let at: string | null = null, more = true; more; ) {
      const { articles }: { articles: Page<{ url: string }> } = await client.ask(
        `query ($at: Cursor) { articles(first: 2, after: $at) { nodes { url } ${PAGE_INFO} } }`,
        { at },
      );
      seen.push(...articles.nodes.map(({ url }) => url));
      at = articles.pageInfo.endCursor;
      more = articles.pageInfo.hasNextPage;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `https://same.example/${index}`));
  });

  test('a page says whether there are rows ahead of it and behind it', async () => {
    const ask = async (args: string) =>
      (
        await graph.ask<{ articles: Page<{ id: string }> }>(
          `{ articles(${args}) { nodes { id } ${PAGE_INFO} } }`,
        )
      ).articles;
    const first = await ask(`first: ${SIZE - 1}`);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const rest = await ask(`first: 5, after: "${first.pageInfo.endCursor}"`);
    expect(rest.nodes).toHaveLength(1);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect((await ask(`first: ${SIZE}`)).pageInfo).toMatchObject({ hasNextPage: false });
    expect((await ask('last: 3')).pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const none = await ask(`first: 5, after: "${rest.pageInfo.endCursor}"`);
    expect(none).toEqual({
      nodes: [],
      pageInfo: { startCursor: null, endCursor: null, hasNextPage: false, hasPreviousPage: true },
    });
  });

  test('after and before together give what lies between', async () => {
    const { articles } = await graph.ask<{
      articles: { edges: { cursor: string; node: { url: string } }[] };
    }>('{ articles { edges { cursor node { url } } } }');
    const [from, to] = [articles.edges[2]!.cursor, articles.edges[6]!.cursor];
    const between = await graph.ask<{ articles: Page<{ url: string }> }>(
      `{ articles(first: 10, after: "${from}", before: "${to}") { nodes { url } } }`,
    );
    expect(between.articles.nodes).toEqual(articles.edges.slice(3, 6).map(({ node }) => node));
  });

  test('a page holds 20 rows when the client does not say', async () => {
    const { articles } = await graph.ask<{ articles: Page<unknown> }>('{ articles { nodes { id } } }');
    expect(articles.nodes).toHaveLength(20);
  });

  test.each([
    ['first: 101', 'first', 'a page holds 0 to 100 rows, not 101'],
    ['last: 101', 'last', 'a page holds 0 to 100 rows, not 101'],
    ['first: -1', 'first', 'a page holds 0 to 100 rows, not -1'],
    ['first: 2, last: 2', 'first', 'first and last cannot be given together'],
    ['after: "nonsense"', 'after', '"nonsense" is no cursor of this list'],
    ['before: ""', 'before', '"" is no cursor of this list'],
  ])('articles(%s) is refused and says why', async (args, argument, problem) => {
    const answer = await graph.tryAsk(`{ articles(${args}) { nodes { id } } }`);
    expect(codesOf(answer)).toEqual([
      { code: 'BAD_USER_INPUT', path: 'articles', message: `${argument}: ${problem}` },
    ]);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ argument });
  });

  test('a cursor of another list is refused', async () => {
    const { stories } = await graph.ask<{ stories: Page<unknown> }>(`{ stories { ${PAGE_INFO} } }`);
    const answer = await graph.tryAsk(
      `{ articles(after: "${stories.pageInfo.endCursor}") { nodes { id } } }`,
    );
    expect(codesOf(answer)).toMatchObject([{ code: 'BAD_USER_INPUT', path: 'articles' }]);
  });

  test.each([
    JSON.stringify(['articles', 9e99, '1']),
    // Before the year 1, and past 9999.
    JSON.stringify(['articles', -62_135_596_800_001, '1']),
    JSON.stringify(['articles', 253_402_300_800_000, '1']),
    JSON.stringify(['articles', 1, "1'; drop table article; --"]),
    JSON.stringify(['articles', 1, '99999999999']),
    JSON.stringify(['articles', null, null]),
    JSON.stringify(['articles', 1]),
    JSON.stringify({ 0: 'articles' }),
    '\u0000',
  ])('a forged cursor %s is refused', async (text) => {
    const after = Buffer.from(text).toString('base64url');
    const answer = await graph.tryAsk(`{ articles(after: "${after}") { nodes { id } } }`);
    expect(codesOf(answer)).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });
});

test.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+12:00', '9999-12-31T23:59:59-12:00'])(
  'the moment %s is refused, as no one can store it',
  async (moment) => {
    const query = 'query ($m: DateTime) { articles(filter: { publishedAfter: $m }) { totalCount } }';
    const answer = await graph.tryAsk(query, { m: moment });
    expect(answer.errors?.map(({ message }) => message)).toEqual([
      expect.stringContaining('DateTime: a year from 1 to 9999 is needed'),
    ]);
  },
);

describe('nested lists', () => {
  test('each parent gets a page of its own', async () => {
    const { actors } = await graph.ask<{
      actors: Page<{ slug: string; articles: Page<{ url: string }>; claims: Page<unknown> }>;
    }>(
      `{ actors { nodes { slug articles(first: 2) { nodes { url } totalCount ${PAGE_INFO} } claims { totalCount } } } }`,
    );
    const url = (hour: number) => ({ url: `https://quotidien.example/article-${hour}` });
    expect(
      actors.nodes.map(({ slug, articles, claims }) => [
        slug,
        articles.nodes,
        articles.totalCount,
        claims.totalCount,
      ]),
    ).toEqual([
      ['arthur-mensch', [url(0), url(1)], SIZE, SIZE],
      ['bpifrance', [], 0, 0],
      ['kyutai', [url(0), url(2)], SIZE / 2, 0],
      ['mistral-ai', [url(0), url(1)], SIZE, 0],
    ]);
    expect(actors.nodes.map(({ articles }) => articles.pageInfo.hasNextPage)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  test('paging through a nested list gives each row once', async () => {
    const seen: string[] = [];
    for (let at: string | null = null, more = true; more; ) {
      const { actor }: { actor: { articles: Page<{ url: string }> } } = await graph.ask(
        `query ($at: Cursor) { actor(slug: "kyutai") { articles(first: 5, after: $at) { nodes { url } ${PAGE_INFO} } } }`,
        { at },
      );
      seen.push(...actor.articles.nodes.map(({ url }) => url));
      at = actor.articles.pageInfo.endCursor;
      more = actor.articles.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(
      Array.from({ length: SIZE / 2 }, (_, i) => `https://quotidien.example/article-${2 * i}`),
    );
  });

  test('the same list under two names keeps its arguments apart', async () => {
    const { actor } = await graph.ask<{ actor: Record<'two' | 'three', Page<unknown>> }>(
      '{ actor(slug: "mistral-ai") { two: articles(first: 2) { nodes { id } } three: articles(last: 3) { nodes { id } } } }',
    );
    expect([actor.two.nodes.length, actor.three.nodes.length]).toEqual([2, 3]);
  });

  test('lists within lists within lists stay together', async () => {
    const { feeds } = await graph.ask<{
      feeds: Page<{
        articles: Page<{ actors: Page<{ slug: string }>; claims: Page<{ speaker: { slug: string } }> }>;
      }>;
    }>(
      '{ feeds { nodes { articles(first: 3) { nodes { actors(first: 5) { nodes { slug } } claims { nodes { speaker { slug } } } } } } } }',
    );
    const [gazette, quotidien] = feeds.nodes;
    expect(gazette?.articles.nodes).toEqual([]);
    expect(quotidien?.articles.nodes.map(({ actors }) => actors.nodes.map(({ slug }) => slug))).toEqual([
      ['mistral-ai', 'arthur-mensch', 'kyutai'],
      ['mistral-ai', 'arthur-mensch'],
      ['mistral-ai', 'arthur-mensch', 'kyutai'],
    ]);
    expect(quotidien?.articles.nodes.map(({ claims }) => claims.nodes)).toEqual(
      Array(3).fill([{ speaker: { slug: 'arthur-mensch' } }]),
    );
  });
});

test('lists of lists that come to too many rows are refused, saying how many would do', async () => {
  const own = await useTestDatabase();
  await own.db.$executeRaw`insert into feed (url, title, outlet, next_poll_at)
    select 'https://f.example/' || n, 'F', 'F', now() from generate_series(1, 3) n`;
  await own.db.$executeRaw`insert into story (title, first_seen_at) values ('S', now())`;
  await own.db.$executeRaw`insert into article
      (url, title, summary, outlet, published_at, fetched_at, content_hash, reader, feed_id, story_id)
    select 'https://a.example/' || n, 'A', '', 'F', now(), now(), '', '1', f.id, s.id
      from generate_series(1, 300) n join feed f on f.id % 3 = n % 3, story s`;
  const client = openGraph(own);
  const ask = (first: number) =>
    client.tryAsk(
      `{ feeds(first: 3) { nodes { articles(first: 100) { nodes { claims(first: ${first}) { nodes { id } } } } } } }`,
    );
  expect(codesOf(await ask(67))).toEqual([
    {
      code: 'BAD_USER_INPUT',
      path: expect.stringMatching(/claims\.nodes$/),
      message:
        'first: this list stands in 300 rows, which makes more than 20000 in all; ask for at most 66 rows here, or for fewer rows around it',
    },
  ]);
  expect((await ask(66)).errors).toBeUndefined();
});

describe('statements', () => {
  const STATEMENTS: readonly (readonly [string, string, number])[] = [
    ['a plain list', 'articles(first: $n) { nodes { title outlet } pageInfo { endCursor } }', 1],
    ['a list with its count', 'articles(first: $n) { totalCount nodes { title } }', 2],
    ['a list of nothing but its count', 'articles { totalCount }', 1],
    [
      'a list with a nested list',
      'articles(first: $n) { nodes { title claims(first: 5) { nodes { quote } } } }',
      2,
    ],
    [
      'edges with a nested list',
      'articles(first: $n) { edges { node { title claims { edges { node { quote } } } } } }',
      2,
    ],
    ['nested counts', 'articles(first: $n) { nodes { claims { totalCount } } }', 2],
    [
      'the latest with actors and claims',
      'articles(first: $n) { nodes { title outlet actors { nodes { name } } claims { nodes { quote speakerName } } } }',
      3,
    ],
    ['a list with a relation', 'articles(first: $n) { nodes { title story { title } } }', 3],
    [
      'an actor with articles and rounds',
      'actor(slug: "mistral-ai") { name articles(first: $n) { nodes { title } } fundingEvents(first: $n) { nodes { money { amount } } } }',
      3,
    ],
  ];

  test.each(STATEMENTS)(
    '%s takes the same statements whatever its size',
    async (_name, selection, statements) => {
      const document = `query ($n: Int) { ${selection} }`.replace(
        'query ($n: Int)',
        selection.includes('$n') ? 'query ($n: Int)' : 'query',
      );
      const count = (n: number) => countStatements(database, () => graph.ask(document, { n }));
      const [small, large] = [await count(2), await count(20)];
      expect([small, large]).toEqual([statements, statements]);
    },
  );

  test('the whole of an article is read in a fixed number of statements', async () => {
    const document = `query ($n: Int) { articles(first: $n) { nodes {
      title text story { title } feed { outlet } revisions { nodes { title } }
      mentions { nodes { surface actor { name aliases { text } } } }
      claims { nodes { quote speaker { name } about { name } } }
      funding { nodes { money { amount } investors { lead investor { name } } event { date reports { nodes { id } } } } }
    } } }`;
    const count = (n: number) => countStatements(database, () => graph.ask(document, { n }));
    expect([await count(5), await count(20)]).toEqual([21, 21]);
  });
});

test('totalCount stops counting where it says', async () => {
  const own = await useTestDatabase();
  await own.db.$executeRaw`insert into actor (slug, name, kind, status)
    select 'n-' || n, 'N', 'COMPANY', 'CANDIDATE' from generate_series(1, 10005) n`;
  const { actors } = await openGraph(own).ask<{ actors: Page<unknown> }>(
    '{ actors(first: 0, filter: { statuses: [CANDIDATE] }) { totalCount nodes { id } } }',
  );
  expect(actors).toEqual({ totalCount: 10_001, nodes: [] });
});
