/** GraphQL over SSE as graphql-sse’s PROTOCOL.md has it, in its distinct connections mode, case by case. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { BEGINNING, openAlertLog } from '../support/alert-log.ts';
import { type Api, startTestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Database;
let api: Api;
beforeAll(async () => {
  database = await createTestDatabase();
  await (await openAlertLog(database.db)).append(1);
  api = await startTestApi(database);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const EVENTS = { accept: 'text/event-stream' };
const JSON_BODY = { 'content-type': 'application/json', ...EVENTS };

/** The events of a stream, up to its end or to `count` of them; comments and `retry` left out. */
async function eventsOf(response: Response, count = Number.POSITIVE_INFINITY) {
  const events: { event: string; data: unknown }[] = [];
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: ?(.*)$/m.exec(block)?.[1];
      if (event !== undefined) events.push({ event, data: data ? JSON.parse(data) : null });
    }
    if (events.length >= count) break;
  }
  return events;
}

const post = (body: object | string) =>
  fetch(api.endpoint, {
    method: 'POST',
    headers: JSON_BODY,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (query: string) =>
  fetch(`${api.endpoint}?query=${encodeURIComponent(query)}`, { headers: EVENTS });

const ACTOR = { actor: { name: 'Mistral AI' } };

test.each<[string, () => Promise<Response>, object[]]>([
  [
    'a query by POST: one result, then complete',
    () => post({ query: '{ actor(slug: "mistral-ai") { name } }' }),
    [{ event: 'next', data: { data: ACTOR } }, { event: 'complete' }],
  ],
  [
    'a query by GET',
    () => get('{ actor(slug: "mistral-ai") { name } }'),
    [{ event: 'next', data: { data: ACTOR } }, { event: 'complete' }],
  ],
  [
    'a mutation',
    () => post({ query: 'mutation { deleteWatch(input: { watch: "x" }) { ... on UserError { code } } }' }),
    [{ event: 'next', data: { data: { deleteWatch: { code: 'NOT_FOUND' } } } }, { event: 'complete' }],
  ],
  [
    'an error while executing',
    () => post({ query: '{ articles(first: 1000) { totalCount } }' }),
    [{ event: 'next', data: { data: null, errors: [{ path: ['articles'] }] } }, { event: 'complete' }],
  ],
  [
    'a document that is not valid: told in the stream',
    () => post({ query: 'subscription { nothing }' }),
    [
      { event: 'next', data: { errors: [{ message: expect.stringContaining('Cannot query field') }] } },
      { event: 'complete' },
    ],
  ],
  [
    'a syntax error: told in the stream',
    () => post({ query: 'subscription {' }),
    [
      { event: 'next', data: { errors: [{ message: expect.stringContaining('Syntax Error') }] } },
      { event: 'complete' },
    ],
  ],
  [
    'a body that is no JSON: told in the stream',
    () => post('{'),
    [
      { event: 'next', data: { errors: [{ message: expect.stringContaining('JSON') }] } },
      { event: 'complete' },
    ],
  ],
  [
    'a body without a query: told in the stream',
    () => post({}),
    [
      { event: 'next', data: { errors: [{ message: expect.stringContaining('query') }] } },
      { event: 'complete' },
    ],
  ],
  [
    'a subscription that is refused',
    () => post({ query: 'subscription { matches(after: "nonsense") { cursor } }' }),
    [{ event: 'next', data: { errors: [{ extensions: { argument: 'after' } }] } }, { event: 'complete' }],
  ],
])('%s', async (_what, ask, expected) => {
  const response = await ask();
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(await eventsOf(response)).toMatchObject(expected);
});

test.each(['POST', 'GET'])('a subscription by %s gives its results until the client goes', async (method) => {
  const query = `subscription { matches(after: "${BEGINNING}") { article { title } } }`;
  const response = await (method === 'POST' ? post({ query }) : get(query));
  expect(response.status).toBe(200);
  expect(await eventsOf(response, 1)).toEqual([
    { event: 'next', data: { data: { matches: { article: { title: 'Mistral AI grandit' } } } } },
  ]);
});

test.each<[string, () => Promise<Response>, number]>([
  ['a mutation by GET', () => get('mutation { deleteWatch(input: { watch: "x" }) { __typename } }'), 405],
  // The single connection mode, which HTTP/2 and WebSocket make unnecessary.
  ['a reservation by PUT', () => fetch(api.endpoint, { method: 'PUT', headers: EVENTS }), 405],
  [
    'an end by DELETE',
    () => fetch(`${api.endpoint}?operationId=1`, { method: 'DELETE', headers: EVENTS }),
    405,
  ],
])('%s is refused by its status', async (_what, ask, status) => {
  expect((await ask()).status).toBe(status);
});
