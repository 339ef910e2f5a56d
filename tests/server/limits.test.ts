import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { type Api, makeToken, startTestApi, useTestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import { holdTable } from '../support/held-table.ts';
import { openSocket } from '../support/raw-socket.ts';
import { seedNewsroom } from '../support/seed.ts';
import { subscribe } from '../support/subscriber.ts';

let database: Database;
let api: Api;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedNewsroom(database.db, 3);
  api = await startTestApi(database, { VIGIE_MAX_COST: '2000' });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** Well before the default deadline of a query, and long enough for a busy machine. */
const SOON = { timeout: 8_000 };
/** A server that tells visitors from tokens. */
const CLOSED = { VIGIE_AUTH: 'token' };

describe('a query that is too large', () => {
  const aliases = Array.from({ length: 31 }, (_, i) => `a${i}: __typename`).join(' ');

  test.each([
    ['tokens', `{ ${'__typename '.repeat(2_100)} }`, 'more that 2000 tokens'],
    ['aliases', `{ ${aliases} }`, 'this document has 31 aliases, and 30 are allowed'],
    [
      'depth',
      `{ node(id: "x") ${'{ ... on Article { story '.repeat(17)} { id } ${'} }'.repeat(17)} }`,
      '19 fields inside fields',
    ],
    [
      'cost',
      '{ articles(first: 100) { nodes { actors(first: 100) { nodes { name } } } } }',
      'this query may cost 10201, and 2000 are allowed: ask for smaller pages',
    ],
    [
      'introspection, by graphql-js',
      `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} } '.repeat(4)} } } }`,
      'Maximum introspection depth exceeded',
    ],
  ])('is refused for its %s, in words', async (_what, query, words) => {
    const { status, errors, data } = await api.ask(query);
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors?.[0]?.message).toContain(words);
  });

  test('is refused for its bytes', async () => {
    const { status, errors } = await api.ask(`{ __typename } #${'x'.repeat(1_000_001)}`);
    expect(status).toBe(413);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'REQUEST_ENTITY_TOO_LARGE' });
  });

  test('is refused in a batch', async () => {
    const response = await fetch(api.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    expect(response.status).toBe(400);
  });

  test('a connection waits for the next request longer than a proxy keeps it', async () => {
    const { headers } = await api.ask('{ __typename }');
    expect(headers.get('keep-alive')).toBe('timeout=75');
  });

  test('an allowed one says what it cost', async () => {
    const { extensions } = await api.ask('{ articles(first: 3) { nodes { title } } }');
    expect(extensions).toEqual({ cost: { requested: 4, limit: 2_000 } });
  });

  test('no mutation is executed by GET, nor by the form of another site', async () => {
    const query = 'mutation { addFeed(input: { url: "https://b.example/feed" }) { __typename } }';
    const get = await fetch(`${api.endpoint}?query=${encodeURIComponent(query)}`);
    expect(get.status).toBe(405);
    const form = await fetch(api.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ query }),
    });
    expect(form.status).toBe(403);
    expect(await database.db.feed.count({ where: { url: { contains: 'b.example' } } })).toBe(0);
  });

  test('the WebSocket of a page of another site is refused', async () => {
    const socket = new WebSocket(api.endpoint.replace('http', 'ws'), 'graphql-transport-ws', {
      headers: { origin: 'https://evil.example' },
    });
    const refused = Promise.withResolvers<number | undefined>();
    socket.on('unexpected-response', (_request, response) => refused.resolve(response.statusCode));
    socket.on('open', () => refused.reject(new Error('it was opened')));
    expect(await refused.promise).toBe(403);
  });

  test('the same limits hold over WebSocket', async () => {
    const subscriber = await subscribe(
      api.endpoint,
      'WebSocket',
      '{ articles(first: 100) { nodes { actors(first: 100) { nodes { name } } } } }',
    );
    await expect(subscriber.until(1)).rejects.toThrow('this query may cost 10201');
    await subscriber[Symbol.asyncDispose]();
  });
});

