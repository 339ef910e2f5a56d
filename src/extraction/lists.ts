/**
 * Enumerations: "Baidu, Alibaba, Tencent et Xiaomi". What the known members are, the unknown ones are too; in a sentence about
 * a round they are investors.
 */
import type { ActorKind } from '#actor/actor.ts';
import { type Entity, inOrder, type Naming, type Page } from './cast.ts';
import { weigh } from './evidence.ts';
import { INVESTING_WORDS } from './lexicon/cue-words.ts';
import { classesOf, HEAD, INNER, NATIONALITY, PLACE } from './word-classes.ts';

const LINKERS = new Set(
  `et ou ainsi que mais aussi encore puis comme le la l les de d du des and voire enfin meme egalement via son sa ses leur`.split(
    ' ',
  ),
);
const CONJUNCTIONS = new Set(['et', 'ou', 'que', 'and', 'puis']);
const MAX_LINKERS = 5;
const CONVINCED = 2;
/** Words on each side in which a list tells what it lists. */
const BEFORE = 25;
const AFTER = 15;

/** "Serena IV", "Jolt Ninja": the funds of a house that the article names begin with its name. */
export function addFundEvidence(entities: readonly Entity[]): void {
  const houses = new Set<string>();
  for (const { kind, register, namings } of entities)
    if (kind === 'INVESTOR' && register !== null)
      for (const { page, from } of namings) houses.add(page.words.tokens[from]!.folded);
  for (const { register, evidence, namings } of entities) {
    const naming = namings[0];
    if (register !== null || naming === undefined || naming.to - naming.from < 2) continue;
    if (houses.has(naming.page.words.tokens[naming.from]!.folded)) evidence.INVESTOR += 2;
  }
}

/** Groups the namings of a page into enumerations of two members or more. */
function findLists(page: Page): Naming[][] {
  const lists: Naming[][] = [];
  let list: Naming[] = [];
  let previous: Naming | null = null;
  for (const naming of inOrder(page)) {
    if (previous !== null && areLinked(page, previous.to, naming.from)) list.push(naming);
    else {
      if (list.length > 1) lists.push(list);
      list = [naming];
    }
    previous = naming;
  }
  if (list.length > 1) lists.push(list);
  return lists;
}

function areLinked({ words: { tokens, gaps } }: Page, from: number, to: number): boolean {
  if (to - from > MAX_LINKERS) return false;
  let links = false;
  for (let i = from; i <= to; i++) {
    const gap = gaps[i];
    if (gap === 'COMMA') links = true;
    else if (gap !== 'SPACE' && gap !== 'APOSTROPHE' && gap !== 'AMPERSAND') return false;
    if (i === to) break;
    const { folded, shape } = tokens[i]!;
    if (shape !== 'LOWER') return false;
    // "Allianz, mais aussi la mutuelle MACSF".
    if (!LINKERS.has(folded) && (!links || (classesOf(folded) & (HEAD | NATIONALITY)) === 0)) return false;
    if (CONJUNCTIONS.has(folded)) links = true;
  }
  return links;
}

/** Adds to the unknown members of each list what the others are. */
export function addListEvidence(pages: readonly Page[]): void {
  for (const page of pages) {
    for (const list of findLists(page)) {
      spreadKind(list);
      if (list.length > 2) addInvestors(page, list);
    }
    addBracketed(page);
  }
}

function spreadKind(list: readonly Naming[]): void {
  const counts = new Map<ActorKind, number>();
  let known = 0;
  let places = 0;
  let strongest = 0;
  for (const naming of list) {
    const { entity } = naming;
    const kind = entity.register !== null || isOfOwnKind(entity) ? knownKind(entity) : null;
    if (kind !== null) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      known++;
    } else if (isPlace(naming)) places++;
    else {
      const verdict = weigh(naming.entity.evidence);
      if (verdict.kind !== 'PERSON') strongest = Math.max(strongest, verdict.weight);
    }
  }
  if (places > known) {
    for (const { entity } of list) if (entity.register === null) entity.evidence.other += 1;
    return;
  }
  const hasSingle = list.some(({ from, to }) => to - from === 1);
  const people = counts.get('PERSON') ?? 0;
  counts.delete('PERSON');
  let most: ActorKind | null = null;
  for (const [kind, count] of counts) if (most === null || count > counts.get(most)!) most = kind;
  const organizations = known - people;
  for (const naming of list) {
    const { entity } = naming;
    if (entity.register !== null || isOfOwnKind(entity)) continue;
    if (most !== null && organizations >= people) {
      entity.evidence.organization += organizations >= 2 ? 2.4 : 1.8;
      entity.evidence[most] += 0.4;
    } else if (people > 0 && !hasSingle && mayBePerson(naming))
      entity.evidence.PERSON += people >= 2 ? 2.4 : 1.8;
    else if (people === 0) entity.evidence.organization += Math.max(strongest * 0.6, places > 0 ? 0 : 0.7);
  }
}

