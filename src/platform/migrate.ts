/** Brings a database to the current data model. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { readMigrations } from './schema-engine.ts';

/** Applies the migrations that the database lacks and returns their names; safe to call from several processes at once. */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  if ((await pendingMigrations(databaseUrl)).length === 0) return [];
  const worker = new Worker(join(import.meta.dirname, 'migrate-worker.ts'), {
    workerData: databaseUrl,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    return await new Promise<readonly string[]>((done, fail) => {
      worker.once('message', done);
      worker.once('error', fail);
      worker.once('exit', (code) => fail(new Error(`database: migrating ended early with code ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}

/** Names of the migrations that the database has not finished yet: what `doctor` shows and what `migrate` asks first. */
export async function pendingMigrations(databaseUrl: string): Promise<readonly string[]> {
  const names = (await readMigrations()).migrationDirectories.map((directory) => directory.path);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query(
      `select to_regclass('_prisma_migrations') is not null as present`,
    );
    if (!tables[0].present) return names;
    const { rows } = await client.query<{ migration_name: string }>(
      'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    );
    const applied = new Set(rows.map((row) => row.migration_name));
    return names.filter((name) => !applied.has(name));
  } finally {
    await client.end();
  }
}
