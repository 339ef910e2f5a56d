#!/usr/bin/env node
/**
 * The one program: environment → configuration → context → command.
 *
 * Every command is a module of `command/`, loaded when it is called: `read` never loads the database, nor `serve` the
 * progress bar. What the user got wrong is one line on stderr and exit code 1 (2 for a wrong call); a stack trace is a bug.
 */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { Command, CommanderError } from 'commander';
import type { CommandContext } from '#command/command.ts';
import { readConfig } from '#platform/config.ts';

// What is loaded from here on is stripped of its types and compiled once per machine, not once per run: half the start-up.
enableCompileCache();

/** Errors that say what is wrong and what to do: their message is all a user needs. */
const PLAIN_ERRORS: ReadonlySet<string> = new Set([
  'CatalogueError',
  'CommandError',
  'ConfigError',
  'EmbeddedDatabaseError',
  'ListenError',
  'OpmlError',
  'RegisterError',
  'TrustedDocumentsError',
]);
/** Errors of the network and of Postgres that carry a code instead of a name of ours. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  '28P01',
  '28000',
  '3D000',
]);

function createContext(signal: AbortSignal): CommandContext {
  const { stdin, stdout, stderr } = process;
  return {
    stdin,
    stdout,
    stderr,
    signal,
    config() {
      if (existsSync('.env')) process.loadEnvFile('.env');
      return readConfig(process.env);
    },
  };
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function createProgram(context: CommandContext): Command {
  const program = new Command('vigie')
    .description(
      'Watches the French AI ecosystem in the press: feeds in, a GraphQL graph and live alerts out.',
    )
    .version(readVersion())
    .exitOverride()
    .showHelpAfterError('(see --help)');
  const roles = {
    serve: 'run everything: the API and a worker (the default set-up)',
    api: 'run the API alone; start as many as you like on one database',
    worker: 'run a worker alone: it polls feeds and reads articles',
  } as const;
  for (const [role, text] of Object.entries(roles) as [keyof typeof roles, string][]) {
    program
      .command(role)
      .description(text)
      .action(async () => (await import('#command/serve.ts')).serve(context, role));
  }
  program
    .command('migrate')
    .description('bring the database to the current data model')
    .action(async () => (await import('#command/migrate.ts')).migrateCommand(context));
  program
    .command('poll')
    .description('poll the feeds that are due, here and now')
    .option('--feed <url>', 'only this feed, due or not')
    .option('--all', 'every active feed, due or not')
    .action(async (options) => (await import('#command/poll.ts')).poll(context, options));
  program
    .command('read')
    .description(
      'read articles: JSON lines {id, title, text} on stdin, what they say as JSON lines on stdout',
    )
    .option('--register <file>', 'another actor register (CSV)')
    .option(
      '--explain <file>',
      'show a person what is read of an article: a text with its title in the first line, or JSON lines; - for stdin',
    )
    .option('--html', 'with --explain: as an HTML page')
    .action(async (options) => {
      if (options.explain === undefined) await (await import('#command/read.ts')).read(context, options);
      else await (await import('#command/explain.ts')).explain(context, options);
    });
  program
    .command('reread')
    .description('read the stored articles again, after the register or the reader has changed')
    .option('--since <date>', 'only those published on that day or later: 2026-03-31')
    .option('--outlet <name>', 'only those of this outlet')
    .option('--all', 'also those that are up to date')
    .option('--alert-days <number>', 'alert of new actors in articles of so many last days', '0')
    .option('--dry-run', 'say what would change, and change nothing')
    .action(async (options) => (await import('#command/reread.ts')).rereadCommand(context, options));

  const feeds = program.command('feeds').description('which feeds are followed');
  feeds
    .command('add <url>')
    .description('follow a feed, or the feed of a page')
    .option('--title <title>', 'its title')
    .option('--outlet <name>', 'the newspaper behind it (default: its title)')
    .action(async (url, options) => (await import('#command/feeds.ts')).addFeed(context, url, options));
  feeds
    .command('list')
    .description('list the feeds and how they are')
    .action(async () => (await import('#command/feeds.ts')).listAllFeeds(context));
  feeds
    .command('remove <url>')
    .description('stop following a feed; its articles stay')
    .action(async (url) => (await import('#command/feeds.ts')).removeOneFeed(context, url));
  feeds
    .command('adopt <url>')
    .description('follow what was found in the place of a feed that died')
    .action(async (url) => (await import('#command/feeds.ts')).adoptFeedSuccessor(context, url));
  feeds
    .command('dismiss <url>')
    .description('turn down what was found in the place of a feed that died')
    .action(async (url) => (await import('#command/feeds.ts')).dismissFeedSuccessor(context, url));
  feeds
    .command('import <file>')
    .description('follow the feeds of an OPML file')
    .action(async (file) => (await import('#command/feeds.ts')).importFeeds(context, file));
  feeds
    .command('export')
    .description('print the followed feeds as OPML')
    .action(async () => (await import('#command/feeds.ts')).exportFeeds(context));

  program
    .command('actors')
    .description('the actor register')
    .command('import <file>')
    .description('create and update actors from a CSV file')
    .action(async (file) => (await import('#command/actors.ts')).importActorsFile(context, file));
  const candidates = program
    .command('candidates')
    .description('actors that articles name and the register does not hold');
  candidates
    .command('list')
    .description('list them, those that most articles name first')
    .option('--min-articles <number>', 'only those that so many articles name', '1')
    .option('--kind <kind>', 'only these: PERSON, COMPANY, LAB, INVESTOR, GOVERNMENT, ORGANIZATION')
    .option('--limit <number>', 'so many at most', '50')
    .action(async (options) => (await import('#command/candidates.ts')).listAllCandidates(context, options));
  candidates
    .command('confirm <slug>')
    .description('make one a member of the register: its mentions count from now on')
    .option('--name <name>', 'under this name; the one it had stays as a spelling')
    .option('--kind <kind>', 'as this kind')
    .action(async (slug, options) =>
      (await import('#command/candidates.ts')).confirm(context, slug, options),
    );
  candidates
    .command('merge <slug> <into>')
    .description('make one another name of a member of the register, with all that it has')
    .action(async (slug, into) => (await import('#command/candidates.ts')).merge(context, slug, into));
  candidates
    .command('reject <slugs...>')
    .description('say that these are no actors: their names are passed over from now on')
    .action(async (slugs) => (await import('#command/candidates.ts')).reject(context, slugs));
  const watches = program.command('watches').description('saved filters over the match log');
  const filterOptions = (command: Command): Command =>
    command
      .option('--actors <slugs>', 'of these actors: mistral-ai,kyutai')
      .option('--with-spokespeople', 'also what their present members say')
      .option('--kinds <kinds>', 'of actors of these kinds: COMPANY,LAB,…')
      .option('--outlets <names>', 'in these outlets, separated by commas')
      .option('--reasons <parts>', 'MENTIONED, SPEAKING, SPOKEN_ABOUT, RAISING, INVESTING')
      .option('--words <query>', 'with these words: \'"levée de fonds" (santé OR médecine) -bourse\'')
      .option('--min-eur <amount>', 'at least so many euros raised or given')
      .option('--funding <statuses>', 'of deals that are RUMOURED, PLANNED, CLOSED')
      .option('--claims <statuses>', 'with statements that are ASSERTED, CONDITIONAL, DENIED')
      .option('--texts <number>', 'in stories that so many independent texts tell, 1 to 10');
  watches
    .command('list')
    .description('list the watches, what they let pass, and where it goes')
    .action(async () => (await import('#command/watches.ts')).listWatches(context));
  filterOptions(watches.command('add <name>'))
    .description('save a filter under a name')
    .action(async (name, options) => (await import('#command/watches.ts')).addWatch(context, name, options));
  filterOptions(watches.command('change <name>'))
    .description('rename a watch, or give it another filter in the place of the whole one')
    .option('--name <name>', 'its new name')
    .action(async (name, options) =>
      (await import('#command/watches.ts')).changeWatch(context, name, options),
    );
  watches
    .command('remove <name>')
    .description('delete a watch with its channels')
    .action(async (name) => (await import('#command/watches.ts')).removeWatch(context, name));
  filterOptions(watches.command('preview [name]'))
    .description('show what a watch, or a filter before it is saved, would have caught')
    .option('--days <number>', 'so many days back', '90')
    .action(async (name, options) =>
      (await import('#command/watches.ts')).previewWatch(context, name, options),
    );
  watches
    .command('mute <name>')
    .description('silence the channels of a watch; what is logged meanwhile is passed over')
    .option('--hours <number>', 'for so many hours (default: until "unmute")')
    .action(async (name, options) =>
      (await import('#command/watches.ts')).muteOneWatch(context, name, options),
    );
  watches
    .command('unmute <name>')
    .description('end the silence of a watch')
    .action(async (name) => (await import('#command/watches.ts')).unmuteOneWatch(context, name));
  const channels = program.command('channels').description('where the alerts of watches go');
  const readingOptions = (command: Command): Command =>
    command
      .option('--language <language>', 'FR or EN, for chats and mails')
      .option('--schedule <schedule>', 'AT_ONCE, DAILY or WEEKLY, for mails')
      .option('--hour <hour>', 'hour of a digest, 0 to 23')
      .option('--weekday <day>', 'day of a weekly digest, 1 (Monday) to 7 (Sunday)')
      .option('--zone <zone>', 'whose clock counts, such as Europe/Paris');
  readingOptions(channels.command('add <watch> <kind> [target]'))
    .description('deliver the alerts of a watch: webhook, slack, discord, teams, mail or feed')
    .action(async (watch, kind, target, options) =>
      (await import('#command/channels.ts')).addChannel(context, watch, kind, target, options),
    );
  channels
    .command('list')
    .description('list the channels and how they are')
    .option('--failing', 'only those that fail or have stopped')
    .action(async (options) => (await import('#command/channels.ts')).listAllChannels(context, options));
  readingOptions(channels.command('change <id>'))
    .description('change where a channel leads or how it is read')
    .option('--url <url>', 'another address, for webhooks and chats')
    .action(async (id, options) =>
      (await import('#command/channels.ts')).changeChannel(context, id, options),
    );
  channels
    .command('pause <id>')
    .description('stop a channel; nothing is lost meanwhile')
    .action(async (id) => (await import('#command/channels.ts')).pauseOneChannel(context, id));
  channels
    .command('resume <id>')
    .description('set a paused or disabled channel going again')
    .option('--skip-missed', 'pass over what came meanwhile')
    .action(async (id, options) =>
      (await import('#command/channels.ts')).resumeOneChannel(context, id, options),
    );
  channels
    .command('remove <id>')
    .description('delete a channel with its delivery log')
    .action(async (id) => (await import('#command/channels.ts')).removeChannel(context, id));
  channels
    .command('rotate <id>')
    .description('give a webhook another secret, or a feed another address')
    .action(async (id) => (await import('#command/channels.ts')).rotateChannel(context, id));
  channels
    .command('test <id>')
    .description('send a test here and now')
    .action(async (id) => (await import('#command/channels.ts')).testOneChannel(context, id));
  channels
    .command('redeliver <id> <cursor>')
    .description('deliver an alert again')
    .option('--following', 'everything behind it instead, in order')
    .action(async (id, cursor, options) =>
      (await import('#command/channels.ts')).redeliverAlert(context, id, cursor, options),
    );
  channels
    .command('log <id>')
    .description('show the latest attempts')
    .option('--limit <number>', 'so many at most', '20')
    .action(async (id, options) =>
      (await import('#command/channels.ts')).showDeliveries(context, id, options),
    );
  const tokens = program.command('token').description('keys to the API');
  tokens
    .command('create <name>')
    .description('make a token and print it, once')
    .option('--scopes <list>', 'READ, TEXT, WATCH, INGEST, ADMIN, separated by commas', 'READ')
    .option('--days <number>', 'days until it expires (default: never)')
    .action(async (name, options) =>
      (await import('#command/token.ts')).createTokenCommand(context, name, options),
    );
  tokens
    .command('list')
    .description('list the tokens: what they allow, when they were last used')
    .action(async () => (await import('#command/token.ts')).listTokens(context));
  tokens
    .command('revoke <id>')
    .description('revoke a token; its open streams end within seconds')
    .action(async (id) => (await import('#command/token.ts')).revokeTokenCommand(context, id));
  program
    .command('schema')
    .description('print the GraphQL schema')
    .option('--out <file>', 'write it to a file')
    .action(async ({ out }: { out?: string }) => {
      const { printVigieSchema } = await import('#server/schema.ts');
      if (out === undefined) context.stdout.write(printVigieSchema());
      else await writeFile(out, printVigieSchema());
    });
  program
    .command('doctor')
    .description('say what works and what does not')
    .action(async () => (await import('#command/doctor.ts')).doctor(context));
  return program;
}

/** The one line for an error that a user can act on; null for a bug. */
function plainMessage(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (PLAIN_ERRORS.has(error.name)) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && CONNECTION_CODES.has(code)) {
    return `database: ${error.message || code}; check DATABASE_URL (see "vigie doctor")`;
  }
  return null;
}

async function main(): Promise<void> {
  // Node calls some of what we use experimental; that is for us to know, not for who reads the terminal.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
  });
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    // The second signal is for those who do not want to wait.
    if (stopping.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    await createProgram(createContext(stopping.signal)).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const message = plainMessage(error);
    process.stderr.write(message === null ? `${(error as Error).stack ?? error}\n` : `${message}\n`);
    process.exitCode = 1;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

await main();
