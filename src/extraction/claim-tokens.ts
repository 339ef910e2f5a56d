/**
 * The words of an article as claim reading sees them: names of actors are one token, a quotation is one token, and
 * punctuation counts. Sentences are ranges of tokens.
 */
import { fold } from '#text/fold.ts';
import type { Quotation } from '#text/quotation.ts';
import { findSentences } from '#text/sentences.ts';
import type { Field, ReadMention } from './extraction.ts';
import { COMMON_WORDS } from './lexicon/common-words.ts';
import { HAVE, isFunctionWord } from './lexicon/grammar-words.ts';
import { findReportingForm } from './lexicon/reporting-verbs.ts';
import { findSpeakerNoun } from './lexicon/speaker-nouns.ts';

/** `MARK` is one punctuation character; `VERB` a word that belongs to a reporting verb group. */
export type ClaimTokenKind = 'WORD' | 'VERB' | 'MENTION' | 'QUOTE' | 'MARK';

/** Offsets count code units in the article's text, end exclusive. */
export interface ClaimToken {
  readonly kind: ClaimTokenKind;
  readonly start: number;
  readonly end: number;
  /** Lower case, apostrophes made plain, accents kept; an inverted pronoun keeps its hyphen ("-il"). */
  readonly word: string;
  /** True when it begins with a capital letter. */
  readonly capital: boolean;
  /** True when it is two capital letters or more. */
  readonly acronym: boolean;
  /** Position in `Extraction.actors` for a mention, position in the quotations for a quotation, else -1. */
  readonly ref: number;
}

/** A sentence as a range of tokens, end exclusive. */
export interface TokenSentence {
  readonly from: number;
  readonly to: number;
  readonly paragraph: number;
  /** True when the sentence is its whole paragraph. */
  readonly alone: boolean;
}

const INVERSION = /^(.+?)-(?:t-)?(ils?|elles?|on|ce|je|nous|vous)$/u;
const CAPITAL = /^\p{Lu}/u;
const ACRONYM = /^\p{Lu}[\p{Lu}\p{N}]+$/u;
const ELIDED = new Set('l d n s qu c j m t jusqu lorsqu puisqu quoiqu aujourd presqu quelqu'.split(' '));
const TITLES = new Set(['M', 'MM', 'Mme', 'Mmes', 'Mlle', 'Dr', 'Dre', 'Pr', 'Me']);

/** Code units that a name in quotation marks may have. */
const LONGEST_NAME = 30;

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const COMBINING = 3;
const PUNCTUATION = 4;

const CLASSES = Uint8Array.from({ length: 0x250 }, (_, code) => classify(String.fromCharCode(code)));
/** The same for general punctuation: typographic apostrophes, dashes, spaces. */
const PUNCTUATION_FROM = 0x2000;
const PUNCTUATION_CLASSES = Uint8Array.from({ length: 0x70 }, (_, code) =>
  classify(String.fromCharCode(PUNCTUATION_FROM + code)),
);

function classify(char: string): number {
  if (',;:.!?…()[]—–-'.includes(char)) return PUNCTUATION;
  if (/\p{N}/u.test(char)) return DIGIT;
  if (/\p{L}/u.test(char)) return LETTER;
  return /\p{M}/u.test(char) ? COMBINING : OTHER;
}

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 0x250) return CLASSES[code]!;
  if (code >= PUNCTUATION_FROM && code < PUNCTUATION_FROM + PUNCTUATION_CLASSES.length)
    return PUNCTUATION_CLASSES[code - PUNCTUATION_FROM]!;
  return Number.isNaN(code) ? OTHER : classify(String.fromCodePoint(text.codePointAt(at)!));
}

function sizeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code < 0xdc00 && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

const isWordClass = (kind: number): boolean => kind === LETTER || kind === DIGIT;

/** The end of the word at `from`: letters, digits, and what joins them ("vice-président", "R&D", "3,5"). */
function wordEnd(text: string, from: number, to: number): number {
  let end = from + sizeAt(text, from);
  while (end < to) {
    const kind = classAt(text, end);
    if (isWordClass(kind) || kind === COMBINING) end += sizeAt(text, end);
    else {
      const char = text[end]!;
      const next = end + 1 < to ? classAt(text, end + 1) : OTHER;
      const joins =
        ((char === '-' || char === '‑' || char === '&') && isWordClass(next)) ||
        ((char === '.' || char === ',') && next === DIGIT);
      if (!joins) break;
      end++;
    }
  }
  return end;
}

/** Takes in what belongs to a word though it is no letter: the stop of "M. Dupont", the apostrophe of "l'". */
function wholeEnd(text: string, start: number, end: number, to: number): number {
  const mark = end < to ? text[end] : '';
  if (mark === "'" || mark === '’') return ELIDED.has(text.slice(start, end).toLowerCase()) ? end + 1 : end;
  if (mark !== '.' || end - start > 4 || !TITLES.has(text.slice(start, end))) return end;
  return /^\s\p{Lu}/u.test(text.slice(end + 1, end + 4)) ? end + 1 : end;
}

