/**
 * From the bytes of a feed to its items, whatever dialect, character set or damage:
 *
 *   bytes ─▶ text (charset) ─▶ JSON? ─▶ JSON Feed
 *                     └─▶ XML, strict ─▶ tree ─▶ RSS or Atom fields ─▶ items
 *                            └─ ill-formed: mended once, then the same
 */
import { charsetOf, decodeText } from '#document/charset.ts';
import { atomCategories, atomEntry, atomInfo, atomLanguage } from './atom-fields.ts';
import { readDate } from './date.ts';
import { readXmlFeed, type XmlFeed } from './feed-reader.ts';
import type { FeedContext } from './item-fields.ts';
import { languageTag } from './item-fields.ts';
import { parseJsonFeed } from './json-feed.ts';
import { BREAKS_OFF, type ParsedFeed, type ParsedItem } from './parsed-feed.ts';
import { enterDocument } from './prolog.ts';
import { repairXml } from './repair.ts';
import { resolveUrl, resolveWebUrl } from './resolve.ts';
import {
  type ChannelDefaults,
  channelAuthors,
  rssCategories,
  rssInfo,
  rssItem,
  rssLanguage,
  rssSiteUrl,
} from './rss-fields.ts';
import { baseOf } from './xml-fields.ts';
import { attribute, children, rawText, type XmlNode } from './xml-node.ts';

/** What is known about a feed before it is read. */
export interface ParseOptions {
  /** Where it was found; base of relative addresses. */
  readonly url: string;
  readonly now: Date;
  /** Content-Language, for feeds that do not name their own. */
  readonly language?: string | null;
  /** Content-Location; replaces `url` as base if it is an http(s) address. */
  readonly contentLocation?: string | null;
}

/**
 * Reads a feed: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed. `contentType` is the HTTP header, for its charset. Never throws:
 * what is no feed is a value, one bad item or date costs only itself.
 */
export function parseFeed(body: Uint8Array, contentType: string | null, options: ParseOptions): ParsedFeed {
  const { text, ignored, charset } = decodeText(body, contentType, 'XML');
  const document = fromFirstBracket(mendControls(text));
  const problems = ignored === null ? [] : [`announced as ${ignored.slice(0, 40)}, read as ${charset}`];
  const base = resolveWebUrl(options.contentLocation ?? null, options.url) ?? options.url;
  if (document === '') return { ok: false, reason: 'EMPTY', message: 'the document is empty' };
  if (document.startsWith('{')) {
    // RFC 8259 knows no other charset than UTF-8, whatever the header says.
    const json =
      charset === 'utf-8' || charsetOf(contentType) !== null ? document : new TextDecoder().decode(body);
    return withProblems(parseJsonFeed(json, { base, now: options.now }), problems);
  }
  if (!document.startsWith('<')) return notAFeed(document);
  const { root, body: whole } = enterDocument(document);
  if (root === 'html') return notAFeed(document);
  const strict = ROOTS.has(root) ? readXmlFeed(whole) : null;
  if (strict?.ok === true) return readFields(strict.feed, base, options, { repaired: false, problems });
  const start = ROOTS.has(root) ? 0 : whole.slice(0, MAX_JUNK).search(ROOT_TAG);
  if (start < 0 || strict?.wellFormed === true) return notAFeed(document);
  const mended = repairXml(whole.slice(start));
  const second = readXmlFeed(mended.text);
  const fault = strict === null ? 'something stands before the feed' : `ill-formed: ${strict.message}`;
  if (!second.ok) return second.wellFormed ? notAFeed(document) : illFormed(fault);
  const cutOff = mended.truncated ? [BREAKS_OFF] : [];
  return readFields(second.feed, base, options, {
    repaired: true,
    problems: [...problems, fault, ...cutOff],
  });
}

/** Roots of feeds, without prefix. */
const ROOTS = new Set(['rss', 'rdf', 'feed', 'entry', 'channel']);
/** A feed's root tag, for feeds that have a server's warnings before them, and how far it is looked for. */
const ROOT_TAG = /<(?:rss[\s>]|(?:\w{1,20}:)?(?:feed|RDF)[\s>])/i;
const MAX_JUNK = 20_000;

function withProblems(parsed: ParsedFeed, problems: readonly string[]): ParsedFeed {
  return parsed.ok && problems.length > 0
    ? { ...parsed, problems: [...problems, ...parsed.problems] }
    : parsed;
}

/** Drops white space, controls and stray text ahead of the first markup; "" for a document of nothing but those. */
function fromFirstBracket(text: string): string {
  const trimmed = text.trimStart();
  const start = trimmed.indexOf('<');
  return trimmed.startsWith('{') || start < 0 ? trimmed.trimEnd() : trimmed.slice(start);
}

/** What windows-1252 has in the place of the C1 controls, from U+0080 on. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const C1 = /[\u0080-\u009f]/;
const C1_OR_REFERENCE = /[\u0080-\u009f]|&#1(?:2[89]|[345]\d);|&#x0{0,2}[89][\da-f];/gi;
/** How such references begin. */
const REFERENCES = ['&#1', '&#x8', '&#x9', '&#x0', '&#X'];

