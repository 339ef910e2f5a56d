/**
 * Finds the words that say what sort of money is meant, and which of them governs a given amount.
 */

import { fold } from '#text/fold.ts';
import { WordMap, WordSet } from '#text/word-set.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { conjugate, type Tense } from './lexicon/funding-conjugation.ts';
import { JOINING_VERBS } from './lexicon/funding-parties.ts';
import { CUE_LISTS, type CueType } from './lexicon/funding-words.ts';

/** A cue found in a page; `to` is exclusive. */
export interface Cue {
  readonly from: number;
  readonly to: number;
  readonly type: CueType;
  readonly weight: 1 | 2 | 3;
  /** Folded infinitive, or the phrase. */
  readonly lemma: string;
  /** Null for nouns. */
  readonly tense: Tense | null;
  /** True for a past participle ("levés", "investie"). */
  readonly participle: boolean;
}

interface Entry {
  readonly words: readonly string[];
  readonly type: CueType;
  readonly weight: 1 | 2 | 3;
  readonly lemma: string;
  readonly tense: Tense | null;
  readonly participle: boolean;
}

/** What may begin with a word. */
interface Opening {
  /** Entries of that word alone. */
  readonly single: Entry[];
  /** Longer ones by their second word. */
  readonly bySecond: Map<string, Entry[]>;
}

const LEXICON = compile();

const NONE: readonly Entry[] = [];

/** The entries that may begin at a word, the longest first. */
function entriesAt(page: Page, at: number): readonly Entry[] {
  const { words } = page;
  const opening = LEXICON.get(words[at]!.folded);
  if (!opening) return NONE;
  const { single, bySecond } = opening;
  if (bySecond.size === 0) return single;
  const second = words[at + 1]?.folded;
  const phrases = second === undefined ? undefined : bySecond.get(second);
  const aside = skipAdverbs(page, at + 1);
  const later = aside > at + 1 && words[aside] ? bySecond.get(words[aside].folded) : undefined;
  if (!phrases && !later) return single;
  return [...(phrases ?? NONE), ...(later ?? NONE), ...single];
}

/** Entries by their first word, then by their second. */
function compile(): ReadonlyMap<string, Opening> {
  const byFirst = new Map<string, Opening>();
  const known = new Set<string>();
  const add = (entry: Entry): void => {
    // A form in two lists keeps its first reading: the lists are ordered by what the press mostly means.
    const key = `${entry.words.join(' ')}|${entry.tense === null}`;
    if (known.has(key)) return;
    known.add(key);
    const [first, second] = entry.words;
    const opening = byFirst.get(first!) ?? { single: [], bySecond: new Map<string, Entry[]>() };
    byFirst.set(first!, opening);
    if (second === undefined) opening.single.push(entry);
    else {
      const list = opening.bySecond.get(second);
      if (list) list.push(entry);
      else opening.bySecond.set(second, [entry]);
    }
  };
  for (const { type, weight, verbs, phrases } of CUE_LISTS) {
    for (const phrase of phrases?.split('|') ?? []) {
      for (const expanded of expand(phrase))
        add({ ...expanded, type, weight, lemma: phrase.replace('~', '') });
    }
    for (const lemma of verbs?.split(' ') ?? []) {
      for (const form of conjugate(lemma)) {
        add({ words: [form.folded], type, weight, lemma, tense: form.tense, participle: form.participle });
      }
    }
  }
  for (const { bySecond } of byFirst.values())
    for (const list of bySecond.values()) list.sort((a, b) => b.words.length - a.words.length);
  return new WordMap(byFirst);
}

function expand(phrase: string): Pick<Entry, 'words' | 'tense' | 'participle'>[] {
  const words = phrase.split(' ');
  const at = words.findIndex((w) => w.startsWith('~'));
  if (at < 0) return [{ words, tense: null, participle: false }];
  const rest = words.slice(at + 1);
  const expanded: Pick<Entry, 'words' | 'tense' | 'participle'>[] = [];
  for (const form of conjugate(words[at]!.slice(1))) {
    const { tense, participle } = form;
    const tail = [form.folded, ...rest];
    if (at === 0) expanded.push({ words: tail, tense, participle });
    else {
      for (const pronoun of ['s', 'se']) expanded.push({ words: [pronoun, ...tail], tense, participle });
      for (const auxiliary of ['s est', 's etait', 'se sont', 'se serait', 's etre']) {
        expanded.push({
          words: [...auxiliary.split(' '), ...tail],
          tense: auxiliary === 'se serait' ? 'COND' : tense,
          participle: false,
        });
      }
    }
  }
  return expanded;
}

/** Forms that are also plain nouns: after an article they are no verb. */
const NOUNS_TOO = new Set(
  'finance finances place places lance lances signe signes affiche affiches complete confirme apporte tour offre rapporte coute pese gage'.split(
    ' ',
  ),
);
const DETERMINERS = new Set(
  'la le les un une des du de d sa son ses leur leurs ce cette ces au aux l en'.split(' '),
);

