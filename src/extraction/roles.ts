/**
 * What a person does, as the text says it: "cofondateur et directeur général", "ancienne directrice de la recherche".
 */

import { PERSONAL_NOUNS } from './lexicon/roles.ts';
import { wordStartingAt } from './read-words.ts';
import { classesOf, FORMER, NATIONALITY, ROLE, ROLE_MORE } from './word-classes.ts';
import type { Words } from './words.ts';

export const OF = new Set(['de', 'd', 'du', 'des', 'chez', 'au', 'a', 'pour']);
export const ARTICLES = new Set(['la', 'l', 'le', 'les']);
export const POSSESSIVES = new Set(['son', 'sa', 'ses', 'leur', 'leurs']);
export const DETERMINERS = new Set(['le', 'la', 'l', 'un', 'une', 'des']);
const SKIPPED = new Set(
  'le la l les un une des deux trois alors aujourd hui actuel actuelle egalement lui elle meme tout premier autre'.split(
    ' ',
  ),
);

/** The words of a role, `to` exclusive. */
export interface Role {
  readonly from: number;
  readonly to: number;
  /** True for "ancien", "ex-". */
  readonly former: boolean;
}

/** Reads a role from a token on: skips articles, then takes the role's words. */
export function readRole(words: Words, from: number): Role | null {
  const { tokens, gaps } = words;
  let at = from;
  let former = false;
  for (let steps = 0; steps < 5 && at < tokens.length; steps++) {
    const read = wordStartingAt(words, at);
    if (read === null) return null;
    const classes = classesOf(read.word);
    if ((classes & FORMER) !== 0) {
      former = true;
      // "ancien de Google" is a role by itself.
      const next = tokens[read.last + 1];
      if (next !== undefined && OF.has(next.folded)) return { from: read.first, to: read.last + 1, former };
      // "ex-patron" stands in one word.
      if ((classes & ROLE) === 0) {
        at = read.last + 1;
        continue;
      }
    }
    const exRole = read.word.startsWith('ex-') && (classesOf(read.word.slice(3)) & ROLE) !== 0;
    if (PERSONAL_NOUNS.has(read.word)) return null;
    if ((classes & ROLE) !== 0 || exRole)
      return { from: read.first, to: endOfRole(words, read.last + 1), former: former || exRole };
    if (!SKIPPED.has(read.word) && !POSSESSIVES.has(read.word) && (classes & NATIONALITY) === 0) return null;
    at = read.last + 1;
    if (at > from && gaps[at] !== 'SPACE' && gaps[at] !== 'APOSTROPHE') return null;
  }
  return null;
}

function endOfRole(words: Words, from: number): number {
  const { tokens, gaps } = words;
  let at = from;
  let end = from;
  while (at < tokens.length && at - from < 10) {
    if (gaps[at] !== 'SPACE' && gaps[at] !== 'HYPHEN') break;
    const read = wordStartingAt(words, at)!;
    const classes = classesOf(read.word);
    const isWord = (classes & (ROLE | ROLE_MORE | NATIONALITY)) !== 0;
    if (!isWord && tokens[at]!.folded !== 'et') break;
    at = read.last + 1;
    if (isWord) end = at;
  }
  return end;
}
