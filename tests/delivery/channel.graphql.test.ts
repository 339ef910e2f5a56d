import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unsubscribe } from '#delivery/channel.store.ts';
import type { DeliveryRequest } from '#graphql/context.ts';
import { formatCursor } from '#match/cursor.ts';
import { deliverChannel } from '#pipeline/deliver-channel.ts';
import { deliverOnce, onceId } from '#pipeline/deliver-once.ts';
import type { Database } from '#platform/database.ts';
import { logMatch, seedWatch, useDelivery } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import { openGraph } from '../support/graph.ts';
import { status, useReceiver } from '../support/receiver.ts';

let database: Database;
let watch: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  watch = Buffer.from(`Watch:${await seedWatch(database)}`).toString('base64');
});

/** What the API asks of the workers, written down. */
const asked: { planned: number[]; once: DeliveryRequest[] } = { planned: [], once: [] };
const jobs = {
  planDelivery: async (channelId: number) => void asked.planned.push(channelId),
  deliverOnce: async (request: DeliveryRequest) => {
    asked.once.push(request);
    return null;
  },
};
beforeEach(() => {
  asked.planned.length = 0;
  asked.once.length = 0;
});

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly field?: string;
  readonly message?: string;
  readonly channel: Record<string, unknown> & { readonly id: string };
  readonly secret?: string | null;
  readonly feed?: Record<'rss' | 'atom' | 'json', string> | null;
  readonly delivery?: Record<string, unknown> | null;
  readonly deletedId?: string;
}

const CHANNEL =
  'channel { id kind status statusReason target cursor mail { address schedule language hour weekday timeZone } }';
const FIELDS: Readonly<Record<string, string>> = {
  createChannel: `${CHANNEL} secret feed { rss atom json }`,
  rotateChannelSecret: `${CHANNEL} secret feed { rss }`,
  deleteChannel: 'deletedId',
  testChannel: `${CHANNEL} delivery { kind outcome status problem messageId matchCount matches { cursor } }`,
  redeliver: `${CHANNEL} delivery { kind outcome status problem messageId matchCount matches { cursor } }`,
};

/** Calls a mutation by its name; its payload or error. */
async function call(field: string, input: object, graph = openGraph(database, { jobs })): Promise<Answer> {
  const name = field.charAt(0).toUpperCase() + field.slice(1);
  const document = `mutation ($input: ${name}Input!) { ${field}(input: $input) {
    __typename ... on ${name}Payload { ${FIELDS[field] ?? CHANNEL} } ... on UserError { code field message } } }`;
  return (await graph.ask<Record<string, Answer>>(document, { input }))[field]!;
}

const create = (target: object) => call('createChannel', { watch, target });
const rowIdOf = (id: string): number => Number(Buffer.from(id, 'base64').toString().split(':')[1]);

