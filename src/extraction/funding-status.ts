/** Whether a deal is done, planned or only rumoured. */
import type { FundingKind, FundingStatus } from './extraction.ts';
import { type Cue, conditionalForms, formsOf } from './funding-cues.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { rawWord } from './funding-phrases.ts';
import type { Tense } from './lexicon/funding-conjugation.ts';

const INTENT = formsOf(
  'vouloir',
  'compter',
  'prevoir',
  'viser',
  'envisager',
  'souhaiter',
  'esperer',
  'ambitionner',
  'chercher',
  'entendre',
  'projeter',
  'appreter',
  'devoir',
  'promettre',
  'engager',
  'tenter',
  'rever',
  'preparer',
  'planifier',
  'pouvoir',
  'aller',
  'reclamer',
  'demander',
  'parler',
);
/** "s'apprêterait à", "envisagerait": reported wishes. */
const REPORTED_WISHES = new Set(
  [...INTENT].flatMap(([form, tense]) =>
    tense === 'COND' && !/^(?:voud|dev|pour|i)/.test(form) ? [form] : [],
  ),
);
const INTENT_PHRASES = new Set(
  'besoin objectif prochain prochaine futur future projet intention afin bientot voudrait ambition cible peut prochainement venir volonte'.split(
    ' ',
  ),
);
const RUMOUR = new Set(
  'rumeur rumeurs pourparlers negocierait negocie negocient negociait discute discutent discuterait discussions discussion bruits pressenti pressentie'.split(
    ' ',
  ),
);
const CONDITIONAL_AUX = new Set('aurait auraient serait seraient pourrait pourraient'.split(' '));
/** Conditionals that are no auxiliary: "lèverait", "mènerait", "atteindrait". */
const CONDITIONALS = new Set([
  ...conditionalForms(),
  ...'atteindrait avoisinerait approcherait representerait deviendrait detiendrait'.split(' '),
]);
const REPORTING = formsOf(
  'annoncer',
  'promettre',
  'indiquer',
  'preciser',
  'declarer',
  'dire',
  'confirmer',
  'assurer',
  'affirmer',
  'prevenir',
);
const SUCCESS = new Set(
  'vient viennent venait apres avoir reussi reussit parvenu parvenue permis permet fini pour'.split(' '),
);
const BACK = 14;

/** What the status follows from. */
export interface StatusInput {
  readonly page: Page;
  readonly amount: PageAmount;
  /** The cue that governs; null when the context alone speaks for the fact. */
  readonly cue: Cue | null;
  readonly kind: FundingKind;
  /** Whether a recipient is known. */
  readonly received: boolean;
  /** Year of publication. */
  readonly year: number | null;
}

/** Decides the status. */
export function statusOf({ page, amount, cue, kind, received, year }: StatusInput): FundingStatus {
  const sentence = page.sentences[amount.sentence]!;
  const tense = tenseOf(page, cue);
  const low = Math.max(sentence.from, Math.min(cue?.from ?? amount.from, amount.from) - BACK);
  const high = Math.max(cue?.to ?? amount.to, amount.to);
  const relative =
    cue !== null && cue.from >= amount.to && /^qu?e?$/.test(page.words[amount.to]?.folded ?? '');
  // ", cédée à Outbrain contre un milliard": an aside of its own.
  const aside = cue?.participle && cue.from < amount.from && /^(?:COMMA|OPEN)$/.test(page.breaks[cue.from]!);
  let clause = clauseStart(page, low, Math.min(cue?.from ?? amount.from, amount.from));
  if (relative) clause = amount.to;
  else if (aside) clause = cue.from;
  if (isRumoured(page, sentence.from, clause, high, cue, tense, sentence.to)) return 'RUMOURED';
  if (isIntended(page, clause, cue, tense, amount)) return 'PLANNED';
  const spread = kind === 'PUBLIC_PLAN' || kind === 'INVESTMENT' || kind === 'GRANT' || kind === 'ENDOWMENT';
  const done = hasDoneVerb(page, clause, high, cue);
  const pastYear = yearIn(page, sentence.from, sentence.to);
  const past = year !== null && pastYear !== null ? pastYear < year : pastYear !== null && done;
  if (kind === 'PUBLIC_PLAN') return (past && done) || isSpent(page, cue) ? 'CLOSED' : 'PLANNED';
  if (spread && hasHorizon(page, amount, sentence.to) && !(past && done)) return 'PLANNED';
  if (kind === 'INVESTMENT') {
    if (
      cue &&
      (cue.type === 'PLAN' ||
        (cue.type === 'SAY' && cue.participle) ||
        /^(?:promet|promesse|engagement|intention)/.test(cue.lemma))
    ) {
      return 'PLANNED';
    }
    return done || isPresentGift(cue) || (received && !isAnnounced(page, clause, amount.from))
      ? 'CLOSED'
      : 'PLANNED';
  }
  return 'CLOSED';
}

