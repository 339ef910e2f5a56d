/** Closed classes of French words, lower case with accents and plain apostrophes, as claim reading needs them. */
import { WordSet } from '#text/word-set.ts';

function words(list: string): ReadonlySet<string> {
  return new WordSet(list.split(/\s+/));
}

/** Articles, demonstratives and possessives that point at someone already known. */
export const DEFINITE = words("le la les l' ce cet cette ces son sa ses leur leurs notre nos");

/** Possessives of the third person. */
export const POSSESSIVE = words('son sa ses leur leurs');

/** Determiners that open a noun phrase without saying which one. */
export const INDEFINITE = words(
  'un une des plusieurs certains certaines quelques chaque aucun aucune deux trois quatre cinq tout toute tous toutes quelque maints beaucoup nombre',
);

/** Prepositions that tie a noun to the one before it. */
export const LINKING = words("de d' du des");

/** Prepositions after which a noun phrase is not a subject. */
export const PREPOSITIONS = words(
  "de d' du à au aux en dans par pour sur sous avec sans chez vers entre contre selon après avant depuis pendant durant devant derrière dès hors outre malgré lors auprès suite face grâce jusqu' parmi via envers excepté hormis concernant quant moyennant suivant voici voilà comme",
);

/** Verbs in the infinitive or participle, and finite verbs, never follow these. */
export const BEFORE_NOUN = words(
  "le la les l' ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes un une des du au aux de d' par sur sous avec chez vers entre contre dans quelle quel quels quelles chaque aucun aucune plusieurs certains quelques deux trois quatre cinq",
);

export const CLITICS = words("ne n' se s' me m' nous vous lui leur en y le la les l' te t'");

/** Third-person subject pronouns; a hyphen before one shows inversion ("dit-il"). */
export const SUBJECT_PRONOUNS = words(
  'il elle ils elles on celui-ci celle-ci ceux-ci celles-ci ce-dernier cette-dernière qui',
);

export const INVERTED = words('-il -elle -ils -elles -on');

export const HAVE = words('a ont avait avaient aura auront aurait auraient ayant eut eurent ait avoir');
export const BE = words('est sont était étaient sera seront serait seraient étant fut furent être soit été');

/** May stand between an auxiliary and its participle, or between a verb and what it introduces. */
const ADVERBS = words(
  "aussi ainsi encore déjà toujours jamais bien mal plus moins très trop ensuite puis alors enfin depuis hier aujourd'hui aujourd' hui personne demain ici là cependant toutefois pourtant néanmoins certes même lui elle eux donc or notamment quant volontiers tôt tard plutôt presque souvent parfois sitôt aussitôt bientôt désormais dorénavant tout pas point guère rien tantôt d'emblée emblée ailleurs d'ailleurs surtout non oui peut-être sans-doute lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre dernier dernière prochain prochaine passé matin soir midi après-midi publiquement amusé amusée agacé enthousiaste",
);

/** Whether a word may be skipped between the parts of a verb group. */
export function isAdverb(word: string): boolean {
  return (
    ADVERBS.has(word) ||
    (word.length > 6 && word.endsWith('ment')) ||
    (word.charCodeAt(0) < 58 && /^\d{1,4}$/.test(word))
  );
}

/** Words at which a noun phrase ends. */
export const PHRASE_END = words(
  "que qu' qui dont où et ou mais car donc or ni ne n' se s' lorsque lorsqu' quand si puisque puisqu' tandis alors comme",
);

/** Whether a word belongs to a closed class, so that a capital makes no name of it at a clause's start. */
export function isFunctionWord(word: string): boolean {
  return (
    DEFINITE.has(word) ||
    INDEFINITE.has(word) ||
    PREPOSITIONS.has(word) ||
    SUBJECT_PRONOUNS.has(word) ||
    PHRASE_END.has(word) ||
    CLITICS.has(word) ||
    HAVE.has(word) ||
    BE.has(word) ||
    STATEMENT_WORDS.has(word) ||
    ADVERBS.has(word)
  );
}

/** Small words that only a sentence with a verb holds; they tell a statement from a quoted name. */
export const STATEMENT_WORDS = words(
  "je j' tu nous vous on il elle ils elles c' ça cela ce est sont suis sommes êtes était étaient sera seront serait a ont avons avez avait aura aurait doit doivent devons devez devra peut peuvent pouvons pourra va vont allons faut faudra fait font faisons veut veulent voulons sait n' ne",
);
