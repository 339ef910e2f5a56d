import { describe, expect, test } from 'vitest';
import { findClaims } from '#extraction/claims.ts';
import { CAST } from '../support/claim-cast.ts';
import { foundActors } from '../support/found-actors.ts';

/** A text and its claims, each as "D|speaker|words" (direct) or "I|speaker|words" (indirect). */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['À ses yeux, la loi arrive trop tard.', []],
  [
    "Julie Roustan n'est pas convaincue. À ses yeux, la loi arrive trop tard.",
    ['I|Julie Roustan|la loi arrive trop tard'],
  ],
  ["Mais pour Karim Benali, le compte n'y est pas.", ["I|Karim Benali|le compte n'y est pas"]],
  ["Pierre Caumont trouve que le débat s'égare.", ["I|Pierre Caumont|le débat s'égare"]],
  [
    "Sofia Haddad a la conviction que les petits modèles l'emporteront.",
    ["I|Sofia Haddad|les petits modèles l'emporteront"],
  ],
  ["Une étude de l'Inria montre que les salariés trichent peu.", ['I|Inria|les salariés trichent peu']],
  [
    'Selon une étude de Halden Capital, un tiers des start-up fermeront.',
    ['I|Halden Capital|un tiers des start-up fermeront'],
  ],
  [
    'Selon un sondage Ifop, les Français se méfient de ces outils.',
    ['I|Ifop|les Français se méfient de ces outils'],
  ],
  ['Challenges révèle que Nubia cherche un repreneur.', ['I|Challenges|Nubia cherche un repreneur']],
  ['Nubia cherche un repreneur, a révélé Mediapart dimanche.', ['I|Mediapart|Nubia cherche un repreneur']],
  [
    "Si l'on en croit Marc Villeret, la rentabilité est pour demain.",
    ['I|Marc Villeret|la rentabilité est pour demain'],
  ],
  [
    "L'objectif, rappelle Anna Delorme, est de tenir deux ans.",
    ["I|Anna Delorme|L'objectif, rappelle Anna Delorme, est de tenir deux ans"],
  ],
  [
    "Bercy fait valoir que la dépense est déjà engagée et que le Parlement l'a votée.",
    ["I|Bercy|la dépense est déjà engagée et que le Parlement l'a votée"],
  ],
  ["L'Arcep, de son côté, dit ne pas avoir été consultée.", ['I|Arcep|ne pas avoir été consultée']],
  [
    "Anna Delorme n'exclut pas que Vectis s'introduise en Bourse.",
    ["I|Anna Delorme|Vectis s'introduise en Bourse"],
  ],
  [
    'Le patron de Nubia, Marc Villeret, a beau répéter que tout va bien, les banques doutent.',
    ['I|Marc Villeret|tout va bien'],
  ],
  [
    'Interrogée sur ce point, Anna Delorme a indiqué ne pas vouloir commenter.',
    ['I|Anna Delorme|ne pas vouloir commenter'],
  ],
  ["Marc Villeret se dit persuadé que l'Europe peut gagner.", ["I|Marc Villeret|l'Europe peut gagner"]],
  ['La CGT craint que deux cents postes disparaissent.', ['I|CGT|deux cents postes disparaissent']],
  ['Sofia Haddad reproche à Nubia de cacher ses données.', []],
  ["Anna Delorme annonce une levée de fonds et un plan d'embauche.", []],
  ['Les experts estiment que la bulle éclatera.', []],
  [
    "Julie Roustan se félicite que le texte avance, tout en regrettant qu'il oublie les artistes.",
    ['I|Julie Roustan|le texte avance'],
  ],
  ["D'après les calculs d'Élodie Saunier, la facture doublera.", ['I|Élodie Saunier|la facture doublera']],
  ['Selon elle, rien ne presse.', []],
  [
    'Élodie Saunier préside le jury. Selon elle, rien ne presse vraiment.',
    ['I|Élodie Saunier|rien ne presse vraiment'],
  ],
  ["Le slogan de Vectis, « La machine qui écoute les gens », trône dans l'entrée.", []],
  [
    "Élodie Saunier est catégorique : la facture doublera d'ici trois ans.",
    ["I|Élodie Saunier|la facture doublera d'ici trois ans"],
  ],
  ['Anna Delorme et Marc Villeret estiment que le marché est mûr.', ['I|Anna Delorme|le marché est mûr']],
  ['La facture doublera, Élodie Saunier en est persuadée.', ['I|Élodie Saunier|La facture doublera']],
  ["Le pire est passé, Marc Villeret l'assure.", ['I|Marc Villeret|Le pire est passé']],
  [
    "Anna Delorme s'attend à ce que la concurrence réagisse vite.",
    ['I|Anna Delorme|la concurrence réagisse vite'],
  ],
  ["Marc Villeret se défend d'avoir caché les comptes.", ['I|Marc Villeret|avoir caché les comptes']],
  [
    'La Cour des comptes recommande de suspendre le programme.',
    ['I|Cour des comptes|suspendre le programme'],
  ],
  ["À l'Élysée, on assure que rien n'est décidé.", ["I|Élysée|rien n'est décidé"]],
  ['Du côté de Nubia, on rappelle que le contrat est signé.', ['I|Nubia|le contrat est signé']],
  [
    'Même constat chez Halden Capital, qui juge que les prix vont baisser.',
    ['I|Halden Capital|les prix vont baisser'],
  ],
  [
    'Le rapport de la Cour des comptes souligne que deux agences font le même travail.',
    ['I|Cour des comptes|deux agences font le même travail'],
  ],
  [
    'Dans son avis, le Sénat note que la loi est mal appliquée. Il ajoute que les décrets manquent.',
    ['I|Sénat|la loi est mal appliquée', 'I|Sénat|les décrets manquent'],
  ],
  [
    "L'Arcep a rendu son avis mardi. Le régulateur considère que la concurrence est faussée.",
    ['I|Arcep|la concurrence est faussée'],
  ],
  ["Nubia a tenu salon. La société a fait savoir qu'elle recrutait.", ['I|Nubia|elle recrutait']],
  [
    "Marc Villeret, le fondateur de Nubia, voit loin. L'entrepreneur vise la Lune, mais son entreprise assure qu'elle restera prudente.",
    ['I|Nubia|elle restera prudente'],
  ],
  [
    'Anna Delorme, qui dirige Vectis, a répondu à nos questions par écrit. Elle indique que la société est rentable.',
    ['I|Anna Delorme|la société est rentable'],
  ],
  [
    "Pierre Caumont a rencontré Sofia Haddad à Lyon. Elle lui a confié que le projet était à l'arrêt.",
    ["I|Sofia Haddad|le projet était à l'arrêt"],
  ],
  ["Interrogé par nos soins, Marc Villeret n'a pas souhaité commenter.", []],
  [
    'Nubia aurait, selon Halden Capital, brûlé la moitié de sa trésorerie.',
    ['I|Halden Capital|Nubia aurait, selon Halden Capital, brûlé la moitié de sa trésorerie'],
  ],
  ['Pas question, pour Marc Villeret, de céder sa place.', []],
  ['Marc Villeret a rappelé combien la route était longue.', []],
  ['Nubia compte ouvrir dix boutiques. Marc Villeret espère séduire les notaires.', []],
  ["Vectis se félicite d'avoir tenu ses délais.", ['I|Vectis|avoir tenu ses délais']],
  [
    'Le patron de la CGT, Pierre Caumont, demande que les salariés soient consultés.',
    ['I|Pierre Caumont|les salariés soient consultés'],
  ],
  [
    'Anna Delorme a expliqué aux salariés, lundi, que le site de Brest fermerait.',
    ['I|Anna Delorme|le site de Brest fermerait'],
  ],
  [
    'Tout le monde y gagne, plaide Marc Villeret, qui rappelle que ses modèles tournent en France.',
    ['I|Marc Villeret|Tout le monde y gagne', 'I|Marc Villeret|ses modèles tournent en France'],
  ],
  [
    "L'usine, explique Pierre Caumont, emploiera deux cents personnes.",
    ["I|Pierre Caumont|L'usine, explique Pierre Caumont, emploiera deux cents personnes"],
  ],
  [
    "Le Monde a révélé que Nubia négociait avec Vectis. Le quotidien ajoute que l'affaire est presque faite.",
    ['I|Monde|Nubia négociait avec Vectis', "I|Monde|l'affaire est presque faite"],
  ],
];

describe('reported speech', () => {
  test.each(CASES)('who says the words without marks: %s', (text, expected) => {
    const article = { title: '', text, publishedAt: null };
    const found = foundActors(CAST, article);
    const claims = findClaims(article, found).map(({ kind, speaker, speakerName, quote }) => {
      const name = speaker === null ? speakerName : found.actors[speaker]?.name;
      return `${kind[0]}|${name}|${quote}`;
    });
    expect(claims).toEqual(expected);
  });
});
