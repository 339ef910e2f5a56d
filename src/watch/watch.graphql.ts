/** Watches in the API: saved filters over the match log. */
import { builder } from '#graphql/builder.ts';
import { isGiven } from '#graphql/columns.ts';
import { pageArgs } from '#graphql/connection.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { BadInputError, ConflictError, InvalidInputError, NotFoundError } from '#graphql/errors.ts';
import { idempotencyKey, KEY_ERRORS, once } from '#graphql/idempotency.ts';
import { decodeRowId, encodeGlobalId, rowIdOf } from '#graphql/ids.ts';
import { rememberWords } from '#match/asked-words.ts';
import { matchConditions } from '#match/conditions.store.ts';
import type { SavedFilter } from '#match/filter.ts';
import { matches } from '#match/match.graphql.ts';
import {
  checkMatchFilter,
  MatchFilterInput,
  MatchFilterRef,
  resolveMatchFilter,
} from '#match/match-filter.graphql.ts';
import { createWatch, updateWatch } from './watch.store.ts';

const NAME_MAX = 200;

export const WatchRef = builder.prismaNode('Watch', {
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
      // Written by `createWatch` and `updateWatch` alone, in this shape.
      resolve: ({ filter }) => filter as SavedFilter,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was saved.' }),
    matches: t.field({
      type: matches.type,
      description: 'The matches that pass it, in the log’s order; `last` gives the newest.',
      args: pageArgs(),
      resolve: async ({ filter }, args, context, info) => {
        rememberWords(info.path, (filter as SavedFilter).words);
        const where = matchConditions(await resolveMatchFilter(filter as SavedFilter, context));
        return matches.page({ context, info, args, where });
      },
    }),
  }),
});

const CreateWatchInput = builder.inputType('CreateWatchInput', {
  description: 'A filter to save.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, at most 200 characters; no two are the same.' }),
    filter: t.field({ type: MatchFilterInput, required: true, description: 'Which matches it lets pass.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

export const watchPayload = (name: string, description: string) =>
  builder.objectRef<{ readonly watchId: number }>(name).implement({
    description,
    fields: (t) => ({
      watch: t.prismaField({
        type: WatchRef,
        description: 'The watch.',
        resolve: (query, { watchId }, _args, { db }) =>
          db.watch.findUniqueOrThrow({ ...query, where: { id: watchId } }),
      }),
    }),
  });

const CreateWatchPayload = watchPayload('CreateWatchPayload', 'The watch that was saved.');

function checkName(given: string): string {
  const name = given.replaceAll('\0', '').trim();
  if (name === '') throw new InvalidInputError('input.name', 'a name is needed');
  if (name.length > NAME_MAX) throw new InvalidInputError('input.name', `at most ${NAME_MAX} characters`);
  return name;
}

async function checkFilter(input: typeof MatchFilterInput.$inferInput, context: GraphqlContext) {
  return await checkMatchFilter(input, context, 'input.filter').catch((error: unknown) => {
    if (!(error instanceof BadInputError)) throw error;
    throw new InvalidInputError(error.argument, error.problem);
  });
}

async function nameTaken({ db }: GraphqlContext, name: string): Promise<ConflictError> {
  const known = await db.watch.findUniqueOrThrow({ where: { name }, select: { id: true } });
  return new ConflictError(
    'input.name',
    `a watch is called "${name}" already`,
    encodeGlobalId('Watch', known.id),
  );
}

export const noWatch = (): NotFoundError => new NotFoundError('input.watch', 'no watch has this id');

export function watchIdOf(globalId: string): number {
  const id = decodeRowId(globalId, 'Watch');
  if (id === null) throw noWatch();
  return id;
}

builder.mutationField('createWatch', (t) =>
  t.field({
    type: CreateWatchPayload,
    authScopes: { scope: 'WATCH' },
    errors: { types: [...KEY_ERRORS], union: { description: 'The watch, or why it was not saved.' } },
    description:
      'Saves a filter over the match log under a name. Needs the scope WATCH.\n\nExample: `mutation { createWatch(input: { name: "Levées", filter: { reasons: [RAISING] } }) { ... on CreateWatchPayload { watch { id } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: CreateWatchInput, required: true, description: 'Name and filter.' }) },
    resolve: once(
      async (input: typeof CreateWatchInput.$inferInput, context) => {
        const { db, clock } = context;
        const name = checkName(input.name);
        const filter = await checkFilter(input.filter, context);
        const watch = await createWatch(db, { name, filter }, clock.now());
        if (watch === null) throw await nameTaken(context, name);
        return { watchId: watch.id };
      },
      { type: 'Watch', idOf: ({ watchId }) => watchId },
    ),
  }),
);

const UpdateWatchInput = builder.inputType('UpdateWatchInput', {
  description: 'What to change of a watch; what is not given stays.',
  fields: (t) => ({
    watch: t.id({ required: true, description: 'Global id of the watch.' }),
    name: t.string({ description: 'Another name, at most 200 characters; no two are the same.' }),
    filter: t.field({
      type: MatchFilterInput,
      description: 'Another filter, in the place of the whole one. Its channels go on where they stand.',
    }),
  }),
});

const UpdateWatchPayload = watchPayload('UpdateWatchPayload', 'The watch as it is now.');

builder.mutationField('updateWatch', (t) =>
  t.field({
    type: UpdateWatchPayload,
    authScopes: { scope: 'WATCH' },
    errors: { union: { description: 'The watch, or why it was not changed.' } },
    description:
      'Changes the name or the filter of a watch. Needs the scope WATCH.\n\nExample: `mutation { updateWatch(input: { watch: "V2F0Y2g6MQ==", filter: { words: "\\"levée de fonds\\" -bourse" } }) { ... on UpdateWatchPayload { watch { name } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: UpdateWatchInput, required: true, description: 'Which, and what.' }) },
    resolve: async (_root, { input }, context) => {
      const watchId = watchIdOf(input.watch);
      const name = isGiven(input.name) ? checkName(input.name) : null;
      const filter = isGiven(input.filter) ? await checkFilter(input.filter, context) : null;
      const outcome = await updateWatch(context.db, watchId, { name, filter });
      if (outcome === 'NOT_FOUND') throw noWatch();
      if (outcome === 'NAME_TAKEN') throw await nameTaken(context, name!);
      return { watchId };
    },
  }),
);

const DeleteWatchInput = builder.inputType('DeleteWatchInput', {
  description: 'A watch to delete.',
  fields: (t) => ({ watch: t.id({ required: true, description: 'Global id of the watch.' }) }),
});

const DeleteWatchPayload = builder.objectRef<{ readonly deletedId: string }>('DeleteWatchPayload').implement({
  description: 'The watch that is no more.',
  fields: (t) => ({ deletedId: t.exposeID('deletedId', { description: 'Global id that it had.' }) }),
});

builder.mutationField('deleteWatch', (t) =>
  t.field({
    type: DeleteWatchPayload,
    authScopes: { scope: 'WATCH' },
    errors: { union: { description: 'What was deleted, or why it was not.' } },
    description:
      'Deletes a watch with its channels; nothing is delivered any more. Needs the scope WATCH.\n\nExample: `mutation { deleteWatch(input: { watch: "V2F0Y2g6MQ==" }) { ... on DeleteWatchPayload { deletedId } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: DeleteWatchInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { db }) => {
      const id = watchIdOf(input.watch);
      const { count } = await db.watch.deleteMany({ where: { id } });
      if (count === 0) throw noWatch();
      return { deletedId: encodeGlobalId('Watch', id) };
    },
  }),
);
