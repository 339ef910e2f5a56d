import { isInputObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Jobs } from '#graphql/context.ts';
import { InvalidInputError } from '#graphql/errors.ts';
import type { Database } from '#platform/database.ts';
import { schema } from '#server/schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { openGraph } from '../support/graph.ts';
import { NEWEST, seedMatch, seedNewsroom } from '../support/seed.ts';

const HOUR_MS = 3_600_000;

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.db.idempotencyKey.deleteMany();
  await database.db.watch.deleteMany();
  await database.db.apiToken.deleteMany();
});

type Result = Record<string, unknown>;

/** Asks for one mutation and gives its result; `clock` in hours after the newest article. */
async function ask(
  mutation: string,
  input: Record<string, unknown>,
  options: { readonly token?: number; readonly jobs?: Partial<Jobs>; readonly hours?: () => number } = {},
): Promise<Result> {
  const { token = null, jobs = {}, hours = () => 0 } = options;
  const name = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
  const payload = schema.getType(`${name}Payload`);
  const fields = payload && 'getFields' in payload ? Object.keys(payload.getFields()) : [];
  const shown = fields
    .map((field) =>
      ['secret', 'problem'].includes(field)
        ? field
        : `${field} { ${field === 'feed' && mutation !== 'addFeed' ? 'rss' : 'id'} }`,
    )
    .join(' ');
  const graph = openGraph(database, {
    jobs,
    viewer: { tokenId: token },
    clock: { now: () => new Date(NEWEST.getTime() + hours() * HOUR_MS) },
  });
  const data = await graph.ask<Record<string, Result>>(
    `mutation ($input: ${name}Input!) { ${mutation}(input: $input) {
      __typename ... on ${name}Payload { ${shown} } ... on UserError { code field } ... on ConflictError { existing }
    } }`,
    { input },
  );
  return data[mutation]!;
}

const watch = (name: string, idempotencyKey = 'k') => ({ name, filter: {}, idempotencyKey });

async function makeChannel(target: object = { webhook: { url: 'https://hook.example/' } }): Promise<string> {
  const made = (await ask('createWatch', { name: `w ${Math.random()}`, filter: {} })).watch as Result;
  const { channel } = await ask('createChannel', { watch: made.id, target });
  return (channel as Result).id as string;
}

/** An attempt at a delivery, as a worker would write it down, and how often it was asked for. */
function sender() {
  let sent = 0;
  const deliverOnce: Jobs['deliverOnce'] = async ({ channelId, kind }) => {
    sent += 1;
    const row = {
      channelId,
      kind,
      messageId: 'm',
      startedAt: NEWEST,
      durationMs: 1,
      outcome: 'DELIVERED' as const,
    };
    return (await database.db.delivery.create({ data: row })).id;
  };
  return { sent: () => sent, jobs: { deliverOnce } };
}

test('whatever would be done twice by a repeated request takes a key; the others say why in docs/api.md', () => {
  const takes = Object.values(schema.getMutationType()!.getFields()).flatMap(({ name, args }) => {
    const input = schema.getType(String(args[0]!.type).replace('!', ''));
    return isInputObjectType(input) && 'idempotencyKey' in input.getFields() ? [name] : [];
  });
  expect(takes.sort()).toEqual([
    'addFeed',
    'createActor',
    'createChannel',
    'createToken',
    'createWatch',
    'redeliver',
    'resumeChannel',
    'rotateChannelSecret',
    'testChannel',
  ]);
});

