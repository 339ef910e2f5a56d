/**
 * Evidence from the words after a name: "X, cofondateur de", "X, une start-up", "X a levé".
 */
import { APPOSITION, addHead, DETERMINERS } from './cue-nouns.ts';
import type { Evidence } from './evidence.ts';
import { LOOSE_ADJECTIVES, ORGANIZATION_PARTICIPLES, ORGANIZATION_VERBS } from './lexicon/cue-words.ts';
import { isInside, wordStartingAt } from './read-words.ts';
import {
  AREA,
  classesOf,
  FORMER,
  NATIONALITY,
  OTHER_HEAD,
  PRODUCT_HEAD,
  ROLE,
  SAYING,
} from './word-classes.ts';
import type { Words } from './words.ts';

/** Verbs that no list holds: the imperfect, the future, the conditional. */
const FINITE = /(?:ait|aient|era|eront)$/;
const POINTING = new Set(['ce', 'cet', 'cette', 'chaque', 'les']);
const FRONTED = new Set(['selon', 'apres', 'pour', 'avec', 'chez']);
const BEFORE_APPOSITION = new Set(
  `alors aujourd hui egalement lui elle meme actuel actuelle tout toute premier premiere autre l un une des deux
  trois plus`.split(/\s+/),
);

/** Adds what stands after the name of the tokens `from` to `to`. */
export function addRightEvidence(evidence: Evidence, words: Words, from: number, to: number): void {
  const { tokens, gaps } = words;
  if (to >= tokens.length) return;
  const gap = gaps[to]!;
  // After "selon X," the sentence goes on; what follows is no apposition.
  const opens = gap === 'COMMA' && from > 0 && FRONTED.has(tokens[from - 1]!.folded);
  if (opens) return;
  if (gap === 'COMMA' || gap === 'OPEN') addApposition(evidence, words, to);
  // "TERRALEX - La legaltech parisienne lève …"
  else if (gap === 'OTHER' && tokens[from]!.shape === 'UPPER') addApposition(evidence, words, to, true);
  else if (gap === 'SPACE' || gap === 'QUOTE') addVerb(evidence, words, to);
}

function addApposition(evidence: Evidence, words: Words, from: number, opens = false): void {
  const { tokens, gaps } = words;
  let at = from;
  // "Alan, 19 ans,"
  const age = tokens[at]!.shape === 'NUMBER' ? wordStartingAt(words, at + 1)?.word : null;
  if (age === 'ans' || age === 'an') {
    evidence.PERSON += 3;
    return;
  }
  // "Pionsat (Puy-de-Dôme)"
  if (gaps[from] === 'OPEN' && (classesOf(wordStartingAt(words, at)!.word) & AREA) !== 0) evidence.other += 3;
  if (tokens[at]!.folded === 'qui') {
    const verb = wordStartingAt(words, at + 1);
    // Whatever it does, it is a name: "X, qui avait englouti …".
    evidence.organization += verb !== null && ORGANIZATION_VERBS.has(verb.word) ? 1.5 : 1;
    return;
  }
  for (let steps = 0; steps < 6 && at < tokens.length; steps++) {
    if (at > from && !isInside(gaps[at])) return;
    const read = wordStartingAt(words, at)!;
    // "OpenAI, Google et …": a capital after a comma is the next of a list.
    if (tokens[at]!.shape !== 'LOWER' && !(opens && at === from) && (classesOf(read.word) & ROLE) === 0)
      return;
    // "Aux yeux de X, la loi suffit": what a definite article brings is seldom an apposition, unless it is somebody.
    const isDefinite = at > from && /^(?:le|la|l)$/.test(tokens[at - 1]!.folded);
    const isThing = (classesOf(read.word) & (PRODUCT_HEAD | OTHER_HEAD)) !== 0;
    if (addHead(evidence, read.word, isDefinite && isThing ? 0.8 : APPOSITION)) return;
    const classes = classesOf(read.word);
    if (POINTING.has(read.word)) return;
    const skipped =
      DETERMINERS.has(read.word) ||
      BEFORE_APPOSITION.has(read.word) ||
      (classes & (FORMER | NATIONALITY)) !== 0 ||
      LOOSE_ADJECTIVES.has(read.word);
    if (!skipped) return;
    at = read.last + 1;
  }
}

function addVerb(evidence: Evidence, words: Words, to: number): void {
  const { tokens, gaps } = words;
  let at = to;
  if (tokens[at]!.shape !== 'LOWER') return;
  // "X s'offre", "X n'a pas", "X en": what stands between the subject and its verb.
  while (
    at < tokens.length &&
    at - to < 3 &&
    /^(s|se|n|ne|y|en|l|le|la|lui|avait|aurait)$/.test(tokens[at]!.folded)
  ) {
    if (tokens[at]!.folded === 'avait' || tokens[at]!.folded === 'aurait') break;
    at++;
    if (!isInside(gaps[at])) return;
  }
  const verb = wordStartingAt(words, at);
  if (verb === null) return;
  switch (verb.word) {
    case 'a':
    case 'ont':
    case 'avait':
    case 'aurait':
    case 'vient':
    case 'va':
    case 'vont':
    case 'doit':
    case 'est':
    case 'etait':
    case 'sera':
      addAfterAuxiliary(evidence, words, verb.last + 1, verb.word);
      return;
    default:
      if (ORGANIZATION_VERBS.has(verb.word)) evidence.organization += 1.5;
      else if (FINITE.test(verb.word)) evidence.organization += 0.5;
      if ((classesOf(verb.word) & SAYING) !== 0) {
        evidence.PERSON += 1;
        evidence.organization += 0.7;
      }
  }
}

function addAfterAuxiliary(evidence: Evidence, words: Words, from: number, auxiliary: string): void {
  const { tokens, gaps } = words;
  const isCopula = auxiliary === 'est' || auxiliary === 'etait';
  for (let at = from; at < tokens.length && at - from < 6 && isInside(gaps[at]); at++) {
    const read = wordStartingAt(words, at)!;
    if (ORGANIZATION_PARTICIPLES.has(read.word)) {
      evidence.organization += 1.5;
      return;
    }
    if (isCopula && addHead(evidence, read.word, APPOSITION)) return;
    if ((classesOf(read.word) & SAYING) !== 0) {
      evidence.PERSON += 1;
      evidence.organization += 0.7;
      return;
    }
    at = read.last;
  }
}
