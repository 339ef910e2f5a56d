/** Saved watches, listed and one by one. */
import { Prisma } from '#generated/prisma/client.ts';
import { findActorsBySlug } from '#graphql/actor-slugs.ts';
import { builder } from '#graphql/builder.ts';
import { contains, isGiven } from '#graphql/columns.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { decodeRowId } from '#graphql/ids.ts';
import type { Order } from '#graphql/keyset.ts';
import { WatchRef } from './watch.graphql.ts';

const { sql } = Prisma;

const ID = { sql: sql`t.id`, type: 'int4' } as const;

const ORDERS = {
  NAME: { name: 'watches', direction: 'asc', columns: [{ sql: sql`t.name`, type: 'text' }, ID] },
  NEWEST: {
    name: 'watches by age',
    direction: 'desc',
    columns: [{ sql: sql`t.created_at`, type: 'timestamptz' }, ID],
  },
} as const satisfies Readonly<Record<string, Order>>;

const WatchOrderRef = builder.enumType('WatchOrder', {
  description: 'What comes first in a list of watches.',
  values: {
    NAME: { description: 'By name.' },
    NEWEST: { description: 'What was saved last.' },
  } satisfies Readonly<Record<keyof typeof ORDERS, { readonly description: string }>>,
});

const WatchFilterInput = builder.inputType('WatchFilterInput', {
  description: 'Which watches. Every condition given must hold.',
  fields: (t) => ({
    actors: t.stringList({
      description: 'Whose filter names one of these actors, by slug: `mistral-ai`; at most 100.',
    }),
    text: t.string({ description: 'These letters stand in the name; accents and case do not matter.' }),
    muted: t.boolean({ description: 'True: only those that are silent now; false: only the others.' }),
  }),
});

async function watchConditions(
  filter: typeof WatchFilterInput.$inferInput | null | undefined,
  { db, clock }: GraphqlContext,
): Promise<Prisma.Sql[]> {
  const { text, muted } = filter ?? {};
  const actors = await findActorsBySlug(db, 'filter.actors', filter?.actors);
  const now = clock.now();
  return [
    ...(actors === null
      ? []
      : [sql`jsonb_exists_any(t.filter->'actors', ${actors.map(({ slug }) => slug)}::text[])`]),
    ...contains([sql`t.name`], text),
    ...(isGiven(muted)
      ? [
          sql`exists (select from watch_mute m where m.watch_id = t.id and m.since <= ${now}
                         and (m.until is null or m.until > ${now})) = ${muted}`,
        ]
      : []),
  ];
}

const watches = createListing({
  type: WatchRef,
  model: 'Watch',
  plural: 'watches',
  key: 'id',
  order: ORDERS.NAME,
  load: (db, query, ids) => db.watch.findMany({ ...query, where: { id: { in: ids as number[] } } }),
});

builder.queryFields((t) => ({
  watches: t.field({
    type: watches.type,
    authScopes: { scope: 'WATCH' },
    description:
      'The saved watches. Needs the scope WATCH.\n\nExample: `{ watches(filter: { actors: ["mistral-ai"], muted: false }) { nodes { name filter { actors } matches(last: 5) { nodes { article { title } } } } } }`',
    args: {
      ...pageArgs(),
      filter: t.arg({ type: WatchFilterInput, description: 'Which watches; all without it.' }),
      orderBy: t.arg({ type: WatchOrderRef, description: 'What comes first; by name without it.' }),
    },
    resolve: async (_root, { filter, orderBy, ...args }, context, info) =>
      watches.page({
        context,
        info,
        args,
        order: ORDERS[orderBy ?? 'NAME'],
        where: await watchConditions(filter, context),
      }),
  }),
  watch: t.prismaField({
    type: WatchRef,
    nullable: true,
    authScopes: { scope: 'WATCH' },
    description:
      'The watch with this id; null when there is none. Needs the scope WATCH.\n\nExample: `{ watch(id: "V2F0Y2g6MQ==") { name muted matches(last: 5) { nodes { foundWords article { title } } } } }`',
    args: { id: t.arg.id({ required: true, description: 'Global id of the watch.' }) },
    resolve: (query, _root, { id }, { db }) => {
      const row = decodeRowId(id, 'Watch');
      return row === null ? null : db.watch.findUnique({ ...query, where: { id: row } });
    },
  }),
}));
