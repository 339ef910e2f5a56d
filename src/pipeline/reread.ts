/**
 * Stored articles read again, after the register or the reader has changed:
 *
 *   out of date? ─▶ a batch, by id ─▶ read (pure) ─▶ lock ─▶ still the same text? ─▶ mentions, claims, funding ─▶ commit
 *
 * Each article is a transaction of its own and carries the versions it was read with, so an interrupted run goes on where
 * it stopped, two runs at once share the work, and a run with nothing to do does nothing.
 *
 * What a re-read finds is old: it is taken as told, so that later copies do not alert of it either. Only articles of the
 * last `alertDays` days may still alert, and only of actors of whom the log has no line of their story: those that have
 * just come into the register. Who was alerted of a story before is not alerted of it again, however it is read now.
 */
import {
  type ArticleToReread,
  countArticlesToReread,
  countReading,
  findReadState,
  loadArticlesToReread,
  markReread,
  type ReadingSize,
  type ReadingVersion,
  type RereadScope,
} from '#article/read-again.store.ts';
import { storySignature } from '#article/story-signature.ts';
import { READER_VERSION } from '#extraction/extract.ts';
import type { Log } from '#platform/log.ts';
import { lockLog } from '#platform/log-lock.ts';
import { type IngestContext, type Reading, saveReading } from './ingest-article.ts';

/** Articles whose texts are held at a time. */
const BATCH = 50;
const DAY_MS = 86_400_000;

export interface RereadContext extends IngestContext {
  readonly log: Log;
  /** Ends the run after the article at hand. */
  readonly signal: AbortSignal;
  /** Called with how many articles there are, once, and after each article. */
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
  /** Of these, articles that now say more or less than before. */
  changed: number;
  /** Articles that somebody else has read or removed meanwhile. */
  skipped: number;
  /** Articles that could not be saved; the log says why. They stay as they were. */
  failed: number;
  /** Lines added to the match log. */
  matches: number;
  before: ReadingSize;
  after: ReadingSize;
  /** Articles that were still out of date at the end: the run was interrupted, or the register changed meanwhile. */
  left: number;
}

/** Carries the result out of a transaction that is not to be committed. */
class DryRun extends Error {
  readonly change: Change;
  constructor(change: Change) {
    super('reread: dry run');
    this.change = change;
  }
}

interface Change {
  readonly before: ReadingSize;
  readonly after: ReadingSize;
  readonly matches: number;
}

const NOTHING: ReadingSize = { mentions: 0, claims: 0, funding: 0 };

const sum = (a: ReadingSize, b: ReadingSize): ReadingSize => ({
  mentions: a.mentions + b.mentions,
  claims: a.claims + b.claims,
  funding: a.funding + b.funding,
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

/** Reads one article again; null when it needs it no more. */
async function rereadArticle(
  { db, clock }: RereadContext,
  reading: Reading,
  article: ArticleToReread,
  { all, alertDays, dryRun }: RereadOptions,
): Promise<Change | null> {
  const { id, title, text, publishedAt } = article;
  const version = versionOf(reading);
  const extraction = reading.reader.read({ title, text, publishedAt });
  const signature = storySignature(title, text);
  const now = clock.now();
  const isNews = now.getTime() - publishedAt.getTime() < alertDays * DAY_MS;
  const work = db.$transaction(async (tx): Promise<Change | null> => {
    await lockLog(tx);
    const state = await findReadState(tx, id);
    if (state === null || state.contentHash !== article.contentHash) return null;
    if (isCurrent(state.version, version, all)) return null;
    const before = await countReading(tx, id);
    const matches = await saveReading(tx, {
      article: { id, storyId: state.storyId, publishedAt: state.publishedAt },
      incoming: { title, text },
      extraction,
      now,
      telling: isNews ? 'NEW_ACTORS' : 'NOTHING',
    });
    await markReread(tx, id, version, signature);
    const change = { before, after: await countReading(tx, id), matches };
    if (dryRun) throw new DryRun(change);
    return change;
  });
  return await work.catch((error: unknown) => {
    if (error instanceof DryRun) return error.change;
    throw error;
  });
}

function count(report: RereadReport, change: Change | null): void {
  if (change === null) {
    report.skipped += 1;
    return;
  }
  const { before, after, matches } = change;
  report.reread += 1;
  report.changed += JSON.stringify(before) === JSON.stringify(after) ? 0 : 1;
  report.matches += matches;
  report.before = sum(report.before, before);
  report.after = sum(report.after, after);
}

/** Reads every article of the scope again that needs it. An article that fails is logged, and the others are gone on with. */
export async function reread(context: RereadContext, options: RereadOptions): Promise<RereadReport> {
  const { db, log, signal } = context;
  const report: RereadReport = {
    reread: 0,
    changed: 0,
    skipped: 0,
    failed: 0,
    matches: 0,
    before: NOTHING,
    after: NOTHING,
    left: 0,
  };
  const total = await countArticlesToReread(db, options, versionOf(await context.reading()));
  context.progress?.(report, total);
  let after = 0;
  while (!signal.aborted) {
    // Asked for anew, so that what comes behind a change of the register is read with it at once.
    const reading = await context.reading();
    const batch = await loadArticlesToReread(db, options, versionOf(reading), { after, limit: BATCH });
    if (batch.length === 0) break;
    for (const article of batch) {
      if (signal.aborted) break;
      try {
        count(report, await rereadArticle(context, reading, article, options));
      } catch (error) {
        report.failed += 1;
        log.error({ err: error, articleId: article.id }, 'article could not be read again');
      }
      after = article.id;
      context.progress?.(report, total);
    }
  }
  const stale = { ...options, all: false };
  report.left = await countArticlesToReread(db, stale, versionOf(await context.reading()));
  return report;
}
