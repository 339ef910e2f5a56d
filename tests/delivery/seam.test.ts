/**
 * The seam between the log in Postgres and what is sent live, on real transactions and notifications: many write at once and
 * some of them roll back, connections that listen are cut, processes end and begin, subscribers come and go.
 */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Broadcast, createBroadcast, type Reader } from '#delivery/broadcast.ts';
import { createLogSource } from '#delivery/log-source.store.ts';
import { type MatchTail, openMatchTail } from '#delivery/stream.ts';
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import { appendMatches, newestSeq, readLog } from '#match/match.store.ts';
import type { LoggedMatch } from '#match/match.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { lockLog } from '#platform/log-lock.ts';
import { createNotifications, MATCH_CHANNEL } from '#platform/notifications.ts';
import { createTestDatabase } from '../support/database.ts';
import { createRandom, type Random } from '../support/random.ts';
import { seedActor, seedArticle } from '../support/seed.ts';

const SLUGS = ['mistral-ai', 'kyutai', 'dust'];
const ROLLED_BACK = 'rolled back on purpose';
/** Under the real five seconds, so that what only a heartbeat finds is found soon. */
const HEARTBEAT_MS = 20;

interface Alert {
  readonly seq: bigint;
  readonly size: number;
}

const render = async (lines: readonly LoggedMatch[]): Promise<readonly Alert[]> =>
  lines.map(({ seq }) => ({ seq, size: 10_000 }));

let database: Database;
let article: { readonly id: number; readonly storyId: number };
let actors: readonly number[];
beforeAll(async () => {
  database = await createTestDatabase();
  article = await seedArticle(database.db, { url: 'https://quotidien.example/1' });
  actors = await Promise.all(
    SLUGS.map((slug) => seedActor(database.db, { slug, name: slug, kind: 'COMPANY' })),
  );
});
afterAll(() => database[Symbol.asyncDispose]());

/** An `api` process, as far as the log goes: wired as the server does it. */
interface Replica extends AsyncDisposable {
  readonly tail: MatchTail;
  readonly broadcast: Broadcast<Alert>;
}

async function openReplica(isLost: () => boolean): Promise<Replica> {
  const { db, pool, url } = database;
  const notifications = await createNotifications(url, createLog('silent'));
  let refresh = (): void => {};
  const stop = notifications.listen(MATCH_CHANNEL, () => {
    if (!isLost()) refresh();
  });
  const onError = (error: unknown): never => {
    throw error;
  };
  const tail = await openMatchTail(createLogSource({ db, pool }), onError, { tail: 30, page: 7 });
  refresh = () => void tail.refresh();
  refresh();
  const heartbeat = setInterval(refresh, HEARTBEAT_MS);
  return {
    tail,
    broadcast: createBroadcast<Alert>({ tail, onError, pause: () => pause(10) }),
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      stop();
      tail.close();
      await notifications[Symbol.asyncDispose]();
    },
  };
}

/** Writes as the pipeline does, some transactions longer than others, some in vain; how many lines were committed. */
async function write(random: Random, transactions: number): Promise<number> {
  let committed = 0;
  for (let i = 0; i < transactions; i += 1) {
    const matches = Array.from({ length: 1 + random.below(4) }, () => ({
      articleId: article.id,
      storyId: article.storyId,
      actorId: actors[random.below(actors.length)]!,
      facts: [],
      reasons: [],
    }));
    const rollsBack = random.chance(0.2);
    try {
      await database.db.$transaction(async (tx) => {
        await lockLog(tx);
        await appendMatches(tx, matches, new Date());
        // The numbers are drawn: whoever does not wait for the lock would overtake now.
        if (random.chance(0.5)) await tx.$executeRaw`select pg_sleep(${random.next() * 0.003})`;
        if (rollsBack) throw new Error(ROLLED_BACK);
      });
      committed += matches.length;
    } catch (error) {
      if ((error as Error).message !== ROLLED_BACK) throw error;
    }
  }
  return committed;
}

/** Cuts every connection that listens, as a failing network would; how many there were. */
async function cutListeners(): Promise<number> {
  const [{ cut }] = await database.db.$queryRaw<[{ cut: number }]>`
    select count(*) filter (where pg_terminate_backend(pid))::int4 as cut from pg_stat_activity
     where datname = current_database() and query like 'listen %'`;
  return cut;
}

