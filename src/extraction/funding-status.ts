/** Whether a deal is done, planned or only rumoured. */
import type { FundingKind, FundingStatus } from './extraction.ts';
import { type Cue, formsOf } from './funding-cues.ts';
import { type Clause, isIntended, isRumoured } from './funding-intent.ts';
import type { Page, PageAmount } from './funding-page.ts';
import { rawWord } from './funding-phrases.ts';
import type { Tense } from './lexicon/funding-conjugation.ts';

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

/** Words before the cue that belong to its clause at most. */
const BACK = 14;
const ANNOUNCING = formsOf('annoncer', 'officialiser', 'devoiler', 'promettre', 'presenter', 'confirmer');

/** Decides the status. */
export function statusOf(input: StatusInput): FundingStatus {
  const { page, amount, cue, kind, received, year } = input;
  const clause = clauseOf(page, amount, cue);
  if (isRumoured(clause)) return 'RUMOURED';
  if (
    isIntended(clause) ||
    (kind === 'ACQUISITION' && (isPending(page, amount, clause.end) || isPendingNext(page, amount)))
  )
    return 'PLANNED';
  const done = hasDoneVerb(clause);
  const told = yearIn(page, clause.start, clause.end);
  const past = told !== null && (year === null ? done : told < year);
  if (kind === 'PUBLIC_PLAN') return (past && done) || isSpent(page, cue) ? 'CLOSED' : 'PLANNED';
  const spread = kind === 'INVESTMENT' || kind === 'GRANT' || kind === 'ENDOWMENT';
  if (spread && hasHorizon(page, amount, clause.end) && !(past && done)) return 'PLANNED';
  if (kind !== 'INVESTMENT') return 'CLOSED';
  if (cue && (cue.type === 'PLAN' || (cue.type === 'SAY' && cue.participle) || PROMISES.test(cue.lemma)))
    return 'PLANNED';
  const given = done || isPresentGift(cue) || (received && !isAnnounced(page, clause.from, amount.from));
  return given ? 'CLOSED' : 'PLANNED';
}

/** "…, doit encore être validée", "reste soumise au feu vert": the deal is signed, not done. */
function isPending(page: Page, { to }: PageAmount, end: number): boolean {
  for (let i = to; i < end && i < to + 12; i++) {
    const { folded } = page.words[i]!;
    if (/^(?:doit|devra|devrait|reste|attend)$/.test(folded))
      return page.words.slice(i, Math.min(i + 6, end)).some((w) => PENDING.test(w.folded));
  }
  return false;
}

/** "L'opération, qui devrait être finalisée début 2025, …": said in the sentence after. */
function isPendingNext(page: Page, { sentence }: PageAmount): boolean {
  const next = page.sentences[sentence + 1];
  if (!next || !/^(?:l|la|le|cette|elle|ce)$/.test(page.words[next.from]!.folded)) return false;
  const noun = page.words[next.from + 1]?.folded ?? '';
  if (!/^(?:operation|transaction|rachat|acquisition|cession|accord)$/.test(noun)) return false;
  for (let i = next.from + 2; i < next.to && i < next.from + 10; i++)
    if (/^(?:doit|devra|devrait|reste|sera|serait)$/.test(page.words[i]!.folded))
      return page.words.slice(i + 1, Math.min(i + 6, next.to)).some((w) => PENDING.test(w.folded));
  return false;
}

const PENDING =
  /^(?:encore|validee?|approuvee?|finalisee?|bouclee?|effective|achevee?|signee?|soumise?|feu|autorisee?|conclue?)$/;
const PROMISES = /^(?:promet|promesse|engagement|intention)/;

function clauseOf(page: Page, amount: PageAmount, cue: Cue | null): Clause {
  const { from: start, to: end } = page.sentences[amount.sentence]!;
  const at = Math.min(cue?.from ?? amount.from, amount.from);
  // "15 milliards que SoftBank doit apporter": a clause of its own behind the amount.
  const relative =
    cue !== null && cue.from >= amount.to && /^qu?e?$/.test(page.words[amount.to]?.folded ?? '');
  // ", cédée à Outbrain contre un milliard": an aside of its own.
  const aside = cue?.participle && cue.from < amount.from && /^(?:COMMA|OPEN)$/.test(page.breaks[cue.from]!);
  let from = clauseStart(page, Math.max(start, at - BACK), at);
  if (relative) from = amount.to;
  else if (aside) from = cue.from;
  return { page, amount, cue, tense: tenseOf(page, cue), from, start, end };
}

