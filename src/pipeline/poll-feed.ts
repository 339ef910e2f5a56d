/**
 * One poll of one feed: ask, parse, ingest what is new, and write down how it went.
 *
 *   feed ─▶ GET ─┬▶ not modified ────────────────────────────────────────────────┐
 *                ├▶ failed ──────────────────────────────────────────────────────┤
 *                └▶ fetched ─▶ parse ─▶ items that changed ─▶ full text ─▶ ingest ┴▶ health, history, next poll
 *
 * Validators (ETag, Last-Modified) are saved last: a poll that dies half-way is asked for again whole, and what it had
 * ingested is then found unchanged.
 */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type IncomingArticle, loadEntryHashes } from '#article/article.store.ts';
import { identifyItems } from '#article/identity.ts';
import type { FeedParser } from '#article/parse.client.ts';
import { BREAKS_OFF, type ParsedFeedInfo, type ParsedItem } from '#article/parsed-feed.ts';
import type { DocumentClient } from '#document/document.client.ts';
import { checkUrl } from '#document/request.ts';
import type { Document, Fetched } from '#document/response.ts';
import { ownNames } from '#feed/feed-input.ts';
import {
  type EndedPoll,
  type FeedChanges,
  isFollowed,
  type PollRecord,
  savePolls,
} from '#feed/poll.store.ts';
import type { FeedClaims, PolledFeed } from '#feed/poll-claim.store.ts';
import { asksForWhole, decideAddress } from '#feed/schedule.ts';
import { type AnnouncedHub, findDelivery, noteHub, removeDelivery } from '#feed/websub.store.ts';
import type { FeedStatus } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { boundPages, type PageTime } from './bound-pages.ts';
import { decidePoll, hasAnswered } from './decide-poll.ts';
import { type IngestContext, ingestArticle } from './ingest-article.ts';
import { toArticle } from './item-article.ts';

export interface PollContext extends IngestContext {
  readonly db: Db;
  readonly pool: Pool;
  readonly claims: FeedClaims;
  readonly documents: DocumentClient;
  readonly parser: FeedParser;
  readonly log: Log;
  /** True where hubs can reach us, so that what they bring is subscribed to. */
  readonly subscribes: boolean;
  readonly pageTime: PageTime;
  /** 0 to 1; spreads the polls out. */
  random(): number;
}

/** What one poll gave. */
export interface PollReport extends Omit<PollRecord, 'startedAt'> {
  readonly feed: PolledFeed;
  /** Its address after the poll. */
  readonly url: string;
  /** The feed's status after the poll: a feed that is gone is not polled again. */
  readonly status: FeedStatus;
  readonly nextPollAt: Date;
}

/** What is known of an item without looking at its page: unchanged, it is not looked at again. `url` is canonical. */
function hashItem(item: ParsedItem, url: string): string {
  const { title, summaryHtml, contentHtml, publishedAt, updatedAt, authors } = item;
  return createHash('sha256')
    .update(JSON.stringify([title, url, summaryHtml, contentHtml, publishedAt, updatedAt, authors]))
    .digest('base64url');
}

interface ItemCounts {
  items: number;
  newArticles: number;
  revisedArticles: number;
  /** Items of which something is still wanted: the next poll has to see them again. */
  unfinished: number;
  /** True when the process is to end, and items are left. */
  interrupted: boolean;
  problem: string | null;
}

/** For how long an item whose page did not answer is tried again, poll after poll. */
const RETRY_PAGE_MS = 24 * 3_600_000;

/**
 * Ingests the items of a fetched feed that are new or changed, the oldest first, so that the log tells them in order; what was stored
 * before and still wants its page comes last, so that news does not wait for it.
 */
