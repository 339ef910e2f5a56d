import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FoundFeed } from '#feed/discover.ts';
import { loadFeedPaces } from '#feed/feed-pace.store.ts';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, openGraph } from '../support/graph.ts';
import { emptyNewsroom, NEWEST, seedArticle, seedFeed } from '../support/seed.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => emptyNewsroom(database.db));

const idOf = (type: string, id: number): string => Buffer.from(`${type}:${id}`).toString('base64');

describe('feeds', () => {
  beforeEach(async () => {
    await seedFeed(database.db, { url: 'https://quotidien.example/rss', outlet: 'Le Quotidien' });
    await seedFeed(database.db, {
      url: 'https://gazette.example/rss',
      outlet: 'La Gazette',
      lastError: 'the server answered 503',
    });
    await seedFeed(database.db, { url: 'https://eveil.example/atom', outlet: 'L’Éveil' });
    await database.db.feed.update({
      where: { url: 'https://eveil.example/atom' },
      data: { status: 'PAUSED' },
    });
    await database.db.feed.update({
      where: { url: 'https://quotidien.example/rss' },
      data: { topics: ['ia', 'science'] },
    });
  });

  test.each([
    ['{}', ['L’Éveil', 'La Gazette', 'Le Quotidien']],
    ['{ failing: true }', ['La Gazette']],
    ['{ failing: false }', ['L’Éveil', 'Le Quotidien']],
    ['{ statuses: [PAUSED, GONE] }', ['L’Éveil']],
    ['{ statuses: [] }', []],
    ['{ outlets: ["La Gazette", "Le Quotidien"], failing: false }', ['Le Quotidien']],
    ['{ topics: ["ia", "sport"] }', ['Le Quotidien']],
    ['{ topics: [] }', []],
    ['{ text: "eveil" }', ['L’Éveil']],
    ['{ text: "QUOTIDIEN.example" }', ['Le Quotidien']],
    ['{ text: "%" }', []],
    ['{ text: "a_l" }', []],
    ['{ text: null, failing: null }', ['L’Éveil', 'La Gazette', 'Le Quotidien']],
  ])('feeds(filter: %s)', async (filter, outlets) => {
    const { feeds } = await openGraph(database).ask<{
      feeds: { nodes: { outlet: string }[]; totalCount: number };
    }>(`{ feeds(filter: ${filter}) { nodes { outlet } totalCount } }`);
    expect(feeds.nodes.map(({ outlet }) => outlet).sort()).toEqual(outlets.sort());
    expect(feeds.totalCount).toBe(outlets.length);
  });

  test.each([
    ['OUTLET', ['L’Éveil', 'La Gazette', 'Le Quotidien']],
    ['NEXT_POLL', ['Le Quotidien', 'La Gazette', 'L’Éveil']],
    ['FAILING_SINCE', ['La Gazette', 'Le Quotidien', 'L’Éveil']],
    ['PACE', ['L’Éveil', 'Le Quotidien', 'La Gazette']],
  ])('feeds(orderBy: %s), page by page', async (orderBy, outlets) => {
    const set = (host: string, data: object) =>
      database.db.feed.updateMany({ where: { url: { contains: host } }, data });
    const inMinutes = (minutes: number) => new Date(NEWEST.getTime() + minutes * 60_000);
    await set('quotidien', { nextPollAt: inMinutes(5), intervalSeconds: 600 });
    await set('gazette', { nextPollAt: inMinutes(10), intervalSeconds: 86_400 });
    await set('eveil', { nextPollAt: inMinutes(1), intervalSeconds: 300 });
    type Listed = { feeds: { edges: { cursor: string; node: { outlet: string } }[] } };
    const graph = openGraph(database);
    const seen: string[] = [];
    for (let after: string | null = null; seen.length < 3; ) {
      const { feeds }: Listed = await graph.ask(
        `query ($after: Cursor) { feeds(orderBy: ${orderBy}, first: 1, after: $after) { edges { cursor node { outlet } } } }`,
        { after },
      );
      expect(feeds.edges).toHaveLength(1);
      seen.push(feeds.edges[0]!.node.outlet);
      after = feeds.edges[0]!.cursor;
    }
    if (orderBy === 'OUTLET') expect(seen.sort()).toEqual(outlets.sort());
    else expect(seen).toEqual(outlets);
  });

  test('a feed shows how much it publishes and how late that arrives', async () => {
    const feeds = await database.db.feed.findMany({ orderBy: { id: 'asc' } });
    const feedId = feeds[0]!.id;
    await database.db.feed.updateMany({ data: { createdAt: new Date(NEWEST.getTime() - 14 * 86_400_000) } });
    for (const minutes of [4, 10, 60]) {
      const publishedAt = new Date(NEWEST.getTime() - 5 * 86_400_000 + minutes * 1000);
      const { id } = await seedArticle(database.db, {
        url: `https://quotidien.example/${minutes}`,
        publishedAt,
        feedId,
      });
      const fetchedAt = new Date(publishedAt.getTime() + minutes * 60_000);
      await database.db.article.update({ where: { id }, data: { fetchedAt } });
    }
    // It stood in the feed before the feed was followed.
    const old = new Date(NEWEST.getTime() - 20 * 86_400_000);
    await seedArticle(database.db, { url: 'https://quotidien.example/old', publishedAt: old, feedId });
    // It has no date of its own: nobody knows how late it came.
    const undated = { url: 'https://autre.example/sans-date', publishedAt: old, feedId: feeds[2]!.id };
    const { id } = await seedArticle(database.db, undated);
    const arrival = { publishedAt: NEWEST, fetchedAt: NEWEST };
    await database.db.article.update({ where: { id }, data: arrival });
    const paces = await loadFeedPaces(
      database.db,
      feeds.map(({ id }) => id),
      NEWEST,
    );
    expect([...paces.values()]).toEqual([
      { articlesPerWeek: 1.5, medianDelaySeconds: 600 },
      { articlesPerWeek: 0, medianDelaySeconds: null },
      { articlesPerWeek: 0.5, medianDelaySeconds: null },
    ]);
    const answer = await openGraph(database).ask<{ feeds: { nodes: unknown[] }; feedHealth: unknown }>(
      '{ feeds { nodes { articlesPerWeek medianDelaySeconds } } feedHealth { total healthy failing waiting paused gone } }',
    );
    expect(answer.feeds.nodes).toHaveLength(3);
    expect(answer.feedHealth).toEqual({ total: 3, healthy: 1, failing: 1, waiting: 0, paused: 1, gone: 0 });
  });

  test('a feed shows its health and its latest polls first', async () => {
    const { id: feedId } = await database.db.feed.findFirstOrThrow({ where: { outlet: 'La Gazette' } });
    await database.db.feedPoll.createMany({
      data: [
        {
          feedId,
          startedAt: new Date('2026-03-12T06:00:00Z'),
          durationMs: 80,
          outcome: 'FETCHED',
          items: 30,
          newArticles: 3,
        },
        {
          feedId,
          startedAt: new Date('2026-03-12T07:00:00Z'),
          durationMs: 20,
          outcome: 'FAILED',
          httpStatus: 503,
          problem: 'busy',
        },
      ],
    });
    const { feed } = await openGraph(database).ask<{ feed: unknown }>(
      `{ feed(url: "https://gazette.example/rss#top") {
        status consecutiveFailures lastError failingSince lastPollAt nextPollAt intervalSeconds siteUrl topics
        polls { totalCount nodes { startedAt outcome httpStatus newArticles problem } }
      } }`,
    );
    expect(feed).toEqual({
      status: 'ACTIVE',
      consecutiveFailures: 3,
      lastError: 'the server answered 503',
      failingSince: '2026-03-12T07:00:00.000Z',
      lastPollAt: '2026-03-12T11:00:00.000Z',
      nextPollAt: '2026-03-12T12:00:00.000Z',
      intervalSeconds: 900,
      siteUrl: null,
      topics: [],
      polls: {
        totalCount: 2,
        nodes: [
          {
            startedAt: '2026-03-12T07:00:00.000Z',
            outcome: 'FAILED',
            httpStatus: 503,
            newArticles: 0,
            problem: 'busy',
          },
          {
            startedAt: '2026-03-12T06:00:00.000Z',
            outcome: 'FETCHED',
            httpStatus: null,
            newArticles: 3,
            problem: null,
          },
        ],
      },
    });
  });

  test('the articles of a feed are its own', async () => {
    const feedId = (await database.db.feed.findFirstOrThrow({ where: { outlet: 'La Gazette' } })).id;
    await seedArticle(database.db, { url: 'https://gazette.example/1', feedId });
    await seedArticle(database.db, { url: 'https://other.example/1' });
    const { feed } = await openGraph(database).ask<{ feed: unknown }>(
      '{ feed(url: "https://gazette.example/rss") { articles { nodes { url feed { outlet } } } } }',
    );
    expect(feed).toEqual({
      articles: { nodes: [{ url: 'https://gazette.example/1', feed: { outlet: 'La Gazette' } }] },
    });
  });

  test('a feed that nobody follows is null', async () => {
    expect(await openGraph(database).ask('{ feed(url: "https://nobody.example/") { id } }')).toEqual({
      feed: null,
    });
  });
});

