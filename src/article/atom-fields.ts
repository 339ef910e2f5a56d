/** Atom 0.3 and 1.0: feed and entries from the tree. */
import {
  boundedEnclosures,
  boundedHtml,
  boundedList,
  type FeedContext,
  guidText,
  languageTag,
  personName,
  titleText,
  writers,
} from './item-fields.ts';
import type { ParsedFeedInfo, ParsedItem } from './parsed-feed.ts';
import { FEED_LIMITS } from './parsed-feed.ts';
import { collapse } from './plain-text.ts';
import { resolveWebUrl } from './resolve.ts';
import { type ChannelDefaults, MEDIA } from './rss-fields.ts';
import { constructBase, formOf, fromBase64, textConstruct } from './text-construct.ts';
import { baseOf, firstDate, firstText, languageOf } from './xml-fields.ts';
import { attribute, child, children, childrenAmong, childText, rawText, type XmlNode } from './xml-node.ts';

const PUBLISHED = ['published', 'issued', 'created', 'dc:date', 'pubdate', 'dcterms:issued'];
const UPDATED = ['updated', 'modified', 'dcterms:modified'];

/** The feed itself. */
export function atomInfo(feed: XmlNode, context: FeedContext): ParsedFeedInfo {
  const base = baseOf(feed, context.base);
  const subtitle = childrenAmong(feed, ['subtitle', 'tagline', 'description', 'info', 'dc:description'])[0];
  return {
    format: 'ATOM',
    title: firstTitle(feed, ['title', 'dc:title']),
    description:
      subtitle === undefined ? null : boundedHtml(textConstruct(subtitle), constructBase(subtitle, base)),
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

/** One entry; the feed's authors and categories stand in where it names none. */
export function atomEntry(entry: XmlNode, feed: ChannelDefaults, context: FeedContext): ParsedItem {
  const base = baseOf(entry, context.base);
  const published = firstDate(entry, PUBLISHED, context);
  const updated = firstDate(entry, UPDATED, context);
  const own = atomAuthors(entry);
  const source = own.length > 0 ? own : atomAuthors(child(entry, 'source'));
  const content = child(entry, 'content');
  const lang = attribute(entry, 'xml:lang');
  const categories = atomCategories(entry);
  return {
    guid: guidText(childText(entry, 'id') ?? childText(entry, 'guid') ?? childText(entry, 'dc:identifier')),
    url: entryUrl(entry, content, base),
    title: firstTitle(entry, ['title', 'dc:title', 'media:title']) || mediaTitle(entry),
    summaryHtml:
      firstHtml(entry, ['summary', 'description', 'dc:description', 'media:description'], base) ??
      mediaDescription(entry),
    contentHtml: firstHtml(entry, ['content', 'content:encoded', 'xhtml:body', 'xhtml:div'], base),
    publishedAt: published ?? updated,
    updatedAt: updated,
    authors: source.length > 0 ? source : feed.authors,
    categories: categories.length > 0 ? categories : feed.categories,
    enclosures: atomEnclosures(entry, base),
    // Without a type it is a feed of comments (RFC 4685 §4).
    commentsUrl: linkTo(entry, 'replies', PAGE, base),
    language:
      languageOf(entry, ['content', 'summary', 'title']) ??
      languageTag(lang ?? childText(entry, 'dc:language')) ??
      // Declared empty, it is unknown (XML 1.0 §2.12).
      (lang?.trim() === '' ? null : context.language),
  };
}

/** The language of a feed element. */
export function atomLanguage(feed: XmlNode): string | null {
  return languageTag(
    attribute(feed, 'xml:lang') ?? childText(feed, 'dc:language') ?? childText(feed, 'language'),
  );
}

function firstTitle(node: XmlNode, names: readonly string[]): string {
  for (const name of names) {
    for (const title of children(node, name)) {
      const text = rawText(title);
      const form = formOf(title);
      const plain =
        form === 'TEXT'
          ? // Plain text is what it says (RFC 4287 §3.1.1.1): "&amp;eacute;" is "&eacute;".
            collapse(text.slice(0, FEED_LIMITS.title * 4)).slice(0, FEED_LIMITS.title)
          : titleText(form === 'BASE64' ? fromBase64(text) : text);
      if (plain !== '') return plain;
    }
  }
  return '';
}

function firstHtml(entry: XmlNode, names: readonly string[], base: string): string | null {
  for (const name of names) {
    for (const node of children(entry, name)) {
      const html = boundedHtml(textConstruct(node), constructBase(node, base));
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

const PAGE = /^(text\/html|application\/xhtml\+xml)/i;

/** The first link of one relation to something of a type. */
function linkTo(node: XmlNode, rel: string, type: RegExp, base: string): string | null {
  const found = children(node, 'link').find(
    (link) =>
      (attribute(link, 'rel') ?? 'alternate').trim().toLowerCase() === rel &&
      type.test(attribute(link, 'type') ?? ''),
  );
  return resolveWebUrl(attribute(found, 'href'), baseOf(found, base));
}

/** The alternate link, the one to a page before others. */
function alternate(node: XmlNode, base: string): string | null {
  return linkTo(node, 'alternate', PAGE, base) ?? links(node, 'alternate', base)[0] ?? null;
}

function entryUrl(entry: XmlNode, content: XmlNode | undefined, base: string): string | null {
  const original = childText(entry, 'feedburner:origlink') ?? childText(entry, 'pheedo:origlink');
  const id = childText(entry, 'id');
  return (
    resolveWebUrl(original, base) ??
    alternate(entry, base) ??
    resolveWebUrl(attribute(content, 'src'), base) ??
    resolveWebUrl(id, null) ??
    links(entry, 'self', base)[0] ??
    null
  );
}

function atomAuthors(node: XmlNode | undefined): string[] {
  if (node === undefined) return [];
  for (const name of ['author', 'dc:creator', 'itunes:author', 'contributor', 'media:credit']) {
    const found = boundedList(
      writers(node, name).map((author) =>
        personName(
          childText(author, 'name') ??
            childText(author, 'email') ??
            (rawText(author).trim() || firstText(author, ['uri', 'url'])),
        ),
      ),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** Categories of an entry or a feed. */
export function atomCategories(entry: XmlNode): string[] {
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
      url: attribute(link, 'href') ?? rawText(link),
      type: attribute(link, 'type'),
      length: attribute(link, 'length'),
    }));
  const media = [entry, ...children(entry, 'media:group')]
    .flatMap((node) => childrenAmong(node, MEDIA))
    .map((node) => ({
      url: attribute(node, 'url') ?? attribute(node, 'href'),
      type: attribute(node, 'type'),
      length: attribute(node, 'filesize'),
    }));
  return boundedEnclosures([...linked, ...media], base);
}
