/**
 * Noun phrases around a name: which preposition governs it, alone or with the list it stands in.
 */
import { WordSet } from '#text/word-set.ts';
import type { Page, PageMention } from './funding-page.ts';
import { FUND_NOUNS, ORGANISATION_NOUNS, PREPOSITIONS } from './lexicon/funding-parties.ts';

export const ARTICLES = new WordSet('le la l les un une cette ce cet son sa ses leur leurs'.split(' '));

/** The raw word, to tell "à" from "a" and "levé" from "lève". */
export function rawWord(page: Page, i: number): string {
  const word = page.words[i];
  return word ? page.text.slice(word.start, word.end) : '';
}

export function isPreposition(page: Page, i: number): boolean {
  const { folded } = page.words[i]!;
  if (PREPOSITIONS.has(folded)) return true;
  if (folded !== 'a') return false;
  const raw = rawWord(page, i);
  return (
    raw === 'à' ||
    raw === 'À' ||
    (raw === 'A' && (page.breaks[i] === 'SENTENCE' || page.breaks[i] === 'LINE'))
  );
}

/** Words that describe a name before it ("le fonds américain Accel"). */
const DESCRIBED = 6;
const NO_DESCRIPTION = new WordSet('et que qu ou a qui'.split(' '));
const VERBS = new WordSet(
  'ont est sont etait avait leve annonce investit rachete mise apporte mene confirme rejoint participe'.split(
    ' ',
  ),
);

/** The preposition that governs the noun phrase ending at word `at`, or -1: "auprès du fonds américain Accel". */
export function governor(page: Page, at: number): number {
  for (let i = at; i > 0 && i > at - DESCRIBED; i--) {
    const before = i - 1;
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') return -1;
    if (page.mentionAt[before] !== -1 || page.amountAt[before] !== -1) return -1;
    const { folded, shape } = page.words[before]!;
    if (isPreposition(page, before)) {
      // "Pour rappel X avait …", "selon nos informations X": an adverbial that governs no name.
      if (
        i < at &&
        /^(?:rappel|memoire|exemple|effet|passage|informations|parallele)$/.test(page.words[at - 1]!.folded)
      )
        return -1;
      // "le fabricant de robots Pollen Robotics": "de" joins the two nouns; what governs stands before them.
      if (/^de?$/.test(folded) && i < at && before > 0 && !ARTICLES.has(page.words[i]!.folded)) continue;
      // "le spécialiste des centres de données Nscale": the name is the specialist's.
      if (i < at && /^(?:des|du|de)$/.test(folded) && before > 0 && isVentureNoun(page, before - 1))
        return -1;
      return before;
    }
    if (ARTICLES.has(folded)) {
      if (before === 0 || page.breaks[before] !== 'NONE') return -1;
      return isPreposition(page, before - 1) ? before - 1 : -1;
    }
    if (shape !== 'LOWER' || NO_DESCRIPTION.has(folded) || (i === at && VERBS.has(folded))) return -1;
  }
  return -1;
}

function isVentureNoun(page: Page, at: number): boolean {
  for (let i = at; i >= 0 && i >= at - 1; i--) {
    const { folded } = page.words[i]!;
    if (ORGANISATION_NOUNS.has(folded) || FUND_NOUNS.has(folded)) return true;
  }
  return false;
}

const LONGEST_LIST = 12;

/** The preposition that governs a mention, its own or that of its list ("dont A et B"); -1 when none does. */
export function governorOf(page: Page, mention: PageMention): number {
  let at = mention;
  for (let n = 0; n < LONGEST_LIST; n++) {
    const own = governor(page, at.from);
    if (own >= 0) return own;
    const before = page.mentions[page.mentionAt[at.from]! - 1];
    if (!before || !isListed(page, before, at)) return -1;
    at = before;
  }
  return -1;
}

/** True where a preposition governs the mention ("chez Lightspeed"). */
export function isGoverned(page: Page, mention: PageMention): boolean {
  return governorOf(page, mention) >= 0;
}

const LIST_WORDS = new Set('et ou le la l les ainsi que fonds groupe'.split(' '));

/** True for "A et B", and for "A, B" when the list goes on after B with a comma or "et". */
function isListed(page: Page, a: PageMention, b: PageMention): boolean {
  if (b.from - a.to > 3) return false;
  let and = false;
  for (let i = a.to; i < b.from; i++) {
    const { folded } = page.words[i]!;
    if (!LIST_WORDS.has(folded)) return false;
    if (folded === 'et' || folded === 'ou') and = true;
  }
  if (and) return page.breaks[b.from] === 'NONE' || page.breaks[b.from] === 'COMMA';
  if (page.breaks[a.to] !== 'COMMA') return false;
  const governing = governor(page, a.from);
  if (governing >= 0 && /^(?:selon|pour|apres|depuis|avant|chez)$/.test(page.words[governing]!.folded))
    return false;
  const next = page.mentions[page.mentionAt[b.from]! + 1];
  if (!next || next.from - b.to > 2) return false;
  return page.breaks[b.to] === 'COMMA' || page.words[b.to]?.folded === 'et';
}

/** True for a name among others ("Unilever, Merck ou Carta"): no singular stands for it. */
export function isInList(page: Page, mention: PageMention): boolean {
  const place = page.mentionAt[mention.from]!;
  const before = page.mentions[place - 1];
  const after = page.mentions[place + 1];
  return (
    (before !== undefined && isCoordinated(page, before, mention)) ||
    (after !== undefined && isCoordinated(page, mention, after))
  );
}

function isCoordinated(page: Page, a: PageMention, b: PageMention): boolean {
  if (b.from - a.to > 3 || page.sentenceOf[a.from] !== page.sentenceOf[b.from]) return false;
  let and = false;
  for (let i = a.to; i < b.from; i++) {
    const { folded } = page.words[i]!;
    if (!LIST_WORDS.has(folded)) return false;
    if (folded === 'et' || folded === 'ou') and = true;
  }
  return and || (page.breaks[a.to] === 'COMMA' && a.actor.kind !== 'PERSON');
}
