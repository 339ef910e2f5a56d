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
import type { WatchLookup } from '#watch/watch-index.store.ts';
import type { Queue } from './queue.ts';

/** Lines of the log that are looked at together; each brings its article's words along. */
const PAGE = 200;
/** Watches whose channels are looked up, and put on the queue, together. */
const WATCHES_PAGE = 5_000;

interface DeliverLogContext {
  readonly db: Db;
  readonly queue: Queue;
  readonly watches: WatchLookup;
}

/** Looks at one page of the log; false when there was nothing new in it. */
async function deliverPage({ db, queue, watches }: DeliverLogContext): Promise<boolean> {
  return await db.$transaction(async (tx) => {
    // One worker at a time; the others find nothing left when their turn comes.
    const [cursor] = await tx.$queryRaw<{ seq: bigint }[]>`
      select seq from delivery_cursor where id = 1 for update`;
    const lines = await readLog(db, { after: cursor!.seq, limit: PAGE });
    const last = lines.at(-1);
    if (last === undefined) return false;
    const wanting = await watches.wanting(lines);
    const wanted = [...wanting.keys()];
    for (let index = 0; index < wanted.length; index += WATCHES_PAGE) {
      const channels = await tx.channel.findMany({
        where: {
          watchId: { in: wanted.slice(index, index + WATCHES_PAGE) },
          status: 'ACTIVE',
          kind: { not: 'FEED' },
        },
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
      if (jobs.length > 0) await queue.planDeliveries(jobs, { keep: true });
    }
    await tx.deliveryCursor.update({ where: { id: 1 }, data: { seq: last.seq } });
    return lines.length === PAGE;
  });
}

/** Hands everything new in the log to the channels that want it. */
export async function deliverLog(context: DeliverLogContext): Promise<void> {
  // The first time this loads every watch, which the transaction of a page has no time for.
  await context.watches.refresh();
  while (await deliverPage(context));
}
