/** What a poll does to its feed when something is not as it should be. */
import { beforeAll, expect, test } from 'vitest';
import { addFeeds } from '#feed/feed.store.ts';
import { prunePolls } from '#feed/poll.store.ts';
import { pollFeed } from '#pipeline/poll-feed.ts';
import { createPoller } from '#pipeline/start.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { httpServer, type Loopback, USER_AGENT } from '../document/loopback.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestClock } from '../support/ingest.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  return () => database[Symbol.asyncDispose]();
});

const WHOLE = 'Une phrase de plus pour que le texte soit entier. '.repeat(20);
const clock = createTestClock();

function rss(server: Loopback, items: readonly { readonly name: string; readonly text?: string }[]): string {
  const rows = items.map(
    ({ name, text = WHOLE }) =>
      `<item><title>${name}</title><link>${server.origin}/${name}</link><pubDate>${clock.now().toUTCString()}</pubDate><description>${text}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>J</title><link>${server.origin}/</link>${rows.join('')}</channel></rss>`;
}

async function follow(...urls: readonly string[]): Promise<number[]> {
  const feeds = urls.map((url) => ({
    url,
    title: 'J',
    outlet: 'J',
    siteUrl: null,
    language: 'fr',
    topics: [],
  }));
  return (await addFeeds(database.db, feeds, () => clock.now())).map(({ id }) => id);
}

function poller() {
  const config = { userAgent: USER_AGENT, allowHosts: ['127.0.0.1'], hostSpacingMs: 0, hasPublicUrl: false };
  return createPoller(config, database, { clock, log: createLog('silent') });
}

const feedRow = (id: number) => database.db.feed.findUniqueOrThrow({ where: { id } });
/** The text of the first article that a feed brought. */
const textFrom = async (feedId: number) =>
  (await database.db.article.findFirstOrThrow({ where: { feedId }, select: { body: true } })).body?.text;

test('validators are kept once everything is in, sent back, and left out after twenty-four unchanged polls', async () => {
  const sent: (string | undefined)[] = [];
  await using server = await httpServer(({ headers }, response) => {
    sent.push(headers['if-none-match']);
    if (headers['if-none-match'] === '"1"') response.writeHead(304, { etag: '"1"' }).end();
    else response.writeHead(200, { etag: '"1"' }).end(rss(server, [{ name: 'validators' }]));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  for (let poll = 0; poll < 27; poll += 1) await pollFeed(own.context, id!);
  expect(sent.map((etag) => etag !== undefined)).toEqual([
    false,
    ...Array.from({ length: 24 }, () => true),
    false,
    true,
  ]);
  expect(await database.db.feedPoll.count({ where: { feedId: id!, outcome: 'NOT_MODIFIED' } })).toBe(25);
});

test('validators of an answer that is no feed are not sent back: the next one would say that nothing has changed', async () => {
  const sent: (string | undefined)[] = [];
  let broken = false;
  await using server = await httpServer(({ headers }, response) => {
    sent.push(headers['if-none-match']);
    const etag = broken ? '"works"' : '"1"';
    if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag }).end(broken ? '<html>Travaux</html>' : rss(server, []));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  const outcomes: (string | undefined)[] = [];
  for (broken of [false, true, true, false]) {
    outcomes.push((await pollFeed(own.context, id!))?.outcome);
  }
  expect(outcomes).toEqual(['FETCHED', 'FAILED', 'FAILED', 'NOT_MODIFIED']);
  expect(sent).toEqual([undefined, '"1"', '"1"', '"1"']);
});

test('validators of a document whose end is missing are not kept, however orderly it came', async () => {
  const cut = (text: string) => text.slice(0, text.lastIndexOf('<item>') + 60);
  await using server = await httpServer(({ headers }, response) => {
    if (headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"1"' }).end(server.asked.length === 1 ? cut(whole) : whole);
  });
  const whole = rss(server, [{ name: 'debut' }, { name: 'fin' }]);
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  const first = await pollFeed(own.context, id!);
  expect(first).toMatchObject({ newArticles: 1, problem: expect.stringMatching(/breaks off/) });
  expect(await pollFeed(own.context, id!)).toMatchObject({
    outcome: 'FETCHED',
    newArticles: 1,
    problem: null,
  });
  expect(await pollFeed(own.context, id!)).toMatchObject({ outcome: 'NOT_MODIFIED' });
});

test('an item without a title is called after its text, also when that only points elsewhere', async () => {
  const pointer = 'À lire : Mistral lève 1,7 milliard d’euros';
  await using server = await httpServer(({ url }, response) => {
    if (url !== '/feed') return response.writeHead(404).end();
    response
      .writeHead(200)
      .end(rss(server, [{ name: 'pointe', text: pointer }]).replace('<title>pointe</title>', ''));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  expect(await pollFeed(own.context, id!)).toMatchObject({ newArticles: 1 });
  expect(await database.db.article.findFirst({ where: { feedId: id! } })).toMatchObject({ title: pointer });
});

test('a feed that names no language and no base takes those of its answer', async () => {
  const entry = '<entry><title>ailleurs</title><id>urn:x</id><link href="article"/></entry>';
  await using server = await httpServer(({ url }, response) => {
    if (url !== '/feed') return response.writeHead(404).end();
    const headers = { 'content-language': 'fr', 'content-location': '/rubrique/feed' };
    return response
      .writeHead(200, headers)
      .end(`<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>${entry}</feed>`);
  });
  await using own = poller();
  const feed = { url: `${server.origin}/feed`, title: 'A', outlet: 'A', siteUrl: null, topics: [] };
  const [{ id = 0 } = {}] = await addFeeds(database.db, [{ ...feed, language: null }], () => clock.now());
  await pollFeed(own.context, id);
  const article = await database.db.article.findFirstOrThrow({ where: { feedId: id } });
  expect(article).toMatchObject({ url: `${server.origin}/rubrique/article`, language: 'fr' });
});

test('a feed with a page that did not answer is asked for whole until the page is there', async () => {
  let pages = 0;
  await using server = await httpServer(({ url, headers }, response) => {
    if (url === '/robots.txt') return response.writeHead(404).end();
    if (url === '/feed') {
      if (headers['if-none-match'] === '"1"') return response.writeHead(304).end();
      return response.writeHead(200, { etag: '"1"' }).end(rss(server, [{ name: 'gist', text: 'En bref.' }]));
    }
    pages += 1;
    if (pages === 1) return response.writeHead(503).end();
    const html = `<html lang="fr"><body><article><h1>gist</h1><p>${WHOLE}</p><p>${WHOLE}</p></article></body></html>`;
    return response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  expect(await pollFeed(own.context, id!)).toMatchObject({ outcome: 'FETCHED', newArticles: 1 });
  expect((await feedRow(id!)).etag).toBeNull();
  expect(await pollFeed(own.context, id!)).toMatchObject({ outcome: 'FETCHED', revisedArticles: 1 });
  expect((await feedRow(id!)).etag).toBe('"1"');
  expect(await pollFeed(own.context, id!)).toMatchObject({ outcome: 'NOT_MODIFIED' });
  expect(pages).toBe(2);
});

test('pages that a poll has no time for are read by the next, after what is new', async () => {
  const names = ['ancien'];
  await using server = await httpServer(({ url }, response) => {
    if (url === '/robots.txt') return response.writeHead(404).end();
    if (url === '/feed')
      return response.end(
        rss(
          server,
          names.map((name) => ({ name, text: 'En bref.' })),
        ),
      );
    return response.end(
      `<html lang="fr"><body><article><p>${WHOLE}</p><p>${WHOLE}</p></article></body></html>`,
    );
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  const report = await pollFeed({ ...own.context, pageTime: { all: 0, failed: 0 } }, id!);
  expect(report!.problem).toMatch(/^1 pages to be read later: .*no more time for pages$/);
  expect(server.asked).toEqual(['GET /feed']);
  clock.advance(60_000);
  names.push('nouveau');
  expect(await pollFeed(own.context, id!)).toMatchObject({ newArticles: 1, revisedArticles: 1 });
  expect(server.asked.slice(-2)).toEqual(['GET /nouveau', 'GET /ancien']);
});

test('a page is read later when it was robots.txt that did not answer', async () => {
  await using server = await httpServer(({ url }, response) => {
    if (url === '/robots.txt') response.writeHead(500).end();
    else response.writeHead(200, { etag: '"1"' }).end(rss(server, [{ name: 'muet', text: 'En bref.' }]));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  expect(await pollFeed(own.context, id!)).toMatchObject({
    newArticles: 1,
    problem: expect.stringMatching(/^1 pages to be read later: no robots\.txt of .* answered 500$/),
  });
  expect(server.asked).toEqual(['GET /feed', 'GET /robots.txt']);
  expect(await feedRow(id!)).toMatchObject({ etag: null });
});

test('an item that cannot be stored does not cost the others, and is tried again', async () => {
  await using server = await httpServer((_request, response) => {
    response
      .writeHead(200, { etag: '"1"' })
      .end(rss(server, [{ name: 'avant' }, { name: 'jamais' }, { name: 'apres' }]));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  await database.pool.query(`alter table article add constraint broken check (title <> 'jamais')`);
  const report = await pollFeed(own.context, id!);
  expect(report).toMatchObject({
    outcome: 'FETCHED',
    newArticles: 2,
    problem: expect.stringMatching(/^1 of 3 items/),
  });
  expect((await feedRow(id!)).etag).toBeNull();
  await database.pool.query('alter table article drop constraint broken');
  expect(await pollFeed(own.context, id!)).toMatchObject({ newArticles: 1, problem: null });
  expect((await feedRow(id!)).etag).toBe('"1"');
});

test('a feed that moves for good to one that is followed already is put aside after three polls, and says why', async () => {
  await using server = await httpServer(({ url }, response) => {
    if (url === '/ancien') response.writeHead(301, { location: '/nouveau' }).end();
    else response.end(rss(server, [{ name: 'moved' }]));
  });
  await using own = poller();
  const [old, current] = await follow(`${server.origin}/ancien`, `${server.origin}/nouveau`);
  for (const status of ['ACTIVE', 'ACTIVE', 'PAUSED']) {
    expect(await pollFeed(own.context, old!)).toMatchObject({ outcome: 'FETCHED', status });
  }
  expect(await feedRow(old!)).toMatchObject({
    url: `${server.origin}/ancien`,
    lastError: `moved for good to ${server.origin}/nouveau, which is followed already: not polled twice`,
  });
  expect(await pollFeed(own.context, old!)).toBeNull();
  expect(await pollFeed(own.context, current!)).toMatchObject({ outcome: 'FETCHED', status: 'ACTIVE' });
});

test('a feed whose host is left alone has not failed: it waits as long as the host asked', async () => {
  await using server = await httpServer(({ url }, response) => {
    if (url === '/sage') response.end(rss(server, [{ name: 'sage' }]));
    else response.writeHead(429, { 'retry-after': '3600' }).end();
  });
  await using own = poller();
  const [sage, ...others] = await follow(
    ...['sage', 'a', 'b', 'c'].map((name) => `${server.origin}/${name}`),
  );
  await pollFeed(own.context, sage!);
  for (const id of others) await pollFeed(own.context, id);
  const asked = server.asked.length;
  const report = await pollFeed(own.context, sage!);
  expect(server.asked.length).toBe(asked);
  expect(report!.problem).toMatch(/asked to be left alone/);
  expect(report!.nextPollAt.getTime() - clock.now().getTime()).toBeGreaterThan(3_500_000);
  expect(await feedRow(sage!)).toMatchObject({ consecutiveFailures: 0, lastError: null, failingSince: null });
  expect(await feedRow(others[0]!)).toMatchObject({
    consecutiveFailures: 1,
    lastError: expect.stringMatching(/429$/),
  });
});

test('a feed that is gone is retired, and one that was removed meanwhile is left alone', async () => {
  await using server = await httpServer(async ({ url }, response) => {
    if (url === '/fini') return response.writeHead(410).end();
    await database.db.feed.deleteMany({ where: { url: `${server.origin}/enleve` } });
    return response.end(rss(server, []));
  });
  await using own = poller();
  const [gone, removed] = await follow(`${server.origin}/fini`, `${server.origin}/enleve`);
  expect(await pollFeed(own.context, gone!)).toMatchObject({ outcome: 'FAILED', status: 'GONE' });
  expect(await feedRow(gone!)).toMatchObject({ status: 'GONE', lastError: expect.stringMatching(/410/) });
  await pollFeed(own.context, removed!);
  expect(await database.db.feedPoll.count({ where: { feedId: removed! } })).toBe(0);
});

test('a feed named after its host takes its own title with its first answer, and its articles the outlet', async () => {
  let answers = false;
  await using server = await httpServer((_request, response) => {
    if (answers) response.end(rss(server, [{ name: 'nomme' }]).replace('<title>J<', '<title>Le Jour<'));
    else response.writeHead(503).end();
  });
  await using own = poller();
  const feed = { url: `${server.origin}/feed`, siteUrl: null, language: null, topics: [] };
  const [unnamed] = await addFeeds(
    database.db,
    [{ ...feed, title: '127.0.0.1', outlet: '127.0.0.1', unnamed: ['title', 'outlet'] }],
    () => clock.now(),
  );
  await pollFeed(own.context, unnamed!.id);
  expect(await feedRow(unnamed!.id)).toMatchObject({ title: '127.0.0.1', unnamed: ['title', 'outlet'] });
  answers = true;
  await pollFeed(own.context, unnamed!.id);
  expect(await feedRow(unnamed!.id)).toMatchObject({ title: 'Le Jour', outlet: 'Le Jour', unnamed: [] });
  const article = await database.db.article.findFirstOrThrow({ where: { feedId: unnamed!.id } });
  expect(article.outlet).toBe('Le Jour');
});

test('a name that somebody gave is kept, whatever the feed calls itself', async () => {
  await using server = await httpServer((_request, response) => {
    response.end(rss(server, [{ name: 'donne' }]));
  });
  await using own = poller();
  const feed = { url: `${server.origin}/feed`, siteUrl: null, language: null, topics: [] };
  const [named] = await addFeeds(
    database.db,
    [{ ...feed, title: '127.0.0.1', outlet: 'Mon journal', unnamed: ['title'] }],
    () => clock.now(),
  );
  await pollFeed(own.context, named!.id);
  expect(await feedRow(named!.id)).toMatchObject({ title: 'J', outlet: 'Mon journal' });
});

test('two hundred polls are kept of each feed, the latest, whatever the others do', async () => {
  const [busy, other] = await follow('https://history.example/busy', 'https://history.example/other');
  const past = { startedAt: clock.now(), durationMs: 1, outcome: 'NOT_MODIFIED' as const };
  await database.db.feedPoll.createMany({
    data: [
      ...Array.from({ length: 260 }, () => ({ ...past, feedId: busy! })),
      ...Array.from({ length: 150 }, () => ({ ...past, feedId: other! })),
    ],
  });
  const newest = { where: { feedId: busy! }, orderBy: { id: 'desc' }, take: 200 } as const;
  const kept = await database.db.feedPoll.findMany(newest);
  expect(await prunePolls(database.db)).toBe(60);
  expect(await database.db.feedPoll.findMany({ ...newest, take: 300 })).toEqual(kept);
  expect(await database.db.feedPoll.count({ where: { feedId: other! } })).toBe(150);
});

/** A page whose text is whole, long enough to be told from a summary. */
const pageOf = (title: string, text = WHOLE) =>
  `<html lang="fr"><body><article><h1>${title}</h1><p>${text}</p><p>${text}</p></article></body></html>`;

test('items that share one guid are articles of their own', async () => {
  await using server = await httpServer((_request, response) => {
    const items = ['une', 'deux', 'trois'].map((name) => ({
      name,
      text: `Il est question de ${name}. ${WHOLE}`,
    }));
    response.end(
      rss(server, items).replaceAll('<pubDate>', '<guid isPermaLink="false">journal</guid><pubDate>'),
    );
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  expect(await pollFeed(own.context, id!)).toMatchObject({ newArticles: 3, problem: null });
  expect(await pollFeed(own.context, id!)).toMatchObject({ newArticles: 0, revisedArticles: 0 });
});

test('a feed that makes up other guids at every poll brings no page to be read again', async () => {
  let [polls, pages] = [0, 0];
  await using server = await httpServer(({ url }, response) => {
    if (url === '/robots.txt') return response.writeHead(404).end();
    if (url === '/feed') {
      polls += 1;
      const feed = rss(server, [{ name: 'guid-neuf', text: 'En bref.' }]);
      return response.end(
        feed.replace('<title>guid-neuf', `<guid isPermaLink="false">${polls}</guid><title>guid-neuf`),
      );
    }
    pages += 1;
    return response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf('guid-neuf'));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  for (const newArticles of [1, 0, 0]) {
    expect(await pollFeed(own.context, id!)).toMatchObject({ newArticles, revisedArticles: 0 });
  }
  expect(pages).toBe(1);
  expect(await database.db.feedEntry.count({ where: { feedId: id! } })).toBe(1);
});

test('a whole text stays when the title changes and the page cannot be had any more', async () => {
  let [title, status] = ['gros-titre', 200];
  await using server = await httpServer(({ url }, response) => {
    if (url === '/robots.txt') return response.writeHead(404).end();
    if (url !== '/feed')
      return response.writeHead(status, { 'content-type': 'text/html' }).end(pageOf(title));
    const feed = rss(server, [{ name: 'gros-titre', text: 'Résumé en d’autres mots que voici.' }]);
    return response.end(feed.replace('<title>gros-titre', `<title>${title}`));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  await pollFeed(own.context, id!);
  [title, status] = ['Titre corrigé', 403];
  expect(await pollFeed(own.context, id!)).toMatchObject({ revisedArticles: 1 });
  const article = await database.db.article.findFirstOrThrow({
    where: { feedId: id! },
    select: { title: true, body: true, revisions: { select: { title: true, changed: true } } },
  });
  expect(article).toMatchObject({
    title: 'Titre corrigé',
    body: { text: expect.stringContaining(WHOLE.trim()) },
    revisions: [{ title: 'gros-titre', changed: ['title'] }],
  });
});

test.each([
  ['the front page', '/', 'Les titres du jour'],
  ['a section', '/economie', 'Toute l’économie'],
  ['a section that is called as the item begins', '/economie', 'economie'],
  ['a page to log in', '/compte/entrer?vers=x', 'Bienvenue parmi nous'],
])('an item whose page leads on to %s is left at its summary', async (_what, target, title) => {
  await using server = await httpServer(({ url }, response) => {
    if (url === '/robots.txt') return response.writeHead(404).end();
    if (url === target) return response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf(title));
    if (url !== '/feed') return response.writeHead(302, { location: target }).end();
    return response.end(
      rss(server, [
        { name: 'economie/varech-grandit-beaucoup', text: 'La startup Varech lève huit millions.' },
      ]),
    );
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  await pollFeed(own.context, id!);
  expect(await textFrom(id!)).toBe('La startup Varech lève huit millions.');
});

test('an item whose page leads on to the same address without its title is read there', async () => {
  await using server = await httpServer(({ url }, response) => {
    if (url === '/robots.txt') return response.writeHead(404).end();
    if (url === '/p/123')
      return response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf('Varech lève dix millions'));
    if (url !== '/feed') return response.writeHead(301, { location: '/p/123' }).end();
    const feed = rss(server, [{ name: 'p/123/varech-leve-dix', text: 'En bref.' }]);
    return response.end(feed.replace('<title>p/123/varech-leve-dix', '<title>Varech lève dix millions'));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  await pollFeed(own.context, id!);
  expect(await textFrom(id!)).toContain(WHOLE.trim());
});

test.each([
  ['with the same words', WHOLE],
  ['with others', WHOLE.replace('Une phrase', 'Une simple phrase')],
])(
  'an article that its feed gives a new address, %s, is one with what a second feed finds there',
  async (_what, text) => {
    let now = { name: 'ancien', text: WHOLE };
    await using server = await httpServer(({ url }, response) => {
      const title = `<guid isPermaLink="false">${url}</guid><title>Une adresse change</title>`;
      response.end(rss(server, [now]).replace(/<title>(?:ancien|nouveau)<\/title>/, title));
    });
    await using own = poller();
    const [first, second] = await follow(`${server.origin}/feed`, `${server.origin}/feed-2`);
    await pollFeed(own.context, first!);
    now = { name: 'nouveau', text };
    expect(await pollFeed(own.context, first!)).toMatchObject({ newArticles: 0 });
    expect(await pollFeed(own.context, second!)).toMatchObject({ newArticles: 0, revisedArticles: 0 });
    expect(await database.db.article.findMany({ where: { feedId: first! }, select: { url: true } })).toEqual([
      { url: `${server.origin}/nouveau` },
    ]);
  },
);

test('what a feed adds to a text for its site is not in the article', async () => {
  const site =
    '<p>À lire aussi : Google lève le voile</p><p>L’article Adieu est apparu en premier sur Google.</p>';
  await using server = await httpServer((_request, response) => {
    response.end(rss(server, [{ name: 'adieu', text: `<![CDATA[<p>${WHOLE}</p>${site}]]>` }]));
  });
  await using own = poller();
  const [id] = await follow(`${server.origin}/feed`);
  await pollFeed(own.context, id!);
  expect(await textFrom(id!)).toBe(WHOLE.trim());
});
