import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportRequest } from '#graphql/context.ts';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, type Graph, openGraph } from '../support/graph.ts';
import { NEWEST, seedArticle, seedFeed, seedNewsroom } from '../support/seed.ts';

let database: Database;
let graph: Graph;
let feedId: number;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
  ({ feedId } = await seedNewsroom(database.db, 10));
  const first = await seedArticle(database.db, {
    url: 'https://eveil.example/levees?id=3',
    title: 'L’Élysée et les levées de fonds',
    text: 'Les journaux régionaux s’interrogent.\nRien de neuf.',
    outlet: 'L’Éveil',
    publishedAt: new Date('2026-03-01T08:00:00Z'),
  });
  await seedArticle(database.db, {
    url: 'https://gazette.example/copie',
    title: 'Copie',
    text: 'The same, in English.',
    outlet: 'La Gazette',
    language: 'en',
    publishedAt: new Date('2026-03-01T09:00:00Z'),
    storyId: first.storyId,
  });
  await database.db.story.update({ where: { id: first.storyId }, data: { articleCount: 2 } });
  await database.db.articleRevision.createMany({
    data: [1, 2].map((version) => ({
      articleId: first.id,
      title: `Version ${version}`,
      text: 'avant',
      contentHash: `${version}`,
      replacedAt: new Date(NEWEST.getTime() + version),
      changed: ['title'],
    })),
  });
});
afterAll(() => database[Symbol.asyncDispose]());

const feedGlobalId = (): string => Buffer.from(`Feed:${feedId}`).toString('base64');

const hours = (...list: readonly number[]): string[] =>
  list.map((hour) => `quotidien.example/article-${hour}`);
