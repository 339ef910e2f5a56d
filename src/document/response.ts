/** What one GET gave back, and what its headers mean. */

/** Why a document could not be had. Stored with the feed's health, so these words do not change. */
export const FAILURE_REASONS = [
  /** Not an http(s) address, too long, or with credentials. */
  'BAD_URL',
  /** The address, or one it redirects to, is private, loopback or otherwise not public. */
  'FORBIDDEN_ADDRESS',
  /** robots.txt asks us to stay away from this page. */
  'ROBOTS',
  /** The host name does not resolve. */
  'DNS',
  /** No secure connection: certificate or protocol. */
  'TLS',
  /** Refused, reset or dropped. */
  'CONNECTION',
  'TIMEOUT',
  /** The host asked us, repeatedly, to wait; nothing was sent. */
  'HOST_ASKED_TO_WAIT',
  /** Too many requests already wait for this host; nothing was sent. */
  'QUEUE_FULL',
  /** 410: the feed is over. */
  'GONE',
  /** 429 or 503; `retryAfterSeconds` tells how long to stay away if the server says so. */
  'ASKED_TO_WAIT',
  /** Any other status that is no success. */
  'HTTP_STATUS',
  'REDIRECT_LOOP',
  'TOO_MANY_REDIRECTS',
  /** A redirect without a usable Location. */
  'BAD_REDIRECT',
  /** More bytes than the cap, compressed or decoded. */
  'TOO_LARGE',
  /** The bytes are not what Content-Encoding says, nor plain text. */
  'BAD_ENCODING',
  /** Not HTTP. */
  'BAD_RESPONSE',
  /** The caller gave up. */
  'ABORTED',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

interface Answered {
  /** Where the last redirect led. */
  readonly url: string;
  /** Where the leading run of 301 and 308 ends; null when the first answer was no permanent redirect. */
  readonly permanentUrl: string | null;
  readonly status: number;
  readonly fetchedAt: Date;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** For how long the server calls this fresh (Cache-Control before Expires); null when it does not say. */
  readonly maxAgeSeconds: number | null;
}

export interface NotModified extends Answered {
  readonly outcome: 'NotModified';
}

export interface Fetched extends Answered {
  readonly outcome: 'Fetched';
  readonly contentType: string | null;
  readonly contentLanguage: string | null;
  /** Base of relative addresses when the server names one. */
  readonly contentLocation: string | null;
  /** `Link: <…>; rel="hub"` and `rel="self"` (WebSub). */
  readonly hubs: readonly string[];
  readonly selfUrl: string | null;
  /** Decoded bytes. */
  readonly body: Uint8Array;
  /** Bytes that came over the wire. */
  readonly wireBytes: number;
  /** The connection was closed before the announced end. The validators are withheld, so that the next poll asks for everything. */
  readonly truncated: boolean;
}

export interface Failed {
  readonly outcome: 'Failed';
  readonly reason: FailureReason;
  /** In plain words for an operator; begins with "document: ". */
  readonly message: string;
  readonly url: string;
  readonly permanentUrl: string | null;
  readonly status: number | null;
  /** How long the server asks to be left alone, from 429 and 503 only; null when it does not say. */
  readonly retryAfterSeconds: number | null;
  readonly fetchedAt: Date;
}

/** What one GET gave back. Expected failures are values. */
export type Document = NotModified | Fetched | Failed;

/** Longest wait that a Retry-After is believed for: 31 days. */
const MAX_WAIT_SECONDS = 31 * 86_400;

/** Seconds of a Retry-After header (a number or an HTTP date, RFC 9110 §10.2.3); null when absent, past or unreadable. */
export function parseRetryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d{1,12}$/.test(text)) return Math.min(Number(text), MAX_WAIT_SECONDS);
  const date = Date.parse(text);
  if (Number.isNaN(date)) return null;
  const seconds = Math.ceil((date - now.getTime()) / 1000);
  return seconds > 0 ? Math.min(seconds, MAX_WAIT_SECONDS) : null;
}

/**
 * Seconds for which a response is fresh (RFC 9111 §4.2.1): max-age before Expires, relative to the server's own Date. Null when
 * nothing is said or `no-cache`/`no-store` takes it back.
 */
export function parseMaxAge(
  headers: {
    readonly cacheControl: string | null;
    readonly expires: string | null;
    readonly date: string | null;
  },
  now: Date,
): number | null {
  const directives = (headers.cacheControl ?? '')
    .toLowerCase()
    .split(',')
    .map((directive) => directive.trim());
  if (directives.some((directive) => directive === 'no-cache' || directive === 'no-store')) return null;
  for (const directive of directives) {
    const seconds = /^max-age\s*=\s*"?(\d{1,10})"?$/.exec(directive)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), MAX_WAIT_SECONDS);
  }
  const expires = Date.parse(headers.expires ?? '');
  if (Number.isNaN(expires)) return null;
  const date = Date.parse(headers.date ?? '');
  const seconds = Math.floor((expires - (Number.isNaN(date) ? now.getTime() : date)) / 1000);
  return seconds > 0 ? Math.min(seconds, MAX_WAIT_SECONDS) : null;
}

/** Targets of a Link header (RFC 8288) by relation; reads at most 50 links. */
export function parseLinks(
  value: string | null,
  base: string,
): { readonly rel: string; readonly url: string }[] {
  const links: { rel: string; url: string }[] = [];
  let at = 0;
  while (value !== null && links.length < 50) {
    const open = value.indexOf('<', at);
    const close = value.indexOf('>', open);
    if (open < 0 || close < 0) break;
    const next = value.indexOf('<', close);
    const parameters = value.slice(close + 1, next < 0 ? value.length : next);
    const rel = /;\s*rel\s*=\s*"?([^",;]+)/i.exec(parameters)?.[1];
    const url = URL.parse(value.slice(open + 1, close), base);
    if (rel !== undefined && url !== null) {
      for (const one of rel.trim().toLowerCase().split(/\s+/)) links.push({ rel: one, url: url.href });
    }
    at = close + 1;
  }
  return links;
}
