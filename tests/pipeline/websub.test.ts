/** A feed, its hub and we, all on the loopback. */
import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createHubClient } from '#document/hub.client.ts';
import { addFeeds } from '#feed/feed.store.ts';
import { pollFeed } from '#pipeline/poll-feed.ts';
import { createPoller } from '#pipeline/start.ts';
import { subscribeDueFeeds } from '#pipeline/subscribe-feed.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { serveWebSub } from '#server/websub.ts';
import { httpServer, USER_AGENT } from '../document/loopback.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestClock } from '../support/ingest.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const allowHosts = ['127.0.0.1'];
const log = createLog('silent');

/** Worlds share a database; each has a newspaper of its own. */
let worlds = 0;

const item = (name: string) =>
  `<item><title>${name}</title><link>https://journal-${worlds}.example/${name}</link><guid>${name}</guid><description>${`Le texte de ${name}. `.repeat(60)}</description></item>`;
const feedOf = (...items: string[]) =>
  `<rss version="2.0"><channel><title>Journal</title><link>https://journal.example/</link>${items.map(item).join('')}</channel></rss>`;

/** How the hub answers the request for a subscription. */
type HubAnswer = 202 | 404 | 307;

async function useWorld(database: Database) {
  worlds += 1;
  const { db } = database;
  const clock = createTestClock();
  const stack = new AsyncDisposableStack();
  let answer: HubAnswer = 202;
  const forms: URLSearchParams[] = [];
  const hub = stack.use(
    await httpServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      if (answer === 202 || request.url === '/moved') forms.push(new URLSearchParams(text));
      response.writeHead(request.url === '/moved' ? 202 : answer, { location: '/moved' }).end();
    }),
  );
  let announces = true;
  const published = ['un'];
  const press = stack.use(
    await httpServer((_request, response) => {
      response.setHeader('etag', '"1"');
      if (announces) response.setHeader('link', [`<${hub.origin}/hub>; rel=hub`, '</feed>; rel=self']);
      response.end(feedOf(...published));
    }),
  );
  const planned: number[] = [];
  const jobs = { planPoll: async (feedId: number) => void planned.push(feedId) };
  const context = { db, clock, log, jobs: jobs as never };
  const callback = stack.use(
    await httpServer((request, response) => {
      void serveWebSub(context, request, response, request.url!.split('?', 1)[0]!);
    }),
  );
  const config = { userAgent: USER_AGENT, allowHosts, hostSpacingMs: 0, hasPublicUrl: true };
  const poller = stack.use(createPoller(config, database, { clock, log }));
  const hubs = createHubClient({ userAgent: USER_AGENT, allowHosts });
  stack.defer(() => hubs.close());
  const [feed] = await addFeeds(
    db,
    [
      {
        url: `${press.origin}/feed`,
        title: 'Journal',
        outlet: 'Journal',
        siteUrl: null,
        language: 'fr',
        topics: [],
      },
    ],
    () => clock.now(),
  );
  const feedId = feed!.id;
  const post = (body: string, headers: Record<string, string>) =>
    fetch(forms.at(-1)!.get('hub.callback')!, { method: 'POST', body, headers });
  return {
    clock,
    forms,
    planned,
    hub,
    feedId,
    topic: `${press.origin}/feed`,
    poll: () => pollFeed(poller.context, feedId),
    /** Polls, and for how many milliseconds the feed is then left alone. */
    async pollAgain() {
      const report = await pollFeed(poller.context, feedId);
      return report!.nextPollAt.getTime() - clock.now().getTime();
    },
    subscribe: () => subscribeDueFeeds({ db, clock, log, hubs, publicUrl: callback.origin }),
    subscription: () => db.feedSubscription.findUnique({ where: { feedId } }),
    titles: async () =>
      (await db.article.findMany({ where: { feedId }, orderBy: { id: 'asc' } })).map(({ title }) => title),
    waiting: () => db.feedDelivery.count({ where: { feedId } }),
    hubAnswers(next: HubAnswer) {
      answer = next;
    },
    publish: (name: string) => void published.unshift(name),
    stopAnnouncing() {
      announces = false;
    },
    /** The hub calls back about the newest request. */
    ask: (query: Record<string, string>) => {
      const url = new URL(forms.at(-1)!.get('hub.callback')!);
      for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
      return fetch(url);
    },
    deliver: (body: string, secret = forms.at(-1)!.get('hub.secret')!, method = 'sha256') =>
      post(body, {
        'content-type': 'application/rss+xml',
        'x-hub-signature': `${method}=${createHmac(method, secret).update(body).digest('hex')}`,
      }),
    deliverUnsigned: (body: string) => post(body, {}),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  return () => database[Symbol.asyncDispose]();
});

