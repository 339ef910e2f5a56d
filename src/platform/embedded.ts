/** The Postgres that Vigie starts for itself where no `DATABASE_URL` is given: real PostgreSQL, shipped inside npm packages. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { EmbeddedReply, EmbeddedRequest } from './embedded-process.ts';

/** A running database: `stop` ends it when this process started it, and does nothing when another did. */
export interface EmbeddedDatabase extends AsyncDisposable {
  readonly url: string;
  /** False when another process had started it already. */
  readonly owned: boolean;
  stop(): Promise<void>;
}

/** Embedded Postgres could not be started; the message says why and what to do. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
}

const STARTUP_MS = 60_000;

/** A port that was free a moment ago. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('platform: no free port on 127.0.0.1');
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/**
 * Starts Postgres in `dir` (made when absent), or joins the one that another process of ours already runs there.
 * Listens on 127.0.0.1 only, on a port of its own, with a random password kept in the folder.
 */
export async function startEmbedded(options: {
  readonly dir: string;
  /** False removes the folder at the end. */
  readonly persistent: boolean;
  readonly settings?: readonly string[];
}): Promise<EmbeddedDatabase> {
  const dir = resolve(options.dir);
  const cluster = join(dir, 'postgres');
  const secretFile = join(dir, 'postgres.json');
  await mkdir(dir, { recursive: true });
  // Postgres refuses to run as root: it then runs as the user `postgres`, which has to be able to pass through.
  if (process.getuid?.() === 0) await chmod(dir, 0o711);
  const known = existsSync(secretFile)
    ? (JSON.parse(await readFile(secretFile, 'utf8')) as { password: string; port: number })
    : null;
  const password = known?.password ?? randomBytes(18).toString('base64url');
  const urlOf = (port: number, name: string) => `postgresql://vigie:${password}@127.0.0.1:${port}/${name}`;
  if (known && (await answers(urlOf(known.port, 'vigie')))) {
    const stop = async () => {};
    return { url: urlOf(known.port, 'vigie'), owned: false, stop, [Symbol.asyncDispose]: stop };
  }

  const port = await findFreePort();
  await writeFile(secretFile, JSON.stringify({ password, port }), { mode: 0o600 });
  const child = fork(join(import.meta.dirname, 'embedded-process.ts'), {
    detached: true,
    stdio: 'ignore',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const reply = await new Promise<EmbeddedReply>((done) => {
    const timer = setTimeout(
      () => done({ ready: false, error: `Postgres did not answer within ${STARTUP_MS / 1000} s` }),
      STARTUP_MS,
    );
    child.once('message', (message) => done(message as EmbeddedReply));
    child.once('exit', (code) => done({ ready: false, error: `its process ended with code ${code}` }));
    void exited.then(() => clearTimeout(timer));
    child.once('message', () => clearTimeout(timer));
    child.send({
      dir: cluster,
      port,
      password,
      removeAfterwards: options.persistent ? null : dir,
      settings: options.settings ?? [],
    } satisfies EmbeddedRequest);
  });
  if (!reply.ready) {
    child.kill('SIGTERM');
    throw new EmbeddedDatabaseError(
      `database: embedded Postgres did not start in ${cluster}: ${reply.error}\n` +
        'Set DATABASE_URL to a PostgreSQL of yours, or VIGIE_DATA to a folder that the user running Postgres can reach.',
    );
  }
  child.unref();
  child.channel?.unref();
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    child.ref();
    if (child.connected) child.send('stop');
    await exited;
  };
  await createDatabase(urlOf(port, 'postgres'), 'vigie');
  return { url: urlOf(port, 'vigie'), owned: true, stop, [Symbol.asyncDispose]: stop };
}
