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
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'ILL_FORMED', message: 'article: the document begins like JSON but is none' };
  }
  const feed = asObject(document);
  if (feed === null || !(isJsonFeed(feed) || Array.isArray(feed.items))) {
    return { ok: false, reason: 'NOT_A_FEED', message: 'article: the JSON document is no JSON Feed' };
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
    repaired: false,
    problems: all.length > FEED_LIMITS.items ? [`only the first ${FEED_LIMITS.items} items are read`] : [],
  };
}

/** The format has no date of its own. */
function latestDate(items: readonly ParsedItem[]): Date | null {
  const times = items.map(({ updatedAt, publishedAt }) => (updatedAt ?? publishedAt)?.getTime() ?? 0);
  const latest = Math.max(0, ...times);
  return latest > 0 ? new Date(latest) : null;
}

function isJsonFeed(feed: Json): boolean {
  return /^https?:\/\/(www\.)?jsonfeed\.org\/version\//.test(asString(feed.version) ?? '');
}

function jsonItem(item: Json, feedAuthors: readonly string[], context: FeedContext): ParsedItem {
  const { base } = context;
  const id = guidText(asString(item.id));
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
