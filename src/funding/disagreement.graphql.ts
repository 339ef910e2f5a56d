/** Where the reports of a funding event differ, in the API. */
import { ActorRef } from '#actor/actor.graphql.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import { loadForSiblings, responsePath } from '#graphql/batch.ts';
import { builder } from '#graphql/builder.ts';
import { moneyOf } from '#graphql/money.ts';
import {
  type Disagreement,
  type FundingFact,
  type FundingRule,
  findDisagreements,
  type Reading,
} from './disagreement.ts';
import { FundingEventRef, FundingReportRef } from './funding.graphql.ts';
import type { EventReport } from './merge.ts';

/** Reports of one event that are compared, the first ones. */
const REPORTS_MAX = 100;

const FundingFactRef = builder.enumType('FundingFact', {
  description: 'What reports of a funding event can differ on.',
  values: {
    AMOUNT: { description: 'The sum, or the currency it is given in.' },
    KIND: { description: 'What kind of money it is, the stage of a round for one.' },
    STATUS: { description: 'How far it has come.' },
    DATE: { description: 'The date of the deal.' },
    VALUATION: { description: 'What the recipient is held to be worth.' },
    INVESTORS: { description: 'Who gives it: some reports name investors that others leave out.' },
    LEAD: { description: 'Who leads the round.' },
  } satisfies Record<FundingFact, object>,
});

const FundingRuleRef = builder.enumType('FundingRule', {
  description: 'How an event comes to what it shows when its reports differ.',
  values: {
    FURTHEST: { description: 'The furthest that any report says: closed before planned before rumoured.' },
    MOST_OFTEN: {
      description:
        'What most reports of the furthest status say, of equals the first; exact sums before rounded ones, named stages before a mere round.',
    },
    FIRST: { description: 'The first that a report of the furthest status gives.' },
    LATEST: { description: 'What the latest report says that says anything of it.' },
    ALL: { description: 'All of them together.' },
  } satisfies Record<FundingRule, object>,
});

const WITH_REPORTS = {
  participants: true,
  reports: {
    orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }],
    take: REPORTS_MAX,
    include: { investors: true, article: { select: { outlet: true } } },
  },
} as const satisfies Prisma.FundingEventInclude;

type Row = Prisma.FundingReportGetPayload<(typeof WITH_REPORTS)['reports']>;
type Compared = EventReport & { readonly row: Row };

/** As `moneyOf`, as the comparison takes it. */
function plainMoney(amount: Prisma.Decimal | null, currency: string | null) {
  const money = moneyOf(amount, currency);
  return money && { amount: money.amount.toFixed(), currency: money.currency };
}

const compared = (row: Row): Compared => ({
  ...row,
  amount: row.amount.toFixed(),
  valuation: plainMoney(row.valuation, row.valuationCurrency),
  investors: row.investors.map(({ investorId, lead }) => ({ id: investorId, lead })),
  row,
});

const byId = <R extends { readonly id: number }>(rows: readonly R[]): ReadonlyMap<number, R> =>
  new Map(rows.map((row) => [row.id, row]));

const ReadingRef = builder.objectRef<Reading<Compared>>('FundingReading').implement({
  description: 'One of several things that reports say of the same fact.',
  fields: (t) => ({
    value: t.exposeString('value', {
      nullable: true,
      description:
        'What is said: a sum with its currency (`105000000 EUR`), a kind, a status or an ISO 8601 date of year, month or day; null when it is an investor.',
    }),
    investor: t.prismaField({
      type: ActorRef,
      nullable: true,
      description: 'The investor that these reports name; null for anything else.',
      resolve: async (query, { investorId }, _args, context, info) => {
        if (investorId === null) return null;
        const found = await loadForSiblings(context, responsePath(info), investorId, async (ids) =>
          byId(await context.db.actor.findMany({ ...query, where: { id: { in: [...ids] } } })),
        );
        return found ?? null;
      },
    }),
    shown: t.exposeBoolean('shown', { description: 'True for what the event shows.' }),
    outlets: t.stringList({
      description: 'The outlets that say so, the first one first.',
      resolve: ({ reports }) => [...new Set(reports.map(({ row }) => row.article.outlet))],
    }),
    reports: t.prismaField({
      type: [FundingReportRef],
      description: 'The reports that say so, the first one first, each with its span in its article.',
      resolve: async (query, { reports }, _args, context, info) => {
        const load = async (ids: readonly number[]) =>
          byId(await context.db.fundingReport.findMany({ ...query, where: { id: { in: [...ids] } } }));
        const rows = await Promise.all(
          reports.map(({ row }) => loadForSiblings(context, responsePath(info), row.id, load)),
        );
        return rows.filter((row) => row !== undefined);
      },
    }),
  }),
});

const DisagreementRef = builder.objectRef<Disagreement<Compared>>('FundingDisagreement').implement({
  description: 'A fact that the reports of a funding event do not agree on.',
  fields: (t) => ({
    fact: t.expose('fact', { type: FundingFactRef, description: 'What they differ on.' }),
    rule: t.expose('rule', { type: FundingRuleRef, description: 'Why the event shows what it shows.' }),
    readings: t.field({
      type: [ReadingRef],
      description: 'What is said: first what the event shows, then what most reports say.',
      resolve: ({ readings }) => [...readings],
    }),
  }),
});

builder.prismaObjectField(FundingEventRef, 'disagreements', (t) =>
  t.field({
    type: [DisagreementRef],
    description: `The facts that its reports do not agree on, with who says what; empty when they agree. Compares the first ${REPORTS_MAX} reports. More than \`disputed\`, which is true when sums or stages contradict each other.`,
    select: WITH_REPORTS,
    resolve: (event) => [
      ...findDisagreements(
        {
          ...event,
          amount: event.amount.toFixed(),
          valuation: plainMoney(event.valuation, event.valuationCurrency),
          participants: event.participants.map(({ investorId, lead }) => ({ id: investorId, lead })),
        },
        event.reports.map(compared),
      ),
    ],
  }),
);
