/** From configuration to an open, migrated database: the given one, or the embedded one. */
import { join } from 'node:path';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './database.ts';
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

export interface OpenedDatabase extends Database {
  /** Null when `DATABASE_URL` names the database. */
  readonly embedded: EmbeddedDatabase | null;
  /** Migrations that were applied on opening. */
  readonly applied: readonly string[];
}

/** Where the embedded Postgres keeps its files. */
export const embeddedDir = (config: Pick<Config, 'dataDir'>): string => join(config.dataDir, 'postgres');

/** Opens the database that the configuration names, starting the embedded one when it names none, and migrates it. */
export async function openConfiguredDatabase(config: Config): Promise<OpenedDatabase> {
  const embedded =
    config.databaseUrl === null ? await startEmbedded({ dir: embeddedDir(config), persistent: true }) : null;
  try {
    const url = config.databaseUrl ?? embedded!.url;
    const applied = await migrate(url);
    const database = openDatabase(url);
    return {
      ...database,
      embedded,
      applied,
      async [Symbol.asyncDispose]() {
        await database[Symbol.asyncDispose]();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
