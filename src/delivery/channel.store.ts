/** Channels in Postgres. */
import type { Channel, Prisma } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/database.ts';
import type { ChannelSettings } from './channel.ts';
import { createSecret, hashFeedSecret } from './channel-secret.ts';
import { isAskedEnough } from './mail-question.store.ts';

/** Channels of one watch. */
export const CHANNELS_MAX = 50;
const DAY_MS = 86_400_000;

/** A channel with its settings in their shape, and its watch. */
export type LoadedChannel = Omit<Channel, 'settings'> & {
  readonly settings: ChannelSettings;
  readonly watch: Prisma.WatchGetPayload<true>;
};

/** A row's settings; written by this file alone, in this shape. */
export const settingsOf = (channel: { readonly settings: unknown }): ChannelSettings =>
  channel.settings as ChannelSettings;

/** A channel with its watch; null when there is none. */
export async function findChannel(db: Db, id: number): Promise<LoadedChannel | null> {
  const row = await db.channel.findUnique({ where: { id }, include: { watch: true } });
  return row === null ? null : { ...row, settings: settingsOf(row) };
}

async function newest(tx: Tx): Promise<bigint> {
  return (await tx.match.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } }))?.seq ?? 0n;
}

/** Channels by number, at most 1,000; with `failing`, those alone that fail or have stopped. */
export async function listChannels(
  db: Db,
  { failing }: { readonly failing: boolean },
): Promise<readonly LoadedChannel[]> {
  const rows = await db.channel.findMany({
    ...(failing ? { where: { OR: [{ failingSince: { not: null } }, { status: 'DISABLED' }] } } : {}),
    orderBy: { id: 'asc' },
    take: 1_000,
    include: { watch: true },
  });
  return rows.map((row) => ({ ...row, settings: settingsOf(row) }));
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
 * no such watch, `'FULL'` when it has `CHANNELS_MAX` channels, `'ASKED_ENOUGH'` when its owner may not be asked again today.
 */
export async function createChannel(
  db: Db,
  { watchId, settings }: { readonly watchId: number; readonly settings: ChannelSettings },
  now: Date,
): Promise<CreatedChannel | 'FULL' | 'ASKED_ENOUGH' | null> {
  const { kept, shown } = createSecret(settings.kind);
  return await db.$transaction(async (tx) => {
    const [watch] = await tx.$queryRaw<unknown[]>`select id from watch where id = ${watchId} for update`;
    if (watch === undefined) return null;
    if ((await tx.channel.count({ where: { watchId } })) >= CHANNELS_MAX) return 'FULL';
    const waits = settings.kind === 'MAIL';
    if (waits && (await isAskedEnough(tx, settings.address, now))) return 'ASKED_ENOUGH';
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

/** Changes what a channel's kind needs to know. What failed is tried again at once, because it may be mended now. */
export async function saveSettings(db: Db, id: number, settings: ChannelSettings): Promise<void> {
  await db.channel.update({
    where: { id },
    data: { settings: settings as unknown as Prisma.InputJsonObject, ...NOT_FAILING },
  });
}

/** What is so after a success, and whenever somebody has changed something. */
export const NOT_FAILING = { failingSince: null, failures: 0, nextAttemptAt: null } as const;

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
 * has confirmed waits for that first; `'ASKED_ENOUGH'`, and nothing has changed, when its owner may not be asked today.
 */
export async function resumeChannel(
  db: Db,
  id: number,
  { skipMissed, now }: { readonly skipMissed: boolean; readonly now: Date },
): Promise<Channel | 'ASKED_ENOUGH' | null> {
  return await db.$transaction(async (tx) => {
    // Its owner may be saying yes at this moment.
    await tx.$queryRaw`select 1 from channel where id = ${id} for update`;
    const channel = await tx.channel.findUnique({ where: { id } });
    if (channel === null) return null;
    const settings = settingsOf(channel);
    const waits = settings.kind === 'MAIL' && channel.confirmedAt === null;
    if (waits && (await isAskedEnough(tx, settings.address, now))) return 'ASKED_ENOUGH';
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

/** Sets the cursor back, so that everything behind it is delivered again. Never forth: what is in between would be lost. */
export async function moveCursor(db: Db, id: number, cursor: bigint): Promise<void> {
  await db.channel.updateMany({ where: { id, cursor: { gt: cursor } }, data: { cursor } });
  await db.channel.updateMany({ where: { id }, data: NOT_FAILING });
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
