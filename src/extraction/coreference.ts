/**
 * Shorter names for somebody already named in full: surnames, initials, "Clearview" for "Clearview AI", acronyms that the
 * article introduces in brackets.
 */
import { type Entity, inOrder, merge, type Naming, type Page, place, surfaceOf } from './cast.ts';
import { weigh } from './evidence.ts';
import { isSentenceStart } from './sequences.ts';
import {
  COMMON,
  classesOf,
  DECORATION,
  FIRST_NAME,
  FUNCTION,
  PARTICLE,
  PLACE,
  TIME,
} from './word-classes.ts';
import { isCapitalised } from './words.ts';

const CONVINCED = 2;
const SURNAME = 0.85;

/** What an entity is so far; null for a candidate that nothing speaks for. */
function kindOf(entity: Entity): Entity['kind'] | null {
  if (entity.register !== null) return entity.kind;
  const { kind, weight } = weigh(entity.evidence);
  return weight >= CONVINCED ? kind : null;
}

/** Gives the surnames, initials and first names that stand alone to the person named in full elsewhere in the article. */
export function joinPeople(pages: readonly Page[], entities: readonly Entity[]): void {
  const surnames = new Map<string, Entity | null>();
  const firstNames = new Map<string, Entity | null>();
  for (const entity of entities) {
    if (entity.namings.length === 0 || kindOf(entity) !== 'PERSON') continue;
    for (const naming of entity.namings) addNames(naming, surnames, firstNames);
  }
  if (surnames.size === 0) return;
  for (const entity of entities) {
    if (entity.register !== null || entity.namings.length === 0) continue;
    const person = personOf(entity.namings[0]!, surnames, firstNames);
    if (person !== null && person !== entity) merge(entity, person);
  }
  for (const page of pages) placeSurnames(page, surnames);
}

function addNames(
  { page, from, to, entity }: Naming,
  surnames: Map<string, Entity | null>,
  firstNames: Map<string, Entity | null>,
): void {
  if (to - from < 2) return;
  const { tokens, gaps } = page.words;
  const add = (names: Map<string, Entity | null>, name: string): void => {
    const other = names.get(name);
    // Two people of one name: a surname alone is neither's.
    names.set(name, other === undefined || other === entity ? entity : null);
  };
  let start = from + 1;
  while (start < to && gaps[start] === 'HYPHEN') start++;
  if (start >= to) return;
  const last = tokens[to - 1]!.folded;
  if (last.length > 2) add(surnames, last);
  let whole = '';
  for (let i = start; i < to; i++) whole += tokens[i]!.folded;
  if (whole.length > 2 && whole !== last) add(surnames, whole);
  // "Jean-Charles Samuelian-Werve" is also "Samuelian".
  const afterFirst = tokens[start]!.folded;
  if (to - start > 1 && gaps[start + 1] === 'HYPHEN' && afterFirst.length > 3) add(surnames, afterFirst);
  if (start === from + 1) add(firstNames, tokens[from]!.folded);
}

function personOf(
  { page, from, to }: Naming,
  surnames: ReadonlyMap<string, Entity | null>,
  firstNames: ReadonlyMap<string, Entity | null>,
): Entity | null {
  const { tokens, gaps } = page.words;
  let key = '';
  for (let i = from; i < to; i++) key += tokens[i]!.folded;
  const bySurname = surnames.get(key);
  if (bySurname !== undefined) return bySurname;
  const first = tokens[from]!.folded;
  if (to - from === 2 && gaps[to - 1] === 'INITIAL') {
    const person = surnames.get(tokens[to - 1]!.folded) ?? null;
    return person?.name.toLowerCase().startsWith(first) === true ? person : null;
  }
  if (to - from === 1 && (classesOf(first) & FIRST_NAME) !== 0) return firstNames.get(first) ?? null;
  return null;
}

/** Surnames that no run of capitals gave: those that are also plain words, at the head of a sentence or not. */
function placeSurnames(page: Page, surnames: ReadonlyMap<string, Entity | null>): void {
  const { tokens, gaps } = page.words;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (page.taken[i] !== 0 || !isCapitalised(token)) continue;
    const person = surnames.get(token.folded) ?? null;
    if (person === null) continue;
    const classes = classesOf(token.folded);
    if ((classes & (FUNCTION | TIME | PLACE)) !== 0) continue;
    if ((classes & COMMON) !== 0 && isSentenceStart(gaps[i]!)) continue;
    const previous = tokens[i - 1];
    const follows = previous !== undefined && gaps[i] === 'SPACE' && isCapitalised(previous);
    // "Brigitte Macron" is not Emmanuel Macron.
    if (follows && page.taken[i - 1] === 0 && (classesOf(previous.folded) & FIRST_NAME) !== 0) continue;
    place(page, i, i + 1, person, SURNAME);
  }
}