/** Quotes and dashes of windows-1252 that came as control characters, in person or by reference: "don\u0092t", "don&#146;t", "don&#x92;t". */
function mendControls(text: string): string {
  const mayRefer = text.includes('&#') && REFERENCES.some((start) => text.includes(start));
  if (!mayRefer && !C1.test(text)) return text;
  return text.replace(C1_OR_REFERENCE, (found) => {
    const code = found.length === 1 ? found.charCodeAt(0) : Number(found.slice(2, -1).replace(/^x/i, '0x'));
    return WINDOWS_1252[code - 0x80] ?? found;
  });
}

function isHtml(document: string): boolean {
  return /<!doctype\s+html|<html[\s>]/i.test(document.slice(0, 2_000));
}

function notAFeed(document: string): ParsedFeed {
  if (isHtml(document))
    return { ok: false, reason: 'HTML', message: 'the address gives a web page, not a feed' };
  return { ok: false, reason: 'NOT_A_FEED', message: 'the document is no RSS, Atom or JSON feed' };
}

function illFormed(detail: string): ParsedFeed {
  return {
    ok: false,
    reason: 'ILL_FORMED',
    message: `the document cannot be read (${detail})`,
  };
}

function readFields(
  { kind, root, channel, items, cut }: XmlFeed,
  url: string,
  options: ParseOptions,
  state: { readonly repaired: boolean; readonly problems: readonly string[] },
): ParsedFeed {
  const language =
    (kind === 'ATOM'
      ? atomLanguage(root)
      : (rssLanguage(channel) ?? languageTag(attribute(root, 'xml:lang')))) ??
    languageTag(options.language ?? null);
  const home = onFirstUse(() => homeZone([channel, ...items], language));
  const outer: FeedContext = { base: url, language, home, now: options.now };
  const feed = kind === 'ATOM' ? atomInfo(root, outer) : rssInfo(root, channel, kind, outer);
  const base = kind === 'ATOM' ? baseOf(root, url) : itemBase(root, channel, url);
  const inner: FeedContext = { ...outer, base };
  const defaults =
    kind === 'ATOM'
      ? { authors: feed.authors, categories: atomCategories(root) }
      : { authors: channelAuthors(channel), categories: rssCategories(channel) };
  const read: ParsedItem[] = items.map((item) =>
    kind === 'ATOM' ? atomEntry(item, defaults, inner) : rssItem(item, defaults, inner),
  );
  const kept = read.filter((item) => isSomething(item, defaults));
  const problems = [...state.problems];
  if (kept.length < read.length) problems.push(`${read.length - kept.length} empty items left out`);
  if (cut) problems.push(`too long: only the first ${items.length} items are read`);
  return { ok: true, feed, items: kept, repaired: state.repaired, problems };
}

/** RSS has no rule for relative addresses; they are meant from the site. An explicit xml:base wins. */
function itemBase(root: XmlNode, channel: XmlNode, url: string): string {
  // CDF writes it as an attribute of its own.
  const declared = resolveUrl(attribute(channel, 'base'), url) ?? baseOf(channel, baseOf(root, url));
  return declared === url ? (rssSiteUrl(channel, url) ?? url) : declared;
}

/** An item that has anything of its own, beside what the feed says for all. */
function isSomething(item: ParsedItem, feed: ChannelDefaults): boolean {
  const { title, authors, categories, enclosures } = item;
  const { url, guid, summaryHtml, contentHtml, publishedAt, commentsUrl } = item;
  return (
    title !== '' ||
    [url, guid, summaryHtml, contentHtml, publishedAt, commentsUrl].some((value) => value !== null) ||
    (authors.length > 0 && authors !== feed.authors) ||
    (categories.length > 0 && categories !== feed.categories) ||
    enclosures.length > 0
  );
}

/** A value worked out when it is first asked for, and kept. */
function onFirstUse<T>(find: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

const DATED = ['pubdate', 'lastbuilddate', 'updated', 'published', 'dc:date'];

/**
 * Where a time without a zone belongs: the zone in which the feed writes its other dates; else Paris for a feed in French, UTC for
 * others. A French feed that writes Paris's winter or summer time somewhere is in Paris all year.
 */
function homeZone(nodes: readonly XmlNode[], language: string | null): number | string {
  const isFrench = language !== null && /^fr(-(fr|be|ch|lu|mc))?$/i.test(language);
  for (const node of nodes.slice(0, 20)) {
    for (const name of DATED) {
      for (const field of children(node, name)) {
        const offset = readDate(rawText(field))?.offset ?? 0;
        if (isFrench && (offset === 60 || offset === 120)) return 'Europe/Paris';
        if (offset !== 0) return offset;
      }
    }
  }
  return isFrench ? 'Europe/Paris' : 0;
}
