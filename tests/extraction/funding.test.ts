import { describe, expect, test } from 'vitest';
import type { ActorKind } from '#actor/actor.ts';
import { findFunding } from '#extraction/funding.ts';
import { foundActors } from '../support/found-actors.ts';

const CAST: Readonly<Record<ActorKind, readonly string[]>> = {
  COMPANY: ['Velma', 'Tardis', 'Orpin', 'Groupe Nadal', 'Lutin'],
  INVESTOR: ['Alder Ventures', 'Brume Capital', 'Caisse Ouest', 'Dune Partners'],
  GOVERNMENT: ['France 2030', 'Région Bretagne', 'Agence du calcul'],
  LAB: ['Institut Borel'],
  ORGANIZATION: ['Fondation Mirov'],
  PERSON: ['Anna Delorme', 'Marc Villeret'],
};
const NAMED = Object.entries(CAST).flatMap(([kind, names]) =>
  names.map((name) => ({ name, kind: kind as ActorKind })),
);

/** The facts of an article, each as "recipient|amount currency|kind|status|investors, a leader with a star". */
function factsOf(text: string, title: string, cast = NAMED): string[] {
  const found = foundActors(cast, { title, text });
  const nameOf = (ref: number): string => found.actors.find((a) => a.ref === ref)?.name ?? '?';
  return findFunding({ title, text, publishedAt: new Date('2025-06-01') }, found).map((fact) => {
    const investors = fact.investors.map(({ actor, lead }) => nameOf(actor) + (lead ? '*' : ''));
    const recipient = fact.recipient === null ? 'null' : nameOf(fact.recipient);
    const { amount, currency } = fact.money;
    return [recipient, `${amount} ${currency}`, fact.kind, fact.status, investors.sort().join(', ')].join(
      '|',
    );
  });
}

