/**
 * Transactions past Prisma, for what is written often: its interactive transactions cost a few times what their statements do.
 *
 * One connection of the process takes one transaction after another. What writes articles holds one lock all the while, so
 * more connections would only wait for each other, and keep those of the pool from whoever reads. Statements are sent without
 * waiting for the answers of those before them (pipelining): `Promise.all` over several takes one way to Postgres and back.
 */
import type { Writable } from 'node:stream';
import pg from 'pg';
import { Prisma } from '#generated/prisma/client.ts';

type Query = TemplateStringsArray | Prisma.Sql;

/** What SQL can be sent to: one of our transactions, one of Prisma's, or Prisma's client. */
export interface Statements {
  $queryRaw<T = unknown>(query: Query, ...values: unknown[]): Promise<T>;
  /** Gives the number of rows. */
  $executeRaw(query: Query, ...values: unknown[]): Promise<number>;
}

/**
 * Runs `work` in a transaction of its own, when those before it have ended: committed when it is done and every statement has
 * succeeded, else rolled back. Not to be nested: the inner one would wait for the outer one.
 */
export type Write = <T>(work: (tx: Statements) => Promise<T>) => Promise<T>;

/** A writer waits so long for its turn, and for the answer to a statement. */
const WAIT_MS = 60_000;

/** A part of pg that its types leave out. */
interface Wired {
  readonly connection: { readonly stream: Writable };
}

/** Columns of 64 bits are bigints, as with Prisma. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id) => (id === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(id, 'text')),
};

/** Opens nothing yet: the connection is made when first used. `names` gives a statement its name ('' for none). */
export function createWriter(
  url: string,
  names: (sql: string) => string,
): { readonly write: Write; end(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    pipeline: true,
    connectionTimeoutMillis: WAIT_MS,
    query_timeout: WAIT_MS,
    // A machine that vanishes in the middle of a transaction leaves its locks to the others.
    idle_in_transaction_session_timeout: WAIT_MS,
    keepAlive: true,
    types,
  });
  // An idle connection that the server closes is replaced at the next transaction.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  return {
    end: () => pool.end(),
    async write(work) {
      const client = await pool.connect();
      const { stream } = (client as unknown as Wired).connection;
      const sent: Promise<pg.QueryResult>[] = [];
      let held = false;
      let ended = false;
      let failure: Error | undefined;
      const send = (statement: string | pg.QueryConfig): Promise<pg.QueryResult> => {
        // What was going on beside the part that failed must not go on outside the transaction.
        if (ended) throw new Error('database: the transaction has ended');
        // What is sent in one turn leaves in one packet: each packet costs a system call, and Postgres an awakening.
        if (!held) {
          held = true;
          stream.cork();
          process.nextTick(() => {
            held = false;
            stream.uncork();
          });
        }
        const answer = client.query(statement);
        // Whoever sent it hears of a failure, and so does the end of the transaction. Where it was not Postgres that failed, pg may
        // no longer know what the connection holds: a value that it cannot send costs the statement's name.
        answer.catch((error: Error) => {
          if (!(error instanceof pg.DatabaseError)) failure = error;
        });
        sent.push(answer);
        return answer;
      };
      const run = (query: Query, values: readonly unknown[]): Promise<pg.QueryResult> => {
        const statement = 'raw' in query ? Prisma.sql(query, ...values) : query;
        const { text } = statement;
        return send({ name: names(text), text, values: statement.values });
      };
      const tx: Statements = {
        $queryRaw: async <T>(query: Query, ...values: unknown[]) => (await run(query, values)).rows as T,
        $executeRaw: async (query, ...values) => (await run(query, values)).rowCount ?? 0,
      };
      try {
        void send('begin');
        const result = await work(tx);
        ended = true;
        // Of a failure in this process Postgres knows nothing, and would commit the rest.
        await Promise.all(sent);
        await client.query('commit');
        return result;
      } catch (error) {
        ended = true;
        await Promise.allSettled(sent);
        await client.query('rollback').catch((cause: Error) => {
          failure = cause;
        });
        throw error;
      } finally {
        client.release(failure);
      }
    },
  };
}
