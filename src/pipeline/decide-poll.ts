/** What a poll changes on its feed: health, address, and when to ask again. Pure. */
import type { Document } from '#document/response.ts';
import type { FeedChanges } from '#feed/poll.store.ts';
import type { PolledFeed } from '#feed/poll-claim.store.ts';
import { decideAddress, nextPoll, type PollVerdict } from '#feed/schedule.ts';
import type { PollOutcome } from '#generated/prisma/client.ts';

/** Failures that say nothing of the feed, because nothing was sent. */
const DEFERRED: ReadonlySet<string> = new Set(['HOST_ASKED_TO_WAIT', 'QUEUE_FULL']);

/** Failures that may be those of our own network, though a server that drops connections or drips past the deadline gives them too. */
export const UNREACHED: ReadonlySet<string> = new Set(['DNS', 'CONNECTION', 'TIMEOUT']);

/** Whether a host was there to answer; null when nothing tells, because nothing was sent. */
export function hasAnswered(document: Document): boolean | null {
  if (document.outcome !== 'Failed' || document.status !== null) return true;
  return UNREACHED.has(document.reason) ? false : null;
}

export interface PollSituation {
  readonly feed: PolledFeed;
  readonly document: Document;
  /** Why the document is no feed; null when it was read, or when there was nothing to read. */
  readonly unreadable: string | null;
  readonly ttlMinutes: number | null;
  readonly newArticles: number;
  /** True when another feed is followed at the address that this one has moved to for good. */
  readonly addressTaken: boolean;
  readonly now: Date;
  /** 0 to 1. */
  readonly random: number;
}

export interface PollDecision {
  readonly outcome: PollOutcome;
  /** What went wrong, in plain words. */
  readonly problem: string | null;
  readonly changes: FeedChanges;
  readonly nextPollAt: Date;
}

/** Decides from what came back and what is known of the feed. */
export function decidePoll(situation: PollSituation): PollDecision {
  const { feed, document, now } = situation;
  const problem = document.outcome === 'Failed' ? document.message : situation.unreadable;
  const failed = problem !== null;
  const deferred = document.outcome === 'Failed' && DEFERRED.has(document.reason);
  const gone = document.outcome === 'Failed' && document.reason === 'GONE';
  const unreached = document.outcome === 'Failed' && UNREACHED.has(document.reason);
  const failure: PollVerdict = gone ? 'GONE' : deferred ? 'DEFERRED' : unreached ? 'UNREACHED' : 'FAILED';
  const next = nextPoll({
    now,
    verdict: failed ? failure : 'ANSWERED',
    failures: feed.consecutiveFailures + 1,
    recent: { articles: Math.max(feed.recentArticles, situation.newArticles), days: feed.recentDays },
    newArticles: situation.newArticles,
    ttlMinutes: situation.ttlMinutes,
    maxAgeSeconds: document.outcome === 'Failed' ? null : document.maxAgeSeconds,
    retryAfterSeconds: document.outcome === 'Failed' ? document.retryAfterSeconds : null,
    subscribed: feed.subscribedUntil !== null && situation.newArticles === 0,
    random: situation.random,
  });
  const nextPollAt = next.at ?? now;
  const times = { nextPollAt, intervalSeconds: next.intervalSeconds };
  const outcome = failed ? 'FAILED' : document.outcome === 'NotModified' ? 'NOT_MODIFIED' : 'FETCHED';
  if (deferred) return { outcome, problem, changes: times, nextPollAt };
  const changes = { ...times, lastPollAt: now };
  if (document.outcome === 'Failed' || failed) {
    const health = {
      lastError: problem,
      failingSince: feed.failingSince ?? now,
      ...(gone ? { status: 'GONE' as const } : {}),
    };
    return {
      outcome,
      problem,
      changes: { ...changes, ...health, consecutiveFailures: feed.consecutiveFailures + 1 },
      nextPollAt,
    };
  }
  const health: FeedChanges = {
    consecutiveFailures: 0,
    lastError: null,
    failingSince: null,
    lastSuccessAt: now,
    notModifiedPolls: document.outcome === 'NotModified' ? feed.notModifiedPolls + 1 : 0,
  };
  // Only an answer tells where the feed lives now.
  const address = decideAddress(feed, document.permanentUrl);
  if (address.url === feed.url || !situation.addressTaken) {
    return { outcome, problem, changes: { ...changes, ...health, ...address }, nextPollAt };
  }
  const moved = `moved for good to ${address.url}, which is followed already: not polled twice`;
  return {
    outcome,
    problem: moved,
    changes: { ...changes, ...health, status: 'PAUSED', lastError: moved, failingSince: now },
    nextPollAt,
  };
}
