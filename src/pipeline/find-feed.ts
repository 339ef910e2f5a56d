/** What stands behind an address that somebody wants to follow: a feed, a page that names some, or nothing readable. */
import type { ParsedFeedInfo } from '#article/parsed-feed.ts';
import { decodeText } from '#document/charset.ts';
import type { FailureReason } from '#document/response.ts';
import { type FeedLink, type FoundFeed, findFeedLinks, usualFeedUrls } from '#feed/discover.ts';
import type { PollContext } from './poll-feed.ts';

/** What looking takes. */
export type LookContext = Pick<PollContext, 'documents' | 'parser' | 'clock'>;

/** What one GET showed. */
export type Look =
  | {
      readonly saw: 'FEED';
      /** Where permanent redirects lead is where the feed lives. */
      readonly url: string;
      readonly feed: ParsedFeedInfo;
      readonly items: number;
    }
  /** A document that is no feed, and the feeds that it names. */
  | {
      readonly saw: 'PAGE';
      readonly url: string;
      readonly isHtml: boolean;
      readonly links: readonly FeedLink[];
      readonly problem: string;
    }
  | {
      readonly saw: 'NOTHING';
      readonly reason: FailureReason;
      readonly status: number | null;
      readonly problem: string;
    };

/** Asks for an address once, and looks at what comes. */
export async function look(
  { documents, parser, clock }: LookContext,
  address: string,
  signal?: AbortSignal,
): Promise<Look> {
  const document = await documents.get({
    url: address,
    kind: 'FEED',
    ...(signal === undefined ? {} : { signal }),
  });
  if (document.outcome === 'Failed') {
    const { reason, status, message: problem } = document;
    return { saw: 'NOTHING', reason, status, problem };
  }
  if (document.outcome === 'NotModified') {
    // Nothing was sent that would allow it.
    return { saw: 'NOTHING', reason: 'HTTP_STATUS', status: 304, problem: 'no content' };
  }
  const parsed = await parser.parse(document.body, document.contentType, {
    url: document.url,
    now: clock.now(),
  });
  if (parsed.ok) {
    const url = document.permanentUrl ?? address;
    return { saw: 'FEED', url, feed: parsed.feed, items: parsed.items.length };
  }
  const { text } = decodeText(document.body, document.contentType, 'HTML');
  return {
    saw: 'PAGE',
    url: document.url,
    isHtml: parsed.reason === 'HTML',
    links: findFeedLinks(text, document.url),
    problem: parsed.message,
  };
}

const REFUSED: ReadonlySet<FailureReason> = new Set(['BAD_URL', 'FORBIDDEN_ADDRESS']);

/**
 * Looks behind an address, with nine requests at most. A page that names a single feed stands for that feed; one that names none is
 * tried at the places where sites usually keep theirs.
 */
export async function findFeed(
  context: LookContext,
  address: string,
  signal?: AbortSignal,
): Promise<FoundFeed> {
  const first = await look(context, address, signal);
  if (first.saw !== 'PAGE') return foundOf(first);
  const [only] = first.links;
  if (first.links.length > 1) return { found: 'PAGE', links: first.links };
  if (only !== undefined) return foundOf(await look(context, only.url, signal));
  for (const url of first.isHtml ? usualFeedUrls(first.url) : []) {
    const usual = await look(context, url, signal);
    if (usual.saw === 'FEED') return foundOf(usual);
  }
  return foundOf(first);
}

function foundOf(seen: Look): FoundFeed {
  if (seen.saw === 'FEED') {
    const { title, siteUrl, language } = seen.feed;
    return { found: 'FEED', url: seen.url, title, siteUrl, language };
  }
  if (seen.saw === 'PAGE') return { found: 'NOTHING', reason: 'NO_FEED', problem: seen.problem };
  const { reason, status, problem } = seen;
  if (REFUSED.has(reason)) return { found: 'NOTHING', reason: 'REFUSED', problem };
  const isMissing = status === 404 || status === 410;
  return { found: 'NOTHING', reason: isMissing ? 'NO_FEED' : 'UNREACHABLE', problem };
}
