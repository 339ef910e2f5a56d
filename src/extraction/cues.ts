/**
 * Evidence from the words on both sides of a name: "la start-up X", "X, cofondateur de", "racheté par X", "X a levé".
 */
import type { Evidence } from './evidence.ts';
import {
  ACQUIRING,
  BELONGINGS,
  FOUNDED_BY,
  GIVING,
  LOOSE_ADJECTIVES,
  NAMED,
  ORGANIZATION_PARTICIPLES,
  ORGANIZATION_VERBS,
  PAID_BY,
  RELEASING,
} from './lexicon/cue-words.ts';
import { HEAD_NOUNS } from './lexicon/organizations.ts';
import {
  AREA,
  COURTESY,
  classesOf,
  FORMER,
  HEAD,
  NATIONALITY,
  OTHER_HEAD,
  PRODUCT_HEAD,
  ROLE,
  ROLE_MORE,
  SAYING,
} from './word-classes.ts';
import type { Words } from './words.ts';

const STRONG = 3;
const APPOSITION = 2.5;

const DETERMINERS = new Set(
  `le la l les un une des du au aux ce cet cette son sa ses leur notre votre chaque`.split(' '),
);
const OF = new Set(['de', 'd', 'du', 'des']);
/** Verbs that no list holds: the imperfect, the future, the conditional. */
const FINITE = /(?:ait|aient|era|eront)$/;
const POINTING = new Set(['ce', 'cet', 'cette', 'chaque', 'les']);
const OFFICES = new Set(
  'ministre ministres secretaire delegue deleguee commissaire docteur professeur professeure maire prefet prefete depute deputee senateur senatrice'.split(
    ' ',
  ),
);
const FRONTED = new Set(['selon', 'apres', 'pour', 'avec', 'chez']);
const BEFORE_APPOSITION = new Set(
  `alors aujourd hui egalement lui elle meme actuel actuelle tout toute premier premiere autre l un une des deux
  trois plus`.split(/\s+/),
);

/** A word read with its hyphens: "start-up" is one. */
interface Read {
  readonly word: string;
  /** First and last token. */
  readonly first: number;
  readonly last: number;
}

/** The word that ends at token `at`. */
export function wordEndingAt({ tokens, gaps }: Words, at: number): Read | null {
  const token = tokens[at];
  if (token === undefined) return null;
  let first = at;
  let word = token.folded;
  while (first > 0 && gaps[first] === 'HYPHEN' && at - first < 3) {
    first--;
    word = `${tokens[first]!.folded}-${word}`;
  }
  return { word, first, last: at };
}

/** The word that starts at token `at`. */
export function wordStartingAt({ tokens, gaps }: Words, at: number): Read | null {
  const token = tokens[at];
  if (token === undefined) return null;
  let last = at;
  let word = token.folded;
  while (last + 1 < tokens.length && gaps[last + 1] === 'HYPHEN' && last - at < 3) {
    last++;
    word = `${word}-${tokens[last]!.folded}`;
  }
  return { word, first: at, last };
}

function isLoose(word: string): boolean {
  return (classesOf(word) & NATIONALITY) !== 0 || LOOSE_ADJECTIVES.has(word);
}

function addHead(evidence: Evidence, word: string, weight: number): boolean {
  const classes = classesOf(word);
  if ((classes & (PRODUCT_HEAD | OTHER_HEAD)) !== 0) {
    evidence.other += weight;
    return true;
  }
  const kind = HEAD_NOUNS.get(word);
  const isRole = (classes & ROLE) !== 0;
  // "spécialiste", "pionnier", "leader" say it of both.
  const share = kind !== undefined && isRole ? weight / 2 : weight;
  if (kind !== undefined) evidence[kind] += share;
  if (isRole) evidence.PERSON += share;
  return kind !== undefined || isRole;
}

