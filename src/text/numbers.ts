/**
 * Numbers as French text writes them: grouped digits, decimal commas, words ("cent cinquante", "une centaine", "un demi").
 * Values are exact decimal strings: money must not drift through binary fractions.
 */
import { fold } from './fold.ts';

/** A number found at a place of the text; `end` is exclusive. */
export interface FoundNumber {
  readonly start: number;
  readonly end: number;
  /** Decimal string, no sign, no grouping: "1.03". */
  readonly value: string;
  /** Where one group of three follows a full stop ("1.500"): the value if that stop groups thousands. */
  readonly grouped: string | null;
  /** True for "une centaine", "une dizaine": the text itself rounds. */
  readonly round: boolean;
  /** True when written in words. */
  readonly words: boolean;
}

const GAP = '[ \\u00a0\\u202f\\u2009\\u2007\\u2008\\u2002-\\u2006]';
const DIGITS = new RegExp(
  `\\d{1,3}(?:(?:${GAP}|['’])\\d{3}){1,5}(?!\\d)(?:[.,]\\d{1,6}(?![\\d]))?|\\d{1,3}(?:\\.\\d{3}){2,5}(?!\\d)|\\d{1,3}(?:,\\d{3}){2,5}(?!\\d)|\\d{1,15}(?:[.,]\\d{1,9})?(?!\\d)`,
  'y',
);
const ONE_GROUP = /^\d{1,3}\.\d{3}$/;

/** Reads the number whose first digit stands at `at`; null when it is no number one would read as a quantity. */
export function readDigits(text: string, at: number): FoundNumber | null {
  DIGITS.lastIndex = at;
  const match = DIGITS.exec(text);
  if (!match) return null;
  const raw = match[0];
  const end = at + raw.length;
  const stops = count(raw, '.');
  const commas = count(raw, ',');
  let plain = raw.replace(/[^\d.,]/g, '');
  if (stops > 1) plain = plain.replaceAll('.', '');
  else if (commas > 1) plain = plain.replaceAll(',', '');
  else plain = plain.replace(',', '.');
  return {
    start: at,
    end,
    value: trimDecimal(plain),
    grouped: ONE_GROUP.test(raw) ? trimDecimal(raw.replace('.', '')) : null,
    round: false,
    words: false,
  };
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['un', 1],
  ['une', 1],
  ['deux', 2],
  ['trois', 3],
  ['quatre', 4],
  ['cinq', 5],
  ['six', 6],
  ['sept', 7],
  ['huit', 8],
  ['neuf', 9],
  ['dix', 10],
  ['onze', 11],
  ['douze', 12],
  ['treize', 13],
  ['quatorze', 14],
  ['quinze', 15],
  ['seize', 16],
  ['vingt', 20],
  ['vingts', 20],
  ['trente', 30],
  ['quarante', 40],
  ['cinquante', 50],
  ['soixante', 60],
  ['septante', 70],
  ['huitante', 80],
  ['octante', 80],
  ['nonante', 90],
]);

const COLLECTIVES: ReadonlyMap<string, number> = new Map([
  ['dizaine', 10],
  ['douzaine', 12],
  ['quinzaine', 15],
  ['vingtaine', 20],
  ['trentaine', 30],
  ['quarantaine', 40],
  ['cinquantaine', 50],
  ['soixantaine', 60],
  ['centaine', 100],
]);

const SIZES = new Set(['petite', 'bonne', 'grosse', 'grande', 'belle', 'jolie']);

/** A word and where it stands; `folded` is lower case without accents. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
}

/** True for a word that may open a number written in words. */
export function opensNumber(folded: string): boolean {
  return (
    UNITS.has(folded) || folded === 'cent' || folded === 'mille' || folded === 'demi' || folded === 'quelque'
  );
}

const MAX_WORDS = 12;

/**
 * Reads a number in words from `words[at]` on. Words must be joined by a space or a hyphen in `text`. Null when there is
 * none. `words` counts how many were used.
 */
