import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadAlerts } from '#delivery/alert.store.ts';
import { alertBody } from '#delivery/alert.ts';
import { listOverdueChannels, pruneDeliveries } from '#delivery/delivery-log.store.ts';
import { searchableWords } from '#match/words.ts';
import { deliverLog } from '#pipeline/deliver.ts';
import type { Queue } from '#pipeline/queue.ts';
import type { Database } from '#platform/database.ts';
import { createWatchLookup } from '#watch/watch-index.store.ts';
import { logMatch, seedChannel, seedWatch } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import { seedActor } from '../support/seed.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.db.watch.deleteMany();
});

const DAY_MS = 86_400_000;
const HOOK = { kind: 'WEBHOOK', url: 'https://example.org/hook' } as const;

test('attempts are kept for thirty days, the last thousand of each channel', async () => {
  const { db } = database;
  const watchId = await seedWatch(database);
  const [busy, quiet] = [
    await seedChannel(database, watchId, HOOK),
    await seedChannel(database, watchId, HOOK),
  ];
  const now = new Date('2026-03-12T08:00:00Z');
  const attempt = (channelId: number, messageId: string, days: number) => ({
    channelId,
    messageId,
    kind: 'ALERT' as const,
    outcome: 'DELIVERED' as const,
    durationMs: 1,
    startedAt: new Date(now.getTime() - days * DAY_MS),
  });
  await db.delivery.createMany({
    data: [
      ...Array.from({ length: 1_003 }, (_, index) => attempt(busy.id, String(index), 1)),
      attempt(quiet.id, 'old', 30.01),
      attempt(quiet.id, 'young', 29.99),
    ],
  });
  expect(await pruneDeliveries(db, now)).toBe(4);
  const kept = await db.delivery.findMany({ orderBy: { id: 'asc' }, select: { messageId: true } });
  expect(kept.map(({ messageId }) => messageId)).toEqual([
    ...Array.from({ length: 1_000 }, (_, index) => String(index + 3)),
    'young',
  ]);
  expect(await pruneDeliveries(db, now)).toBe(0);
});

test('a channel whose next attempt is long overdue is found again, and no other', async () => {
  const watchId = await seedWatch(database);
  const now = new Date('2026-03-12T08:00:00Z');
  const failing = async (minutes: number, status: 'ACTIVE' | 'PAUSED') => {
    const { id } = await seedChannel(database, watchId, HOOK);
    await database.db.channel.update({
      where: { id },
      data: { status, nextAttemptAt: new Date(now.getTime() - minutes * 60_000) },
    });
    return id;
  };
  const lost = await failing(11, 'ACTIVE');
  await failing(9, 'ACTIVE');
  await failing(11, 'PAUSED');
  expect(await listOverdueChannels(database.db, now)).toEqual([lost]);
});

test('a line wakes the watches that it passes and that deliver somewhere, also through who speaks for their actors', async () => {
  const { db } = database;
  const watch = async (filter: object, ...kinds: ('WEBHOOK' | 'FEED')[]) => {
    const id = await seedWatch(database, undefined, filter);
    const made = kinds.map((kind) => seedChannel(database, id, kind === 'FEED' ? { kind } : HOOK));
    return (await Promise.all(made)).map((channel) => channel.id);
  };
  const organization = await seedActor(db, { slug: 'kyutai', name: 'Kyutai', kind: 'LAB' });
  const named = await watch({ actors: ['patrick-perez'] }, 'WEBHOOK', 'WEBHOOK');
  const voiced = await watch({ actors: ['kyutai'], withSpokespeople: true }, 'WEBHOOK');
  await watch({ actors: ['kyutai'] }, 'WEBHOOK');
  await watch({ actors: ['patrick-perez'] });
  await watch({ actors: ['patrick-perez'] }, 'FEED');
  const quoted = await logMatch(database, { actor: 'Patrick Perez', kind: 'SPEAKING' });
  const { actorId } = await db.match.findUniqueOrThrow({ where: { seq: quoted.seq } });
  await db.affiliation.create({ data: { actorId, organizationId: organization } });
  const planned: number[] = [];
  const queue = {
    planDeliveries: async (jobs: readonly { readonly channelId: number }[]) => {
      planned.push(...jobs.map(({ channelId }) => channelId));
    },
  } as unknown as Queue;
  const context = { db, queue, watches: createWatchLookup(db) };
  await deliverLog(context);
  expect(planned.toSorted((a, b) => a - b)).toEqual([...named, ...voiced]);
  await deliverLog(context);
  expect(planned).toHaveLength(3);
});

test('an alert of a watch with words says which of them the article holds, in the webhook’s body too', async () => {
  const { db } = database;
  const { seq } = await logMatch(database, { actor: 'Mistral AI' });
  const words = searchableWords({ title: 'Mistral', text: 'Une levée de fonds à Paris.' });
  await db.match.update({ where: { seq }, data: { text: { create: { words } } } });
  const [alert] = await loadAlerts(db, [seq], { filter: { words: '"levées de fonds" (Lyon OR PARIS)' } });
  expect(alert?.foundWords).toEqual(['levées de fonds', 'PARIS']);
  expect(JSON.parse(alertBody('alert', { id: 'w', name: 'w' }, alert!)).data.foundWords).toEqual(
    alert?.foundWords,
  );
  const [plain] = await loadAlerts(db, [seq], { filter: {} });
  expect(plain?.foundWords).toEqual([]);
});
