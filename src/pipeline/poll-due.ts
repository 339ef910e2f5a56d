/**
 * Polling what is due, a handful of feeds at a time:
 *
 *   claim due feeds, ─▶ poll them side by side, ─▶ write down how they went, ─▶ hand their hosts on
 *   one of each host    `concurrency` at a time    many in one statement
 *      ▲ every second; when somebody asks for a poll; when polls have ended
 *
 * The feed's row is its schedule, so there is nothing to plan and nothing to lose: what dies with a worker is the record of
 * polls that ended in its last moments, and those feeds are still due.
 */
import { setTimeout } from 'node:timers/promises';
import type { PolledFeed } from '#feed/poll-claim.store.ts';
import { DUE_CHANNEL, type Notifications } from '#platform/notifications.ts';
import { type Poll, type PollContext, pollClaimed, writeDown } from './poll-feed.ts';

/** Due feeds are looked for this often; and where there were none, not sooner than this. */
const LOOK_MS = { idle: 1_000, least: 50 } as const;
/** For so long polls that have ended wait for others to be written down with. */
const GATHER_MS = 5;
/** A claimed feed that the worker has not come to is left to others after so long. */
const KEEP_MS = 5_000;
/** A feed whose poll could not be carried out or written down is not tried again sooner. */
const REST_MS = 30_000;

/** Polls due feeds until it is disposed; then waits for the polls under way. */
export function keepPolling(
  context: PollContext,
  options: { readonly notifications: Notifications; readonly concurrency: number },
): AsyncDisposable {
  const { claims, clock, log } = context;
  const { concurrency } = options;
  const stopped = new AbortController();
  let waiting: { readonly feed: PolledFeed; readonly since: number }[] = [];
  const ended: Poll[] = [];
  /** Feeds that wait, are polled, or are to be written down. */
  let claimed = 0;
  const underWay = new Set<Promise<void>>();
  let writing = false;
  let woken = Promise.withResolvers<void>();
  const wake = (): void => woken.resolve();

  const handOn = async (feeds: readonly PolledFeed[]): Promise<void> => {
    claimed -= feeds.length;
    await claims.release(feeds);
  };
  /** Keeps away from a feed that makes trouble of our own making: it is still due. */
  const rest = async (feed: PolledFeed, error: unknown): Promise<void> => {
    log.error({ err: error, feedId: feed.id, url: feed.url }, 'feed not polled');
    claimed -= 1;
    await setTimeout(REST_MS, undefined, { signal: stopped.signal }).catch(() => {});
    await claims.release([feed]);
  };
  const settle = async (polls: readonly Poll[]): Promise<void> => {
    const feeds = polls.map(({ report }) => report.feed);
    try {
      await writeDown(context, polls);
    } catch (error) {
      // What one poll brought may be refused; that does not cost the others.
      if (polls.length > 1) {
        for (const poll of polls) await settle([poll]);
        return;
      }
      for (const feed of feeds) track(rest(feed, error));
      return;
    }
    await handOn(feeds);
    wake();
  };
  const write = async (): Promise<void> => {
    writing = true;
    try {
      while (ended.length > 0) {
        await setTimeout(GATHER_MS);
        await settle(ended.splice(0));
      }
    } finally {
      // In the same turn as the last look at `ended`: whoever comes later starts anew.
      writing = false;
    }
  };
  /** Whatever is tracked is waited for at the end; it may fail only where Postgres does, and then nothing is lost. */
  function track(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => log.warn({ err: error }, 'polling'))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }
  let running = 0;
  const poll = async (feed: PolledFeed): Promise<void> => {
    try {
      const done = await pollClaimed(context, feed);
      ended.push(done);
      if (!writing) track(write());
    } catch (error) {
      track(rest(feed, error));
    } finally {
      running -= 1;
      start();
    }
  };
  function start(): void {
    while (running < concurrency) {
      const next = waiting.shift();
      if (next === undefined) break;
      running += 1;
      track(poll(next.feed));
    }
    if (waiting.length < concurrency) wake();
  }
  /** Takes on more feeds; how many. */
  const look = async (): Promise<number> => {
    const late = performance.now() - KEEP_MS;
    if (waiting.some(({ since }) => since < late)) {
      const left = waiting;
      waiting = [];
      await handOn(left.map(({ feed }) => feed));
    }
    const room = 8 * concurrency - claimed;
    if (waiting.length >= concurrency || room < concurrency) return 0;
    const feeds = await claims.takeDue(room, clock.now());
    claimed += feeds.length;
    const since = performance.now();
    waiting.push(...feeds.map((feed) => ({ feed, since })));
    start();
    return feeds.length;
  };
  const work = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      woken = Promise.withResolvers();
      const found = await look().catch((error: unknown) => {
        log.warn({ err: error }, 'could not look for due feeds');
        return 0;
      });
      const timer = globalThis.setTimeout(wake, LOOK_MS.idle);
      await woken.promise;
      clearTimeout(timer);
      if (found === 0) await setTimeout(LOOK_MS.least);
    }
  };
  const stopListening = options.notifications.listen(DUE_CHANNEL, wake);
  const working = work();
  return {
    async [Symbol.asyncDispose]() {
      stopListening();
      stopped.abort();
      wake();
      await working;
      await handOn(waiting.splice(0).map(({ feed }) => feed)).catch(() => {});
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
