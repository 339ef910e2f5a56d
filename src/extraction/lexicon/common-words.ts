/**
 * Plain French words, folded, that a sentence, a headline or a list may begin with. A capital on one of them at such a place
 * says nothing.
 */
import { WordSet } from '#text/word-set.ts';

/** Words of grammar: no name begins with one of them at the head of a sentence, and few contain them. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  `son etaient aura partout nulle autrui maint quinze pire demain a ainsi alors apres au aucun aucune aujourd aupres auquel aussi aussitot autant autour autre autres aux avant avec c ca
  car ce ceci cela celle celles celui cependant certain certaine certaines certains ces cet cette ceux chacun chacune chaque
  chez ci combien comme comment contre d dans de dedans dehors deja dela depuis derriere des desormais dessous dessus devant
  donc dont du durant elle elles en encore enfin ensuite entre envers environ est et eux faute fort grace guere hormis hors
  hui ici il ils j jadis jamais je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque
  lui m ma maintenant mais malgre me meme memes mes mien mienne mieux moi moins mon n ne neanmoins ni non nos notamment notre
  nous nul on or ou outre par parce parfois parmi pendant peu peut-etre plus plusieurs plutot pour pourquoi pourtant pres
  presque puis puisqu puisque qu quand quant que quel quelle quelles quelqu quelque quelques quels qui quiconque quoi quoique
  rien s sa sans sauf se selon ses seul seule seulement seuls si sien sinon sitot soi soit sous souvent suivant sur surtout
  t ta tandis tant tantot tard te tel telle telles tels tes toi ton tot toujours tous tout toute toutefois toutes tres trop
  tu un une vers via vis vite voici voila vos votre vous vraiment vs y d'abord the and of in for with at by from to an is are
  was it this that these those we you they he she his her our your its as on or be has have had will would can could not
  oui bref certes hélas helas voire etc nommement deux trois quatre cinq six sept huit neuf dix onze douze vingt trente
  quarante cinquante soixante cent mille premier premiere premiers premieres deuxieme second seconde troisieme dernier
  derniere derniers dernieres`.split(/\s+/),
);

/** Content words that begin sentences and headlines of this press. */
export const COMMON_WORDS: ReadonlySet<string> = new WordSet(
  `premierement deuxiemement troisiemement etonnant etrange curieux terrible incroyable absurde dommage logique normal rassurant
  inquietant drole triste joyeux faux exact prudent prudente prudents optimiste pessimiste lucide furieux furieuse ravi ravie
  fier fiere seduit seduite surpris surprise decu decue absent absente presents cite citee cites sollicite sollicitee joint jointe
  epaule epaulee entoure assis assise debout installes nes nees formes issus connus connue connu reconnu reconnue apprecie redoute
  discrets ambitieuse modeste patience courage urgence silence bilan verdict moralite consequence exemple autopsie plongee
  rencontre visite balade virage coulisses envers sequoia tesla adobe confluent perplexity runway ledger systematic headline headlines canvas oracle pentagone abonnement accelerer accord accuse accuses achat acheter acteur acteurs action actions actu actualite actuellement affaire
  affaires afin age agence agent agents agit aide aider ailleurs aime air aise ajoute alerte algorithme algorithmes allait aller
  alliance allier ambition ambitieux ambitions amende ami amis an analyse ancien ancienne anciens annee annees annonce annoncee
  annoncer annonces annuel ans anthropique apparition appel appele appels application applications appliquer apport apprendre apprentissage
  approche appui arbitrage argent arme armee armees arrive arrivee arriver art article articles aspirer assemblee assistant
  assistants associe associee associes association assez assure atout atouts attaque attendu attendue attention au-dela audace augmentation
  auteur auteurs automatisation autorite autorites avance avancee avancees avantage avenir avis avocat avoir avons baisse
  banque banques base basee bases bataille beau beaucoup belle besoin besoins bien bientot bilan bilans billet biotech bon bonne bonnes bons bord
  bouclage bourse boursier bout bras budget bulle bureau bureaux but cadre calcul calendrier cap capable capacite capital capitale capitaux
  captation carte cas cause celebre cent centre centres cerveau chaine chance changement changer chantier chaque charge chatbot chatbots chef
  chefs chemin cher chercheur chercheuse chercheurs chercher chiffre chiffres choix chose choses cible cinquieme circuit citoyens classement
  classe clair cle cles client clients climat code coeur cofondateur cofondatrice cofondateurs cofondee cofonde collaboration collecte commande commence commencer
  commentaire commentaires commission communaute communique compagnie comparaison competition complet comprendre compte compter comptes concept
  concernant concretement concurrence concurrent concurrents condition conditions conduite conference confiance confie confidentialite confirme conseil conseiller
  conseils consequence consequences consciente conscient considere considerations consortium construire construction contacte contactee conte contenu contenus
  contexte contrairement contrat contrats controle controles conviction convaincu copie cote cotes coup coups cour courant courrier course court cout couts craint crainte
  craintes creation creatrice createur creer cree creee credit credits crise critique critiques croissance culture curieux cybersecurite danger data date debat debats debut
  decideurs decision declaration decouverte decouvrez decret dedie dedies defense defenseurs defi defis degage degre demande demandes demarche
  democratie demonstration depart depasser depense depenses deploiement deputes derive desormais destine destinee detail details dette developper developpement
  developpeurs devenir devenu devenue devra devrait dialogue difference differents difficile diffusion digital dilemme dire directeur
  direction directrice dirige dirigeant dirigeants discours discret discussion discussions dispositif dispose disposition divers dizaine document dollars domaine domaines
  dommage donc donne donnee donnees donner dossier dote dotee double doute droit droits duel duree dynamiser echange echanges echec
  eclairage ecole ecoles economie economique economiques ecosysteme ecoute ecran ecrans ecrire edito editeur editeurs editorial education effet efficacite
  effort efforts egalement eleves embauche emission emploi emplois employes emporte encadrer energie enfants engagement engage enjeu enjeux
  enquete enseignant enseignants enseignement ensemble entendre entouree entrainement entrainer entre entree entreprise entreprises entrepreneur entrepreneurs entretien
  environ environnement environnementales equipe equipes ere erreur erreurs espace esperons espoir essai essais essentiel etape etapes etat etats etait
  etat-major etre etranger etude etudes etudiants euro euros europeen europeenne europeennes europeens evaluation evenement evenements eviter evolution
  examen exception exclusif exclusive exemple exemples exercice existe exit experience experiences expert experts explication explications explique exploitation
  explorer exploration expose expression fabricant fabricants fabrique face facile facture faible faiblesse faire fait faits falloir famille
  fanatique faut favoriser federer femme femmes fenetre ferme feuilleton figure fil filiale filiales fils fin finance financement financements financer
  fini finalement firme fois fonctionnement fond fondateur fondatrice fondateurs fondation fonde fondee fonds force forces formation formations forme
  formee formes formule fort forte forum foule fournir fournisseur fracture frais franc francais francaise francaises fraude frein front fruit fuite
  fusion futur future gagnant gagner galere gare garantie garde geant geante geants general generale generation genie gens geopolitique gestion
  giga gouvernance gouvernement grand grande grandes grands gratuit gros grosse groupe groupes guerre guichet guide habitude
  hacker hausse haut haute hautes hauts hebergement heritage heure heures hier histoire homme hommes hopital hopitaux humain humaine humains
  idee idees il image images imagine imaginer immatriculee immense immobilier impact importance important impossible impot inconnu incubateur
  independance indicateur indice industrie industriel industriels inflation influence informatique information informations ingenieur
  ingenieurs initiale initiative innovant innovation innovations inquietude inquietudes installe installee instant instaurer institut institution institutions integration intelligence
  intention interdiction interet interieur international internationale internet interroge interrogee introduction invente invention investir
  investissant investissement investissements investisseur investisseurs investit invite issu issue jeu jeudi jeune jeunes jeux joue jouer jour journal journaliste journalistes journee
  jours juge juin jury justice label labo laboratoire laboratoires laisse laisser lance lancee lancement lancer langage langue
  large leader leaders lecon lecons lecteurs lecture legendes legere lendemain levee levees lever leve liberte libre licenciement
  licorne licornes lien liens lieu ligne lignes limite limites lire liste livre livraison livres lobby local logement logiciel logiciels loi loin
  longtemps longue lorsque lourd lutte lycee machine machines magasin magistrat maire mairie maison maitriser majorite mal malade malades manager
  manifestation manque marche marches marque marques masse materiel mathematiques mathematiciens matiere matin mauvais mauvaise mecenat medecin
  medecine medecins media medias meilleur meilleure membre membres memoire menace menaces mener menee message messages mesure
  mesures methode methodes metier metiers mieux milieu militaire militaires milliard milliardaire milliardaires milliards millier milliers million millions
  ministere ministre ministres mis mise mises mission missions mobilisation mode modele modeles modernisation moment monde mondial montant montants
  monte montre moral mort mot motif moteur moteurs mots moyen moyenne moyens multiplication musique mutation mutuelle mystere naissance nation
  national nationale nature naturellement ne necessaire negociation negociations niveau niveaux nom nomination nommee nombre nombreuses nombreux nommer normes note notes nouveau
  nouveaux nouvel nouvelle nouvelles nuit numerique objectif objectifs objet observateurs obtenir obtenu occasion octobre offensive office officiel
  officiellement offre offres ombre operateur operateurs operation operations opinion opportunite opposition optimisme option options ordinateur ordinateurs
  ordre organisation organisations organise origine outil outils ouvert ouverte ouverture ouvrage page pages paix palmares panne papier
  paradoxe parcours pareil parents parier pari parlement parlementaires parler parole part partage partager partant parti partenaire partenaires partenariat partenariats participation
  partie parties partir parution pas passage passe passee passer passion patient patients patrimoine patron patronne patrons pause payer pays peine penser
  penurie pepite pepites perdre performance performances periode permettre permettra personne personnes perspective perspectives perte pertes petit
  petite petites petits petition peur philosophie photo photos phrase physique pied pierre pilote pionnier pionniere piste pistes pivot place places plaidoyer
  plan plans plateforme plateformes plein plupart poids point points pole police politique politiques population portable porte portrait
  portee porteparole porte-parole pose position positionnement possible possibilite poste postes potentiel potentielle pourra pourrait poursuivre pousse pousses pouvoir pouvoirs pratique
  pratiques preference premier premiere premisse prendre preparer presence present presente presidence president presidente presse pression prestation preuve prevention prevu prevue priorite prise
  pris prive privee prix probleme problemes procedure proces processeur processus prochain prochaine prochaines procureur production produire produit produits
  professeur professeure professeurs professionnels profil profit profits programme programmes progres projection projet projets promesse promesses promettant prometteuse promotion prompt propos
  proposer proposition propositions propre propriete protection prototype prouve provoque prudence public publication publicite publics publie publiee publier puce puces puissance
  qualite quantique quantiques quart quartier question questions quinzaine quitte quotidien raconte racine radar raison raisons rang rapide rapidement rapport
  rapports rapprochement rare rares realite realiser recemment recette recettes recherche recherches recherchent record records recrute recrutement recrutements recruter recul
  redacteur redaction reduire reel reference reflexion reforme refus regard region regions regle regles reglement regulation regulateur
  regulateurs rejet relation relations relever remede remplacement rencontre rendez-vous rendre renfort rentree repas repartition reponse reponses report
  reportage representant representants reproche republique requete reseau reseaux resistance ressources reste rester restitution restructuration resultat resultats resume retail retard
  retenir retour retraite retrait retraites reunion reunie reussir reussite reve revanche revelations revenu revenus revient revolution revue riche
  risque risques rival rivale robot robotique robots role rumeur rumeurs rupture sa sable sage saison salaire salaires salarie salaries
  salle salon salons sante satellite satellites saut sauver savoir scandale scenario science sciences scientifique scientifiques secret secretaire secretariat
  secteur secteurs section securite selection semaine semaines semi-conducteurs sens sera serait serie serieux serveur serveurs service
  services session seuil siecle siege sigle signature signe signer silence simple situation situe site sites social sociale sociales
  societe societes soir soiree sol solution solutions somme sommes sommet sonnette sorte sortie sortir souci soucieux soudain souhaite soulagement soupcons source
  sources soutien soutenu soutenue souverain souverainete souveraine specialise specialisee specialiste specialistes spectacle sponsorise sport stage standard start-up
  start-ups startup startups statistiques statut strategie strategies strategique strategiques structure structurer studio style subvention subventions succes
  suite suites suivez suivi suivre sujet sujets super supercalculateur supprimer surface surprise surveillance sympathie syndicat syndicats synthese systeme
  systemes tableau tache taches taille talent talents tard tarif tech techno technique techniques technologie technologies technologique
  tele telecommunications telecoms telephone television temoignage temoignages temps tendance tendances tentative terme terrain territoire territoires
  test tester tete tests texte textes theatre theme themes theorie tiers tire titre tournant tour tourne tours traduction train traitement
  traite traiter tranche transfert transformation transition transparence travail travaille travailler travailleurs travaux traverse tres tresor tribune trimestre
  triple trop trou trouver tuile type types ultime unanimite union unique unite univers universite universites urgence urgent usage usages usine
  usines utile utilisateur utilisateurs utilisation utiliser vague valeur valeurs valorisation valorisee variation vedette vehicule vehicules
  veille vendre vendu venir vent vente ventes venu venue verdict verite version versions victime victimes victoire vie vieux vif ville villes violence virage
  virtuel visage visages visee viser visite vitesse vivier voie voies voir voisin voiture voitures voix vol volonte volontaires vote voyage vrai vraie vue
  votre zone zones acidulee confiserie bonus malus soufflet merci bonjour bravo attention retrouvez rejoignez inscrivez telechargez
  cliquez abonnez-vous debloquez consultez visionnez lisez rappelons notons soulignons precisons ajoutons citons imaginons prenons voyons
  venant venus nee ne issue fort forte basee installee situee creee lancee fondee portee soutenue dirigee epaulee accompagnee
  partie arrivee cotee rachetee valorisee presentee interrogee interroge invite invitee presente present reste restent
  quid cote zoom focus retour decryptage analyse infographie exclu direct live replay breaking flash mode alerte jaune rouge vert bleu noir blanc
  rose gris violet departement departements plaisanciers malgre paradoxalement evidemment heureusement malheureusement
  curieusement etonnamment globalement generalement habituellement historiquement initialement officieusement prochainement
  progressivement recemment simplement techniquement theoriquement visiblement vraisemblablement concretement aussitot
  justement clairement exactement finalement forcement notamment
  particulierement pleinement probablement rapidement soudainement uniquement aurait auraient avait avaient ont sont seront
  fut furent serait seraient peut peuvent pourrait pourraient doit doivent devrait devraient va vont allait sait savent veut
  veulent voudrait vient viennent dit disent fallait existe permet semble suffit
  fallut mieux pis tel idem ibid cf ex soeur soeurs tante oncle oncles mere pere meres peres maman papa fille filles garcon bebe
  roi reine prince princesse ministre lettre lettres livre courrier mail email telephone adresse contact`.split(
    /\s+/,
  ),
);
