/**
 * Ties that the text states between a person and an organisation: "Arthur Mensch, cofondateur de Mistral AI", "le PDG de
 * Mistral AI, Arthur Mensch", "Owkin a été fondée par Thomas Clozel", "son directeur général, Nicolas Dufourcq".
 */
import type { ActorKind } from '#actor/actor.ts';
import { type Entity, inOrder, type Naming, type Page } from './cast.ts';
import type { ReadAffiliation } from './extraction.ts';
import { ARTICLES, DETERMINERS, OF, POSSESSIVES, type Role, readRole } from './roles.ts';
import { classesOf, FORMER, HEAD, NATIONALITY, ROLE } from './word-classes.ts';

/** Longer roles are cut: "directeur" and what follows it says enough. */
const MAX_ROLE = 60;
const FOUNDING: ReadonlyMap<string, string> = new Map([
  ['fondee', 'fondateur'],
  ['fonde', 'fondateur'],
  ['creee', 'fondateur'],
  ['cree', 'fondateur'],
  ['cofondee', 'cofondateur'],
  ['cofonde', 'cofondateur'],
  ['co-fondee', 'cofondateur'],
  ['co-fonde', 'cofondateur'],
  ['dirigee', 'dirigeant'],
  ['dirige', 'dirigeant'],
  ['presidee', 'président'],
  ['preside', 'président'],
]);

interface Tie {
  readonly person: Naming;
  readonly organization: Naming;
  readonly role: string;
  readonly former: boolean;
  /** Tokens that say so. */
  readonly from: number;
  readonly to: number;
}

/** Finds the ties between entities that have a reference; each tie and role once, at its first place. */
export function findAffiliations(
  pages: readonly Page[],
  refs: ReadonlyMap<Entity, number>,
): readonly ReadAffiliation[] {
  const found = new Map<string, ReadAffiliation>();
  for (const page of pages) {
    const namings = inOrder(page).filter((naming) => refs.has(naming.entity));
    for (let i = 0; i < namings.length; i++) {
      for (const tie of tiesAt(page, namings, i)) {
        const { tokens } = page.words;
        const person = refs.get(tie.person.entity)!;
        const organization = refs.get(tie.organization.entity)!;
        const key = `${person} ${organization} ${tie.role.toLowerCase()} ${tie.former}`;
        if (found.has(key)) continue;
        found.set(key, {
          field: page.words.field,
          start: tokens[tie.from]!.start,
          end: tokens[tie.to - 1]!.end,
          person,
          organization,
          role: tie.role,
          former: tie.former,
        });
      }
    }
  }
  return [...found.values()];
}

function tiesAt(page: Page, namings: readonly Naming[], at: number): Tie[] {
  const naming = namings[at]!;
  if (naming.entity.kind !== 'PERSON') return [];
  return [
    ...afterPerson(page, namings, at),
    ...beforePerson(page, namings, at),
    ...foundedBy(page, namings, at),
    ...founderOf(page, namings, at),
  ];
}

/** "X, cofondateur et PDG de Y, ancien directeur de Z" */
function afterPerson(page: Page, namings: readonly Naming[], at: number): Tie[] {
  const { gaps } = page.words;
  const person = namings[at]!;
  const ties: Tie[] = [];
  if (gaps[person.to] !== 'COMMA' && gaps[person.to] !== 'OPEN') return ties;
  let from = person.to;
  let next = at + 1;
  for (let count = 0; count < 4; count++) {
    let role = readRole(page.words, from);
    if (role === null) break;
    const led = organizationAfter(page, namings, role.to, next);
    const organization = led?.organization ?? houseOf(page, namings, at, from, role.to);
    if (organization === null) break;
    if (led !== null) role = { ...role, to: Math.max(role.to, led.of) };
    const to = Math.max(organization.to, role.to);
    ties.push(tieOf(page, person, organization, role, person.from, Math.max(to, person.to)));
    if (organization.from < role.to) break;
    from = organization.to;
    next = namings.indexOf(organization) + 1;
    if (gaps[from] === 'COMMA') continue;
    if (page.words.tokens[from]?.folded !== 'et') break;
    from++;
  }
  return ties;
}

