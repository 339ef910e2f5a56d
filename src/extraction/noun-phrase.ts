/**
 * Noun phrases that can name a speaker: "Arthur Mensch", "le PDG de Mistral AI", "l'un des chercheurs", "celle-ci". A
 * light chunker: it knows determiners, prepositions, capitals and the nouns that speakers go by, and no syntax beyond.
 */

import { fold } from '#text/fold.ts';
import { WordMap } from '#text/word-set.ts';
import type { ClaimToken } from './claim-tokens.ts';
import {
  BE,
  DEFINITE,
  HAVE,
  INDEFINITE,
  isAdverb,
  LINKING,
  PHRASE_END,
  POSSESSIVE,
  PREPOSITIONS,
  SUBJECT_PRONOUNS,
} from './lexicon/grammar-words.ts';
import { findSpeakerNoun, type SpeakerNoun } from './lexicon/speaker-nouns.ts';

/** A noun phrase as a range of tokens, end exclusive. */
export interface NounPhrase {
  readonly from: number;
  readonly to: number;
  /** True after a preposition: it is no subject. */
  readonly preposed: boolean;
  /** The subject pronoun it is, or null. */
  readonly pronoun: string | null;
  /** How it points: `NAME` without determiner, `BARE` a noun alone ("associé chez X"). */
  readonly determiner: 'DEFINITE' | 'POSSESSIVE' | 'INDEFINITE' | 'NAME' | 'BARE';
  /** What its noun stands for, when it is a speaker's noun. */
  readonly noun: SpeakerNoun | null;
  /** The noun, folded; empty when there is none. */
  readonly head: string;
  /** Tokens of mentions that stand for the phrase itself ("le patron de Meta Mark Zuckerberg": the latter). */
  readonly names: readonly number[];
  /** Tokens of mentions in its complements ("le patron de Meta": Meta). */
  readonly complements: readonly number[];
  /** What its first complement without a name is: "le patron de la start-up" or "le président du tribunal". */
  readonly tail: 'NONE' | 'ORGANIZATION' | 'OTHER';
  /** The noun of that complement, folded; empty when there is none. */
  readonly tailHead: string;
  /** True for "l'un des fondateurs", "le patron d'une start-up": one of several, or of one not named. */
  readonly vague: boolean;
  /** A capitalised name that is no mention, as a range of tokens, or null. */
  readonly unknown: readonly [number, number] | null;
  /** The same in a complement ("une étude de Gartner"). */
  readonly unknownComplement: readonly [number, number] | null;
}

const MAX_PHRASE = 18;

/** The closed classes of a word as bits, so that it is looked up once. */
const IS_DEFINITE = 1;
const IS_INDEFINITE = 2;
const IS_LINKING = 4;
const IS_PREPOSITION = 8;
const IS_PRONOUN = 16;
/** A word at which a phrase ends. */
const IS_END = 32;
const CLOSED = new Map<string, number>();
for (const [words, bits] of [
  [DEFINITE, IS_DEFINITE],
  [INDEFINITE, IS_INDEFINITE],
  [LINKING, IS_LINKING],
  [PREPOSITIONS, IS_PREPOSITION | IS_END],
  [SUBJECT_PRONOUNS, IS_PRONOUN | IS_END],
  [PHRASE_END, IS_END],
  [HAVE, IS_END],
  [BE, IS_END],
] as const)
  for (const word of words) CLOSED.set(word, (CLOSED.get(word) ?? 0) | bits);

const BITS_OF = new WordMap(CLOSED);

function closedClasses(word: string): number {
  return BITS_OF.get(word) ?? 0;
}
const NAME_PARTICLES = new Set([
  'de',
  "d'",
  'du',
  'des',
  'la',
  'le',
  'von',
  'van',
  'der',
  'den',
  'el',
  'al',
  'bin',
  'ben',
  '&',
  'and',
  'of',
  'the',
  'et',
]);

