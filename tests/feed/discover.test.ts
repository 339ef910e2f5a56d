import { describe, expect, test } from 'vitest';
import { findFeedLinks, usualFeedUrls } from '#feed/discover.ts';

const PAGE = 'https://journal.example/economie/article.html';
const urls = (html: string) => findFeedLinks(html, PAGE).map(({ url }) => url);

test('feeds that a page declares are found with their titles and types', () => {
  const html = `<html><head>
    <link rel="alternate" type="application/rss+xml" title="Le Journal &#8211; Flux" href="/feed">
    <LINK REL='Alternate Nofollow' TYPE='application/atom+xml; charset=utf-8' HREF=atom.xml>
    <link rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json#x">
    </head></html>`;
  expect(findFeedLinks(html, PAGE)).toEqual([
    { url: 'https://journal.example/feed', title: 'Le Journal – Flux', type: 'application/rss+xml' },
    { url: 'https://journal.example/economie/atom.xml', title: null, type: 'application/atom+xml' },
    { url: 'https://cdn.example/feed.json', title: null, type: 'application/feed+json' },
  ]);
});

describe('links', () => {
  test.each([
    [
      'start from the page’s base',
      '<base href="https://autre.example/x/"><link rel="alternate" type="application/rss+xml" href="feed">',
      ['https://autre.example/x/feed'],
    ],
    [
      'of one address count once',
      '<link rel="alternate" type="application/rss+xml" href="/f"><link rel="feed" href="/f">',
      ['https://journal.example/f'],
    ],
    [
      'to comments come last',
      '<link rel="alternate" type="application/rss+xml" title="Commentaires" href="/comments/feed"><link rel="alternate" type="application/rss+xml" href="/feed">',
      ['https://journal.example/feed', 'https://journal.example/comments/feed'],
    ],
    [
      'to other forms of the page are no feeds',
      '<link rel="alternate" hreflang="en" href="/en"><link rel="alternate" type="application/json+oembed" href="/oembed"><link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1"><link rel="stylesheet" href="/x.css">',
      [],
    ],
    [
      'that are scripts are no feeds',
      '<link rel="alternate" type="application/rss+xml" href="javascript:x">',
      [],
    ],
    [
      'in the text serve where nothing is declared',
      '<a href="/rss/une.xml">Flux <b>RSS</b></a> <a href="/abonnement">x</a> <a href="/?feed=rss2">f</a>',
      ['https://journal.example/rss/une.xml', 'https://journal.example/?feed=rss2'],
    ],
    [
      'in the text do not serve where something is declared',
      '<link rel="alternate" type="application/rss+xml" href="/feed"><a href="/rss">Flux</a>',
      ['https://journal.example/feed'],
    ],
    [
      'with the feed: scheme are links',
      '<link rel="alternate" type="application/rss+xml" href="feed:https://journal.example/f">',
      ['https://journal.example/f'],
    ],
  ])('%s', (_fact, html, expected) => {
    expect(urls(html)).toEqual(expected);
  });
});

test.each([
  ['a page nested for ever', '<div>'.repeat(100_000)],
  [
    'a thousand feeds',
    Array.from(
      { length: 1_000 },
      (_, i) => `<link rel="alternate" type="application/rss+xml" href="/${i}">`,
    ).join(''),
  ],
  ['half a link', '<link rel="alternate" type="application/rss+xml" href="'.repeat(50_000)],
  ['nothing', ''],
])('%s gives no more than fifty links', (_what, html) => {
  expect(urls(html).length).toBeLessThanOrEqual(50);
});

test('the usual places are on the site itself', () => {
  expect(usualFeedUrls('https://journal.example/economie/')).toContain('https://journal.example/feed');
  expect(usualFeedUrls('pas une adresse')).toEqual([]);
});
