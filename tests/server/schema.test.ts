import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
  validateSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { printVigieSchema, schema } from '#server/schema.ts';

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

/** Everything of a type that a reader of the schema sees, with its path and description. */
function* partsOf(
  type: GraphQLNamedType,
): Generator<{ path: string; description: string | null | undefined }> {
  yield { path: type.name, description: type.description };
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      const path = `${type.name}.${field.name}`;
      yield { path, description: field.description };
      for (const arg of field.args) yield { path: `${path}(${arg.name}:)`, description: arg.description };
    }
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      yield { path: `${type.name}.${field.name}`, description: field.description };
    }
  }
  if (isEnumType(type)) {
    for (const value of type.getValues()) {
      yield { path: `${type.name}.${value.name}`, description: value.description };
    }
  }
}

test('schema.graphql is what the code says; `npm run schema` writes it', async () => {
  const file = await readFile(join(import.meta.dirname, '../../schema.graphql'), 'utf8');
  expect(file).toBe(printVigieSchema());
});

test('the schema is valid', () => {
  expect(validateSchema(schema)).toEqual([]);
});

test('every type, field, argument, input and enum value is described', () => {
  const parts = types.flatMap((type) => [...partsOf(type)]);
  expect(parts.length).toBeGreaterThan(300);
  expect(parts.filter(({ description }) => !description?.trim()).map(({ path }) => path)).toEqual([]);
});

const rootFields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
  (root) => Object.values(root?.getFields() ?? {}).map((field) => ({ root: root!.name, field })),
);

/** What is wrong with each deprecation: a reason names what to use instead, which exists, and the day it goes. */
function deprecationProblems(of: GraphQLSchema): string[] {
  const known = new Set(
    Object.values(of.getTypeMap()).flatMap((type) =>
      'getFields' in type ? [type.name, ...Object.keys(type.getFields())] : [type.name],
    ),
  );
  type Part = { readonly name: string; readonly deprecationReason?: string | null | undefined };
  const parts = Object.values(of.getTypeMap()).flatMap((type): readonly Part[] => {
    if (isEnumType(type)) return type.getValues();
    if (!('getFields' in type)) return [];
    const fields: (GraphQLField<unknown, unknown> | GraphQLInputField)[] = Object.values(type.getFields());
    return fields.flatMap((field) => ['args' in field ? field.args : [], field].flat());
  });
  return parts.flatMap(({ name, deprecationReason: reason }) => {
    if (reason === undefined || reason === null) return [];
    const [, instead, date] = /^Use `(\w+)`[^`]*\. Goes on (\d{4}-\d{2}-\d{2})\.$/.exec(reason) ?? [];
    if (instead === undefined) return [`${name}: no replacement and date in "${reason}"`];
    if (!known.has(instead)) return [`${name}: there is no ${instead}`];
    return Number.isNaN(Date.parse(date!)) ? [`${name}: ${date} is no date`] : [];
  });
}

test('what is deprecated says what to use instead and when it goes', () => {
  expect(deprecationProblems(schema)).toEqual([]);
  // None is deprecated yet, so that the rule is shown on another schema.
  const other = buildSchema(`type Query {
    good: Int @deprecated(reason: "Use \`better\`, which counts. Goes on 2027-06-01.")
    better(old: Int @deprecated(reason: "Use \`first\`."), first: Int): Kind
    none: Int @deprecated
    lost: Int @deprecated(reason: "Use \`nothing\`. Goes on 2027-06-01.")
    never: Int @deprecated(reason: "Use \`better\`. Goes on 2027-13-41.")
  } enum Kind { A @deprecated(reason: "old") }`);
  expect(deprecationProblems(other).map((problem) => problem.split(':')[0])).toEqual([
    'old',
    'none',
    'lost',
    'never',
    'A',
  ]);
});

test('every root field is described', () => {
  expect(rootFields.length).toBeGreaterThanOrEqual(20);
});

test.each(rootFields)('$root.$field.name has an example that the schema takes', ({ field }) => {
  const example = /\n\nExample[^`]*: `([^`]+)`$/.exec(field.description ?? '')?.[1] ?? '';
  const document = parse(example);
  expect(validate(schema, document)).toEqual([]);
  const [operation] = document.definitions;
  const selections = operation?.kind === 'OperationDefinition' ? operation.selectionSet.selections : [];
  expect(selections.map((selection) => selection.kind === 'Field' && selection.name.value)).toEqual([
    field.name,
  ]);
});
