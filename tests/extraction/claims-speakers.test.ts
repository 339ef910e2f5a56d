import { describe, expect, test } from 'vitest';
import { findClaims } from '#extraction/claims.ts';
import { CAST } from '../support/claim-cast.ts';
import { foundActors } from '../support/found-actors.ts';

/** A text and its claims, each as "D|speaker|words" (direct) or "I|speaker|words" (indirect). */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  [
    'Anna Delorme dirige Vectis depuis 2020. Marc Villeret a fondé Nubia. « Le marché se retourne », constate la patronne de Vectis. « Il se redresse », corrige le fondateur de Nubia.',
    ['D|Anna Delorme|Le marché se retourne', 'D|Marc Villeret|Il se redresse'],
  ],
  [
    'Vectis, cofondée par Anna Delorme et Marc Villeret, ouvre un bureau à Lyon. « La ville nous a fait une offre », confie la cofondatrice.',
    ['D|Anna Delorme|La ville nous a fait une offre'],
  ],
  [
    "Nubia supprime des postes. « Nous n'avions pas le choix », justifie Marc Villeret, à la tête de l'entreprise depuis mars. Le dirigeant promet de reclasser tout le monde.",
    ["D|Marc Villeret|Nous n'avions pas le choix", 'I|Marc Villeret|reclasser tout le monde'],
  ],
  [
    "Chercheuse à l'Inria, Sofia Haddad observe ces modèles depuis dix ans. « Ils progressent moins vite qu'on ne le dit », tempère la scientifique.",
    ["D|Sofia Haddad|Ils progressent moins vite qu'on ne le dit"],
  ],
  [
    "« Personne ne lit les conditions d'utilisation », soupire Karim Benali, avocat au barreau de Lille. Le juriste a pourtant lu les quarante pages. « C'est un roman noir », glisse-t-il.",
    ["D|Karim Benali|Personne ne lit les conditions d'utilisation", "D|Karim Benali|C'est un roman noir"],
  ],
  [
    "Le neurologue Pierre Caumont teste l'outil depuis un an. « Il m'a fait gagner mes soirées », sourit le quinquagénaire.",
    ["D|Pierre Caumont|Il m'a fait gagner mes soirées"],
  ],
  [
    "Ancienne de Nubia, Julie Roustan a rejoint Vectis. « On m'a donné carte blanche », raconte l'ingénieure.",
    ["D|Julie Roustan|On m'a donné carte blanche"],
  ],
  [
    '« On ne vend pas du rêve », lance un commercial de Nubia. Un ingénieur de Vectis confie que les chiffres sont gonflés.',
    ['D|null|On ne vend pas du rêve'],
  ],
  ["Un responsable de Vectis assure que l'usine ouvrira en mai.", ["I|Vectis|l'usine ouvrira en mai"]],
  [
    "La députée Julie Roustan et le sénateur Pierre Caumont ont travaillé ensemble. L'élue souhaite que le texte soit voté avant l'été. « Je n'y crois guère », réplique le sénateur.",
    ["I|Julie Roustan|le texte soit voté avant l'été", "D|Pierre Caumont|Je n'y crois guère"],
  ],
  [
    "Anna Delorme, la patronne, arrive la première. « Café pour tout le monde ? » Puis elle s'assied.",
    ['D|Anna Delorme|Café pour tout le monde ?'],
  ],
  [
    "Halden Capital a mis trois mois à se décider. « L'équipe nous a bluffés », avoue son associé Karim Benali.",
    ["D|Karim Benali|L'équipe nous a bluffés"],
  ],
  [
    "« Nous regarderons le dossier », a répondu le directeur du site, Pierre Caumont. Interrogé sur la date, le directeur n'a rien voulu dire.",
    ['D|Pierre Caumont|Nous regarderons le dossier'],
  ],
  [
    "Vectis n'a que trois ans. Fondée par Anna Delorme, une ancienne d'Orange, l'entreprise vend des puces.\nLes débuts ont été rudes. Le premier prototype a brûlé, le deuxième a été volé. Les banques ont dit non.\n« On dormait dans l'atelier », se souvient la fondatrice. Le marché s'est retourné en 2023.\nDepuis, les commandes affluent. « On dort toujours dans l'atelier, mais sur des lits », sourit la dirigeante.",
    [
      "D|Anna Delorme|On dormait dans l'atelier",
      "D|Anna Delorme|On dort toujours dans l'atelier, mais sur des lits",
    ],
  ],
  [
    "Élodie Saunier reçoit dans un bureau vide. Cette physicienne de formation vient de vendre Nubia.\nL'affaire a surpris. Elle avait refusé deux offres. Les syndicats s'inquiètent, Bercy regarde ailleurs.\n« J'ai vendu parce que j'étais fatiguée », reconnaît-elle. La physicienne ne s'en cache pas.",
    ["D|Élodie Saunier|J'ai vendu parce que j'étais fatiguée"],
  ],
  [
    "Karim Benali a convaincu Aliénor Vasseur. « Il m'a harcelée », rit-elle.",
    ["D|Aliénor Vasseur|Il m'a harcelée"],
  ],
  [
    "Aliénor Vasseur a convaincu Karim Benali. « J'ai cédé au troisième café », avoue-t-il.",
    ["D|Karim Benali|J'ai cédé au troisième café"],
  ],
  [
    'Sofia Haddad dirige le laboratoire depuis 2019. Son équipe compte vingt personnes. Le budget a fondu de moitié. Trois doctorants sont partis. Le quatrième hésite. « Je les comprends », soupire-t-elle.',
    ['D|Sofia Haddad|Je les comprends'],
  ],
  [
    "La Commission européenne a ouvert une enquête. L'exécutif européen soupçonne Nubia d'abus. « Nous coopérons », répond l'entreprise.",
    ['D|Nubia|Nous coopérons'],
  ],
  [
    "Le rapporteur du texte, Pierre Caumont, attend beaucoup du débat. Pour l'élu du Nord, la loi doit passer avant l'été.",
    ["I|Pierre Caumont|la loi doit passer avant l'été"],
  ],
  [
    "Julie Roustan, 41 ans, a grandi à Roubaix. La Nordiste a monté sa boîte dans un garage. « Le cliché, quoi », s'amuse l'entrepreneuse.",
    ['D|Julie Roustan|Le cliché, quoi'],
  ],
  [
    "« C'est une première en Europe », se réjouit Gwenaël Tanguy, directeur scientifique de Vectis. Le chercheur breton, passé par l'Inria, a mis six ans à convaincre. « J'ai failli renoncer », confie-t-il.",
    ["D|Gwenaël Tanguy|C'est une première en Europe", "D|Gwenaël Tanguy|J'ai failli renoncer"],
  ],
  [
    "Nour Chami et Karim Benali ont cofondé Nubia. « On s'est trouvés sur un forum », raconte cette dernière. Son associé confirme. « Elle cherchait un codeur, je cherchais un canapé », ajoute-t-il.",
    [
      "D|Nour Chami|On s'est trouvés sur un forum",
      'D|Karim Benali|Elle cherchait un codeur, je cherchais un canapé',
    ],
  ],
  [
    "« La concurrence nous copie », peste Marc Villeret. Chez Vectis, on hausse les épaules. « Qu'il dépose des brevets », réplique Anna Delorme.",
    ['D|Marc Villeret|La concurrence nous copie', "D|Anna Delorme|Qu'il dépose des brevets"],
  ],
  [
    "Halden Capital mène le tour. « Nous suivions Nubia depuis deux ans », indique Élodie Saunier, associée du fonds. Cette dernière entrera au conseil. « L'équipe est rare », insiste-t-elle.",
    ['D|Élodie Saunier|Nous suivions Nubia depuis deux ans', "D|Élodie Saunier|L'équipe est rare"],
  ],
  [
    "L'Université de Lille a tranché. « Pas de caméra dans les amphis », a fait savoir l'établissement. Son président, Pierre Caumont, parle d'une « décision de bon sens, et de budget ».",
    [
      'D|Université de Lille|Pas de caméra dans les amphis',
      'D|Pierre Caumont|décision de bon sens, et de budget',
    ],
  ],
  [
    "« Qui paiera ? », interroge Karim Benali. La question fâche. « L'usager, comme toujours », lui répond Sofia Haddad.",
    ['D|Karim Benali|Qui paiera ?', "D|Sofia Haddad|L'usager, comme toujours"],
  ],
  [
    "Marc Villeret l'a annoncé aux salariés lundi : le siège quittera Paris. « Nous avons trouvé deux fois plus grand pour deux fois moins cher », leur a-t-il expliqué.",
    [
      'I|Marc Villeret|le siège quittera Paris',
      'D|Marc Villeret|Nous avons trouvé deux fois plus grand pour deux fois moins cher',
    ],
  ],
  [
    "L'information, révélée par Le Canard enchaîné, a été confirmée par Bercy. « Le dossier est à l'étude », indique-t-on à Bercy.",
    ["D|Bercy|Le dossier est à l'étude"],
  ],
  [
    "Nubia va racheter Vectis, rapporte l'agence Reuters. Selon l'agence, le prix dépasserait le milliard.",
    ['I|Reuters|Nubia va racheter Vectis', 'I|Reuters|le prix dépasserait le milliard'],
  ],
  [
    "D'après nos confrères des Echos, Nubia perdrait deux millions par mois.",
    ['I|Echos|Nubia perdrait deux millions par mois'],
  ],
  [
    'Nubia perdrait deux millions par mois, a-t-on appris auprès de Halden Capital.',
    ['I|Halden Capital|Nubia perdrait deux millions par mois'],
  ],
  [
    "Selon le cabinet Gartner, les dépenses doubleront. Le cabinet table sur une hausse de 30 % l'an prochain.",
    ['I|Gartner|les dépenses doubleront'],
  ],
  [
    "Selon Mme Roustan, tout est prêt. M. Caumont, de son côté, juge que rien ne l'est.",
    ['I|Julie Roustan|tout est prêt', "I|Pierre Caumont|rien ne l'est"],
  ],
  [
    "Pour l'avocate Julie Roustan, « le droit est clair, c'est la volonté qui manque ».",
    ["D|Julie Roustan|le droit est clair, c'est la volonté qui manque"],
  ],
  [
    "Vectis entend « devenir le fournisseur de toute l'Europe ». Nubia ambitionne de « former un million de lycéens ».",
    ["D|Vectis|devenir le fournisseur de toute l'Europe", 'D|Nubia|former un million de lycéens'],
  ],
  [
    "Vectis s'engage à publier ses données. Anna Delorme se dit prête à rencontrer les riverains.",
    ['I|Vectis|publier ses données', 'I|Anna Delorme|prête à rencontrer les riverains'],
  ],
  [
    '« Les machines apprennent, nous aussi », philosophe Pierre Caumont en refermant la porte. Il a rendez-vous.',
    ['D|Pierre Caumont|Les machines apprennent, nous aussi'],
  ],
  [
    "Le PDG de Nubia, Marc Villeret, et la présidente de Vectis, Anna Delorme, ont signé. « Un mariage de raison », résume le premier. La seconde préfère parler d'« une histoire d'amour tardive ».",
    ['D|Marc Villeret|Un mariage de raison', "D|Anna Delorme|une histoire d'amour tardive"],
  ],
  [
    '« Nous avons tout essayé », plaide le PDG. À ses côtés, la directrice financière hoche la tête. Marc Villeret dirige Nubia depuis 2016.',
    ['D|Marc Villeret|Nous avons tout essayé'],
  ],
  [
    "Vectis supprime soixante postes. La direction évoque « une adaptation nécessaire au marché ». Pour la CGT, c'est « un plan social qui ne dit pas son nom ».",
    ['D|Vectis|une adaptation nécessaire au marché', 'D|CGT|un plan social qui ne dit pas son nom'],
  ],
  [
    "« La France a tout pour réussir », a martelé le chef de l'État à Lille. Plus prudent, le patron de l'Arcep, Pierre Caumont, note que la fibre manque encore.",
    ['D|null|La France a tout pour réussir', 'I|Pierre Caumont|la fibre manque encore'],
  ],
  [
    "La présidente de l'Arcep s'est voulue rassurante. « Les contrôles seront doublés », a-t-elle promis.",
    ['D|Arcep|Les contrôles seront doublés'],
  ],
];

describe('speakers', () => {
  test.each(CASES)('whom a name, role or pronoun stands for: %s', (text, expected) => {
    const article = { title: '', text, publishedAt: null };
    const found = foundActors(CAST, article);
    const claims = findClaims(article, found).map(({ kind, speaker, speakerName, quote }) => {
      const name = speaker === null ? speakerName : found.actors[speaker]?.name;
      return `${kind[0]}|${name}|${quote}`;
    });
    expect(claims).toEqual(expected);
  });
});
