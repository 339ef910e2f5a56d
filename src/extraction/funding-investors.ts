/**
 * Who paid into a round: lists after "mené par", "auprès de", "aux côtés de", subjects of "participent", "ont investi", and
 * what stands beside them.
 */
import { WordSet } from '#text/word-set.ts';
import type { ReadActor } from './extraction.ts';
import { formsOf } from './funding-cues.ts';
import {
  areListed,
  colonAfter,
  firstMention,
  isAside,
  lastMention,
  listedFrom,
  readList,
  subjectsBefore,
} from './funding-lists.ts';
import type { Page, PageMention } from './funding-page.ts';
import { governor } from './funding-phrases.ts';
import { INVESTOR_PHRASES, JOINING_VERBS } from './lexicon/funding-parties.ts';

/** An investor, whether the text says it leads, and the word it stands at. */
export interface FoundInvestor {
  readonly actor: ReadActor;
  readonly lead: boolean;
  readonly at: number;
}

/** Where to look, and for whom not. */
export interface InvestorSearch {
  readonly from: number;
  readonly to: number;
  /** True for those who cannot be investors here: the recipient and its people. */
  readonly excluded: (actor: ReadActor) => boolean;
  /** True when the amount stands in the same sentence: loose words ("avec", "aux côtés de") then suffice. */
  readonly told: boolean;
  /** Whom the anaphor that is the subject of a word stands for, if an investor. */
  readonly recall: (at: number) => ReadActor | null;
}

