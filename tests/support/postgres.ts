/**
 * Once per run: a Postgres for the tests (the one at DATABASE_URL, else an embedded one in a temporary folder) with a
 * migrated template database, which each test file clones.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#platform/embedded.ts';
import { migrate } from '#platform/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string to the server's maintenance database. */
    postgresUrl: string;
    templateName: string;
  }
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL;
  const embedded = given
    ? null
    : await startEmbedded({
        dir: await mkdtemp(join(tmpdir(), 'vigie-test-')),
        persistent: false,
        settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'],
      });
  const postgresUrl = given ?? embedded?.url ?? '';
  const templateName = `vigie_template_${process.pid}`;
  const templateUrl = new URL(postgresUrl);
  templateUrl.pathname = `/${templateName}`;
  await onServer(postgresUrl, [`create database ${templateName}`]);
  await migrate(templateUrl.href);
  provide('postgresUrl', postgresUrl);
  provide('templateName', templateName);
  return async () => {
    await onServer(postgresUrl, [`drop database if exists ${templateName} with (force)`]);
    await embedded?.stop();
  };
}
