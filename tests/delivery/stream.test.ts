import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMatchTail } from '#delivery/stream.ts';
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import { createMemoryLog as createLog, SLUGS, someTurns } from '../support/memory-log.ts';
import { createRandom, type Random } from '../support/random.ts';

/** A subscriber that disconnects, and comes back with its last cursor, also after a failure, until it has seen `last`. */
async function subscribe(
  follow: Awaited<ReturnType<typeof openMatchTail>>['follow'],
  { filter, from, random, last }: { filter: MatchFilter; from: bigint; random: Random; last: () => bigint },
): Promise<bigint[]> {
  const seen: bigint[] = [];
  let cursor = from;
  while (cursor < last()) {
    try {
      for await (const match of follow({ after: cursor, filter })) {
        seen.push(match.seq);
        cursor = match.seq;
        if (cursor >= last() || random.chance(0.1)) break;
        await someTurns(random, 3);
      }
    } catch (error) {
      expect(error).toEqual(new Error('no database'));
    }
  }
  return seen;
}

describe('following the match log', () => {
  test('whatever is appended, lost, unreadable or interrupted, every subscriber sees every match once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          past: fc.nat(30),
          total: fc.integer({ min: 20, max: 80 }),
          lost: fc.constantFrom(0, 0.4, 0.9),
          failing: fc.constantFrom(0, 0, 0.2),
          tailSize: fc.constantFrom(2_000, 12, 3),
        }),
        async ({ seed, past, total, lost, failing, tailSize }) => {
          const random = createRandom(seed);
          const trouble = createRandom(seed + 1);
          let open = false;
          const log = createLog(random, () => open && trouble.chance(failing));
          for (let i = past; i > 0; i -= 1) log.append();
          const tail = await openMatchTail(log.source, () => {}, { tail: tailSize, page: 5 });
          open = true;
          const subscribers = Array.from({ length: 4 }, (_, index) => {
            const filter: MatchFilter = index % 2 === 0 ? {} : { actors: [SLUGS[random.below(3)]!] };
            const from = index < 2 ? 0n : (log.rows[random.below(log.rows.length + 1)]?.seq ?? 0n);
            return { filter, from, random: createRandom(seed * 31 + index) };
          });
          let written = false;
          const running = subscribers.map(({ filter, from, random: own }) =>
            subscribe(tail.follow, {
              filter,
              from,
              random: own,
              last: () => {
                if (!written) return 2n ** 62n;
                const rows = log.rows.filter((row) => row.seq > from && passesFilter(row, filter));
                return rows.at(-1)?.seq ?? from;
              },
            }),
          );
          for (let i = 0; i < total; i += 1) {
            log.append();
            if (!random.chance(lost)) void tail.refresh();
            await someTurns(random, 6);
          }
          // The last matches pass every filter: nobody waits for one that never comes.
          for (const slug of SLUGS) log.append(slug);
          written = true;
          // The heartbeat.
          while (tail.end < log.rows.at(-1)!.seq) await tail.refresh();
          const seen = await Promise.all(running);
          seen.forEach((sequence, index) => {
            const { filter, from } = subscribers[index]!;
            const passing = log.rows.filter((row) => row.seq > from && passesFilter(row, filter));
            expect(sequence.join()).toBe(passing.map((row) => row.seq).join());
          });
          tail.close();
        },
      ),
      { numRuns: 2_000 },
    );
  }, 120_000);

  test('a subscriber far behind the tail is served from the log, and then live', async () => {
    const random = createRandom(7);
    const log = createLog(random);
    const tail = await openMatchTail(log.source, (error) => {
      throw error;
    });
    for (let i = 0; i < 6_000; i += 1) log.append();
    await tail.refresh();
    const seen: bigint[] = [];
    for await (const match of tail.follow({ after: 0n, filter: {} })) {
      seen.push(match.seq);
      if (seen.length === 6_000) {
        log.append();
        void tail.refresh();
      }
      if (seen.length === 6_001) break;
    }
    expect(seen).toEqual(log.rows.map((row) => row.seq));
  });

  test('without a cursor a subscriber begins at the moment it subscribed', async () => {
    const log = createLog(createRandom(1));
    log.append();
    const tail = await openMatchTail(log.source, () => {});
    const following = tail.follow({ after: null, filter: {} })[Symbol.asyncIterator]();
    log.append();
    await tail.refresh();
    expect((await following.next()).value).toEqual(log.rows[1]);
    await following.return?.();
  });

  test('who leaves while it waits for the log to grow is let go at once', async () => {
    const tail = await openMatchTail(createLog(createRandom(1)).source, () => {});
    const following = tail.follow({ after: null, filter: {} })[Symbol.asyncIterator]();
    const waiting = following.next();
    await following.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('closing the tail ends every subscriber', async () => {
    const tail = await openMatchTail(createLog(createRandom(1)).source, () => {});
    const waiting = [1, 2, 3].map(() =>
      tail.follow({ after: null, filter: {} })[Symbol.asyncIterator]().next(),
    );
    await Promise.resolve();
    tail.close();
    expect(await Promise.all(waiting)).toEqual([1, 2, 3].map(() => ({ done: true, value: undefined })));
  });

  test('a refresh that fails is told, and the next one makes up for it', async () => {
    const log = createLog(createRandom(1));
    let failing = false;
    const errors: unknown[] = [];
    const tail = await openMatchTail(
      {
        ...log.source,
        read: (options) => (failing ? Promise.reject(new Error('no database')) : log.source.read(options)),
      },
      (error) => errors.push(error),
    );
    const next = tail.follow({ after: null, filter: {} })[Symbol.asyncIterator]().next();
    failing = true;
    log.append();
    await tail.refresh();
    failing = false;
    await tail.refresh();
    expect((await next).value).toEqual(log.rows[0]);
    expect(errors).toEqual([new Error('no database')]);
  });
});
