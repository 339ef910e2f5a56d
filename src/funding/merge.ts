/**
 * Which reports tell of one funding event, and what the event then is. Pure.
 *
 * A report joins an event of the same recipient when kind and amount fit:
 * - the same sum joins whatever the time: old rounds are retold as background for years;
 * - about the same sum (rounding, exchange rates, "more than") joins within `NEWS_DAYS`;
 * - what was rumoured or planned is joined by what came of it, with another sum, within `TALKS_DAYS`;
 * - a sum over several rounds joins such sums, and a round only where it is the same sum: then there was one round.
 * An event moves along rumoured → planned → closed, never back.
 */
import type { FundingKind, FundingStatus } from '#extraction/extraction.ts';

/** How one article puts it. */
export interface EventReport {
  readonly recipientId: number | null;
  readonly kind: FundingKind;
  readonly status: FundingStatus;
  /** Decimal string in currency units. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly precision: 'EXACT' | 'ABOUT' | 'AT_LEAST' | 'AT_MOST';
  readonly investors: readonly { readonly id: number; readonly lead: boolean }[];
  readonly valuation: { readonly amount: string; readonly currency: string } | null;
  /** ISO 8601 date of the deal, of year, month or day precision; null when the text gives none. */
  readonly dealDate: string | null;
  /** True for a sum over several rounds. */
  readonly cumulative: boolean;
  readonly publishedAt: Date;
}

/** An event as its reports have made it so far. */
export interface KnownEvent {
  readonly id: number;
  readonly reports: readonly EventReport[];
}

/** What the event says, all reports taken together. */
export interface EventSummary {
  readonly recipientId: number | null;
  readonly kind: FundingKind;
  readonly status: FundingStatus;
  readonly amount: string;
  readonly currency: string;
  readonly valuation: { readonly amount: string; readonly currency: string } | null;
  readonly date: Date;
  readonly participants: readonly { readonly id: number; readonly lead: boolean }[];
  /** True when reports of the event's present status do not agree on sum or kind. */
  readonly disputed: boolean;
  /** True when all of its reports tell of a sum over several rounds: it is none of its own. */
  readonly cumulative: boolean;
}

/** Value in euros on a day; null when there is no rate. Used to compare sums in different currencies only. */
export type EuroValue = (amount: string, currency: string, date: Date) => number | null;

const DAY_MS = 86_400_000;
const NEWS_DAYS = 120;
const TALKS_DAYS = 270;
/** Relative differences: the same figure; rounded figures; figures in two currencies; a rumour and what came of it. */
const SAME = 0.005;
const ROUNDED = 0.08;
const CONVERTED = 0.12;
const TALKS = 0.6;

const STAGES: ReadonlySet<FundingKind> = new Set([
  'SEED',
  'SERIES_A',
  'SERIES_B',
  'SERIES_C',
  'SERIES_D_PLUS',
  'GROWTH',
]);
const STATUS_ORDER: readonly FundingStatus[] = ['RUMOURED', 'PLANNED', 'CLOSED'];
const isRaise = (kind: FundingKind): boolean => kind === 'ROUND' || STAGES.has(kind);

/** Two raises of named stages are two events; a raise without a stage may be any of them. */
function kindsFit(a: FundingKind, b: FundingKind): boolean {
  if (a === b) return true;
  if (isRaise(a) && isRaise(b)) return a === 'ROUND' || b === 'ROUND';
  // The press calls a round an investment, and a plan or an endowment too, depending on who speaks.
  return a === 'INVESTMENT' ? b !== 'ACQUISITION' : b === 'INVESTMENT' && a !== 'ACQUISITION';
}

function difference(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(a, b);
}

/** Relative difference of two sums, and whether it took an exchange rate; null when they cannot be compared. */
function compareSums(
  a: EventReport,
  b: EventReport,
  inEuros: EuroValue,
): { readonly by: number; readonly converted: boolean } | null {
  if (a.currency === b.currency)
    return { by: difference(Number(a.amount), Number(b.amount)), converted: false };
  const x = inEuros(a.amount, a.currency, a.publishedAt);
  const y = inEuros(b.amount, b.currency, b.publishedAt);
  return x === null || y === null ? null : { by: difference(x, y), converted: true };
}

const daysApart = (a: EventReport, b: EventReport): number =>
  Math.abs(a.publishedAt.getTime() - b.publishedAt.getTime()) / DAY_MS;

