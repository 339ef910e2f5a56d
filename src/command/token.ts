/** `vigie token create`: a key to the API. */
import type { TokenScope } from '#generated/prisma/enums.ts';
import { systemClock } from '#platform/clock.ts';
import { openConfiguredDatabase } from '#platform/open.ts';
import { createToken, TOKEN_SCOPES } from '#server/auth.ts';
import { type CommandContext, CommandError } from './command.ts';

const DAY_MS = 86_400_000;

/** Prints the token on stdout, once; everything else goes to stderr, so that it can be piped. */
export async function createTokenCommand(
  context: CommandContext,
  name: string,
  options: { readonly scopes: string; readonly days?: string },
): Promise<void> {
  const scopes = options.scopes.split(',').map((scope) => scope.trim().toUpperCase());
  const unknown = scopes.filter((scope) => !TOKEN_SCOPES.includes(scope as TokenScope));
  if (unknown.length > 0) {
    throw new CommandError(
      `token: no scope is called ${unknown.join(', ')}; there are ${TOKEN_SCOPES.join(', ')}`,
    );
  }
  const days = options.days === undefined ? null : Number(options.days);
  if (days !== null && !(Number.isInteger(days) && days > 0 && days <= 3650)) {
    throw new CommandError('token: --days takes a whole number from 1 to 3650');
  }
  await using database = await openConfiguredDatabase(context.config());
  const token = await createToken(database.db, {
    name,
    scopes: scopes as TokenScope[],
    expiresAt: days === null ? null : new Date(systemClock.now().getTime() + days * DAY_MS),
  });
  context.stderr.write(`Token "${name}" (${scopes.join(', ')}); it is shown once and kept as a hash:\n`);
  context.stdout.write(`${token}\n`);
}