/** A clause begins after a semicolon, or after "que", "qui" or "dont" when the cue stands behind it. */
function clauseStart(page: Page, low: number, at: number): number {
  for (let i = at; i > low; i--) {
    const brk = page.breaks[i];
    if (brk === 'SEMICOLON' || brk === 'COLON' || brk === 'CLOSE') return i;
    const { folded } = page.words[i]!;
    if (folded === 'qui' && i < at) return i;
    if ((folded === 'tandis' || folded === 'mais' || folded === 'alors') && i < at) return i;
  }
  return low;
}

const ANNOUNCING = formsOf('annoncer', 'officialiser', 'devoiler', 'promettre', 'presenter', 'confirmer');

function isAnnounced(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (ANNOUNCING.has(page.words[i]!.folded) && page.mentionAt[i] === -1) return true;
  return false;
}

function isRumoured(
  page: Page,
  start: number,
  clause: number,
  high: number,
  cue: Cue | null,
  cueTense: Tense | null,
  end: number,
): boolean {
  // "avait annoncé qu'il consacrerait": a future seen from the past.
  const reported = (at: number): boolean => {
    for (let i = start; i < at; i++) {
      if (tenseAt(page, i, REPORTING) !== 'DONE') continue;
      for (let k = i + 1; k <= i + 6 && k < at; k++)
        if (/^(?:qu|que)$/.test(page.words[k]!.folded)) return true;
    }
    return false;
  };
  if (cueTense === 'COND' && cue) return !reported(cue.from);
  // Behind the amount only a noun may still find its verb: "une levée de 40 millions serait en préparation".
  const last = cueTense === null ? Math.min(high + 6, end) : high;
  for (let i = clause; i < last; i++) {
    const { folded } = page.words[i]!;
    if (i >= high && (page.breaks[i] === 'COMMA' || page.breaks[i] === 'SEMICOLON')) break;
    if (RUMOUR.has(folded)) {
      if (
        (folded === 'discussions' || folded === 'discussion') &&
        !/^(?:en|des|de|les)$/.test(page.words[i - 1]?.folded ?? '')
      )
        continue;
      return true;
    }
    if (folded === 'negociations' && page.words[i + 1]?.folded !== 'exclusives') return true;
    if (
      (CONDITIONAL_AUX.has(folded) || CONDITIONALS.has(folded) || REPORTED_WISHES.has(folded)) &&
      page.amountAt[i] === -1
    ) {
      if (folded.startsWith('pourr') && i > (cue?.to ?? 0) && i > clause + 12) continue;
      return !reported(i);
    }
  }
  return false;
}

function isIntended(
  page: Page,
  clause: number,
  cue: Cue | null,
  cueTense: Tense | null,
  amount: PageAmount,
): boolean {
  if (cueTense === 'FUT' || cueTense === 'COND') return true;
  const anchor = !cue ? amount.from : clause >= amount.to ? cue.from : Math.min(cue.from, amount.from);
  if (cue?.tense === 'INF') {
    for (let i = cue.from - 1; i >= clause && i >= cue.from - 5; i--) {
      const { folded } = page.words[i]!;
      if (SUCCESS.has(folded)) return folded === 'pour' && !hasTaken(page, clause, i);
      if (folded === 'lui' && hasPersuaded(page, clause, i)) return false;
      if (/^(?:doit|va|vont|veut|compte|prevoit)$/.test(folded)) return true;
    }
    return true;
  }
  const wish = cue?.tense === 'NOW' && INTENT.has(page.words[cue.from]!.folded);
  if (wish) return true;
  for (let i = anchor - 1; i >= clause; i--) {
    const { folded } = page.words[i]!;
    if (page.mentionAt[i] !== -1 || page.amountAt[i] !== -1) continue;
    if (INTENT_PHRASES.has(folded) || (folded === 'pret' && page.words[i + 1]?.folded === 'a')) return true;
    const tense = tenseAt(page, i, INTENT);
    if (folded === 'propose' && cue?.type === 'BUY') return true;
    if (tense === undefined || tense === 'COND') {
      if (tense === 'COND') return true;
      continue;
    }
    if (tense === 'GER' || (tense === 'DONE' && cue?.tense === 'DONE')) continue;
    // "va", "doit", "pu" need an infinitive behind them to mean an intention.
    if (/^(?:va|vont|doit|doivent|peut|peuvent|pu|du)$/.test(folded) && !isInfinitive(page, i + 1)) continue;
    if (/^(?:compte|comptent|parle|demande|engage|vise|visee|projet)$/.test(folded) && isNoun(page, i))
      continue;
    if (folded === 'devant' || folded === 'allant') continue;
    return true;
  }
  return false;
}

/** "il aura fallu dix-huit mois pour boucler": it is done. */
function hasTaken(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (/^(?:fallu|suffi|mis)$/.test(page.words[i]!.folded)) return true;
  return false;
}