function pushWords(tokens: ClaimToken[], text: string, from: number, to: number): void {
  const blank = { capital: false, acronym: false, ref: -1 };
  for (let start = from; start < to; ) {
    const kind = classAt(text, start);
    if (kind === PUNCTUATION) {
      tokens.push({ kind: 'MARK', start, end: start + 1, word: text[start]!, ...blank });
      start++;
      continue;
    }
    if (!isWordClass(kind)) {
      start += sizeAt(text, start);
      continue;
    }
    const end = wholeEnd(text, start, wordEnd(text, start, to), to);
    const surface = text.slice(start, end);
    let word = surface.toLowerCase();
    if (word.endsWith('’')) word = `${word.slice(0, -1)}'`;
    if (word.includes('‑')) word = word.replaceAll('‑', '-');
    const capital = kind === LETTER && word[0] !== surface[0] && CAPITAL.test(surface);
    const inverted = word.length < 40 && word.includes('-') ? INVERSION.exec(word) : null;
    if (inverted) {
      const cut = start + inverted[1]!.length;
      tokens.push({ kind: 'WORD', start, end: cut, word: inverted[1]!, capital, acronym: false, ref: -1 });
      tokens.push({ kind: 'WORD', start: cut, end, word: `-${inverted[2]!}`, ...blank });
    } else
      tokens.push({
        kind: 'WORD',
        start,
        end,
        word,
        capital,
        acronym: capital && ACRONYM.test(surface),
        ref: -1,
      });
    start = end;
  }
}

/** Splits text[from, to) into tokens; `mentions` and `quotations` must each be in order and apart. */
export function readTokens(
  text: string,
  from: number,
  to: number,
  mentions: readonly ReadMention[],
  quotations: readonly Quotation[],
): ClaimToken[] {
  const tokens: ClaimToken[] = [];
  let at = from;
  let m = lowerBound(mentions, from);
  let q = 0;
  while (at < to) {
    while (m < mentions.length && mentions[m]!.start < at) m++;
    while (q < quotations.length && quotations[q]!.start < at) q++;
    const mention = mentions[m];
    const quotation = quotations[q];
    const nextMention = mention && mention.end <= to ? mention.start : to;
    const nextQuotation = quotation && quotation.end <= to ? quotation.start : to;
    const next = Math.min(nextMention, nextQuotation, to);
    pushWords(tokens, text, at, next);
    if (next >= to) break;
    if (nextQuotation <= nextMention) {
      const { start, end, innerStart, innerEnd } = quotation!;
      // "révèle le « Financial Times »": a name in marks is one all the same.
      const name =
        innerEnd - innerStart <= LONGEST_NAME &&
        CAPITAL.test(text[innerStart] ?? '') &&
        !text.slice(innerStart, innerEnd).includes('.');
      tokens.push({ kind: 'QUOTE', start, end, word: '', capital: name, acronym: false, ref: q });
      at = quotation!.end;
    } else {
      const { start, end, actor } = mention!;
      const word = fold(text.slice(start, end));
      tokens.push({ kind: 'MENTION', start, end, word, capital: true, acronym: false, ref: actor });
      at = end;
    }
  }
  return tokens;
}

function lowerBound(mentions: readonly ReadMention[], from: number): number {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mentions[middle]!.start < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mentions in one field, in order, none within another. */
export function fieldMentions(mentions: readonly ReadMention[], field: Field): ReadMention[] {
  const sorted = mentions
    .filter((mention) => mention.field === field)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: ReadMention[] = [];
  for (const mention of sorted) if (mention.start >= (apart.at(-1)?.end ?? 0)) apart.push(mention);
  return apart;
}

/** Whether a verb of speech comes next: "Challenges révèle que". */
function speaksNext(tokens: readonly ClaimToken[], at: number): boolean {
  const { word, kind } = tokens[at] ?? { word: '', kind: 'MARK' };
  if (kind !== 'WORD') return false;
  const verb = HAVE.has(word) ? (tokens[at + 1]?.word ?? '') : word;
  const takes = findReportingForm(verb)?.takes;
  return takes === 'INFINITIVE' || takes === 'CLAUSE';
}

/**
 * Takes the capital from words that only have it for where they stand or for respect: a sentence's first word that is
 * never capitalised elsewhere, function words, titles ("Président", "PDG"). What keeps its capital is a name.
 */
export function settleCapitals(tokens: ClaimToken[], sentences: readonly TokenSentence[]): void {
  const starts = new Set(sentences.map(({ from }) => from));
  const initial = (i: number): boolean =>
    starts.has(i) || i === 0 || tokens[i - 1]!.kind === 'MARK' || tokens[i - 1]!.kind === 'QUOTE';
  const named = new Set<string>();
  tokens.forEach(({ kind, capital, word }, i) => {
    if (kind === 'WORD' && capital && !initial(i)) named.add(word);
  });
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind !== 'WORD' || !token.capital) continue;
    const { word } = token;
    const next = tokens[i + 1];
    const first = starts.has(i);
    const title = /^(?:PERSON|OFFICE)$/.test(findSpeakerNoun(word)?.class ?? '');
    const closed = initial(i) && isFunctionWord(word);
    const alone =
      first &&
      !named.has(word) &&
      !(next?.kind === 'WORD' && next.capital) &&
      !(speaksNext(tokens, i + 1) && !COMMON_WORDS.has(fold(word))) &&
      token.end - token.start > 1;
    if (title || closed || (token.acronym && isFunctionWord(word)) || (alone && !token.acronym))
      tokens[i] = { ...token, capital: false };
  }
}

/** Sentences of the text as token ranges; empty ones are left out. */
export function readSentences(
  text: string,
  tokens: readonly ClaimToken[],
  quotations: readonly Quotation[],
): TokenSentence[] {
  const sentences: TokenSentence[] = [];
  let at = 0;
  for (const { end, paragraph, alone } of findSentences(text, quotations)) {
    const from = at;
    while (at < tokens.length && tokens[at]!.start < end) at++;
    if (at > from) sentences.push({ from, to: at, paragraph, alone });
  }
  return sentences;
}
