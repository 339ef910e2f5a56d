/** Webhooks from the log to a receiver that behaves, fails, lies and lures. */
import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveCursor, resumeChannel, rotateSecret, stopChannel } from '#delivery/channel.store.ts';
import { createWebhookClient } from '#delivery/webhook.client.ts';
import { formatCursor } from '#match/cursor.ts';
import { deliverChannel } from '#pipeline/deliver-channel.ts';
import type { Database } from '#platform/database.ts';
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
import { type ReceivedRequest, status, useReceiver } from '../support/receiver.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const HOUR_MS = 3_600_000;

const idsOf = (requests: readonly ReceivedRequest[]) => requests.map(({ headers }) => headers['webhook-id']);
const titlesOf = (requests: readonly ReceivedRequest[]): string[] =>
  requests.map(({ body }) => JSON.parse(body).data.article.title);

async function useWebhook(options: { readonly timeoutMs?: number } = {}) {
  const clock = useClock();
  const receiver = await useReceiver();
  const context = useDelivery(database, options);
  const watchId = await seedWatch(database);
  const channel = await seedChannel(database, watchId, { kind: 'WEBHOOK', url: receiver.url });
  const row = () => database.db.channel.findUniqueOrThrow({ where: { id: channel.id } });
  const attempts = () =>
    database.db.delivery.findMany({ where: { channelId: channel.id }, orderBy: { id: 'asc' } });
  return { clock, receiver, context, watchId, channel, row, attempts };
}

