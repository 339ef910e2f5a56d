/** Subscriptions at hubs, and what hubs have delivered, in Postgres. */
import { randomBytes } from 'node:crypto';
import type { FeedSubscription } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';

/** Deliveries of a feed that wait to be read; beyond them the feed is polled instead. */
const WAITING_MAX = 20;

/** The hub that a feed announces, and the address that it knows the feed by. */
export interface AnnouncedHub {
  readonly hub: string;
  readonly topic: string;
}

/** Takes note of the hub that a feed announces; null forgets its subscription. A changed hub or topic begins a new one. */
export async function noteHub(
  db: Db,
  feedId: number,
  announced: AnnouncedHub | null,
  now: Date,
): Promise<void> {
  if (announced === null) {
    await db.$executeRaw`delete from feed_subscription where feed_id = ${feedId}`;
    return;
  }
  const { hub, topic } = announced;
  await db.$executeRaw`
    insert into feed_subscription as s (feed_id, hub, topic, callback_key, secret, status, requested_at, next_request_at)
    select id, ${hub}, ${topic}, ${randomBytes(24).toString('base64url')}, ${randomBytes(32).toString('hex')},
           'REQUESTED'::"SubscriptionStatus", ${now}, ${now}
      from feed where id = ${feedId}
    on conflict (feed_id) do update
      set hub = excluded.hub, topic = excluded.topic, callback_key = excluded.callback_key, secret = excluded.secret,
          status = 'REQUESTED', problem = null, failures = 0, lease_ends_at = null, next_request_at = excluded.next_request_at
    where (s.hub, s.topic) is distinct from (excluded.hub, excluded.topic)`;
}

/** Subscriptions whose hub is to be asked, at most `limit`. */
export async function listDueSubscriptions(
  db: Db,
  now: Date,
  limit: number,
): Promise<readonly FeedSubscription[]> {
  return await db.feedSubscription.findMany({
    where: { nextRequestAt: { lte: now }, feed: { status: 'ACTIVE' } },
    orderBy: { nextRequestAt: 'asc' },
    take: limit,
  });
}

/** The subscription behind a callback's address; null when there is none. */
export async function findSubscription(db: Db, callbackKey: string): Promise<FeedSubscription | null> {
  return await db.feedSubscription.findUnique({ where: { callbackKey } });
}

/** Changes a subscription, unless it has been replaced by another meanwhile. */
export async function saveSubscription(
  db: Db,
  { feedId, callbackKey }: Pick<FeedSubscription, 'feedId' | 'callbackKey'>,
  changes: Partial<
    Pick<
      FeedSubscription,
      'status' | 'problem' | 'requestedAt' | 'nextRequestAt' | 'failures' | 'leaseEndsAt' | 'lastDeliveryAt'
    >
  >,
): Promise<void> {
  await db.feedSubscription.updateMany({ where: { feedId, callbackKey }, data: changes });
}

/** What a hub delivered. */
export interface Delivery {
  readonly contentType: string | null;
  readonly body: Uint8Array;
}

/** Keeps a delivery until a worker reads it; one too many is dropped, because the poll that follows brings it as well. */
export async function saveDelivery(db: Db, feedId: number, delivery: Delivery, now: Date): Promise<void> {
  await db.$executeRaw`
    insert into feed_delivery (feed_id, content_type, body, received_at)
    select ${feedId}, ${delivery.contentType}::text, ${delivery.body}, ${now}
     where (select count(*) from feed_delivery where feed_id = ${feedId}) < ${WAITING_MAX}`;
}

/** The oldest delivery of a feed that waits; null when none does. */
export async function findDelivery(
  db: Db,
  feedId: number,
): Promise<(Delivery & { readonly id: number }) | null> {
  return await db.feedDelivery.findFirst({ where: { feedId }, orderBy: { id: 'asc' } });
}

/** Forgets a delivery that has been read. */
export async function removeDelivery(db: Db, id: number): Promise<void> {
  await db.feedDelivery.deleteMany({ where: { id } });
}
