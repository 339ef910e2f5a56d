/** Funding reports and the events behind them in Postgres. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FundingStatus, ReadFunding } from '#extraction/extraction.ts';
import { jsonRows } from '#platform/json-rows.ts';
import type { Statements } from '#platform/writer.ts';
import {
  chooseEvent,
  type EventReport,
  type EventSummary,
  type KnownEvent,
  summarizeEvent,
} from './merge.ts';
import { parseRates, toEur } from './rates.ts';

const RATES = parseRates(readFileSync(join(import.meta.dirname, 'reference-rates.csv'), 'utf8'));

const inEuros = (amount: string, currency: string, date: Date): number | null => {
  const euros = toEur(RATES, amount, currency, date);
  return euros === null ? null : Number(euros);
};

/** Events looked at for one article beside its own: those of its recipients, and those without recipient of about its time. */
const EVENTS_MAX = 500;
const WINDOW_MS = 150 * 86_400_000;

/** A report with the actors it was resolved to. */
export interface FundingToSave {
  readonly report: ReadFunding;
  readonly recipientId: number | null;
  readonly investors: readonly { readonly id: number; readonly lead: boolean }[];
}

interface Article {
  readonly id: number;
  readonly publishedAt: Date;
}

/** A report as Postgres writes it. */
interface ReportJson extends Omit<EventReport, 'publishedAt'> {
  readonly articleId: number;
  readonly publishedAt: string;
}

interface StoredEvent {
  readonly id: number;
  /** Of other articles. */
  readonly reports: readonly EventReport[];
  /** Of the article as it was before. */
  readonly own: readonly EventReport[];
}

/**
 * Events that a report of this article may belong to, with the reports they have, in the order they were opened: those it belonged
 * to before, at most one per report, and `EVENTS_MAX` of the others.
 */
async function loadEvents(
  tx: Pick<Statements, '$queryRaw'>,
  { id, publishedAt }: Article,
  recipientIds: readonly number[],
): Promise<readonly StoredEvent[]> {
  const from = new Date(publishedAt.getTime() - WINDOW_MS);
  const to = new Date(publishedAt.getTime() + WINDOW_MS);
  const rows = await tx.$queryRaw<{ id: number; reports: readonly ReportJson[] }[]>`
    select e.id, (
      select coalesce(json_agg(json_build_object(
               'articleId', r.article_id, 'recipientId', r.recipient_id, 'kind', r.kind, 'status', r.status,
               'amount', trim_scale(r.amount)::text, 'currency', r.currency, 'precision', r.precision,
               'valuation', case when r.valuation_currency is not null and r.valuation is not null then
                 json_build_object('amount', trim_scale(r.valuation)::text, 'currency', r.valuation_currency) end,
               'dealDate', r.deal_date, 'cumulative', r.cumulative, 'publishedAt', r.published_at,
               'investors', (select coalesce(json_agg(json_build_object('id', i.investor_id, 'lead', i.lead)
                                                      order by i.investor_id), '[]')
                               from funding_report_investor i where i.report_id = r.id)) order by r.id), '[]')
        from funding_report r where r.event_id = e.id) as reports
      from funding_event e
     where e.id in (
       (select event_id from funding_report where article_id = ${id})
       union all
       (select id from funding_event
         where recipient_id = any(${recipientIds}::int4[])
            or (recipient_id is null and date between ${from}::timestamptz and ${to}::timestamptz)
         order by date desc, id limit ${EVENTS_MAX}))
     order by e.id`;
  return rows.map((row) => {
    const reports = Map.groupBy(row.reports, ({ articleId }) => articleId === id);
    const told = (own: boolean): EventReport[] =>
      (reports.get(own) ?? []).map((report) => ({ ...report, publishedAt: new Date(report.publishedAt) }));
    return { id: row.id, reports: told(false), own: told(true) };
  });
}

/** The event that a report became, and how far it has come by all reports. */
export interface SavedReport {
  readonly eventId: number;
  readonly status: FundingStatus;
  /** At the reference rate; null when there is none. */
  readonly amountEur: number | null;
}

