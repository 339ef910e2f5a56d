import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { EXAMPLES } from '#server/examples.ts';
import { schema } from '#server/schema.ts';

test('graphql-codegen makes types of the schema, and of the examples of GraphiQL', async () => {
  const scalars = { DateTime: 'string', URL: 'string', Decimal: 'string', Cursor: 'string' };
  const output = await codegen({
    filename: 'types.ts',
    schema: parse(printSchema(schema)),
    documents: EXAMPLES.map((text, index) => ({
      location: `example-${index}.graphql`,
      document: parse(text),
    })),
    config: { scalars, strictScalars: true },
    plugins: [{ typescript: {} }, { operations: {} }],
    pluginMap: { typescript, operations },
  });
  for (const name of ['Alerts', 'Latest', 'Funding', 'Actor', 'Feeds']) {
    expect(output).toMatch(new RegExp(`export type ${name}(Query|Subscription) = `));
  }
  // Every scalar has a type of its own: nothing fell back to any.
  expect(output).not.toMatch(/: any\b/);
});