describe('a webhook', () => {
  test('is posted each alert in the order of the log, signed so that the library verifies it', async () => {
    const { receiver, context, channel, row, attempts } = await useWebhook();
    const first = await logMatch(database, { title: 'Un', kind: 'RAISING' });
    const second = await logMatch(database, { title: 'Deux', actor: 'Kyutai' });
    expect(await deliverChannel(context, channel.id)).toBeNull();
    expect(titlesOf(receiver.received)).toEqual(['Un', 'Deux']);
    expect(idsOf(receiver.received)).toEqual([
      `alert_${channel.id}_${first.seq}`,
      `alert_${channel.id}_${second.seq}`,
    ]);
    const [request] = receiver.received;
    const body = new Webhook(channel.secret).verify(
      request!.body,
      request!.headers as Record<string, string>,
    );
    expect(body).toMatchObject({
      type: 'alert',
      version: 1,
      timestamp: START.toISOString(),
      data: {
        cursor: formatCursor(first.seq),
        watch: { name: expect.stringContaining('Veille') },
        actor: { slug: 'mistral-ai', name: 'Mistral AI', kind: 'COMPANY' },
        article: {
          title: 'Un',
          outlet: 'Le Quotidien',
          url: expect.stringContaining('https://quotidien.example/'),
        },
        reasons: [{ kind: 'RAISING', text: 'Mistral AI', sentence: 'Mistral AI annonce quelque chose.' }],
      },
    });
    expect(request!.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(await row()).toMatchObject({ cursor: second.seq, lastDeliveredAt: START, failures: 0 });
    expect(await attempts()).toMatchObject([
      {
        kind: 'ALERT',
        outcome: 'DELIVERED',
        status: 204,
        seqs: [first.seq],
        problem: null,
        startedAt: START,
      },
      { outcome: 'DELIVERED', seqs: [second.seq] },
    ]);
  });

  test('passes over what its watch does not want, and does not look at it again', async () => {
    const { receiver, context, watchId, channel, row } = await useWebhook();
    await database.db.watch.update({ where: { id: watchId }, data: { filter: { actors: ['kyutai'] } } });
    await logMatch(database);
    const wanted = await logMatch(database, { actor: 'Kyutai', title: 'Lui' });
    const last = await logMatch(database);
    await deliverChannel(context, channel.id);
    expect(titlesOf(receiver.received)).toEqual(['Lui']);
    expect(wanted.seq).toBeLessThan(last.seq);
    expect((await row()).cursor).toBe(last.seq);
  });

  test('that answers 500 for a while gets everything afterwards, in order, each alert under one id', async () => {
    const { receiver, context, channel, row, attempts } = await useWebhook();
    receiver.answer((response, _request, count) => status(count <= 4 ? 500 : 200)(response, _request, count));
    for (const title of ['Un', 'Deux', 'Trois']) await logMatch(database, { title });
    await runTurns(context, channel.id);
    expect(titlesOf(receiver.received)).toEqual(['Un', 'Un', 'Un', 'Un', 'Un', 'Deux', 'Trois']);
    expect(new Set(idsOf(receiver.received)).size).toBe(3);
    expect(await row()).toMatchObject({
      status: 'ACTIVE',
      failures: 0,
      failingSince: null,
      nextAttemptAt: null,
    });
    // Five seconds, half a minute, two minutes, ten.
    const waits = (await attempts()).map(({ startedAt }) => (startedAt.getTime() - START.getTime()) / 1_000);
    expect(waits).toEqual([0, 5, 35, 155, 755, 755, 755]);
  });

  test('that fails for three days is disabled with the reason, after a last attempt at the end of the third', async () => {
    const { receiver, context, channel, row, attempts } = await useWebhook();
    receiver.answer(status(503, {}, 'Down for\r\nmaintenance'));
    const { seq } = await logMatch(database);
    await runTurns(context, channel.id);
    const made = await attempts();
    expect(made.length).toBeGreaterThan(12);
    expect(made.length).toBeLessThan(25);
    expect(made.at(-1)!.startedAt.getTime() - START.getTime()).toBe(72 * HOUR_MS);
    expect(
      made.every(
        ({ problem }) => problem === `${new URL(receiver.url).host} answered 503: Down for maintenance`,
      ),
    ).toBe(true);
    expect(
      made
        .slice(0, -1)
        .every(
          ({ nextAttemptAt }, index) => nextAttemptAt!.getTime() === made[index + 1]!.startedAt.getTime(),
        ),
    ).toBe(true);
    expect(new Set(idsOf(receiver.received)).size).toBe(1);
    const channelRow = await row();
    expect(channelRow).toMatchObject({
      status: 'DISABLED',
      statusReason: expect.stringMatching(/^failed for three days; at last: .*503/),
    });
    expect(channelRow.cursor).toBeLessThan(seq);
  });

  test('that is gone (410) is disabled at once', async () => {
    const { receiver, context, channel, row } = await useWebhook();
    receiver.answer(status(410));
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toBeNull();
    expect(await row()).toMatchObject({
      status: 'DISABLED',
      statusReason: expect.stringContaining('gone for good (410)'),
    });
    expect(receiver.received).toHaveLength(1);
  });

  test('is left alone for as long as it asks', async () => {
    const { receiver, context, channel } = await useWebhook();
    receiver.answer(status(429, { 'retry-after': '90' }));
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toEqual(new Date(START.getTime() + 90_000));
    receiver.answer(status(200));
    // Woken before the time: nothing is sent.
    expect(await deliverChannel(context, channel.id)).toEqual(new Date(START.getTime() + 90_000));
    expect(receiver.received).toHaveLength(1);
  });

  test('that does not answer in time has failed', async () => {
    const { receiver, context, channel, attempts } = await useWebhook({ timeoutMs: 50 });
    receiver.answer(() => {});
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toEqual(new Date(START.getTime() + 5_000));
    expect(await attempts()).toMatchObject([
      { outcome: 'FAILED', status: null, problem: expect.stringMatching(/in time|silent/) },
    ]);
  });

  test.each<[string, (response: ServerResponse) => unknown]>([
    ['hangs up without a word', ({ socket }) => socket!.destroy()],
    ['answers what is no HTTP', ({ socket }) => socket!.end('220 mail.example ESMTP\r\n')],
    [
      'announces two lengths',
      ({ socket }) => socket!.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'),
    ],
    ['never ends its headers', ({ socket }) => socket!.write('HTTP/1.1 200 OK\r\nx-waiting: ')],
    ['says to wait and then nothing', (response) => response.writeProcessing()],
  ])('that %s has failed, and gets the alert again under the same id', async (_what, answer) => {
    const { receiver, context, channel, attempts } = await useWebhook({ timeoutMs: 500 });
    receiver.answer((response) => void answer(response));
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toEqual(new Date(START.getTime() + 5_000));
    expect(await attempts()).toMatchObject([
      { outcome: 'FAILED', status: null, problem: expect.any(String) },
    ]);
    receiver.answer(status(204));
    await runTurns(useDelivery(database), channel.id);
    const [first, second, ...others] = idsOf(receiver.received);
    expect([second, others]).toEqual([first, []]);
  });

  test('that says 200 and never ends its answer has taken the alert', async () => {
    const { receiver, context, channel, attempts } = await useWebhook({ timeoutMs: 500 });
    receiver.answer((response) => void response.writeHead(200).write('thanks'));
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toBeNull();
    expect(await attempts()).toMatchObject([{ outcome: 'DELIVERED', status: 200 }]);
  });

  test.each([
    ['breaks off its body', { 'content-length': '1000' }, 'short'],
    ['calls plain text gzip', { 'content-encoding': 'gzip' }, 'not gzip'],
    ['sends more than anybody reads', {}, 'x'.repeat(300_000)],
  ])('that says 200 and %s has taken the alert: only the status counts', async (_what, headers, body) => {
    const { receiver, context, channel, attempts } = await useWebhook();
    receiver.answer((response) => {
      response.writeHead(200, headers);
      response.write(body, () => response.destroy());
    });
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toBeNull();
    expect(await attempts()).toMatchObject([{ outcome: 'DELIVERED', status: 200 }]);
  });

  test.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'https://elsewhere.example/',
    '/elsewhere',
    'file:///etc/passwd',
  ])('that redirects to %s is not followed', async (location) => {
    const { receiver, context, channel, attempts } = await useWebhook();
    receiver.answer(status(307, { location }));
    await logMatch(database);
    await deliverChannel(context, channel.id);
    expect(await attempts()).toMatchObject([
      { outcome: 'FAILED', status: 307, problem: expect.stringContaining('not followed') },
    ]);
    expect(receiver.received).toHaveLength(1);
  });

  test('at an address that is not public is never connected to, whatever its name resolves to', async () => {
    const { clock, receiver, channel, attempts } = await useWebhook();
    await database.db.channel.update({
      where: { id: channel.id },
      data: { settings: { kind: 'WEBHOOK', url: receiver.url.replace('127.0.0.1', 'inside.example') } },
    });
    const context = useDelivery(database, { allowHosts: [] });
    const webhooks = createWebhookClient({
      userAgent: 'Vigie/test',
      allowHosts: [],
      clock,
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    await logMatch(database);
    await deliverChannel({ ...context, webhooks }, channel.id);
    await webhooks.close();
    expect(await attempts()).toMatchObject([
      { outcome: 'FAILED', problem: expect.stringContaining('not at a public address') },
    ]);
    expect(receiver.received).toHaveLength(0);
  });

  test('whose secret was changed is signed with both for a day, and with the new one afterwards', async () => {
    const { clock, receiver, context, channel } = await useWebhook();
    const next = (await rotateSecret(database.db, { ...channel, kind: 'WEBHOOK' }, START))!;
    const verify = (secret: string) => {
      const { body, headers } = receiver.received.at(-1)!;
      return new Webhook(secret).verify(body, headers as Record<string, string>);
    };
    await logMatch(database);
    await deliverChannel(context, channel.id);
    expect(verify(channel.secret)).toEqual(verify(next));
    clock.advance(25 * HOUR_MS);
    await logMatch(database);
    await deliverChannel(context, channel.id);
    expect(() => verify(channel.secret)).toThrow('No matching signature');
    expect(verify(next)).toMatchObject({ type: 'alert' });
  });

  test('that is paused while an alert is under way does not get it again, and goes on where it stopped', async () => {
    const { receiver, context, channel, row } = await useWebhook();
    const now = START;
    receiver.answer(async (response) => {
      await stopChannel(database.db, channel.id, { status: 'PAUSED', reason: 'paused', now });
      response.writeHead(200).end();
    });
    for (const title of ['Un', 'Deux']) await logMatch(database, { title });
    expect(await deliverChannel(context, channel.id)).toBeNull();
    expect(titlesOf(receiver.received)).toEqual(['Un']);
    expect(await row()).toMatchObject({ status: 'PAUSED', statusReason: 'paused' });
    receiver.answer(status(200));
    await resumeChannel(database.db, channel.id, { skipMissed: false, now });
    await deliverChannel(context, channel.id);
    expect(titlesOf(receiver.received)).toEqual(['Un', 'Deux']);
  });

  test('whose cursor was set back while an alert was under way begins again from there', async () => {
    const { receiver, context, channel, row } = await useWebhook();
    const { cursor } = await row();
    for (const title of ['Un', 'Deux']) await logMatch(database, { title });
    await deliverChannel(context, channel.id);
    await logMatch(database, { title: 'Trois' });
    receiver.answer(async (response, _request, count) => {
      if (count === 3) await moveCursor(database.db, channel.id, cursor);
      response.writeHead(200).end();
    });
    await deliverChannel(context, channel.id);
    expect(titlesOf(receiver.received)).toEqual(['Un', 'Deux', 'Trois', 'Un', 'Deux', 'Trois']);
  });

  test('that is to begin again behind a place which it has not come to yet leaves nothing out', async () => {
    const { receiver, context, channel } = await useWebhook();
    const logged = [];
    for (const title of ['Un', 'Deux', 'Trois']) logged.push(await logMatch(database, { title }));
    await moveCursor(database.db, channel.id, logged[1]!.seq);
    await deliverChannel(context, channel.id);
    await moveCursor(database.db, channel.id, 999_999n);
    await logMatch(database, { title: 'Quatre' });
    await deliverChannel(context, channel.id);
    expect(titlesOf(receiver.received)).toEqual(['Un', 'Deux', 'Trois', 'Quatre']);
  });

  test('that was deleted while an alert was under way ends quietly', async () => {
    const { receiver, context, channel } = await useWebhook();
    receiver.answer(async (response) => {
      await database.db.channel.delete({ where: { id: channel.id } });
      response.writeHead(200).end();
    });
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toBeNull();
  });
});
