import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TokenScope } from '#generated/prisma/enums.ts';
import type { Database } from '#platform/database.ts';
import { schema } from '#server/schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, openGraph } from '../support/graph.ts';
import { seedNewsroom } from '../support/seed.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedNewsroom(database.db, 3);
});
afterAll(() => database[Symbol.asyncDispose]());

const ALL = Object.values(TokenScope);

/** A call of each root field; a field that is added without one fails the test below. */
const CALLS = {
  Query: {
    node: 'node(id: "QXJ0aWNsZTox") { id }',
    nodes: 'nodes(ids: ["QXJ0aWNsZTox"]) { id }',
    feeds: 'feeds { totalCount }',
    feed: 'feed(url: "https://quotidien.example/rss") { id }',
    feedHealth: 'feedHealth { total }',
    articles: 'articles { totalCount }',
    article: 'article(url: "https://quotidien.example/article-1") { id }',
    stories: 'stories { totalCount }',
    actors: 'actors { totalCount }',
    actor: 'actor(slug: "kyutai") { id }',
    candidates: 'candidates { totalCount }',
    claims: 'claims { totalCount }',
    fundingEvents: 'fundingEvents { totalCount }',
    matches: 'matches { totalCount }',
    watches: 'watches { totalCount }',
    watch: 'watch(id: "V2F0Y2g6MQ==") { id }',
    watchPreview: 'watchPreview(filter: {}) { count }',
    channels: 'channels { totalCount }',
    search: 'search(text: "modèle") { nodes { __typename } }',
    articleCounts: 'articleCounts { count }',
    claimCounts: 'claimCounts { count }',
    fundingTotals: 'fundingTotals(by: KIND) { events }',
    mostQuoted: 'mostQuoted { claims }',
    firstOutlets: 'firstOutlets { first }',
    tokens: 'tokens { totalCount }',
    rateLimit: 'rateLimit { remaining }',
  },
  Mutation: {
    addFeed: 'addFeed(input: { url: "https://a.example/feed" }) { __typename }',
    setFeedPaused: 'setFeedPaused(input: { feed: "RmVlZDox", paused: true }) { __typename }',
    removeFeed: 'removeFeed(input: { feed: "RmVlZDo5OTk=" }) { __typename }',
    importFeeds: 'importFeeds(input: { opml: "<opml/>" }) { __typename }',
    adoptSuccessor: 'adoptSuccessor(input: { feed: "RmVlZDox" }) { __typename }',
    dismissSuccessor: 'dismissSuccessor(input: { feed: "RmVlZDox" }) { __typename }',
    pollFeed: 'pollFeed(input: { feed: "RmVlZDox" }) { __typename }',
    importArticle:
      'importArticle(input: { url: "https://a.example/1", title: "t", text: "t" }) { __typename }',
    createToken: 'createToken(input: { name: "n", scopes: [READ] }) { __typename }',
    revokeToken: 'revokeToken(input: { token: "QXBpVG9rZW46MQ==" }) { __typename }',
    createActor: 'createActor(input: { name: "n", kind: LAB }) { __typename }',
    confirmCandidate: 'confirmCandidate(input: { candidate: "QWN0b3I6MQ==" }) { __typename }',
    mergeActor: 'mergeActor(input: { actor: "QWN0b3I6MQ==", into: "QWN0b3I6Mg==" }) { __typename }',
    rejectCandidate: 'rejectCandidate(input: { candidate: "QWN0b3I6MQ==" }) { __typename }',
    createWatch: 'createWatch(input: { name: "n", filter: {} }) { __typename }',
    updateWatch: 'updateWatch(input: { watch: "V2F0Y2g6MQ==" }) { __typename }',
    deleteWatch: 'deleteWatch(input: { watch: "V2F0Y2g6MQ==" }) { __typename }',
    muteWatch: 'muteWatch(input: { watch: "V2F0Y2g6MQ==" }) { __typename }',
    unmuteWatch: 'unmuteWatch(input: { watch: "V2F0Y2g6MQ==" }) { __typename }',
    createChannel: 'createChannel(input: { watch: "V2F0Y2g6MQ==", target: { feed: true } }) { __typename }',
    updateChannel: 'updateChannel(input: { channel: "Q2hhbm5lbDox", hour: 7 }) { __typename }',
    deleteChannel: 'deleteChannel(input: { channel: "Q2hhbm5lbDox" }) { __typename }',
    pauseChannel: 'pauseChannel(input: { channel: "Q2hhbm5lbDox" }) { __typename }',
    resumeChannel: 'resumeChannel(input: { channel: "Q2hhbm5lbDox" }) { __typename }',
    rotateChannelSecret: 'rotateChannelSecret(input: { channel: "Q2hhbm5lbDox" }) { __typename }',
    testChannel: 'testChannel(input: { channel: "Q2hhbm5lbDox" }) { __typename }',
    redeliver: 'redeliver(input: { channel: "Q2hhbm5lbDox", cursor: "bTE6NDI" }) { __typename }',
  },
} as const;

