/** What the words in quotation marks are: a statement, a title, or a term. */
import type { ClaimToken, TokenSentence } from './claim-tokens.ts';
import { DEFINITE, PREPOSITIONS, STATEMENT_WORDS } from './lexicon/grammar-words.ts';

/** Code units of a quotation in which its first verb is sought. */
const STATEMENT_REACH = 300;

const TITLE_NOUN =
  /^(?:intitulée?s?|baptisée?s?|nommée?s?|surnommée?s?|titrée?s?|appelée?s?|dite?s?|livre|ouvrage|rapport|essai|article|étude|film|série|chanson|album|émission|podcast|conférence|exposition|colloque|tribune|projet|programme|plan|appel|concours|prix|label|publication|lettre|pétition|magazine|revue|roman|documentaire|manifeste|note|enquête|séminaire|atelier|table|thèse|mémoire|cours|formation|vidéo|billet|post|chaîne|collection|rubrique|catégorie|mention|hashtag|titre|opération|campagne|initiative|dispositif|loi|directive|règlement|consortium|réseau)$/;

/** Words of a text as a reader counts them: "l'IA" is one. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Whether the marks hold a title or a name: "le rapport « … »", "baptisé « … »". */
export function isTitled(
  tokens: readonly ClaimToken[],
  sentence: TokenSentence,
  at: number,
  inner: string,
): boolean {
  const before = tokens[at - 1];
  if (at <= sentence.from || before?.kind !== 'WORD') return false;
  if (TITLE_NOUN.test(before.word) && !PREPOSITIONS.has(before.word)) return true;
  const noun =
    !PREPOSITIONS.has(before.word) &&
    !DEFINITE.has(before.word) &&
    before.word !== 'que' &&
    before.word !== "qu'";
  return noun && /^\p{Lu}/u.test(inner) && !STATEMENT_WORDS.has(inner.split(/[\s'’]/, 1)[0]!.toLowerCase());
}

/** Whose words they are shows in them: "l'IA que nos clients utilisent". */
const FIRST_PERSON = /^(?:je|j'|me|m'|moi|mon|ma|mes|nous|notre|nos)$/;

/** Whether the words hold a verb of their own, and not only in a relative clause. */
export function isStatement(inner: string): boolean {
  if (/^(?:qu['e’]|d['e’] ?\p{L}+(?:er|ir|re) )/u.test(inner)) return true;
  const start = inner.slice(0, STATEMENT_REACH).toLowerCase().replaceAll('’', "'");
  if ([...start.matchAll(/[\p{L}-]+'?/gu)].some(([word]) => FIRST_PERSON.test(word))) return true;
  for (const [word] of start.matchAll(/[\p{L}-]+'?/gu)) {
    // "robot qui fait la tête": a verb that belongs to a relative clause makes no statement.
    if (/^(?:qui|dont|où)$/.test(word)) return false;
    if (STATEMENT_WORDS.has(word)) return true;
  }
  return false;
}
