import { expect, test } from 'vitest';
import { fold, foldWithOffsets } from '#text/fold.ts';

test.each([
  ['Élysée', 'elysee'],
  ['ÉLYSÉE', 'elysee'],
  ['E\u0301lyse\u0301e', 'elysee'],
  ['cœur', 'coeur'],
  ['ŒUVRE', 'oeuvre'],
  ['Læticia', 'laeticia'],
  ['Straße', 'strasse'],
  ['l’Inria', "l'inria"],
  ['Jean‑Noël', 'jean-noel'],
  ['5\u202f%', '5 %'],
  ['co\u00adfondateur', 'cofondateur'],
  ['Łukasz Øystein', 'lukasz oystein'],
  ['', ''],
])('%j folds to %j', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('a folded text knows where each of its characters stood', () => {
  const text = 'Le cœur de l’E\u0301lysée';
  const { text: folded, offsets } = foldWithOffsets(text);
  expect(folded).toBe("le coeur de l'elysee");
  const at = folded.indexOf('elysee');
  expect(text.slice(offsets[at], offsets[at + 'elysee'.length])).toBe('E\u0301lysée');
  const heart = folded.indexOf('coeur');
  expect(text.slice(offsets[heart], offsets[heart + 'coeur'.length])).toBe('cœur');
  expect(offsets.length).toBe(folded.length + 1);
  expect(offsets.at(-1)).toBe(text.length);
});

test('folding keeps whatever is no letter, pairs and lone halves of pairs included', () => {
  expect(fold('😀 A')).toBe('😀 a');
  expect(fold('\ud83dA').length).toBe(2);
});

test('folding twice changes nothing more', () => {
  const text = 'Ça, c’est l’Œuvre d’Ångström — « déjà vu »';
  expect(fold(fold(text))).toBe(fold(text));
});