/** What the case shows; title; text; facts. */
const CASES: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'who was paid is spoken of still, after the names of its clients',
    'Des capteurs pour l’industrie',
    'Velma a levé 8 millions d’euros. Parmi ses clients figurent Tardis et Orpin. L’entreprise avait déjà levé 2 millions d’euros en 2022.',
    ['Velma|8000000 EUR|ROUND|CLOSED|', 'Velma|2000000 EUR|ROUND|CLOSED|'],
  ],
  [
    'a programme that contributes to the project of a company pays the company',
    'Velma agrandit son usine',
    'Velma agrandit son usine avec l’aide de la Région Bretagne. France 2030 y contribue à hauteur de 6 millions d’euros, au titre de l’appel à projets « Première usine ».',
    ['Velma|6000000 EUR|GRANT|CLOSED|France 2030'],
  ],
  [
    'an aside on where a company comes from names no recipient',
    'Velma surveille les ponts',
    'Velma surveille les ponts. Issue des travaux de l’Institut Borel, la société a levé 2 millions d’euros.',
    ['Velma|2000000 EUR|ROUND|CLOSED|'],
  ],
  [
    'a pronoun does not stand for the place where its company was born',
    'Velma surveille les ponts',
    'Velma surveille les ponts. Née en 2020 à l’Institut Borel, elle a levé 2 millions d’euros.',
    ['Velma|2000000 EUR|ROUND|CLOSED|'],
  ],
  [
    'a part of a company is bought, not the company',
    'Velma grandit',
    'Velma a racheté la branche conseil de Tardis pour 12 millions d’euros.',
    ['null|12000000 EUR|ACQUISITION|CLOSED|Velma'],
  ],
  [
    'a programme pays its laureates',
    'Velma grandit',
    'Velma figure parmi les lauréats de France 2030. Elle touchera 3 millions d’euros.',
    ['Velma|3000000 EUR|GRANT|PLANNED|France 2030'],
  ],
  [
    'the company the headline is about receives what no sentence gives to anyone',
    'Velma voit grand',
    "L'opération, d'un montant de 12 millions d'euros, est menée par Alder Ventures.",
    ['Velma|12000000 EUR|ROUND|CLOSED|Alder Ventures*'],
  ],
  [
    'a subject behind its verb is an investor',
    'Velma lève 9 millions d’euros',
    'Velma lève 9 millions d’euros. Ont également participé Brume Capital, Groupe Nadal et Dune Partners.',
    ['Velma|9000000 EUR|ROUND|CLOSED|Brume Capital, Dune Partners, Groupe Nadal'],
  ],
  [
    'a list behind a colon is read though other words stand between',
    'Velma lève 9 millions d’euros',
    'Velma lève 9 millions d’euros. Au capital, que du beau linge : Alder Ventures, Orpin et Brume Capital.',
    ['Velma|9000000 EUR|ROUND|CLOSED|Alder Ventures, Brume Capital, Orpin'],
  ],
  [
    'who heads a house leads no round',
    'Dune Partners boucle un fonds de 50 millions',
    'Dune Partners a bouclé un fonds de 50 millions d’euros. La société de gestion, pilotée par Anna Delorme, recrute.',
    ['Dune Partners|50000000 EUR|ROUND|CLOSED|'],
  ],
  [
    'who only reports a deal is no investor',
    'Velma lève 9 millions d’euros',
    'Velma a levé 9 millions d’euros, a indiqué Brume Capital.',
    ['Velma|9000000 EUR|ROUND|CLOSED|'],
  ],
  [
    'several funds that pay in make a round',
    'Velma accélère',
    'Velma fabrique des capteurs. En mars, nouvelle étape : 24 millions de dollars apportés par Alder Ventures et Brume Capital.',
    ['Velma|24000000 USD|ROUND|CLOSED|Alder Ventures, Brume Capital'],
  ],
  [
    'the loan has its lenders and the round its funds',
    'Velma lève 20 millions d’euros',
    'Velma lève 20 millions d’euros, dont 14 millions en capital et 6 millions de dette. Le tour est mené par Alder Ventures. La dette a été souscrite auprès de Caisse Ouest.',
    [
      'Velma|20000000 EUR|ROUND|CLOSED|Alder Ventures*',
      'Velma|14000000 EUR|ROUND|CLOSED|',
      'Velma|6000000 EUR|DEBT|CLOSED|Caisse Ouest',
    ],
  ],
  [
    'a rival that had to be content with less is no investor',
    'Velma lève 90 millions d’euros',
    'Velma lève 90 millions d’euros. Son concurrent Tardis a dû se contenter de 25 millions en janvier.',
    ['Velma|90000000 EUR|ROUND|CLOSED|', 'Tardis|25000000 EUR|ROUND|CLOSED|'],
  ],
  [
    'a total over many companies is no fact',
    'La semaine des levées',
    'Cette semaine, neuf start-up françaises ont levé 214 millions d’euros. Les jeunes pousses ont récolté 640 millions d’euros en mai.',
    [],
  ],
  [
    'each section of a round-up is about its heading',
    'Les levées de la semaine',
    '1/ Velma - 38 M€ (série B)\nLa société s’appuie sur Alder Ventures.\n2/ Tardis - 22 M€\nElle fait entrer Brume Capital au capital. Le tour comprend 7 millions d’euros de dette bancaire.',
    [
      'Velma|38000000 EUR|SERIES_B|CLOSED|Alder Ventures',
      'Tardis|22000000 EUR|ROUND|CLOSED|Brume Capital',
      'Tardis|7000000 EUR|DEBT|CLOSED|',
    ],
  ],
  [
    'the other one’s capital is entered by who pays',
    'Velma s’allie à Groupe Nadal',
    'Velma a signé un accord avec Groupe Nadal. L’américain entre à son capital à hauteur de 8 %, en apportant 24 millions d’euros.',
    ['Velma|24000000 EUR|INVESTMENT|CLOSED|Groupe Nadal'],
  ],
  [
    '"lui" is whom the sentence before is about, also where the noun governs',
    'Institut Borel agrandi',
    'Institut Borel ouvre une antenne. Région Bretagne lui accorde en complément une subvention de 1,5 million d’euros.',
    ['Institut Borel|1500000 EUR|GRANT|CLOSED|Région Bretagne'],
  ],
  [
    'a verb keeps its preposition across an aside',
    'Institut Borel agrandi',
    'Institut Borel bénéficie quant à lui de 7 millions d’euros de France 2030.',
    ['Institut Borel|7000000 EUR|GRANT|CLOSED|France 2030'],
  ],
  [
    'money paid for what has been built is not the builder’s',
    'Le calcul public',
    'La machine est en service. L’opération a coûté 40 millions d’euros, financés par France 2030.',
    ['null|40000000 EUR|PUBLIC_PLAN|PLANNED|France 2030'],
  ],
  [
    'a programme described by who runs it is a plan',
    'Le quantique en course',
    'Velma concourt au programme Prisme, piloté par Agence du calcul et doté de 500 millions d’euros.',
    ['null|500000000 EUR|PUBLIC_PLAN|PLANNED|Agence du calcul'],
  ],
  [
    'an opening participle may describe a plan',
    'Les pôles retenus',
    'Doté de 360 millions d’euros, le programme doit former des chercheurs.',
    ['null|360000000 EUR|PUBLIC_PLAN|PLANNED|'],
  ],
  [
    'a purchase that still has to be completed is planned, also when the next sentence says so',
    'Groupe Nadal rachète Velma',
    'Groupe Nadal a annoncé l’acquisition de Velma pour 30 millions d’euros. L’opération devrait être finalisée en septembre.',
    ['Velma|30000000 EUR|ACQUISITION|PLANNED|Groupe Nadal'],
  ],
  [
    'what a purchase lifts the turnover to is no funding',
    'Groupe Nadal rachète Velma',
    'L’opération portera à plus de 2 milliards d’euros le chiffre d’affaires de Groupe Nadal.',
    [],
  ],
  [
    'the target that a closing passed is not another fund',
    'Dune Partners referme son fonds',
    'Dune Partners annonce le closing final de son fonds, à 140 millions d’euros, au-delà de son objectif initial de 120 millions.',
    ['Dune Partners|140000000 EUR|ROUND|CLOSED|'],
  ],
  [
    'the total that a round brings its company to has no investors of its own',
    'Velma annonce une série C',
    'Velma annonce une série C de 75 millions de dollars, portant le montant total levé à 140 millions de dollars. Le tour a été mené par Alder Ventures.',
    ['Velma|75000000 USD|SERIES_C|CLOSED|Alder Ventures*', 'Velma|140000000 USD|ROUND|CLOSED|'],
  ],
  [
    'milestones and royalties are no funding',
    'Velma signe',
    'Velma pourra toucher jusqu’à 60 millions d’euros de paiements d’étape.',
    [],
  ],
  [
    '"n’exclut pas de lever" denies nothing',
    'Velma voit grand',
    'Velma n’exclut pas de lever 4 ou 5 millions d’euros au printemps.',
    ['Velma|5000000 EUR|ROUND|PLANNED|'],
  ],
];