describe.each(['Query', 'Mutation'] as const)('%s', (root) => {
  const calls: Readonly<Record<string, string>> = CALLS[root];
  const keyword = root === 'Query' ? 'query' : 'mutation';

  test('every field is called here', () => {
    const type = schema.getType(root);
    expect(isObjectType(type) && Object.keys(type.getFields()).sort()).toEqual(Object.keys(calls).sort());
  });

  test.each(Object.entries(calls))('a visitor without a scope is refused %s', async (field, call) => {
    const answer = await openGraph(database, { scopes: [] }).tryAsk(`${keyword} { ${call} }`);
    expect(codesOf(answer)).toEqual([
      { code: 'FORBIDDEN', path: field, message: 'this needs a token with the scope READ' },
    ]);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ scope: 'READ' });
  });
});

test.each([
  ['addFeed', 'INGEST'],
  ['setFeedPaused', 'INGEST'],
  ['removeFeed', 'INGEST'],
  ['importFeeds', 'INGEST'],
  ['pollFeed', 'INGEST'],
  ['adoptSuccessor', 'INGEST'],
  ['dismissSuccessor', 'INGEST'],
  ['importArticle', 'INGEST'],
  ['createToken', 'ADMIN'],
  ['revokeToken', 'ADMIN'],
  ['createActor', 'ADMIN'],
  ['confirmCandidate', 'ADMIN'],
  ['mergeActor', 'ADMIN'],
  ['rejectCandidate', 'ADMIN'],
  ['createWatch', 'WATCH'],
  ['updateWatch', 'WATCH'],
  ['deleteWatch', 'WATCH'],
  ['muteWatch', 'WATCH'],
  ['unmuteWatch', 'WATCH'],
  ['createChannel', 'WATCH'],
  ['updateChannel', 'WATCH'],
  ['deleteChannel', 'WATCH'],
  ['pauseChannel', 'WATCH'],
  ['resumeChannel', 'WATCH'],
  ['rotateChannelSecret', 'WATCH'],
  ['testChannel', 'WATCH'],
  ['redeliver', 'WATCH'],
] as const)(
  '%s takes a token with the scope %s, and every other scope is not enough',
  async (field, scope) => {
    const others = ALL.filter((other) => other !== scope && other !== 'ADMIN');
    const refused = await openGraph(database, { scopes: others }).tryAsk(
      `mutation { ${CALLS.Mutation[field]} }`,
    );
    expect(codesOf(refused)).toMatchObject([{ code: 'FORBIDDEN', path: field }]);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ scope });
    const alone = await openGraph(database, { scopes: [scope] }).tryAsk(
      `mutation { ${CALLS.Mutation[field]} }`,
    );
    if (scope !== 'ADMIN') expect(alone.errors?.[0]?.extensions).toMatchObject({ scope: 'READ' });
    const granted = await openGraph(database, { scopes: ['READ', scope] }).tryAsk(
      `mutation { ${CALLS.Mutation[field]} }`,
    );
    expect(granted.errors).toBeUndefined();
  },
);

test('the text of an article takes the scope TEXT, and the rest of the answer stands without it', async () => {
  const document =
    '{ article(url: "https://quotidien.example/article-1") { title text revisions { totalCount } } }';
  const refused = await openGraph(database, { scopes: ['READ'] }).tryAsk(document);
  expect(refused.data).toEqual({
    article: { title: 'Mistral AI, épisode 1', text: null, revisions: { totalCount: 0 } },
  });
  expect(codesOf(refused)).toEqual([
    { code: 'FORBIDDEN', path: 'article.text', message: 'this needs a token with the scope TEXT' },
  ]);
  const granted = await openGraph(database, { scopes: ['READ', 'TEXT'] }).ask<{ article: { text: string } }>(
    document,
  );
  expect(granted.article.text).toContain('Le modèle 1 est ouvert.');
});

test('watches take the scope WATCH, also when asked for by id', async () => {
  const { id } = await database.db.watch.create({ data: { name: 'secret', filter: {} } });
  const globalId = Buffer.from(`Watch:${id}`).toString('base64');
  const reader = openGraph(database, { scopes: ['READ'] });
  for (const document of [
    '{ watches { nodes { name } } }',
    `{ node(id: "${globalId}") { ... on Watch { name } } }`,
    `{ nodes(ids: ["${globalId}"]) { id ... on Watch { filter { actors } } } }`,
    // Nor that there is one.
    `{ node(id: "${globalId}") { __typename } }`,
  ]) {
    const answer = await reader.tryAsk(document);
    expect(codesOf(answer)[0]).toMatchObject({ code: 'FORBIDDEN' });
    expect(JSON.stringify(answer.data)).not.toContain('secret');
  }
});

test('a subscription is refused before it begins', async () => {
  const answer = await openGraph(database, { scopes: ['TEXT'] }).follow(
    'subscription { matches { cursor } }',
  );
  expect(Symbol.asyncIterator in answer).toBe(false);
  expect(codesOf(answer as never)).toMatchObject([{ code: 'FORBIDDEN', path: 'matches' }]);
});

test('ADMIN includes every scope', async () => {
  const admin = openGraph(database, { scopes: ['ADMIN'] });
  const answer = await admin.tryAsk('{ articles { nodes { text } } watches { totalCount } }');
  expect(answer.errors).toBeUndefined();
});
