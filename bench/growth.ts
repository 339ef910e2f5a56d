/**
 * How answers slow down as the archive grows: what a dashboard asks, of 20,000 articles and of `--factor` (10) times as many
 * that go back as much further, in turns, one at a time. Each figure names the indexes that serve it, as Postgres plans it over
 * the larger archive; `all of` says that a table is read whole.
 *
 * --times 15: answers of each. --only TEXT,TEXT: questions whose name holds one of these. --small URL --large URL: databases
 * filled by an earlier run.
 */
import pg from 'pg';
import { dashboardQuestions } from './query/dashboard.ts';
import { growDatabase, LARGE, openFilled, SIZE } from './query/database.ts';
import { accessOf, cursorOfPage, startVigie, timeAnswer } from './query/vigie.ts';
import type { BenchRow } from './run.ts';

/** Before anything is timed: Postgres settles on a plan for a prepared statement with its sixth run. */
const WARM = 6;
/** Milliseconds after which a question has been timed enough. */
const ENOUGH_MS = 6_000;

/** What a quarter of the answers stays below: others' work on the machine can only add to a time. */
const quarterOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 2]!;

/** Fills a database, and a copy of it that grows; their addresses. */
async function fillBoth(
  stack: AsyncDisposableStack,
  factor: number,
): Promise<[small: string, large: string]> {
  const url = await openFilled(stack);
  const [admin, large] = ['/postgres', '/grown'].map(
    (pathname) => Object.assign(new URL(url), { pathname }).href,
  );
  const client = new pg.Client({ connectionString: admin! });
  await client.connect();
  const name = client.escapeIdentifier(new URL(url).pathname.slice(1));
  await client.query(`create database grown template ${name}`).finally(() => client.end());
  console.error(`and another: ${factor} times as many`);
  await growDatabase(large!, factor);
  return [url, large!];
}

export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const times = Number(options.times ?? 15);
  const only = options.only?.split(',');
  await using stack = new AsyncDisposableStack();
  const urls =
    options.small !== undefined && options.large !== undefined
      ? [options.small, options.large]
      : await fillBoth(stack, Number(options.factor ?? 10));
  const sizes = await Promise.all(
    urls.map(async (url) => {
      const { child, origin } = await startVigie(url, { VIGIE_ANSWER_CACHE_MB: '0' });
      stack.defer(() => void child.kill());
      return { origin, questions: dashboardQuestions(await cursorOfPage(origin, 49)) };
    }),
  );
  const [small, large] = sizes as [(typeof sizes)[number], (typeof sizes)[number]];
  for (const [index, question] of large.questions.entries()) {
    if (only && !only.some((name) => question.name.includes(name))) continue;
    const asked = [
      { origin: small.origin, question: small.questions[index]!, taken: [] as number[] },
      { origin: large.origin, question, taken: [] as number[] },
    ];
    const end = performance.now() + ENOUGH_MS;
    for (let n = 0; n < WARM + times && (n < WARM + 3 || performance.now() < end); n += 1) {
      for (const { origin, question: one, taken } of asked) {
        const { ms } = await timeAnswer(origin, one);
        if (n >= WARM) taken.push(ms);
      }
    }
    const [before, after] = asked.map(({ taken }) => quarterOf(taken)) as [number, number];
    const { indexes, whole } = await accessOf(urls[1]!, question, LARGE);
    const by = [...indexes, ...whole.map((table) => `all of ${table}`)];
    emit({
      metric: `${question.name} (${by.join(', ')})`,
      value: after,
      unit: 'ms',
      baseline: before,
      baselineName: `${SIZE.articles.toLocaleString('en-US')} articles`,
      ratio: after / before,
    });
  }
}