/** The end of the capitalised name that starts at `at`. */
function nameEnd(tokens: readonly ClaimToken[], at: number, to: number): number {
  let end = at + 1;
  while (end < to && end < at + 8) {
    const token = tokens[end]!;
    if (token.kind === 'WORD' && token.capital) end++;
    else if (
      token.kind === 'WORD' &&
      NAME_PARTICLES.has(token.word) &&
      token.word !== 'et' &&
      end + 1 < to &&
      tokens[end + 1]!.kind === 'WORD' &&
      tokens[end + 1]!.capital
    )
      end += 2;
    else break;
  }
  return end;
}

/** Reads the noun phrase whose first token is at `at` (a determiner, a name, or a bare noun). */
export function readPhrase(
  tokens: readonly ClaimToken[],
  at: number,
  to: number,
  preposed: boolean,
): NounPhrase {
  const first = tokens[at]!;
  let determiner: NounPhrase['determiner'] = 'BARE';
  let i = at;
  if (first.kind === 'MENTION' || first.kind === 'QUOTE' || (first.capital && !isDeterminer(first)))
    determiner = 'NAME';
  else if (POSSESSIVE.has(first.word)) determiner = 'POSSESSIVE';
  else if (DEFINITE.has(first.word)) determiner = 'DEFINITE';
  else if (INDEFINITE.has(first.word) || LINKING.has(first.word)) determiner = 'INDEFINITE';
  if (determiner !== 'NAME' && determiner !== 'BARE') i++;
  let noun: SpeakerNoun | null = null;
  let head = '';
  let unknown: readonly [number, number] | null = null;
  let unknownComplement: readonly [number, number] | null = null;
  let tail: NounPhrase['tail'] = 'NONE';
  let tailHead = '';
  let vague = false;
  const names: number[] = [];
  const complements: number[] = [];
  /** True right after a linking preposition: what comes next is a complement. */
  let linked = false;
  let inComplement = false;
  const limit = Math.min(to, at + MAX_PHRASE);
  for (; i < limit; i++) {
    const token = tokens[i]!;
    if (token.kind === 'QUOTE' && token.capital && i === at + 1 && determiner !== 'NAME') {
      unknown = [i, i + 1];
      i++;
      break;
    }
    // "la directrice technique (CTO) de Dassault"
    if (token.word === '(' && noun !== null && tokens[i + 2]?.word === ')' && i + 2 < limit) {
      i += 2;
      continue;
    }
    if (token.kind === 'MARK' || token.kind === 'QUOTE' || token.kind === 'VERB') break;
    if (token.kind === 'MENTION') {
      if (linked) complements.push(i);
      else names.push(i);
      // A person ends the phrase; after an organisation a name may follow ("le patron de Meta Mark Zuckerberg").
      linked = false;
      continue;
    }
    const { word } = token;
    const classes = closedClasses(word);
    if (token.capital && !(i === at && (classes & (IS_DEFINITE | IS_INDEFINITE)) !== 0)) {
      const end = nameEnd(tokens, i, limit);
      // "le lauréat du prix Turing"
      if (linked || (inComplement && noun?.class === 'PERSON')) unknownComplement ??= [i, end];
      else if (names.length === 0) unknown = [i, end];
      linked = false;
      i = end - 1;
      continue;
    }
    if (
      (classes & IS_LINKING) !== 0 ||
      ((word === 'à' || word === 'au' || word === 'aux' || word === 'chez' || word === 'en') && noun !== null)
    ) {
      linked = true;
      inComplement = true;
      continue;
    }
    // "son PDG et cofondateur, X"
    if (
      word === 'et' &&
      noun?.class === 'PERSON' &&
      i + 1 < limit &&
      findSpeakerNoun(tokens[i + 1]!.word)?.class === 'PERSON'
    )
      continue;
    if ((classes & IS_END) !== 0) break;
    if ((classes & (IS_DEFINITE | IS_INDEFINITE)) !== 0) {
      if (!linked && i > at + 1) break;
      // "la patronne d'un fonds", "l'un des fondateurs": nobody in particular.
      if (
        /^(?:un|une|plusieurs|certains|certaines|quelques)$/.test(word) &&
        (linked || i === at + 1) &&
        names.length === 0
      )
        vague = true;
      continue;
    }
    // "Jean Dupont double Tom Hanks": a verb, and another's name.
    if (word.startsWith('-') || (determiner === 'NAME' && !linked && !inComplement)) break;
    const known = findSpeakerNoun(word);
    if (linked && tail === 'NONE') {
      tail = known?.class === 'ORGANIZATION' ? 'ORGANIZATION' : 'OTHER';
      tailHead = fold(word);
    }
    if (known && !inComplement) {
      const ordinal = /^(?:premiere?|seconde?)s?$/.test(head) && word !== 'ministre';
      if (noun === null || noun.group === 'other' || ordinal) {
        noun = known;
        head = fold(word);
      }
    } else if (known && noun === null && inComplement) {
      // "l'un des chercheurs", "une partie de l'équipe"
      noun = known;
      head = fold(word);
    }
    if (linked)
      linked =
        /^(?:société|start-up|startup|groupe|entreprise|éditeur|institut|fonds|géant|université|laboratoire|pousse|jeune|cabinet|association|agence|banque|ancien|ancienne|école|américain|français|quotidien|site|magazine|journal|think|ong)$/.test(
          word,
        );
  }
  return {
    from: at,
    to: Math.max(i, at + 1),
    preposed,
    pronoun: null,
    determiner,
    noun,
    head,
    names,
    complements,
    tail,
    tailHead,
    vague,
    unknown,
    unknownComplement,
  };
}

