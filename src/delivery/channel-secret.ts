/** Secrets of channels, and the addresses made from them. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ChannelKind } from './channel.ts';

/** What a link in a mail lets its reader do. */
export type MailAction = 'confirm' | 'unsubscribe';

/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;
const WEBHOOK_PREFIX = 'whsec_';

/** What a channel keeps, and what its owner is shown once; they differ only for feeds, of whose secret a hash is kept. */
export interface NewSecret {
  readonly kept: string;
  /** Null where the owner has no use for it. */
  readonly shown: string | null;
}

/** The SHA-256 by which a feed is found. */
export const hashFeedSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes a secret that nobody can guess. */
export function createSecret(kind: ChannelKind): NewSecret {
  const bytes = randomBytes(SECRET_BYTES);
  if (kind === 'FEED') {
    const shown = bytes.toString('base64url');
    return { kept: hashFeedSecret(shown), shown };
  }
  const kept = `${WEBHOOK_PREFIX}${bytes.toString('base64')}`;
  return { kept, shown: kind === 'WEBHOOK' ? kept : null };
}

function tokenOf(secret: string, action: MailAction, channelId: number): string {
  return createHmac('sha256', secret).update(`${action}:${channelId}`).digest('base64url');
}

/** The address of a page where the reader of a mail does this. `publicUrl` has no trailing slash. */
export function mailLink(
  publicUrl: string,
  action: MailAction,
  channel: { readonly id: number; readonly secret: string },
): string {
  return `${publicUrl}/mail/${action}/${channel.id}/${tokenOf(channel.secret, action, channel.id)}`;
}

/** True for the token of that very link; takes as long for a wrong one. */
export function isMailToken(
  token: string,
  action: MailAction,
  channel: { readonly id: number; readonly secret: string },
): boolean {
  const expected = Buffer.from(tokenOf(channel.secret, action, channel.id));
  const given = Buffer.from(token);
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}

/** Addresses of a watch's feeds. */
export interface FeedAddresses {
  readonly rss: string;
  readonly atom: string;
  readonly json: string;
}

/** The addresses that the secret opens. `publicUrl` has no trailing slash. */
export function feedAddresses(publicUrl: string, secret: string): FeedAddresses {
  const base = `${publicUrl}/feed/${secret}`;
  return { rss: `${base}/rss.xml`, atom: `${base}/atom.xml`, json: `${base}/feed.json` };
}
