/** Words that look like markup, names with addresses around them, and what a feed says in an unusual place. */
import { expect, test } from 'vitest';
import { parseFeed } from '#article/parse.ts';
import { FEED_URL, NOW } from './feed-file.ts';

function read(document: string) {
  const parsed = parseFeed(new TextEncoder().encode(document), null, { url: FEED_URL, now: NOW });
  if (!parsed.ok) throw new Error(parsed.message);
  return { feed: parsed.feed, item: parsed.items[0] };
}
const NAMESPACES =
  'xmlns:a="http://www.w3.org/2005/Atom" xmlns:old="http://purl.org/atom/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"';
const rss = (item: string, channel = '') =>
  read(`<rss version="2.0" ${NAMESPACES}><channel>${channel}<item>${item}</item></channel></rss>`);
const atom = (entry: string, feed = '') =>
  read(`<feed xmlns="http://www.w3.org/2005/Atom" ${NAMESPACES}>${feed}<entry>${entry}</entry></feed>`);

test.each([
  ['Le jeton &lt;eos&gt; de Mistral', 'Le jeton <eos> de Mistral'],
  ['&lt;/think&gt;', '</think>'],
  ['&lt;&lt;&lt;Direct&gt;&gt;&gt; Le procès', '<<<Direct>>> Le procès'],
  ['Prix&lt;Bénéfice', 'Prix<Bénéfice'],
  ['Si a&lt;b', 'Si a<b'],
  ['&lt;chapeau&gt;Le sommet&lt;/chapeau&gt;', 'Le sommet'],
  ['Le &lt;EM&gt;sommet&lt;/EM&gt;', 'Le sommet'],
  ['Le film &lt;object data="x"&gt;et son livre', 'Le film et son livre'],
  ['Chercher ?page=1&amp;copy=2', 'Chercher ?page=1&copy=2'],
  ['L&#x92;IA &#x0080;, l&#146;or &#xE9;', 'L’IA €, l’or é'],
  ['L&#X92;IA', 'L’IA'],
  ['Caf&amp;eacute; &amp;amp; th&amp;eacute;', 'Café & thé'],
])('the title %s reads %s', (written, title) => {
  expect(rss(`<title>${written}</title>`).item?.title).toBe(title);
});

test.each([
  ['Jeanne Roux [j.roux@journal.example]', 'Jeanne Roux'],
  ['j.roux@journal.example [Jeanne Roux]', 'Jeanne Roux'],
  ['j.roux@journal.example &lt;Jeanne Roux&gt;', 'Jeanne Roux'],
  ['Jeanne Roux (mailto:j.roux@journal.example)', 'Jeanne Roux'],
  ['Jeanne Roux (https://journal.example/jr)', 'Jeanne Roux'],
  ['Jeanne https://journal.example/jr Roux', 'Jeanne Roux'],
  ['Jeanne Roux (a@x.example) (b@x.example)', 'Jeanne Roux'],
  ['Jeanne Roux (cheffe de service) &lt;a@x.example&gt;', 'Jeanne Roux (cheffe de service)'],
  ['a@x.example (https://journal.example/)', 'a@x.example'],
  ['par <a href="/jr">Jeanne Roux</a>', 'par Jeanne Roux'],
])('the author %s is %s', (written, name) => {
  expect(rss(`<author>${written}</author>`).item?.authors).toEqual([name]);
});

test('an author is found in markup and by the mail alone', () => {
  expect(rss('<dc:creator>De <b>Jeanne</b> Roux</dc:creator>').item?.authors).toEqual(['De Jeanne Roux']);
  expect(rss('<a:author><email>a@x.example</email></a:author>').item?.authors).toEqual(['a@x.example']);
});

test('the subtitle of a feed starts from its own base', () => {
  const subtitle =
    '<subtitle type="html" xml:base="https://b.example/x/">&lt;a href="y"&gt;z&lt;/a&gt;</subtitle>';
  expect(atom('', subtitle).feed.description).toBe('<a href="https://b.example/x/y">z</a>');
});

