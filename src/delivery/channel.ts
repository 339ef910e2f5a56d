/**
 * Channels: where the alerts of a watch go. Each is a cursor over the match log, and stands in one of four states:
 *
 *   UNCONFIRMED ─ the owner of the mail address says yes ─▶ ACTIVE ◀─ pause, resume ─▶ PAUSED
 *        ▲                                                   │
 *        └──── resume, after the address was unsubscribed ── DISABLED: it failed for three days, is gone, or unsubscribed
 *
 * Whatever the state, the cursor stays: who resumes a channel misses nothing, unless it asks to.
 */
import { type DigestTime, nextDigest } from './digest-time.ts';

export const CHANNEL_KINDS = ['WEBHOOK', 'SLACK', 'DISCORD', 'TEAMS', 'MAIL', 'FEED'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Kinds that post to an address on the web. */
export type PostKind = Exclude<ChannelKind, 'MAIL' | 'FEED'>;
/** Kinds whose messages are read by people in a chat. */
export type ChatKind = Exclude<PostKind, 'WEBHOOK'>;

/** What a message is written in; quotations stay as they were printed. */
export type Language = 'FR' | 'EN';

export type MailSchedule = 'AT_ONCE' | 'DAILY' | 'WEEKLY';

export interface WebhookSettings {
  readonly kind: 'WEBHOOK';
  readonly url: string;
}

export interface ChatSettings {
  readonly kind: ChatKind;
  readonly url: string;
  readonly language: Language;
}

export interface MailSettings extends DigestTime {
  readonly kind: 'MAIL';
  readonly address: string;
  readonly schedule: MailSchedule;
  readonly language: Language;
}

export interface FeedSettings {
  readonly kind: 'FEED';
}

/** What a channel's kind needs to know; kept as JSON. */
export type ChannelSettings = WebhookSettings | ChatSettings | MailSettings | FeedSettings;

/**
 * Alerts that one message tells of, at most. A mail tells of all that wait: of the newest in full, of the others how many
 * they are. The others take what fits, and the next message the rest.
 */
export function batchSize({ kind }: Pick<ChannelSettings, 'kind'>): number {
  if (kind === 'MAIL') return 300;
  return kind === 'WEBHOOK' ? 1 : 10;
}

/** Milliseconds between two messages: mail once a minute, chats as often as they take it without complaint. */
function spacingMs({ kind }: ChannelSettings): number {
  if (kind === 'MAIL') return 60_000;
  return kind === 'WEBHOOK' ? 0 : 1_000;
}

/** What decides when a channel is next tried. */
export interface Pace {
  readonly settings: ChannelSettings;
  readonly lastDeliveredAt: Date | null;
  /** When a failed message is tried again; null while nothing fails. */
  readonly nextAttemptAt: Date | null;
}

/** When a match logged at `pendingSince`, the oldest that waits, may be delivered. */
export function dueAt({ settings, lastDeliveredAt, nextAttemptAt }: Pace, pendingSince: Date): Date {
  if (nextAttemptAt !== null) return nextAttemptAt;
  if (settings.kind === 'MAIL' && settings.schedule !== 'AT_ONCE') {
    return nextDigest(pendingSince, settings, settings.schedule);
  }
  const free = (lastDeliveredAt?.getTime() ?? 0) + spacingMs(settings);
  return new Date(Math.max(pendingSince.getTime(), free));
}

/**
 * Where the channel leads, for people: a mail address, or a web address without what may be secret in it. Chats hide the
 * key of a channel in the path; a webhook may have one in its query.
 */
export function describeTarget(settings: ChannelSettings): string {
  if (settings.kind === 'MAIL') return settings.address;
  if (settings.kind === 'FEED') return 'RSS, Atom, JSON Feed';
  const url = new URL(settings.url);
  if (settings.kind !== 'WEBHOOK') return `${url.origin}/…`;
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}