/** Deal dates that both texts give and that cannot be of one deal. */
function datesClash(a: EventReport, b: EventReport): boolean {
  if (a.dealDate === null || b.dealDate === null) return false;
  const shared = Math.min(a.dealDate.length, b.dealDate.length, 7);
  return a.dealDate.slice(0, shared) !== b.dealDate.slice(0, shared);
}

/** How well two reports fit one event, 0 to 1; 0 for not at all. */
function fitOf(a: EventReport, b: EventReport, inEuros: EuroValue): number {
  if (a.recipientId !== b.recipientId || !kindsFit(a.kind, b.kind) || datesClash(a, b)) return 0;
  const sums = compareSums(a, b, inEuros);
  if (sums === null) return 0;
  const days = daysApart(a, b);
  // Sums without a recipient (plans, market-wide programmes) are told apart by who pays.
  if (a.recipientId === null) {
    const payers = new Set(a.investors.map(({ id }) => id));
    const shared = b.investors.some(({ id }) => payers.has(id));
    if (!shared && (days > NEWS_DAYS || a.investors.length > 0 || b.investors.length > 0)) return 0;
  }
  if (sums.by <= SAME && !sums.converted) return 1;
  if (a.cumulative !== b.cumulative) return 0;
  if (days <= NEWS_DAYS && sums.by <= (sums.converted ? CONVERTED : ROUNDED)) return 0.9 - sums.by;
  const talked = a.status !== b.status && (a.status !== 'CLOSED' || b.status !== 'CLOSED');
  if (talked && isRaise(a.kind) && isRaise(b.kind) && days <= TALKS_DAYS && sums.by <= TALKS)
    return 0.5 - sums.by / 2;
  return 0;
}

/** The event that a report belongs to, or null when it opens one. Of several the best fit, then the oldest. */
export function chooseEvent(
  report: EventReport,
  events: readonly KnownEvent[],
  inEuros: EuroValue,
): number | null {
  let chosen: { readonly id: number; readonly score: number } | null = null;
  for (const { id, reports } of events) {
    const score = Math.max(0, ...reports.map((known) => fitOf(report, known, inEuros)));
    if (score > 0 && (chosen === null || score > chosen.score)) chosen = { id, score };
  }
  return chosen?.id ?? null;
}

/** The most frequent value, of equals the first. */
function mostFrequent<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** When a report says that it was: its date of the deal, else its own. */
export function dateOf({ dealDate, publishedAt }: EventReport): Date {
  if (dealDate === null) return publishedAt;
  const [year, month = '01', day = '01'] = dealDate.split('-');
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? publishedAt : date;
}

/** What an event is, from its reports (at least one): the furthest status, and what the reports of that status say most. */
export function summarizeEvent(reports: readonly EventReport[]): EventSummary {
  const ordered = [...reports].sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  const status = STATUS_ORDER.findLast((value) => ordered.some((report) => report.status === value))!;
  const current = ordered.filter((report) => report.status === status);
  const exact = current.filter(({ precision }) => precision === 'EXACT');
  const sums = exact.length > 0 ? exact : current;
  const sum = mostFrequent(sums.map(({ amount, currency }) => `${Number(amount)} ${currency}`));
  const { amount, currency } = sums.find((report) => `${Number(report.amount)} ${report.currency}` === sum)!;
  const staged = current.filter(({ kind }) => kind !== 'ROUND' && kind !== 'INVESTMENT');
  const kind = mostFrequent((staged.length > 0 ? staged : current).map((report) => report.kind));
  const leads = new Map<number, boolean>();
  for (const { id, lead } of ordered.flatMap(({ investors }) => investors))
    leads.set(id, lead || (leads.get(id) ?? false));
  const dated = current.find(({ dealDate }) => dealDate !== null) ?? current[0]!;
  return {
    recipientId: ordered[0]!.recipientId,
    kind,
    status,
    amount,
    currency,
    valuation: ordered.findLast(({ valuation }) => valuation !== null)?.valuation ?? null,
    date: dateOf(dated),
    participants: [...leads].map(([id, lead]) => ({ id, lead })),
    disputed:
      exact.some(
        (report) => report.currency === currency && difference(Number(report.amount), Number(amount)) > SAME,
      ) || new Set(staged.map((report) => report.kind)).size > 1,
    cumulative: ordered.every((report) => report.cumulative),
  };
}