describe('an article', () => {
  test.each(CASES)('%s', (_, title, text, facts) => {
    expect(factsOf(text, title)).toEqual(facts);
  });
});

describe('a sum of several rounds', () => {
  /** Its sums, a star behind those of several rounds. */
  const sumsOf = (text: string, title = ''): string => {
    const found = foundActors(NAMED, { title, text });
    const facts = findFunding({ title, text, publishedAt: null }, found);
    return facts
      .map(({ money, cumulative }) => `${Number(money.amount) / 1e6}${cumulative ? '*' : ''}`)
      .join(' ');
  };

  test.each([
    ['Velma lève 20 millions d’euros. L’opération porte à 60 millions d’euros le total levé.', '20 60*'],
    ['Velma a levé 20 millions d’euros, portant à 60 M€ le total des fonds levés.', '20 60*'],
    ['Velma a levé 20 millions d’euros, ce qui porte ses levées de fonds à 60 millions d’euros.', '20 60*'],
    ['Velma lève 20 millions d’euros, soit 60 millions d’euros levés depuis sa création.', '20 60*'],
    ['Velma recrute. Depuis sa création, la société a levé 60 millions d’euros.', '60*'],
    ['Velma a levé 60 millions d’euros depuis 2019.', '60*'],
    ['Velma a levé à ce jour 60 millions d’euros.', '60*'],
    ['Velma avait levé 60 millions d’euros au total.', '60*'],
    ['En six ans, Velma aura levé 60 millions d’euros.', '60*'],
    ['Velma totalise 60 millions d’euros de fonds levés.', '60*'],
    [
      'Velma a levé 60 millions d’euros depuis 2019, dont 50 millions lors d’un tour mené par Alder Ventures.',
      '60* 50',
    ],
  ])('is told from a round by its words: %s', (text, sums) => {
    expect(sumsOf(text)).toBe(sums);
  });

  test.each([
    ['Velma a levé 30 millions d’euros.', '30'],
    ['Velma lève au total 30 millions d’euros auprès de Brume Capital.', '30'],
    ['Velma a levé 30 millions d’euros au total, dont 10 millions d’euros de dette.', '30 10'],
    ['Velma lève 10 millions d’euros, ce qui porte le total de sa série B à 50 millions d’euros.', '10 50'],
    ['Installée à Brest depuis 2019, Velma réussit son tour de table : 30 millions d’euros.', '30'],
    ['Velma pourrait lever 30 millions d’euros au total.', '30'],
  ])('is not seen in one round: %s', (text, sums) => {
    expect(sumsOf(text)).toBe(sums);
  });

  test('is one round where the headline says so', () => {
    expect(sumsOf('Velma a levé 30 millions d’euros au total.', 'Velma lève 30 millions d’euros')).toBe('30');
  });
});

test('a name inside a sum is no actor', () => {
  const cast = [...NAMED, { name: '2M', kind: 'COMPANY' as const }];
  expect(factsOf('Velma boucle un tour de 3,2M€.', 'Velma boucle 3,2M€', cast)).toEqual([
    'Velma|3200000 EUR|ROUND|CLOSED|',
  ]);
});

test('a candidate taken for a fund that raises for itself is read as a company', () => {
  const cast = [...NAMED, { name: 'Photine', kind: 'INVESTOR' as const }];
  const text =
    'La start-up vient de réaliser sa première levée, de 5 millions d’euros, auprès de Brume Capital.';
  expect(factsOf(text, 'Née au Institut Borel, Photine décolle', cast)).toEqual([
    'Photine|5000000 EUR|ROUND|CLOSED|Brume Capital',
  ]);
});
