/** Who asks: tokens, their scopes, and what a visitor without one may do. */
import { createHash, randomBytes } from 'node:crypto';
import { TokenScope } from '#generated/prisma/enums.ts';
import type { Viewer } from '#graphql/context.ts';
import type { Clock } from '#platform/clock.ts';
import type { Db } from '#platform/database.ts';

/** Every scope a token can carry. */
export const TOKEN_SCOPES = Object.values(TokenScope);

const TOKEN_PREFIX = 'vigie_';
/** How often the time of a token's last use is written, at most. */
const LAST_USE_MS = 60_000;

const NOBODY: Viewer = { tokenId: null, scopes: new Set() };
const ANYBODY_HERE: Viewer = { tokenId: null, scopes: new Set(TOKEN_SCOPES) };

/** A credential was given and is no good: better said than served as a visitor. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Makes a token and stores its hash. The token itself is returned once and never again. */
export async function createToken(
  db: Db,
  token: { readonly name: string; readonly scopes: readonly TokenScope[]; readonly expiresAt: Date | null },
): Promise<string> {
  const secret = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
  await db.apiToken.create({
    data: { name: token.name, scopes: [...token.scopes], expiresAt: token.expiresAt, hash: hashOf(secret) },
  });
  return secret;
}

/** Finds out who is behind an `Authorization` header (RFC 6750); throws `TokenError` when it holds no valid token. */
export async function findViewer(
  { db, clock, openAccess }: { readonly db: Db; readonly clock: Clock; readonly openAccess: boolean },
  authorization: string | null,
): Promise<Viewer> {
  if (authorization === null) return openAccess ? ANYBODY_HERE : NOBODY;
  const secret = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1];
  if (secret === undefined)
    throw new TokenError('the Authorization header is not of the form "Bearer TOKEN"');
  const token = await db.apiToken.findUnique({ where: { hash: hashOf(secret) } });
  if (token === null) throw new TokenError('unknown token');
  if (token.revokedAt !== null) throw new TokenError('this token was revoked');
  const now = clock.now();
  if (token.expiresAt !== null && token.expiresAt <= now) throw new TokenError('this token has expired');
  if (token.lastUsedAt === null || now.getTime() - token.lastUsedAt.getTime() > LAST_USE_MS) {
    await db.apiToken.update({ where: { id: token.id }, data: { lastUsedAt: now } });
  }
  return { tokenId: token.id, scopes: new Set(token.scopes) };
}
