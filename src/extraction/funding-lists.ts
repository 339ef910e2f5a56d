/**
 * Names in a row: "A, B et le fonds C, ainsi que D", subjects before a verb, and names that only describe another.
 */
import type { Page, PageMention } from './funding-page.ts';
import { governor, governorOf } from './funding-phrases.ts';
import { FUND_NOUNS, ORGANISATION_NOUNS, ROLES } from './lexicon/funding-parties.ts';

/** Words at which a list of names is over. */
const STOPS = new Set(
  'pour afin permettra permettent permet porte portant valorise valorisant apres lors alors tandis quand depuis mais face contre selon elle il'.split(
    ' ',
  ),
);
/** A relative clause: the names in it are not in the list, which may go on after its comma. */
const RELATIVES = new Set(['qui', 'que', 'qu', 'dont', 'ou', 'lequel', 'laquelle']);

/** The mentions of a list that begins at a word. */
export function readList(page: Page, from: number, to: number): PageMention[] {
  const list: PageMention[] = [];
  let aside = false;
  for (let i = from; i < to; i++) {
    const brk = page.breaks[i];
    if (i > from && (brk === 'SEMICOLON' || (brk === 'COLON' && list.length > 0))) break;
    if (brk === 'COMMA' || brk === 'DASH' || /^(?:devant|avec)$/.test(page.words[i]!.folded)) aside = false;
    const place = page.mentionAt[i]!;
    if (place === -1) {
      const { folded } = page.words[i]!;
      if (page.amountAt[i] !== -1 && list.length > 0) break;
      if (STOPS.has(folded) && !(list.length === 0 && (folded === 'contre' || isDescription(page, i, to))))
        break;
      if (RELATIVES.has(folded) && folded !== 'dont') {
        // "Au capital, que du beau linge : Accel, …"
        const colon = list.length === 0 ? colonAfter(page, i, to) : -1;
        if (list.length === 0 && colon < 0) break;
        if (colon >= 0) i = colon - 1;
        else aside = true;
      }
      // "du fonds French Tech Seed, opéré par Bpifrance, d'Elaia"
      if (brk === 'COMMA' && list.length > 0 && MANAGED.test(folded)) aside = true;
      // ", la start-up veut …": a new subject.
      if (brk === 'COMMA' && list.length > 0 && /^l[ea]?$/.test(folded) && isVenture(page, i + 1)) break;
      continue;
    }
    const mention = page.mentions[place]!;
    i = mention.to - 1;
    if (!aside && !isAside(page, mention)) list.push(mention);
  }
  return list;
}

/** Opens an aside that tells whose a fund is. */
const MANAGED = /^(?:oper|ger|fond|cre|detenu|control|pilot|lanc|conseill)(?:e|ee|es|ees)?$/;

const COLON_REACH = 8;

/** The word behind a colon that stands soon after word `at`, or -1. */
export function colonAfter(page: Page, at: number, to: number): number {
  for (let i = at + 1; i < to && i < at + COLON_REACH; i++) if (page.breaks[i] === 'COLON') return i;
  return -1;
}

/** "le fabricant de machines pour semi-conducteurs ASML": a name follows the noun that "pour" introduces. */
function isDescription(page: Page, at: number, to: number): boolean {
  if (page.words[at]!.folded !== 'pour') return false;
  for (let i = at + 1; i < to && i < at + 5; i++) {
    if (page.breaks[i] !== 'NONE') return false;
    if (page.mentionAt[i] !== -1) return true;
    if (/^(?:l|la|le|les|un|une|son|sa|ses)$|(?:er|ir|re)$/.test(page.words[i]!.folded)) return false;
  }
  return false;
}

function isVenture(page: Page, at: number): boolean {
  const { folded = '' } = page.words[at] ?? {};
  return (
    /^(?:startup|start|jeune|entreprise|societe|pepite|licorne|plateforme)$/.test(folded) &&
    ORGANISATION_NOUNS.has(folded)
  );
}

/** "la famille X", "la fondation d'X": the house pays for the name. */
const HOUSES = new Set('fondation famille holding fonds groupe societe'.split(' '));

function isHouse(page: Page, at: number): boolean {
  if (at < 1 || !HOUSES.has(page.words[at]!.folded)) return false;
  // "AI Collaborative, le groupe de X": the name before the comma is the one that pays.
  return !(page.breaks[at - 1] === 'COMMA' && at >= 2 && page.mentionAt[at - 2] !== -1);
}

