/**
 * Verbs by which the French press gives someone's words, and the forms they come in.
 *
 * What a verb may be followed by decides what it can introduce:
 * - `INFINITIVE` a quotation, "que" and a clause, or an infinitive ("assure vouloir")
 * - `CLAUSE` a quotation, or "que" and a clause
 * - `QUOTE` a quotation only ("sourit", "abonde")
 * - `LOOSE` a quotation that stands right beside it ("évoque « … »", "« … », ouvre X")
 */

import { conjugate, type Tense } from '#text/conjugation.ts';
import { WordMap } from '#text/word-set.ts';

export type Takes = 'INFINITIVE' | 'CLAUSE' | 'QUOTE' | 'LOOSE';

export interface ReportingForm {
  readonly lemma: string;
  readonly takes: Takes;
  readonly tenses: ReadonlySet<Tense>;
}

const INFINITIVE = `affirmer annoncer assurer avouer certifier concéder confesser confier confirmer considérer croire déclarer
démentir dire estimer garantir indiquer jurer nier prétendre promettre préciser reconnaître regretter revendiquer soutenir
admettre expliquer raconter`;

const CLAUSE = `apprendre engager attendre montrer trouver gager établir sentir vérifier ajouter alerter alléguer analyser anticiper argumenter arguer asséner assener attester avancer avertir clamer
commenter compléter conclure confirmer constater convenir craindre déduire défendre déplorer diagnostiquer détailler écrire
énoncer espérer évoquer exiger hasarder imaginer insinuer insister juger marteler mentionner
noter nuancer objecter observer opposer parier penser plaider pointer poursuivre préconiser prédire prévenir prévoir
proclamer professer pronostiquer prophétiser proposer protester réaffirmer rappeler rapporter rassurer recommander redire
redouter réitérer relater relever remarquer renchérir répéter répliquer répondre reprocher résumer rétorquer révéler
riposter réclamer demander supposer signaler signifier souhaiter souligner soupçonner spécifier spéculer statuer stipuler
suggérer témoigner trancher tweeter murmurer souffler notifier claironner démontrer réjouir féliciter inquiéter plaindre
indigner étonner alarmer désoler vanter désespérer douter contester narrer communiquer informer apprécier évaluer supputer
motiver justifier cacher dissimuler exclure ignorer crier ironiser théoriser vaticiner objecter sous-entendre présager augurer calculer lâcher glisser`;

const QUOTE = `parler abonder acquiescer agacer amuser applaudir approuver attaquer badiner bafouiller balayer balbutier blaguer
bougonner bredouiller brocarder cingler chuchoter condamner conseiller continuer contre-attaquer cracher critiquer décocher
décoder déclamer décrypter décrire dédramatiser défendre dégainer dénoncer déchiffrer développer dévoiler disséquer éclairer
écrier embrayer emporter émerveiller émouvoir enchaîner encourager enflammer enjoindre énerver enthousiasmer énumérer esclaffer
étayer étrangler étriller exclamer excuser exhorter exaspérer expliciter fanfaronner fulminer fustiger gémir glousser grincer
griffonner grommeler gronder grogner haranguer hurler illustrer impatienter insurger interpeller interroger invectiver
jubiler lamenter maugréer marmonner méditer menacer minimiser minorer moquer négocier objurguer offusquer ordonner oser
persifler pester philosopher plaisanter pleurer pontifier positiver pouffer prévaloir prôner questionner railler rager
raisonner rebondir récapituler récriminer récuser réfléchir réfuter regimber relancer relativiser remémorer remercier
reprendre rugir saluer scander schématiser siffler souvenir sourire rire soupirer supplier surenchérir susurrer synthétiser
tacler taquiner tancer targuer tempérer tempêter temporiser tonner tranquilliser trépigner triompher vilipender vitupérer
vociférer caricaturer ressasser sermonner prêcher maintenir rejeter rectifier corriger éluder esquiver lister
complimenter louer pavoiser pérorer deviser divaguer broder ergoter tergiverser promouvoir confirmer réagir`;

const LOOSE = `lancer exposer achever accuser acter adresser afficher appeler assumer attribuer commencer comparer conseiller consigner
convaincre débuter décider définir demeurer dépeindre désigner dessiner écarter employer entamer envisager finir formuler
fixer imputer inviter invoquer juger lire louer miser nommer ouvrir placer poser poster présenter prôner promouvoir publier
qualifier réclamer reconnaître refuser revenir rêver risquer signer songer soulever sentir tenter terminer titrer traiter
transmettre utiliser vendre viser voir vouloir défendre`;

/** Verbs by which the speaker says that something is not so. */
const DENIALS: ReadonlySet<string> = new Set('contester démentir nier récuser réfuter rejeter'.split(' '));

/** Verbs of opinion: denied themselves ("ne croit pas que"), they deny what follows. */
const OPINIONS: ReadonlySet<string> = new Set('croire considérer estimer imaginer juger penser'.split(' '));

/** Verbs whose infinitive comes with "de" and is what they say ("recommande de suspendre"). */
const ADVISING: ReadonlySet<string> = new Set(
  'recommander préconiser suggérer conseiller déconseiller'.split(' '),
);