async function ingestItems(
  context: PollContext,
  feed: Pick<PolledFeed, 'id' | 'outlet' | 'language' | 'siteUrl'>,
  items: readonly ParsedItem[],
  home: string,
  signal: AbortSignal | undefined,
): Promise<ItemCounts> {
  const counts: ItemCounts = {
    items: items.length,
    newArticles: 0,
    revisedArticles: 0,
    unfinished: 0,
    interrupted: false,
    problem: null,
  };
  const now = context.clock.now();
  const identified = identifyItems(items).map(({ item, ...identity }) => ({
    ...identity,
    item,
    itemHash: hashItem(item, identity.url),
  }));
  const problems: string[] = [];
  const skipped = items.length - identified.length;
  if (skipped > 0) problems.push(`${skipped} of ${items.length} items without an address or listed twice`);
  const known = await loadEntryHashes(context.db, feed.id, identified);
  const changed = identified
    .filter(({ guid, itemHash }) => known.get(guid) !== itemHash)
    .sort(
      (a, b) =>
        Number(known.has(a.guid)) - Number(known.has(b.guid)) ||
        (a.item.publishedAt ?? now).getTime() - (b.item.publishedAt ?? now).getTime(),
    );
  const pages = boundPages(
    { get: (request) => context.documents.get(signal === undefined ? request : { ...request, signal }) },
    context.pageTime,
    { elapsed: () => performance.now(), now: () => context.clock.now(), home },
  );
  const reading = { ...context, documents: pages };
  let failed = 0;
  for (const { guid, item, itemHash } of changed) {
    try {
      const article: IncomingArticle | null = await toArticle(reading, feed, item, { guid, itemHash });
      if (signal?.aborted) {
        counts.interrupted = true;
        break;
      }
      if (article === null) continue;
      const { outcome } = await ingestArticle(context, article);
      if (outcome === 'NEW') counts.newArticles += 1;
      if (outcome === 'REVISED') counts.revisedArticles += 1;
      const age = item.publishedAt === null ? Number.NaN : now.getTime() - item.publishedAt.getTime();
      const isWanted = pages.isCutShort() || !known.has(guid) || age < RETRY_PAGE_MS;
      if (article.source?.itemHash === '' && isWanted) counts.unfinished += 1;
    } catch (error) {
      // One item that cannot be stored does not cost the others.
      failed += 1;
      context.log.error({ err: error, feedId: feed.id, url: item.url }, 'item not ingested');
    }
  }
  if (counts.unfinished > 0) problems.push(`${counts.unfinished} pages to be read later: ${pages.problem()}`);
  if (failed > 0) problems.push(`${failed} of ${items.length} items could not be stored; the log says why`);
  return { ...counts, unfinished: counts.unfinished + failed, problem: problems.join('; ') || null };
}

/** Turns a fetched document into articles; a document that is no feed is the poll's problem, not an error. */
async function ingestDocument(
  context: PollContext,
  feed: Pick<PolledFeed, 'id' | 'outlet' | 'unnamed' | 'language' | 'siteUrl'>,
  document: Pick<Fetched, 'url' | 'body' | 'contentType'> &
    Partial<Pick<Fetched, 'contentLanguage' | 'contentLocation'>>,
  signal: AbortSignal | undefined,
): Promise<{
  readonly counts: ItemCounts;
  readonly changes: FeedChanges;
  readonly announced: Pick<ParsedFeedInfo, 'hubs' | 'selfUrl'>;
  readonly ttlMinutes: number | null;
  readonly readable: boolean;
  /** True when this was the whole document: none of it has to be asked for again. */
  readonly whole: boolean;
}> {
  const parsed = await context.parser.parse(document.body, document.contentType, {
    url: document.url,
    now: context.clock.now(),
    language: document.contentLanguage ?? null,
    contentLocation: document.contentLocation ?? null,
  });
  if (!parsed.ok) {
    const none = { items: 0, newArticles: 0, revisedArticles: 0, unfinished: 0, interrupted: false };
    const counts = { ...none, problem: parsed.message };
    const announced = { hubs: [], selfUrl: null };
    return { counts, changes: {}, announced, ttlMinutes: null, readable: false, whole: false };
  }
  // Before its first articles, which carry the outlet's name.
  const names = ownNames(feed.unnamed, parsed.feed.title);
  const named = { ...feed, outlet: names.outlet ?? feed.outlet };
  const counts = await ingestItems(context, named, parsed.items, document.url, signal);
  const problems = [...(counts.problem === null ? [] : [counts.problem]), ...parsed.problems];
  return {
    counts: { ...counts, problem: problems.join('; ') || null },
    changes: {
      ...names,
      ...(feed.siteUrl === null && parsed.feed.siteUrl !== null ? { siteUrl: parsed.feed.siteUrl } : {}),
      ...(feed.language === null && parsed.feed.language !== null ? { language: parsed.feed.language } : {}),
    },
    announced: parsed.feed,
    ttlMinutes: parsed.feed.ttlMinutes,
    readable: true,
    whole: counts.unfinished === 0 && !parsed.problems.includes(BREAKS_OFF),
  };
}

