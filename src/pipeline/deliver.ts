/**
 * From the match log to the channels of watches. Nothing is written when an article comes in; a notification wakes this up.
 *
 *   log ─▶ new lines ─▶ which watches want them ─▶ a job for each of their channels ─▶ deliver-channel
 *    ▲                                              (one at a time per channel)
 *    └─ how far this has come, one number for all workers
 *
 * The number is moved last: a process that dies in between leaves jobs that are asked for once more, and find nothing to do.
 */

import { settingsOf } from '#delivery/channel.store.ts';
import { dueAt } from '#delivery/channel.ts';
import { readLog } from '#match/match.store.ts';
import type { Db } from '#platform/database.ts';
import { findWanting } from './deliver-watches.ts';
import type { Queue } from './queue.ts';

/** Lines of the log that are looked at together; each brings its article's words along. */
const PAGE = 200;
/** Jobs that are put on the queue together. */
const JOBS_PAGE = 1_000;

/** Looks at one page of the log; false when there was nothing new in it. */
async function deliverPage({ db, queue }: { readonly db: Db; readonly queue: Queue }): Promise<boolean> {
  return await db.$transaction(async (tx) => {
    // One worker at a time; the others find nothing left when their turn comes.
    const [cursor] = await tx.$queryRaw<{ seq: bigint }[]>`
      select seq from delivery_cursor where id = 1 for update`;
    const lines = await readLog(db, { after: cursor!.seq, limit: PAGE });
    const last = lines.at(-1);
    if (last === undefined) return false;
    const wanting = await findWanting(db, lines);
    const channels = await tx.channel.findMany({
      where: { watchId: { in: [...wanting.keys()] }, status: 'ACTIVE', kind: { not: 'FEED' } },
      select: {
        id: true,
        watchId: true,
        kind: true,
        settings: true,
        lastDeliveredAt: true,
        nextAttemptAt: true,
      },
    });
    const jobs = channels.map((channel) => ({
      channelId: channel.id,
      at: dueAt({ ...channel, settings: settingsOf(channel) }, wanting.get(channel.watchId)!.createdAt),
    }));
    for (let index = 0; index < jobs.length; index += JOBS_PAGE) {
      await queue.planDeliveries(jobs.slice(index, index + JOBS_PAGE), { keep: true });
    }
    await tx.deliveryCursor.update({ where: { id: 1 }, data: { seq: last.seq } });
    return lines.length === PAGE;
  });
}

/** Hands everything new in the log to the channels that want it. */
export async function deliverLog(context: { readonly db: Db; readonly queue: Queue }): Promise<void> {
  while (await deliverPage(context));
}
