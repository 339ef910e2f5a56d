/** Places, folded, as single words: countries, regions, cities. They are no actors, though they often stand for one. */
export const PLACES: ReadonlySet<string> = new Set(
  `afghanistan albanie algerie allemagne andorre angola argentine armenie australie autriche azerbaidjan bahrein bangladesh
  belgique benin bielorussie birmanie bolivie botswana bresil brunei bulgarie burkina burundi cambodge cameroun canada chili
  chine chypre colombie congo coree croatie cuba danemark djibouti egypte emirats equateur erythree espagne estonie ethiopie
  finlande france gabon gambie georgie ghana grece groenland guatemala guinee haiti honduras hongrie inde indonesie irak iran
  irlande islande israel italie jamaique japon jordanie kazakhstan kenya kirghizistan kosovo koweit laos lesotho lettonie
  liban liberia libye liechtenstein lituanie luxembourg macedoine madagascar malaisie malawi maldives mali malte maroc
  maurice mauritanie mexique moldavie monaco mongolie montenegro mozambique namibie nepal nicaragua niger nigeria norvege
  oman ouganda ouzbekistan pakistan palestine panama paraguay perou philippines pologne portugal qatar roumanie russie rwanda
  senegal serbie seychelles singapour slovaquie slovenie somalie soudan suede suisse syrie tadjikistan taiwan tanzanie tchad
  tchequie thailande togo tunisie turkmenistan turquie ukraine uruguay vanuatu vatican venezuela vietnam yemen zambie zimbabwe
  angleterre ecosse galles royaume-uni etats-unis usa uk hollande tibet
  europe afrique asie amerique oceanie antarctique occident orient moyen-orient maghreb scandinavie eurasie atlantique
  pacifique mediterranee hexagone outre-manche outre-atlantique outre-rhin arctique
  paris marseille lyon toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims toulon grenoble dijon angers
  nimes villeurbanne clermont-ferrand aix brest limoges tours amiens perpignan metz besancon orleans rouen mulhouse caen nancy
  argenteuil montreuil roubaix tourcoing avignon poitiers versailles courbevoie creteil pau colombes vitry antibes cannes
  calais dunkerque valence chambery annecy troyes niort belfort vannes lorient quimper saclay palaiseau fouju cambrai
  massy orsay boulogne issy nanterre gif evry sophia-antipolis sophia biarritz bayonne la-rochelle chartres laval cherbourg
  colmar epinal bourges nevers auxerre arles istres marignane carpentras murs salon saint-etienne saint-denis saint-nazaire
  saint-malo le-havre le-mans auvergne bretagne normandie occitanie provence alsace lorraine bourgogne corse aquitaine
  picardie champagne ile-de-france paca rhone-alpes vendee gironde isere savoie essonne yvelines hauts-de-seine val-de-marne
  seine-et-marne seine-saint-denis puy-de-dome bouches-du-rhone alpes-maritimes haute-garonne finistere morbihan
  loire-atlantique moselle meurthe vaucluse drome ardeche gard herault landes sarthe orne calvados manche somme oise aisne
  marne aube yonne nievre cher indre loiret mayenne vienne creuse correze cantal lozere aveyron tarn ariege aude var jura
  doubs vosges seine rhone loire garonne rhin bercy matignon elysee-palace montmartre marais defense
  londres berlin madrid rome bruxelles amsterdam vienne prague varsovie budapest bucarest sofia athenes lisbonne dublin
  copenhague stockholm oslo helsinki berne zurich geneve lausanne bale munich francfort hambourg cologne dusseldorf stuttgart
  leipzig barcelone seville milan turin naples florence venise porto anvers gand liege rotterdam eindhoven veldhoven oxford
  cambridge manchester edimbourg glasgow moscou saint-petersbourg kiev kyiv istanbul ankara tel-aviv jerusalem dubai doha
  riyad abou-dhabi abu-dhabi teheran bagdad beyrouth damas amman caire le-caire tunis alger rabat casablanca tanger dakar
  abidjan accra lagos nairobi kigali johannesburg pretoria kinshasa bakou astana tachkent kaboul delhi new-delhi bombay mumbai
  bangalore bengaluru hyderabad calcutta pekin beijing shanghai shenzhen hangzhou canton guangzhou hong-kong taipei tokyo osaka
  kyoto seoul hanoi bangkok jakarta manille kuala-lumpur sydney melbourne canberra wellington auckland washington new-york
  boston chicago seattle miami houston dallas austin denver atlanta philadelphie detroit phoenix las-vegas los-angeles
  san-francisco san-diego san-jose palo-alto mountain-view menlo-park cupertino redmond berkeley stanford-california brooklyn
  manhattan hollywood californie texas floride virginie nevada arizona oregon ohio michigan illinois massachusetts delaware
  new-jersey louisiane montreal quebec toronto ottawa vancouver calgary waterloo edmonton mexico bogota lima santiago
  buenos-aires sao-paulo rio brasilia havane amazone amazonie bletchley davos hiroshima wuhan terre lune mars silicon
  douai lens arras valenciennes maubeuge cambrai saint-quentin laon soissons beauvais compiegne senlis chantilly amiens abbeville
  charleville-mezieres sedan chaumont langres verdun bar-le-duc thionville forbach sarreguemines haguenau selestat mulhouse saverne
  vesoul lons-le-saunier dole montbeliard macon chalon beaune autun sens montargis vierzon chateauroux blois vendome dreux evreux
  vernon louviers dieppe fecamp lisieux bayeux alencon flers avranches granville saint-lo fougeres vitre redon dinan saint-brieuc
  guingamp lannion morlaix concarneau pontivy ploermel cholet saumur ancenis chateaubriant pornic rochefort saintes cognac angouleme
  royan limoges tulle brive gueret perigueux bergerac sarlat libourne arcachon dax mont-de-marsan tarbes lourdes auch agen cahors
  montauban albi castres rodez millau mende aurillac vichy moulins montlucon riom thiers issoire le-puy-en-velay saint-flour roanne
  villefranche vienne bourgoin voiron crolles bernin grenoble meylan albertville aix-les-bains thonon annemasse bourg-en-bresse oyonnax
  gap briancon digne manosque aix aubagne martigues salon-de-provence gardanne rousset frejus draguignan hyeres grasse menton
  ajaccio bastia corte calvi beziers sete ales lunel narbonne carcassonne foix pamiers colomiers blagnac labege muret evry corbeil
  melun fontainebleau meaux provins torcy noisy-le-grand bussy cergy pontoise argenteuil sarcelles roissy gonesse poissy mantes
  saint-germain-en-laye rambouillet velizy guyancourt trappes clamart meudon sevres suresnes puteaux rueil neuilly levallois clichy
  gennevilliers asnieres saint-ouen aubervilliers pantin bobigny bagnolet vincennes montrouge malakoff vanves arcueil cachan ivry
  maisons-alfort alfortville rungis orly thiais villejuif kremlin-bicetre massy palaiseau les-ulis gif-sur-yvette bures marcoussis
  bruyeres-le-chatel fouju dugny lannemezan pionsat grasse beausoleil fessenheim flamanville cadarache gravelines tricastin marcoule
  lacq fos tarnos saclay villepinte rungis nanterre sahara sentier alpes pyrenees ardennes jura himalaya siberie caraibes antilles
  guadeloupe martinique guyane reunion mayotte polynesie tahiti noumea papeete cayenne balkans caucase donbass crimee gaza cisjordanie
  wallonie flandre namur charleroi mons louvain gand courtrai lugano sion fribourg neuchatel winterthour zoug baviere baviere saxe
  hesse brandebourg catalogne andalousie lombardie toscane piemont sicile sardaigne ecosse utah georgie nevada dakota colorado
  minnesota wisconsin indiana tennessee kentucky alabama arkansas abilene memphis ashburn tulsa raleigh pittsburgh cleveland nashville
  ontario alberta saskatchewan manitoba halifax winnipeg guangdong sichuan zhejiang jiangsu chengdu chongqing nankin tianjin suzhou
  xiamen macao hsinchu incheon busan pangyo fukuoka nagoya sapporo kobe chennai pune ahmedabad lahore karachi dacca colombo rangoun
  phnom-penh vientiane hanoi saigon cebu penang johor batam perth brisbane adelaide auckland christchurch`.split(
    /\s+/,
  ),
);

