/** The match log in Postgres, as a tail reads it. */
import type pg from 'pg';
import { newestSeq, readLog, readNewLines } from '#match/match.store.ts';
import type { Db } from '#platform/database.ts';
import type { LogSource } from './stream.ts';

/** What all wait for, the new lines, is read past Prisma; what passes a filter is asked of Postgres. */
export const createLogSource = ({ db, pool }: { readonly db: Db; readonly pool: pg.Pool }): LogSource => ({
  newestSeq: () => newestSeq(db),
  read: (options) => (options.filter === undefined ? readNewLines(pool, options) : readLog(db, options)),
});
