/** Channels as they run: workers on one queue, woken by the log. */
import { expect, onTestFinished, test } from 'vitest';
import { deliverChannel } from '#pipeline/deliver-channel.ts';
import { createQueueLogger, openQueue } from '#pipeline/queue.ts';
import { startWorkerProcess } from '#pipeline/start.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { MATCH_CHANNEL } from '#platform/notifications.ts';
import { logMatch, seedChannel, seedWatch, useDelivery } from '../support/channels.ts';
import { useTestDatabase } from '../support/database.ts';
import { status, useReceiver } from '../support/receiver.ts';

const CONFIG = readConfig({
  VIGIE_ALLOW_HOSTS: '127.0.0.1',
  VIGIE_POLL_CONCURRENCY: '1',
  VIGIE_DELIVERY_CONCURRENCY: '8',
});
const ALERTS = 12;

test('two workers deliver each alert once and in order to every channel, while one receiver hangs and another fails', async () => {
  const database = await useTestDatabase();
  const released = Promise.withResolvers<void>();
  const [good, hanging, failing] = await Promise.all([
    useReceiver(),
    useReceiver(async (response) => {
      await released.promise;
      response.writeHead(500).end();
    }),
    useReceiver(status(500)),
  ]);
  const watchId = await seedWatch(database);
  const others = await seedWatch(database, undefined, { actors: ['kyutai'] });
  const urls = ['a', 'b', 'c', 'd', 'e'].map((name) => `${good.url}/${name}`);
  const channels = [];
  for (const url of [...urls, hanging.url, failing.url])
    channels.push(await seedChannel(database, watchId, { kind: 'WEBHOOK', url }));
  await seedChannel(database, others, { kind: 'WEBHOOK', url: `${good.url}/other` });

  const context = { clock: systemClock, log: createLog('silent') };
  const workers = await Promise.all([
    startWorkerProcess(CONFIG, database, context),
    startWorkerProcess(CONFIG, database, context),
  ]);
  let stopped: Promise<unknown> | null = null;
  const stop = (): Promise<unknown> => {
    released.resolve();
    stopped ??= Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
    return stopped;
  };
  onTestFinished(async () => void (await stop()));

  const titles: string[] = [];
  for (let count = 0; count < ALERTS; count += 1) {
    titles.push(`Alerte ${count}`);
    await logMatch(database, { title: titles.at(-1)! });
    await database.db.$executeRaw`select pg_notify(${MATCH_CHANNEL}, '')`;
  }
  await good.until(ALERTS * urls.length);
  await Promise.all([hanging.until(1), failing.until(1)]);
  await stop();

  // Whatever the queue still holds finds nothing to do.
  const alone = useDelivery(database);
  for (const { id } of channels.slice(0, urls.length)) expect(await deliverChannel(alone, id)).toBeNull();
  for (const url of urls) {
    const path = new URL(url).pathname;
    const received = good.received.filter((request) => request.path === path);
    expect(received.map(({ body }) => JSON.parse(body).data.article.title)).toEqual(titles);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(ALERTS);
  }
  expect(good.received).toHaveLength(ALERTS * urls.length);
  const failed = await database.db.channel.findMany({
    where: { failingSince: { not: null } },
    orderBy: { id: 'asc' },
  });
  expect(failed.map(({ id }) => id)).toEqual(channels.slice(urls.length).map(({ id }) => id));
});

test('a channel has one planned turn, never two at once, and what is planned during a turn comes after it', async () => {
  const database = await useTestDatabase();
  const queue = await openQueue(database.pool, createQueueLogger({ warn() {} }));
  onTestFinished(() => queue[Symbol.asyncDispose]());
  const jobs = async () =>
    (
      await database.pool.query<{ key: string | null; run_at: Date; queue_name: string }>(
        'select key, run_at, queue_name from graphile_worker.jobs order by id',
      )
    ).rows;
  const [soon, later] = [new Date('2030-01-01T00:00:00Z'), new Date('2030-01-02T00:00:00Z')];
  await queue.planDeliveries([{ channelId: 7, at: later }], { keep: true });
  await queue.planDeliveries([{ channelId: 7, at: soon }], { keep: true });
  expect(await jobs()).toEqual([{ key: 'deliver-channel:7', run_at: later, queue_name: 'channel:7' }]);
  await queue.planDeliveries([{ channelId: 7, at: soon }], { keep: false });
  expect(await jobs()).toMatchObject([{ run_at: soon }]);
  // A turn is under way.
  await database.pool.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w'`);
  await queue.planDeliveries([{ channelId: 7, at: later }], { keep: true });
  expect(await jobs()).toMatchObject([
    { key: null, queue_name: 'channel:7' },
    { key: 'deliver-channel:7', run_at: later, queue_name: 'channel:7' },
  ]);
});
