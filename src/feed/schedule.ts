/** When to ask a feed again. */

/** How the last poll went. */
export type PollVerdict =
  /** New items, none, or not modified: the feed answers. */
  | 'ANSWERED'
  /** An error, or something that is no feed. */
  | 'FAILED'
  /** No name, no connection, or an answer that stopped or took too long: perhaps it is our own network. */
  | 'UNREACHED'
  /** Nothing was sent: its host is left alone, or too much waits for it. Says nothing of the feed. */
  | 'DEFERRED'
  /** 410: the feed is over. */
  | 'GONE';

export interface PollSituation {
  readonly now: Date;
  readonly verdict: PollVerdict;
  /** Articles that the feed published over the last `days` days; how busy it is. */
  readonly recent: { readonly articles: number; readonly days: number };
  /** Articles that this poll brought. */
  readonly newArticles: number;
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** The feed's own `ttl`. */
  readonly ttlMinutes: number | null;
  /** Cache-Control or Expires. */
  readonly maxAgeSeconds: number | null;
  readonly retryAfterSeconds: number | null;
  /** True while a hub brings the feed's news (WebSub): polling is only the net under it. */
  readonly subscribed: boolean;
  /** 0 to 1; spreads feeds that would be asked at the same moment. */
  readonly random: number;
}

export interface NextPoll {
  /** Seconds between polls while all goes well: what the feed's row shows. */
  readonly intervalSeconds: number;
  /** Null: never again. */
  readonly at: Date | null;
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

export const SHORTEST_INTERVAL_SECONDS = 5 * MINUTE;
export const LONGEST_INTERVAL_SECONDS = DAY;
/** While a hub brings what is new. */
export const SUBSCRIBED_INTERVAL_SECONDS = 6 * HOUR;
/** While little is known of a feed. */
const FIRST_INTERVAL = 15 * MINUTE;
const KNOWN_AFTER_DAYS = 2;
/** Polls per article expected: a feed with an article a day is asked every hour. With validators, most cost its server next to nothing. */
const POLLS_PER_ARTICLE = 24;
/** Caching hints keep us away no longer than this: many are set once and for all by a tool, not by an editor. */
const LONGEST_HINT = 2 * HOUR;
/** A server that asks for more is believed this far. */
const LONGEST_RETRY_AFTER = 7 * DAY;

/**
 * The next poll of a feed.
 *
 * A feed that answers is asked some twenty-four times per article it publishes, between every 5 minutes and once a day, not before its own
 * caching hints allow (up to two hours), and sooner after a poll that brought something: news comes in bursts. One that fails is asked
 * again after 5 minutes, then twice as long each time, up to a day, or to an hour while it may be our own network that fails.
 * Retry-After is kept in both cases. One that is gone is not asked, and one whose hub brings its news is asked every six hours at most, in
 * case the hub forgets.
 */
export function nextPoll(situation: PollSituation): NextPoll {
  const { now, verdict, retryAfterSeconds, random } = situation;
  const intervalSeconds = regularInterval(situation);
  if (verdict === 'GONE') return { intervalSeconds, at: null };
  const wait =
    verdict === 'ANSWERED'
      ? spread(afterNews(situation, intervalSeconds), 0.1, random)
      : spread(verdict === 'DEFERRED' ? SHORTEST_INTERVAL_SECONDS : afterFailures(situation), 0.25, random);
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER);
  // Many feeds are told the same second to come back; they do not come back at the same second.
  const seconds = wait >= asked ? wait : asked + random * Math.min(asked * 0.1, 5 * MINUTE);
  return { intervalSeconds, at: new Date(now.getTime() + Math.round(seconds * 1000)) };
}

function afterFailures({ verdict, failures }: PollSituation): number {
  // An outage of our own ends for all feeds at once, and none is to be missed for another day.
  const longest = verdict === 'UNREACHED' ? HOUR : DAY;
  return Math.min(SHORTEST_INTERVAL_SECONDS * 2 ** Math.min(Math.max(failures - 1, 0), 12), longest);
}

function regularInterval({ recent, ttlMinutes, maxAgeSeconds, subscribed }: PollSituation): number {
  const adaptive =
    recent.days < KNOWN_AFTER_DAYS && recent.articles === 0
      ? FIRST_INTERVAL
      : (Math.max(recent.days, 1) * DAY) / Math.max(recent.articles, 0.5) / POLLS_PER_ARTICLE;
  const hint = Math.min(Math.max((ttlMinutes ?? 0) * MINUTE, maxAgeSeconds ?? 0), LONGEST_HINT);
  const shortest = subscribed ? SUBSCRIBED_INTERVAL_SECONDS : SHORTEST_INTERVAL_SECONDS;
  return Math.round(clamp(Math.max(adaptive, hint), shortest, LONGEST_INTERVAL_SECONDS));
}

function afterNews(
  { newArticles, maxAgeSeconds, ttlMinutes, subscribed }: PollSituation,
  interval: number,
): number {
  if (newArticles === 0 || subscribed) return interval;
  const hint = Math.min(Math.max((ttlMinutes ?? 0) * MINUTE, maxAgeSeconds ?? 0), LONGEST_HINT);
  return Math.max(interval / 2, hint, SHORTEST_INTERVAL_SECONDS);
}

/** A duration moved by up to `share` of itself in either direction. */
function spread(seconds: number, share: number, random: number): number {
  return seconds * (1 + share * (2 * random - 1));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Seconds from the first start within which every feed has had its first poll, at most. */
const FIRST_ROUND_SECONDS = 5 * MINUTE;
/** Feeds asked for the first time in one second. */
const FIRST_ROUND_RATE = 4;

/** When the `index`-th of newly followed feeds is polled first: in turn, no thundering herd. */
export function firstPoll(now: Date, index: number, count: number): Date {
  const step = Math.min(1 / FIRST_ROUND_RATE, FIRST_ROUND_SECONDS / Math.max(count, 1));
  return new Date(now.getTime() + Math.round(index * step * 1000));
}

/** Not-modified answers in a row after which everything is asked for again, in case the server's validators are wrong. */
const WHOLE_AFTER_NOT_MODIFIED = 24;

/** True when the next poll is to leave out the validators. */
export function asksForWhole(notModifiedInARow: number): boolean {
  return notModifiedInARow > 0 && notModifiedInARow % WHOLE_AFTER_NOT_MODIFIED === 0;
}

/** Polls in a row that a permanent redirect must lead to the same place before the feed's address is changed. */
const POLLS_BEFORE_MOVING = 3;

export interface FeedAddress {
  readonly url: string;
  /** Where permanent redirects have been pointing; null when nowhere. */
  readonly movedTo: string | null;
  /** For how many polls in a row. */
  readonly movedPolls: number;
}

/** Takes note of where a poll's permanent redirects led (null: nowhere), and adopts the new address once it has held. */
export function decideAddress(feed: FeedAddress, permanentUrl: string | null): FeedAddress {
  if (permanentUrl === null || permanentUrl === feed.url)
    return { url: feed.url, movedTo: null, movedPolls: 0 };
  const movedPolls = permanentUrl === feed.movedTo ? feed.movedPolls + 1 : 1;
  if (movedPolls >= POLLS_BEFORE_MOVING) return { url: permanentUrl, movedTo: null, movedPolls: 0 };
  return { url: feed.url, movedTo: permanentUrl, movedPolls };
}
