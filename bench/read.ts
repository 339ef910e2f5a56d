/**
 * How fast articles are read, on one core, with a small, a large and a very large register; how long the index takes to
 * build and what it weighs. The texts and the names are made up from a fixed seed, so that two runs read the same.
 */

import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RegisterActor } from '#actor/actor.ts';
import { parseRegister, slugOf } from '#actor/register.ts';
import { createReader } from '#extraction/extract.ts';
import type { ReadableArticle, Reader } from '#extraction/extraction.ts';
import { createRandom } from './support/random.ts';

/** One measured figure; `baseline` and `ratio` compare it with the smallest register of the same run. */
export interface BenchRow {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
}

export interface ReadBenchOptions {
  /** Sizes of the register. Default 328, 10,000 and 100,000. */
  readonly sizes?: readonly number[];
  /** Articles read in a round. Default 400. */
  readonly articles?: number;
  /** Rounds; the median counts. Default 7. */
  readonly rounds?: number;
}

const ARTICLE_LENGTH = 3000;

const SYLLABLES =
  'ba be bi bo bra bre ca ce cla cor da de dri du el fa fe flo ga gen gra ha hy in ka ko la le li lo lu ma me mi mo na ne ni no o pa pe pi pra qua ra re ri ro sa se si sol ta te ti to tri u va ve vi vo xa xe ya ze zo'.split(
    ' ',
  );
const TAILS = ['AI', 'Capital', 'Labs', 'Ventures', 'Technologies', 'Santé', 'Robotics', 'Partners', '', ''];

function invent(random: (below: number) => number, syllables: number): string {
  let word = '';
  for (let i = 0; i < syllables; i++) word += SYLLABLES[random(SYLLABLES.length)];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A register of the given size: the project's own, then invented actors with three spellings each. */
function registerOf(own: readonly RegisterActor[], size: number): RegisterActor[] {
  const register = own.slice(0, size);
  const random = createRandom(20260101);
  for (let number = register.length; number < size; number++) {
    const stem = invent(random, 3 + random(2));
    const tail = TAILS[random(TAILS.length)]!;
    const name = tail === '' ? `${stem} ${invent(random, 3)}` : `${stem} ${tail}`;
    register.push({
      slug: `${slugOf(name)}-${number}`,
      name,
      kind: tail === '' ? 'PERSON' : 'COMPANY',
      aliases: [
        { text: `${stem}${tail}`, ambiguous: false },
        { text: `Groupe ${stem} ${number % 90}`, ambiguous: false },
        { text: stem, ambiguous: number % 10 === 0 },
      ],
      affiliations: [],
      context: number % 10 === 0 ? ['start-up', 'levée'] : [],
      wikidata: null,
    });
  }
  return register;
}

const SENTENCES = [
  'La start-up {a} annonce une levée de fonds de {n} millions d’euros menée par {b}, avec la participation de {c} et de {d}.',
  '« Nous voulons former nos modèles en Europe et rester indépendants », explique {p}, cofondateur de {a}.',
  'Selon {p}, le marché « doublera d’ici à {n} mois », ce que conteste {c}.',
  'Le ministère de l’Économie et Bpifrance ont promis {n} millions d’euros aux laboratoires de Saclay.',
  'Fondée en 2019 par {p}, la société emploie {n} personnes à Paris et vend son logiciel à des hôpitaux.',
  'L’entreprise assure que ses clients, dont {b} et {d}, gardent la main sur leurs données.',
  'En mai, {a} avait déjà réuni {n} millions de dollars auprès de {c}, un fonds américain.',
  'Les chercheurs de l’Inria ont publié une étude sur la consommation électrique des centres de calcul.',
  'Personne ne sait encore combien coûtera l’entraînement du prochain modèle, ni qui le paiera.',
  'Le mistral soufflait ce jour-là sur la terrasse où l’équipe recevait les journalistes.',
] as const;
const PEOPLE = [
  'Arthur Mensch',
  'Claire Dumont',
  'Yann LeCun',
  'Mehdi Benali',
  'Anne Le Hénanff',
  'Paul Roussel',
];
const NAMES = [
  'Mistral AI',
  'Hugging Face',
  'Kyutai',
  'Partech',
  'Elaia',
  'Nvidia',
  'Orange',
  'Owkin',
  'Dust',
];

function articlesOf(count: number, register: readonly RegisterActor[]): ReadableArticle[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const paragraphs: string[] = [];
    let length = 0;
    while (length < ARTICLE_LENGTH) {
      const name = (): string =>
        random(3) === 0 ? register[random(register.length)]!.name : NAMES[random(NAMES.length)]!;
      const sentence = SENTENCES[random(SENTENCES.length)]!.replace(/\{([a-dnp])\}/g, (_, slot: string) =>
        slot === 'n' ? String(2 + random(500)) : slot === 'p' ? PEOPLE[random(PEOPLE.length)]! : name(),
      );
      paragraphs.push(sentence);
      length += sentence.length + 1;
    }
    return {
      title: `${NAMES[random(NAMES.length)]} lève ${2 + random(90)} millions d’euros`,
      text: paragraphs.join('\n'),
      publishedAt: new Date(Date.UTC(2026, 0, 1 + random(28))),
    };
  });
}

