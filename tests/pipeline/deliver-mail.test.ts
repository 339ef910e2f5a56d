/** Mail from the log to a mail server: at once, as digests, and nothing before its reader has said yes. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  confirmChannel,
  createChannel,
  deleteChannel,
  resumeChannel,
  unsubscribe,
} from '#delivery/channel.store.ts';
import type { MailSettings } from '#delivery/channel.ts';
import { listDeliveries } from '#delivery/delivery-log.store.ts';
import { createMailClient } from '#delivery/mail.client.ts';
import { pruneQuestions } from '#delivery/mail-question.store.ts';
import { deliverChannel } from '#pipeline/deliver-channel.ts';
import { deliverOnce } from '#pipeline/deliver-once.ts';
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
import { useMailServer } from '../support/smtp.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const MAIL: MailSettings = {
  kind: 'MAIL',
  address: 'jeanne@example.org',
  schedule: 'AT_ONCE',
  language: 'FR',
  hour: 8,
  weekday: 1,
  timeZone: 'Europe/Paris',
};
const DAY_MS = 86_400_000;

async function useMail(settings: Partial<MailSettings> = {}, name?: string, start: Date = START) {
  const clock = useClock(start);
  const server = await useMailServer();
  const mail = createMailClient({ smtpUrl: server.url, from: 'Vigie <vigie@example.net>' });
  onTestFinished(() => mail.close());
  const context = useDelivery(database, { mail });
  const watchId = await seedWatch(database, name);
  const channel = await seedChannel(database, watchId, { ...MAIL, ...settings });
  const row = () => database.db.channel.findUniqueOrThrow({ where: { id: channel.id } });
  return { clock, server, context, watchId, channel, row };
}

describe('mail at once', () => {
  test('tells of all alerts of an article in one message, in plain text and HTML, with one-click unsubscribing', async () => {
    const { server, context, channel } = await useMail({}, 'Levées « IA » & Cie');
    const { articleId, storyId } = await logMatch(database, {
      title: 'Mistral AI lève <b>600</b> millions & plus',
      kind: 'RAISING',
      sentence: 'La start-up lève 600 millions d’euros.',
    });
    const { seq } = await logMatch(database, { actor: 'Kyutai', articleId, storyId });
    expect(await deliverChannel(context, channel.id)).toBeNull();
    const [mail, ...others] = server.received;
    expect(others).toEqual([]);
    expect(mail!.envelope).toEqual({ from: 'vigie@example.net', to: ['jeanne@example.org'] });
    expect(mail!.subject).toBe('Levées « IA » & Cie\u00a0: Mistral AI lève <b>600</b> millions & plus');
    expect(mail!.text).toContain('Mistral AI (lève des fonds), Kyutai (cité)');
    expect(mail!.text).toContain('La start-up lève 600 millions d’euros.');
    expect(mail!.html).toContain('Mistral AI lève &lt;b&gt;600&lt;/b&gt; millions &amp; plus');
    expect(mail!.html).not.toMatch(/<img|src=|url\(/);
    const link = /^<(https:\/\/vigie\.example\/mail\/unsubscribe\/\d+\/[\w-]{43})>$/.exec(
      mail!.header('list-unsubscribe')!,
    )![1]!;
    expect(mail!.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(mail!.text).toContain(link);
    expect(mail!.html).toContain(link);
    expect(mail!.header('auto-submitted')).toBe('auto-generated');
    expect(mail!.messageId).toBe(`<alert_${channel.id}_${seq}@vigie.example>`);
    expect(new Date(mail!.date!)).toEqual(START);
  });

  test('comes once a minute at most, with everything that came meanwhile', async () => {
    const { clock, server, context, channel } = await useMail();
    await logMatch(database, { title: 'Un' });
    await deliverChannel(context, channel.id);
    clock.advance(10_000);
    await logMatch(database, { title: 'Deux' });
    clock.advance(10_000);
    await logMatch(database, { title: 'Trois' });
    expect(await deliverChannel(context, channel.id)).toEqual(new Date(START.getTime() + 60_000));
    expect(server.received).toHaveLength(1);
    await runTurns(context, channel.id);
    expect(server.received).toHaveLength(2);
    expect(server.received[1]!.subject).toMatch(/\u00a0: 2 alertes$/);
    expect(server.received[1]!.text).toMatch(/Deux.*Trois/s);
  });

  test('is tried again when the server is busy, and ends when there is no such mailbox', async () => {
    const { server, context, channel, row } = await useMail();
    server.refuse(451);
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toEqual(new Date(START.getTime() + 5_000));
    expect(await row()).toMatchObject({ status: 'ACTIVE', failures: 1 });
    server.refuse(550);
    await runTurns(context, channel.id);
    expect(await row()).toMatchObject({
      status: 'DISABLED',
      statusReason: expect.stringMatching(/^the mail server said: .*550/),
    });
    const attempts = await database.db.delivery.findMany({
      where: { channelId: channel.id },
      orderBy: { id: 'asc' },
    });
    expect(attempts.map(({ status, outcome }) => [status, outcome])).toEqual([
      [451, 'FAILED'],
      [550, 'FAILED'],
    ]);
  });

  test('waits while no mail server answers or is named', async () => {
    const { context, channel } = await useMail();
    const mail = createMailClient({ smtpUrl: 'smtp://127.0.0.1:1', from: 'vigie@example.net' });
    onTestFinished(() => mail.close());
    await logMatch(database);
    expect(await deliverChannel({ ...context, mail }, channel.id)).toEqual(new Date(START.getTime() + 5_000));
    await runTurns({ ...context, mail: null }, channel.id, new Date(START.getTime() + 40_000));
    const attempts = await database.db.delivery.findMany({
      where: { channelId: channel.id },
      orderBy: { id: 'asc' },
    });
    expect(attempts.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('cannot be reached'),
      expect.stringContaining('VIGIE_SMTP_URL'),
      expect.stringContaining('VIGIE_SMTP_URL'),
    ]);
  });

  test.each([
    ['the name of the watch', { name: 'x\r\nBcc: everybody@example.com\r\n\r\nhello' }],
    ['a headline', { title: 'x\r\nBcc: everybody@example.com\r\n\r\nhello' }],
    ['an actor', { actor: 'x\r\nBcc: everybody@example.com' }],
    ['an outlet', { outlet: 'x\u2028Bcc: everybody@example.com\n' }],
  ])(
    'lets nothing in %s become a header or another reader',
    async (_what, { name, ...match }: { name?: string; title?: string; actor?: string; outlet?: string }) => {
      const { server, context, channel } = await useMail({}, name);
      await logMatch(database, match);
      await deliverChannel(context, channel.id);
      const [mail] = server.received;
      expect(mail!.envelope.to).toEqual(['jeanne@example.org']);
      expect(mail!.header('bcc')).toBeUndefined();
      expect(mail!.to).toEqual([{ address: 'jeanne@example.org', name: '' }]);
      expect(mail!.raw.split('\r\n\r\n', 1)[0]).not.toMatch(/^Bcc:/im);
    },
  );
});

describe('a digest', () => {
  test('comes every day at the hour of its reader’s clock, also when the clocks change', async () => {
    // The clocks go forward in the night to Sunday the 29th.
    const { clock, server, context, channel } = await useMail(
      { schedule: 'DAILY' },
      undefined,
      new Date('2026-03-27T12:00:00Z'),
    );
    const sent: string[] = [];
    for (let day = 0; day < 4; day += 1) {
      await logMatch(database);
      const due = await deliverChannel(context, channel.id);
      expect(server.received).toHaveLength(day);
      clock.set(due!);
      await deliverChannel(context, channel.id);
      sent.push(new Date(server.received.at(-1)!.date!).toISOString());
      clock.advance(DAY_MS / 4);
    }
    expect(sent).toEqual([
      '2026-03-28T07:00:00.000Z',
      '2026-03-29T06:00:00.000Z',
      '2026-03-30T06:00:00.000Z',
      '2026-03-31T06:00:00.000Z',
    ]);
  });

  test('does not come when there is nothing to tell, and late alerts wait for the next', async () => {
    const { clock, server, context, channel } = await useMail({ schedule: 'WEEKLY', weekday: 5, hour: 18 });
    expect(await deliverChannel(context, channel.id)).toBeNull();
    clock.set(new Date('2026-03-20T19:00:00Z'));
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toEqual(new Date('2026-03-27T17:00:00Z'));
    expect(server.received).toEqual([]);
  });

  test('of more than it can show is still one mail, which says how many there were', async () => {
    const { server, context, channel } = await useMail({ schedule: 'DAILY' });
    const { articleId, storyId } = await logMatch(database, { title: 'Beaucoup' });
    const line = await database.db.match.findFirstOrThrow({ where: { articleId } });
    await database.db.match.createMany({
      data: Array.from({ length: 349 }, () => ({
        articleId,
        storyId,
        actorId: line.actorId,
        reasons: line.reasons as object[],
        createdAt: START,
      })),
    });
    await runTurns(context, channel.id);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]!.subject).toContain('350 alertes');
    expect(server.received[0]!.text).toContain('50 alertes plus anciennes ne sont pas montrées.');
    expect(await deliverChannel(context, channel.id)).toBeNull();
  });

  test('that failed is tried again before the next is due, and tells each alert once', async () => {
    const { clock, server, context, channel } = await useMail({ schedule: 'DAILY' });
    server.refuse(451);
    await logMatch(database, { title: 'Lundi' });
    clock.set((await deliverChannel(context, channel.id))!);
    expect((await deliverChannel(context, channel.id))!.getTime() - Date.now()).toBe(5_000);
    server.refuse(null);
    await runTurns(context, channel.id);
    await logMatch(database, { title: 'Mardi' });
    await runTurns(context, channel.id);
    expect(server.received.map(({ text }) => [text!.includes('Lundi'), text!.includes('Mardi')])).toEqual([
      [true, false],
      [false, true],
    ]);
  });
});

describe('a mailbox that nobody has confirmed', () => {
  test('is sent the question and nothing else; alerts begin with the answer', async () => {
    const { clock, server, context, watchId } = await useMail({}, 'Une veille');
    const created = await createChannel(
      database.db,
      { watchId, settings: { ...MAIL, address: 'paul@example.org' } },
      clock.now(),
    );
    const { id } = (created as { channel: { id: number } }).channel;
    await logMatch(database, { title: 'Avant' });
    const once = (kind: 'CONFIRMATION' | 'TEST') =>
      deliverOnce(context, { channelId: id, kind, messageId: `${kind}_1`, seq: null });
    expect(await once('TEST')).toBeNull();
    expect(await deliverChannel(context, id)).toBeNull();
    expect(await once('CONFIRMATION')).toMatchObject({ delivered: true });
    expect(server.received.map(({ envelope }) => envelope.to)).toEqual([['paul@example.org']]);
    const [question] = server.received;
    expect(question!.subject).toBe('Confirmez votre abonnement à «\u00a0Une veille\u00a0»');
    expect(question!.header('list-unsubscribe')).toBeUndefined();
    expect(question!.text).toMatch(/https:\/\/vigie\.example\/mail\/confirm\/\d+\/[\w-]{43}/);
    expect(await confirmChannel(database.db, id, clock.now())).toBe(true);
    await logMatch(database, { title: 'Après' });
    await deliverChannel(context, id);
    expect(server.received.at(-1)!.text).toContain('Après');
    expect(server.received.at(-1)!.text).not.toContain('Avant');
  });

  test('is asked three times a day at most, and again only when someone resumes after unsubscribing', async () => {
    const { clock, server, context, channel } = await useMail({ address: 'trois@example.org' });
    await unsubscribe(database.db, channel.id, clock.now());
    await logMatch(database);
    expect(await deliverChannel(context, channel.id)).toBeNull();
    const once = () =>
      deliverOnce(context, { channelId: channel.id, kind: 'CONFIRMATION', messageId: 'c', seq: null });
    expect(await once()).toBeNull();
    expect(
      await resumeChannel(database.db, channel.id, { skipMissed: false, now: clock.now() }),
    ).toMatchObject({ status: 'UNCONFIRMED' });
    const asked = [await once(), await once(), await once(), await once()].map(
      (done) => done?.delivered ?? null,
    );
    expect(asked).toEqual([true, true, true, false]);
    expect(server.received).toHaveLength(3);
    expect((await listDeliveries(database.db, channel.id, 1))[0]).toMatchObject({
      outcome: 'FAILED',
      problem: 'the owner of this address was asked often enough today; try again tomorrow',
    });
    clock.advance(DAY_MS + 1);
    expect(await once()).toMatchObject({ delivered: true });
  });

  test('is asked no oftener when its channels are deleted, at once, or spelt in capitals', async () => {
    const { clock, server, context, watchId } = await useMail();
    const ask = async (address: string) => {
      const settings = { ...MAIL, address };
      const created = await createChannel(database.db, { watchId, settings }, clock.now());
      if (created === null || typeof created === 'string') return created;
      const { id: channelId } = created.channel;
      const done = await deliverOnce(context, { channelId, kind: 'CONFIRMATION', messageId: 'c', seq: null });
      await deleteChannel(database.db, channelId);
      return done?.delivered ?? null;
    };
    const spellings = ['victime', 'Victime', 'VICTIME', 'victime', 'victimE'];
    const asked = await Promise.all(spellings.map((name) => ask(`${name}@example.org`)));
    expect(asked.filter((done) => done === true)).toHaveLength(3);
    expect(server.received).toHaveLength(3);
    expect(await ask('victime@example.org')).toBe('ASKED_ENOUGH');
    await pruneQuestions(database.db, clock.now());
    expect(await ask('victime@example.org')).toBe('ASKED_ENOUGH');
    clock.advance(DAY_MS + 1);
    await pruneQuestions(database.db, clock.now());
    expect(await database.db.mailQuestion.count({ where: { address: 'victime@example.org' } })).toBe(0);
  });

  test('has not been asked by a question that did not get out', async () => {
    const { clock, server, context, channel } = await useMail({ address: 'panne@example.org' });
    await unsubscribe(database.db, channel.id, clock.now());
    await resumeChannel(database.db, channel.id, { skipMissed: false, now: clock.now() });
    const once = () =>
      deliverOnce(context, { channelId: channel.id, kind: 'CONFIRMATION', messageId: 'c', seq: null });
    server.refuse(451);
    for (let time = 0; time < 4; time += 1) expect(await once()).toMatchObject({ delivered: false });
    server.refuse(null);
    expect(await once()).toMatchObject({ delivered: true });
  });
});
