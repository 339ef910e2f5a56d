import { describe, expect, test } from 'vitest';
import type { ActorKind } from '#actor/actor.ts';
import { createActorFinder } from '#extraction/actors.ts';

const find = createActorFinder([]);

/** Candidates of an article on the subject, "KIND name", in reading order. */
function candidates(text: string, title = 'Intelligence artificielle'): string[] {
  return find({ title, text, publishedAt: null }).actors.map(({ kind, name }) => `${kind} ${name}`);
}

describe('somebody or something that no register holds is found, with a kind', () => {
  test.each<[ActorKind, string, string]>([
    ['COMPANY', 'Kelvora', 'La start-up Kelvora recrute.'],
    ['COMPANY', 'Kelvora', 'La start-up française Kelvora recrute.'],
    ['COMPANY', 'Kelvora', 'Une jeune pousse baptisée Kelvora recrute.'],
    ['COMPANY', 'Kelvora', 'Kelvora, une jeune pousse nantaise, recrute.'],
    ['COMPANY', 'Kelvora', 'Le suédois Kelvora recrute.'],
    ['COMPANY', 'Kelvora', 'Le PDG de Kelvora démissionne.'],
    ['COMPANY', 'Kelvora', 'Il travaille chez Kelvora depuis un an.'],
    ['COMPANY', 'Kelvora', 'Le rachat de Kelvora surprend.'],
    ['COMPANY', 'Trivane Robotics', 'On parle de Trivane Robotics partout.'],
    ['COMPANY', 'Hexal AB', 'Le suédois Hexal AB et deux autres.'],
    ['INVESTOR', 'Borelis', 'Le fonds Borelis mène le tour.'],
    ['INVESTOR', 'Borelis', 'Borelis, un fonds berlinois, mène le tour.'],
    ['INVESTOR', 'Tellis Capital', 'On y retrouve Tellis Capital.'],
    ['INVESTOR', 'Borelis', 'Une levée menée par Borelis.'],
    ['LAB', 'Institut Max Born', 'Un professeur de l’Institut Max Born signe.'],
    ['LAB', 'Université de Trifouillis', 'Il enseigne à l’université de Trifouillis.'],
    ['GOVERNMENT', 'Ministère du Travail', 'Le ministère du Travail tranchera.'],
    [
      'GOVERNMENT',
      'Ministère de l’Économie et des Finances',
      'Le ministère de l’Économie et des Finances dit non.',
    ],
    ['ORGANIZATION', 'Plumes', 'Le collectif Plumes proteste.'],
    ['ORGANIZATION', 'Privacy Watch', 'L’association Privacy Watch a porté plainte.'],
    ['COMPANY', 'Neevo', 'Le groupe a mis la main sur Neevo.'],
    ['COMPANY', 'Neevo', 'En reprenant Neevo, le groupe s’agrandit.'],
    ['COMPANY', 'Neevo', 'La vente d’une partie de ses activités à Neevo surprend.'],
    ['COMPANY', 'Neevo', 'Neevo, qui avait englouti des millions, ferme.'],
    ['COMPANY', 'Ovrane', 'Clotilde Navarre, du Ovrane, en doute.'],
    ['COMPANY', 'Instacarte', 'Fidji Simo (Instacarte) en est.'],
    ['COMPANY', 'Sodiane', 'Le fabricant de cellules sodium-ion Sodiane recrute.'],
    ['COMPANY', 'Optivia', 'Optivia grandit. Première cotation réussie pour Optivia.'],
    ['COMPANY', 'Tavira', 'Tavira clôture un tour de table de 5 millions d’euros.'],
    ['COMPANY', 'Velours', 'Velours (Rennes, textile) : 4 M€ auprès de ses actionnaires.'],
    ['INVESTOR', 'Larkine Seed', 'La maison referme son deuxième véhicule, Larkine Seed, à 60 millions.'],
    ['ORGANIZATION', 'Fondation Hugot', 'Il remercie la Fondation Hugot.'],
    ['PERSON', 'Claire Dumont', 'On y croise Claire Dumont.'],
    ['PERSON', 'Serge Maître', 'On y croise Serge Maître.'],
    ['PERSON', 'Mouad M’Ghari', 'On y croise Mouad M’Ghari.'],
    ['PERSON', 'Eric Schmidt', 'L’ancien patron de Zorane Eric Schmidt signe.'],
    ['PERSON', 'Daan Wierstra', 'Daan Wierstra, cofondateur de la société, s’en va.'],
    ['PERSON', 'Zbynek Orlova', 'Le PDG, Zbynek Orlova, s’en va.'],
    ['PERSON', 'Zbynek Orlova', 'Zbynek Orlova, chercheur, s’en va.'],
    ['PERSON', 'Jean-Yves Courtois', '« Non », expliquait Jean-Yves Courtois.'],
    ['PERSON', 'Martin de Gourcuff', 'Selon Martin de Gourcuff, tout va bien.'],
  ])('%s %s in: %s', (kind, name, text) => {
    expect(candidates(text)).toContain(`${kind} ${name}`);
  });
});

