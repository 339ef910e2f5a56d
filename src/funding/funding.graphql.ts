/** Funding in the API: the facts, and what each article says of them. */
import { ActorRef } from '#actor/actor.graphql.ts';
import { ArticleRef } from '#article/article.graphql.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { AmountPrecision, FundingKind, FundingStatus } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import { rowIdOf } from '#graphql/ids.ts';
import { decimalSql, MoneyRef, moneyOf, moneySql } from '#graphql/money.ts';
import { SpanRef } from '#graphql/span.ts';
import { asSql } from '#graphql/sql-field.ts';

const { sql } = Prisma;

export const FundingKindRef = builder.enumType('FundingKind', {
  description: 'What kind of money it is.',
  values: {
    [FundingKind.SEED]: { description: 'Seed round (amorçage).' },
    [FundingKind.SERIES_A]: { description: 'Series A round.' },
    [FundingKind.SERIES_B]: { description: 'Series B round.' },
    [FundingKind.SERIES_C]: { description: 'Series C round.' },
    [FundingKind.SERIES_D_PLUS]: { description: 'Series D round or later.' },
    [FundingKind.GROWTH]: { description: 'Growth round.' },
    [FundingKind.ROUND]: { description: 'A round whose stage is not said.' },
    [FundingKind.GRANT]: { description: 'A grant or subsidy.' },
    [FundingKind.PUBLIC_PLAN]: {
      description: 'A plan of a state or region, for a field rather than for one recipient.',
    },
    [FundingKind.ENDOWMENT]: { description: 'What a laboratory or foundation is endowed with.' },
    [FundingKind.DEBT]: { description: 'A loan or credit line.' },
    [FundingKind.ACQUISITION]: { description: 'The price of a purchase.' },
    [FundingKind.INVESTMENT]: { description: 'An investment of an actor in a site, a project or a field.' },
  } as const,
});

export const FundingStatusRef = builder.enumType('FundingStatus', {
  description: 'How far it has come.',
  values: {
    [FundingStatus.RUMOURED]: { description: 'Said to be under discussion.' },
    [FundingStatus.PLANNED]: { description: 'Announced or being raised.' },
    [FundingStatus.CLOSED]: { description: 'Done.' },
  } as const,
});

const AmountPrecisionRef = builder.enumType('AmountPrecision', {
  description: 'How a text bounds an amount.',
  values: {
    [AmountPrecision.EXACT]: { description: 'As it is.' },
    [AmountPrecision.ABOUT]: { description: 'About: *environ*, *une centaine de*.' },
    [AmountPrecision.AT_LEAST]: { description: 'More than: *plus de*, *au moins*.' },
    [AmountPrecision.AT_MOST]: { description: 'Less than: *près de*, *jusqu’à*.' },
  } as const,
});

const MONEY_SQL = moneySql('amount', 'currency');
const VALUATION_SQL = moneySql('valuation', 'valuation_currency');

const ParticipationRef = builder.prismaObject('FundingParticipation', {
  description: 'An investor’s part in a funding event.',
  fields: (t) => ({
    lead: t.exposeBoolean('lead', { description: 'True for who leads the round.' }),
    investor: t.relation('investor', { description: 'The investor.' }),
  }),
});

const ReportInvestorRef = builder.prismaObject('FundingReportInvestor', {
  description: 'An investor that one article names.',
  fields: (t) => ({
    lead: t.exposeBoolean('lead', { description: 'True when the article says that it leads the round.' }),
    investor: t.relation('investor', { description: 'The investor.' }),
  }),
});

export const FundingEventRef = builder.prismaNode('FundingEvent', {
  description:
    'Money that changes hands, as one fact however many articles report it. `reports` holds what each says, and `disagreements` where they differ.',
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    kind: t.expose('kind', { type: FundingKindRef, description: 'What kind of money it is.' }),
    status: t.expose('status', { type: FundingStatusRef, description: 'How far it has come.' }),
    money: t.field({
      type: MoneyRef,
      description: 'How much, in the currency it was reported in.',
      extensions: MONEY_SQL,
      resolve: ({ amount, currency }) => ({ amount, currency }),
    }),
    amountEur: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'The same in euros at the reference rate of the date; null when no rate is known for the currency.',
      extensions: asSql({ value: (row) => decimalSql(sql`${row}.amount_eur`) }),
      resolve: ({ amountEur }) => amountEur?.toFixed() ?? null,
    }),
    valuation: t.field({
      type: MoneyRef,
      nullable: true,
      description: 'What the recipient is held to be worth; null when no report says.',
      extensions: VALUATION_SQL,
      resolve: ({ valuation, valuationCurrency }) => moneyOf(valuation, valuationCurrency),
    }),
    date: t.expose('date', {
      type: 'DateTime',
      description: 'The date the reports give, else that of the first report.',
    }),
    disputed: t.exposeBoolean('disputed', {
      description:
        'True when reports of its present status contradict each other on sum or stage; `disagreements` says who says what.',
    }),
    cumulative: t.exposeBoolean('cumulative', {
      description:
        'True for what somebody has raised in several rounds (“600 millions since it was founded”), which is no round of its own: `fundingTotals` leaves it out.',
    }),
    recipient: t.relation('recipient', {
      nullable: true,
      description: 'Who receives it; null when the reports name nobody, as in a national plan.',
    }),
    investors: t.relation('participants', {
      type: ParticipationRef,
      query: { orderBy: [{ lead: 'desc' }, { investorId: 'asc' }] },
      description: 'Who gives it, the leading ones first.',
    }),
  }),
});

