/** What a query's SQL is made of: the data model's tables, and values as GraphQL writes them. */
import { getDatamodel } from '#generated/pothos.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { type KeyColumn, keyName, type Order } from './keyset.ts';

type Sql = Prisma.Sql;
const { sql } = Prisma;

/** Something that the resolvers have to answer. */
export class NotInSql extends Error {}

/** A table. */
export interface Model {
  readonly table: Sql;
  readonly fields: ReadonlyMap<string, ModelField>;
  /** Column of the key. */
  readonly key: string;
}

/** A column or relation. */
export type ModelField = ReturnType<typeof getDatamodel>['datamodel']['models'][string]['fields'][number];

/** The name of a column, by its name in the data model. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** A column or table by its name in the data model. */
export const quoted = (name: string): Sql => Prisma.raw(`"${snake(name)}"`);
/** A text that we wrote ourselves. */
export const literal = (text: string): Sql => Prisma.raw(`'${text.replaceAll("'", "''")}'`);

/** The name of a model's table. */
export const tableNameOf = (model: string): string => snake(model.charAt(0).toLowerCase() + model.slice(1));

const models: ReadonlyMap<string, Model> = new Map(
  Object.entries(getDatamodel().datamodel.models).map(([name, { fields }]) => [
    name,
    {
      table: Prisma.raw(`"${tableNameOf(name)}"`),
      fields: new Map(fields.map((field) => [field.name, field])),
      key: fields.find(({ isId }) => isId)?.name ?? '',
    },
  ]),
);

/** A model of the data model by its name; throws `NotInSql` for any other. */
export function modelOf(name: string): Model {
  const model = models.get(name);
  if (model === undefined) throw new NotInSql(name);
  return model;
}

/** Scalars that Postgres writes as GraphQL does. */
export const PLAIN: ReadonlySet<string> = new Set(['String', 'URL', 'Boolean', 'Int', 'Float']);

/** A moment as `DateTime` is written. */
export const moment = (column: Sql): Sql =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A text in base64 without line breaks. */
export const base64 = (text: Sql): Sql =>
  sql`replace(encode(convert_to(${text}, 'UTF8'), 'base64'), E'\n', '')`;

/** A key column's value as it stands in a cursor (`formatCursor`). */
const CURSOR_VALUES: Record<KeyColumn['type'], (column: Sql) => Sql> = {
  int4: (column) => sql`'"' || ${column} || '"'`,
  int8: (column) => sql`'"' || ${column} || '"'`,
  timestamptz: (column) => sql`(extract(epoch from ${column}) * 1000)::int8`,
  text: (column) => sql`to_json(${column})::text`,
};

/** The cursor of a row of `from`, as `formatCursor` writes it. */
export function cursorSql(order: Order, from: Sql): Sql {
  if (order.cursors) throw new NotInSql(order.name);
  const values = order.columns.map(({ type }, index) =>
    CURSOR_VALUES[type](sql`${from}.${Prisma.raw(keyName(index))}`),
  );
  const place = sql`${literal(`[${JSON.stringify(order.name)},`)} || ${Prisma.join(values, " || ',' || ")} || ']'`;
  return sql`translate(${base64(place)}, '+/=', '-_')`;
}