interface Phrase {
  readonly words: readonly string[];
  readonly lead: boolean;
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
/** Verbs whose object is who pays: "a convaincu Otium Capital". */
const WOOING = formsOf(
  'convaincre',
  'seduire',
  'embarquer',
  'attirer',
  'rallier',
  'rassembler',
  'accueillir',
  'reunir',
);
const COMING = ['vient', 'viennent', 'provient', 'proviennent'];
/** Words that may tell of an investor: most of a text is none of them. */
const OPENERS: ReadonlySet<string> = new WordSet([
  ...PHRASES.keys(),
  ...JOINING.keys(),
  ...WOOING.keys(),
  ...COMING,
  'avec',
  'chez',
]);
const HEADS = new Set('tour operation table levee round financement serie'.split(' '));
const LOOSE = /^(?:aux cotes|cotes|grace|accompagne|soutenu|suivi|rejoint|entre autres|on|en compagnie)/;

function compilePhrases(): ReadonlyMap<string, readonly Phrase[]> {
  const byFirst = new Map<string, Phrase[]>();
  for (const [phrase, lead] of INVESTOR_PHRASES) {
    const words = phrase.split(' ');
    const list = byFirst.get(words[0]!) ?? [];
    list.push({ words, lead });
    byFirst.set(words[0]!, list);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

/** The investors that a stretch of a sentence names; none where it has no word for investing. */
export function findInvestors(page: Page, search: InvestorSearch): FoundInvestor[] {
  const found = new Map<number, FoundInvestor>();
  const addActor = (actor: ReadActor, lead: boolean, at: number): void => {
    if (search.excluded(actor)) return;
    const known = found.get(actor.ref);
    if (!known) found.set(actor.ref, { actor, lead, at });
    else if (lead && !known.lead) found.set(actor.ref, { ...known, lead });
  };
  const add: Add = (m, lead) => {
    if (!isSpeaking(page, m)) addActor(m.actor, lead, m.from);
  };
  for (let i = search.from; i < search.to; i++) {
    // "400 M$ (Tiger Global)"
    if (i > 0 && page.breaks[i] === 'OPEN' && page.amountAt[i - 1] !== -1 && page.mentionAt[i] !== -1) {
      const inside = page.mentions[page.mentionAt[i]!]!;
      if (inside.actor.kind === 'INVESTOR')
        for (const m of listedFrom(page, inside, search.to)) add(m, false);
    }
    // "43 millions d'euros, du fonds White Star Capital"
    if (
      i > 0 &&
      page.amountAt[i - 1] !== -1 &&
      page.amountAt[i] === -1 &&
      /^(?:de|d|du)$/.test(page.words[i]!.folded)
    ) {
      const source = firstMention(page, i + 1, Math.min(search.to, i + 5));
      if (source?.actor.kind === 'INVESTOR')
        for (const m of listedFrom(page, source, search.to)) add(m, false);
    }
    if (page.mentionAt[i] !== -1 || page.amountAt[i] !== -1 || !OPENERS.has(page.words[i]!.folded)) continue;
    const phrase = phraseAt(page, i);
    if (phrase) {
      readPhrase(page, search, phrase, i, add);
      i += phrase.words.length - 1;
    } else {
      readObject(page, search, i, add);
      readSubject(page, search, i, add, (actor, lead) => addActor(actor, lead, i));
    }
  }
  return [...found.values()];
}

/** "a indiqué Morgan Stanley", "rapporte Capital Finance": who says it. */
export function isSpeaking(page: Page, { from }: PageMention): boolean {
  return page.breaks[from] === 'NONE' && SAYING.test(page.words[from - 1]?.folded ?? '');
}

const SAYING =
  /^(?:indique|precise|annonce|rapporte|revele|estime|selon|affirme|explique|confie|assure|croit savoir|savoir|note|souligne|calcule|ecrit|resume|commente)$/;

type Add = (mention: PageMention, lead: boolean) => void;

function readPhrase(page: Page, search: InvestorSearch, phrase: Phrase, at: number, add: Add): void {
  const after = at + phrase.words.length;
  const tail = phrase.words.at(-1)!;
  const open = /^(?:de|d|du|des|par|a)$/.test(tail);
  // "les actionnaires d'Instagram" back Instagram; they are not Instagram.
  if (!open && /^(?:de|d|du|des)$/.test(page.words[after]?.folded ?? '') && page.breaks[after] === 'NONE')
    return;
  const named = readList(page, after, search.to).filter((m) => !search.excluded(m.actor));
  if (!search.told && LOOSE.test(phrase.words.join(' ')) && !named.some((m) => isKnownToInvest(m))) return;
  if (named.length === 0 && (tail === 'table' || tail === 'capital')) {
    const before = subjectsBefore(page, at, search.from);
    if (before.length > 1) for (const m of before) add(m, false);
  }
  // "XAnge est chef de file, avec …": who leads stands before.
  const head = phrase.lead && !open ? lastMention(page, search.from, at) : null;
  if (head && governor(page, head.from) < 0) {
    add(head, true);
    // "Sequoia et CapitalG en tête"
    const other = page.mentions[page.mentionAt[head.from]! - 1];
    if (other && page.words[head.from - 1]?.folded === 'et' && other.to === head.from - 1) add(other, true);
  }
  let leads = phrase.lead && !head;
  named.forEach((m, k) => {
    // "une chaire portée par l'École polytechnique": who carries a project does not pay for it.
    if (tail === 'par' && /^porte/.test(phrase.words[0]!) && m.actor.kind === 'LAB') return;
    // "La société de gestion, pilotée par X": who heads a house leads no round.
    if (phrase.lead && open && m.actor.kind === 'PERSON' && !headsRound(page, at)) return;
    if (k > 0 && leads && !areListed(page, named[k - 1]!, m)) leads = false;
    add(m, leads);
  });
}

/** True where a round or its sum stands right before: "un tour mené par X". */
function headsRound(page: Page, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 9 && page.sentenceOf[i] === page.sentenceOf[at]; i--)
    if (HEADS.has(page.words[i]!.folded) || page.amountAt[i] !== -1) return true;
  return false;
}

function isKnownToInvest({ actor }: PageMention): boolean {
  return actor.kind === 'INVESTOR' || actor.kind === 'GOVERNMENT';
}

/** "avec Kima Ventures et Partech", "a convaincu Otium Capital", "la moitié vient d'Andreessen Horowitz". */
function readObject(page: Page, { from, to, told }: InvestorSearch, at: number, add: Add): void {
  const { folded } = page.words[at]!;
  if (COMING.includes(folded)) {
    if (!/^(?:de|d|du|pour)$/.test(page.words[at + 1]?.folded ?? '')) return;
    if (sharesOut(page, from, Math.min(at + 5, to))) {
      // "un tiers vient de lui, un autre de Rodolphe Saadé"
      if (page.words[at + 2]?.folded === 'lui') {
        const him = page.mentions.findLast(
          (m) => m.to <= from && m.actor.kind === 'PERSON' && !isAside(page, m),
        );
        if (him) add(him, false);
      }
      for (const m of page.mentions) if (m.from > at && m.to <= to && !isAside(page, m)) add(m, false);
      return;
    }
    const first = firstMention(page, at + 2, Math.min(to, at + 6));
    if (first?.actor.kind === 'INVESTOR') for (const m of readList(page, first.from, to)) add(m, false);
  } else if (folded === 'avec' || folded === 'chez' || WOOING.has(folded)) {
    const first = firstMention(page, at + 1, Math.min(to, at + 6));
    // "…, avec Nvidia et Microsoft" right where a round is told; "un partenariat avec Nvidia" is another matter.
    const company =
      told &&
      folded === 'avec' &&
      (page.breaks[at] === 'COMMA' || page.amountAt[at - 1] !== -1) &&
      first?.actor.kind !== 'LAB';
    const several = first ? listedFrom(page, first, to).length > 1 : false;
    const backing = told && WOOING.has(folded) && (first?.actor.kind === 'GOVERNMENT' || several);
    if (first && (first.actor.kind === 'INVESTOR' || company || backing))
      for (const m of listedFrom(page, first, to)) add(m, false);
  }
}

function sharesOut(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (/^(?:moitie|tiers|quart|reste|essentiel|majorite|argent|somme|fonds)$/.test(page.words[i]!.folded))
      return true;
  }
  return false;
}

/** Verbs said of many things, and of investors only beside one who is known to be. */
const WEAK = /^(?:arriv|suiv|suit|complet|rejoi|accompagn|ajout|renforc|sign|port)/;

/** "A, B et C participent", "auquel ont participé A et B", "a répondu présent : A, B". */
function readSubject(
  page: Page,
  search: InvestorSearch,
  at: number,
  add: Add,
  addActor: (actor: ReadActor, lead: boolean) => void,
): void {
  const { from, to } = search;
  const { folded } = page.words[at]!;
  if (!JOINING.has(folded) || !isJoining(page, at, to) || isNegated(page, at, from)) return;
  const inLead = /^(?:pris|prend|prendra)$/.test(folded) && page.words[at + 2]?.folded === 'tete';
  const lead = LEADING.has(folded) || inLead;
  const subjects = subjectsBefore(page, at, from);
  const fills = /^complet/.test(folded) && page.words.slice(at + 1, at + 4).some((w) => FUNDS.has(w.folded));
  if (WEAK.test(folded) && !fills && !subjects.some(isKnownToInvest)) return;
  if (lead && subjects.length === 0) {
    const recalled = recallInvestor(page, at, from);
    if (recalled) add(recalled, true);
  }
  for (const m of subjects) add(m, lead);
  if (subjects.length === 0) {
    const recalled = STRONG.test(folded) ? search.recall(at) : null;
    if (recalled) addActor(recalled, lead);
    const colon = colonAfter(page, at, to);
    if (colon >= 0) for (const m of readList(page, colon, to)) add(m, lead);
  }
  if (isInverted(page, at, from)) for (const m of readList(page, at + 1, to)) add(m, lead);
}

/** "Le japonais mène le tour": the one investor that the sentence before names. */
function recallInvestor(page: Page, at: number, from: number): PageMention | null {
  if (from === 0 || at - from > 6 || !/^(?:le|la|l|ce|cette)$/.test(page.words[from]!.folded)) return null;
  const sentence = page.sentences[page.sentenceOf[from - 1]!]!;
  const known = page.mentions.filter(
    (m) => m.from >= sentence.from && m.from < from && m.actor.kind === 'INVESTOR',
  );
  return known.length === 1 ? known[0]! : null;
}

/** Verbs that by themselves mean paying in. */
const STRONG = /^(?:particip|souscri|invest|reinvest|contribu|injecte)/;

/** "n'a pas participé", "sans participer" */
function isNegated(page: Page, at: number, from: number): boolean {
  for (let i = at; i > from && i > at - 4; i--) {
    if (page.breaks[i] !== 'NONE') return false;
    if (/^(?:pas|sans|jamais|guere)$/.test(page.words[i - 1]!.folded)) return true;
  }
  return page.words[at + 1]?.folded === 'pas';
}

/** "auquel ont souscrit A et B", "Ont également participé A, B et C": the subject stands behind the verb. */
function isInverted(page: Page, at: number, from: number): boolean {
  let start = at;
  while (start > from && page.breaks[start] === 'NONE' && page.mentionAt[start - 1] === -1) start--;
  const opening = page.words.slice(start, at);
  if (
    opening.length < 5 &&
    !opening.some((w) => SUBJECTS.test(w.folded)) &&
    (start === from || page.breaks[start] === 'COMMA' || page.breaks[start] === 'SEMICOLON')
  ) {
    return true;
  }
  for (let i = at; i > from && i > at - 6; i--) {
    if (/^(?:auquel|auxquels|laquelle|lequel|ou|y)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** Words that stand for or open a subject. */
const SUBJECTS =
  /^(?:le|la|l|les|un|une|des|ce|cette|ces|son|sa|ses|leur|leurs|elle|il|elles|ils|on|nous|qui|tous|chacun)$/;

const FUNDS = new Set('budget tour table somme enveloppe montant levee financement'.split(' '));
const POOLS = new Set(
  'part capital tour table pot poche investisseurs actionnaires tete soutiens souscripteurs appel'.split(' '),
);

/** Verbs that mean joining a round only with the right object: "mène le tour", "entre au capital". */
function isJoining(page: Page, at: number, to: number): boolean {
  const { folded } = page.words[at]!;
  const ahead = page.words.slice(at + 1, Math.min(at + 7, to)).map((w) => w.folded);
  if (/^(?:men|emmen|dirig|pilot|condui|orchestr|codirig|porte|porta)/.test(folded))
    return ahead.some((w) => HEADS.has(w));
  if (folded === 'est' || folded === 'sont')
    return ahead.slice(1).some((word, i) => word === 'partie' && ahead[i] === 'la');
  if (/^(?:entre|entra|mont|figur|compt|ajout|pren|pris|met|mis|repond|renforc)/.test(folded)) {
    return ahead.some((w) => POOLS.has(w));
  }
  return !/^(?:souti|soutenu|financ)/.test(folded);
}

function phraseAt(page: Page, at: number): Phrase | null {
  for (const phrase of PHRASES.get(page.words[at]!.folded) ?? []) {
    let k = 1;
    while (k < phrase.words.length && page.words[at + k]?.folded === phrase.words[k]) k++;
    if (k === phrase.words.length) return phrase;
  }
  return null;
}
