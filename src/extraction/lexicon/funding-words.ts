/**
 * The words by which the French press tells funding from other money. Folded: lower case, no accents, apostrophes and
 * hyphens as spaces. Verbs are listed by their infinitive and conjugated by `funding-conjugation.ts`; in a phrase, a verb
 * that is conjugated is written `~verb`.
 */

/**
 * What a cue says of the money near it.
 *
 * - `RAISE` someone receives it (lever, tour de table), `GIVE` someone pays it in (investir, ticket), `BUY` a purchase
 * - `PLAN` a public programme, `GRANT` a subsidy, `ENDOW` a gift to a laboratory or foundation, `DEBT` a loan
 * - `PAY` paid or offered, for a purchase or an investment as the context says; `SAY` announced, by whoever pays or receives
 * - `WORTH` a valuation; `NOT` money of another sort: revenue, fines, prices, salaries, wealth, orders
 */
export type CueType =
  | 'RAISE'
  | 'GIVE'
  | 'BUY'
  | 'PLAN'
  | 'GRANT'
  | 'ENDOW'
  | 'DEBT'
  | 'PAY'
  | 'SAY'
  | 'WORTH'
  | 'NOT';

/** How sure the cue is: 3 says it by itself, 2 as a rule, 1 only if nothing speaks against it. */
export interface CueList {
  readonly type: CueType;
  readonly weight: 1 | 2 | 3;
  readonly verbs?: string;
  readonly phrases?: string;
}

