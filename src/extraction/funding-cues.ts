/**
 * Finds the words that say what sort of money is meant, and which of them governs a given amount.
 */
import { fold } from '#text/fold.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { conjugate, type Tense } from './lexicon/funding-conjugation.ts';
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

const LEXICON = compile();

function compile(): ReadonlyMap<string, readonly Entry[]> {
  const byFirst = new Map<string, Entry[]>();
  const add = (entry: Entry): void => {
    const first = entry.words[0]!;
    const list = byFirst.get(first) ?? [];
    const same = list.find((e) => e.words.join(' ') === entry.words.join(' '));
    // A form in two lists keeps its first reading: the lists are ordered by what the press mostly means.
    if (same) return;
    list.push(entry);
    byFirst.set(first, list);
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
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
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

/** All cues of a page, in order, longest first where they overlap. */
export function findCues(page: Page): Cue[] {
  const cues: Cue[] = [];
  const { words } = page;
  for (let i = 0; i < words.length; i++) {
    if (page.mentionAt[i] !== -1 || page.amountAt[i] !== -1) continue;
    const entries = LEXICON.get(words[i]!.folded);
    if (!entries) continue;
    const entry = entries.find((e) => matches(page, e, i));
    if (!entry) continue;
    const to = i + entry.words.length;
    const accented = /[éÉ]e?s?$/u.test(page.text.slice(words[i]!.start, words[i]!.end));
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
    if (entry.lemma === 'pret' && words[to]?.folded === 'a') continue;
    const done = entry.tense === 'NOW' && accented;
    cues.push({
      from: i,
      to,
      type: entry.type,
      weight: entry.weight,
      lemma: entry.lemma,
      tense: done ? 'DONE' : entry.tense,
      participle: entry.participle || done,
    });
    i = to - 1;
  }
  return cues;
}

function matches(page: Page, entry: Entry, at: number): boolean {
  const { words, breaks } = page;
  for (let k = 0; k < entry.words.length; k++) {
    const word = words[at + k];
    if (!word || word.folded !== entry.words[k]) return false;
    if (k > 0 && breaks[at + k] !== 'NONE') return false;
  }
  return true;
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

/** The cues of the amount's sentence by what they cost, cheapest first. */
export function govern(page: Page, amount: PageAmount, cues: readonly Cue[]): Government[] {
  const complement = findComplement(page, amount, cues);
  const found: Government[] = [];
  for (const cue of cues) {
    if (cue === complement) continue;
    const left = cue.to <= amount.from;
    const cost =
      (left
        ? costBetween(page, cue.to, amount.from)
        : 4 + costBetween(page, amount.to, cue.from) + (cue.tense !== null && !cue.participle ? 2 : 0)) -
      BONUS[cue.weight];
    found.push({ cue, side: left ? 'LEFT' : 'RIGHT', cost });
  }
  found.sort((a, b) => a.cost - b.cost);
  if (complement) found.unshift({ cue: complement, side: 'COMPLEMENT', cost: -10 });
  return found;
}

const LINKS = new Set(['de', 'd', 'en', 'des', 'du', 'sous']);
const COMPLEMENT_WORDS = 5;

function findComplement(page: Page, { to }: PageAmount, cues: readonly Cue[]): Cue | null {
  const first = page.words[to];
  if (!first || page.sentenceOf[to] !== page.sentenceOf[to - 1]) return null;
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
  return forms;
}
