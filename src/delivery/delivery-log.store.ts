/** The delivery log in Postgres, and what an attempt changes of its channel. */
import type { Delivery, Prisma } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/database.ts';
import { type LoadedChannel, NOT_FAILING } from './channel.store.ts';
import type { AttemptResult } from './retry.ts';

const DAY_MS = 86_400_000;
/** How long attempts are kept, and how many of one channel. */
const KEPT_DAYS = 30;
const KEPT_PER_CHANNEL = 1_000;
/** Characters of a problem that are kept. */
const PROBLEM_MAX = 500;

/** The latest attempts of a channel. */
export async function listDeliveries(db: Db, channelId: number, limit: number): Promise<readonly Delivery[]> {
  return await db.delivery.findMany({ where: { channelId }, orderBy: { id: 'desc' }, take: limit });
}

/** One attempt, as the delivery log keeps it. */
export interface Attempt {
  readonly kind: Delivery['kind'];
  readonly messageId: string;
  readonly seqs: readonly bigint[];
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly result: AttemptResult;
}

/** Writes an attempt down. */
export async function recordAttempt(
  tx: Tx,
  channelId: number,
  { kind, messageId, seqs, startedAt, durationMs, result }: Attempt,
  nextAttemptAt: Date | null = null,
): Promise<bigint> {
  const { id } = await tx.delivery.create({
    data: {
      channelId,
      kind,
      messageId,
      seqs: [...seqs],
      startedAt,
      durationMs,
      outcome: result.outcome,
      status: result.status,
      problem: result.outcome === 'FAILED' ? result.problem.slice(0, PROBLEM_MAX) : null,
      nextAttemptAt,
    },
    select: { id: true },
  });
  return id;
}

/** What a channel is after an attempt. */
export type ChannelChanges = Prisma.ChannelUpdateManyMutationInput;

/**
 * Writes an attempt down and changes the channel, if its cursor still stands where it stood before: whoever moved it in the
 * meantime has the last word. True when it did, and the channel is still active.
 */
export async function saveAttempt(
  db: Db,
  channel: Pick<LoadedChannel, 'id' | 'cursor'>,
  attempt: Attempt,
  changes: ChannelChanges,
): Promise<boolean> {
  return await db.$transaction(async (tx) => {
    const [changed] = await tx.channel.updateManyAndReturn({
      where: { id: channel.id, cursor: channel.cursor },
      data: changes,
      select: { status: true },
    });
    if (changed === undefined && (await tx.channel.count({ where: { id: channel.id } })) === 0) return false;
    const next =
      changed !== undefined && changes.nextAttemptAt instanceof Date ? changes.nextAttemptAt : null;
    await recordAttempt(tx, channel.id, attempt, next);
    return changed?.status === 'ACTIVE';
  });
}

/** What a delivered message changes. */
export const afterDelivery = (cursor: bigint, now: Date): ChannelChanges => ({
  cursor,
  lastDeliveredAt: now,
  ...NOT_FAILING,
});

/** Moves the cursor over matches that are not delivered; false when somebody else has moved it. */
export async function passOver(
  db: Db,
  channel: Pick<LoadedChannel, 'id' | 'cursor'>,
  to: bigint,
): Promise<boolean> {
  const { count } = await db.channel.updateMany({
    where: { id: channel.id, cursor: channel.cursor },
    data: { cursor: to, ...NOT_FAILING },
  });
  return count === 1;
}

/** Forgets old attempts; the number forgotten. */
export async function pruneDeliveries(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  return await db.$executeRaw`
    delete from delivery d using (
      select id, started_at, row_number() over (partition by channel_id order by id desc) as place from delivery
    ) r where r.id = d.id and (r.started_at < ${before} or r.place > ${KEPT_PER_CHANNEL})`;
}

/** Longer overdue than this, a turn has got lost. */
const LOST_MS = 10 * 60_000;

/** Channels whose next attempt should have been made long ago: the net under the queue. At most 1,000. */
export async function listOverdueChannels(db: Db, now: Date): Promise<readonly number[]> {
  const rows = await db.channel.findMany({
    where: { status: 'ACTIVE', nextAttemptAt: { lt: new Date(now.getTime() - LOST_MS) } },
    select: { id: true },
    take: 1_000,
  });
  return rows.map(({ id }) => id);
}
