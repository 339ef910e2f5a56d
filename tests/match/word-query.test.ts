import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anchorsOf, foundTerms, holdsQuery, parseWordQuery, type WordQuery } from '#match/word-query.ts';
import { searchableWords, wordsOf } from '#match/words.ts';

const compile = (source: string): WordQuery => {
  const parsed = parseWordQuery(source);
  if (!parsed.ok) throw new Error(`${source}: ${parsed.problem}`);
  return parsed.query;
};

const ARTICLE = searchableWords({
  title: 'L’IA générative : des levées de fonds records à Paris',
  text: 'OpenAI et Mistral AI visent les marchés nationaux. La série A d’Owkin, elle, dépasse 1,7 milliard d’euros.',
});

test.each([
  ['IA', true],
  ['ia GENERATIVES', true],
  ['"levée de fonds"', true],
  ['« levée des fonds »', true],
  ['"fonds de levée"', false],
  ['"levée de fonds" (OpenAI OR Kyutai) -bourse', true],
  ['"levée de fonds" -OpenAI', false],
  ['marché national', true],
  ['pari', false],
  ['Paris', true],
  ['"1,7 milliard"', true],
  ['"série A"', true],
  ['"série B"', false],
  ['bourse OU owkin', true],
  ['owkin SAUF paris', false],
  ['NOT (bourse OR kyutai)', true],
  ['mistral-ai', true],
  ['open', false],
  // The last word of the title and the first of the text are no phrase.
  ['"Paris OpenAI"', false],
])('%s: %s', (source, holds) => {
  expect(holdsQuery(compile(source), ARTICLE)).toBe(holds);
});

test.each([
  ['', 1, /a word is missing at the end/],
  ['OpenAI OR', 10, /a word is missing at the end/],
  ['OR OpenAI', 1, /a word is missing before "OR"/],
  ['a "b', 3, /never closed/],
  ['a (b OR c', 3, /bracket is never closed/],
  ['a) b', 2, /closes none/],
  ['a b OR c', 5, /say with brackets/],
  ['openai ou mistral', 8, /OU in capitals/],
  ['levée de fonds', 7, /"de" holds no word/],
  ['invest*', 1, /no wildcards/],
  ['()', 2, /a word is missing before "\)"/],
  [`${'('.repeat(9)}a${')'.repeat(9)}`, 9, /at most 8 levels/],
  [Array(51).fill('mot').join(' '), 201, /at most 50 words/],
  ['x'.repeat(1_001), 1_001, /at most 1000 characters/],
])('%s is refused at character %i', (source, position, problem) => {
  expect(parseWordQuery(source)).toEqual({ ok: false, position, problem: expect.stringMatching(problem) });
});

test('an alert can say which of the words were found, as they were asked for', () => {
  const query = compile('("Levées de fonds" OR bourse) (Mistral OR OpenAI) -kyutai');
  expect(foundTerms(query, ARTICLE)).toEqual(['Levées de fonds', 'Mistral', 'OpenAI']);
});

test('whatever is given, a query is read or refused at a place within it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab é"«»“”()-*’ORNT\n😀') }), (source) => {
      const parsed = parseWordQuery(source);
      if (parsed.ok) return;
      expect(parsed.position).toBeGreaterThanOrEqual(1);
      expect(parsed.position).toBeLessThanOrEqual(source.length + 1);
    }),
  );
});

test('a text that a query holds of has one of its anchors', () => {
  const word = fc.constantFrom(
    'levée',
    'fonds',
    'IA',
    'Mistral',
    'bourse',
    '"levée de fonds"',
    '"IA Mistral"',
  );
  const { query } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 4 },
      word,
      fc
        .tuple(tie('query'), fc.constantFrom(' ', ' OR '), tie('query'))
        .map(([a, op, b]) => `(${a})${op}(${b})`),
      tie('query').map((inner) => `-(${inner})`),
    ),
  }));
  const text = fc.array(fc.constantFrom('levées', 'de', 'fonds', 'l’IA', 'Mistral', 'bourses', '.'), {
    maxLength: 12,
  });
  let decided = 0;
  fc.assert(
    fc.property(query, text, (source, pieces) => {
      const parsed = parseWordQuery(source);
      fc.pre(parsed.ok);
      const words = searchableWords({ title: '', text: pieces.join(' ') });
      const anchors = anchorsOf(parsed.query);
      if (anchors === null || !holdsQuery(parsed.query, words)) return;
      decided += 1;
      expect(anchors.some((anchor) => words.includes(anchor))).toBe(true);
    }),
    { numRuns: 2_000, seed: 7 },
  );
  expect(decided).toBeGreaterThan(200);
});

test.each([
  ['les réseaux, des capitaux, deux jeux et un prix', ['reseau', 'capital', 'deu', 'jeu', 'et', 'prix']],
  ['l’État qu’ils d’ores', ['etat', 'ils', 'ore']],
  ['des GPUs, du CNRS', ['gpu', 'cnr']],
])('the words of “%s”', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});
