/** What alerts tell, from Postgres. */
import type { ActorKind } from '#actor/actor.ts';
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

interface AlertRow {
  readonly seq: bigint;
  readonly at: Date;
  readonly storyId: number;
  readonly independentTexts: number;
  readonly reasons: unknown;
  readonly actorId: number;
  readonly slug: string;
  readonly name: string;
  readonly kind: ActorKind;
  readonly articleId: number;
  readonly url: string;
  readonly title: string;
  readonly outlet: string;
  readonly language: string | null;
  readonly publishedAt: Date;
  readonly summary: string;
  /** Of the article, where the watch asks for any. */
  readonly words: string | null;
}

/** The matches with these sequence numbers, as alerts, in the log's order; with what they hold of a watch's query on words. */
export async function loadAlerts(
  db: Db,
  seqs: readonly bigint[],
  watch?: { readonly filter: unknown },
): Promise<readonly Alert[]> {
  if (seqs.length === 0) return [];
  // Written by the watch alone, in this shape.
  const { words } = (watch?.filter ?? {}) as SavedFilter;
  const query = words === null || words === undefined ? null : compileWordQuery(words);
  // One statement: every webhook's alert is loaded by itself.
  const rows = await db.$queryRaw<AlertRow[]>`
    select m.seq, m.created_at as at, m.story_id as "storyId", m.independent_texts as "independentTexts", m.reasons,
           n.id as "actorId", n.slug, n.name, n.kind, a.id as "articleId", a.url, a.title, a.outlet, a.language,
           a.published_at as "publishedAt", a.summary, w.words
      from match m
      join actor l on l.id = m.actor_id
      join actor n on n.id = coalesce(l.merged_into_id, l.id)
      join article a on a.id = m.article_id
      left join logged_text w on w.id = m.logged_text_id and ${query !== null}
     where m.seq = any(${[...seqs]}::int8[])
     order by m.seq`;
  return rows.map(
    ({ seq, at, actorId, slug, name, kind, articleId, storyId, reasons, words: held, ...row }) => {
      const { url, title, outlet, language, publishedAt, summary, independentTexts } = row;
      return {
        seq,
        cursor: formatCursor(seq),
        at,
        actor: { id: encodeGlobalId('Actor', actorId), slug, name, kind },
        article: {
          id: encodeGlobalId('Article', articleId),
          url,
          title,
          outlet,
          language,
          publishedAt,
          summary: shorten(summary),
        },
        storyId: encodeGlobalId('Story', storyId),
        independentTexts,
        // Written by the log alone, in this shape.
        reasons: reasons as readonly MatchReason[],
        foundWords: query === null || held === null ? [] : foundTerms(query, held),
      };
    },
  );
}