const ALL = hours(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
const OWN = ['eveil.example/levees?id=3', 'gazette.example/copie'];

describe('articles', () => {
  test.each<[string, readonly string[]]>([
    ['{}', [...ALL, ...OWN]],
    ['{ text: "levee de fonds" }', ['eveil.example/levees?id=3']],
    ['{ text: "LEVÉES" }', ['eveil.example/levees?id=3']],
    ['{ text: "Élysée journal" }', ['eveil.example/levees?id=3']],
    ['{ text: "elysee -journaux" }', []],
    ['{ text: "\\"épisode 3\\"" }', hours(3)],
    ['{ text: "interrogent or anglais or english" }', OWN],
    ['{ text: "" }', [...ALL, ...OWN]],
    ['{ text: "l\'élysée" }', ['eveil.example/levees?id=3']],
    ['{ text: "!!! & | ( <->" }', []],
    ['{ outlets: ["La Gazette"] }', [...hours(4, 9), 'gazette.example/copie']],
    ['{ outlets: [] }', []],
    ['{ actors: ["kyutai"] }', hours(0, 2, 4, 6, 8)],
    ['{ actors: ["kyutai", "bpifrance"], outlets: ["La Gazette"] }', hours(4)],
    ['{ actors: [] }', []],
    ['{ actorKinds: [LAB] }', hours(0, 2, 4, 6, 8)],
    ['{ actorKinds: [GOVERNMENT] }', []],
    ['{ hasClaims: false }', OWN],
    ['{ hasClaims: true, hasFunding: true }', hours(0, 4, 8)],
    ['{ hasFunding: false, actors: ["kyutai"] }', hours(2, 6)],
    ['{ publishedAfter: "2026-03-12T11:00:00+01:00", publishedBefore: "2026-03-12T12:00:00Z" }', hours(1, 2)],
    ['{ publishedBefore: "2026-03-01T08:30:00Z" }', ['eveil.example/levees?id=3']],
    ['{ language: "en" }', ['gazette.example/copie']],
  ])('articles(filter: %s)', async (filter, expected) => {
    const { articles } = await graph.ask<{ articles: { nodes: { url: string }[]; totalCount: number } }>(
      `{ articles(first: 100, filter: ${filter}) { nodes { url } totalCount } }`,
    );
    expect(articles.nodes.map(({ url }) => url.replace('https://', '')).sort()).toEqual([...expected].sort());
    expect(articles.totalCount).toBe(expected.length);
  });

  test('those of one feed', async () => {
    const { articles } = await graph.ask<{ articles: { totalCount: number } }>(
      'query ($feed: ID!) { articles(filter: { feed: $feed }) { totalCount } }',
      { feed: feedGlobalId() },
    );
    expect(articles.totalCount).toBe(10);
  });

  test.each([
    [
      'filter: { actors: ["kyutai", "mistal-ai", "nobody"] }',
      /^filter\.actors: no actor has the slug "mistal-ai", "nobody"/,
    ],
    ['filter: { feed: "QXJ0aWNsZTox" }', /^filter\.feed: "QXJ0aWNsZTox" is no id of a feed/],
  ])('articles(%s) is refused, naming what is wrong', async (args, message) => {
    const answer = await graph.tryAsk(`{ articles(${args}) { totalCount } }`);
    expect(codesOf(answer)).toEqual([
      { code: 'BAD_USER_INPUT', path: 'articles', message: expect.stringMatching(message) },
    ]);
  });

  test('a NUL in a text does not reach Postgres', async () => {
    const answer = await graph.tryAsk(
      'query ($t: String!) { a: articles(filter: { text: $t }) { totalCount } b: articles(filter: { outlets: [$t], language: $t }) { totalCount } c: actors(filter: { text: $t, organization: $t }) { totalCount } d: actor(slug: $t) { id } }',
      { t: 'a\0b' },
    );
    expect(answer.errors).toBeUndefined();
  });
});

describe('article', () => {
  test.each([
    'https://eveil.example/levees?id=3',
    'https://eveil.example/levees?id=3&utm_source=rss#top',
    'https://eveil.example/levees/?utm_medium=x&id=3',
  ])('%s leads to the article', async (url) => {
    const { article } = await graph.ask<{ article: unknown }>(
      'query ($url: URL!) { article(url: $url) { url title outlet language publishedAt updatedAt fetchedAt authors feed { id } text } }',
      { url },
    );
    expect(article).toEqual({
      url: 'https://eveil.example/levees?id=3',
      title: 'L’Élysée et les levées de fonds',
      outlet: 'L’Éveil',
      language: 'fr',
      publishedAt: '2026-03-01T08:00:00.000Z',
      updatedAt: null,
      fetchedAt: NEWEST.toISOString(),
      authors: [],
      feed: null,
      text: 'Les journaux régionaux s’interrogent.\nRien de neuf.',
    });
  });

  test('an address that Vigie has not read gives null', async () => {
    expect(await graph.ask('{ article(url: "https://eveil.example/autre") { id } }')).toEqual({
      article: null,
    });
  });

  test.each(['ftp://eveil.example/', 'levees', ''])('"%s" is no address', async (url) => {
    const answer = await graph.tryAsk('query ($url: URL!) { article(url: $url) { id } }', { url });
    expect(codesOf(answer)).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });

  test('its revisions come the latest first', async () => {
    const { article } = await graph.ask<{ article: unknown }>(
      '{ article(url: "https://eveil.example/levees?id=3") { revisions { nodes { title text changed } } } }',
    );
    expect(article).toEqual({
      revisions: {
        nodes: [
          { title: 'Version 2', text: 'avant', changed: ['title'] },
          { title: 'Version 1', text: 'avant', changed: ['title'] },
        ],
      },
    });
  });

  test('its mentions come in reading order, with their evidence', async () => {
    const { article } = await graph.ask<{ article: unknown }>(
      '{ article(url: "https://quotidien.example/article-0") { mentions { nodes { surface field start end confidence actor { slug } } } } }',
    );
    const field = 'TEXT';
    expect(article).toEqual({
      mentions: {
        nodes: [
          { surface: 'Mistral AI', field, start: 0, end: 10, confidence: 1, actor: { slug: 'mistral-ai' } },
          {
            surface: 'Arthur Mensch',
            field,
            start: 23,
            end: 36,
            confidence: 1,
            actor: { slug: 'arthur-mensch' },
          },
          { surface: 'Kyutai', field, start: 70, end: 76, confidence: 1, actor: { slug: 'kyutai' } },
          { surface: 'Le Plan', field, start: 80, end: 87, confidence: 1, actor: { slug: 'le-plan' } },
        ],
      },
    });
  });

  test('its actors are the confirmed ones, and candidates when asked for', async () => {
    const { article } = await graph.ask<{
      article: Record<'members' | 'candidates', { nodes: { slug: string }[] }>;
    }>(
      `{ article(url: "https://quotidien.example/article-0") {
        members: actors { nodes { slug } } candidates: actors(statuses: [CANDIDATE]) { nodes { slug } } } }`,
    );
    expect(article.members.nodes.map(({ slug }) => slug)).toEqual(['mistral-ai', 'arthur-mensch', 'kyutai']);
    expect(article.candidates.nodes.map(({ slug }) => slug)).toEqual(['le-plan']);
  });
});

describe('stories', () => {
  test.each<[string, number]>([
    ['{}', 11],
    ['{ minimumArticles: 2 }', 1],
    ['{ outlets: ["La Gazette"] }', 3],
    ['{ actors: ["kyutai"] }', 5],
    ['{ text: "english" }', 1],
    ['{ firstSeenBefore: "2026-03-02T00:00:00Z" }', 1],
    ['{ firstSeenAfter: "2026-03-12T10:00:00Z" }', 3],
  ])('stories(filter: %s) are %i', async (filter, expected) => {
    const { stories } = await graph.ask<{ stories: { nodes: unknown[]; totalCount: number } }>(
      `{ stories(first: 100, filter: ${filter}) { nodes { id } totalCount } }`,
    );
    expect([stories.nodes.length, stories.totalCount]).toEqual([expected, expected]);
  });

  test('a story gives the articles that tell it', async () => {
    const { stories } = await graph.ask<{ stories: unknown }>(
      '{ stories(filter: { minimumArticles: 2 }) { nodes { title articleCount independentTexts articles { nodes { outlet story { title } } } } } }',
    );
    const story = { title: 'L’Élysée et les levées de fonds' };
    expect(stories).toEqual({
      nodes: [
        {
          ...story,
          articleCount: 2,
          independentTexts: 1,
          articles: {
            nodes: [
              { outlet: 'La Gazette', story },
              { outlet: 'L’Éveil', story },
            ],
          },
        },
      ],
    });
  });
});

describe('importArticle', () => {
  const IMPORT = `mutation ($input: ImportArticleInput!) { importArticle(input: $input) {
    ... on ImportArticlePayload { article { title } } ... on UserError { __typename code field message } } }`;
  const given = { url: 'https://a.example/1?utm_source=x', title: ' Titre ', text: 'Un texte.' };

  test('the article is ingested under its canonical address, and given when that ends in time', async () => {
    const asked: ImportRequest[] = [];
    const { id } = await database.db.article.findFirstOrThrow({ where: { title: 'Copie' } });
    const importArticle = async (request: ImportRequest) => {
      asked.push(request);
      return id;
    };
    const answer = await openGraph(database, { jobs: { importArticle } }).ask(IMPORT, {
      input: { ...given, publishedAt: '2026-03-12T09:00:00+01:00' },
    });
    expect(answer).toEqual({ importArticle: { article: { title: 'Copie' } } });
    expect(asked).toEqual([
      {
        url: 'https://a.example/1',
        title: 'Titre',
        text: 'Un texte.',
        outlet: null,
        publishedAt: new Date('2026-03-12T08:00:00Z'),
      },
    ]);
  });

  test('the article is null while it is queued', async () => {
    expect(await graph.ask(IMPORT, { input: given })).toEqual({ importArticle: { article: null } });
  });

  test.each([
    ['another protocol', { url: 'mailto:a@example.org' }, 'input.url'],
    ['an address that is too long', { url: `https://a.example/${'x'.repeat(2_100)}` }, 'input.url'],
    ['a blank title', { title: '  ' }, 'input.title'],
    ['a title that is too long', { title: 'x'.repeat(501) }, 'input.title'],
    ['no text', { text: '' }, 'input.text'],
    ['a text that is too long', { text: 'x'.repeat(200_001) }, 'input.text'],
    ['an outlet that is too long', { outlet: 'x'.repeat(201) }, 'input.outlet'],
    ['a date to come', { publishedAt: '2026-03-14T00:00:00Z' }, 'input.publishedAt'],
    ['a date that nobody set', { publishedAt: '1901-12-13T00:00:00Z' }, 'input.publishedAt'],
  ])('%s is refused, naming the field', async (_what, wrong, field) => {
    const asked: unknown[] = [];
    const importArticle = async (request: ImportRequest) => {
      asked.push(request);
      return null;
    };
    const client = openGraph(database, { jobs: { importArticle } });
    const answer = await client.ask<{ importArticle: unknown }>(IMPORT, { input: { ...given, ...wrong } });
    expect(answer.importArticle).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      field,
    });
    expect(asked).toEqual([]);
  });

  test('a title of 500 and a text of 200,000 characters pass', async () => {
    const input = { ...given, title: 'x'.repeat(500), text: 'x'.repeat(200_000) };
    expect(await graph.ask(IMPORT, { input })).toEqual({ importArticle: { article: null } });
  });
});

test('an article tells in which feeds it was seen, and when first', async () => {
  const [late, early] = [
    await seedFeed(database.db, { url: 'https://tard.example/rss', outlet: 'Tard' }),
    await seedFeed(database.db, { url: 'https://tot.example/rss', outlet: 'Tôt' }),
  ];
  const { id: articleId } = await seedArticle(database.db, { url: 'https://a.example/vu', feedId: early });
  await database.db.feedEntry.createMany({
    data: [
      { feedId: late, guid: 'x', articleId, itemHash: '', firstSeenAt: new Date('2026-03-02T08:00:00Z') },
      { feedId: early, guid: 'y', articleId, itemHash: '', firstSeenAt: new Date('2026-03-01T08:00:00Z') },
    ],
  });
  expect(
    await openGraph(database).ask(
      '{ article(url: "https://a.example/vu") { sightings { guid firstSeenAt feed { outlet } } } }',
    ),
  ).toEqual({
    article: {
      sightings: [
        { guid: 'y', firstSeenAt: '2026-03-01T08:00:00.000Z', feed: { outlet: 'Tôt' } },
        { guid: 'x', firstSeenAt: '2026-03-02T08:00:00.000Z', feed: { outlet: 'Tard' } },
      ],
    },
  });
});
