/**
 * Words that tell whether an article is about this field, folded; a plural counts as its singular.
 */
import { WordSet } from '#text/word-set.ts';

function set(text: string): ReadonlySet<string> {
  return new WordSet(text.split(/\s+/).filter((word) => word !== ''));
}

/** What hardly any article of another field says. */
export const STRONG_TOPIC_WORDS = set(
  `llm gpt chatgpt artificielle openai start-up startup algorithme licorne capital-risque chatbot cybersecurite deeptech medtech
  fintech gpu supercalculateur robotaxi deepfake hypertrucage datacenter data-center`,
);

/** What articles of this field say. */
export const TOPIC_WORDS = set(
  `artificiel intelligence generative numerique technologie technologique tech logiciel donnee data cloud quantique robot robotique
  pepite investisseur puce semi-conducteur transistor informatique informaticien biotech innovation levee amorcage valorisation
  modele ordinateur calcul serveur incubateur accelerateur entrepreneur chercheur chercheuse laboratoire recherche scientifique
  plateforme internet web digital automatisation cofondateur cofondatrice co-fondateur co-fondatrice fondateur fondatrice pdg
  exosquelette souverainete ingenieur ingenieure assistant utilisateur prompt requete automatise automatiser entraine entrainer
  entrainement apprentissage mathematiques mathematicien these doctorant codeur developpeur capteur drone satellite nucleaire
  biotechnologie capital-investissement angels valorise machine application editeur hebergeur physicien physicienne biologiste
  taxi vocal moteur telecom operateur usine industriel electronique autonome video camera truque truquee trucage videosurveillance
  biometrique tiktok facebook instagram youtube ecran piratage smartphone`,
);

/** What articles on business and politics say; half of them are about this field. */
export const BUSINESS_WORDS = set(
  `entreprise societe groupe client marche communique directeur directrice presidente dirigeant salarie embauche recrutement contrat
  million milliard euro dollar ministere ministre senatrice senateur depute gouvernement syndicat concurrent partenaire partenariat
  projet service secteur filiale actionnaire banque action bourse investissement financement industrie emploi administration
  reglement loi rapport regulateur autorite commission`,
);

/** What articles on the weather, letters, music, ships, sports and the table say. */
export const OTHER_TOPIC_WORDS = set(
  `vent rafale meteo pluie neige orage tempete anticyclone depression houle vigilance temperature soleil nuage averse tramontane
  bourrasque poete poeme poesie vers roman ecrivain romancier litterature litteraire provencal felibrige occitan dictionnaire
  academicien conte chanson album disque chanteur chanteuse chante refrain melodie couplet concert musique musicien piano guitare
  tube orchestre navire bateau fregate porte-helicopteres marine equipage coque quai amiral marin escale helicoptere flotte batiment
  amphibie croiseur sous-marin paquebot voilier regate joueur match championnat coupe stade ligue buteur recette farine sucre bonbon
  confiserie sachet gateau vin vendange restaurant tableau peintre toile sculpture ballet opera victoire defaite penalite entraineur
  rugby football ballon tournoi vestiaire gardien arbitre attaquant defenseur medaille marathon peloton`,
);
