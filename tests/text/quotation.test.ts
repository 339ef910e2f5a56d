import { describe, expect, test } from 'vitest';
import { findQuotations, MAX_QUOTATION_LENGTH } from '#text/quotation.ts';

const wordsOf = (text: string): string[] =>
  findQuotations(text).map(({ innerStart, innerEnd }) => text.slice(innerStart, innerEnd));

describe('quotation marks', () => {
  test.each([
    ['guillemets', 'Il dit « oui » puis «\u00a0non\u00a0».', ['oui', 'non']],
    ['guillemets without spaces', 'Il dit «oui», puis «non».', ['oui', 'non']],
    ['doubled angle brackets', 'Il dit << oui >>.', ['oui']],
    ['curly marks', 'Il dit “oui” puis ”non”.', ['oui', 'non']],
    [
      'curly marks that both open',
      'Elle promet “d’assembler une équipe“ et s’en va.',
      ['d’assembler une équipe'],
    ],
    ['a low mark', 'Il dit : „Nous verrons.“', ['Nous verrons.']],
    ['single guillemets', 'Il dit ‹ oui ›.', ['oui']],
    ['single curly marks beside apostrophes', 'L’IA, ‘une mode’, dit l’autre.', ['une mode']],
    ['straight marks', 'Il dit "oui", puis "non".', ['oui', 'non']],
    ['straight marks glued to brackets', '("oui") et ("non")', ['oui', 'non']],
    ['inches beside straight marks', 'Un écran de 13" et un "vrai" clavier.', ['vrai']],
    ['an apostrophe typed twice', "Il dit ''oui''.", ['oui']],
    ['one kind closed by another', 'Il dit « oui ” et part.', ['oui']],
    ['a closing mark that opens a line', '»Oui«, dit-il.', ['Oui']],
    [
      'a mark glued to the word before it',
      'Le marché.« Chez nous, tout va bien », dit-il.',
      ['Chez nous, tout va bien'],
    ],
    ['empty marks', 'Il dit « » et "".', []],
    ['apostrophes alone', "L’État n’a qu'à s’y mettre, aujourd'hui.", []],
    ['mojibake', "IA : Macron đ«đ·đ€ D'oĂč vient l'argent, dites-le moi", []],
  ])('%s', (_, text, expected) => {
    expect(wordsOf(text)).toEqual(expected);
  });

  test.each([
    [
      'of another kind',
      '« Il a crié “au feu” puis il est parti », dit-elle.',
      ['Il a crié “au feu” puis il est parti'],
    ],
    [
      'of the same kind',
      '« Il a crié « au feu » puis il est parti », dit-elle.',
      ['Il a crié « au feu » puis il est parti'],
    ],
    ['of straight marks', '« Le "plan" est mort », dit-elle.', ['Le "plan" est mort']],
  ])('inside others %s belong to them', (_, text, expected) => {
    expect(wordsOf(text)).toEqual(expected);
  });

  test('that open each paragraph make one quotation', () => {
    const text = '« Un premier point.\n« Un second point.\n« Un dernier point. »\nElle se tait.';
    expect(wordsOf(text)).toEqual(['Un premier point.\n« Un second point.\n« Un dernier point.']);
  });

  test('reach over a paragraph that does not repeat them', () => {
    expect(wordsOf('« Un premier point.\nUn second point. »\nElle se tait.')).toEqual([
      'Un premier point.\nUn second point.',
    ]);
  });

  test('that never close end with the last sentence before the next', () => {
    const [open, closed] = findQuotations('« Nous allons grandir vite. Elle sourit « et embaucher ».');
    expect(open?.closed).toBe(false);
    expect(closed?.closed).toBe(true);
  });

  test('that never close end with their paragraph', () => {
    expect(wordsOf('« Nous allons grandir vite et bien.\nElle se tait.\nPlus rien.')).toEqual([
      'Nous allons grandir vite et bien.',
    ]);
  });

  test('that never close and hold next to nothing are noise', () => {
    expect(wordsOf('Le site « Suivant\nPage 2')).toEqual([]);
  });

  test('give the place of the marks and of the words', () => {
    const text = 'Il dit « oui ».';
    expect(findQuotations(text)).toEqual([{ start: 7, end: 14, innerStart: 9, innerEnd: 12, closed: true }]);
  });

  test('too far apart are cut at a sentence end', () => {
    const [quotation] = findQuotations(`« ${'Nous y sommes. '.repeat(600)}»`);
    expect(quotation?.closed).toBe(false);
    expect(quotation!.innerEnd - quotation!.innerStart).toBeLessThanOrEqual(MAX_QUOTATION_LENGTH);
  });

  test.each(['«', '»', '"', '“', '”', "'", '‘', '’', '\n', '« ', '» «', '\ud83d'])(
    'in a flood of %j end, in order and apart',
    (mark) => {
      let last = 0;
      for (const { start, end, innerStart, innerEnd } of findQuotations(mark.repeat(50_000))) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(innerStart).toBeLessThan(innerEnd);
        last = end;
      }
    },
  );
});