describe('a new channel', () => {
  test('that is a webhook shows its secret once, and begins at the end of the log', async () => {
    const { seq } = await logMatch(database);
    const made = await create({ webhook: { url: 'https://example.org/hook?key=hidden#x' } });
    expect(made).toMatchObject({
      channel: {
        kind: 'WEBHOOK',
        status: 'ACTIVE',
        target: 'https://example.org/hook?…',
        cursor: formatCursor(seq),
        mail: null,
      },
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      feed: null,
    });
    expect(asked.planned).toEqual([rowIdOf(made.channel.id)]);
    const listed = await openGraph(database).ask(
      'query ($id: ID!) { node(id: $id) { ... on Channel { target watch { id } deliveries { totalCount } } } }',
      { id: made.channel.id },
    );
    expect(listed).toEqual({
      node: { target: 'https://example.org/hook?…', watch: { id: watch }, deliveries: { totalCount: 0 } },
    });
    expect(JSON.stringify(listed)).not.toContain('hidden');
  });

  test('that is a feed shows its addresses once, and keeps but a hash of them', async () => {
    const made = await create({ feed: true });
    const secret = /^https:\/\/vigie\.example\/feed\/([\w-]{43})\/rss\.xml$/.exec(made.feed!.rss)![1]!;
    expect(made.feed).toMatchObject({
      atom: expect.stringContaining(secret),
      json: expect.stringContaining(secret),
    });
    expect(made.secret).toBeNull();
    expect(
      JSON.stringify(await database.db.channel.findMany(), (_key, value) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    ).not.toContain(secret);
  });

  test('that is a mailbox waits for its owner, who is asked', async () => {
    const made = await create({ mail: { address: ' jeanne@École.example ', schedule: 'WEEKLY', hour: 7 } });
    expect(made.channel).toMatchObject({
      status: 'UNCONFIRMED',
      statusReason: expect.stringContaining('not confirmed'),
      mail: {
        address: 'jeanne@xn--cole-9oa.example',
        schedule: 'WEEKLY',
        language: 'FR',
        hour: 7,
        weekday: 1,
        timeZone: 'Europe/Paris',
      },
    });
    expect(asked.once).toEqual([{ channelId: rowIdOf(made.channel.id), kind: 'CONFIRMATION', seq: null }]);
  });

  test('that is a chat never shows the key in its address', async () => {
    const made = await create({
      slack: { url: 'https://hooks.slack.example/services/T1/B2/secret', language: 'EN' },
    });
    expect(made.channel).toMatchObject({ kind: 'SLACK', target: 'https://hooks.slack.example/…' });
  });

  test.each([
    ['no address', { webhook: { url: 'ftp://example.org' } }, 'input.target.webhook.url', /http or https/],
    [
      'a user name in it',
      { webhook: { url: 'https://a:b@example.org' } },
      'input.target.webhook.url',
      /without user name/,
    ],
    [
      'an address inside',
      { webhook: { url: 'http://169.254.169.254/latest' } },
      'input.target.webhook.url',
      /not on the public internet/,
    ],
    [
      'an address inside, in IPv6',
      { teams: { url: 'http://[::ffff:10.0.0.1]/' } },
      'input.target.teams.url',
      /not on the public internet/,
    ],
    ['no mail address', { mail: { address: 'jeanne' } }, 'input.target.mail.address', /name@example.org/],
    [
      'two mail addresses',
      { mail: { address: 'a@example.org,b@example.org' } },
      'input.target.mail.address',
      /name@example.org/,
    ],
    [
      'a header in a mail address',
      { mail: { address: 'a@example.org\r\nBcc: b@example.org' } },
      'input.target.mail.address',
      /name@example.org/,
    ],
    [
      'an hour that no clock shows',
      { mail: { address: 'a@example.org', hour: 24 } },
      'input.target.mail.hour',
      /0 to 23/,
    ],
    [
      'a day that no week has',
      { mail: { address: 'a@example.org', weekday: 0 } },
      'input.target.mail.weekday',
      /1 \(Monday\)/,
    ],
    [
      'a zone that is none',
      { mail: { address: 'a@example.org', timeZone: 'Paris' } },
      'input.target.mail.timeZone',
      /"Paris" is no time zone/,
    ],
    ['a feed that is none', { feed: false }, 'input.target.feed', /only true/],
  ])('with %s is refused, naming the field', async (_what, target, field, message) => {
    const before = await database.db.channel.count();
    expect(await create(target)).toMatchObject({
      code: 'INVALID_INPUT',
      field,
      message: expect.stringMatching(message),
    });
    expect(await database.db.channel.count()).toBe(before);
  });

  test('has exactly one target', async () => {
    const both = { webhook: { url: 'https://example.org' }, feed: true };
    await expect(create(both)).rejects.toThrow(/[Ee]xactly one key/);
  });

  test('is refused for mail where no mail server is configured', async () => {
    const graph = openGraph(database, { jobs, delivery: { canMail: false } });
    expect(
      await call('createChannel', { watch, target: { mail: { address: 'a@example.org' } } }, graph),
    ).toMatchObject({
      message: expect.stringContaining('VIGIE_SMTP_URL'),
    });
  });

  test('needs a watch, which has fifty at most', async () => {
    const feed = { watch: 'V2F0Y2g6OTk5OTk5', target: { feed: true } };
    expect(await call('createChannel', feed)).toMatchObject({ code: 'NOT_FOUND', field: 'input.watch' });
    const watchId = rowIdOf(watch);
    await database.db.channel.createMany({
      data: Array.from({ length: 50 }, (_, index) => ({
        watchId,
        kind: 'FEED' as const,
        status: 'ACTIVE' as const,
        statusAt: new Date(),
        settings: { kind: 'FEED' },
        secret: `full-${index}`,
        cursor: 0n,
      })),
    });
    expect(await create({ feed: true })).toMatchObject({
      field: 'input.watch',
      message: expect.stringContaining('at most 50'),
    });
  });
});

describe('a channel', () => {
  test('is changed where its kind allows, and nothing else of it', async () => {
    const { channel } = await create({ mail: { address: 'a@example.org', schedule: 'DAILY', hour: 6 } });
    const changed = await call('updateChannel', { channel: channel.id, schedule: 'WEEKLY', weekday: 5 });
    expect(changed.channel.mail).toMatchObject({
      address: 'a@example.org',
      schedule: 'WEEKLY',
      hour: 6,
      weekday: 5,
    });
    expect(await call('updateChannel', { channel: channel.id, url: 'https://example.org' })).toMatchObject({
      field: 'input.url',
    });
    const { channel: hook } = await create({ webhook: { url: 'https://example.org/a' } });
    expect(
      (await call('updateChannel', { channel: hook.id, url: 'https://example.org/b' })).channel.target,
    ).toBe('https://example.org/b');
    expect(await call('updateChannel', { channel: hook.id, hour: 3 })).toMatchObject({ field: 'input.hour' });
    expect(await call('updateChannel', { channel: hook.id, url: 'http://10.1.1.1' })).toMatchObject({
      field: 'input.url',
    });
  });

  test('is paused and resumed where it stopped, or at the end of the log', async () => {
    const { channel } = await create({ webhook: { url: 'https://example.org/a' } });
    expect((await call('pauseChannel', { channel: channel.id })).channel).toMatchObject({
      status: 'PAUSED',
      statusReason: 'paused',
    });
    const { seq } = await logMatch(database);
    asked.planned.length = 0;
    const resumed = await call('resumeChannel', { channel: channel.id });
    expect(resumed.channel).toMatchObject({ status: 'ACTIVE', statusReason: null, cursor: channel.cursor });
    expect(asked.planned).toEqual([rowIdOf(channel.id)]);
    await call('pauseChannel', { channel: channel.id });
    expect((await call('resumeChannel', { channel: channel.id, skipMissed: true })).channel.cursor).toBe(
      formatCursor(seq),
    );
  });

  test('that waits for the owner of its address asks again when resumed, three times a day at most', async () => {
    const address = 'souvent@example.org';
    const { channel } = await create({ mail: { address } });
    expect(await call('pauseChannel', { channel: channel.id })).toMatchObject({ code: 'INVALID_INPUT' });
    const question = { address, askedAt: new Date('2026-03-12T11:00:00Z') };
    await database.db.mailQuestion.createMany({ data: [question, question] });
    asked.once.length = 0;
    expect((await call('resumeChannel', { channel: channel.id })).channel.status).toBe('UNCONFIRMED');
    expect(asked.once).toMatchObject([{ kind: 'CONFIRMATION' }]);
    await database.db.mailQuestion.create({ data: question });
    await unsubscribe(database.db, rowIdOf(channel.id), new Date());
    const row = () => database.db.channel.findUniqueOrThrow({ where: { id: rowIdOf(channel.id) } });
    const before = await row();
    await logMatch(database);
    expect(await call('resumeChannel', { channel: channel.id, skipMissed: true })).toMatchObject({
      field: 'input.channel',
      message: expect.stringContaining('tomorrow'),
    });
    expect(before.status).toBe('DISABLED');
    expect(await row()).toEqual(before);
    expect(await create({ mail: { address } })).toMatchObject({ field: 'input.target.mail.address' });
    expect(await call('testChannel', { channel: channel.id })).toMatchObject({
      message: expect.stringContaining('not confirmed'),
    });
  });

  test('gets another secret, of which the old one is good no more for a feed', async () => {
    const made = await create({ feed: true });
    const rotated = await call('rotateChannelSecret', { channel: made.channel.id });
    expect(rotated.feed!.rss).not.toBe(made.feed!.rss);
    const { channel } = await create({ mail: { address: 'b@example.org' } });
    expect(await call('rotateChannelSecret', { channel: channel.id })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('is tested, and an alert redelivered under its id, and both stand in the delivery log', async () => {
    const receiver = await useReceiver();
    const context = useDelivery(database);
    const graph = openGraph(database, {
      delivery: { allowHosts: ['127.0.0.1'] },
      jobs: {
        ...jobs,
        deliverOnce: async ({ channelId, kind, seq }) => {
          const messageId = onceId(kind, channelId, seq);
          const done = await deliverOnce(context, {
            channelId,
            kind,
            messageId,
            seq: seq === null ? null : String(seq),
          });
          return done?.id ?? null;
        },
      },
    });
    const target = { webhook: { url: receiver.url } };
    const { channel } = await call('createChannel', { watch, target }, graph);
    const { seq } = await logMatch(database, { title: 'Encore' });
    await deliverChannel(
      { ...context, clock: { now: () => new Date(Date.now() + 60_000) } },
      rowIdOf(channel.id),
    );
    const id = receiver.received[0]!.headers['webhook-id'];

    const again = await call('redeliver', { channel: channel.id, cursor: formatCursor(seq) }, graph);
    expect(again.delivery).toMatchObject({
      kind: 'REDELIVERY',
      outcome: 'DELIVERED',
      status: 204,
      messageId: id,
      matchCount: 1,
      matches: [{ cursor: formatCursor(seq) }],
    });
    expect(receiver.received[1]!.headers['webhook-id']).toBe(id);
    expect(receiver.received[1]!.body).toBe(receiver.received[0]!.body);

    receiver.answer(status(500, {}, 'nope'));
    const tested = await call('testChannel', { channel: channel.id }, graph);
    expect(tested.delivery).toMatchObject({
      kind: 'TEST',
      outcome: 'FAILED',
      status: 500,
      problem: expect.stringContaining('500: nope'),
    });
    expect(JSON.parse(receiver.received[2]!.body)).toMatchObject({
      type: 'test',
      data: { article: { title: 'Encore' } },
    });

    const log = await graph.ask<{ node: { deliveries: { nodes: unknown[] } } }>(
      'query ($id: ID!) { node(id: $id) { ... on Channel { failingSince deliveries(first: 10) { totalCount nodes { kind outcome } } } } }',
      { id: channel.id },
    );
    // A test that failed says nothing about the alerts.
    expect(log).toEqual({
      node: {
        failingSince: null,
        deliveries: {
          totalCount: 3,
          nodes: [
            { kind: 'TEST', outcome: 'FAILED' },
            { kind: 'REDELIVERY', outcome: 'DELIVERED' },
            { kind: 'ALERT', outcome: 'DELIVERED' },
          ],
        },
      },
    });
  });

  test('goes over everything behind a place of the log again, when asked to', async () => {
    const { channel } = await create({ webhook: { url: 'https://example.org/a' } });
    const { seq } = await logMatch(database);
    await database.db.channel.update({ where: { id: rowIdOf(channel.id) }, data: { cursor: seq + 10n } });
    const cursor = formatCursor(seq - 1n);
    expect((await call('redeliver', { channel: channel.id, cursor, following: true })).channel.cursor).toBe(
      cursor,
    );
    expect(asked.planned).toContain(rowIdOf(channel.id));
    expect(await call('redeliver', { channel: channel.id, cursor: 'x' })).toMatchObject({
      field: 'input.cursor',
    });
    expect(await call('redeliver', { channel: channel.id, cursor: formatCursor(999_999n) })).toMatchObject({
      message: expect.stringContaining('no match'),
    });
    const { channel: feed } = await create({ feed: true });
    expect(await call('redeliver', { channel: feed.id, cursor })).toMatchObject({
      message: expect.stringContaining('not delivered to'),
    });
  });

  test('is deleted with its delivery log; deleting it again says that there is none', async () => {
    const { channel } = await create({ feed: true });
    expect(await call('deleteChannel', { channel: channel.id })).toMatchObject({ deletedId: channel.id });
    expect(await call('deleteChannel', { channel: channel.id })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'input.channel',
    });
  });

  test('is found by kind, state and health, and through its watch', async () => {
    await database.db.channel.deleteMany();
    const { channel: hook } = await create({ webhook: { url: 'https://example.org/a' } });
    const { channel: feed } = await create({ feed: true });
    await database.db.channel.update({ where: { id: rowIdOf(hook.id) }, data: { failingSince: new Date() } });
    const graph = openGraph(database);
    const find = async (filter: object) =>
      (
        await graph.ask<{ channels: { nodes: { id: string }[] } }>(
          'query ($filter: ChannelFilterInput) { channels(filter: $filter) { nodes { id } } }',
          { filter },
        )
      ).channels.nodes.map(({ id }) => id);
    expect(await find({})).toEqual([hook.id, feed.id]);
    expect(await find({ kinds: ['FEED'] })).toEqual([feed.id]);
    expect(await find({ failing: true })).toEqual([hook.id]);
    expect(await find({ statuses: ['PAUSED'] })).toEqual([]);
    expect(
      await graph.ask(
        'query ($id: ID!) { node(id: $id) { ... on Watch { channels { totalCount nodes { id kind } } } } }',
        { id: watch },
      ),
    ).toEqual({
      node: {
        channels: {
          totalCount: 2,
          nodes: [
            { id: hook.id, kind: 'WEBHOOK' },
            { id: feed.id, kind: 'FEED' },
          ],
        },
      },
    });
  });

  test('is seen by nobody without the scope WATCH, not even by id', async () => {
    const { channel } = await create({ webhook: { url: 'https://example.org/a' } });
    const answer = await openGraph(database, { scopes: ['READ'] }).tryAsk(
      'query ($id: ID!) { node(id: $id) { ... on Channel { target } } }',
      { id: channel.id },
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(JSON.stringify(answer.data)).not.toContain('example.org');
  });
});
