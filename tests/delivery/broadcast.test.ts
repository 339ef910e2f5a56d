import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Broadcast, createBroadcast, type Reader } from '#delivery/broadcast.ts';
import { type LogSource, type MatchTail, openMatchTail } from '#delivery/stream.ts';
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import { createMemoryLog, SLUGS, someTurns } from '../support/memory-log.ts';
import { createRandom, type Random } from '../support/random.ts';

/** As large as three of them are handed over together at most. */
const SIZE = 10_000;
const TOGETHER = 3;

interface TestAlert {
  readonly seq: bigint;
  readonly size: number;
}

interface Sent {
  readonly seq: bigint;
  readonly late: boolean;
}

/** A client that takes what it is sent when `take` is called, has room for `full`, and remembers the most it ever held. */
function createClient(full: number) {
  const held: Sent[] = [];
  const drained = new Set<() => void>();
  let most = 0;
  const reader: Reader<TestAlert> = {
    send(alerts, late) {
      held.push(...alerts.map(({ seq }) => ({ seq, late })));
      most = Math.max(most, held.length);
    },
    isFull: () => held.length >= full,
    isBusy: () => held.length >= full / 2,
    drained: () => new Promise((done) => (held.length === 0 ? done() : drained.add(done))),
  };
  const release = (): void => {
    for (const done of drained) done();
    drained.clear();
  };
  return {
    reader,
    release,
    most: () => most,
    take(): Sent | undefined {
      const next = held.shift();
      if (held.length === 0) release();
      return next;
    },
  };
}

const render = (random: Random) => async (matches: readonly LoggedMatch[]) => {
  await someTurns(random, 5);
  return matches.map(({ seq }) => ({ seq, size: SIZE }));
};

const turn = () => new Promise<void>((done) => setImmediate(done));

interface Sizes {
  readonly tail: number;
  readonly page: number;
}

/** An `api` process: a tail of the log, and the subscribers it serves. */
interface Replica {
  readonly tail: MatchTail;
  readonly broadcast: Broadcast<TestAlert>;
}

async function openReplica(source: LogSource, sizes: Sizes): Promise<Replica> {
  const tail = await openMatchTail(source, () => {}, sizes);
  return { tail, broadcast: createBroadcast<TestAlert>({ tail, onError: () => {}, pause: turn }) };
}

/** A subscriber that breaks off, loses what was on its way and comes back, wherever it is let, with the last cursor it dealt with. */
async function subscribe(options: {
  readonly filter: MatchFilter;
  readonly from: bigint;
  readonly random: Random;
  readonly slow: boolean;
  /** Alerts that it holds. */
  readonly room: number;
  readonly replica: () => Replica | undefined;
  readonly isOver: (cursor: bigint) => boolean;
}): Promise<{ readonly seen: bigint[]; readonly most: number; readonly visits: number }> {
  const { filter, random, slow, isOver } = options;
  const seen: bigint[] = [];
  let cursor = options.from;
  let most = 0;
  let visits = 0;
  const rendering = render(random);
  while (!isOver(cursor)) {
    const replica = options.replica();
    if (replica === undefined) {
      await turn();
      continue;
    }
    const client = createClient(options.room);
    const leave = replica.broadcast.join({
      key: 'all fields',
      filter,
      after: cursor,
      reader: client.reader,
      render: rendering,
    });
    visits += 1;
    while (!isOver(cursor) && !replica.tail.closed.aborted) {
      await someTurns(random, slow ? 20 : 3);
      await turn();
      for (let takes = slow ? 1 : 4; takes > 0; takes -= 1) {
        const next = client.take();
        if (next === undefined) break;
        seen.push(next.seq);
        cursor = next.seq;
      }
      if (random.chance(0.05)) break;
    }
    leave();
    client.release();
    most = Math.max(most, client.most());
  }
  return { seen, most, visits };
}