/** "l'ancien patron de Google Eric Schmidt", "le PDG de Mistral AI, Arthur Mensch", "son directeur général, X" */
function beforePerson(page: Page, namings: readonly Naming[], at: number): Tie[] {
  const { tokens, gaps } = page.words;
  const person = namings[at]!;
  const gap = gaps[person.from];
  if (gap !== 'COMMA' && gap !== 'SPACE') return [];
  const previous = namings[at - 1];
  const organization = previous?.to === person.from && previous.entity.kind !== 'PERSON' ? previous : null;
  let end = organization?.from ?? person.from;
  if (organization !== null) {
    if (end > 0 && ARTICLES.has(tokens[end - 1]!.folded)) end--;
    if (end === 0 || !OF.has(tokens[end - 1]!.folded)) return [];
    end--;
  }
  for (let from = end - 1; from >= 0 && end - from <= 7; from--) {
    const here = gaps[from + 1];
    if (here === 'STOP' || (here === 'COMMA' && from + 1 < end)) return [];
    const role = readRole(page.words, from);
    if (role === null || role.from !== from) continue;
    if (role.to !== end) {
      // "le patron américain de Google": the words between are the role's own.
      if (organization === null || role.to > end) continue;
    }
    const before = tokens[from - 1]?.folded ?? '';
    if ((classesOf(before) & ROLE) !== 0) continue;
    const former = role.former || (classesOf(before) & FORMER) !== 0;
    const opens = gaps[from] === 'STOP';
    if (!opens && !former && !DETERMINERS.has(before) && !POSSESSIVES.has(before)) return [];
    const owner = organization ?? (POSSESSIVES.has(before) ? lastOrganization(namings, at, null) : null);
    if (owner === null) return [];
    const start = Math.min(from, owner.from);
    return [tieOf(page, person, owner, { from, to: role.to, former }, start, person.to)];
  }
  return [];
}

/** "Owkin a été cofondée en 2016 par Thomas Clozel, clinicien, et Gilles Wainrib" */
function foundedBy(page: Page, namings: readonly Naming[], at: number): Tie[] {
  const { tokens, gaps } = page.words;
  const ties: Tie[] = [];
  const first = namings[at]!;
  if (first.from < 2 || tokens[first.from - 1]!.folded !== 'par') return ties;
  for (let i = first.from - 2; i >= 0 && first.from - i <= 8 && gaps[i + 1] !== 'STOP'; i--) {
    const verb = FOUNDING.get(tokens[i]!.folded) ?? null;
    if (verb === null) continue;
    const organization = namings[at - 1];
    if (organization === undefined || organization.entity.kind === 'PERSON' || i - organization.to > 6)
      return ties;
    for (let j = organization.to; j <= i; j++) if (gaps[j] === 'STOP') return ties;
    const people = [first, ...peopleAfter(page, namings, at)];
    const role = verb === 'fondateur' && people.length > 1 ? 'cofondateur' : verb;
    for (const person of people)
      ties.push({ person, organization, role, former: false, from: organization.from, to: person.to });
    return ties;
  }
  return ties;
}

/** Further people of the same sentence with no organisation between: the other founders. */
function peopleAfter(page: Page, namings: readonly Naming[], at: number): Naming[] {
  const people: Naming[] = [];
  let end = namings[at]!.to;
  for (let i = at + 1; i < namings.length; i++) {
    const naming = namings[i]!;
    if (naming.entity.kind !== 'PERSON' || naming.from - end > 12) break;
    for (let j = end; j <= naming.from; j++) if (page.words.gaps[j] === 'STOP') return people;
    people.push(naming);
    end = naming.to;
  }
  return people;
}

/** "Xavier Niel a fondé Iliad", "Nicolas Dufourcq dirige Bpifrance" */
function founderOf(page: Page, namings: readonly Naming[], at: number): Tie[] {
  const { tokens, gaps } = page.words;
  const person = namings[at]!;
  const organization = namings[at + 1];
  if (organization === undefined || organization.entity.kind === 'PERSON') return [];
  if (organization.from - person.to > 5 || gaps[person.to] !== 'SPACE') return [];
  for (let i = person.to; i < organization.from; i++) {
    if (gaps[i] !== 'SPACE' && gaps[i] !== 'HYPHEN' && gaps[i] !== 'APOSTROPHE') return [];
    const role = FOUNDING.get(tokens[i]!.folded);
    if (role === undefined || tokens[i]!.folded.endsWith('ee')) continue;
    if (tokens[organization.from - 1]!.folded === 'par') return [];
    return [{ person, organization, role, former: false, from: person.from, to: organization.to }];
  }
  return [];
}

