import { describe, expect, test } from 'vitest';
import { claimFingerprint } from '#claim/fingerprint.ts';

const SPOKEN = "Nous n'ouvrirons pas le code de l'outil avant 2027, et personne ne nous fera changer d'avis";

describe('the fingerprint of a claim', () => {
  test.each([
    ['typographic apostrophes', SPOKEN.replaceAll("'", '’')],
    ['capitals and lost accents', SPOKEN.toUpperCase().normalize('NFD').replace(/\p{M}/gu, '')],
    ['other spaces and a full stop', `  ${SPOKEN.replaceAll(' ', '\u00a0')}.`],
    ['a leading "que"', `que ${SPOKEN}`],
    [
      'an incise with a pronoun',
      "Nous n'ouvrirons pas le code de l'outil avant 2027, prévient-elle, et personne ne nous fera changer d'avis",
    ],
    [
      'an incise with a name',
      "Nous n'ouvrirons pas le code de l'outil avant 2027, a prévenu Inès Talbot, et personne ne nous fera changer d'avis",
    ],
    ['a cut after the first sixteen words', SPOKEN.replace(" changer d'avis", '')],
  ])('is the same with %s', (_, variant) => {
    expect(claimFingerprint(variant)).toBe(claimFingerprint(SPOKEN));
  });

  test('is the same when the incise carries an apposition', () => {
    expect(
      claimFingerprint(
        "Le plus dur commence, lâche Inès Talbot, directrice de l'usine. Il faudra tenir dix ans.",
      ),
    ).toBe(claimFingerprint('Le plus dur commence. Il faudra tenir dix ans.'));
  });

  test('is the same however a number is spaced', () => {
    expect(claimFingerprint('Il nous faut 10 000 machines')).toBe(
      claimFingerprint('Il nous faut 10000 machines'),
    );
  });

  test.each([
    ['another word', SPOKEN.replace('code', 'coffre')],
    ['another order', 'personne ne nous fera changer d’avis'],
    ['a negation', SPOKEN.replace("n'ouvrirons pas", 'ouvrirons')],
  ])('differs with %s', (_, variant) => {
    expect(claimFingerprint(variant)).not.toBe(claimFingerprint(SPOKEN));
  });

  test.each(['', ' ', '«»', '\ud800', ', dit-il', 'a'.repeat(200_000)])(
    'exists for the odd text %#',
    (quote) => {
      expect(claimFingerprint(quote)).toMatch(/^[\w-]{22}$/);
    },
  );
});
