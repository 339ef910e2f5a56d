/**
 * Units of money as the French press writes them: scales (millions, Md, k) and currencies (euros, M$, francs suisses).
 */
import { fold } from './fold.ts';

/** A scale read from the text: the power of ten, and the currency when the unit carries it ("MdE", "MUSD"). */
export interface ReadScale {
  readonly end: number;
  readonly power: number;
  readonly currency: string | null;
  /** True for "M", "k", "B", "m" without a currency letter: a scale only if a currency follows. */
  readonly weak: boolean;
}

const SCALES: ReadonlyMap<string, number> = new Map([
  ['mille', 3],
  ['millier', 3],
  ['milliers', 3],
  ['million', 6],
  ['millions', 6],
  ['millon', 6],
  ['millons', 6],
  ['mio', 6],
  ['mios', 6],
  ['mln', 6],
  ['mn', 6],
  ['milliard', 9],
  ['milliards', 9],
  ['miliard', 9],
  ['miliards', 9],
  ['mds', 9],
  ['md', 9],
  ['mrd', 9],
  ['mrds', 9],
  ['bn', 9],
  ['billion', 12],
  ['billions', 12],
]);
const WEAK_SCALES: ReadonlyMap<string, number> = new Map([
  ['m', 6],
  ['k', 3],
  ['b', 9],
]);
const CURRENCY_LETTERS: ReadonlyMap<string, string> = new Map([
  ['e', 'EUR'],
  ['eur', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['usd', 'USD'],
  ['us', 'USD'],
  ['chf', 'CHF'],
  ['gbp', 'GBP'],
  ['cad', 'CAD'],
]);

const SPACES = /[ \t\u00a0\u202f\u2009\u2007\u2008\u2002-\u2006]{0,3}/y;
const LETTERS = /\p{L}[\p{L}\p{M}]{0,24}/uy;

/** Where the spaces (three at most, none of them a line break) that begin at `at` end. */
export function skipSpaces(text: string, at: number): number {
  SPACES.lastIndex = at;
  return at + (SPACES.exec(text)?.[0].length ?? 0);
}

/** The word that begins exactly at `at`, as written; empty when there is none. */
export function wordAt(text: string, at: number): string {
  LETTERS.lastIndex = at;
  return LETTERS.exec(text)?.[0] ?? '';
}

/** Reads a scale at `at` (spaces and one hyphen before it are skipped). */
export function readScale(text: string, at: number): ReadScale | null {
  let begin = skipSpaces(text, at);
  if (text[begin] === '-' || text[begin] === '‑') begin++;
  const word = wordAt(text, begin);
  if (word === '' || word.length > 9) return null;
  const end = begin + word.length;
  if (/[\d_]/.test(text[end] ?? '')) return null;
  const folded = fold(word);
  const power = SCALES.get(folded);
  if (power === 3 && folded === 'mille') {
    const next = readScale(text, end);
    if (next && next.power >= 6 && !next.weak) return { ...next, power: next.power + 3 };
  }
  if (power !== undefined) return { end, power, currency: null, weak: false };
  const weak = WEAK_SCALES.get(folded);
  if (weak !== undefined) return { end, power: weak, currency: null, weak: true };
  for (const prefix of ['mds', 'md', 'm', 'k'] as const) {
    if (!folded.startsWith(prefix)) continue;
    const currency = CURRENCY_LETTERS.get(folded.slice(prefix.length));
    // "me" and "ke" are words or slips unless the currency letter is a capital.
    if (!currency || (folded.length === prefix.length + 1 && word.at(-1) !== 'E')) continue;
    return { end, power: SCALES.get(prefix) ?? WEAK_SCALES.get(prefix) ?? 0, currency, weak: false };
  }
  return null;
}

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₩', 'KRW'],
  ['₹', 'INR'],
  ['₪', 'ILS'],
]);

const DOLLARS: ReadonlyMap<string, string> = new Map([
  ['canadien', 'CAD'],
  ['canadiens', 'CAD'],
  ['australien', 'AUD'],
  ['australiens', 'AUD'],
  ['singapourien', 'SGD'],
  ['singapouriens', 'SGD'],
  ['hongkongais', 'HKD'],
  ['taiwanais', 'TWD'],
  ['americain', 'USD'],
  ['americains', 'USD'],
  ['us', 'USD'],
  ['ca', 'CAD'],
  ['can', 'CAD'],
  ['cad', 'CAD'],
]);
const CROWNS: ReadonlyMap<string, string> = new Map([
  ['suedoises', 'SEK'],
  ['suedoise', 'SEK'],
  ['danoises', 'DKK'],
  ['norvegiennes', 'NOK'],
  ['tcheques', 'CZK'],
]);
const WORDS: ReadonlyMap<string, string> = new Map([
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['eur', 'EUR'],
  ['usd', 'USD'],
  ['chf', 'CHF'],
  ['gbp', 'GBP'],
  ['cad', 'CAD'],
  ['jpy', 'JPY'],
  ['cny', 'CNY'],
  ['rmb', 'CNY'],
  ['aed', 'AED'],
  ['sek', 'SEK'],
  ['yuan', 'CNY'],
  ['yuans', 'CNY'],
  ['renminbi', 'CNY'],
  ['renminbis', 'CNY'],
  ['yen', 'JPY'],
  ['yens', 'JPY'],
  ['won', 'KRW'],
  ['wons', 'KRW'],
  ['roupie', 'INR'],
  ['roupies', 'INR'],
  ['shekel', 'ILS'],
  ['shekels', 'ILS'],
  ['zloty', 'PLN'],
  ['zlotys', 'PLN'],
]);

