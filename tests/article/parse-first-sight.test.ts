/**
 * A hundred feeds written before they were tried, one value each, with what Universal Feed Parser, Miniflux, gofeed or FreshRSS make of
 * the like.
 */
import { expect, test } from 'vitest';
import { parseFeed } from '#article/parse.ts';
import type { ReadFeed } from '#article/parsed-feed.ts';
import { FEED_URL, NOW } from './feed-file.ts';

const NAMESPACES = [
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['dcterms', 'http://purl.org/dc/terms/'],
  ['content', 'http://purl.org/rss/1.0/modules/content/'],
  ['media', 'http://search.yahoo.com/mrss/'],
  ['itunes', 'http://www.itunes.com/dtds/podcast-1.0.dtd'],
  ['a', 'http://www.w3.org/2005/Atom'],
  ['sy', 'http://purl.org/rss/1.0/modules/syndication/'],
  ['feedburner', 'http://rssnamespace.org/feedburner/ext/1.0'],
  ['slash', 'http://purl.org/rss/1.0/modules/slash/'],
  ['wfw', 'http://wellformedweb.org/CommentAPI/'],
  ['georss', 'http://www.georss.org/georss'],
  ['thr', 'http://purl.org/syndication/thread/1.0'],
]
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

function read(document: string): ReadFeed {
  const parsed = parseFeed(new TextEncoder().encode(document), null, { url: FEED_URL, now: NOW });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed;
}
const rss = (item: string, channel = '') =>
  read(
    `<rss version="2.0" ${NAMESPACES}><channel><title>C</title><link>https://c.example/s/</link>${channel}<item>${item}</item></channel></rss>`,
  );
const atom = (entry: string, feed = '') =>
  read(
    `<feed xmlns="http://www.w3.org/2005/Atom" ${NAMESPACES.replace(/xmlns:a="[^"]*"/, '')}><title>C</title>${feed}<entry>${entry}</entry></feed>`,
  );
const json = (item: object, feed: object = {}) =>
  read(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'C',
      home_page_url: 'https://c.example/',
      items: [{ id: '1', ...item }],
      ...feed,
    }),
  );

