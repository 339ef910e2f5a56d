/** What a poll changes on its feed: health, address, and when to ask again. Pure. */
import type { Document } from '#document/response.ts';
import type { FeedChanges } from '#feed/feed.store.ts';
import { decideAddress, nextPoll, type PollVerdict } from '#feed/schedule.ts';
import type { Feed, PollOutcome } from '#generated/prisma/client.ts';

export interface PollSituation {
  readonly feed: Feed;
  readonly document: Document;
  /** Why the document is no feed; null when it was read, or when there was nothing to read. */
  readonly unreadable: string | null;
  readonly ttlMinutes: number | null;
  readonly newArticles: number;
  readonly recent: { readonly articles: number; readonly days: number };
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
  const gone = document.outcome === 'Failed' && document.reason === 'GONE';
  const verdict: PollVerdict = gone ? 'GONE' : failed ? 'FAILED' : 'ANSWERED';
  const failures = failed ? feed.consecutiveFailures + 1 : 0;
  const next = nextPoll({
    now,
    verdict,
    failures,
    recent: situation.recent,
    newArticles: situation.newArticles,
    ttlMinutes: situation.ttlMinutes,
    maxAgeSeconds: document.outcome === 'Failed' ? null : document.maxAgeSeconds,
    retryAfterSeconds: document.outcome === 'Failed' ? document.retryAfterSeconds : null,
    random: situation.random,
  });
  const nextPollAt = next.at ?? now;
  const health: FeedChanges = failed
    ? {
        consecutiveFailures: failures,
        lastError: problem,
        failingSince: feed.failingSince ?? now,
        ...(gone ? { status: 'GONE' } : {}),
      }
    : // Only an answer tells where the feed lives now.
      {
        consecutiveFailures: 0,
        lastError: null,
        failingSince: null,
        lastSuccessAt: now,
        ...decideAddress(feed, document.permanentUrl),
      };
  return {
    outcome: failed ? 'FAILED' : document.outcome === 'NotModified' ? 'NOT_MODIFIED' : 'FETCHED',
    problem,
    changes: { ...health, lastPollAt: now, nextPollAt, intervalSeconds: next.intervalSeconds },
    nextPollAt,
  };
}