/** Sentences before and after an amount whose cues may tell what it is. */
const BEFORE = 3;
const AFTER = 1;

/** The cues in and around the sentences that hold an amount, in order, longest first where they overlap. */
export function findCues(page: Page): Cue[] {
  const cues: Cue[] = [];
  let next = 0;
  for (const { sentence } of page.amounts) {
    const first = page.sentences[Math.max(0, sentence - BEFORE)]!;
    const last = page.sentences[Math.min(page.sentences.length - 1, sentence + AFTER)]!;
    const from = Math.max(next, first.from);
    if (last.to > from) addCues(page, from, last.to, cues);
    next = Math.max(next, last.to);
  }
  return cues;
}

function addCues(page: Page, from: number, to: number, cues: Cue[]): void {
  const { words } = page;
  for (let i = from; i < to; i++) {
    if (page.mentionAt[i] !== -1 || page.amountAt[i] !== -1) continue;
    const entries = entriesAt(page, i);
    const stake = stakeAt(page, i);
    if (stake) {
      cues.push(stake);
      continue;
    }
    if (entries.length === 0) continue;
    const accented = /[éÉ]e?s?$/u.test(page.text.slice(words[i]!.start, words[i]!.end));
    const entry = choose(page, entries, i, accented);
    if (!entry) continue;
    const end = endOf(page, entry, i);
    const single = entry.words.length === 1 && entry.tense !== null;
    if (
      single &&
      NOUNS_TOO.has(words[i]!.folded) &&
      !accented &&
      i > 0 &&
      DETERMINERS.has(words[i - 1]!.folded)
    )
      continue;
    // "prêt à miser" is no loan.
    if (
      entry.lemma === 'pret' &&
      words[end]?.folded === 'a' &&
      !/^(?:de|un|le|en|du|d)$/.test(words[i - 1]?.folded ?? '')
    )
      continue;
    // "le fonds souverain émirati MGX": what somebody is.
    if (/^fonds (?:souverain|public|europeen)$/.test(entry.lemma) && isName(page, end)) continue;
    // "s'ajoutent les 30 millions": more of the same, whatever that is.
    if (entry.lemma === 'ajouter' && words[i - 1]?.folded === 's') continue;
    const done = entry.tense === 'NOW' && accented;
    if (isAdjective(page, entry, i, end, entry.participle || done)) continue;
    cues.push({
      from: i,
      to: end,
      type: entry.type,
      weight: entry.weight,
      lemma: entry.lemma,
      tense: done ? 'DONE' : entry.tense,
      participle: entry.participle || done,
    });
    i = end - 1;
  }
}

const TAKING = formsOf('prendre', 'acquerir', 'racheter', 'souscrire');
const MAJORITY = 50;

/** "prend 5 % du capital de X": a stake, which a sum near it pays for; half of a company or more is a purchase. */
function stakeAt(page: Page, at: number): Cue | null {
  const share = page.words[at + 1];
  const tense = TAKING.get(page.words[at]!.folded);
  if (tense === undefined || share?.shape !== 'NUMBER' || page.amountAt[at + 1] !== -1) return null;
  if (!/^\s?%/u.test(page.text.slice(share.end, share.end + 2))) return null;
  const place = { from: at, to: at + 2, weight: 3, tense, participle: false } as const;
  return Number(share.folded) < MAJORITY
    ? { ...place, type: 'GIVE', lemma: 'prendre une participation' }
    : { ...place, type: 'BUY', lemma: 'prendre le controle' };
}

function isName(page: Page, at: number): boolean {
  for (let i = at; i < at + 3 && i < page.words.length && page.breaks[i] === 'NONE'; i++)
    if (page.mentionAt[i] !== -1) return true;
  return false;
}

/** "un fonds dédié aux technologies": a participle that describes a noun and has no money of its own. */
function isAdjective(page: Page, { lemma }: Entry, at: number, end: number, participle: boolean): boolean {
  if (!participle || !/^(?:dedier|consacrer|affecter)$/.test(lemma) || at === 0) return false;
  if (!/^(?:a|au|aux)$/.test(page.words[end]?.folded ?? '') || page.amountAt[at - 1] !== -1) return false;
  return !/^(?:a|ont|avait|avaient|ete|sera|seront|est|sont|deja|etre|aura)$/.test(
    page.words[at - 1]!.folded,
  );
}

