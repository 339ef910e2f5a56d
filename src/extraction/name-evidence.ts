/**
 * Evidence from a candidate's own words, and from the article as a whole.
 */
import type { Entity, Naming, Page } from './cast.ts';
import { hasFrenchEnding } from './french-endings.ts';
import { INNER_WORDS } from './lexicon/organizations.ts';
import { isSentenceStart } from './sequences.ts';
import {
  COMMON,
  classesOf,
  DECORATION,
  DOUBTFUL,
  FIRST_NAME,
  FUNCTION,
  INNER,
  NATIONALITY,
  NON_ACTOR,
  PLACE,
  PRODUCT_NAME,
  ROLE,
  TIME,
} from './word-classes.ts';
import { isCapitalised, type Words } from './words.ts';

/** What a single unknown word in capitals inside a sentence is worth; any sign beside it convinces. */
const UNKNOWN_NAME = 2;
const UNKNOWN_NAMES = 2;
/** Several words at the start of a sentence, where the first has a capital anyway. */
const OPENING_NAMES = 0.9;
/** Words of a quotation that may be a title. */
const SHORT_QUOTATION = 7;

/** A first name and at least one more word, none of which belongs to an organisation. */
export function looksLikePerson({ tokens, gaps }: Words, from: number, to: number): boolean {
  if (to - from < 2 || to - from > 6) return false;
  // "C. C. Wei"
  const initials = gaps[from + 1] === 'INITIAL' && tokens[to - 1]!.end - tokens[to - 1]!.start > 2;
  if (!initials && (classesOf(tokens[from]!.folded) & FIRST_NAME) === 0) return false;
  for (let i = from + 1; i < to; i++) {
    const { folded, shape } = tokens[i]!;
    if (shape === 'NUMBER' || /\d/.test(folded)) return false;
    if (gaps[i] === 'DOT' || gaps[i] === 'AMPERSAND') return false;
    if (i === to - 1 && (classesOf(folded) & (INNER | DECORATION)) !== 0) return false;
  }
  return to - from > 2 || gaps[from + 1] !== 'HYPHEN';
}

