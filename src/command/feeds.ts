/** `vigie feeds add|list|remove|import`: which feeds are followed, and how they are. */
import { readFile } from 'node:fs/promises';
import { addFeeds, listFeeds, removeFeed } from '#feed/feed.store.ts';
import { parseOpml } from '#feed/opml.ts';
import { firstPoll } from '#feed/schedule.ts';
import { systemClock } from '#platform/clock.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { CommandError, type CommandContext } from './command.ts';

function checkFeedUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CommandError(`feeds: ${text} is no http or https URL`);
  }
  return url;
}

const nameOf = (url: URL): string => url.hostname.replace(/^www\./, '');

/** Follows one more feed; its first poll is due at once. */
export async function addFeed(
  context: CommandContext,
  text: string,
  options: { readonly title?: string; readonly outlet?: string },
): Promise<void> {
  const url = checkFeedUrl(text);
  const outlet = options.outlet ?? nameOf(url);
  await using database = await openConfiguredDatabase(context.config());
  const feed = {
    url: url.href,
    title: options.title ?? outlet,
    outlet,
    siteUrl: null,
    language: null,
    topics: [],
  };
  const added = await addFeeds(database.db, [feed], () => systemClock.now());
  if (added.length === 0) throw new CommandError(`feeds: ${url.href} is followed already`);
  context.stdout.write(`Following ${url.href} (${outlet}).\n`);
}

/** One line a feed: how it is, its outlet, its URL. */
export async function listAllFeeds(context: CommandContext): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const feeds = await listFeeds(database.db);
  for (const { status, consecutiveFailures, lastPollAt, outlet, url, lastError } of feeds) {
    const health =
      status !== 'ACTIVE' ? status.toLowerCase() : consecutiveFailures > 0 ? 'failing' : lastPollAt === null ? 'new' : 'ok';
    context.stdout.write(`${health.padEnd(8)}${outlet}  ${url}${lastError === null ? '' : `  (${lastError})`}\n`);
  }
  context.stdout.write(`${feeds.length} feeds\n`);
}

/** Stops following a feed; its articles stay. */
export async function removeOneFeed(context: CommandContext, url: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  if (!(await removeFeed(database.db, url))) throw new CommandError(`feeds: no feed has the URL ${url}`);
  context.stdout.write(`${url} is no longer followed; its articles stay.\n`);
}

/** Follows the feeds of an OPML file that are not followed yet. */
export async function importFeeds(context: CommandContext, file: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`feeds: cannot read ${file}: ${(error as Error).message}`);
  }
  const opml = parseOpml(text);
  if (!opml.ok) throw new CommandError(`feeds: ${file}: ${opml.message}`);
  for (const problem of opml.problems) context.stderr.write(`${file}: ${problem}\n`);
  await using database = await openConfiguredDatabase(context.config());
  const now = systemClock.now();
  const feeds = opml.feeds.map(({ title, url, siteUrl, topics }) => {
    const name = title || nameOf(checkFeedUrl(siteUrl ?? url));
    return { url: checkFeedUrl(url).href, title: name, outlet: name, siteUrl, language: null, topics };
  });
  const added = await addFeeds(database.db, feeds, (index) => firstPoll(now, index, feeds.length));
  context.stdout.write(`${added.length} feeds added, ${feeds.length - added.length} followed already.\n`);
}