/** The longest entry that fits; of a noun and a verb alike, the verb where the accent of a participle is written. */
function choose(page: Page, entries: readonly Entry[], at: number, accented: boolean): Entry | undefined {
  const first = entries.find((e) => matches(page, e, at));
  // "la levée de X" is the noun; "105 millions levés", "la somme levée" the verb.
  if (first?.tense === null && /^levees?$/.test(first.lemma) && isNoun(page, at)) return first;
  if (!first || !accented || first.words.length > 1 || first.tense !== null) return first;
  return entries.find((e) => e.words.length === 1 && e.tense !== null && matches(page, e, at)) ?? first;
}

function isNoun(page: Page, at: number): boolean {
  const { folded } = page.words[at - 1] ?? { folded: '' };
  return page.breaks[at] === 'NONE' && (DETERMINERS.has(folded) || RANKS.test(folded));
}

const RANKS =
  /^(?:premieres?|deuxieme|secondes?|troisieme|dernieres?|nouvelles?|prochaines?|precedentes?|recentes?)$/;

function matches(page: Page, entry: Entry, at: number): boolean {
  return endOf(page, entry, at) > at;
}

/** Behind the entry's last word where it stands at a place, else -1. "bénéficie quant à lui de": a verb may take an aside. */
function endOf(page: Page, { words: wanted, tense }: Entry, at: number): number {
  const { words, breaks } = page;
  let i = at;
  for (let k = 0; k < wanted.length; k++, i++) {
    if (k > 0 && tense !== null && words[i]?.folded !== wanted[k]) i = skipAdverbs(page, i);
    if (words[i]?.folded !== wanted[k] || (k > 0 && breaks[i] !== 'NONE')) return -1;
  }
  return i;
}

const ADVERBS = new WordSet(
  'quant a lui elle eux aussi egalement deja ainsi donc notamment desormais encore enfin ensuite alors par ailleurs en outre pour sa part respectivement recemment'.split(
    ' ',
  ),
);
const LONGEST_ASIDE = 4;

function skipAdverbs(page: Page, from: number): number {
  let i = from;
  while (i < from + LONGEST_ASIDE && page.breaks[i] === 'NONE' && ADVERBS.has(page.words[i]?.folded ?? ''))
    i++;
  return i;
}

/** A cue and what it cost to reach it from the amount; the least cost governs. */
export interface Government {
  readonly cue: Cue;
  /** `COMPLEMENT` the amount's own noun or participle ("d'amende", "levés"), `LEFT`, `RIGHT`. */
  readonly side: 'COMPLEMENT' | 'LEFT' | 'RIGHT';
  readonly cost: number;
}

/** Costs, in words of distance: a sure cue may stand this much further away. */
const BONUS = { 1: -3, 2: 2, 3: 5 } as const;

const LINKS = new Set(['de', 'd', 'en', 'des', 'du', 'sous']);

/** The cues of the amount's sentence by what they cost, cheapest first. */
export function govern(page: Page, amount: PageAmount, cues: readonly Cue[]): Government[] {
  const complement = findComplement(page, amount, cues);
  const found: Government[] = [];
  for (const cue of cues) {
    if (cue === complement) continue;
    const left = cue.to <= amount.from;
    const distance = left
      ? costBetween(page, cue.to, amount.from)
      : RIGHTWARDS + costBetween(page, amount.to, cue.from) + behind(page, cue);
    const cost = distance - BONUS[cue.weight] + (describesOther(page, cue, amount) ? (left ? 6 : 8) : 0);
    found.push({ cue, side: left ? 'LEFT' : 'RIGHT', cost });
  }
  found.sort((a, b) => a.cost - b.cost);
  if (complement) found.unshift({ cue: complement, side: 'COMPLEMENT', cost: -10 });
  return found;
}

/** "2 millions de subvention et 15 millions en fonds propres": the noun of one amount is not that of the next. */
function describesOther(page: Page, cue: Cue, { from, to }: PageAmount): boolean {
  if (cue.from < 2) return false;
  if (cue.from >= to)
    return (
      cue.tense === null &&
      LINKS.has(page.words[cue.from - 1]!.folded) &&
      cue.from - 2 >= to &&
      page.amountAt[cue.from - 2] !== -1
    );
  if (cue.to > from) return false;
  if (cue.participle) {
    // "468 millions sont apportés … et 132": what the first one undergoes.
    let i = cue.from - 1;
    while (i > 0 && /^(?:sont|est|seront|ete|ont|a)$/.test(page.words[i]!.folded)) i--;
    if (page.amountAt[i] !== -1) return true;
  }
  // "468 millions apportés en capital et 132 …"
  if (/^en (?:capital|equity|dette|pret)/.test(cue.lemma) && page.words[cue.to]?.folded === 'et') {
    for (let i = cue.from - 1; i >= 0 && i > cue.from - 6; i--) if (page.amountAt[i] !== -1) return true;
  }
  return (
    cue.tense === null && LINKS.has(page.words[cue.from - 1]!.folded) && page.amountAt[cue.from - 2] !== -1
  );
}

