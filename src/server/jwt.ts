/**
 * Bearer tokens of an identity provider: JSON Web Tokens (RFC 7519), verified by its published keys as RFC 8725 advises: only
 * asymmetric algorithms, and issuer, audience, subject and expiry must be there and be right.
 */
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { TokenScope } from '#generated/prisma/enums.ts';
import type { Clock } from '#platform/clock.ts';
import type { OidcConfig } from '#platform/config.ts';
import { TokenError, type VerifyJwt } from './auth.ts';

/** What a provider may sign with: no `none`, and no HMAC, whose key would be one that everybody can read. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Clocks differ. */
const TOLERANCE_S = 30;
/** The provider answers within this time, and with no more than this. */
const FETCH_MS = 5_000;
const KEYS_BYTES_MAX = 256 * 1024;
/** Keys are asked for again after this time, and at most so often for a key id that is not among them. */
const KEYS_FRESH_MS = 10 * 60_000;
const UNKNOWN_KEY_MS = 30_000;

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** A response cut off beyond its bound: the provider is trusted with identities, not with our memory. */
async function fetchBounded(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...options, redirect: 'error' });
  let size = 0;
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > KEYS_BYTES_MAX) throw new Error(`oidc: ${url} answers with more than ${KEYS_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status: response.status, headers: response.headers });
}

async function findKeys(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetchBounded(url, { signal: AbortSignal.timeout(FETCH_MS) });
  if (!response.ok) throw new Error(`oidc: ${url} answers ${response.status}`);
  const discovery = Discovery.parse(await response.json());
  if (discovery.issuer !== issuer) {
    throw new Error(`oidc: ${url} is of the issuer ${discovery.issuer}, not of ${issuer}`);
  }
  return discovery.jwks_uri;
}

/** What the claim allows, in our words; values that are not mapped allow nothing. */
function scopesOf(payload: JWTPayload, { claim, scopes }: OidcConfig): ReadonlySet<TokenScope> {
  const value = payload[claim];
  const words = typeof value === 'string' ? value.split(/\s+/) : Array.isArray(value) ? value : [];
  const found = words.flatMap((word) => scopes.get(String(word)) ?? []);
  return new Set(found.filter((scope): scope is TokenScope => scope in TokenScope));
}

/** True for what the provider does wrong; what jose says of a set that is not there has no class of its own. */
const isOfProvider = (error: errors.JOSEError): boolean =>
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === errors.JOSEError.code;

function whyNot(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'this token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `this token is not for us: its claim ${error.claim} is missing or wrong`;
  }
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'this token is signed by a key that its issuer does not publish';
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'this token is signed by an algorithm that is not allowed';
  return 'this token is malformed, or its signature is wrong';
}

/** Verifies tokens of the configured provider, whose keys are fetched when first needed. */
export function createJwtVerifier(config: OidcConfig, clock: Clock): VerifyJwt {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | null = null;
  const openKeys = async (): Promise<ReturnType<typeof createRemoteJWKSet>> =>
    createRemoteJWKSet(new URL(config.jwksUrl ?? (await findKeys(config.issuer))), {
      timeoutDuration: FETCH_MS,
      cacheMaxAge: KEYS_FRESH_MS,
      cooldownDuration: UNKNOWN_KEY_MS,
      [customFetch]: fetchBounded,
    });
  return async (token) => {
    keys ??= openKeys().catch((error: unknown) => {
      keys = null;
      throw error;
    });
    try {
      const { payload } = await jwtVerify(token, await keys, {
        issuer: config.issuer,
        audience: config.audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: TOLERANCE_S,
        currentDate: clock.now(),
      });
      return {
        tokenId: null,
        subject: payload.sub!,
        scopes: scopesOf(payload, config),
        expiresAt: new Date(payload.exp! * 1_000),
      };
    } catch (error) {
      // A provider that does not answer, or not with keys, is no fault of the token.
      if (!(error instanceof errors.JOSEError) || isOfProvider(error)) throw error;
      throw new TokenError(whyNot(error));
    }
  };
}
