/** Words for the topics of a claim: pairs that are one topic, and common words that are none. */
import { WordSet } from '#text/word-set.ts';

function words(list: string): ReadonlySet<string> {
  return new WordSet(list.split(/\s+/));
}

export const TOPIC_PHRASES: ReadonlySet<string> = new Set([
  'intelligence artificielle',
  'ia générative',
  'open source',
  'données personnelles',
  'propriété intellectuelle',
  'supercalculateur quantique',
  'ordinateur quantique',
  'libre accès',
  'modèle ouvert',
  'modèles ouverts',
  'marché unique',
  'service public',
  'services publics',
  'vie privée',
  'grand public',
  'levée de',
]);

export const TOPIC_STOP_WORDS = words(
  `abord accord afin ailleurs ainsi alors ancien années année après assez auprès aussi autant autour autre autres avant avec
avoir beaucoup besoin bien bonne bonnes bons bout cadre celle celles celui cent certains cette ceux chacun chaque chez chose
choses ceci cela comme comment compte contre côté cours dans débat depuis dernier dernière derniers dernières derrière deux
devant dire doit doivent donc dont elle elles encore enfin ensemble entre envie être êtes étaient était eux exemple face façon
faire fait faits faut faudra fois force fort forte forts grand grande grandes grands gros grosse hors ici idée ils jamais jour
jours juste lequel leur leurs lieu ligne loin lors lorsque maintenant mais même mêmes mettre milliard milliards million millions
mieux mise mode moins mois moment monde montre mots moyen nombre notre nôtre nouveau nouveaux nouvel nouvelle nouvelles nous
ordre parce parfois parmi part parti partie partir parts passer pendant permet permettre personne personnes petit petite petites
petits peut peuvent place plein plupart plus plusieurs point porte possible pour pourquoi pourra pouvoir premier première
premières premiers prendre près presque priori prix propre puis puisque quand quatre quel quelle quelles quelque quelques quels
question raison reste rester rien saura sans savoir sein semaine semaines sera seront seul seule seulement sens serait sinon
sommes sont sorte souvent suis suite sujet sûr tant telle telles tels temps tenir tête titre toujours tous tout toute toutes
trois trop trouve très type unes vaut vers veut veulent vient vite voilà voir vont votre vous vrai vraie vraiment voire notamment
aura auront avait avaient avons aurons ayant soient soit serons peux puisse puissent dès lui eux moi toi quoi aucun aucune
non oui quant environ jusque voici certes bref hier demain aller vivre venir devient deviennent reçu reçoit reçoivent donner
donne donnent prend prennent rend rendre rendent tient tiennent arriver arrive arrivent commence existe existent gagne`,
);
