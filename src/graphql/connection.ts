/**
 * Relay connections over keyset pages.
 *
 * One SQL statement finds the page's rows, for all siblings of a list at once. Where the client asks for columns only, that
 * statement brings them along; where it asks for relations too, Prisma loads the rows by their ids with exactly the
 * relations that the query selects (Pothos' look-ahead). Either way the number of statements does not grow with the page.
 */
import type { ObjectRef } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { getDatamodel } from '#generated/pothos.ts';
import { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import { loadForSiblings, responsePath } from './batch.ts';
import { builder, type SchemaShape } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { BadInputError } from './errors.ts';
import {
  countSql,
  countsSql,
  formatCursor,
  keyName,
  type Order,
  type Page,
  type PageArgs,
  type Place,
  pageSql,
  pagesSql,
  type Rows,
  readPage,
} from './keyset.ts';
import { COUNT_MAX, NESTED_ROWS_MAX, PAGE_DEFAULT, PAGE_MAX } from './page.ts';
import { asSql, type ListRows, sqlListings } from './sql-field.ts';
import { snake, tableNameOf } from './sql-value.ts';

/** One page of a list; what the client does not ask for is not read. */
interface Connection<Node> {
  readonly page: () => Promise<LoadedPage<Node>>;
  /** Counts the whole list; at most `COUNT_MAX` + 1. */
  readonly count: () => Promise<number>;
}

interface LoadedPage<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** Relations that the client's query asks of a row, in Prisma's words. */
export interface RelationQuery {
  readonly include?: Record<string, unknown>;
}

/** Where one list reads. */
interface ListQuery {
  readonly context: GraphqlContext;
  readonly info: GraphQLResolveInfo;
  readonly args: PageArgs;
  /** Key of the row that the list belongs to, which the conditions name `p.id`; absent for a list of the whole graph. */
  readonly parent?: number;
  /** FROM, where the list needs more than the model's own table; the table is `t`. */
  readonly from?: Prisma.Sql;
  readonly where?: readonly Prisma.Sql[];
  /** As in `Rows`, where another table than the model's holds the order. */
  readonly join?: Prisma.Sql;
  /** Where the list has another order than its noun. */
  readonly order?: Order;
}

/** What a noun's lists have in common. */
export interface Listing<Node> {
  readonly type: ObjectRef<SchemaShape, Connection<Node>>;
  /** The page that the arguments ask for; throws a `BadInputError` when they make no sense. */
  page(query: ListQuery): Connection<Node>;
  /** Resolver and SQL of a field that lists what belongs to a row; the conditions name the row's key `p.id`. */
  under(rows: ListRows): ListField<{ readonly id: number }, PageArgs, Connection<Node>>;
  /** Resolver and SQL of a field that lists over the whole graph, with a `filter`: what holds of a row, or another way to the rows. */
  over<Filter>(
    conditions: (filter: Filter | null | undefined, context: GraphqlContext) => Found | Promise<Found>,
  ): ListField<
    unknown,
    PageArgs & { readonly filter?: Filter | null | undefined },
    Promise<Connection<Node>>
  >;
}

type Conditions = readonly Prisma.Sql[];
type Found = Conditions | ListRows;

interface ListField<Parent, Args, Answer> {
  readonly extensions: ReturnType<typeof asSql>;
  readonly resolve: (parent: Parent, args: Args, context: GraphqlContext, info: GraphQLResolveInfo) => Answer;
}

type Row = Record<string, unknown>;

export const PageInfoRef = builder.objectRef<PageInfo>('PageInfo').implement({
  description: 'Where a page stands in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description:
        'True when there are rows behind the page. When paging backward with `before`, always true.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description:
        'True when there are rows ahead of the page. When paging forward with `after`, always true.',
    }),
    startCursor: t.expose('startCursor', {
      type: 'Cursor',
      nullable: true,
      description: 'Cursor of the first row, to page backward from with `before`; null on an empty page.',
    }),
    endCursor: t.expose('endCursor', {
      type: 'Cursor',
      nullable: true,
      description: 'Cursor of the last row, to page forward from with `after`; null on an empty page.',
    }),
  }),
});