describe('the same request under the same key', () => {
  test.each<[string, () => Promise<Record<string, unknown>>]>([
    ['createWatch', async () => watch('twice')],
    ['addFeed', async () => ({ url: `https://f${Math.random()}.example/rss`, outlet: 'F' })],
    ['createActor', async () => ({ name: `Acteur ${Math.random()}`, kind: 'LAB' })],
    ['testChannel', async () => ({ channel: await makeChannel() })],
    [
      'createChannel',
      async () => ({
        watch: ((await ask('createWatch', { name: 'chat', filter: {} })).watch as Result).id,
        target: { slack: { url: 'https://hooks.slack.com/services/T/B/x' } },
      }),
    ],
  ])('%s is answered as it was the first time', async (mutation, inputOf) => {
    const { jobs } = sender();
    const input = { ...(await inputOf()), idempotencyKey: 'k' };
    const first = await ask(mutation, input, { jobs });
    expect(first.__typename).toMatch(/Payload$/);
    expect(await ask(mutation, input, { jobs })).toEqual(first);
  });

  test('passes over what a channel missed until the first time, and no more', async () => {
    const { actors, articles } = await seedNewsroom(database.db, 1);
    const log = async () => {
      const { id, storyId } = await database.db.article.findUniqueOrThrow({ where: { id: articles[0]! } });
      const line = { actorId: actors.get('mistral-ai')!, articleId: id, storyId };
      return await seedMatch(database.db, line);
    };
    const channel = await makeChannel();
    const input = { channel, skipMissed: true, idempotencyKey: 'k' };
    const first = await log();
    const answer = await ask('resumeChannel', input);
    await log();
    expect(await ask('resumeChannel', input)).toEqual(answer);
    const [row] = await database.db.channel.findMany();
    expect(row?.cursor).toBe(first);
  });

  test('asks the owner of an address once', async () => {
    const { jobs, sent } = sender();
    const channel = await makeChannel({ mail: { address: 'a@example.org' } });
    const input = { channel, idempotencyKey: 'k' };
    for (let time = 0; time < 2; time += 1) await ask('resumeChannel', input, { jobs });
    expect(sent()).toBe(1);
  });

  test('runs once when it arrives many times at once', async () => {
    const { jobs, sent } = sender();
    const channel = await makeChannel();
    const input = { channel, idempotencyKey: 'k' };
    const results = await Promise.all(Array.from({ length: 6 }, () => ask('testChannel', input, { jobs })));
    expect(sent()).toBe(1);
    expect(results).toEqual(Array.from({ length: 6 }, () => results[0]));
    expect(results[0]).toMatchObject({ delivery: { id: expect.any(String) } });
  });

  test('runs again without a key, for another client, and after a day', async () => {
    const { jobs, sent } = sender();
    const channel = await makeChannel();
    const keyed = { channel, idempotencyKey: 'k' };
    await ask('testChannel', keyed, { jobs, token: 1 });
    await ask('testChannel', keyed, { jobs, token: 1, hours: () => 23.9 });
    expect(sent()).toBe(1);
    await ask('testChannel', { channel }, { jobs, token: 1 });
    await ask('testChannel', keyed, { jobs, token: 2 });
    await ask('testChannel', keyed, { jobs, token: 1, hours: () => 24.1 });
    expect(sent()).toBe(4);
    // What is older than a day is gone.
    expect(await database.db.idempotencyKey.count()).toBe(1);
  });

  test.each<[string, (secret: string) => Promise<Record<string, unknown>>]>([
    ['createToken', async () => ({ name: 'desk', scopes: ['READ'] })],
    ['rotateChannelSecret', async () => ({ channel: await makeChannel() })],
    [
      'createChannel',
      async () => ({
        watch: ((await ask('createWatch', { name: 'feed', filter: {} })).watch as Result).id,
        target: { feed: true },
      }),
    ],
  ])('%s shows its secret once, keeps nothing of it, and names what was made', async (mutation, inputOf) => {
    const input = { ...(await inputOf('')), idempotencyKey: 'k' };
    const first = await ask(mutation, input);
    const made = (first.token ?? first.channel) as Result;
    const secret = String(first.secret ?? (first.feed as Result).rss);
    expect(await ask(mutation, input)).toEqual({
      __typename: 'ConflictError',
      code: 'CONFLICT',
      field: 'input.idempotencyKey',
      existing: made.id,
    });
    const [row] = await database.db.idempotencyKey.findMany();
    expect(row?.result).toMatch(/"payload":null/);
    expect(JSON.stringify(row)).not.toContain(secret.slice(-20));
  });

  test('is told when what was made is no more', async () => {
    await ask('createWatch', watch('gone'));
    await database.db.watch.deleteMany();
    expect(await ask('createWatch', watch('gone'))).toMatchObject({
      code: 'NOT_FOUND',
      field: 'input.idempotencyKey',
    });
  });
});

