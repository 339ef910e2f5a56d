/** `vigie watches …`: saved filters over the match log, what they would have caught, and silence. */
import { BadInputError } from '#graphql/errors.ts';
import { CORROBORATION_MAX, type SavedFilter } from '#match/filter.ts';
import { checkMatchFilter, type MatchFilterInput, resolveMatchFilter } from '#match/match-filter.graphql.ts';
import { createQueueLogger, openQueue } from '#pipeline/queue.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { withoutCommands } from '#text/terminal.ts';
import { listWaitingChannels, mutedAt, muteWatch, unmuteWatch } from '#watch/mute.store.ts';
import { loadPreview, PREVIEW_MAX } from '#watch/preview.store.ts';
import { createWatch, updateWatch } from '#watch/watch.store.ts';
import { type CommandContext, CommandError } from './command.ts';

/** A filter as typed: lists are separated by commas. */
export interface FilterOptions {
  readonly actors?: string;
  readonly withSpokespeople?: boolean;
  readonly kinds?: string;
  readonly outlets?: string;
  readonly reasons?: string;
  readonly words?: string;
  readonly minEur?: string;
  readonly funding?: string;
  readonly claims?: string;
  readonly texts?: string;
}

/** Hours that a silence with an end lasts at most: a year. */
const HOURS_MAX = 8_784;
const DAYS_MAX = 366;
const LIST_MAX = 1_000;
const NAME_MAX = 200;

const VALUES = {
  '--kinds': ['PERSON', 'COMPANY', 'LAB', 'INVESTOR', 'GOVERNMENT', 'ORGANIZATION'],
  '--reasons': ['MENTIONED', 'SPEAKING', 'SPOKEN_ABOUT', 'RAISING', 'INVESTING'],
  '--funding': ['RUMOURED', 'PLANNED', 'CLOSED'],
  '--claims': ['ASSERTED', 'CONDITIONAL', 'DENIED'],
} as const;

const fail = (message: string): never => {
  throw new CommandError(`watches: ${message}`);
};

const listOf = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function namesOf<Option extends keyof typeof VALUES>(
  option: Option,
  text: string | undefined,
): (typeof VALUES)[Option][number][] | undefined {
  const values: readonly string[] = VALUES[option];
  return listOf(text)?.map((name) => {
    const value = name.toUpperCase().replaceAll('-', '_');
    if (!values.includes(value)) fail(`${option}: there is no "${name}"; there are ${values.join(', ')}`);
    return value as (typeof VALUES)[Option][number];
  });
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : fail(`${option} takes a whole number from 1 to ${most}`);
}

/** What was typed of a filter; null when nothing was. */
function readFilter(options: FilterOptions): typeof MatchFilterInput.$inferInput | null {
  const { withSpokespeople, minEur, words } = options;
  if (minEur !== undefined && !/^\d{1,14}(\.\d{1,2})?$/.test(minEur)) {
    fail(`--min-eur takes euros in figures, such as 10000000, not "${minEur}"`);
  }
  const conditions = {
    actors: listOf(options.actors),
    actorKinds: namesOf('--kinds', options.kinds),
    outlets: listOf(options.outlets),
    reasons: namesOf('--reasons', options.reasons),
    words,
    minimumEur: minEur,
    fundingStatuses: namesOf('--funding', options.funding),
    claimStatuses: namesOf('--claims', options.claims),
    minimumIndependentTexts:
      options.texts === undefined ? undefined : wholeNumber('--texts', options.texts, CORROBORATION_MAX),
  };
  if (withSpokespeople === true && conditions.actors === undefined) {
    fail('--with-spokespeople goes with --actors');
  }
  if (Object.values(conditions).every((value) => value === undefined)) return null;
  return { ...conditions, withSpokespeople: withSpokespeople ?? false };
}

async function check(
  { db }: Database,
  input: typeof MatchFilterInput.$inferInput | null,
): Promise<SavedFilter> {
  return await checkMatchFilter(input, { db }).catch((error: unknown) => {
    if (error instanceof BadInputError) return fail(`${error.argument}: ${error.problem}`);
    throw error;
  });
}

function readName(given: string): string {
  const name = given.replaceAll('\0', '').trim();
  return name !== '' && name.length <= NAME_MAX
    ? name
    : fail(`a name of 1 to ${NAME_MAX} characters is needed`);
}

async function find({ db }: Database, name: string) {
  return (
    (await db.watch.findUnique({ where: { name }, select: { id: true, filter: true } })) ??
    fail(`no watch is called "${name}"; "watches list" tells their names`)
  );
}

