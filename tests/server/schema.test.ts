import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type GraphQLNamedType,
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
import { EXAMPLES } from '#server/examples.ts';
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

test.each(EXAMPLES.map((document) => [/^(?:query|subscription) (\w+)/m.exec(document)?.[1], document]))(
  'the schema takes the example %s of GraphiQL',
  (_name, document) => {
    expect(validate(schema, parse(document!))).toEqual([]);
  },
);
