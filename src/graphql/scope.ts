/** Which scope the schema asks for a type or field, and who holds it. */
import type { TokenScope } from '#generated/prisma/enums.ts';
import type { Viewer } from './context.ts';

/** The scope that a definition declares; null for none. */
export function declaredScope({
  extensions: { pothosOptions },
}: {
  readonly extensions: Readonly<Record<string, unknown>>;
}): TokenScope | null {
  const { authScopes } = (pothosOptions ?? {}) as { authScopes?: { scope?: TokenScope } };
  if (authScopes === undefined) return null;
  if (authScopes.scope === undefined) throw new Error('graphql: an authorisation that is no scope');
  return authScopes.scope;
}

export const holds = ({ scopes }: Pick<Viewer, 'scopes'>, scope: TokenScope): boolean =>
  scopes.has(scope) || scopes.has('ADMIN');