/** A filter in one line, in the words of the options. */
function describe(filter: SavedFilter): string {
  const { withSpokespeople, ...conditions } = filter;
  const parts = Object.entries(conditions).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : value}`,
  );
  if (withSpokespeople === true) parts.push('with spokespeople');
  return parts.length === 0 ? 'everything' : parts.join('; ');
}

const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;

/** One line a watch: name, what it lets pass, channels, silence. */
export async function listWatches(context: CommandContext): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const now = systemClock.now();
  const watches = await database.db.watch.findMany({
    orderBy: { name: 'asc' },
    take: LIST_MAX,
    include: { mutes: { orderBy: { id: 'desc' }, take: 1 }, _count: { select: { channels: true } } },
  });
  for (const { name, filter, mutes, _count } of watches) {
    const silence = mutedAt(mutes, now);
    const muted =
      silence === null
        ? ''
        : `, muted${silence.until === null ? '' : ` until ${silence.until.toISOString()}`}`;
    // Written by `createWatch` and `updateWatch` alone, in this shape.
    const line = `${name}  (${describe(filter as SavedFilter)})  ${plural(_count.channels, 'channel')}${muted}`;
    context.stdout.write(`${withoutCommands(line)}\n`);
  }
  context.stdout.write(`${plural(watches.length, 'watch', 'watches')}\n`);
}

/** Saves a filter under a name. */
export async function addWatch(
  context: CommandContext,
  given: string,
  options: FilterOptions,
): Promise<void> {
  const name = readName(given);
  const input = readFilter(options);
  await using database = await openConfiguredDatabase(context.config());
  const filter = await check(database, input);
  const watch = await createWatch(database.db, { name, filter }, systemClock.now());
  if (watch === null) fail(`a watch is called "${name}" already`);
  context.stdout.write(`"${name}" lets pass: ${describe(filter)}\n`);
}

/** Renames a watch or replaces its filter. */
export async function changeWatch(
  context: CommandContext,
  current: string,
  options: FilterOptions & { readonly name?: string },
): Promise<void> {
  const name = options.name === undefined ? null : readName(options.name);
  const input = readFilter(options);
  if (name === null && input === null) fail('nothing to change: give --name or conditions of a filter');
  await using database = await openConfiguredDatabase(context.config());
  const { id } = await find(database, current);
  const filter = input === null ? null : await check(database, input);
  const outcome = await updateWatch(database.db, id, { name, filter });
  if (outcome === 'NAME_TAKEN') fail(`a watch is called "${name}" already`);
  if (outcome === 'NOT_FOUND') fail(`no watch is called "${current}"`);
  context.stdout.write(`"${name ?? current}" was changed.\n`);
}

/** Deletes a watch with its channels. */
export async function removeWatch(context: CommandContext, name: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const { id } = await find(database, name);
  await database.db.watch.deleteMany({ where: { id } });
  context.stdout.write(`"${name}" is no more, nor are its channels.\n`);
}

/** Shows what a watch or a filter would have caught lately. */
export async function previewWatch(
  context: CommandContext,
  name: string | undefined,
  options: FilterOptions & { readonly days: string },
): Promise<void> {
  const days = wholeNumber('--days', options.days, DAYS_MAX);
  const input = readFilter(options);
  if (name !== undefined && input !== null) fail('either the name of a watch or conditions, not both');
  await using database = await openConfiguredDatabase(context.config());
  const { db } = database;
  const filter =
    name === undefined ? await check(database, input) : ((await find(database, name)).filter as SavedFilter);
  const preview = await loadPreview(db, await resolveMatchFilter(filter, { db }), {
    days,
    now: systemClock.now(),
  });
  const { stdout } = context;
  const print = (text: string) => stdout.write(`${withoutCommands(text).trimEnd()}\n`);
  const many = preview.capped ? `more than ${PREVIEW_MAX.matches} alerts` : plural(preview.count, 'alert');
  print(`${many} in ${plural(days, 'day')}, ${Math.round((preview.count * 70) / days) / 10} a week`);
  const most = Math.max(1, ...preview.weeks.map(({ count }) => count));
  for (const { start, count } of preview.weeks) {
    // A week begins at midnight in Paris, which is the day before elsewhere.
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(start);
    print(`  ${day}  ${String(count).padStart(5)}  ${'█'.repeat(Math.round((count * 40) / most))}`);
  }
  for (const { outlet, count } of preview.outlets) print(`  ${String(count).padStart(5)}  ${outlet}`);
  const examples = await db.match.findMany({
    where: { seq: { in: [...preview.examples] } },
    orderBy: { seq: 'desc' },
    select: {
      createdAt: true,
      actor: { select: { name: true } },
      article: { select: { title: true, outlet: true } },
    },
  });
  for (const { createdAt, actor, article } of examples) {
    print(`${createdAt.toISOString().slice(0, 10)}  ${actor.name}: ${article.title} (${article.outlet})`);
  }
}

/** Silences a watch. */
export async function muteOneWatch(
  context: CommandContext,
  name: string,
  { hours }: { readonly hours?: string },
): Promise<void> {
  const now = systemClock.now();
  const until =
    hours === undefined
      ? null
      : new Date(now.getTime() + wholeNumber('--hours', hours, HOURS_MAX) * 3_600_000);
  await using database = await openConfiguredDatabase(context.config());
  const { id } = await find(database, name);
  await muteWatch(database.db, { watchId: id, until, now });
  context.stdout.write(
    `"${name}" is muted ${until === null ? 'until "watches unmute"' : `until ${until.toISOString()}`}.\n`,
  );
}

/** Ends the silence of a watch; what waited from before it goes out. */
export async function unmuteOneWatch(context: CommandContext, name: string): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const { id } = await find(database, name);
  const now = systemClock.now();
  await unmuteWatch(database.db, { watchId: id, now });
  const channels = await listWaitingChannels(database.db, id);
  if (channels.length > 0) {
    await using queue = await openQueue(database.pool, createQueueLogger(createLog('error')));
    await queue.planDeliveries(
      channels.map((channelId) => ({ channelId, at: now })),
      { keep: false },
    );
  }
  context.stdout.write(`"${name}" alerts again.\n`);
}
