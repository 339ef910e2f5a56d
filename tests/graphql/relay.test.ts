/**
 * What Relay’s specifications (Global Object Identification, Cursor Connections) and its compiler ask of a schema, rule by
 * rule: relay.dev/graphql/objectidentification.htm and relay.dev/graphql/connections.htm.
 */
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '#server/schema.ts';

const objects = (of: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(of.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__')) as never;
const typeOf = (field: GraphQLField<unknown, unknown> | undefined): string => String(field?.type);

/** Rules by name; each gives the places that break it. */
const RULES: Readonly<Record<string, (of: GraphQLSchema) => string[]>> = {
  'Node is an interface with one field, id: ID!'(of) {
    const node = of.getType('Node');
    if (!isInterfaceType(node)) return ['Node'];
    const fields = Object.values(node.getFields()).map((field) => `${field.name}: ${typeOf(field)}`);
    return fields.join() === 'id: ID!' ? [] : fields;
  },
  'node takes an id and gives a Node, or null'(of) {
    const node = of.getQueryType()!.getFields().node;
    const args = node?.args.map(({ name, type }) => `${name}: ${type}`).join();
    return args === 'id: ID!' && typeOf(node) === 'Node' ? [] : [`node(${args}): ${typeOf(node)}`];
  },
  'nodes, the plural, takes a list and gives one of the same length, with nulls'(of) {
    const nodes = of.getQueryType()!.getFields().nodes;
    const args = nodes?.args.map(({ name, type }) => `${name}: ${type}`).join();
    return args === 'ids: [ID!]!' && typeOf(nodes) === '[Node]!' ? [] : [`nodes(${args}): ${typeOf(nodes)}`];
  },
  // Relay keeps every record under its `id`: one that is no Node, or carries another’s, would overwrite it.
  'whatever has a field id is a Node'(of) {
    return objects(of)
      .filter((type) => 'id' in type.getFields() && !type.getInterfaces().some(({ name }) => name === 'Node'))
      .map(({ name }) => name);
  },
  'PageInfo has two booleans and two cursors that may be null'(of) {
    const page = of.getType('PageInfo');
    const fields = isObjectType(page) ? page.getFields() : {};
    return Object.entries({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'Cursor',
      endCursor: 'Cursor',
    }).flatMap(([name, type]) => (typeOf(fields[name]) === type ? [] : [`PageInfo.${name}`]));
  },
  'a cursor is a scalar'(of) {
    return isScalarType(of.getType('Cursor')) ? [] : ['Cursor'];
  },
  'a connection is an object with edges and pageInfo: PageInfo!'(of) {
    return connections(of)
      .filter((type) => {
        const { edges, pageInfo } = type.getFields();
        return !edges || !isListType(getNullableType(edges.type)) || typeOf(pageInfo) !== 'PageInfo!';
      })
      .map(({ name }) => name);
  },
  'an edge has a node, which is no list, and a cursor'(of) {
    return connections(of).flatMap((type) => {
      const edge = getNamedType(type.getFields().edges!.type);
      const { node, cursor } = isObjectType(edge) ? edge.getFields() : {};
      const good = node && !isListType(getNullableType(node.type)) && typeOf(cursor) === 'Cursor!';
      return good ? [] : [edge.name];
    });
  },
  'a field that gives a connection pages forward and backward'(of) {
    const expected = 'after: Cursor, before: Cursor, first: Int, last: Int';
    return objects(of).flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
        .filter(({ args }) => {
          const paging = args.filter(({ name }) => ['after', 'before', 'first', 'last'].includes(name));
          return (
            paging
              .map(({ name, type: of }) => `${name}: ${of}`)
              .sort()
              .join(', ') !== expected
          );
        })
        .map(({ name }) => `${type.name}.${name}`),
    );
  },
  'a mutation takes one argument, input, of an input type named after it'(of) {
    return Object.values(of.getMutationType()?.getFields() ?? {})
      .filter(
        ({ args }) =>
          args.length !== 1 || args[0]!.name !== 'input' || !/^\w+Input!$/.test(String(args[0]!.type)),
      )
      .map(({ name }) => name);
  },
};

function connections(of: GraphQLSchema): GraphQLObjectType[] {
  return objects(of).filter(({ name }) => name.endsWith('Connection'));
}

describe('Vigie’s schema', () => {
  test('has connections, nodes and mutations to look at', () => {
    expect(connections(schema).length).toBeGreaterThan(10);
  });

  test.each(Object.entries(RULES))('%s', (_name, broken) => {
    expect(broken(schema)).toEqual([]);
  });
});

test('each rule finds what breaks it', () => {
  const wrong = buildSchema(`
    type Query { node(id: ID): Node nodes(ids: [ID!]!): [Node!]! things(first: Int): ThingConnection! }
    type Mutation { change(thing: ID!): Thing }
    interface Node { id: ID }
    type Cursor { at: Int }
    type PageInfo { hasNextPage: Boolean hasPreviousPage: Boolean! startCursor: Cursor endCursor: Cursor }
    type Thing { id: ID! }
    type ThingConnection { edges: [ThingEdge] pageInfo: PageInfo }
    type ThingEdge { node: [Thing] cursor: Cursor! }
  `);
  expect(Object.entries(RULES).filter(([, broken]) => broken(wrong).length === 0)).toEqual([]);
});
