/** One field a row, written the way some feeds write it. */
import { expect, test } from 'vitest';
import { parseFeed } from '#article/parse.ts';
import { FEED_URL, NOW } from './feed-file.ts';

const NAMESPACES =
  'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0"';

function read(document: string, language: string | null = null) {
  const parsed = parseFeed(new TextEncoder().encode(document), null, { url: FEED_URL, now: NOW, language });
  if (!parsed.ok) throw new Error(parsed.message);
  return { feed: parsed.feed, item: parsed.items[0] };
}
const rss = (item: string, channel = '') =>
  read(
    `<rss version="2.0" ${NAMESPACES}><channel>${channel}<item><title>t</title>${item}</item></channel></rss>`,
  );
const atom = (entry: string, feed = '', attributes = '') =>
  read(`<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}>${feed}<entry>${entry}</entry></feed>`);

test.each([
  ['"Dupont, Jean" &lt;jean@exemple.fr&gt;', 'Dupont, Jean'],
  ['&lt;jean@exemple.fr&gt;', 'jean@exemple.fr'],
  ['jean@exemple.fr ()', 'jean@exemple.fr'],
  ['(Jean Dupont)', 'Jean Dupont'],
  ['jean@exemple.fr, Jean Dupont', 'Jean Dupont'],
  ['jean@exemple.fr Jean Dupont', 'Jean Dupont'],
  ['Jean Dupont (jean@exemple.fr)', 'Jean Dupont'],
])('the author %s is %s', (written, name) => {
  expect(rss(`<author>${written}</author>`).item?.authors).toEqual([name]);
});

test.each([
  ['<itunes:author>Radio X</itunes:author>', ['Radio X']],
  ['<itunes:owner><itunes:name>O</itunes:name><itunes:email>o@x.fr</itunes:email></itunes:owner>', ['O']],
  ['<googleplay:author>G</googleplay:author>', ['G']],
  ['<managingEditor>j@x.fr (Jean)</managingEditor>', ['Jean']],
  ['<webMaster>w@x.fr (W)</webMaster>', []],
])('items without an author have that of their channel: %s', (channel, authors) => {
  expect(rss('', channel).item?.authors).toEqual(authors);
  expect(rss('<author>Own</author>', channel).item?.authors).toEqual(['Own']);
});

test('items without a category have those of their channel', () => {
  expect(rss('', '<category>A</category>').item?.categories).toEqual(['A']);
  expect(rss('<category>B</category>', '<category>A</category>').item?.categories).toEqual(['B']);
  expect(atom('<title>t</title>', '<category term="F"/>').item?.categories).toEqual(['F']);
});

test.each([
  ['<media:group><media:description>m</media:description></media:group>', 'm'],
  ['<itunes:subtitle>s</itunes:subtitle>', 's'],
  ['<googleplay:description>g</googleplay:description>', 'g'],
])('the summary is found in %s', (item, summary) => {
  expect(rss(item).item?.summaryHtml).toBe(summary);
});

test('pictures and torrents of the media module are enclosures', () => {
  const { item } = rss(
    '<media:thumbnail url="https://a.example/t.jpg"/><media:peerLink type="application/x-bittorrent" href="https://a.example/f.torrent"/>',
  );
  expect(item?.enclosures.map(({ url }) => url)).toEqual([
    'https://a.example/t.jpg',
    'https://a.example/f.torrent',
  ]);
});

test.each([
  ['<div xml:base="q/"><a href="u">l</a></div>', 'https://b.example/q/u'],
  ['<div><p xml:base="q/"><a href="u">l</a></p></div>', 'https://b.example/q/u'],
  ['<div><p xml:base="q/"/><a href="u">l</a></div>', 'https://b.example/u'],
  ['<div><p xml:base="/r/"><br/><i xml:base="s/"><a href="u">l</a></i></p></div>', 'https://b.example/r/s/u'],
])('addresses in %s start from the base in force there', (markup, address) => {
  const content = `<content type="xhtml">${markup.replace('<div', '<div xmlns="http://www.w3.org/1999/xhtml"')}</content>`;
  const html = atom(content, '', 'xml:base="https://b.example/"').item?.contentHtml ?? '';
  expect(html).toContain(`<a href="${address}">`);
  expect(html).not.toContain('xml:base');
});

