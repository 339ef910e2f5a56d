/**
 * Amounts of money in French text: a number, its scale and its currency, in any of the press's spellings; ranges, lists
 * that share a unit ("105 puis 385 millions d'euros"), ellipses ("105 millions en juin, puis 385 en décembre") and the same
 * sum given twice ("200 millions de dollars (182 millions d'euros)").
 */
import { readCurrency, readCurrencyBefore, readScale, skipSpaces, wordAt } from './currencies.ts';
import { fold } from './fold.ts';
import {
  addDecimals,
  compareDecimals,
  type FoundNumber,
  formatDecimal,
  opensNumber,
  parseDecimal,
  readDigits,
  readWords,
  scaleDecimal,
  type Word,
} from './numbers.ts';
import { tokenize } from './tokenize.ts';

/** How the text bounds an amount. */
export type Precision = 'EXACT' | 'ABOUT' | 'AT_LEAST' | 'AT_MOST';

/** A sum of money, or a number of millions and more that may be one. */
export interface FoundAmount {
  readonly start: number;
  readonly end: number;
  /** Decimal string in currency units. Of a range, the upper figure. */
  readonly amount: string;
  /** ISO 4217; null when the text names none beside the number ("109 milliards"). */
  readonly currency: string | null;
  readonly precision: Precision;
  /** Lower figure of a range, else null. */
  readonly from: string | null;
  /** The same sum in another currency, when the text gives it at once. */
  readonly same: { readonly amount: string; readonly currency: string } | null;
  /** True when scale or currency were taken over from a neighbouring amount. */
  readonly implied: boolean;
}

interface Quantity {
  start: number;
  /** Where the number itself begins, after a leading currency. */
  number: number;
  end: number;
  value: string;
  power: number | null;
  currency: string | null;
  round: boolean;
  words: boolean;
  implied: boolean;
}

/** An article holds a few dozen amounts; a text with more is a table or an attack, and the rest is left unread. */
const MAX_AMOUNTS = 400;
/** The same for bare numbers. */
const MAX_NUMBERS = 5_000;

/** Finds the amounts of a text, in order. Linear time; never throws. */
export function findAmounts(text: string): FoundAmount[] {
  return findAmountsIn(text, tokenize(text));
}

/** As `findAmounts`, for a text already split into words. */
export function findAmountsIn(text: string, words: readonly Word[]): FoundAmount[] {
  const quantities = readQuantities(text, words);
  shareUnits(text, quantities);
  return join(
    text,
    quantities.filter((q) => q.power !== null || q.currency !== null),
  );
}

function readQuantities(text: string, words: readonly Word[]): Quantity[] {
  const found: Quantity[] = [];
  let scaled = 0;
  let end = 0;
  for (let i = 0; i < words.length && scaled < MAX_AMOUNTS && found.length < MAX_NUMBERS; i++) {
    const word = words[i]!;
    if (word.start < end) continue;
    const multiple = readMultiple(text, words, i, found);
    if (multiple) found.push(multiple);
    const number = readNumber(text, words, i);
    if (!number) continue;
    const quantity = readQuantity(text, number);
    end = quantity.end;
    if (quantity.power === null && quantity.currency === null && number.words) {
      // "deux" alone is no sum, but "deux ou trois millions" shares its unit.
      if (number.round) continue;
    }
    if (quantity.power !== null || quantity.currency !== null) scaled++;
    found.push(quantity);
  }
  return found;
}

const MULTIPLES: ReadonlyMap<string, bigint> = new Map([
  ['double', 2n],
  ['triple', 3n],
]);
const WISHES = /^(?:en|vise|visent|viser|espere|esperent|veut|veulent|voudrait|voudraient|ambitionne)$/;

