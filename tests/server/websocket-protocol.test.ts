/** GraphQL over WebSocket as graphql-ws’ PROTOCOL.md has it (sub-protocol graphql-transport-ws), case by case. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Database } from '#platform/database.ts';
import { type AlertLog, BEGINNING, openAlertLog } from '../support/alert-log.ts';
import { type Api, startTestApi, useTestApi } from '../support/api.ts';
import { createTestDatabase, useTestDatabase } from '../support/database.ts';
import { holdTable } from '../support/held-table.ts';
import { openSocket } from '../support/raw-socket.ts';

let database: Database;
let log: AlertLog;
let api: Api;
/** Opened first and silent ever since, so that nobody waits for the server's patience to end. */
let silent: Promise<{ code: number; reason: string }>;
/** The end of a server that has a client which answers nothing; begun first, too. */
let goodbye: PromiseLike<void>;
let mute: WebSocket;
beforeAll(async () => {
  database = await createTestDatabase();
  log = await openAlertLog(database.db);
  await log.append(1);
  api = await startTestApi(database);
  const socket = new WebSocket(api.endpoint.replace('http', 'ws'), 'graphql-transport-ws');
  silent = new Promise((done) =>
    socket.on('close', (code, reason) => done({ code, reason: String(reason) })),
  );
  const leaving = await startTestApi(database);
  mute = new WebSocket(leaving.endpoint.replace('http', 'ws'), 'graphql-transport-ws');
  await once(mute, 'open');
  mute.pause();
  goodbye = leaving[Symbol.asyncDispose]();
});
afterAll(async () => {
  mute.terminate();
  await api[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const ALERTS = `subscription { matches(after: "${BEGINNING}") { article { title } } }`;
const ALERT = { data: { matches: { article: { title: 'Mistral AI grandit' } } } };
const complete = (id: string) => ({ type: 'complete', id });
const subscribe = (id: string, query: string, rest: object = {}) => ({
  type: 'subscribe',
  id,
  payload: { query, ...rest },
});

test.each<[string, object | null, (object | string | Buffer)[], number]>([
  ['subscribe before connection_init', null, [subscribe('1', '{ __typename }')], 4401],
  ['a second connection_init', {}, [{ type: 'connection_init' }], 4429],
  ['a message of another type', {}, [{ type: 'nonsense' }], 4400],
  ['a message of the older protocol', {}, [{ type: 'start', id: '1', payload: { query: '{ a }' } }], 4400],
  ['a message without a type', {}, [{ id: '1' }], 4400],
  ['no JSON', {}, ['connection_init'], 4400],
  ['JSON that is no object', {}, ['[]'], 4400],
  ['subscribe without an id', {}, [{ type: 'subscribe', payload: { query: '{ __typename }' } }], 4400],
  ['subscribe with an empty id', {}, [subscribe('', '{ __typename }')], 4400],
  ['subscribe without a query', {}, [{ type: 'subscribe', id: '1', payload: {} }], 4400],
  ['variables that are no object', {}, [subscribe('1', '{ __typename }', { variables: 'a' })], 4400],
  ['complete without an id', {}, [{ type: 'complete' }], 4400],
  ['a payload of connection_init that is no object', null, [{ type: 'connection_init', payload: 1 }], 4400],
  ['an id that is in use', {}, [subscribe('1', ALERTS), subscribe('1', ALERTS)], 4409],
  [
    'an id that is to be used again',
    {},
    [subscribe('1', ALERTS), complete('1'), subscribe('1', ALERTS), subscribe('1', ALERTS)],
    4409,
  ],
])('%s closes the connection with its code', async (_what, init, messages, code) => {
  const { send, closed, messages: answers } = await openSocket(api.endpoint, init);
  if (init !== null) await answers.until(1);
  for (const message of messages) send(message);
  const { code: given, reason } = await closed;
  expect(given).toBe(code);
  expect(reason).not.toBe('');
});

test('the sub-protocol is taken from among others, and without it the connection is closed', async () => {
  const { messages } = await openSocket(
    api.endpoint,
    {},
    { protocol: ['graphql-ws', 'graphql-transport-ws'] },
  );
  expect(await messages.until(1)).toEqual([{ type: 'connection_ack' }]);
  const { closed } = await openSocket(api.endpoint, null, { protocol: [] });
  expect(await closed).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
});

/** What comes for these messages, after the acknowledgement. */
test.each<[string, object[], object[]]>([
  [
    'a query: one result, then complete',
    [subscribe('q', '{ actor(slug: "mistral-ai") { name } }')],
    [
      { type: 'next', id: 'q', payload: { data: { actor: { name: 'Mistral AI' } } } },
      { type: 'complete', id: 'q' },
    ],
  ],
  [
    'the operation that is named, with its variables',
    [
      subscribe('q', 'query A { a: __typename } query B($s: String!) { actor(slug: $s) { slug } }', {
        operationName: 'B',
        variables: { s: 'mistral-ai' },
      }),
    ],
    [
      { type: 'next', id: 'q', payload: { data: { actor: { slug: 'mistral-ai' } } } },
      { type: 'complete', id: 'q' },
    ],
  ],
  [
    'a mutation',
    [subscribe('m', 'mutation { deleteWatch(input: { watch: "x" }) { ... on UserError { code } } }')],
    [
      { type: 'next', id: 'm', payload: { data: { deleteWatch: { code: 'NOT_FOUND' } } } },
      { type: 'complete', id: 'm' },
    ],
  ],
  [
    'an error while executing: in the result, then complete',
    [subscribe('q', '{ articles(first: 1000) { totalCount } }')],
    [
      { type: 'next', id: 'q', payload: { data: null, errors: [{ path: ['articles'] }] } },
      { type: 'complete', id: 'q' },
    ],
  ],
  [
    'an error before executing: error, without complete',
    [subscribe('q', '{ nothing }'), { type: 'ping' }],
    [
      { type: 'pong' },
      { type: 'error', id: 'q', payload: [{ message: expect.stringContaining('Cannot query field') }] },
    ],
  ],
  [
    'ping, with what it carries',
    [{ type: 'ping', payload: { at: 1 } }],
    [{ type: 'pong', payload: { at: 1 } }],
  ],
  [
    'a pong that nobody asked for, and complete of what there is not: nothing',
    [{ type: 'pong' }, { type: 'complete', id: 'none' }, { type: 'ping' }],
    [{ type: 'pong' }],
  ],
  [
    'an id used again, and completed before its turn: nothing',
    [subscribe('1', ALERTS), complete('1'), subscribe('1', ALERTS), complete('1'), { type: 'ping' }],
    [{ type: 'pong' }],
  ],
  ['a subscription: every result', [subscribe('s', ALERTS)], [{ type: 'next', id: 's', payload: ALERT }]],
])('%s', async (_what, messages, expected) => {
  const { send, messages: answers } = await openSocket(api.endpoint);
  await answers.until(1);
  for (const message of messages) send(message);
  const got = (await answers.until(1 + expected.length)).slice(1);
  const order = ({ type }: { type?: unknown }): number => (type === 'pong' ? 0 : 1);
  expect([...got].sort((a, b) => order(a) - order(b))).toMatchObject(expected);
});

test('an id may be used again once its operation has ended, by the server or by the client', async () => {
  const { send, messages } = await openSocket(api.endpoint);
  await messages.until(1);
  send(subscribe('1', '{ __typename }'));
  await messages.until(3);
  send(subscribe('1', ALERTS));
  await messages.until(4);
  send({ type: 'complete', id: '1' });
  send({ type: 'ping' });
  await messages.until(5);
  send(subscribe('1', ALERTS));
  // The client is not told of the end that it has asked for itself.
  expect((await messages.until(6)).slice(1).map(({ type }) => type)).toEqual([
    'next',
    'complete',
    'next',
    'pong',
    'next',
  ]);
});

test('an id that is used again at once, however often, begins what was asked for last, and only that', async () => {
  const own = await useTestDatabase();
  const alerts = await openAlertLog(own.db);
  await alerts.append(1);
  const { endpoint } = await useTestApi(own);
  const { send, messages } = await openSocket(endpoint);
  await messages.until(1);
  send(subscribe('1', ALERTS));
  await messages.until(2);
  for (let time = 0; time < 150; time += 1) {
    send(complete('1'));
    send(subscribe('1', ALERTS));
  }
  send(complete('1'));
  send(subscribe('1', ALERTS.replace('{ title }', '{ url }')));
  await messages.until(3);
  await alerts.append(1);
  await messages.until(4);
  send({ type: 'ping' });
  const last = {
    type: 'next',
    id: '1',
    payload: { data: { matches: { article: { url: 'https://quotidien.example/1' } } } },
  };
  expect((await messages.until(5)).slice(1)).toMatchObject([
    { type: 'next', id: '1', payload: ALERT },
    last,
    last,
    { type: 'pong' },
  ]);
});

test('a hundred subscriptions may be replaced in one go', async () => {
  const { send, messages } = await openSocket(api.endpoint);
  await messages.until(1);
  const ids = Array.from({ length: 100 }, (_, i) => String(i));
  for (const id of ids) send(subscribe(id, ALERTS));
  await messages.until(101);
  for (const id of ids) {
    send(complete(id));
    send(subscribe(`another ${id}`, ALERTS));
  }
  expect((await messages.until(201)).slice(101).every(({ type }) => type === 'next')).toBe(true);
});

test('what is completed counts until it has ended, a hundred beyond those that are held', async () => {
  const own = await useTestDatabase();
  const { endpoint } = await useTestApi(own);
  await holdTable(own, 'actor');
  const { send, messages } = await openSocket(endpoint);
  await messages.until(1);
  for (let id = 1; id <= 201; id += 1) {
    send(subscribe(String(id), 'subscription { matches(filter: { actors: ["kyutai"] }) { cursor } }'));
    if (id < 201) send(complete(String(id)));
  }
  expect((await messages.until(2))[1]).toMatchObject({
    type: 'error',
    id: '201',
    payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
  });
});

test('a server that ends does not wait for a client that does not answer its goodbye', async () => {
  await goodbye;
}, 15_000);

test('who does not say hello in five seconds is let go', async () => {
  expect(await silent).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
}, 15_000);
