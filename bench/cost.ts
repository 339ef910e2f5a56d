/**
 * What a unit of cost (`server/cost.ts`) stands for: what a dashboard asks over 20,000 articles, one at a time, the least time
 * that it takes (others' work can only add to it) without what any request takes, divided by the cost that the answer names.
 * Beside it the unit itself: a row of a page of 100 articles. A ratio over 1 is a query that is cheaper to ask than to answer.
 *
 * --times 15: answers of each. --only TEXT,TEXT: questions whose name holds one of these. --database URL: filled by an earlier run.
 */
import { dashboardQuestions } from './query/dashboard.ts';
import { openFilled } from './query/database.ts';
import { cursorOfPage, type Question, startVigie, timeAnswer } from './query/vigie.ts';
import type { BenchRow } from './run.ts';

/** Before anything is timed: Postgres settles on a plan for a prepared statement with its sixth run. */
const WARM = 6;

/** Costs one: what any request takes. */
const NOTHING: Question = {
  name: 'nothing',
  query: '{ article: node(id: "QXJ0aWNsZTox") { id } }',
  variables: {},
};
const ROWS: Question = {
  name: 'a row',
  query: '{ articles(first: 100) { nodes { id title outlet url publishedAt summary } } }',
  variables: {},
};

export async function run(
  emit: (row: BenchRow) => void,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const times = Number(options.times ?? 15);
  const only = options.only?.split(',');
  await using stack = new AsyncDisposableStack();
  const url = options.database ?? (await openFilled(stack));
  const { child, origin } = await startVigie(url, { VIGIE_ANSWER_CACHE_MB: '0' });
  stack.defer(() => void child.kill());
  const measure = async (question: Question): Promise<{ ms: number; cost: number }> => {
    let least = { ms: Infinity, cost: 0 };
    for (let n = 0; n < WARM + times; n += 1) {
      const answer = await timeAnswer(origin, question);
      if (n >= WARM && answer.ms < least.ms) least = answer;
    }
    return least;
  };
  const questions = dashboardQuestions(await cursorOfPage(origin, 49));
  const [nothing, row] = [await measure(NOTHING), await measure(ROWS)];
  const unitOf = ({ ms, cost }: { ms: number; cost: number }): number =>
    (1_000 * Math.max(0, ms - nothing.ms)) / cost;
  for (const question of questions) {
    if (only && !only.some((name) => question.name.includes(name))) continue;
    const answer = await measure(question);
    emit({
      metric: `${question.name}: time a unit of ${answer.cost}`,
      value: unitOf(answer),
      unit: 'µs',
      baseline: unitOf(row),
      baselineName: 'a row of 100 articles',
      ratio: unitOf(answer) / unitOf(row),
    });
  }
}