/** Adds what the words of a candidate's name say by themselves. Before the first place only. */
export function addOwnEvidence(entity: Entity, words: Words, from: number, to: number): void {
  const { evidence, namings } = entity;
  // What the name itself says counts once; its first place inside a sentence says more than those at the start of one.
  if (namings.length > 0) {
    const opened = !isSentenceStart(words.gaps[from]!) && namings.every(opensSentence);
    if (opened && isUnknown(words, from, to) && !looksLikePerson(words, from, to))
      entity.evidence.organization +=
        to - from === 1 ? insideEvidence(words, from) : UNKNOWN_NAMES - OPENING_NAMES;
    return;
  }
  const { tokens, gaps } = words;
  const first = classesOf(tokens[from]!.folded);
  const last = tokens[to - 1]!;
  if (looksLikePerson(words, from, to)) {
    evidence.PERSON += (first & DOUBTFUL) !== 0 ? 2 : 3;
    return;
  }
  if (isTownName(words, from, to)) evidence.other += 4;
  // "HX-2": a model's number.
  if (to - from > 1 && gaps[to - 1] === 'HYPHEN' && last.shape === 'NUMBER') evidence.other += 2.5;
  if (to - from === 1) {
    const { shape } = last;
    if ((first & (FIRST_NAME | DOUBTFUL)) === FIRST_NAME) evidence.PERSON += 0.6;
    if ((first & PLACE) !== 0) evidence.other += 4;
    if ((first & (NON_ACTOR | PRODUCT_NAME)) !== 0) evidence.other += 5;
    if ((first & (COMMON | FUNCTION | ROLE | TIME | NATIONALITY)) !== 0) evidence.other += 2;
    if ((first & INNER) !== 0) evidence.other += 1;
    if (shape === 'UPPER' || shape === 'MIXED') evidence.organization += 0.5;
    // "grands modèles de langage (LLM)": the short form of a common noun.
    if (shape === 'UPPER' && abbreviatesNoun(words, from)) evidence.other += 2.5;
    // "la CNIL", "l'Anssi": an acronym with an article is a public body more often than not.
    if (shape === 'UPPER' && isAcronymWithArticle(words, from)) {
      evidence.organization += 0.8;
      evidence.GOVERNMENT += 0.5;
    }
    // A capital inside a sentence on a word that the lexicon does not know: hardly anything else.
    if (first === 0 && !isSentenceStart(gaps[from]!)) evidence.organization += insideEvidence(words, from);
    // "R5", "H100": a model's number.
    if (/^[a-z]{1,3}\d+$/.test(last.folded)) evidence.other += 1.2;
    if (last.end - last.start < 3) evidence.other += last.end - last.start === 1 ? 2 : 1;
    return;
  }
  let plain = 0;
  for (let i = from; i < to; i++)
    if ((classesOf(tokens[i]!.folded) & (COMMON | FUNCTION | PLACE | NATIONALITY | TIME | ROLE)) !== 0)
      plain++;
  const kind = INNER_WORDS.get(last.folded);
  if (kind !== undefined) evidence[kind] += 2.5;
  const leading = INNER_WORDS.get(tokens[from]!.folded);
  if (leading !== undefined && (leading === 'LAB' || leading === 'GOVERNMENT' || leading === 'ORGANIZATION'))
    evidence[leading] += 3;
  if ((first & PRODUCT_NAME) !== 0 && kind === undefined) evidence.other += 2;
  // Several capitals inside a sentence are a name as one is.
  const unknown = plain === 0 && !isSentenceStart(gaps[from]!) ? UNKNOWN_NAMES : OPENING_NAMES;
  if (plain === to - from) evidence.other += 2.5;
  else {
    evidence.organization += unknown + (tokens[from]!.shape === 'UPPER' ? 0.4 : 0);
    const isCased = tokens[from]!.shape !== 'UPPER' && allNames(words, from, to);
    if (kind === undefined && to - from <= 3 && isCased) evidence.PERSON += 1.2;
  }
  if ((classesOf(tokens[from]!.folded) & PLACE) !== 0 && gaps[from + 1] === 'HYPHEN') evidence.other += 1.5;
}

function opensSentence({ page, from }: Naming): boolean {
  return isSentenceStart(page.words.gaps[from]!);
}

/** True for words that the lexicon does not know. */
function isUnknown({ tokens }: Words, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (classesOf(tokens[i]!.folded) !== 0) return false;
  return true;
}

function insideEvidence(words: Words, at: number): number {
  return UNKNOWN_NAME - (words.tokens[at]!.shape === 'CAPITAL' ? articleBefore(words, at) : 0);
}

function abbreviatesNoun({ tokens, gaps }: Words, at: number): boolean {
  if (gaps[at] !== 'OPEN' || at === 0) return false;
  const closes = gaps[at + 1] === 'CLOSE' || gaps[at + 1] === 'STOP' || gaps[at + 1] === 'COMMA';
  return closes && tokens[at - 1]!.shape === 'LOWER';
}

/** Companies go without an article: "le Sentier", "du Sahara" are places. An elided one may be "l'Inria". */
function articleBefore({ tokens, gaps }: Words, at: number): number {
  if (at === 0) return 0;
  const { folded } = tokens[at - 1]!;
  if (gaps[at] === 'APOSTROPHE') return folded === 'l' ? 0.8 : 0;
  return gaps[at] === 'SPACE' && /^(?:le|la|les|du|au|aux)$/.test(folded) ? 1.2 : 0;
}

const TOWN_LINKS = new Set('sur sous les lez en la le du de des aux d'.split(' '));

