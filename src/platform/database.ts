/** The connection to Postgres: Prisma for reading and writing, and plain `pg` where a statement is hot or a session is needed. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '#generated/prisma/client.ts';
import { makeCancellable } from './cancellation.ts';
import { createWriter, type Write } from './writer.ts';

export type Db = PrismaClient;
/** A transaction of `Db`, for the store functions that only run inside one. */
export type Tx = Prisma.TransactionClient;

/** Connections a process keeps open at most, beside one each for LISTEN, writing, claims of hosts and its own name, and those of the job queue. */
const POOL_SIZE = 10;

/** Distinct statements that Prisma writes are few; past this bound the rest goes unnamed, and nothing grows. */
const NAMED_STATEMENTS = 500;

/** An open database; disposing it closes every connection. */
export interface Database extends AsyncDisposable {
  readonly url: string;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly write: Write;
}

/**
 * Names statements, so that Postgres parses and plans each once per connection instead of at every call; '' past the bound.
 * Whoever shares a pool takes a prefix of its own.
 */
export function createStatementNames(prefix: string): (sql: string) => string {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= NAMED_STATEMENTS) return '';
    const name = `${prefix}_${names.size}`;
    names.set(sql, name);
    return name;
  };
}

/** Opens the database at `url`; connections are made when first used. */
export function openDatabase(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, connectionTimeoutMillis: 10_000 });
  // An idle connection that the server closes is replaced at the next query: nothing to do, and nothing to crash for.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  makeCancellable(pool, url);
  const names = createStatementNames('vigie');
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => names(sql) });
  const db = new PrismaClient({ adapter, transactionOptions: { maxWait: 20_000, timeout: 60_000 } });
  const writer = createWriter(url, names);
  return {
    url,
    db,
    pool,
    write: writer.write,
    async [Symbol.asyncDispose]() {
      await writer.end();
      await db.$disconnect();
      await pool.end();
    },
  };
}
