/**
 * A whole query as one SQL statement that builds its answer's JSON.
 *
 * A resolver a field costs more than Postgres does: most of what an analyst or a dashboard asks is columns, relations and
 * lists, which Postgres puts together itself, so that the text goes from its socket to the client's. What a field is in SQL is
 * taken from the schema: columns and relations from the data model behind the type, the rest from what the field says of
 * itself (`graphql/sql-field.ts`). A query with anything else in it, one that is refused, one with an argument that makes no sense: all
 * go to the resolvers, which know how to say what is wrong. Tests ask both ways and compare.
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isObjectType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import { getArgumentValues } from 'graphql/execution/values.js';
import { Prisma } from '#generated/prisma/client.ts';
import type { GraphqlContext } from './context.ts';
import { BadInputError } from './errors.ts';
import { decodeGlobalId, rowIdOf } from './ids.ts';
import { countSql, keyName, type PageArgs, pageSql, readPage } from './keyset.ts';
import { COUNT_MAX, NESTED_ROWS_MAX } from './page.ts';
import { declaredScope, holds } from './scope.ts';
import { type SqlField, type SqlListing, sqlListings } from './sql-field.ts';
import {
  base64,
  cursorSql,
  literal,
  type Model,
  type ModelField,
  modelOf,
  moment,
  NotInSql,
  PLAIN,
  quoted,
} from './sql-value.ts';

type Sql = Prisma.Sql;
const { sql } = Prisma;

/** Pairs that `json_build_object` takes: it has at most 100 arguments. */
const FIELDS_MAX = 50;

/** Builds one statement. */
class Builder {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Record<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #context: GraphqlContext;
  #aliases = 0;

  constructor(
    schema: GraphQLSchema,
    fragments: Record<string, FragmentDefinitionNode>,
    variables: Readonly<Record<string, unknown>>,
    context: GraphqlContext,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
    this.#context = context;
  }