type Item = ReadFeed['items'][number];
const items: readonly (readonly [what: string, feed: () => ReadFeed, field: keyof Item, value: unknown])[] = [
  // Titles.
  [
    'Atom text title, entities twice escaped',
    () => atom('<title>&amp;#39;AT&amp;amp;T&amp;#39;</title>'),
    'title',
    '&#39;AT&amp;T&#39;',
  ],
  ['Atom declared text, markup', () => atom('<title type="text">a &lt;b&gt; c</title>'), 'title', 'a <b> c'],
  [
    'Atom text/plain, entity',
    () => atom('<title type="text/plain">&amp;eacute;</title>'),
    'title',
    '&eacute;',
  ],
  [
    'Atom html, numeric reference in CDATA',
    () => atom('<title type="html"><![CDATA[“A&#8217;B”]]></title>'),
    'title',
    '“A’B”',
  ],
  [
    'Atom html, escaped element name',
    () => atom('<title type="html"><![CDATA[Use &lt;tag&gt;]]></title>'),
    'title',
    'Use <tag>',
  ],
  ['Atom blank around CDATA', () => atom('<title>\n <![CDATA[ x ]]>\n</title>'), 'title', 'x'],
  [
    'Atom xhtml title',
    () =>
      atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">This <b>is</b> X</div></title>'),
    'title',
    'This is X',
  ],
  ['Atom xhtml without div', () => atom('<title type="xhtml"> test </title>'), 'title', 'test'],
  [
    'Atom empty xhtml title',
    () => atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"/></title><id>x</id>'),
    'title',
    '',
  ],
  ['RSS twice escaped apostrophes', () => rss('<title>&amp;#39;Text&amp;#39;</title>'), 'title', "'Text'"],
  ['RSS nbsp entity', () => rss('<title>A&nbsp;B</title>'), 'title', 'A\u00a0B'],
  ['RSS numeric references', () => rss('<title>&#931; &#xDF;</title>'), 'title', 'Σ ß'],
  ['RSS inner markup', () => rss('<title>Test: <b>bold</b> end</title>'), 'title', 'Test: bold end'],
  ['RSS title with line breaks', () => rss('<title>\n  Un\n  deux\n</title>'), 'title', 'Un deux'],
  [
    'RSS title from CDATA with markup',
    () => rss('<title><![CDATA[<em>Un</em> &amp; deux]]></title>'),
    'title',
    'Un & deux',
  ],
  ['media:title beside title', () => rss('<media:title>M</media:title><title>T</title>'), 'title', 'T'],
  [
    'title of media:content is not the item’s',
    () => rss('<title>T</title><media:content url="/a.jpg"><media:title>P</media:title></media:content>'),
    'title',
    'T',
  ],
  ['only itunes:title', () => rss('<itunes:title>Épisode</itunes:title>'), 'title', 'Épisode'],
  ['a title of 4-byte characters', () => rss('<title>&#x1F600; ok</title>'), 'title', '😀 ok'],
  ['less-than with a blank', () => rss('<title>a &lt; b</title>'), 'title', 'a < b'],
  // Links.
  ['guid that is a permalink', () => rss('<guid>https://c.example/1</guid>'), 'url', 'https://c.example/1'],
  ['guid that is none', () => rss('<guid isPermaLink="false">https://c.example/1</guid>'), 'url', null],
  ['guid, FALSE in capitals', () => rss('<guid isPermaLink="FALSE">https://c.example/1</guid>'), 'url', null],
  ['link with blanks', () => rss('<link>\n https://c.example/2 \n</link>'), 'url', 'https://c.example/2'],
  ['relative link', () => rss('<link>item.html</link>'), 'url', 'https://c.example/s/item.html'],
  ['link from the root', () => rss('<link>/item.html</link>'), 'url', 'https://c.example/item.html'],
  ['link without scheme', () => rss('<link>//d.example/x</link>'), 'url', 'https://d.example/x'],
  [
    'loose ampersand in a link',
    () => rss('<link>https://c.example/?a=1&b=2</link>'),
    'url',
    'https://c.example/?a=1&b=2',
  ],
  [
    'CDATA link',
    () => rss('<link><![CDATA[https://c.example/?a=1&b=2]]></link>'),
    'url',
    'https://c.example/?a=1&b=2',
  ],
  [
    'atom:link alternate in RSS',
    () => rss('<a:link rel="alternate" href="https://c.example/4"/>'),
    'url',
    'https://c.example/4',
  ],
  [
    'atom:link of another relation',
    () => rss('<a:link rel="related" href="https://c.example/4"/><guid>g</guid>'),
    'url',
    null,
  ],
  [
    'feedburner’s own link',
    () =>
      rss(
        '<link>https://fb.example/~r/1</link><feedburner:origLink>https://c.example/5</feedburner:origLink>',
      ),
    'url',
    'https://c.example/5',
  ],
  [
    'Atom without rel',
    () => atom('<link rel="self" href="/s"/><link href="/p"/>'),
    'url',
    'https://feeds.example/p',
  ],
  [
    'Atom html before others',
    () =>
      atom(
        '<link rel="alternate" type="application/json" href="https://c.example/j"/><link rel="alternate" type="text/html" href="https://c.example/h"/>',
      ),
    'url',
    'https://c.example/h',
  ],
  [
    'Atom related only, id an address',
    () => atom('<link rel="related" href="https://c.example/r"/><id>https://c.example/id</id>'),
    'url',
    'https://c.example/id',
  ],
  ['Atom id a urn', () => atom('<id>urn:uuid:1</id>'), 'url', null],
  [
    'Atom xml:base of the entry',
    () =>
      read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry xml:base="https://b.example/x/"><title>t</title><link href="y"/></entry></feed>',
      ),
    'url',
    'https://b.example/x/y',
  ],
  ['a script is no link', () => rss('<title>t</title><link>javascript:alert(1)</link>'), 'url', null],
  ['umlauts in a link', () => rss('<link>https://c.example/é</link>'), 'url', 'https://c.example/%C3%A9'],
  [
    'comments',
    () =>
      rss('<title>t</title><comments> https://c.example/c </comments><slash:comments>42</slash:comments>'),
    'commentsUrl',
    'https://c.example/c',
  ],
  [
    'replies',
    () => atom('<title>t</title><link rel="replies" type="text/html" href="https://c.example/c"/>'),
    'commentsUrl',
    'https://c.example/c',
  ],
  // Guids.
  ['guid trimmed', () => rss('<guid>\n g 1 \n</guid>'), 'guid', 'g 1'],
  ['guid with an attribute', () => rss('<guid isPermaLink="false">g2</guid>'), 'guid', 'g2'],
  ['id in RSS', () => rss('<a:id>tag:x</a:id><title>t</title>'), 'guid', 'tag:x'],
  ['Atom id', () => atom('<id> tag:c.example,2026:1 </id>'), 'guid', 'tag:c.example,2026:1'],
  [
    'rdf:about',
    () =>
      read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>c</title></channel><item rdf:about="https://c.example/9"><title>t</title></item></rdf:RDF>',
      ),
    'guid',
    'https://c.example/9',
  ],
  ['JSON number as id', () => json({ id: 7, content_text: 'x' }), 'guid', '7'],
  // Bodies.
  [
    'content before description',
    () => rss('<description>s</description><content:encoded><![CDATA[<p>l</p>]]></content:encoded>'),
    'contentHtml',
    '<p>l</p>',
  ],
  [
    'escaped description',
    () => rss('<description>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</description>'),
    'summaryHtml',
    '<p>A &amp; B</p>',
  ],
  [
    'description of markup',
    () => rss('<description><p>A <b>B</b></p></description>'),
    'summaryHtml',
    '<p>A <b>B</b></p>',
  ],
  [
    'itunes:summary',
    () => rss('<title>t</title><itunes:summary>S</itunes:summary><itunes:subtitle>s</itunes:subtitle>'),
    'summaryHtml',
    'S',
  ],
  [
    'itunes:subtitle alone',
    () => rss('<title>t</title><itunes:subtitle>s</itunes:subtitle>'),
    'summaryHtml',
    's',
  ],
  [
    'media:description of the group',
    () => rss('<title>t</title><media:group><media:description>D</media:description></media:group>'),
    'summaryHtml',
    'D',
  ],
  [
    'Atom html content',
    () => atom('<content type="html">AT&amp;amp;T &lt;b&gt;x&lt;/b&gt;!</content>'),
    'contentHtml',
    'AT&amp;T <b>x</b>!',
  ],
  [
    'Atom text/html content in CDATA',
    () => atom('<content type="text/html"><![CDATA[<i>x</i>]]></content>'),
    'contentHtml',
    '<i>x</i>',
  ],
  [
    'Atom xhtml content',
    () =>
      atom(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">AT&amp;T <b>x</b>!</div></content>',
      ),
    'contentHtml',
    'AT&amp;T <b>x</b>!',
  ],
  [
    'Atom xhtml with a base on its div',
    () =>
      atom(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="https://b.example/d/"><a href="e">x</a></div></content>',
      ),
    'contentHtml',
    '<a href="https://b.example/d/e">x</a>',
  ],
  [
    'Atom text summary',
    () => atom('<summary type="text">AT&amp;T &lt;3 &lt; 4</summary>'),
    'summaryHtml',
    'AT&amp;T &lt;3 &lt; 4',
  ],
  [
    'Atom code in a summary',
    () => atom('<summary type="html"><![CDATA[<code>a&lt;S&gt;</code>]]></summary>'),
    'summaryHtml',
    '<code>a&lt;S&gt;</code>',
  ],
  [
    'Atom content with base64',
    () => atom('<content type="application/octet-stream">PHA+eDwvcD4=</content>'),
    'contentHtml',
    '<p>x</p>',
  ],
  [
    'picture of a relative address',
    () => rss('<description>&lt;img src="p.png"&gt;</description>'),
    'summaryHtml',
    '<img src="https://c.example/s/p.png">',
  ],
  ['JSON text', () => json({ content_text: 'a < b' }), 'contentHtml', 'a &lt; b'],
  ['JSON summary', () => json({ summary: 'S & T', content_html: '<p>x</p>' }), 'summaryHtml', 'S &amp; T'],
  [
    'JSON html before text',
    () => json({ content_html: '<p>x</p>', content_text: 'y' }),
    'contentHtml',
    '<p>x</p>',
  ],
  [
    'JSON relative picture',
    () => json({ content_html: '<img src="/p.png">' }),
    'contentHtml',
    '<img src="https://c.example/p.png">',
  ],
  // Authors.
  [
    'author with mail',
    () => rss('<title>t</title><author>me@x.fr (Jean Bon)</author>'),
    'authors',
    ['Jean Bon'],
  ],
  [
    'two creators',
    () => rss('<title>t</title><dc:creator>A</dc:creator><dc:creator>B</dc:creator>'),
    'authors',
    ['A', 'B'],
  ],
  [
    'media:credit',
    () => rss('<title>t</title><media:credit role="author">Claire</media:credit>'),
    'authors',
    ['Claire'],
  ],
  [
    'media:credit of a photographer',
    () => rss('<title>t</title><media:credit role="photographer">Claire</media:credit>'),
    'authors',
    [],
  ],
  ['author of markup', () => rss('<title>t</title><author><name>Jean</name></author>'), 'authors', ['Jean']],
  [
    'Atom name empty',
    () => atom('<title>t</title><author><name/><email>me@x.fr</email></author>'),
    'authors',
    ['me@x.fr'],
  ],
  ['Atom feed’s author', () => atom('<title>t</title>', '<author><name>F</name></author>'), 'authors', ['F']],
  [
    'Atom several',
    () => atom('<title>t</title><author><name>A</name></author><author><name>B</name></author>'),
    'authors',
    ['A', 'B'],
  ],
  [
    'managing editor of the channel',
    () => rss('<title>t</title>', '<managingEditor>e@x.fr (Ed)</managingEditor>'),
    'authors',
    ['Ed'],
  ],
  [
    'JSON authors',
    () => json({ authors: [{ name: 'A' }, { url: 'https://b.example/' }], content_text: 'x' }),
    'authors',
    ['A', 'https://b.example/'],
  ],
  ['JSON 1.0 author', () => json({ author: { name: 'A' }, content_text: 'x' }), 'authors', ['A']],
  [
    'a creator with a non-breaking blank',
    () => rss('<title>t</title><dc:creator><![CDATA[ Léa Roy ]]></dc:creator>'),
    'authors',
    ['Léa Roy'],
  ],
  // Categories.
  [
    'categories with domain',
    () => rss('<title>t</title><category domain="x">IA</category><category>Éco</category>'),
    'categories',
    ['IA', 'Éco'],
  ],
  [
    'Atom term and label',
    () => atom('<title>t</title><category term="ia" label="L’IA"/>'),
    'categories',
    ['ia'],
  ],
  [
    'media:category',
    () => rss('<title>t</title><media:category label="V">visuel</media:category>'),
    'categories',
    ['visuel'],
  ],
  [
    'itunes:keywords',
    () => rss('<title>t</title><itunes:keywords>a, b ,c</itunes:keywords>'),
    'categories',
    ['a', 'b', 'c'],
  ],
  ['JSON tags', () => json({ tags: ['a', 'b', 'a'], content_text: 'x' }), 'categories', ['a', 'b']],
  [
    'empty category',
    () => rss('<title>t</title><category></category><category>x</category>'),
    'categories',
    ['x'],
  ],
  // Files.
  [
    'enclosure length with separators',
    () =>
      rss('<title>t</title><enclosure url="https://c.example/a.mp3" length="1,234,567" type="audio/mpeg"/>'),
    'enclosures',
    [{ url: 'https://c.example/a.mp3', type: 'audio/mpeg', length: 1_234_567 }],
  ],
  [
    'enclosure without an address',
    () => rss('<title>t</title><enclosure url="" length="0"/>'),
    'enclosures',
    [],
  ],
  [
    'enclosure length unreadable',
    () => rss('<title>t</title><enclosure url="https://c.example/a.mp3" length="12 MB" type="audio/mpeg"/>'),
    'enclosures',
    [{ url: 'https://c.example/a.mp3', type: 'audio/mpeg', length: null }],
  ],
  [
    'feedburner’s own enclosure',
    () =>
      rss(
        '<title>t</title><enclosure url="https://fb.example/~5/x/File.mp3" length="76" type="audio/mpeg"/><feedburner:origEnclosureLink>https://c.example/File.mp3</feedburner:origEnclosureLink>',
      ),
    'enclosures',
    [{ url: 'https://c.example/File.mp3', type: 'audio/mpeg', length: 76 }],
  ],
  [
    'peer link',
    () =>
      rss(
        '<title>t</title><media:peerLink type="application/x-bittorrent" href="https://c.example/f.torrent"/>',
      ),
    'enclosures',
    [{ url: 'https://c.example/f.torrent', type: 'application/x-bittorrent', length: null }],
  ],
  [
    'Atom enclosure',
    () =>
      atom(
        '<title>t</title><link rel="enclosure" href="https://c.example/a.mp3" length="9" type="audio/mpeg"/>',
      ),
    'enclosures',
    [{ url: 'https://c.example/a.mp3', type: 'audio/mpeg', length: 9 }],
  ],
  [
    'JSON attachment',
    () =>
      json({ attachments: [{ url: 'https://c.example/a.mp3', mime_type: 'audio/mpeg', size_in_bytes: 9 }] }),
    'enclosures',
    [{ url: 'https://c.example/a.mp3', type: 'audio/mpeg', length: 9 }],
  ],
  // Dates.
  ...(
    [
      ['Thu, 5 Mar 2026 9:07 GMT', '2026-03-05T09:07:00.000Z'],
      ['Thursday, 05-Mar-26 09:07:00 EST', '2026-03-05T14:07:00.000Z'],
      ['2026-03-05', '2026-03-05T00:00:00.000Z'],
      ['2026-03-05T09:07:00.123+0100', '2026-03-05T08:07:00.123Z'],
      ['5 mars 2026 09:07 +0100', '2026-03-05T08:07:00.000Z'],
      ['Thu Mar  5 09:07:00 2026', '2026-03-05T09:07:00.000Z'],
      ['20260305T090700Z', '2026-03-05T09:07:00.000Z'],
      ['Thu, 05 Mar 2026 09:07:00 Europe/Paris', '2026-03-05T08:07:00.000Z'],
      ['1772701620', '2026-03-05T09:07:00.000Z'],
      ['Thu, 05 Mar 2026 24:00:00 GMT', '2026-03-06T00:00:00.000Z'],
      ['not a date', null],
    ] as const
  ).map(
    ([written, iso]) =>
      [
        `date ${written}`,
        () => rss(`<title>t</title><pubDate>${written}</pubDate>`),
        'publishedAt',
        iso === null ? null : new Date(iso),
      ] as const,
  ),
];

test.each(items)('%s', (_what, feed, field, value) => {
  const read = feed();
  const item = read.items[0];
  expect(
    item?.[field] ?? (field === 'authors' || field === 'categories' || field === 'enclosures' ? [] : null),
  ).toEqual(value);
});

test('a hundred cases stand here', () => {
  expect(items.length).toBeGreaterThanOrEqual(100);
});
