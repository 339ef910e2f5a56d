/** Who asks: tokens, their scopes, and what a visitor without one may do. */
import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ApiToken } from '#generated/prisma/client.ts';
import type { TokenScope } from '#generated/prisma/enums.ts';
import type { Viewer } from '#graphql/context.ts';
import type { Clock } from '#platform/clock.ts';
import type { Access } from '#platform/config.ts';
import type { Db } from '#platform/database.ts';
import { findToken, noteUse, TOKEN_SCOPES } from './token.store.ts';

/** A token found in Postgres is believed for so long without asking again, unless its revocation is notified before. */
const BELIEVED_MS = 5_000;
const CACHED_TOKENS = 10_000;
/** A JSON Web Token is longer than ours; more than this is none. */
const CREDENTIAL_MAX = 8_192;

/** A credential was given and is no good: better said than served as a visitor. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/** Verifies a JSON Web Token; throws `TokenError` when it is no good. */
export type VerifyJwt = (token: string) => Promise<Viewer>;

export interface Auth {
  /** Finds out who is behind an `Authorization` header (RFC 6750); throws `TokenError` when it holds no valid token. */
  findViewer(authorization: string | null): Promise<Viewer>;
  /** Asks Postgres again whatever was believed. */
  forget(): void;
}

const visitorScopes: Record<Access, readonly TokenScope[]> = {
  open: TOKEN_SCOPES,
  read: ['READ'],
  token: [],
};

/** Opens the door; `verifyJwt` is null where no identity provider is configured. */
export function createAuth({
  db,
  clock,
  access,
  verifyJwt,
}: {
  readonly db: Db;
  readonly clock: Clock;
  readonly access: Access;
  readonly verifyJwt: VerifyJwt | null;
}): Auth {
  const visitor: Viewer = { tokenId: null, scopes: new Set(visitorScopes[access]) };
  const believed = new LRUCache<string, ApiToken>({ max: CACHED_TOKENS, ttl: BELIEVED_MS });

  const lookUp = async (secret: string): Promise<{ readonly token: ApiToken; readonly fresh: boolean }> => {
    // Under a digest, so that the process's memory holds no credential.
    const key = createHash('sha256').update(secret).digest('base64');
    const known = believed.get(key);
    if (known !== undefined) return { token: known, fresh: false };
    const token = await findToken(db, secret);
    if (token === null) throw new TokenError('unknown token');
    believed.set(key, token);
    return { token, fresh: true };
  };

  return {
    async findViewer(authorization) {
      if (authorization === null) return visitor;
      const secret = /^Bearer +(\S+)$/i.exec(authorization.slice(0, CREDENTIAL_MAX))?.[1];
      if (secret === undefined) {
        throw new TokenError('the Authorization header is not of the form "Bearer TOKEN"');
      }
      if (verifyJwt !== null && secret.split('.').length === 3) return await verifyJwt(secret);
      const { token, fresh } = await lookUp(secret);
      if (token.revokedAt !== null) throw new TokenError('this token was revoked');
      const now = clock.now();
      if (token.expiresAt !== null && token.expiresAt <= now) throw new TokenError('this token has expired');
      if (fresh) await noteUse(db, token, now);
      return { tokenId: token.id, scopes: new Set(token.scopes), expiresAt: token.expiresAt };
    },
    forget: () => believed.clear(),
  };
}

/** How a bad token looks in an answer: RFC 6750, section 3.1. */
export const unauthenticated = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } },
    },
  });