const ADD = `mutation ($input: AddFeedInput!) { addFeed(input: $input) {
  ... on AddFeedPayload { feed { id url title outlet topics status nextPollAt siteUrl language } problem }
  ... on UserError { __typename code field message }
  ... on ChoiceError { choices { value title } }
  ... on ConflictError { existing }
} }`;

describe('addFeed', () => {
  test('a feed is followed from now on, under its normal address, and its first poll is planned', async () => {
    const planned: number[] = [];
    const graph = openGraph(database, { jobs: { planPoll: async (id) => void planned.push(id) } });
    const { addFeed } = await graph.ask<{ addFeed: { feed: { id: string } } }>(ADD, {
      input: { url: ' HTTPS://Www.Example.org:443/rss.xml#x ', title: ' Une ', topics: ['ia', ' ia ', ''] },
    });
    expect(addFeed.feed).toMatchObject({
      url: 'https://www.example.org/rss.xml',
      title: 'Une',
      outlet: 'example.org',
      topics: ['ia'],
      status: 'ACTIVE',
      nextPollAt: NEWEST.toISOString(),
    });
    const { id } = await database.db.feed.findFirstOrThrow();
    expect(addFeed.feed.id).toBe(idOf('Feed', id));
    expect(planned).toEqual([id]);
  });

  describe('an address that stands for something else', () => {
    const LE_MONDE = {
      found: 'FEED',
      url: 'https://journal.example/feed.xml',
      title: ' Le Journal : à la une ',
      siteUrl: 'https://journal.example/',
      language: 'fr',
    } as const;
    const add = async (found: FoundFeed, input: object) => {
      const asked: string[] = [];
      const findFeed = async (url: string) => {
        asked.push(url);
        return found;
      };
      const jobs = { findFeed };
      const { addFeed } = await openGraph(database, { jobs }).ask<{ addFeed: Record<string, unknown> }>(ADD, {
        input,
      });
      return { addFeed, asked };
    };

    test('a page is followed as its feed, under the feed’s own name, site and language', async () => {
      const { addFeed, asked } = await add(LE_MONDE, { url: 'https://journal.example/tribune/1#debut' });
      expect(asked).toEqual(['https://journal.example/tribune/1']);
      expect(addFeed).toMatchObject({
        feed: {
          url: LE_MONDE.url,
          title: 'Le Journal : à la une',
          outlet: 'Le Journal : à la une',
          siteUrl: LE_MONDE.siteUrl,
          language: 'fr',
        },
        problem: null,
      });
      expect((await database.db.feed.findFirstOrThrow()).unnamed).toEqual([]);
    });

    test('the names that were given stay', async () => {
      const { addFeed } = await add(LE_MONDE, { url: 'https://journal.example/', outlet: 'Journal' });
      expect(addFeed.feed).toMatchObject({ title: 'Le Journal : à la une', outlet: 'Journal' });
    });

    test('a page with several feeds is a choice, and nothing is followed', async () => {
      const links = [
        { url: 'https://journal.example/a', title: 'Une', type: null },
        { url: 'https://journal.example/b', title: null, type: 'application/rss+xml' },
      ];
      const { addFeed } = await add({ found: 'PAGE', links }, { url: 'https://journal.example/' });
      expect(addFeed).toMatchObject({
        __typename: 'ChoiceError',
        code: 'CHOICE',
        field: 'input.url',
        choices: [
          { value: 'https://journal.example/a', title: 'Une' },
          { value: 'https://journal.example/b', title: null },
        ],
      });
      expect(await database.db.feed.count()).toBe(0);
    });

    test('a page whose feed is followed already is a conflict', async () => {
      await seedFeed(database.db, { url: LE_MONDE.url, outlet: 'A' });
      const { addFeed } = await add(LE_MONDE, { url: 'https://journal.example/' });
      expect(addFeed).toMatchObject({ __typename: 'ConflictError', field: 'input.url' });
    });

    test.each(['NO_FEED', 'REFUSED'] as const)('%s is refused with the reason', async (reason) => {
      const { addFeed } = await add(
        { found: 'NOTHING', reason, problem: 'because' },
        { url: 'https://journal.example/' },
      );
      expect(addFeed).toMatchObject({
        __typename: 'InvalidInputError',
        field: 'input.url',
        message: 'no feed to follow there: because',
      });
      expect(await database.db.feed.count()).toBe(0);
    });

    test('what cannot be reached now is followed all the same, and named later', async () => {
      const { addFeed } = await add(
        { found: 'NOTHING', reason: 'UNREACHABLE', problem: 'fell silent' },
        { url: 'https://journal.example/rss', title: 'Une' },
      );
      expect(addFeed).toMatchObject({
        feed: { title: 'Une', outlet: 'journal.example' },
        problem: 'fell silent',
      });
      expect((await database.db.feed.findFirstOrThrow()).unnamed).toEqual(['outlet']);
    });
  });

  test('a feed that is followed already is a conflict that names it', async () => {
    const id = await seedFeed(database.db, { url: 'https://a.example/rss', outlet: 'A' });
    const { addFeed } = await openGraph(database).ask<{ addFeed: unknown }>(ADD, {
      input: { url: 'https://a.example/rss#again' },
    });
    expect(addFeed).toMatchObject({
      __typename: 'ConflictError',
      code: 'CONFLICT',
      field: 'input.url',
      existing: idOf('Feed', id),
    });
    expect(await database.db.feed.count()).toBe(1);
  });

  test.each([
    ['another protocol', { url: 'ftp://a.example/rss' }, 'input.url'],
    ['a relative address', { url: 'rss.xml' }, 'input.url'],
    ['no address', { url: '' }, 'input.url'],
    ['a script', { url: 'javascript:alert(1)' }, 'input.url'],
    ['an address with a password', { url: 'https://user:word@a.example/rss' }, 'input.url'],
    ['an address that is too long', { url: `https://a.example/${'x'.repeat(2_100)}` }, 'input.url'],
    ['a title that is too long', { url: 'https://a.example/rss', title: 'x'.repeat(201) }, 'input.title'],
    ['an outlet that is too long', { url: 'https://a.example/rss', outlet: 'x'.repeat(201) }, 'input.outlet'],
    ['a topic that is too long', { url: 'https://a.example/rss', topics: ['x'.repeat(51)] }, 'input.topics'],
    [
      'too many topics',
      { url: 'https://a.example/rss', topics: Array.from({ length: 21 }, (_, i) => `${i}`) },
      'input.topics',
    ],
  ])('%s is refused, naming the field', async (_what, input, field) => {
    const { addFeed } = await openGraph(database).ask<{ addFeed: unknown }>(ADD, { input });
    expect(addFeed).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', field });
    expect(await database.db.feed.count()).toBe(0);
  });

  test('two clients that add the same feed at once get one feed and one conflict', async () => {
    const graph = openGraph(database);
    const add = () =>
      graph.ask<{ addFeed: { code?: string } }>(ADD, { input: { url: 'https://a.example/rss' } });
    const answers = await Promise.all([add(), add(), add()]);
    expect(answers.map(({ addFeed }) => addFeed.code ?? 'ADDED').sort()).toEqual([
      'ADDED',
      'CONFLICT',
      'CONFLICT',
    ]);
    expect(await database.db.feed.count()).toBe(1);
  });
});

