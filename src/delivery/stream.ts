/**
 * Reading the match log as it grows.
 *
 * A reader is a cursor and nothing else: it asks what stands behind its cursor and, when there is nothing, waits until the
 * log has grown. The process keeps one tail of the log in memory, filled by one reader at each notification, so that whoever
 * is up to date reads no table; who has fallen behind the tail reads Postgres. Nothing is buffered per reader.
 */
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';

/** Matches: kept in memory for those who are up to date, or nearly; and read from the log, or looked at, at a time. */
const SIZES = { tail: 2_000, page: 500 } as const;

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

/** A stretch of the log. */
export interface LogStretch {
  /** What passes of it, in order. */
  readonly matches: readonly LoggedMatch[];
  /** Where it ends: nothing else passes up to there. */
  readonly reached: bigint;
}

export interface MatchTail {
  /** The newest sequence number that this process knows of. */
  readonly end: bigint;
  /** Reads what is new in the log; called at each notification and, as a net under them, by a heartbeat. */
  refresh(): Promise<void>;
  /** The stretch behind `after`; empty, and at once, when nothing is known behind it. Rejects when Postgres cannot be read. */
  read(after: bigint, filter: MatchFilter): LogStretch | Promise<LogStretch>;
  /** Resolves when something stands behind `after`, the signal aborts or the tail closes. */
  grown(after: bigint, signal: AbortSignal): Promise<void>;
  /** Every match behind `after` that passes, in order; without `after`, from now on. */
  follow(options: { readonly after: bigint | null; readonly filter: MatchFilter }): Following;
  /** Aborts when the tail closes: nothing will grow any more. */
  readonly closed: AbortSignal;
  /** Ends every reader. */
  close(): void;
}

/** Opens the tail at the log's present end. `onError` is told of a refresh that failed; the next one makes up for it. */
export async function openMatchTail(
  source: LogSource,
  onError: (error: unknown) => void,
  sizes: { readonly tail: number; readonly page: number } = SIZES,
): Promise<MatchTail> {
  /** Everything of the log in (start, end], in order. */
  const tail: LoggedMatch[] = [];
  const newest = await source.newestSeq();
  // Who reconnects after another process died comes back to what was logged lately: it is there from the beginning.
  let start = newest > sizes.tail ? newest - BigInt(sizes.tail) : 0n;
  let end = start;
  const closed = new AbortController();
  const waiting = new Set<() => void>();
  let refreshing: Promise<void> | null = null;
  let again = false;

  const wakeAll = (): void => {
    const woken = [...waiting];
    waiting.clear();
    for (const wake of woken) wake();
  };

  const readOn = async (): Promise<void> => {
    for (;;) {
      const rows = await source.read({ after: end, limit: sizes.page });
      const last = rows.at(-1);
      if (last === undefined) return;
      tail.push(...rows);
      end = last.seq;
      if (tail.length > sizes.tail) {
        const dropped = tail.splice(0, tail.length - sizes.tail);
        start = dropped.at(-1)?.seq ?? start;
      }
      wakeAll();
      if (rows.length < sizes.page) return;
    }
  };
  await readOn();
  if (end < newest) end = newest;

  const readNew = async (): Promise<void> => {
    try {
      do {
        again = false;
        await readOn();
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

  const readLog = async (after: bigint, filter: MatchFilter): Promise<LogStretch> => {
    const known = end;
    const matches = await source.read({ after, limit: sizes.page, filter });
    const last = matches.at(-1)?.seq ?? after;
    // A page that is not full says that nothing more passes up to where the tail stood when we asked.
    return { matches, reached: matches.length < sizes.page && last < known ? known : last };
  };

  const readTail = (after: bigint, filter: MatchFilter): LogStretch => {
    const from = indexAfter(after);
    const known = tail.slice(from, from + sizes.page);
    return {
      matches: known.filter((match) => passesFilter(match, filter)),
      reached: known.at(-1)?.seq ?? after,
    };
  };

  const self: MatchTail = {
    get end() {
      return end;
    },

    refresh() {
      if (refreshing !== null) {
        // Whatever is committed now may have escaped the statement under way.
        again = true;
        return refreshing;
      }
      refreshing = readNew();
      return refreshing;
    },

    read: (after, filter) => (after < start ? readLog(after, filter) : readTail(after, filter)),

    async grown(after, signal) {
      if (end > after || signal.aborted || closed.signal.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = (): void => resolve();
      waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      await promise;
      waiting.delete(wake);
      signal.removeEventListener('abort', wake);
    },

    // "From now on" is the moment of the call, not of the first read.
    follow: ({ after, filter }) => new Following(self, after ?? end, filter),

    closed: closed.signal,

    close() {
      closed.abort();
      wakeAll();
    },
  };
  return self;
}

/** A place in the log and what is wanted behind it; iterating reads it, in order and without end. */
export class Following implements AsyncIterable<LoggedMatch> {
  readonly after: bigint;
  readonly filter: MatchFilter;
  readonly #tail: MatchTail;

  constructor(tail: MatchTail, after: bigint, filter: MatchFilter) {
    this.#tail = tail;
    this.after = after;
    this.filter = filter;
  }

  /** `return` ends it at once, also while it waits for the log to grow: a generator alone would wait for the next match. */
  [Symbol.asyncIterator](): AsyncIterableIterator<LoggedMatch> {
    const left = new AbortController();
    const matches = this.#read(left.signal);
    return {
      next: () => matches.next(),
      async return() {
        left.abort();
        await matches.return();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  async *#read(left: AbortSignal): AsyncGenerator<LoggedMatch, void, undefined> {
    let cursor = this.after;
    const isOver = (): boolean => left.aborted || this.#tail.closed.aborted;
    while (!isOver()) {
      const { matches, reached } = await this.#tail.read(cursor, this.filter);
      for (const match of matches) {
        if (isOver()) return;
        yield match;
      }
      if (reached === cursor) await this.#tail.grown(cursor, left);
      cursor = reached;
    }
  }
}
