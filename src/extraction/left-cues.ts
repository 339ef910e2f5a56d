/**
 * Evidence from the words before a name: "la start-up X", "PDG de X", "racheté par X", "la vente à X".
 */
import { APPOSITION, addHead, DETERMINERS, isLoose } from './cue-nouns.ts';
import type { Evidence } from './evidence.ts';
import {
  ACQUIRING,
  BELONGINGS,
  FOUNDED_BY,
  GIVING,
  LOOSE_ADJECTIVES,
  NAMED,
  PAID_BY,
  RELEASING,
} from './lexicon/cue-words.ts';
import { HEAD_NOUNS } from './lexicon/organizations.ts';
import { isInside, type Read, wordEndingAt } from './read-words.ts';
import {
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
const OF = new Set(['de', 'd', 'du', 'des']);
const OFFICES = new Set(
  'ministre ministres secretaire delegue deleguee commissaire docteur professeur professeure maire prefet prefete depute deputee senateur senatrice'.split(
    ' ',
  ),
);

/** Adds what stands before the name that starts at token `from`. */
export function addLeftEvidence(evidence: Evidence, words: Words, from: number): void {
  const { tokens, gaps } = words;
  const gap = gaps[from]!;
  if (from === 0 || gap === 'STOP') return;
  if (gap === 'COMMA') {
    addRoleBeforeComma(evidence, words, from - 1);
    addFundBeforeComma(evidence, words, from - 1);
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

function addPrepositions(evidence: Evidence, words: Words, { word, first }: Read): void {
  const { gaps } = words;
  const before = first > 0 && isInside(gaps[first]) ? wordEndingAt(words, first - 1) : null;
  switch (word) {
    case 'chez':
      evidence.organization += 3.2;
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
      else if (isPaidInto(words, first)) evidence.organization += 1;
      else evidence.other += 0.8;
      return;
    case 'dans':
      // "investir 9 millions dans X"
      if (isPaidInto(words, first)) evidence.organization += 1;
      else evidence.other += 0.8;
      return;
    case 'pres':
    case 'depuis':
    case 'vers':
      evidence.other += 0.8;
      return;
    case 'a':
      if (isGiven(words, first)) evidence.organization += 0.6;
      else evidence.other += 0.8;
      return;
    default:
      // "« … », lance X" says; "le groupe lance X" brings out.
      if ((classesOf(word) & SAYING) !== 0 && !(RELEASING.has(word) && isInside(words.gaps[first]))) {
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
  for (let i = at - 1; i >= 0 && at - i <= 12 && gaps[i + 1] !== 'STOP'; i--)
    if (GIVING.has(tokens[i]!.folded)) return true;
  return false;
}

/** "misent 12 millions sur X", "avait investi dans X": a verb of paying in its clause. */
function isPaidInto({ tokens, gaps }: Words, at: number): boolean {
  for (let i = at - 1; i >= 0 && at - i <= 9 && isInside(gaps[i + 1]!); i--)
    if (PAYING_IN.test(tokens[i]!.folded)) return true;
  return false;
}

const PAYING_IN =
  /^(?:(?:re|co)?invest(?:i|ir|it|is|issent|issait|ira|iront)|mis(?:e|er|ent|ait|era|eront)|injecte(?:r|nt)?|pari(?:e|er|ent|ait|era))$/;

function addUnknownAdjective(evidence: Evidence, before: string, word: string): void {
  if (word.length < 5) return;
  const kind = HEAD_NOUNS.get(before);
  if (kind !== undefined) evidence[kind] += 2;
  else if ((classesOf(before) & ROLE) !== 0) evidence.PERSON += 2;
  // "l'assistant vocal X"
  else if ((classesOf(before) & (PRODUCT_HEAD | OTHER_HEAD)) !== 0) evidence.other += 2;
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
      evidence.other += (classes & OTHER_HEAD) !== 0 ? 2 : 0;
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

/** "son deuxième véhicule, X", "un fonds, X,": what a house raises money for. */
function addFundBeforeComma(evidence: Evidence, words: Words, last: number): void {
  for (let at = last; at > 0 && last - at < 3 && isInside(words.gaps[at]!); at--) {
    if (!/^(?:fonds|vehicule)$/.test(words.tokens[at]!.folded)) continue;
    for (let i = at - 1; i >= 0 && at - i < 3; i--)
      if (/^(?:son|leur|un|nouveau|premier|ce)$/.test(words.tokens[i]!.folded)) {
        evidence.INVESTOR += APPOSITION;
        return;
      }
  }
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
