/**
 * Stored articles read again, after the register or the reader has changed:
 *
 *   out of date? ─▶ a batch, by id ─▶ read (pure) ─┬▶ says what it said: noted, the whole batch at once
 *                                                  └▶ says something else ─▶ lock ─▶ still the same text?
 *                                                       ─▶ mentions, claims, funding ─▶ commit
 *
 * Each article carries the versions it was read with and is saved in a transaction of its own, so an interrupted run goes
 * on where it stopped, two runs at once share the work, and a run with nothing to do does nothing.
 *
 * What a re-read finds is old: it is taken as told, so that later copies do not alert of it either. Only articles of the
 * last `alertDays` days may still alert, and only of actors of whom the log has no line of their story: those that have
 * just come into the register. Who was alerted of a story before is not alerted of it again, however it is read now.
 */
import { resolveActors } from '#actor/actor.store.ts';
import {
  type ArticleToReread,
  countArticlesToReread,
  countReading,
  findReadState,
  loadArticlesToReread,
  markReread,
  markUnchanged,
  type ReadingSize,
  type ReadingVersion,
  type RereadScope,
} from '#article/read-again.store.ts';
import { storySignature } from '#article/story-signature.ts';
import { READER_VERSION } from '#extraction/extract.ts';
import type { Extraction } from '#extraction/extraction.ts';
import { readingHash } from '#extraction/reading-hash.ts';
import type { Db } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { lockLog } from '#platform/log-lock.ts';
import { type IngestContext, type Reading, saveReading, type Telling } from './ingest-article.ts';

/** Articles whose texts are held at a time. */
const BATCH = 100;
const DAY_MS = 86_400_000;

export interface RereadContext extends IngestContext {
  readonly db: Db;
  readonly log: Log;
  /** Ends the run after the article at hand. */
  readonly signal: AbortSignal;
  /** Called before the first article and after each, with how many there were at the beginning. */
  progress?(report: RereadReport, total: number): void;
}

export interface RereadOptions extends RereadScope {
  /** Articles of so many last days may alert; 0 alerts nobody. */
  readonly alertDays: number;
  /** Reads and counts, and saves nothing. */
  readonly dryRun: boolean;
}

/** What a run did, or would have done. */
export interface RereadReport {
  /** Articles read again. */
  reread: number;
  /** Of these, articles that now say something else. */
  changed: number;
  /** Articles that somebody else has read, revised or removed meanwhile. */
  skipped: number;
  /** Articles that could not be saved; the log says why. They stay as they were. */
  failed: number;
  /** Lines added to the match log. */
  matches: number;
  /** How much more is stored of what they say than before; negative for less. */
  more: ReadingSize;
  /** Articles that were still out of date at the end: the run was interrupted, or the register changed meanwhile. */
  left: number;
}

interface Change {
  readonly more: ReadingSize;
  readonly matches: number;
}

/** Carries the result out of a transaction that is not to be committed. */
class DryRun extends Error {
  readonly change: Change;
  constructor(change: Change) {
    super('reread: dry run');
    this.change = change;
  }
}

const plus = (a: ReadingSize, b: ReadingSize, sign: 1 | -1): ReadingSize => ({
  mentions: a.mentions + sign * b.mentions,
  claims: a.claims + sign * b.claims,
  funding: a.funding + sign * b.funding,
});

const versionOf = ({ register }: Reading): ReadingVersion => ({
  reader: READER_VERSION,
  register: register.version,
});

/** True when an article read so needs no reading with `now`; one read with a later register than ours never does. */
function isCurrent(read: ReadingVersion, now: ReadingVersion, all: boolean): boolean {
  if (read.register > now.register) return true;
  return !all && read.reader === now.reader && read.register === now.register;
}