export const FundingReportRef = builder.prismaNode('FundingReport', {
  description: 'What one article says of money.',
  interfaces: [SpanRef],
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    kind: t.expose('kind', { type: FundingKindRef, description: 'What kind of money it is.' }),
    status: t.expose('status', { type: FundingStatusRef, description: 'How far it has come.' }),
    money: t.field({
      type: MoneyRef,
      description: 'How much.',
      extensions: MONEY_SQL,
      resolve: ({ amount, currency }) => ({ amount, currency }),
    }),
    precision: t.expose('precision', {
      type: AmountPrecisionRef,
      description: 'How the text bounds the amount.',
    }),
    valuation: t.field({
      type: MoneyRef,
      nullable: true,
      description: 'What the article says the recipient is worth.',
      extensions: VALUATION_SQL,
      resolve: ({ valuation, valuationCurrency }) => moneyOf(valuation, valuationCurrency),
    }),
    valuationBasis: t.exposeString('valuationBasis', {
      nullable: true,
      description: '`PRE` or `POST` money, where the text says which.',
    }),
    dealDate: t.exposeString('dealDate', {
      nullable: true,
      description: 'Date of the deal where the text gives it: ISO 8601, of year, month or day.',
    }),
    cumulative: t.exposeBoolean('cumulative', {
      description: 'True where the text says that it is the sum of several rounds.',
    }),
    confidence: t.exposeFloat('confidence', { description: 'How sure the reader is, 0 to 1.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: 'When the article came out.' }),
    article: t.relation('article', { description: 'The article.' }),
    event: t.relation('event', { description: 'The fact that it reports.' }),
    recipient: t.relation('recipient', {
      nullable: true,
      description: 'Who receives it according to the article; null when it names nobody.',
    }),
    investors: t.relation('investors', {
      type: ReportInvestorRef,
      query: { orderBy: [{ lead: 'desc' }, { investorId: 'asc' }] },
      description: 'Who gives it according to the article, the leading ones first.',
    }),
  }),
});

export const fundingEvents = createListing({
  type: FundingEventRef,
  model: 'FundingEvent',
  plural: 'funding events',
  key: 'id',
  order: {
    name: 'funding-events',
    direction: 'desc',
    columns: [
      { sql: sql`t.date`, type: 'timestamptz' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, query, ids) => db.fundingEvent.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

const reports = createListing({
  type: FundingReportRef,
  model: 'FundingReport',
  plural: 'funding reports',
  key: 'id',
  order: {
    name: 'funding-reports',
    direction: 'asc',
    columns: [
      { sql: sql`t.published_at`, type: 'timestamptz' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, query, ids) => db.fundingReport.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

builder.prismaObjectField(FundingEventRef, 'reports', (t) =>
  t.field({
    type: reports.type,
    description: 'What each article says of it, the first report first.',
    args: pageArgs(),
    ...reports.under({ where: [sql`t.event_id = p.id`] }),
  }),
);

builder.prismaObjectField(ArticleRef, 'funding', (t) =>
  t.field({
    type: reports.type,
    description: 'What it says of money.',
    args: pageArgs(),
    ...reports.under({ where: [sql`t.article_id = p.id`] }),
  }),
);

builder.prismaObjectFields(ActorRef, (t) => ({
  fundingEvents: t.field({
    type: fundingEvents.type,
    description: 'The money it receives, the latest first.',
    args: pageArgs(),
    ...fundingEvents.under({ where: [sql`t.recipient_id = p.id`] }),
  }),
  investments: t.field({
    type: fundingEvents.type,
    description: 'The money it gives, the latest first.',
    args: pageArgs(),
    ...fundingEvents.under({
      where: [sql`t.id in (select i.event_id from funding_participation i where i.investor_id = p.id)`],
    }),
  }),
}));
