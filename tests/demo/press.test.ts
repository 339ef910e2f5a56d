import { DOMParser } from 'linkedom';
import Parser from 'rss-parser';
import { afterEach, describe, expect, test } from 'vitest';
import { type Press, type PressOptions, startPress } from '../../demo/press.ts';
import { loadPressArticles } from '../../demo/press-articles.ts';
import { OUTLETS } from '../../demo/press-outlets.ts';

const opened: Press[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((press) => press.close()));
});

/** A press whose clock advances by one second at each look. */
async function openPress(options: Partial<PressOptions> = {}): Promise<Press> {
  let time = Date.UTC(2026, 10, 22, 9);
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  const press = await startPress({ now, ...options });
  opened.push(press);
  return press;
}

interface Item {
  readonly title: string;
  readonly link: string;
  readonly text: string;
}

/** Reads a feed of the press the way a careful client would: declared encoding, links resolved. */
async function readItems(url: string): Promise<readonly Item[]> {
  const response = await fetch(url);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.toString('latin1', 0, 1) === '{') {
    const feed = JSON.parse(bytes.toString('utf8')) as {
      items: { title: string; url: string; content_html: string }[];
    };
    return feed.items.map((item) => ({ title: item.title, link: item.url, text: item.content_html }));
  }
  const encoding = /encoding="([^"]+)"/.exec(bytes.toString('latin1', 0, 100))?.[1] ?? 'utf-8';
  const feed = await new Parser().parseString(new TextDecoder(encoding).decode(bytes));
  return feed.items.map((item) => ({
    title: item.title ?? '',
    link: new URL(item.link ?? '', url).href,
    text: item['content:encoded'] ?? item.content ?? '',
  }));
}

/** Every feed's links, by outlet. */
async function readAll(press: Press): Promise<ReadonlyMap<string, readonly Item[]>> {
  return new Map(
    await Promise.all(press.feeds.map(async ({ outlet, url }) => [outlet, await readItems(url)] as const)),
  );
}