export function readWords(
  text: string,
  words: readonly Word[],
  at: number,
): (FoundNumber & { used: number }) | null {
  const first = words[at];
  if (!first) return null;
  const collective = readCollective(text, words, at);
  if (collective) return collective;
  let total = 0;
  let current = 0;
  let used = 0;
  let last = Number.POSITIVE_INFINITY;
  for (let i = at; i < words.length && used < MAX_WORDS; i++) {
    const word = words[i]!;
    if (i > at && !joined(text, words[i - 1]!, word)) break;
    const unit = UNITS.get(word.folded);
    if (unit !== undefined) {
      if ((word.folded === 'vingts' || word.folded === 'vingt') && last === 4) {
        current = current - 4 + 80;
        last = 80;
      } else if (used > 0 && unit >= last && !(last >= 20 && unit < 20)) break;
      else {
        current += unit;
        last = unit;
      }
    } else if (word.folded === 'cent' || word.folded === 'cents') {
      if (current > 9) break;
      current = (current === 0 ? 1 : current) * 100;
      last = 100;
    } else if (word.folded === 'mille') {
      if (total > 0) break;
      total = (current === 0 ? 1 : current) * 1000;
      current = 0;
      last = 1000;
    } else if (word.folded === 'et' && used > 0) {
      const next = words[i + 1];
      if (!next || (next.folded !== 'un' && next.folded !== 'onze') || last < 20) break;
      continue;
    } else if (word.folded === 'demi' && (used === 0 || (used === 1 && current === 1))) {
      return {
        start: first.start,
        end: word.end,
        value: '0.5',
        grouped: null,
        round: false,
        words: true,
        used: i - at + 1,
      };
    } else break;
    used = i - at + 1;
  }
  if (used === 0) return null;
  const end = words[at + used - 1]!.end;
  return {
    start: first.start,
    end,
    value: String(total + current),
    grouped: null,
    round: false,
    words: true,
    used,
  };
}

function readCollective(
  text: string,
  words: readonly Word[],
  at: number,
): (FoundNumber & { used: number }) | null {
  const first = words[at]!;
  if (first.folded !== 'une' && first.folded !== 'un') return null;
  let i = at + 1;
  const size = words[i];
  if (size && SIZES.has(size.folded) && joined(text, first, size)) i++;
  const noun = words[i];
  if (!noun || !joined(text, words[i - 1]!, noun)) return null;
  const value = COLLECTIVES.get(noun.folded);
  if (value !== undefined) {
    return {
      start: first.start,
      end: noun.end,
      value: String(value),
      grouped: null,
      round: true,
      words: true,
      used: i - at + 1,
    };
  }
  if (noun.folded === 'quart') {
    return {
      start: first.start,
      end: noun.end,
      value: '0.25',
      grouped: null,
      round: false,
      words: true,
      used: i - at + 1,
    };
  }
  return null;
}

function joined(text: string, a: Word, b: Word): boolean {
  const gap = b.start - a.end;
  if (gap < 1 || gap > 2) return false;
  for (let i = a.end; i < b.start; i++) {
    const char = text[i]!;
    if (char !== '-' && char !== '‑' && char !== '‐' && char !== '–' && !isSpace(char)) return false;
  }
  return true;
}

function isSpace(char: string): boolean {
  return fold(char) === ' ' || /\s/u.test(char);
}

function count(text: string, char: string): number {
  let n = 0;
  for (const c of text) if (c === char) n++;
  return n;
}

function trimDecimal(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const left = whole.replace(/^0+(?=\d)/, '') || '0';
  const right = fraction.replace(/0+$/, '');
  return right === '' ? left : `${left}.${right}`;
}

/** An exact decimal: `units` / 10 ** `places`. */
export interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

/** Reads a plain decimal string ("1.03"); null for anything else, or more than 40 characters. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > 40) return null;
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const fraction = match[2] ?? '';
  return { units: BigInt(match[1]! + fraction), places: fraction.length };
}

/** Writes a decimal without trailing zeros. */
export function formatDecimal({ units, places }: Decimal): string {
  const digits = units.toString().padStart(places + 1, '0');
  if (places === 0) return digits;
  return trimDecimal(`${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** `value` × 10 ** `power`, exactly; `power` is 0 or more. */
export function scaleDecimal(value: string, power: number): string {
  const decimal = parseDecimal(value);
  if (!decimal) return value;
  const places = decimal.places - power;
  return places >= 0
    ? formatDecimal({ units: decimal.units, places })
    : formatDecimal({ units: decimal.units * 10n ** BigInt(-places), places: 0 });
}

/** Adds two decimal strings, exactly. */
export function addDecimals(a: string, b: string): string {
  const x = parseDecimal(a);
  const y = parseDecimal(b);
  if (!x || !y) return a;
  const places = Math.max(x.places, y.places);
  const lift = (d: Decimal): bigint => d.units * 10n ** BigInt(places - d.places);
  return formatDecimal({ units: lift(x) + lift(y), places });
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareDecimals(a: string, b: string): number {
  const x = parseDecimal(a) ?? { units: 0n, places: 0 };
  const y = parseDecimal(b) ?? { units: 0n, places: 0 };
  const places = Math.max(x.places, y.places);
  const left = x.units * 10n ** BigInt(places - x.places);
  const right = y.units * 10n ** BigInt(places - y.places);
  return left < right ? -1 : left > right ? 1 : 0;
}
