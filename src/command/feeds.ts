/** `vigie feeds add|list|remove|adopt|dismiss|import|export`: which feeds are followed, and how they are. */
import { readFile } from 'node:fs/promises';
import { decodeText } from '#document/charset.ts';
import { addFeeds, listFeeds, removeFeed } from '#feed/feed.store.ts';
import { loadFeedHealth } from '#feed/feed-health.store.ts';
import { checkFeed, type GivenFeed, type NewFeed, newFeed, webAddressOf } from '#feed/feed-input.ts';
import { type FeedPace, loadFeedPaces } from '#feed/feed-pace.store.ts';
import { formatOpml } from '#feed/opml.ts';
import { readOpml } from '#feed/opml-import.ts';
import { firstPoll } from '#feed/schedule.ts';
import { adoptSuccessor, dismissSuccessor, loadProposals } from '#feed/successor.store.ts';
import { systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { type CommandContext, CommandError } from './command.ts';

interface AddOptions {
  readonly title?: string;
  readonly outlet?: string;
}

function check(url: string, options: AddOptions): GivenFeed {
  const checked = checkFeed({ url, ...options });
  if (!checked.ok) throw new CommandError(`feeds: ${checked.field}: ${checked.problem}`);
  return checked.feed;
}

/** Looks behind the address; what cannot be reached now is followed all the same, and the user is told. */
async function examine(
  context: CommandContext,
  config: Config,
  database: Database,
  given: GivenFeed,
): Promise<NewFeed> {
  // The reader comes with it, and only here.
  const [{ findFeed }, { createPoller }] = await Promise.all([
    import('#pipeline/find-feed.ts'),
    import('#pipeline/start.ts'),
  ]);
  await using poller = createPoller(config, database, { clock: systemClock, log: createLog('error') });
  const found = await findFeed(poller.context, given.url);
  if (found.found === 'PAGE') {
    const choice = found.links.map((link) => `  ${link.url}${link.title === null ? '' : `  ${link.title}`}`);
    throw new CommandError(
      `feeds: ${given.url} is a page with several feeds; add one of them:\n${choice.join('\n')}`,
    );
  }
  if (found.found === 'NOTHING') {
    if (found.reason !== 'UNREACHABLE')
      throw new CommandError(`feeds: no feed to follow at ${given.url}: ${found.problem}`);
    context.stderr.write(`Not readable now, followed all the same: ${found.problem}\n`);
  }
  return newFeed(given, found);
}

/** Follows one more feed, or the feed of a page; its first poll is due at once. */
export async function addFeed(context: CommandContext, url: string, options: AddOptions): Promise<void> {
  const config = context.config();
  const given = check(url, options);
  await using database = await openConfiguredDatabase(config);
  const feed = await examine(context, config, database, given);
  const added = await addFeeds(database.db, [feed], () => systemClock.now());
  if (added.length === 0) throw new CommandError(`feeds: ${feed.url} is followed already`);
  context.stdout.write(`Following ${feed.url} (${feed.outlet}).\n`);
}

/** One line a feed: how it is, its outlet, its URL, its pace; below it what is wrong and since when. */
export async function listAllFeeds(context: CommandContext): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const now = systemClock.now();
  const feeds = await listFeeds(database.db);
  const paces = await loadFeedPaces(
    database.db,
    feeds.map(({ id }) => id),
    now,
  );
  const proposals = await loadProposals(
    database.db,
    feeds.map(({ id }) => id),
  );
  for (const feed of feeds) {
    const { status, consecutiveFailures, lastPollAt, outlet, url, lastError, failingSince } = feed;
    const active = consecutiveFailures > 0 ? 'failing' : lastPollAt === null ? 'new' : 'ok';
    const health = status === 'ACTIVE' ? active : status.toLowerCase();
    context.stdout.write(`${health.padEnd(8)}${outlet}  ${url}${paceText(paces.get(feed.id))}\n`);
    if (lastError !== null) {
      const since =
        failingSince === null
          ? ''
          : `since ${failingSince.toISOString().slice(0, 16).replace('T', ' ')} UTC: `;
      context.stdout.write(`        ${since}${lastError}\n`);
    }
    const successor = proposals.get(feed.id);
    if (successor !== undefined) {
      context.stdout.write(
        `        its site names ${successor.url} (${successor.title}): "vigie feeds adopt ${url}" follows that instead, "dismiss" turns it down\n`,
      );
    }
  }
  const { total, healthy, failing, waiting, paused, gone } = await loadFeedHealth(database.db);
  const parts = Object.entries({ healthy, failing, 'not polled yet': waiting, paused, gone })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  context.stdout.write(`${total} feeds${parts.length > 0 ? `: ${parts.join(', ')}` : ''}\n`);
}

