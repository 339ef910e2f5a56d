/**
 * Names that the register does not hold: every run of capitals and every institution's name that is left, gathered by
 * spelling, with the evidence of all its places.
 */
import {
  createEntity,
  displace,
  type Entity,
  type Naming,
  NO_ACTOR,
  namingBefore,
  type Page,
  place,
  surfaceOf,
} from './cast.ts';
import { addLeftEvidence, addRightEvidence } from './cues.ts';
import { hasFrenchEnding } from './french-endings.ts';
import { findInstitutionNames } from './institution-names.ts';
import { INNER_WORDS } from './lexicon/organizations.ts';
import type { RegisterNames } from './register-names.ts';
import { findSequences, isSentenceStart, type Sequence } from './sequences.ts';
import {
  COMMON,
  classesOf,
  DECORATION,
  DOUBTFUL,
  FIRST_NAME,
  FUNCTION,
  INNER,
  NAME_HEAD,
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

/** Finds candidates on the pages and places them. `entities` gains what a misspelling of a register name stands for. */
export function findCandidates(
  names: RegisterNames,
  pages: readonly Page[],
  recognised: Map<number, Entity>,
): Map<string, Entity> {
  const candidates = new Map<string, Entity>();
  for (const page of pages) placeInstitutions(page, candidates);
  for (const page of pages)
    for (const sequence of findSequences(page.words, page.taken))
      placeSequence(names, page, sequence, candidates, recognised);
  return candidates;
}

function placeInstitutions(page: Page, candidates: Map<string, Entity>): void {
  for (const { from, to, kind } of findInstitutionNames(page.words)) {
    // "l'institut MIAI": the register's own name goes without the noun before it.
    const rest = page.namings.get(from + 1);
    if (rest !== undefined && rest.to === to && rest.entity.register !== null) continue;
    if (!isFree(page, from, to)) continue;
    const entity = entityOf(candidates, page, from, to);
    entity.evidence[kind] += 3;
    place(page, from, to, entity, 0.7);
  }
}

function isFree(page: Page, from: number, to: number): boolean {
  // A known name inside is part of the longer one; a known name that starts before or ends after is not.
  for (let i = from; i < to; i++) {
    if (page.taken[i] === NO_ACTOR) continue;
    if (page.taken[i] !== 0) {
      const naming = page.namings.get(i);
      if (naming === undefined || naming.to > to || i === from) return false;
      i = naming.to - 1;
    }
  }
  for (let i = from; i < to; i++) {
    const naming = page.namings.get(i);
    if (naming !== undefined) displace(naming);
  }
  return true;
}

function keyOf(words: Words, from: number, to: number): string {
  let key = '';
  for (let i = from; i < to; i++) key += words.tokens[i]!.folded;
  return key;
}

function entityOf(candidates: Map<string, Entity>, page: Page, from: number, to: number): Entity {
  const key = keyOf(page.words, from, to);
  let entity = candidates.get(key);
  if (entity === undefined) {
    entity = createEntity(null, surfaceOf(page, from, to), 'COMPANY', 0);
    candidates.set(key, entity);
  }
  return entity;
}

function placeSequence(
  names: RegisterNames,
  page: Page,
  sequence: Sequence,
  candidates: Map<string, Entity>,
  recognised: Map<number, Entity>,
): void {
  const { words } = page;
  let { from, to } = sequence;
  if (page.rejected[from] === 1 && to - from === 1) return;
  const before =
    words.gaps[from] === 'SPACE' || words.gaps[from] === 'HYPHEN' ? namingBefore(page, from) : null;
  const isPerson = looksLikePerson(words, from, to);
  if (before !== null && before.entity.kind !== 'PERSON' && !isPerson) {
    // "PSL Innovation Fund" is a name of its own; in "Google Pixel" the rest is a product.
    // "Serena IV": one of the funds of a house, under the house's name.
    const isFund = before.entity.kind === 'INVESTOR' && before.entity.register !== null;
    if (INNER_WORDS.get(words.tokens[to - 1]!.folded) === undefined && !isFund) return;
    displace(before);
    from = before.from;
    if (isFund) entityOf(candidates, page, from, to).evidence.INVESTOR += 2.5;
  } else if (from > 0 && page.taken[from - 1] === NO_ACTOR && words.gaps[from] === 'SPACE' && !isPerson) {
    if (INNER_WORDS.get(words.tokens[to - 1]!.folded) === undefined) return;
  }
  const after = words.gaps[to] === 'SPACE' || words.gaps[to] === 'HYPHEN' ? page.namings.get(to) : undefined;
  if (after !== undefined) {
    const head = classesOf(words.tokens[from]!.folded);
    if ((head & NAME_HEAD) === 0 && !isLongerName(words, from, to, after)) {
      if (to - from === 1 || !isPerson) return;
    } else {
      displace(after);
      to = after.to;
    }
  }
  const actor = isMisspellable(words, from, to) ? names.index.findMisspelt(words.tokens, from, to) : null;
  if (actor !== null) {
    let entity = recognised.get(actor);
    if (entity === undefined) {
      const { name, kind } = names.register[actor]!;
      entity = createEntity(actor, name, kind, 0.75);
      recognised.set(actor, entity);
    }
    place(page, from, to, entity, 0.75);
    return;
  }
  const entity = entityOf(candidates, page, from, to);
  addOwnEvidence(entity, words, from, to);
  addLeftEvidence(entity.evidence, words, from);
  addRightEvidence(entity.evidence, words, from, to);
  place(page, from, to, entity, 0.5);
}

/** "Nordcloud Hexa" is not Hexa: an unknown capital inside the sentence belongs to the name that follows it. */
function isLongerName(words: Words, from: number, to: number, after: Naming): boolean {
  if (after.to - after.from > 1 || to - from > 1 || isSentenceStart(words.gaps[from]!)) return false;
  return classesOf(words.tokens[from]!.folded) === 0 && after.entity.kind !== 'PERSON';
}

function isMisspellable({ tokens }: Words, from: number, to: number): boolean {
  if (to - from > 1) return true;
  const classes = classesOf(tokens[from]!.folded);
  return (classes & (FIRST_NAME | PLACE | COMMON | NON_ACTOR | PRODUCT_NAME | NATIONALITY)) === 0;
}

/** A first name and at least one more word, none of which belongs to an organisation. */
export function looksLikePerson({ tokens, gaps }: Words, from: number, to: number): boolean {
  if (to - from < 2 || to - from > 6) return false;
  if ((classesOf(tokens[from]!.folded) & FIRST_NAME) === 0) return false;
  for (let i = from + 1; i < to; i++) {
    const { folded, shape } = tokens[i]!;
    if (shape === 'NUMBER' || /\d/.test(folded)) return false;
    if (gaps[i] === 'DOT' || gaps[i] === 'AMPERSAND') return false;
    if (i === to - 1 && (classesOf(folded) & (INNER | DECORATION)) !== 0) return false;
  }
  return to - from > 2 || gaps[from + 1] !== 'HYPHEN';
}

function addOwnEvidence(entity: Entity, words: Words, from: number, to: number): void {
  const { evidence, namings } = entity;
  // What the name itself says counts once.
  if (namings.length > 0) return;
  const { tokens, gaps } = words;
  const first = classesOf(tokens[from]!.folded);
  const last = tokens[to - 1]!;
  if (looksLikePerson(words, from, to)) {
    evidence.PERSON += (first & DOUBTFUL) !== 0 ? 1.2 : 3;
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
    if (first === 0 && !isSentenceStart(gaps[from]!))
      evidence.organization += UNKNOWN_NAME - (shape === 'CAPITAL' ? articleBefore(words, from) : 0);
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
  if (plain === to - from) evidence.other += 2.5;
  else if (
    kind === undefined &&
    to - from <= 3 &&
    tokens[from]!.shape !== 'UPPER' &&
    allNames(words, from, to)
  ) {
    evidence.PERSON += 0.8;
    evidence.organization += 0.9;
  } else evidence.organization += 0.9;
  if ((classesOf(tokens[from]!.folded) & PLACE) !== 0 && gaps[from + 1] === 'HYPHEN') evidence.other += 1.5;
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
    const opensOnly = namings.every(({ page, from }) => isSentenceStart(page.words.gaps[from]!));
    if (single && opensOnly) {
      if (classesOf(key) !== 0 || hasFrenchEnding(key)) evidence.other += namings.length > 1 ? 0.5 : 1.5;
      else evidence.organization += 1;
    }
    const fields = new Set(namings.map(({ page }) => page));
    const known = (classesOf(key) & (PLACE | COMMON | NON_ACTOR | PRODUCT_NAME)) !== 0;
    if (fields.size > 1 && !known) evidence.organization += 1.2;
    if (
      namings.every(
        ({ page, from, to }) => page.words.gaps[from] === 'QUOTE' && page.words.gaps[to] === 'QUOTE',
      )
    )
      evidence.other += 1;
  }
}
