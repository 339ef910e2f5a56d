/** What a feed says, whatever format it is written in. */

export type FeedFormat = 'RSS' | 'RDF' | 'ATOM' | 'JSON';

/** A file that comes with an item: a podcast's sound, a picture, a video. */
export interface Enclosure {
  readonly url: string;
  readonly type: string | null;
  /** Bytes, as announced. */
  readonly length: number | null;
}

/** One item. Addresses are absolute, HTML is as published (relative addresses resolved, not yet sanitised). */
export interface ParsedItem {
  /** The feed's own identifier; only unique within its feed, if that. */
  readonly guid: string | null;
  readonly url: string | null;
  /** Plain text on one line; empty when the item has none. */
  readonly title: string;
  readonly summaryHtml: string | null;
  /** The whole text, when the feed carries more than a summary. */
  readonly contentHtml: string | null;
  /** Publication, or the last update where the feed gives no other date. Null when neither is readable. */
  readonly publishedAt: Date | null;
  readonly updatedAt: Date | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly commentsUrl: string | null;
  /** BCP 47, from the item or else the feed. */
  readonly language: string | null;
}

export interface ParsedFeedInfo {
  readonly format: FeedFormat;
  readonly title: string;
  readonly description: string | null;
  readonly siteUrl: string | null;
  /** The feed's address as the feed gives it. */
  readonly selfUrl: string | null;
  readonly language: string | null;
  readonly updatedAt: Date | null;
  readonly authors: readonly string[];
  /** How long the feed asks to be left alone between two polls (`ttl`, `sy:updatePeriod`); null when it does not say. */
  readonly ttlMinutes: number | null;
  /** WebSub hubs. */
  readonly hubs: readonly string[];
  readonly imageUrl: string | null;
}

/** Why a document is no feed. */
export const PARSE_FAILURES = ['EMPTY', 'HTML', 'NOT_A_FEED', 'ILL_FORMED', 'TIMEOUT', 'CRASHED'] as const;
export type ParseFailure = (typeof PARSE_FAILURES)[number];

/** The problem of a document of which the end is missing. */
export const BREAKS_OFF = 'the document breaks off before its end';

export interface ReadFeed {
  readonly ok: true;
  readonly feed: ParsedFeedInfo;
  readonly items: readonly ParsedItem[];
  /** The document was ill-formed and was mended before reading; what could be saved is here. */
  readonly repaired: boolean;
  /** What was wrong, in plain words: an ignored charset, items left out, the first syntax error. */
  readonly problems: readonly string[];
}

export interface UnreadableFeed {
  readonly ok: false;
  readonly reason: ParseFailure;
  /** In plain words; begins with "article: ". */
  readonly message: string;
}

export type ParsedFeed = ReadFeed | UnreadableFeed;

/** Bounds of what is taken from one feed. */
export const FEED_LIMITS = {
  items: 5_000,
  /** Elements within elements; deeper ones are ignored. */
  depth: 256,
  /** Elements of a document; reading ends there. */
  elements: 500_000,
  /** Elements of one item, or of the channel beside its items; further ones are ignored. */
  children: 1_000,
  /** Attributes of one element; further ones are ignored. */
  attributes: 200,
  /** UTF-16 code units. */
  title: 2_000,
  html: 2_000_000,
  url: 4_096,
  guid: 4_096,
  name: 500,
  /** Authors, categories, enclosures of one item. */
  list: 100,
} as const;