/** Bytes of heap and of typed arrays after a full collection. */
function settledMemory(collect: () => void): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function secondsOf(reader: Reader, articles: readonly ReadableArticle[]): number {
  const start = process.threadCpuUsage();
  for (const article of articles) reader.read(article);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1e6;
}

/** What 200 KB of one thing, over and over, must not stall. */
const HOSTILE = [
  '«',
  '« A » ',
  ' ',
  '\n',
  'A',
  'A ',
  '9',
  '9 ',
  '1 000 000 ',
  'H, ',
  'Mistral ',
  'l’',
  'A-',
  '"',
  '(',
  '. ',
  '€ ',
  '\u0301',
  '“l’AI ',
  '–\n',
  'Selon 9(IA !',
  'Arthur Mensch😀que selon ',
  'Arthur Mensch explique « A », ',
  'l’institut de ',
  '10 millions d’euros auprès de ',
];
/** Besides, that many mixtures of these and of names, marks and cues, drawn from a fixed seed. */
const MIXTURES = 40;
const PIECES = [
  ...HOSTILE,
  ...'Mistral AI|Jean Dupont|le PDG de |explique |selon |que |il |lève |et |de |M. |J. |IA |chez |dit-il |qui |»|”|? |… |— '.split(
    '|',
  ),
];
const HOSTILE_LENGTH = 200 * 1024;

/** The hostile text that takes longest, in CPU milliseconds, each read twice and the better time taken. */
function slowestHostile(reader: Reader): { readonly piece: string; readonly milliseconds: number } {
  let slowest = { piece: '', milliseconds: 0 };
  const random = createRandom(11);
  const mixtures = Array.from({ length: MIXTURES }, () =>
    Array.from({ length: 2 + random(4) }, () => PIECES[random(PIECES.length)]!).join(''),
  );
  for (const piece of [...HOSTILE, ...mixtures]) {
    const text = `Une start-up. ${piece.repeat(Math.ceil(HOSTILE_LENGTH / piece.length))}`;
    const article = { title: piece, text, publishedAt: null };
    const milliseconds = 1000 * Math.min(secondsOf(reader, [article]), secondsOf(reader, [article]));
    if (milliseconds > slowest.milliseconds) slowest = { piece, milliseconds };
  }
  return slowest;
}

/** Runs the bench and gives each figure to `emit`: CPU time of this thread, so that a busy machine does not change it much. */
export async function run(emit: (row: BenchRow) => void, options: ReadBenchOptions = {}): Promise<void> {
  const { sizes = [328, 10_000, 100_000], articles: count = 400, rounds = 7 } = options;
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const own = parseRegister(readFileSync(new URL('../src/actor/register.csv', import.meta.url), 'utf8'));
  const first: Record<string, number> = {};
  const report = (metric: string, size: number, value: number, unit: string, compare = false): void => {
    const baseline = compare ? (first[metric] ?? null) : null;
    first[metric] ??= value;
    const rounded = Math.round(value * 100) / 100;
    emit({
      bench: 'read',
      metric: `${metric}, register of ${size}`,
      value: rounded,
      unit,
      baseline: baseline === null ? null : Math.round(baseline * 100) / 100,
      ratio: baseline === null ? null : Math.round((value / baseline) * 1000) / 1000,
    });
  };
  for (const size of sizes) {
    const before = settledMemory(collect);
    const register = registerOf(own, size);
    const start = process.threadCpuUsage();
    const reader = createReader(register);
    const { user, system } = process.threadCpuUsage(start);
    const weight = settledMemory(collect) - before;
    const articles = articlesOf(count, register);
    const bytes = articles.reduce((sum, { title, text }) => sum + Buffer.byteLength(title + text), 0);
    secondsOf(reader, articles);
    const seconds = median(Array.from({ length: rounds }, () => secondsOf(reader, articles)));
    report('articles a second', size, count / seconds, 'articles/s', true);
    report('text a second', size, bytes / seconds / 1e6, 'MB/s', true);
    report('index build', size, (user + system) / 1e3, 'ms');
    report('register and index memory', size, weight / 1e6, 'MB');
  }
  const { piece, milliseconds } = slowestHostile(createReader(own));
  emit({
    bench: 'read',
    metric: `slowest of ${HOSTILE.length + MIXTURES} hostile texts of 200 KB (${JSON.stringify(piece)})`,
    value: Math.round(milliseconds),
    unit: 'ms',
    baseline: null,
    ratio: null,
  });
}

if (import.meta.main) await run((row) => process.stdout.write(`${JSON.stringify(row)}\n`));
