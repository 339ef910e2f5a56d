/**
 * `npm run bench -- NAME [--key value …]`: runs bench/NAME.ts and prints one JSON object a line:
 * bench, metric, value, unit, and where there is one a baseline measured in the same run with the ratio to it.
 */
import { readdirSync } from 'node:fs';

/** One figure. */
export interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What the same run measured of the thing it is compared with, and its name. */
  readonly baseline?: number;
  readonly baselineName?: string;
  readonly ratio?: number;
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
await bench.run((row) => console.log(JSON.stringify({ bench: name, ...row })), options);