/** Reflexive verbs that say what one did ("se défend d'avoir menti"). */
const CLAIMING: ReadonlySet<string> = new Set(
  'défendre vanter féliciter targuer réjouir plaindre excuser étonner désoler engager'.split(' '),
);

/** Verbs that are none of speech unless reflexive ("s'attend à ce que"), or when they are ("se montre"). */
const REFLEXIVE_ONLY: ReadonlySet<string> = new Set(['engager']);
const NEVER_REFLEXIVE: ReadonlySet<string> = new Set(['montrer', 'trouver']);

/** Verbs that say something only when denied: "ne cache pas que", "n'exclut pas que". */
const TACIT: ReadonlySet<string> = new Set('cacher dissimuler exclure ignorer'.split(' '));

/** "fait savoir que", "laisse entendre que", "met en garde": a carrier verb and what follows it. */
export const CARRIERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['faire', ['savoir', 'valoir', 'remarquer', 'observer', 'comprendre', 'noter', 'part']],
  ['croire', ['savoir']],
  ['vouloir', ['croire']],
  ['laisser', ['entendre', 'savoir', 'comprendre']],
  ['mettre', ['en']],
  ['tenir', ['à']],
]);

function indexForms(): ReadonlyMap<string, ReportingForm> {
  const forms = new Map<string, { lemma: string; takes: Takes; tenses: Set<Tense> }>();
  const groups: readonly (readonly [Takes, string])[] = [
    ['INFINITIVE', INFINITIVE],
    ['CLAUSE', CLAUSE],
    ['QUOTE', QUOTE],
    ['LOOSE', LOOSE],
  ];
  for (const [takes, lemmas] of groups) {
    for (const lemma of lemmas.split(/\s+/)) {
      for (const { form, tense } of conjugate(lemma)) {
        const known = forms.get(form);
        if (!known) forms.set(form, { lemma, takes, tenses: new Set([tense]) });
        else if (known.lemma === lemma) known.tenses.add(tense);
      }
    }
  }
  return forms;
}

const FORMS = new WordMap(indexForms());

function indexCarriers(): ReadonlyMap<string, ReportingForm> {
  const forms = new Map<string, { lemma: string; takes: Takes; tenses: Set<Tense> }>();
  for (const lemma of CARRIERS.keys()) {
    for (const { form, tense } of conjugate(lemma)) {
      const known = forms.get(form);
      if (known) known.tenses.add(tense);
      else forms.set(form, { lemma, takes: 'CLAUSE', tenses: new Set([tense]) });
    }
  }
  return forms;
}

const CARRIER_FORMS = new WordMap(indexCarriers());

/** All forms of reporting and carrier verbs. */
export function* speechForms(): Iterable<string> {
  yield* FORMS.keys();
  yield* CARRIER_FORMS.keys();
}

/** The reporting verb that a lower-case word is a form of, or null. Accents count: "juge" is one, "jugé" its participle. */
export function findReportingForm(word: string): ReportingForm | null {
  return FORMS.get(word) ?? null;
}

/** Finite forms of the verbs that take a quotation wherever it stands. */
export function* reportingForms(): Iterable<string> {
  for (const [form, { takes, tenses }] of FORMS)
    if (takes !== 'LOOSE' && (tenses.has('PRESENT') || tenses.has('IMPERFECT'))) yield form;
}

/** The carrier verb ("fait" of "fait savoir") that a lower-case word is a form of, or null. */
export function findCarrierForm(word: string): ReportingForm | null {
  return CARRIER_FORMS.get(word) ?? null;
}

/** Whether the verb itself denies what it introduces ("dément que", "nie avoir"). */
export function isDenial(lemma: string): boolean {
  return DENIALS.has(lemma);
}

/** Verbs of speech only before "que": "trouve que", not "a trouvé : …". */
const BEFORE_QUE: ReadonlySet<string> = new Set(
  'attendre trouver montrer apprendre établir sentir gager'.split(' '),
);

/** Whether the verb reports nothing without "que". */
export function needsQue(lemma: string): boolean {
  return BEFORE_QUE.has(lemma);
}

/** Whether "de" and an infinitive after the verb are what it says. */
export function advises(lemma: string): boolean {
  return ADVISING.has(lemma);
}

/** Whether "d'avoir" after the reflexive verb is what it says. */
export function claimsForSelf(lemma: string): boolean {
  return CLAIMING.has(lemma);
}

/** Whether the verb reports in the voice it is in: "apprend-on" does, "il apprend" does not. */
export function isSpeechVoice(lemma: string, reflexive: boolean, pronoun: string | null): boolean {
  if (lemma === 'apprendre') return pronoun === 'on';
  return reflexive ? !NEVER_REFLEXIVE.has(lemma) : !REFLEXIVE_ONLY.has(lemma);
}

/** Whether the verb says something only when it is denied ("ne cache pas que"). */
export function isTacit(lemma: string): boolean {
  return TACIT.has(lemma);
}

/** Whether the verb is one of opinion, so that "ne … pas" before it denies what follows. */
export function isOpinion(lemma: string): boolean {
  return OPINIONS.has(lemma);
}
