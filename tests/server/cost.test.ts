import { assertObjectType, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { costOf } from '#server/cost.ts';
import { EXAMPLES } from '#server/examples.ts';
import { findExcess, fragmentsOf, measure } from '#server/measure.ts';
import { schema } from '#server/schema.ts';

const { limits } = readConfig({});

function cost(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return costOf(schema, getOperationAST(document)!, fragmentsOf(document), variables);
}

describe('what a query costs', () => {
  test.each([
    { what: 'a row', query: '{ actor(slug: "kyutai") { name slug } }', is: 1 },
    { what: 'a page of the default size', query: '{ articles { nodes { title } } }', is: 1 + 20 },
    { what: 'a page of a given size', query: '{ articles(first: 7) { nodes { title } } }', is: 1 + 7 },
    { what: 'a page from the end', query: '{ articles(last: 9) { nodes { title } } }', is: 1 + 9 },
    {
      what: 'edges, which are the rows',
      query: '{ articles(first: 7) { edges { cursor node { title } } pageInfo { endCursor } } }',
      is: 1 + 7,
    },
    {
      what: 'lists in lists, multiplied',
      query: '{ articles(first: 10) { nodes { actors(first: 5) { nodes { name } } } } }',
      is: 1 + 10 * (1 + 1 + 5),
    },
    { what: 'a count', query: '{ articles(first: 0) { totalCount } }', is: 1 + 10 },
    { what: 'ids', query: '{ nodes(ids: ["a", "b", "c"]) { id } }', is: 1 + 3 },
    {
      what: 'a list that nothing bounds',
      query: '{ actor(slug: "a") { aliases { text } } }',
      is: 1 + 1 + 5,
    },
    {
      what: 'a fragment, wherever it is spread',
      query:
        'fragment A on Article { actors(first: 3) { nodes { name } } } { a: articles(first: 1) { nodes { ...A } } b: articles(first: 1) { nodes { ...A } } }',
      is: 2 * (1 + 1 + 1 + 3),
    },
    {
      what: 'a page spread as a fragment',
      query: 'fragment P on ArticleConnection { nodes { title } } { articles(first: 4) { ...P } }',
      is: 1 + 4,
    },
    {
      what: 'types of a union, added up',
      query: '{ node(id: "x") { ... on Article { story { id } } ... on Actor { mergedInto { id } } } }',
      is: 1 + 1 + 1,
    },
    { what: 'a change', query: 'mutation { revokeToken(input: { token: "x" }) { __typename } }', is: 10 },
    {
      what: 'a weight of its own',
      query: '{ search(text: "a", first: 2) { nodes { __typename } } }',
      is: 502,
    },
    {
      what: 'looking through the text of each row',
      query: '{ matches(first: 3) { nodes { foundWords(query: "a") foundPlaces(query: "a") { text } } } }',
      is: 1 + 3 * (1 + 10 + 20 + 5),
    },
  ])('$what: $is', ({ query, is }) => {
    expect(cost(query)).toBe(is);
  });

  const paged = 'query ($n: Int = 30) { articles(first: $n) { nodes { title } } }';

  test.each([
    { variables: { n: 3 }, is: 4 },
    { variables: {}, is: 31 },
    { variables: { n: null }, is: 21 },
    { variables: { n: 1e9 }, is: 101 },
    { variables: { n: -5 }, is: 101 },
    { variables: { n: 'many' }, is: 101 },
  ])(
    'a page size in a variable counts, and a senseless one as the largest: $variables',
    ({ variables, is }) => {
      expect(cost(paged, variables)).toBe(is);
    },
  );

  test('a bomb of fragments is added up without being walked', () => {
    const layers = Array.from(
      { length: 25 },
      (_, i) =>
        `fragment F${i} on Article { story { articles(first: 1) { nodes { ...F${i + 1} ...F${i + 1} } } } }`,
    );
    const bomb = `{ articles(first: 1) { nodes { ...F0 } } } ${layers.join(' ')} fragment F25 on Article { title }`;
    expect(cost(bomb)).toBeGreaterThan(2 ** 25);
  });

  test.each(EXAMPLES)('the examples of GraphiQL are allowed: %#', (example) => {
    const document = parse(example);
    expect(findExcess(document, limits)).toBeNull();
    expect(cost(example)).toBeLessThan(limits.cost / 3);
  });

  test('what differs from one row read is told in the schema', () => {
    const search = schema.getQueryType()!.getFields().search!;
    expect(search.description).toContain('Costs 500.');
    const connection = assertObjectType(schema.getType('ArticleConnection'));
    expect(connection.getFields().totalCount!.description).toContain('Costs 10.');
  });
});

describe('the size of a document', () => {
  test.each([
    { text: '{ a }', is: { depth: 1, aliases: 0, rootFields: 1, directives: 0, repeats: 1 } },
    { text: '{ a { b { c } } d }', is: { depth: 3, aliases: 0, rootFields: 2, directives: 0, repeats: 1 } },
    { text: '{ x: a { y: b } }', is: { depth: 2, aliases: 2, rootFields: 1, directives: 0, repeats: 1 } },
    {
      text: 'fragment F on T { x: a @skip(if: true) } { ...F ...F ... @include(if: true) { b } }',
      is: { depth: 1, aliases: 2, rootFields: 3, directives: 3, repeats: 1 },
    },
    {
      text: 'fragment F on T { a { ...F } } { ...F }',
      is: { depth: 1, aliases: 0, rootFields: 1, directives: 0, repeats: 1 },
    },
    {
      text: '{ __schema { types { fields { type { ofType { ofType { name } } } } } } }',
      is: { depth: 1, aliases: 0, rootFields: 1, directives: 0, repeats: 1 },
    },
    {
      text: 'query A { a } query B { a b c }',
      is: { depth: 1, aliases: 0, rootFields: 3, directives: 0, repeats: 1 },
    },
  ])('$text', ({ text, is }) => {
    expect(measure(parse(text))).toEqual(is);
  });

  test.each([
    ['depth', '{ '.repeat(17).replaceAll('{', '{ a').replace(/a$/, 'a') + ' }'.repeat(17)],
    ['aliases', `{ ${Array.from({ length: 31 }, (_, i) => `x${i}: a`).join(' ')} }`],
    ['rootFields', `{ ${Array.from({ length: 21 }, (_, i) => `a${i}`).join(' ')} }`],
    ['repeats', `{ x { ${'a { b } '.repeat(21)} } }`],
    ['directives', `{ a ${'@skip(if: false) '.repeat(31)} }`],
  ] as const)('too much of %s is refused by its name', (limit, text) => {
    expect(findExcess(parse(text), limits)?.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', limit });
  });
});
