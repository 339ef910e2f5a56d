/**
 * Subscriptions at the hubs that feeds announce (WebSub).
 *
 *   poll ─▶ hub announced ─▶ REQUESTED ─▶ POST to the hub ─▶ the hub calls back ─▶ ACTIVE ─▶ deliveries ─▶ ingest
 *                               ▲                 │                └▶ DENIED (asked again after a week)
 *                               └── back-off ◀── FAILED            lease: asked for again after four fifths of it
 *
 * Whatever goes wrong, the feed is polled as before: only a lease that stands slows its polls down.
 */
import type { HubClient } from '#document/hub.client.ts';
import { listDueSubscriptions, saveSubscription } from '#feed/websub.store.ts';
import { retryOf, subscriptionForm, WEBSUB_PATH } from '#feed/websub.ts';
import type { FeedSubscription } from '#generated/prisma/client.ts';
import type { Clock } from '#platform/clock.ts';
import type { Db } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';

/** Subscriptions asked for in one go. */
const BATCH = 200;
/** Hubs asked at the same time. */
const AT_A_TIME = 4;

export interface SubscribeContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly hubs: HubClient;
  /** Where hubs reach us, without a trailing slash. */
  readonly publicUrl: string;
}

async function subscribe(context: SubscribeContext, subscription: FeedSubscription): Promise<void> {
  const { db, clock, log } = context;
  const { hub, topic, secret, callbackKey, feedId } = subscription;
  const now = clock.now();
  const failures = subscription.failures + 1;
  const stands = subscription.status === 'ACTIVE' && (subscription.leaseEndsAt ?? now) > now;
  // Before the request: the hub may call back before it answers. Its call takes the failure back; silence is one.
  await saveSubscription(db, subscription, {
    status: stands ? 'ACTIVE' : 'REQUESTED',
    requestedAt: now,
    nextRequestAt: retryOf(now, failures),
    failures,
  });
  const callback = context.publicUrl + WEBSUB_PATH + callbackKey;
  const answer = await context.hubs.post(hub, subscriptionForm({ topic, secret, callback }));
  if (answer.outcome === 'REFUSED') {
    await saveSubscription(db, subscription, {
      ...(stands ? {} : { status: 'FAILED' as const }),
      problem: answer.message,
    });
    log.warn({ feedId, hub, problem: answer.message }, 'hub not subscribed to');
    return;
  }
  log.info({ feedId, hub, topic }, 'hub asked for a subscription');
}

/** Asks every hub that is due: new subscriptions, leases to be renewed, hubs that failed. */
export async function subscribeDueFeeds(context: SubscribeContext): Promise<void> {
  const due = [...(await listDueSubscriptions(context.db, context.clock.now(), BATCH))];
  const work = async (): Promise<void> => {
    for (let next = due.shift(); next !== undefined; next = due.shift()) await subscribe(context, next);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}
