import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MatchStream } from '#graphql/context.ts';
import { formatCursor } from '#match/cursor.ts';
import { readLog } from '#match/match.store.ts';
import type { Database } from '#platform/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, countStatements, openGraph } from '../support/graph.ts';
import { seedNewsroom } from '../support/seed.ts';

let database: Database;
let seqs: bigint[];
beforeAll(async () => {
  database = await createTestDatabase();
  await seedNewsroom(database.db, 4);
  seqs = (await database.db.match.findMany({ orderBy: { seq: 'asc' } })).map(({ seq }) => seq);
});
afterAll(() => database[Symbol.asyncDispose]());

type Followed = Parameters<MatchStream['follow']>[0];

/** Replays the log behind the cursor. */
function replayingStream(asked: Followed[] = []): MatchStream {
  return {
    end: 0n,
    async *follow(options) {
      asked.push(options);
      const { after, filter } = options;
      yield* await readLog(database.db, { after: after ?? 0n, limit: 100, filter });
    },
  };
}

const follow = async (document: string, stream = replayingStream(), variables = {}) => {
  const events = await openGraph(database, { stream }).follow(document, variables);
  if (!(Symbol.asyncIterator in events)) throw new AggregateError(events.errors ?? []);
  return events[Symbol.asyncIterator]();
};

const take = async (events: AsyncIterator<ExecutionResult>, count: number): Promise<unknown[]> => {
  const data: unknown[] = [];
  while (data.length < count) {
    const { value } = await events.next();
    expect(value.errors).toBeUndefined();
    data.push(value.data.matches);
  }
  return data;
};

test('each match is an event with cursor, article, actor and reasons', async () => {
  const events = await follow(
    'subscription { matches { cursor createdAt actor { slug } article { title claims { nodes { quote } } } story { title } reasons { kind text field start end } } }',
  );
  const [first, second] = await take(events, 2);
  const title = 'Mistral AI, épisode 0';
  expect(first).toEqual({
    cursor: formatCursor(seqs[0]!),
    createdAt: expect.any(String),
    actor: { slug: 'mistral-ai' },
    article: { title, claims: { nodes: [{ quote: 'Le modèle 0 est ouvert.' }] } },
    story: { title },
    reasons: [{ kind: 'MENTIONED', text: 'Mistral', field: 'TITLE', start: 0, end: 7 }],
  });
  expect(second).toMatchObject({
    cursor: formatCursor(seqs[1]!),
    article: { title: 'Mistral AI, épisode 1' },
  });
  await events.return?.();
});

test('after hands the stream the place of the log, and filter its conditions', async () => {
  const asked: Followed[] = [];
  const events = await follow(
    'subscription ($after: Cursor, $filter: MatchFilterInput) { matches(after: $after, filter: $filter) { cursor } }',
    replayingStream(asked),
    {
      after: formatCursor(seqs[2]!),
      filter: { actors: ['mistral-ai'], reasons: ['MENTIONED', 'MENTIONED'] },
    },
  );
  expect(await take(events, 1)).toEqual([{ cursor: formatCursor(seqs[3]!) }]);
  expect(asked).toMatchObject([
    { after: seqs[2], filter: { actors: ['mistral-ai'], reasons: ['MENTIONED'] } },
  ]);
  await events.return?.();
});

test('who speaks for the actors is known to the stream', async () => {
  const asked: Followed[] = [];
  const events = await follow(
    'subscription { matches(filter: { actors: ["mistral-ai"], withSpokespeople: true }) { cursor } }',
    replayingStream(asked),
  );
  await take(events, 1);
  expect(asked).toMatchObject([{ filter: { actors: ['mistral-ai'], spokespeople: ['arthur-mensch'] } }]);
  await events.return?.();
});

test('without after the stream is asked for what comes from now on', async () => {
  const asked: Followed[] = [];
  const events = await follow('subscription { matches { cursor } }', replayingStream(asked));
  await take(events, 1);
  expect(asked).toMatchObject([{ after: null, filter: {} }]);
  await events.return?.();
});

test('an event takes the same statements each time', async () => {
  const events = await follow(
    'subscription { matches { cursor actor { slug } article { title } reasons { text } } }',
  );
  await take(events, 1);
  const count = () => countStatements(database, () => take(events, 1));
  // One for the match, one for each of its two relations.
  expect([await count(), await count()]).toEqual([3, 3]);
  await events.return?.();
});

test.each([
  ['after: "nonsense"', 'after: "nonsense" is no cursor of the match log'],
  ['after: ""', 'after: "" is no cursor of the match log'],
  ['after: "bTE6OTk5OTk5"', 'after: "bTE6OTk5OTk5" is no cursor of the match log'],
  [
    'filter: { actors: ["mistral-ai", "nobody"] }',
    expect.stringContaining('filter.actors: no actor has the slug "nobody"'),
  ],
])('matches(%s) is refused before it begins, naming what is wrong', async (args, message) => {
  const asked: Followed[] = [];
  const graph = openGraph(database, { stream: replayingStream(asked) });
  const answer = await graph.follow(`subscription { matches(${args}) { cursor } }`);
  expect(codesOf(answer as ExecutionResult)).toEqual([{ code: 'BAD_USER_INPUT', path: 'matches', message }]);
  expect(asked).toEqual([]);
});

test('a cursor of another list is refused', async () => {
  const graph = openGraph(database);
  const { articles } = await graph.ask<{ articles: { pageInfo: { endCursor: string } } }>(
    '{ articles { pageInfo { endCursor } } }',
  );
  const answer = await graph.follow(
    `subscription { matches(after: "${articles.pageInfo.endCursor}") { cursor } }`,
  );
  expect(codesOf(answer as ExecutionResult)).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
});