/** French departments and other areas that follow a town in brackets: "Pionsat (Puy-de-Dôme)". */
export const AREAS: ReadonlySet<string> = new Set(
  `ain aisne allier ardeche ardennes ariege aube aude aveyron calvados cantal charente charente-maritime cher correze corse
  cote-d-or cotes-d-armor creuse dordogne doubs drome eure eure-et-loir finistere gard gers gironde herault ille-et-vilaine indre
  indre-et-loire isere jura landes loir-et-cher loire haute-loire loire-atlantique loiret lot lot-et-garonne lozere maine-et-loire
  manche marne haute-marne mayenne meurthe-et-moselle meuse morbihan moselle nievre nord oise orne pas-de-calais puy-de-dome
  pyrenees-atlantiques hautes-pyrenees pyrenees-orientales bas-rhin haut-rhin rhone haute-saone saone-et-loire sarthe savoie
  haute-savoie seine-maritime seine-et-marne yvelines deux-sevres somme tarn tarn-et-garonne var vaucluse vendee vienne
  haute-vienne vosges yonne essonne hauts-de-seine seine-saint-denis val-de-marne val-d-oise bouches-du-rhone alpes-maritimes
  haute-garonne hautes-alpes bretagne normandie occitanie provence alsace lorraine bourgogne aquitaine picardie auvergne
  californie texas floride virginie massachusetts allemagne italie espagne belgique suisse pays-bas royaume-uni etats-unis`.split(
    /\s+/,
  ),
);

