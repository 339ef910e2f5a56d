/** RSS 0.9x, 1.0 (RDF) and 2.0: channel and items from the tree, whatever modules they mix in. */
import { parseDate } from './date.ts';
import {
  boundedEnclosures,
  boundedHtml,
  boundedList,
  type FeedContext,
  guidText,
  languageTag,
  personName,
  plausible,
  titleText,
  writers,
} from './item-fields.ts';
import type { ParsedFeedInfo, ParsedItem } from './parsed-feed.ts';
import { resolveWebUrl } from './resolve.ts';
import { constructBase, textConstruct } from './text-construct.ts';
import { baseOf, firstDate, firstText, languageOf } from './xml-fields.ts';
import { attribute, child, children, childrenAmong, childText, rawText, type XmlNode } from './xml-node.ts';

const TITLES = ['title', 'dc:title', 'atom:title', 'media:title', 'itunes:title'];
const PUBLISHED = [
  'pubdate',
  'atom:published',
  'published',
  'dcterms:issued',
  'dc:date',
  'dcterms:created',
  'atom:issued',
  'atom:created',
  'prism:publicationdate',
  'dcterms:available',
  'dc:created',
  'date',
];
const UPDATED = [
  'atom:updated',
  'updated',
  'dcterms:modified',
  'atom:modified',
  'lastbuilddate',
  'lastmodified',
];
const CONTENTS = [
  'content:encoded',
  'atom:content',
  'content',
  'xhtml:body',
  'xhtml:div',
  'fullitem',
  'encoded',
];
const SUMMARIES = [
  'description',
  'atom:summary',
  'dc:description',
  'summary',
  'itunes:summary',
  'media:description',
  'dcterms:abstract',
  'googleplay:description',
  'itunes:subtitle',
  'abstract',
];

/** The feed itself, from its channel element. */
export function rssInfo(
  root: XmlNode,
  channel: XmlNode,
  format: 'RSS' | 'RDF',
  context: FeedContext,
): ParsedFeedInfo {
  const base = baseOf(channel, baseOf(root, context.base));
  const siteUrl = rssSiteUrl(channel, base);
  // Some write Atom's link without its namespace.
  const links = childrenAmong(channel, ['atom:link', 'link']);
  const related = (rel: string) => links.filter((link) => relationOf(link) === rel);
  return {
    format,
    title: titleText(firstText(channel, TITLES) ?? ''),
    description: boundedHtml(
      firstText(channel, [
        'description',
        'atom:subtitle',
        'itunes:summary',
        'dc:description',
        'atom:tagline',
        'itunes:subtitle',
        'googleplay:description',
        'abstract',
      ]),
      base,
    ),
    siteUrl,
    selfUrl: resolveWebUrl(related('self').map((link) => attribute(link, 'href'))[0] ?? null, base),
    language: context.language,
    updatedAt:
      firstDate(
        channel,
        [
          'lastbuilddate',
          'atom:updated',
          'dcterms:modified',
          'atom:modified',
          'pubdate',
          'dc:date',
          'dcterms:issued',
          'dcterms:created',
        ],
        context,
      ) ?? attributeDate(channel, context),
    authors: [...channelAuthors(channel), ...rssAuthors(channel, ['webmaster'])].slice(0, 1),
    ttlMinutes: ttlMinutes(channel),
    hubs: boundedList(related('hub').map((link) => resolveWebUrl(attribute(link, 'href'), base))),
    imageUrl: resolveWebUrl(pictureOf(channel) ?? pictureOf(root), siteUrl ?? base),
  };
}

/** The address of a channel's picture, in RSS (RDF has it beside the channel) or any module. */
function pictureOf(channel: XmlNode): string | null {
  const image = child(channel, 'image');
  const podcast = child(channel, 'itunes:image') ?? child(channel, 'googleplay:image');
  const linked = children(channel, 'itunes:link').find((link) => relationOf(link) === 'image');
  const media = child(channel, 'media:thumbnail') ?? children(channel, 'media:content').find(isPicture);
  return (
    childText(image, 'url') ??
    attribute(image, 'rdf:resource') ??
    attribute(podcast, 'href') ??
    attribute(podcast, 'url') ??
    attribute(linked, 'href') ??
    attribute(media, 'url') ??
    firstText(channel, ['atom:logo', 'atom:icon'])
  );
}

function isPicture(content: XmlNode): boolean {
  return attribute(content, 'medium') === 'image' || (attribute(content, 'type') ?? '').startsWith('image/');
}

