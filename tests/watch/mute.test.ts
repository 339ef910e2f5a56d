import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverChannel } from '#pipeline/deliver-channel.ts';
import type { Database } from '#platform/database.ts';
import { muteWatch, unmuteWatch } from '#watch/mute.store.ts';
import {
  logMatch,
  runTurns,
  START,
  seedChannel,
  seedWatch,
  useClock,
  useDelivery,
} from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import { openGraph } from '../support/graph.ts';
import { status, useReceiver } from '../support/receiver.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const HOUR_MS = 3_600_000;
const hours = (count: number): Date => new Date(START.getTime() + count * HOUR_MS);

test('what is logged while a watch is muted is sent neither then nor afterwards, and what waited before is', async () => {
  const clock = useClock();
  const receiver = await useReceiver(status(204));
  const context = useDelivery(database);
  const { db } = database;
  const watchId = await seedWatch(database);
  const { id } = await seedChannel(database, watchId, { kind: 'WEBHOOK', url: receiver.url });
  const log = (title: string) => logMatch(database, { title });
  const sent = () =>
    receiver.received.map(
      ({ body }) => (JSON.parse(body) as { data: { article: { title: string } } }).data.article.title,
    );

  await log('before');
  clock.advance(1_000);
  await muteWatch(db, { watchId, until: hours(1), now: clock.now() });
  clock.advance(1_000);
  await log('first silence');
  // It waits for the end of the silence, and says when to come back.
  expect(await deliverChannel(context, id)).toEqual(hours(1));
  expect(sent()).toEqual([]);
  clock.set(hours(2));
  await muteWatch(db, { watchId, until: null, now: clock.now() });
  await log('second silence');
  expect(await deliverChannel(context, id)).toBeNull();
  clock.set(hours(3));
  await unmuteWatch(db, { watchId, now: clock.now() });
  await log('after');
  await runTurns(context, id);
  expect(sent()).toEqual(['before', 'after']);
});

test('a mail counts and tells nothing of what was logged in silence', async () => {
  const clock = useClock();
  const sent: string[] = [];
  const mail = {
    send: async ({ text }: { readonly text: string }) => {
      sent.push(text);
      return { outcome: 'DELIVERED', status: 250, problem: null } as never;
    },
    close() {},
  } as never;
  const context = useDelivery(database, { mail });
  const watchId = await seedWatch(database);
  const { id } = await seedChannel(database, watchId, {
    kind: 'MAIL',
    address: 'jeanne@example.org',
    schedule: 'DAILY',
    language: 'EN',
    hour: 8,
    weekday: 1,
    timeZone: 'Europe/Paris',
  });
  await logMatch(database, { title: 'Avant le silence' });
  clock.advance(1_000);
  await muteWatch(database.db, { watchId, until: hours(1), now: clock.now() });
  await logMatch(database, { title: 'Pendant le silence' });
  clock.set(hours(2));
  await logMatch(database, { title: 'Depuis le silence' });
  await runTurns(context, id, hours(48));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain('Avant le silence');
  expect(sent[0]).toContain('Depuis le silence');
  expect(sent[0]).not.toContain('Pendant le silence');
});

test('a watch is muted, for longer, and unmuted through the API, which plans what waited', async () => {
  const planned: number[] = [];
  const graph = openGraph(database, {
    jobs: { planDelivery: async (channelId: number) => void planned.push(channelId) },
  } as never);
  const watchId = await seedWatch(database);
  const hook = await seedChannel(database, watchId, { kind: 'WEBHOOK', url: 'https://example.org/hook' });
  await seedChannel(database, watchId, { kind: 'FEED' });
  const watch = Buffer.from(`Watch:${watchId}`).toString('base64');
  const call = async (field: string, input: object = {}) =>
    Object.values(
      await graph.ask<Record<string, unknown>>(
        `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) {
          ... on ${field.charAt(0).toUpperCase()}${field.slice(1)}Payload { watch { muted mutedUntil } }
          ... on UserError { code field } } }`,
        { input: { watch, ...input } },
      ),
    )[0];
  const until = '2999-01-01T00:00:00.000Z';
  expect(await call('muteWatch', { until })).toEqual({ watch: { muted: true, mutedUntil: until } });
  expect(await call('muteWatch')).toEqual({ watch: { muted: true, mutedUntil: null } });
  expect(await database.db.watchMute.count({ where: { watchId } })).toBe(1);
  const list = () =>
    graph.ask<{ watches: { nodes: object[] } }>('{ watches(last: 1) { nodes { muted mutedUntil } } }');
  await database.db.watch.update({ where: { id: watchId }, data: { name: 'zz, the last by name' } });
  expect((await list()).watches.nodes).toEqual([{ muted: true, mutedUntil: null }]);
  expect(await call('muteWatch', { until: '2020-01-01T00:00:00Z' })).toEqual({
    code: 'INVALID_INPUT',
    field: 'input.until',
  });
  expect(await call('unmuteWatch')).toEqual({ watch: { muted: false, mutedUntil: null } });
  expect(planned).toEqual([hook.id]);
  const nobody = { watch: Buffer.from('Watch:999999').toString('base64') };
  for (const field of ['muteWatch', 'unmuteWatch']) {
    expect(await call(field, nobody)).toEqual({ code: 'NOT_FOUND', field: 'input.watch' });
  }
});
