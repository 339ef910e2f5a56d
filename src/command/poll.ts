/** `vigie poll`: polls in this process, now. */
import { SingleBar } from 'cli-progress';
import { listActiveFeeds } from '#feed/feed.store.ts';
import { webAddressOf } from '#feed/feed-input.ts';
import type { Feed } from '#generated/prisma/client.ts';
import { type PollReport, pollFeed } from '#pipeline/poll-feed.ts';
import { createPoller } from '#pipeline/start.ts';
import { systemClock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { withoutCommands } from '#text/terminal.ts';
import { type CommandContext, CommandError } from './command.ts';
import { seedDatabase } from './serve.ts';

/** What was asked for: one feed, every active feed, or (neither) those that are due. */
export interface PollOptions {
  readonly feed?: string;
  readonly all?: boolean;
}

const hostOf = (url: string): string => new URL(url).host;

interface Totals {
  polled: number;
  failed: number;
  notModified: number;
  newArticles: number;
  revisedArticles: number;
}

/** Feeds of one host one after another, hosts side by side. */
async function pollByHost(
  feeds: readonly Feed[],
  concurrency: number,
  poll: (feed: Feed) => Promise<void>,
): Promise<void> {
  const waiting = [...Map.groupBy(feeds, ({ url }) => hostOf(url)).values()];
  const work = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      for (const feed of batch) await poll(feed);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

function count(totals: Totals, report: PollReport | null): void {
  if (report === null) return;
  totals.polled += 1;
  totals.failed += report.outcome === 'FAILED' ? 1 : 0;
  totals.notModified += report.outcome === 'NOT_MODIFIED' ? 1 : 0;
  totals.newArticles += report.newArticles;
  totals.revisedArticles += report.revisedArticles;
}

/** Polls and sums up in one line; a progress bar on a terminal. */
export async function poll(context: CommandContext, options: PollOptions): Promise<void> {
  const config = context.config();
  await using database = await openConfiguredDatabase(config);
  const clock = systemClock;
  const terminal = context.stderr.isTTY;
  // The bar tells it better than a log line a feed.
  const log = createLog(terminal ? 'error' : config.logLevel);
  await seedDatabase(database, clock.now(), log);
  const active = await listActiveFeeds(
    database.db,
    options.all || options.feed !== undefined ? null : clock.now(),
  );
  const wanted = options.feed === undefined ? null : (webAddressOf(options.feed) ?? options.feed);
  const feeds = wanted === null ? active : active.filter(({ url }) => url === wanted);
  if (wanted !== null && feeds.length === 0) {
    throw new CommandError(`poll: no active feed has the URL ${wanted}; see "vigie feeds list"`);
  }
  if (feeds.length === 0) {
    context.stdout.write('No feed is due. Poll them all with --all.\n');
    return;
  }
  await using poller = createPoller(config, database, { clock, log });
  const totals: Totals = { polled: 0, failed: 0, notModified: 0, newArticles: 0, revisedArticles: 0 };
  const bar = new SingleBar({
    format: '{bar} {value}/{total} feeds, {articles} new articles, {failed} failed  {host}',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stream: context.stderr,
    noTTYOutput: false,
  });
  /** What the log would say, which is silent on a terminal. */
  const problems: string[] = [];
  const show = (host: string) => ({ articles: totals.newArticles, failed: totals.failed, host });
  if (terminal) bar.start(feeds.length, 0, show(''));
  const began = performance.now();
  try {
    await pollByHost(feeds, config.pollConcurrency, async (feed) => {
      if (context.signal.aborted) return;
      const report = await pollFeed(poller.context, feed.id, context.signal);
      count(totals, report);
      if (report === null && !context.signal.aborted)
        problems.push(
          `${feed.url}: not polled: its host was busy for a minute, or it is not followed any more`,
        );
      if (report !== null && report.problem !== null) problems.push(`${feed.url}: ${report.problem}`);
      if (terminal) bar.increment(1, show(hostOf(feed.url)));
    });
  } finally {
    if (terminal) bar.stop();
  }
  if (terminal) for (const problem of problems) context.stderr.write(`${withoutCommands(problem)}\n`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  context.stdout.write(
    `${totals.polled} feeds polled in ${seconds} s: ${totals.newArticles} new articles, ` +
      `${totals.revisedArticles} revised, ${totals.notModified} feeds unchanged, ${totals.failed} failed` +
      `${context.signal.aborted ? ' (interrupted)' : ''}\n`,
  );
}
