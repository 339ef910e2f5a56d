/** Everything that stands between a request and its execution, set up once from the configuration. */
import type { Clock } from '#platform/clock.ts';
import type { Config, Limits } from '#platform/config.ts';
import type { Db } from '#platform/database.ts';
import { type AddressOf, createAddressOf } from './address.ts';
import { type Auth, createAuth } from './auth.ts';
import { type Connections, createConnections } from './connections.ts';
import { createJwtVerifier } from './jwt.ts';
import { createOriginGuard, type OriginGuard } from './origin.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { loadTrustedDocuments, type TrustedDocuments } from './trusted-documents.ts';

export interface Guards {
  readonly auth: Auth;
  readonly addressOf: AddressOf;
  readonly limits: Limits;
  readonly rateLimit: RateLimit;
  readonly connections: Connections;
  readonly origin: OriginGuard;
  readonly corsOrigins: readonly string[];
  readonly introspection: boolean;
  /** Null: any document is executed. */
  readonly trusted: TrustedDocuments | null;
}

/** What of the configuration the guards need. */
export type GuardConfig = Pick<
  Config,
  | 'access'
  | 'corsOrigins'
  | 'host'
  | 'introspection'
  | 'limits'
  | 'oidc'
  | 'publicUrl'
  | 'trustedDocuments'
  | 'trustedProxies'
>;

/** Sets them up; throws `TrustedDocumentsError` when a manifest cannot be used. */
export async function createGuards(
  config: GuardConfig,
  { db, clock }: { readonly db: Db; readonly clock: Clock },
): Promise<Guards> {
  const { access, limits, oidc, trustedDocuments } = config;
  return {
    auth: createAuth({
      db,
      clock,
      access,
      verifyJwt: oidc === null ? null : createJwtVerifier(oidc, clock),
    }),
    addressOf: createAddressOf(config.trustedProxies),
    limits,
    rateLimit: createRateLimit(limits.ratePerMinute, clock),
    connections: createConnections(access === 'open' ? null : limits.connections),
    origin: createOriginGuard(config),
    corsOrigins: config.corsOrigins,
    introspection: config.introspection,
    trusted: trustedDocuments === null ? null : await loadTrustedDocuments(trustedDocuments),
  };
}
