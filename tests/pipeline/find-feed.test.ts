/** What is found behind an address, and in the place of feeds that died. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Document } from '#document/response.ts';
import { addFeeds } from '#feed/feed.store.ts';
import { adoptSuccessor, dismissSuccessor, loadProposals } from '#feed/successor.store.ts';
import { findFeed } from '#pipeline/find-feed.ts';
import { seekSuccessors } from '#pipeline/find-successor.ts';
import { createFinder } from '#pipeline/jobs.ts';
import { pollFeed } from '#pipeline/poll-feed.ts';
import { createPoller } from '#pipeline/start.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { httpServer, USER_AGENT } from '../document/loopback.ts';
import { createTestDatabase } from '../support/database.ts';
import { openGraph } from '../support/graph.ts';
import { createTestClock } from '../support/ingest.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  return () => database[Symbol.asyncDispose]();
});
beforeEach(() => database.db.feed.deleteMany());

const clock = createTestClock();
const DAY_MS = 86_400_000;

function poller(allowHosts = ['127.0.0.1']) {
  const config = { userAgent: USER_AGENT, allowHosts, hostSpacingMs: 0, hasPublicUrl: false };
  return createPoller(config, database, { clock, log: createLog('silent') });
}

const rss = (title: string, items = 1) =>
  `<rss version="2.0"><channel><title>${title}</title>${`<item><title>a</title><link>https://a.example/${title}</link></item>`.repeat(items)}</channel></rss>`;
const page = (...links: readonly (readonly [path: string, title: string])[]) =>
  `<!doctype html><html><head>${links.map(([path, title]) => `<link rel="alternate" type="application/rss+xml" href="${path}" title="${title}">`).join('')}</head><body>Bonjour</body></html>`;

/** A site of these documents; everything else is a 404. `asked` are the paths in the order they were asked for. */
async function site(documents: Readonly<Record<string, string | number>>) {
  const asked: string[] = [];
  const server = await httpServer(({ url = '/' }, response) => {
    asked.push(url);
    const found = documents[url] ?? 404;
    if (typeof found === 'number') return response.writeHead(found).end();
    const type = found.startsWith('<!doctype') ? 'text/html' : 'application/rss+xml';
    return response.writeHead(200, { 'content-type': type }).end(found);
  });
  return Object.assign(server, { asked });
}

describe('behind an address', () => {
  test('a page that names one feed stands for it', async () => {
    await using server = await site({ '/a/b': page(['/flux', 'Flux']), '/flux': rss('Une') });
    await using own = poller();
    expect(await findFeed(own.context, `${server.origin}/a/b`)).toMatchObject({
      found: 'FEED',
      url: `${server.origin}/flux`,
      title: 'Une',
    });
  });

  test('a page that names several gives the choice, and none of them is asked for', async () => {
    await using server = await site({ '/': page(['/comments/feed', 'Commentaires'], ['/flux', 'Flux']) });
    await using own = poller();
    expect(await findFeed(own.context, `${server.origin}/`)).toMatchObject({
      found: 'PAGE',
      links: [{ title: 'Flux' }, { title: 'Commentaires' }],
    });
    expect(server.asked).toEqual(['/']);
  });

  test('a page that names none is tried at the usual places', async () => {
    await using server = await site({ '/': page(), '/rss.xml': rss('Usuel') });
    await using own = poller();
    expect(await findFeed(own.context, `${server.origin}/`)).toMatchObject({
      found: 'FEED',
      url: `${server.origin}/rss.xml`,
    });
    expect(server.asked).toEqual(['/', '/feed', '/rss.xml']);
  });

  test('nine requests are the most that one address costs', async () => {
    await using server = await site({ '/': page() });
    await using own = poller();
    expect(await findFeed(own.context, `${server.origin}/`)).toMatchObject({
      found: 'NOTHING',
      reason: 'NO_FEED',
    });
    expect(server.asked.length).toBeLessThanOrEqual(9);
  });

  test.each([
    ['a page that is not there', '/404', 'NO_FEED'],
    ['a server that is busy', '/503', 'UNREACHABLE'],
  ])('%s is %s', async (_what, path, reason) => {
    await using server = await site({ '/503': 503 });
    await using own = poller();
    expect(await findFeed(own.context, server.origin + path)).toMatchObject({ found: 'NOTHING', reason });
  });

  test('a private address is refused, also when a page names it', async () => {
    await using server = await site({ '/': page(['http://127.0.0.2/flux', 'Flux']) });
    await using own = poller([new URL(server.origin).host]);
    for (const address of ['http://10.0.0.1/', `${server.origin}/`]) {
      expect(await findFeed(own.context, address)).toMatchObject({ found: 'NOTHING', reason: 'REFUSED' });
    }
  });

  test('the API looks behind four addresses at a time, and the others have their turn', async () => {
    await using own = poller();
    const underWay: (() => void)[] = [];
    const started = Promise.withResolvers<void>();
    let asked = 0;
    const get = async (): Promise<Document> => {
      asked += 1;
      if (asked === 4) started.resolve();
      await new Promise<void>((resolve) => underWay.push(resolve));
      throw new Error('out of order');
    };
    const find = createFinder({ ...own.context, documents: { ...own.context.documents, get } });
    const looks = Array.from({ length: 6 }, (_, index) => find(`https://a.example/${index}`));
    const ended = Promise.allSettled(looks);
    await started.promise;
    expect(underWay).toHaveLength(4);
    while (asked < 6) {
      underWay.shift()?.();
      await new Promise(setImmediate);
      expect(underWay.length).toBeLessThanOrEqual(4);
    }
    for (const release of underWay) release();
    expect((await ended).map(({ status }) => status)).toEqual(looks.map(() => 'rejected'));
  });
});