describe('what may be asked for in a minute', () => {
  const query = '{ rateLimit { limit remaining cost resetAt } articles(first: 99) { nodes { title } } }';

  test('counts by cost, tells what is left, and refuses with when to come back', async () => {
    const limited = await useTestApi(database, { ...CLOSED, VIGIE_RATE_LIMIT: '250', VIGIE_MAX_COST: '200' });
    const { secret } = await makeToken(database, ['READ']);
    const first = await limited.ask(query, { token: secret });
    expect(first.data?.rateLimit).toMatchObject({ limit: 250, remaining: 149, cost: 101 });
    expect(first.headers.get('ratelimit-policy')).toBe('"cost";q=250;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"cost";r=149;t=(60|59)$/);
    expect((await limited.ask(query, { token: secret })).data?.rateLimit).toMatchObject({ remaining: 48 });
    const refused = await limited.ask(query, { token: secret });
    expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // A smaller query still passes, and another token has all of its own.
    expect((await limited.ask('{ rateLimit { remaining } }', { token: secret })).data).toEqual({
      rateLimit: { remaining: 47 },
    });
    const other = await makeToken(database, ['READ']);
    expect((await limited.ask(query, { token: other.secret })).status).toBe(200);
  });

  test('counts visitors by address, as the trusted proxy tells it', async () => {
    const limited = await useTestApi(database, {
      VIGIE_AUTH: 'read',
      VIGIE_RATE_LIMIT: '120',
      VIGIE_MAX_COST: '120',
      VIGIE_TRUSTED_PROXIES: '127.0.0.1',
    });
    const ask = async (address: string) =>
      (await limited.ask(query, { headers: { 'x-forwarded-for': address } })).status;
    expect(await ask('198.51.100.1')).toBe(200);
    expect(await ask('198.51.100.1')).toBe(429);
    expect(await ask('198.51.100.2')).toBe(200);
    expect(await ask('198.51.100.99, 198.51.100.2')).toBe(429);
  });

  test('counts bad tokens too', async () => {
    const limited = await useTestApi(database, CLOSED);
    const statuses = [];
    for (let i = 0; i < 31; i += 1) {
      statuses.push((await limited.ask('{ __typename }', { token: `vigie_${i}` })).status);
    }
    expect(statuses).toEqual([...Array<number>(30).fill(401), 429]);
  });

  test('nothing is counted where access is open', async () => {
    const { data, headers } = await api.ask('{ rateLimit { remaining } }');
    expect(data).toEqual({ rateLimit: null });
    expect(headers.get('ratelimit')).toBeNull();
  });
});

describe('open streams', () => {
  const subscription = 'subscription { matches { cursor } }';

  test('are counted by token over SSE and WebSocket together, and one that closes makes room', async () => {
    const limited = await useTestApi(database, { ...CLOSED, VIGIE_MAX_CONNECTIONS: '2' });
    const { secret: token } = await makeToken(database, ['READ']);
    const sse = await subscribe(limited.endpoint, 'SSE', subscription, {}, { token });
    const ws = await subscribe(limited.endpoint, 'WebSocket', subscription, {}, { token });
    const open = () =>
      fetch(limited.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ query: subscription }),
      });
    const refused = await open();
    expect(await refused.text()).toContain('TOO_MANY_CONNECTIONS');
    await sse[Symbol.asyncDispose]();
    await expect
      .poll(async () => {
        const response = await open();
        const { value } = await response.body!.getReader().read();
        await response.body!.cancel().catch(() => {});
        return Buffer.from(value!).toString();
      }, SOON)
      .toContain('retry:');
    await ws[Symbol.asyncDispose]();
  });
});

