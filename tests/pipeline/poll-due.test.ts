/** Which feeds a worker takes, and what becomes of what they gave. */
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { addFeeds } from '#feed/feed.store.ts';
import { askForPoll } from '#feed/poll.store.ts';
import { createFeedClaims } from '#feed/poll-claim.store.ts';
import { keepPolling } from '#pipeline/poll-due.ts';
import { createPoller } from '#pipeline/start.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { createNotifications, type Notifications, POLL_CHANNEL, waitFor } from '#platform/notifications.ts';
import { httpServer, USER_AGENT } from '../document/loopback.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestClock } from '../support/ingest.ts';

const log = createLog('silent');
const clock = createTestClock();
let database: Database;
let notifications: Notifications;
beforeAll(async () => {
  database = await createTestDatabase();
  notifications = await createNotifications(database.url, log);
  return async () => {
    await notifications[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  };
});

const EMPTY = '<rss version="2.0"><channel><title>J</title></channel></rss>';
const later = () => new Date(clock.now().getTime() + 3_600_000);

/** Follows feeds for the time of the test; their ids. */
async function follow(urls: readonly string[], due = clock.now()): Promise<number[]> {
  const common = { title: 'J', outlet: 'J', siteUrl: null, language: 'fr', topics: [] };
  const feeds = await addFeeds(
    database.db,
    urls.map((url) => ({ url, ...common })),
    () => due,
  );
  const ids = feeds.map(({ id }) => id);
  onTestFinished(async () => void (await database.db.feed.deleteMany({ where: { id: { in: ids } } })));
  return ids;
}

function startPolling() {
  const config = {
    userAgent: USER_AGENT,
    allowHosts: ['127.0.0.0/8'],
    hostSpacingMs: 0,
    hasPublicUrl: false,
  };
  const { context, ...poller } = createPoller(config, database, { clock, log });
  const polling = keepPolling(context, { notifications, concurrency: 2 });
  return {
    async [Symbol.asyncDispose]() {
      await polling[Symbol.asyncDispose]();
      await poller[Symbol.asyncDispose]();
    },
  };
}

/** Waits for so many lines of history of a feed. */
const untilPolled = (feedId: number, times = 1) =>
  waitFor(notifications, { channel: POLL_CHANNEL, timeoutMs: 20_000 }, async () => {
    const polls = await database.db.feedPoll.findMany({ where: { feedId } });
    return polls.length >= times ? polls : null;
  });

test('a host is claimed once among all workers, with its due feeds, the most pressing first, and asked for before due', async () => {
  const hour = 3_600_000;
  const [due] = await follow(['https://a.fr/due']);
  const [older] = await follow(['https://a.fr/older'], new Date(clock.now().getTime() - hour));
  const [asked] = await follow(['https://b.fr/asked'], later());
  await follow(['https://b.fr/later'], later());
  await askForPoll(database.db, asked!, clock.now());
  await using one = createFeedClaims(database.url);
  await using two = createFeedClaims(database.url);
  expect(await one.takeDue(1, clock.now())).toMatchObject([{ host: 'b.fr', feeds: [{ id: asked }] }]);
  expect(await two.take(asked!, clock.now())).toBe('BUSY');
  const claimed = await two.takeDue(10, clock.now());
  expect(claimed).toMatchObject([{ host: 'a.fr', feeds: [{ id: older }, { id: due }] }]);
  expect(await one.takeDue(10, clock.now())).toEqual([]);
  expect(await one.take(due!, clock.now())).toBe('BUSY');
  await two.release(claimed);
  expect(await one.take(due!, clock.now())).toMatchObject({ id: due, host: 'a.fr', recentArticles: 0 });
});

test('the claims of a session that is gone are free, and a worker that lives takes them back', async () => {
  const [id] = await follow(['https://c.fr/feed']);
  await using one = createFeedClaims(database.url);
  await using two = createFeedClaims(database.url);
  expect(await one.takeDue(5, clock.now())).toMatchObject([{ feeds: [{ id }] }]);
  expect(await two.takeDue(5, clock.now())).toEqual([]);
  const { rows } = await database.pool.query<{ pid: number }>(
    `select pid from pg_locks where locktype = 'advisory' and objsubid = 2 and objid = hashtext('c.fr')::oid`,
  );
  await database.pool.query('select pg_terminate_backend($1, 5000)', [rows[0]!.pid]);
  expect(await two.takeDue(5, clock.now())).toMatchObject([{ feeds: [{ id }] }]);
  await two.release([{ host: 'c.fr' }]);
  // The worker lives on with a new session, and still polls the feed.
  expect(await one.takeDue(5, clock.now())).toEqual([]);
  expect(await two.take(id!, clock.now())).toBe('BUSY');
});

test('feeds are polled when due or asked for, and one that cannot be written down does not cost the others', async () => {
  await using server = await httpServer((_request, response) => response.end(EMPTY));
  await using another = await httpServer((_request, response) => response.end(EMPTY));
  const [bad, good] = await follow([`${another.origin}/bad`, `${server.origin}/good`]);
  const [asked, notDue] = await follow([`${server.origin}/asked`, `${server.origin}/not`], later());
  await database.pool.query(`alter table feed_poll add constraint broken check (feed_id <> ${bad})`);
  onTestFinished(
    async () => void (await database.pool.query('alter table feed_poll drop constraint broken')),
  );
  {
    await using _polling = startPolling();
    await untilPolled(good!);
    await askForPoll(database.db, asked!, clock.now());
    await untilPolled(asked!);
  }
  expect(another.asked).toEqual(['GET /bad']);
  expect(server.asked).toEqual(['GET /good', 'GET /asked']);
  expect(await database.db.feedPoll.count({ where: { feedId: { in: [bad!, notDue!] } } })).toBe(0);
});

test('the due feeds of a host are polled one at a time, each once, however many there are', async () => {
  let underWay = 0;
  let most = 0;
  await using server = await httpServer(async (_request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    response.end(EMPTY);
  });
  const ids = await follow(Array.from({ length: 20 }, (_, number) => `${server.origin}/${number}`));
  {
    await using _polling = startPolling();
    for (const id of ids) await untilPolled(id);
  }
  expect(most).toBe(1);
  expect(server.asked.toSorted()).toEqual(ids.map((_, number) => `GET /${number}`).toSorted());
});

test('a worker that ends breaks its polls off, and their feeds are as due as before', async () => {
  const { promise: reading, resolve: isReading } = Promise.withResolvers<void>();
  const item = (name: string) => `<item><title>${name}</title><link>/${name}</link></item>`;
  await using server = await httpServer(({ url }, response) => {
    if (url === '/robots.txt') response.writeHead(404).end();
    else if (url === '/feed') response.end(EMPTY.replace('</channel>', `${item('a')}${item('b')}</channel>`));
    else isReading();
  });
  const [id] = await follow([`${server.origin}/feed`]);
  {
    await using _polling = startPolling();
    await reading;
  }
  expect(server.asked).toEqual(['GET /feed', 'GET /robots.txt', 'GET /a']);
  expect(await database.db.feedPoll.count({ where: { feedId: id! } })).toBe(0);
  expect(await database.db.article.count({ where: { feedId: id! } })).toBe(0);
  expect(await database.db.feed.findUnique({ where: { id: id! } })).toMatchObject({
    nextPollAt: clock.now(),
  });
});

test('a poll asked for while the feed is being polled is made after it', async () => {
  let id = 0;
  let asked = 0;
  await using server = await httpServer(async (_request, response) => {
    asked += 1;
    if (asked === 1) await askForPoll(database.db, id, later());
    response.end(EMPTY);
  });
  [id = 0] = await follow([`${server.origin}/feed`]);
  await using _polling = startPolling();
  expect(await untilPolled(id, 2)).toHaveLength(2);
  expect(await database.db.feed.findUnique({ where: { id } })).toMatchObject({ pollAskedAt: null });
});