describe('a key', () => {
  test('that stood for something else is refused, and nothing is changed', async () => {
    await ask('createWatch', watch('one'));
    const refusal = {
      __typename: 'IdempotencyKeyError',
      code: 'KEY_REUSED',
      field: 'input.idempotencyKey',
    };
    expect(await ask('createWatch', watch('another'))).toEqual(refusal);
    expect(await ask('createToken', { name: 'one', scopes: ['READ'], idempotencyKey: 'k' })).toEqual(refusal);
    expect(await database.db.watch.findMany({ select: { name: true } })).toEqual([{ name: 'one' }]);
    expect(await database.db.apiToken.count()).toBe(0);
  });

  test('is free again after an expected error', async () => {
    expect(await ask('createWatch', watch(''))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await ask('createWatch', watch('good'))).toMatchObject({ __typename: 'CreateWatchPayload' });
  });

  test('whose request failed is lost: it does not run twice, because it may have been carried out', async () => {
    const channel = await makeChannel();
    let tried = 0;
    const jobs: Partial<Jobs> = {
      async deliverOnce() {
        tried += 1;
        throw new Error('the queue is gone');
      },
    };
    const input = { channel, idempotencyKey: 'k' };
    await expect(ask('testChannel', input, { jobs })).rejects.toThrow('the queue is gone');
    expect(await ask('testChannel', input, { jobs })).toMatchObject({ code: 'KEY_LOST' });
    expect(tried).toBe(1);
  });

  test('whose request is under way is waited for some seconds; one whose server died is lost', async () => {
    const channel = await makeChannel();
    const input = { channel, idempotencyKey: 'k' };
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<bigint | null>()];
    const jobs: Partial<Jobs> = {
      deliverOnce() {
        begun.resolve();
        return end.promise;
      },
    };
    const first = ask('testChannel', input, { jobs });
    await begun.promise;
    // A clock on which every look takes six seconds.
    let hours = 0;
    const slow = () => (hours += 6 / 3_600);
    expect(await ask('testChannel', input, { jobs, hours: slow })).toMatchObject({ code: 'KEY_UNDER_WAY' });
    expect(await ask('testChannel', input, { jobs, hours: () => 1 })).toMatchObject({ code: 'KEY_LOST' });
    end.resolve(null);
    await first;
    expect(await ask('testChannel', input, { jobs })).toMatchObject({ __typename: 'TestChannelPayload' });
  });

  test.each([
    ['not foreseen', new Error('the queue is gone'), 'the queue is gone'],
    ['expected', new InvalidInputError('input.channel', 'it is gone'), null],
  ])('that cannot be written down hides no error: %s', async (_what, error, thrown) => {
    const channel = await makeChannel();
    const jobs: Partial<Jobs> = {
      async deliverOnce() {
        await database.db.idempotencyKey.deleteMany();
        throw error;
      },
    };
    const asked = ask('testChannel', { channel, idempotencyKey: 'k' }, { jobs });
    if (thrown !== null) await expect(asked).rejects.toThrow(thrown);
    else expect(await asked).toMatchObject({ code: 'INVALID_INPUT', field: 'input.channel' });
  });

  test.each(['', 'x'.repeat(201), 'a\0b', '\ud800'])('of bad characters is refused: %j', async (key) => {
    expect(await ask('createWatch', watch('w', key))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'input.idempotencyKey',
    });
    expect(await database.db.watch.count()).toBe(0);
  });
});