/** A poll that has ended, for `writeDown`. */
export interface Poll {
  readonly report: PollReport;
  readonly ended: EndedPoll;
  /** True for what the feed's hub had delivered. */
  readonly delivered: boolean;
  /** Whether the feed's host answered; null when it was not asked. */
  readonly answered: boolean | null;
}

/**
 * Asks for a claimed feed and takes in what is new. Only what `writeDown` does is missing then. Null when the signal cut it short:
 * the feed is as due as before, and what was taken in is found unchanged.
 */
export async function pollClaimed(
  context: PollContext,
  feed: PolledFeed,
  signal?: AbortSignal,
): Promise<Poll | null> {
  if (feed.hasDelivery) return await takeDelivery(context, feed, signal);
  const { db, clock } = context;
  const startedAt = clock.now();
  const began = performance.now();
  // Now and then everything is asked for, in case the server's validators are wrong.
  const whole = asksForWhole(feed.notModifiedPolls);
  const document = await context.documents.get({
    url: feed.url,
    kind: 'FEED',
    etag: whole ? null : feed.etag,
    lastModified: whole ? null : feed.lastModified,
    ...(signal === undefined ? {} : { signal }),
  });
  if (document.outcome === 'Failed' && document.reason === 'ABORTED') return null;
  const ingested =
    document.outcome === 'Fetched' ? await ingestDocument(context, feed, document, signal) : null;
  if (ingested?.counts.interrupted) return null;
  const decision = decidePoll({
    feed,
    document,
    unreadable: ingested !== null && !ingested.readable ? (ingested.counts.problem ?? 'unreadable') : null,
    ttlMinutes: ingested?.ttlMinutes ?? null,
    newArticles: ingested?.counts.newArticles ?? 0,
    addressTaken: await isNewAddressTaken(context, feed, document),
    now: clock.now(),
    random: context.random(),
  });
  const record: PollRecord = {
    startedAt,
    durationMs: Math.round(performance.now() - began),
    outcome: decision.outcome,
    httpStatus: document.status,
    bytes: document.outcome === 'Fetched' ? document.wireBytes : null,
    items: ingested?.counts.items ?? 0,
    newArticles: ingested?.counts.newArticles ?? 0,
    revisedArticles: ingested?.counts.revisedArticles ?? 0,
    problem: decision.problem ?? ingested?.counts.problem ?? null,
  };
  if (context.subscribes && document.outcome === 'Fetched' && ingested?.readable) {
    await noteHub(db, feed.id, findHub(document, ingested.announced), clock.now());
  }
  const { url = feed.url, status = 'ACTIVE' } = decision.changes;
  const changes = {
    ...ingested?.changes,
    ...(document.outcome === 'Fetched' && ingested?.readable ? validatorsOf(document, ingested.whole) : {}),
    ...decision.changes,
  };
  const { startedAt: _at, ...summary } = record;
  return {
    report: { ...summary, feed, url, status, nextPollAt: decision.nextPollAt },
    ended: { feedId: feed.id, changes, record, answers: feed.pollAskedAt },
    delivered: false,
    answered: hasAnswered(document),
  };
}

/** Writes down how polls went, all at once. */
export async function writeDown(context: PollContext, polls: readonly Poll[]): Promise<void> {
  await savePolls(
    context.pool,
    polls.map(({ ended }) => ended),
  );
  for (const { report, delivered } of polls) {
    const { feed, url: _url, status, nextPollAt, ...summary } = report;
    const failed = report.outcome === 'FAILED' && !delivered;
    context.log[failed ? 'warn' : 'info'](
      {
        feedId: feed.id,
        url: feed.url,
        ...summary,
        ...(delivered ? {} : { nextPollAt: status === 'ACTIVE' ? nextPollAt : null }),
      },
      delivered ? 'delivery read' : failed ? 'poll failed' : 'feed polled',
    );
  }
}