/** A world in which the hub has agreed, for a day. */
async function useSubscribed() {
  const world = await useWorld(database);
  await world.poll();
  await world.subscribe();
  const query = {
    'hub.mode': 'subscribe',
    'hub.topic': world.topic,
    'hub.challenge': 'défi',
    'hub.lease_seconds': '86400',
  };
  return { ...world, query, verified: await world.ask(query) };
}

describe('a feed that announces a hub', () => {
  test('is subscribed to, verified, and then polled only as a net', async () => {
    await using world = await useSubscribed();
    expect(world.hub.asked).toEqual(['POST /hub']);
    expect(world.forms[0]!.get('hub.topic')).toBe(world.topic);
    expect(world.forms[0]!.get('hub.callback')).toMatch(/\/websub\/[\w-]{32}$/);
    expect([world.verified.status, await world.verified.text()]).toEqual([200, 'défi']);
    const leaseEndsAt = new Date(world.clock.now().getTime() + DAY);
    expect(await world.subscription()).toMatchObject({ status: 'ACTIVE', leaseEndsAt, failures: 0 });
    expect(await world.pollAgain()).toBeLessThan(2 * HOUR);
    await world.deliver(feedOf('deux'));
    await world.poll();
    expect(await world.pollAgain()).toBeGreaterThan(5 * HOUR);
    world.clock.advance(DAY + 1);
    expect(await world.pollAgain()).toBeLessThan(2 * HOUR);
  });

  test('is polled as before once its hub has fallen silent, until it brings something again', async () => {
    await using world = await useSubscribed();
    await world.deliver(feedOf('deux'));
    await world.poll();
    world.clock.advance(1);
    world.publish('trois');
    expect(await world.pollAgain()).toBeLessThan(2 * HOUR);
    expect(await world.titles()).toEqual(['un', 'deux', 'trois']);
    world.clock.advance(1);
    expect(await world.pollAgain()).toBeLessThan(2 * HOUR);
    await world.deliver(feedOf('quatre'));
    await world.poll();
    expect(await world.pollAgain()).toBeGreaterThan(5 * HOUR);
  });

  test('has what its hub delivers ingested like a poll, once', async () => {
    await using world = await useSubscribed();
    expect((await world.deliver(feedOf('deux', 'un'))).status).toBe(202);
    expect(world.planned).toEqual([world.feedId]);
    expect(await world.poll()).toMatchObject({
      outcome: 'FETCHED',
      items: 2,
      newArticles: 1,
      httpStatus: null,
    });
    expect(await world.titles()).toEqual(['un', 'deux']);
    expect((await world.subscription())!.lastDeliveryAt).toEqual(world.clock.now());
    // What has been read is gone: the next poll asks the newspaper.
    expect(await world.poll()).toMatchObject({ httpStatus: 200, newArticles: 0 });
  });

  test('has its lease renewed before it ends, and not sooner', async () => {
    await using world = await useSubscribed();
    world.clock.advance(0.7 * DAY);
    await world.subscribe();
    expect(world.forms.length).toBe(1);
    world.clock.advance(0.15 * DAY);
    await world.subscribe();
    expect(world.forms.length).toBe(2);
    expect(await world.subscription()).toMatchObject({ status: 'ACTIVE' });
    await world.ask(world.query);
    const leaseEndsAt = new Date(world.clock.now().getTime() + DAY);
    expect(await world.subscription()).toMatchObject({ leaseEndsAt, failures: 0 });
  });

  test('that announces none any more is forgotten, and its hub is told so', async () => {
    await using world = await useSubscribed();
    world.stopAnnouncing();
    await world.poll();
    expect(await world.subscription()).toBeNull();
    expect((await world.deliver(feedOf('deux'))).status).toBe(410);
    expect((await world.ask(world.query)).status).toBe(404);
  });
});

