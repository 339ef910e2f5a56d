import { expect, test } from 'vitest';
import { findPlaces } from '#match/found-places.ts';
import { compileWordQuery } from '#match/word-query.ts';

test.each([
  ['a word, at its first place', 'fonds', [['TEXT', 19]]],
  ['a phrase, behind a place where only its beginning stands', '"levée de fonds"', [['TEXT', 38]]],
  ['the title before the text', 'Mistral', [['TITLE', 0]]],
  [
    'each word in the order of the query',
    'fonds OR Mistral',
    [
      ['TEXT', 19],
      ['TITLE', 0],
    ],
  ],
  ['no phrase that goes on behind the end', '"fonds record"', []],
])('%s', (_what, query, places) => {
  const article = {
    title: 'Mistral',
    body: { text: 'La levée, puis des fonds, Mistral, la levée de fonds' },
  };
  expect(findPlaces(compileWordQuery(query), article).map(({ field, start }) => [field, start])).toEqual(
    places,
  );
});

test('an article is taken apart once, however often it is asked', () => {
  let read = 0;
  const article = {
    title: 'Mistral lève',
    get body() {
      read += 1;
      return { text: 'Une levée de fonds.' };
    },
  };
  const found = ['fonds', 'levée', 'bourse'].flatMap((query) => findPlaces(compileWordQuery(query), article));
  expect(found.map(({ text }) => text)).toEqual(['fonds', 'levée']);
  expect(read).toBe(1);
});
