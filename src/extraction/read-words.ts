/**
 * Words with their hyphens, read forwards and backwards: "start-up", "co-fondateur" and "président-directeur" are one each.
 */
import type { Words } from './words.ts';

/** A word read with its hyphens: "start-up" is one. */
export interface Read {
  readonly word: string;
  /** First and last token. */
  readonly first: number;
  readonly last: number;
}

/** The word that ends at token `at`. */
export function wordEndingAt({ tokens, gaps }: Words, at: number): Read | null {
  const token = tokens[at];
  if (token === undefined) return null;
  let first = at;
  let word = token.folded;
  while (first > 0 && gaps[first] === 'HYPHEN' && at - first < 3) {
    first--;
    word = `${tokens[first]!.folded}-${word}`;
  }
  return { word, first, last: at };
}

/** The word that starts at token `at`. */
export function wordStartingAt({ tokens, gaps }: Words, at: number): Read | null {
  const token = tokens[at];
  if (token === undefined) return null;
  let last = at;
  let word = token.folded;
  while (last + 1 < tokens.length && gaps[last + 1] === 'HYPHEN' && last - at < 3) {
    last++;
    word = `${word}-${tokens[last]!.folded}`;
  }
  return { word, first: at, last };
}

/** True for a gap that no punctuation fills. */
export function isInside(gap: string | undefined): boolean {
  return gap === 'SPACE' || gap === 'APOSTROPHE' || gap === 'HYPHEN';
}
