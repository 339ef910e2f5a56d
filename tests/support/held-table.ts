/** A table that a test holds in Postgres, so that whoever asks for it waits. */
import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Database } from '#platform/database.ts';

interface HeldTable {
  /** Lets go of it; the end of the test does so too. */
  release(): Promise<void>;
  /** Statements that wait for it at this moment. */
  waiting(): Promise<number>;
}

export async function holdTable(
  database: Pick<Database, 'url' | 'pool'>,
  table: 'actor' | 'feed',
): Promise<HeldTable> {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  const release = async (): Promise<void> => holder.end();
  onTestFinished(release);
  await holder.query(`begin; lock table ${table} in access exclusive mode`);
  return {
    release,
    async waiting() {
      const { rows } = await database.pool.query(
        `select count(*)::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
        [`%${table}%`],
      );
      return rows[0].count;
    },
  };
}
