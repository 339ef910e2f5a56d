/** What alerts tell, from Postgres. */
import { encodeGlobalId } from '#graphql/ids.ts';
import { formatCursor } from '#match/cursor.ts';
import type { SavedFilter } from '#match/filter.ts';
import type { MatchReason } from '#match/match.ts';
import { compileWordQuery, foundTerms } from '#match/word-query.ts';
import type { Db } from '#platform/database.ts';
import type { Alert } from './alert.ts';

const SUMMARY_MAX = 300;

function shorten(text: string): string {
  if (text.length <= SUMMARY_MAX) return text;
  return `${text.slice(0, SUMMARY_MAX - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

const ACTOR = { id: true, slug: true, name: true, kind: true } as const;

/** By sequence number, what the articles hold of the watch's query on words; empty where it has none. */
async function loadFoundWords(
  db: Db,
  seqs: readonly bigint[],
  watch: { readonly filter: unknown } | undefined,
): Promise<ReadonlyMap<bigint, readonly string[]>> {
  // Written by the watch alone, in this shape.
  const { words } = (watch?.filter ?? {}) as SavedFilter;
  if (words === null || words === undefined) return new Map();
  const query = compileWordQuery(words);
  const lines = await db.match.findMany({
    where: { seq: { in: [...seqs] } },
    select: { seq: true, text: { select: { words: true } } },
  });
  return new Map(lines.map(({ seq, text }) => [seq, text === null ? [] : foundTerms(query, text.words)]));
}

/** The matches with these sequence numbers, as alerts, in the log's order; with what they hold of a watch's query on words. */
export async function loadAlerts(
  db: Db,
  seqs: readonly bigint[],
  watch?: { readonly filter: unknown },
): Promise<readonly Alert[]> {
  if (seqs.length === 0) return [];
  const rows = await db.match.findMany({
    where: { seq: { in: [...seqs] } },
    orderBy: { seq: 'asc' },
    select: {
      seq: true,
      createdAt: true,
      storyId: true,
      reasons: true,
      actor: { select: { ...ACTOR, mergedInto: { select: ACTOR } } },
      article: {
        select: {
          id: true,
          url: true,
          title: true,
          outlet: true,
          language: true,
          publishedAt: true,
          summary: true,
        },
      },
    },
  });
  const found = await loadFoundWords(db, seqs, watch);
  return rows.map(({ seq, createdAt, storyId, reasons, actor: { mergedInto, ...logged }, article }) => ({
    seq,
    cursor: formatCursor(seq),
    at: createdAt,
    actor: { ...(mergedInto ?? logged), id: encodeGlobalId('Actor', (mergedInto ?? logged).id) },
    article: {
      ...article,
      id: encodeGlobalId('Article', article.id),
      summary: shorten(article.summary),
    },
    storyId: encodeGlobalId('Story', storyId),
    // Written by the log alone, in this shape.
    reasons: reasons as unknown as readonly MatchReason[],
    foundWords: found.get(seq) ?? [],
  }));
}
