/** Feeds that a web page names. */
import { Parser } from 'htmlparser2';

export interface FeedLink {
  readonly url: string;
  /** What the page calls it; null when it does not say. */
  readonly title: string | null;
  /** The media type it declares; null for a mere link that looks like a feed. */
  readonly type: string | null;
}

/** What stands behind an address that somebody wants to follow. */
export type FoundFeed =
  | {
      readonly found: 'FEED';
      /** Where it lives: where permanent redirects lead. */
      readonly url: string;
      readonly title: string;
      readonly siteUrl: string | null;
      readonly language: string | null;
    }
  /** A page that names several feeds, the likeliest first. */
  | { readonly found: 'PAGE'; readonly links: readonly FeedLink[] }
  | {
      readonly found: 'NOTHING';
      /** `NO_FEED`: something answered that is no feed and names none. `REFUSED`: never asked for. `UNREACHABLE`: perhaps later. */
      readonly reason: 'NO_FEED' | 'REFUSED' | 'UNREACHABLE';
      /** In plain words. */
      readonly problem: string;
    };

/** UTF-16 code units of a page that are looked at. */
const MAX_LENGTH = 2_000_000;
/** Elements open at a time; a page nested deeper is not followed further. */
const MAX_DEPTH = 512;
const MAX_LINKS = 50;
const MAX_TITLE = 300;

const FEED_TYPES =
  /^(application\/(rss|atom|rdf|feed)\+(xml|json)|application\/(json|xml|x-rss\+xml)|text\/(xml|rss))$/;
/** An address that only a feed has. */
const FEED_ADDRESS =
  /(^|[/._-])(rss|atom|feed|feeds|flux(-?rss)?|syndication)([/._-]|$)|\.(rss|atom|rdf)$|\bfeed=(rss2?|atom)/i;
/** Feeds of comments, searches and the like stand last. */
const SECONDARY = /comment|commentaire|search|recherche|oembed|wp-json/i;

/** Thrown within the parser to end it; never leaves this file. */
class Enough extends Error {
  override readonly name = 'Enough';
}

/**
 * The feeds of a page, the likeliest first: those declared by `<link rel="alternate">`, or, where there are none, the page's links to
 * addresses that look like feeds. Addresses are absolute. Empty when there are none.
 */
export function findFeedLinks(html: string, url: string): FeedLink[] {
  const declared = new Map<string, FeedLink>();
  const guessed = new Map<string, FeedLink>();
  let base = url;
  let depth = 0;
  let anchor: { readonly url: string; text: string } | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new Enough();
      if (name === 'base' && base === url) base = absolute(attributes.href, url) ?? url;
      else if (name === 'link') declare(attributes);
      else if (name === 'a') {
        const target = absolute(attributes.href, base);
        anchor =
          target !== null && FEED_ADDRESS.test(pathOf(target))
            ? { url: target, text: attributes.title ?? '' }
            : null;
      }
    },
    ontext(text) {
      if (anchor !== null && anchor.text.length < MAX_TITLE) anchor.text += text;
    },
    onclosetag(name) {
      depth -= 1;
      if (name !== 'a' || anchor === null) return;
      if (guessed.size < MAX_LINKS && !guessed.has(anchor.url)) {
        guessed.set(anchor.url, { url: anchor.url, title: plain(anchor.text), type: null });
      }
      anchor = null;
    },
  });
  try {
    parser.end(html.slice(0, MAX_LENGTH));
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  const found = declared.size > 0 ? declared : guessed;
  return [...found.values()].sort((a, b) => rank(a) - rank(b));

  function declare(attributes: Readonly<Record<string, string>>): void {
    const relations = (attributes.rel ?? '').toLowerCase().split(/\s+/);
    const type = (attributes.type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const isFeed = relations.includes('feed') || (relations.includes('alternate') && FEED_TYPES.test(type));
    const target = isFeed ? absolute(attributes.href, base) : null;
    if (target === null || declared.has(target) || declared.size >= MAX_LINKS) return;
    if (/json$/.test(type) && /wp-json|oembed/.test(target)) return;
    declared.set(target, { url: target, title: plain(attributes.title ?? ''), type: type || null });
  }
}

/** True for a feed of comments, of a search and the like. */
export function isSecondary({ url, title }: FeedLink): boolean {
  return SECONDARY.test(`${url} ${title ?? ''}`);
}

function rank(link: FeedLink): number {
  const { type } = link;
  return (isSecondary(link) ? 10 : 0) + (type === null || /rss|atom|rdf|feed/.test(type) ? 0 : 1);
}

function absolute(href: string | undefined, base: string): string | null {
  if (href === undefined || href.length > 4_096) return null;
  const url = URL.parse(href.trim().replace(/^feed:(\/\/)?(?=https?:)/, ''), base);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  return url.href;
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function plain(text: string): string | null {
  const line = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_TITLE);
  return line === '' ? null : line;
}

/** Where sites keep their feed when their pages do not say, the commonest first. */
export function usualFeedUrls(siteUrl: string): string[] {
  const paths = ['/feed', '/rss.xml', '/feed.xml', '/rss', '/atom.xml', '/index.xml', '/feed.json'];
  return paths.flatMap((path) => URL.parse(path, siteUrl)?.href ?? []);
}