/** True when something said which kind it is, and not only that it is an organisation. */
function isOfOwnKind({ evidence }: Entity): boolean {
  const { weight } = weigh(evidence);
  const { PERSON, COMPANY, LAB, INVESTOR, GOVERNMENT, ORGANIZATION } = evidence;
  return weight >= CONVINCED && Math.max(PERSON, COMPANY, LAB, INVESTOR, GOVERNMENT, ORGANIZATION) >= 1;
}

function mayBePerson({ page, from, to }: Naming): boolean {
  const { tokens } = page.words;
  if (to - from < 2 || tokens[from]!.shape === 'UPPER') return false;
  return (classesOf(tokens[to - 1]!.folded) & INNER) === 0;
}

function addInvestors(page: Page, list: readonly Naming[]): void {
  const { tokens, gaps } = page.words;
  const first = list[0]!.from;
  const last = list.at(-1)!.to;
  let found = 0;
  for (let i = first - 1; i >= 0 && first - i <= BEFORE && gaps[i + 1] !== 'STOP'; i--)
    if (INVESTING_WORDS.has(tokens[i]!.folded)) found++;
  for (let i = last; i < tokens.length && i - last < AFTER && gaps[i] !== 'STOP'; i++)
    if (INVESTING_WORDS.has(tokens[i]!.folded)) found++;
  if (found === 0) return;
  for (const { entity, from, to, page: own } of list) {
    if (knownKind(entity) === 'PERSON' || entity.register !== null) continue;
    if (to - from === 1 && (classesOf(own.words.tokens[from]!.folded) & PLACE) !== 0) continue;
    entity.evidence.organization += 1;
    entity.evidence.INVESTOR += found > 1 ? 1.5 : 1;
  }
}

const OF = new Set('de du d des chez'.split(' '));

/** "Fidji Simo (Instacart)", "Clotilde Navarre, du Cepremap, …": what stands so after a person is where the person works. */
function addBracketed(page: Page): void {
  let previous: Naming | null = null;
  const { gaps } = page.words;
  for (const naming of inOrder(page)) {
    const follows = previous !== null && previous.to === naming.from && gaps[naming.from] === 'OPEN';
    if (
      follows &&
      gaps[naming.to] !== 'SPACE' &&
      knownKind(previous!.entity) === 'PERSON' &&
      naming.entity.register === null
    )
      naming.entity.evidence.organization += 2.2;
    else if (previous !== null && naming.entity.register === null && isHouseAfter(page, previous, naming))
      naming.entity.evidence.organization += 2.2;
    previous = naming;
  }
}

function isHouseAfter({ words: { tokens, gaps } }: Page, person: Naming, house: Naming): boolean {
  const length = house.from - person.to;
  if (length < 1 || length > 3 || gaps[person.to] !== 'COMMA' || knownKind(person.entity) !== 'PERSON')
    return false;
  if (gaps[house.to] !== 'COMMA') return false;
  if (!OF.has(tokens[person.to]!.folded)) return false;
  for (let i = person.to + 1; i < house.from; i++)
    if (!/^(?:la|l|le|les)$/.test(tokens[i]!.folded)) return false;
  return true;
}

function knownKind(entity: Entity): ActorKind | null {
  if (entity.register !== null) return entity.kind;
  const { kind, weight } = weigh(entity.evidence);
  return weight >= CONVINCED ? kind : null;
}

function isPlace({ page, from, to }: Naming): boolean {
  return to - from === 1 && (classesOf(page.words.tokens[from]!.folded) & PLACE) !== 0;
}
