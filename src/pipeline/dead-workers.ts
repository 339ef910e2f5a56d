/**
 * Handing back the jobs of workers that died.
 *
 * graphile-worker frees a lock only after four hours, because a job may run that long. Ours know sooner: every worker holds
 * an advisory lock in its name on one connection; a name without a lock is dead, and its jobs are freed at once.
 */
import pg, { type Pool } from 'pg';
import type { Log } from '#platform/log.ts';

/** First key of the advisory locks; any number no one else uses. */
const LOCK_CLASS = 86_443;
/** How often a worker looks for dead ones. */
const WATCH_MS = 5_000;
/** A worker that has just come up may not hold its lock yet. */
const GRACE_SECONDS = 5;

export interface DeadWorkerWatch extends AsyncDisposable {
  /** Holds the lock of a worker of this process. */
  hold(workerId: string): void;
}

/** Frees the jobs locked by names that nobody holds; returns the names. */
async function freeJobsOfDead(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select distinct locked_by as name from graphile_worker.jobs j
      where locked_by is not null and locked_at < now() - make_interval(secs => $2)
        and not exists (
          select 1 from pg_locks l
           where l.locktype = 'advisory' and l.classid = $1::int::oid and l.objid = hashtext(j.locked_by)::oid
             and l.objsubid = 2 and l.granted
             and l.database = (select oid from pg_database where datname = current_database()))`,
    [LOCK_CLASS, GRACE_SECONDS],
  );
  const names = rows.map(({ name }) => name);
  if (names.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [names]);
  return names;
}

/** Opens the connection that holds this process's locks, and looks for dead workers from now on. */
export async function createDeadWorkerWatch(
  databaseUrl: string,
  pool: Pool,
  log: Log,
): Promise<DeadWorkerWatch> {
  const held = new Set<string>();
  /** Statements on the one session go one after another. */
  let last: Promise<unknown> = Promise.resolve();
  let client: pg.Client | null = null;
  let closed = false;

  const lock = (session: pg.Client, workerId: string): Promise<unknown> => {
    const statement = () =>
      session.query('select pg_advisory_lock_shared($1::int, hashtext($2))', [LOCK_CLASS, workerId]);
    last = last.then(statement, statement);
    return last;
  };
  /** The session that holds the locks; a broken one is replaced, with all its locks. */
  const session = async (): Promise<pg.Client> => {
    if (client !== null) return client;
    const next = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    next.on('error', () => {});
    next.once('end', () => {
      if (client === next) client = null;
    });
    await next.connect();
    for (const workerId of held) await lock(next, workerId);
    client = next;
    return next;
  };
  const look = async (): Promise<void> => {
    await session();
    const names = await freeJobsOfDead(pool);
    if (names.length > 0) log.warn({ workers: names }, 'jobs of dead workers handed back');
  };

  await session();
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = look().catch((error: unknown) => log.warn({ err: error }, 'could not look for dead workers'));
  }, WATCH_MS);
  return {
    hold(workerId) {
      held.add(workerId);
      if (client === null) return;
      lock(client, workerId).catch((error: unknown) =>
        log.warn({ err: error, workerId }, 'worker holds no lock'),
      );
    },
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      await looking;
      await client?.end();
    },
  };
}