/** Takes what it is sent at once, or, when slow, as long as it has room for, and breaks off now and then. */
async function subscribe(options: {
  readonly filter: MatchFilter;
  readonly from: bigint;
  readonly random: Random;
  readonly slow: boolean;
  readonly replica: () => Replica | undefined;
  readonly isOver: (cursor: bigint) => boolean;
}): Promise<readonly bigint[]> {
  const { filter, random, slow, isOver } = options;
  const seen: bigint[] = [];
  let cursor = options.from;
  while (!isOver(cursor)) {
    const replica = options.replica();
    if (replica === undefined) {
      await pause(1);
      continue;
    }
    let held: bigint[] = [];
    let drained = Promise.withResolvers<void>();
    const reader: Reader<Alert> = {
      send: (alerts) => void held.push(...alerts.map(({ seq }) => seq)),
      isFull: () => held.length >= (slow ? 4 : 50),
      isBusy: () => held.length >= (slow ? 2 : 25),
      drained: () => drained.promise,
    };
    const leave = replica.broadcast.join({ key: '', filter, after: cursor, reader, render });
    for (let stays = 1 + random.below(40); stays > 0 && !replica.tail.closed.aborted; stays -= 1) {
      await pause(slow ? 3 : 1);
      const taken = held;
      held = [];
      drained.resolve();
      drained = Promise.withResolvers();
      seen.push(...taken);
      cursor = taken.at(-1) ?? cursor;
      if (isOver(cursor)) break;
    }
    // What is sent from here on is lost with the connection.
    leave();
    drained.resolve();
  }
  return seen;
}

test('whatever commits at once, rolls back, is cut off or restarted, every subscriber sees every match once, in order', async () => {
  const met = { lines: 0, cuts: 0, restarts: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(),
        writers: fc.integer({ min: 2, max: 5 }),
        transactions: fc.integer({ min: 2, max: 6 }),
        lost: fc.constantFrom(0, 0.5, 1),
        cuts: fc.nat(2),
        restarts: fc.nat(2),
      }),
      async ({ seed, writers, transactions, lost, cuts, restarts }) => {
        const random = createRandom(seed);
        const isLost = () => random.chance(lost);
        const { db } = database;
        const running = await Promise.all([openReplica(isLost), openReplica(isLost)]);
        const before = await newestSeq(db);
        const subscribers = Array.from({ length: 8 }, (_, index) => {
          const own = createRandom(seed * 31 + index);
          const past = index < 4 ? 0 : own.below(60);
          return {
            filter: index % 3 === 0 ? { actors: [SLUGS[own.below(3)]!] } : {},
            from: before > past ? before - BigInt(past) : 0n,
            random: own,
            slow: index % 4 === 3,
            replica: () => running[own.below(running.length)],
          };
        });
        /** What each is due, once everything is written. */
        let due: readonly (readonly bigint[])[] | null = null;
        let isAbandoned = false;
        const seen = subscribers.map((subscriber, index) =>
          subscribe({
            ...subscriber,
            isOver: (cursor) => isAbandoned || (due !== null && cursor >= (due[index]!.at(-1) ?? 0n)),
          }),
        );
        const restart = async (): Promise<void> => {
          const [old] = running.splice(random.below(running.length), 1);
          await old?.[Symbol.asyncDispose]();
          running.push(await openReplica(isLost));
          met.restarts += 1;
        };
        const cut = async (): Promise<void> => {
          met.cuts += await cutListeners();
        };
        const troubles = [
          ...Array.from({ length: cuts }, () => cut),
          ...Array.from({ length: restarts }, () => restart),
        ];
        const trouble = async (): Promise<void> => {
          for (const happen of troubles) {
            await pause(random.below(30));
            await happen();
          }
        };
        try {
          const [, ...written] = await Promise.all([
            trouble(),
            ...Array.from({ length: writers }, (_, index) =>
              write(createRandom(seed * 7 + index), transactions),
            ),
          ]);
          const lines = await readLog(db, { after: before, limit: 1_000 });
          expect(lines.length).toBe(written.reduce((sum, count) => sum + count, 0));
          const all = await readLog(db, { after: before > 60n ? before - 60n : 0n, limit: 1_000 });
          due = subscribers.map(({ filter, from }) =>
            all.filter((line) => line.seq > from && passesFilter(line, filter)).map(({ seq }) => seq),
          );
          const results = await Promise.all(seen);
          expect(results).toEqual(due);
          met.lines += lines.length;
        } finally {
          isAbandoned = true;
          await Promise.all(running.map((replica) => replica[Symbol.asyncDispose]()));
        }
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
  expect(met.lines).toBeGreaterThan(600);
  expect(Math.min(met.cuts, met.restarts)).toBeGreaterThan(20);
}, 120_000);