describe('a delivery', () => {
  test('that is not signed, or wrongly, is acknowledged and ignored', async () => {
    await using world = await useSubscribed();
    expect((await world.deliver(feedOf('faux'), 'un autre secret')).status).toBe(202);
    expect((await world.deliverUnsigned(feedOf('faux'))).status).toBe(202);
    expect(world.planned).toEqual([]);
    expect(await world.waiting()).toBe(0);
    expect((await world.deliver(feedOf('vrai'), undefined, 'sha1')).status).toBe(202);
    expect(world.planned).toEqual([world.feedId]);
  });

  test('longer than five megabytes is refused', async () => {
    await using world = await useSubscribed();
    expect((await world.deliver('x'.repeat(5 * 1024 * 1024 + 1))).status).toBe(413);
    expect(await world.waiting()).toBe(0);
  });

  test('that is no feed says nothing against the feed', async () => {
    await using world = await useSubscribed();
    await world.deliver('<html>Bonjour</html>');
    expect(await world.poll()).toMatchObject({ outcome: 'FAILED', newArticles: 0 });
    const feed = await database.db.feed.findUniqueOrThrow({ where: { id: world.feedId } });
    expect(feed).toMatchObject({ status: 'ACTIVE', consecutiveFailures: 0, lastError: null });
  });
});

describe('a hub', () => {
  test('that asks about another topic, or to unsubscribe, is not believed', async () => {
    await using world = await useSubscribed();
    expect((await world.ask({ ...world.query, 'hub.topic': 'https://autre.example/' })).status).toBe(404);
    expect((await world.ask({ ...world.query, 'hub.mode': 'unsubscribe' })).status).toBe(404);
    expect(await world.subscription()).toMatchObject({ status: 'ACTIVE' });
  });

  test('that refuses leaves the feed to be polled, at once and as before', async () => {
    await using world = await useSubscribed();
    const denial = { 'hub.mode': 'denied', 'hub.topic': world.topic, 'hub.reason': 'complet' };
    expect((await world.ask(denial)).status).toBe(200);
    expect(await world.subscription()).toMatchObject({
      status: 'DENIED',
      problem: 'the hub refuses: complet',
      leaseEndsAt: null,
    });
    expect(world.planned).toEqual([world.feedId]);
    const report = await world.poll();
    expect(report!.nextPollAt.getTime() - world.clock.now().getTime()).toBeLessThan(2 * 3_600_000);
    // Who was refused does not take deliveries, and a late agreement is not asked for.
    await world.deliver(feedOf('deux'));
    expect(await world.waiting()).toBe(0);
    expect((await world.ask(world.query)).status).toBe(404);
  });

  test('that is dead is tried again later, and the feed is polled meanwhile', async () => {
    await using world = await useWorld(database);
    world.hubAnswers(404);
    await world.poll();
    await world.subscribe();
    expect(await world.subscription()).toMatchObject({
      status: 'FAILED',
      problem: expect.stringMatching(/answered 404$/),
      failures: 1,
    });
    await world.subscribe();
    expect(world.hub.asked.length).toBe(1);
    world.clock.advance(3_600_000);
    await world.subscribe();
    expect(world.hub.asked.length).toBe(2);
    expect(await world.poll()).toMatchObject({ outcome: 'FETCHED' });
  });

  test('that has moved is followed with the same form', async () => {
    await using world = await useWorld(database);
    world.hubAnswers(307);
    await world.poll();
    await world.subscribe();
    expect(world.hub.asked).toEqual(['POST /hub', 'POST /moved']);
    expect(world.forms[0]!.get('hub.mode')).toBe('subscribe');
  });

  test('at a private address is never asked', async () => {
    await using world = await useWorld(database);
    const hubs = createHubClient({ userAgent: USER_AGENT, allowHosts: [] });
    expect(await hubs.post(`${world.hub.origin}/hub`, new URLSearchParams())).toEqual({
      outcome: 'REFUSED',
      message: expect.stringMatching(/is not at a public address$/),
    });
    expect(world.hub.asked).toEqual([]);
    await hubs.close();
  });
});
