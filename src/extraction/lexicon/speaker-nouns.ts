/**
 * Common nouns that stand for a speaker, folded, with the grammatical gender they show: `m`, `f`, or `e` for both.
 */

import { fold } from '#text/fold.ts';
import { WordMap } from '#text/word-set.ts';

export type Gender = 'm' | 'f';

/**
 * What a noun stands for.
 * - `PERSON` one human being ("le chercheur")
 * - `OFFICE` one who speaks for an organisation without a name of their own ("un porte-parole", "la direction")
 * - `ORGANIZATION` ("la start-up", "le groupe")
 * - `DOCUMENT` what an organisation or person wrote ("le communiqué")
 * - `UNNAMED` whom the press does not name ("l'entourage", "une source")
 */
export type NounClass = 'PERSON' | 'OFFICE' | 'ORGANIZATION' | 'DOCUMENT' | 'UNNAMED';

export interface SpeakerNoun {
  readonly class: NounClass;
  readonly gender: Gender | null;
  /** Nouns of one group are said of the same people ("patron", "PDG", "dirigeant"); null when alone. */
  readonly group: string | null;
}

/** Groups of person nouns: masculine and feminine forms, `/` between them; one form alone serves both. */
const PERSON_GROUPS: Readonly<Record<string, string>> = {
  head: 'pdg ceo dg patron/patronne dirigeant/dirigeante president/presidente directeur/directrice chef/cheffe boss numero gerant/gerante dircom president-directeur/presidente-directrice vice-president/vice-presidente cto cfo coo directeur-general/directrice-generale responsable secretaire/secretaire manager capitaine',
  founder:
    'fondateur/fondatrice cofondateur/cofondatrice co-fondateur/co-fondatrice createur/creatrice cocreateur/cocreatrice entrepreneur/entrepreneuse entrepreneure startupeur/startupeuse milliardaire businessman homme/femme industriel/industrielle magnat',
  science:
    'chercheur/chercheuse chercheure professeur/professeure enseignant/enseignante enseignant-chercheur/enseignante-chercheuse scientifique ingenieur/ingenieure informaticien/informaticienne mathematicien/mathematicienne physicien/physicienne savant/savante docteur/doctoresse universitaire polytechnicien/polytechnicienne normalien/normalienne laureat/laureate specialiste expert/experte developpeur/developpeuse technicien/technicienne statisticien/statisticienne linguiste economiste sociologue philosophe historien/historienne politologue juriste',
  politics:
    'ministre depute/deputee senateur/senatrice elu/elue eurodepute/eurodeputee commissaire maire premier/premiere second/seconde secretaire conseiller/conseillere parlementaire rapporteur/rapporteure prefet/prefete ambassadeur/ambassadrice chancelier/chanceliere delegue/deleguee',
  finance:
    'investisseur/investisseuse associe/associee partner banquier/banquiere capital-risqueur analyste gestionnaire financier/financiere',
  law: 'magistrat/magistrate juge procureur/procureure',
  bar: 'avocat/avocate notaire conseil',
  press:
    'journaliste auteur/autrice auteure essayiste ecrivain/ecrivaine chroniqueur/chroniqueuse editorialiste romancier/romanciere blogueur/blogueuse',
  health:
    'medecin chirurgien/chirurgienne radiologue clinicien/clinicienne psychiatre oncologue generaliste infirmier/infirmiere soignant/soignante praticien/praticienne pharmacien/pharmacienne',
  trades:
    'agriculteur/agricultrice planteur/planteuse paysan/paysanne pecheur/pecheuse ouvrier/ouvriere viticulteur/viticultrice eleveur/eleveuse maraicher/maraichere artisan/artisane commercant/commercante restaurateur/restauratrice architecte urbaniste designer pilote instituteur/institutrice proviseur/proviseure principal formateur/formatrice doctorant/doctorante edile policier/policiere capitaine commandant permanent/permanente benevole actionnaire administrateur/administratrice tresorier/tresoriere comptable recruteur/recruteuse animateur/animatrice producteur/productrice realisateur/realisatrice chanteur/chanteuse comedien/comedienne acteur/actrice photographe illustrateur/illustratrice traducteur/traductrice interprete inventeur/inventrice concepteur/conceptrice pionnier/pionniere prodige autodidacte graphiste dessinateur/dessinatrice compositeur/compositrice',
  people:
    'patient/patiente riverain/riveraine habitant/habitante habitue/habituee passant/passante voisin/voisine visiteur/visiteuse usager/usagere lecteur/lectrice pere/mere frere/soeur frangin/frangine mari/epouse compagnon/compagne cousin/cousine oncle/tante ami/amie copain/copine collegue camarade comparse compere adversaire confrere temoin spectateur/spectatrice supporter/supportrice eleve ecolier/ecoliere lyceen/lyceenne retraite/retraitee vieillard patriarche',
  other:
    'consultant/consultante syndicaliste militant/militante artiste musicien/musicienne dirlo ancien/ancienne francais/francaise americain/americaine britannique canadien/canadienne quinquagenaire quadragenaire trentenaire sexagenaire septuagenaire interesse/interessee jeune medaille/medaillee general/generale amiral colonel interlocuteur/interlocutrice etudiant/etudiante fils/fille gamin/gamine garcon/fillette',
};

const OFFICES = `porte-parole/porte-parole equipe- equipes- direction- representant/representante representants/representantes
service services dirigeants/dirigeantes etat-major responsables board communicants avocats presidence- comite administration-
management delegation- tutelle- redaction-`;

