/**
 * Keyset pagination: a page begins behind the place where the last one ended, named by the values that the list is ordered
 * by, so that pages neither skip nor repeat a row while others come in, and page 500 costs what page 1 does.
 *
 * One list is one SQL statement, also for many parents at once (LATERAL). Pure: builds SQL, runs none.
 */
import { Prisma } from '#generated/prisma/client.ts';
import { BadInputError } from './errors.ts';
import { isMoment } from './moment.ts';
import { PAGE_DEFAULT, PAGE_MAX } from './page.ts';

type Sql = Prisma.Sql;
const { sql } = Prisma;

/** The arguments of every connection. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A column that a list is ordered by. */
export interface KeyColumn {
  readonly sql: Sql;
  readonly type: 'int4' | 'int8' | 'timestamptz' | 'text';
}

/** Values of the key columns of one row: its place in the list. */
export type Place = readonly (string | number | bigint | Date)[];

/** The order of a list. The last column is unique, so that every row has a place of its own. */
export interface Order {
  /** Stands in the cursors, so that one of another list is refused. */
  readonly name: string;
  readonly direction: 'asc' | 'desc';
  readonly columns: readonly KeyColumn[];
  /** Where a list's cursors are more than ours to read. */
  readonly cursors?: {
    format(place: Place): string;
    /** Null when it is none of its cursors. */
    parse(cursor: string): Place | null;
  };
}

/** Which rows a page wants. */
export interface Page {
  readonly limit: number;
  /** Read from the end (`last`). */
  readonly backward: boolean;
  readonly after: Place | null;
  readonly before: Place | null;
}

/** The rows of a list: FROM with the model's table as `t`, and what must hold. */
export interface Rows {
  readonly from: Sql;
  readonly where: readonly Sql[];
  readonly order: Order;
  /**
   * Where another table holds the order: `from` then gives places, each of which counts once, the page is cut among them,
   * and this joins the model's table `t` to the places `k` (`article t on t.id = k.k1`). An index of that table answers.
   */
  readonly join?: Sql | undefined;
}

/** The opaque cursor that stands at a place. */
export function formatCursor(order: Order, place: Place): string {
  if (order.cursors) return order.cursors.format(place);
  const values = place.map((value) => (value instanceof Date ? value.getTime() : String(value)));
  return Buffer.from(JSON.stringify([order.name, ...values])).toString('base64url');
}

const READERS: Record<KeyColumn['type'], (value: unknown) => Place[number] | null> = {
  int4: (value) => {
    const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : null;
    return number !== null && Math.abs(number) <= 2_147_483_647 ? number : null;
  },
  int8: (value) => (typeof value === 'string' && /^-?\d{1,18}$/.test(value) ? BigInt(value) : null),
  timestamptz: (value) =>
    Number.isSafeInteger(value) && isMoment(value as number) ? new Date(value as number) : null,
  text: (value) => (typeof value === 'string' && !value.includes('\0') ? value : null),
};

/** The place that a cursor names; null when it is none of this list's. */
export function parseCursor(order: Order, cursor: string): Place | null {
  if (order.cursors) return order.cursors.parse(cursor);
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== order.columns.length + 1 || parts[0] !== order.name)
    return null;
  const place = order.columns.map(({ type }, index) => READERS[type](parts[index + 1]));
  return place.includes(null) ? null : (place as Place);
}

function readCursor(order: Order, argument: string, cursor: string | null | undefined): Place | null {
  if (cursor === null || cursor === undefined) return null;
  const place = parseCursor(order, cursor);
  if (place === null) {
    throw new BadInputError(argument, `"${cursor.slice(0, 100)}" is no cursor of this list`);
  }
  return place;
}

function readSize(argument: 'first' | 'last', size: number): number {
  if (size < 0 || size > PAGE_MAX) {
    throw new BadInputError(argument, `a page holds 0 to ${PAGE_MAX} rows, not ${size}`);
  }
  return size;
}

