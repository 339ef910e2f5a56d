import type { Outlet } from './press-outlets.ts';

/** An article as it stands on its site at the moment. */
export interface PublishedItem {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly paragraphs: readonly string[];
  readonly publishedAt: Date;
  /** Later than `publishedAt` once the text was revised. */
  readonly updatedAt: Date;
}

/** A site with its items, newest first, and the address it is served under (no trailing slash). */
export interface SiteContent {
  readonly outlet: Outlet;
  readonly url: string;
  readonly items: readonly PublishedItem[];
}

/** Address of an article's page, relative to its site. */
export function articlePath(outlet: Outlet, id: string): string {
  return `${outlet.section}/${id}.html`;
}

/** The feed's bytes in the outlet's own dialect; the same content gives the same bytes. */
export function writeFeed(site: SiteContent): Buffer {
  switch (site.outlet.format) {
    case 'rss-full':
      return Buffer.from(rss(site, 'UTF-8', fullItem));
    case 'rss-latin1-summary':
      return latin1(rss(site, 'ISO-8859-1', summaryItem));
    case 'rss-syndicated':
      return Buffer.from(rss(site, 'UTF-8', syndicatedItem));
    case 'atom':
      return Buffer.from(atom(site));
    case 'rdf':
      return Buffer.from(rdf(site));
    case 'json':
      return Buffer.from(jsonFeed(site));
  }
}

/** Escapes text for XML and HTML, in elements and in double-quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** The paragraphs as HTML. */
export function paragraphsHtml(paragraphs: readonly string[]): string {
  return paragraphs.map((paragraph) => `<p>${escapeMarkup(paragraph)}</p>`).join('\n');
}

/** The first two sentences, as summary-only feeds give them. */
function summarize(paragraphs: readonly string[]): string {
  const sentences = new Intl.Segmenter('fr', { granularity: 'sentence' }).segment(paragraphs.join(' '));
  return [...sentences]
    .slice(0, 2)
    .map(({ segment }) => segment)
    .join('')
    .trim();
}

function lastChange(items: readonly PublishedItem[]): Date {
  return new Date(Math.max(0, ...items.map((item) => item.updatedAt.getTime())));
}

function link(site: SiteContent, item: PublishedItem): string {
  return `${site.url}/${articlePath(site.outlet, item.id)}`;
}

type ItemWriter = (site: SiteContent, item: PublishedItem) => string;

function rss(site: SiteContent, encoding: string, writeItem: ItemWriter): string {
  const { outlet, url, items } = site;
  return `<?xml version="1.0" encoding="${encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeMarkup(outlet.name)}</title>
<link>${url}/</link>
<atom:link rel="self" href="${url}/feed" type="application/rss+xml"/>
<description>${escapeMarkup(outlet.tagline)}</description>
<language>fr-FR</language>
<lastBuildDate>${lastChange(items).toUTCString()}</lastBuildDate>
${items.map((item) => writeItem(site, item)).join('\n')}
</channel>
</rss>
`;
}

function fullItem(site: SiteContent, item: PublishedItem): string {
  const url = link(site, item);
  return `<item><title>${escapeMarkup(item.title)}</title><link>${url}</link><guid isPermaLink="true">${url}</guid>
<pubDate>${item.publishedAt.toUTCString()}</pubDate><dc:creator>${escapeMarkup(item.author)}</dc:creator>
<description>${escapeMarkup(summarize(item.paragraphs))}</description>
<content:encoded><![CDATA[${paragraphsHtml(item.paragraphs)}]]></content:encoded></item>`;
}

/** No CDATA here: what ISO-8859-1 lacks is written as a character reference, which CDATA would not resolve. */
function summaryItem(site: SiteContent, item: PublishedItem): string {
  const url = link(site, item);
  const summary = `<p>${escapeMarkup(summarize(item.paragraphs))}</p>`;
  return `<item><title>${escapeMarkup(item.title)}</title><link>${url}</link><guid>${url}</guid>
<pubDate>${item.publishedAt.toUTCString()}</pubDate><description>${escapeMarkup(summary)}</description></item>`;
}

function syndicatedItem(site: SiteContent, item: PublishedItem): string {
  const url = `${link(site, item)}?utm_source=rss&utm_medium=feed&utm_campaign=fil`;
  return `<item><title>${escapeMarkup(item.title + site.outlet.titleSuffix)}</title><link>${escapeMarkup(url)}</link>
<guid isPermaLink="false">relais-${item.id}</guid><pubDate>${item.publishedAt.toUTCString()}</pubDate>
<description><![CDATA[${paragraphsHtml(item.paragraphs)}]]></description></item>`;
}

function atom({ outlet, url, items }: SiteContent): string {
  const entries = items.map((item) => {
    const id = `tag:${outlet.slug}.invalid,2023:${item.id}`;
    return `<entry><title>${escapeMarkup(item.title)}</title><id>${id}</id>
<link rel="alternate" type="text/html" href="${articlePath(outlet, item.id)}"/>
<published>${item.publishedAt.toISOString()}</published><updated>${item.updatedAt.toISOString()}</updated>
<author><name>${escapeMarkup(item.author)}</name></author>
<content type="html">${escapeMarkup(paragraphsHtml(item.paragraphs))}</content></entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="${url}/">
<title>${escapeMarkup(outlet.name)}</title>
<subtitle>${escapeMarkup(outlet.tagline)}</subtitle>
<id>tag:${outlet.slug}.invalid,2023:fil</id>
<updated>${lastChange(items).toISOString()}</updated>
<link rel="self" href="feed"/><link rel="alternate" type="text/html" href="./"/>
${entries.join('\n')}
</feed>
`;
}

function rdf(site: SiteContent): string {
  const { outlet, url, items } = site;
  const rows = items.map(
    (item) => `<item rdf:about="${link(site, item)}"><title>${escapeMarkup(item.title)}</title>
<link>${link(site, item)}</link><dc:date>${item.publishedAt.toISOString().slice(0, 19)}+00:00</dc:date>
<dc:creator>${escapeMarkup(item.author)}</dc:creator>
<description>${escapeMarkup(summarize(item.paragraphs))}</description>
<content:encoded>${escapeMarkup(paragraphsHtml(item.paragraphs))}</content:encoded></item>`,
  );
  const order = items.map((item) => `<rdf:li rdf:resource="${link(site, item)}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="${url}/feed">
<title>${escapeMarkup(outlet.name)}</title><link>${url}/</link>
<description>${escapeMarkup(outlet.tagline)}</description><dc:language>fr</dc:language>
<items><rdf:Seq>${order.join('')}</rdf:Seq></items>
</channel>
${rows.join('\n')}
</rdf:RDF>
`;
}

function jsonFeed(site: SiteContent): string {
  const { outlet, url, items } = site;
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: outlet.name,
    description: outlet.tagline,
    home_page_url: `${url}/`,
    feed_url: `${url}/feed`,
    language: 'fr-FR',
    items: items.map((item) => ({
      id: `${outlet.slug}/${item.id}`,
      url: link(site, item),
      title: item.title,
      summary: summarize(item.paragraphs),
      content_html: paragraphsHtml(item.paragraphs),
      date_published: item.publishedAt.toISOString(),
      date_modified: item.updatedAt.toISOString(),
      authors: [{ name: item.author }],
    })),
  });
}

function latin1(text: string): Buffer {
  const narrowed = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 256 ? character : `&#${code};`;
  });
  return Buffer.from(narrowed.join(''), 'latin1');
}
