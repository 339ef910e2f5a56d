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

test('every root field is described with an example', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
  expect(fields.length).toBeGreaterThanOrEqual(20);
  expect(
    fields.filter(({ description }) => !description?.includes('Example')).map(({ name }) => name),
  ).toEqual([]);
});
