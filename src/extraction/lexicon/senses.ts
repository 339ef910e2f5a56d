/**
 * What else an ambiguous name may mean, told by the words near it: for each folded name, words of its other senses. One near
 * by outweighs a vague sign of the actor; a clear sign of the actor outweighs it.
 */
import { fold } from '#text/fold.ts';

export const OTHER_SENSES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    mistral: `vent vents rafale rafales souffle soufflait souffler soufflera km h rhone tramontane tempete meteo gagnant gagnants
      frederic poete poesie felibrige felibre mireio mireille provencal provencale provence gabriela navire navires batiment
      batiments bpc porte helicopteres helicoptere classe missile missiles marine frégate fregate russie vladivostok sebastopol
      train restaurant hotel camping rue chanson renaud album`,
    orange: `couleur alerte vigilance jus fruit fruits carte feu vaucluse salon carpentras avignon montelimar choregies departement
      mecanique revolution ville`,
    alan: `turing cumming greenspan jackson`,
    dust: `bowl sand daft poussiere`,
    h: `heures heure km kmh bombe vitamine`,
    ami: `meilleur mon son votre faux vieil interet manifestation appel`,
    thales: `theoreme milet philosophe mathematicien grec`,
    safran: `epice pistil recette cuisine`,
    harmattan: `vent editions editeur editeurs sahara poussiere livre paru desert`,
    bleu: `couleur blanc rouge ciel carte`,
    arago: `francois rue boulevard lycee hopital astronome`,
    pasteur: `louis eglise protestant lycee hopital evangelique temple`,
    cathay: `pacific`,
    gradient: `descente descent`,
    shift: `touche`,
    apple: `tarte`,
    meta: `analyse analyses`,
    amazon: `foret fleuve`,
    index: `doigt`,
    conviction: `ma sa notre politique`,
    serena: `williams`,
    sequoia: `arbre parc foret national`,
    doctrine: `militaire monroe juridique`,
    sorbonne: `place rue`,
    etat: `secretaire secretaires chef chefs coup conseil major raison islamique droit lieux sante`,
    assemblee: `generale actionnaires constituante`,
    gouvernement: `gouvernements ancien`,
    polytechnique: `orchestre montreal`,
  }).map(([name, words]) => [name, new Set(fold(words).split(/\s+/))]),
);