/** Saves what an article says now; null when somebody else has seen to it. */
async function saveAgain(
  { write, clock }: RereadContext,
  version: ReadingVersion,
  {
    article,
    extraction,
    telling,
  }: { readonly article: ArticleToReread; readonly extraction: Extraction; readonly telling: Telling },
  { all, dryRun }: RereadOptions,
): Promise<Change | null> {
  const { id, title, text } = article;
  const details = { readingHash: readingHash(extraction), signature: storySignature(title, text) };
  const work = write(async (tx): Promise<Change | null> => {
    await lockLog(tx);
    const state = await findReadState(tx, id);
    if (state === null || state.contentHash !== article.contentHash) return null;
    if (isCurrent(state.version, version, all)) return null;
    const [before, actors] = await Promise.all([
      countReading(tx, id),
      resolveActors(tx, extraction.actors, clock.now()),
    ]);
    const matches = await saveReading(tx, {
      article: { id, storyId: state.storyId, publishedAt: state.publishedAt },
      incoming: { title, text },
      extraction,
      actors,
      now: clock.now(),
      telling,
    });
    await markReread(tx, { id, publishedAt: state.publishedAt }, version, details);
    const change = { more: plus(await countReading(tx, id), before, -1), matches };
    if (dryRun) throw new DryRun(change);
    return change;
  });
  return await work.catch((error: unknown) => {
    if (error instanceof DryRun) return error.change;
    throw error;
  });
}

/** Reads one batch; returns when it is done or the signal aborts. */
async function rereadBatch(
  context: RereadContext,
  reading: Reading,
  batch: readonly ArticleToReread[],
  options: RereadOptions,
  report: RereadReport,
  tell: () => void,
): Promise<void> {
  const version = versionOf(reading);
  const same: ArticleToReread[] = [];
  for (const article of batch) {
    if (context.signal.aborted) break;
    const extraction = reading.reader.read(article);
    const isSame = readingHash(extraction) === article.readingHash;
    const age = context.clock.now().getTime() - article.publishedAt.getTime();
    const telling = age < options.alertDays * DAY_MS ? 'NEW_ACTORS' : 'NOTHING';
    // One that may alert is saved all the same: of who was found in it without an alert, it alerts now.
    if (isSame && !options.all && telling === 'NOTHING') {
      same.push(article);
      continue;
    }
    try {
      const change = await saveAgain(context, version, { article, extraction, telling }, options);
      if (change === null) report.skipped += 1;
      else {
        report.reread += 1;
        report.changed += isSame ? 0 : 1;
        report.matches += change.matches;
        report.more = plus(report.more, change.more, 1);
      }
    } catch (error) {
      report.failed += 1;
      context.log.error({ err: error, articleId: article.id }, 'article could not be read again');
    }
    tell();
  }
  const marked = options.dryRun ? same.length : await markUnchanged(context.db, same, version);
  report.reread += marked;
  report.skipped += same.length - marked;
  if (same.length > 0) tell();
}

/** Reads every article of the scope again that needs it. One that fails is logged, and the others are gone on with. */
export async function reread(context: RereadContext, options: RereadOptions): Promise<RereadReport> {
  const { db, signal } = context;
  const more: ReadingSize = { mentions: 0, claims: 0, funding: 0 };
  const report: RereadReport = { reread: 0, changed: 0, skipped: 0, failed: 0, matches: 0, more, left: 0 };
  const total = await countArticlesToReread(db, options, versionOf(await context.reading()));
  const tell = (): void => context.progress?.(report, total);
  tell();
  for (let after = 0; !signal.aborted; ) {
    // Asked for anew, so that what comes behind a change of the register is read with it at once.
    const reading = await context.reading();
    const batch = await loadArticlesToReread(db, options, versionOf(reading), { after, limit: BATCH });
    const last = batch.at(-1);
    if (last === undefined) break;
    await rereadBatch(context, reading, batch, options, report, tell);
    after = last.id;
  }
  const stale = { ...options, all: false };
  report.left = await countArticlesToReread(db, stale, versionOf(await context.reading()));
  return report;
}
