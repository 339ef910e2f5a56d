/** Funding reports and the events behind them in Postgres. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FundingStatus, ReadFunding } from '#extraction/extraction.ts';
import type { Tx } from '#platform/database.ts';
import { chooseEvent, type EventReport, type KnownEvent, summarizeEvent } from './merge.ts';
import { parseRates, toEur } from './rates.ts';

const RATES = parseRates(readFileSync(join(import.meta.dirname, 'reference-rates.csv'), 'utf8'));

const inEuros = (amount: string, currency: string, date: Date): number | null => {
  const euros = toEur(RATES, amount, currency, date);
  return euros === null ? null : Number(euros);
};

/** Events looked at for one article: those of its recipients, and those without recipient of about its time. */
const EVENTS_MAX = 500;
const WINDOW_MS = 150 * 86_400_000;

/** A report with the actors it was resolved to. */
export interface FundingToSave {
  readonly report: ReadFunding;
  readonly recipientId: number | null;
  readonly investors: readonly { readonly id: number; readonly lead: boolean }[];
}

const REPORT_COLUMNS = {
  articleId: true,
  eventId: true,
  recipientId: true,
  kind: true,
  status: true,
  amount: true,
  currency: true,
  precision: true,
  valuation: true,
  valuationCurrency: true,
  dealDate: true,
  publishedAt: true,
  investors: { select: { investorId: true, lead: true } },
} as const;

type ReportRow = Awaited<ReturnType<typeof loadReports>>[number];

function loadReports(tx: Tx, eventIds: readonly number[]) {
  return tx.fundingReport.findMany({
    where: { eventId: { in: [...eventIds] } },
    orderBy: { id: 'asc' },
    select: REPORT_COLUMNS,
  });
}

function fromRow({ amount, valuation, valuationCurrency, investors, ...row }: ReportRow): EventReport {
  return {
    ...row,
    amount: amount.toFixed(),
    valuation:
      valuation === null || valuationCurrency === null
        ? null
        : { amount: valuation.toFixed(), currency: valuationCurrency },
    investors: investors.map(({ investorId, lead }) => ({ id: investorId, lead })),
  };
}

/** Events that a report of this article may belong to, with the reports they have from other articles. */
async function loadEvents(
  tx: Tx,
  article: { readonly id: number; readonly publishedAt: Date },
  recipientIds: readonly number[],
): Promise<readonly KnownEvent[]> {
  const { publishedAt } = article;
  const near = {
    gte: new Date(publishedAt.getTime() - WINDOW_MS),
    lte: new Date(publishedAt.getTime() + WINDOW_MS),
  };
  const rows = await tx.fundingEvent.findMany({
    where: {
      OR: [
        { recipientId: { in: [...recipientIds] } },
        { recipientId: null, date: near },
        { reports: { some: { articleId: article.id } } },
      ],
    },
    orderBy: [{ date: 'desc' }, { id: 'asc' }],
    take: EVENTS_MAX,
    select: { id: true, reports: { orderBy: { id: 'asc' }, select: REPORT_COLUMNS } },
  });
  // Its own earlier reports count too: a revision is to find the event it had made.
  return rows.map(({ id, reports }) => ({ id, reports: reports.map(fromRow) })).sort((a, b) => a.id - b.id);
}

/** Brings events up to what their reports say and returns what they have come to; an event without reports is gone. */
async function refreshEvents(
  tx: Tx,
  eventIds: readonly number[],
): Promise<ReadonlyMap<number, Omit<SavedReport, 'eventId'>>> {
  const states = new Map<number, Omit<SavedReport, 'eventId'>>();
  const reports = Map.groupBy(await loadReports(tx, eventIds), ({ eventId }) => eventId);
  const orphans = eventIds.filter((id) => !reports.has(id));
  if (orphans.length > 0) await tx.fundingEvent.deleteMany({ where: { id: { in: orphans } } });
  for (const [id, rows] of reports) {
    const { participants, valuation, ...event } = summarizeEvent(rows.map(fromRow));
    const amountEur = toEur(RATES, event.amount, event.currency, event.date);
    await tx.fundingEvent.update({
      where: { id },
      data: {
        ...event,
        amountEur,
        valuation: valuation?.amount ?? null,
        valuationCurrency: valuation?.currency ?? null,
      },
    });
    states.set(id, { status: event.status, amountEur: amountEur === null ? null : Number(amountEur) });
    await tx.fundingParticipation.deleteMany({ where: { eventId: id } });
    await tx.fundingParticipation.createMany({
      data: participants.map(({ id: investorId, lead }) => ({ eventId: id, investorId, lead })),
    });
  }
  return states;
}

/** The event that a report became, and how far it has come by all reports. */
export interface SavedReport {
  readonly eventId: number;
  readonly status: FundingStatus;
  /** At the reference rate; null when there is none. */
  readonly amountEur: number | null;
}

/** Replaces the reports of an article; returns the event that each report became. Call only under `lockLog`. */
export async function saveFunding(
  tx: Tx,
  article: { readonly id: number; readonly publishedAt: Date; readonly isNew: boolean },
  reports: readonly FundingToSave[],
): Promise<ReadonlyMap<ReadFunding, SavedReport>> {
  const before = article.isNew
    ? []
    : await tx.fundingReport.findMany({ where: { articleId: article.id }, select: { eventId: true } });
  const eventOf = new Map<ReadFunding, number>();
  if (before.length === 0 && reports.length === 0) return new Map();
  const recipients = reports.flatMap(({ recipientId }) => recipientId ?? []);
  const events = [...(await loadEvents(tx, article, recipients))];
  if (before.length > 0) await tx.fundingReport.deleteMany({ where: { articleId: article.id } });
  for (const { report, recipientId, investors } of reports) {
    const {
      kind,
      status,
      money,
      precision,
      valuation,
      date: dealDate,
      field,
      start,
      end,
      confidence,
    } = report;
    const told: EventReport = {
      recipientId,
      kind,
      status,
      ...money,
      precision,
      investors: [...new Map(investors.map((investor) => [investor.id, investor])).values()],
      valuation,
      dealDate,
      publishedAt: article.publishedAt,
    };
    const eventId =
      chooseEvent(told, events, inEuros) ??
      (
        await tx.fundingEvent.create({
          data: { recipientId, kind, status, ...money, date: article.publishedAt },
          select: { id: true },
        })
      ).id;
    events.push({ id: eventId, reports: [told] });
    await tx.fundingReport.create({
      data: {
        articleId: article.id,
        eventId,
        recipientId,
        kind,
        status,
        ...money,
        precision,
        valuation: valuation?.amount ?? null,
        valuationCurrency: valuation?.currency ?? null,
        valuationBasis: valuation?.basis ?? null,
        dealDate,
        field,
        start,
        end,
        confidence,
        publishedAt: article.publishedAt,
        investors: { create: told.investors.map(({ id, lead }) => ({ investorId: id, lead })) },
      },
    });
    eventOf.set(report, eventId);
  }
  const touched = new Set([...before.map(({ eventId }) => eventId), ...eventOf.values()]);
  const states = await refreshEvents(tx, [...touched]);
  return new Map([...eventOf].map(([report, eventId]) => [report, { eventId, ...states.get(eventId)! }]));
}
