/**
 * Runs of capitalised words that may be one name: where a name starts, which small words it holds, where it ends.
 */
import { wordStartingAt } from './read-words.ts';
import {
  COMMON,
  COURTESY,
  classesOf,
  DOUBTFUL,
  FIRST_NAME,
  FUNCTION,
  HEAD,
  INNER,
  NAME_HEAD,
  NATIONALITY,
  PARTICLE,
  ROLE,
  SAYING,
  TIME,
} from './word-classes.ts';
import { type Gap, isCapitalised, type Words } from './words.ts';

/** A run of tokens, `to` exclusive. */
export interface Sequence {
  readonly from: number;
  readonly to: number;
}

/** Longer runs of capitals are headlines or shouting. */
const MAX_WORDS = 8;

const DOMAINS = new Set('ai io tt com fr so app eu org net dev tech co xyz'.split(' '));
const ELIDED = new Set('l d j c n s m t qu'.split(' '));
/** Roles that also begin names: General Catalyst, Partner Re. */
const ROLES_IN_NAMES = new Set(
  'general partner partners managing principal star expert designer delegue chief head'.split(' '),
);

const ARTICLES = new Set(['le', 'la', 'les', 'the']);
const SORTS = new Set(['ong', 'pme', 'eti', 'esn']);
const CAPTIONS = new Set(['photo', 'photos', 'image', 'illustration', 'video', 'credit']);
/** Plain words here that begin English names there. */
const ENGLISH_WORDS = new Set(
  'general first new next big smart good clear open deep global digital data green blue red super point base'.split(
    ' ',
  ),
);

/** True where a capital is due whatever the word: the start of a sentence, a quotation, a list item. */
export function isSentenceStart(gap: Gap): boolean {
  return gap === 'STOP' || gap === 'QUOTE' || gap === 'COLON' || gap === 'OTHER';
}

/** Finds the runs among the tokens that are not yet taken (0 in `taken`), in order. */
export function findSequences(words: Words, taken: Uint8Array): Sequence[] {
  const { tokens } = words;
  const found: Sequence[] = [];
  let at = 0;
  while (at < tokens.length) {
    if (!canStart(words, taken, at)) {
      at++;
      continue;
    }
    const to = endOf(words, taken, at);
    const trimmed = trimEnd(words, at, to);
    if (trimmed > at && trimmed - at <= MAX_WORDS) found.push({ from: at, to: trimmed });
    at = Math.max(to, at + 1);
  }
  return found;
}

function canStart(words: Words, taken: Uint8Array, at: number): boolean {
  const { tokens, gaps } = words;
  const token = tokens[at]!;
  if (taken[at] !== 0) return false;
  const next = tokens[at + 1];
  const nextGap = gaps[at + 1]!;
  const nextIsFree = next !== undefined && isCapitalised(next) && taken[at + 1] === 0;
  if (token.shape === 'NUMBER') return nextIsFree && (nextGap === 'DOT' || nextGap === 'HYPHEN');
  if (!isCapitalised(token) || QUANTITY.test(token.folded) || isGarbled(words, at)) return false;
  if (gaps[at] === 'HYPHEN' && isGarbled(words, at - 1)) return false;
  const opens = isSentenceStart(gaps[at]!);
  if (nextGap === 'APOSTROPHE' && ELIDED.has(token.folded))
    return !opens && token.folded === 'l' && nextIsFree;
  const classes = classesOf(token.folded);
  // "l'ONG Internet Freedom Foundation", "la PME Dupont"
  if (token.shape === 'UPPER' && SORTS.has(token.folded) && nextIsFree && nextGap === 'SPACE') return false;
  // "C. C. Wei"
  if (token.end - token.start === 1 && nextGap === 'INITIAL' && nextIsFree && (classes & COURTESY) === 0)
    return true;
  const nextIsCapital = nextIsFree && (nextGap === 'SPACE' || nextGap === 'HYPHEN');
  if ((classes & (TIME | COURTESY)) !== 0 && (classes & FIRST_NAME) === 0) return false;
  if ((classes & NATIONALITY) !== 0) return false;
  if ((classes & ROLE) !== 0 && !ROLES_IN_NAMES.has(token.folded) && token.shape !== 'MIXED') return false;
  if ((classes & FIRST_NAME) !== 0) return true;
  // "chez La Poste": a capital article inside a sentence belongs to the name.
  if ((classes & FUNCTION) !== 0) return !opens && nextIsCapital && ARTICLES.has(token.folded);
  if (!opens) return true;
  // "Start-up", "Co-fondateur": plain words with their hyphen.
  if (
    nextGap === 'HYPHEN' &&
    (classesOf(wordStartingAt(words, at)!.word) & (COMMON | HEAD | ROLE | NATIONALITY)) !== 0
  )
    return false;
  if ((classes & (INNER | NAME_HEAD)) !== 0 || ENGLISH_WORDS.has(token.folded)) return nextIsCapital;
  // An acronym among words in lower case is no plain word.
  if (token.shape === 'UPPER' && token.end - token.start > 1 && next?.shape !== 'UPPER') return true;
  if ((classes & (COMMON | SAYING)) !== 0) return nextIsCapital && nextGap === 'HYPHEN';
  // An unknown word before a full name begins the sentence, not the name.
  if (nextIsCapital && (classesOf(next!.folded) & FIRST_NAME) !== 0 && nextGap === 'SPACE') {
    const after = tokens[at + 2];
    return !(after !== undefined && isCapitalised(after) && gaps[at + 2] === 'SPACE');
  }
  return true;
}

