/**
 * How much may be asked for in a minute, by cost: of a token, or of an address without one.
 *
 * Counted in this process's memory, not in Postgres: a row to update per request would cost more than most queries do. With
 * several `api` processes behind one address each allows the whole of it.
 */
import { GraphQLError } from 'graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance, Viewer } from '#graphql/context.ts';
import type { Clock } from '#platform/clock.ts';

/** Seconds in which the whole limit may be used. */
export const RATE_WINDOW_S = 60;

/** Bad tokens that an address may try in a minute. */
const BAD_TOKENS = 30;

export interface RateLimit {
  /** Counts a cost; what is left, or null without a limit. Throws `rateLimited` when it is used up. */
  charge(viewer: Viewer, address: string, cost: number): Promise<Allowance | null>;
  /** As `charge`, for a request that never gets as far as to have a cost: counted, and not refused. */
  note(address: string, cost: number): void;
  /** Counts a bad token. Throws `rateLimited` when the address has tried too many. */
  badToken(address: string): Promise<void>;
}

/** Who is counted: the token if there is one, whoever holds it where. */
const counterOf = ({ tokenId, subject }: Viewer, address: string): string =>
  tokenId !== null ? `token ${tokenId}` : subject !== undefined ? `subject ${subject}` : `address ${address}`;

function tooMuch(message: string, retryAfterMs: number): GraphQLError {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  return new GraphQLError(`${message}; come back in ${seconds} s`, {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfter: seconds,
      http: { status: 429, headers: { 'Retry-After': String(seconds) } },
    },
  });
}

/** Starts counting; `perMinute` is a cost, or null for no limit. */
export function createRateLimit(perMinute: number | null, clock: Clock): RateLimit {
  const costs =
    perMinute === null ? null : new RateLimiterMemory({ points: perMinute, duration: RATE_WINDOW_S });
  const badTokens = new RateLimiterMemory({ points: BAD_TOKENS, duration: RATE_WINDOW_S });
  return {
    async charge(viewer, address, cost) {
      if (costs === null || perMinute === null) return null;
      const key = counterOf(viewer, address);
      // What would go beyond the limit is refused uncounted, so that a smaller query may still pass.
      const state = await costs.get(key);
      if (state !== null && state.consumedPoints + cost > perMinute) {
        throw tooMuch(
          `this query costs ${cost}, and ${state.remainingPoints} of ${perMinute} a minute are left`,
          state.msBeforeNext,
        );
      }
      const { remainingPoints, msBeforeNext } = await costs.consume(key, cost);
      return {
        limit: perMinute,
        remaining: remainingPoints,
        resetAt: new Date(clock.now().getTime() + msBeforeNext),
      };
    },
    note(address, cost) {
      void costs?.penalty(`address ${address}`, cost);
    },
    async badToken(address) {
      try {
        await badTokens.consume(address);
      } catch (state) {
        if (!(state instanceof RateLimiterRes)) throw state;
        throw tooMuch('too many bad tokens from this address', state.msBeforeNext);
      }
    },
  };
}

/** The header fields of draft-ietf-httpapi-ratelimit-headers-10. */
export function rateHeaders({ limit, remaining, resetAt }: Allowance, now: Date): Record<string, string> {
  const seconds = Math.max(0, Math.ceil((resetAt.getTime() - now.getTime()) / 1_000));
  return {
    'RateLimit-Policy': `"cost";q=${limit};w=${RATE_WINDOW_S}`,
    RateLimit: `"cost";r=${remaining};t=${seconds}`,
  };
}