/** "a convaincu X de lui confier": it is done. */
function hasPersuaded(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (/^(?:convaincu|persuade|obtenu|decide)$/.test(page.words[i]!.folded)) return true;
  return false;
}

function isInfinitive(page: Page, at: number): boolean {
  for (let i = at; i < at + 4 && i < page.words.length; i++) {
    if (/(?:er|ir|re|oir)$/.test(page.words[i]!.folded)) return true;
  }
  return false;
}

function isNoun(page: Page, at: number): boolean {
  return /^(?:le|la|l|un|une|de|du|en|sur|son|sa|au)$/.test(page.words[at - 1]?.folded ?? '');
}

const AUXILIARIES = new Set('a ont avait avaient ayant avoir vient viennent fut ete'.split(' '));

function hasDoneVerb(page: Page, clause: number, high: number, cue: Cue | null): boolean {
  if (cue?.tense === 'DONE' && !(cue.participle && cue.type === 'SAY')) return true;
  const anchor = cue ? cue.from : high;
  for (let i = anchor - 1; i >= clause; i--) {
    if (page.mentionAt[i] !== -1) continue;
    const { folded } = page.words[i]!;
    if (folded === 'a' && rawWord(page, i) !== 'a') continue;
    if (AUXILIARIES.has(folded)) {
      const next = page.words[i + 1]?.folded ?? '';
      if (/^(?:annonce|devoile|promis|officialise|confirme|presente|detaille|lance)$/.test(next))
        return false;
      return true;
    }
  }
  return false;
}

/** "l'État a déboursé", "avaient été fléchés": public money that is out. */
function isSpent(page: Page, cue: Cue | null): boolean {
  if (cue?.tense !== 'DONE' || cue.type === 'SAY' || cue.type === 'RAISE') return false;
  for (let i = cue.from - 1; i >= 0 && i >= cue.from - 4; i--) {
    if (/^(?:a|ont|avait|avaient|ete)$/.test(page.words[i]!.folded) && rawWord(page, i) !== 'à') return true;
  }
  return false;
}

/** True where a sentence reports in the conditional. */
export function hasConditional(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const { folded } = page.words[i]!;
    if (
      page.mentionAt[i] === -1 &&
      (CONDITIONAL_AUX.has(folded) || CONDITIONALS.has(folded) || REPORTED_WISHES.has(folded))
    )
      return true;
  }
  return false;
}

function isPresentGift(cue: Cue | null): boolean {
  return (
    cue !== null &&
    cue.type === 'GIVE' &&
    cue.tense === 'NOW' &&
    /^(?:investir|injecter|miser|parier|apporter|mettre|remettre|souscrire|participer|glisser|reinvestir|placer|verser)$/.test(
      cue.lemma,
    )
  );
}

/** "d'ici 2030", "sur cinq ans", "en trois ans" right after the amount: spread over time to come. */
export function hasHorizon(page: Page, amount: PageAmount, end: number): boolean {
  for (let i = amount.to; i < Math.min(amount.to + 14, end); i++) {
    const { folded } = page.words[i]!;
    if (page.amountAt[i] !== -1) return false;
    if (folded === 'ici' && page.words[i - 1]?.folded === 'd') return true;
    if (folded === 'sur' || folded === 'en' || folded === 'horizon') {
      if (folded === 'horizon') return true;
      const unit = page.words[i + 2]?.folded ?? '';
      if (/^(?:ans|annees)$/.test(unit) || /^(?:ans|annees)$/.test(page.words[i + 3]?.folded ?? ''))
        return true;
    }
  }
  return false;
}

/** The tense of a word that a table of forms knows; "annoncé" is told from "annonce" by its accent. */
function tenseAt(page: Page, at: number, forms: ReadonlyMap<string, Tense>): Tense | undefined {
  const tense = forms.get(page.words[at]!.folded);
  return tense === 'NOW' && /[éÉ]e?s?$/u.test(rawWord(page, at)) ? 'DONE' : tense;
}

/** The tense with its auxiliary: "sera refermé" is future, "serait racheté" conditional. */
function tenseOf(page: Page, cue: Cue | null): Tense | null {
  if (!cue?.participle) return cue?.tense ?? null;
  for (let i = cue.from - 1; i >= 0 && i >= cue.from - 3; i--) {
    const { folded } = page.words[i]!;
    if (folded === 'sera' || folded === 'seront') return 'FUT';
    if (folded === 'serait' || folded === 'seraient' || folded === 'aurait' || folded === 'auraient')
      return 'COND';
  }
  return cue.tense;
}

function yearIn(page: Page, from: number, to: number): number | null {
  for (let i = from; i < to; i++) {
    const { folded } = page.words[i]!;
    if (/^20[0-4]\d$/.test(folded) && page.amountAt[i] === -1 && page.mentionAt[i] === -1)
      return Number(folded);
  }
  return null;
}