describe('in the place of a dead feed', () => {
  const dead = async (origin: string, status: 'GONE' | 'ACTIVE', days = 4) => {
    const feed = { title: 'Le Jour', outlet: 'Le Jour', siteUrl: `${origin}/`, language: 'fr', topics: [] };
    const [added] = await addFeeds(database.db, [{ ...feed, url: `${origin}/mort.xml` }], () => clock.now());
    const failingSince = new Date(clock.now().getTime() - days * DAY_MS);
    await database.db.feed.update({
      where: { id: added!.id },
      data: { status, failingSince, consecutiveFailures: 9, lastError: 'answered 404' },
    });
    await database.db.feedPoll.create({
      data: {
        feedId: added!.id,
        startedAt: clock.now(),
        durationMs: 1,
        outcome: 'FAILED',
        httpStatus: status === 'GONE' ? 410 : 404,
      },
    });
    return added!.id;
  };
  const seek = async (own: ReturnType<typeof poller>) =>
    await seekSuccessors({ ...own.context, db: database.db });
  const proposed = async (id: number) => (await loadProposals(database.db, [id])).get(id)?.url ?? null;

  test('the feed of the same name that its page names is proposed, and nothing else changes', async () => {
    await using server = await site({
      '/': page(['/sport', 'Sport'], ['/jour', 'Jour'], ['/comments/feed', 'Commentaires']),
      '/sport': rss('Sport'),
      '/jour': rss('Le jour'),
      '/comments/feed': rss('Le Jour'),
    });
    await using own = poller();
    const id = await dead(server.origin, 'GONE');
    expect(await seek(own)).toBe(1);
    expect(await proposed(id)).toBe(`${server.origin}/jour`);
    expect(await database.db.feed.findUnique({ where: { id } })).toMatchObject({
      url: `${server.origin}/mort.xml`,
      status: 'GONE',
    });
    // A proposal stands until somebody answers it.
    clock.advance(30 * DAY_MS);
    server.asked.length = 0;
    expect(await seek(own)).toBe(0);
    expect(server.asked).toEqual([]);
  });

  test('a usual place is tried where the page names nothing; an empty feed and the dead one are no successors', async () => {
    await using server = await site({
      '/': page(['/mort.xml', 'Le Jour']),
      '/feed': rss('Vide', 0),
      '/feed.xml': rss('Neuf'),
    });
    await using own = poller();
    const id = await dead(server.origin, 'ACTIVE');
    await seek(own);
    expect(await proposed(id)).toBe(`${server.origin}/feed.xml`);
  });

  test('a feed that has failed for a day only is left alone, and so is one that answers again', async () => {
    await using server = await site({ '/': page(['/jour', 'Jour']), '/jour': rss('Le Jour') });
    await using own = poller();
    const id = await dead(server.origin, 'ACTIVE', 1);
    expect(await seek(own)).toBe(0);
    expect(server.asked).toEqual([]);
    await database.db.feed.update({
      where: { id },
      data: { failingSince: new Date(clock.now().getTime() - 9 * DAY_MS) },
    });
    expect(await seek(own)).toBe(1);
    await database.db.feed.update({ where: { id }, data: { failingSince: null, consecutiveFailures: 0 } });
    expect(await proposed(id)).toBeNull();
  });

  test('a feed that is followed already is not proposed, and the site is searched again after a week', async () => {
    await using server = await site({ '/': page(['/jour', 'Jour']), '/jour': rss('Le Jour') });
    await using own = poller();
    const id = await dead(server.origin, 'GONE');
    const [other] = await addFeeds(
      database.db,
      [{ url: `${server.origin}/jour`, title: 'J', outlet: 'J', siteUrl: null, language: null, topics: [] }],
      () => clock.now(),
    );
    expect(await seek(own)).toBe(0);
    await database.db.feed.delete({ where: { id: other!.id } });
    expect(await seek(own)).toBe(0);
    clock.advance(7 * DAY_MS);
    expect(await seek(own)).toBe(1);
    expect(await proposed(id)).toBe(`${server.origin}/jour`);
  });

  test('adopted, it is polled under the same feed; dismissed, it is not proposed again', async () => {
    await using server = await site({
      '/': page(['/un', 'Un'], ['/deux', 'Deux']),
      '/un': rss('Un'),
      '/deux': rss('Deux'),
    });
    await using own = poller();
    const id = await dead(server.origin, 'GONE');
    await seek(own);
    expect(await dismissSuccessor(database.db, id)).toBe(true);
    expect(await dismissSuccessor(database.db, id)).toBe(false);
    clock.advance(7 * DAY_MS);
    await seek(own);
    expect(await proposed(id)).toBe(`${server.origin}/deux`);
    expect(await adoptSuccessor(database.db, id, clock.now())).toMatchObject({
      outcome: 'ADOPTED',
      feed: { id, url: `${server.origin}/deux`, status: 'ACTIVE', lastError: null },
    });
    expect(await proposed(id)).toBeNull();
    expect(await adoptSuccessor(database.db, id, clock.now())).toEqual({ outcome: 'NOTHING_PROPOSED' });
    expect(await pollFeed(own.context, id)).toMatchObject({ outcome: 'FETCHED', newArticles: 1 });
  });

  test('the API shows the proposal and takes the answer', async () => {
    await using server = await site({ '/': page(['/jour', 'Jour']), '/jour': rss('Le Jour') });
    await using own = poller();
    const id = await dead(server.origin, 'GONE');
    await seek(own);
    const planned: number[] = [];
    const graph = openGraph(database, { jobs: { planPoll: async (feed) => void planned.push(feed) } });
    expect(await graph.ask('{ feeds { nodes { proposedSuccessor { url title } } } }')).toEqual({
      feeds: { nodes: [{ proposedSuccessor: { url: `${server.origin}/jour`, title: 'Le Jour' } }] },
    });
    const answer = (name: string) =>
      graph.ask(
        `mutation ($feed: ID!) { ${name}(input: { feed: $feed }) {
          ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload { feed { url status proposedSuccessor { url } } }
          ... on UserError { code field }
        } }`,
        { feed: Buffer.from(`Feed:${id}`).toString('base64') },
      );
    expect(await answer('adoptSuccessor')).toEqual({
      adoptSuccessor: {
        feed: { url: `${server.origin}/jour`, status: 'ACTIVE', proposedSuccessor: null },
      },
    });
    expect(planned).toEqual([id]);
    expect(await answer('dismissSuccessor')).toEqual({
      dismissSuccessor: { code: 'NOT_FOUND', field: 'input.feed' },
    });
  });
});
