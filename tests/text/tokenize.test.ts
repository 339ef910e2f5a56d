import { expect, test } from 'vitest';
import { tokenize } from '#text/tokenize.ts';

test.each([
  ['levée', 'LOWER'],
  ['Mistral', 'CAPITAL'],
  ['H', 'CAPITAL'],
  ['CNRS', 'UPPER'],
  ['DTS3', 'UPPER'],
  ['OpenAI', 'MIXED'],
  ['eBay', 'MIXED'],
  ['LeCun', 'MIXED'],
  ['a16z', 'MIXED'],
  ['2030', 'NUMBER'],
  ['17e', 'LOWER'],
  ['14h35', 'LOWER'],
  ['École', 'CAPITAL'],
  ['E\u0301cole', 'CAPITAL'],
])('%s is written %s', (text, shape) => {
  expect(tokenize(text).map((token) => token.shape)).toEqual([shape]);
});

test.each([
  ['l’Inria', ['l', 'Inria']],
  ['Mistral-AI', ['Mistral', 'AI']],
  ['Mistral.ai', ['Mistral', 'ai']],
  ['PR[AI]RIE', ['PR', 'AI', 'RIE']],
  ['Alice & Bob', ['Alice', 'Bob']],
  ['« Oui », dit-il.', ['Oui', 'dit', 'il']],
  ['105\u202f000 €', ['105', '000']],
  ['', []],
  ['… — !', []],
])('%j holds the words %j', (text, words) => {
  expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual(words);
});

test('a word keeps its accents written as marks of their own', () => {
  const text = 'de\u0301ja\u0300 vu';
  expect(tokenize(text).map(({ folded }) => folded)).toEqual(['deja', 'vu']);
});

test('any UTF-16 text is split without a gap or an overlap', () => {
  const text = `A\ud83d😀B\udc00c 𝒜x${String.fromCharCode(0xffff)}é\u0301`;
  let end = 0;
  for (const token of tokenize(text)) {
    expect(token.start).toBeGreaterThanOrEqual(end);
    expect(token.end).toBeGreaterThan(token.start);
    end = token.end;
  }
  expect(end).toBeLessThanOrEqual(text.length);
});
