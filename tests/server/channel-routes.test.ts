/** What readers reach with nothing but a secret address: feeds of watches, and the links in mails. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseHTML } from 'linkedom';
import Parser from 'rss-parser';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createChannel, findChannel, rotateSecret, stopChannel } from '#delivery/channel.store.ts';
import type { MailSettings } from '#delivery/channel.ts';
import { mailLink } from '#delivery/channel-secret.ts';
import type { Database } from '#platform/database.ts';
import { serveChannels } from '#server/channel-routes.ts';
import { logMatch, START, seedChannel, seedWatch } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Database;
let base: string;
const planned: number[] = [];
const server = createServer((request, response) => {
  const context = {
    db: database.db,
    clock: { now: () => new Date() },
    delivery: { publicUrl: base, canMail: true, allowHosts: [] },
    jobs: { planDelivery: async (id: number) => void planned.push(id) } as never,
  };
  const path = (request.url ?? '/').split('?', 1)[0]!;
  serveChannels(context, request, response, path).then(
    (served) => served || response.writeHead(404).end('elsewhere'),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
beforeAll(async () => {
  database = await createTestDatabase();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database[Symbol.asyncDispose]();
});
afterEach(() => void vi.useRealTimers());

const MAIL: MailSettings = {
  kind: 'MAIL',
  address: 'jeanne@example.org',
  schedule: 'AT_ONCE',
  language: 'FR',
  hour: 8,
  weekday: 1,
  timeZone: 'Europe/Paris',
};

describe('the feed of a watch', () => {
  async function useFeed(name: string) {
    vi.useFakeTimers({ toFake: ['Date'], now: START });
    const watchId = await seedWatch(database, name, { actors: [`actor-of-${name}`] });
    const channel = await seedChannel(database, watchId, { kind: 'FEED' });
    const log = (match: Parameters<typeof logMatch>[1] = {}) =>
      logMatch(database, { actor: `Actor of ${name}`, ...match });
    return { channel, log, url: (file: string) => `${base}/feed/${channel.shown}/${file}` };
  }

  test('tells the same alerts as RSS, Atom and JSON Feed, the newest first, under ids that stay', async () => {
    const { log, url } = await useFeed('a');
    const first = await log({
      title: 'Un <script> & « deux »',
      sentence: 'Il a dit ]]> & <b>non</b>.',
      kind: 'SPEAKING',
      outlet: 'La Gazette & Cie',
    });
    await database.db.actor.updateMany({
      where: { slug: 'actor-of-a' },
      data: { name: 'Actor <of> "a" & b' },
    });
    await logMatch(database, { title: 'Sans rapport', actor: 'Kyutai' });
    vi.setSystemTime(START.getTime() + 60_000);
    const second = await log({ title: 'Deux\u0001\u0008 caractères' });
    const ids = [`urn:vigie:match:${second.seq}`, `urn:vigie:match:${first.seq}`];

    const json = (await (await fetch(url('feed.json'))).json()) as {
      items: { id: string; title: string; content_html: string; author: object; date_published: string }[];
    };
    expect(json.items.map(({ id }) => id)).toEqual(ids);
    expect(json.items[1]).toMatchObject({
      title: 'Un <script> & « deux »',
      content_html: expect.stringContaining('<p>Il a dit ]]&gt; &amp; &lt;b&gt;non&lt;/b&gt;.</p>'),
      author: { name: 'La Gazette & Cie' },
      date_published: START.toISOString(),
    });
    for (const file of ['rss.xml', 'atom.xml']) {
      const response = await fetch(url(file));
      expect(response.headers.get('content-type')).toMatch(/^application\/(rss|atom)\+xml; charset=utf-8$/);
      const xml = await response.text();
      // An author of RSS is a mail address.
      if (file === 'rss.xml') expect(xml).not.toContain('<author>');
      expect(xml).not.toMatch(/="[^"]*</);
      const parsed = await new Parser().parseString(xml);
      expect(parsed.title).toBe('a');
      const items = parsed.items as {
        guid?: string;
        id?: string;
        title?: string;
        link?: string;
        author?: string;
        creator?: string;
        pubDate?: string;
      }[];
      expect(items[1]!.creator ?? items[1]!.author).toBe('La Gazette & Cie');
      expect(new Date(items[1]!.pubDate!)).toEqual(START);
      expect(items.map(({ guid, id }) => guid ?? id)).toEqual(ids);
      expect(items[0]!.title).toBe('Deux caractères');
      expect(items[0]!.link).toMatch(/^https:\/\/quotidien\.example\/\d+$/);
      // The title is HTML there: read as such it says what the headline says.
      expect(parseHTML(`<p>${items[1]!.title}</p>`).document.querySelector('p')!.textContent).toBe(
        'Un <script> & « deux »',
      );
    }
  });

  test('is sent again only when it has changed', async () => {
    const { log, url } = await useFeed('b');
    await log();
    const first = await fetch(url('atom.xml'));
    const etag = first.headers.get('etag')!;
    const modified = first.headers.get('last-modified')!;
    expect(modified).toBe(START.toUTCString());
    const again = (headers: Record<string, string>) => fetch(url('atom.xml'), { headers });
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", W/${etag}` },
      { 'if-modified-since': modified },
    ]) {
      const same = await again(headers as Record<string, string>);
      expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
    }
    vi.setSystemTime(START.getTime() + 5_000);
    await log();
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-modified-since': modified },
      { 'if-none-match': '"x"', 'if-modified-since': new Date(Date.now()).toUTCString() },
    ]) {
      expect((await again(headers as Record<string, string>)).status).toBe(200);
    }
    const head = await fetch(url('atom.xml'), { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(url('atom.xml'), { method: 'POST' })).status).toBe(405);
  });

  test('shows fifty items at most, and one for several actors of an article', async () => {
    const { log, url } = await useFeed('c');
    const { articleId, storyId } = await log();
    await log({ articleId, storyId });
    const items = async () => ((await (await fetch(url('feed.json'))).json()) as { items: unknown[] }).items;
    expect(await items()).toHaveLength(1);
    // Told again for a new reason, it is an item again.
    for (let count = 1; count <= 50; count += 1) {
      vi.setSystemTime(START.getTime() + count * 1_000);
      await log({ articleId, storyId });
    }
    expect(await items()).toHaveLength(50);
  });

  test('is closed by another secret at once, and answers 503 while it is paused', async () => {
    const { channel, url } = await useFeed('d');
    expect((await fetch(url('rss.xml'))).status).toBe(200);
    await stopChannel(database.db, channel.id, { status: 'PAUSED', reason: 'paused', now: START });
    const paused = await fetch(url('rss.xml'));
    expect([paused.status, paused.headers.get('retry-after')]).toEqual([503, '3600']);
    const shown = await rotateSecret(database.db, { ...channel, kind: 'FEED' }, START);
    expect((await fetch(url('rss.xml'))).status).toBe(404);
    expect((await fetch(`${base}/feed/${shown}/rss.xml`)).status).toBe(503);
  });

  test.each([
    '/feed/short/rss.xml',
    `/feed/${'x'.repeat(43)}/rss.xml`,
    `/feed/${'x'.repeat(43)}/other.xml`,
    '/feed/',
  ])('is not at %s', async (path) => {
    expect((await fetch(base + path)).status).toBe(404);
  });
});

describe('a link in a mail', () => {
  async function useMailbox() {
    const watchId = await seedWatch(database, undefined, {});
    const created = await createChannel(database.db, { watchId, settings: MAIL }, new Date());
    const { id } = (created as { channel: { id: number } }).channel;
    const channel = (await findChannel(database.db, id))!;
    const link = (action: 'confirm' | 'unsubscribe') => mailLink(base, action, channel);
    const row = () => database.db.channel.findUniqueOrThrow({ where: { id } });
    return { id, link, row };
  }

  test('confirms by its button alone: looking at it changes nothing', async () => {
    const { id, link, row } = await useMailbox();
    const page = await fetch(link('confirm'));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const html = await page.text();
    expect(html).toContain('jeanne@example.org');
    expect(html).toContain('<form method="post">');
    expect((await row()).status).toBe('UNCONFIRMED');
    expect((await fetch(link('confirm'), { method: 'POST' })).status).toBe(200);
    expect(await row()).toMatchObject({ status: 'ACTIVE', confirmedAt: expect.any(Date) });
    expect(planned).toContain(id);
    // Once more does no harm.
    expect((await fetch(link('confirm'), { method: 'POST' })).status).toBe(200);
  });

  test('unsubscribes with one click of a mail program (RFC 8058), and the old confirmation is good no more', async () => {
    const { link, row } = await useMailbox();
    await fetch(link('confirm'), { method: 'POST' });
    expect((await fetch(link('unsubscribe'))).status).toBe(200);
    expect((await row()).status).toBe('ACTIVE');
    const click = () =>
      fetch(link('unsubscribe'), {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        redirect: 'error',
      });
    expect((await click()).status).toBe(200);
    expect(await row()).toMatchObject({
      status: 'DISABLED',
      statusReason: 'unsubscribed by the reader',
      confirmedAt: null,
    });
    expect((await click()).status).toBe(200);
    const old = await fetch(link('confirm'), { method: 'POST' });
    expect([old.status, await old.text()]).toEqual([410, expect.stringContaining('Lien périmé')]);
    expect((await row()).status).toBe('DISABLED');
  });

  test('that is guessed, cut or meant for something else is refused', async () => {
    const { id, link, row } = await useMailbox();
    const token = link('unsubscribe').split('/').at(-1)!;
    for (const path of [
      `/mail/confirm/${id}/${token}`,
      `/mail/unsubscribe/${id + 1000}/${token}`,
      `/mail/unsubscribe/999999999/${token}`,
      `/mail/unsubscribe/${id}/${'x'.repeat(43)}`,
      `/mail/unsubscribe/${id}/${token.slice(1)}`,
    ]) {
      expect((await fetch(base + path, { method: 'POST' })).status).toBe(404);
    }
    expect((await row()).status).toBe('UNCONFIRMED');
    expect((await fetch(link('confirm'), { method: 'DELETE' })).status).toBe(405);
  });
});
