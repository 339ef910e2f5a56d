import { describe, expect, test } from 'vitest';
import { findQuotations } from '#text/quotation.ts';
import { findSentences } from '#text/sentences.ts';

const split = (text: string): string[] =>
  findSentences(text, findQuotations(text)).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  test.each([
    ['end with a stop and a capital', 'Un. Deux ! Trois ? Quatre…', ['Un.', 'Deux !', 'Trois ?', 'Quatre…']],
    ['end with a line', 'Un\nDeux\n\nTrois', ['Un', 'Deux', 'Trois']],
    [
      'go on after a stop and a small letter',
      'Le site mistral.ai ferme. oui',
      ['Le site mistral.ai ferme. oui'],
    ],
    [
      'go on after titles and initials',
      'M. Dupont et Mme. Elon R. Musk sont là. Ils partent.',
      ['M. Dupont et Mme. Elon R. Musk sont là.', 'Ils partent.'],
    ],
    ['go on after numbers', 'Il vaut 3.5 milliards. Oui.', ['Il vaut 3.5 milliards.', 'Oui.']],
    [
      'end where the space was lost',
      'Une IA générative.Son parcours commence.',
      ['Une IA générative.', 'Son parcours commence.'],
    ],
    [
      'keep a quotation whole',
      'Il dit : « Un. Deux. » et part. Fin.',
      ['Il dit : « Un. Deux. » et part.', 'Fin.'],
    ],
    ['end with a quotation that ends one', '« Un. Deux. » Elle part.', ['« Un. Deux. »', 'Elle part.']],
    [
      'go on after a quotation that ends with a comma',
      '« Un. Deux », dit-elle. Fin.',
      ['« Un. Deux », dit-elle.', 'Fin.'],
    ],
    ['keep closing brackets', 'Il part (enfin.) Elle reste.', ['Il part (enfin.)', 'Elle reste.']],
    ['are none in blanks', ' \n\t\n ', []],
  ])('%s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  test('know their paragraph, and whether they are all of it', () => {
    const text = 'Titre\n\nUn. Deux.\nTrois.';
    expect(findSentences(text, []).map(({ paragraph, alone }) => [paragraph, alone])).toEqual([
      [0, true],
      [1, false],
      [1, false],
      [2, true],
    ]);
  });

  test('without an end are cut, so that none grows without bound', () => {
    for (const { start, end } of findSentences('mot '.repeat(20_000), []))
      expect(end - start).toBeLessThan(4_000);
  });
});
