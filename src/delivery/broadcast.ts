/**
 * One rendering of each alert for all who asked for the same.
 *
 * ```
 *            ┌─ group: equal filter and rendering ─────────────────────────────┐
 *  log ─────▶│ position ── next match, rendered once ──▶ every live member     │
 *            │                                             │ full    ▲ caught up
 *            │                                             ▼         │         │
 *            │                       cursor ── catching up: the log, at its own pace
 *            └─────────────────────────────────────────────────────────────────┘
 * ```
 * A member is live when its cursor stands at the group’s position or behind it: joining is that comparison and nothing
 * else, made in one turn with adding it, so there is no seam to get wrong. A live member that takes too little leaves the
 * others, and reads the log with its own cursor until it stands at the position again.
 */
import type { MatchFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import { createSlots } from './slots.ts';
import type { MatchTail } from './stream.ts';

/** Alerts rendered at a time, when many are waiting. */
const CHUNK = 50;
/** Alerts handed over at a time: one write each. A client that falls behind holds no more than this beyond its limit. */
const PARCEL = { alerts: 50, bytes: 32 * 1024 } as const;
/** Members that read and render the past at once: the live ones wait behind no more than these. */
const CATCHING_UP_MAX = 8;

/** What is handed to readers. */
interface Sized {
  /** Bytes that it takes up, nearly. */
  readonly size: number;
}

/** A client’s end of a subscription. */
export interface Reader<Alert> {
  /**
   * Hands alerts over, in order. Whoever gets the same is given the same list, to be encoded once. `late`: the client had
   * fallen behind and is being brought up.
   */
  send(alerts: readonly Alert[], late: boolean): void;
  /** It holds so much that it has to be left to itself. */
  isFull(): boolean;
  /** It holds enough: replay goes on after `drained`. */
  isBusy(): boolean;
  /** Resolves when everything was taken, or the client is gone. */
  drained(): Promise<void>;
}

export interface Subscription<Alert> {
  /** Equal for those who get equal alerts of equal matches. */
  readonly key: string;
  readonly filter: MatchFilter;
  /** The place in the log behind which it begins. */
  readonly after: bigint;
  readonly reader: Reader<Alert>;
  /** An alert of each match. Never rejects, and gives the same for all subscriptions of one key. */
  render(matches: readonly LoggedMatch[]): Promise<readonly Alert[]>;
}

export interface Broadcast<Alert> {
  /** Begins to serve; the returned function ends it. */
  join(subscription: Subscription<Alert>): () => void;
  /** Groups and their members, for measurements. */
  readonly groups: number;
}

interface Member<Alert> {
  cursor: bigint;
  left: boolean;
  readonly reader: Reader<Alert>;
}

interface Group<Alert> {
  join(after: bigint, reader: Reader<Alert>): () => void;
}

/** `pause` is awaited before the log is read again after a failure, of which `onError` is told. */
export function createBroadcast<Alert extends Sized>(options: {
  readonly tail: MatchTail;
  readonly onError: (error: unknown) => void;
  readonly pause: () => Promise<void>;
}): Broadcast<Alert> {
  const groups = new Map<string, Group<Alert>>();
  const catchingUp = createSlots(CATCHING_UP_MAX);
  return {
    join({ key, filter, after, render, reader }) {
      const id = JSON.stringify([key, filter]);
      let group = groups.get(id);
      if (group === undefined) {
        group = openGroup({ ...options, catchingUp, filter, render, onEmpty: () => groups.delete(id) });
        groups.set(id, group);
      }
      return group.join(after, reader);
    },
    get groups() {
      return groups.size;
    },
  };
}

function chunksOf(matches: readonly LoggedMatch[]): (readonly LoggedMatch[])[] {
  const count = Math.ceil(matches.length / CHUNK);
  return Array.from({ length: count }, (_, index) => matches.slice(index * CHUNK, (index + 1) * CHUNK));
}

/** Cuts alerts into stretches that are handed over together, from and to. */
function* parcels(alerts: readonly Sized[]): Generator<readonly [number, number]> {
  for (let from = 0, to = 0; from < alerts.length; from = to) {
    let bytes = 0;
    do bytes += alerts[to++]!.size;
    while (to < alerts.length && to - from < PARCEL.alerts && bytes + alerts[to]!.size <= PARCEL.bytes);
    yield [from, to];
  }
}

function openGroup<Alert extends Sized>({
  tail,
  filter,
  render,
  catchingUp,
  onError,
  pause,
  onEmpty,
}: {
  readonly tail: MatchTail;
  readonly filter: MatchFilter;
  readonly render: Subscription<Alert>['render'];
  readonly catchingUp: ReturnType<typeof createSlots>;
  readonly onError: (error: unknown) => void;
  readonly pause: () => Promise<void>;
  readonly onEmpty: () => void;
}): Group<Alert> {
  /** Everything that passes up to here was handed to those who were live. */
  let position = tail.end;
  const live = new Set<Member<Alert>>();
  let members = 0;
  const empty = new AbortController();

  const handOut = (matches: readonly LoggedMatch[], alerts: readonly Alert[]): void => {
    for (const [from, to] of parcels(alerts)) {
      const parcel = alerts.slice(from, to);
      const first = matches[from]!.seq;
      const last = matches[to - 1]!.seq;
      for (const member of live) {
        const { cursor, reader } = member;
        if (cursor >= last) continue;
        member.cursor = last;
        // Who began in between stands within.
        reader.send(
          cursor < first ? parcel : parcel.filter((_, index) => matches[from + index]!.seq > cursor),
          false,
        );
        if (!reader.isFull()) continue;
        live.delete(member);
        void catchUp(member, true);
      }
      position = last;
    }
  };

  const broadcast = async (): Promise<void> => {
    while (!empty.signal.aborted && !tail.closed.aborted) {
      try {
        const { matches, reached } = await tail.read(position, filter);
        if (reached === position) await tail.grown(position, empty.signal);
        const chunks = chunksOf(matches);
        // Nobody live: nothing is rendered. While one chunk is written, the next is rendered.
        const begin = (chunk = chunks.shift()) =>
          chunk && { chunk, alerts: live.size === 0 ? null : render(chunk) };
        for (let next = begin(); next !== undefined; ) {
          const { chunk } = next;
          const rendered = await next.alerts;
          next = begin();
          // Whoever becomes live stands before what is skipped, as long as that is one turn with looking.
          if (live.size > 0) handOut(chunk, rendered ?? (await render(chunk)));
          position = chunk.at(-1)!.seq;
        }
        position = reached;
      } catch (error) {
        onError(error);
        await pause();
      }
    }
  };

  /** Serves a member from its own cursor until it can be live. */
  const catchUp = async (member: Member<Alert>, late: boolean): Promise<void> => {
    const { reader } = member;
    while (!member.left && !tail.closed.aborted) {
      if (reader.isBusy()) {
        await reader.drained();
        continue;
      }
      if (member.cursor >= position) {
        live.add(member);
        return;
      }
      try {
        const before = member.cursor;
        await catchingUp.take(() => readOn(member, late));
        if (member.cursor === before && !member.left && !reader.isBusy()) {
          // The group has read further than the tail knows yet.
          await tail.grown(before, empty.signal);
        }
      } catch (error) {
        onError(error);
        await pause();
      }
    }
  };

  /** Hands a member its next stretch of the log, up to what it takes. */
  const readOn = async (member: Member<Alert>, late: boolean): Promise<void> => {
    if (member.left) return;
    const { matches, reached } = await tail.read(member.cursor, filter);
    for (const chunk of chunksOf(matches)) {
      const alerts = await render(chunk);
      for (const [from, to] of parcels(alerts)) {
        if (member.left || member.reader.isBusy()) return;
        member.cursor = chunk[to - 1]!.seq;
        member.reader.send(alerts.slice(from, to), late);
      }
    }
    member.cursor = reached;
  };

  void broadcast();
  return {
    join(after, reader) {
      const member: Member<Alert> = { cursor: after, left: false, reader };
      members += 1;
      void catchUp(member, false);
      return () => {
        if (member.left) return;
        member.left = true;
        live.delete(member);
        members -= 1;
        if (members > 0) return;
        empty.abort();
        onEmpty();
      };
    },
  };
}