/** "Brieulles-sur-Loy", "Saint-Ouen": hyphens around a small word, or a saint. */
function isTownName({ tokens, gaps }: Words, from: number, to: number): boolean {
  if (to - from < 2 || gaps[from + 1] !== 'HYPHEN') return false;
  if (/^sainte?$/.test(tokens[from]!.folded)) return true;
  for (let i = from + 1; i + 1 < to; i++)
    if (gaps[i] === 'HYPHEN' && gaps[i + 1] === 'HYPHEN' && TOWN_LINKS.has(tokens[i]!.folded)) return true;
  return false;
}

function isAcronymWithArticle({ tokens, gaps }: Words, at: number): boolean {
  const { start, end, folded } = tokens[at]!;
  if (end - start < 3 || end - start > 7 || /\d/.test(folded) || at === 0) return false;
  if (gaps[at] !== 'SPACE' && gaps[at] !== 'APOSTROPHE') return false;
  return /^(la|le|l|du|au)$/.test(tokens[at - 1]!.folded);
}

function allNames({ tokens }: Words, from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (tokens[i]!.shape === 'NUMBER' || !isCapitalised(tokens[i]!)) return false;
  return true;
}

/** Adds what only the article as a whole says: how often the name stands there, and whether it is also a plain word. */
export function addArticleEvidence(candidates: ReadonlyMap<string, Entity>, pages: readonly Page[]): void {
  const lower = new Set<string>();
  for (const { words } of pages)
    for (const token of words.tokens) if (token.shape === 'LOWER') lower.add(token.folded);
  const towns = new Set<string>();
  for (const { namings } of candidates.values())
    for (const { page, from, to } of namings)
      if (isTownName(page.words, from, to)) towns.add(page.words.tokens[from]!.folded);
  for (const [key, { evidence, namings }] of candidates) {
    if (namings.length === 0) continue;
    // "Brieulles" for "Brieulles-sur-Loy".
    if (towns.has(key)) evidence.other += 3;
    const single = namings[0]!.to - namings[0]!.from === 1;
    if (single && lower.has(key)) evidence.other += 2;
    if (namings.length > 1 && evidence.PERSON > 0 && (classesOf(key) & FIRST_NAME) !== 0)
      evidence.PERSON += Math.min(1, 0.4 * (namings.length - 1));
    else if (namings.length > 1) evidence.organization += Math.min(1, 0.4 * (namings.length - 1));
    const opensOnly = namings.every(opensSentence);
    if (single && opensOnly) {
      if (classesOf(key) !== 0 || hasFrenchEnding(key)) evidence.other += namings.length > 1 ? 0.5 : 1.5;
      else evidence.organization += 1;
    }
    const fields = new Set(namings.map(({ page }) => page));
    const known = (classesOf(key) & (PLACE | COMMON | NON_ACTOR | PRODUCT_NAME)) !== 0;
    if (fields.size > 1 && !known) evidence.organization += 1.2;
    if (namings.every(isInShortQuotation)) evidence.other += 1;
    if (
      namings.every(
        ({ page, from, to }) => page.words.gaps[from] === 'QUOTE' && page.words.gaps[to] === 'QUOTE',
      )
    )
      evidence.other += 1;
  }
}

/** "un robot baptisé « Petit Pinceau des faubourgs »": words of a title. */
function isInShortQuotation({ page, from, to }: Naming): boolean {
  const { gaps } = page.words;
  let start = from;
  while (start > 0 && from - start < SHORT_QUOTATION && gaps[start] !== 'QUOTE' && gaps[start] !== 'STOP')
    start--;
  let end = to;
  while (end < gaps.length - 1 && end - to < SHORT_QUOTATION && gaps[end] !== 'QUOTE' && gaps[end] !== 'STOP')
    end++;
  return (
    gaps[start] === 'QUOTE' &&
    gaps[end] === 'QUOTE' &&
    end - start <= SHORT_QUOTATION &&
    end - start > to - from
  );
}
