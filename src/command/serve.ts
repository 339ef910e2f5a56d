/** `vigie serve`, `api` and `worker`: the long-running roles. They meet in Postgres alone. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importActors } from '#actor/actor.store.ts';
import { parseRegister } from '#actor/register.ts';
import { parseCatalogue } from '#feed/catalogue.ts';
import { addFeeds } from '#feed/feed.store.ts';
import { firstPoll } from '#feed/schedule.ts';
import { createFinder, createJobs } from '#pipeline/jobs.ts';
import { createQueueLogger, openQueue } from '#pipeline/queue.ts';
import { createPoller, startWorkerProcess } from '#pipeline/start.ts';
import { systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { createLog, type Log } from '#platform/log.ts';
import { createNotifications } from '#platform/notifications.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { startApi } from '#server/start.ts';
import { type CommandContext, untilAborted } from './command.ts';

export type Role = 'serve' | 'api' | 'worker';

const SRC = join(import.meta.dirname, '..');

/** Fills an empty database with the register and the default feeds that come with Vigie; leaves any other as it is. */
export async function seedDatabase({ db }: Database, now: Date, log: Log): Promise<void> {
  if ((await db.actor.count({ where: { status: 'CONFIRMED' } })) === 0) {
    const actors = parseRegister(await readFile(join(SRC, 'actor', 'register.csv'), 'utf8'));
    log.info(await importActors(db, actors), 'actor register loaded');
  }
  if ((await db.feed.count()) === 0) {
    const catalogue = parseCatalogue(await readFile(join(SRC, 'feed', 'catalogue.csv'), 'utf8'));
    const feeds = catalogue.map(({ outlet, title, site, url, language, topics }) => ({
      outlet,
      title,
      url,
      siteUrl: site,
      language,
      topics,
    }));
    const added = await addFeeds(db, feeds, (index) => firstPoll(now, index, feeds.length));
    log.info({ feeds: added.length }, 'default feeds added');
  }
}

/** Starts a role's parts on an open database; disposing ends them in reverse order. */
export async function startRole(
  role: Role,
  config: Config,
  database: Database,
  log: Log,
): Promise<{ readonly url: string | null; readonly ended: Promise<void> | null } & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  try {
    const clock = systemClock;
    let url: string | null = null;
    let ended: Promise<void> | null = null;
    if (role !== 'worker') {
      const notifications = stack.use(await createNotifications(database.url, log));
      const queue = stack.use(await openQueue(database.pool, createQueueLogger(log)));
      const looker = stack.use(createPoller(config, database, { clock, log }));
      const jobs = createJobs({
        db: database.db,
        clock,
        queue,
        notifications,
        findFeed: createFinder(looker.context),
      });
      url = stack.use(await startApi(config, { database, notifications, jobs, clock, log })).url;
    }
    if (role !== 'api') {
      ended = stack.use(await startWorkerProcess(config, database, { clock, log })).ended;
    }
    return { url, ended, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** Runs a role until the signal aborts. */
export async function serve(context: CommandContext, role: Role): Promise<void> {
  const config = context.config();
  const log = createLog(config.logLevel);
  await using database = await openConfiguredDatabase(config);
  if (database.applied.length > 0) log.info({ migrations: database.applied }, 'database migrated');
  await seedDatabase(database, systemClock.now(), log);
  await using running = await startRole(role, config, database, log);
  if (running.url !== null) {
    context.stdout.write(`Vigie is on watch at ${running.url}  (GraphiQL: ${running.url}/graphql)\n`);
  } else {
    context.stdout.write('Vigie is working.\n');
  }
  await Promise.race([untilAborted(context.signal), ...(running.ended === null ? [] : [running.ended])]);
  log.info({}, 'stopping');
}
