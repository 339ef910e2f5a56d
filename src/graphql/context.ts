/** What every resolver is given. */
import type { TokenScope } from '#generated/prisma/enums.ts';
import type { Clock } from '#platform/clock.ts';
import type { Db } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';

/** Who asks, and what they may do. */
export interface Viewer {
  /** Null for a visitor without a token. */
  readonly tokenId: number | null;
  readonly scopes: ReadonlySet<TokenScope>;
  /** Who an identity provider says it is; absent for others. */
  readonly subject?: string;
  /** When the token ends by itself. */
  readonly expiresAt?: Date | null;
}

/** What a token, or an address without one, has left to ask for. */
export interface Allowance {
  /** Cost that may be asked for in a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** When all of it is there again. */
  readonly resetAt: Date;
}

/** An article given by a client instead of a feed. */
export interface ImportRequest {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly outlet: string | null;
  readonly publishedAt: Date | null;
}

/** Work that the API has done, by the workers through the queue in Postgres if not said otherwise; each call waits for its end, within bounds. */
export interface Jobs {
  /** Looks behind an address, here and now, through the client that reaches nothing but the public internet. */
  findFeed(url: string): Promise<import('#feed/discover.ts').FoundFeed>;
  /** Has a feed polled now; true when the poll ended in time, false when it is still queued. */
  pollFeed(feedId: number): Promise<boolean>;
  /** Plans the first poll of a feed just added. */
  planPoll(feedId: number): Promise<void>;
  /** Has an article ingested; its id, or null when it is still queued. */
  importArticle(request: ImportRequest): Promise<number | null>;
  /** Has what waits for a channel delivered as soon as it is due. */
  planDelivery(channelId: number): Promise<void>;
  /** Has one thing delivered now; the id of the attempt, or null when it is still queued. */
  deliverOnce(request: DeliveryRequest): Promise<bigint | null>;
}

/** One thing to deliver out of a channel's order. */
export interface DeliveryRequest {
  readonly channelId: number;
  readonly kind: 'TEST' | 'REDELIVERY' | 'CONFIRMATION';
  /** Of the match to tell of; null for the newest that passes, and for a confirmation. */
  readonly seq: bigint | null;
}

/** What the API has to know of the outside to make channels. */
export interface DeliverySettings {
  /** Where readers reach the API, without a trailing slash. */
  readonly publicUrl: string;
  /** True where the operator has named a mail server. */
  readonly canMail: boolean;
  /** The entries of `VIGIE_ALLOW_HOSTS`. */
  readonly allowHosts: readonly string[];
}

/** A position-preserving reader of the match log: from the log first, then live, with no gap between. */
export interface MatchStream {
  /** The newest sequence number that this process knows of. */
  readonly end: bigint;
  /** Every match after `after` that passes `filter`, in order; without `after`, from now on. */
  follow(options: {
    readonly after: bigint | null;
    readonly filter: import('#match/filter.ts').MatchFilter;
  }): AsyncIterable<import('#match/match.ts').LoggedMatch>;
}

export interface GraphqlContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly jobs: Jobs;
  readonly stream: MatchStream;
  readonly delivery: DeliverySettings;
  readonly viewer: Viewer;
  /** The cursor that a reconnecting `EventSource` sends as `Last-Event-ID`. */
  readonly lastEventId?: string | null;
  /** What the subscription whose alert is rendered asks of the words, where the alert says which it holds. */
  readonly alertWords?: string | null;
  /** What the viewer has left, this request counted; null without a rate limit. */
  readonly allowance?: Allowance | null;
  /** What this request was found to cost. */
  readonly cost?: number;
}