/** What a client goes on by; `more` says that the statement found a row beyond the page's limit. */
export function pageInfoOf(
  edges: readonly { readonly cursor: string }[],
  page: Page,
  more: boolean,
): PageInfo {
  return {
    hasNextPage: page.backward ? page.before !== null : more,
    hasPreviousPage: page.backward ? more : page.after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

function tooMany(lists: number, { backward }: Page): BadInputError {
  const most = Math.floor(NESTED_ROWS_MAX / lists);
  return new BadInputError(
    backward ? 'last' : 'first',
    `this list stands in ${lists} rows, which makes more than ${NESTED_ROWS_MAX} in all; ask for at most ${most} rows here, or for fewer rows around it`,
  );
}

/** The arguments of a connection, described. */
export const pageArgs = () =>
  builder.args((t) => ({
    first: t.int({
      description: `Rows from the beginning, or behind \`after\`; 0 to ${PAGE_MAX}. ${PAGE_DEFAULT} when neither this nor \`last\` is given.`,
    }),
    after: t.field({ type: 'Cursor', description: 'Only rows behind this cursor.' }),
    last: t.int({
      description: `Rows from the end, or ahead of \`before\`; 0 to ${PAGE_MAX}. Not together with \`first\`.`,
    }),
    before: t.field({ type: 'Cursor', description: 'Only rows ahead of this cursor.' }),
  }));

/** Defines a noun's connection and edge types, and how its lists are read. */
export function createListing<Node extends object>(options: {
  readonly type: ObjectRef<SchemaShape, Node>;
  /** Model in Prisma; its table has the same name in snake case. */
  readonly model: Prisma.ModelName;
  /** For descriptions: "articles". */
  readonly plural: string;
  readonly order: Order;
  /** The column that `load` goes by; the last of the order. */
  readonly key: string;
  /** Rows by key, in any order, with the relations asked for. */
  readonly load: (db: Db, query: RelationQuery, keys: readonly unknown[]) => Promise<readonly Node[]>;
}): Listing<Node> {
  const { model, plural, key } = options;
  const name = options.type.name;
  const table = Prisma.sql`${Prisma.raw(`"${tableNameOf(model)}"`)} t`;
  const fields = getDatamodel().datamodel.models[model]!.fields.filter(({ kind }) => kind !== 'object');
  /** As Prisma reads them: a list that was never set is an empty one, and one of our own enums is no text to the driver. */
  const columnOf = (field: (typeof fields)[number]): string => {
    const column = `t.${snake(field.name)}`;
    if (!field.isList) return column;
    return `coalesce(${column}, '{}')${field.kind === 'enum' ? '::text[]' : ''}`;
  };
  const allColumns = Prisma.raw(fields.map((field) => `${columnOf(field)} as "${field.name}"`).join(', '));
  const keyColumn = Prisma.raw(`t.${snake(key)} as "${key}"`);

  const placeOf = (order: Order, row: Row): Place =>
    order.columns.map((_, index) => row[keyName(index)] as Place[number]);

  /** Turns found rows into nodes in the same order; those that were deleted in between are left out. */
  async function toNodes(
    db: Db,
    query: RelationQuery | null,
    rows: readonly Row[],
  ): Promise<ReadonlyMap<unknown, Node>> {
    // Read whole from the table by our own statement: a row has its model's shape.
    if (query === null) return new Map(rows.map((row) => [row[key], row as Node]));
    const keys = [...new Set(rows.map((row) => row[key]))];
    const nodes = keys.length === 0 ? [] : await options.load(db, query, keys);
    return new Map(nodes.map((node) => [(node as Row)[key], node]));
  }

  function toPage(
    rows: readonly Row[],
    nodes: ReadonlyMap<unknown, Node>,
    page: Page,
    order: Order,
  ): LoadedPage<Node> {
    const more = rows.length > page.limit;
    const kept = rows.slice(0, page.limit);
    if (page.backward) kept.reverse();
    const edges = kept.flatMap((row) => {
      const node = nodes.get(row[key]);
      return node === undefined ? [] : [{ cursor: formatCursor(order, placeOf(order, row)), node }];
    });
    return {
      edges,
      pageInfo: pageInfoOf(edges, page, more),
    };
  }

  /** The relations that the client asks of the rows; null when it asks for columns only. */
  function relationsOf({ context, info }: ListQuery): RelationQuery | null {
    const query: { include?: object | undefined } = queryFromInfo({
      context,
      info,
      typeName: name,
      paths: [['nodes'], ['edges', 'node']],
    });
    return query.include === undefined ? null : { include: query.include as Record<string, unknown> };
  }

  async function loadPage(list: ListQuery, rows: Rows, wanted: Page): Promise<LoadedPage<Node>> {
    const { context, info, parent } = list;
    const { db } = context;
    const query = relationsOf(list);
    const columns = query === null ? allColumns : keyColumn;
    if (parent === undefined) {
      const found = await db.$queryRaw<Row[]>(pageSql(rows, wanted, columns));
      return toPage(found, await toNodes(db, query, found), wanted, rows.order);
    }
    // Siblings have the same place in the answer and so the same arguments.
    const answer = await loadForSiblings(context, responsePath(info), parent, async (parents) => {
      if (parents.length * wanted.limit > NESTED_ROWS_MAX) throw tooMany(parents.length, wanted);
      const found = await db.$queryRaw<Row[]>(pagesSql(rows, wanted, columns, parents));
      const nodes = await toNodes(db, query, found);
      const groups = Map.groupBy(found, (row) => row.parent as number);
      return new Map([...groups].map(([id, group]) => [id, { group, nodes }]));
    });
    return toPage(answer?.group ?? [], answer?.nodes ?? new Map(), wanted, rows.order);
  }

  async function count({ context, info, parent }: ListQuery, rows: Rows): Promise<number> {
    const { db } = context;
    if (parent === undefined) {
      const [counted] = await db.$queryRaw<{ count: number }[]>(countSql(rows, COUNT_MAX));
      return counted?.count ?? 0;
    }
    const answer = await loadForSiblings(context, `${responsePath(info)} count`, parent, async (parents) => {
      const counted = await db.$queryRaw<{ parent: number; count: number }[]>(
        countsSql(rows, COUNT_MAX, parents),
      );
      return new Map(counted.map((row) => [row.parent, row.count]));
    });
    return answer ?? 0;
  }

  function page(list: ListQuery): Connection<Node> {
    const order = list.order ?? options.order;
    const rows = { from: list.from ?? table, where: list.where ?? [], order, join: list.join };
    const wanted = readPage(list.args, order);
    let loaded: Promise<LoadedPage<Node>> | undefined;
    return {
      page: () => {
        loaded ??= loadPage(list, rows, wanted);
        return loaded;
      },
      count: () => count(list, rows),
    };
  }

  const EdgeRef = builder.objectRef<Edge<Node>>(`${name}Edge`).implement({
    description: `One row of a page of ${plural}.`,
    fields: (t) => ({
      cursor: t.expose('cursor', { type: 'Cursor', description: 'Where the row stands in the list.' }),
      node: t.field({
        type: options.type,
        description: 'The row itself.',
        resolve: (edge) => edge.node as never,
      }),
    }),
  });

  const type = builder.objectRef<Connection<Node>>(`${name}Connection`).implement({
    description: `One page of a list of ${plural}.`,
    fields: (t) => ({
      edges: t.field({
        type: [EdgeRef],
        description: 'The rows with their cursors.',
        resolve: async (connection) => [...(await connection.page()).edges],
      }),
      nodes: t.field({
        type: [options.type],
        description: 'The rows alone, for who needs no cursor but those of `pageInfo`.',
        resolve: async (connection) => (await connection.page()).edges.map(({ node }) => node) as never,
      }),
      pageInfo: t.field({
        type: PageInfoRef,
        description: 'Where the page stands in the list.',
        resolve: async (connection) => (await connection.page()).pageInfo,
      }),
      totalCount: t.int({
        description: `Rows of the whole list, whatever the page. Counting stops at ${COUNT_MAX}: ${COUNT_MAX + 1} means more than that. Costs a query of its own, so ask only for what you show.`,
        resolve: ({ count }) => count(),
      }),
    }),
  });

  sqlListings.set(`${name}Connection`, { nodeType: name, model, key, order: options.order });
  return {
    type,
    page,
    under: (rows) => ({
      extensions: asSql({ rows: () => rows }),
      resolve: ({ id }, args, context, info) => page({ context, info, args, parent: id, ...rows }),
    }),
    over: <Filter>(
      conditions: (filter: Filter | null | undefined, context: GraphqlContext) => Found | Promise<Found>,
    ) => {
      type Args = PageArgs & { readonly filter?: Filter | null | undefined };
      const rowsOf = async ({ filter }: Args, context: GraphqlContext): Promise<ListRows> => {
        const found = await conditions(filter, context);
        return 'length' in found ? { where: found } : found;
      };
      return {
        extensions: asSql({ rows: rowsOf }),
        resolve: async (_root: unknown, args: Args, context: GraphqlContext, info: GraphQLResolveInfo) =>
          page({ context, info, args, ...(await rowsOf(args, context)) }),
      };
    },
  };
}
