/**
 * Words around a name that tell what it names, folded.
 */
import { WordSet } from '#text/word-set.ts';

function set(text: string): ReadonlySet<string> {
  return new WordSet(text.split(/\s+/).filter((word) => word !== ''));
}

/** Adjectives that may stand between a head noun and a name, beside the nationalities. */
export const LOOSE_ADJECTIVES = set(
  `nouveau nouvel nouvelle jeune jeunes petit petite grand grande grands grandes celebre discret discrete prometteur prometteuse
  specialisee specialise fameux fameuse tres mondial mondiale public publique prive privee souverain souveraine industriel
  industrielle technologique numerique maritime pharmaceutique aeronautique automobile bancaire energetique medical medicale
  informatique quantique spatial spatiale tech ia historique principal principale puissant puissante riche local locale
  familial familiale independant independante mutualiste cotee cote telecoms semi-conducteurs hexagonal tricolore emergente
  emergent rivale rival concurrente concurrent partenaire ancien ancienne futur future propre meme autre autres deux trois`,
);

/** What belongs to an organisation: "la levée *de* X", "les clients *de* X". */
export const BELONGINGS = set(
  `rachat acquisition levee levees tour capital actionnaire actionnaires investisseur investisseurs client clients salarie
  salaries employe employes equipe equipes filiale filiales siege dirigeants anciens ancien anciennes ancienne technologie
  technologies valorisation ingenieurs laboratoire laboratoires bureaux serveurs produits plateforme introduction arrivee
  transfuge transfuges venu venus venue passe passes passee alumni soutien soutiens part parts entree participation
  participations fusion offre offres services solution solutions cloud modele modeles cofondation creation fondation naissance
  lancement succes ascension croissance recrutement recrutements conseil administration tete direction fonds portefeuille
  outils algorithmes chatbot assistant assistants application applications logiciel logiciels partenaire partenaires
  concurrent concurrents concurrente rival rivaux rivale maison-mere maison proprietaire pdg equipe entourage communique
  porte-parole campus usine usines data-center data-centers centre centres machine machines robot robots chiffre resultats
  action actions cours titre dette comptes patron`,
);

/** Participles after which "par X" names whoever paid. */
export const PAID_BY = set(
  `mene menee menes menees emmene emmenee emmenes souscrit souscrite co-mene co-menee codirige codirigee realise realisee
  finance financee finances soutenu soutenue soutenus abonde accompagne accompagnee appuye appuyee apporte apportes signe
  conduit conduite pilote pilotee orchestre orchestree structure garanti`,
);

/** Participles after which "par X" names founders and heads. */
export const FOUNDED_BY = set(
  `fonde fondee fondes cofonde cofondee cofondes co-fonde co-fondee cree creee crees dirige dirigee dirigees preside presidee
  incarne incarnee imagine imaginee lance lancee porte portee signe`,
);

/** Third persons singular, present: their plurals are made from them. */
const VERBS = set(
  `leve levait levera boucle bouclait annonce annonce annoncait lance lancait lancera rachete rachetait rachetera acquiert
  s'offre absorbe emploie employait employe compte comptait revendique revendiquait propose proposait commercialise
  commercialisait developpe developpait edite editait fabrique fabriquait concoit concevait recrute recrutait embauche
  embauchait investit investissait finance financait injecte injectait mise parie verse versera debloque mene menait participe
  participait participent reunit reunissait recolte obtient decroche signe noue s'associe ouvre ouvrait installe deploie
  deployait exploite exploitait gere gerait detient detenait vise visait prevoit prevoyait ambitionne promet equipe equipait
  fournit fournissait heberge livre licencie supprime suspend vaut valait pese pesait affiche affichait publie publiait
  devoile devoilait presente presentait accueille accueillait entend compte souhaite rejoint rejoignait cede vend vendait
  facture entraine entrainait obtiennent reunissent investissent fournissent elargissent concoivent produisent produit tiennent viennent conduisent font veulent peuvent doivent utilise utilisait collabore travaille planche prepare preparait repousse figure figurent
  appartient reclame poursuit attaque mettra va consacrera devient accorde suivent suit`,
);

/** What an organisation does, right after its name; in the plural after several names. */
export const ORGANIZATION_VERBS: ReadonlySet<string> = new Set(
  [...VERBS].flatMap((verb) => {
    if (verb.endsWith('e')) return [verb, `${verb}nt`];
    if (verb.endsWith('ait')) return [verb, `${verb.slice(0, -2)}ient`];
    return [verb];
  }),
);

/** The same after an auxiliary: "X *a levé*", "X *vient de boucler*". */
export const ORGANIZATION_PARTICIPLES = set(
  `leve lever boucle boucler annonce annoncer lance lancer rachete racheter acquis acquerir absorbe recrute recruter embauche
  investi investir finance financer injecte injecter mise miser debloque debloquer mene mener participe participer reuni
  reunir recolte recolter obtenu obtenir decroche decrocher signe signer noue nouer ouvert ouvrir installe deploye deployer
  confirme officialise publie publier devoile devoiler presente presenter licencie rejoint cede vendu vendre developpe
  developper depose saisi condamne fonde creee cree cofondee fondee rachetee valorisee cotee nee depose deposer suspendu
  repousse repousser convaincu convaincre ete equipe conclu conclure enregistre accorde apporte verse consacre`,
);

/** What brings out a product, right before its name. */
export const RELEASING = set(
  `sort sortent sortait devoile devoilent devoilait lance lancent publie publient commercialise commercialisent propose proposent
  teste testent utilise utilisent deploie deploient integre integrent entraine entrainent developper lancer concevoir entrainer commercialiser deployer construire publier
  presenter devoiler baptiser utiliser tester integrer`,
);

/** What takes an organisation for its object: "en reprenant X". */
export const ACQUIRING = set(
  `rachete rachetent rachetait racheter rachetant reprend reprendre reprenant repris acquiert acquerir acquis acquise absorbe absorber
  absorbant avale avaler s'offre offre offrir debauche rejoint rejoindre rejoignant quitte quitter quittant attaque poursuit
  assigne concurrencer concurrence defier defie detient controle finance financer soutient soutenir fonde fonder cofonde cofonder
  dirige preside dirigent president fondent cofondent rachetent financent soutiennent`,
);

/** What one gives, sells or lends to somebody: "la vente à X". */
export const GIVING = set(
  `vend vendu vendue vendre vente cede cedee ceder cession confie confiee confier fournit fournir livre livrer loue louer louaient
  prete preter accorde accorder promis promet donne donner apporte apporter verse verser octroie attribue attribuer propose
  associe associer allie allier appartient rattache rattachee reproche reclame demande impose face`,
);

/** Who is named after these has nothing of an actor's: a name that is given, or a title. */
export const NAMED = set(
  `appelle nomme baptise baptisee baptises appele appelee nomme nommee denomme denommee surnomme surnommee intitule intitulee`,
);

/** What a sentence says when the names that it lists are investors. */
export const INVESTING_WORDS = set(
  `investisseur investisseurs tour leve levee levees fonds actionnaire actionnaires capital angels serie amorcage souscrit
  participe participent participation investissent investi menee mene menes co-menee accompagnent accompagne suivent suit
  historiques soutiens soutenue finance financement pot table reinvestissent renouvellent contribue souscripteurs`,
);
