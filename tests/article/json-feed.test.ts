import { expect, test } from 'vitest';
import { parseFeed } from '#article/parse.ts';
import { FEED_URL, NOW, parsedFile } from './feed-file.ts';

test('JSON Feed 1.1 gives every field', () => {
  expect(parsedFile('json-1.1.jsonfeed')).toMatchObject({
    ok: true,
    feed: {
      format: 'JSON',
      title: 'Le Matin JSON',
      siteUrl: 'https://json.example/',
      selfUrl: 'https://json.example/feed.json',
      language: 'fr',
      hubs: ['https://hub.example/'],
    },
    items: [
      {
        guid: '1',
        url: 'https://json.example/1',
        title: 'Un & deux',
        contentHtml: '<p>Un</p>',
        summaryHtml: 'Résumé',
        publishedAt: '2026-03-01T07:00:00.000Z',
        updatedAt: '2026-03-02T08:00:00.000Z',
        authors: ['La rédaction'],
        categories: ['IA', 'Puces'],
        enclosures: [{ url: 'https://json.example/1.mp3', type: 'audio/mpeg', length: 9 }],
        language: 'fr',
      },
      {
        title: 'Deux',
        authors: ['Ida Roux'],
        contentHtml: '<p>Ligne un</p>\n<p>ligne &lt;deux&gt;</p>',
        language: 'en',
      },
    ],
  });
});

test('JSON Feed 1.0 gives its single author, and an id that is an address is the address', () => {
  expect(parsedFile('json-1.0.jsonfeed')).toMatchObject({
    items: [
      { url: 'https://json.example/a', contentHtml: 'Texte seul', authors: ['Ada Petit'] },
      { guid: '7', url: 'https://ailleurs.example/7', authors: ['Luc Vidal'] },
    ],
  });
});

test('relative addresses start from the home page', () => {
  expect(parsedFile('json-relative.jsonfeed')).toMatchObject({
    items: [
      {
        url: 'https://json.example/journal/r.html',
        contentHtml: '<img src="https://json.example/journal/i.png"><a href=\'#n\'>n</a>',
      },
    ],
  });
});

test('members of the wrong type count as absent, items that are no objects are left out', () => {
  expect(parsedFile('json-wrong-types.jsonfeed')).toMatchObject({
    ok: true,
    items: [
      { title: 'Debout', guid: null, url: null, authors: ['Ida'], categories: ['IA'], publishedAt: null },
      { guid: 'ok', url: 'https://json.example/ok' },
    ],
  });
});

test.each([
  ['a byte order mark is no obstacle', 'json-bom.jsonfeed', { ok: true, items: [{ title: 'Été' }] }],
  [
    'items without a version are read',
    'json-no-version.jsonfeed',
    { ok: true, items: [{ title: 'Quand même' }] },
  ],
  ['other JSON is no feed', 'json-not-a-feed.jsonfeed', { ok: false, reason: 'NOT_A_FEED' }],
  ['JSON cut short is ill-formed', 'json-broken.jsonfeed', { ok: false, reason: 'ILL_FORMED' }],
])('%s', (_fact, file, expected) => {
  expect(parsedFile(file)).toMatchObject(expected);
});

function readJson(text: string) {
  return parseFeed(new TextEncoder().encode(text), null, { url: FEED_URL, now: NOW });
}

test.each([
  ['{"title":"Le Matin","feed_url":"https://a.example/f","_vigie":{"a":1}}', true],
  ['{"description":"Un flux qui commence"}', true],
  ['{"title":"Le Matin","description":"Les nouvelles","home_page_url":"https://a.example/"}', true],
  ['{"title":"Service unavailable","description":"try later"}', false],
  ['{"title":"Not Found","status":404}', false],
  ['{"_error":"x"}', false],
  ['{"version":"1.0"}', false],
  ['{}', false],
])(
  'JSON that has nothing but the members of a feed is one, unless they are those of an error: %s',
  (text, ok) => {
    expect(readJson(text).ok).toBe(ok);
  },
);

test.each([
  ['a comma after the last member', '{"items":[{"id":"1","title":"a, ]b",},],}', 'a, ]b'],
  ['a line end within a string', '{"items":[{"id":"1","title":"a\nb \\"c\\""}]}', 'a b "c"'],
  [
    'a number that is none',
    '{"items":[{"id":"1","title":"NaN, -Infinity","size":[NaN,-Infinity]}]}',
    'NaN, -Infinity',
  ],
])('JSON with %s is mended and marked', (_fault, text, title) => {
  expect(readJson(text)).toMatchObject({
    ok: true,
    items: [{ guid: '1', title }],
    repaired: true,
    problems: ['ill-formed: not quite JSON'],
  });
});

test.each(['\\"', '"', '\\', ', ', '\u0001'])('a megabyte of %j is refused in passing', (piece) => {
  const begun = performance.now();
  expect(readJson(`{"items":["${piece.repeat(1_000_000 / piece.length)}`).ok).toBe(false);
  expect(performance.now() - begun).toBeLessThan(1_000);
});

test('no more than five thousand items are read, and the reader is told', () => {
  const items = Array.from({ length: 5_001 }, (_, i) => ({
    id: String(i),
    url: `https://json.example/${i}`,
  }));
  const body = new TextEncoder().encode(
    JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items }),
  );
  const parsed = parseFeed(body, 'application/feed+json', { url: FEED_URL, now: NOW });
  expect(parsed.ok && parsed.items.length).toBe(5_000);
  expect(parsed).toMatchObject({ problems: ['only the first 5000 items are read'] });
});
