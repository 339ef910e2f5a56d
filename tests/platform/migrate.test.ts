import type pg from 'pg';
import { expect, test } from 'vitest';
import { migrate, pendingMigrations } from '#platform/migrate.ts';
import { datamodelSql } from '#platform/schema-engine.ts';
import { useTestDatabase } from '../support/database.ts';

/** Columns, keys and plain indexes of a database, as Postgres itself describes them. */
async function describeTables(client: pg.Client | pg.Pool): Promise<readonly string[]> {
  const { rows } = await client.query<{ line: string }>(`
    select format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public' and table_name <> '_prisma_migrations'
    union all
    select indexdef from pg_indexes where schemaname = 'public' and tablename <> '_prisma_migrations'
      and indexname !~ '(search|trgm)_idx$'
    union all
    select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u') and conrelid <> '_prisma_migrations'::regclass
    union all
    select format('%s %s', enumtypid::regtype, enumlabel) from pg_enum
    order by 1`);
  return rows.map((row) => row.line);
}

test('the migrations build the very tables that schema.prisma describes', async () => {
  const { pool, url } = await useTestDatabase();
  const migrated = await describeTables(pool);
  const sql = await datamodelSql(url);
  await pool.query('drop schema public cascade; create schema public; create table _prisma_migrations ()');
  await pool.query(sql);
  expect(await describeTables(pool)).toEqual(migrated);
  expect(migrated.length).toBeGreaterThan(150);
});

test('a database that is up to date has nothing pending and migrating it again applies nothing', async () => {
  const { url } = await useTestDatabase();
  expect(await pendingMigrations(url)).toEqual([]);
  expect(await migrate(url)).toEqual([]);
});

test('an empty database is migrated once by processes that start together', async () => {
  const { pool, url } = await useTestDatabase();
  await pool.query('drop schema public cascade; create schema public');
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  expect(applied.flat()).toEqual(['20261122000000_initial']);
});

test('text search finds a word without its accents and in another number', async () => {
  const { pool } = await useTestDatabase();
  const { rows } = await pool.query(`
    select to_tsvector('vigie_french', 'Une levée de fonds record à l’École polytechnique') @@
           websearch_to_tsquery('vigie_french', 'levees ecole') as found`);
  expect(rows).toEqual([{ found: true }]);
});