describe('broadcasting the match log', () => {
  test('whatever is appended, lost, slow, broken off, restarted or unreadable, every subscriber sees every match once, in order', async () => {
    const met = { lates: 0, visits: 0, restarts: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          past: fc.nat(60),
          total: fc.integer({ min: 5, max: 40 }),
          lost: fc.constantFrom(0, 0.3, 0.9),
          failing: fc.constantFrom(0, 0, 0.2),
          // Short tails and pages: subscribers move between memory and the log all the time.
          sizes: fc.record({ tail: fc.constantFrom(4, 12, 40), page: fc.constantFrom(2, 5, 50) }),
          room: fc.constantFrom(6, 6, 80),
          replicas: fc.integer({ min: 1, max: 3 }),
          restarting: fc.constantFrom(0, 0.05, 0.2),
        }),
        async ({ seed, past, total, lost, failing, sizes, room, replicas, restarting }) => {
          const random = createRandom(seed);
          const trouble = createRandom(seed + 1);
          let open = false;
          const log = createMemoryLog(random, () => open && trouble.chance(failing));
          for (let i = past; i > 0; i -= 1) log.append();
          const running: Replica[] = [];
          for (let i = 0; i < replicas; i += 1) running.push(await openReplica(log.source, sizes));
          open = true;
          const restart = async (): Promise<void> => {
            const [old] = running.splice(random.below(running.length), 1);
            if (old === undefined) return;
            met.restarts += 1;
            old.tail.close();
            for (;;) {
              try {
                running.push(await openReplica(log.source, sizes));
                return;
              } catch {
                // The log cannot be read: the process ends, and is started again.
                await turn();
              }
            }
          };
          let written = false;
          const expected = (filter: MatchFilter, from: bigint) =>
            log.rows.filter((row) => row.seq > from && passesFilter(row, filter)).map(({ seq }) => seq);
          const end = running[0]!.tail.end;
          const subscribers = Array.from({ length: 6 }, (_, index) => {
            const own = createRandom(seed * 31 + index);
            const filter: MatchFilter = index % 3 === 0 ? { actors: [SLUGS[own.below(3)]!] } : {};
            const from = index < 2 ? end : (log.rows[own.below(log.rows.length + 1)]?.seq ?? 0n);
            let last: bigint | null = null;
            const isOver = (cursor: bigint): boolean => {
              if (!written) return false;
              last ??= expected(filter, from).at(-1) ?? from;
              return cursor >= last;
            };
            const replica = () => running[own.below(running.length)];
            return { filter, from, random: own, slow: index % 2 === 1, room, isOver, replica };
          });
          let seeing = subscribers.length;
          const seen = subscribers.map((subscriber) => subscribe(subscriber).finally(() => (seeing -= 1)));
          const restarts: Promise<void>[] = [];
          for (let i = 0; i < total; i += 1) {
            log.append();
            for (const { tail } of running) if (!random.chance(lost)) void tail.refresh();
            if (random.chance(restarting)) restarts.push(restart());
            if (random.chance(0.3)) await turn();
          }
          written = true;
          while (seeing > 0) {
            // The heartbeat.
            for (const { tail } of running) void tail.refresh();
            await turn();
          }
          const results = await Promise.all(seen);
          results.forEach(({ seen, most, visits }, index) => {
            const { filter, from } = subscribers[index]!;
            expect(seen.join()).toBe(expected(filter, from).join());
            expect(most).toBeLessThan(room + TOGETHER);
            if (most >= room) met.lates += 1;
            met.visits += visits;
          });
          await Promise.all(restarts);
          for (const { tail, broadcast } of running) {
            expect(broadcast.groups).toBe(0);
            tail.close();
          }
        },
      ),
      { numRuns: 2_000 },
    );
    // The schedules are hard enough: clients are filled to the brim, come back, and find other processes.
    expect(met.lates).toBeGreaterThan(1_000);
    expect(met.visits).toBeGreaterThan(20_000);
    expect(met.restarts).toBeGreaterThan(2_000);
  }, 120_000);

  test('who takes what it is sent is replayed to with one reading a page of the log; who takes little, all the same whole', async () => {
    const random = createRandom(7);
    const log = createMemoryLog(random);
    for (let line = 0; line < 1_000; line += 1) log.append();
    let reads = 0;
    const source: LogSource = {
      ...log.source,
      read: (options) => {
        if (options.filter !== undefined) reads += 1;
        return log.source.read(options);
      },
    };
    const { tail, broadcast } = await openReplica(source, { tail: 10, page: 200 });
    const all = log.rows.map(({ seq }) => seq);
    const replay = async (room: number): Promise<bigint[]> => {
      const client = createClient(room);
      const subscription = {
        key: 'all',
        filter: {},
        after: 0n,
        reader: client.reader,
        render: render(random),
      };
      const leave = broadcast.join(subscription);
      const seen: bigint[] = [];
      while (seen.length < all.length) {
        for (let next = client.take(); next !== undefined; next = client.take()) seen.push(next.seq);
        await turn();
      }
      leave();
      return seen;
    };
    expect(await replay(10_000)).toEqual(all);
    expect(reads).toBe(5);
    expect(await replay(8)).toEqual(all);
    tail.close();
  });

  test('over a day of comings and goings, forty dashboards miss nothing and get nothing twice', async () => {
    const random = createRandom(24);
    const log = createMemoryLog(random);
    const tail = await openMatchTail(log.source, () => {}, { tail: 50, page: 20 });
    const broadcast = createBroadcast<TestAlert>({ tail, onError: () => {}, pause: async () => {} });
    const dashboards = Array.from({ length: 40 }, () => ({
      seen: [] as bigint[],
      open: null as { client: ReturnType<typeof createClient>; leave: () => void } | null,
    }));
    type Dashboard = (typeof dashboards)[number];
    const connect = (dashboard: Dashboard): void => {
      const client = createClient(6);
      const after = dashboard.seen.at(-1) ?? 0n;
      const subscription = { key: 'all', filter: {}, after, reader: client.reader, render: render(random) };
      dashboard.open = { client, leave: broadcast.join(subscription) };
    };
    const take = ({ open, seen }: Dashboard): void => {
      for (let next = open?.client.take(); next !== undefined; next = open?.client.take())
        seen.push(next.seq);
    };
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      for (const dashboard of dashboards) {
        if (dashboard.open === null) {
          if (random.chance(0.01)) connect(dashboard);
        } else if (random.chance(0.005)) {
          // What was on its way is lost with the connection.
          dashboard.open.leave();
          dashboard.open.client.release();
          dashboard.open = null;
        }
        take(dashboard);
      }
      for (let news = random.below(3); news > 0; news -= 1) log.append();
      // Every third notification is lost; the heartbeat comes all the same.
      if (random.chance(0.66) || minute % 5 === 0) await tail.refresh();
      await turn();
    }
    await tail.refresh();
    for (const dashboard of dashboards) if (dashboard.open === null) connect(dashboard);
    const all = log.rows.map(({ seq }) => seq);
    while (dashboards.some(({ seen }) => seen.length < all.length)) {
      dashboards.forEach(take);
      await turn();
    }
    expect(all.length).toBeGreaterThan(1_000);
    for (const { seen } of dashboards) expect(seen).toEqual(all);
    for (const { open } of dashboards) open!.leave();
    expect(broadcast.groups).toBe(0);
  });
});