  #alias(): Sql {
    this.#aliases += 1;
    return Prisma.raw(`x${this.#aliases}`);
  }

  /** Fields asked of an object, by their key in the answer, fragments taken apart and directives obeyed. */
  #collect(type: GraphQLObjectType, nodes: readonly FieldNode[]): ReadonlyMap<string, readonly FieldNode[]> {
    const collected = new Map<string, FieldNode[]>();
    for (const { selectionSet } of nodes) {
      if (selectionSet === undefined) continue;
      const fields = collectFields(this.#schema, this.#fragments, this.#variables, type, selectionSet);
      for (const [key, found] of fields) collected.set(key, [...(collected.get(key) ?? []), ...found]);
    }
    return collected;
  }

  /** Leaves what whoever asks may not have, a field or a whole type, to the resolvers, which say so. */
  #allow(name: string, definition: Parameters<typeof declaredScope>[0]): void {
    const scope = declaredScope(definition);
    if (scope !== null && !holds(this.#context.viewer, scope)) throw new NotInSql(name);
  }

  /** The field's definition, when whoever asks may have it. */
  #definition(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> {
    const field = type.getFields()[name];
    if (field === undefined) throw new NotInSql(name);
    this.#allow(name, field);
    return field;
  }

  #args(field: GraphQLField<unknown, unknown>, node: FieldNode): Record<string, unknown> {
    return getArgumentValues(field, node, this.#variables as Record<string, unknown>);
  }

  /** `json_build_object` over what is asked of a type; `fieldSql` gives each field's value. */
  async #object(
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    fieldSql: (name: string, nodes: readonly FieldNode[]) => Promise<Sql>,
  ): Promise<Sql> {
    this.#allow(type.name, type);
    const fields = this.#collect(type, nodes);
    if (fields.size > FIELDS_MAX) throw new NotInSql('too many fields');
    const pairs: Sql[] = [];
    for (const [key, found] of fields) {
      const name = found[0]!.name.value;
      const value = name === '__typename' ? literal(type.name) : await fieldSql(name, found);
      pairs.push(sql`${literal(key)}, ${value}`);
    }
    return sql`json_build_object(${pairs.length === 0 ? Prisma.empty : Prisma.join(pairs)})`;
  }

  /** An object of a type that stands for a row `row` of a model. */
  async #row(
    type: GraphQLObjectType,
    modelName: string,
    row: Sql,
    nodes: readonly FieldNode[],
    rows: number,
  ): Promise<Sql> {
    return await this.#object(type, nodes, (name, found) =>
      this.#rowField(type, modelName, row, name, found, rows),
    );
  }

  async #rowField(
    type: GraphQLObjectType,
    modelName: string,
    row: Sql,
    name: string,
    nodes: readonly FieldNode[],
    rows: number,
  ): Promise<Sql> {
    const field = this.#definition(type, name);
    const model = modelOf(modelName);
    const { sqlField, pothosExposedField, pothosPrismaRelationField } = field.extensions as {
      sqlField?: SqlField;
      pothosExposedField?: string;
      pothosPrismaRelationField?: ModelField;
    };
    if (sqlField !== undefined) {
      if ('value' in sqlField) return sqlField.value(row);
      if ('object' in sqlField) return await this.#columns(field.type, sqlField.object(row), nodes);
      if ('items' in sqlField) return await this.#items(field.type, sqlField.items, row, nodes);
      if ('rows' in sqlField)
        return await this.#list(field, sqlField.rows, nodes, rows, sql`${row}.${quoted(model.key)}`);
    }
    if (pothosPrismaRelationField !== undefined) {
      return await this.#relation(field, modelName, row, pothosPrismaRelationField, nodes, rows);
    }
    if (pothosExposedField !== undefined) return this.#column(field.type, model, row, pothosExposedField);
    const isNodeId = name === 'id' && type.getInterfaces().some((known) => known.name === 'Node');
    if (isNodeId) return base64(sql`${literal(`${type.name}:`)} || ${row}.${quoted(model.key)}`);
    throw new NotInSql(`${type.name}.${name}`);
  }

  #column(type: GraphQLOutputType, model: Model, row: Sql, name: string): Sql {
    const column = sql`${row}.${quoted(name)}`;
    const of = getNamedType(type);
    const known = model.fields.get(name);
    if (known === undefined || known.kind === 'object') throw new NotInSql(name);
    if (isEnumType(of) || (isScalarType(of) && PLAIN.has(of.name))) {
      // An array that nothing was written into is null to Postgres, and empty to Prisma.
      return known.isList ? sql`coalesce(to_json(${column}), '[]')` : column;
    }
    if (isScalarType(of) && of.name === 'DateTime' && !isListType(getNullableType(type)))
      return moment(column);
    throw new NotInSql(name);
  }

  async #columns(
    type: GraphQLOutputType,
    { present, fields }: { readonly present: Sql; readonly fields: Readonly<Record<string, Sql>> },
    nodes: readonly FieldNode[],
  ): Promise<Sql> {
    const object = await this.#values(type, fields, nodes);
    return sql`case when ${present} then ${object} end`;
  }

  async #items(
    type: GraphQLOutputType,
    itemsOf: Extract<SqlField, { readonly items: unknown }>['items'],
    row: Sql,
    nodes: readonly FieldNode[],
  ): Promise<Sql> {
    const item = this.#alias();
    const { from, fields } = itemsOf(row, item);
    const object = await this.#values(type, fields, nodes);
    return sql`(select coalesce(json_agg(${object} order by ${item}.n), '[]') from ${from})`;
  }

  /** An object whose fields are known values. */
  async #values(
    type: GraphQLOutputType,
    fields: Readonly<Record<string, Sql>>,
    nodes: readonly FieldNode[],
  ): Promise<Sql> {
    return await this.#object(objectOf(type), nodes, async (name) => {
      const value = fields[name];
      if (value === undefined) throw new NotInSql(name);
      return value;
    });
  }

  async #relation(
    field: GraphQLField<unknown, unknown>,
    modelName: string,
    row: Sql,
    relation: ModelField,
    nodes: readonly FieldNode[],
    rows: number,
  ): Promise<Sql> {
    const target = modelOf(relation.type);
    const alias = this.#alias();
    const type = objectOf(field.type);
    const object = await this.#row(type, relation.type, alias, nodes, rows);
    const [own] = relation.relationFromFields ?? [];
    if (!relation.isList && own !== undefined) {
      return sql`(select ${object} from ${target.table} ${alias} where ${alias}.${quoted(target.key)} = ${row}.${quoted(own)})`;
    }
    const back = [...target.fields.values()].find(
      (candidate) =>
        candidate.relationName === relation.relationName && (candidate.relationFromFields ?? []).length === 1,
    );
    const foreign = back?.relationFromFields?.[0];
    if (!relation.isList || foreign === undefined) throw new NotInSql(field.name);
    const order = orderOf(field, relation.name, alias, this.#context);
    return sql`(select coalesce(json_agg(${object} ${order}), '[]') from ${target.table} ${alias}
      where ${alias}.${quoted(foreign)} = ${row}.${quoted(modelOf(modelName).key)})`;
  }

  /** A connection; `parent` is the key of the row that it belongs to. */
  async #list(
    field: GraphQLField<unknown, unknown>,
    rowsOf: Extract<SqlField, { readonly rows: unknown }>['rows'],
    nodes: readonly FieldNode[],
    outer: number,
    parent: Sql | null,
  ): Promise<Sql> {
    const listing = sqlListings.get(getNamedType(field.type).name);
    if (listing === undefined) throw new NotInSql(field.name);
    const args = this.#args(field, nodes[0]!);
    const given = await rowsOf(args as never, this.#context);
    const order = given.order ?? listing.order;
    const page = readPage(args as PageArgs, order);
    const rows = outer * Math.max(page.limit, 1);
    if (parent !== null && rows > NESTED_ROWS_MAX) throw new NotInSql(field.name);
    const source = {
      from: given.from ?? sql`${modelOf(listing.model).table} t`,
      where: given.where ?? [],
      order,
      join: given.join,
    };
    const all = this.#alias();
    const connection = objectOf(field.type);
    const ascending = (order.direction === 'asc') !== page.backward;
    const way = ascending ? sql`asc` : sql`desc`;
    const keys = order.columns.map((_, index) => sql`${Prisma.raw(keyName(index))} ${way}`);
    const nodeOf = (wanted: readonly FieldNode[], row: Sql): Promise<Sql> =>
      this.#row(this.#type(listing.nodeType), listing.model, row, wanted, rows);
    // In page order, whichever way the page was read.
    const inOrder = (row: Sql): Sql => sql`order by ${row}.n ${page.backward ? sql`desc` : sql`asc`}`;
    const kept = (row: Sql): Sql => sql`from ${all} ${row} where ${row}.n <= ${page.limit}::int4`;

    const body = await this.#object(connection, nodes, async (name, found) => {
      this.#definition(connection, name);
      const row = this.#alias();
      if (name === 'nodes') {
        return sql`(select coalesce(json_agg(${await nodeOf(found, row)} ${inOrder(row)}), '[]') ${kept(row)})`;
      }
      if (name === 'edges') {
        const edge = await this.#object(this.#type(`${listing.nodeType}Edge`), found, async (part, inner) => {
          if (part === 'cursor') return cursorSql(order, row);
          if (part === 'node') return await nodeOf(inner, row);
          throw new NotInSql(part);
        });
        return sql`(select coalesce(json_agg(${edge} ${inOrder(row)}), '[]') ${kept(row)})`;
      }
      if (name === 'pageInfo') {
        const more = sql`(select count(*) > ${page.limit}::int4 from ${all})`;
        const cursorAt = (end: 'first' | 'last'): Sql => {
          const low = (end === 'first') !== page.backward;
          return sql`(select ${cursorSql(order, row)} ${kept(row)} order by ${row}.n ${low ? sql`asc` : sql`desc`} limit 1)`;
        };
        const parts: Record<string, () => Sql> = {
          hasNextPage: () => (page.backward ? sql`${page.before !== null}::bool` : more),
          hasPreviousPage: () => (page.backward ? more : sql`${page.after !== null}::bool`),
          startCursor: () => cursorAt('first'),
          endCursor: () => cursorAt('last'),
        };
        return await this.#object(this.#type('PageInfo'), found, async (part) => {
          const value = parts[part];
          if (value === undefined) throw new NotInSql(part);
          return value();
        });
      }
      if (name === 'totalCount') return sql`(${countSql(source, COUNT_MAX)})`;
      throw new NotInSql(name);
    });
    const found = sql`with ${all} as (
        select q.*, row_number() over (order by ${Prisma.join(keys)}) as n from (${pageSql(source, page, sql`t.*`)}) q)
      select ${body}`;
    return parent === null
      ? sql`(${found})`
      : sql`(select v.j from (select ${parent} as id) p cross join lateral (select (${found}) as j) v)`;
  }

  #type(name: string): GraphQLObjectType {
    const type = this.#schema.getType(name);
    if (!isObjectType(type)) throw new NotInSql(name);
    return type;
  }

  async #one(
    type: GraphQLObjectType,
    modelName: string,
    where: Sql,
    nodes: readonly FieldNode[],
  ): Promise<Sql> {
    // The condition names the table `t`.
    return sql`(select ${await this.#row(type, modelName, sql`t`, nodes, 1)} from ${modelOf(modelName).table} t where ${where} limit 1)`;
  }

  async #root(field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[]): Promise<Sql> {
    const { sqlField } = field.extensions as { sqlField?: SqlField };
    if (sqlField !== undefined && 'rows' in sqlField)
      return await this.#list(field, sqlField.rows, nodes, 1, null);
    const args = this.#args(field, nodes[0]!);
    if (sqlField !== undefined && 'row' in sqlField) {
      const { type, where } = await sqlField.row(args as never, this.#context);
      return await this.#one(this.#type(type), type, where, nodes);
    }
    if (field.name === 'node') {
      const id = decodeGlobalId(String(args.id));
      if (id === null) throw new NotInSql('node');
      const listing: SqlListing | undefined = sqlListings.get(`${id.typename}Connection`);
      if (listing === undefined || listing.key !== 'id') throw new NotInSql('node');
      const type = this.#type(id.typename);
      if (!type.getInterfaces().some(({ name }) => name === 'Node')) throw new NotInSql('node');
      return await this.#one(type, listing.model, sql`t.id = ${rowIdOf(id.id)}::int4`, nodes);
    }
    throw new NotInSql(field.name);
  }

  async answer(operation: OperationDefinitionNode): Promise<Sql> {
    const query = this.#schema.getQueryType()!;
    return await this.#object(
      query,
      [rootOf(operation)],
      async (name, nodes) => await this.#root(this.#definition(query, name), nodes),
    );
  }

  async events(operation: OperationDefinitionNode, modelName: string, keys: readonly bigint[]): Promise<Sql> {
    const subscription = this.#schema.getSubscriptionType()!;
    const model = modelOf(modelName);
    const row = sql`t`;
    const data = await this.#object(subscription, [rootOf(operation)], async (name, nodes) => {
      const type = objectOf(this.#definition(subscription, name).type);
      if (type.name !== modelName) throw new NotInSql(name);
      return await this.#row(type, modelName, row, nodes, 1);
    });
    const key = sql`${row}.${quoted(model.key)}`;
    return sql`select ${key} as key, ${data} as data from ${model.table} ${row} where ${key} = any(${keys}::int8[])`;
  }
}

