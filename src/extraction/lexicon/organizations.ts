/**
 * Words inside and around the names of organisations, folded, with the kind they point to.
 */
import type { ActorKind } from '#actor/actor.ts';

type OrganizationKind = Exclude<ActorKind, 'PERSON'>;

function table(rows: Readonly<Record<OrganizationKind, string>>): ReadonlyMap<string, OrganizationKind> {
  const words = new Map<string, OrganizationKind>();
  for (const kind of Object.keys(rows) as OrganizationKind[])
    for (const word of rows[kind].split(/\s+/)) if (word !== '') words.set(word, kind);
  return words;
}

/** Words that, capitalised inside a name, tell its kind: Runa *Capital*, Clearview *AI*, Hexagon *AB*. */
export const INNER_WORDS = table({
  INVESTOR: `capital ventures venture partners invest investissement investissements investment investments investors equity
    fund funds angels vc expeditions growth seed finance asset holding gestion participations`,
  COMPANY: `ai ia technologies technology tech robotics robotic therapeutics therapeutic pharma pharmaceuticals biosciences
    software systems systeme systems solutions group groupe inc corp corporation company ltd llc plc sas sa sasu sarl gmbh ag
    ab nv bv oy spa se co industries energy energies motors semiconductor semiconductors microelectronics photonics quantum
    cloud analytics aerospace aviation airlines telecom telecoms mobile networks media interactive games gaming studios
    entertainment medical diagnostics biotech genomics bio semi electronics consulting conseil services assurances assurance
    security cyber logistics labs studio foods mobility mobilite mobilites reseau reseaux energie sante
    banque bank immobilier habitat transports voyageurs fret business retail press presse editions defense space sport luxury automation dynamics intelligence`,
  LAB: `university universite universitat universita institut institute college ecole school laboratoire laboratory lab
    research polytechnique polytechnic centre center faculty faculte academie academy chu`,
  GOVERNMENT: `ministere ministry department agency commission parlement parliament prefecture secretariat senat
    assemblee gouvernement government direction autorite authority council cour tribunal parquet gendarmerie armee
    departement municipalite metropole`,
  ORGANIZATION: `association foundation fondation syndicat federation confederation alliance consortium union collectif
    comite committee club society forum initiative observatoire observatory hub cluster pole think-tank international ong
    partnership coalition network cercle hopital hospital`,
});

/** Nouns that announce an organisation before its name: "la *start-up* Owkin", "le *fonds* canadien Brookfield". */
export const HEAD_NOUNS = table({
  INVESTOR: `fonds investisseur investisseurs capital-risqueur capital-investisseur family-office holding vehicule
    capital-risque gestionnaire venture`,
  COMPANY: `start-up startup startups start-ups pousse jeune-pousse pepite licorne societe societes entreprise entreprises
    firme groupe groupes geant geants editeur editrice constructeur fabricant fabricants compagnie operateur equipementier
    equipementiers plateforme filiale maison assureur assureurs banque banques mutuelle cabinet agence-web agence fondeur
    fondeurs industriel industriels avionneur distributeur prestataire fournisseur fournisseurs hebergeur specialiste
    concurrent concurrents rival rivale rivaux concurrente leader leaders pionnier pionniere poids-lourd mastodonte
    laboratoire-pharmaceutique biotech medtech fintech deeptech legaltech hrtech greentech foodtech proptech insurtech
    assurtech regtech edtech agritech cleantech spacetech govtech adtech martech healthtech fashiontech scale-up scaleup pme eti esn spin-off enseigne marque
    producteur exploitant energeticien sous-traitant integrateur champion championne fleuron armateur chimiste luxe
    client clients cliente partenaire partenaires actionnaire actionnaires`,
  LAB: `laboratoire laboratoires universite universites institut instituts ecole ecoles labo centre-de-recherche chu hopital
    college faculte academie`,
  GOVERNMENT: `ministere gouvernement regulateur autorite gendarme administration`,
  ORGANIZATION: `association associations ong fondation fondations syndicat syndicats collectif collectifs federation lobby
    think-tank consortium partenariat partenariats organisation organisations alliance coalition comite reseau initiative
    confederation observatoire cercle club incubateur accelerateur`,
});

/**
 * Common nouns that begin a name of several words, with the kind of what they name: "*université* de Technologie de
 * Troyes", "*ministère* des Armées".
 */
export const NAME_HEADS = table({
  INVESTOR: ``,
  COMPANY: ``,
  LAB: `universite institut ecole laboratoire college faculte academie university institute school chaire chu
    iut insa irt ihu ite center centre`,
  GOVERNMENT: `ministere direction agence commission conseil secretariat autorite prefecture delegation inspection cour
    tribunal parquet departement parlement senat office haut-commissariat haute caisse metropole mairie communaute rectorat`,
  ORGANIZATION: `association fondation federation syndicat confederation comite cercle alliance consortium collectif union observatoire chambre hopital ligue guilde amicale`,
});

/** Adjectives that belong to such a name: "école *nationale* des ponts et chaussées". */
export const NAME_ADJECTIVES: ReadonlySet<string> = new Set(
  `national nationale nationales nationaux europeen europeenne francais francaise superieur superieure normale polytechnique
  federal federale general generale regional regionale interministeriel interministerielle international internationale
  central centrale royal royale supreme numerique economique economiques public publique scientifique technologique
  autonome catholique libre departementale departemental mondial mondiale universitaire medicale securite`.split(
    /\s+/,
  ),
);

/** Words that only decorate a name; without them it still means the same: Clearview *AI*, Serena *Capital*. */
export const DECORATIONS: ReadonlySet<string> = new Set(
  `ai ia labs lab capital ventures venture partners group groupe technologies technology inc corp sas sa ltd gmbh ab ag nv
  plc holding company co therapeutics robotics invest software systems photonics medical security quantum france europe
  investment investments management`.split(/\s+/),
);
