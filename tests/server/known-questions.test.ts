/** Questions asked again are answered past yoga, and nobody can tell. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import type { Database, Db } from '#platform/database.ts';
import { createGuards } from '#server/guards.ts';
import { createKnownQuestions } from '#server/known-questions.ts';
import type { SqlAnswers } from '#server/sql-answers.ts';
import type { Arrival, ServerContext, Yoga } from '#server/yoga.ts';
import { makeToken, useTestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import { seedNewsroom } from '../support/seed.ts';

const QUERY =
  'query ($first: Int, $after: Cursor) { articles(first: $first, after: $after) { nodes { title } } }';
const TYPE = { 'content-type': 'application/json' };

/** What a client sends; the body's `query` is `QUERY` where it is left out. */
interface Sent {
  readonly what: string;
  readonly method?: string;
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readonly<Record<string, unknown>>;
  /** Without a length. */
  readonly chunked?: boolean;
}

/** Sends it, with `mark` behind the query. */
function send(
  endpoint: string,
  { method = 'POST', search = '', headers = TYPE, body = {}, chunked }: Sent,
  mark = '',
) {
  const text = typeof body === 'string' ? body : JSON.stringify({ query: `${QUERY}${mark}`, ...body });
  return fetch(`${endpoint}${search}`, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body: chunked ? new Blob([text]).stream() : text, duplex: 'half' }),
  } as RequestInit);
}

const PLAIN: readonly Sent[] = [
  { what: 'a query in JSON' },
  { what: 'variables', body: { variables: { first: 2 } } },
  { what: 'nulls', body: { variables: null, operationName: null } },
  { what: 'a character set', headers: { 'content-type': 'application/json; charset=utf-8' } },
  ...[
    'application/json',
    'application/graphql-response+json',
    'application/*',
    'text/html, */*;q=0.1',
    'application/graphql-response+json,application/json;q=0.9',
    'application/json, text/event-stream, multipart/mixed',
  ].map((accept) => ({ what: `Accept: ${accept}`, headers: { ...TYPE, accept } })),
];

const OTHER: readonly Sent[] = [
  { what: 'a GET', method: 'GET', search: `?query=${encodeURIComponent(QUERY)}` },
  { what: 'a method that is none of ours', method: 'PUT' },
  { what: 'a search', search: '?a=b' },
  { what: 'another type', headers: { 'content-type': 'application/graphql+json' } },
  { what: 'a type that is none of ours', headers: { 'content-type': 'text/plain' } },
  { what: 'another character set', headers: { 'content-type': 'application/json; charset=latin1' } },
  { what: 'Accept: text/html', headers: { ...TYPE, accept: 'text/html' } },
  { what: 'Accept: text/event-stream', headers: { ...TYPE, accept: 'text/event-stream' } },
  { what: 'Accept: constructor', headers: { ...TYPE, accept: 'constructor' } },
  {
    what: 'Accept with a character set',
    headers: { ...TYPE, accept: 'application/json;charset=latin1, application/json' },
  },
  { what: 'no length', chunked: true },
  { what: 'a body over 64 KiB', body: { variables: { after: 'x'.repeat(70_000) } } },
  { what: 'a body over 1 MB', body: { variables: { after: 'x'.repeat(1_000_100) } } },
  { what: 'broken JSON', body: `{"query":${JSON.stringify(QUERY)}` },
  { what: 'a number', body: '1' },
  { what: 'null', body: 'null' },
  { what: 'a batch', body: JSON.stringify([{ query: QUERY }, { query: QUERY }]) },
  { what: 'no query', body: '{"variables":{}}' },
  { what: 'a query that is none', body: { query: 1 } },
  { what: 'a document not seen before', body: { query: '{ articles { nodes { title url } } }' } },
  { what: 'a document that breaks the rules', body: { query: '{ artikles { title } }' } },
  { what: 'a list of variables', body: { variables: [] } },
  { what: 'variables in a text', body: { variables: '{}' } },
  { what: 'an operation whose name is a number', body: { operationName: 1 } },
  { what: 'an operation that is not there', body: { operationName: 'Other' } },
  { what: 'extensions', body: { extensions: { a: 1 } } },
  { what: 'a parameter that is none', body: { offset: 3 } },
];

/** Left to the resolvers, or refused: what yoga is told of who asks. */
const REFUSED: readonly (Sent & { readonly told: string })[] = [
  {
    what: 'a variable of the wrong type',
    body: { variables: { first: 'many' } },
    told: 'admitted for 101',
  },
  {
    what: 'an argument that makes no sense',
    body: { variables: { first: -1 } },
    told: 'admitted for 101',
  },
  { what: 'a cursor of nothing', body: { variables: { after: 'x' } }, told: 'admitted for 21' },
  {
    what: 'an unknown token',
    headers: { ...TYPE, authorization: 'Bearer vigie_nobody' },
    told: 'unknown token',
  },
  {
    what: 'no token where one belongs',
    headers: { ...TYPE, authorization: 'Basic eDp4' },
    told: 'the Authorization header is not of the form "Bearer TOKEN"',
  },
];

