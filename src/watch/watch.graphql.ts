/** Watches in the API: saved filters over the match log. */
import { Prisma } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import { BadInputError, ConflictError, InvalidInputError } from '#graphql/errors.ts';
import { encodeGlobalId, rowIdOf } from '#graphql/ids.ts';
import { matchConditions } from '#match/conditions.store.ts';
import { matches } from '#match/match.graphql.ts';
import {
  checkMatchFilter,
  MatchFilterInput,
  MatchFilterRef,
  resolveMatchFilter,
  type SavedFilter,
} from '#match/match-filter.graphql.ts';
import { createWatch } from './watch.store.ts';

const { sql } = Prisma;

const NAME_MAX = 200;

const WatchRef = builder.prismaNode('Watch', {
  description: 'A saved filter over the match log. Needs the scope WATCH.',
  authScopes: { scope: 'WATCH' },
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name; no two are the same.' }),
    filter: t.field({
      type: MatchFilterRef,
      description: 'Which matches it lets pass.',
      // Written by `createWatch` alone, in this shape.
      resolve: ({ filter }) => filter as SavedFilter,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was saved.' }),
    matches: t.field({
      type: matches.type,
      description: 'The matches that pass it, in the log’s order; `last` gives the newest.',
      args: pageArgs(),
      resolve: async ({ filter }, args, context, info) => {
        const where = matchConditions(await resolveMatchFilter(filter as SavedFilter, context));
        return matches.page({ context, info, args, where });
      },
    }),
  }),
});

const watches = createListing({
  type: WatchRef,
  model: 'Watch',
  plural: 'watches',
  key: 'id',
  order: {
    name: 'watches',
    direction: 'asc',
    columns: [
      { sql: sql`t.name`, type: 'text' },
      { sql: sql`t.id`, type: 'int4' },
    ],
  },
  load: (db, _query, ids) => db.watch.findMany({ where: { id: { in: ids as number[] } } }),
});

builder.queryField('watches', (t) =>
  t.field({
    type: watches.type,
    authScopes: { scope: 'WATCH' },
    description:
      'The saved watches, by name. Needs the scope WATCH.\n\nExample: `{ watches { nodes { name filter { actors } matches(last: 5) { nodes { article { title } } } } } }`',
    args: pageArgs(),
    resolve: (_root, args, context, info) => watches.page({ context, info, args }),
  }),
);

const CreateWatchInput = builder.inputType('CreateWatchInput', {
  description: 'A filter to save.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, at most 200 characters; no two are the same.' }),
    filter: t.field({ type: MatchFilterInput, required: true, description: 'Which matches it lets pass.' }),
  }),
});

const CreateWatchPayload = builder.objectRef<{ readonly watchId: number }>('CreateWatchPayload').implement({
  description: 'The watch that was saved.',
  fields: (t) => ({
    watch: t.prismaField({
      type: WatchRef,
      description: 'The watch.',
      resolve: (query, { watchId }, _args, { db }) =>
        db.watch.findUniqueOrThrow({ ...query, where: { id: watchId } }),
    }),
  }),
});

builder.mutationField('createWatch', (t) =>
  t.field({
    type: CreateWatchPayload,
    authScopes: { scope: 'WATCH' },
    errors: { union: { description: 'The watch, or why it was not saved.' } },
    description:
      'Saves a filter over the match log under a name. Needs the scope WATCH.\n\nExample: `mutation { createWatch(input: { name: "Levées", filter: { reasons: [RAISING] } }) { ... on CreateWatchPayload { watch { id } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: CreateWatchInput, required: true, description: 'Name and filter.' }) },
    resolve: async (_root, { input }, context) => {
      const { db, clock } = context;
      const name = input.name.replaceAll('\0', '').trim();
      if (name === '') throw new InvalidInputError('input.name', 'a name is needed');
      if (name.length > NAME_MAX) throw new InvalidInputError('input.name', `at most ${NAME_MAX} characters`);
      const filter = await checkMatchFilter(input.filter, context, 'input.filter').catch((error: unknown) => {
        if (!(error instanceof BadInputError)) throw error;
        throw new InvalidInputError(error.argument, error.problem);
      });
      const watch = await createWatch(db, { name, filter }, clock.now());
      if (watch === null) {
        const known = await db.watch.findUniqueOrThrow({ where: { name }, select: { id: true } });
        throw new ConflictError(
          'input.name',
          `a watch is called "${name}" already`,
          encodeGlobalId('Watch', known.id),
        );
      }
      return { watchId: watch.id };
    },
  }),
);
