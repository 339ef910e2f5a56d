/** `vigie channels …`: where the alerts of watches go, and how that is going. */

import {
  CHANNELS_MAX,
  createChannel,
  deleteChannel,
  findChannel,
  type LoadedChannel,
  listChannels,
  moveCursor,
  resumeChannel,
  rotateSecret,
  saveSettings,
  settingsOf,
  stopChannel,
} from '#delivery/channel.store.ts';
import {
  CHANNEL_KINDS,
  type ChannelKind,
  describeTarget,
  type Language,
  type MailSchedule,
} from '#delivery/channel.ts';
import {
  type ChannelTarget,
  type CheckedChannel,
  checkChange,
  checkTarget,
  isForbiddenTarget,
} from '#delivery/channel-input.ts';
import { feedAddresses } from '#delivery/channel-secret.ts';
import { listDeliveries } from '#delivery/delivery-log.store.ts';
import { ASKED_ENOUGH } from '#delivery/mail-question.store.ts';
import { formatCursor, parseCursor } from '#match/cursor.ts';
import { deliverOnce, onceId } from '#pipeline/deliver-once.ts';
import { createQueueLogger, openQueue } from '#pipeline/queue.ts';
import { createDeliverer } from '#pipeline/start.ts';
import { systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { withoutCommands } from '#text/terminal.ts';
import { type CommandContext, CommandError } from './command.ts';

const LOG_MAX = 1_000;

/** How a channel is read, as typed. */
export interface ReadingOptions {
  readonly schedule?: string;
  readonly language?: string;
  readonly hour?: string;
  readonly weekday?: string;
  readonly zone?: string;
}

const fail = (message: string): never => {
  throw new CommandError(`channels: ${message}`);
};

function oneOf<T extends string>(
  option: string,
  text: string | undefined,
  values: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const value = values.find((each) => each === text.toUpperCase().replaceAll('-', '_'));
  return value ?? fail(`${option}: there is no "${text}"; there are ${values.join(', ')}`);
}

function readReading({ schedule, language, hour, weekday, zone }: ReadingOptions) {
  return {
    schedule: oneOf<MailSchedule>('--schedule', schedule, ['AT_ONCE', 'DAILY', 'WEEKLY']),
    language: oneOf<Language>('--language', language, ['FR', 'EN']),
    hour: hour === undefined ? undefined : Number(hour),
    weekday: weekday === undefined ? undefined : Number(weekday),
    timeZone: zone,
  };
}

function readId(text: string): number {
  return /^\d{1,9}$/.test(text)
    ? Number(text)
    : fail(`"${text}" is no channel's number; "channels list" tells them`);
}

async function load(database: Database, id: string): Promise<LoadedChannel> {
  return (await findChannel(database.db, readId(id))) ?? fail(`there is no channel ${id}`);
}

function accept(checked: CheckedChannel, config: Config) {
  if (!checked.ok) return fail(`${checked.field}: ${checked.problem}`);
  const { settings } = checked;
  if ('url' in settings && isForbiddenTarget(settings.url, config.allowHosts)) {
    fail('url: this address is not on the public internet (see VIGIE_ALLOW_HOSTS)');
  }
  if (settings.kind === 'MAIL' && config.mail === null) {
    fail('no mail server is configured (VIGIE_SMTP_URL and VIGIE_MAIL_FROM)');
  }
  return settings;
}

/** Leaves a turn of the channel to the workers. */
async function plan(database: Database, channelId: number): Promise<void> {
  await using queue = await openQueue(database.pool, createQueueLogger(createLog('error')));
  await queue.planDeliveries([{ channelId, at: systemClock.now() }], { keep: false });
}

/** Sends one thing here and now, and says how it went. */
async function sendOnce(
  context: CommandContext,
  database: Database,
  channelId: number,
  kind: 'TEST' | 'REDELIVERY' | 'CONFIRMATION',
  seq: bigint | null = null,
): Promise<void> {
  const config = context.config();
  await using deliverer = createDeliverer(config, database, { clock: systemClock, log: createLog('error') });
  const messageId = onceId(kind, channelId, seq);
  const payload = { channelId, kind, messageId, seq: seq === null ? null : String(seq) };
  const done = await deliverOnce(deliverer.context, payload);
  if (done === null) {
    return fail(
      'nothing to send: a feed is read, an address has to be confirmed first, and an alert has to be in the log',
    );
  }
  const { outcome, status, durationMs, problem } = await database.db.delivery.findUniqueOrThrow({
    where: { id: done.id },
  });
  if (outcome === 'FAILED') {
    const again = kind === 'CONFIRMATION' ? `; "channels resume ${channelId}" asks again` : '';
    fail(`not delivered: ${withoutCommands(problem ?? '')}${again}`);
  }
  context.stdout.write(`Delivered (${status ?? 'no status'}, ${durationMs} ms).\n`);
}

function showSecret(
  context: CommandContext,
  kind: ChannelKind,
  shown: string | null,
  publicUrl: string,
): void {
  if (shown === null) return;
  context.stderr.write(kind === 'FEED' ? 'Its addresses are shown once:\n' : 'Its secret is shown once:\n');
  const lines = kind === 'FEED' ? Object.values(feedAddresses(publicUrl, shown)) : [shown];
  context.stdout.write(`${lines.join('\n')}\n`);
}

/** Has the alerts of a watch, named as it is, delivered somewhere from now on. */
export async function addChannel(
  context: CommandContext,
  watchName: string,
  kindName: string,
  target: string | undefined,
  options: ReadingOptions,
): Promise<void> {
  const kind = oneOf<ChannelKind>('kind', kindName, CHANNEL_KINDS) ?? fail('a kind is needed');
  if (kind !== 'FEED' && target === undefined) {
    fail(kind === 'MAIL' ? 'a mail address is needed' : 'an address to post to is needed');
  }
  const reading = readReading(options);
  const given: ChannelTarget =
    kind === 'FEED'
      ? { kind }
      : kind === 'MAIL'
        ? { kind, address: target!, ...reading }
        : { kind, url: target!, language: reading.language };
  const config = context.config();
  const settings = accept(checkTarget(given), config);
  await using database = await openConfiguredDatabase(config);
  const watch = await database.db.watch.findUnique({ where: { name: watchName }, select: { id: true } });
  const watchId = watch?.id ?? fail(`no watch is called "${watchName}"`);
  const created = await createChannel(database.db, { watchId, settings }, systemClock.now());
  if (created === null) return fail(`no watch is called "${watchName}"`);
  if (created === 'ASKED_ENOUGH') return fail(ASKED_ENOUGH);
  if (created === 'FULL') return fail(`a watch has at most ${CHANNELS_MAX} channels`);
  const { id } = created.channel;
  context.stderr.write(
    `Channel ${id} delivers the alerts of "${watchName}" to ${describeTarget(settings)}.\n`,
  );
  showSecret(context, kind, created.shown, config.publicUrl);
  if (kind === 'MAIL') {
    context.stderr.write('Its owner is asked first; nothing else is sent there before the answer.\n');
    await sendOnce(context, database, id, 'CONFIRMATION');
  } else if (kind !== 'FEED') await plan(database, id);
}

/** One line a channel: number, state, kind, watch, where it leads, and what is wrong. */
export async function listAllChannels(
  context: CommandContext,
  options: { readonly failing?: boolean },
): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const channels = await listChannels(database.db, { failing: options.failing ?? false });
  for (const { id, kind, status, watch, settings, failingSince, statusReason } of channels) {
    const state = status === 'ACTIVE' && failingSince !== null ? 'failing' : status.toLowerCase();
    const since = failingSince === null ? '' : `since ${failingSince.toISOString()}`;
    const problem = statusReason ?? since;
    const line = `${String(id).padStart(4)}  ${state.padEnd(12)}${kind.toLowerCase().padEnd(9)}${watch.name}  ${describeTarget(settings)}`;
    context.stdout.write(
      `${withoutCommands(line)}${problem === '' ? '' : `  (${withoutCommands(problem)})`}\n`,
    );
  }
  context.stdout.write(`${channels.length} channel${channels.length === 1 ? '' : 's'}\n`);
}