describe('who answers', () => {
  /** Starts a server whose yoga tells what it was handed. */
  async function start(env: Record<string, string> = {}) {
    const db = { apiToken: { findUnique: () => Promise.resolve(null) } } as unknown as Db;
    const guards = await createGuards(readConfig(env), { db, clock: systemClock });
    const answers: SqlAnswers = {
      known: (text) => (text === QUERY ? parse(QUERY) : undefined),
      answer: ({ variableValues }) =>
        Promise.resolve(
          [undefined, 2].includes(variableValues?.first as number | undefined) &&
            variableValues?.after === undefined
            ? { data: null, stringify: () => 'past yoga' }
            : null,
        ),
    };
    const yoga = async (
      request: IncomingMessage & { body?: AsyncIterable<Buffer> },
      response: ServerResponse,
      arrival?: Arrival,
    ) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request.body ?? request) chunks.push(chunk as Buffer);
      const admitted = await arrival?.admission?.then(
        ({ cost }) => `admitted for ${cost}`,
        (error: Error) => error.message,
      );
      response.end(JSON.stringify({ read: Buffer.concat(chunks).toString(), admitted }));
    };
    const context = { guards, clock: systemClock } as unknown as ServerContext;
    const answer = createKnownQuestions(
      context,
      answers,
      Object.assign(yoga, { graphqlEndpoint: '/graphql' }) as unknown as Yoga,
    );
    const answering: Promise<void>[] = [];
    const server = createServer((request, response) => void answering.push(answer(request, response)));
    onTestFinished(() => void server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    return { endpoint: `http://127.0.0.1:${port}/graphql`, server, port, answering };
  }

  test('a known question is answered past yoga', async () => {
    const { endpoint } = await start();
    for (const sent of PLAIN) expect(await (await send(endpoint, sent)).text(), sent.what).toBe('past yoga');
  });

  test('anything else goes to yoga, body and all', async () => {
    const { endpoint } = await start();
    for (const sent of OTHER) {
      const { read, admitted } = (await (await send(endpoint, sent)).json()) as Record<string, string>;
      expect(admitted, sent.what).toBeUndefined();
      if (typeof sent.body === 'string') expect(read, sent.what).toBe(sent.body);
      else if (sent.method !== 'GET')
        expect(JSON.parse(read!), sent.what).toEqual({ query: QUERY, ...sent.body });
    }
  });

  test('what is refused, or not in SQL, goes to yoga with who was admitted, or why not', async () => {
    const { endpoint } = await start();
    for (const { told, ...sent } of REFUSED) {
      expect(await (await send(endpoint, sent)).json(), sent.what).toEqual({
        read: JSON.stringify({ query: QUERY, ...(sent.body as object) }),
        admitted: told,
      });
    }
  });

  test('a page of a listed origin goes to yoga, which knows CORS', async () => {
    const { endpoint } = await start({ VIGIE_CORS_ORIGINS: 'https://app.example.org' });
    const sent = { what: '', headers: { ...TYPE, origin: 'https://app.example.org' } };
    expect(await (await send(endpoint, sent)).json()).toMatchObject({ read: expect.any(String) });
  });

  test('a client that goes before it has said all is let go', async () => {
    const { server, port, answering } = await start();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{`,
    );
    await once(server, 'request');
    socket.destroy();
    expect(await Promise.all(answering)).toEqual([undefined]);
  });
});

describe('both ways agree', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase();
    await seedNewsroom(database.db, 3);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  const HEADERS = [
    'content-type',
    'content-length',
    'www-authenticate',
    'ratelimit',
    'ratelimit-policy',
    'retry-after',
    'allow',
    'vary',
    'access-control-allow-origin',
    'access-control-expose-headers',
  ];

  /** The answer as far as it has to be the same, whenever it is given. */
  async function seen(response: Response) {
    return {
      status: response.status,
      headers: HEADERS.map((name) => [name, response.headers.get(name)?.replace(/t=\d+/, 't=…') ?? null]),
      body: (await response.text()).replace(/in \d+ s|"retryAfter":\d+/g, '…'),
    };
  }

  test.each([
    { where: 'open', env: {}, scopes: null },
    {
      where: 'by token',
      env: { VIGIE_AUTH: 'token', VIGIE_RATE_LIMIT: '10000', VIGIE_MAX_COST: '200' },
      scopes: ['READ'],
    },
    { where: 'by a token that may not', env: { VIGIE_AUTH: 'token' }, scopes: ['WATCH'] },
    {
      where: 'for a page elsewhere',
      env: { VIGIE_CORS_ORIGINS: 'https://app.example.org' },
      scopes: null,
      origin: 'https://app.example.org',
    },
    {
      where: 'until the minute is used up',
      env: { VIGIE_AUTH: 'token', VIGIE_RATE_LIMIT: '150', VIGIE_MAX_COST: '100' },
      scopes: ['READ'],
    },
  ] as const)('$where', async ({ env, scopes, ...page }) => {
    // Two of the same: one knows the question, the other is asked it with another comment each time.
    const [knowing, asking] = await Promise.all([useTestApi(database, env), useTestApi(database, env)]);
    const headers = {
      ...(scopes === null ? {} : { authorization: `Bearer ${(await makeToken(database, scopes)).secret}` }),
      ...('origin' in page ? { origin: page.origin } : {}),
    };
    const statuses = new Set<number>();
    for (const [index, given] of [PLAIN[0]!, ...PLAIN, ...OTHER, ...REFUSED].entries()) {
      const sent = { ...given, headers: { ...headers, ...(given.headers ?? TYPE) } };
      const mark = `\n# ${index}`;
      const [known, asked] = await Promise.all([
        // Of the same length.
        send(knowing.endpoint, sent, `\n# ${'0'.repeat(String(index).length)}`).then(seen),
        send(asking.endpoint, sent, mark).then(seen),
      ]);
      expect(known, given.what).toEqual(asked);
      statuses.add(known.status);
    }
    expect(statuses.size).toBeGreaterThan(2);
  });
});
