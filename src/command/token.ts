/** `vigie token create`, `list` and `revoke`: keys to the API. */
import type { TokenScope } from '#generated/prisma/enums.ts';
import { systemClock } from '#platform/clock.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import {
  createToken,
  revokeToken,
  TOKEN_DAYS_MAX,
  TOKEN_NAME_MAX,
  TOKEN_SCOPES,
} from '#server/token.store.ts';
import { type CommandContext, CommandError } from './command.ts';

const DAY_MS = 86_400_000;
/** Tokens that a list shows, the newest first. */
const LIST_MAX = 1_000;

/** Prints the token on stdout, once; everything else goes to stderr, so that it can be piped. */
export async function createTokenCommand(
  context: CommandContext,
  name: string,
  options: { readonly scopes: string; readonly days?: string },
): Promise<void> {
  if (name.trim() === '' || name.length > TOKEN_NAME_MAX) {
    throw new CommandError(`token: a name of 1 to ${TOKEN_NAME_MAX} characters is needed`);
  }
  const scopes = options.scopes.split(',').map((scope) => scope.trim().toUpperCase());
  const unknown = scopes.filter((scope) => !TOKEN_SCOPES.includes(scope as TokenScope));
  if (unknown.length > 0) {
    throw new CommandError(
      `token: no scope is called ${unknown.join(', ')}; there are ${TOKEN_SCOPES.join(', ')}`,
    );
  }
  const days = options.days === undefined ? null : Number(options.days);
  if (days !== null && !(Number.isInteger(days) && days > 0 && days <= TOKEN_DAYS_MAX)) {
    throw new CommandError(`token: --days takes a whole number from 1 to ${TOKEN_DAYS_MAX}`);
  }
  await using database = await openConfiguredDatabase(context.config());
  const { id, secret } = await createToken(database.db, {
    name: name.trim(),
    scopes: scopes as TokenScope[],
    expiresAt: days === null ? null : new Date(systemClock.now().getTime() + days * DAY_MS),
  });
  context.stderr.write(
    `Token ${id} "${name}" (${scopes.join(', ')}); it is shown once and kept as a hash:\n`,
  );
  context.stdout.write(`${secret}\n`);
}

const day = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? 'never';

/** Prints the tokens as a table, the newest first. */
export async function listTokens(context: CommandContext): Promise<void> {
  await using database = await openConfiguredDatabase(context.config());
  const tokens = await database.db.apiToken.findMany({ orderBy: { id: 'desc' }, take: LIST_MAX });
  const now = systemClock.now();
  const rows = tokens.map(({ id, name, scopes, lastUsedAt, expiresAt, revokedAt }) => {
    const state =
      revokedAt !== null ? 'revoked' : expiresAt !== null && expiresAt <= now ? 'expired' : 'good';
    return [String(id), state, day(lastUsedAt), day(expiresAt), scopes.join(','), name];
  });
  const table = [['ID', 'STATE', 'LAST USED', 'EXPIRES', 'SCOPES', 'NAME'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table) {
    context.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}

/** Revokes a token by the id that `token list` shows. */
export async function revokeTokenCommand(context: CommandContext, id: string): Promise<void> {
  if (!/^\d{1,9}$/.test(id)) {
    throw new CommandError(`token: "${id}" is no id of a token; "vigie token list" shows them`);
  }
  await using database = await openConfiguredDatabase(context.config());
  if (!(await revokeToken(database.db, Number(id), systemClock.now()))) {
    throw new CommandError(`token: there is no token ${id}; "vigie token list" shows them`);
  }
  context.stdout.write(`Token ${id} is revoked; its open streams end within seconds.\n`);
}
