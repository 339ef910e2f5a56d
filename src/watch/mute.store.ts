/** Times in which a watch is silent: its channels send nothing, and pass over what is logged meanwhile. */
import type { Db } from '#platform/database.ts';

/** Times kept of a watch, the latest. */
const MUTES_MAX = 100;

export interface MutedTime {
  readonly since: Date;
  /** Exclusive; null until somebody ends it. */
  readonly until: Date | null;
}

/** The muted time that a moment lies in; null when the watch is not silent then. */
export function mutedAt(times: readonly MutedTime[], moment: Date): MutedTime | null {
  return times.find(({ since, until }) => since <= moment && (until === null || until > moment)) ?? null;
}

/** When the watch is and was silent. */
export async function loadMutedTimes(db: Db, watchId: number): Promise<readonly MutedTime[]> {
  return await db.watchMute.findMany({ where: { watchId }, select: { since: true, until: true } });
}

/** Silences a watch until then, or until somebody ends it; one that is silent already, until then instead. False without such a watch. */
export async function muteWatch(
  db: Db,
  { watchId, until, now }: { readonly watchId: number; readonly until: Date | null; readonly now: Date },
): Promise<boolean> {
  return await db.$transaction(async (tx) => {
    const [watch] = await tx.$queryRaw<unknown[]>`select id from watch where id = ${watchId} for update`;
    if (watch === undefined) return false;
    const times = await tx.watchMute.findMany({ where: { watchId }, orderBy: { id: 'desc' } });
    const [latest] = times;
    if (latest !== undefined && mutedAt([latest], now) !== null) {
      await tx.watchMute.update({ where: { id: latest.id }, data: { until } });
    } else await tx.watchMute.create({ data: { watchId, since: now, until } });
    const forgotten = times.slice(MUTES_MAX - 1).map(({ id }) => id);
    if (forgotten.length > 0) await tx.watchMute.deleteMany({ where: { id: { in: forgotten } } });
    return true;
  });
}

/** Ends the silence of a watch; what was logged in it stays passed over. False without such a watch. */
export async function unmuteWatch(
  db: Db,
  { watchId, now }: { readonly watchId: number; readonly now: Date },
): Promise<boolean> {
  if ((await db.watch.count({ where: { id: watchId } })) === 0) return false;
  await db.watchMute.updateMany({
    where: { watchId, OR: [{ until: null }, { until: { gt: now } }] },
    data: { until: now },
  });
  return true;
}

/** The channels of a watch that may have something to send when its silence ends. */
export async function listWaitingChannels(db: Db, watchId: number): Promise<readonly number[]> {
  const where = { watchId, status: 'ACTIVE', kind: { not: 'FEED' } } as const;
  return (await db.channel.findMany({ where, select: { id: true } })).map(({ id }) => id);
}
