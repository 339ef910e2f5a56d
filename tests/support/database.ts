/** A database of its own for a test file, cloned from the migrated template. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '#platform/database.ts';

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Clones the template; disposing drops the clone, whoever is still connected. */
export async function createTestDatabase(): Promise<Database> {
  const name = `vigie_test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} template ${inject('templateName')}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const database = openDatabase(url.href);
  return {
    ...database,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}

/** A database for the running test alone. */
export async function useTestDatabase(): Promise<Database> {
  const database = await createTestDatabase();
  onTestFinished(() => database[Symbol.asyncDispose]());
  return database;
}
