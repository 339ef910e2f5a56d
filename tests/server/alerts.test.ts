/** The alert protocol as docs/alerts.md promises it, by the clients it shows and by hand. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startRole } from '#command/serve.ts';
import { formatCursor, parseCursor } from '#match/cursor.ts';
import { appendMatches } from '#match/match.store.ts';
import { readConfig } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { lockLog } from '#platform/log-lock.ts';
import { createRenderings } from '#server/rendering.ts';
import { schema } from '#server/schema.ts';
import { createToken } from '#server/token.store.ts';
import { followAlerts as followWithApollo } from '../../docs/examples/apollo.ts';
import { followAlerts as followWithGraphqlSse } from '../../docs/examples/graphql-sse.ts';
import { followAlerts as followWithGraphqlWs } from '../../docs/examples/graphql-ws.ts';
import { followAlerts as followWithUrql } from '../../docs/examples/urql.ts';
import { type AlertLog, BEGINNING, openAlertLog } from '../support/alert-log.ts';
import { createTestDatabase } from '../support/database.ts';
import { createQueue, openSocket } from '../support/raw-socket.ts';
import { emptyNewsroom } from '../support/seed.ts';
import { subscribe } from '../support/subscriber.ts';

const DOCUMENT = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8');
const ALERTS = 'subscription ($after: Cursor) { matches(after: $after) { cursor } }';

let database: Database;
let log: AlertLog;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.db.alertedFact.deleteMany();
  await emptyNewsroom(database.db);
  log = await openAlertLog(database.db);
});

async function startServer(env: Record<string, string> = {}): Promise<{ url: string } & AsyncDisposable> {
  const role = await startRole('api', readConfig({ VIGIE_PORT: '0', ...env }), database, createLog('silent'));
  let running = true;
  const dispose = async (): Promise<void> => {
    if (!running) return;
    running = false;
    await role[Symbol.asyncDispose]();
  };
  onTestFinished(dispose);
  return { url: `${role.url}/graphql`, [Symbol.asyncDispose]: dispose };
}

/** A subscription by fetch: status, and the stream's blocks. */
async function openStream(url: string, query: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
    signal: abort.signal,
  });
  let text = '';
  const decoder = new TextDecoder();
  const reader = response.body!.getReader();
  return {
    response,
    async block(): Promise<string> {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          return block;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        text += decoder.decode(value, { stream: true });
      }
    },
  };
}