/** Places of several words. */
export const LONG_PLACES: readonly string[] =
  `États-Unis | Etats-Unis | Royaume-Uni | Silicon Valley | New York | New Delhi | San Francisco | Los Angeles |
  Las Vegas | Palo Alto | Mountain View | Menlo Park | San Diego | San Jose | Hong Kong | Abou Dhabi | Abu Dhabi |
  Tel Aviv | Kuala Lumpur | Buenos Aires | Sao Paulo | Rio de Janeiro | Émirats arabes unis | Emirats arabes unis |
  Arabie saoudite | Corée du Sud | Corée du Nord | Afrique du Sud | Nouvelle-Zélande | Nouvelle-Calédonie |
  Côte d’Ivoire | Côte d'Azur | Sri Lanka | Costa Rica | Burkina Faso | République tchèque |
  République démocratique du Congo | Pays-Bas | Pays de la Loire | Hauts-de-France | Île-de-France | Ile-de-France |
  Grand Est | Nouvelle-Aquitaine | Auvergne-Rhône-Alpes | Bourgogne-Franche-Comté | Centre-Val de Loire |
  Provence-Alpes-Côte d'Azur | Rhône-Alpes | Côtes-d’Armor | Côte-d’Or | Val-d’Oise | Pas-de-Calais | Haute-Loire |
  Haute-Marne | Haute-Saône | Haute-Vienne | Hautes-Alpes | Hautes-Pyrénées | Alpes-de-Haute-Provence |
  Pyrénées-Atlantiques | Pyrénées-Orientales | Bas-Rhin | Haut-Rhin | Seine-Maritime | Saône-et-Loire |
  Maine-et-Loire | Meurthe-et-Moselle | Lot-et-Garonne | Tarn-et-Garonne | Loir-et-Cher | Indre-et-Loire |
  Eure-et-Loir | Deux-Sèvres | Charente-Maritime | Corse-du-Sud | Territoire de Belfort | Bouches-du-Rhône |
  Puy-de-Dôme | Hauts-de-Seine | Seine-Saint-Denis | Seine-et-Marne | Val-de-Marne | Val-d'Oise | Alpes-Maritimes |
  Haute-Garonne | Haute-Savoie | Loire-Atlantique | Ille-et-Vilaine | Aix-en-Provence | Clermont-Ferrand |
  Saint-Étienne | Saint-Denis | Saint-Malo | Saint-Nazaire | Saint-Ouen | Saint-Cloud | Saint-Pétersbourg |
  Salon-de-Provence | Sophia Antipolis | Le Havre | Le Mans | La Rochelle | La Défense | La Réunion | Le Caire |
  La Haye | La Havane | Mont Ventoux | Mont Blanc | Issy-les-Moulineaux | Boulogne-Billancourt | Neuilly-sur-Seine |
  Levallois-Perret | Gif-sur-Yvette | Villeneuve-d’Ascq | Bruyères-le-Châtel | plateau de Saclay |
  Paris-Saclay plateau | Moyen-Orient | Proche-Orient | Extrême-Orient | Amérique du Nord | Amérique du Sud |
  Amérique latine | Europe de l’Est | Asie du Sud-Est | Vieux Continent | Grande-Bretagne | Irlande du Nord |
  Port-Cros | Grand Palais | Porte de Versailles | Sacré-Cœur | Tour Eiffel | Notre-Dame | Porte de Clignancourt |
  Bibliothèque nationale | Wall Street | White House | Trocadéro | Golfe de Gênes | Vallée du Rhône | Côte d’Opale |
  Bletchley Park`
    .split('|')
    .map((name) => name.trim());