describe('pollFeed', () => {
  const POLL = `mutation ($feed: ID!) { pollFeed(input: { feed: $feed }) {
    ... on PollFeedPayload { finished feed { outlet } poll { outcome newArticles } }
    ... on UserError { __typename code field message }
  } }`;

  test('it gives the poll that has ended', async () => {
    const feedId = await seedFeed(database.db, { url: 'https://a.example/rss', outlet: 'A' });
    const pollFeed = async (id: number) => {
      await database.db.feedPoll.create({
        data: { feedId: id, startedAt: NEWEST, durationMs: 1, outcome: 'FETCHED', newArticles: 4 },
      });
      return true;
    };
    const answer = await openGraph(database, { jobs: { pollFeed } }).ask(POLL, {
      feed: idOf('Feed', feedId),
    });
    expect(answer).toEqual({
      pollFeed: { finished: true, feed: { outlet: 'A' }, poll: { outcome: 'FETCHED', newArticles: 4 } },
    });
  });

  test('a poll that takes too long is said not to have finished', async () => {
    const feedId = await seedFeed(database.db, { url: 'https://a.example/rss', outlet: 'A' });
    const answer = await openGraph(database, { jobs: { pollFeed: async () => false } }).ask(POLL, {
      feed: idOf('Feed', feedId),
    });
    expect(answer).toEqual({ pollFeed: { finished: false, feed: { outlet: 'A' }, poll: null } });
  });

  test.each(['PAUSED', 'GONE'] as const)('a feed that is %s is not waited for', async (status) => {
    const feedId = await seedFeed(database.db, { url: 'https://a.example/rss', outlet: 'A' });
    await database.db.feed.update({ where: { id: feedId }, data: { status } });
    const jobs = { pollFeed: async () => Promise.reject(new Error('waited')) };
    const answer = await openGraph(database, { jobs }).ask(POLL, { feed: idOf('Feed', feedId) });
    const message = `this feed is ${status.toLowerCase()}: \`setFeedPaused\` resumes it`;
    expect(answer).toMatchObject({ pollFeed: { __typename: 'InvalidInputError', message } });
  });

  test.each([
    [idOf('Feed', 12_345), 'NotFoundError'],
    [idOf('Article', 1), 'InvalidInputError'],
    ['nonsense', 'InvalidInputError'],
  ])('%s is refused with a %s and nothing is polled', async (feed, type) => {
    const asked: number[] = [];
    const jobs = { pollFeed: async (id: number) => asked.push(id) > 0 };
    const { pollFeed } = await openGraph(database, { jobs }).ask<{ pollFeed: unknown }>(POLL, { feed });
    expect(pollFeed).toMatchObject({ __typename: type, field: 'input.feed' });
    expect(asked).toEqual([]);
  });
});

