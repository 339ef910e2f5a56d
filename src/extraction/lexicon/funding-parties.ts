/** Words that stand for, introduce or disqualify the parties to a deal. Folded: lower case, no accents. */
import { WordSet } from '#text/word-set.ts';

const set = (words: string): ReadonlySet<string> => new WordSet(words.split(' '));

/** Nouns for a company or laboratory already named ("la start-up", "le laboratoire"). Two-word ones by their first word. */
export const ORGANISATION_NOUNS = set(
  'startup start spin jeune entreprise societe compagnie pepite licorne scale scaleup editeur groupe laboratoire labo fondation institut ' +
    'specialiste createur concurrent concurrente rival rivale plateforme firme champion championne leader assureur consortium cluster initiative centre ' +
    'biotech fintech medtech healthtech deeptech insurtech legaltech edtech proptech greentech foodtech cleantech agritech spacetech fleuron inventeur acteur structure equipe entite ' +
    'fabricant constructeur operateur hebergeur geant projet association partenariat organisation organisme pme eti ovni nouvelle ' +
    'etablissement universite ecole hopital marque enseigne marketplace application neobanque mutuelle industriel industrielle producteur distributeur fournisseur prestataire developpeur concepteur pionnier pionniere trublion studio cabinet equipementier exploitant',
);

/** Nouns for a fund already named. */
export const FUND_NOUNS = set('fonds vehicule investisseur gestionnaire banque');

/** Nouns for many companies at once, none of them named; those after "la", "le" or "l'" as they are. */
export const CROWD_NOUNS = set(
  'startups start entreprises societes pousses pepites licornes fintechs biotechs medtechs acteurs laboratoires pme scaleups concurrents rivaux geants editeurs industriels',
);
export const CROWD_NAMES = set('ecosysteme secteur french filiere industrie tech');

/** Countries and blocs that pay as states. */
export const COUNTRIES = set(
  'allemagne italie espagne belgique suede norvege finlande danemark pologne royaume chine inde japon coree canada israel maroc suisse autriche grece portugal hollande irlande bresil russie turquie ukraine europe',
);

/** States that invest abroad as funds do. */
export const SOVEREIGNS = set('emirats arabie qatar koweit singapour');

export const PRONOUNS = set('elle il elles ils celle celui ceux celles cette ce');

/** Nouns for a state or its bodies, that fund without being named as an actor. */
export const PUBLIC_NOUNS = set(
  'etat gouvernement armee executif bercy matignon elysee region departement metropole eurometropole agglomeration commune ville mairie municipalite collectivite collectivites union bruxelles ministere pouvoirs ministre president presidente commissaire',
);

/** Prepositions: what follows one is not the subject. "a" is listed as `à` by the caller. */
export const PREPOSITIONS = set(
  'de d du des par avec chez au aux dans pour sur selon contre comme sans vers entre depuis apres avant aupres via face malgre hors sous pres devant derriere parmi dont outre grace',
);

/** Prepositions that lead to the one who receives. */
export const TOWARDS = set('dans au aux chez sur pour envers');

/** Nouns for what a person is in an organisation: "associé chez Lightspeed" names Lightspeed only to say who speaks. */
export const ROLES = set(
  'concurrent concurrente rival rivale associe associee partner partners cofondateur cofondatrice fondateur fondatrice fondateurs cofondateurs pdg ceo directeur directrice dg president presidente ' +
    'patron patronne responsable dirigeant dirigeante ancien ancienne ex chef cheffe membre gerant gerante scientifique chercheur chercheuse cto cfo coo analyste ' +
    'principal vice administrateur administratrice createur creatrice proprietaire milliardaire homme actionnaire filiale filiales fonds bras vehicule branche maison ministre porte',
);

/** Verbs, folded infinitives, of those who put money into a round; their subject is an investor. */
export const JOINING_VERBS =
  'investir participer souscrire suivre signer contribuer rejoindre accompagner completer mener emmener diriger piloter conduire orchestrer coduire codiriger comener ' +
  'soutenir remettre apporter injecter mettre financer abonder entrer monter arriver figurer etre compter ajouter renforcer reinvestir miser parier prendre chapeauter porter repondre';

/** Phrases before a list of investors. `true`: those who lead. */
export const INVESTOR_PHRASES: ReadonlyArray<readonly [string, boolean]> = [
  ...(
    'porte par|portee par|mene par|menee par|menes par|menees par|emmene par|emmenee par|pilote par|pilotee par|dirige par|dirigee par|conduit par|conduite par|orchestre par|orchestree par|' +
    'co mene par|co menee par|comene par|comenee par|codirige par|codirigee par|co dirige par|co dirigee par|chapeaute par|chapeautee par|sous la houlette de|sous la houlette d|' +
    'sous la conduite de|sous la direction de|a sa tete|a la manoeuvre|chef de file|chefs de file|lead|leader|investisseur principal|tire par|tiree par|sous l egide de|sous l egide d|en tete de pont|en tete'
  )
    .split('|')
    .map((phrase) => [phrase, true] as const),
  ...(
    'fait entrer|font entrer|complete par|completee par|abonde par|abondee par|venus de|venu de|venus d|venu d|issus de|en provenance de|en provenance d|arrivee de|arrivee d|arrivee du|entree de|entree d|aupres de|aupres d|aupres du|aupres des|avec la participation de|avec la participation d|avec la participation du|avec le soutien de|avec le soutien d|avec le soutien du|' +
    'avec l appui de|avec l appui d|avec le concours de|avec le concours d|avec l aide de|avec l aide d|aux cotes de|aux cotes d|aux cotes du|accompagne de|accompagnee de|accompagne par|accompagnee par|accompagnes de|accompagnes par|' +
    'soutenu par|soutenue par|finance par|financee par|financee notamment par|rejoint par|rejoints par|rejointe par|rejointes par|suivi par|suivie par|suivis par|suivi de|suivis de|suivie de|souscrit par|souscrite par|' +
    'apporte par|apportes par|apportee par|verse par|verses par|investis par|investi par|injectes par|de la part de|de la part d|de la part du|avec a bord|realise par|realisee par|signe par|signee par|' +
    'parmi les investisseurs|parmi ses investisseurs|parmi les actionnaires|parmi ses actionnaires|parmi les soutiens|parmi ses soutiens|parmi les participants|parmi ses souscripteurs|parmi les souscripteurs|' +
    'investisseurs historiques|actionnaires historiques|investisseur historique|actionnaire historique|investisseurs existants|nouveaux investisseurs|nouveaux entrants|nouveaux actionnaires|investisseurs|actionnaires|souscripteurs|' +
    'business angels|premiers soutiens|tour de table|au capital|bailleurs|mecenes|premier contributeur|premiers contributeurs|contributeurs|donateurs|cotes de|grace a|apport de|don de|dons de|aupres notamment|' +
    'participation de|participation d|participation du|avec notamment|en compagnie de|en compagnie d|ainsi que de|entre autres|sans oublier|sans compter|banques|on retrouve|on y retrouve|on trouve'
  )
    .split('|')
    .map((phrase) => [phrase, false] as const),
];
