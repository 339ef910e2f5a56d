/** Which watches want a line of the log: asked for those alone that have a channel to deliver to. */
import { loadSpokespeople } from '#actor/spokespeople.store.ts';
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import type { SavedFilter } from '#match/match-filter.graphql.ts';
import type { Db } from '#platform/database.ts';

/** What the log is read with for a watch: its filter, and who speaks for its actors now. */
export async function resolveWatchFilter(
  db: Db,
  { filter }: { readonly filter: unknown },
): Promise<MatchFilter> {
  // Written by the watch alone, in this shape.
  const { withSpokespeople, ...conditions } = filter as SavedFilter;
  const { actors } = conditions;
  if (withSpokespeople !== true || actors === null || actors === undefined) return conditions;
  return { ...conditions, spokespeople: await loadSpokespeople(db, actors) };
}

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