/** The operation as if it were a field. */
const rootOf = ({ selectionSet }: OperationDefinitionNode): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '' },
  selectionSet,
});

function objectOf(type: GraphQLOutputType): GraphQLObjectType {
  const named = getNamedType(type);
  if (!(named instanceof GraphQLObjectType)) throw new NotInSql(String(type));
  return named;
}

type OrderBy = Record<string, 'asc' | 'desc'>;

/** The order that a relation's field says it has, from the query that it would give to Prisma. */
function orderOf(
  field: GraphQLField<unknown, unknown>,
  name: string,
  alias: Sql,
  context: GraphqlContext,
): Sql {
  const select = field.extensions.pothosPrismaSelect as (
    args: object,
    context: GraphqlContext,
    nested: (query: object) => object,
  ) => { select: Record<string, { orderBy?: OrderBy | OrderBy[] }> };
  const { orderBy, ...rest } = select({}, context, (query) => query).select[name] ?? {};
  if (orderBy === undefined || Object.keys(rest).length > 0 || field.args.length > 0)
    throw new NotInSql(name);
  const columns = [orderBy]
    .flat()
    .flatMap((by) =>
      Object.entries(by).map(
        ([column, way]) => sql`${alias}.${quoted(column)} ${Prisma.raw(way === 'desc' ? 'desc' : 'asc')}`,
      ),
    );
  return sql`order by ${Prisma.join(columns)}`;
}