describe('what is no actor is left out', () => {
  test.each([
    ['a product', 'Le modèle Zéphyrion répond vite.'],
    ['a known product', 'ChatGPT et Gemini répondent vite.'],
    ['a product with its edition', 'ChatGPT Enterprise répond vite.'],
    ['a place', 'Le centre ouvrira à Cambrai, en France.'],
    ['a place of several words', 'Il vit à San Francisco, aux États-Unis.'],
    ['a town', 'On visite Brieulles-sur-Loy puis, à Brieulles, la salle des fêtes.'],
    ['a town with its department', 'Le centre de Pionsat (Puy-de-Dôme) ferme.'],
    ['a hospital’s town', 'L’hôpital de Valmont l’essaie.'],
    ['what a company brings out', 'Le groupe lance Zorvex.'],
    ['a model’s number', 'Le drone HX-2 décolle.'],
    ['an event', 'On l’a vu à VivaTech et au CES de Las Vegas.'],
    ['a newspaper', 'Selon Le Monde et Les Echos, tout va bien.'],
    ['a law', 'Le RGPD et l’AI Act s’appliquent.'],
    ['a month or a day', 'En Janvier, un Lundi.'],
    ['a nationality', 'Les Français et les Américains hésitent.'],
    ['a sentence’s first word', 'Entraîner un modèle coûte cher. Visiblement, personne ne paie.'],
    ['an acronym of the trade', 'Un LLM tourne sur un GPU, derrière une API.'],
    ['a century', 'Un acte du XVIIe siècle, dans le 17e arrondissement, à 14h35.'],
    ['a figure of the past', 'Écrire comme Victor Hugo ou calculer comme Blaise Pascal.'],
  ])('%s: %s', (_, text) => {
    expect(candidates(text)).toEqual([]);
  });
});

test('a list tells the kind of its unknown members by the known ones', () => {
  expect(
    candidates(
      'Le tour réunit le fonds Borelis, Tellis Capital, Ovrane et Quantix, qui investissent ensemble.',
    ),
  ).toEqual(['INVESTOR Borelis', 'INVESTOR Tellis Capital', 'INVESTOR Ovrane', 'INVESTOR Quantix']);
});

test('people in a list are people', () => {
  expect(candidates('Karl Tuyls, Daan Wierstra et Julien Perolat quittent la start-up.')).toEqual([
    'PERSON Karl Tuyls',
    'PERSON Daan Wierstra',
    'PERSON Julien Perolat',
  ]);
});

test('an acronym introduced in brackets stands for the name before it', () => {
  const { actors, mentions } = find({
    title: 'Intelligence artificielle',
    text: 'L’Observatoire des algorithmes publics (ODAP) publie son rapport. L’ODAP alerte.',
    publishedAt: null,
  });
  expect(actors).toHaveLength(1);
  expect(mentions.map(({ surface }) => surface)).toEqual([
    'Observatoire des algorithmes publics',
    'ODAP',
    'ODAP',
  ]);
});

test('a short name stands for the company named in full', () => {
  const { actors, mentions } = find({
    title: 'Intelligence artificielle',
    text: 'La société Trivane AI recrute. Chez Trivane, on s’en félicite.',
    publishedAt: null,
  });
  expect(actors.map(({ name }) => name)).toEqual(['Trivane AI']);
  expect(mentions.map(({ surface }) => surface)).toEqual(['Trivane AI', 'Trivane']);
});

test('a candidate has no slug and less confidence than a member of the register can have', () => {
  const { actors } = find({ title: '', text: 'La start-up Kelvora recrute chez Google.', publishedAt: null });
  expect(actors.length).toBeGreaterThan(0);
  for (const { slug, confidence } of actors) {
    expect(slug).toBeNull();
    expect(confidence).toBeGreaterThan(0.4);
    expect(confidence).toBeLessThan(0.9);
  }
});

test('an article on another subject names nobody of the field, public figures included', () => {
  const known = createActorFinder([
    {
      slug: 'emmanuel-macron',
      name: 'Emmanuel Macron',
      kind: 'PERSON',
      aliases: [],
      affiliations: [],
      context: [],
      wikidata: null,
    },
  ]);
  const sentence =
    'Le vent a couché les arbres du parc et les bateaux sont restés au port toute la journée. ';
  const text = `${sentence.repeat(6)}Emmanuel Macron, en vacances, a renoncé à sa promenade avec Jean Dupuis.`;
  expect(known({ title: 'Tempête', text, publishedAt: null }).actors).toEqual([]);
  const onTopic = `${text} Il prépare son discours sur l’intelligence artificielle.`;
  expect(
    known({ title: 'Tempête', text: onTopic, publishedAt: null }).actors.map(({ name }) => name),
  ).toEqual(['Emmanuel Macron', 'Jean Dupuis']);
});

test('an article on another subject has no candidates', () => {
  const text =
    'Lara Fabian et Florent Pagny reprennent la chanson. « Elle me bouleverse », confie Lara Fabian.';
  expect(find({ title: 'Une chanson', text, publishedAt: null }).actors).toEqual([]);
});
