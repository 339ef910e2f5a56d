/** What an operator does with channels, as typed. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addChannel,
  changeChannel,
  listAllChannels,
  pauseOneChannel,
  redeliverAlert,
  removeChannel,
  resumeOneChannel,
  rotateChannel,
  showDeliveries,
  testOneChannel,
} from '#command/channels.ts';
import type { CommandContext } from '#command/command.ts';
import { formatCursor } from '#match/cursor.ts';
import { readConfig } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { logMatch, seedWatch } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import { status, useReceiver } from '../support/receiver.ts';
import { useMailServer } from '../support/smtp.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** Runs a command on the database; what it printed on both streams. */
async function run(
  command: (context: CommandContext) => Promise<void>,
  env: Record<string, string> = {},
): Promise<{ readonly out: string; readonly told: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const config = {
    DATABASE_URL: database.url,
    VIGIE_ALLOW_HOSTS: '127.0.0.1',
    VIGIE_PUBLIC_URL: 'https://vigie.example',
    ...env,
  };
  const context = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    signal: new AbortController().signal,
    config: () => readConfig(config),
  } as unknown as CommandContext;
  await command(context);
  stdout.end();
  stderr.end();
  return { out: await text(stdout), told: await text(stderr) };
}

test('a webhook is added, tested, its alert redelivered, its secret changed, paused, resumed and removed', async () => {
  const receiver = await useReceiver();
  await seedWatch(database, 'Levées');
  const added = await run((context) => addChannel(context, 'Levées', 'webhook', receiver.url, {}));
  expect(added.out).toMatch(/^whsec_\S+\n$/);
  const id = /^Channel (\d+) delivers the alerts of "Levées" to http:\/\/127\.0\.0\.1:\d+\/hook\.$/m.exec(
    added.told,
  )![1]!;
  const { seq } = await logMatch(database);

  expect((await run((context) => testOneChannel(context, id))).out).toMatch(
    /^Delivered \(204, \d+ ms\)\.\n$/,
  );
  await run((context) => redeliverAlert(context, id, formatCursor(seq), {}));
  expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['test', 'alert']);
  receiver.answer(status(500, {}, 'o\u001b[31mh'));
  await expect(run((context) => testOneChannel(context, id))).rejects.toThrow(
    /^channels: not delivered: .* answered 500: o \[31mh$/,
  );
  const { out: log } = await run((context) => showDeliveries(context, id, { limit: '2' }));
  expect(log).toMatch(
    /^\S+Z {2}failed {4}test {9}500 +\d+ ms {2}1 alert \S+ {2}\(.*500: o \[31mh\)\n\S+Z {2}delivered {1}redelivery {3}204 .*\n2 attempts\n$/,
  );

  const rotated = await run((context) => rotateChannel(context, id));
  expect(rotated.out).toMatch(/^whsec_/);
  expect(rotated.out).not.toBe(added.out);
  await run((context) => pauseOneChannel(context, id));
  await expect(run((context) => pauseOneChannel(context, id))).rejects.toThrow(
    'does not deliver anyway: it is paused',
  );
  await expect(
    run((context) => redeliverAlert(context, id, formatCursor(seq), { following: true })),
  ).rejects.toThrow('resume it first');
  expect((await run((context) => listAllChannels(context, {}))).out).toMatch(
    new RegExp(`^ +${id} {2}paused {6}webhook {2}Levées {2}http://.*/hook {2}\\(paused\\)\n1 channel\n$`),
  );
  expect((await run((context) => listAllChannels(context, { failing: true }))).out).toBe('0 channels\n');
  await run((context) => resumeOneChannel(context, id, {}));
  await run((context) => redeliverAlert(context, id, formatCursor(0n), { following: true }));
  expect(await database.db.channel.findFirst()).toMatchObject({ status: 'ACTIVE', cursor: 0n });
  await run((context) => changeChannel(context, id, { url: 'https://example.org/new' }));
  expect((await run((context) => listAllChannels(context, {}))).out).toContain('https://example.org/new');
  const { rows } = await database.pool.query(
    `select key from graphile_worker.jobs where task_identifier = 'deliver-channel'`,
  );
  expect(rows).toEqual([{ key: `deliver-channel:${id}` }]);
  await run((context) => removeChannel(context, id));
  await expect(run((context) => removeChannel(context, id))).rejects.toThrow(`there is no channel ${id}`);
});

test('a mailbox is asked at once, and a feed shows its three addresses', async () => {
  const server = await useMailServer();
  const mail = { VIGIE_SMTP_URL: server.url, VIGIE_MAIL_FROM: 'vigie@example.net' };
  await seedWatch(database, 'Voix');
  const added = await run(
    (context) =>
      addChannel(context, 'Voix', 'mail', 'jeanne@example.org', { schedule: 'at-once', language: 'en' }),
    mail,
  );
  expect(added.told).toContain('owner is asked first');
  expect(server.received.map(({ subject }) => subject)).toEqual(['Confirm your subscription to “Voix”']);
  const feed = await run((context) => addChannel(context, 'Voix', 'feed', undefined, {}));
  expect(feed.out.trim().split('\n')).toEqual(
    ['rss.xml', 'atom.xml', 'feed.json'].map((file) =>
      expect.stringMatching(new RegExp(`^https://vigie\\.example/feed/[\\w-]{43}/${file}$`)),
    ),
  );
});

test.each([
  [
    'an unknown kind',
    ['Veille', 'pigeon', 'x'],
    {},
    'kind: there is no "pigeon"; there are WEBHOOK, SLACK, DISCORD, TEAMS, MAIL, FEED',
  ],
  ['a missing address', ['Veille', 'slack', undefined], {}, 'an address to post to is needed'],
  ['an unknown watch', ['Personne', 'feed', undefined], {}, 'no watch is called "Personne"'],
  ['an address inside', ['Veille', 'webhook', 'http://10.0.0.1/'], {}, 'not on the public internet'],
  ['mail without a server', ['Veille', 'mail', 'a@example.org'], {}, 'VIGIE_SMTP_URL'],
  [
    'a schedule that is none',
    ['Veille', 'mail', 'a@example.org'],
    { schedule: 'hourly' },
    '--schedule: there is no "hourly"',
  ],
  [
    'an hour that is none',
    ['Veille', 'mail', 'a@example.org'],
    { hour: 'noon' },
    'hour: a whole hour from 0 to 23 is needed',
  ],
] as const)('%s is refused in one line', async (_what, [watch, kind, target], options, message) => {
  const adding = run((context) => addChannel(context, watch, kind, target, options));
  await expect(adding).rejects.toMatchObject({
    name: 'CommandError',
    message: expect.stringContaining(`channels: `),
  });
  await expect(adding).rejects.toThrow(message);
});
