import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRegister } from '#actor/register.ts';
import { createActorFinder } from '#extraction/actors.ts';

const find = createActorFinder(
  parseRegister(readFileSync(new URL('../../src/actor/register.csv', import.meta.url), 'utf8')),
);

function slugsIn(text: string, title = ''): (string | null)[] {
  return find({ title, text, publishedAt: null }).actors.map(({ slug }) => slug);
}

describe('an ambiguous name is its actor where the words around say so', () => {
  test.each([
    ['Mistral a levé 105 millions d’euros auprès d’investisseurs américains.', 'mistral-ai'],
    ['La jeune pousse Mistral recrute des chercheurs.', 'mistral-ai'],
    ['Guillaume Lample, passé par Meta, a rejoint Mistral.', 'mistral-ai'],
    ['Un assistant à la Mistral, fondé sur un modèle ouvert.', 'mistral-ai'],
    ['Trois des cinq fondateurs de H quittent la start-up.', 'h-company'],
    ['L’assureur Alan revoit ses tarifs.', 'alan'],
    ['L’opérateur Orange signe avec Thales.', 'orange'],
    ['Macron cite Iliad, Orange et Capgemini.', 'orange'],
    ['Stanislas Polu a quitté OpenAI pour fonder Dust.', 'dust'],
    ['La licorne Pigment, logiciel de planification, recrute.', 'pigment'],
    ['General Catalyst, Conviction et Sofina remettent au pot.', 'conviction'],
    ['L’État investit 500 millions d’euros dans l’intelligence artificielle.', 'etat-francais'],
    ['Le gouvernement a annoncé un plan pour l’intelligence artificielle.', 'gouvernement-francais'],
    ['Les premiers soutiens d’Instagram financent la start-up.', 'instagram'],
    ['L’équipementier Safran rachète Preligens.', 'safran'],
  ])('%s', (text, slug) => {
    expect(slugsIn(text, 'Intelligence artificielle')).toContain(slug);
  });
});

describe('an ambiguous name is not its actor elsewhere', () => {
  test.each([
    ['Le mistral souffle à 130 km/h dans la vallée du Rhône.', 'mistral-ai'],
    ['Mistral et tramontane secouent la côte : le vent atteint 110 km/h.', 'mistral-ai'],
    ['Frédéric Mistral reçut le prix Nobel de littérature.', 'mistral-ai'],
    ['La Russie renonce aux navires de classe Mistral.', 'mistral-ai'],
    ['Le Mistral gagnant se vendait dans les confiseries.', 'mistral-ai'],
    ['Elle publie son essai aux éditions L’Harmattan.', 'harmattan-ai'],
    ['L’harmattan, vent du Sahara, irrite les yeux.', 'harmattan-ai'],
    ['À Salon, Marignane, Orange et Carpentras, des records tombent.', 'orange'],
    ['Une vigilance orange est levée.', 'orange'],
    ['Le test d’Alan Turing a inspiré les chercheurs en intelligence artificielle.', 'alan'],
    ['Le rendez-vous est fixé à 18 H précises.', 'h-company'],
    ['L’État lance un AMI, un appel à manifestation d’intérêt, pour les start-up.', 'ami-labs'],
    ['Le secrétaire d’État au Numérique reçoit les start-up.', 'etat-francais'],
    ['Le gouvernement britannique taxe les start-up.', 'gouvernement-francais'],
    ['Selon nos confrères de l’AFP, les start-up souffrent.', 'afp'],
    ['La vidéo de la start-up circule sur Instagram.', 'instagram'],
  ])('%s', (text, slug) => {
    expect(slugsIn(text)).not.toContain(slug);
  });
});

test('the same word may be the actor in one sentence and not in the next', () => {
  const text =
    'Mistral AI s’installe à Marseille. Quand le mistral souffle, les serveurs de Mistral tournent au frais.';
  const { actors, mentions } = find({ title: '', text, publishedAt: null });
  const company = actors.find(({ slug }) => slug === 'mistral-ai')!;
  expect(mentions.filter(({ actor }) => actor === company.ref).map(({ surface }) => surface)).toEqual([
    'Mistral AI',
    'Mistral',
  ]);
});

test('an ambiguous spelling counts with less confidence than a plain one', () => {
  const text = 'La start-up Dust recrute. OpenAI aussi.';
  const { actors } = find({ title: '', text, publishedAt: null });
  const confidence = (slug: string) => actors.find((actor) => actor.slug === slug)!.confidence;
  expect(confidence('dust')).toBeLessThan(confidence('openai'));
});
