/** The alerts of a watch as a feed of our own: RSS 2.0, Atom 1.0 or JSON Feed. */
import { createHash } from 'node:crypto';
import { Feed } from 'feed';
import { escapeHtml } from '#text/html.ts';
import type { Alert, AlertWatch } from './alert.ts';
import type { FeedAddresses } from './channel-secret.ts';
import { type Entry, groupAlerts } from './entries.ts';
import { nameActors, oneLine } from './words.ts';

export const FEED_FORMATS = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export const FEED_TYPES: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};

/** Lines of the log that a feed is made from. */
export const FEED_LINES = 200;
/** Items that it shows. */
const ITEMS_MAX = 50;

interface FeedItem {
  /** Of the first line that tells of the article at that moment: the log only grows, so it stays. */
  readonly id: string;
  readonly at: Date;
  readonly entry: Entry;
}

/** Lines of one article logged at one moment are one item; of several actors in it, none comes twice. */
function itemsOf(newestFirst: readonly Alert[]): FeedItem[] {
  const groups = [...Map.groupBy(newestFirst, ({ article, at }) => `${article.id} ${at.getTime()}`).values()];
  // The oldest group of a full window may be cut, and its first line out of sight.
  if (newestFirst.length >= FEED_LINES && groups.length > 1) groups.pop();
  return groups.slice(0, ITEMS_MAX).map((group) => {
    const lines = group.toReversed();
    const [first] = lines as [Alert, ...Alert[]];
    return { id: `urn:vigie:match:${first.seq}`, at: first.at, entry: groupAlerts(lines)[0]! };
  });
}

export interface FeedOut {
  readonly body: string;
  /** A strong entity tag (RFC 9110 §8.8.3). */
  readonly etag: string;
  readonly lastModified: Date;
}

/** Writes the feed. `alerts` are the newest, at most `FEED_LINES`, the newest first; `since` dates a feed without any. */
export function feedOut(
  format: FeedFormat,
  feed: {
    readonly watch: AlertWatch;
    readonly alerts: readonly Alert[];
    readonly addresses: FeedAddresses;
    readonly publicUrl: string;
    readonly since: Date;
  },
): FeedOut {
  const { watch, alerts, addresses, publicUrl, since } = feed;
  // Titles are HTML in RSS and Atom, and plain in JSON Feed.
  const title = (text: string): string => (format === 'json' ? oneLine(text) : escapeHtml(oneLine(text)));
  const items = itemsOf(alerts);
  const updated = items[0]?.at ?? since;
  const out = new Feed({
    id: `urn:vigie:watch:${watch.id}`,
    title: oneLine(watch.name),
    description: `Vigie : ${oneLine(watch.name)}`,
    link: publicUrl,
    feed: addresses[format],
    feedLinks: { ...addresses },
    updated,
    generator: 'Vigie',
    language: 'fr',
    author: { name: 'Vigie' },
    ttl: 5,
  });
  for (const { id, at, entry } of items) {
    const { article, actors, sentence } = entry;
    const outlet = oneLine(article.outlet);
    const paragraphs = [oneLine(sentence), nameActors(actors, 'FR'), outlet];
    out.addItem({
      id,
      title: title(article.title),
      link: article.url,
      date: at,
      published: at,
      content: paragraphs
        .filter((text) => text !== '')
        .map((text) => `<p>${escapeHtml(text)}</p>`)
        .join(''),
      // RSS takes no author without a mail address.
      ...(format === 'rss'
        ? { extensions: [{ name: 'dc:creator', objects: { _text: outlet } }] }
        : { author: [{ name: outlet }] }),
      category: actors.slice(0, 20).map((actor) => {
        // Atom has it in an attribute, where the library lets this character through.
        const name = format === 'atom' ? oneLine(actor.name).replaceAll('<', '‹') : oneLine(actor.name);
        return { name, term: name };
      }),
    });
  }
  const body = { rss: () => out.rss2(), atom: () => out.atom1(), json: () => out.json1() }[format]();
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  return { body, etag, lastModified: updated };
}

/** True when the copy that a reader has is still the feed (RFC 9110 §13.1: If-None-Match before If-Modified-Since). */
export function isUnchanged(
  { etag, lastModified }: Pick<FeedOut, 'etag' | 'lastModified'>,
  headers: { readonly ifNoneMatch: string | undefined; readonly ifModifiedSince: string | undefined },
): boolean {
  if (headers.ifNoneMatch !== undefined) {
    const tags = headers.ifNoneMatch.split(',', 50).map((tag) => tag.trim().replace(/^W\//, ''));
    return tags.includes('*') || tags.includes(etag);
  }
  const since = Date.parse(headers.ifModifiedSince ?? '');
  return !Number.isNaN(since) && Math.floor(lastModified.getTime() / 1_000) * 1_000 <= since;
}
