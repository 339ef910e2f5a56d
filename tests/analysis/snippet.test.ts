import { expect, test } from 'vitest';
import { FOUND_END, FOUND_START, readSnippet } from '#analysis/snippet.ts';

/** Writes marks as brackets. */
const marked = (text: string): string => text.replaceAll('[', FOUND_START).replaceAll(']', FOUND_END);

test.each<[string, string, readonly string[]]>([
  ['nothing found', 'nothing found', []],
  ['les [modèles] ouverts', 'les modèles ouverts', ['modèles']],
  ['[a] et [b]', 'a et b', ['a', 'b']],
  ['deux\n  lignes [ici]', 'deux lignes ici', ['ici']],
  ['un [début sans fin', 'un début sans fin', []],
  ['une fin] sans début', 'une fin sans début', []],
  ['[] vide', ' vide', []],
  ['😀 [é😀] fin', '😀 é😀 fin', ['é😀']],
  ['', '', []],
])('the marks of "%s" become places in the text', (text, plain, found) => {
  const snippet = readSnippet(marked(text));
  expect(snippet.text).toBe(plain);
  expect(snippet.highlights.map(({ start, end }) => snippet.text.slice(start, end))).toEqual(found);
});