test('plain text with a word in angle brackets is no HTML, with an end tag it is', () => {
  expect(atom('<summary>AT&amp;T et le &lt;S&gt; long</summary>').item?.summaryHtml).toBe(
    'AT&amp;T et le &lt;S&gt; long',
  );
  expect(atom('<summary>Le &lt;b&gt;sommet&lt;/b&gt;</summary>').item?.summaryHtml).toBe('Le <b>sommet</b>');
});

test('comments are where a page is, not where a feed or a phrase is', () => {
  const feed = '<link rel="replies" type="application/atom+xml" href="https://c.example/c.atom"/>';
  const page = '<link rel="replies" type="text/html" href="https://c.example/c"/>';
  expect(atom(`<id>x</id>${feed}${page}`).item?.commentsUrl).toBe('https://c.example/c');
  expect(atom(`<id>x</id>${feed}`).item?.commentsUrl).toBeNull();
  const untyped = '<link rel="replies" href="https://c.example/c.atom"/>';
  expect(atom(`<id>x</id>${untyped}`).item?.commentsUrl).toBeNull();
  expect(rss('<guid>x</guid><comments>Aucun commentaire</comments>').item?.commentsUrl).toBeNull();
  expect(rss('<comments>https://c.example/c</comments>').item?.commentsUrl).toBe('https://c.example/c');
});

test('pictures and torrents of the media module are files in Atom, too', () => {
  const { item } = atom(
    '<media:thumbnail url="https://a.example/t.jpg"/><media:peerLink href=" /f.torrent " type="application/x-bittorrent"/>',
  );
  expect(item?.enclosures.map(({ url }) => url)).toEqual([
    'https://a.example/t.jpg',
    new URL('/f.torrent', FEED_URL).href,
  ]);
});

test('fields of other vocabularies stand in', () => {
  expect(atom('<dc:identifier>https://a.example/1</dc:identifier>').item?.guid).toBe('https://a.example/1');
  const date = '2024-11-05T09:00:00Z';
  expect(rss(`<old:created>${date}</old:created>`).item?.publishedAt).toEqual(new Date(date));
  expect(rss('', `<dcterms:issued>${date}</dcterms:issued>`).feed.updatedAt).toEqual(new Date(date));
  expect(rss('<content:encoded xml:lang="fr">a</content:encoded>').item?.language).toBe('fr');
  expect(rss(`<dc:date>${date}</dc:date>`).item).toMatchObject({
    publishedAt: new Date(date),
    updatedAt: null,
  });
  const later = '<pubDate>Mon, 04 Nov 2024 09:00:00 GMT</pubDate>';
  expect(rss(`${later}<dc:date>${date}</dc:date>`).item?.updatedAt).toEqual(new Date(date));
  const logo =
    '<media:content type="audio/mpeg" url="/a.mp3"/><media:content type="image/png" url="/logo.png"/>';
  expect(rss('', logo).feed.imageUrl).toBe(new URL('/logo.png', FEED_URL).href);
  const items = [{ date_published: date }, { date_modified: '2024-11-06T09:00:00Z' }, {}];
  expect(read(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items })).feed.updatedAt).toEqual(
    new Date('2024-11-06T09:00:00Z'),
  );
  const both =
    '<itunes:subtitle>court</itunes:subtitle><googleplay:description>long</googleplay:description>';
  expect(rss(both).item?.summaryHtml).toBe('long');
});

test('a guid is an address only where it says so or says nothing', () => {
  const guid = (attribute: string) => rss(`<guid${attribute}>https://a.example/1</guid>`).item?.url;
  expect([guid(''), guid(' isPermaLink=" True "')]).toEqual(['https://a.example/1', 'https://a.example/1']);
  expect([guid(' isPermaLink="false"'), guid(' isPermaLink="peut-être"')]).toEqual([null, null]);
});

test('the base of a CDF channel is where its items start from', () => {
  const document =
    '<CHANNEL BASE="https://b.example/x/" HREF="https://a.example/"><ITEM HREF="1"/></CHANNEL>';
  expect(read(document).item?.url).toBe('https://b.example/x/1');
});