/** What the arguments ask for; throws a `BadInputError` for what makes no sense, rather than cutting it silently. */
export function readPage({ first, after, last, before }: PageArgs, order: Order): Page {
  const sizes = { first: first ?? null, last: last ?? null };
  if (sizes.first !== null && sizes.last !== null) {
    throw new BadInputError('first', 'first and last cannot be given together');
  }
  const backward = sizes.last !== null || (sizes.first === null && before != null && after == null);
  const limit =
    sizes.last !== null
      ? readSize('last', sizes.last)
      : sizes.first !== null
        ? readSize('first', sizes.first)
        : PAGE_DEFAULT;
  return {
    limit,
    backward,
    after: readCursor(order, 'after', after),
    before: readCursor(order, 'before', before),
  };
}

const CASTS: Record<KeyColumn['type'], Sql> = {
  int4: sql`::int4`,
  int8: sql`::int8`,
  timestamptz: sql`::timestamptz`,
  text: sql`::text`,
};

/** A row comparison, which an index on the key columns answers as one range. */
function compare({ columns }: Order, operator: '<' | '>', place: Place): Sql {
  const left = Prisma.join(columns.map((column) => column.sql));
  const right = Prisma.join(columns.map(({ type }, index) => sql`${place[index]}${CASTS[type]}`));
  return operator === '<' ? sql`(${left}) < (${right})` : sql`(${left}) > (${right})`;
}

function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? Prisma.empty : sql`where ${Prisma.join([...conditions], ' and ')}`;
}

/** Name of the key column at this position in a page's rows. */
export const keyName = (index: number): string => `k${index}`;

const keysOf = ({ columns }: Order): Sql[] =>
  columns.map((column, index) => sql`${column.sql} as ${Prisma.raw(keyName(index))}`);

/** Selects one page, and one row more where there is one; `columns` beside the key's. In page order, or its reverse. */
export function pageSql(rows: Rows, page: Page, columns: Sql): Sql {
  const { from, where, order, join } = rows;
  const ascending = order.direction === 'asc';
  const conditions = [...where];
  if (page.after !== null) conditions.push(compare(order, ascending ? '>' : '<', page.after));
  if (page.before !== null) conditions.push(compare(order, ascending ? '<' : '>', page.before));
  const way = wayOf(order, page);
  const cut = sql`from ${from} ${allOf(conditions)}
    order by ${Prisma.join(order.columns.map((column) => sql`${column.sql} ${way}`))}
    limit ${page.limit + 1}`;
  const keys = Prisma.join(keysOf(order));
  if (join === undefined) return sql`select ${keys}, ${columns} ${cut}`;
  return sql`select k.*, ${columns} from (select distinct ${keys} ${cut}) k join ${join}
    order by ${sortedBy('k', order, way)}`;
}

const wayOf = ({ direction }: Order, { backward }: Page): Sql =>
  (direction === 'asc') !== backward ? sql`asc` : sql`desc`;

const sortedBy = (table: 'k' | 'r', { columns }: Order, way: Sql): Sql =>
  Prisma.join(columns.map((_, index) => sql`${Prisma.raw(`${table}.${keyName(index)}`)} ${way}`));

/** The same for several parents at once; the rows' conditions name the parent's key `p.id`. */
export function pagesSql(rows: Rows, page: Page, columns: Sql, parents: readonly number[]): Sql {
  return sql`select p.id as parent, r.*
    from unnest(${[...parents]}::int4[]) as p(id)
    cross join lateral (${pageSql(rows, page, columns)}) r
    order by ${sortedBy('r', rows.order, wayOf(rows.order, page))}`;
}

/** Counts rows, and stops at `most` + 1. */
export function countSql({ from, where, order, join }: Rows, most: number): Sql {
  const what = join === undefined ? Prisma.empty : sql`distinct ${Prisma.join(keysOf(order))}`;
  return sql`select count(*)::int4 as count from (select ${what} from ${from} ${allOf(where)} limit ${most + 1}) c`;
}

/** The same for several parents at once. */
export function countsSql(rows: Rows, most: number, parents: readonly number[]): Sql {
  return sql`select p.id as parent, (${countSql(rows, most)}) as count from unnest(${[...parents]}::int4[]) as p(id)`;
}
