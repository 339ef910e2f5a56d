/** What is in the rows that Postgres is given as one parameter. */
import { expect, test } from 'vitest';
import { jsonRows } from '#platform/json-rows.ts';

test.each([
  ['plain text', 'é 😀 "x"\n', 'é 😀 "x"\n'],
  ['U+0000', 'a\0b', 'a\ufffdb'],
  ['half a surrogate pair', 'a\ud83d b\ude00', 'a\ufffd b\ufffd'],
  ['the letters of an escape', '\\u0000 \\ud83d', '\\u0000 \\ud83d'],
])('Postgres can take %s', (_, given, taken) => {
  expect(JSON.parse(jsonRows([{ text: given, within: { text: [given] }, none: null }]))).toEqual([
    { text: taken, within: { text: [taken] }, none: null },
  ]);
});