describe('a WebSocket too many', () => {
  const small = { ...CLOSED, VIGIE_MAX_CONNECTIONS: '2' };

  test('of an address is refused with 429 before it opens, and there is room again when one closes', async () => {
    const limited = await useTestApi(database, small);
    const [first] = [await openSocket(limited.endpoint, null), await openSocket(limited.endpoint, null)];
    await expect(openSocket(limited.endpoint, null)).rejects.toThrow('Unexpected server response: 429');
    first.close();
    await first.closed;
    await expect
      .poll(async () => await openSocket(limited.endpoint, null).then(() => 'open', String), SOON)
      .toBe('open');
  });

  test('of a token is closed with 1013 (try again later), from whatever address', async () => {
    const limited = await useTestApi(database, { ...small, VIGIE_TRUSTED_PROXIES: '127.0.0.1' });
    const { secret } = await makeToken(database, ['READ']);
    const open = (address: number, token = secret) =>
      openSocket(
        limited.endpoint,
        { authorization: `Bearer ${token}` },
        { headers: { 'x-forwarded-for': `198.51.100.${address}` } },
      );
    for (const address of [1, 2]) {
      const { messages } = await open(address);
      expect(await messages.until(1)).toEqual([{ type: 'connection_ack' }]);
    }
    expect(await (await open(3)).closed).toEqual({ code: 1013, reason: 'Too many connections' });
    const other = await makeToken(database, ['READ']);
    expect(await (await open(4, other.secret)).messages.until(1)).toEqual([{ type: 'connection_ack' }]);
  });
});

describe('a query that takes too long', () => {
  /** The feeds, which nothing but our queries asks for. */
  const holdFeeds = () => holdTable(database, 'feed');
  const query = '{ articles { nodes { feed { title } } } }';

  test.each([
    ['asked for the first time', false],
    ['known', true],
  ])('%s, is answered in time, and leaves nothing running in Postgres', async (_what, isKnown) => {
    const hasty = await useTestApi(database, { VIGIE_TIMEOUT_MS: '700', VIGIE_ANSWER_CACHE_MB: '0' });
    if (isKnown) await hasty.ask(query);
    const { release, waiting } = await holdFeeds();
    const answer = hasty.ask(query);
    await expect.poll(waiting, SOON).toBe(1);
    expect(await answer).toMatchObject({
      status: 200,
      data: null,
      errors: [{ extensions: { code: 'TIMEOUT' }, message: expect.stringContaining('more than 0.7 s') }],
    });
    await expect.poll(waiting, SOON).toBe(0);
    await release();
    expect((await hasty.ask(query)).errors).toBeUndefined();
  });

  test('ends in Postgres when its client goes, over HTTP and over WebSocket', async () => {
    const uncached = await useTestApi(database, { VIGIE_ANSWER_CACHE_MB: '0' });
    await uncached.ask(query);
    const { release, waiting } = await holdFeeds();
    for (const text of [`${query} # new`, query]) {
      const gone = new AbortController();
      const asked = uncached.ask(text, { signal: gone.signal }).catch(() => null);
      await expect.poll(waiting, SOON).toBe(1);
      gone.abort();
      await asked;
      await expect.poll(waiting, SOON).toBe(0);
    }

    const socket = new WebSocket(uncached.endpoint.replace('http', 'ws'), 'graphql-transport-ws');
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', () =>
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } })),
    );
    await expect.poll(waiting, SOON).toBe(1);
    socket.terminate();
    await expect.poll(waiting, SOON).toBe(0);
    await release();
    expect((await uncached.ask(query)).errors).toBeUndefined();
  });

  test('ends in Postgres when its client completes it over WebSocket, which hears no more of it', async () => {
    const uncached = await useTestApi(database, { VIGIE_ANSWER_CACHE_MB: '0' });
    const { release, waiting } = await holdFeeds();
    const { send, messages } = await openSocket(uncached.endpoint);
    await messages.until(1);
    send({ type: 'subscribe', id: '1', payload: { query } });
    await expect.poll(waiting, SOON).toBe(1);
    send({ type: 'complete', id: '1' });
    await expect.poll(waiting, SOON).toBe(0);
    await release();
    send({ type: 'subscribe', id: '2', payload: { query: '{ __typename }' } });
    expect((await messages.until(3)).slice(1)).toMatchObject([
      { id: '2', type: 'next' },
      { id: '2', type: 'complete' },
    ]);
  });
});

