/** Tokens in the API: make them, see them, revoke them. */
import { Prisma } from '#generated/prisma/client.ts';
import type { TokenScope } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import { createListing, pageArgs } from '#graphql/connection.ts';
import { InvalidInputError, NotFoundError } from '#graphql/errors.ts';
import { idempotencyKey, KEY_ERRORS, once } from '#graphql/idempotency.ts';
import { decodeRowId, rowIdOf } from '#graphql/ids.ts';
import { createToken, revokeToken, TOKEN_DAYS_MAX, TOKEN_NAME_MAX } from './token.store.ts';

const { sql } = Prisma;

const DAY_MS = 86_400_000;

const ScopeRef = builder.enumType('TokenScope', {
  description: 'What a token allows.',
  values: {
    READ: { description: 'Everything but what another scope is named for.' },
    TEXT: { description: 'The whole text of articles.' },
    WATCH: { description: 'Watches and their channels.' },
    INGEST: { description: 'Adding feeds and articles.' },
    ADMIN: { description: 'The register and tokens, and all of the others.' },
  } satisfies Record<TokenScope, object>,
});

const TokenRef = builder.prismaNode('ApiToken', {
  description:
    'A key to the API. What it opens with was shown once and is kept as a hash. Needs the scope ADMIN.',
  authScopes: { scope: 'ADMIN' },
  id: { resolve: ({ id }) => String(id) },
  findUnique: (id) => ({ id: rowIdOf(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is for, as its maker said.' }),
    scopes: t.field({
      type: [ScopeRef],
      description: 'What it allows.',
      resolve: ({ scopes }) => scopes,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself; null: never.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute; null: never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null while it was not.',
    }),
  }),
});

const tokens = createListing({
  type: TokenRef,
  model: 'ApiToken',
  plural: 'tokens',
  key: 'id',
  order: { name: 'tokens', direction: 'desc', columns: [{ sql: sql`t.id`, type: 'int4' }] },
  load: (db, _query, ids) => db.apiToken.findMany({ where: { id: { in: ids as number[] } } }),
});

builder.queryField('tokens', (t) =>
  t.field({
    type: tokens.type,
    authScopes: { scope: 'ADMIN' },
    description:
      'The tokens, the newest first, with those that were revoked or have expired. Needs the scope ADMIN.\n\nExample: `{ tokens(first: 50) { nodes { id name scopes lastUsedAt expiresAt revokedAt } } }`',
    args: pageArgs(),
    resolve: (_root, args, context, info) => tokens.page({ context, info, args }),
  }),
);

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'A token to make.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: `What it is for, at most ${TOKEN_NAME_MAX} characters: \`newsroom dashboard\`.`,
    }),
    scopes: t.field({
      type: [ScopeRef],
      required: true,
      description: 'What it allows. Without READ it allows little: results lead into the graph.',
    }),
    days: t.int({
      description: `Days until it ends by itself, 1 to ${TOKEN_DAYS_MAX}; never without it.`,
    }),
    idempotencyKey: idempotencyKey(t),
  }),
});

const CreateTokenPayload = builder
  .objectRef<{ readonly tokenId: number; readonly secret: string }>('CreateTokenPayload')
  .implement({
    description: 'A token just made.',
    fields: (t) => ({
      secret: t.exposeString('secret', {
        description: 'What goes into `Authorization: Bearer …`. Shown here once, and never again.',
      }),
      token: t.prismaField({
        type: TokenRef,
        description: 'The token.',
        resolve: (query, { tokenId }, _args, { db }) =>
          db.apiToken.findUniqueOrThrow({ ...query, where: { id: tokenId } }),
      }),
    }),
  });

const RevokeTokenInput = builder.inputType('RevokeTokenInput', {
  description: 'A token to revoke.',
  fields: (t) => ({ token: t.id({ required: true, description: 'Global id of the token.' }) }),
});

const RevokeTokenPayload = builder.objectRef<{ readonly tokenId: number }>('RevokeTokenPayload').implement({
  description: 'A token that opens nothing any more.',
  fields: (t) => ({
    token: t.prismaField({
      type: TokenRef,
      description: 'The token.',
      resolve: (query, { tokenId }, _args, { db }) =>
        db.apiToken.findUniqueOrThrow({ ...query, where: { id: tokenId } }),
    }),
  }),
});

builder.mutationFields((t) => ({
  createToken: t.field({
    type: CreateTokenPayload,
    authScopes: { scope: 'ADMIN' },
    errors: { types: [...KEY_ERRORS], union: { description: 'The token, or why it was not made.' } },
    description:
      'Makes a token and shows it, once. Needs the scope ADMIN.\n\nExample: `mutation { createToken(input: { name: "newsroom", scopes: [READ, TEXT], days: 365 }) { ... on CreateTokenPayload { secret token { id } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: CreateTokenInput, required: true, description: 'The token.' }) },
    resolve: once(
      async (input: typeof CreateTokenInput.$inferInput, { db, clock }) => {
        const name = input.name.trim();
        if (name === '' || name.length > TOKEN_NAME_MAX || name.includes('\0')) {
          throw new InvalidInputError('input.name', `1 to ${TOKEN_NAME_MAX} characters are needed`);
        }
        if (input.scopes.length === 0) throw new InvalidInputError('input.scopes', 'at least one is needed');
        const { days } = input;
        if (days !== null && days !== undefined && !(days >= 1 && days <= TOKEN_DAYS_MAX)) {
          throw new InvalidInputError('input.days', `1 to ${TOKEN_DAYS_MAX}, not ${days}`);
        }
        const { id, secret } = await createToken(db, {
          name,
          scopes: [...new Set(input.scopes)],
          expiresAt: days ? new Date(clock.now().getTime() + days * DAY_MS) : null,
        });
        return { tokenId: id, secret };
      },
      { type: 'ApiToken', idOf: ({ tokenId }) => tokenId, isSecret: () => true },
    ),
  }),
  revokeToken: t.field({
    type: RevokeTokenPayload,
    authScopes: { scope: 'ADMIN' },
    errors: { union: { description: 'The token, or why it was not revoked.' } },
    description:
      'Revokes a token, for good. Its open streams end within seconds, on every server. Needs the scope ADMIN.\n\nExample: `mutation { revokeToken(input: { token: "QXBpVG9rZW46MQ==" }) { ... on RevokeTokenPayload { token { revokedAt } } ... on UserError { code field message } } }`',
    args: { input: t.arg({ type: RevokeTokenInput, required: true, description: 'The token.' }) },
    resolve: async (_root, { input }, { db, clock }) => {
      const id = decodeRowId(input.token, 'ApiToken');
      if (id === null) {
        throw new InvalidInputError('input.token', `"${input.token.slice(0, 100)}" is no id of a token`);
      }
      if (!(await revokeToken(db, id, clock.now()))) {
        throw new NotFoundError('input.token', 'there is no such token');
      }
      return { tokenId: id };
    },
  }),
}));
