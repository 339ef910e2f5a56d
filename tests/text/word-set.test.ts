import { expect, test } from 'vitest';
import { WordMap, WordSet } from '#text/word-set.ts';

const WORDS = ['', 'a', 'à', 'levée', 'levées', 'lever', 'l', 'aujourd', 'financement', '🙂', 'œuvre'];

test('a set of words holds its words and no other, however alike', () => {
  const set = new WordSet(WORDS);
  for (const word of WORDS) expect(set.has(word)).toBe(true);
  for (const word of ['lèvee', 'b', 'levéee', 'financemant', 'aujord', '🙃'])
    expect(set.has(word)).toBe(false);
  expect([...set]).toEqual(WORDS);
});

test('a word added later is found', () => {
  const set = new WordSet([]);
  set.add('tour');
  expect(set.has('tour')).toBe(true);
  const map = new WordMap<number>([]);
  map.set('tour', 3);
  expect(map.get('tour')).toBe(3);
});

test('a map of words gives each word its value and undefined for any other', () => {
  const map = new WordMap(WORDS.map((word, at) => [word, at] as const));
  WORDS.forEach((word, at) => {
    expect(map.get(word)).toBe(at);
    expect(map.has(word)).toBe(true);
  });
  expect(map.get('levéee')).toBeUndefined();
  expect(map.has('levéee')).toBe(false);
});
