import { expect, test } from 'vitest';
import { Prisma } from '#generated/prisma/client.ts';
import { formatCursor, type KeyColumn, type Order, type Place, parseCursor } from '#graphql/keyset.ts';

const orderOf = (...types: readonly KeyColumn['type'][]): Order => ({
  name: 'test',
  direction: 'asc',
  columns: types.map((type) => ({ sql: Prisma.sql`x`, type })),
});

test.each<[Order, Place]>([
  [orderOf('int4'), [0]],
  [orderOf('int4'), [2_147_483_647]],
  [orderOf('int4'), [-2_147_483_647]],
  [orderOf('int8'), [9_007_199_254_740_993n]],
  [orderOf('timestamptz', 'int4'), [new Date('2026-03-12T07:30:00.123Z'), 12]],
  [orderOf('timestamptz', 'int4'), [new Date('1789-07-14T00:00:00Z'), 1]],
  [orderOf('text', 'int4'), ['L’Éveil "du" soir, œuvre 🦊', 3]],
])('a place of %j is the same after it was a cursor', (order, place) => {
  const cursor = formatCursor(order, place);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(parseCursor(order, cursor)).toEqual(place);
});

test.each<[string, Order, unknown]>([
  ['another name', orderOf('int4'), ['other', '1']],
  ['too few values', orderOf('int4', 'int4'), ['test', '1']],
  ['too many values', orderOf('int4'), ['test', '1', '1']],
  ['no number', orderOf('int4'), ['test', '1 or 1=1']],
  ['a number as number', orderOf('int4'), ['test', 1]],
  ['a number beyond int4', orderOf('int4'), ['test', '2147483648']],
  ['a number beyond int8', orderOf('int8'), ['test', '9'.repeat(19)]],
  ['a moment beyond what Date holds', orderOf('timestamptz'), ['test', 8.64e15 + 1]],
  ['a fraction of a millisecond', orderOf('timestamptz'), ['test', 0.5]],
  ['NUL in a text', orderOf('text'), ['test', 'a\0']],
  ['an object', orderOf('text'), ['test', {}]],
  ['no list', orderOf('text'), 'test'],
])('a cursor with %s is none', (_what, order, value) => {
  expect(parseCursor(order, Buffer.from(JSON.stringify(value)).toString('base64url'))).toBeNull();
});