/** Who stands for a channel's items that name nobody. */
export function channelAuthors(channel: XmlNode): string[] {
  return rssAuthors(channel, [
    'managingeditor',
    'author',
    'dc:creator',
    'dc:author',
    'atom:author',
    'itunes:author',
    'googleplay:author',
    'itunes:owner',
  ]).slice(0, 1);
}

/** The site's address: the channel's link, or Atom's alternate link, or CDF's attribute. */
export function rssSiteUrl(channel: XmlNode, base: string): string | null {
  for (const link of childrenAmong(channel, ['link', 'atom:link'])) {
    if (relationOf(link) !== 'alternate') continue;
    const url = resolveWebUrl(
      rawText(link).trim() || attribute(link, 'href') || attribute(link, 'rdf:resource'),
      base,
    );
    if (url !== null) return url;
  }
  return resolveWebUrl(attribute(channel, 'href'), base);
}

/** What a link leads to; one that does not say leads to the page. */
function relationOf(link: XmlNode): string {
  return (attribute(link, 'rel') ?? 'alternate').trim().toLowerCase();
}

/** The language of an element by any of its names. */
export function rssLanguage(node: XmlNode): string | null {
  return languageTag(firstText(node, ['language', 'dc:language']) ?? attribute(node, 'xml:lang'));
}

/** Minutes between polls: `ttl`, or the syndication module's period over frequency; within a minute and a month. */
function ttlMinutes(channel: XmlNode): number | null {
  const ttl = /^\d{1,7}$/.exec(childText(channel, 'ttl') ?? '')?.[0];
  if (ttl !== undefined && Number(ttl) > 0) return Math.min(Number(ttl), 43_200);
  const period = childText(channel, 'sy:updateperiod')?.toLowerCase();
  const minutes = { hourly: 60, daily: 1_440, weekly: 10_080, monthly: 43_200, yearly: 43_200 }[period ?? ''];
  if (minutes === undefined) return null;
  const frequency = /^\d{1,5}$/.exec(childText(channel, 'sy:updatefrequency') ?? '')?.[0];
  return Math.max(1, Math.round(minutes / Math.max(1, Number(frequency ?? 1))));
}

/** What a channel's items have in common, where they say nothing themselves. */
export interface ChannelDefaults {
  readonly authors: readonly string[];
  readonly categories: readonly string[];
}

/** One item. */
export function rssItem(item: XmlNode, channel: ChannelDefaults, context: FeedContext): ParsedItem {
  const base = baseOf(item, context.base);
  const guidNode = child(item, 'guid');
  const guid =
    guidText(rawText(guidNode)) ??
    guidText(firstText(item, ['atom:id', 'id'])) ??
    guidText(attribute(item, 'rdf:about'));
  const published = firstDate(item, PUBLISHED, context) ?? attributeDate(item, context);
  const updated = firstDate(item, UPDATED, context) ?? laterDate(item, published, context);
  const group = child(item, 'media:group');
  const content = firstBody(item, CONTENTS, base);
  const summary = firstBody(item, SUMMARIES, base) ?? firstBody(group, ['media:description'], base);
  const authors = rssAuthors(item, AUTHORS);
  const categories = rssCategories(item);
  return {
    guid: guid ?? guidText(firstText(item, ['dc:identifier'])),
    url: rssItemUrl(item, guidNode, base),
    title: titleText(firstText(item, TITLES) ?? childText(group, 'media:title') ?? ''),
    summaryHtml: summary,
    contentHtml: content,
    publishedAt: published ?? updated,
    updatedAt: updated,
    authors: authors.length > 0 ? authors : channel.authors,
    categories: categories.length > 0 ? categories : channel.categories,
    enclosures: rssEnclosures(item, base),
    commentsUrl: resolveWebUrl(childText(item, 'comments'), base),
    language:
      rssLanguage(item) ??
      languageOf(item, ['content:encoded', 'fullitem', 'description', 'title']) ??
      context.language,
  };
}

/** CDF's date. */
function attributeDate(node: XmlNode, context: FeedContext): Date | null {
  return plausible(parseDate(attribute(node, 'lastmod') ?? '', context.home), context.now);
}

/** What `dc:date` says of a change: nothing where it is the date of publication, or an earlier one. */
function laterDate(item: XmlNode, published: Date | null, context: FeedContext): Date | null {
  const date = firstDate(item, ['dc:date'], context);
  return date !== null && published !== null && date > published ? date : null;
}

function firstBody(item: XmlNode | undefined, names: readonly string[], base: string): string | null {
  for (const name of names) {
    for (const node of children(item, name)) {
      const isConstruct = name.startsWith('atom:');
      const html = isConstruct
        ? boundedHtml(textConstruct(node), constructBase(node, base))
        : boundedHtml(rawText(node), baseOf(node, base));
      if (html !== null) return html;
    }
  }
  return null;
}

