/** Atom 0.3 and 1.0: feed and entries from the tree. */
import { Buffer } from 'node:buffer';
import {
  boundedEnclosures,
  boundedHtml,
  boundedList,
  type FeedContext,
  guidText,
  languageTag,
  personName,
  titleText,
} from './item-fields.ts';
import type { ParsedFeedInfo, ParsedItem } from './parsed-feed.ts';
import { FEED_LIMITS } from './parsed-feed.ts';
import { collapse, decodeEntities } from './plain-text.ts';
import { resolveWebUrl } from './resolve.ts';
import { baseOf, firstDate } from './rss-fields.ts';
import { attribute, child, children, childText, isMarkup, rawText, type XmlNode } from './xml-node.ts';

const PUBLISHED = ['published', 'issued', 'created', 'dc:date', 'pubdate', 'dcterms:issued'];
const UPDATED = ['updated', 'modified', 'dcterms:modified'];

/** The feed itself. */
export function atomInfo(feed: XmlNode, context: FeedContext): ParsedFeedInfo {
  const base = baseOf(feed, context.base);
  return {
    format: 'ATOM',
    title: firstTitle(feed, ['title', 'dc:title']),
    description: boundedHtml(
      textConstruct(child(feed, 'subtitle') ?? child(feed, 'tagline') ?? child(feed, 'description')),
      base,
    ),
    siteUrl: alternate(feed, base),
    selfUrl: links(feed, 'self', base)[0] ?? null,
    language: context.language,
    updatedAt: firstDate(feed, [...UPDATED, ...PUBLISHED], context),
    authors: atomAuthors(feed),
    ttlMinutes: null,
    hubs: boundedList(links(feed, 'hub', base)),
    imageUrl: resolveWebUrl(childText(feed, 'logo') ?? childText(feed, 'icon'), base),
  };
}

/** One entry; the feed's authors stand in where it names none. */
export function atomEntry(entry: XmlNode, feedAuthors: readonly string[], context: FeedContext): ParsedItem {
  const base = baseOf(entry, context.base);
  const published = firstDate(entry, PUBLISHED, context);
  const updated = firstDate(entry, UPDATED, context);
  const own = atomAuthors(entry);
  const source = own.length > 0 ? own : atomAuthors(child(entry, 'source'));
  const content = child(entry, 'content');
  return {
    guid: guidText(childText(entry, 'id')),
    url: entryUrl(entry, content, base),
    title: firstTitle(entry, ['title', 'dc:title', 'media:title']) || mediaTitle(entry),
    summaryHtml:
      firstHtml(entry, ['summary', 'description', 'dc:description', 'media:description'], base) ??
      mediaDescription(entry),
    contentHtml: firstHtml(entry, ['content', 'content:encoded', 'xhtml:body', 'xhtml:div'], base),
    publishedAt: published ?? updated,
    updatedAt: updated,
    authors: source.length > 0 ? source : feedAuthors,
    categories: atomCategories(entry),
    enclosures: atomEnclosures(entry, base),
    commentsUrl: links(entry, 'replies', base)[0] ?? null,
    language: languageTag(attribute(content, 'xml:lang') ?? attribute(entry, 'xml:lang')) ?? context.language,
  };
}

/** The language of a feed element. */
export function atomLanguage(feed: XmlNode): string | null {
  return languageTag(
    attribute(feed, 'xml:lang') ?? childText(feed, 'dc:language') ?? childText(feed, 'language'),
  );
}

type Form = 'TEXT' | 'HTML' | 'MARKUP' | 'BASE64' | 'OTHER';

/** How a text construct is written: Atom 1.0's `type`, Atom 0.3's `type` and `mode`. */
function formOf(node: XmlNode): Form {
  const type = (attribute(node, 'type') ?? '').trim().toLowerCase();
  const mode = (attribute(node, 'mode') ?? '').trim().toLowerCase();
  if (mode === 'base64') return 'BASE64';
  if (isMarkup(node)) return 'MARKUP';
  if (type === 'html' || type === 'xhtml' || /^(text\/html|application\/xhtml\+xml)/.test(type))
    return 'HTML';
  if (mode === 'escaped') return type === '' || type === 'text/plain' ? 'TEXT' : 'HTML';
  if (type === '' || type === 'text' || type.startsWith('text/')) return 'TEXT';
  if (/[+/]xml$/.test(type)) return 'HTML';
  return type.includes('/') ? 'BASE64' : 'TEXT';
}