/** The organisation that "de", "chez", "de la recherche de" leads to from the end of a role, and where that word stands. */
function organizationAfter(
  page: Page,
  namings: readonly Naming[],
  from: number,
  next: number,
): { readonly organization: Naming; readonly of: number } | null {
  const { tokens, gaps } = page.words;
  const organization = namings.slice(next, next + 2).find((naming) => naming.from >= from);
  if (organization === undefined || organization.entity.kind === 'PERSON') return null;
  if (organization.from === from || organization.from - from > 8) return null;
  for (let i = from; i < organization.from; i++)
    if (gaps[i] !== 'SPACE' && gaps[i] !== 'APOSTROPHE' && gaps[i] !== 'HYPHEN') return null;
  const apart = gaps[organization.from];
  if (apart !== 'SPACE' && apart !== 'APOSTROPHE' && apart !== 'QUOTE') return null;
  // "du groupe maritime CMA CGM": one word of its own may stand between the noun and the name.
  let of = organization.from - 1;
  let unknown = 0;
  while (of >= from && !OF.has(tokens[of]!.folded)) {
    const classes = classesOf(tokens[of]!.folded);
    if (!ARTICLES.has(tokens[of]!.folded) && (classes & (HEAD | NATIONALITY)) === 0 && ++unknown > 1)
      return null;
    of--;
  }
  return of >= from ? { organization, of } : null;
}

const HOUSES: ReadonlyMap<string, ActorKind> = new Map([
  ['entreprise', 'COMPANY'],
  ['societe', 'COMPANY'],
  ['groupe', 'COMPANY'],
  ['start', 'COMPANY'],
  ['startup', 'COMPANY'],
  ['jeune', 'COMPANY'],
  ['licorne', 'COMPANY'],
  ['pepite', 'COMPANY'],
  ['fonds', 'INVESTOR'],
  ['banque', 'INVESTOR'],
  ['laboratoire', 'LAB'],
  ['institut', 'LAB'],
  ['association', 'ORGANIZATION'],
]);

/** "son PDG", "le PDG de l'entreprise": the house that the article last named. */
function houseOf(
  page: Page,
  namings: readonly Naming[],
  at: number,
  from: number,
  end: number,
): Naming | null {
  const { tokens, gaps } = page.words;
  if (POSSESSIVES.has(tokens[from]!.folded)) return lastOrganization(namings, at, null);
  if (tokens[end] === undefined || !OF.has(tokens[end].folded) || gaps[end] !== 'SPACE') return null;
  const noun = tokens[end + 1] !== undefined && ARTICLES.has(tokens[end + 1]!.folded) ? end + 2 : end + 1;
  const kind = HOUSES.get(tokens[noun]?.folded ?? '');
  return kind === undefined ? null : lastOrganization(namings, at, kind);
}

/** The organisation named last before a naming, of a kind when one is given. */
function lastOrganization(namings: readonly Naming[], at: number, kind: ActorKind | null): Naming | null {
  for (let i = at - 1; i >= 0 && at - i <= 12; i--) {
    const naming = namings[i]!;
    const own = naming.entity.kind;
    if (kind === null ? own !== 'PERSON' : own === kind) return naming;
  }
  return null;
}

function tieOf(page: Page, person: Naming, organization: Naming, role: Role, from: number, to: number): Tie {
  const { tokens, text } = page.words;
  const words = text.slice(tokens[role.from]!.start, tokens[Math.max(role.from, role.to - 1)]!.end);
  const said = words.replace(/\s+/g, ' ').slice(0, MAX_ROLE);
  const low = organization.page === person.page ? Math.min(from, organization.from) : from;
  return { person, organization, role: said, former: role.former, from: low, to };
}