/** A word behind the amount governs it less often than one before it. */
const RIGHTWARDS = 4;

/** Behind the amount, a finite verb has another object, and a noun after "pour" or "dans" is what the money is for. */
function behind(page: Page, cue: Cue): number {
  if (cue.tense !== null) return cue.participle ? 0 : 2;
  // "10 milliards, sur la base de 75 milliards": the noun is that of the amount behind it.
  for (let i = cue.to; i <= cue.to + 2; i++) if ((page.amountAt[i] ?? -1) !== -1) return 8;
  for (let i = cue.from - 1; i >= cue.from - 2 && i >= 0; i--) {
    if (/^(?:pour|dans|afin)$/.test(page.words[i]!.folded)) return 6;
  }
  return 0;
}

const COMPLEMENT_WORDS = 7;

function findComplement(page: Page, { to }: PageAmount, cues: readonly Cue[]): Cue | null {
  const first = page.words[to];
  if (!first || page.sentenceOf[to] !== page.sentenceOf[to - 1]) return null;
  if (page.breaks[to] === 'COMMA') return findPaidBy(page, to, cues);
  if (page.breaks[to] !== 'NONE' && page.breaks[to] !== 'CLOSE') return null;
  const linked = LINKS.has(first.folded);
  for (const cue of cues) {
    if (cue.from < to) continue;
    if (cue.from > to + COMPLEMENT_WORDS) break;
    if (cue.from === to) return linked || cue.participle || cue.tense === null ? cue : null;
    if (!linked) return null;
    for (let i = to + 1; i <= cue.from; i++) {
      if (page.breaks[i] !== 'NONE' || page.mentionAt[i] !== -1 || page.amountAt[i] !== -1) return null;
    }
    for (let i = to + 1; i < cue.from; i++) {
      if (/^(?:pour|afin|dans|sur|par|a|au|aux|qui|que|et|ici)$/.test(page.words[i]!.folded)) return null;
    }
    return cue.tense !== null && !cue.participle ? null : cue;
  }
  return null;
}

/** "a coûté 40 millions, financés par France 2030": the participle that says who paid, in the plural of the sum. */
function findPaidBy(page: Page, at: number, cues: readonly Cue[]): Cue | null {
  const cue = cues.find((c) => c.from === at && c.participle && (c.type === 'GIVE' || c.type === 'GRANT'));
  return cue &&
    /s$/.test(page.words[at]!.folded) &&
    page.words.slice(cue.to, cue.to + 5).some((w) => w.folded === 'par')
    ? cue
    : null;
}

const BREAK_COST: Readonly<Record<string, number>> = {
  NONE: 0,
  COMMA: 2,
  OPEN: 1,
  CLOSE: 1,
  COLON: 1,
  DASH: 2,
  SEMICOLON: 8,
  QUOTE: 0,
  SENTENCE: 12,
  LINE: 12,
};

/** Words, breaks and other amounts between two places of a sentence, a bracket skipped whole. */
export function costBetween(page: Page, from: number, to: number): number {
  let cost = 0;
  let depth = 0;
  let opened = 0;
  let amount = -1;
  for (let i = from; i <= to && i < page.words.length; i++) {
    const brk = page.breaks[i]!;
    if (i > from || brk === 'OPEN' || i === to)
      cost += depth === 0 || brk === 'CLOSE' ? (BREAK_COST[brk] ?? 0) : 0;
    if (brk === 'OPEN') {
      depth = 1;
      opened = cost;
    } else if (brk === 'CLOSE') {
      if (depth === 1) cost = opened;
      depth = 0;
    }
    if (i === to) break;
    cost += 1;
    const folded = page.words[i]!.folded;
    if (folded === 'qui' || folded === 'dont' || folded === 'que' || folded === 'mais' || folded === 'tandis')
      cost += 2;
    if (page.amountAt[i] !== -1 && page.amountAt[i] !== amount) {
      amount = page.amountAt[i]!;
      cost += 1;
    }
  }
  return cost;
}

/** True when a word is a form of the folded infinitive given; for lists of auxiliaries and modals. */
export function formsOf(...infinitives: string[]): ReadonlyMap<string, Tense> {
  const forms = new Map<string, Tense>();
  for (const infinitive of infinitives) {
    for (const form of conjugate(fold(infinitive)))
      if (!forms.has(form.folded)) forms.set(form.folded, form.tense);
  }
  return new WordMap(forms);
}

/** The conditional forms of every verb of the lexicon. */
export function conditionalForms(): string[] {
  const verbs = CUE_LISTS.flatMap(({ verbs }) => verbs?.split(' ') ?? []);
  return [...verbs, ...JOINING_VERBS.split(' ')].flatMap((verb) =>
    conjugate(verb).flatMap((form) => (form.tense === 'COND' ? [form.folded] : [])),
  );
}
