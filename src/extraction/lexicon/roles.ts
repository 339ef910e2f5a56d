/**
 * Words for what a person does, folded. They announce a person before a name ("le *PDG* Arthur Mensch") and after it
 * ("Arthur Mensch, *cofondateur* de Mistral AI").
 */

/** What one person is to another; they announce a name, but tie it to no organisation. */
export const PERSONAL_NOUNS: ReadonlySet<string> = new Set(
  `camarade camarades ami amie amis copain copine voisin voisine fils fille pere mere femme oncle tante cousin cousine frere freres soeur soeurs epouse epoux mari collegue collegues compatriote compatriotes star figure
  heritier heritiere pape gourou milliardaire milliardaires`.split(/\s+/),
);

/** One-word roles; also the first word of longer ones ("directeur général", "responsable de la recherche"). */
export const ROLE_NOUNS: ReadonlySet<string> = new Set(
  `pdg dg dga ceo cto coo cfo cso cpo cmo cio dsi drh daf president presidente president-directeur vice-president
  vice-presidente copresident copresidente co-president co-presidente directeur directrice directeurs directrices codirecteur
  codirectrice co-directeur co-directrice dirigeant dirigeante patron patronne fondateur fondatrice fondateurs fondatrices
  cofondateur cofondatrice cofondateurs cofondatrices co-fondateur co-fondatrice co-fondateurs co-fondatrices createur
  creatrice associe associee partner partners managing principal chef cheffe responsable porte-parole conseiller conseillere
  consultant consultante
  administrateur administratrice secretaire delegue deleguee ministre ministres depute deputee senateur senatrice eurodeputee
  eurodepute commissaire prefet prefete maire ambassadeur ambassadrice gouverneur coordinateur coordinatrice rapporteur
  rapporteure chercheur chercheuse chercheurs chercheuses scientifique informaticien informaticienne mathematicien
  mathematicienne physicien physicienne professeur professeure professeurs enseignant enseignante enseignant-chercheur
  economiste sociologue philosophe historien historienne juriste avocat avocate avocats medecin neurologue neuroscientifique
  linguiste statisticien ingenieur ingenieure ingenieurs developpeur developpeuse entrepreneur entrepreneuse entrepreneurs
  homme-affaires femme-affaires investisseur-individuel investisseuse analyste analystes expert
  experte experts specialiste-ia specialiste auteur autrice auteure essayiste journaliste ecrivain ecrivaine romancier
  romanciere editorialiste chroniqueur chroniqueuse doctorant doctorante chirurgien chirurgienne biologiste psychologue
  entraineur pilote general amiral colonel commandant juge procureur procureure magistrat pionnier pionniere inventeur
  inventrice concepteur actionnaire mecene philanthrope clinicien docteur designer lobbyiste
  syndicaliste militant militante lauréat laureat laureate numero-deux numero-un bras-droit`.split(/\s+/),
);

/** Words that go on a role: "directeur *général* *délégué*". */
export const ROLE_REST: ReadonlySet<string> = new Set(
  `general generale generaux executif executive technique scientifique adjoint adjointe delegue deleguee operationnel
  operationnelle financier financiere commercial commerciale marketing produit produits innovation recherche juridique
  national nationale regional regionale europe france monde international internationale en charge numerique informatique
  data ia directeur directrice fondateur fondatrice fondateurs president presidente honoraire principal principale senior
  associe associee non-executif par interim officer chief executive technology operating financial science scientist
  strategie strategique humaines ressources communication public publique publiques politiques affaires relations medical
  medicale emerite independant independante influent celebre charge chargee mondial mondiale`.split(/\s+/),
);

/** What says that a role is over. */
export const FORMER_WORDS: ReadonlySet<string> = new Set(
  `ancien ancienne anciens anciennes ex ex-pdg ex-patron ex-president ex-directeur ex-directrice ex-ministre feu`.split(
    /\s+/,
  ),
);

/** Roles that only a person at the top of an organisation has, for "le PDG de X" with no name. */
export const VERBS_OF_SAYING: ReadonlySet<string> = new Set(
  `explique expliquait expliquent estime estimait estiment affirme affirmait affirment declare declarait declarent assure
  assurait assurent indique indiquait indiquent precise precisait precisent souligne soulignait soulignent ajoute ajoutait
  ajoutent rappelle rappelait rappellent confie confiait confient raconte racontait racontent reconnait reconnaissait
  reconnaissent resume resumait note notait notent observe observait analyse analysait juge jugeait jugent considere
  considerait detaille detaillait insiste insistait lance lancait plaide plaidait poursuit poursuivait previent prevenait
  promet promettait regrette regrettait rassure rassurait repond repondait sourit soupire souffle soutient soutenait
  temoigne temoignait tranche tranchait tempere alerte avertit avance avancait concede concedait conclut constate constatait
  commente craint deplore denonce ecrit ecrivait espere glisse ironise martele nuance pointe predit pretend proclame
  reagit relativise releve rencherit repete revele salue s'enthousiasme s'inquiete s'interroge signale suggere dit disait
  disent pense pensait pensent croit croyait veut voulait evoque`.split(/\s+/),
);
