/** What the fan-out and latency benches share: a database, Vigie and a raw broadcaster beside it, and their clients. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '#platform/database.ts';
import { startEmbedded } from '#platform/embedded.ts';
import { migrate } from '#platform/migrate.ts';
import { createToken } from '#server/token.store.ts';
import { type AlertLog, openAlertLog } from '../../tests/support/alert-log.ts';
import type { Order, Transport } from './fanout-process.ts';

/** A process that does what it is told. */
export interface Worker {
  readonly port: number;
  ask<T>(order: Order): Promise<T>;
  /** Waits for alerts: resolves to a promise of their times of arrival once the clients are listening for them. */
  expect(each: number): Promise<{ readonly arrived: Promise<readonly number[]> }>;
}

/** A database with a log to write to, and a token to read it with. */
export interface Ground extends AsyncDisposable {
  readonly database: Database;
  readonly log: AlertLog;
  readonly secret: string;
}

/** Processes, freshly started. */
export interface Stage extends AsyncDisposable {
  readonly vigie: Worker;
  readonly raw: Worker;
  readonly clients: Worker;
  /** Opens clients of one side and waits until each is served. */
  open(side: 'vigie' | 'raw', transport: Transport, count: number, filters?: number): Promise<void>;
  /** What an alert looks like: the same for the raw side. */
  readonly bytes: string;
}

const QUERY = `subscription ($filter: MatchFilterInput) { matches(filter: $filter) {
  cursor createdAt actor { name slug } article { title url outlet publishedAt }
  reasons { kind text sentence field start end }
} }`;

const BYTES = JSON.stringify({
  data: {
    matches: {
      cursor: 'bTE6MTAwMA',
      createdAt: '2026-03-12T12:00:00.000Z',
      actor: { name: 'Mistral AI', slug: 'mistral-ai' },
      article: {
        title: 'Mistral AI grandit',
        url: 'https://quotidien.example/1',
        outlet: 'Le Quotidien',
        publishedAt: '2026-03-12T12:00:00.000Z',
      },
      reasons: [
        {
          kind: 'MENTIONED',
          text: 'Mistral AI',
          sentence: 'Mistral AI grandit, fois 1000.',
          field: 'TITLE',
          start: 0,
          end: 10,
        },
      ],
    },
  },
});

interface Answer {
  readonly port?: number;
  readonly ready?: boolean;
  readonly error?: string;
  readonly answer?: unknown;
}

async function startWorker(
  role: 'vigie' | 'raw' | 'clients',
  env: Record<string, string>,
): Promise<[ChildProcess, Worker]> {
  const child = fork(new URL('./fanout-process.ts', import.meta.url), [role], {
    env: { ...process.env, ...env },
    execArgv: ['--expose-gc'],
  });
  let next = Promise.withResolvers<Answer>();
  const queue: Promise<Answer>[] = [next.promise];
  const receive = async (): Promise<Answer> => {
    const answer = await queue[0]!;
    queue.shift();
    if (answer.error !== undefined) throw new Error(`${role}: ${answer.error}`);
    return answer;
  };
  child.on('message', (message: Answer) => {
    const { resolve } = next;
    next = Promise.withResolvers();
    queue.push(next.promise);
    resolve(message);
  });
  child.once('exit', (code) => next.resolve({ error: `ended with ${code}` }));
  const port = role === 'clients' ? 0 : (await receive()).port!;
  return [
    child,
    {
      port,
      async ask<T>(order: Order) {
        child.send(order);
        return (await receive()).answer as T;
      },
      async expect(each) {
        child.send({ do: 'expect', each } satisfies Order);
        await receive();
        const arrived = receive().then(({ answer }) => (answer as { times: number[] }).times);
        return { arrived };
      },
    },
  ];
}

/** Makes one; disposing ends it. `others` is how many actors there are beside Mistral AI. */
export async function openGround(others = 100): Promise<Ground> {
  const stack = new AsyncDisposableStack();
  const given = process.env.DATABASE_URL;
  const url = given ?? (await embedded(stack));
  await migrate(url);
  const database = stack.use(openDatabase(url));
  const log = await openAlertLog(database.db, { actors: others });
  const { secret } = await createToken(database.db, { name: 'bench', scopes: ['READ'], expiresAt: null });
  return { database, log, secret, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Starts the processes; disposing ends them. */
export async function openStage({ database, log, secret }: Ground): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  const start = async (role: 'vigie' | 'raw' | 'clients'): Promise<Worker> => {
    const [child, worker] = await startWorker(role, { DATABASE_URL: database.url });
    stack.defer(async () => {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill();
      await gone;
    });
    return worker;
  };
  const [vigie, raw, clients] = [await start('vigie'), await start('raw'), await start('clients')];
  return {
    vigie,
    raw,
    clients,
    bytes: BYTES,
    async open(side, transport, count, filters = 1) {
      const ours = side === 'vigie';
      await clients.ask({
        do: 'open',
        transport,
        count,
        port: ours ? vigie.port : raw.port,
        path: ours ? '/graphql' : '/',
        token: ours ? secret : null,
        payloads: Array.from({ length: filters }, (_, i) => ({
          query: QUERY,
          variables: { filter: { actors: filters === 1 ? ['mistral-ai'] : ['mistral-ai', `actor-${i}`] } },
        })),
      });
      // A subscription over WebSocket is not acknowledged: an alert that arrives says that it stands.
      let settled = false;
      const settling = clients.ask({ do: 'settle' }).finally(() => {
        settled = true;
      });
      while (!settled) {
        if (ours) await log.append(1);
        else await raw.ask({ do: 'broadcast', count: 1, bytes: BYTES });
        await Promise.race([settling, new Promise((done) => setTimeout(done, 1_000 + count / 2))]);
      }
      await settling;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function embedded(stack: AsyncDisposableStack): Promise<string> {
  const postgres = await startEmbedded({
    dir: await mkdtemp(join(tmpdir(), 'vigie-bench-')),
    persistent: false,
  });
  stack.defer(() => postgres.stop());
  return postgres.url;
}

/** The value that a share of the sorted values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