const LINKS = ['feedburner:origlink', 'pheedo:origlink', 'link', 'l:permalink'];

function rssItemUrl(item: XmlNode, guid: XmlNode | undefined, base: string): string | null {
  for (const name of LINKS) {
    for (const link of children(item, name)) {
      if (relationOf(link) !== 'alternate') continue;
      const written = rawText(link).trim() || attribute(link, 'href') || attribute(link, 'rdf:resource');
      const url = resolveWebUrl(written, baseOf(link, base));
      if (url !== null) return url;
    }
  }
  for (const link of children(item, 'atom:link')) {
    if (relationOf(link) !== 'alternate') continue;
    const url = resolveWebUrl(attribute(link, 'href'), base);
    if (url !== null) return url;
  }
  const said = (attribute(guid, 'ispermalink') ?? '').trim().toLowerCase();
  const permanent = ['', 'true', 'yes', '1'].includes(said);
  const fromGuid = permanent
    ? resolveWebUrl(rawText(guid), /^\s*\//.test(rawText(guid)) ? base : null)
    : null;
  return (
    fromGuid ??
    resolveWebUrl(attribute(item, 'rdf:about'), null) ??
    resolveWebUrl(attribute(item, 'href'), base)
  );
}

const AUTHORS = [
  'author',
  'dc:creator',
  'dc:author',
  'atom:author',
  'itunes:author',
  'googleplay:author',
  'dc:contributor',
  'atom:contributor',
  'media:credit',
];

function rssAuthors(node: XmlNode, names: readonly string[]): string[] {
  for (const name of names) {
    const authors = writers(node, name);
    if (authors.length === 0) continue;
    const found = boundedList(
      authors.map((author) =>
        personName(
          childText(author, 'atom:name') ??
            childText(author, 'name') ??
            childText(author, 'itunes:name') ??
            childText(author, 'itunes:email') ??
            (writtenName(author) || firstText(author, ADDRESSES)),
        ),
      ),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** What stands for a person without a name. */
const ADDRESSES = ['atom:email', 'email', 'atom:uri', 'uri', 'atom:url', 'url'];

/** A name with the link that it may hold: "par <a href=…>Jeanne</a>". */
function writtenName(author: XmlNode): string {
  return `${rawText(author)} ${childText(author, 'a') ?? ''}`.trim();
}

const CATEGORIES = [
  'category',
  'dc:subject',
  'media:category',
  'atom:category',
  'itunes:category',
  'googleplay:category',
];
const KEYWORDS = ['itunes:keywords', 'media:keywords', 'tags'];

/** Categories of an item or a channel. */
export function rssCategories(item: XmlNode): string[] {
  const texts: string[] = [];
  const nodes = childrenAmong(item, CATEGORIES).flatMap((node) => [
    node,
    ...children(node, 'itunes:category'),
  ]);
  for (const node of nodes) {
    const text =
      rawText(node).trim() || attribute(node, 'term') || attribute(node, 'label') || attribute(node, 'text');
    if (text) texts.push(titleText(text));
  }
  for (const node of childrenAmong(item, KEYWORDS))
    texts.push(...rawText(node).split(',', 100).map(titleText));
  return boundedList(texts);
}

const FILES = ['enclosure', 'atom:link', 'media:content'];
/** Media RSS's elements that name a file, in RSS and in Atom. */
export const MEDIA = ['media:content', 'media:thumbnail', 'media:peerlink'];

function rssEnclosures(item: XmlNode, base: string) {
  const direct = childrenAmong(item, FILES);
  const grouped = children(item, 'media:group').flatMap((group) => childrenAmong(group, MEDIA));
  const pictures = childrenAmong(item, ['media:thumbnail', 'media:peerlink']);
  if (direct.length + grouped.length + pictures.length === 0) return [];
  const files = [...direct, ...grouped, ...pictures].filter((node) => {
    const rel = attribute(node, 'rel');
    return rel === null || rel.trim().toLowerCase() === 'enclosure';
  });
  const original = direct.length === 1 ? childText(item, 'feedburner:origenclosurelink') : null;
  return boundedEnclosures(
    files.map((node, index) => ({
      url:
        (index === 0 ? original : null) ??
        attribute(node, 'url') ??
        attribute(node, 'rdf:resource') ??
        attribute(node, 'href'),
      type: attribute(node, 'type'),
      length: attribute(node, 'length') ?? attribute(node, 'filesize'),
    })),
    base,
  );
}
