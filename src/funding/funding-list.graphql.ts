/** The list of funding events over the whole graph, and what it can be filtered by. */
import { Prisma } from '#generated/prisma/client.ts';
import { findActorIds } from '#graphql/actor-slugs.ts';
import { builder } from '#graphql/builder.ts';
import { between, isGiven, oneOf, oneOfKeys, withoutNul } from '#graphql/columns.ts';
import { pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { FundingKindRef, FundingStatusRef, fundingEvents } from './funding.graphql.ts';

const { sql } = Prisma;

export const FundingEventFilterInput = builder.inputType('FundingEventFilterInput', {
  description: 'Which funding events. Every condition given must hold; within a list, any value does.',
  fields: (t) => ({
    recipients: t.stringList({ description: 'Received by one of these actors, by slug: `mistral-ai`.' }),
    investors: t.stringList({ description: 'Given by one of these actors, by slug: `bpifrance`.' }),
    kinds: t.field({ type: [FundingKindRef], description: 'Of one of these kinds.' }),
    statuses: t.field({ type: [FundingStatusRef], description: 'That have come so far.' }),
    currency: t.string({ description: 'Reported in this currency, ISO 4217: `EUR`.' }),
    minimumEur: t.field({
      type: 'Decimal',
      description: 'Of at least so many euros. Leaves out what cannot be converted.',
    }),
    maximumEur: t.field({
      type: 'Decimal',
      description: 'Of at most so many euros. Leaves out what cannot be converted.',
    }),
    dateAfter: t.field({ type: 'DateTime', description: 'Dated at this moment or later.' }),
    dateBefore: t.field({ type: 'DateTime', description: 'Dated before this moment.' }),
    disputed: t.boolean({ description: 'True: only those whose reports do not agree; false: the others.' }),
    cumulative: t.boolean({ description: 'False: no sums over several rounds; true: only those.' }),
  }),
});

/** SQL conditions on a funding event `t` that the filter stands for. */
export async function fundingConditions(
  filter: typeof FundingEventFilterInput.$inferInput | null | undefined,
  { db }: GraphqlContext,
): Promise<Prisma.Sql[]> {
  if (!isGiven(filter)) return [];
  const recipients = await findActorIds(db, 'filter.recipients', filter.recipients);
  const investors = await findActorIds(db, 'filter.investors', filter.investors);
  return [
    ...(recipients === null ? [] : [oneOfKeys(sql`t.recipient_id`, recipients)]),
    ...(investors === null
      ? []
      : [
          sql`t.id in (select i.event_id from funding_participation i where i.investor_id = any(${investors}::int4[]))`,
        ]),
    ...oneOf(sql`t.kind`, filter.kinds, 'FundingKind'),
    ...oneOf(sql`t.status`, filter.statuses, 'FundingStatus'),
    ...(isGiven(filter.currency) ? [sql`t.currency = ${withoutNul(filter.currency.toUpperCase())}`] : []),
    ...(isGiven(filter.minimumEur) ? [sql`t.amount_eur >= ${filter.minimumEur}::numeric`] : []),
    ...(isGiven(filter.maximumEur) ? [sql`t.amount_eur <= ${filter.maximumEur}::numeric`] : []),
    ...between(sql`t.date`, filter.dateAfter, filter.dateBefore),
    ...(isGiven(filter.disputed) ? [sql`t.disputed = ${filter.disputed}`] : []),
    ...(isGiven(filter.cumulative) ? [sql`t.cumulative = ${filter.cumulative}`] : []),
  ];
}

builder.queryField('fundingEvents', (t) =>
  t.field({
    type: fundingEvents.type,
    description:
      'Who raised how much from whom, the latest first.\n\nExample: `{ fundingEvents(filter: { minimumEur: "100000000", statuses: [CLOSED] }) { nodes { date recipient { name } money { amount currency } investors { lead investor { name } } reports { nodes { article { outlet url } } } } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: FundingEventFilterInput, description: 'Which events; all without it.' }),
    },
    ...fundingEvents.over(fundingConditions),
  }),
);
