/**
 * Polling what is due:
 *
 *   claim hosts of ─▶ poll their feeds, ─▶ write down how they went, ─▶ let go of the hosts
 *   which feeds       `concurrency` at     many in one statement        that are done with
 *   are due           a time, one a host
 *      ▲ every second; when somebody asks for a poll; when few hosts are left; when hosts were let go
 *
 * The three go on side by side, so that the network is never idle for Postgres while something is due. The feed's row is its
 * schedule: there is nothing to plan and nothing to lose. What dies with a worker is the record of polls that ended in its last
 * moments, and those feeds are still due.
 */
import { setTimeout } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import type { ClaimedHost, PolledFeed } from '#feed/poll-claim.store.ts';
import { DUE_CHANNEL, type Notifications } from '#platform/notifications.ts';
import { createOutageWatch } from './outage.ts';
import { type Poll, type PollContext, pollClaimed, writeDown } from './poll-feed.ts';

/** Due feeds are looked for this often; and where there were none, not sooner than this. */
const LOOK_MS = { idle: 1_000, least: 50 } as const;
/** Hosts for each poll that may be under way: more are looked for when so few wait; claimed at a time; held at most. */
const HOSTS = { few: 4, batch: 8, most: 16 } as const;
/** For so long polls that have ended wait for others to be written down with: a statement costs more than a row of it. */
const GATHER_MS = 20;
/** Feeds that the worker has not come to are left to others after so long. */
const KEEP_MS = 5_000;
/** The host of a feed whose poll could not be carried out or written down is kept for so long: it is still due. */
const REST_MS = 30_000;

/** A host that is claimed. */
interface Visit {
  readonly host: string;
  /** Feeds that are still to be polled. */
  feeds: readonly PolledFeed[];
  /** By `performance.now()`. */
  readonly since: number;
  /** Polls under way, or not written down yet. */
  open: number;
}

interface EndedVisit {
  readonly visit: Visit;
  readonly poll: Poll;
}

/** Polls due feeds until it is disposed; then breaks off the polls under way, which are still due. */
export function keepPolling(
  context: PollContext,
  options: { readonly notifications: Notifications; readonly concurrency: number },
): AsyncDisposable {
  const { claims, clock, log } = context;
  const { concurrency } = options;
  const noteAnswer = createOutageWatch(log);
  const stopped = new AbortController();
  const held = new Set<Visit>();
  /** Of those that are held: where the next poll may begin. */
  let waiting: Visit[] = [];
  const ended: EndedVisit[] = [];
  let running = 0;
  let writing = false;
  let woken = Promise.withResolvers<void>();
  const wake = (): void => woken.resolve();

  const underWay = new Set<Promise<void>>();
  /** Whatever is tracked is waited for at the end; it may fail only where Postgres does, and then nothing is lost. */
  const track = (work: Promise<void>): void => {
    const done = work
      .catch((error: unknown) => log.warn({ err: error }, 'polling'))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  };

  /** Gives up what a host has left to poll: it is still due. */
  const leave = (visits: readonly Visit[]): void => {
    for (const visit of visits) visit.feeds = [];
    letGo(visits);
  };
  const letGo = (visits: readonly Visit[]): void => {
    const over = visits.filter((visit) => visit.feeds.length === 0 && visit.open === 0 && held.delete(visit));
    if (over.length > 0) track(claims.release(over).finally(wake));
  };
  /** Keeps everybody away from a feed that makes trouble of our own making. */
  const rest = async (visit: Visit, { id, url }: PolledFeed, error: unknown): Promise<void> => {
    log.error({ err: error, feedId: id, url }, 'feed not polled');
    await setTimeout(REST_MS, undefined, { signal: stopped.signal }).catch(() => {});
    visit.open -= 1;
    letGo([visit]);
  };

  const save = async (visits: readonly EndedVisit[]): Promise<void> => {
    try {
      await writeDown(
        context,
        visits.map(({ poll }) => poll),
      );
      for (const { visit } of visits) visit.open -= 1;
      letGo(visits.map(({ visit }) => visit));
    } catch (error) {
      // What one poll brought may be refused; that does not cost the others.
      if (error instanceof DatabaseError && visits.length > 1) for (const one of visits) await save([one]);
      else for (const { visit, poll } of visits) track(rest(visit, poll.report.feed, error));
    }
  };
  const write = async (): Promise<void> => {
    writing = true;
    while (ended.length > 0) {
      await setTimeout(GATHER_MS);
      await save(ended.splice(0));
    }
    writing = false;
  };

  const poll = async (visit: Visit, feed: PolledFeed): Promise<void> => {
    running += 1;
    visit.open += 1;
    try {
      const done = await pollClaimed(context, feed, stopped.signal);
      if (done === null) {
        visit.open -= 1;
        letGo([visit]);
      } else {
        if (done.answered !== null) noteAnswer({ host: visit.host, answered: done.answered });
        ended.push({ visit, poll: done });
        if (!writing) track(write());
      }
    } catch (error) {
      track(rest(visit, feed, error));
    }
    running -= 1;
    if (stopped.signal.aborted) leave([visit]);
    if (visit.feeds.length > 0) waiting.push(visit);
    start();
    if (waiting.length < HOSTS.few * concurrency) wake();
  };
  const start = (): void => {
    while (running < concurrency && !stopped.signal.aborted) {
      const visit = waiting.shift();
      const [feed, ...others] = visit?.feeds ?? [];
      if (visit === undefined || feed === undefined) break;
      visit.feeds = others;
      track(poll(visit, feed));
    }
  };

  const visitOf = ({ host, feeds }: ClaimedHost): Visit => ({
    host,
    feeds,
    since: performance.now(),
    open: 0,
  });
  /** Claims more hosts when few wait; how many. */
  const look = async (): Promise<number> => {
    const late = performance.now() - KEEP_MS;
    leave(waiting.filter(({ since }) => since < late));
    waiting = waiting.filter(({ since }) => since >= late);
    const room = Math.min(HOSTS.batch * concurrency, HOSTS.most * concurrency - held.size);
    if (waiting.length >= HOSTS.few * concurrency || room < concurrency) return 0;
    const visits = (await claims.takeDue(room, clock.now())).map(visitOf);
    for (const visit of visits) held.add(visit);
    waiting.push(...visits);
    start();
    return visits.length;
  };
  const work = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      woken = Promise.withResolvers();
      const found = await look().catch((error: unknown) => {
        log.warn({ err: error }, 'could not look for due feeds');
        return 0;
      });
      const least = setTimeout(found === 0 ? LOOK_MS.least : 0);
      const idle = globalThis.setTimeout(wake, LOOK_MS.idle);
      await woken.promise;
      clearTimeout(idle);
      await least;
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
      leave(waiting.splice(0));
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
