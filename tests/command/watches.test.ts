/** What an operator does with watches, as typed. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandContext } from '#command/command.ts';
import {
  addWatch,
  changeWatch,
  listWatches,
  muteOneWatch,
  previewWatch,
  removeWatch,
  unmuteOneWatch,
} from '#command/watches.ts';
import { readConfig } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { logMatch, seedChannel } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  await logMatch(database, { actor: 'Kyutai', title: 'Kyutai \u001b[31mparle', outlet: 'Le Phare' });
});
afterAll(() => database[Symbol.asyncDispose]());

async function run(command: (context: CommandContext) => Promise<void>): Promise<string> {
  const stdout = new PassThrough();
  await command({
    stdout,
    stderr: new PassThrough(),
    config: () => readConfig({ DATABASE_URL: database.url }),
  } as unknown as CommandContext);
  stdout.end();
  return await text(stdout);
}

test('a watch is added, listed, previewed, changed, muted, unmuted and removed', async () => {
  const options = { actors: 'kyutai', reasons: 'mentioned,spoken-about', withSpokespeople: true };
  expect(await run((context) => addWatch(context, ' Labos ', options))).toBe(
    '"Labos" lets pass: actors: kyutai; reasons: MENTIONED, SPOKEN_ABOUT; with spokespeople\n',
  );
  const shown = await run((context) => previewWatch(context, 'Labos', { days: '7' }));
  expect(shown).toMatch(/^1 alert in 7 days, 1 a week\n/);
  expect(shown).toContain('Le Phare');
  expect(shown).toMatch(/Kyutai: Kyutai \ufffd\[31mparle \(Le Phare\)\n$/);
  expect(
    await run((context) => previewWatch(context, undefined, { days: '7', outlets: 'Ailleurs' })),
  ).toMatch(/^0 alerts in 7 days, 0 a week\n/);
  const { id: watchId } = await database.db.watch.findUniqueOrThrow({ where: { name: 'Labos' } });
  const channel = await seedChannel(database, watchId, { kind: 'WEBHOOK', url: 'https://example.org/hook' });
  await run((context) => muteOneWatch(context, 'Labos', { hours: '2' }));
  await run((context) => changeWatch(context, 'Labos', { name: 'Laboratoires', minEur: '1000000' }));
  expect(await run(listWatches)).toMatch(
    /^Laboratoires {2}\(minimumEur: 1000000\) {2}1 channel, muted until \d{4}-\S+Z\n1 watch\n$/,
  );
  await run((context) => unmuteOneWatch(context, 'Laboratoires'));
  const { rows } = await database.pool.query(
    `select key from graphile_worker.jobs where task_identifier = 'deliver-channel'`,
  );
  expect(rows).toEqual([{ key: `deliver-channel:${channel.id}` }]);
  expect(await run(listWatches)).not.toContain('muted');
  await run((context) => removeWatch(context, 'Laboratoires'));
  expect(await run(listWatches)).toBe('0 watches\n');
});

const REFUSED: readonly [string, (context: CommandContext) => Promise<void>, string][] = [
  ['a name that is taken', (c) => addWatch(c, 'Pris', {}), 'a watch is called "Pris" already'],
  ['a name that is missing', (c) => removeWatch(c, 'Personne'), 'no watch is called "Personne"'],
  ['an unknown slug', (c) => addWatch(c, 'n', { actors: 'nobody' }), 'filter.actors: no actor has the slug'],
  ['words that are no query', (c) => addWatch(c, 'n', { words: 'a (b' }), 'filter.words: at character 3'],
  [
    'a part that is none',
    (c) => addWatch(c, 'n', { reasons: 'SINGING' }),
    '--reasons: there is no "SINGING"',
  ],
  ['a sum that is none', (c) => addWatch(c, 'n', { minEur: '10M' }), '--min-eur takes euros in figures'],
  ['spokespeople of nobody', (c) => addWatch(c, 'n', { withSpokespeople: true }), 'goes with --actors'],
  ['a change of nothing', (c) => changeWatch(c, 'Pris', {}), 'nothing to change'],
  ['a silence of no time', (c) => muteOneWatch(c, 'Pris', { hours: '0' }), '--hours takes a whole number'],
  [
    'too many days',
    (c) => previewWatch(c, 'Pris', { days: '400' }),
    '--days takes a whole number from 1 to 366',
  ],
];

test.each(REFUSED)('%s is refused in one line', async (_what, command, message) => {
  await database.db.watch.createMany({ data: [{ name: 'Pris', filter: {} }], skipDuplicates: true });
  const running = run(command);
  await expect(running).rejects.toMatchObject({ name: 'CommandError' });
  await expect(running).rejects.toThrow(message);
});