/** Verbs and nouns, by type. Phrases are separated by `|`. */
export const CUE_LISTS: readonly CueList[] = [
  {
    type: 'RAISE',
    weight: 3,
    verbs: 'lever boucler recolter collecter reunir recueillir closer amasser rassembler glaner empocher',
    phrases:
      'levee de fonds|levees de fonds|levee|levees|tour de table|tours de table|tour de financement|tours de financement|' +
      'tour d amorcage|premier tour|deuxieme tour|second tour|troisieme tour|nouveau tour|dernier tour|ce tour|le tour|son tour|du tour|' +
      'augmentation de capital|augmentations de capital|round|rounds|closing|premier closing|refinancement|recapitalisation|' +
      'serie a|serie b|serie c|serie d|serie e|serie f|serie g|series a|series b|series c|series d|series e|series f|' +
      'seed|preseed|pre seed|amorcage|pre amorcage|financement d amorcage|financements d amorcage|' +
      '~faire le plein|en quete de|en quete d|a la recherche de|a la recherche d|~remplir ses caisses|se ~faire financer|entree en bourse|introduction en bourse|cotation|ipo|' +
      'lever de fonds|leve de fonds|actions nouvelles|titres nouveaux|fonds leves|financements leves|capitaux leves|extension de serie|pont de financement|bridge|rallonge|en poche|ballon d oxygene|extension de son tour|extension de sa serie',
  },
  {
    type: 'RAISE',
    weight: 2,
    verbs:
      'obtenir decrocher securiser cloturer clore finaliser encaisser recevoir percevoir mobiliser attirer capter refermer trouver ' +
      'recuperer seduire embarquer rafler engranger toucher ramasser convaincre accumuler totaliser arreter',
    phrases:
      'un tour|d un tour|tour|capital risque|~faire entrer|~heriter de|~heriter d|en est a|financement|financements|~beneficier de|~beneficier d|~disposer de|~disposer d|~demarrer avec|se ~lancer avec|' +
      'lancee avec|lance avec|lances avec|nee avec|ne avec|s ~assurer|se ~doter|se ~contenter de|se ~contenter d|au total|depuis sa creation|depuis ses debuts|' +
      'depuis son lancement|depuis sa fondation|a ce jour|fonds propres|en equity|en capital|argent frais|capitaux|' +
      'coup d accelerateur|se ~renforcer de|se ~voir confier|se ~voir accorder|se ~voir attribuer|fonds leve|pactole|' +
      'se ~partager|laureat|laureate|laureats|laureates|~remporter|pot commun|tresor de guerre|tresorerie fraiche|' +
      'a la cle|~accueillir|~ouvrir son capital|~passer a|~porter a|porte le total|porte a|portant a',
  },
  {
    type: 'GIVE',
    weight: 3,
    verbs: 'investir injecter reinvestir cofinancer financer abonder coinvestir',
    phrases:
      'investissement|investissements|cofinancement|cofinancements|reinvestissement|ticket|cheque|cheques|prise de participation|' +
      '~prendre une participation|~prendre part|~entrer au capital|~monter au capital|mise|' +
      'milliards d investissements|~mener le tour avec|~mener le tour a hauteur|~mener l operation avec',
  },
  {
    type: 'GIVE',
    weight: 2,
    verbs:
      'miser parier apporter verser placer engager consacrer debloquer allouer attribuer octroyer contribuer participer ' +
      'souscrire remettre promettre affecter dedier flecher soutenir confier deployer depenser mettre provisionner budgeter glisser engloutir',
    phrases:
      's ~engager|sur la table|au pot|enveloppe|enveloppes|engagement|engagements|promesse|promesses|effort|efforts|contribution|' +
      'contributions|apport|apports|souscription|participation|' +
      'vont a|vont au|vont aux|vont vers|reviennent a|revient a|reviendra a|reviendront a|iront a|iront au|iront aux|iront vers|ira a|ira au|ira aux|ira vers|manne|mise de fonds|la main a la poche',
  },
  {
    type: 'BUY',
    weight: 3,
    verbs: 'racheter acquerir',
    phrases:
      'rachat|rachats|acquisition|acquisitions|offre d achat|offre publique d achat|opa|offre de rachat|prix de rachat|' +
      's ~offrir|s ~emparer|~mettre la main sur|~faire main basse sur|~faire l acquisition|montant de la transaction|' +
      '~tomber dans l escarcelle|~passer dans le giron|~tomber dans le giron|~rejoindre le giron|~passer sous pavillon|~passer sous le controle|~prendre le controle|prise de controle|' +
      'valeur d acquisition|prix d achat|prix de la transaction|prix de vente|s ~adjuger|~changer de mains',
  },
  {
    type: 'BUY',
    weight: 2,
    verbs: 'absorber avaler croquer gober reprendre acheter ceder vendre revendre',
    phrases: 'transaction|cession|reprise|fusion|vente de|vente d|se ~vendre|prix de l operation|revente',
  },
  {
    type: 'PLAN',
    weight: 3,
    phrases:
      'argent public|fonds publics|plan national|plan d investissement|plan d investissements|plan de relance|programme d investissement|' +
      'programme d investissements|strategie nationale|appel a projets|appels a projets|appel a manifestation d interet|' +
      'plan quantique|plan ia|plan intelligence artificielle|plan deeptech|fonds public|fonds souverain|grand emprunt|' +
      'credits publics|financement public|financements publics|investissement public|investissements publics|fonds europeen',
  },
  {
    type: 'PLAN',
    weight: 2,
    phrases:
      'plan|programme|strategie|credits|un budget|d un budget|feuille de route|initiative|initiatives|volet|fonds de soutien|projet|projets|chantier',
  },
  {
    type: 'GRANT',
    weight: 3,
    verbs: 'subventionner',
    phrases:
      'subvention|subventions|avance remboursable|avances remboursables|aide publique|aides publiques|aide de l etat|' +
      'bourse de recherche|bourse erc|bourses|financement non dilutif|financements non dilutifs|non dilutif|aide d etat|aides d etat|grant|concours d innovation|i lab|i nov|concours i nov',
  },
  {
    type: 'GRANT',
    weight: 2,
    verbs: 'accorder',
    phrases: 'aide|aides|soutien public|coup de pouce|primes a l innovation',
  },
  {
    type: 'ENDOW',
    weight: 3,
    verbs: 'doter',
    phrases:
      'dotation|dotations|donation|donations|don|dons|mecenat|mecenes|fonds de dotation|legs|~faire don',
  },
  {
    type: 'DEBT',
    weight: 3,
    verbs: 'emprunter preter',
    phrases:
      'pret|prets|emprunt|emprunts|ligne de credit|lignes de credit|facilite de credit|facilites de credit|de dette|' +
      'en dette|par la dette|venture debt|dette bancaire|dette privee|emission obligataire|obligations convertibles|obligations|' +
      'financement en dette|financements en dette|financement par dette|facilite de paiement|credit bancaire|credit syndique|credit relais|financement bancaire|dette structuree|dette senior|' +
      'forme de dette|forme de pret|forme de prets|forme d emprunt|titrisation|pret participatif|prets participatifs|pge|endettement supplementaire|levee de dette|en pret|en prets',
  },
  { type: 'DEBT', weight: 2, phrases: 'une ligne de|une ligne d|facilite|creanciers' },
  {
    type: 'PAY',
    weight: 2,
    verbs: 'debourser payer proposer offrir regler',
    phrases:
      'operation|offre|montant|montant de l operation|contre un cheque|en numeraire|en cash|en actions',
  },
  {
    type: 'SAY',
    weight: 1,
    verbs:
      'annoncer devoiler officialiser confirmer presenter promettre prevoir reveler viser signer lancer completer detailler signaler afficher parler aligner evoquer tabler citer reclamer esperer vouloir chercher demander negocier envisager attendre',
    phrases: '~faire etat|se ~chiffrer|objectif|annonce|annonces|restants',
  },
  {
    type: 'GIVE',
    weight: 1,
    verbs: 'batir construire implanter ajouter',
    phrases:
      'somme|sommes|tranche|premiere tranche|a hauteur de|a hauteur d|centre de donnees|centres de donnees|data center|data centers|datacenter|datacenters|supercalculateur|campus|usine|usines|gigafactory|gigafactories',
  },
  {
    type: 'WORTH',
    weight: 3,
    verbs: 'valoriser valoir evaluer',
    phrases:
      'valorisation|valorisations|valeur|pre money|post money|premoney|postmoney|sur la base de|sur une base de|valeur d entreprise',
  },
  {
    type: 'NOT',
    weight: 3,
    phrases:
      'propres actions|rachat d actions|actions propres|budget annuel|budget de fonctionnement|chiffre d affaires|chiffres d affaires|capitalisation|capitalisation boursiere|valorisation boursiere|en bourse|tickets|ticket moyen|ca annuel|arr|mrr|revenu|revenus|recettes|ventes|benefice|benefices|' +
      'benefice net|resultat net|resultat operationnel|pertes|perte|perte nette|profit|profits|marge|ebitda|' +
      'amende|amendes|sanction|sanctions|astreinte|penalite|penalites|indemnite|indemnites|dommages|dommages et interets|' +
      'salaire|salaires|remuneration|remunerations|bonus|prime|primes|fortune|fortunes|patrimoine|loyer|loyers|' +
      'contrat|contrats|marche public|carnet de commandes|commande|commandes|encours|sous gestion|actifs|dette nette|' +
      'endettement|endettement net|sa dette|ses dettes|leur dette|surendettement|pib|produit interieur brut|facture|factures|' +
      'abonnement|abonnements|tarif|tarifs|prejudice|redressement|impot|impots|taxe|taxes|charges|masse salariale|' +
      'passif|creances|capitaux geres|portefeuille|pouvoir d achat|ventes annuelles|volume d affaires|volume d activite|' +
      'le marche|marche mondial|marche de|marche francais|marche europeen|un marche|du marche|croissance|economies|economie|' +
      'par mois|par jour|par heure|par utilisateur|par habitant|par salarie|par personne|l unite|piece|par requete|par an et par|depenses annuelles|' +
      'remboursement|remboursements|rembourser|cout|couts|frais|prix|droits|dividendes|dividende|rancon|rancons|fraude|fraudes|arnaque|escroquerie|' +
      'paiement d etape|paiements d etape|jalon|jalons|redevance|redevances|royalties|objectif initial|cible initiale|objectif de depart|de son objectif|de l objectif|de sa cible|de la cible|a son objectif|a sa cible|a l objectif|contre un objectif|pour un objectif|' +
      'une baisse de|une coupe de|coupes de|coupes budgetaires|rabot|gel de|reduction de|suppression de|' +
      'commission|commissions|indemnisation|accord amiable|a l amiable|caution|cautions|trou|deficit|deficits|manque a gagner',
    verbs:
      'raboter amputer couter facturer generer peser perdre economiser condamner infliger ecoper gerer rapporter gagner tirer commander enregistrer emarger rembourser',
  },
  {
    type: 'NOT',
    weight: 2,
    verbs: 'realiser degager',
    phrases:
      'marche|titres|partenariat|partenariats|accord|accords|dette|dettes|cash|tresorerie|credit d impot|bilan|consommation|depenses|gain|gains|gigawatt|watts',
  },
];