/** Changes where a channel leads or how it is read. */
export async function changeChannel(
  context: CommandContext,
  id: string,
  options: ReadingOptions & { readonly url?: string },
): Promise<void> {
  const config = context.config();
  await using database = await openConfiguredDatabase(config);
  const channel = await load(database, id);
  const settings = accept(
    checkChange(settingsOf(channel), { ...readReading(options), url: options.url }),
    config,
  );
  await saveSettings(database.db, channel.id, settings);
  await plan(database, channel.id);
  context.stdout.write(`Channel ${id} was changed.\n`);
}

/** Stops a channel; nothing is lost meanwhile. */
export async function pauseOneChannel(context: CommandContext, id: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const channel = await load(database, id);
  if (channel.status !== 'ACTIVE')
    fail(`channel ${id} does not deliver anyway: it is ${channel.status.toLowerCase()}`);
  await stopChannel(database.db, channel.id, { status: 'PAUSED', reason: 'paused', now: systemClock.now() });
  context.stdout.write(`Channel ${id} is paused.\n`);
}

/** Sets a channel going again, from where it stopped or from now on. */
export async function resumeOneChannel(
  context: CommandContext,
  id: string,
  options: { readonly skipMissed?: boolean },
): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const channel = await load(database, id);
  const now = systemClock.now();
  const row = await resumeChannel(database.db, channel.id, { skipMissed: options.skipMissed ?? false, now });
  if (row === 'ASKED_ENOUGH') return fail(ASKED_ENOUGH);
  if (row?.status === 'UNCONFIRMED') {
    context.stderr.write('The owner of the address is asked first.\n');
    return await sendOnce(context, database, channel.id, 'CONFIRMATION');
  }
  await plan(database, channel.id);
  context.stdout.write(`Channel ${id} goes on.\n`);
}

