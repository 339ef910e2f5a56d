/** Which watches want a line of the log: asked for those alone that have a channel to deliver to. */
import { resolveWatchFilter } from '#delivery/watch-filter.store.ts';
import { passesFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import type { Db } from '#platform/database.ts';

/** The watches that these lines pass, each with the first line that does. */
export async function findWanting(
  db: Db,
  lines: readonly LoggedMatch[],
): Promise<ReadonlyMap<number, LoggedMatch>> {
  const watches = await db.watch.findMany({
    where: { channels: { some: { status: 'ACTIVE', kind: { not: 'FEED' } } } },
    select: { id: true, filter: true },
  });
  const wanting = new Map<number, LoggedMatch>();
  for (const watch of watches) {
    const filter = await resolveWatchFilter(db, watch);
    const first = lines.find((line) => passesFilter(line, filter));
    if (first !== undefined) wanting.set(watch.id, first);
  }
  return wanting;
}
