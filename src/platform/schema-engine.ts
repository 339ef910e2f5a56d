/**
 * Prisma's schema engine in its WebAssembly build, on the driver adapter: migrations run with no download and no native
 * binary, and keep Prisma's own `_prisma_migrations` table.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

/** Folder of schema.prisma and the migrations. */
export const PRISMA_DIR = join(import.meta.dirname, '..', '..', 'prisma');

/** The data model as the engine takes it. */
async function readDatamodel(): Promise<{ path: string; content: string }> {
  return { path: 'schema.prisma', content: await readFile(join(PRISMA_DIR, 'schema.prisma'), 'utf8') };
}

/** The migrations on disk, in order. */
export async function readMigrations(): Promise<MigrationList> {
  const baseDir = join(PRISMA_DIR, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    shadowDbInitScript: '',
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

/**
 * Prisma's adapter cuts a script at every semicolon, also inside a function's body or a comment. Handed to Postgres whole,
 * a script needs no cutting, and its statements commit together.
 */
class WholeScriptAdapterFactory extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}

/** Runs `work` with an engine on one database, and closes every connection the engine made: it holds a lock while open. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  // Imported here only: 2 MB of WebAssembly that nothing but a migration needs.
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm');
  const { path, content } = await readDatamodel();
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptAdapterFactory(pool));
  try {
    const engine = await SchemaEngine.new({ datamodels: [[path, content]] }, () => {}, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** The SQL that makes an empty database fit schema.prisma: the draft of a first migration, and what a test compares with. */
export async function datamodelSql(databaseUrl: string): Promise<string> {
  return await withSchemaEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [await readDatamodel()] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  });
}