/** A clause begins after a semicolon, a colon or a bracket, or with "qui", "mais", "tandis" before the cue. */
function clauseStart(page: Page, low: number, at: number): number {
  for (let i = at; i > low; i--) {
    if (/^(?:SEMICOLON|COLON|CLOSE)$/.test(page.breaks[i]!)) return i;
    if (i < at && /^(?:qui|tandis|mais|alors)$/.test(page.words[i]!.folded)) return i;
  }
  return low;
}

/** The tense with its auxiliary: "sera refermé" is future, "serait racheté" conditional. */
function tenseOf(page: Page, cue: Cue | null): Tense | null {
  if (!cue?.participle) return cue?.tense ?? null;
  for (let i = cue.from - 1; i >= 0 && i >= cue.from - 3; i--) {
    const { folded } = page.words[i]!;
    if (folded === 'sera' || folded === 'seront') return 'FUT';
    if (/^(?:serai(?:en)?t|aurai(?:en)?t)$/.test(folded)) return 'COND';
  }
  return cue.tense;
}

const AUXILIARIES = new Set('a ont avait avaient ayant avoir vient viennent fut ete'.split(' '));

function hasDoneVerb({ page, amount, cue, from }: Clause): boolean {
  if (cue?.tense === 'DONE' && !(cue.participle && cue.type === 'SAY')) return true;
  const anchor = cue ? cue.from : amount.to;
  for (let i = anchor - 1; i >= from; i--) {
    if (page.mentionAt[i] !== -1) continue;
    const { folded } = page.words[i]!;
    if (!AUXILIARIES.has(folded) || (folded === 'a' && rawWord(page, i) !== 'a')) continue;
    return !/^(?:annonce|devoile|promis|officialise|confirme|presente|detaille|lance)$/.test(
      page.words[i + 1]?.folded ?? '',
    );
  }
  return false;
}

/** "l'État a déboursé", "avaient été fléchés": public money that is out. */
function isSpent(page: Page, cue: Cue | null): boolean {
  if (cue?.tense !== 'DONE' || cue.type === 'SAY' || cue.type === 'RAISE') return false;
  for (let i = cue.from - 1; i >= 0 && i >= cue.from - 4; i--) {
    if (page.breaks[i + 1] !== 'NONE' || page.mentionAt[i] !== -1) return false;
    if (/^(?:a|ont|avait|avaient|ete)$/.test(page.words[i]!.folded) && rawWord(page, i) !== 'à') return true;
  }
  return false;
}

const PRESENT_GIFTS =
  /^(?:investir|injecter|miser|parier|apporter|mettre|remettre|souscrire|participer|glisser|reinvestir|placer|verser)$/;

function isPresentGift(cue: Cue | null): boolean {
  return cue !== null && cue.type === 'GIVE' && cue.tense === 'NOW' && PRESENT_GIFTS.test(cue.lemma);
}

function isAnnounced(page: Page, from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (ANNOUNCING.has(page.words[i]!.folded) && page.mentionAt[i] === -1) return true;
  return false;
}

/** "d'ici 2030", "sur cinq ans", "en trois ans" right after the amount: spread over time to come. */
export function hasHorizon(page: Page, amount: PageAmount, end: number): boolean {
  for (let i = amount.to; i < Math.min(amount.to + 14, end); i++) {
    if (page.amountAt[i] !== -1) return false;
    const { folded } = page.words[i]!;
    if (folded === 'horizon' || (folded === 'ici' && page.words[i - 1]?.folded === 'd')) return true;
    if (folded !== 'sur' && folded !== 'en') continue;
    if ([2, 3].some((k) => /^(?:ans|annees)$/.test(page.words[i + k]?.folded ?? ''))) return true;
  }
  return false;
}

function yearIn(page: Page, from: number, to: number): number | null {
  for (let i = from; i < to; i++) {
    const { folded } = page.words[i]!;
    if (/^20[0-4]\d$/.test(folded) && page.amountAt[i] === -1 && page.mentionAt[i] === -1)
      return Number(folded);
  }
  return null;
}