/** "Eva et Mina Tazi": the first of two has the surname of the second. */
export function nameSiblings(pages: readonly Page[]): void {
  for (const page of pages) {
    const { tokens, gaps } = page.words;
    for (const first of [...page.namings.values()]) {
      const second = page.namings.get(first.to + 1);
      if (first.to - first.from !== 1 || second === undefined || second.to - second.from !== 2) continue;
      if (tokens[first.to]!.folded !== 'et' || gaps[first.to] !== 'SPACE' || gaps[second.from] !== 'SPACE')
        continue;
      const areFirstNames = (token: number): boolean => (classesOf(tokens[token]!.folded) & FIRST_NAME) !== 0;
      if (first.entity.register !== null || !areFirstNames(first.from) || !areFirstNames(second.from))
        continue;
      const surname = surfaceOf(page, second.from + 1, second.to);
      first.entity.name = `${surfaceOf(page, first.from, first.to)} ${surname}`;
      first.entity.isNamed = true;
      first.entity.evidence.PERSON += 3;
    }
  }
}

/** Gives the short name of an organisation ("Clearview") to the one named in full ("Clearview AI"). */
export function joinOrganizations(entities: readonly Entity[]): void {
  const short = new Map<string, Entity | null>();
  for (const entity of entities) {
    if (entity.namings.length === 0) continue;
    const kind = kindOf(entity);
    if (kind === null || kind === 'PERSON') continue;
    for (const { page, from, to } of entity.namings) {
      const { tokens } = page.words;
      let end = to;
      while (end > from + 1 && (classesOf(tokens[end - 1]!.folded) & DECORATION) !== 0) end--;
      if (end === to) continue;
      let key = '';
      for (let i = from; i < end; i++) key += tokens[i]!.folded;
      const other = short.get(key);
      short.set(key, other === undefined || other === entity ? entity : null);
    }
  }
  if (short.size === 0) return;
  for (const entity of entities) {
    const naming = entity.namings[0];
    if (entity.register !== null || naming === undefined) continue;
    let key = '';
    for (let i = naming.from; i < naming.to; i++) key += naming.page.words.tokens[i]!.folded;
    const full = short.get(key) ?? null;
    if (full !== null && full !== entity) merge(entity, full);
  }
}

/** Joins "Conseil européen de l'innovation (EIC)" and "EIC (Conseil européen de l'innovation)". */
export function joinAcronyms(pages: readonly Page[]): void {
  for (const page of pages) {
    let previous: Naming | null = null;
    for (const naming of inOrder(page)) {
      const { gaps } = page.words;
      if (previous !== null && previous.to === naming.from && gaps[naming.from] === 'OPEN') {
        const closes =
          gaps[naming.to] === 'CLOSE' || gaps[naming.to] === 'STOP' || gaps[naming.to] === 'COMMA';
        if (closes && (abbreviates(naming, previous) || abbreviates(previous, naming)))
          joinPair(previous, naming);
      }
      previous = naming;
    }
  }
}

function joinPair(first: Naming, second: Naming): void {
  const a = first.entity;
  const b = second.entity;
  if (a === b || (a.register !== null && b.register !== null)) return;
  const [keep, drop] = b.register !== null ? [b, a] : [a, b];
  addAll(keep, drop);
  merge(drop, keep);
}

function addAll(keep: Entity, drop: Entity): void {
  for (const sign of Object.keys(keep.evidence) as (keyof Entity['evidence'])[])
    keep.evidence[sign] += sign === 'other' ? 0 : drop.evidence[sign];
}

/** True when the letters of the one-word name begin words of the other, in order ("Dreets", "EIC", "CNIL"). */
function abbreviates(short: Naming, long: Naming): boolean {
  if (short.to - short.from !== 1 || long.to - long.from < 2) return false;
  const token = short.page.words.tokens[short.from]!;
  const letters = token.folded;
  if (letters.length < 2 || letters.length > 10 || token.shape === 'LOWER') return false;
  const words = long.page.words.tokens.slice(long.from, long.to).map((t) => t.folded);
  const initials = words
    .filter((word) => (classesOf(word) & (FUNCTION | PARTICLE)) === 0)
    .map((word) => word.charAt(0));
  // "ODAP" takes the "des" of "Observatoire des algorithmes publics" along.
  const all = words.map((word) => word.charAt(0));
  if (begins(letters, initials) || begins(letters, all)) return true;
  // "EIC" for "Conseil européen de l'innovation": the letters of another language's order.
  if (token.shape !== 'UPPER' || letters.length > initials.length + 1) return false;
  const left = [...initials];
  for (const letter of letters) {
    const at = left.indexOf(letter);
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return true;
}

/** True when the letters are, in order, those of the words, or enough of them. */
function begins(letters: string, initials: readonly string[]): boolean {
  let matched = 0;
  for (const initial of initials) if (matched < letters.length && letters[matched] === initial) matched++;
  return matched >= 2 && matched >= Math.min(letters.length, initials.length);
}
