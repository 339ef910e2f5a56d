/**
 * How fast feeds are polled: a worker as in production, with its queue in a Postgres of its own, against a press in another
 * process. First every item is new, then nothing has changed. Beside it, in the same run and with the same concurrency, the
 * least a poller can do: plain undici, which for the first round also splits the feed with a regular expression and stores it
 * with one INSERT.
 *
 * Each host is a loopback address of its own (127.0.0.2, 127.0.0.3, …; Linux answers on all of them), so that the manners
 * towards one host, which hold here too but for the pause between requests, do not serialise everything.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { importActors } from '#actor/actor.store.ts';
import { parseRegister } from '#actor/register.ts';
import { addFeeds } from '#feed/feed.store.ts';
import { startWorkerProcess } from '#pipeline/start.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { type Database, openDatabase } from '#platform/database.ts';
import { startEmbedded } from '#platform/embedded.ts';
import type { Log } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { DUE_CHANNEL } from '#platform/notifications.ts';
import type { BenchRow } from './run.ts';
import { createRandom } from './support/random.ts';

const NAMES = ['Mistral AI', 'Hugging Face', 'Kyutai', 'Partech', 'Nvidia', 'Orange', 'Owkin', 'Dust'];
const PEOPLE = ['Arthur Mensch', 'Claire Dumont', 'Yann LeCun', 'Anne Le Hénanff', 'Paul Roussel'];
const SENTENCES = [
  '« Nous voulons {w} nos {w} en {w} et {w} des {w} », explique {p}, cofondateur de {a}.',
  'Selon {p}, le {w} de {w} « doublera {w} avant {w} mois ».',
  'Fondée par {p}, {a} emploie {n} {w} à {w} et vend des {w} aux {w}.',
  '{a} a {w} ses {w} pour {w} {n} {w}, et {p} {w} la {w}.',
];
/** What the rest of a text is made of: words that no other article puts together like this. */
const FILLER = 'La {w} {w} de {w} {w} les {w} {w} que {w} et {w} {w} sans {w} ni {w} pour {w} {w}.';
/** Told by every sixth article, of a company that nobody else writes about. */
const ROUND = 'La start-up {c} annonce une levée de fonds de {n} millions d’euros menée par {a}.';
const SYLLABLES = 'ba bre ca cor da dri el fa gen hy in ka lu mo na pra qua ri so ta ul vo xa ze'.split(' ');

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A feed of whole articles of some 900 characters that name actors, quote and tell of money; no two articles alike. */
function feedOf(number: number, items: number, base: string): string {
  const random = createRandom(number);
  const pick = (list: readonly string[]): string => list[random(list.length)]!;
  const word = (): string => pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES);
  const fill = (sentence: string): string =>
    sentence.replace(/\{([anpw])\}/g, (_, slot: string) =>
      slot === 'n'
        ? String(2 + random(500))
        : slot === 'p'
          ? pick(PEOPLE)
          : slot === 'a'
            ? pick(NAMES)
            : word(),
    );
  const rows = Array.from({ length: items }, (_, item) => {
    const url = `${base}/articles/${number}-${item}`;
    const sentences = Array.from({ length: 9 }, (_, at) => fill(at % 3 === 1 ? pick(SENTENCES) : FILLER));
    if (item % 6 === 0) sentences.push(fill(ROUND).replace('{c}', capitalized(word())));
    const date = new Date(Date.UTC(2026, 0, 1) + (number * 7 + item * 240) * 60_000).toUTCString();
    return `<item><title>${word()} ${word()} : ${pick(NAMES)} et ${word()}</title><link>${url}</link><guid>${url}</guid><pubDate>${date}</pubDate><description><![CDATA[<p>${sentences.join('</p><p>')}</p>]]></description></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed ${number}</title><link>${base}/</link><description>x</description><language>fr</language>${rows.join('')}</channel></rss>`;
}

interface PressCounts {
  readonly requests: number;
  /** Most requests that one of its addresses had under way at a time. */
  readonly mostAtOneHost: number;
}

/** The press, in its own process: feeds with an ETag, on every loopback address. Answers a message with its counts. */
async function servePress(items: number): Promise<void> {
  const underWay = new Map<string, number>();
  let counts: PressCounts = { requests: 0, mostAtOneHost: 0 };
  const server = createServer((request, response) => {
    const host = request.headers.host!;
    const now = (underWay.get(host) ?? 0) + 1;
    underWay.set(host, now);
    counts = { requests: counts.requests + 1, mostAtOneHost: Math.max(counts.mostAtOneHost, now) };
    response.on('close', () => underWay.set(host, underWay.get(host)! - 1));
    const number = Number(request.url!.slice('/feed/'.length));
    const etag = `"${number}"`;
    // A server across the street, not within the process: the answer comes with a later turn of the loop.
    setImmediate(() => {
      if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
      const body = feedOf(number, items, `http://${host}`);
      return response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(body);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  process.on('message', () => {
    process.send!(counts);
    counts = { requests: 0, mostAtOneHost: 0 };
  });
  process.on('disconnect', () => process.exit(0));
  process.send!((server.address() as AddressInfo).port);
}

/** What the press counted since it was last asked. */
async function countsOf(press: ChildProcess): Promise<PressCounts> {
  const answer = new Promise<PressCounts>((done) =>
    press.once('message', (message) => done(message as never)),
  );
  press.send('counts');
  return await answer;
}

/** CPU seconds of all processes of this machine's Postgres servers whose folder is below `dir`; null without /proc. */
async function postgresCpu(dir: string): Promise<number | null> {
  try {
    const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const stats = new Map<string, { parent: string; ticks: number }>();
    const roots = new Set<string>();
    for (const id of ids) {
      const [stat, command] = await Promise.all([
        readFile(`/proc/${id}/stat`, 'utf8'),
        readFile(`/proc/${id}/cmdline`, 'utf8'),
      ]).catch(() => ['', '']);
      const fields = stat!.slice(stat!.lastIndexOf(')') + 2).split(' ');
      if (fields.length < 16) continue;
      // Of its own time and that of the children it has waited for, so that nothing is lost when one ends.
      const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
      stats.set(id, { parent: fields[1]!, ticks });
      if (command!.includes(dir)) roots.add(id);
    }
    const ticks = [...stats].filter(([id, { parent }]) => roots.has(id) || roots.has(parent));
    return ticks.length === 0 ? null : ticks.reduce((sum, [, one]) => sum + one.ticks, 0) / 100;
  } catch {
    return null;
  }
}

interface Measure {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly postgresSeconds: number | null;
}

async function measure(dir: string, work: () => Promise<void>): Promise<Measure> {
  const postgres = await postgresCpu(dir);
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const after = await postgresCpu(dir);
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    postgresSeconds: postgres === null || after === null ? null : after - postgres,
  };
}

/** Polls with nothing but undici. `store` is what is done with a body. */
async function bareRound(
  urls: readonly string[],
  concurrency: number,
  etags: boolean,
  store: (url: string, body: string) => Promise<void>,
): Promise<void> {
  const agent = new Agent({ connections: 2 });
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < urls.length; at = next++) {
      const url = new URL(urls[at]!);
      const number = url.pathname.slice('/feed/'.length);
      const response = await agent.request({
        origin: url.origin,
        path: url.pathname,
        method: 'GET',
        headers: etags ? { 'if-none-match': `"${number}"` } : {},
      });
      const body = await response.body.text();
      if (response.statusCode === 200) await store(urls[at]!, body);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  await agent.close();
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const round = (value: number): number => Math.round(value * 100) / 100;

/** `--feeds 1000 --items 30 --hosts 200 --rounds 5 --concurrency 16` are the defaults. */
export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const count = Number(options.feeds ?? 1_000);
  const items = Number(options.items ?? 30);
  const hosts = Number(options.hosts ?? 200);
  const rounds = Number(options.rounds ?? 5);
  const concurrency = Number(options.concurrency ?? 16);

  await using stack = new AsyncDisposableStack();
  const press = fork(import.meta.filename, ['press', String(items)]);
  stack.defer(() => void press.disconnect());
  const port = await new Promise<number>((done) => press.once('message', (message) => done(Number(message))));
  const dir = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  const embedded = stack.use(await startEmbedded({ dir, persistent: false }));
  await migrate(embedded.url);
  const database: Database = stack.use(openDatabase(embedded.url));
  const urls = Array.from(
    { length: count },
    (_, number) =>
      `http://127.0.${Math.floor((number % hosts) / 250)}.${2 + ((number % hosts) % 250)}:${port}/feed/${number}`,
  );
  const register = await readFile(new URL('../src/actor/register.csv', import.meta.url), 'utf8');
  await importActors(database.db, parseRegister(register));
  const tomorrow = new Date(Date.now() + 86_400_000);
  const feeds = await addFeeds(
    database.db,
    urls.map((url, number) => ({
      url,
      title: `Feed ${number}`,
      outlet: `Outlet ${number}`,
      siteUrl: null,
      language: 'fr',
      topics: [],
    })),
    () => tomorrow,
  );

  /** Feeds of which no poll has ended in this round: a round of many items takes so long that the first are due again. */
  const left = new Set<number>();
  let finished = Promise.withResolvers<void>();
  const outcomes = new Map<string, number>();
  const ignore = (): void => {};
  const onPoll = (
    fields: { readonly feedId?: number; readonly outcome?: string; readonly problem?: string | null },
    text: string,
  ): void => {
    if (text !== 'feed polled' || !left.delete(fields.feedId ?? 0)) return;
    const key = fields.problem ?? fields.outcome ?? '';
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    if (left.size === 0) finished.resolve();
  };
  const log = { debug: ignore, info: onPoll, warn: onPoll, error: console.error } as unknown as Log;
  const config = readConfig({
    DATABASE_URL: embedded.url,
    VIGIE_ALLOW_HOSTS: '127.0.0.0/8',
    VIGIE_HOST_SPACING_MS: '0',
    VIGIE_POLL_CONCURRENCY: String(concurrency),
  });
  /** From the moment at which all feeds are due, and the worker is told so, to the last poll that is written down. */
  const pollAll = async (expected: string): Promise<Measure> => {
    outcomes.clear();
    for (const { id } of feeds) left.add(id);
    finished = Promise.withResolvers();
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('update feed set next_poll_at = $1', [new Date()]);
    await client.query(`notify ${DUE_CHANNEL}`);
    const measured = await measure(dir, async () => {
      await client.query('commit');
      await finished.promise;
    });
    client.release();
    if (outcomes.get(expected) !== feeds.length) throw new Error(`bench: ${JSON.stringify([...outcomes])}`);
    return measured;
  };

  await database.pool.query(
    'create table bare (url text primary key, titles text[] not null, body text not null)',
  );
  const bareNew = () =>
    bareRound(urls, concurrency, false, async (url, body) => {
      const titles = body.split('<item>').map((item) => /<title>([^<]*)/.exec(item)?.[1] ?? '');
      await database.pool.query('insert into bare values ($1, $2, $3)', [url, titles, body]);
    });
  const bareUnchanged = () => bareRound(urls, concurrency, true, async () => {});

  stack.use(await startWorkerProcess(config, database, { clock: systemClock, log }));
  const report = (what: string, ours: Measure, bare: Measure, baselineName: string): void => {
    const rate = (one: Measure) => count / one.seconds;
    const cpu = (one: Measure) => (1000 * one.cpuSeconds) / count;
    emit({
      metric: `feeds a second, ${what}`,
      value: round(rate(ours)),
      unit: 'feeds/s',
      baseline: round(rate(bare)),
      baselineName,
      ratio: round(rate(ours) / rate(bare)),
    });
    emit({
      metric: `CPU a feed, ${what}`,
      value: round(cpu(ours)),
      unit: 'ms',
      baseline: round(cpu(bare)),
      baselineName,
      ratio: round(cpu(ours) / cpu(bare)),
    });
    if (ours.postgresSeconds !== null) {
      emit({
        metric: `CPU of Postgres a feed, ${what}`,
        value: round((1000 * ours.postgresSeconds) / count),
        unit: 'ms',
      });
    }
  };

  const firstBare = await measure(dir, bareNew);
  await countsOf(press);
  const first = await pollAll('FETCHED');
  let mostAtOneHost = (await countsOf(press)).mostAtOneHost;
  report(`${items} new items each`, first, firstBare, 'undici, string split, one INSERT a feed');
  emit({
    metric: 'wall time an article ingested',
    value: round((1000 * first.seconds) / (count * items)),
    unit: 'ms',
  });

  const ours: Measure[] = [];
  const bare: Measure[] = [];
  const memory: number[] = [];
  for (let at = 0; at < rounds; at += 1) {
    bare.push(await measure(dir, bareUnchanged));
    await countsOf(press);
    ours.push(await pollAll('NOT_MODIFIED'));
    mostAtOneHost = Math.max(mostAtOneHost, (await countsOf(press)).mostAtOneHost);
    globalThis.gc?.();
    memory.push(process.memoryUsage.rss() / 1e6);
  }
  const typical = (all: readonly Measure[]): Measure => ({
    seconds: median(all.map(({ seconds }) => seconds)),
    cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
    postgresSeconds: median(all.map(({ postgresSeconds }) => postgresSeconds ?? Number.NaN)) || null,
  });
  report('unchanged', typical(ours), typical(bare), 'undici alone');
  emit({ metric: 'most requests at one host at a time', value: mostAtOneHost, unit: 'requests' });
  emit({ metric: 'memory after the first unchanged round', value: round(memory[0] ?? 0), unit: 'MB' });
  emit({
    metric: `memory after ${rounds} unchanged rounds`,
    value: round(memory.at(-1) ?? 0),
    unit: 'MB',
    baseline: round(memory[0] ?? 0),
    baselineName: 'after the first',
    ratio: round((memory.at(-1) ?? 0) / (memory[0] ?? 1)),
  });
}

if (import.meta.main && process.argv[2] === 'press') await servePress(Number(process.argv[3]));