/** "XVIIe siècle". */
const MISREAD = /[ÃĂ]|â\p{Lu}/u;
/** "3,2M€", "45kW": a number with its unit. */
const QUANTITY = /^(?:\d+(?:[kmgtw]|md|mds|kw|mw|gw|wh|go|to|ko|mo|nm|cm|mm|km|h|min)?|mds?)$/;
const ORDINAL = /^[ivx][ivxlc]*e$/;

/** "PrĂȘts": a capital that is no plain letter inside a word comes from a wrong decoding. */
function isGarbled({ text, tokens }: Words, at: number): boolean {
  const { start, end, shape, folded } = tokens[at]!;
  if (MISREAD.test(text.slice(start, end))) return true;
  if (shape !== 'MIXED') return false;
  if (ORDINAL.test(folded)) return true;
  for (let i = start + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f && text[i] !== text[i]!.toLowerCase()) return true;
  }
  return false;
}

function endOf(words: Words, taken: Uint8Array, from: number): number {
  const { tokens, gaps } = words;
  const head = classesOf(tokens[from]!.folded);
  let to = from + 1;
  while (to < tokens.length && taken[to] === 0) {
    const gap = gaps[to]!;
    const token = tokens[to]!;
    const classes = classesOf(token.folded);
    if (ORDINAL.test(token.folded) && token.shape !== 'LOWER') break;
    if (gap === 'DOT') {
      if (!DOMAINS.has(token.folded) && tokens[to - 1]!.end - tokens[to - 1]!.start > 1) break;
      to++;
      continue;
    }
    if (gap === 'INITIAL' || gap === 'AMPERSAND') {
      if (!isCapitalised(token) || (gap === 'INITIAL' && to - from > 2)) break;
      to++;
      continue;
    }
    if (gap === 'HYPHEN' || gap === 'APOSTROPHE') {
      // "Saint-Jean-d'Angély", but not "Mistral d'Angély"
      const inTown = gaps[to - 1] === 'HYPHEN';
      const elided = ELIDED.has(tokens[to - 1]!.folded) && !isCapitalised(tokens[to - 1]!);
      if (gap === 'APOSTROPHE' && elided && !inTown) break;
      if (!isCapitalised(token) && token.shape !== 'LOWER' && token.shape !== 'NUMBER') break;
      to++;
      continue;
    }
    if (gap !== 'SPACE') break;
    if (isCapitalised(token)) {
      // "Maître Dupont" is announced, "Serge Maître" is called so.
      const goesOn =
        tokens[to + 1] !== undefined && gaps[to + 1] === 'SPACE' && isCapitalised(tokens[to + 1]!);
      const isTitle = (classes & COURTESY) !== 0 && goesOn;
      if ((isTitle || (classes & TIME) !== 0) && (classes & FIRST_NAME) === 0) break;
      if (to - from === 1 && (head & (FIRST_NAME | INNER | NAME_HEAD)) === 0 && startsFullName(words, to))
        break;
      // "M'Ghari", "J. Fox": a single capital is no small word.
      const isInitial = token.end - token.start === 1;
      if (!isInitial && (classes & FUNCTION) !== 0 && (classes & (PARTICLE | INNER | FIRST_NAME)) === 0)
        break;
      to++;
      continue;
    }
    const past = pastParticles(words, taken, to, head);
    if (past === to) break;
    to = past;
  }
  return to;
}

/** "Google Eric Schmidt": a first name and one more capital after a word that is no first name. */
function startsFullName({ tokens, gaps }: Words, at: number): boolean {
  if ((classesOf(tokens[at]!.folded) & (FIRST_NAME | DOUBTFUL)) !== FIRST_NAME) return false;
  const next = tokens[at + 1];
  return (
    next !== undefined &&
    (gaps[at + 1] === 'SPACE' || gaps[at + 1] === 'HYPHEN') &&
    isCapitalised(next) &&
    (classesOf(next.folded) & INNER) === 0
  );
}

/** Where "de", "von der", "of the" lead to a capital within a name that may hold them; `at` itself when they do not. */
function pastParticles({ tokens, gaps }: Words, taken: Uint8Array, at: number, head: number): number {
  const isPerson = (head & FIRST_NAME) !== 0;
  const isInstitution = (head & (NAME_HEAD | INNER)) !== 0;
  let to = at;
  while (to < tokens.length && to - at < 3) {
    const token = tokens[to]!;
    if (taken[to] !== 0) return at;
    if (isCapitalised(token)) return to > at ? to + 1 : at;
    const isParticle = (classesOf(token.folded) & PARTICLE) !== 0;
    const isOf =
      token.folded === 'of' ||
      token.folded === 'for' ||
      token.folded === 'and' ||
      (to > at && token.folded === 'the');
    if (!isOf && !(isParticle && (isPerson || isInstitution))) return at;
    to++;
    const gap = gaps[to];
    if (gap !== 'SPACE' && gap !== 'APOSTROPHE') return at;
  }
  return at;
}

/** Drops what cannot end a name: small words, roles in capitals, the "Photo" of a caption. */
function trimEnd({ tokens, gaps }: Words, from: number, end: number): number {
  let to = end;
  while (to > from + 1) {
    const { folded, shape } = tokens[to - 1]!;
    const classes = classesOf(folded);
    if ((classes & (INNER | FIRST_NAME)) !== 0 || folded.length === 1 || shape === 'MIXED') break;
    const isCaption = CAPTIONS.has(folded);
    if ((classes & (FUNCTION | PARTICLE | ROLE)) === 0 && !isCaption) break;
    if (gaps[to - 1] === 'HYPHEN' || gaps[to - 1] === 'AMPERSAND') break;
    to--;
  }
  return to;
}
