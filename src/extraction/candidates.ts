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
import { findInstitutionNames } from './institution-names.ts';
import { addLeftEvidence } from './left-cues.ts';
import { INNER_WORDS } from './lexicon/organizations.ts';
import { PERSONAL_NOUNS } from './lexicon/roles.ts';
import { addMoneyEvidence } from './money-place.ts';
import { addOwnEvidence, looksLikePerson } from './name-evidence.ts';
import type { RegisterNames } from './register-names.ts';
import { addRightEvidence } from './right-cues.ts';
import { findSequences, isSentenceStart, type Sequence } from './sequences.ts';
import {
  COMMON,
  classesOf,
  FIRST_NAME,
  NAME_HEAD,
  NATIONALITY,
  NON_ACTOR,
  PLACE,
  PRODUCT_NAME,
} from './word-classes.ts';
import { type Gap, isCapitalised, type Words } from './words.ts';

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
  // A known name inside is part of the longer one, and so is a single word at its head ("la Commission", for another of
  // that name); a known name that starts before or ends after is not.
  for (let i = from; i < to; i++) {
    if (page.taken[i] === NO_ACTOR) continue;
    if (page.taken[i] !== 0) {
      const naming = page.namings.get(i);
      const heads = i === from && (naming === undefined || naming.to - from > 1 || to - from < 3);
      if (naming === undefined || naming.to > to || heads) return false;
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
  if (page.taken[from] !== 0) return;
  // "Son fils Alan, 22 ans": no actor of the register, but somebody.
  const isRejected = page.rejected[from] === 1 && to - from === 1;
  if (isRejected && !isCalled(words, from)) return;
  const before =
    words.gaps[from] === 'SPACE' || words.gaps[from] === 'HYPHEN' ? namingBefore(page, from) : null;
  const isPerson = looksLikePerson(words, from, to);
  // "e-Enfance"
  if (
    words.gaps[from] === 'HYPHEN' &&
    from > 0 &&
    page.taken[from - 1] === 0 &&
    /^[ei]$/.test(words.tokens[from - 1]!.folded)
  )
    from--;
  if (before !== null && before.entity.kind !== 'PERSON' && !isPerson) {
    // "PSL Innovation Fund" is a name of its own; in "Google Pixel" the rest is a product.
    // "Serena IV": one of the funds of a house, under the house's name.
    const isFund = before.entity.kind === 'INVESTOR' && before.entity.register !== null;
    const isBranch = words.gaps[from] === 'HYPHEN' && isCapitalised(words.tokens[from]!);
    if (INNER_WORDS.get(words.tokens[to - 1]!.folded) === undefined && !isFund && !isBranch) return;
    displace(before);
    from = before.from;
    // "CFDT-Cheminots" is what the CFDT is.
    if (isFund || isBranch) entityOf(candidates, page, from, to).evidence[before.entity.kind] += 2.5;
  } else if (from > 0 && page.taken[from - 1] === NO_ACTOR && words.gaps[from] === 'SPACE' && !isPerson) {
    if (INNER_WORDS.get(words.tokens[to - 1]!.folded) === undefined) return;
    // "Île-de-France Mobilités"
    while (from > 0 && page.taken[from - 1] === NO_ACTOR && words.gaps[from] !== 'STOP') from--;
  }
  const after = LINKS.has(words.gaps[to]!) ? page.namings.get(to) : undefined;
  if (after !== undefined) {
    const head = classesOf(words.tokens[from]!.folded);
    const isPair = words.gaps[to] === 'AMPERSAND' && after.entity.kind !== 'PERSON' && !isPerson;
    if ((head & NAME_HEAD) === 0 && !isPair && !isLongerName(words, from, to, after)) {
      if (words.gaps[to] !== 'AMPERSAND' && (to - from === 1 || !isPerson)) return;
    } else {
      displace(after);
      to = endOfPair(page, after.to);
    }
  }
  // "la famille Mulliez"
  const isFamily =
    from > 0 &&
    words.gaps[from] === 'SPACE' &&
    words.tokens[from - 1]!.folded === 'famille' &&
    page.taken[from - 1] === 0;
  if (isFamily) from--;
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
  if (isFamily) entity.evidence.INVESTOR += 2.5;
  addOwnEvidence(entity, words, from, to);
  addLeftEvidence(entity.evidence, words, from);
  addRightEvidence(entity.evidence, words, from, to);
  addMoneyEvidence(entity.evidence, words, from, to);
  place(page, from, to, entity, 0.5);
}

/** "Son fils Alan", "Alan, 22 ans": the words around say that a person goes by the name. */
function isCalled({ tokens, gaps }: Words, at: number): boolean {
  const before = at > 0 && gaps[at] === 'SPACE' ? tokens[at - 1]!.folded : '';
  const aged =
    gaps[at + 1] === 'COMMA' && tokens[at + 1]!.shape === 'NUMBER' && tokens[at + 2]?.folded === 'ans';
  return aged || PERSONAL_NOUNS.has(before);
}

/** Gaps over which a name may run into one that is known. */
const LINKS: ReadonlySet<Gap> = new Set<Gap>(['SPACE', 'HYPHEN', 'AMPERSAND']);

/** "Simon & Bosch Partners": what still belongs to a name after the known one inside it. */
function endOfPair({ words: { tokens, gaps }, taken }: Page, at: number): number {
  let to = at;
  while (to < tokens.length && taken[to] === 0 && isCapitalised(tokens[to]!)) {
    const belongs = gaps[to] === 'AMPERSAND' || (gaps[to] === 'SPACE' && INNER_WORDS.has(tokens[to]!.folded));
    if (!belongs) break;
    to++;
  }
  return to;
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