function toReport({ report, recipientId, investors }: FundingToSave, publishedAt: Date): EventReport {
  const { kind, status, money, precision, valuation, date: dealDate, cumulative } = report;
  return {
    recipientId,
    kind,
    status,
    ...money,
    precision,
    investors: [...new Map(investors.map((investor) => [investor.id, investor])).values()],
    valuation,
    dealDate,
    cumulative,
    publishedAt,
  };
}

/** Keys for events that are yet to be written. */
async function drawEventIds(tx: Pick<Statements, '$queryRaw'>, count: number): Promise<readonly number[]> {
  if (count === 0) return [];
  const rows = await tx.$queryRaw<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('funding_event', 'id'))::int4 as id from generate_series(1, ${count}::int4)`;
  return rows.map(({ id }) => id);
}

interface EventToSave extends EventSummary {
  readonly id: number;
  readonly amountEur: string | null;
}

interface ReportToSave
  extends Omit<EventReport, 'valuation'>,
    Pick<ReadFunding, 'field' | 'start' | 'end' | 'confidence' | 'valuation'> {
  readonly eventId: number;
}

/** Writes the reports of an article, and what the events have come to with them. */
async function saveEvents(
  tx: Pick<Statements, '$executeRaw'>,
  article: Article,
  reports: readonly ReportToSave[],
  events: readonly EventToSave[],
): Promise<void> {
  const reportRows = reports.map(({ valuation, ...report }) => ({
    ...report,
    valuation: valuation?.amount ?? null,
    valuationCurrency: valuation?.currency ?? null,
    valuationBasis: valuation?.basis ?? null,
  }));
  const investorRows = reports.flatMap(({ field, start, end, investors }) =>
    investors.map((investor) => ({ field, start, end, ...investor })),
  );
  const eventRows = events.map(({ valuation, participants: _participants, ...event }) => ({
    ...event,
    valuation: valuation?.amount ?? null,
    valuationCurrency: valuation?.currency ?? null,
  }));
  const participantRows = events.flatMap(({ id, participants }) =>
    participants.map((participant) => ({ eventId: id, ...participant })),
  );
  await tx.$executeRaw`
    with e as (
      insert into funding_event (id, recipient_id, kind, status, amount, currency, amount_eur, valuation, valuation_currency,
                                 date, disputed, cumulative)
      select id, "recipientId", kind::"FundingKind", status::"FundingStatus", amount, currency, "amountEur", valuation,
             "valuationCurrency", date, disputed, cumulative
        from json_to_recordset(${jsonRows(eventRows)}::json)
          as r(id int, "recipientId" int, kind text, status text, amount numeric, currency text, "amountEur" numeric,
               valuation numeric, "valuationCurrency" text, date timestamptz, disputed boolean, cumulative boolean)
      on conflict (id) do update
        set (recipient_id, kind, status, amount, currency, amount_eur, valuation, valuation_currency, date, disputed,
             cumulative)
          = (excluded.recipient_id, excluded.kind, excluded.status, excluded.amount, excluded.currency,
             excluded.amount_eur, excluded.valuation, excluded.valuation_currency, excluded.date, excluded.disputed,
             excluded.cumulative)),
    r as (
      insert into funding_report (article_id, event_id, recipient_id, kind, status, amount, currency, precision, valuation,
                                  valuation_currency, valuation_basis, deal_date, cumulative, field, start, "end",
                                  confidence, published_at)
      select ${article.id}::int4, "eventId", "recipientId", kind::"FundingKind", status::"FundingStatus", amount, currency,
             precision::"AmountPrecision", valuation, "valuationCurrency", "valuationBasis", "dealDate", cumulative,
             field::"Field", start, "end", confidence, ${article.publishedAt}::timestamptz
        from json_to_recordset(${jsonRows(reportRows)}::json)
          as r("eventId" int, "recipientId" int, kind text, status text, amount numeric, currency text, precision text,
               valuation numeric, "valuationCurrency" text, "valuationBasis" text, "dealDate" text, cumulative boolean,
               field text, start int, "end" int, confidence float8)
      returning id, field, start, "end"),
    i as (
      insert into funding_report_investor (report_id, investor_id, lead)
      select r.id, g.id, g.lead
        from json_to_recordset(${jsonRows(investorRows)}::json) as g(field text, start int, "end" int, id int, lead boolean)
        join r on r.field = g.field::"Field" and r.start = g.start and r."end" = g."end"),
    p as (
      select "eventId" as event_id, id as investor_id, lead
        from json_to_recordset(${jsonRows(participantRows)}::json) as r("eventId" int, id int, lead boolean)),
    gone as (
      delete from funding_participation f
       where event_id = any(${events.map(({ id }) => id)}::int4[])
         and not exists (select from p where p.event_id = f.event_id and p.investor_id = f.investor_id))
    insert into funding_participation (event_id, investor_id, lead)
    select event_id, investor_id, lead from p
    on conflict (event_id, investor_id) do update set lead = excluded.lead`;
}

/** Replaces the reports of an article; returns the event that each report became. Call only under `lockLog`. */
export async function saveFunding(
  tx: Statements,
  article: Article & { readonly isNew: boolean },
  given: readonly FundingToSave[],
): Promise<ReadonlyMap<ReadFunding, SavedReport>> {
  if (article.isNew && given.length === 0) return new Map();
  const recipients = given.flatMap(({ recipientId }) => recipientId ?? []);
  const stored = await loadEvents(tx, article, recipients);
  const left = stored.filter(({ own }) => own.length > 0).map(({ id }) => id);
  if (left.length === 0 && given.length === 0) return new Map();

  // Its own earlier reports count too: a revision is to find the event it had made.
  const known: KnownEvent[] = stored.map(({ id, reports, own }) => ({ id, reports: [...reports, ...own] }));
  const told = given.map((each) => toReport(each, article.publishedAt));
  // An event to be opened goes by the number of its report, below zero, until it has a key.
  const chosen = told.map((report, at) => {
    const id = chooseEvent(report, known, inEuros) ?? -1 - at;
    known.push({ id, reports: [report] });
    return id;
  });
  const opening = [...new Set(chosen.filter((id) => id < 0))];
  const drawn = await drawEventIds(tx, opening.length);
  const keys = new Map(opening.map((id, at) => [id, drawn[at]!]));
  const eventIds = chosen.map((id) => keys.get(id) ?? id);

  const others = new Map(stored.map(({ id, reports }) => [id, reports]));
  const reportsOf = (id: number): EventReport[] => [
    ...(others.get(id) ?? []),
    ...told.filter((_, at) => eventIds[at] === id),
  ];
  const touched = [...new Set([...left, ...eventIds])].map((id) => ({ id, reports: reportsOf(id) }));
  if (left.length > 0) {
    await tx.$executeRaw`delete from funding_report where article_id = ${article.id}`;
    // An event that nobody reports any more is gone.
    const gone = touched.filter(({ reports }) => reports.length === 0).map(({ id }) => id);
    if (gone.length > 0) await tx.$executeRaw`delete from funding_event where id = any(${gone}::int4[])`;
  }
  const events = touched
    .filter(({ reports }) => reports.length > 0)
    .map(({ id, reports }): EventToSave => {
      const summary = summarizeEvent(reports);
      return { id, ...summary, amountEur: toEur(RATES, summary.amount, summary.currency, summary.date) };
    });
  const rows = given.map(({ report }, at) => ({
    ...report,
    ...told[at]!,
    valuation: report.valuation,
    eventId: eventIds[at]!,
  }));
  await saveEvents(tx, article, rows, events);
  const eventOf = new Map(events.map((event) => [event.id, event]));
  return new Map(
    given.map(({ report }, at) => {
      const { id, status, amountEur } = eventOf.get(eventIds[at]!)!;
      return [report, { eventId: id, status, amountEur: amountEur === null ? null : Number(amountEur) }];
    }),
  );
}