test('a paused feed is polled again when it is resumed', async () => {
  const feedId = await seedFeed(database.db, { url: 'https://a.example/rss', outlet: 'A' });
  const planned: number[] = [];
  const graph = openGraph(database, { jobs: { planPoll: async (id) => void planned.push(id) } });
  const pause = (paused: boolean) =>
    graph.ask(
      `mutation ($feed: ID!) { setFeedPaused(input: { feed: $feed, paused: ${paused} }) {
        ... on SetFeedPausedPayload { feed { status } } ... on UserError { code } } }`,
      { feed: idOf('Feed', feedId) },
    );
  expect(await pause(true)).toEqual({ setFeedPaused: { feed: { status: 'PAUSED' } } });
  expect(planned).toEqual([]);
  expect(await pause(false)).toEqual({ setFeedPaused: { feed: { status: 'ACTIVE' } } });
  expect(planned).toEqual([feedId]);
});

test('a feed that is removed takes its health with it and leaves its articles', async () => {
  const feedId = await seedFeed(database.db, { url: 'https://a.example/rss', outlet: 'A' });
  const { id: articleId } = await seedArticle(database.db, { url: 'https://a.example/1', feedId });
  const remove = () =>
    openGraph(database).ask(
      `mutation ($feed: ID!) { removeFeed(input: { feed: $feed }) {
        ... on RemoveFeedPayload { deletedId } ... on UserError { code field } } }`,
      { feed: idOf('Feed', feedId) },
    );
  expect(await remove()).toEqual({ removeFeed: { deletedId: idOf('Feed', feedId) } });
  expect(await database.db.article.findUnique({ where: { id: articleId } })).toMatchObject({ feedId: null });
  expect(await remove()).toEqual({ removeFeed: { code: 'NOT_FOUND', field: 'input.feed' } });
});

