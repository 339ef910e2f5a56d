/**
 * Scores the reader on the labelled articles of tests/corpus/, and stories on labelled pairs; `--write` puts the tables into
 * docs/extraction.md, between its markers. `--errors` prints what was missed and wrongly found on the development cases; the held-out ones stay unseen.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseRegister } from '#actor/register.ts';
import { createReader } from '#extraction/extract.ts';
import { reportReading } from '#extraction/report.ts';
import { loadCorpus } from './corpus.ts';
import { addCase, createScores, PARTS, ratesOf, type Scores, TRAITS } from './score.ts';
import { storyTable } from './stories.ts';

const START = '<!-- eval:start -->';
const END = '<!-- eval:end -->';
const DOCUMENT = new URL('../docs/extraction.md', import.meta.url);

const register = parseRegister(readFileSync(new URL('../src/actor/register.csv', import.meta.url), 'utf8'));
const reader = createReader(register);
const development = createScores();
const heldOut = createScores();
const unseen = createScores();
for (const { slug, title, text, published, gold, ...kept } of loadCorpus()) {
  const article = { title, text, publishedAt: published === null ? null : new Date(published) };
  const scores = kept.unseen ? unseen : kept.heldOut ? heldOut : development;
  addCase(scores, gold, reportReading(slug, article, reader.read(article)));
}

const tables = [
  `Register of ${register.length} actors; commit ${commit()}; ${new Date().toISOString().slice(0, 10)}.`,
  '',
  `### Development cases (${development.cases})`,
  '',
  tableOf(development),
  '',
  `### Held-out cases (${heldOut.cases})`,
  '',
  tableOf(heldOut),
  '',
  `### Unseen cases (${unseen.cases})`,
  '',
  tableOf(unseen),
  '',
  '### Stories',
  '',
  storyTable(),
].join('\n');
process.stdout.write(`${tables}\n`);
if (process.argv.includes('--errors')) process.stdout.write(`\n${development.errors.join('\n')}\n`);
if (process.argv.includes('--write')) writeTables(tables);

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
}

function tableOf({ parts, traits }: Scores): string {
  const rows = PARTS.map((part) => {
    const { labelled, found, right } = parts[part];
    const { precision, recall, f1 } = ratesOf(parts[part]);
    const rates = [precision, recall, f1].map((rate) => rate.toFixed(3)).join(' | ');
    return `| ${part} | ${labelled} | ${found} | ${right} | ${rates} |`;
  });
  const shares = TRAITS.map((trait) => {
    const { right, of } = traits[trait];
    return `${trait} right ${of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} %`} of ${of}`;
  });
  return [
    '| part | labelled | found | right | precision | recall | F1 |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
    '',
    `Of what was found: ${shares.join('; ')}.`,
  ].join('\n');
}

function writeTables(text: string): void {
  const document = readFileSync(DOCUMENT, 'utf8');
  const start = document.indexOf(START);
  const end = document.indexOf(END);
  if (start < 0 || end < start) throw new Error(`eval: docs/extraction.md lacks ${START} and ${END}`);
  writeFileSync(DOCUMENT, `${document.slice(0, start + START.length)}\n\n${text}\n\n${document.slice(end)}`);
}
