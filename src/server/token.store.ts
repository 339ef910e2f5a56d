/** Tokens of the API in Postgres. Only a hash of each is kept. */
import { createHash, randomBytes } from 'node:crypto';
import type { ApiToken } from '#generated/prisma/client.ts';
import { TokenScope } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/database.ts';
import { TOKEN_CHANNEL } from '#platform/notifications.ts';

/** Every scope a token can carry. */
export const TOKEN_SCOPES = Object.values(TokenScope);

/** Characters of a token's name at most. */
export const TOKEN_NAME_MAX = 200;
/** Days a token may be good for at most, if it expires at all. */
export const TOKEN_DAYS_MAX = 3_650;

const TOKEN_PREFIX = 'vigie_';
/** How often the time of a token's last use is written, at most. */
const LAST_USE_MS = 60_000;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes a token of 256 random bits and stores its hash. The secret is returned once and never again. */
export async function createToken(
  db: Db,
  token: { readonly name: string; readonly scopes: readonly TokenScope[]; readonly expiresAt: Date | null },
): Promise<{ readonly id: number; readonly secret: string }> {
  const secret = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
  const { id } = await db.apiToken.create({
    data: { name: token.name, scopes: [...token.scopes], expiresAt: token.expiresAt, hash: hashOf(secret) },
    select: { id: true },
  });
  return { id, secret };
}

/** The token behind a secret, whatever became of it; null when there is none. */
export async function findToken(db: Db, secret: string): Promise<ApiToken | null> {
  return await db.apiToken.findUnique({ where: { hash: hashOf(secret) } });
}

/** Writes down that a token was used, once a minute. */
export async function noteUse(db: Db, token: ApiToken, now: Date): Promise<void> {
  if (token.lastUsedAt !== null && now.getTime() - token.lastUsedAt.getTime() <= LAST_USE_MS) return;
  await db.apiToken.updateMany({ where: { id: token.id }, data: { lastUsedAt: now } });
}

/** Revokes a token and tells every process; false when there is none. One revoked before stays as it is. */
export async function revokeToken(db: Db, id: number, now: Date): Promise<boolean> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    with revoked as (
      update api_token set revoked_at = coalesce(revoked_at, ${now}) where id = ${id} returning id
    )
    select id, pg_notify(${TOKEN_CHANNEL}, id::text)::text from revoked`;
  return rows.length > 0;
}

/** Those of the tokens that are still good. */
export async function findLiveTokens(
  db: Db,
  ids: readonly number[],
  now: Date,
): Promise<ReadonlySet<number>> {
  const rows = await db.apiToken.findMany({
    where: { id: { in: [...ids] }, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
