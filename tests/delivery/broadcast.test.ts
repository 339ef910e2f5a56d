import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Broadcast, createBroadcast, type Reader } from '#delivery/broadcast.ts';
import { openMatchTail } from '#delivery/stream.ts';
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import { createMemoryLog, SLUGS, someTurns } from '../support/memory-log.ts';
import { createRandom, type Random } from '../support/random.ts';

const BUSY = 3;
const FULL = 6;

interface Sent {
  readonly seq: bigint;
  readonly late: boolean;
}

/** A client that takes what it is sent when `take` is called, and remembers the most it ever held. */
function createClient() {
  const held: Sent[] = [];
  const drained = new Set<() => void>();
  let most = 0;
  const reader: Reader<bigint> = {
    send(seq, late) {
      held.push({ seq, late });
      most = Math.max(most, held.length);
    },
    isFull: () => held.length >= FULL,
    isBusy: () => held.length >= BUSY,
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

const render = (random: Random) => async (match: LoggedMatch) => {
  await someTurns(random, 5);
  return match.seq;
};

/** A subscriber that breaks off, loses what was on its way and comes back with the last cursor it dealt with. */
async function subscribe(
  broadcast: Broadcast<bigint>,
  options: {
    readonly filter: MatchFilter;
    readonly from: bigint;
    readonly random: Random;
    readonly slow: boolean;
    readonly isOver: (cursor: bigint) => boolean;
  },
): Promise<{ readonly seen: bigint[]; readonly most: number }> {
  const { filter, random, slow, isOver } = options;
  const seen: bigint[] = [];
  let cursor = options.from;
  let most = 0;
  const rendering = render(random);
  while (!isOver(cursor)) {
    const client = createClient();
    const leave = broadcast.join({
      key: 'all fields',
      filter,
      after: cursor,
      reader: client.reader,
      render: rendering,
    });
    while (!isOver(cursor)) {
      await someTurns(random, slow ? 40 : 3);
      await new Promise((done) => setImmediate(done));
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
  return { seen, most };
}

describe('broadcasting the match log', () => {
  test('whatever is appended, lost, slow, broken off or unreadable, every subscriber sees every match once, in order', async () => {
    let lates = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          past: fc.nat(40),
          total: fc.integer({ min: 5, max: 60 }),
          lost: fc.constantFrom(0, 0.3, 0.9),
          failing: fc.constantFrom(0, 0, 0.2),
        }),
        async ({ seed, past, total, lost, failing }) => {
          const random = createRandom(seed);
          const trouble = createRandom(seed + 1);
          let open = false;
          const log = createMemoryLog(random, () => open && trouble.chance(failing));
          for (let i = past; i > 0; i -= 1) log.append();
          const tail = await openMatchTail(log.source, () => {}, { tail: 12, page: 5 });
          open = true;
          const broadcast = createBroadcast<bigint>({
            tail,
            onError: () => {},
            pause: () => new Promise((done) => setImmediate(done)),
          });
          let written = false;
          const expected = (filter: MatchFilter, from: bigint) =>
            log.rows.filter((row) => row.seq > from && passesFilter(row, filter)).map(({ seq }) => seq);
          const subscribers = Array.from({ length: 6 }, (_, index) => {
            const own = createRandom(seed * 31 + index);
            const filter: MatchFilter = index % 3 === 0 ? { actors: [SLUGS[own.below(3)]!] } : {};
            const from = index < 2 ? tail.end : (log.rows[own.below(log.rows.length + 1)]?.seq ?? 0n);
            const isOver = (cursor: bigint) => written && cursor >= (expected(filter, from).at(-1) ?? from);
            return { filter, from, random: own, slow: index % 2 === 1, isOver };
          });
          const running = subscribers.map((subscriber) => subscribe(broadcast, subscriber));
          for (let i = 0; i < total; i += 1) {
            log.append();
            if (!random.chance(lost)) void tail.refresh();
            if (random.chance(0.3)) await new Promise((done) => setImmediate(done));
          }
          written = true;
          // The heartbeat.
          const beating = setInterval(() => void tail.refresh(), 1);
          const results = await Promise.all(running);
          clearInterval(beating);
          results.forEach(({ seen, most }, index) => {
            const { filter, from } = subscribers[index]!;
            expect(seen).toEqual(expected(filter, from));
            expect(most).toBeLessThanOrEqual(FULL);
            if (most === FULL) lates += 1;
          });
          expect(broadcast.groups).toBe(0);
          tail.close();
        },
      ),
      { numRuns: 1_000 },
    );
    // The schedules are hard enough to fill some clients to the brim.
    expect(lates).toBeGreaterThan(50);
  });

  test('over a day of comings and goings, forty dashboards miss nothing and get nothing twice', async () => {
    const random = createRandom(24);
    const log = createMemoryLog(random);
    const tail = await openMatchTail(log.source, () => {}, { tail: 50, page: 20 });
    const broadcast = createBroadcast<bigint>({ tail, onError: () => {}, pause: async () => {} });
    const turn = () => new Promise((done) => setImmediate(done));
    const dashboards = Array.from({ length: 40 }, () => ({
      seen: [] as bigint[],
      open: null as { client: ReturnType<typeof createClient>; leave: () => void } | null,
    }));
    type Dashboard = (typeof dashboards)[number];
    const connect = (dashboard: Dashboard): void => {
      const client = createClient();
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