type Document = { readonly definitions: readonly { readonly kind: string }[] };
type Variables = Readonly<Record<string, unknown>>;

async function build(
  schema: GraphQLSchema,
  document: Document,
  variables: Variables,
  context: GraphqlContext,
  statement: (builder: Builder) => Promise<Sql>,
): Promise<Sql | null> {
  if (!holds(context.viewer, 'READ')) return null;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      const fragment = definition as FragmentDefinitionNode;
      fragments[fragment.name.value] = fragment;
    }
  }
  try {
    return await statement(new Builder(schema, fragments, variables, context));
  } catch (error) {
    if (error instanceof NotInSql || error instanceof BadInputError) return null;
    throw error;
  }
}

/**
 * The statement that gives an operation's `data` as one JSON text in the column `data`; null when the resolvers have to answer.
 * `variables` are coerced. Looks actors of filters up, and so may ask the database itself.
 */
export async function answerSql(
  schema: GraphQLSchema,
  document: Document,
  operation: OperationDefinitionNode,
  variables: Variables,
  context: GraphqlContext,
): Promise<Sql | null> {
  if (operation.operation !== 'query') return null;
  return await build(schema, document, variables, context, async (builder) => {
    return sql`select ${await builder.answer(operation)} as data`;
  });
}

/**
 * The statement that gives the `data` of many events of a subscription whose root field is a row of `model`: a column `key`
 * (of `keys`; those that are no more are missing), and `data`. Null when the resolvers have to answer.
 */
export async function eventsSql(
  schema: GraphQLSchema,
  document: Document,
  operation: OperationDefinitionNode,
  variables: Variables,
  context: GraphqlContext,
  { model, keys }: { readonly model: string; readonly keys: readonly bigint[] },
): Promise<Sql | null> {
  if (operation.operation !== 'subscription') return null;
  return await build(schema, document, variables, context, (builder) =>
    builder.events(operation, model, keys),
  );
}
