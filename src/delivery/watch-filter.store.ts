/** What the log is read with for a watch. */
import { loadSpokespeople } from '#actor/spokespeople.store.ts';
import type { MatchFilter } from '#match/filter.ts';
import type { Db } from '#platform/database.ts';

/** The filter of a watch, and who speaks for its actors now. */
export async function resolveWatchFilter(
  db: Db,
  { filter }: { readonly filter: unknown },
): Promise<MatchFilter> {
  // Written by the watch alone, in this shape.
  const { withSpokespeople, ...conditions } = filter as MatchFilter & { readonly withSpokespeople?: boolean };
  const { actors } = conditions;
  if (withSpokespeople !== true || actors === null || actors === undefined) return conditions;
  return { ...conditions, spokespeople: await loadSpokespeople(db, actors) };
}
