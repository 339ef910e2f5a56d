/** An actor's life in the press: what named it, what it said, what it raised and gave, in one order. */
import { Prisma } from '#generated/prisma/client.ts';
import { keyName, type Order, type Page, pageSql } from '#graphql/keyset.ts';
import type { Db } from '#platform/database.ts';

type Sql = Prisma.Sql;
const { sql } = Prisma;

/** What a timeline is made of. */
export type EntryType = 'ARTICLE' | 'CLAIM' | 'FUNDING';

export interface Entry {
  readonly place: readonly [at: Date, type: EntryType, id: number];
  readonly type: EntryType;
  readonly id: number;
}

/** The latest first. */
export const TIMELINE_ORDER: Order = {
  name: 'timeline',
  direction: 'desc',
  columns: [
    { sql: sql`t.at`, type: 'timestamptz' },
    { sql: sql`t.type`, type: 'text' },
    { sql: sql`t.id`, type: 'int4' },
  ],
};

/** Each comes out of an index of the actor's, in its order. */
const ENTRIES: Record<EntryType, Sql> = {
  ARTICLE: sql`select distinct m.published_at as at, 'ARTICLE' as type, m.article_id as id from mention m where m.actor_id = p.id`,
  CLAIM: sql`select c.published_at as at, 'CLAIM' as type, c.id from claim c where c.speaker_id = p.id`,
  FUNDING: sql`select f.date as at, 'FUNDING' as type, f.id from funding_event f where f.recipient_id = p.id
    union select f.date, 'FUNDING', f.id from funding_event f join funding_participation i on i.event_id = f.id where i.investor_id = p.id`,
};

/**
 * One page for each of these actors, in page order or its reverse, and one entry more where there is one. One statement:
 * every kind of entry gives no more than the page can hold.
 */
export async function loadTimelines(
  db: Db,
  actors: readonly number[],
  types: readonly EntryType[],
  page: Page,
): Promise<ReadonlyMap<number, readonly Entry[]>> {
  const kinds = [...new Set(types)];
  if (kinds.length === 0 || actors.length === 0) return new Map();
  const pages = kinds.map((type) => {
    const rows = { from: sql`(${ENTRIES[type]}) t`, where: [], order: TIMELINE_ORDER };
    return sql`(${pageSql(rows, page, sql`t.id`)})`;
  });
  const way = page.backward ? sql`asc` : sql`desc`;
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    select p.id as parent, r.* from unnest(${[...actors]}::int4[]) as p(id) cross join lateral (
      select * from (${Prisma.join(pages, ' union all ')}) e order by e.k0 ${way}, e.k1 ${way}, e.k2 ${way} limit ${page.limit + 1}
    ) r order by p.id, r.k0 ${way}, r.k1 ${way}, r.k2 ${way}`;
  const entries = rows.map((row) => {
    const place = TIMELINE_ORDER.columns.map((_, index) => row[keyName(index)]) as unknown as Entry['place'];
    return { parent: row.parent as number, place, type: place[1], id: place[2] };
  });
  return Map.groupBy(entries, ({ parent }) => parent);
}