describe('the texts', () => {
  const articles = loadPressArticles();

  test('at least thirty-four are written, most of them longer than 850 characters', () => {
    const own = articles.filter((article) => article.kind !== 'copy');
    const long = own.filter((article) => article.paragraphs.join('\n').length >= 850);
    expect(own.length).toBeGreaterThanOrEqual(34);
    expect(long.length).toBeGreaterThanOrEqual(34);
  });

  test('no two of an outlet share an id', () => {
    const ids = articles.map((article) => `${article.outlet.slug}/${article.id}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a copy comes out after what it copies', () => {
    const seen = new Set<string>();
    for (const article of articles) {
      if (article.kind === 'copy') expect(seen).toContain(article.paragraphs.join());
      else seen.add(article.paragraphs.join());
    }
  });

  test('the live sequence names Mistral AI or Kyutai in at least every third article', () => {
    const live = articles.filter((article) => article.published === null);
    const named = live.map((article) => /Mistral AI|Kyutai/.test(article.paragraphs.join('\n')));
    for (let at = 0; at + 3 <= named.length; at++) expect(named.slice(at, at + 3)).toContain(true);
  });
});

describe('the feeds', () => {
  test('each site serves all its articles that are out, with working links', async () => {
    const press = await openPress();
    const expected = loadPressArticles().filter((article) => article.published !== null);
    for (const [outlet, items] of await readAll(press)) {
      const titles = expected.filter((article) => article.outlet.name === outlet).map(({ title }) => title);
      expect(items.map(({ title }) => title.replace(/ \| Le Relais$/, ''))).toEqual(titles.reverse());
      for (const { link } of items) expect((await fetch(link)).status).toBe(200);
    }
  });

  test('every outlet has articles from the start', async () => {
    const press = await openPress();
    expect(press.feeds).toHaveLength(OUTLETS.length);
    for (const items of (await readAll(press)).values()) expect(items.length).toBeGreaterThan(0);
  });

  test('a feed answers 304 to its own ETag and to its own date', async () => {
    const press = await openPress();
    for (const { url } of press.feeds) {
      const first = await fetch(url);
      const etag = first.headers.get('etag') ?? '';
      const modified = first.headers.get('last-modified') ?? '';
      await first.arrayBuffer();
      const tries = [
        { 'if-none-match': etag },
        { 'if-none-match': `"autre", W/${etag}` },
        { 'if-modified-since': modified },
      ];
      for (const headers of tries) {
        const again = await fetch(url, { headers });
        expect(again.status).toBe(304);
        expect(await again.text()).toBe('');
      }
      const other = await fetch(url, {
        headers: { 'if-none-match': '"autre"', 'if-modified-since': modified },
      });
      expect(other.status).toBe(200);
    }
  });

  test('the Latin-1 feed gives back typographic characters and accents', async () => {
    const press = await openPress();
    const items = await readItems(`${press.url}/la-gazette-du-calcul/feed`);
    const title = 'Niel, Saadé et Schmidt créent Kyutai, laboratoire d’IA doté de 300 millions d’euros';
    expect(items.map((item) => item.title)).toContain(title);
  });

  test('the syndicated feed repeats a dispatch under another address, with tracking and a suffix', async () => {
    const press = await openPress();
    const dispatch = (await readItems(`${press.url}/depeches-du-large/feed`)).at(-1);
    const copy = (await readItems(`${press.url}/le-relais/feed`)).at(-1);
    expect(copy?.title).toBe(`${dispatch?.title} | Le Relais`);
    expect(copy?.text).toBe(dispatch?.text);
    expect(new URL(copy?.link ?? '').pathname).not.toBe(new URL(dispatch?.link ?? '').pathname);
    expect(new URL(copy?.link ?? '').searchParams.get('utm_source')).toBe('rss');
  });

  test('OPML lists every feed', async () => {
    const press = await openPress();
    const opml = new DOMParser().parseFromString(await (await fetch(press.opmlUrl)).text(), 'text/xml');
    const listed = [...opml.querySelectorAll('outline[xmlUrl]')].map((outline) =>
      outline.getAttribute('xmlUrl'),
    );
    expect(listed).toEqual(press.feeds.map(({ url }) => url));
  });

  test('a front page announces its feed', async () => {
    const press = await openPress();
    for (const { url } of press.feeds) {
      const html = await (await fetch(url.replace(/feed$/, ''))).text();
      const page = new DOMParser().parseFromString(html, 'text/html');
      expect(page.querySelector('link[rel=alternate]')?.getAttribute('href')).toBe(url);
    }
  });

  test('an article page carries the whole text and says that it is a demonstration', async () => {
    const press = await openPress();
    const article = loadPressArticles().find(({ id }) => id === 'moshi-la-voix-de-kyutai');
    const html = await (await fetch(`${press.url}/la-gazette-du-calcul/articles/${article?.id}.html`)).text();
    const page = new DOMParser().parseFromString(html, 'text/html');
    const paragraphs = [...page.querySelectorAll('article .texte p')].map((each) => each.textContent);
    expect(paragraphs).toEqual(article?.paragraphs);
    expect(page.body.textContent).toContain('Presse de démonstration');
  });

  test('an unknown path is not found and a POST is refused', async () => {
    const press = await openPress();
    for (const path of ['/le-semaphore/economie/absent.html', '/inconnu/feed', '/le-semaphore/feed/x']) {
      expect((await fetch(press.url + path)).status).toBe(404);
    }
    expect((await fetch(`${press.url}/le-semaphore/feed`, { method: 'POST' })).status).toBe(405);
  });
});

describe('publishing', () => {
  test('the next article stands alone on top of its own feed, and no other feed changes', async () => {
    const press = await openPress();
    const before = await readAll(press);
    const published = press.publishNext();
    const after = await readAll(press);
    for (const { outlet } of press.feeds) {
      const old = before.get(outlet) ?? [];
      const fresh = after.get(outlet) ?? [];
      if (outlet !== published?.outlet) expect(fresh).toEqual(old);
      else {
        expect(fresh[0]?.title).toBe(published.title);
        expect(fresh.slice(1)).toEqual(old);
      }
    }
  });

  test('a feed that got an article no longer answers 304 to the old ETag', async () => {
    const press = await openPress();
    const etags = new Map<string, string>();
    for (const { url } of press.feeds) etags.set(url, (await fetch(url)).headers.get('etag') ?? '');
    const published = press.publishNext();
    for (const { url } of press.feeds) {
      const { status } = await fetch(url, { headers: { 'if-none-match': etags.get(url) ?? '' } });
      expect(status).toBe(url === published?.feedUrl ? 200 : 304);
    }
  });

  test('the held-back articles come out one by one, dated now, until none is left', async () => {
    const press = await openPress({ held: 4 });
    const total = loadPressArticles().length;
    expect([press.remaining, press.publishNext()?.title.length !== 0, press.remaining]).toEqual([4, true, 3]);
    const dates = [press.publishNext(), press.publishNext(), press.publishNext()].map(
      (each) => each?.publishedAt,
    );
    expect(dates).toEqual([...dates].sort((a, b) => Number(a) - Number(b)));
    expect(press.publishNext()).toBeNull();
    const revisions = loadPressArticles().filter(({ revises }) => revises !== null).length;
    const served = [...(await readAll(press)).values()].flat();
    expect(served).toHaveLength(total - revisions);
  });

  test('a revision replaces the text under the same address and moves to the top', async () => {
    const press = await openPress();
    let original: ReturnType<Press['publishNext']> = null;
    let revision: ReturnType<Press['publishNext']> = null;
    while (!revision) {
      const next = press.publishNext();
      if (!next) break;
      if (next.kind === 'revision') revision = next;
      if (next.title.startsWith('Mistral AI lève 1,7 milliard') && next.kind === 'dispatch') original = next;
    }
    expect(revision?.url).toBe(original?.url);
    const items = await readItems(revision?.feedUrl ?? '');
    expect(items.filter(({ link }) => link === revision?.url)).toHaveLength(1);
    expect(items[0]?.text).toContain('Christophe Fouquet');
  });
});

test('a closed press refuses connections, even after one was kept alive', async () => {
  const press = await openPress();
  await (await fetch(press.url)).text();
  await press.close();
  await expect(fetch(press.url)).rejects.toThrow();
  await press.close();
});
