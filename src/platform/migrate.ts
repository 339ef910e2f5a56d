/** Brings a database to the current data model. */
import pg from 'pg';
import { readMigrations, withSchemaEngine } from './schema-engine.ts';

/** Any number no one else uses: whoever migrates holds this advisory lock, so that two starting processes do not race. */
const MIGRATION_LOCK = 8_644_301;

const FILTERS = { externalTables: [], externalEnums: [] };

/** Applies the migrations that the database lacks and returns their names; safe to call from several processes at once. */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  if ((await pendingMigrations(databaseUrl)).length === 0) return [];
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await withSchemaEngine(databaseUrl, async (engine) => {
      const migrationsList = await readMigrations();
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: FILTERS });
      return appliedMigrationNames;
    });
  } finally {
    await lock.end();
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