/** Adds what stands before the name that starts at token `from`. */
export function addLeftEvidence(evidence: Evidence, words: Words, from: number): void {
  const { tokens, gaps } = words;
  const gap = gaps[from]!;
  if (from === 0 || gap === 'STOP') return;
  if (gap === 'COMMA') {
    addRoleBeforeComma(evidence, words, from - 1);
    return;
  }
  if (gap !== 'SPACE' && gap !== 'APOSTROPHE' && gap !== 'HYPHEN' && gap !== 'QUOTE') return;
  let at = from - 1;
  if (gap === 'HYPHEN') {
    if ((classesOf(tokens[at]!.folded) & FORMER) !== 0) evidence.organization += 1.5;
    return;
  }
  let nationality = false;
  let loose = 0;
  let read = wordEndingAt(words, at);
  while (read !== null && loose < 3 && isLoose(read.word) && !isHead(read.word)) {
    if ((classesOf(read.word) & NATIONALITY) !== 0) nationality = true;
    loose++;
    at = read.first - 1;
    if (!isInside(gaps[read.first])) return;
    read = wordEndingAt(words, at);
  }
  if (read === null) return;
  const { word } = read;
  if (nationality && DETERMINERS.has(word)) {
    evidence.COMPANY += APPOSITION;
    return;
  }
  const classes = classesOf(word);
  if ((classes & COURTESY) !== 0 && loose === 0 && tokens[at]!.shape === 'CAPITAL') {
    evidence.PERSON += STRONG;
    return;
  }
  if (addHead(evidence, word, STRONG)) return;
  if (loose > 0) return;
  addPrepositions(evidence, words, read);
}

function isHead(word: string): boolean {
  return (classesOf(word) & (HEAD | ROLE | PRODUCT_HEAD | OTHER_HEAD)) !== 0;
}

function isInside(gap: string | undefined): boolean {
  return gap === 'SPACE' || gap === 'APOSTROPHE' || gap === 'HYPHEN';
}

function addPrepositions(evidence: Evidence, words: Words, { word, first }: Read): void {
  const { gaps } = words;
  const before = first > 0 && isInside(gaps[first]) ? wordEndingAt(words, first - 1) : null;
  switch (word) {
    case 'chez':
      evidence.organization += 2.5;
      return;
    case 'ex':
      evidence.organization += 1.5;
      return;
    case 'd':
    case 'de':
    case 'du':
    case 'des':
      addOwned(evidence, words, before);
      return;
    case 'la':
    case 'l':
    case 'le':
    case 'les':
      if (before !== null && OF.has(before.word) && before.first > 0)
        addOwned(evidence, words, wordEndingAt(words, before.first - 1));
      else if (before !== null && before.word === 'par') addAgent(evidence, words, before);
      return;
    case 'par':
      addAgent(evidence, words, { word, first, last: first });
      return;
    case 'avec':
      evidence.organization +=
        before !== null &&
        /^(partenaria|accord|associ|allian|collabor|contrat|rapproche|discussion)/.test(before.word)
          ? 2
          : 0.5;
      return;
    case 'selon':
    case 'apres':
      evidence.organization += 1;
      evidence.PERSON += 1;
      return;
    case 'en':
      evidence.other += 1.5;
      return;
    case 'sur':
      // "mettre la main sur X"
      if (before?.word === 'main') evidence.organization += 2.5;
      else evidence.other += 0.8;
      return;
    case 'dans':
    case 'pres':
    case 'depuis':
    case 'vers':
      evidence.other += 0.8;
      return;
    case 'a':
      if (isGiven(words, first)) evidence.organization += 0.6;
      else evidence.other += 0.4;
      return;
    default:
      if ((classesOf(word) & SAYING) !== 0) {
        evidence.PERSON += 1.5;
        evidence.organization += 0.7;
      } else if (NAMED.has(word)) addNamed(evidence, words, first);
      // "X sort Medium 3": what is brought out is a product, if it has no first name.
      else if (RELEASING.has(word)) evidence.other += 1;
      else if (ACQUIRING.has(word)) evidence.organization += 1.5;
      else if (before !== null && words.tokens[first]!.shape === 'LOWER' && before.last === first - 1)
        // One adjective that the lexicon does not know: "le groupe parapétrolier X".
        addUnknownAdjective(evidence, before.word, word);
  }
}

/** "la vente d'une partie de ses activités à X" */
function isGiven({ tokens, gaps }: Words, at: number): boolean {
  for (let i = at - 1; i >= 0 && at - i <= 8 && gaps[i + 1] !== 'STOP'; i--)
    if (GIVING.has(tokens[i]!.folded)) return true;
  return false;
}

