import { describe, expect, test } from 'vitest';
import { formatOpml, parseOpml } from '#feed/opml.ts';
import { readOpml } from '#feed/opml-import.ts';

const list = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>L</title></head><body>${body}</body></opml>`;

function feedsOf(text: string) {
  const reading = parseOpml(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.feeds;
}

describe('a list that is read', () => {
  test('gives title, addresses, and folders and categories as topics', () => {
    const text = list(`
      <outline text="IA"><outline text="France">
        <outline type="rss" text="t" title="Le Journal &amp; Cie" xmlUrl="https://journal.example/feed?a=1&amp;b=2" htmlUrl="https://journal.example/" category="/presse/tech,économie"/>
      </outline></outline>
      <outline text="Seul" xmlUrl="http://seul.example/rss#x"/>`);
    expect(feedsOf(text)).toEqual([
      {
        title: 'Le Journal & Cie',
        url: 'https://journal.example/feed?a=1&b=2',
        siteUrl: 'https://journal.example/',
        topics: ['IA', 'France', 'presse tech', 'économie'],
      },
      { title: 'Seul', url: 'http://seul.example/rss', siteUrl: null, topics: [] },
    ]);
  });

  test.each([
    ['names in any case', '<OUTLINE TEXT="A" XMLURL="https://a.example/f"/>', 'A', 'https://a.example/f'],
    [
      'a missing title',
      '<outline xmlUrl="https://www.a.example/f"/>',
      'a.example',
      'https://www.a.example/f',
    ],
    ['the feed: scheme', '<outline text="A" xmlUrl="feed:https://a.example/f"/>', 'A', 'https://a.example/f'],
    ['the feed: scheme alone', '<outline text="A" xmlUrl="feed://a.example/f"/>', 'A', 'http://a.example/f'],
    [
      'loose ampersands',
      '<outline text="R&D" xmlUrl="https://a.example/f?a=1&b=2"/>',
      'R&D',
      'https://a.example/f?a=1&b=2',
    ],
    ['tags left open', '<outline text="A" xmlUrl="https://a.example/f">', 'A', 'https://a.example/f'],
  ])('copes with %s', (_what, body, title, url) => {
    expect(feedsOf(list(body))).toMatchObject([{ title, url }]);
  });

  test('counts an address once, and says which entries it left out', () => {
    const reading = parseOpml(
      list(
        '<outline text="A" xmlUrl="https://a.example/f"/><outline text="B" xmlUrl="https://a.example/f"/><outline text="C" xmlUrl="ftp://c.example/"/><outline text="D" xmlUrl="javascript:x"/>',
      ),
    );
    expect(reading).toMatchObject({
      ok: true,
      feeds: [{ title: 'A' }],
      problems: [
        '"ftp://c.example/" is no http or https address',
        '"javascript:x" is no http or https address',
      ],
    });
  });

  test('holds no more than ten thousand feeds, and says so before what is wrong with a hundred entries at most', () => {
    const outlines = (scheme: string, length: number) =>
      Array.from({ length }, (_, i) => `<outline text="${i}" xmlUrl="${scheme}://a.example/${i}"/>`).join('');
    const cut = 'only the first 10000 feeds are read';
    const reading = parseOpml(list(outlines('https', 10_001)));
    expect(reading.ok && reading.feeds.length).toBe(10_000);
    expect(reading).toMatchObject({ problems: [cut] });
    const spoilt = readOpml(list(outlines('ftp', 200) + outlines('https', 10_001)));
    expect(spoilt.ok && [spoilt.problems.length, spoilt.problems[0]]).toEqual([100, cut]);
    expect(readOpml(list(outlines('ftp', 50)))).toMatchObject({ problems: { length: 50 } });
  });
});

describe('what is no list', () => {
  test.each([
    ['a feed', '<rss version="2.0"><channel/></rss>', /no OPML/],
    ['text', 'bonjour', /no OPML/],
    ['nothing', '', /no OPML/],
    ['outlines nested for ever', list('<outline text="x">'.repeat(100_000)), /nested deeper than 32/],
    ['a list of six million characters', list(' '.repeat(6_000_000)), /exceeds 5000000 characters/],
  ])('%s is refused in plain words', (_what, text, message) => {
    expect(parseOpml(text)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });
});

test('a list that is written is read back as it was', () => {
  const feeds = [
    {
      title: 'Le « Journal » & <Cie>',
      url: 'https://journal.example/feed?a=1&b="2"',
      siteUrl: 'https://journal.example/',
      topics: ['IA', 'Recherche & développement'],
    },
    { title: 'Sans site', url: 'http://127.0.0.1:8090/feed', siteUrl: null, topics: [] },
  ];
  expect(feedsOf(formatOpml(feeds, 'Mes flux <IA>'))).toEqual(
    feeds.map((feed) => ({ ...feed, url: new URL(feed.url).href })),
  );
  expect(formatOpml([], 'Vide')).toContain('<title>Vide</title>');
});