/** How long a poll waits for its turn while another of its host is under way, and how often it looks. */
const TURN_MS = { every: 200, most: 60_000 } as const;

/** Polls a feed now; null when it is not followed any more, its host is too busy, or the signal cut it short. */
export async function pollFeed(
  context: PollContext,
  feedId: number,
  signal?: AbortSignal,
): Promise<PollReport | null> {
  const { claims, clock } = context;
  let feed = await claims.take(feedId, clock.now());
  for (
    let waited = 0;
    feed === 'BUSY' && waited < TURN_MS.most && !signal?.aborted;
    waited += TURN_MS.every
  ) {
    await setTimeout(TURN_MS.every);
    feed = await claims.take(feedId, clock.now());
  }
  if (feed === null || feed === 'BUSY') return null;
  try {
    const poll = await pollClaimed(context, feed, signal);
    if (poll === null) return null;
    await writeDown(context, [poll]);
    return poll.report;
  } finally {
    await claims.release([feed]);
  }
}

/** Validators of a body that is all in. Without them the next poll gets everything again, and what could not be had this time. */
function validatorsOf({ etag, lastModified }: Fetched, whole: boolean): FeedChanges {
  return whole ? { etag, lastModified } : { etag: null, lastModified: null };
}

/** The hub that a feed announces, in its headers before its text (WebSub §4), and the address that the hub knows it by. */
function findHub(
  document: Fetched,
  announced: Pick<ParsedFeedInfo, 'hubs' | 'selfUrl'>,
): AnnouncedHub | null {
  const hub = [...document.hubs, ...announced.hubs].find((url) => checkUrl(url).ok);
  const topic = document.selfUrl ?? announced.selfUrl ?? document.url;
  return hub === undefined || !checkUrl(topic).ok ? null : { hub, topic };
}

/** Reads what the feed's hub delivered as if it had been polled; the next poll stays where it was. */
async function takeDelivery(
  context: PollContext,
  feed: PolledFeed,
  signal: AbortSignal | undefined,
): Promise<Poll | null> {
  const { db, clock } = context;
  const startedAt = clock.now();
  const delivery = await findDelivery(db, feed.id);
  const given =
    delivery === null ? null : await ingestDocument(context, feed, { url: feed.url, ...delivery }, signal);
  if (given?.counts.interrupted) return null;
  if (delivery !== null) await removeDelivery(db, delivery.id);
  const record: PollRecord = {
    startedAt,
    durationMs: clock.now().getTime() - startedAt.getTime(),
    outcome: given?.readable === false ? 'FAILED' : 'FETCHED',
    httpStatus: null,
    bytes: delivery?.body.byteLength ?? null,
    items: given?.counts.items ?? 0,
    newArticles: given?.counts.newArticles ?? 0,
    revisedArticles: given?.counts.revisedArticles ?? 0,
    problem: given?.counts.problem ?? null,
  };
  // Another may have come meanwhile: then the request for a poll stands.
  const done = (await findDelivery(db, feed.id)) === null;
  const { startedAt: _at, ...summary } = record;
  return {
    report: {
      ...summary,
      feed,
      url: feed.url,
      status: 'ACTIVE',
      nextPollAt: done ? feed.nextPollAt : startedAt,
    },
    ended: {
      feedId: feed.id,
      // One that cannot be read says nothing against the feed; one that holds only part of it is as good as the whole.
      changes: record.outcome === 'FAILED' ? {} : { lastSuccessAt: startedAt },
      record,
      answers: done ? feed.pollAskedAt : null,
    },
    delivered: true,
    answered: null,
  };
}

/** True when this poll would move the feed to an address at which another one is followed. */
async function isNewAddressTaken(
  { db }: PollContext,
  feed: PolledFeed,
  document: Document,
): Promise<boolean> {
  if (document.outcome === 'Failed') return false;
  const { url } = decideAddress(feed, document.permanentUrl);
  return url !== feed.url && (await isFollowed(db, url));
}
