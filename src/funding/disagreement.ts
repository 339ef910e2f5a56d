/**
 * Where the reports of one funding event differ: who says what, what the event shows, and by which rule of `merge.ts`. Pure.
 *
 * A report that does not say something does not disagree about it, and a date may be less precise than another. The recipient
 * is no part of it: reports of other recipients tell of other events.
 */
import { dateOf, type EventReport, type EventSummary } from './merge.ts';

/** What reports differ on. */
export type FundingFact = 'AMOUNT' | 'KIND' | 'STATUS' | 'DATE' | 'VALUATION' | 'INVESTORS' | 'LEAD';

/** How an event comes to what it shows. */
export type FundingRule = 'FURTHEST' | 'MOST_OFTEN' | 'FIRST' | 'LATEST' | 'ALL';

/** One of several things said, with the reports that say it, the first one first. */
export interface Reading<Report> {
  /** `105000000 EUR`, `SERIES_A`, `CLOSED`, `2026-03`; null for an investor. */
  readonly value: string | null;
  readonly investorId: number | null;
  /** True for what the event shows. */
  readonly shown: boolean;
  readonly reports: readonly Report[];
}

export interface Disagreement<Report> {
  readonly fact: FundingFact;
  readonly rule: FundingRule;
  /** What the event shows first, then what most reports say. */
  readonly readings: readonly Reading<Report>[];
}

/** What an event shows. */
type Shown = Pick<
  EventSummary,
  'amount' | 'currency' | 'kind' | 'status' | 'valuation' | 'date' | 'participants'
>;

type Money = { readonly amount: string; readonly currency: string } | null;

const moneyText = (money: Money): string | null => money && `${money.amount} ${money.currency}`;
const sameMoney = (a: Money, b: Money): boolean =>
  a !== null && b !== null && a.currency === b.currency && Number(a.amount) === Number(b.amount);

/** Whether one date is the other, or a part of it. */
const datesAgree = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** The facts that the reports do not agree on, in the order of `FundingFact`. */
export function findDisagreements<Report extends EventReport>(
  event: Shown,
  reports: readonly Report[],
): readonly Disagreement<Report>[] {
  const ordered = [...reports].sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  const found: Disagreement<Report>[] = [];
  const add = (
    fact: FundingFact,
    rule: FundingRule,
    readings: readonly Reading<Report>[],
    differ: boolean = readings.length > 1,
  ): void => {
    if (!differ) return;
    const best = (a: Reading<Report>, b: Reading<Report>): number =>
      Number(b.shown) - Number(a.shown) || b.reports.length - a.reports.length;
    found.push({ fact, rule, readings: [...readings].sort(best) });
  };
  /** The reports by what each says; null for nothing. */
  const valuesBy = (
    said: (report: Report) => string | null,
    isShown: (report: Report) => boolean,
  ): readonly Reading<Report>[] =>
    [...Map.groupBy(ordered, said)].flatMap(([value, saying]) =>
      value === null ? [] : [{ value, investorId: null, shown: saying.some(isShown), reports: saying }],
    );
  /** As `valuesBy`, for the investors that reports name: each is one reading, whoever else is named beside. */
  const investorsBy = (
    named: (report: Report) => readonly { readonly id: number }[],
    shown: readonly { readonly id: number }[],
  ): { readonly readings: readonly Reading<Report>[]; readonly differ: boolean } => {
    const saying = ordered.filter((report) => named(report).length > 0);
    const ids = [...new Set(saying.flatMap((report) => named(report).map(({ id }) => id)))];
    const readings = ids.map((investorId) => ({
      value: null,
      investorId,
      shown: shown.some(({ id }) => id === investorId),
      reports: saying.filter((report) => named(report).some(({ id }) => id === investorId)),
    }));
    return { readings, differ: readings.some((reading) => reading.reports.length < saying.length) };
  };

  add(
    'AMOUNT',
    'MOST_OFTEN',
    valuesBy(
      (report) => moneyText({ ...report, amount: String(Number(report.amount)) }),
      (report) => sameMoney(report, event),
    ),
  );
  add(
    'KIND',
    'MOST_OFTEN',
    valuesBy(
      ({ kind }) => kind,
      ({ kind }) => kind === event.kind,
    ),
  );
  add(
    'STATUS',
    'FURTHEST',
    valuesBy(
      ({ status }) => status,
      ({ status }) => status === event.status,
    ),
  );
  const dates = valuesBy(
    ({ dealDate }) => dealDate,
    (report) => dateOf(report).getTime() === event.date.getTime(),
  );
  const datesDiffer = dates.some((a) => dates.some((b) => !datesAgree(a.value!, b.value!)));
  add('DATE', 'FIRST', dates, datesDiffer);
  add(
    'VALUATION',
    'LATEST',
    valuesBy(
      ({ valuation }) => valuation && moneyText({ ...valuation, amount: String(Number(valuation.amount)) }),
      ({ valuation }) => sameMoney(valuation, event.valuation),
    ),
  );
  const investors = investorsBy((report) => report.investors, event.participants);
  add('INVESTORS', 'ALL', investors.readings, investors.differ);
  const leads = investorsBy(
    (report) => report.investors.filter(({ lead }) => lead),
    event.participants.filter(({ lead }) => lead),
  );
  add('LEAD', 'ALL', leads.readings, leads.differ);
  return found;
}
