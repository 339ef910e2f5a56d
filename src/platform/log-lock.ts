/** The lock that makes the match log one total order. */
import type { Statements } from './writer.ts';

/** Any number no one else uses. */
const LOG_LOCK = 8_644_302;

/**
 * Takes the log's lock until the transaction ends: whoever writes what articles say holds it.
 *
 * It makes the sequence a total order in which no row becomes visible behind one already read: numbers are drawn under the
 * lock, and Postgres makes a commit visible before it releases the lock. It also lets stories, funding events and the actors
 * behind names be chosen with no one else choosing at the same time. Reading an article, the slow part, is done before.
 */
export async function lockLog(tx: Pick<Statements, '$executeRaw'>): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOG_LOCK}::bigint)`;
}
