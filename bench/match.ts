/**
 * What it takes to test an article against all watches at once, and what they weigh, from a thousand to a million; beside the
 * filter itself asked watch by watch. Interests are spread over as many subjects as there are watches, so that an article
 * concerns about as many of them at every size: what is measured is the search, and not the length of its answer, which
 * `crowded` measures: watches on no more than the register's actors.
 */
import { passesFilter, type SavedFilter } from '#match/filter.ts';
import { type LoggedMatch, type MatchReason, REASON_KINDS } from '#match/match.ts';
import { searchableWords } from '#match/words.ts';
import { WatchIndex } from '#watch/watch-index.ts';
import type { BenchRow } from './run.ts';

/** Articles of a round, lines and words of an article. */
const ARTICLES = 200;
const LINES = 5;
const WORDS = 600;
/** Actors of the register, for the crowded figure. */
const REGISTER = 328;
const OUTLETS = Array.from({ length: 80 }, (_, index) => `Le Journal ${index}`);

type Below = (limit: number) => number;

/** A small generator with a fixed seed (mulberry32). */
function createRandom(seed: number): Below {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi zo ja ke li mu no pa'.split(' ');

/** A word of its own for each number. */
function wordOf(number: number): string {
  let word = '';
  for (let rest = number + 400; rest > 0; rest = Math.floor(rest / 20)) word += SYLLABLES[rest % 20];
  return word;
}

interface World {
  readonly actors: number;
  readonly words: number;
}

/** Interests of a hundred people: an actor, some with a part in it; words and phrases; both; few of what concerns all. */
function watchOf(below: Below, { actors, words }: World): SavedFilter {
  const actor = () => `actor-${below(actors)}`;
  const word = () => wordOf(below(words));
  const shape = below(100);
  if (shape < 30) return { actors: [actor()] };
  if (shape < 40) return { actors: [actor(), actor()], reasons: ['RAISING', 'SPEAKING'] };
  if (shape < 45) return { actors: [actor()], withSpokespeople: true };
  if (shape < 65) return { words: word() };
  if (shape < 75) return { words: `"${word()} ${word()}"`, actorKinds: ['COMPANY', 'LAB'] };
  if (shape < 85) return { words: `(${word()} OR ${word()}) -${word()}`, reasons: ['RAISING'] };
  return { actors: [actor()], words: `${word()} OR "${word()} ${word()}"`, minimumEur: 1_000_000 };
}

/** What concerns everybody comes in few kinds, however many ask for it; here one watch each. */
function commonWatches(): SavedFilter[] {
  return [
    {},
    ...REASON_KINDS.map((kind) => ({ reasons: [kind] })),
    ...OUTLETS.map((outlet) => ({ outlets: [outlet], minimumEur: 10_000_000 })),
  ];
}

type Article = readonly LoggedMatch[];

function articlesOf(below: Below, { actors, words: pool }: World): Article[] {
  const reason = (): MatchReason => ({
    kind: REASON_KINDS[below(REASON_KINDS.length)]!,
    field: 'TEXT',
    start: 0,
    end: 1,
    text: 'x',
    sentence: 'x',
    amountEur: below(20) * 1_000_000,
    fundingStatus: 'CLOSED',
    claimStatus: 'ASSERTED',
  });
  return Array.from({ length: ARTICLES }, () => {
    const prose = (count: number) => Array.from({ length: count }, () => wordOf(below(pool))).join(' ');
    const words = searchableWords({ title: prose(10), text: prose(WORDS) });
    const outlet = OUTLETS[below(OUTLETS.length)]!;
    return Array.from({ length: LINES }, (_, index) => {
      const slug = `actor-${below(actors)}`;
      return {
        seq: BigInt(index),
        articleId: 1,
        actorId: 1,
        storyId: 1,
        createdAt: new Date(0),
        reasons: [reason(), reason()],
        actorSlug: slug,
        actorSlugs: [slug],
        actorKind: 'COMPANY',
        outlet,
        words,
        independentTexts: 1,
        corroborates: null,
      };
    });
  });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** CPU milliseconds an article, and watches found for one, by the median of the rounds. */
function measure(articles: readonly Article[], rounds: number, find: (line: LoggedMatch) => number) {
  let found = 0;
  const round = (): number => {
    found = 0;
    const start = process.cpuUsage();
    for (const lines of articles) for (const line of lines) found += find(line);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000 / articles.length;
  };
  round();
  const ms = median(Array.from({ length: rounds }, round));
  return { ms, found: found / articles.length };
}

function heapMb(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

/** As it comes out of the database: nothing is shared between two filters. */
const stored = (filter: SavedFilter): SavedFilter => JSON.parse(JSON.stringify(filter)) as SavedFilter;

const round3 = (value: number): number => Math.round(value * 1000) / 1000;

/** `--sizes 1000,10000` and `--rounds 5`. */
export async function run(
  emit: (row: BenchRow) => void,
  options: { readonly sizes?: string; readonly rounds?: string } = {},
): Promise<void> {
  const sizes = (options.sizes ?? '1000,10000,100000,1000000').split(',').map(Number);
  const rounds = Number(options.rounds ?? 7);
  let first: { readonly size: number; readonly ms: number } | null = null;
  for (const size of sizes) {
    const world = { actors: Math.max(REGISTER, size), words: 20 * size };
    const before = heapMb();
    const below = createRandom(7);
    const index = new WatchIndex();
    const common = commonWatches();
    const began = process.cpuUsage();
    for (let watch = 0; watch < size; watch += 1)
      index.set(watch, stored(common[watch] ?? watchOf(below, world)));
    const { user, system } = process.cpuUsage(began);
    const heap = heapMb() - before;
    const articles = articlesOf(createRandom(11), world);
    const { ms, found } = measure(articles, rounds, (line) => index.matching(line).length);
    first ??= { size, ms };
    const compared = {
      baseline: round3(first.ms),
      baselineName: `${first.size} watches`,
      ratio: round3(ms / first.ms),
    };
    emit({ metric: `article against ${size} watches`, value: round3(ms), unit: 'ms', ...compared });
    emit({ metric: `watches found an article, of ${size}`, value: round3(found), unit: 'watches' });
    emit({ metric: `heap of ${size} watches`, value: Math.round(heap), unit: 'MB' });
    emit({
      metric: `adding one of ${size} watches`,
      value: round3((user + system) / size),
      unit: 'µs',
    });
    if (size === sizes[0]) {
      const again = createRandom(7);
      const watches = Array.from({ length: size }, (_, watch) => common[watch] ?? watchOf(again, world));
      const naive = measure(
        articles,
        Math.min(rounds, 3),
        (line) => watches.filter((filter) => passesFilter(line, filter)).length,
      );
      emit({
        metric: `article against ${size} watches, one by one`,
        value: round3(naive.ms),
        unit: 'ms',
        baseline: round3(ms),
        baselineName: 'the index',
        ratio: round3(naive.ms / ms),
      });
    }
  }
  const size = sizes.findLast((each) => each <= 100_000) ?? sizes[0]!;
  const world = { actors: REGISTER, words: 20_000 };
  const below = createRandom(13);
  const index = new WatchIndex();
  for (let watch = 0; watch < size; watch += 1) index.set(watch, stored(watchOf(below, world)));
  const { ms, found } = measure(
    articlesOf(createRandom(17), world),
    rounds,
    (line) => index.matching(line).length,
  );
  emit({
    metric: `article against ${size} watches on ${REGISTER} actors (crowded)`,
    value: round3(ms),
    unit: 'ms',
  });
  emit({ metric: 'watches found an article, crowded', value: round3(found), unit: 'watches' });
  emit({ metric: 'each watch found, crowded', value: round3((ms * 1000) / found), unit: 'µs' });
}
