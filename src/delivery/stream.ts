/**
 * Following the match log: replay, then live, with no gap at the seam.
 *
 * There is no seam. A follower is a cursor and nothing else: it reads what stands behind its cursor, hands it out, and when
 * there is nothing left it waits to be woken. The process keeps one tail of the log in memory, filled by one reader at each
 * notification, so that followers who are up to date read no table; who has fallen behind the tail reads Postgres. Nothing
 * is buffered per follower, so a slow one costs nobody anything.
 */
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';

/** Matches kept in memory for those who are up to date. */
const TAIL_MAX = 2_000;
/** Matches read from the log at a time. */
const PAGE = 500;

/** Where the log is read from. */
export interface LogSource {
  newestSeq(): Promise<bigint>;
  /** Matches after a sequence number, in order, at most `limit`. */
  read(options: {
    readonly after: bigint;
    readonly limit: number;
    readonly filter?: MatchFilter;
  }): Promise<readonly LoggedMatch[]>;
}

export interface MatchTail {
  /** Reads what is new in the log; called at each notification and, as a net under them, by a heartbeat. */
  refresh(): Promise<void>;
  /** Yields every match after `after` that passes, in order; without `after`, from now on. */
  follow(options: {
    readonly after: bigint | null;
    readonly filter: MatchFilter;
    readonly signal?: AbortSignal;
  }): AsyncGenerator<LoggedMatch, void, undefined>;
  /** Ends every follower. */
  close(): void;
}

/** Opens the tail at the log's present end. `onError` is told of a refresh that failed; the next one makes up for it. */
export async function openMatchTail(
  source: LogSource,
  onError: (error: unknown) => void,
): Promise<MatchTail> {
  /** Everything of the log in (start, end], in order. */
  const tail: LoggedMatch[] = [];
  let end = await source.newestSeq();
  let start = end;
  let closed = false;
  const waiting = new Set<() => void>();
  let refreshing: Promise<void> | null = null;
  let again = false;

  const wakeAll = (): void => {
    const woken = [...waiting];
    waiting.clear();
    for (const wake of woken) wake();
  };

  const readNew = async (): Promise<void> => {
    try {
      do {
        again = false;
        for (;;) {
          const rows = await source.read({ after: end, limit: PAGE });
          const last = rows.at(-1);
          if (last === undefined) break;
          tail.push(...rows);
          end = last.seq;
          if (tail.length > TAIL_MAX) {
            const dropped = tail.splice(0, tail.length - TAIL_MAX);
            start = dropped.at(-1)?.seq ?? start;
          }
          wakeAll();
          if (rows.length < PAGE) break;
        }
      } while (again);
    } catch (error) {
      onError(error);
    } finally {
      // In the same turn as the last look at `again`: a refresh asked for later starts a reading of its own.
      refreshing = null;
    }
  };

  /** Position of the first match of the tail that stands behind `seq`. */
  const indexAfter = (seq: bigint): number => {
    let low = 0;
    let high = tail.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (tail[middle]!.seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    refresh() {
      if (refreshing !== null) {
        // Whatever is committed now may have escaped the statement under way.
        again = true;
        return refreshing;
      }
      refreshing = readNew();
      return refreshing;
    },

    // "From now on" is the moment of the call, not of the first read.
    follow: ({ after, filter, signal }) => follow(after ?? end, filter, signal),

    close() {
      closed = true;
      wakeAll();
    },
  };

  async function* follow(
    from: bigint,
    filter: MatchFilter,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<LoggedMatch, void, undefined> {
    let cursor = from;
    let wake: () => void = () => {};
    const abort = (): void => wake();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      while (!closed && !signal?.aborted) {
        if (cursor < start) {
          const reached = end;
          const rows = await source.read({ after: cursor, limit: PAGE, filter });
          for (const row of rows) {
            if (signal?.aborted) return;
            cursor = row.seq;
            yield row;
          }
          // Nothing more passes up to where the tail stood when we asked: go on from there.
          if (rows.length < PAGE && cursor < reached) cursor = reached;
          continue;
        }
        const index = indexAfter(cursor);
        const next = tail[index];
        if (next === undefined) {
          await new Promise<void>((done) => {
            wake = done;
            waiting.add(done);
          });
          continue;
        }
        cursor = next.seq;
        if (passesFilter(next, filter)) yield next;
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      waiting.delete(wake);
    }
  }
}
