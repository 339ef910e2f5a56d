/** Which watches want a line of the log: asked for those alone that have a channel to deliver to. */
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import type { Db } from '#platform/database.ts';

interface WatchFilter extends MatchFilter {
  readonly withSpokespeople?: boolean;
}

/** Who speaks for whom now: slugs of people by slug of the organisation, in one statement for all watches. */
async function loadVoices(
  db: Db,
  filters: readonly WatchFilter[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const slugs = new Set(
    filters.flatMap(({ withSpokespeople, actors }) => (withSpokespeople === true ? (actors ?? []) : [])),
  );
  if (slugs.size === 0) return new Map();
  const ties = await db.affiliation.findMany({
    where: { organization: { slug: { in: [...slugs] } }, until: null, former: false },
    select: { actor: { select: { slug: true } }, organization: { select: { slug: true } } },
  });
  const groups = Map.groupBy(ties, ({ organization }) => organization.slug);
  return new Map([...groups].map(([slug, members]) => [slug, members.map(({ actor }) => actor.slug)]));
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
  // Written by the watch alone, in this shape.
  const filters = watches.map(({ filter }) => filter as WatchFilter);
  const voices = await loadVoices(db, filters);
  const wanting = new Map<number, LoggedMatch>();
  for (const [index, { withSpokespeople, ...conditions }] of filters.entries()) {
    const spokespeople =
      withSpokespeople === true ? (conditions.actors ?? []).flatMap((slug) => voices.get(slug) ?? []) : [];
    const first = lines.find((line) => passesFilter(line, { ...conditions, spokespeople }));
    if (first !== undefined) wanting.set(watches[index]!.id, first);
  }
  return wanting;
}
