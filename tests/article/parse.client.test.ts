import { expect, test } from 'vitest';
import { createFeedParser } from '#article/parse.client.ts';
import { bytesOf, FEED_URL, NOW } from './feed-file.ts';

const options = { url: FEED_URL, now: NOW };
const FEED = bytesOf('rss-2.0-wordpress.xml');

test('a feed is parsed in a thread, dates and all', async () => {
  const parser = createFeedParser();
  const parsed = await parser.parse(FEED, null, options);
  expect(parsed).toMatchObject({
    ok: true,
    items: [{ title: 'Lumen lève 40 millions d’euros', publishedAt: new Date('2026-02-03T06:45:00Z') }],
  });
  await parser.close();
});

test('a page is read in a thread', async () => {
  const parser = createFeedParser();
  const text =
    'La jeune pousse lyonnaise Lumen annonce un tour de table de quarante millions d’euros pour ses puces. ';
  const page = await parser.extract(
    `<html><body><article><h1>Lumen</h1><p>${text.repeat(5)}</p></article></body></html>`,
    FEED_URL,
  );
  expect(page).toMatchObject({ title: 'Lumen', paywalled: false });
  expect(await parser.extract('<p>rien</p>', FEED_URL)).toBeNull();
  await parser.close();
});

test('jobs asked at once are all answered, each with its own', async () => {
  const parser = createFeedParser({ threads: 2 });
  const title = (i: number) =>
    `<rss version="2.0"><channel><title>${i}</title><item><title>${i}</title></item></channel></rss>`;
  const parsed = await Promise.all(
    Array.from({ length: 20 }, (_, i) => parser.parse(new TextEncoder().encode(title(i)), null, options)),
  );
  expect(parsed.map((one) => one.ok && one.feed.title)).toEqual(
    Array.from({ length: 20 }, (_, i) => String(i)),
  );
  await parser.close();
});

test('a document over its time is given up, and the next one is parsed', async () => {
  const parser = createFeedParser({ timeoutMs: 1 });
  const large = new TextEncoder().encode(
    `<rss version="2.0"><channel>${'<item><title>&amp;</title></item>'.repeat(200_000)}</channel></rss>`,
  );
  expect(await parser.parse(large, null, options)).toMatchObject({ ok: false, reason: 'TIMEOUT' });
  await parser.close();
  const patient = createFeedParser({ timeoutMs: 20_000 });
  expect(await patient.parse(FEED, null, options)).toMatchObject({ ok: true });
  await patient.close();
});

test('a document over its memory is given up, and the next one is parsed', async () => {
  const parser = createFeedParser({ maxMemoryMb: 24 });
  const large = new TextEncoder().encode(
    `<rss version="2.0"><channel>${'<x>é</x>'.repeat(1_000_000)}</channel></rss>`,
  );
  expect(await parser.parse(large, null, options)).toMatchObject({ ok: false, reason: 'CRASHED' });
  expect(await parser.parse(FEED, null, options)).toMatchObject({ ok: true });
  await parser.close();
});

test('closing lets those go who wait, and afterwards nothing is parsed', async () => {
  const parser = createFeedParser();
  const waiting = [parser.parse(FEED, null, options), parser.parse(FEED, null, options)];
  await parser.close();
  for (const parsed of await Promise.all(waiting)) expect(parsed).toMatchObject({ ok: false });
  expect(await parser.parse(FEED, null, options)).toMatchObject({ ok: false });
});
