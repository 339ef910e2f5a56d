/**
 * Who paid into a round: lists after "mené par", "auprès de", "aux côtés de", subjects of "participent", "ont investi", and
 * what stands beside them.
 */
import type { ReadActor } from './extraction.ts';
import { formsOf } from './funding-cues.ts';
import type { Page, PageMention, PageSentence } from './funding-page.ts';
import { governor } from './funding-parties.ts';
import { INVESTOR_PHRASES, JOINING_VERBS, ROLES } from './lexicon/funding-parties.ts';

/** An investor and whether the text says it leads. */
export interface FoundInvestor {
  readonly actor: ReadActor;
  readonly lead: boolean;
  readonly at: number;
}

const PHRASES = compilePhrases();
const JOINING = formsOf(...JOINING_VERBS.split(' '));
const LEADING = formsOf(
  'mener',
  'emmener',
  'diriger',
  'piloter',
  'conduire',
  'orchestrer',
  'codiriger',
  'comener',
  'chapeauter',
);
const HEADS = new Set('tour operation table levee round financement serie'.split(' '));

function compilePhrases(): ReadonlyMap<string, ReadonlyArray<{ words: readonly string[]; lead: boolean }>> {
  const byFirst = new Map<string, { words: string[]; lead: boolean }[]>();
  for (const [phrase, lead] of INVESTOR_PHRASES) {
    const words = phrase.split(' ');
    const list = byFirst.get(words[0]!) ?? [];
    list.push({ words, lead });
    byFirst.set(words[0]!, list);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

/**
 * The investors that a stretch of a sentence names. `excluded` are those who cannot be (the recipient, its people).
 * A sentence without a word for investing names none.
 */
export function findInvestors(
  page: Page,
  sentence: PageSentence,
  excluded: (actor: ReadActor) => boolean,
  from = sentence.from,
  to = sentence.to,
): FoundInvestor[] {
  const found = new Map<number, FoundInvestor>();
  const add = (m: PageMention, lead: boolean): void => {
    if (excluded(m.actor)) return;
    const known = found.get(m.actor.ref);
    if (!known) found.set(m.actor.ref, { actor: m.actor, lead, at: m.from });
    else if (lead && !known.lead) found.set(m.actor.ref, { ...known, lead });
  };
  for (let i = from; i < to; i++) {
    const phrase = phraseAt(page, i);
    if (phrase) {
      const after = i + phrase.words.length;
      const tail = phrase.words.at(-1)!;
      const open = /^(?:de|d|du|des|par|a)$/.test(tail);
      const link = page.words[after]?.folded ?? '';
      // "les actionnaires d'Instagram" back Instagram; they are not Instagram.
      if (!open && /^(?:de|d|du|des)$/.test(link) && page.breaks[after] === 'NONE') {
        i = after;
        continue;
      }
      const named = readList(page, after, to);
      if (named.length === 0 && (tail === 'table' || tail === 'capital')) {
        const before = subjectsOf(page, i, from);
        if (before.length > 1) for (const m of before) add(m, false);
      }
      const head = phrase.lead && !open ? lastMention(page, from, i) : null;
      if (head && governor(page, head.from) < 0) add(head, true);
      let leads = phrase.lead && !head;
      named.forEach((m, k) => {
        if (k > 0 && leads && !coordinated(page, named[k - 1]!, m)) leads = false;
        add(m, leads);
      });
      i = after - 1;
      continue;
    }
    const { folded } = page.words[i]!;
    if (!JOINING.has(folded) || page.mentionAt[i] !== -1 || page.amountAt[i] !== -1) continue;
    if (!isJoining(page, i, to)) continue;
    const lead =
      LEADING.has(folded) ||
      (/^(?:pris|prend|prendra)$/.test(folded) && /^(?:tete)$/.test(page.words[i + 2]?.folded ?? ''));
    const subjects = subjectsOf(page, i, from);
    // "arrivent", "suivent" are said of investors only beside one who is known to be.
    if (
      WEAK.test(folded) &&
      !subjects.some((m) => m.actor.kind === 'INVESTOR' || m.actor.kind === 'GOVERNMENT')
    )
      continue;
    for (const m of subjects) add(m, lead);
    if (subjects.length === 0) {
      const colon = colonAfter(page, i, to);
      if (colon >= 0) for (const m of readList(page, colon, to)) add(m, lead);
    }
    if (/^(?:suivi|suivie|suivis|rejoint|rejoints|accompagne|accompagnee)$/.test(folded)) continue;
    // "auquel ont participé Microsoft, Nvidia et MGX"
    if (inverted(page, i, from)) for (const m of readList(page, i + 1, to)) add(m, lead);
  }
  return [...found.values()];
}

function phraseAt(page: Page, at: number): { words: readonly string[]; lead: boolean } | null {
  const list = PHRASES.get(page.words[at]!.folded);
  if (!list || page.mentionAt[at] !== -1) return null;
  for (const entry of list) {
    let k = 1;
    while (k < entry.words.length && page.words[at + k]?.folded === entry.words[k]) k++;
    if (k === entry.words.length) return entry;
  }
  return null;
}

const WEAK = /^(?:arriv|suiv|suit|complet|rejoi|accompagn|ajout|renforc|sign|port)/;

function colonAfter(page: Page, from: number, to: number): number {
  for (let i = from + 1; i < to && i < from + 8; i++) if (page.breaks[i] === 'COLON') return i;
  return -1;
}

/** Verbs that mean joining a round only with the right object: "mène le tour", "entre au capital", "suit". */
function isJoining(page: Page, at: number, to: number): boolean {
  const { folded } = page.words[at]!;
  const verb = folded.replace(/(?:ent|ont|e|a|nt)$/, '');
  const ahead = page.words.slice(at + 1, Math.min(at + 7, to)).map((w) => w.folded);
  if (/^(?:men|emmen|dirig|pilot|condui|orchestr|codirig|port)/.test(verb) || folded === 'mene') {
    return ahead.some((w) => HEADS.has(w));
  }
  if (
    /^(?:entre|entrent|entra|entree|monte|montent|figure|figurent|compt|ajout|prend|prennent|pris|met|mis|mettent|repond|arriv|renforc|port)/.test(
      folded,
    )
  ) {
    return (
      ahead.some(
        (w) =>
          w === 'capital' ||
          w === 'tour' ||
          w === 'table' ||
          w === 'pot' ||
          w === 'poche' ||
          w === 'investisseurs' ||
          w === 'actionnaires' ||
          w === 'tete' ||
          w === 'soutiens' ||
          w === 'souscripteurs' ||
          w === 'appel',
      ) || /^arriv/.test(folded)
    );
  }
  if (/^(?:soutien|soutenu|soutient|finance)/.test(folded)) return false;
  return true;
}

function inverted(page: Page, at: number, from: number): boolean {
  for (let i = at; i > from && i > at - 6; i--) {
    if (/^(?:auquel|auxquels|laquelle|lequel|ou|y)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

function lastMention(page: Page, from: number, to: number): PageMention | null {
  for (let i = to - 1; i >= from; i--) {
    const place = page.mentionAt[i]!;
    if (place !== -1) return page.mentions[place]!;
  }
  return null;
}

/** The mentions before a verb that may be its subject: none behind a preposition, back to the sentence's start. */
function subjectsOf(page: Page, at: number, from: number): PageMention[] {
  const subjects: PageMention[] = [];
  let stop = from;
  for (let i = at - 1; i >= from; i--) {
    if (page.breaks[i + 1] === 'SEMICOLON' || page.breaks[i + 1] === 'COLON') {
      stop = i + 1;
      break;
    }
  }
  for (let i = at - 1; i >= stop; i--) {
    const place = page.mentionAt[i]!;
    if (place === -1) continue;
    const m = page.mentions[place]!;
    i = m.from;
    if (isAside(page, m)) continue;
    const preposition = governor(page, m.from);
    if (preposition >= 0 && page.words[preposition]!.folded !== 'dont' && !isHouse(page, preposition - 1))
      continue;
    subjects.push(m);
  }
  return subjects.reverse();
}

/** "la famille X", "la fondation d'X": the house pays for the name. */
const HOUSES = new Set('fondation famille holding fonds groupe societe'.split(' '));

function isHouse(page: Page, at: number): boolean {
  if (at < 1 || !HOUSES.has(page.words[at]!.folded)) return false;
  // "AI Collaborative, le groupe de X": the name before the comma is the one that pays.
  return !(page.breaks[at - 1] === 'COMMA' && at >= 2 && page.mentionAt[at - 2] !== -1);
}

const STOP_LIST = new Set(
  'pour afin qui permettra permettent permet porte portant valorise valorisant apres lors alors tandis que quand depuis'.split(
    ' ',
  ),
);

/** The mentions of a list that begins at a word: "A, B et le fonds C, ainsi que D". */
function readList(page: Page, from: number, to: number): PageMention[] {
  const list: PageMention[] = [];
  for (let i = from; i < to; i++) {
    if (i > from && (page.breaks[i] === 'SEMICOLON' || (page.breaks[i] === 'COLON' && list.length > 0)))
      break;
    const place = page.mentionAt[i]!;
    if (place === -1) {
      const { folded } = page.words[i]!;
      if (page.amountAt[i] !== -1 && list.length > 0) break;
      if (STOP_LIST.has(folded)) {
        if (folded === 'qui' || folded === 'que') {
          // A relative clause: the list may go on after its comma.
          if (list.length === 0) break;
          continue;
        }
        break;
      }
      continue;
    }
    const m = page.mentions[place]!;
    i = m.to - 1;
    if (isAside(page, m)) continue;
    list.push(m);
  }
  return list;
}

/** "Elad Gil, co-fondateur de Color Genomics", "Large Venture de Bpifrance": the second name only describes the first. */
function isAside(page: Page, m: PageMention): boolean {
  const preposition = governor(page, m.from);
  if (preposition <= 0) return false;
  const { folded } = page.words[preposition]!;
  if (folded !== 'de' && folded !== 'd' && folded !== 'du' && folded !== 'chez' && folded !== 'via')
    return false;
  if (page.breaks[preposition] !== 'NONE') return false;
  for (let i = preposition - 1; i >= 0 && i > preposition - 5; i--) {
    const { folded: word } = page.words[i]!;
    if (word === 'et' || word === 'ou' || word === 'que') return false;
    if (page.mentionAt[i] !== -1) return true;
    if (ROLES.has(word)) return true;
    if (page.breaks[i] !== 'NONE') return false;
  }
  return false;
}

function coordinated(page: Page, a: PageMention, b: PageMention): boolean {
  if (b.from - a.to > 4) return false;
  for (let i = a.to; i < b.from; i++) {
    if (!/^(?:et|le|la|l|les|fonds|par)$/.test(page.words[i]!.folded)) return false;
  }
  const between = page.words.slice(a.to, b.from).some((w) => w.folded === 'et');
  return between || page.breaks[b.from] === 'COMMA';
}

/** True for a sentence that speaks of who invests, with no amount of its own needed. */
export function speaksOfInvestors(page: Page, sentence: PageSentence): boolean {
  for (let i = sentence.from; i < sentence.to; i++) {
    if (phraseAt(page, i)) return true;
    const { folded } = page.words[i]!;
    if (JOINING.has(folded) && page.mentionAt[i] === -1 && isJoining(page, i, sentence.to)) return true;
  }
  return false;
}
