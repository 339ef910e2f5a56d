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
const CHUNK = 25;
/** Members that read and render the past at once: the live ones wait behind no more than these. */
const CATCHING_UP_MAX = 8;

/** A client’s end of a subscription. */
export interface Reader<Alert> {
  /** Hands an alert over, in order. `late`: the client had fallen behind and is being brought up. */
  send(alert: Alert, late: boolean): void;
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
  /** Never rejects, and gives the same for all subscriptions of one key. */
  render(match: LoggedMatch): Promise<Alert>;
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
export function createBroadcast<Alert>(options: {
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

function openGroup<Alert>({
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
  readonly render: (match: LoggedMatch) => Promise<Alert>;
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

  const handOut = (match: LoggedMatch, alert: Alert): void => {
    for (const member of live) {
      if (member.cursor >= match.seq) continue;
      member.cursor = match.seq;
      member.reader.send(alert, false);
      if (!member.reader.isFull()) continue;
      live.delete(member);
      void catchUp(member, true);
    }
  };

  const broadcast = async (): Promise<void> => {
    while (!empty.signal.aborted && !tail.closed.aborted) {
      try {
        const { matches, reached } = await tail.read(position, filter);
        if (reached === position) await tail.grown(position, empty.signal);
        for (let i = 0; i < matches.length; i += CHUNK) {
          const chunk = matches.slice(i, i + CHUNK);
          // Nobody live: whoever becomes it meanwhile stands before what is skipped, and reads it itself.
          const alerts = live.size === 0 ? null : await Promise.all(chunk.map(render));
          for (const [index, match] of chunk.entries()) {
            if (alerts !== null) handOut(match, alerts[index]!);
            position = match.seq;
          }
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

  /** Hands a member its next chunk, up to what it takes. */
  const readOn = async (member: Member<Alert>, late: boolean): Promise<void> => {
    if (member.left) return;
    const { matches, reached } = await tail.read(member.cursor, filter);
    const chunk = matches.slice(0, CHUNK);
    const alerts = await Promise.all(chunk.map(render));
    for (const [index, match] of chunk.entries()) {
      if (member.left || member.reader.isBusy()) return;
      member.cursor = match.seq;
      member.reader.send(alerts[index]!, late);
    }
    if (chunk.length === matches.length) member.cursor = reached;
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
