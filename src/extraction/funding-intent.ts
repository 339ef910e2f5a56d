/**
 * Signs in a clause that money is only hoped for, or only rumoured: modal verbs, conditionals, words like "pourparlers".
 */
import { WordSet } from '#text/word-set.ts';
import { type Cue, conditionalForms, formsOf } from './funding-cues.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { rawWord } from './funding-phrases.ts';
import type { Tense } from './lexicon/funding-conjugation.ts';

const words = (list: string): ReadonlySet<string> => new WordSet(list.split(' '));

const INTENT = formsOf(
  ...'vouloir compter prevoir viser envisager souhaiter esperer ambitionner chercher entendre projeter appreter devoir promettre engager tenter rever preparer planifier pouvoir aller reclamer demander parler examiner etudier'.split(
    ' ',
  ),
);
const INTENT_WORDS = words(
  'besoin objectif prochain prochaine futur future projet intention afin bientot voudrait ambition cible peut prochainement venir volonte',
);
const RUMOUR = words(
  'rumeur rumeurs pourparlers negocierait negocie negocient negociait discute discutent discuterait discussions discussion bruits pressenti pressentie',
);
/** "s'apprêterait à", "envisagerait": reported wishes. */
const WISHES = new Set(
  [...INTENT].flatMap(([form, tense]) =>
    tense === 'COND' && !/^(?:voud|dev|pour|i)/.test(form) ? [form] : [],
  ),
);
const CONDITIONALS = new WordSet([
  ...conditionalForms(),
  ...WISHES,
  ...'aurait auraient serait seraient pourrait pourraient atteindrait avoisinerait approcherait representerait deviendrait detiendrait depasserait depasseraient'.split(
    ' ',
  ),
]);
const REPORTING = formsOf(
  ...'annoncer promettre indiquer preciser declarer dire confirmer assurer affirmer prevenir'.split(' '),
);
const SUCCESS = words(
  'vient viennent venait venez venons viens apres avoir reussi reussit parvenu parvenue permis permet fini fallu du',
);

/** True where a sentence reports in the conditional. */
export function hasConditional(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const { folded } = page.words[i]!;
    if (page.mentionAt[i] === -1 && CONDITIONALS.has(folded) && !/^(?:valorise|vaud)r/.test(folded))
      return true;
  }
  return false;
}

/** A clause that may speak of a deal: its words, the cue in it and the tense of that cue. */
export interface Clause {
  readonly page: Page;
  readonly amount: PageAmount;
  readonly cue: Cue | null;
  readonly tense: Tense | null;
  /** First word of the clause. */
  readonly from: number;
  /** First word of the sentence. */
  readonly start: number;
  /** End of the sentence. */
  readonly end: number;
}

/** True when the deal is only reported as in talks. */
export function isRumoured({ page, amount, cue, tense, from, start, end }: Clause): boolean {
  if (tense === 'COND' && cue) return !isReported(page, start, cue.from);
  const high = Math.max(cue?.to ?? amount.to, amount.to);
  // Behind the amount only a noun may still find its verb: "une levée de 40 millions serait en préparation".
  const last = tense === null ? Math.min(high + 6, end) : high;
  for (let i = from; i < last; i++) {
    if (i >= high && (page.breaks[i] === 'COMMA' || page.breaks[i] === 'SEMICOLON')) break;
    const { folded } = page.words[i]!;
    if (RUMOUR.has(folded) && isInTalks(page, i)) return true;
    if (folded === 'negociations' && page.words[i + 1]?.folded !== 'exclusives') return true;
    if (CONDITIONALS.has(folded) && page.amountAt[i] === -1) return !isReported(page, start, i);
  }
  return false;
}

function isInTalks(page: Page, i: number): boolean {
  if (!page.words[i]!.folded.startsWith('discussion')) return true;
  return /^(?:en|des|de|les)$/.test(page.words[i - 1]?.folded ?? '');
}

/** "avait annoncé qu'il consacrerait": a future seen from the past. */
function isReported(page: Page, start: number, at: number): boolean {
  for (let i = start; i < at; i++) {
    if (tenseAt(page, i, REPORTING) !== 'DONE') continue;
    for (let k = i + 1; k <= i + 6 && k < at; k++) if (/^qu?e?$/.test(page.words[k]!.folded)) return true;
  }
  return false;
}

/** True when the deal is announced, intended or sought. */
export function isIntended(clause: Clause): boolean {
  const { page, amount, cue, tense, from } = clause;
  if (tense === 'FUT' || tense === 'COND' || cue?.lemma === 'objectif') return true;
  if (isForeseen(page, amount)) return true;
  if (
    tense === null &&
    cue &&
    cue.to <= amount.from &&
    hasFutureVerb(page, Math.max(from, cue.from - 7), cue.from)
  )
    return true;
  const other = lastAmountBetween(page, cue, amount);
  // "Elle en a 200 et espère atteindre 250": the wish stands between the sums.
  if (other >= 0 && wishes(clause, other, amount.from)) return true;
  if (cue?.tense === 'INF') return !isAchieved(clause, cue);
  if (cue?.tense === 'NOW' && INTENT.has(page.words[cue.from]!.folded)) return true;
  const anchor = !cue ? amount.from : from >= amount.to ? cue.from : Math.min(cue.from, amount.from);
  return wishes(clause, from, anchor);
}

