/**
 * Forms of French verbs, folded (no accents), as the funding cues need them: enough to tell what has happened from what is
 * planned or rumoured.
 */

/**
 * `NOW` lève, lèvent; `DONE` a levé, levée, leva, levait; `INF` lever; `GER` levant; `FUT` lèvera; `COND` lèverait.
 * "levé" without its accent is read as `NOW`, which counts as done for money raised.
 */
export type Tense = 'NOW' | 'DONE' | 'INF' | 'GER' | 'FUT' | 'COND';

export interface VerbForm {
  readonly folded: string;
  readonly tense: Tense;
  /** True for a past participle, which may also stand as an adjective. */
  readonly participle: boolean;
}

const ENDINGS_ER: Readonly<Record<Tense, string>> = {
  NOW: 'e es ent ons ez',
  DONE: 'a erent ait aient ee ees',
  INF: 'er',
  GER: 'ant',
  FUT: 'era eront erons',
  COND: 'erait eraient',
};
const ENDINGS_IR: Readonly<Record<Tense, string>> = {
  NOW: 'it issent issons issez',
  DONE: 'i is ie ies irent issait issaient',
  INF: 'ir',
  GER: 'issant',
  FUT: 'ira iront irons',
  COND: 'irait iraient',
};

/** Irregular verbs: present; past and participles; gerund; future stem. */
const IRREGULAR: Readonly<Record<string, readonly [string, string, string, string]>> = {
  obtenir: [
    'obtient obtiennent obtenons',
    'obtenu obtenue obtenus obtenues obtint obtenait obtenaient',
    'obtenant',
    'obtiend',
  ],
  detenir: [
    'detient detiennent',
    'detenu detenue detenus detenues detenait detenaient',
    'detenant',
    'detiend',
  ],
  soutenir: [
    'soutient soutiennent',
    'soutenu soutenue soutenus soutenues soutenait',
    'soutenant',
    'soutiend',
  ],
  recevoir: [
    'recoit recoivent recevons',
    'recu recue recus recues recut recevait recevaient',
    'recevant',
    'recev',
  ],
  percevoir: ['percoit percoivent', 'percu percue percus percues percevait', 'percevant', 'percev'],
  mettre: ['met mettent', 'mis mise mises mit mettait mettaient', 'mettant', 'mett'],
  remettre: ['remet remettent', 'remis remise remises remit remettait', 'remettant', 'remett'],
  promettre: [
    'promet promettent',
    'promis promise promises promettait promettaient',
    'promettant',
    'promett',
  ],
  souscrire: ['souscrit souscrivent', 'souscrite souscrits souscrites souscrivait', 'souscrivant', 'souscri'],
  acquerir: ['acquiert acquierent', 'acquis acquise acquises acquit', 'acquerant', 'acquer'],
  reprendre: ['reprend reprennent', 'repris reprise reprises reprit reprenait', 'reprenant', 'reprend'],
  prendre: ['prend prennent', 'pris prise prises prit prenait', 'prenant', 'prend'],
  vendre: ['vend vendent', 'vendu vendue vendus vendues vendait', 'vendant', 'vend'],
  perdre: ['perd perdent', 'perdu perdue perdus perdues perdait', 'perdant', 'perd'],
  valoir: ['vaut valent', 'valu valut valurent valait valaient', 'valant', 'vaud'],
  offrir: ['offre offrent', 'offert offerte offerts offertes offrait offrit', 'offrant', 'offri'],
  recueillir: [
    'recueille recueillent',
    'recueilli recueillie recueillis recueillies recueillait',
    'recueillant',
    'recueille',
  ],
  accueillir: [
    'accueille accueillent',
    'accueilli accueillie accueillis accueillies accueillait',
    'accueillant',
    'accueille',
  ],
  clore: ['clot closent', 'clos close closes', 'closant', 'clo'],
  conclure: ['conclut concluent', 'conclu conclue conclus conclues', 'concluant', 'conclu'],
  conduire: ['conduit conduisent', 'conduite conduits conduites conduisait', 'conduisant', 'condui'],
  reduire: ['reduit reduisent', 'reduite reduits reduites', 'reduisant', 'redui'],
  suivre: ['suit suivent', 'suivi suivie suivis suivies suivait', 'suivant', 'suiv'],
  seduire: ['seduit seduisent', 'seduite seduits seduites seduisait', 'seduisant', 'sedui'],
  produire: ['produit produisent', 'produite produits produites', 'produisant', 'produi'],
  entrer: ['entre entrent', 'entra entrait entree entrees', 'entrant', 'entre'],
  prevoir: ['prevoit prevoient', 'prevu prevue prevus prevues prevoyait prevoyaient', 'prevoyant', 'prevoi'],
  vouloir: ['veut veulent voulons', 'voulu voulait voulaient', 'voulant', 'voud'],
  pouvoir: ['peut peuvent', 'pu pouvait pouvaient', 'pouvant', 'pour'],
  devoir: ['doit doivent devons', 'du devait devaient', 'devant', 'dev'],
  aller: ['va vont allons', 'alle allee allait allaient', 'allant', 'i'],
  entendre: ['entend entendent', 'entendu entendait', 'entendant', 'entend'],
  tendre: ['tend tendent', 'tendu', 'tendant', 'tend'],
  attendre: ['attend attendent', 'attendu attendue attendus attendues attendait', 'attendant', 'attend'],
  accroitre: ['accroit accroissent', 'accru accrue', 'accroissant', 'accroit'],
  voir: ['voit voient', 'vu vue vus vues vit voyait', 'voyant', 'ver'],
  vivre: ['vit vivent', 'vecu', 'vivant', 'viv'],
  inscrire: ['inscrit inscrivent', 'inscrite inscrits inscrites', 'inscrivant', 'inscri'],
  devenir: ['devient deviennent', 'devenu devenue devenait', 'devenant', 'deviend'],
  etre: ['est sont', 'ete etait etaient', 'etant', 'se'],
  avoir: ['a ont', 'eu avait avaient', 'ayant', 'au'],
  faire: ['fait font', 'faite faits faites faisait', 'faisant', 'fe'],
  transmettre: ['transmet transmettent', 'transmis transmise', 'transmettant', 'transmett'],
  convaincre: ['convainc convainquent', 'convaincu convaincue convaincus', 'convainquant', 'convainc'],
};

