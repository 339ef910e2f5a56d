/** `vigie doctor`: what works and what does not. */
import pg from 'pg';
import { listFeeds } from '#feed/feed.store.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database.ts';
import { startEmbedded } from '#platform/embedded.ts';
import { pendingMigrations } from '#platform/migrate.ts';
import { embeddedDir } from '#platform/open.ts';
import { type CommandContext, CommandError } from './command.ts';

/** PostgreSQL versions that Vigie is tested on. */
const POSTGRES = { oldest: 15, newest: 18 } as const;
const CLOCK_OFF_MS = 2_000;

interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  readonly text: string;
}

async function examine(url: string, source: string): Promise<readonly Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const text = `${source} does not answer: ${(error as Error).message}; check DATABASE_URL and that Postgres runs`;
    return [{ subject: 'database', ok: false, text }];
  }
  const { rows } = await client.query<{ version: string; now: Date }>(
    `select current_setting('server_version_num') as version, clock_timestamp() as now`,
  );
  await client.end();
  const major = Math.floor(Number(rows[0]!.version) / 10_000);
  const off = Math.abs(rows[0]!.now.getTime() - systemClock.now().getTime());
  const pending = await pendingMigrations(url);
  const findings: Finding[] = [
    {
      subject: 'database',
      ok: major >= POSTGRES.oldest && major <= POSTGRES.newest,
      text: `PostgreSQL ${major}, ${source}${major < POSTGRES.oldest ? `; Vigie needs ${POSTGRES.oldest} or newer` : ''}`,
    },
    {
      subject: 'clock',
      ok: off <= CLOCK_OFF_MS,
      text:
        off <= CLOCK_OFF_MS
          ? 'agrees with the database'
          : `is ${Math.round(off / 1000)} s off the database's`,
    },
    {
      subject: 'migrations',
      ok: pending.length === 0,
      text: pending.length === 0 ? 'up to date' : `${pending.length} pending; run "vigie migrate"`,
    },
  ];
  return pending.length > 0 ? findings : [...findings, await examineFeeds(url)];
}

async function examineFeeds(url: string): Promise<Finding> {
  await using database = openDatabase(url);
  const active = (await listFeeds(database.db)).filter(({ status }) => status === 'ACTIVE');
  const polled = active.filter(({ lastPollAt }) => lastPollAt !== null);
  const failing = polled.filter(({ consecutiveFailures }) => consecutiveFailures > 0);
  const [worst] = failing;
  const text =
    active.length === 0
      ? 'none followed; add some with "vigie feeds add" or "vigie feeds import"'
      : `${active.length} followed, ${polled.length} polled so far, ${failing.length} failing` +
        (worst === undefined ? '' : `, such as ${worst.url} (${worst.lastError})`);
  return {
    subject: 'feeds',
    ok: active.length > 0 && (polled.length === 0 || failing.length < polled.length),
    text,
  };
}

/** Prints a line a subject; fails when one is not well. */
export async function doctor(context: CommandContext): Promise<void> {
  const config = context.config();
  const version = Number(process.versions.node.split('.')[0]);
  const node: Finding = {
    subject: 'node',
    ok: version >= 24,
    text: `${process.version}${version >= 24 ? '' : '; Vigie needs Node 24 or newer'}`,
  };
  await using embedded =
    config.databaseUrl === null ? await startEmbedded({ dir: embeddedDir(config), persistent: true }) : null;
  const source = embedded === null ? 'at DATABASE_URL' : `embedded, in ${embeddedDir(config)}`;
  const findings = [node, ...(await examine(config.databaseUrl ?? embedded!.url, source))];
  for (const { subject, ok, text } of findings) {
    context.stdout.write(`${ok ? '✓' : '✗'} ${subject.padEnd(11)}${text}\n`);
  }
  const ill = findings.filter(({ ok }) => !ok);
  if (ill.length > 0)
    throw new CommandError(`doctor: ${ill.map(({ subject }) => subject).join(', ')} not well`);
}
