/** Several processes on one Postgres: what the log promises holds across them, and when one is killed. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { seedDatabase } from '#command/serve.ts';
import { addFeeds } from '#feed/feed.store.ts';
import { readLog } from '#match/match.store.ts';
import { createLog } from '#platform/log.ts';
import { createNotifications, POLL_CHANNEL, waitFor } from '#platform/notifications.ts';
import { useTestDatabase } from '../support/database.ts';
import { endpointOf, startProcess } from '../support/processes.ts';
import { subscribe } from '../support/subscriber.ts';
import { pollThroughApi, usePress } from '../support/vigie.ts';

interface Alert {
  readonly matches: { readonly cursor: string };
}
const ALERTS = 'subscription ($after: Cursor) { matches(after: $after) { cursor } }';
/** Before the first line of the log. */
const BEGINNING = Buffer.from('m1:0').toString('base64url');

const cursorOf = (seq: bigint): string => Buffer.from(`m1:${seq}`).toString('base64url');

test('two APIs and two workers on one database: every subscriber of either sees the whole log once, in order', async () => {
  const { press, database } = await usePress();
  const env = { DATABASE_URL: database.url, VIGIE_ALLOW_HOSTS: new URL(press.url).host };
  const [one, two, left, right] = await Promise.all([
    startProcess('api', env),
    startProcess('api', env),
    startProcess('worker', env),
    startProcess('worker', env),
  ]);
  const endpoints = [endpointOf(one), endpointOf(two)] as const;
  const log = async () =>
    (await readLog(database.db, { after: 0n, limit: 1_000, filter: {} })).map(({ seq }) => cursorOf(seq));
  const cursors = (alerts: readonly Alert[]) => alerts.map(({ matches }) => matches.cursor);

  await using overSse = await subscribe<Alert>(endpoints[0], 'SSE', ALERTS, { after: BEGINNING });
  const wanderer = await subscribe<Alert>(endpoints[1], 'WebSocket', ALERTS, { after: BEGINNING });
  // Both APIs ask for the same polls at the same time: the workers share them, and nothing comes out twice.
  await Promise.all(endpoints.map((endpoint) => pollThroughApi(endpoint)));
  const first = await log();
  expect(cursors(await overSse.until(first.length))).toEqual(first);
  expect(cursors(await wanderer.until(first.length))).toEqual(first);
  await wanderer[Symbol.asyncDispose]();

  for (let i = 0; i < 8; i += 1) {
    const published = press.publishNext();
    await pollThroughApi(endpoints[i % 2]!, published!.feedUrl);
  }
  const second = await log();
  expect(second.length).toBeGreaterThan(first.length);
  expect(cursors(await overSse.until(second.length))).toEqual(second);
  // Back at the other replica with the last cursor: exactly what was missed.
  await using returned = await subscribe<Alert>(endpoints[0], 'WebSocket', ALERTS, { after: first.at(-1)! });
  expect(cursors(await returned.until(second.length - first.length))).toEqual(second.slice(first.length));

  const articles = await database.db.article.findMany({ select: { url: true } });
  expect(new Set(articles.map(({ url }) => url)).size).toBe(articles.length);
  const entries = await database.db.feedEntry.groupBy({ by: ['feedId', 'guid'], _count: true });
  expect(entries.every(({ _count }) => _count === 1)).toBe(true);
  for (const worker of [left, right]) expect(await worker.end('SIGTERM')).toBe(0);
  for (const process of [one, two, left, right]) expect(process.stderr()).not.toMatch(/"level":"error"/);
});

/** A newspaper whose pages wait: `onPage` is told of each request and answers when it likes. */
async function startSlowNewspaper(
  items: number,
  onPage: (id: number, answer: () => void) => void,
): Promise<string> {
  const page = (id: number) =>
    `<!doctype html><html lang="fr"><head><title>Brève ${id}</title></head><body><article><h1>Brève ${id}</h1>` +
    `<p>Le laboratoire Kyutai a présenté ce matin la brève numéro ${id} de sa série de travaux sur la parole. </p>`.repeat(
      12,
    ) +
    '</article></body></html>';
  const feed = (base: string) =>
    `<?xml version="1.0"?><rss version="2.0"><channel><title>Lent</title><link>${base}</link>${Array.from(
      { length: items },
      (_, id) =>
        `<item><title>Kyutai, brève ${id}</title><link>${base}/${id}</link><guid>${id}</guid>` +
        `<pubDate>${new Date(Date.UTC(2026, 2, 1, 8, id)).toUTCString()}</pubDate><description>Kyutai.</description></item>`,
    ).join('')}</channel></rss>`;
  const send = (response: ServerResponse, type: string, body: string): void => {
    response.writeHead(200, { 'content-type': type, etag: '"fixed"' });
    response.end(body);
  };
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}`;
    if (request.url === '/feed') return send(response, 'application/rss+xml', feed(base));
    if (request.url === '/robots.txt') return send(response, 'text/plain', '');
    const id = Number(request.url!.slice(1));
    onPage(id, () => send(response, 'text/html; charset=utf-8', page(id)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a worker killed in the middle of a poll loses nothing and doubles nothing: another takes over', async () => {
  const database = await useTestDatabase();
  const items = 12;
  let killed = false;
  const middle = Promise.withResolvers<void>();
  const base = await startSlowNewspaper(items, (id, answer) => {
    // The seventh page never answers while the first worker lives.
    if (id === 6 && !killed) middle.resolve();
    else answer();
  });
  const [feed] = await addFeeds(
    database.db,
    [{ url: `${base}/feed`, title: 'Lent', outlet: 'Lent', siteUrl: null, language: 'fr', topics: [] }],
    () => new Date(),
  );
  await seedDatabase(database, new Date(), createLog('silent'));
  await using notifications = await createNotifications(database.url, createLog('silent'));
  const env = { DATABASE_URL: database.url, VIGIE_ALLOW_HOSTS: new URL(base).host };

  const victim = await startProcess('worker', env);
  await middle.promise;
  await victim.end('SIGKILL');
  killed = true;
  const halfWay = await database.db.article.count();
  expect(halfWay).toBe(6);
  expect((await database.db.feed.findUniqueOrThrow({ where: { id: feed!.id } })).etag).toBeNull();

  await startProcess('worker', env);
  const poll = await waitFor(notifications, { channel: POLL_CHANNEL, timeoutMs: 25_000 }, () =>
    database.db.feedPoll.findFirst({ where: { feedId: feed!.id } }),
  );
  expect(poll).toMatchObject({ outcome: 'FETCHED', items, newArticles: items - halfWay });
  const articles = await database.db.article.findMany({ include: { matches: true } });
  expect(articles.map(({ url }) => url).sort()).toEqual(
    Array.from({ length: items }, (_, id) => `${base}/${id}`).sort(),
  );
  const log = await readLog(database.db, { after: 0n, limit: 100, filter: { actors: ['kyutai'] } });
  expect(new Set(log.map(({ storyId }) => storyId)).size).toBe(log.length);
  expect((await database.db.feed.findUniqueOrThrow({ where: { id: feed!.id } })).etag).toBe('"fixed"');
});
