/**
 * The words of a text as filters look for them: folded, in the singular, without articles and elided particles, so that
 * "la levée de fonds" and "des levées de fonds" are both `levee fonds`. What is searched and what is asked for go through
 * the same function, so a rule that is wrong about a word is wrong about both and still finds it.
 */
import { tokenize } from '#text/tokenize.ts';

/** Words of a text that are kept: some 60 KB of prose. */
const WORDS_MAX = 10_000;
const WORD_LENGTH_MAX = 60;

const ARTICLES: ReadonlySet<string> = new Set(['le', 'la', 'les', 'un', 'une', 'de', 'des', 'du']);
/** What loses its vowel before another: `l’IA`, `d’euros`, `qu’elle`. */
const ELIDED: ReadonlySet<string> = new Set(['l', 'd', 'c', 'j', 'm', 'n', 's', 't', 'qu']);
/** Words whose singular by rule would be another word: Paris is no bet, and a share price no price taken. */
const INVARIABLE: ReadonlySet<string> = new Set(
  'paris mars cours fonds sens gens temps corps pays mois fois bras poids cannes nantes rennes reims'.split(
    ' ',
  ),
);

/** The singular, by the rules that have no exceptions worth a lexicon; words of less than four letters stay. */
function singular(word: string): string {
  if (word.length < 4 || INVARIABLE.has(word)) return word;
  if (word.endsWith('eaux')) return word.slice(0, -1);
  if (word.endsWith('aux') && word.length > 4) return `${word.slice(0, -3)}al`;
  if (word.endsWith('eux') || word.endsWith('oux')) return word.slice(0, -1);
  if (word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

/** A word and where it stands, in UTF-16 code units, end exclusive. */
export interface PlacedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a text in order, with their places; articles and elided particles left out. */
export function placedWords(text: string): PlacedWord[] {
  const words: PlacedWord[] = [];
  for (const { folded, start, end } of tokenize(text)) {
    if (words.length === WORDS_MAX) break;
    const elided = ELIDED.has(folded) && /['’ʼ]/.test(text.charAt(end));
    if (elided || ARTICLES.has(folded)) continue;
    words.push({ word: singular(folded.slice(0, WORD_LENGTH_MAX)), start, end });
  }
  return words;
}

/** The words alone. */
export const wordsOf = (text: string): string[] => placedWords(text).map(({ word }) => word);

/** Title and text as one line of words, each between blanks. No phrase reaches from the one into the other. */
export function searchableWords({ title, text }: { readonly title: string; readonly text: string }): string {
  return ` ${[...wordsOf(title), '|', ...wordsOf(text)].join(' ')} `;
}
