/**
 * What a text leaves behind so that its copies and rewrites can be recognised: plain numbers, small enough to keep beside
 * the article, so that no stored text is read again when another article comes in.
 *
 * Two kinds of memory. Runs of three words ("shingles") tell whether sentences were taken over; names, sums and words of
 * the head (title and first 70 words) tell whether the same thing is reported. Words are folded, so accents, case and
 * typography do not count.
 *
 * An article's candidates are those that share a band and came out within `STORY_WINDOW_HOURS` of it; how they are found is
 * `story.store.ts`.
 */
import { findAmounts } from '#text/amounts.ts';
import { readDigits } from '#text/numbers.ts';
import { type Token, tokenize } from '#text/tokenize.ts';
import { PROFILE_VERSION, type StoryProfile } from './story-profile.ts';
import { GENERIC_WORDS, RUMOUR_WORDS, STOP_WORDS } from './story-words.ts';

/** What is stored of an article's text for finding its story. */
export interface StorySignature {
  /** Signed 32-bit keys to look candidates up by: two articles of one story share at least one, near enough always. */
  readonly bands: readonly number[];
  readonly profile: StoryProfile;
}

const MAX_TOKENS = 20_000;
const MAX_LENGTH = 8 * MAX_TOKENS;
const MAX_TITLE = 1_000;
const MAX_SHINGLES = 384;
const HEAD_WORDS = 70;
const BAND_WORDS = 120;
/** One shingle in three of the first 120 words is a band: 40 for a long text, a dozen for two sentences. */
const BAND_SAMPLE = 3;
const MAX_PAIRS = 40;
const NAMED_WORDS = 200;
const MAX_FULL_NAMES = 8;
const MAX_LIST = 160;
const MAX_SUMS = 24;

const GENERIC = 0;
const WORD = 1;
const FIGURE = 2;
const NAME = 3;

/** Takes the signature of an article. `text` may be empty (a title-only feed). Linear time; never throws. */
export function storySignature(title: string, text: string): StorySignature {
  const plainTitle = withoutOutlet(title.slice(0, MAX_TITLE));
  const body = text.slice(0, MAX_LENGTH);
  const titleTokens = tokenize(plainTitle);
  const tokens = tokenize(body).slice(0, MAX_TOKENS);
  const lead = tokens.slice(0, HEAD_WORDS);
  const names = findNames(plainTitle, titleTokens, body, tokens);

  const shingles = [...new Set(shingle(tokens))].sort((a, b) => a - b);
  const titleSums = findSums(plainTitle);
  const leadSums = findSums(body.slice(0, lead.at(-1)?.end ?? 0));
  const titleNames = namesIn(titleTokens, names);
  const headNames = namesIn([...titleTokens, ...lead], names);
  const titleFigures = findFigures(plainTitle, titleTokens);
  return {
    bands: [
      ...new Set([
        ...sample(tokens),
        ...pairs(titleNames, headNames, [...titleSums, ...leadSums]),
        ...fullNames(body, tokens.slice(0, NAMED_WORDS), names),
      ]),
    ],
    profile: {
      version: PROFILE_VERSION,
      shingleCount: shingles.length,
      shingles: shingles.slice(0, MAX_SHINGLES),
      aside: isAside(plainTitle, titleTokens),
      title: features(titleTokens, names),
      head: features([...titleTokens, ...lead], names),
      titleNames: hashAll(titleNames),
      names: hashAll(capitalised([...titleTokens, ...tokens])),
      titleFigures: hashAll(titleFigures),
      figures: hashAll([...titleFigures, ...findFigures(body, tokens)]),
      titleSums: titleSums.flatMap(sumFeature),
      sums: [...titleSums, ...findSums(body)].slice(0, MAX_SUMS).flatMap(sumFeature),
    },
  };
}

/** FNV-1a with a final mix, so that the smallest hashes are a fair sample. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

function hashAll(texts: Iterable<string>): number[] {
  return [...new Set(texts)].slice(0, MAX_LIST).map(hash);
}

/** Drops what feeds add to a title: « … | Dépêches », « … - Le Monde », « (actualisé) ». */
function withoutOutlet(title: string): string {
  const plain = title.trimEnd();
  for (const mark of [' | ', ' - ', ' – ', ' — ']) {
    const at = plain.lastIndexOf(mark);
    if (at < 0) continue;
    const tail = tokenize(plain.slice(at));
    const short = tail.length > 0 && tail.length <= 4 && tail[0]?.shape !== 'LOWER';
    if (short && tokenize(plain.slice(0, at)).length >= 4) return plain.slice(0, at);
  }
  const bracket = plain.endsWith(')') ? plain.lastIndexOf(' (') : -1;
  const inside = bracket < 0 ? [] : tokenize(plain.slice(bracket));
  return inside.length === 1 ? plain.slice(0, bracket) : plain;
}

function shingle(tokens: readonly Token[]): number[] {
  const hashes: number[] = [];
  for (let i = 0; i + 3 <= tokens.length; i++) {
    hashes.push(hash(`${tokens[i]?.folded} ${tokens[i + 1]?.folded} ${tokens[i + 2]?.folded}`));
  }
  return hashes;
}

function sample(tokens: readonly Token[]): number[] {
  return shingle(tokens.slice(0, BAND_WORDS)).filter((h) => (h >>> 0) % BAND_SAMPLE === 0);
}

