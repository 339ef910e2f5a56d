/** WebSub (W3C Recommendation of 23 January 2018), the subscriber's side: what is asked of a hub, and what is believed of it. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where hubs call back, below the public address: the key of the subscription follows. */
export const WEBSUB_PATH = '/websub/';
/** Asked for; the hub decides (§5.1, `hub.lease_seconds`). */
const LEASE_SECONDS = 10 * 86_400;
const SHORTEST_LEASE = 60;
const LONGEST_LEASE = 90 * 86_400;
/** A challenge longer than this is not repeated. UTF-16 code units. */
const CHALLENGE_MAX = 1_000;

/** What a subscription asks of the hub. */
export interface HubRequest {
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
}

/** The form of a subscription request (§5.1). */
export function subscriptionForm({ topic, callback, secret }: HubRequest): URLSearchParams {
  return new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': callback,
    'hub.secret': secret,
    'hub.lease_seconds': String(LEASE_SECONDS),
  });
}

/** What the hub wants to know when it calls back (§5.2, §5.3). */
export type HubQuestion =
  /** Did you ask for this? The answer repeats the challenge. */
  | { readonly type: 'VERIFY'; readonly challenge: string; readonly leaseSeconds: number }
  | { readonly type: 'DENIED'; readonly reason: string | null }
  /** Not ours: another topic, or something that we never ask for. */
  | { readonly type: 'OTHER' };

/** Reads the query of a hub's GET; `topic` is what was subscribed to. */
export function readQuestion(query: URLSearchParams, topic: string): HubQuestion {
  const mode = query.get('hub.mode');
  const given = query.get('hub.topic');
  if (mode === 'denied' && (given === null || given === topic)) {
    return { type: 'DENIED', reason: query.get('hub.reason')?.slice(0, 300) ?? null };
  }
  const challenge = query.get('hub.challenge') ?? '';
  if (mode !== 'subscribe' || given !== topic || challenge === '' || challenge.length > CHALLENGE_MAX) {
    return { type: 'OTHER' };
  }
  const seconds = /^\d{1,12}$/.test(query.get('hub.lease_seconds') ?? '')
    ? Number(query.get('hub.lease_seconds'))
    : LEASE_SECONDS;
  return {
    type: 'VERIFY',
    challenge,
    leaseSeconds: Math.min(Math.max(seconds, SHORTEST_LEASE), LONGEST_LEASE),
  };
}

/** When to ask for the next lease: after four fifths of this one. */
export function renewalOf(now: Date, leaseSeconds: number): Date {
  return new Date(now.getTime() + leaseSeconds * 800);
}

/** When to ask a hub again that has failed so many times in a row: after an hour, then twice as long each time, up to a day. */
export function retryOf(now: Date, failures: number): Date {
  const hours = Math.min(2 ** Math.min(Math.max(failures - 1, 0), 5), 24);
  return new Date(now.getTime() + hours * 3_600_000);
}

const METHODS: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/** True when `X-Hub-Signature` (`method=hex`, §7.1) signs these bytes with the secret. Compared in constant time. */
export function isSigned(body: Uint8Array, signature: string | null, secret: string): boolean {
  const [, method, digest] = /^\s*(sha\d+)=([0-9a-f]{40,128})\s*$/i.exec(signature ?? '') ?? [];
  if (method === undefined || digest === undefined || !METHODS.has(method.toLowerCase())) return false;
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest();
  const given = Buffer.from(digest, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
