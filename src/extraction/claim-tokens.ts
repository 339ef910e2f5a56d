/**
 * The words of an article as claim reading sees them: names of actors are one token, a quotation is one token, and
 * punctuation counts. Sentences are ranges of tokens.
 */
import { fold } from '#text/fold.ts';
import type { Quotation } from '#text/quotation.ts';
import { findSentences } from '#text/sentences.ts';
import type { ReadMention } from './extraction.ts';
import { isFunctionWord } from './lexicon/grammar-words.ts';
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

const WORD =
  /(?:MM?|Mme|Mmes|Mlle|Dr|Pr|Me)\.?(?=\s\p{Lu})|[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|[-‑&](?=[\p{L}\p{N}])|[.,](?=\d))*['’]?|[,;:.!?…()[\]—–-]/gu;
const INVERSION = /^(.+?)[-‑](?:t[-‑])?(ils?|elles?|on|ce|je|nous|vous)$/u;
const CAPITAL = /^\p{Lu}/u;
const ACRONYM = /^\p{Lu}[\p{Lu}\p{N}]+$/u;
const MARK = /^[,;:.!?…()[\]—–-]$/;
const ELIDED_START = /^(?:l|d|n|s|qu|c|j|m|t|jusqu|lorsqu|puisqu|quoiqu|aujourd|presqu|quelqu)$/i;

/** Code units that a name in quotation marks may have. */
const LONGEST_NAME = 30;

function pushWords(tokens: ClaimToken[], text: string, from: number, to: number): void {
  WORD.lastIndex = from;
  for (let found = WORD.exec(text); found !== null && found.index < to; found = WORD.exec(text)) {
    const start = found.index;
    let surface = found[0];
    if (start + surface.length > to) surface = surface.slice(0, to - start);
    if (MARK.test(surface)) {
      tokens.push({
        kind: 'MARK',
        start,
        end: start + 1,
        word: surface,
        capital: false,
        acronym: false,
        ref: -1,
      });
      continue;
    }
    if (/['’]$/.test(surface) && !ELIDED_START.test(surface.slice(0, -1))) surface = surface.slice(0, -1);
    const word = surface.toLowerCase().replace('’', "'").replaceAll('‑', '-');
    const end = start + surface.length;
    WORD.lastIndex = end;
    const capital = CAPITAL.test(surface);
    const acronym = capital && ACRONYM.test(surface);
    const inverted = surface.length < 40 ? INVERSION.exec(word) : null;
    if (inverted) {
      const cut = start + inverted[1]!.length;
      tokens.push({ kind: 'WORD', start, end: cut, word: inverted[1]!, capital, acronym: false, ref: -1 });
      tokens.push({
        kind: 'WORD',
        start: cut,
        end,
        word: `-${inverted[2]!}`,
        capital: false,
        acronym: false,
        ref: -1,
      });
    } else tokens.push({ kind: 'WORD', start, end, word, capital, acronym, ref: -1 });
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

/** Mentions in the text's body, in order, none within another. */
export function textMentions(mentions: readonly ReadMention[]): ReadMention[] {
  const sorted = mentions
    .filter((mention) => mention.field === 'TEXT')
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: ReadMention[] = [];
  for (const mention of sorted) if (mention.start >= (apart.at(-1)?.end ?? 0)) apart.push(mention);
  return apart;
}

/**
 * Takes the capital from words that only have it for where they stand or for respect: a sentence's first word that is
 * never capitalised elsewhere, function words, titles ("Président", "PDG"). What keeps its capital is a name.
 */
export function settleCapitals(tokens: ClaimToken[], sentences: readonly TokenSentence[]): void {
  const starts = new Set(sentences.map(({ from }) => from));
  const initial = (i: number): boolean =>
    starts.has(i) || /^(?:MARK|QUOTE)$/.test(tokens[i - 1]?.kind ?? 'MARK');
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
    const title = /^(?:PERSON|OFFICE)$/.test(findSpeakerNoun(fold(word))?.class ?? '');
    const closed = initial(i) && isFunctionWord(word);
    const alone =
      first && !named.has(word) && !(next?.kind === 'WORD' && next.capital) && token.end - token.start > 1;
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