/** Light French stemming: enough for plural, gender and the commonest verb endings to meet. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ees|ent|es|ee|er|s|x|e)$/, '').slice(0, 7) : word;
}

const GENERIC_STEMS: ReadonlySet<string> = new Set(Array.from(GENERIC_WORDS, stem));

function features(tokens: readonly Token[], names: ReadonlySet<string>): number[] {
  const found = new Map<number, number>();
  for (const { folded, shape } of tokens) {
    if (folded.length < 2 || STOP_WORDS.has(folded)) continue;
    const stemmed = stem(folded);
    const weight = GENERIC_STEMS.has(stemmed)
      ? GENERIC
      : names.has(folded)
        ? NAME
        : shape === 'NUMBER'
          ? FIGURE
          : WORD;
    const word = hash(stemmed) & ~3;
    found.set(word, Math.max(weight, found.get(word) ?? 0));
  }
  return Array.from(found, ([word, weight]) => word | weight);
}

/**
 * Words that stand for somebody or something named: capitalised within a sentence, or at its beginning when the next word
 * is capitalised too; or capitalised at the beginning of two sentences or more and never written small.
 */
function findNames(
  title: string,
  titleTokens: readonly Token[],
  body: string,
  tokens: readonly Token[],
): ReadonlySet<string> {
  const names = new Set<string>();
  const small = new Set<string>();
  const opening = new Map<string, number>();
  for (const [text, list] of [
    [title, titleTokens],
    [body, tokens],
  ] as const) {
    list.forEach((token, at) => {
      if (!isCapitalised(token)) {
        small.add(token.folded);
        return;
      }
      const opens = at === 0 || OPENING.test(text.slice(list[at - 1]?.end, token.start));
      const next = list[at + 1];
      const followed = next && isCapitalised(next) && text.slice(token.end, next.start) === ' ';
      if (!opens || followed || token.shape !== 'CAPITAL') names.add(token.folded);
      else opening.set(token.folded, 1 + (opening.get(token.folded) ?? 0));
    });
  }
  for (const [word, times] of opening) if (times >= 2 && !small.has(word)) names.add(word);
  return names;
}

/** « Après la panne, … » or « … : après la panne » is about what came of it; « arrêté après une panne » is about it. */
function isAside(title: string, tokens: readonly Token[]): boolean {
  return tokens.some(({ folded, start }, at) => {
    if (RUMOUR_WORDS.test(folded)) return true;
    return folded === 'apres' && (at === 0 || OPENING.test(title.slice(tokens[at - 1]?.end, start)));
  });
}

const OPENING = /[.!?…«"“\n:(]/;

function isCapitalised({ shape, folded }: Token): boolean {
  return shape !== 'LOWER' && shape !== 'NUMBER' && !STOP_WORDS.has(folded);
}

function capitalised(tokens: readonly Token[]): string[] {
  return tokens.filter(isCapitalised).map(({ folded }) => folded);
}

function namesIn(tokens: readonly Token[], names: ReadonlySet<string>): string[] {
  const found = capitalised(tokens).filter((word) => names.has(word) && !GENERIC_WORDS.has(word));
  return [...new Set(found)];
}

/** Figures as exact decimals; a figure that is money counts as money alone. */
function findFigures(text: string, tokens: readonly Token[]): string[] {
  const amounts = findAmounts(text).filter(({ currency }) => currency !== null);
  const figures: string[] = [];
  let read = 0;
  let amount = 0;
  for (const { start, shape } of tokens) {
    if (shape !== 'NUMBER' || start < read) continue;
    while ((amounts[amount]?.end ?? Number.POSITIVE_INFINITY) <= start) amount++;
    const number = readDigits(text, start);
    if (!number) continue;
    read = number.end;
    const isMoney = (amounts[amount]?.start ?? Number.POSITIVE_INFINITY) < number.end;
    if (!isMoney) figures.push(number.value);
  }
  return figures;
}

interface Sum {
  readonly amount: number;
  readonly currency: string;
}

/** Numbers without a currency are left out: ten million may be users. */
function findSums(text: string): Sum[] {
  const sums: Sum[] = [];
  for (const { amount, currency, same } of findAmounts(text)) {
    if (currency !== null && Number(amount) > 0) sums.push({ amount: Number(amount), currency });
    if (same && Number(same.amount) > 0) sums.push({ amount: Number(same.amount), currency: same.currency });
  }
  return sums.slice(0, MAX_SUMS);
}

/** A sum as two integers: a million times the logarithm of its amount, and its currency. */
function sumFeature({ amount, currency }: Sum): readonly [number, number] {
  return [Math.round(1e6 * Math.log(amount)), hash(currency)];
}

/** Pairs of a title's name with another name, or with a sum, of the head: what an own report shares with a dispatch. */
function pairs(titleNames: readonly string[], headNames: readonly string[], sums: readonly Sum[]): number[] {
  const keys = new Set<number>();
  for (const name of titleNames.slice(0, 6)) {
    for (const { amount } of sums.slice(0, 4)) keys.add(hash(`${name} ${amount.toPrecision(2)}`));
  }
  for (const name of titleNames.slice(0, 6)) {
    for (const other of headNames) {
      if (other !== name) keys.add(hash([name, other].sort().join(' + ')));
    }
  }
  return [...keys].slice(0, MAX_PAIRS);
}

/** Names of two words side by side, such as a person's: what reports share whose titles have nothing in common. */
function fullNames(body: string, tokens: readonly Token[], names: ReadonlySet<string>): number[] {
  const keys = new Set<number>();
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    if (next === undefined || !isCapitalised(token) || !isCapitalised(next)) return;
    const named = names.has(token.folded) && names.has(next.folded);
    if (named && body.slice(token.end, next.start) === ' ') keys.add(hash(`${token.folded} ${next.folded}`));
  });
  return [...keys].slice(0, MAX_FULL_NAMES);
}
