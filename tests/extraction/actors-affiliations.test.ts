import { expect, test } from 'vitest';
import { createActorFinder } from '#extraction/actors.ts';

const find = createActorFinder(
  [
    ['mistral-ai', 'Mistral AI', 'COMPANY'],
    ['google', 'Google', 'COMPANY'],
    ['owkin', 'Owkin', 'COMPANY'],
    ['cma-cgm', 'CMA CGM', 'COMPANY'],
    ['inria', 'Inria', 'LAB'],
    ['lightspeed', 'Lightspeed', 'INVESTOR'],
    ['bpifrance', 'Bpifrance', 'GOVERNMENT'],
  ].map(([slug, name, kind]) => ({
    slug: slug!,
    name: name!,
    kind: kind as 'COMPANY',
    aliases: [],
    affiliations: [],
    context: [],
    wikidata: null,
  })),
);

/** "person | role | organisation", with a star for a tie that is over. */
function ties(text: string): string[] {
  const { actors, affiliations } = find({ title: 'Intelligence artificielle', text, publishedAt: null });
  return affiliations.map(
    ({ person, role, organization, former }) =>
      `${actors[person]!.name} | ${role} | ${actors[organization]!.name}${former ? ' *' : ''}`,
  );
}

test.each([
  ['Arthur Mensch, cofondateur de Mistral AI, sourit.', ['Arthur Mensch | cofondateur | Mistral AI']],
  [
    'Arthur Mensch, cofondateur et directeur général de Mistral AI, sourit.',
    ['Arthur Mensch | cofondateur et directeur général | Mistral AI'],
  ],
  ['Le PDG de Mistral AI, Arthur Mensch, sourit.', ['Arthur Mensch | PDG | Mistral AI']],
  ['Il a vu l’ancien patron de Google Eric Schmidt.', ['Eric Schmidt | patron | Google *']],
  [
    'Julie Martin, ex-directrice de la recherche de Google, arrive.',
    ['Julie Martin | ex-directrice de la recherche | Google *'],
  ],
  ['Antoine Moyroud, associé chez Lightspeed, approuve.', ['Antoine Moyroud | associé | Lightspeed']],
  ['Rodolphe Saadé, patron du groupe maritime CMA CGM, paie.', ['Rodolphe Saadé | patron | CMA CGM']],
  [
    'Owkin a été cofondée en 2016 par Thomas Clozel, clinicien, et Gilles Wainrib, docteur en IA.',
    ['Thomas Clozel | cofondateur | Owkin', 'Gilles Wainrib | cofondateur | Owkin'],
  ],
  [
    'Bpifrance investira, a déclaré son directeur général, Nicolas Dufourcq.',
    ['Nicolas Dufourcq | directeur général | Bpifrance'],
  ],
  [
    'Mistral AI recrute. « Oui », dit Arthur Mensch, le cofondateur de la start-up.',
    ['Arthur Mensch | cofondateur | Mistral AI'],
  ],
  [
    'Gaël Varoquaux, chercheur à l’Inria et cofondateur de Owkin, répond.',
    ['Gaël Varoquaux | chercheur | Inria', 'Gaël Varoquaux | cofondateur | Owkin'],
  ],
  ['Nicolas Dufourcq dirige Bpifrance.', ['Nicolas Dufourcq | dirigeant | Bpifrance']],
  ['Arthur Mensch a quitté Google. Mistral AI recrute.', []],
  ['Arthur Mensch et Google signent.', []],
  ['Claire Dumont, sœur de Paul Dumont, travaille pour Google.', []],
])('%s', (text, expected) => {
  expect(ties(text)).toEqual(expected);
});

test('a tie’s span holds the words that state it', () => {
  const text = 'Hier, Arthur Mensch, cofondateur de Mistral AI, souriait.';
  const { affiliations } = find({ title: 'IA', text, publishedAt: null });
  const [{ field, start, end } = { field: 'TITLE', start: 0, end: 0 }] = affiliations;
  expect(field).toBe('TEXT');
  expect(text.slice(start, end)).toBe('Arthur Mensch, cofondateur de Mistral AI');
});