function isDeterminer(token: ClaimToken): boolean {
  return (closedClasses(token.word) & (IS_DEFINITE | IS_INDEFINITE)) !== 0;
}

/** The phrase that a subject pronoun is. */
export function pronounPhrase(at: number, to: number, pronoun: string): NounPhrase {
  return {
    from: at,
    to,
    preposed: false,
    pronoun,
    determiner: 'NAME',
    noun: null,
    head: '',
    names: [],
    complements: [],
    tail: 'NONE',
    tailHead: '',
    vague: false,
    unknown: null,
    unknownComplement: null,
  };
}

/** Splits tokens [from, to) into the noun phrases that could be subjects or follow a preposition, in order. */
export function findPhrases(tokens: readonly ClaimToken[], from: number, to: number): NounPhrase[] {
  const phrases: NounPhrase[] = [];
  let preposed = false;
  let opens = true;
  for (let i = from; i < to; ) {
    const token = tokens[i]!;
    if (token.kind === 'MARK') {
      preposed = false;
      opens = true;
      i++;
      continue;
    }
    if (token.kind === 'QUOTE' || token.kind === 'VERB') {
      preposed = false;
      opens = false;
      i++;
      continue;
    }
    const { word } = token;
    const classes = closedClasses(word);
    const determiner = (classes & (IS_DEFINITE | IS_INDEFINITE)) !== 0;
    const plain = token.kind === 'WORD' && (!token.capital || determiner);
    if (plain && (word === 'ce' || word === 'cette') && /^derni(?:er|ère)$/.test(tokens[i + 1]?.word ?? '')) {
      phrases.push(pronounPhrase(i, i + 2, `${word}-${tokens[i + 1]!.word}`));
      i += 2;
      continue;
    }
    // "la commission, laquelle recommande"
    const relative = tokens[i - 1]?.word === ',' && /^(?:lequel|laquelle|lesquel(?:le)?s)$/.test(word);
    if (plain && ((classes & IS_PRONOUN) !== 0 || relative)) {
      phrases.push(pronounPhrase(i, i + 1, relative ? 'qui' : word));
      i++;
      preposed = false;
      opens = false;
      continue;
    }
    if (plain && (classes & IS_PREPOSITION) !== 0 && !(word === 'des' && opens && i === from)) {
      preposed = true;
      opens = false;
      i++;
      continue;
    }
    const named = token.kind === 'MENTION' || (token.capital && !determiner);
    const bare = plain && opens && findSpeakerNoun(word) !== null;
    if (named || (plain && (determiner || word === 'des')) || bare) {
      const phrase = readPhrase(tokens, i, to, preposed);
      phrases.push(phrase);
      i = phrase.to;
      preposed = false;
      opens = false;
      continue;
    }
    if ((preposed || opens) && !isAdverb(word)) {
      preposed = false;
      if (!/^(?:et|mais|or|car|donc|puis)$/.test(word)) opens = false;
    }
    i++;
  }
  return phrases;
}
