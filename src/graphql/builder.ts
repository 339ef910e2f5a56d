/** The schema builder and its plugins. Defines no types: each `*.graphql.ts` stands beside its domain. */
import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type PrismaTypes from '#generated/pothos.ts';
import { getDatamodel } from '#generated/pothos.ts';
import type { TokenScope } from '#generated/prisma/enums.ts';
import type { GraphqlContext } from './context.ts';
import { AccessError } from './errors.ts';

/** Rows of a page when the client does not say, and at most. */
export const PAGE_DEFAULT = 20;
export const PAGE_MAX = 100;

export const builder = new SchemaBuilder<{
  Context: GraphqlContext;
  PrismaTypes: PrismaTypes;
  AuthScopes: { scope: TokenScope };
  DefaultFieldNullability: false;
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    URL: { Input: string; Output: string };
    Decimal: { Input: string; Output: string };
    Cursor: { Input: bigint; Output: bigint };
  };
}>({
  // Scope-auth first: nothing of a field runs before its scope is checked.
  plugins: [ScopeAuthPlugin, ErrorsPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ viewer }) => ({ scope: (scope) => viewer.scopes.has(scope) || viewer.scopes.has('ADMIN') }),
    unauthorizedError: (_parent, _context, _info, result) => new AccessError(result.message),
  },
  errors: { directResult: true },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
  },
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    filterConnectionTotalCount: true,
    maxConnectionSize: PAGE_MAX,
    defaultConnectionSize: PAGE_DEFAULT,
    onUnusedQuery: null,
  },
});
