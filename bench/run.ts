/**
 * `npm run bench -- NAME [--key value …]`: runs bench/NAME.ts and prints one JSON object a line:
 * bench, metric, value, unit, and where there is one a baseline measured in the same run with the ratio to it.
 * `--write docs/benchmarks.md` also puts the figures into that document, in the place that is marked with the bench's name.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';

/** One figure. */
export interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What the same run measured of the thing it is compared with, and its name. */
  readonly baseline?: number | null;
  readonly baselineName?: string;
  readonly ratio?: number | null;
}

interface Bench {
  run(emit: (row: BenchRow) => void, options: Readonly<Record<string, string>>): Promise<void>;
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3));
const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- NAME, where NAME is ${names.join(', ')}`);
  process.exit(2);
}
const options: Record<string, string> = {};
for (let i = 0; i + 1 < rest.length; i += 2) options[rest[i]!.replace(/^--/, '')] = rest[i + 1]!;
const bench = (await import(`./${name}.ts`)) as Bench;
const { write, ...asked } = options;
const rows: BenchRow[] = [];
const load = loadavg()[0]!;
await bench.run((row) => {
  rows.push(row);
  console.log(JSON.stringify({ bench: name, ...row }));
}, asked);
if (write !== undefined) writeFigures(write, name, rows);

/** A figure with as many digits as it is good for. */
function format(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- end -->`. */
function writeFigures(file: string, bench: string, figures: readonly BenchRow[]): void {
  const begin = `<!-- ${bench} -->`;
  const [before, rest] = readFileSync(file, 'utf8').split(begin);
  const after = rest?.split('<!-- end -->').slice(1).join('<!-- end -->');
  if (before === undefined || after === undefined) throw new Error(`${file} has no ${begin} … <!-- end -->`);
  const arguments_ = Object.entries(asked).map(([key, value]) => ` --${key} ${value}`);
  const lines = figures.map(({ metric, value, unit, baseline, baselineName, ratio }) =>
    [
      metric,
      `${format(value)} ${unit}`,
      baseline === undefined || baseline === null
        ? ''
        : `${format(baseline)} ${unit} (${baselineName ?? 'baseline'})`,
      ratio === undefined || ratio === null ? '' : ratio.toFixed(2),
    ].join(' | '),
  );
  const text = [
    begin,
    '',
    `\`npm run bench -- ${bench}${arguments_.join('')}\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, load average ${load.toFixed(1)} at the start.`,
    '',
    '| figure | measured | beside | ratio |',
    '| --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line} |`),
    '',
    '<!-- end -->',
  ];
  writeFileSync(file, before + text.join('\n') + after);
}
