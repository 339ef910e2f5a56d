/**
 * Statements that end with who asked for them: what is sent to Postgres inside `runCancellable` is cancelled there when the
 * signal aborts, and nothing more is sent.
 *
 * Only statements of the pool itself are meant. A transaction holds a connection of its own and runs to its end: it is
 * changing something.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

const asker = new AsyncLocalStorage<AbortSignal>();

/** The statement was given up because nobody waits for it any more. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('database: cancelled, because nobody waits for the answer any more');
  }
}

/** Runs `work`; the statements that it sends are cancelled when the signal aborts. */
export function runCancellable<T>(signal: AbortSignal, work: () => T): T {
  return asker.run(signal, work);
}

/** Parts of pg that its types leave out. */
interface Wire extends NodeJS.EventEmitter {
  connect(portOrPath: number | string, host?: string): void;
  cancel(processId: number, secretKey: number): void;
}
interface Connected {
  readonly connection: Wire;
  readonly processID: number;
  readonly secretKey: number;
}

/**
 * Sends a cancel request on a connection of its own (PostgreSQL's protocol, "Canceling Requests in Progress"). Should it
 * fail, a statement runs on that nobody waits for.
 */
function sendCancel(url: string, client: pg.PoolClient): void {
  const messenger = new pg.Client({ connectionString: url });
  const { connection } = messenger as unknown as Connected;
  const { processID, secretKey } = client as unknown as Connected;
  const { host, port } = messenger;
  connection.on('error', () => {});
  connection.once('connect', () => connection.cancel(processID, secretKey));
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
}

type Query = (...args: unknown[]) => Promise<unknown>;

/** Makes a pool's own statements cancellable. */
export function makeCancellable(pool: pg.Pool, url: string): void {
  const query = pool.query.bind(pool) as Query;
  const cancellable: Query = async (...args) => {
    const signal = asker.getStore();
    if (signal === undefined) return await query(...args);
    if (signal.aborted) throw new CancelledError();
    const client = await pool.connect();
    // Thrown away after a cancel that may reach it late: it must not hit the next one's statement.
    let spoilt = false;
    const cancel = (): void => {
      spoilt = true;
      sendCancel(url, client);
    };
    try {
      if (signal.aborted) throw new CancelledError();
      signal.addEventListener('abort', cancel, { once: true });
      return await (client.query as Query).apply(client, args);
    } catch (error) {
      throw signal.aborted ? new CancelledError() : error;
    } finally {
      signal.removeEventListener('abort', cancel);
      client.release(spoilt);
    }
  };
  pool.query = cancellable as typeof pool.query;
}
