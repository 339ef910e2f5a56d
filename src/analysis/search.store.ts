/**
 * Full-text search over articles, claims and actors, in one statement.
 *
 * Articles and claims rank by how often and how closely the words stand, actors by how near their name or a spelling of it is
 * to what was typed. A word that stands everywhere is ranked among its latest articles only, so that a search costs no more
 * when the archive grows.
 */
import { Prisma } from '#generated/prisma/client.ts';
import { contains, resembles } from '#graphql/columns.ts';
import { keyName, type Order, type Page, pageSql } from '#graphql/keyset.ts';
import type { Db } from '#platform/database.ts';
import { FOUND_END, FOUND_START } from './snippet.ts';

type Sql = Prisma.Sql;
const { sql } = Prisma;

/** What a search can find. */
export type FoundType = 'ACTOR' | 'ARTICLE' | 'CLAIM';

export interface Found {
  /** 0 to 1: how well it answers, within its type. */
  readonly rank: number;
  readonly type: FoundType;
  readonly id: number;
  readonly cursorPlace: readonly [rank: number, type: FoundType, id: number];
  /** The words around what was found, marked with `FOUND_START` and `FOUND_END`. */
  readonly marked: string;
}

/** Characters of a search; a longer one is refused. */
export const SEARCH_TEXT_MAX = 500;
/** The latest articles, and claims, among which a search ranks. */
const RANKED_MAX = 2_000;
/** Actors that a search ranks. */
const ACTORS_MAX = 200;
/** Characters of a text in which its snippet is looked for. */
const SNIPPET_TEXT_MAX = 50_000;
/** Ranks are kept in millionths: whole numbers stay the same in a cursor. */
const RANK_UNIT = 1_000_000;

/** The best first; within a rank, the latest. */
export const SEARCH_ORDER: Order = {
  name: 'search',
  direction: 'desc',
  columns: [
    { sql: sql`t.rank`, type: 'int4' },
    { sql: sql`t.type`, type: 'text' },
    { sql: sql`t.id`, type: 'int4' },
  ],
};

function queryOf(text: string): Sql {
  return sql`websearch_to_tsquery('public.vigie_french', ${text})`;
}

function articlesOf(text: string): Sql {
  return sql`
    select (ts_rank_cd(f.search, ${queryOf(text)}, 32) * ${RANK_UNIT}::int4)::int4 as rank, 'ARTICLE' as type, f.id
      from (select a.id, b.search
              from article_body b join article a on a.id = b.article_id
             where b.search @@ ${queryOf(text)}
             order by a.published_at desc, a.id desc limit ${RANKED_MAX}) f`;
}

function claimsOf(text: string): Sql {
  const words = sql`to_tsvector('public.vigie_french', c.quote)`;
  return sql`
    select (ts_rank_cd(f.words, ${queryOf(text)}, 32) * ${RANK_UNIT}::int4)::int4 as rank, 'CLAIM' as type, f.id
      from (select c.id, ${words} as words from claim c where ${words} @@ ${queryOf(text)}
             order by c.published_at desc, c.id desc limit ${RANKED_MAX}) f`;
}

function actorsOf(text: string): Sql {
  const folded = sql`vigie_fold(${text})`;
  const isNear = (column: Sql): Sql =>
    Prisma.join([...contains([column], text), ...resembles(column, text)], ' or ');
  // Materialised: without statistics the planner would look for spellings anew for every actor.
  return sql`
    (with f as materialized (
       select a.id, vigie_fold(a.name) as spelling from actor a where ${isNear(sql`a.name`)}
       union all
       select l.actor_id, vigie_fold(l.text) from alias l where ${isNear(sql`l.text`)})
     select (max(case when f.spelling = q.asked then 1
                      else 0.9 * greatest(similarity(f.spelling, q.asked), word_similarity(q.asked, f.spelling)) end)
             * ${RANK_UNIT}::int4)::int4 as rank, 'ACTOR' as type, f.id
       from f join actor a on a.id = f.id and a.status = 'CONFIRMED' and a.merged_into_id is null
       cross join (select ${folded} as asked) q
      group by f.id order by 1 desc, f.id desc limit ${ACTORS_MAX})`;
}

const CANDIDATES: Record<FoundType, (text: string) => Sql> = {
  ACTOR: actorsOf,
  ARTICLE: articlesOf,
  CLAIM: claimsOf,
};

const MARKS = `StartSel="${FOUND_START}", StopSel="${FOUND_END}"`;
const FRAGMENTS = `${MARKS}, MaxFragments=2, MaxWords=30, MinWords=12, FragmentDelimiter=" … "`;
const WHOLE = `${MARKS}, HighlightAll=true`;

/** Made for the rows of the page alone: Postgres computes what is dear after the limit. */
function markedOf(text: string, withText: boolean): Sql {
  const words = withText ? sql`left(b.text, ${SNIPPET_TEXT_MAX}::int4)` : sql`a.summary`;
  return sql`case t.type
      when 'ARTICLE' then (
        select ts_headline('public.vigie_french', a.title || E'\n' || ${words}, ${queryOf(text)}, ${FRAGMENTS})
          from article a join article_body b on b.article_id = a.id where a.id = t.id)
      when 'CLAIM' then (
        select ts_headline('public.vigie_french', c.quote, ${queryOf(text)}, ${WHOLE}) from claim c where c.id = t.id)
      else (select a.name from actor a where a.id = t.id) end as marked`;
}

/**
 * One page of findings, in page order or its reverse, and one more where there is one. One statement, of bounded cost
 * whatever the text: at most `RANKED_MAX` rows of a kind are ranked, and only the page's snippets are made.
 */
export async function searchGraph(
  db: Db,
  search: {
    readonly text: string;
    readonly types: readonly FoundType[];
    readonly page: Page;
    /** Whether snippets may show an article's whole text, which many searches together would give away. */
    readonly withText: boolean;
  },
): Promise<readonly Found[]> {
  const text = search.text.replaceAll('\0', '').trim();
  if (text === '' || search.types.length === 0) return [];
  const candidates = [...new Set(search.types)].map((type) => sql`(${CANDIDATES[type](text)})`);
  const rows = { from: sql`(${Prisma.join(candidates, ' union all ')}) t`, where: [], order: SEARCH_ORDER };
  const found = await db.$queryRaw<Record<string, unknown>[]>(
    pageSql(rows, search.page, markedOf(text, search.withText)),
  );
  return found.map((row) => {
    const place = SEARCH_ORDER.columns.map(
      (_, index) => row[keyName(index)],
    ) as unknown as Found['cursorPlace'];
    const [rank, type, id] = place;
    return { rank: rank / RANK_UNIT, type, id, cursorPlace: place, marked: String(row.marked ?? '') };
  });
}
