import { describe, expect, test } from 'vitest';
import { findClaims } from '#extraction/claims.ts';
import { CAST } from '../support/claim-cast.ts';
import { foundActors } from '../support/found-actors.ts';

/** A text and its claims, each as "D|speaker|words" (direct) or "I|speaker|words" (indirect). */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  [
    '« Vectis vaut dix fois moins », lâche Karim Benali. Un avis que ne partage pas Anna Delorme : pour elle, la valeur est dans les contrats.',
    ['D|Karim Benali|Vectis vaut dix fois moins', 'I|Anna Delorme|la valeur est dans les contrats'],
  ],
  ["« C'est non », a répondu sèchement Anna Delorme.", ["D|Anna Delorme|C'est non"]],
  [
    "« L'IA ? Un outil, rien de plus », balaie d'un geste Pierre Caumont.",
    ["D|Pierre Caumont|L'IA ? Un outil, rien de plus"],
  ],
  ['« Tout reste à faire. » Sofia Haddad ne se paie pas de mots.', ['D|Sofia Haddad|Tout reste à faire.']],
  [
    '« Nous serons prêts », jurent en chœur Anna Delorme et Marc Villeret.',
    ['D|Anna Delorme|Nous serons prêts'],
  ],
  [
    'Anna Delorme le martèle : « Nous ne vendrons jamais les données. »',
    ['D|Anna Delorme|Nous ne vendrons jamais les données.'],
  ],
  [
    "« La question n'est plus de savoir si, mais quand », a-t-elle ajouté.",
    ["D|null|La question n'est plus de savoir si, mais quand"],
  ],
  [
    'Karim Benali dénonce une « opération de communication sans lendemain ».',
    ['D|Karim Benali|opération de communication sans lendemain'],
  ],
  [
    'Karim Benali veut croire que « le pire est derrière nous ».',
    ['D|Karim Benali|le pire est derrière nous'],
  ],
  [
    "De quoi faire dire à Sofia Haddad que « la recherche française n'est pas morte ».",
    ["D|Sofia Haddad|la recherche française n'est pas morte"],
  ],
  [
    'Nubia, qui se présente comme « le premier assistant des notaires de France », a signé.',
    ['D|Nubia|le premier assistant des notaires de France'],
  ],
  ["« Une honte », s'étrangle Julie Roustan.", ['D|Julie Roustan|Une honte']],
  [
    "« Je suis venue, j'ai vu, j'ai signé », résume, hilare, Julie Roustan.",
    ["D|Julie Roustan|Je suis venue, j'ai vu, j'ai signé"],
  ],
  ["« Ce n'est pas une mode », prévient-on chez Halden Capital.", ["D|Halden Capital|Ce n'est pas une mode"]],
  [
    "« On a hésité », concède Marc Villeret, avant d'ajouter : « Pas longtemps. »",
    ['D|Marc Villeret|On a hésité', 'D|Marc Villeret|Pas longtemps.'],
  ],
  [
    "« Le contrat court jusqu'en 2030, précise-t-on au cabinet de la ministre. Nous n'en dirons pas plus. »",
    [
      "D|null|Le contrat court jusqu'en 2030, précise-t-on au cabinet de la ministre. Nous n'en dirons pas plus.",
    ],
  ],
  [
    "Pour Anna Delorme, « l'heure n'est plus aux pilotes ».",
    ["D|Anna Delorme|l'heure n'est plus aux pilotes"],
  ],
  ["Et Karim Benali d'enfoncer le clou : « Les juges suivront. »", ['D|Karim Benali|Les juges suivront.']],
  [
    'Même son de cloche chez Marc Villeret : « On embauche moins, mais mieux. »',
    ['D|Marc Villeret|On embauche moins, mais mieux.'],
  ],
  [
    '« Beaucoup de bruit », ironise Sofia Haddad, « pour pas grand-chose. »',
    ['D|Sofia Haddad|Beaucoup de bruit'],
  ],
  [
    'Dans un billet de blog, Pierre Caumont écrit : « Les données vieillissent mal ».',
    ['D|Pierre Caumont|Les données vieillissent mal'],
  ],
  [
    "Le rapport parle d'« un retard de dix ans sur les voisins ».",
    ['D|null|un retard de dix ans sur les voisins'],
  ],
  [
    'Sur LinkedIn, Anna Delorme a salué « un partenariat bâti pour durer ».',
    ['D|Anna Delorme|un partenariat bâti pour durer'],
  ],
  ["« Faux », rétorque l'intéressé, Marc Villeret.", ['D|Marc Villeret|Faux']],
  [
    "Marc Villeret a été entendu mardi. « Je n'ai rien signé », a déclaré l'intéressé.",
    ["D|Marc Villeret|Je n'ai rien signé"],
  ],
  [
    'Son associée Élodie Saunier abonde : « Sans eux, pas de produit. »',
    ['D|Élodie Saunier|Sans eux, pas de produit.'],
  ],
  [
    "« L'argent n'est plus gratuit, et c'est tant mieux. » Signé Karim Benali.",
    ["D|Karim Benali|L'argent n'est plus gratuit, et c'est tant mieux."],
  ],
  [
    'Ce que confirme Anna Delorme : « Nous avons doublé nos équipes. »',
    ['D|Anna Delorme|Nous avons doublé nos équipes.'],
  ],
  ['« Nous y arriverons », veut croire Anna Delorme.', ['D|Anna Delorme|Nous y arriverons']],
  [
    '« Le plus dur est derrière nous », croit savoir Marc Villeret.',
    ['D|Marc Villeret|Le plus dur est derrière nous'],
  ],
  [
    "« Ça marche », dit simplement Sofia Haddad. Elle ajoute, l'œil brillant : « Enfin, ça démarre. »",
    ['D|Sofia Haddad|Ça marche', 'D|Sofia Haddad|Enfin, ça démarre.'],
  ],
  [
    'Pierre Caumont a rencontré Karim Benali à Lyon. Il lui a dit : « Le projet est mort. »',
    ['D|Pierre Caumont|Le projet est mort.'],
  ],
  [
    "« On n'a rien vu venir », dit Julie Roustan. Karim Benali, lui, avait prévenu. « J'ai écrit trois fois à la direction », rappelle-t-il.",
    ["D|Julie Roustan|On n'a rien vu venir", "D|Karim Benali|J'ai écrit trois fois à la direction"],
  ],
  [
    "Sofia Haddad, chercheuse à l'Inria, et Karim Benali, avocat, se connaissent bien. « Nous débattons depuis dix ans », explique la première. « Et je perds souvent », ajoute le second.",
    ['D|Sofia Haddad|Nous débattons depuis dix ans', 'D|Karim Benali|Et je perds souvent'],
  ],
  [
    'Vectis a choisi Nantes. « Les loyers y sont doux », explique son directeur général, Pierre Caumont.',
    ['D|Pierre Caumont|Les loyers y sont doux'],
  ],
  [
    '« Les loyers y sont doux », explique la direction. Vectis a choisi Nantes.',
    ['D|Vectis|Les loyers y sont doux'],
  ],
  ['Julie Roustan (Vectis) : « Nous avons gagné deux ans. »', ['D|Julie Roustan|Nous avons gagné deux ans.']],
  ['« Nous avons gagné deux ans » (Julie Roustan, Vectis).', ['D|Julie Roustan|Nous avons gagné deux ans']],
  [
    "La ministre du Travail, Julie Roustan, s'est dite « prête à rouvrir le dossier ».",
    ['D|Julie Roustan|prête à rouvrir le dossier'],
  ],
  [
    'Karim Benali qualifie le procédé de « hold-up à visage découvert ».',
    ['D|Karim Benali|hold-up à visage découvert'],
  ],
  [
    '« Un trou dans la raquette », selon les mots de Karim Benali.',
    ['D|Karim Benali|Un trou dans la raquette'],
  ],
  [
    "L'accord est « une excellente nouvelle pour la filière », s'est réjouie Élodie Saunier.",
    ['D|Élodie Saunier|une excellente nouvelle pour la filière'],
  ],
  ["Pourquoi Nantes ? « Pour la gare », s'amuse Anna Delorme.", ['D|Anna Delorme|Pour la gare']],
  [
    '« Chez nous, personne ne compte ses heures. Enfin, si, le comptable », plaisante Anna Delorme, avant de reprendre son sérieux.',
    ['D|Anna Delorme|Chez nous, personne ne compte ses heures. Enfin, si, le comptable'],
  ],
  [
    'Anna Delorme ne décolère pas. « Trois ans de travail à la poubelle ! »',
    ['D|Anna Delorme|Trois ans de travail à la poubelle !'],
  ],
  [
    "Pour preuve, cette phrase d'Anna Delorme, en 2021 : « Nous ne ferons jamais de matériel. »",
    ['D|Anna Delorme|Nous ne ferons jamais de matériel.'],
  ],
  [
    "Karim Benali l'a dit devant les sénateurs, « les textes existent, il suffit de les lire ».",
    ['D|Karim Benali|les textes existent, il suffit de les lire'],
  ],
  [
    "« Il faudra choisir. Ou bien on finance la recherche, ou bien on arrête d'en parler », a prévenu, jeudi, devant la presse, Sofia Haddad.",
    ["D|Sofia Haddad|Il faudra choisir. Ou bien on finance la recherche, ou bien on arrête d'en parler"],
  ],
  [
    "Le tribunal a estimé que Nubia avait « manqué à son devoir d'information ».",
    ["D|null|manqué à son devoir d'information"],
  ],
  [
    "« Notre métier, c'est le silence. » C'est Anna Delorme qui parle.",
    ["D|Anna Delorme|Notre métier, c'est le silence."],
  ],
  [
    "Sofia Haddad y voit « un test grandeur nature pour l'Europe ».",
    ["D|Sofia Haddad|un test grandeur nature pour l'Europe"],
  ],
  [
    "L'idée a séduit Halden Capital. Son associé Karim Benali y croit : « Dans cinq ans, ce sera banal. »",
    ['D|Karim Benali|Dans cinq ans, ce sera banal.'],
  ],
  [
    'Élodie Saunier, elle, se veut prudente : « Attendons les chiffres. »',
    ['D|Élodie Saunier|Attendons les chiffres.'],
  ],
  [
    'Marc Villeret promet de la transparence, de la patience et « pas un euro de dividende avant 2030 ».',
    ['D|Marc Villeret|pas un euro de dividende avant 2030'],
  ],
];

describe('quotations', () => {
  test.each(CASES)('who says the words in marks: %s', (text, expected) => {
    const article = { title: '', text, publishedAt: null };
    const found = foundActors(CAST, article);
    const claims = findClaims(article, found).map(({ kind, speaker, speakerName, quote }) => {
      const name = speaker === null ? speakerName : found.actors[speaker]?.name;
      return `${kind[0]}|${name}|${quote}`;
    });
    expect(claims).toEqual(expected);
  });
});