describe('the clients of the document', () => {
  test.each(['graphql-ws', 'graphql-sse', 'apollo', 'urql'])('%s is shown as it is run', (name) => {
    const source = readFileSync(new URL(`../../docs/examples/${name}.ts`, import.meta.url), 'utf8');
    expect(DOCUMENT).toContain(`\`\`\`ts\n${source}\`\`\``);
  });

  test('each gets the past, the present, and what it missed while the server was away, once and in order', async () => {
    const port = await freePort();
    const first = await startServer({ VIGIE_PORT: String(port) });
    const past = await log.append(3);
    const ws = first.url.replace('http', 'ws');
    const examples = [
      [followWithGraphqlWs, ws],
      [followWithGraphqlSse, first.url],
      [followWithApollo, ws],
      [followWithUrql, ws],
    ] as const;
    const stops: (() => void)[] = [];
    const received = examples.map(([follow, url]) => {
      const queue = createQueue<string>();
      stops.push(follow(url, ({ cursor }) => queue.push(cursor), BEGINNING));
      return queue;
    });
    await Promise.all(received.map((queue) => queue.until(past.length)));
    const present = await log.append(2);
    await Promise.all(received.map((queue) => queue.until(5)));

    await first[Symbol.asyncDispose]();
    const missed = await log.append(3);
    await startServer({ VIGIE_PORT: String(port) });
    await Promise.all(received.map((queue) => queue.until(8)));
    const live = await log.append(1);
    const all = await Promise.all(received.map((queue) => queue.until(9)));
    for (const stop of stops) stop();
    for (const cursors of all) expect(cursors).toEqual([...past, ...present, ...missed, ...live]);
  });

  test('curl prints each alert with its cursor as id', async () => {
    const { url } = await startServer();
    const [cursor] = await log.append(1);
    const command = /```sh\n(curl[\s\S]*?)```/.exec(DOCUMENT)![1]!;
    const curl = spawn('sh', ['-c', `exec ${command.replace('http://localhost:4000/graphql', url)}`]);
    onTestFinished(() => void curl.kill());
    let text = '';
    for await (const chunk of curl.stdout.setEncoding('utf8')) {
      text += chunk;
      if (text.includes('data:')) break;
    }
    expect(text).toContain(
      `id: ${cursor}\nevent: next\ndata: {"data":{"matches":{"cursor":"${cursor}","article":{"title":"Mistral AI grandit"}}}}\n\n`,
    );
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

describe('SSE', () => {
  test('begins with when to come back and a comment, and goes on behind Last-Event-ID, whatever after says', async () => {
    const { url } = await startServer();
    const cursors = await log.append(3);
    const stream = await openStream(url, `subscription { matches(after: "${BEGINNING}") { cursor } }`, {
      'last-event-id': cursors[1]!,
    });
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await stream.block()).toMatch(/^retry: [1-5]\d{3}\n:$/);
    expect(await stream.block()).toMatch(new RegExp(`^id: ${cursors[2]}\nevent: next\ndata: `));
  });

  test('takes an empty Last-Event-ID for none', async () => {
    const { url } = await startServer();
    const [, cursor] = await log.append(2);
    const after = formatCursor(parseCursor(cursor!)! - 1n);
    const stream = await openStream(url, `subscription { matches(after: "${after}") { cursor } }`, {
      'last-event-id': '',
    });
    await stream.block();
    expect(await stream.block()).toMatch(new RegExp(`^id: ${cursor}\n`));
  });

  test('a subscription can be asked for by GET, as EventSource does', async () => {
    const { url } = await startServer();
    const [cursor] = await log.append(1);
    const abort = new AbortController();
    onTestFinished(() => abort.abort());
    const query = encodeURIComponent(`subscription { matches(after: "${BEGINNING}") { cursor } }`);
    const response = await fetch(`${url}?query=${query}`, {
      headers: { accept: 'text/event-stream' },
      signal: abort.signal,
    });
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('id:')) break;
    }
    expect(text).toContain(`id: ${cursor}\n`);
  });

  test.each([
    ['a Last-Event-ID that is none', { 'last-event-id': 'nonsense' }, 'BAD_USER_INPUT', 'Last-Event-ID'],
  ])('%s is refused by name, and the stream completes', async (_, headers, code, argument) => {
    const { url } = await startServer();
    const stream = await openStream(url, 'subscription { matches { cursor } }', headers);
    let block = await stream.block();
    while (!block.startsWith('event: next')) block = await stream.block();
    const { errors } = JSON.parse(block.slice(block.indexOf('data: ') + 6));
    expect(errors).toMatchObject([{ extensions: { code, argument } }]);
    expect(await stream.block()).toBe('event: complete\ndata:');
  });

  test('a bad token is answered 401 before any stream', async () => {
    const { url } = await startServer();
    const { response } = await openStream(url, 'subscription { matches { cursor } }', {
      authorization: 'Bearer vigie_nothing',
    });
    expect(response.status).toBe(401);
  });

  test('who takes no event streams is told so', async () => {
    const { url } = await startServer();
    const { response } = await openStream(url, 'subscription { matches { cursor } }', {
      accept: 'application/json',
    });
    expect(response.status).toBe(406);
  });
});

const byId = (a: { id?: unknown }, b: { id?: unknown }): number => (String(a.id) < String(b.id) ? -1 : 0);

describe('WebSocket', () => {
  test('a bad token closes the connection with 4401 and in words', async () => {
    const { url } = await startServer();
    const { closed } = await openSocket(url, { authorization: 'Bearer vigie_nothing' });
    expect(await closed).toEqual({ code: 4401, reason: 'unknown token' });
  });

  test('a syntax error, a refused argument and a missing scope end their operation and not the connection', async () => {
    const { url } = await startServer();
    const { secret: token } = await createToken(database.db, {
      name: 'text',
      scopes: ['TEXT'],
      expiresAt: null,
    });
    const { send, messages } = await openSocket(url, { authorization: `Bearer ${token}` });
    await messages.until(1);
    send({ type: 'subscribe', id: 'a', payload: { query: 'subscription {' } });
    send({ type: 'subscribe', id: 'b', payload: { query: 'subscription { matches { cursor } }' } });
    const reader = await openSocket(url, {});
    await reader.messages.until(1);
    reader.send({ type: 'subscribe', id: 'c', payload: { query: ALERTS, variables: { after: 'nonsense' } } });
    expect((await messages.until(4)).slice(1).sort(byId)).toMatchObject([
      { id: 'a', type: 'error', payload: [{ message: expect.stringMatching(/^Syntax Error/) }] },
      { id: 'b', type: 'next', payload: { errors: [{ extensions: { code: 'FORBIDDEN', scope: 'READ' } }] } },
      { id: 'b', type: 'complete' },
    ]);
    expect((await reader.messages.until(3)).slice(1)).toMatchObject([
      {
        id: 'c',
        type: 'next',
        payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }] },
      },
      { id: 'c', type: 'complete' },
    ]);
    send({ type: 'ping' });
    expect((await messages.until(5))[4]).toEqual({ type: 'pong' });
  });

  test('the hundred and first subscription of a connection is refused, the others stand', async () => {
    const { url } = await startServer();
    const { send, messages } = await openSocket(url, {});
    await messages.until(1);
    for (let id = 1; id <= 101; id += 1)
      send({ type: 'subscribe', id: String(id), payload: { query: ALERTS } });
    expect((await messages.until(2))[1]).toMatchObject({
      id: '101',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
    });
    send({ type: 'complete', id: '1' });
    const [cursor] = await log.append(1);
    const next = (await messages.until(101)).slice(2);
    expect(next.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 99 }, (_, i) => i + 2),
    );
    expect(next[0]).toMatchObject({ type: 'next', payload: { data: { matches: { cursor } } } });
  });
});

