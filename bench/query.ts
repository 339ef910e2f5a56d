/**
 * How fast the API answers: an `api` process as in production, beside the least that can give the same answer (plain node:http
 * and one prepared statement a question) on the same database, in turns. Both answers are compared before anything is timed.
 *
 * --seconds 1, --rounds 5, --concurrency 32, --database URL (a filled one of an earlier run).
 */
import { deepStrictEqual } from 'node:assert';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { Pool } from 'undici';
import { type Case, casesFor } from './query/cases.ts';
import { openFilled } from './query/database.ts';
import { cursorOfPage, HEADERS, startVigie, statementsOf } from './query/vigie.ts';
import type { BenchRow } from './run.ts';

interface Server {
  readonly name: string;
  readonly pool: Pool;
  body(one: Case): string;
}

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function ask({ pool, body }: Server, one: Case): Promise<string> {
  const answer = await pool.request({ path: '/graphql', method: 'POST', headers: HEADERS, body: body(one) });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${one.name}: ${answer.statusCode} ${text.slice(0, 300)}`);
  return text;
}

async function load(server: Server, one: Case, seconds: number, concurrency: number): Promise<Round> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        const start = performance.now();
        await ask(server, one);
        times.push(performance.now() - start);
      }
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)]!;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const seconds = Number(options.seconds ?? 1);
  const rounds = Number(options.rounds ?? 5);
  const concurrency = Number(options.concurrency ?? 32);
  await using stack = new AsyncDisposableStack();
  const url = options.database ?? (await openFilled(stack));
  const vigie = await startVigie(url, { VIGIE_ANSWER_CACHE_MB: '0' });
  stack.defer(() => void vigie.child.kill());
  const caching = await startVigie(url, {});
  stack.defer(() => void caching.child.kill());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const cursor = await cursorOfPage(vigie.origin, 49);
  const { rows } = await client.query<{ published_at: Date; id: number }>(
    'select published_at, id from article order by published_at desc, id desc offset 979 limit 1',
  );
  await client.end();
  const cases = casesFor({ cursor, publishedAt: rows[0]!.published_at, id: rows[0]!.id });
  const only = options.only?.split(',');

  const limitChild = fork(join(import.meta.dirname, 'query', 'limit.ts'), [JSON.stringify([url, cases])]);
  stack.defer(() => void limitChild.kill());
  const [limitPort] = await once(limitChild, 'message');
  const servers: Server[] = [
    {
      name: 'vigie',
      pool: new Pool(vigie.origin, { connections: concurrency }),
      body: ({ query, variables }) => JSON.stringify({ query, variables }),
    },
    {
      name: 'kept',
      pool: new Pool(caching.origin, { connections: concurrency }),
      body: ({ query, variables }) => JSON.stringify({ query, variables }),
    },
    {
      name: 'limit',
      pool: new Pool(`http://127.0.0.1:${limitPort}`, { connections: concurrency }),
      body: ({ name }) => JSON.stringify({ name }),
    },
  ];
  for (const { pool } of servers) stack.defer(() => pool.destroy());

  for (const one of cases) {
    if (only && !only.some((name) => one.name.includes(name))) continue;
    const [ours, kept, least] = await Promise.all(
      servers.map(async (server) => JSON.parse(await ask(server, one)) as { data: unknown }),
    );
    deepStrictEqual(ours!.data, least!.data, `${one.name}: the answers differ`);
    deepStrictEqual(kept!.data, least!.data, `${one.name}: the kept answer differs`);
    const measured = new Map(servers.map(({ name }) => [name, [] as Round[]]));
    for (const server of servers) await load(server, one, seconds, concurrency);
    for (let round = 0; round < rounds; round += 1) {
      for (const server of servers)
        measured.get(server.name)!.push(await load(server, one, seconds, concurrency));
    }
    const figure = (server: string, what: keyof Round): number =>
      medianOf(measured.get(server)!.map((round) => round[what]));
    const row = (metric: string, what: keyof Round, unit: string, server = 'vigie'): void => {
      const value = figure(server, what);
      const baseline = figure('limit', what);
      emit({
        metric: `${one.name}: ${metric}`,
        value,
        unit,
        baseline,
        baselineName: 'node:http and one prepared statement',
        ratio: value / baseline,
      });
    };
    row('answers', 'perSecond', '1/s');
    row('answers kept from before', 'perSecond', '1/s', 'kept');
    row('p50', 'p50', 'ms');
    row('p99', 'p99', 'ms');
    emit({
      metric: `${one.name}: statements`,
      value: (await statementsOf(url, one)).length,
      unit: 'statements',
    });
  }
}
