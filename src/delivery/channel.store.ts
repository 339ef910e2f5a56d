/** Channels and their delivery log in Postgres. */
import type { Channel, Delivery, Prisma } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/database.ts';
import type { ChannelSettings } from './channel.ts';
import { createSecret, hashFeedSecret } from './channel-secret.ts';
import type { AttemptResult } from './retry.ts';

/** The owner of an address is asked for a word at most so often a day: it may be somebody who wants none of this. */
const CONFIRMATIONS_MAX = 3;
/** Channels of one watch. */
export const CHANNELS_MAX = 50;
const DAY_MS = 86_400_000;
/** How long attempts are kept, and how many of one channel. */
const KEPT_DAYS = 30;
const KEPT_PER_CHANNEL = 1_000;
/** Characters of a problem that are kept. */
const PROBLEM_MAX = 500;

/** A channel with its settings in their shape, and its watch. */
export type LoadedChannel = Omit<Channel, 'settings'> & {
  readonly settings: ChannelSettings;
  readonly watch: Prisma.WatchGetPayload<true>;
};

/** A row's settings; written by this file alone, in this shape. */
export const settingsOf = (channel: Pick<Channel, 'kind' | 'settings'>): ChannelSettings =>
  channel.settings as unknown as ChannelSettings;

/** A channel with its watch; null when there is none. */
export async function findChannel(db: Db, id: number): Promise<LoadedChannel | null> {
  const row = await db.channel.findUnique({ where: { id }, include: { watch: true } });
  return row === null ? null : { ...row, settings: settingsOf(row) };
}

async function newest(tx: Tx): Promise<bigint> {
  return (await tx.match.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } }))?.seq ?? 0n;
}

/** The feed that a secret opens; null when it opens none. */
export async function findFeedChannel(db: Db, secret: string): Promise<LoadedChannel | null> {
  const where = { secret: hashFeedSecret(secret), kind: 'FEED' } as const;
  const row = await db.channel.findUnique({ where, include: { watch: true } });
  return row === null ? null : { ...row, settings: settingsOf(row) };
}

/** A channel just made, and the secret that is shown this once; null where its owner has no use for one. */
export interface CreatedChannel {
  readonly channel: Channel;
  readonly shown: string | null;
}

/**
 * Makes a channel that begins at the log's present end; a mail address first waits for its owner's word. Null when there is
 * no such watch, `'FULL'` when it has `CHANNELS_MAX` channels.
 */
export async function createChannel(
  db: Db,
  { watchId, settings }: { readonly watchId: number; readonly settings: ChannelSettings },
  now: Date,
): Promise<CreatedChannel | 'FULL' | null> {
  const { kept, shown } = createSecret(settings.kind);
  return await db.$transaction(async (tx) => {
    const [watch] = await tx.$queryRaw<unknown[]>`select id from watch where id = ${watchId} for update`;
    if (watch === undefined) return null;
    if ((await tx.channel.count({ where: { watchId } })) >= CHANNELS_MAX) return 'FULL';
    const waits = settings.kind === 'MAIL';
    const channel = await tx.channel.create({
      data: {
        watchId,
        kind: settings.kind,
        settings: settings as unknown as Prisma.InputJsonObject,
        secret: kept,
        status: waits ? 'UNCONFIRMED' : 'ACTIVE',
        statusReason: waits ? WAITS_FOR_OWNER : null,
        statusAt: now,
        cursor: await newest(tx),
        createdAt: now,
      },
    });
    return { channel, shown };
  });
}

const WAITS_FOR_OWNER = 'the owner of the address has not confirmed it yet';

/** True when the owner of an address has been asked for a word as often as may be within a day. */
export async function isAskedEnough(db: Db, address: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - DAY_MS);
  const asked = await db.delivery.count({
    where: {
      kind: 'CONFIRMATION',
      startedAt: { gte: since },
      channel: { kind: 'MAIL', settings: { path: ['address'], equals: address } },
    },
  });
  return asked >= CONFIRMATIONS_MAX;
}

