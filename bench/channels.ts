/**
 * One alert to many webhook channels (`--channels 500 --rounds 5 --slots 32`): from the commit of the match to the last
 * receiver, by a worker as in production; beside it, in turns, the least that can post the same bytes as often: a bare undici
 * loop with the same number of requests under way. Then the same with receivers that take the alert and do not answer.
 *
 * Each receiver is a loopback address of its own (127.0.0.1, 127.0.0.2, …; Linux answers on all of them), in one process that
 * is none of ours.
 */
import { fork } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Agent } from 'undici';
import { CHANNELS_MAX, createChannel } from '#delivery/channel.store.ts';
import { newestSeq } from '#match/match.store.ts';
import { startWorkerProcess } from '#pipeline/start.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { type Database, openDatabase } from '#platform/database.ts';
import { startEmbedded } from '#platform/embedded.ts';
import { createLog } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { createWatch } from '#watch/watch.store.ts';
import { openAlertLog } from '../tests/support/alert-log.ts';
import type { BenchRow } from './run.ts';
import { median } from './support/fanout.ts';

/** To the receivers: how many posts to tell of, by those who answer; or who does not answer from now on. */
type Order = { readonly expect: number } | { readonly hang: readonly string[] };

/** Of the posts that were expected. */
interface Received {
  /** `process.hrtime` of the last, as text. */
  readonly last: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function serveReceivers(): Promise<void> {
  let hanging: ReadonlySet<string> = new Set();
  let left = 0;
  const held: ServerResponse[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (hanging.has(request.headers.host!)) {
      held.push(response);
      return;
    }
    response.writeHead(204).end();
    left -= 1;
    if (left !== 0) return;
    const {
      connection: _,
      host: __,
      'content-length': ___,
      'transfer-encoding': ____,
      ...headers
    } = request.headers;
    process.send!({ last: String(process.hrtime.bigint()), body, headers });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', 4_096, done));
  process.on('message', (order: Order) => {
    if ('expect' in order) left = order.expect;
    else {
      hanging = new Set(order.hang);
      for (const response of held.splice(0)) response.writeHead(204).end();
    }
    process.send!('done');
  });
  process.on('disconnect', () => process.exit(0));
  process.send!((server.address() as AddressInfo).port);
}

interface Measure {
  /** From the beginning to the last receiver. */
  readonly ms: number;
  /** CPU of this process until everything is written down, milliseconds. */
  readonly cpu: number;
}

/** Posts one body to every address, so many at a time. */
async function postBare(
  urls: readonly string[],
  slots: number,
  { body, headers }: Pick<Received, 'body' | 'headers'>,
  agent: Agent,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < urls.length; at = next++) {
      const { origin, pathname: path } = new URL(urls[at]!);
      const response = await agent.request({ origin, path, method: 'POST', headers, body });
      await response.body.dump();
    }
  };
  await Promise.all(Array.from({ length: slots }, work));
}

const round = (value: number): number => Math.round(value * 100) / 100;

export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const count = Number(options.channels ?? 500);
  const rounds = Number(options.rounds ?? 5);
  const slots = Number(options.slots ?? 32);
  await using stack = new AsyncDisposableStack();
  const receivers = fork(import.meta.filename, ['receivers']);
  stack.defer(() => void receivers.disconnect());
  const hear = <T>(): Promise<T> =>
    new Promise((done) => receivers.once('message', (told) => done(told as T)));
  const port = await hear<number>();
  const order = async (given: Order): Promise<void> => {
    const done = hear();
    receivers.send(given);
    await done;
  };
  const dir = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  const embedded = stack.use(await startEmbedded({ dir, persistent: false }));
  await migrate(embedded.url);
  const database: Database = stack.use(openDatabase(embedded.url));
  const { db } = database;
  const alerts = await openAlertLog(db);
  const urls = Array.from(
    { length: count },
    (_, at) => `http://127.0.${Math.floor(at / 250)}.${1 + (at % 250)}:${port}/hook`,
  );
  const now = systemClock.now();
  for (let at = 0; at < count; at += CHANNELS_MAX) {
    const watch = await createWatch(db, { name: `Watch ${at}`, filter: { actors: ['mistral-ai'] } }, now);
    for (const url of urls.slice(at, at + CHANNELS_MAX)) {
      await createChannel(db, { watchId: watch!.id, settings: { kind: 'WEBHOOK', url } }, now);
    }
  }
  const config = readConfig({
    DATABASE_URL: embedded.url,
    VIGIE_ALLOW_HOSTS: '127.0.0.0/8',
    VIGIE_DELIVERY_CONCURRENCY: String(slots),
  });
  const worker = await startWorkerProcess(config, database, { clock: systemClock, log: createLog('silent') });
  // Ended before the database goes, and after the receivers have let go of what they hold.
  stack.defer(() => worker[Symbol.asyncDispose]());
  stack.defer(() => order({ hang: [] }));

  let sample: Received | null = null;
  /** Runs it until the receivers that answer, `expected` of them, have been posted to and `settled` is true. */
  const measure = async (
    expected: number,
    begin: () => Promise<unknown>,
    settled: () => Promise<boolean>,
  ): Promise<Measure> => {
    await order({ expect: expected });
    const received = hear<Received>();
    const cpu = process.cpuUsage();
    const from = process.hrtime.bigint();
    const begun = begin();
    sample = await received;
    await begun;
    while (!(await settled())) await new Promise((done) => setTimeout(done, 20));
    const { user, system } = process.cpuUsage(cpu);
    return { ms: Number(BigInt(sample.last) - from) / 1e6, cpu: (user + system) / 1e3 };
  };
  const vigie = (hanging = 0) =>
    measure(
      count - hanging,
      () => alerts.append(1),
      async () => (await db.channel.count({ where: { cursor: { lt: await newestSeq(db) } } })) === hanging,
    );
  const agent = new Agent({ connections: 4 });
  stack.defer(() => agent.close());
  const bare = () =>
    measure(
      count,
      () => postBare(urls, slots, sample!, agent),
      async () => true,
    );

  await vigie();
  await bare();
  const ours: Measure[] = [];
  const theirs: Measure[] = [];
  for (let at = 0; at < rounds; at += 1) {
    theirs.push(await bare());
    ours.push(await vigie());
  }
  const typical = (all: readonly Measure[], of: keyof Measure): number => median(all.map((each) => each[of]));
  const row = (metric: string, unit: string, of: (all: readonly Measure[]) => number): void => {
    const [value, baseline] = [round(of(ours)), round(of(theirs))];
    emit({ metric, value, unit, baseline, baselineName: 'bare undici', ratio: round(value / baseline) });
  };
  row(`one alert to ${count} webhooks, from the commit to the last`, 'ms', (all) => typical(all, 'ms'));
  row('deliveries', '/s', (all) => (1_000 * count) / typical(all, 'ms'));
  row('CPU a delivery', 'ms', (all) => typical(all, 'cpu') / count);
  for (const hanging of [1, slots / 2]) {
    await order({ hang: urls.slice(0, hanging).map((url) => new URL(url).host) });
    const held: Measure[] = [];
    for (let at = 0; at < rounds; at += 1) held.push(await vigie(hanging));
    const [value, baseline] = [round(typical(held, 'ms')), round(typical(ours, 'ms'))];
    emit({
      metric: `the same to the last of ${count - hanging} while ${hanging} ${hanging === 1 ? 'hangs' : 'hang'}`,
      value,
      unit: 'ms',
      baseline,
      baselineName: 'none hanging',
      ratio: round(value / baseline),
    });
  }
}

if (import.meta.main && process.argv[2] === 'receivers') await serveReceivers();