/** Adjectives and nouns of nationality and region, folded: "le canadien Brookfield", "les Français". */
export const NATIONALITIES: ReadonlySet<string> = new Set(
  `francais francaise francaises americain americaine americains americaines allemand allemande allemands allemandes anglais
  anglaise anglaises britannique britanniques canadien canadienne canadiens canadiennes chinois chinoise chinoises japonais
  japonaise japonaises coreen coreenne coreens coreennes sud-coreen sud-coreenne indien indienne indiens indiennes israelien
  israelienne israeliens israeliennes italien italienne italiens italiennes espagnol espagnole espagnols espagnoles suisse
  suisses belge belges neerlandais neerlandaise neerlandaises hollandais hollandaise suedois suedoise suedoises norvegien
  norvegienne norvegiens danois danoise danoises finlandais finlandaise finnois polonais polonaise polonaises portugais
  portugaise autrichien autrichienne irlandais irlandaise grec grecque russe russes ukrainien ukrainienne ukrainiens estonien
  estonienne lituanien lituanienne letton tcheque tcheques hongrois hongroise roumain roumaine bulgare turc turque emirati
  emiratie emiratis saoudien saoudienne saoudiens qatari qatarie qatariens marocain marocaine marocains tunisien tunisienne
  algerien algerienne egyptien egyptienne africain africaine africains africaines nigerian kenyan senegalais ivoirien
  singapourien singapourienne taiwanais taiwanaise taiwanaises hongkongais vietnamien indonesien australien australienne
  australiens bresilien bresilienne mexicain argentin chilien europeen europeenne europeens europeennes asiatique asiatiques
  californien californienne californiens californiennes new-yorkais new-yorkaise texan londonien londonienne berlinois
  berlinoise munichois parisien parisienne parisiens parisiennes lyonnais lyonnaise toulousain toulousaine nantais nantaise
  bordelais bordelaise lillois lilloise grenoblois grenobloise rennais rennaise marseillais marseillaise strasbourgeois
  montpellierain nicois breton bretonne alsacien normand tricolore tricolores hexagonal hexagonale hexagonaux quebecois
  quebecoise montrealais luxembourgeois luxembourgeoise monegasque franco-americain franco-americaine franco-allemand
  franco-britannique nordique scandinave balte arabe arabes musulman chretien juif kurde tchetchene slave ecossais gallois
  rennais niçois niortais clermontois roubaisien`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
