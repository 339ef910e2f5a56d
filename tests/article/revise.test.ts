import { expect, test } from 'vitest';
import { contentHash } from '#article/identity.ts';
import { type ArticleVersion, decideRevision } from '#article/revise.ts';

const TEXT =
  'La jeune pousse lyonnaise Lumen annonce un tour de table de quarante millions d’euros. Sa présidente, Odile Marchand, promet de doubler les effectifs avant la fin de l’année. Les fonds iront au calcul et à la recherche. Le tour est mené par un fonds de la place, avec la banque publique. Un premier produit est attendu au printemps prochain.';

function version(change: Partial<Omit<ArticleVersion, 'contentHash'>> = {}): ArticleVersion {
  const article = { url: 'https://ex.fr/lumen', title: 'Lumen lève 40 millions', text: TEXT, ...change };
  return { ...article, contentHash: contentHash(article.title, article.text) };
}

test('what was never seen is new', () => {
  expect(decideRevision(null, version())).toEqual({ outcome: 'NEW' });
});

test.each([
  ['the same again', version()],
  [
    'other quotation marks and spaces',
    version({ text: TEXT.replaceAll('’', "'").replaceAll(' ', '\u00a0') }),
  ],
  ['another address for the same words', version({ url: 'https://ex.fr/2026/lumen' })],
  ['a teaser in place of the text', version({ text: TEXT.slice(0, 120) })],
])('%s changes nothing', (_what, incoming) => {
  expect(decideRevision(version(), incoming)).toEqual({ outcome: 'UNCHANGED' });
});

test.each([
  ['an amount corrected', version({ text: TEXT.replace('quarante', 'quarante-cinq') }), ['text'], false],
  [
    'a paragraph added',
    version({ text: `${TEXT}\nMise à jour : le ministre salue l’opération.` }),
    ['text'],
    false,
  ],
  ['a new title', version({ title: 'Lumen boucle un tour de 40 millions' }), ['title'], false],
  [
    'title and text',
    version({ title: 'Lumen lève 45 millions', text: TEXT.replace('quarante', 'quarante-cinq') }),
    ['title', 'text'],
    false,
  ],
  [
    'a new title over a teaser',
    version({ title: 'Lumen boucle son tour', text: TEXT.slice(0, 120) }),
    ['title'],
    true,
  ],
  ['the whole text after a teaser', version({ text: `${TEXT} ${TEXT.toUpperCase()}` }), ['text'], false],
])('%s is a revision', (_what, incoming, changed, keepText) => {
  expect(decideRevision(version(), incoming)).toEqual({ outcome: 'REVISED', changed, keepText });
});

test('a short text that says something else is no teaser', () => {
  const retracted = version({
    text: 'Cet article a été retiré après la plainte d’un concurrent devant le tribunal.',
  });
  expect(decideRevision(version(), retracted)).toMatchObject({
    outcome: 'REVISED',
    changed: ['text'],
    keepText: false,
  });
});

test('a summary in words of its own does not take the place of a whole text, which anything else may', () => {
  const gist = 'Trois ans après ses débuts, l’entreprise de Lyon passe à la vitesse supérieure.';
  expect(decideRevision(version(), { ...version({ text: gist }), isGist: true })).toEqual({
    outcome: 'UNCHANGED',
  });
  expect(
    decideRevision(version(), { ...version({ title: 'Lumen lève 45 millions', text: gist }), isGist: true }),
  ).toEqual({ outcome: 'REVISED', changed: ['title'], keepText: true });
  expect(
    decideRevision(version({ text: `${gist} Ou presque.` }), { ...version({ text: gist }), isGist: true }),
  ).toMatchObject({ outcome: 'REVISED', changed: ['text'], keepText: false });
});

test('a guid used again for the next letter in the same frame is a new article', () => {
  const letter = (news: string) =>
    `Bienvenue dans la lettre du calcul, votre rendez-vous du vendredi sur les machines. ${news} Bonne lecture, et à vendredi prochain.`;
  const stored = version({
    title: 'Lettre 88 : une panne',
    text: letter('Une cellule électrique a privé les élèves de leur assistant préféré mardi matin.'),
  });
  const next = version({
    url: 'https://ex.fr/lettre-89',
    title: 'Lettre 89 : les gigafabriques',
    text: letter('La Commission promet quatre gigafabriques, dont une pourrait échoir à la Moselle.'),
  });
  expect(decideRevision(stored, next)).toEqual({ outcome: 'NEW' });
});

test('a guid used again for another article is a new article', () => {
  const other = version({
    url: 'https://ex.fr/puces',
    title: 'Les puces de demain',
    text: 'Un laboratoire grenoblois dévoile des composants qui calculent avec la lumière, fruit de dix années passées en salle blanche.',
  });
  expect(decideRevision(version(), other)).toEqual({ outcome: 'NEW' });
});

test('the same address is the same article, whatever it says now', () => {
  const rewritten = version({
    title: 'Les puces de demain',
    text: 'Un laboratoire grenoblois dévoile des composants.',
  });
  expect(decideRevision(version(), rewritten)).toMatchObject({
    outcome: 'REVISED',
    changed: ['title', 'text'],
  });
});
