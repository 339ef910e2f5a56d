/** What the documents tell a reader to ask is valid. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObjectType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { EXAMPLES } from '#server/examples.ts';
import { schema } from '#server/schema.ts';

const ROOT = join(import.meta.dirname, '..');

const documents = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((file) => `docs/${file}`)]
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/```graphql\n(.*?)```/gs)].map(
      ([, source], index) => [`${file}, block ${index + 1}`, source!] as const,
    ),
  );

const examples = (['Query', 'Mutation', 'Subscription'] as const).flatMap((root) => {
  const type = schema.getType(root);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ name, description }) =>
    [...(description ?? '').matchAll(/`((?:\{|mutation|subscription|query)[^`]*\})`/g)].map(
      ([, source], index) => [`${root}.${name}, example ${index + 1}`, source!] as const,
    ),
  );
});

test('every test that a document calls to witness is there', () => {
  const named = [
    ...readdirSync(join(ROOT, 'docs')).map((file) => `docs/${file}`),
    'README.md',
    'ARCHITECTURE.md',
  ]
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => readFileSync(join(ROOT, file), 'utf8').match(/tests\/[\w./-]+\.ts/g) ?? []);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('there are examples to check', () => {
  expect(documents.length).toBeGreaterThan(5);
  expect(examples.length).toBeGreaterThan(20);
});

test.each([
  ...documents,
  ...examples,
  ...EXAMPLES.map((source, index) => [`GraphiQL, tab ${index + 1}`, source] as const),
])('%s is valid', (_where, source) => {
  expect(validate(schema, parse(source)).map(({ message }) => message)).toEqual([]);
});