test('an error of ours tells the client an id that is in the log, and nothing else', async () => {
  const lines: { errorId?: string; err?: Error }[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn() {},
    error: (line: object) => void lines.push(line),
  } as never;
  const broken = await createTestDatabase();
  onTestFinished(() => broken[Symbol.asyncDispose]());
  const failing = await useTestApi(broken, {}, log);
  await broken.pool.query('alter table feed rename column title to heading');
  const { errors } = await failing.ask('{ feeds { nodes { title } } }');
  expect(errors?.[0]?.message).toMatch(/^Internal error [0-9a-f-]{36}$/);
  const { errorId } = errors![0]!.extensions as { errorId: string };
  expect(errors![0]!.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', errorId });
  expect(lines.filter((line) => line.errorId === errorId)).toHaveLength(1);
  expect(lines.find((line) => line.errorId === errorId)?.err?.message).toMatch(/title/);
});

describe('introspection', () => {
  test('is there by default, with help for misspelt names', async () => {
    const { errors } = await api.ask('{ artikles { totalCount } }');
    expect(errors?.[0]?.message).toContain('Did you mean');
    expect((await api.ask('{ __schema { queryType { name } } }')).data).toBeDefined();
  });

  test('can be turned off, and the help with it', async () => {
    const silent = await useTestApi(database, { VIGIE_INTROSPECTION: 'off' });
    for (const query of [
      '{ __schema { queryType { name } } }',
      '{ __type(name: "Actor") { name } }',
      '{ artikles { totalCount } }',
      '{ articles(frist: 3) { totalCount } }',
      '{ actors(filter: { kinds: [PERSN] }) { totalCount } }',
    ]) {
      const { status, errors } = await silent.ask(query);
      expect(status, query).toBe(400);
      expect(JSON.stringify(errors), query).not.toContain('Did you mean');
    }
    const variables = { kinds: ['PERSN'] };
    const { errors } = await silent.ask(
      'query ($kinds: [ActorKind!]) { actors(filter: { kinds: $kinds }) { totalCount } }',
      { variables },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors![0]!.message).not.toContain('Did you mean');
  });
});

describe('trusted documents', () => {
  const allowed = '{ actors(first: 1) { nodes { name } } }';
  const hash = createHash('sha256').update(allowed).digest('hex');

  test.each(['manifest', 'folder'])(
    'of a %s are the only ones executed, whole or by their hash',
    async (kind) => {
      const folder = await mkdtemp(join(tmpdir(), 'vigie-trusted-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const manifest = join(folder, 'manifest.json');
      if (kind === 'manifest') await writeFile(manifest, JSON.stringify({ latest: allowed }));
      else await writeFile(join(folder, 'actors.graphql'), allowed);
      const strict = await useTestApi(database, {
        VIGIE_TRUSTED_DOCUMENTS: kind === 'manifest' ? manifest : folder,
      });
      const byHash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
      expect((await strict.ask(allowed)).data).toBeDefined();
      expect((await strict.ask('', byHash(hash))).data).toBeDefined();
      expect((await strict.ask('', byHash('0'.repeat(64)))).errors).toHaveLength(1);
      for (const other of ['{ __typename }', `${allowed} `]) {
        expect(await strict.ask(other)).toMatchObject({
          status: 403,
          errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
        });
      }
      const subscriber = await subscribe(strict.endpoint, 'WebSocket', '{ __typename }');
      await expect(subscriber.until(1)).rejects.toThrow('only the documents that the operator has listed');
      await subscriber[Symbol.asyncDispose]();
    },
  );

  test('a manifest that cannot be used stops the start, with why', async () => {
    await expect(
      startTestApi(database, { VIGIE_TRUSTED_DOCUMENTS: '/nonexistent/manifest.json' }),
    ).rejects.toThrow(/^trusted documents: \/nonexistent\/manifest.json cannot be used: ENOENT/);
  });
});

describe('CORS', () => {
  const preflight = async (endpoint: string, origin: string) =>
    await fetch(endpoint, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  test('is for listed origins alone', async () => {
    const shared = await useTestApi(database, {
      VIGIE_CORS_ORIGINS: 'https://app.example.org,https://other.example.org',
    });
    const welcome = await preflight(shared.endpoint, 'https://app.example.org');
    expect(welcome.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    const stranger = await preflight(shared.endpoint, 'https://evil.example');
    expect(stranger.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
    const answer = await shared.ask('{ __typename }', { headers: { origin: 'https://app.example.org' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('is off without a list', async () => {
    const response = await preflight(api.endpoint, 'https://app.example.org');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
