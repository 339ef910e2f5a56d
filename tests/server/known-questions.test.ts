/** Questions asked again are answered past yoga, and nobody can tell. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { type Database, type Db, openDatabase } from '#platform/database.ts';
import { EXAMPLES } from '#server/examples.ts';
import { createGuards } from '#server/guards.ts';
import { createKnownQuestions } from '#server/known-questions.ts';
import { schema } from '#server/schema.ts';
import type { SqlAnswers } from '#server/sql-answers.ts';
import type { Arrival, ServerContext, Yoga } from '#server/yoga.ts';
import { dashboardQuestions } from '../../bench/query/dashboard.ts';
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

  /** As a process has it: servers that shared connections would take each other's names for statements. */
  const start = async (env: Record<string, string>) => {
    const own = openDatabase(database.url);
    onTestFinished(() => own[Symbol.asyncDispose]());
    return await useTestApi(own, env);
  };
  /** Two of the same. */
  const startTwo = (env: Record<string, string> = {}) => Promise.all([start(env), start(env)]);

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
      // Seconds that are left differ by when they are counted.
      headers: HEADERS.map((name) => [
        name,
        response.headers.get(name)?.replace(/t=\d+|^\d\d?$/, name === 'content-length' ? '$&' : '…') ?? null,
      ]),
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
    // One knows the question, the other is asked it with another comment each time.
    const [knowing, asking] = await startTwo(env);
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

  /** What is really asked: GraphiQL's tabs, a dashboard, the schema's examples; and what the guards are for. */
  const QUESTIONS: readonly { readonly name: string; readonly query: string; readonly variables?: object }[] =
    [
      ...EXAMPLES.flatMap((query) => {
        const name = /^query (\w+)/m.exec(query)?.[1];
        return name === undefined ? [] : [{ name: `tab ${name}`, query }];
      }),
      ...dashboardQuestions('of no list').map(({ name, query, variables }) => ({
        name,
        query: query.replaceAll('actor-7', 'mistral-ai').replaceAll('actor-480', 'kyutai'),
        variables: JSON.parse(JSON.stringify(variables).replaceAll('actor-7', 'mistral-ai')) as object,
      })),
      ...Object.values(schema.getQueryType()!.getFields()).map(({ name, description }) => ({
        name: `example of ${name}`,
        query: /Example[^`]*: `([^`]+)`$/.exec(description ?? '')![1]!,
      })),
      { name: 'the full text', query: '{ articles(first: 1) { nodes { text } } }' },
      { name: 'no such actor', query: '{ articles(filter: { actors: ["nobody"] }) { totalCount } }' },
      { name: 'introspection', query: '{ __type(name: "Article") { name } }' },
      { name: 'a misspelt field', query: '{ article { title } }' },
    ];

  const withComment = (query: string, mark: string): string => `${query}\n# ${mark}`;

  /** Asks everything twice of each server; gives what was answered past yoga by the one, the second time. */
  async function askBothWays(
    [knowing, asking]: readonly { readonly endpoint: string }[],
    authorization: string | null,
  ): Promise<{
    readonly past: readonly string[];
    readonly failed: ReadonlySet<string>;
    readonly codes: ReadonlySet<string>;
  }> {
    const requests = new Map<unknown, IncomingMessage>();
    const note = (message: unknown): void => {
      const { request } = message as { readonly request: IncomingMessage };
      requests.set(request.headers['x-request'], request);
    };
    subscribe('http.server.request.start', note);
    onTestFinished(() => void unsubscribe('http.server.request.start', note));
    const ask = async (endpoint: string, id: string, query: string, variables: object = {}) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { ...TYPE, 'x-request': id, ...(authorization === null ? {} : { authorization }) },
        body: JSON.stringify({ query, variables }),
      });
      const headers = Object.fromEntries(response.headers);
      return {
        status: response.status,
        headers: {
          ...headers,
          date: '',
          ratelimit: headers.ratelimit?.replace(/t=\d+/, 't=…'),
          'retry-after': 'retry-after' in headers,
        },
        body: (await response.text()).replace(/"resetAt" ?: ?"[^"]+"|in \d+ s|"retryAfter":\d+/g, '…'),
      };
    };
    const past: string[] = [];
    const failed = new Set<string>();
    const codes = new Set<string>();
    for (const [index, { name, query, variables }] of QUESTIONS.entries()) {
      for (const turn of ['1', '2']) {
        const id = `${index} ${turn}`;
        const [known, asked] = await Promise.all([
          ask(knowing!.endpoint, id, withComment(query, '0'), variables),
          ask(asking!.endpoint, `${id} marked`, withComment(query, turn), variables),
        ]);
        expect(known, `${name}, ${turn}`).toEqual(asked);
        expect(known.body, name).not.toContain('INTERNAL_SERVER_ERROR');
        if (known.body.includes('"errors"')) failed.add(name);
        for (const [, code] of known.body.matchAll(/"code" ?: ?"([A-Z_]+)"/g)) codes.add(code!);
        // Yoga is handed the body that was read already.
        const isPast = !('body' in requests.get(id)!);
        expect(turn === '1' && isPast, `${name} is not known yet`).toBe(false);
        if (isPast) past.push(name);
      }
    }
    return { past, failed, codes };
  }

  test('what GraphiQL, dashboards and the examples ask has the same answer, headers, cost and errors', async () => {
    const servers = await startTwo();
    const { past, failed, codes } = await askBothWays(servers, null);
    expect(past).toEqual([
      'tab Latest',
      'tab Funding',
      'article by id',
      'latest 20 with actors and claims',
      'actor page',
      'search',
      'articles of an actor',
      'articles of an actor seldom named',
      'articles of an outlet',
      'articles with funding',
      'articles with a frequent word',
      'stories of several outlets',
      'latest statements',
      'statements of a speaker',
      'statements with a word',
      'latest rounds',
      'largest rounds of a time',
      'example of actor',
      'example of actors',
      'example of article',
      'example of articles',
      'example of claims',
      'example of fundingEvents',
      'example of node',
      'example of stories',
      'the full text',
    ]);
    expect([...failed]).toEqual(['page 50 of a list', 'no such actor', 'a misspelt field']);
    expect([...codes].sort()).toEqual(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']);
  });

  test.each<[string, Record<string, string>, Parameters<typeof makeToken>[1], string[]]>([
    [
      'a token that may read',
      { VIGIE_AUTH: 'token' },
      ['READ'],
      ['BAD_USER_INPUT', 'FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED'],
    ],
    [
      'a token that may do something else',
      { VIGIE_AUTH: 'token' },
      ['WATCH'],
      ['FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED'],
    ],
    [
      'a cost limit',
      { VIGIE_AUTH: 'token', VIGIE_MAX_COST: '30' },
      ['ADMIN'],
      ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'QUERY_TOO_COSTLY'],
    ],
    [
      'a rate',
      { VIGIE_AUTH: 'token', VIGIE_RATE_LIMIT: '10000' },
      ['READ'],
      ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'RATE_LIMITED'],
    ],
    [
      'pages elsewhere that may ask, though none does',
      { VIGIE_CORS_ORIGINS: 'https://app.example.org' },
      [],
      ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'],
    ],
    ['no introspection', { VIGIE_INTROSPECTION: 'off' }, [], ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']],
  ])('and so with %s', async (_what, env, scopes, expected) => {
    const servers = await startTwo(env);
    const token = scopes.length === 0 ? null : `Bearer ${(await makeToken(database, scopes)).secret}`;
    const { codes } = await askBothWays(servers, token);
    expect([...codes].sort()).toEqual(expected);
  });

  test('and so where only trusted documents are executed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-trusted-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    // Every other one is trusted.
    const trusted = QUESTIONS.filter((_, index) => index % 2 === 0);
    for (const [index, { query }] of trusted.entries()) {
      for (const mark of ['0', '1', '2'])
        await writeFile(join(folder, `${index}-${mark}.graphql`), withComment(query, mark));
    }
    const env = { VIGIE_TRUSTED_DOCUMENTS: folder };
    const servers = await startTwo(env);
    const { past, codes } = await askBothWays(servers, null);
    expect(past.filter((name) => !trusted.some((question) => question.name === name))).toEqual([]);
    expect(past.length).toBeGreaterThan(10);
    expect(codes).toContain('DOCUMENT_NOT_TRUSTED');
  });
});