function paceText(pace: FeedPace | undefined): string {
  if (pace === undefined || pace.articlesPerWeek === 0) return '';
  const seconds = pace.medianDelaySeconds;
  if (seconds === null) return `  (${pace.articlesPerWeek} a week)`;
  const delay =
    seconds < 5_400 ? `${Math.max(1, Math.round(seconds / 60))} min` : `${Math.round(seconds / 3_600)} h`;
  return `  (${pace.articlesPerWeek} a week, ${delay} after publication)`;
}

/** Stops following a feed; its articles stay. */
export async function removeOneFeed(context: CommandContext, url: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  if (!(await removeFeed(database.db, { url: webAddressOf(url) ?? url })))
    throw new CommandError(`feeds: no feed has the URL ${url}`);
  context.stdout.write(`${url} is no longer followed; its articles stay.\n`);
}

/** Follows what was found on the site of a feed that died, in its place. */
export async function adoptFeedSuccessor(context: CommandContext, url: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const adoption = await adoptSuccessor(database.db, await findFeedId(database, url), systemClock.now());
  if (adoption.outcome === 'NOTHING_PROPOSED')
    throw new CommandError(`feeds: no successor is proposed for ${url}`);
  if (adoption.outcome === 'FOLLOWED')
    throw new CommandError(`feeds: the successor of ${url} is followed already; remove one of the two`);
  context.stdout.write(`Following ${adoption.feed.url} (${adoption.feed.outlet}) in the place of ${url}.\n`);
}

/** Turns a proposed successor down. */
export async function dismissFeedSuccessor(context: CommandContext, url: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  if (!(await dismissSuccessor(database.db, await findFeedId(database, url))))
    throw new CommandError(`feeds: no successor is proposed for ${url}`);
  context.stdout.write(`That successor of ${url} is not proposed again.\n`);
}

async function findFeedId({ db }: Database, url: string): Promise<number> {
  const feed = await db.feed.findUnique({ where: { url: webAddressOf(url) ?? url }, select: { id: true } });
  if (feed === null) throw new CommandError(`feeds: no feed has the URL ${url}`);
  return feed.id;
}

/** Follows the feeds of an OPML file that are not followed yet. */
export async function importFeeds(context: CommandContext, file: string): Promise<void> {
  let text: string;
  try {
    text = decodeText(await readFile(file), null, 'XML').text;
  } catch (error) {
    throw new CommandError(`feeds: cannot read ${file}: ${(error as Error).message}`);
  }
  const opml = readOpml(text);
  if (!opml.ok) throw new CommandError(`feeds: ${file}: ${opml.message}`);
  for (const problem of opml.problems) context.stderr.write(`${file}: ${problem}\n`);
  await using database = await openConfiguredDatabase(context.config());
  const now = systemClock.now();
  const { feeds } = opml;
  const added = await addFeeds(database.db, feeds, (index) => firstPoll(now, index, feeds.length));
  context.stdout.write(`${added.length} feeds added, ${feeds.length - added.length} followed already.\n`);
}

/** The followed feeds as OPML on stdout. */
export async function exportFeeds(context: CommandContext): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  context.stdout.write(formatOpml(await listFeeds(database.db), 'Vigie'));
}
