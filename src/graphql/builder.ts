/** The schema builder and its plugins. Defines no types: each `*.graphql.ts` stands beside its domain. */
import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { type GraphQLResolveInfo, isObjectType } from 'graphql';
import type PrismaTypes from '#generated/pothos.ts';
import { getDatamodel } from '#generated/pothos.ts';
import type { TokenScope } from '#generated/prisma/enums.ts';
import type { GraphqlContext } from './context.ts';
import {
  AccessError,
  BadInputError,
  ConflictError,
  findScope,
  InvalidInputError,
  NotFoundError,
} from './errors.ts';
import { decodeGlobalId, IDS_MAX } from './ids.ts';
import { declaredScope, holds } from './scope.ts';

/** What Pothos knows of our schema's TypeScript side. */
interface VigieTypes {
  Context: GraphqlContext;
  PrismaTypes: PrismaTypes;
  AuthScopes: { scope: TokenScope };
  DefaultFieldNullability: false;
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    URL: { Input: string; Output: string };
    Decimal: { Input: string; Output: string };
    Cursor: { Input: string; Output: string };
  };
}

/** The types parameter of every ref and builder of the schema. */
export type SchemaShape = PothosSchemaTypes.ExtendDefaultTypes<VigieTypes>;

/** Refuses what is no node, and what whoever asks may not even know the existence of. */
function checkNode(
  { viewer }: GraphqlContext,
  { schema }: GraphQLResolveInfo,
  argument: string,
  typename: string,
): void {
  const type = schema.getType(typename);
  if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Node'))
    throw new BadInputError(argument, `there is no "${typename.slice(0, 100)}" to ask for by id`);
  const scope = declaredScope(type);
  if (scope !== null && !holds(viewer, scope)) throw new AccessError(scope);
}

export const builder = new SchemaBuilder<VigieTypes>({
  // Scope-auth first: nothing of a field runs before its scope is checked.
  plugins: [ScopeAuthPlugin, ErrorsPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: ({ viewer }) => ({
      scope: (scope) => holds(viewer, scope),
    }),
    unauthorizedError: (_parent, _context, _info, result) => new AccessError(findScope(result.failure)),
  },
  errors: {
    directResult: true,
    defaultTypes: [InvalidInputError, NotFoundError, ConflictError],
    defaultUnionOptions: {
      name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result`,
    },
  },
  relay: {
    clientMutationId: 'omit',
    decodeGlobalID: (id) => {
      const decoded = decodeGlobalId(id);
      if (decoded === null) throw new BadInputError('id', `"${id.slice(0, 100)}" is no id of Vigie`);
      return decoded;
    },
    idFieldOptions: { description: 'Global id: opaque, stable, accepted by `node` and `nodes`.' },
    nodeTypeOptions: { description: 'Anything that has a global id and can be asked for by it.' },
    nodeQueryOptions: {
      description:
        'The object with this global id; null when there is none (any more).\n\nExample: `{ node(id: "QXJ0aWNsZTox") { id ... on Article { title } } }`',
      args: { id: { description: 'Global id, as an `id` field gave it.' } },
      resolve: (_root, { id }, context, info, resolveNode) => {
        checkNode(context, info, 'id', id.typename);
        return resolveNode(id);
      },
    },
    nodesQueryOptions: {
      description: `The objects with these global ids, in the same order, null where there is none; at most ${IDS_MAX} at a time.\n\nExample: \`{ nodes(ids: ["QXJ0aWNsZTox", "QWN0b3I6MQ=="]) { id ... on Actor { name } } }\``,
      args: { ids: { description: `Global ids, at most ${IDS_MAX}.` } },
      resolve: (_root, { ids }, context, info, resolveNodes) => {
        if (ids.length > IDS_MAX) {
          throw new BadInputError('ids', `at most ${IDS_MAX} ids at a time, not ${ids.length}`);
        }
        for (const { typename } of ids) checkNode(context, info, 'ids', typename);
        return resolveNodes(ids);
      },
    },
  },
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    onUnusedQuery: null,
  },
});