function addUnknownAdjective(evidence: Evidence, before: string, word: string): void {
  if (word.length < 5) return;
  const kind = HEAD_NOUNS.get(before);
  if (kind !== undefined) evidence[kind] += 2;
}

/** "cofondateur de X", "la levée de X": what X has. */
function addOwned(evidence: Evidence, words: Words, owned: Read | null): void {
  let read = owned;
  for (let i = 0; i < 3 && read !== null; i++) {
    const classes = classesOf(read.word);
    if ((classes & ROLE) !== 0) {
      // "la ministre de la Recherche" heads no organisation of that name.
      if (!OFFICES.has(read.word)) evidence.organization += APPOSITION;
      return;
    }
    if (read.word === 'participation' || read.word === 'aupres') {
      evidence.INVESTOR += 1.5;
      return;
    }
    if (BELONGINGS.has(read.word)) {
      evidence.organization += 1.5;
      return;
    }
    if ((classes & (OTHER_HEAD | PRODUCT_HEAD)) !== 0) {
      evidence.other += (classes & OTHER_HEAD) !== 0 ? 1.5 : 0;
      return;
    }
    if ((classes & (ROLE_MORE | NATIONALITY)) === 0 && !LOOSE_ADJECTIVES.has(read.word)) return;
    if (read.first === 0 || !isInside(words.gaps[read.first])) return;
    read = wordEndingAt(words, read.first - 1);
  }
}

/** "menée par X", "fondée par X". */
function addAgent(evidence: Evidence, words: Words, by: Read): void {
  if (by.first === 0) return;
  for (let back = 1; back <= 4; back++) {
    const read = wordEndingAt(words, by.first - back);
    if (read === null || words.gaps[read.last + 1] === 'STOP') return;
    if (PAID_BY.has(read.word)) {
      evidence.INVESTOR += 2;
      return;
    }
    if (FOUNDED_BY.has(read.word)) {
      evidence.PERSON += 2;
      evidence.organization += 0.7;
      return;
    }
  }
  evidence.organization += 1.2;
  evidence.PERSON += 0.5;
}

/** "une start-up baptisée X", "un modèle appelé X". */
function addNamed(evidence: Evidence, words: Words, at: number): void {
  for (let back = 1; back <= 5; back++) {
    const read = wordEndingAt(words, at - back);
    if (read === null || words.gaps[read.last + 1] === 'STOP') break;
    if (addHead(evidence, read.word, APPOSITION)) return;
  }
  evidence.other += 1;
}

/** "son directeur général, X", "le PDG de Mistral AI, X": a role in the words before the comma. */
function addRoleBeforeComma(evidence: Evidence, words: Words, last: number): void {
  for (let at = last; at >= 0 && last - at < 10; at--) {
    const read = wordEndingAt(words, at)!;
    if ((classesOf(read.word) & ROLE) !== 0) {
      const before = read.first > 0 ? words.tokens[read.first - 1]!.folded : '';
      if (DETERMINERS.has(before) || (classesOf(before) & FORMER) !== 0) evidence.PERSON += 2;
      return;
    }
    at = read.first;
    const gap = words.gaps[at];
    if (gap === 'STOP' || gap === 'COMMA' || gap === 'COLON' || gap === 'QUOTE' || gap === 'CLOSE') return;
  }
}

/** Adds what stands after the name of the tokens `from` to `to`. */
export function addRightEvidence(evidence: Evidence, words: Words, from: number, to: number): void {
  const { tokens, gaps } = words;
  if (to >= tokens.length) return;
  const gap = gaps[to]!;
  // After "selon X," the sentence goes on; what follows is no apposition.
  const opens = gap === 'COMMA' && from > 0 && FRONTED.has(tokens[from - 1]!.folded);
  if (opens) return;
  if (gap === 'COMMA' || gap === 'OPEN') addApposition(evidence, words, to);
  else if (gap === 'SPACE' || gap === 'QUOTE') addVerb(evidence, words, to);
}

function addApposition(evidence: Evidence, words: Words, from: number): void {
  const { tokens, gaps } = words;
  let at = from;
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
    if (tokens[at]!.shape !== 'LOWER' && (classesOf(read.word) & ROLE) === 0) return;
    if (addHead(evidence, read.word, APPOSITION)) return;
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
