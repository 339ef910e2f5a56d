/** Scores which of the labelled pairs of texts become one story. */
import {
  everyPair,
  loadStoryPairs,
  precision,
  recall,
  type Sample,
  type Tally,
  tally,
} from '../tests/support/story-pairs.ts';

/** The table, in Markdown. */
export function storyTable(): string {
  const { samples, pairs } = loadStoryPairs();
  const of = (...labels: readonly string[]): (readonly [Sample, Sample])[] =>
    pairs.filter(({ is }) => labels.includes(is)).map(({ a, b }) => [a, b]);
  const row = (name: string, compared: readonly (readonly [Sample, Sample])[]): string => {
    const count: Tally = tally(compared);
    const { right, wrong, missed } = count;
    const rates = [precision(count), recall(count)].map((rate) => rate.toFixed(2));
    return `| ${[name, compared.length, right + missed, right, wrong, ...rates].join(' | ')} |`;
  };
  return [
    '| pairs | compared | of one story | of them joined | wrongly joined | precision | recall |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    row('labelled', of('COPY', 'REWRITE', 'OWN', 'DIFFERENT')),
    row('copies and rewrites alone', of('COPY', 'REWRITE')),
    row('own reports alone', of('OWN')),
    row('every two of these texts within the window', [...everyPair(samples)]),
  ].join('\n');
}