/** The folded forms of a verb given by its folded infinitive. */
export function conjugate(infinitive: string): VerbForm[] {
  const irregular = IRREGULAR[infinitive];
  if (irregular) return irregularForms(infinitive, irregular);
  const stem = infinitive.slice(0, -2);
  const endings = infinitive.endsWith('ir') ? ENDINGS_IR : ENDINGS_ER;
  const forms: VerbForm[] = [];
  for (const [tense, list] of Object.entries(endings) as [Tense, string][]) {
    for (const ending of list.split(' ')) {
      forms.push({ folded: stem + ending, tense, participle: /^(?:ee|ees|i|is|ie|ies)$/.test(ending) });
    }
  }
  if (infinitive.endsWith('ger')) {
    for (const ending of ['a', 'ait', 'aient'])
      forms.push({ folded: `${stem}e${ending}`, tense: 'DONE', participle: false });
    forms.push({ folded: `${stem}eant`, tense: 'GER', participle: false });
  }
  if (infinitive.endsWith('yer')) {
    const root = stem.slice(0, -1);
    for (const [ending, tense] of [
      ['ie', 'NOW'],
      ['ient', 'NOW'],
      ['iera', 'FUT'],
      ['ieront', 'FUT'],
      ['ierait', 'COND'],
    ] as const) {
      forms.push({ folded: root + ending, tense, participle: false });
    }
  }
  return forms;
}

function irregularForms(
  infinitive: string,
  [now, done, gerund, future]: readonly [string, string, string, string],
): VerbForm[] {
  const form = (folded: string, tense: Tense): VerbForm => ({
    folded,
    tense,
    participle: tense === 'DONE' && !/(?:ait|aient|[^u]t)$/.test(folded),
  });
  return [
    ...now.split(' ').map((f) => form(f, 'NOW')),
    ...done.split(' ').map((f) => form(f, 'DONE')),
    form(infinitive, 'INF'),
    form(gerund, 'GER'),
    ...['ra', 'ront', 'rons'].map((e) => form(future + e, 'FUT')),
    ...['rait', 'raient'].map((e) => form(future + e, 'COND')),
  ];
}