const ORGANIZATIONS = `start-up- startup- societe- entreprise- groupe/ pousse- firme- compagnie- laboratoire/ labo/ fonds/
banque- consortium/ association- fondation- institut/ universite- ecole- editeur/ licorne- geant/ constructeur/ fabricant/
operateur/ plateforme- plate-forme- syndicat/ autorite- commission- regulateur/ gendarme/ ministere/ gouvernement/ executif/
cabinet/ agence- organisation- collectif/ maison- filiale- equipementier/ hebergeur/ pepite- spin-off- etablissement/
organisme/ centre/ conglomerat/ mastodonte/ poids/ marque- enseigne- institution- hopital/ studio/ transporteur/ assureur/
mutuelle- incubateur/ accelerateur/ reseau/ parlement/ senat/ assemblee- elysee/ matignon/ mairie- region- federation-
confederation- ong- regie- distributeur/ exploitant/ chocolatier/ brasseur/ avionneur/ motoriste/ siderurgiste/ cimentier/ petrolier/
energeticien/ electricien/ gazier/ bancassureur/ courtier/ diffuseur/ logisticien/ grossiste/ joaillier/ parfumeur/ semencier/
sous-traitant/ prestataire/ integrateur/ fournisseur/ armateur/ croisieriste/ voyagiste/ hotelier/ promoteur/ bailleur/ fonciere-
reassureur/ neobanque- cooperative- leader/ champion/ concurrent/ rival/ trublion/ fleuron/ cybermarchand/ constructeur/
ferronnier/ sous-marinier/ satellitaire/ telecom/ electronicien/ detaillant/ equipementier/ tribunal/ cour- justice- parquet/ police- prefecture- jury/ multinationale- scale-up- scaleup- legaltech- fintech- medtech- biotech- deeptech- jeune-pousse-
duo/ trio/ partenaire/`;

const DOCUMENTS = `communique/ rapport/ etude- page- note- lettre- document/ texte/ tribune- billet/ blog/ post/ message/ tweet/
publication- enquete- sondage/ brochure- presentation- profil/ compte/ courrier/ mail/ courriel/ avis/ decision- manifeste/
ouvrage/ livre/ article/ entretien/ interview- memo/ missive- declaration- discours/ dossier/ slogan/ analyse- barometre/
classement/ bilan/ site/ mots propos termes dires formule- expression- paroles appel/ plaquette- conclusions- chiffres/ donnees- calculs/ estimations- informations- projet/`;

const UNNAMED = `entourage/ source- sources- proche proches temoin temoins observateurs observateur experts specialistes analystes
critiques detracteurs defenseurs partisans opposants syndicats salaries employes salarie employe anonyme investisseurs
chercheurs economistes scientifiques rumeur- rumeurs- bruits professionnels concurrents rivaux cadre utilisateur utilisatrice
internaute internautes utilisateurs clients client cliente gens riverains habitants patients voisins parents visiteurs usagers lecteurs familier connaisseur presse- hebdomadaire/ quotidien/ journal/
magazine/ media/ chaine- radio- revue- medias journaux confrere confreres consoeur`;

function indexNouns(): ReadonlyMap<string, SpeakerNoun> {
  const nouns = new Map<string, SpeakerNoun>();
  const add = (word: string, noun: SpeakerNoun): void => {
    if (word !== '' && !nouns.has(word)) nouns.set(word, noun);
  };
  for (const [group, words] of Object.entries(PERSON_GROUPS)) {
    for (const pair of words.split(/\s+/)) {
      const [masculine, feminine] = pair.split('/');
      const same = feminine === undefined || masculine === feminine;
      add(masculine!, { class: 'PERSON', gender: same ? null : 'm', group });
      if (!same) add(feminine!, { class: 'PERSON', gender: 'f', group });
    }
  }
  const lists: readonly (readonly [NounClass, string])[] = [
    ['OFFICE', OFFICES],
    ['ORGANIZATION', ORGANIZATIONS],
    ['DOCUMENT', DOCUMENTS],
    ['UNNAMED', UNNAMED],
  ];
  for (const [kind, words] of lists) {
    for (const word of words.split(/\s+/)) {
      const gender: Gender | null = word.endsWith('/') ? 'm' : word.endsWith('-') ? 'f' : null;
      add(word.replace(/[/-]$/, '').split('/')[0]!, { class: kind, gender, group: null });
    }
  }
  return nouns;
}

const NOUNS = new WordMap(indexNouns());

/** The speaker noun that a lower-case word is, in the singular or regular plural; null for any other word. */
export function findSpeakerNoun(word: string): SpeakerNoun | null {
  let folded = isPlain(word) ? word : fold(word);
  if (folded.startsWith('ex-')) folded = folded.slice(3);
  const known = NOUNS.get(folded) ?? (folded.endsWith('s') ? NOUNS.get(folded.slice(0, -1)) : undefined);
  if (known) return known;
  if (folded.length < 8) return null;
  // "corapporteur", "codirectrice"
  const partner = folded.startsWith('co') ? NOUNS.get(folded.slice(folded[2] === '-' ? 3 : 2)) : undefined;
  if (partner?.class === 'PERSON') return partner;
  return LEARNED.test(folded) ? SCHOLAR : AGED.test(folded) ? ELDER : null;
}

/** "neurologue", "roboticienne", "géographe": professions too many to list. */
const LEARNED = /(?:[^a]ologue|ologiste|[ao]ticien|[ao]ticienne|ographe|iatre)$/;
const SCHOLAR: SpeakerNoun = { class: 'PERSON', gender: null, group: 'science' };
/** "sexagénaire" */
const AGED = /genaire$/;
const ELDER: SpeakerNoun = { class: 'PERSON', gender: null, group: 'other' };

/** Folding every word of a text is dear; most have nothing to fold. */
function isPlain(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) return false;
  return true;
}