/** "une série A de 15 à 20 millions, prévue fin 2025" */
function isForeseen(page: Page, { to, sentence }: PageAmount): boolean {
  const { folded } = page.words[to] ?? { folded: '' };
  return (
    page.sentenceOf[to] === sentence &&
    /^(?:prevu|attendu|espere|envisage|programme)e?s?$/.test(folded) &&
    folded !== 'programmes' &&
    folded !== 'programme'
  );
}

/** "percevra à ce titre une aide": the noun has a verb in the future. */
function hasFutureVerb(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (
      page.mentionAt[i] === -1 &&
      /^(?:rece|perce|obtien|touche|beneficie|apporte|accorde|verse|octroie|investi|fe|au)[rvd]{1,2}(?:a|ont)$/.test(
        page.words[i]!.folded,
      )
    )
      return true;
  return false;
}

/** Where the last amount between a cue and this one ends, or -1. */
function lastAmountBetween(page: Page, cue: Cue | null, amount: PageAmount): number {
  if (!cue || cue.to > amount.from) return -1;
  for (let i = amount.from - 1; i >= cue.to; i--) if (page.amountAt[i] !== -1) return i + 1;
  return -1;
}

function wishes({ page, cue }: Clause, from: number, to: number): boolean {
  for (let i = to - 1; i >= from; i--) {
    if (page.mentionAt[i] !== -1 || page.amountAt[i] !== -1) continue;
    const { folded } = page.words[i]!;
    const ready =
      folded === 'pret' &&
      page.words[i + 1]?.folded === 'a' &&
      /(?:er|ir|re)$/.test(page.words[i + 2]?.folded ?? '');
    if (INTENT_WORDS.has(folded) || ready) return true;
    if (folded === 'propose' && cue?.type === 'BUY') return true;
    const tense = tenseAt(page, i, INTENT);
    if (tense === 'COND') return true;
    if (tense !== undefined && isWish(page, i, tense, cue)) return true;
  }
  return false;
}

function isWish(page: Page, i: number, tense: Tense, cue: Cue | null): boolean {
  const { folded } = page.words[i]!;
  if (tense === 'GER' || (tense === 'DONE' && cue?.tense === 'DONE')) return false;
  // "a dû se contenter", "a pu lever": done.
  if (/^(?:du|pu)$/.test(folded) && /^(?:a|ont|avait|avaient)$/.test(page.words[i - 1]?.folded ?? ''))
    return false;
  // "va", "doit" need an infinitive behind them to mean an intention.
  if (/^(?:va|vont|doit|doivent|peut|peuvent|pu|du)$/.test(folded) && !isInfinitive(page, i + 1))
    return false;
  const noun = /^(?:le|la|l|un|une|de|du|en|sur|son|sa|au)$/.test(page.words[i - 1]?.folded ?? '');
  if (noun && /^(?:compte|comptent|parle|demande|engage|vise|visee|projet)$/.test(folded)) return false;
  return folded !== 'devant' && folded !== 'allant';
}

/** "vient de lever", "après avoir bouclé", "a convaincu X de lui confier", "il aura fallu un an pour boucler": it is done. */
function isAchieved({ page, from }: Clause, cue: Cue): boolean {
  const has = (pattern: RegExp, to: number): boolean => {
    for (let i = from; i < to; i++) if (pattern.test(page.words[i]!.folded)) return true;
    return false;
  };
  let reach = cue.from - 5;
  for (let i = cue.from - 1; i >= from && i >= reach; i--) {
    const { folded } = page.words[i]!;
    // "vient de débourser 6 millions pour reprendre X"
    if (page.amountAt[i] !== -1) reach = i - 6;
    if (folded === 'pour' && page.amountAt[i - 1] !== -1) continue;
    if (folded === 'pour') return has(/^(?:fallu|suffi|mis)$/, i);
    if (folded === 'lui' && has(/^(?:convaincu|persuade|obtenu|decide)$/, i)) return true;
    if (SUCCESS.has(folded))
      return folded !== 'du' || /^(?:a|ont|avait|avaient)$/.test(page.words[i - 1]?.folded ?? '');
    if (/^(?:doit|va|vont|veut|compte|prevoit)$/.test(folded)) return false;
  }
  return false;
}

function isInfinitive(page: Page, at: number): boolean {
  for (let i = at; i < at + 4 && i < page.words.length; i++) {
    if (/(?:er|ir|re|oir)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

/** The tense of a word that a table of forms knows; "annoncé" is told from "annonce" by its accent. */
function tenseAt(page: Page, at: number, forms: ReadonlyMap<string, Tense>): Tense | undefined {
  const tense = forms.get(page.words[at]!.folded);
  return tense === 'NOW' && /[éÉ]e?s?$/u.test(rawWord(page, at)) ? 'DONE' : tense;
}