test('rights differ, bytes differ: who may not read texts gets the error, who may gets the text', async () => {
  const { url } = await startServer();
  const { secret: read } = await createToken(database.db, {
    name: 'read',
    scopes: ['READ'],
    expiresAt: null,
  });
  const { secret: both } = await createToken(database.db, {
    name: 'both',
    scopes: ['READ', 'TEXT'],
    expiresAt: null,
  });
  const query = 'subscription { matches { article { text } } }';
  const [without, allowed] = await Promise.all(
    [read, both].map(async (token) => {
      const { send, messages } = await openSocket(url, { authorization: `Bearer ${token}` });
      await messages.until(1);
      send({ type: 'subscribe', id: '1', payload: { query } });
      send({ type: 'ping' });
      await messages.until(2);
      return messages;
    }),
  );
  // A subscription is authorised over several turns, a pong comes at once: wait for one that began later.
  await using last = await subscribe(url, 'SSE', ALERTS, {}, { token: both });
  await log.append(1);
  await last.until(1);
  expect((await without!.until(3))[2]).toMatchObject({
    payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
  });
  expect((await allowed!.until(3))[2]).toMatchObject({
    payload: { data: { matches: { article: { text: 'Mistral AI grandit.' } } } },
  });
});

test('an alert says which words of each subscriber’s own filter it holds, and is shared by all who do not ask', async () => {
  const { url } = await startServer();
  const follow = (words: string, fields: string) =>
    subscribe<{ matches: object }>(
      url,
      'WebSocket',
      `subscription ($words: String, $after: Cursor) { matches(filter: { words: $words }, after: $after) { ${fields} } }`,
      { words, after: BEGINNING },
    );
  await using one = await follow('levée OR bourse', 'foundWords');
  await using other = await follow('fonds', 'foundWords foundPlaces { field text }');
  const article = await database.db.article.findFirstOrThrow({ include: { body: true } });
  const actor = await database.db.actor.findFirstOrThrow();
  await database.db.articleBody.updateMany({ data: { text: 'Une levée de fonds.' } });
  await database.db.$transaction(async (tx) => {
    await lockLog(tx);
    const line = {
      articleId: article.id,
      storyId: article.storyId,
      actorId: actor.id,
      facts: ['a'],
      reasons: [],
    };
    await appendMatches(tx, [line], new Date(), { title: article.title, text: 'Une levée de fonds.' });
  });
  expect(await one.until(1)).toEqual([{ matches: { foundWords: ['levée'] } }]);
  expect(await other.until(1)).toEqual([
    { matches: { foundWords: ['fonds'], foundPlaces: [{ field: 'TEXT', text: 'fonds' }] } },
  ]);
});

test('alerts are rendered apart for filters with other words where these show, and together where they do not', () => {
  const renderingOf = createRenderings({
    context: {} as never,
    pool: {} as never,
    maskError: (error) => error as Error,
    isUp: async () => true,
  });
  const key = (fields: string, words: string | null) => {
    const document = parse(`subscription { matches { ${fields} } }`);
    return renderingOf({ schema, document }, { tokenId: null, scopes: new Set() }, { words }).key;
  };
  for (const fields of ['foundWords', 'cursor ... { foundPlaces { text } }']) {
    expect(key(fields, 'a')).not.toBe(key(fields, 'b'));
    expect(key(fields, 'a')).not.toBe(key(fields, null));
    expect(key(fields, 'a')).toBe(key(fields, 'a'));
  }
  expect(key('cursor reasons { text }', 'a')).toBe(key('cursor reasons { text }', 'b'));
});

test('an alert that waits for Postgres keeps no process from ending', async () => {
  const program = `
    import { buildSchema, parse } from 'graphql';
    import { createRenderings } from '#server/rendering.ts';
    const serving = setInterval(() => {}, 60_000);
    const renderingOf = createRenderings({
      context: {},
      pool: {},
      maskError: () => ({ extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
      async isUp() {
        clearInterval(serving);
        process.stdout.write('down');
        return false;
      },
    });
    const schema = buildSchema('type Query { a: Int } type Subscription { matches: Int! }');
    const document = parse('subscription { matches }');
    void renderingOf({ schema, document }, { tokenId: null, scopes: new Set() }, { words: null }).render([{ seq: 1n }]);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  onTestFinished(() => void child.kill());
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect([said, code]).toEqual(['down', 0]);
});
