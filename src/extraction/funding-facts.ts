/**
 * Facts while an article is being read, and how those that say the same thing become one.
 */
import type { Precision } from '#text/amounts.ts';
import { compareDecimals, parseDecimal } from '#text/numbers.ts';
import type { FundingKind, FundingStatus, Money, ReadActor } from './extraction.ts';
import type { Cue } from './funding-cues.ts';
import type { Page, PageAmount } from './funding-page.ts';

/** A funding fact found at an amount. */
export interface Draft {
  readonly page: Page;
  readonly at: PageAmount;
  readonly cue: Cue | null;
  /** True for a sum over several rounds, one of which the article tells. */
  total: boolean;
  /** True where the words say that it is a sum over several rounds. */
  cumulative: boolean;
  money: Money;
  /** The same sum in another currency, as the text gives it. */
  same: Money | null;
  precision: Precision;
  kind: FundingKind;
  status: FundingStatus;
  recipient: ReadActor | null;
  /** Ref to whether it leads. */
  readonly investors: Map<number, boolean>;
  valuation: (Money & { readonly basis: 'PRE' | 'POST' | null }) | null;
  date: string | null;
  confidence: number;
}

const STAGES = new Set<FundingKind>(['SEED', 'SERIES_A', 'SERIES_B', 'SERIES_C', 'SERIES_D_PLUS', 'GROWTH']);

/** True for a raise with or without a stage: the kinds that have several investors and a valuation. */
export function isRound(kind: FundingKind): boolean {
  return kind === 'ROUND' || STAGES.has(kind);
}

export function isStage(kind: FundingKind): boolean {
  return STAGES.has(kind);
}

/** True when two amounts differ by no more than `percent` of the larger. */
export function isClose(a: string, b: string, percent: number): boolean {
  if (compareDecimals(a, b) === 0) return true;
  const x = parseDecimal(a);
  const y = parseDecimal(b);
  if (!x || !y) return false;
  const places = Math.max(x.places, y.places);
  const left = x.units * 10n ** BigInt(places - x.places);
  const right = y.units * 10n ** BigInt(places - y.places);
  const larger = left > right ? left : right;
  const gap = left > right ? left - right : right - left;
  return gap * 100n <= larger * BigInt(percent);
}

function sameMoney(a: Draft, b: Draft): boolean {
  const of = (d: Draft): Money[] => (d.same ? [d.money, d.same] : [d.money]);
  for (const x of of(a)) {
    for (const y of of(b)) if (x.currency === y.currency && isClose(x.amount, y.amount, 1)) return true;
  }
  const loose = a.precision !== 'EXACT' || b.precision !== 'EXACT';
  return (
    loose &&
    a.money.currency === b.money.currency &&
    a.recipient !== null &&
    a.recipient === b.recipient &&
    a.kind === b.kind &&
    a.precision !== 'AT_MOST' &&
    b.precision !== 'AT_MOST' &&
    isClose(a.money.amount, b.money.amount, 6)
  );
}

function compatible(a: Draft, b: Draft): boolean {
  const headline = a.page.field !== b.page.field;
  if (a.recipient && b.recipient && a.recipient.ref !== b.recipient.ref && !headline) return false;
  if (headline) return true;
  if (a.kind === 'INVESTMENT' && b.kind === 'INVESTMENT' && !a.recipient && areDisjoint(a, b)) return false;
  if (isStage(a.kind) && isStage(b.kind) && a.kind !== b.kind) return false;
  if (a.kind === b.kind) return true;
  // Of two kinds, they are one deal only if it is the same company's.
  const same = a.recipient !== null && a.recipient.ref === b.recipient?.ref;
  if (a.kind === 'DEBT' || b.kind === 'DEBT') return same && (a.kind === 'ROUND' || b.kind === 'ROUND');
  return same || Math.abs(a.at.sentence - b.at.sentence) <= 2 || a.recipient === b.recipient;
}

/** "Brookfield 10 milliards, Bpifrance 10 milliards": two payers, each with its own. */
function areDisjoint(a: Draft, b: Draft): boolean {
  return (
    a.investors.size > 0 &&
    b.investors.size > 0 &&
    ![...a.investors.keys()].some((ref) => b.investors.has(ref))
  );
}

/** Joins the drafts that tell the same fact; the first one keeps its place, and learns what the later ones add. */
export function joinDrafts(drafts: readonly Draft[]): Draft[] {
  const joined: Draft[] = [];
  for (const draft of drafts) {
    const known = joined.find((d) => sameMoney(d, draft) && compatible(d, draft));
    if (known) learn(known, draft);
    else joined.push(draft);
  }
  return joined;
}

/** "a levé 200 millions en tout", where no single round of the same company is told, stands for its round. */
export function singleOutTotals(facts: readonly Draft[]): void {
  const told = new Set(facts.filter((f) => isRound(f.kind) && !f.total).map((f) => f.recipient?.ref));
  for (const fact of facts) if (fact.total && !told.has(fact.recipient?.ref)) fact.total = false;
}

function learn(known: Draft, other: Draft): void {
  if (!known.recipient && other.recipient && known.kind !== 'PUBLIC_PLAN') known.recipient = other.recipient;
  if (!isStage(known.kind) && (isStage(other.kind) || (known.kind === 'ROUND' && other.kind === 'GRANT'))) {
    if (known.kind === 'ROUND' || known.kind === 'INVESTMENT') known.kind = other.kind;
  }
  // "60 millions" that turn out to be "70 millions de dollars (60 millions d'euros)"
  if (known.same === null && other.same && other.same.currency === known.money.currency) {
    known.same = known.money;
    known.money = other.money;
  }
  if (known.same === null && other.money.currency !== known.money.currency) known.same = other.money;
  if (
    known.precision !== 'EXACT' &&
    other.precision === 'EXACT' &&
    isClose(known.money.amount, other.money.amount, 6)
  ) {
    if (known.money.currency === other.money.currency) known.money = other.money;
    known.precision = 'EXACT';
  }
  for (const [ref, lead] of other.investors) {
    if (ref !== known.recipient?.ref) known.investors.set(ref, lead || (known.investors.get(ref) ?? false));
  }
  // A first round is the total too.
  known.cumulative &&= other.cumulative;
  known.valuation ??= other.valuation;
  known.date ??= other.date;
  known.confidence = Math.min(0.98, Math.max(known.confidence, other.confidence) + 0.02);
}