describe('a list of feeds', () => {
  const importFeeds = (opml: string) =>
    openGraph(database).ask<{ importFeeds: unknown }>(
      `mutation ($opml: String!) { importFeeds(input: { opml: $opml }) {
        ... on ImportFeedsPayload { added known problems } ... on UserError { code field message } } }`,
      { opml },
    );
  const listOf = (...urls: readonly string[]): string =>
    `<opml version="2.0"><body><outline text="IA">${urls.map((url) => `<outline text="Un titre" xmlUrl="${url}"/>`).join('')}</outline></body></opml>`;

  test('is followed but for what is followed already and what makes no feed, and again changes nothing', async () => {
    await seedFeed(database.db, { url: 'https://a.example/rss', outlet: 'A' });
    const opml = listOf('https://a.example/rss', 'https://b.example/rss', 'ftp://c.example/rss');
    const problems = [expect.stringContaining('ftp://c.example/rss')];
    expect(await importFeeds(opml)).toEqual({ importFeeds: { added: 1, known: 1, problems } });
    expect(await database.db.feed.findUnique({ where: { url: 'https://b.example/rss' } })).toMatchObject({
      title: 'Un titre',
      topics: ['IA'],
      status: 'ACTIVE',
    });
    expect(await importFeeds(opml)).toEqual({ importFeeds: { added: 0, known: 2, problems } });
  });

  test.each(['', 'no list', '<html><body/></html>'])('that is none is refused: %j', async (opml) => {
    expect(await importFeeds(opml)).toMatchObject({
      importFeeds: { code: 'INVALID_INPUT', field: 'input.opml' },
    });
  });
});

test('what is thrown by the queue is no typed result', async () => {
  const feedId = await seedFeed(database.db, { url: 'https://a.example/rss', outlet: 'A' });
  const jobs = { pollFeed: () => Promise.reject(new Error('queue: down')) };
  const answer = await openGraph(database, { jobs }).tryAsk(
    'mutation ($feed: ID!) { pollFeed(input: { feed: $feed }) { __typename } }',
    { feed: idOf('Feed', feedId) },
  );
  expect(codesOf(answer)).toMatchObject([{ path: 'pollFeed', message: 'queue: down' }]);
});