/** Changes what a channel's kind needs to know. What failed is tried again at once, because it may be mended now. */
export async function saveSettings(db: Db, id: number, settings: ChannelSettings): Promise<void> {
  await db.channel.update({
    where: { id },
    data: { settings: settings as unknown as Prisma.InputJsonObject, ...NOT_FAILING },
  });
}

const NOT_FAILING = { failingSince: null, failures: 0, nextAttemptAt: null } as const;

/** Stops a channel; its cursor stays where it is. `reason` is for people. */
export async function stopChannel(
  db: Db,
  id: number,
  {
    status,
    reason,
    now,
  }: { readonly status: 'PAUSED' | 'DISABLED'; readonly reason: string; readonly now: Date },
): Promise<void> {
  await db.channel.updateMany({
    where: { id, status: { not: status } },
    data: { status, statusReason: reason, statusAt: now, nextAttemptAt: null },
  });
}

/** Deletes a channel and its delivery log. */
export async function deleteChannel(db: Db, id: number): Promise<void> {
  await db.channel.deleteMany({ where: { id } });
}

/** Stops mail to an address for good: it takes a new confirmation to begin again. */
export async function unsubscribe(db: Db, id: number, now: Date): Promise<void> {
  await stopChannel(db, id, { status: 'DISABLED', reason: 'unsubscribed by the reader', now });
  await db.channel.updateMany({ where: { id }, data: { confirmedAt: null } });
}

/**
 * Sets a channel going again, from where it stopped or, with `skipMissed`, from the log's end. A mail address that nobody
 * has confirmed waits for that first.
 */
export async function resumeChannel(
  db: Db,
  id: number,
  { skipMissed, now }: { readonly skipMissed: boolean; readonly now: Date },
): Promise<Channel | null> {
  return await db.$transaction(async (tx) => {
    const channel = await tx.channel.findUnique({ where: { id } });
    if (channel === null) return null;
    const waits = channel.kind === 'MAIL' && channel.confirmedAt === null;
    return await tx.channel.update({
      where: { id },
      data: {
        ...NOT_FAILING,
        status: waits ? 'UNCONFIRMED' : 'ACTIVE',
        statusReason: waits ? WAITS_FOR_OWNER : null,
        statusAt: now,
        ...(skipMissed ? { cursor: await newest(tx) } : {}),
      },
    });
  });
}

/** The owner of a mail address says yes: alerts begin now. False when the channel waited for no such word. */
export async function confirmChannel(db: Db, id: number, now: Date): Promise<boolean> {
  return await db.$transaction(async (tx) => {
    const { count } = await tx.channel.updateMany({
      where: { id, status: 'UNCONFIRMED' },
      data: {
        status: 'ACTIVE',
        statusReason: null,
        statusAt: now,
        confirmedAt: now,
        cursor: await newest(tx),
      },
    });
    return count === 1;
  });
}

/** Sets the cursor back (or forth), so that everything behind it is delivered (again). */
export async function moveCursor(db: Db, id: number, cursor: bigint): Promise<void> {
  await db.channel.update({ where: { id }, data: { cursor, ...NOT_FAILING } });
}

/** For so long after a change, a webhook is signed with its old secret too. */
const OLD_SECRET_MS = DAY_MS;

/** Gives a channel a new secret and returns what is shown of it. A feed's old address is closed at once. */
export async function rotateSecret(
  db: Db,
  { id, kind, secret }: Pick<Channel, 'id' | 'kind' | 'secret'>,
  now: Date,
): Promise<string | null> {
  const { kept, shown } = createSecret(kind);
  const old =
    kind === 'WEBHOOK'
      ? { oldSecret: secret, oldSecretUntil: new Date(now.getTime() + OLD_SECRET_MS) }
      : { oldSecret: null, oldSecretUntil: null };
  await db.channel.update({ where: { id }, data: { secret: kept, ...old } });
  return shown;
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