/** A currency read from the text. */
export interface ReadCurrency {
  readonly end: number;
  /** ISO 4217. */
  readonly code: string;
}

/**
 * Reads the currency after a number or a scale: "€", "d'euros", "de dollars canadiens", "$US". `scaled` says that a scale
 * stood before, without which "livres" are books and "francs" are not read.
 */
export function readCurrency(text: string, at: number, scaled: boolean): ReadCurrency | null {
  let begin = skipSpaces(text, at);
  const first = wordAt(text, begin);
  const foldedFirst = fold(first);
  if (foldedFirst === 'd' && /['’ʼ´`]/.test(text[begin + 1] ?? '')) begin = skipSpaces(text, begin + 2);
  else if (foldedFirst === 'de' || foldedFirst === 'en') begin = skipSpaces(text, begin + 2);
  return readSymbol(text, begin) ?? readCurrencyWord(text, begin, scaled);
}

function readSymbol(text: string, at: number): ReadCurrency | null {
  const code = SYMBOLS.get(text[at] ?? '');
  if (!code) return null;
  const end = at + 1;
  if (code !== 'USD') return { end, code };
  const begin = skipSpaces(text, end);
  const country = wordAt(text, begin);
  const known = country === '' ? undefined : DOLLARS.get(fold(country));
  return known && (country.length > 2 || country === country.toUpperCase())
    ? { end: begin + country.length, code: known }
    : { end, code };
}

function readCurrencyWord(text: string, at: number, scaled: boolean): ReadCurrency | null {
  const word = wordAt(text, at);
  if (word === '') return null;
  const folded = fold(word);
  const end = at + word.length;
  const plain = WORDS.get(folded);
  if (plain) return { end, code: plain };
  if (folded === 'us' && text[end] === '$') return { end: end + 1, code: 'USD' };
  if (folded === 'dollar' || folded === 'dollars') {
    const next = nextWord(text, end);
    const known = DOLLARS.get(next.folded);
    if (known) return { end: next.end, code: known };
    if (next.folded === 'de') {
      const place = nextWord(text, next.end);
      if (place.folded === 'singapour') return { end: place.end, code: 'SGD' };
      if (place.folded === 'hong') return { end: place.end, code: 'HKD' };
    }
    return { end, code: 'USD' };
  }
  if (folded === 'billets') {
    const next = nextWord(text, end);
    return next.folded === 'verts' ? { end: next.end, code: 'USD' } : null;
  }
  if (folded === 'livre' || folded === 'livres') {
    const next = nextWord(text, end);
    if (next.folded === 'sterling' || next.folded === 'sterlings') return { end: next.end, code: 'GBP' };
    return scaled && (next.folded === '' || next.folded === 'soit') ? { end, code: 'GBP' } : null;
  }
  if (folded === 'franc' || folded === 'francs') {
    const next = nextWord(text, end);
    if (next.folded === 'suisse' || next.folded === 'suisses') return { end: next.end, code: 'CHF' };
    if (next.folded === 'cfa') return { end: next.end, code: 'XOF' };
    return null;
  }
  if (folded === 'couronnes' || folded === 'couronne') {
    const next = nextWord(text, end);
    const known = CROWNS.get(next.folded);
    return known ? { end: next.end, code: known } : null;
  }
  if (folded === 'dirham' || folded === 'dirhams') {
    const next = nextWord(text, end);
    if (next.folded === 'emiratis' || next.folded === 'emirati') return { end: next.end, code: 'AED' };
    return { end, code: 'MAD' };
  }
  if (folded === 'riyals' || folded === 'riyal') return { end, code: 'SAR' };
  return null;
}

function nextWord(text: string, at: number): { folded: string; end: number } {
  const begin = skipSpaces(text, at);
  const word = wordAt(text, begin);
  return { folded: fold(word), end: begin + word.length };
}

const CODES = new Set(['EUR', 'USD', 'CHF', 'GBP', 'CAD', 'JPY', 'CNY', 'AUD', 'SEK']);
const DOLLAR_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['US', 'USD'],
  ['C', 'CAD'],
  ['CA', 'CAD'],
  ['CAD', 'CAD'],
  ['A', 'AUD'],
  ['AU', 'AUD'],
  ['HK', 'HKD'],
  ['S', 'SGD'],
  ['SG', 'SGD'],
]);

/** Reads a currency that stands before the number beginning at `at`: "€385", "US$ 5", "CHF 20". `start` is where it begins. */
export function readCurrencyBefore(text: string, at: number): { start: number; code: string } | null {
  let i = at;
  if (i > 0 && /[ \u00a0\u202f]/.test(text[i - 1]!)) i--;
  const symbol = SYMBOLS.get(text[i - 1] ?? '');
  if (symbol) {
    // "20 $ 30": the sign belongs to the number before it.
    if (
      i < at &&
      /[\d \u00a0\u202f]/.test(text[i - 2] ?? '') &&
      /\d/.test(text.slice(Math.max(0, i - 4), i - 1))
    ) {
      return null;
    }
    if (symbol === 'USD') {
      const prefix = /(?:^|[^\p{L}])(\p{Lu}{1,3})$/u.exec(text.slice(Math.max(0, i - 5), i - 1))?.[1];
      const code = prefix ? DOLLAR_PREFIXES.get(prefix) : undefined;
      if (prefix && code) return { start: i - 1 - prefix.length, code };
    }
    return { start: i - 1, code: symbol };
  }
  const code = text.slice(Math.max(0, i - 3), i);
  if (i < at && CODES.has(code) && !/[\p{L}\d]/u.test(text[i - 4] ?? '')) return { start: i - 3, code };
  return null;
}
