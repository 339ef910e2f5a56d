/** What stands behind an address that somebody wants to follow: a feed, a page that names some, or nothing readable. */
import type { ParsedFeedInfo } from '#article/parsed-feed.ts';
import { decodeText } from '#document/charset.ts';
import { type FeedLink, findFeedLinks } from '#feed/discover.ts';
import type { PollContext } from './poll-feed.ts';

export type FoundFeed =
  | { readonly found: 'FEED'; readonly url: string; readonly feed: ParsedFeedInfo }
  /** The page's feeds, the likeliest first; never empty. */
  | { readonly found: 'PAGE'; readonly links: readonly FeedLink[] }
  | { readonly found: 'NOTHING'; readonly problem: string };

/** Asks once, and looks. A page that names a single feed stands for that feed. */
export async function findFeed(
  context: Pick<PollContext, 'documents' | 'parser' | 'clock'>,
  address: string,
): Promise<FoundFeed> {
  const first = await look(context, address);
  if (first.found !== 'PAGE' || first.links.length !== 1) return first;
  return await look(context, first.links[0]!.url);
}

async function look(
  { documents, parser, clock }: Pick<PollContext, 'documents' | 'parser' | 'clock'>,
  address: string,
): Promise<FoundFeed> {
  const document = await documents.get({ url: address, kind: 'FEED' });
  if (document.outcome === 'Failed') return { found: 'NOTHING', problem: document.message };
  if (document.outcome === 'NotModified') return { found: 'NOTHING', problem: 'document: no content' };
  const parsed = await parser.parse(document.body, document.contentType, {
    url: document.url,
    now: clock.now(),
  });
  // Where permanent redirects lead is where the feed lives.
  if (parsed.ok) return { found: 'FEED', url: document.permanentUrl ?? address, feed: parsed.feed };
  const { text } = decodeText(document.body, document.contentType, 'HTML');
  const links = findFeedLinks(text, document.url);
  return links.length > 0 ? { found: 'PAGE', links } : { found: 'NOTHING', problem: parsed.message };
}
