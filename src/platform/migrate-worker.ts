/**
 * Applies the pending migrations, in a thread of its own: the engine leaves timers and its memory behind, which go with the
 * thread. Started by `migrate.ts`; posts the names of what it applied.
 */
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { readMigrations, withSchemaEngine } from './schema-engine.ts';

/** Any number no one else uses: whoever migrates holds this advisory lock, so that two starting processes do not race. */
const MIGRATION_LOCK = 8_644_301;

async function applyMigrations(databaseUrl: string): Promise<readonly string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await withSchemaEngine(databaseUrl, async (engine) => {
      const migrationsList = await readMigrations();
      const filters = { externalTables: [], externalEnums: [] };
      return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
    });
  } finally {
    await lock.end();
  }
}

parentPort?.postMessage(await applyMigrations(workerData as string));
