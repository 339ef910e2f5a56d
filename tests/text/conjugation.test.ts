import { describe, expect, test } from 'vitest';
import { conjugate, isConditional } from '#text/conjugation.ts';

describe('conjugation', () => {
  test.each([
    [
      'affirmer',
      ['affirme', 'affirment', 'affirmait', 'affirma', 'affirmera', 'affirmerait', 'affirmé', 'affirmant'],
    ],
    ['juger', ['juge', 'jugeait', 'jugea', 'jugeant']],
    ['annoncer', ['annonce', 'annonçait', 'annonça', 'annonçant']],
    ['espérer', ['espère', 'espèrent', 'espérait', 'espérera', 'espéré']],
    ['rappeler', ['rappelle', 'rappellent', 'rappelait', 'rappellera']],
    ['marteler', ['martèle', 'martelait', 'martèlera']],
    ['appuyer', ['appuie', 'appuyait', 'appuiera']],
    ['balayer', ['balaie', 'balaye', 'balayait']],
    ['dire', ['dit', 'disent', 'disait', 'dirent', 'dira', 'disant']],
    ['écrire', ['écrit', 'écrivent', 'écrivait', 'écrivit']],
    ['sourire', ['sourit', 'sourient', 'souriait', 'souri']],
    ['répondre', ['répond', 'répondent', 'répondit', 'répondu']],
    ['craindre', ['craint', 'craignent', 'craignait', 'craindra']],
    ['soutenir', ['soutient', 'soutiennent', 'soutint', 'soutiendra', 'soutenu']],
    ['promettre', ['promet', 'promettent', 'promit', 'promis']],
    ['reconnaître', ['reconnaît', 'reconnaissent', 'reconnut', 'reconnu']],
    ['poursuivre', ['poursuit', 'poursuivent', 'poursuivi']],
    ['avertir', ['avertit', 'avertissent', 'averti']],
    ['démentir', ['dément', 'démentent', 'démenti']],
  ])('%s has the forms of its family', (lemma, forms) => {
    expect(conjugate(lemma).map(({ form }) => form)).toEqual(expect.arrayContaining(forms));
  });

  test('a form tells its tense', () => {
    const tenses = conjugate('expliquer').filter(({ form }) => form === 'explique' || form === 'expliqué');
    expect(tenses.map(({ tense }) => tense)).toEqual(['PRESENT', 'PARTICIPLE']);
  });

  test.each(
    'aurait serait auraient pourrait devrait permettrait coûterait espérerait vaudrait dirait finirait prendrait viendrait découvrirait mettrait lèverait vivrait suivrait recevrait investirait'.split(
      ' ',
    ),
  )('"%s" is a conditional', (word) => {
    expect(isConditional(word)).toBe(true);
  });

  test.each(
    'montrait entrait espérait tirait livrait ouvrait couvrait attirait offrait opérait serrait rencontrait considérait encadrait préparait démarrait durait mesurait désirait inspirait trait portrait extrait vrai'.split(
      ' ',
    ),
  )('"%s" is none', (word) => {
    expect(isConditional(word)).toBe(false);
  });
});