/** The mentions before a verb that may be its subject, back to the start of its clause. */
export function subjectsBefore(page: Page, at: number, from: number): PageMention[] {
  let start = from;
  for (let i = at; i > from; i--) {
    if (page.breaks[i] === 'SEMICOLON' || page.breaks[i] === 'COLON') {
      start = i;
      break;
    }
  }
  const subjects: PageMention[] = [];
  for (let i = start; i < at; i++) {
    const place = page.mentionAt[i]!;
    if (place === -1) continue;
    const mention = page.mentions[place]!;
    i = mention.to - 1;
    if (isAside(page, mention)) continue;
    const preposition = governorOf(page, mention);
    if (preposition < 0 || isExample(page, preposition) || isHouse(page, preposition - 1))
      subjects.push(mention);
  }
  return subjects;
}

/** "dont X", "parmi lesquels X": one of those named before. */
function isExample(page: Page, preposition: number): boolean {
  const next = page.words[preposition + 1]?.folded ?? '';
  const { folded } = page.words[preposition]!;
  return folded === 'dont' || (folded === 'parmi' && /^(?:lesquels|lesquelles|eux|elles)$/.test(next));
}

/** "Elad Gil, co-fondateur de Color Genomics", "Large Venture de Bpifrance": the second name only describes the first. */
export function isAside(page: Page, mention: PageMention): boolean {
  const preposition = governor(page, mention.from);
  if (preposition <= 0 || page.breaks[preposition] !== 'NONE') return false;
  if (!/^(?:de|d|du|chez|via)$/.test(page.words[preposition]!.folded)) return false;
  for (let i = preposition - 1; i >= 0 && i > preposition - 5; i--) {
    const { folded } = page.words[i]!;
    if (/^(?:et|ou|que|aupres|par|avec|cotes)$/.test(folded)) return false;
    if (page.mentionAt[i] !== -1 || ROLES.has(folded)) return true;
    // "ZEBOX Ventures, l'accélérateur de CMA CGM"
    if (page.breaks[i] !== 'NONE')
      return (
        page.breaks[i] === 'COMMA' &&
        /^(?:le|la|l|un|une|son|sa)$/.test(folded) &&
        i < preposition &&
        i > 0 &&
        page.mentionAt[i - 1] !== -1 &&
        !HOUSES.has(page.words[preposition - 1]!.folded)
      );
  }
  return false;
}

/** Words that join two names of a list, and what may describe the second: "ainsi que le business angel lyonnais X". */
const GLUE =
  /^(?:et|ou|puis|ainsi|que|aussi|egalement|encore|enfin|notamment|le|la|l|les|un|une|des|son|sa|ses|par|de|d|du|aupres|business|angels?|family|offices?|capital|risque|corporate|venture|holding|famille|bras|branche|filiale|vehicule|milliardaires?|entrepreneure?s?|investisseurs?|patrons?|serial)$/;
const DESCRIPTIVE = /(?:ain|ais|ois|ien|and|ique|al|eux|if|el|aire|eur|eenn?e?)(?:e|ne|s|es|nes)?$/;
const LONGEST_GLUE = 7;

/** True when two neighbouring mentions stand in one list: a comma or "et", and words that only describe between them. */
export function areListed(page: Page, a: PageMention, b: PageMention): boolean {
  if (b.from - a.to > LONGEST_GLUE || page.sentenceOf[a.from] !== page.sentenceOf[b.from]) return false;
  let and = false;
  for (let i = a.to; i < b.from; i++) {
    const { folded, shape } = page.words[i]!;
    const describes =
      GLUE.test(folded) ||
      ORGANISATION_NOUNS.has(folded) ||
      FUND_NOUNS.has(folded) ||
      ROLES.has(folded) ||
      DESCRIPTIVE.test(folded);
    if (shape !== 'LOWER' || !describes || /^(?:SEMICOLON|SENTENCE|LINE|COLON)$/.test(page.breaks[i]!))
      return false;
    if (folded === 'et' || folded === 'que') and = true;
  }
  return and || page.breaks[a.to] === 'COMMA' || (b.from === a.to && page.breaks[b.from] === 'COMMA');
}

/** A mention and the ones right behind it in its list. */
export function listedFrom(page: Page, first: PageMention, to: number): PageMention[] {
  const list = [first];
  let last = first;
  for (let place = page.mentionAt[first.from]! + 1; place < page.mentions.length; place++) {
    const next = page.mentions[place]!;
    if (next.from >= to || !(areListed(page, last, next) || isAside(page, next))) break;
    if (!isAside(page, next)) list.push(next);
    last = next;
  }
  return list;
}

/** The mention that begins within the words given, nothing but words between. */
export function firstMention(page: Page, from: number, to: number): PageMention | null {
  for (let i = from; i < to; i++) {
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) return page.mentions[place]!;
    if (page.amountAt[i] !== -1) return null;
  }
  return null;
}

export function lastMention(page: Page, from: number, to: number): PageMention | null {
  for (let i = to - 1; i >= from; i--) {
    const place = page.mentionAt[i]!;
    if (place !== -1) return page.mentions[place]!;
  }
  return null;
}
