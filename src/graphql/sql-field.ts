/**
 * What a field is in SQL, said beside its resolver: whoever answers a whole query with one statement goes by it
 * (`graphql/sql-answer.ts`). A field that is a column, or a relation of the data model, need not say so.
 */
import type { Prisma } from '#generated/prisma/client.ts';
import type { GraphqlContext } from './context.ts';
import type { Order } from './keyset.ts';

type Sql = Prisma.Sql;

/** The rows of a list: what differs from its noun's own table and order. Conditions name the parent's key `p.id`. */
export interface ListRows {
  readonly from?: Sql;
  readonly where?: readonly Sql[];
  readonly join?: Sql;
  readonly order?: Order;
}

/** Given the field's arguments, as its resolver is given them. */
type OfArguments<What> = (args: never, context: GraphqlContext) => What | Promise<What>;

export type SqlField =
  /** A value; `row` is the alias of the parent's table. */
  | { readonly value: (row: Sql) => Sql }
  /** An object made of columns of the parent's row, by field; null where `present` does not hold. */
  | {
      readonly object: (row: Sql) => {
        readonly present: Sql;
        readonly fields: Readonly<Record<string, Sql>>;
      };
    }
  /** A list of objects made of what stands in the parent's row: `from` gives the rows `item`, which have a number `n` for their order. */
  | {
      readonly items: (
        row: Sql,
        item: Sql,
      ) => { readonly from: Sql; readonly fields: Readonly<Record<string, Sql>> };
    }
  /** One row of a type: a condition on its table `t`. */
  | { readonly row: OfArguments<{ readonly type: string; readonly where: Sql }> }
  /** A connection. */
  | { readonly rows: OfArguments<ListRows> };

/** For the `extensions` of a field. */
export const asSql = (field: SqlField): { readonly sqlField: SqlField } => ({ sqlField: field });

/** A noun whose lists are connections. */
export interface SqlListing {
  readonly nodeType: string;
  readonly model: string;
  readonly key: string;
  readonly order: Order;
}

/** By the name of the connection's type. */
export const sqlListings = new Map<string, SqlListing>();