/** "60 millions … il en voudrait le double": a multiple of the sum said before. */
function readMultiple(
  text: string,
  words: readonly Word[],
  i: number,
  found: readonly Quantity[],
): Quantity | null {
  const word = words[i]!;
  const times = word.folded.length === 6 ? MULTIPLES.get(word.folded) : undefined;
  if (
    !times ||
    words[i - 1]?.folded !== 'le' ||
    /^\s+(?:de|d['’]|des|du)(?!\p{L})/u.test(text.slice(word.end, word.end + 6))
  )
    return null;
  if (![2, 3].some((back) => WISHES.test(words[i - back]?.folded ?? ''))) return null;
  const base = found.findLast((q) => q.power !== null);
  const value = base ? parseDecimal(base.value) : null;
  if (!base || !value || word.start - base.end > 240) return null;
  const start = words[i - 1]!.start;
  return {
    ...base,
    start,
    number: start,
    end: word.end,
    value: formatDecimal({ units: value.units * times, places: value.places }),
    implied: true,
  };
}

function readNumber(text: string, words: readonly Word[], i: number): FoundNumber | null {
  const word = words[i]!;
  const code = text.charCodeAt(word.start);
  if (code >= 48 && code <= 57) return readDigits(text, word.start);
  if (opensNumber(word.folded)) return readWords(text, words, i);
  // "le milliard d'euros", "au million": one, said with the article.
  if (word.folded === 'milliard' || word.folded === 'million') {
    const before = words[i - 1];
    if (before && /^(le|du|au)$/.test(before.folded) && word.start - before.end === 1) {
      return { start: word.start, end: word.start, value: '1', grouped: null, round: false, words: true };
    }
  }
  return null;
}

const LEAD = /(?:de|d['’])/y;

function readQuantity(text: string, number: FoundNumber): Quantity {
  let at = number.end;
  let value = number.value;
  let power: number | null = null;
  let currency: string | null = null;
  const before = number.words ? null : readCurrencyBefore(text, number.start);
  let scaleAt = at;
  if (number.round || number.value === '0.25') {
    LEAD.lastIndex = skipSpaces(text, at);
    const lead = LEAD.exec(text);
    if (lead) scaleAt = LEAD.lastIndex;
  }
  const scale = readScale(text, scaleAt);
  if (scale) {
    const after = scale.currency ? null : readCurrency(text, scale.end, true);
    const strong =
      !scale.weak || after !== null || before !== null || isBareMillion(text, scaleAt, scale.end);
    if (strong && !(scale.weak && after === null && before === null && scale.power !== 6)) {
      power = scale.power;
      at = scale.end;
      currency = scale.currency;
      const half = /^[ \u00a0\u202f]et[ \u00a0\u202f]demie?(?!\p{L})/u.exec(text.slice(at, at + 10));
      if (half) {
        value = addDecimals(value, '0.5');
        at += half[0].length;
      }
      const trailing = scale.currency ? null : readCurrency(text, at, true);
      if (trailing) {
        currency = trailing.code;
        at = trailing.end;
      }
    }
  } else if (!number.round) {
    const after = readCurrency(text, at, false);
    // "20 de dollars" is no spelling: without a scale the currency follows at once.
    if (after && !/^[\s\u00a0]*(?:de|en|d['’])/u.test(text.slice(at, at + 6))) {
      currency = after.code;
      at = after.end;
      if (number.grouped !== null) value = number.grouped;
    }
  }
  let start = number.start;
  if (currency === null && before && (power !== null || !number.words)) {
    currency = before.code;
    start = before.start;
  } else if (before && currency === before.code) start = before.start;
  return {
    start,
    number: number.start,
    end: at,
    value,
    power,
    currency,
    round: number.round,
    words: number.words,
    implied: false,
  };
}

/** "385M" alone: the letter clings to the figure and no name follows ("60 M. Masselin"). */
function isBareMillion(text: string, at: number, end: number): boolean {
  return text[at] === 'M' && text[end] !== '.' && /[\s,;:!?)]|^$/u.test(text[end] ?? '');
}

const BETWEEN = 32;
const SHARED = /^\s{0,2}(?:à|a|et|ou|puis|-|–|—|\/|,|, puis|contre|voire)\s{0,2}$/iu;
const ELLIPSIS =
  /(?:^|[\s,(])(?:dont|puis|et|ensuite|après|contre|plus|suivis? de|avant)\s(?:encore\s|près de\s|environ\s|plus de\s)?$/iu;
const AFTER_ELLIPSIS =
  /^(?:\s(?:en|pour|au|aux|à|dans|sur|par|l['’]an|cette|fin|début|seulement|de plus)(?!\p{L})|\s?[.,;:)!]|$)/u;

/** Gives numbers without a unit the unit of the amount after them (list, range), or before them (ellipsis). */
function shareUnits(text: string, list: Quantity[]): void {
  for (let i = list.length - 2; i >= 0; i--) {
    const a = list[i]!;
    const b = list[i + 1]!;
    if (b.power === null && b.currency === null) continue;
    const gap = b.start - a.end;
    if (gap < 1 || gap > 8) continue;
    if (
      a.power === null &&
      a.currency === null &&
      SHARED.test(text.slice(a.end, b.start)) &&
      !isYear(a, text)
    ) {
      if (b.power === null && a.words) continue;
      a.power = b.power;
      a.currency = b.currency;
      a.implied = true;
    } else if (
      a.power !== null &&
      a.currency === null &&
      b.power !== null &&
      SHARED.test(text.slice(a.end, b.start))
    ) {
      a.currency = b.currency;
    }
  }
  let a = list[0];
  for (let i = 1; i < list.length; i++) {
    const b = list[i]!;
    const before = list[i - 1]!;
    if (before.power !== null || before.currency !== null) a = before;
    if (b.power !== null || b.currency !== null || b.words || !a || a.power === null) continue;
    if (!continues(text, a, b)) continue;
    b.power = a.power;
    b.currency = a.currency;
    b.implied = true;
  }
}

/** "105 millions d'abord, 385 ensuite": the words after the figure say that it goes on. */
const SEQUENCE = /^\s(?:d['’]abord|ensuite|enfin|plus tard|de plus)(?!\p{L})/u;
/** "Galion en a réuni 90", "espère atteindre 250": the verb before it says so, even in the next sentence. */
const PRONOUN =
  /(?:\sen\s(?:a|ont|avait|avaient|aura)\s(?:déjà\s)?\p{L}{3,12}|\sen\s(?:lève|lèvent|lèvera|lèverait|levait|voudrait|veut|vise|cherche|touche|touchera|reçoit|recevra|obtient|obtiendra|apporte|apportera|injecte|injectera|investit|investira|met|mettra|engloutit|engloutira|réclame|récolte|réunit|promet|verse|versera|ajoute|ajoutera|décroche|dépense|dépensera)|\s(?:atteindre|viser|vise|visent|atteint))\s(?:près de\s|environ\s|plus de\s)?$/u;
const AFTER_PRONOUN =
  /^(?:\s(?:cette|aujourd|maintenant|désormais|auprès|en|avec|grâce|chez|l['’]an|lors)(?!\p{L})|\s?[.,;:)!]|$)/u;

/** True when a bare number takes its unit from the amount before it. */
function continues(text: string, a: Quantity, b: Quantity): boolean {
  const gap = b.start - a.end;
  if (gap > 240 || isYear(b, text) || text[b.end] === '%' || /^\d/.test(text.slice(b.end, b.end + 1)))
    return false;
  const before = text.slice(Math.max(a.end, b.start - BETWEEN), b.start);
  const after = text.slice(b.end, b.end + 14);
  if (/^\s(?:juin|juillet|mai|mars|avril|ao)/iu.test(after)) return false;
  if (PRONOUN.test(before) && AFTER_PRONOUN.test(after)) return true;
  const broken = /[.!?]\s|\n/.test(text.slice(a.end, b.start));
  if (broken) return false;
  if (SEQUENCE.test(after)) return true;
  return gap <= 160 && ELLIPSIS.test(before) && AFTER_ELLIPSIS.test(after);
}

/** "en 2023 puis 500 millions en 2024", "2023/500 millions" */
function isYear(q: Quantity, text: string): boolean {
  if (!/^(?:19|20)\d\d$/.test(q.value) || q.end - q.number !== 4) return false;
  return text[q.end] !== ' ' || DATED.test(text.slice(Math.max(0, q.start - 12), q.start));
}

const DATED =
  /(?:^|[^\p{L}])(?:en|fin|début|mi|depuis|dès|avant|après|année|été|automne|hiver|printemps|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)[\s-]$/iu;

const RANGE = /^(?:\s{0,2}(?:à|a|-|–|—|\/|ou|voire)\s{0,2}|,?\s(?:et |voire )?jusqu['’]à\s)$/iu;
const RANGE_AND = /^\s{0,2}et\s{0,2}$/u;
const ENTRE = /(?:^|[^\p{L}])entre\s$/iu;
const EQUAL_OPEN = /^\s{0,2}(?:\(|\[|=|≈|~|,?\s?soit|,?\s?ou|,?\s?c['’]est-à-dire|\/)\s{0,2}/iu;
const EQUAL_FILL =
  /^(?:(?:environ|près de|quelque|soit|plus de|un peu plus de|un peu moins de|moins de|autour de|ou|à peu près|l['’]équivalent de|presque|à l['’]époque|équivalent à|~|≈|=|au cours actuel|\s|,)\s{0,2}){0,3}$/iu;

function join(text: string, list: readonly Quantity[]): FoundAmount[] {
  const found: FoundAmount[] = [];
  for (let i = 0; i < list.length; i++) {
    let q = list[i]!;
    let start = q.start;
    let from: string | null = null;
    const next = list[i + 1];
    if (next && isRange(text, q, next)) {
      from = amountOf(q);
      q = next.currency === null && q.currency !== null ? { ...next, currency: q.currency } : next;
      i++;
    }
    const amount = amountOf(q);
    if (!isMoney(q, amount)) continue;
    let end = q.end;
    let same: FoundAmount['same'] = null;
    const twin = list[i + 1];
    if (
      twin &&
      q.currency !== null &&
      twin.currency !== null &&
      twin.currency !== q.currency &&
      isTwin(text, q, twin)
    ) {
      same = { amount: amountOf(twin), currency: twin.currency };
      end = twin.end;
      if (text[skipSpaces(text, end)] === ')') end = skipSpaces(text, end) + 1;
      i++;
    }
    const bound = readPrecision(text, start, end);
    if (bound.start < start) start = bound.start;
    found.push({
      start,
      end,
      amount,
      currency: q.currency,
      precision:
        from !== null ? 'AT_MOST' : q.round && bound.precision === 'EXACT' ? 'ABOUT' : bound.precision,
      from,
      same,
      implied: q.implied,
    });
  }
  return found;
}

function amountOf(q: Quantity): string {
  return scaleDecimal(q.value, q.power ?? 0);
}

function isMoney(q: Quantity, amount: string): boolean {
  if (compareDecimals(amount, '0') === 0 || amount.length > 24) return false;
  return q.currency !== null || (q.power !== null && q.power >= 6);
}

function isRange(text: string, a: Quantity, b: Quantity): boolean {
  const gap = b.start - a.end;
  if (gap < 1 || gap > 16) return false;
  if (a.currency !== null && b.currency !== null && a.currency !== b.currency) return false;
  if (compareDecimals(amountOf(a), amountOf(b)) >= 0) return false;
  const between = text.slice(a.end, b.start);
  if (RANGE_AND.test(between)) return ENTRE.test(text.slice(Math.max(0, a.start - 8), a.start));
  return (
    RANGE.test(between) ||
    (/^\s{0,2}et\s(?:les\s)?$/u.test(between) && ENTRE.test(text.slice(Math.max(0, a.start - 12), a.start)))
  );
}

function isTwin(text: string, a: Quantity, b: Quantity): boolean {
  const gap = b.start - a.end;
  if (gap < 1 || gap > 48) return false;
  const between = text.slice(a.end, b.start);
  const open = EQUAL_OPEN.exec(between);
  if (!open) return false;
  return EQUAL_FILL.test(between.slice(open[0].length));
}

const BOUNDS: ReadonlyArray<readonly [RegExp, Precision]> = [
  [
    /(?:plus de|plus d['’]|au moins|au-delà de|supérieure? à|dépass\p{L}{1,6}|excéd\p{L}{1,6}|au minimum|minimum|a minima|>|un peu plus de|pas moins de)\s{0,2}(?:les?\s)?$/iu,
    'AT_LEAST',
  ],
  [
    /(?:jusqu['’]à|moins de|moins d['’]|au plus|au maximum|maximum|à peine|inférieure? à|<|plafonnée?s? à)\s{0,2}$/iu,
    'AT_MOST',
  ],
  [
    /(?:près de|près d['’]|environ|quelque|autour de|autour d['’]|aux alentours de|aux environs de|de l['’]ordre de|de l['’]ordre d['’]|presque|à peu près|~|≈|approchant|avoisin\p{L}{1,6}|frôl\p{L}{1,6}|approxima\p{L}{1,9})\s{0,2}(?:les?\s)?$/iu,
    'ABOUT',
  ],
];
const BOUND_AFTER: ReadonlyArray<readonly [RegExp, Precision]> = [
  [/^\s(?:environ|à peu près)(?!\p{L})/iu, 'ABOUT'],
  [/^\s(?:au moins|au minimum|minimum)(?!\p{L})/iu, 'AT_LEAST'],
  [/^\s(?:au plus|au maximum|maximum)(?!\p{L})/iu, 'AT_MOST'],
];

function readPrecision(text: string, start: number, end: number): { precision: Precision; start: number } {
  const offset = Math.max(0, start - 28);
  const before = text.slice(offset, start);
  // "pas plus de", "pas moins de" turn the bound around.
  for (const [pattern, precision] of BOUNDS) {
    const match = pattern.exec(before);
    if (!match) continue;
    const negated = /(?:^|\s)pas\s$/u.test(before.slice(0, match.index));
    const turned = precision === 'AT_LEAST' && !/moins/.test(match[0]) ? 'AT_MOST' : precision;
    return { precision: negated ? turned : precision, start: offset + match.index };
  }
  const after = text.slice(end, end + 16);
  for (const [pattern, precision] of BOUND_AFTER) if (pattern.test(after)) return { precision, start };
  return { precision: 'EXACT', start };
}

/** The first word after an amount, folded, skipping "de" and "d'"; `linked` tells whether one of them was there. */
export function complementOf(
  text: string,
  amount: { readonly end: number },
): { word: string; linked: boolean } {
  let at = skipSpaces(text, amount.end);
  let word = wordAt(text, at);
  let linked = false;
  const folded = fold(word);
  if (folded === 'de' || (folded === 'd' && /['’]/.test(text[at + 1] ?? ''))) {
    linked = true;
    at = skipSpaces(text, at + (folded === 'de' ? 2 : 2));
    word = wordAt(text, at);
  }
  return { word: fold(word), linked };
}
