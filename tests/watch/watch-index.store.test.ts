/** The index of watches in several processes on one database. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readLog } from '#match/match.store.ts';
import type { Database } from '#platform/database.ts';
import { createWatchLookup, type WatchLookup } from '#watch/watch-index.store.ts';
import { logMatch, seedWatch } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  await logMatch(database, { actor: 'Kyutai', outlet: 'Le Sémaphore' });
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => void (await database.db.watch.deleteMany()));

const wantedBy = async (lookup: WatchLookup): Promise<number[]> => {
  const wanting = await lookup.wanting(await readLog(database.db, { after: 0n, limit: 10 }));
  return [...wanting.keys()].sort((a, b) => a - b);
};

test('a watch that is made, changed, renamed or deleted counts at the next look, in every process', async () => {
  const { db } = database;
  const processes = [createWatchLookup(db), createWatchLookup(db)];
  const all = () => Promise.all(processes.map(wantedBy));
  const early = await seedWatch(database, 'early', { actors: ['kyutai'] });
  expect(await all()).toEqual([[early], [early]]);
  const late = await seedWatch(database, 'late', { outlets: ['Le Sémaphore'] });
  expect(await all()).toEqual([
    [early, late],
    [early, late],
  ]);
  await db.watch.update({ where: { id: early }, data: { filter: { outlets: ['Ailleurs'] } } });
  await db.watch.update({ where: { id: late }, data: { name: 'later' } });
  expect(await all()).toEqual([[late], [late]]);
  await db.watch.update({ where: { id: early }, data: { filter: {} } });
  await db.watch.delete({ where: { id: late } });
  expect(await all()).toEqual([[early], [early]]);
});

test('many watches written by one statement are all read, and are deleted with it', async () => {
  const lookup = createWatchLookup(database.db);
  expect(await wantedBy(lookup)).toEqual([]);
  await database.db.$executeRaw`
    insert into watch (name, filter) select 'w' || n, '{"actors": ["kyutai"]}' from generate_series(1, 12000) n`;
  expect(await wantedBy(lookup)).toHaveLength(12_000);
  expect(await wantedBy(createWatchLookup(database.db))).toHaveLength(12_000);
  await database.db.watch.deleteMany();
  expect(await wantedBy(lookup)).toEqual([]);
});

test('a change that is committed late is not passed over by those that were committed before it', async () => {
  const { db } = database;
  const lookup = createWatchLookup(db);
  await lookup.refresh();
  const written = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const slow = db.$transaction(async (tx) => {
    await tx.watch.create({ data: { name: 'slow', filter: {} } });
    written.resolve();
    await release.promise;
  });
  await written.promise;
  const quick = db.watch.create({ data: { name: 'quick', filter: {} } });
  expect(await wantedBy(lookup)).toEqual([]);
  release.resolve();
  await Promise.all([slow, quick]);
  expect(await wantedBy(lookup)).toHaveLength(2);
});

test('a watch that cannot be understood wants nothing, is told of, and holds up nobody else', async () => {
  const good = await seedWatch(database, 'good', { actors: ['kyutai'] });
  const bad = await seedWatch(database, 'bad', { words: 'a (b' });
  const refused: number[] = [];
  const lookup = createWatchLookup(database.db, (watch) => refused.push(watch));
  expect(await wantedBy(lookup)).toEqual([good]);
  expect(refused).toEqual([bad]);
});
