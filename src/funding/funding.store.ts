/** Funding reports and the events behind them in Postgres. */
import type { ReadFunding } from '#extraction/extraction.ts';
import type { Tx } from '#platform/database.ts';

/** A report with the actors it was resolved to. */
export interface FundingToSave {
  readonly report: ReadFunding;
  readonly recipientId: number | null;
  readonly investors: readonly { readonly id: number; readonly lead: boolean }[];
}

/** Replaces the reports of an article; returns the event that each report became. Call only under `lockLog`. */
export async function saveFunding(
  tx: Tx,
  article: { readonly id: number; readonly publishedAt: Date },
  reports: readonly FundingToSave[],
): Promise<ReadonlyMap<ReadFunding, number>> {
  const events = new Map<ReadFunding, number>();
  await tx.fundingReport.deleteMany({ where: { articleId: article.id } });
  for (const { report, recipientId, investors } of reports) {
    const { kind, status, money, precision, field, start, end, confidence } = report;
    const event = await tx.fundingEvent.create({ data: { recipientId, kind, status, amount: money.amount, currency: money.currency, date: article.publishedAt } });
    await tx.fundingReport.create({ data: { articleId: article.id, eventId: event.id, recipientId, kind, status, amount: money.amount, currency: money.currency, precision, field, start, end, confidence, publishedAt: article.publishedAt, investors: { create: investors.map(({ id, lead }) => ({ investorId: id, lead })) } } });
    events.set(report, event.id);
  }
  return events;
}
