/**
 * What lives on in a dead feed's place, found on its site and proposed to people: nothing is followed because of it.
 *
 *   dead feed ─▶ its site's page ─▶ feeds it names ─▶ usual places ─▶ the first that reads and has items, the namesake before others
 */
import type { FeedLink } from '#feed/discover.ts';
import { isSecondary, usualFeedUrls } from '#feed/discover.ts';
import { isFollowed } from '#feed/poll.store.ts';
import { type DeadFeed, listDeadFeeds, type Proposal, saveProposal } from '#feed/successor.store.ts';
import type { Db } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { fold } from '#text/fold.ts';
import { type LookContext, look } from './find-feed.ts';

export interface SeekContext extends LookContext {
  readonly db: Db;
  readonly log: Log;
}

/** Dead feeds whose sites are searched in one go. */
const BATCH = 10;
/** Feeds that a page names which are looked at. */
const MAX_LOOKS = 6;

/** Searches the sites of feeds that died, a few at a time, and keeps what was found as proposals. */
export async function seekSuccessors(context: SeekContext): Promise<number> {
  let found = 0;
  for (const feed of await listDeadFeeds(context.db, context.clock.now(), BATCH)) {
    const proposal = await findSuccessor(context, feed);
    await saveProposal(context.db, feed.id, proposal, context.clock.now());
    if (proposal !== null) found += 1;
    context.log.info(
      { feedId: feed.id, url: feed.url, successor: proposal?.url ?? null },
      'successor sought',
    );
  }
  return found;
}

async function findSuccessor(context: SeekContext, feed: DeadFeed): Promise<Proposal | null> {
  const site = feed.siteUrl ?? new URL('/', feed.url).href;
  const page = await look(context, site);
  const named = page.saw === 'PAGE' ? candidates(page.links, feed) : [];
  const readable: Proposal[] = [];
  for (const url of named) await consider(url);
  for (const url of readable.length > 0 ? [] : usualFeedUrls(page.saw === 'NOTHING' ? site : page.url)) {
    await consider(url);
    if (readable.length > 0) break;
  }
  return readable.find(({ title }) => fold(title) === fold(feed.title)) ?? readable[0] ?? null;

  async function consider(url: string): Promise<void> {
    const seen = await look(context, url);
    if (seen.saw !== 'FEED' || seen.items === 0) return;
    if (seen.url === feed.url || feed.dismissed.includes(seen.url)) return;
    if (await isFollowed(context.db, seen.url)) return;
    readable.push({ url: seen.url, title: seen.feed.title });
  }
}

/** Feeds of a page that may be a successor, in the page's order: none of comments, not the dead feed itself. */
function candidates(links: readonly FeedLink[], feed: DeadFeed): string[] {
  return links
    .filter((link) => link.url !== feed.url && !isSecondary(link))
    .map(({ url }) => url)
    .slice(0, MAX_LOOKS);
}