test.each([
  ['<title xml:lang="de">a</title>', 'de'],
  ['<summary xml:lang="it">a</summary>', 'it'],
  ['<title>a</title>', 'fr'],
])('the language of an entry is that of its text: %s', (entry, language) => {
  expect(atom(entry, '', 'xml:lang="fr"').item?.language).toBe(language);
});

test('the first language of a list counts', () => {
  expect(read('<rss version="2.0"><channel><title>t</title></channel></rss>', 'fr, en').feed.language).toBe(
    'fr',
  );
});

test('an entry with nothing but a link to itself has that address', () => {
  expect(atom('<link rel="self" href="https://a.example/1"/>').item?.url).toBe('https://a.example/1');
});

test('a namespace is known with https and without its last slash', () => {
  const document = `<rss version="2.0" xmlns:m="https://search.yahoo.com/mrss" xmlns:q="HTTPS://purl.org/dc/elements/1.1"><channel><item><m:title>T</m:title><q:creator>C</q:creator></item></channel></rss>`;
  expect(read(document).item).toMatchObject({ title: 'T', authors: ['C'] });
});

test('the Channel Definition Format is read', () => {
  const { feed, item } = read(
    '<CHANNEL HREF="https://a.example/" LASTMOD="2024-01-02T00:00"><TITLE>C</TITLE><ABSTRACT>A</ABSTRACT><ITEM HREF="https://a.example/1" LASTMOD="2024-01-01T00:00"><TITLE>T</TITLE><ABSTRACT>S</ABSTRACT></ITEM></CHANNEL>',
  );
  expect(feed).toMatchObject({ title: 'C', siteUrl: 'https://a.example/', description: 'A' });
  expect(feed.updatedAt).toEqual(new Date('2024-01-02T00:00:00Z'));
  expect(item).toMatchObject({
    title: 'T',
    url: 'https://a.example/1',
    summaryHtml: 'S',
    publishedAt: new Date('2024-01-01T00:00:00Z'),
  });
});

test('Atom links without their namespace say what they lead to, also in RSS', () => {
  const { feed, item } = rss(
    '<link rel="self" href="https://a.example/self"/><link>https://a.example/1</link>',
    '<link rel="hub" href="https://hub.example/"/><link rel="self" href="https://a.example/rss"/><link>https://a.example/</link>',
  );
  expect(feed).toMatchObject({
    siteUrl: 'https://a.example/',
    selfUrl: 'https://a.example/rss',
    hubs: ['https://hub.example/'],
  });
  expect(item?.url).toBe('https://a.example/1');
});

test('a prefix that the document uses for its root and never declares is its own', () => {
  const { feed, item } = read(
    '<a:feed><a:title>F</a:title><a:entry><a:title>T</a:title><a:id>1</a:id></a:entry></a:feed>',
  );
  expect(feed.title).toBe('F');
  expect(item).toMatchObject({ title: 'T', guid: '1' });
});