/** HTML of a text construct. Plain text is escaped, unless it plainly is HTML that its author forgot to declare. */
function textConstruct(node: XmlNode | undefined): string | null {
  if (node === undefined) return null;
  const text = rawText(node);
  const form = formOf(node);
  if (form === 'MARKUP') return withoutWrapper(text);
  if (form === 'HTML') return text;
  if (form === 'BASE64') return fromBase64(text);
  if (/<\/?[a-z][^<>]*>|&(?:[a-z]{2,10}|#\d{1,6});/i.test(text.slice(0, 100_000))) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function fromBase64(text: string): string {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return text;
  return Buffer.from(compact, 'base64').toString('utf8');
}

/** XHTML constructs hold one `div` that is not part of the content (RFC 4287 §3.1.1.3). */
function withoutWrapper(html: string): string {
  const inner = html.trim();
  const open = /^<div(?:\s[^<>]*)?>/.exec(inner)?.[0];
  if (open === undefined || !inner.endsWith('</div>')) return html;
  const content = inner.slice(open.length, -'</div>'.length);
  // "<div>a</div><div>b</div>" has no wrapper.
  let depth = 0;
  for (const tag of content.matchAll(/<(\/?)div(?=[\s>])/g)) {
    depth += tag[1] === '/' ? -1 : 1;
    if (depth < 0) return html;
  }
  return content;
}

function firstTitle(node: XmlNode, names: readonly string[]): string {
  for (const name of names) {
    for (const title of children(node, name)) {
      const text = rawText(title);
      const form = formOf(title);
      const plain =
        form === 'TEXT'
          ? collapse(decodeEntities(text.slice(0, FEED_LIMITS.title * 4))).slice(0, FEED_LIMITS.title)
          : titleText(form === 'BASE64' ? fromBase64(text) : text);
      if (plain !== '') return plain;
    }
  }
  return '';
}

function firstHtml(entry: XmlNode, names: readonly string[], base: string): string | null {
  for (const name of names) {
    for (const node of children(entry, name)) {
      const html = boundedHtml(textConstruct(node), baseOf(node, base));
      if (html !== null) return html;
    }
  }
  return null;
}

function mediaTitle(entry: XmlNode): string {
  return titleText(childText(child(entry, 'media:group'), 'media:title') ?? '');
}

function mediaDescription(entry: XmlNode): string | null {
  const text = childText(child(entry, 'media:group'), 'media:description');
  return text === null ? null : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Addresses of the links of one relation; a link without `rel` is an alternate. */
function links(node: XmlNode, rel: string, base: string): string[] {
  return children(node, 'link').flatMap((link) => {
    const own = (attribute(link, 'rel') ?? 'alternate')
      .trim()
      .toLowerCase()
      .replace('http://www.iana.org/assignments/relation/', '');
    if (own !== rel && !(own === '' && rel === 'alternate')) return [];
    const url = resolveWebUrl(attribute(link, 'href') ?? rawText(link), baseOf(link, base));
    return url === null ? [] : [url];
  });
}

/** The alternate link, the one to a page before others. */
function alternate(node: XmlNode, base: string): string | null {
  const page = children(node, 'link').find(
    (link) =>
      (attribute(link, 'rel') ?? 'alternate').trim().toLowerCase() === 'alternate' &&
      /^(text\/html|application\/xhtml\+xml)/i.test(attribute(link, 'type') ?? ''),
  );
  return (
    resolveWebUrl(attribute(page, 'href'), baseOf(page, base)) ?? links(node, 'alternate', base)[0] ?? null
  );
}

function entryUrl(entry: XmlNode, content: XmlNode | undefined, base: string): string | null {
  const original = childText(entry, 'feedburner:origlink') ?? childText(entry, 'pheedo:origlink');
  const id = childText(entry, 'id');
  return (
    resolveWebUrl(original, base) ??
    alternate(entry, base) ??
    resolveWebUrl(attribute(content, 'src'), base) ??
    resolveWebUrl(id, null)
  );
}

function atomAuthors(node: XmlNode | undefined): string[] {
  if (node === undefined) return [];
  for (const name of ['author', 'dc:creator', 'itunes:author', 'contributor']) {
    const found = boundedList(
      children(node, name).map((author) =>
        personName(
          childText(author, 'name') ??
            childText(author, 'email') ??
            (rawText(author).trim() || childText(author, 'uri')),
        ),
      ),
    );
    if (found.length > 0) return found;
  }
  return [];
}

function atomCategories(entry: XmlNode): string[] {
  const own = children(entry, 'category').map(
    (node) => attribute(node, 'term') || attribute(node, 'label') || rawText(node),
  );
  const subjects = ['dc:subject', 'media:category'].flatMap((name) =>
    children(entry, name).map((node) => rawText(node)),
  );
  return boundedList([...own, ...subjects]);
}

function atomEnclosures(entry: XmlNode, base: string) {
  const linked = children(entry, 'link')
    .filter((link) => attribute(link, 'rel')?.trim().toLowerCase() === 'enclosure')
    .map((link) => ({
      url: attribute(link, 'href'),
      type: attribute(link, 'type'),
      length: attribute(link, 'length'),
    }));
  const media = [entry, ...children(entry, 'media:group')]
    .flatMap((node) => children(node, 'media:content'))
    .map((node) => ({
      url: attribute(node, 'url'),
      type: attribute(node, 'type'),
      length: attribute(node, 'filesize'),
    }));
  return boundedEnclosures([...linked, ...media], base);
}