/** Deletes a channel with its delivery log. */
export async function removeChannel(context: CommandContext, id: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const channel = await load(database, id);
  await deleteChannel(database.db, channel.id);
  context.stdout.write(`Channel ${id} is no more.\n`);
}

/** Gives a webhook another secret or a feed another address, and prints it. */
export async function rotateChannel(context: CommandContext, id: string): Promise<void> {
  const config = context.config();
  await using database = await openConfiguredDatabase(config);
  const channel = await load(database, id);
  const { kind } = channel;
  if (kind !== 'WEBHOOK' && kind !== 'FEED')
    fail(`a ${kind.toLowerCase()} channel has no secret of ours to change`);
  showSecret(context, kind, await rotateSecret(database.db, channel, systemClock.now()), config.publicUrl);
}

/** Sends a test, and says how it went. */
export async function testOneChannel(context: CommandContext, id: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  await sendOnce(context, database, (await load(database, id)).id, 'TEST');
}

/** Delivers one alert again, or leaves everything behind it to the workers. */
export async function redeliverAlert(
  context: CommandContext,
  id: string,
  cursor: string,
  options: { readonly following?: boolean },
): Promise<void> {
  const seq = parseCursor(cursor) ?? fail(`"${cursor}" is no cursor of the match log`);
  await using database = await openConfiguredDatabase(context.config());
  const channel = await load(database, id);
  if (options.following !== true) return await sendOnce(context, database, channel.id, 'REDELIVERY', seq);
  if (channel.status !== 'ACTIVE') fail(`channel ${id} is ${channel.status.toLowerCase()}; resume it first`);
  await moveCursor(database.db, channel.id, seq);
  await plan(database, channel.id);
  context.stdout.write(`Channel ${id} begins again behind ${cursor}.\n`);
}

/** The latest attempts of a channel, one a line. */
export async function showDeliveries(
  context: CommandContext,
  id: string,
  options: { readonly limit: string },
): Promise<void> {
  const limit = /^\d{1,4}$/.test(options.limit) ? Number(options.limit) : 0;
  if (limit < 1 || limit > LOG_MAX) fail(`--limit takes a whole number from 1 to ${LOG_MAX}`);
  await using database = await openConfiguredDatabase(context.config());
  const channel = await load(database, id);
  const deliveries = await listDeliveries(database.db, channel.id, limit);
  for (const { startedAt, kind, outcome, status, durationMs, seqs, problem, nextAttemptAt } of deliveries) {
    const next = nextAttemptAt === null ? '' : `, again ${nextAttemptAt.toISOString()}`;
    const what = `${seqs.length} alert${seqs.length === 1 ? '' : 's'}${seqs.length === 1 ? ` ${formatCursor(seqs[0]!)}` : ''}`;
    const line = `${startedAt.toISOString()}  ${outcome.toLowerCase().padEnd(10)}${kind.toLowerCase().padEnd(13)}${String(status ?? '-').padEnd(5)}${String(durationMs).padStart(6)} ms  ${what}`;
    context.stdout.write(`${line}${problem === null ? '' : `  (${withoutCommands(problem)}${next})`}\n`);
  }
  context.stdout.write(`${deliveries.length} attempt${deliveries.length === 1 ? '' : 's'}\n`);
}