test('an entry whose language is declared empty has none', () => {
  const feed = (attribute: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><entry ${attribute}><title>t</title></entry></feed>`;
  expect(read(feed('xml:lang=""')).item?.language).toBeNull();
  expect(read(feed('')).item?.language).toBe('fr');
});

test('an empty item is left out, whoever is the author of its channel', () => {
  const parsed = parseFeed(
    new TextEncoder().encode(
      '<rss><channel><managingEditor>Ida</managingEditor><category>IA</category><item/><item><title>t</title><item/></item></channel></rss>',
    ),
    null,
    { url: FEED_URL, now: NOW },
  );
  expect(parsed).toMatchObject({
    items: [{ title: 't', authors: ['Ida'] }],
    problems: ['2 empty items left out'],
  });
});

test("a channel's relative picture is its site's", () => {
  const { feed } = rss('', '<link>https://site.example/</link><image><url>/logo.png</url></image>');
  expect(feed.imageUrl).toBe('https://site.example/logo.png');
});

test('an enclosure in Atom may be named by the text of its link', () => {
  const { item } = atom('<title>t</title><link rel="enclosure">https://a.example/f.mp3</link>');
  expect(item?.enclosures).toMatchObject([{ url: 'https://a.example/f.mp3' }]);
});

test('a list of tags is a list of categories', () => {
  expect(rss('<tags>IA, Puces</tags>').item?.categories).toEqual(['IA', 'Puces']);
});

test('a mail address ends where its subject begins', () => {
  const author = (text: string) => rss(`<author>${text}</author>`).item?.authors;
  expect(author('mailto:ida@exemple.fr?subject=Bonjour')).toEqual(['ida@exemple.fr']);
  expect(author('ida@exemple.fr?subject=Flux (Ida)')).toEqual(['Ida']);
});

test.each([
  ['/a.png, /b,c.png 2x', 'https://b.example/a.png, https://b.example/b,c.png 2x'],
  ['a.png 1x,https://x.example/b.png 2x', 'https://b.example/a.png 1x,https://x.example/b.png 2x'],
])('every address of a picture in several sizes is resolved: %s', (written, resolved) => {
  const content = `<content type="html">&lt;img srcset="${written}"&gt;</content>`;
  expect(atom(content, '', 'xml:base="https://b.example/"').item?.contentHtml).toBe(
    `<img srcset="${resolved}">`,
  );
});

test.each([
  ['<itunes:image url="/p.png"/>', { imageUrl: 'https://feeds.example/p.png' }],
  ['<itunes:link rel="image" href="/k.png"/>', { imageUrl: 'https://feeds.example/k.png' }],
  ['<atom:logo>/l.png</atom:logo>', { imageUrl: 'https://feeds.example/l.png' }],
  ['<atom:icon>/i.png</atom:icon>', { imageUrl: 'https://feeds.example/i.png' }],
  ['<atom:modified>2026-01-02T00:00:00Z</atom:modified>', { updatedAt: new Date('2026-01-02T00:00:00Z') }],
])('a channel says of itself: %s', (channel, expected) => {
  expect(rss('', channel).feed).toMatchObject(expected);
});

test.each([
  ['<author><uri>https://ida.example/</uri></author>', 'https://ida.example/'],
  ['<author><url>https://ida.example/</url></author>', 'https://ida.example/'],
  ['<contributor><name>Ida</name></contributor>', 'Ida'],
])('who wrote is found in %s, in Atom and in RSS', (author, name) => {
  expect(atom(author).item?.authors).toEqual([name]);
  expect(rss(author.replaceAll(/<(\/?)/g, '<$1atom:')).item?.authors).toEqual([name]);
});

test('a feed in Atom is described in Dublin Core, too', () => {
  expect(atom('<title>t</title>', `<dc:description ${NAMESPACES}>D</dc:description>`).feed.description).toBe(
    'D',
  );
});

test('a category within a podcast category is one, too', () => {
  const categories = '<itunes:category text="Technologie"><itunes:category text="IA"/></itunes:category>';
  expect(rss(categories).item?.categories).toEqual(['Technologie', 'IA']);
  expect(rss('', categories).item?.categories).toEqual(['Technologie', 'IA']);
});

test("Dublin Core's terms include its elements", () => {
  const terms = 'xmlns:t="http://purl.org/dc/terms/"';
  const document = `<rss ${terms}><channel><item><t:title>T</t:title><t:creator>C</t:creator><t:subject>S</t:subject></item></channel></rss>`;
  expect(read(document).item).toMatchObject({ title: 'T', authors: ['C'], categories: ['S'] });
});

test('a prefix that is declared empty is as good as not declared', () => {
  const document =
    '<rss xmlns:dc="" xmlns=""><channel><item><title>T</title><dc:creator>C</dc:creator></item></channel></rss>';
  expect(read(document).item).toMatchObject({ title: 'T', authors: ['C'] });
});

test('an address that is broken over two lines is one address', () => {
  const { item } = rss('<link>https://a.example/un/\r\n    deux.html</link>');
  expect(item?.url).toBe('https://a.example/un/deux.html');
});
