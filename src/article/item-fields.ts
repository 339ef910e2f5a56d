/** Pieces shared by the readers of RSS, Atom and JSON items: names, texts and lists within their bounds. */

import type { HomeZone } from './date.ts';
import type { Enclosure } from './parsed-feed.ts';
import { FEED_LIMITS } from './parsed-feed.ts';
import { collapse, inlineText } from './plain-text.ts';
import { resolveHtml, resolveUrl } from './resolve.ts';
import { attribute, children, type XmlNode } from './xml-node.ts';

/** What is in force around an item: base address, language, and where times without a zone belong. */
export interface FeedContext {
  readonly base: string;
  readonly language: string | null;
  readonly home: HomeZone;
  readonly now: Date;
}

/** HTML with absolute addresses, cut at the limit; null when there is nothing to read in it. */
export function boundedHtml(html: string | null, base: string): string | null {
  if (html === null) return null;
  const trimmed = html.trim();
  return trimmed === '' ? null : resolveHtml(trimmed.slice(0, FEED_LIMITS.html), base);
}

/** A title from HTML or text that may hold tags and entities. */
export function titleText(html: string): string {
  return inlineText(html.slice(0, FEED_LIMITS.title * 4)).slice(0, FEED_LIMITS.title);
}

/**
 * A name out of "Name", "name@host (Name)", "Name <name@host>", "Name https://…"; the mail or web address where there is no name; null
 * when empty.
 */
export function personName(text: string | null): string | null {
  if (text === null) return null;
  // "<name@host>" is no tag.
  const written = text.slice(0, FEED_LIMITS.name * 2).replace(/<([^\s<>]{1,200}@[^\s<>]{1,200})>/g, '($1)');
  const plain = inlineText(written).slice(0, FEED_LIMITS.name);
  // Most are nothing but a name.
  const rest = /[@:<>()[\]]/.test(plain)
    ? plain.replace(ADDRESS, ' ').replace(/[([<]\s*[)\]>]/g, ' ')
    : plain;
  const name = collapse(rest.replace(/^[\s,;–-]+|[\s,;–-]+$/g, ''));
  const bare = collapse(WRAPPED.exec(name)?.slice(1).join('') ?? name);
  return bare || MAIL.exec(plain)?.[0] || plain || null;
}

const MAIL = /(?<![^\s(,;:[])[^\s()<>,;:[\]]{1,100}@[^\s()<>,;[\]?]{1,200}/;
const ADDRESS = new RegExp(
  `(?:mailto:)?${MAIL.source}(?:\\?\\S{1,200})?|https?://[^\\s()<>[\\]]{1,300}`,
  'g',
);
/** "(Name)", "[Name]", "<Name>", '"Name"'. */
const WRAPPED = /^(?:\(([^()]+)\)|\[([^[\]]+)\]|<([^<>]+)>|"([^"]+)")$/;

/** A list without doubles and empty entries, bounded in length and in the size of its entries. */
export function boundedList(values: readonly (string | null)[]): string[] {
  const kept: string[] = [];
  for (const value of values) {
    if (value === null) continue;
    const text = collapse(value.slice(0, FEED_LIMITS.name));
    if (text !== '' && !kept.includes(text)) kept.push(text);
    if (kept.length >= FEED_LIMITS.list) break;
  }
  return kept;
}

/** Enclosures with an address, each address once. */
export function boundedEnclosures(
  found: Iterable<{
    readonly url: string | null;
    readonly type: string | null;
    readonly length: string | null;
  }>,
  base: string,
): Enclosure[] {
  const kept = new Map<string, Enclosure>();
  for (const { url: written, type, length } of found) {
    const url = resolveUrl(written, base);
    if (url === null || kept.has(url)) continue;
    kept.set(url, { url, type: type?.trim().slice(0, FEED_LIMITS.name) || null, length: byteCount(length) });
    if (kept.size >= FEED_LIMITS.list) break;
  }
  return [...kept.values()];
}

/** Bytes out of "1234", "1,234", "1 234"; null when unreadable. */
function byteCount(text: string | null): number | null {
  const digits = /^\s*(\d{1,15}|\d{1,3}(?:[,.\s]\d{3}){1,4})\s*$/.exec(text ?? '')?.[1]?.replace(/\D/g, '');
  return digits === undefined ? null : Number(digits);
}

/** Elements of a name that name who wrote; of `media:credit` not those who did something else: photographers, producers. */
export function writers(node: XmlNode, name: string): readonly XmlNode[] {
  const all = children(node, name);
  if (name !== 'media:credit' || all.length === 0) return all;
  return all.filter((credit) =>
    /^(?:|author|writer|journalist|reporter)$/i.test((attribute(credit, 'role') ?? '').trim()),
  );
}

/** A language tag in its usual shape ("fr-FR"); null when it is none. */
export function languageTag(text: string | null): string | null {
  // Content-Language may be a list.
  const tag = text?.split(',', 1)[0]?.trim().replaceAll('_', '-') ?? '';
  return /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i.test(tag) ? tag : null;
}

/** A guid, cut at its limit; null when blank. */
export function guidText(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed.slice(0, FEED_LIMITS.guid);
}

/** A date no more than a year ahead of now; one further off is a mistake that would stay on top for ever. */
export function plausible(date: Date | null, now: Date): Date | null {
  return date !== null && date.getTime() - now.getTime() < 366 * 86_400_000 ? date : null;
}
