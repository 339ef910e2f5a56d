/**
 * The index of all watches, kept fresh in each process. It is loaded once; afterwards only what has changed is read, each time
 * before it is used. So a change counts at once and everywhere, with no notification that could be lost: whoever saw a line of
 * the log was here after every watch that was saved before the line.
 */
import type { SavedFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import type { Db } from '#platform/database.ts';
import { WatchIndex } from './watch-index.ts';

/** Watches read together. */
const PAGE = 5_000;

export interface WatchLookup {
  /** Reads what has changed. Concurrent calls wait for each other. */
  refresh(): Promise<void>;
  /** The watches that want one of the lines, each with the first line that it wants; reads what has changed first. */
  wanting(lines: readonly LoggedMatch[]): Promise<ReadonlyMap<number, LoggedMatch>>;
}

/** For each person who says something in the lines, by key, the slugs of those for whom it speaks now. */
async function loadSpeaksFor(
  db: Db,
  lines: readonly LoggedMatch[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const speaking = lines.filter(({ reasons }) => reasons.some(({ kind }) => kind === 'SPEAKING'));
  if (speaking.length === 0) return new Map();
  const slugs = [...new Set(speaking.flatMap(({ actorSlugs }) => actorSlugs))];
  const ties = await db.affiliation.findMany({
    where: { actor: { slug: { in: slugs } }, until: null, former: false },
    select: { actor: { select: { slug: true } }, organization: { select: { slug: true } } },
  });
  const bySpeaker = Map.groupBy(ties, ({ actor }) => actor.slug);
  return new Map(
    speaking.map(({ actorId, actorSlugs }) => [
      actorId,
      actorSlugs.flatMap((slug) => bySpeaker.get(slug)?.map(({ organization }) => organization.slug) ?? []),
    ]),
  );
}

/**
 * An index that is loaded when it is first used. `onRefused` is told of watches that cannot be understood, which then want
 * nothing: they hold up nobody else.
 */
export function createWatchLookup(
  db: Db,
  onRefused: (watch: number, error: unknown) => void = () => {},
): WatchLookup {
  const index = new WatchIndex();
  /** Up to which change this index has come; null before it is loaded. */
  let place: bigint | null = null;
  let turn: Promise<void> = Promise.resolve();

  const put = (watch: number, filter: unknown): void => {
    try {
      // Written by `createWatch` and `updateWatch` alone, in this shape.
      index.set(watch, filter as SavedFilter);
    } catch (error) {
      onRefused(watch, error);
    }
  };

  const load = async (): Promise<bigint> => {
    // Asked first: what changes while the watches are read is read once more.
    const newest = await db.watchChange.findFirst({ orderBy: { place: 'desc' }, select: { place: true } });
    for (let last = 0; ; ) {
      const watches = await db.watch.findMany({
        where: { id: { gt: last } },
        orderBy: { id: 'asc' },
        take: PAGE,
        select: { id: true, filter: true },
      });
      for (const { id, filter } of watches) put(id, filter);
      if (watches.length < PAGE) return newest?.place ?? 0n;
      last = watches.at(-1)!.id;
    }
  };

  const readChanges = async (after: bigint): Promise<bigint> => {
    for (let last = after; ; ) {
      const changes = await db.$queryRaw<{ id: number; place: bigint; filter: unknown }[]>`
        select c.watch_id as id, c.place, w.filter from watch_change c left join watch w on w.id = c.watch_id
         where c.place > ${last} order by c.place limit ${PAGE}`;
      for (const { id, filter } of changes) {
        if (filter === null) index.remove(id);
        else put(id, filter);
      }
      last = changes.at(-1)?.place ?? last;
      if (changes.length < PAGE) return last;
    }
  };

  const refresh = async (): Promise<void> => {
    // One after another: an older reading must not overwrite a newer one.
    const reading = turn.then(async () => {
      place = place === null ? await load() : await readChanges(place);
    });
    turn = reading.catch(() => {});
    await reading;
  };

  return {
    refresh,
    async wanting(lines) {
      await refresh();
      const speaksFor = await loadSpeaksFor(db, lines);
      const wanting = new Map<number, LoggedMatch>();
      for (const line of lines) {
        for (const watch of index.matching(line, speaksFor.get(line.actorId))) {
          if (!wanting.has(watch)) wanting.set(watch, line);
        }
      }
      return wanting;
    },
  };
}
