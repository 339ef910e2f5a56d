/** JSON Feed 1.0 and 1.1. */
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
} from './item-fields.ts';
import type { ParsedFeed, ParsedItem } from './parsed-feed.ts';
import { FEED_LIMITS } from './parsed-feed.ts';
import { collapse, decodeEntities } from './plain-text.ts';
import { resolveWebUrl } from './resolve.ts';

type Json = Readonly<Record<string, unknown>>;

/** Reads a JSON Feed. An item that is no object is left out; a member of the wrong type counts as absent. */
export function parseJsonFeed(text: string, context: Omit<FeedContext, 'language' | 'home'>): ParsedFeed {
  const strict = parseJson(text);
  const document = strict ?? parseJson(mendJson(text));
  if (document === null) {
    return { ok: false, reason: 'ILL_FORMED', message: 'the document begins like JSON but is none' };
  }
  const feed = asObject(document);
  if (feed === null || !isJsonFeed(feed)) {
    return { ok: false, reason: 'NOT_A_FEED', message: 'the JSON document is no JSON Feed' };
  }
  const siteUrl = resolveWebUrl(asString(feed.home_page_url), context.base);
  const base = siteUrl ?? context.base;
  const language = languageTag(asString(feed.language));
  const authors = authorsOf(feed);
  const all = Array.isArray(feed.items) ? feed.items : [];
  const inner: FeedContext = { base, language, home: 0, now: context.now };
  const items = all.slice(0, FEED_LIMITS.items).flatMap((item: unknown) => {
    const object = asObject(item);
    return object === null ? [] : [jsonItem(object, authors, inner)];
  });
  return {
    ok: true,
    feed: {
      format: 'JSON',
      title: plainTitle(feed.title),
      description: boundedHtml(escapeHtml(asString(feed.description)), base),
      siteUrl,
      selfUrl: resolveWebUrl(asString(feed.feed_url), context.base),
      language,
      updatedAt: latestDate(items),
      authors,
      ttlMinutes: null,
      hubs: boundedList(asArray(feed.hubs).map((hub) => resolveWebUrl(asString(asObject(hub)?.url), base))),
      imageUrl: resolveWebUrl(asString(feed.icon) ?? asString(feed.favicon), base),
    },
    items,
    repaired: strict === null,
    problems: [
      ...(strict === null ? ['ill-formed: not quite JSON'] : []),
      ...(all.length > FEED_LIMITS.items ? [`only the first ${FEED_LIMITS.items} items are read`] : []),
    ],
  };
}

/** The value that a text is the JSON of; null when it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What serialisers write that JSON does not know: line ends within strings, commas after the last member, numbers that are none. */
function mendJson(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('"', at);
    const start = open < 0 ? text.length : open;
    const between = text.slice(at, start);
    parts.push(
      between.length < 2 ? between : between.replace(NO_JSON, (found) => (found === ',' ? '' : `"${found}"`)),
    );
    at = endOfString(text, start);
    const string = text.slice(start, at);
    parts.push(CONTROL.test(string) ? string.replace(CONTROLS, escapeControls) : string);
  }
  return parts.join('');
}

const NO_JSON = /,(?=\s*[\]}])|-?\b(?:NaN|Infinity)\b/g;
const CONTROL = /\p{Cc}/u;
const CONTROLS = /\p{Cc}+/gu;

function escapeControls(run: string): string {
  return JSON.stringify(run).slice(1, -1);
}

/** Behind the string that begins at a place. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

/** The format has no date of its own. */
function latestDate(items: readonly ParsedItem[]): Date | null {
  const times = items.map(({ updatedAt, publishedAt }) => (updatedAt ?? publishedAt)?.getTime() ?? 0);
  const latest = Math.max(0, ...times);
  return latest > 0 ? new Date(latest) : null;
}

const MEMBERS = new Set(
  'title home_page_url feed_url description user_comment next_url icon favicon author authors language expired hubs items'.split(
    ' ',
  ),
);

/** Members that say where a feed lives, which no error message has. */
const LINKS = ['home_page_url', 'feed_url', 'hubs'];

/**
 * A feed says so, has items, or has members of a feed and no others but extensions, which begin with "_". A title with a description
 * is also how a server excuses itself, be it with 200.
 */
function isJsonFeed(feed: Json): boolean {
  if (/^https?:\/\/(www\.)?jsonfeed\.org\/version\//.test(asString(feed.version) ?? '')) return true;
  if (Array.isArray(feed.items)) return true;
  if ('title' in feed && 'description' in feed && !LINKS.some((name) => name in feed)) return false;
  const members = Object.keys(feed).filter((name) => !name.startsWith('_') && name !== 'version');
  return members.length > 0 && members.every((name) => MEMBERS.has(name));
}

function jsonItem(item: Json, feedAuthors: readonly string[], context: FeedContext): ParsedItem {
  const { base } = context;
  const id = guidText(asString(item.id) ?? (typeof item.id === 'boolean' ? String(item.id) : null));
  const url =
    resolveWebUrl(asString(item.url), base) ??
    resolveWebUrl(asString(item.external_url), base) ??
    resolveWebUrl(id, null);
  const date = (value: unknown) => plausible(parseDate(asString(value) ?? '', context.home), context.now);
  const updated = date(item.date_modified);
  const own = authorsOf(item);
  const html = asString(item.content_html);
  return {
    guid: id,
    url,
    title: plainTitle(item.title),
    summaryHtml: boundedHtml(escapeHtml(asString(item.summary)), base),
    contentHtml: boundedHtml(
      html === null || html.trim() === '' ? escapeHtml(asString(item.content_text)) : html,
      base,
    ),
    publishedAt: date(item.date_published) ?? updated,
    updatedAt: updated,
    authors: own.length > 0 ? own : feedAuthors,
    categories: boundedList(asArray(item.tags).map(asString)),
    enclosures: boundedEnclosures(
      asArray(item.attachments).map((attachment) => {
        const object = asObject(attachment);
        return {
          url: asString(object?.url),
          type: asString(object?.mime_type),
          length: asString(object?.size_in_bytes),
        };
      }),
      base,
    ),
    commentsUrl: null,
    language: languageTag(asString(item.language)) ?? context.language,
  };
}

/** Version 1.1's `authors`, or 1.0's `author`. */
function authorsOf(object: Json): string[] {
  const listed = asArray(object.authors);
  return boundedList(
    [...(listed.length > 0 ? listed : [object.author])].map((author) =>
      personName(asString(asObject(author)?.name) ?? asString(author) ?? asString(asObject(author)?.url)),
    ),
  );
}

function plainTitle(value: unknown): string {
  return collapse(decodeEntities((asString(value) ?? '').slice(0, FEED_LIMITS.title * 4))).slice(
    0,
    FEED_LIMITS.title,
  );
}

/** Plain text as HTML, a paragraph per block of lines. */
function escapeHtml(text: string | null): string | null {
  if (text === null || !/[&<>\n]/.test(text)) return text;
  const escaped = text
    .slice(0, FEED_LIMITS.html)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  const paragraphs = escaped.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  if (paragraphs.length < 2) return escaped.replaceAll('\n', '<br>\n');
  return paragraphs.map((paragraph) => `<p>${paragraph.trim().replaceAll('\n', '<br>\n')}</p>`).join('\n');
}

function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

/** Lists, and what should have been a list of one. */
function asArray(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.slice(0, FEED_LIMITS.list) : [value];
}

/** Strings, and numbers as strings: some feeds number their items. */
function asString(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}
