/**
 * One field of an article as the funding reader sees it: words, sentences, and which words belong to an actor or an amount.
 */
import { type FoundAmount, findAmountsIn } from '#text/amounts.ts';
import { type Token, tokenize } from '#text/tokenize.ts';
import type { FoundActors } from './actors.ts';
import type { Field, ReadActor, ReadMention } from './extraction.ts';

/** What stands between two words, by the strongest sign in it. */
export type Break =
  | 'NONE'
  | 'COMMA'
  | 'OPEN'
  | 'CLOSE'
  | 'COLON'
  | 'DASH'
  | 'SEMICOLON'
  | 'QUOTE'
  | 'SENTENCE'
  | 'LINE';

/** A mention with the words it covers. */
export interface PageMention {
  readonly from: number;
  readonly to: number;
  readonly actor: ReadActor;
  readonly mention: ReadMention;
}

/** An amount with the words it covers. */
export interface PageAmount {
  readonly from: number;
  readonly to: number;
  readonly amount: FoundAmount;
  readonly sentence: number;
}

/** A run of words between two ends of sentence; `to` is exclusive. `line` counts lines, so that paragraphs can be told apart. */
export interface PageSentence {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

export interface Page {
  readonly field: Field;
  readonly text: string;
  readonly words: readonly Token[];
  /** What stands before each word. */
  readonly breaks: readonly Break[];
  readonly sentences: readonly PageSentence[];
  readonly sentenceOf: Int32Array;
  readonly mentions: readonly PageMention[];
  /** Position in `mentions` of the mention a word belongs to, or -1. */
  readonly mentionAt: Int32Array;
  readonly amounts: readonly PageAmount[];
  /** Position in `amounts` of the amount a word belongs to, or -1. */
  readonly amountAt: Int32Array;
  /** 1 for words inside quotation marks. */
  readonly quoted: Uint8Array;
}

/** Of what stands between two words, the rest adds nothing. */
const LONGEST_GAP = 64;
/** A longer run of words without an end is cut, so that work inside a sentence stays bounded. */
const MAX_SENTENCE_WORDS = 160;
const ABBREVIATIONS = new Set([
  'm',
  'mm',
  'mme',
  'mlle',
  'dr',
  'pr',
  'st',
  'art',
  'cf',
  'etc',
  'ex',
  'env',
  'inc',
  'corp',
  'ltd',
  'me',
]);

/** Lays out one field, split into `words`. Linear in its length. */
export function layOut(
  field: Field,
  text: string,
  found: FoundActors,
  words: readonly Token[] = tokenize(text),
): Page {
  const breaks: Break[] = [];
  const quoted = new Uint8Array(words.length);
  const sentences: PageSentence[] = [];
  const sentenceOf = new Int32Array(words.length);
  let from = 0;
  let line = 0;
  let inQuote = false;
  for (let i = 0; i < words.length; i++) {
    const gapStart = i === 0 ? 0 : words[i - 1]!.end;
    let kind: Break = 'NONE';
    if (i === 0) kind = 'LINE';
    else if (!isPlainGap(text, gapStart, words[i]!.start)) {
      const gap = text.slice(gapStart, Math.min(words[i]!.start, gapStart + LONGEST_GAP));
      kind = breakOf(gap, words[i - 1]!, words[i]!, words[i - 2]?.folded ?? '');
      const opened = Math.max(gap.lastIndexOf('«'), gap.lastIndexOf('“'));
      const closed = Math.max(gap.lastIndexOf('»'), gap.lastIndexOf('”'));
      if (opened !== closed) inQuote = opened > closed;
      else if (kind === 'LINE') inQuote = false;
    }
    breaks.push(kind);
    quoted[i] = inQuote ? 1 : 0;
    if (i > 0 && (kind === 'LINE' || kind === 'SENTENCE' || i - from >= MAX_SENTENCE_WORDS)) {
      sentences.push({ from, to: i, line });
      from = i;
    }
    if (kind === 'LINE') line++;
    sentenceOf[i] = sentences.length;
  }
  if (words.length > 0) sentences.push({ from, to: words.length, line });
  const { amounts, amountAt } = placeAmounts(text, words, sentenceOf);
  const { mentions, mentionAt } = placeMentions(field, words, found, amountAt);
  return {
    field,
    text,
    words,
    breaks,
    sentences,
    sentenceOf,
    mentions,
    mentionAt,
    amounts,
    amountAt,
    quoted,
  };
}

/** A space or an apostrophe and nothing else, as between most words. */
function isPlainGap(text: string, from: number, to: number): boolean {
  if (to - from !== 1) return false;
  const code = text.charCodeAt(from);
  return code === 0x20 || code === 0x2019 || code === 0x27;
}

/** The same page with the actors' kinds of another cast. */
export function placeActors(page: Page, found: FoundActors): Page {
  const byRef = new Map(found.actors.map((actor) => [actor.ref, actor]));
  return {
    ...page,
    mentions: page.mentions.map((m) => ({ ...m, actor: byRef.get(m.actor.ref) ?? m.actor })),
  };
}

function breakOf(gap: string, before: Token, after: Token, earlier: string): Break {
  if (gap === '-' || gap === '\u00a0' || gap === '\u202f') return 'NONE';
  if (/[\n\r\u2028\u2029]/.test(gap)) return 'LINE';
  const stop = /[.!?…]/.exec(gap);
  // "en mars.La société": the space was lost.
  if (gap === '.' && before.shape === 'LOWER' && after.shape === 'CAPITAL' && before.end - before.start > 2)
    return 'SENTENCE';
  if (stop) {
    const rest = gap.slice(stop.index + 1);
    const spaced = /^[.!?…\])»”"’\s\u00a0]*\s/u.test(rest) || /[«“"(—–-]\s?$/.test(rest);
    const abbreviated =
      stop[0] === '.' && stop.index === 0 && ABBREVIATIONS.has(before.folded) && rest.trim() === '';
    // "en série A. La suite": the letter is no initial.
    const initial =
      stop[0] === '.' &&
      before.end - before.start === 1 &&
      before.shape === 'CAPITAL' &&
      !/^series?$/.test(earlier) &&
      rest.trim() === '';
    if (spaced && !abbreviated && !initial && after.shape !== 'LOWER') return 'SENTENCE';
    if (spaced && (stop[0] === '!' || stop[0] === '?') && after.shape !== 'LOWER') return 'SENTENCE';
  }
  if (gap.includes(';')) return 'SEMICOLON';
  if (gap.includes('(') || gap.includes('[')) return 'OPEN';
  if (gap.includes(')') || gap.includes(']')) return 'CLOSE';
  if (/:(?!\/)/.test(gap)) return 'COLON';
  if (/\s[-–—]\s/.test(gap) || /[–—•]/.test(gap)) return 'DASH';
  if (gap.includes(',')) return 'COMMA';
  if (/[«»“”"]/.test(gap)) return 'QUOTE';
  return 'NONE';
}

/** The first word that begins at or after `at`, by halving. */
function wordFrom(words: readonly Token[], at: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]!.end <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeMentions(
  field: Field,
  words: readonly Token[],
  found: FoundActors,
  amountAt: Int32Array,
): { mentions: PageMention[]; mentionAt: Int32Array } {
  const mentionAt = new Int32Array(words.length).fill(-1);
  const mentions: PageMention[] = [];
  const byRef = new Map(found.actors.map((actor) => [actor.ref, actor]));
  const own = found.mentions
    .filter((m) => m.field === field)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  for (const mention of own) {
    const actor = byRef.get(mention.actor);
    if (!actor) continue;
    const from = wordFrom(words, mention.start);
    let to = from;
    while (to < words.length && words[to]!.start < mention.end) to++;
    // "3,2M€": part of a sum is no name.
    if (to === from || mentionAt[from] !== -1 || amountAt[from] !== -1) continue;
    mentionAt.fill(mentions.length, from, to);
    mentions.push({ from, to, actor, mention });
  }
  return { mentions, mentionAt };
}

function placeAmounts(
  text: string,
  words: readonly Token[],
  sentenceOf: Int32Array,
): { amounts: PageAmount[]; amountAt: Int32Array } {
  const amountAt = new Int32Array(words.length).fill(-1);
  const amounts: PageAmount[] = [];
  for (const amount of findAmountsIn(text, words)) {
    const from = wordFrom(words, amount.start);
    let to = from;
    while (to < words.length && words[to]!.start < amount.end) to++;
    if (to === from) continue;
    amountAt.fill(amounts.length, from, to);
    amounts.push({ from, to, amount, sentence: sentenceOf[from]! });
  }
  return { amounts, amountAt };
}
