/** The jobs of the queue: each a contract (name, payload) that is parsed at the door. */
import { z } from 'zod';

/** A unit of work that any worker may take up, more than once if need be. */
export interface TaskContract<Payload> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
}

/** Ingest an article that a client gave. */
export const IMPORT_ARTICLE = {
  name: 'import-article',
  payload: z.object({
    url: z.url(),
    title: z.string(),
    text: z.string(),
    outlet: z.string().nullable(),
    publishedAt: z.iso.datetime().nullable(),
  }),
} as const satisfies TaskContract<ImportPayload>;

export interface ImportPayload {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly outlet: string | null;
  readonly publishedAt: string | null;
}

/** Ask the hubs whose turn it is for subscriptions to feeds (WebSub). */
export const SUBSCRIBE_FEEDS = {
  name: 'subscribe-feeds',
  payload: z.unknown(),
} as const satisfies TaskContract<unknown>;

/** Look for what lives on in the place of feeds that died. */
export const SEEK_SUCCESSORS = {
  name: 'seek-successors',
  payload: z.unknown(),
} as const satisfies TaskContract<unknown>;

/** Deliver what waits behind a channel's cursor. */
export const DELIVER_CHANNEL = {
  name: 'deliver-channel',
  payload: z.object({ channelId: z.int() }),
} as const satisfies TaskContract<{ channelId: number }>;

/** Deliver one thing that somebody asked for, out of the channel's order. */
export const DELIVER_ONCE = {
  name: 'deliver-once',
  payload: z.object({
    channelId: z.int(),
    kind: z.enum(['TEST', 'REDELIVERY', 'CONFIRMATION']),
    messageId: z.string(),
    seq: z
      .string()
      .regex(/^\d{1,18}$/)
      .nullable(),
  }),
} as const satisfies TaskContract<OncePayload>;

export interface OncePayload {
  readonly channelId: number;
  readonly kind: 'TEST' | 'REDELIVERY' | 'CONFIRMATION';
  readonly messageId: string;
  /** Sequence number of the match to tell of; null for the newest that passes, and for a confirmation. */
  readonly seq: string | null;
}

/**
 * Forget old polls of feeds, old attempts of the delivery log and what old articles are recognised by, and take up turns that got
 * lost.
 */
export const PRUNE_HISTORY = {
  name: 'prune-history',
  payload: z.unknown(),
} as const satisfies TaskContract<unknown>;
