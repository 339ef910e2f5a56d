/**
 * A field of the article as words and what stands between them; every step of the actor finder walks over this.
 */
import { type Token, tokenize } from '#text/tokenize.ts';
import type { Field } from './extraction.ts';

/**
 * What stands before a word.
 *
 * - `STOP` the start of the text, a line break, or an end of sentence
 * - `SPACE` spaces only
 * - `APOSTROPHE`, `HYPHEN`, `DOT` (no space: `Mistral.ai`), `AMPERSAND` (with or without spaces)
 * - `INITIAL` the dot and space of `A. Mensch`
 * - `COMMA`, `OPEN` and `CLOSE` (a bracket, whatever else), `QUOTE` (a quotation mark opens or closes), `COLON`
 * - `OTHER` anything else
 */
export type Gap =
  | 'STOP'
  | 'SPACE'
  | 'APOSTROPHE'
  | 'HYPHEN'
  | 'DOT'
  | 'AMPERSAND'
  | 'INITIAL'
  | 'COMMA'
  | 'OPEN'
  | 'CLOSE'
  | 'QUOTE'
  | 'COLON'
  | 'OTHER';

/** Gaps over which one name may run. */
export const JOINING: ReadonlySet<Gap> = new Set<Gap>([
  'SPACE',
  'APOSTROPHE',
  'HYPHEN',
  'DOT',
  'AMPERSAND',
  'INITIAL',
]);

/** One field, split. `gaps[i]` stands before `tokens[i]`; `gaps[tokens.length]` is `STOP`. */
export interface Words {
  readonly field: Field;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly gaps: readonly Gap[];
}

/** Splits a field into words. Linear time. */
export function wordsOf(field: Field, text: string): Words {
  const tokens = tokenize(text);
  const gaps: Gap[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const previous = i === 0 ? null : tokens[i - 1]!;
    gaps.push(previous === null ? 'STOP' : gapBetween(text, previous, tokens[i]!));
  }
  gaps.push('STOP');
  return { field, text, tokens, gaps };
}

/** Longer runs of punctuation are cut: what matters stands in the first and last characters. */
const LONGEST_GAP = 24;

function gapBetween(text: string, before: Token, after: Token): Gap {
  const length = after.start - before.end;
  const first = text.charCodeAt(before.end);
  if (length === 1) {
    if (first === 32 || first === 0xa0 || first === 0x202f) return 'SPACE';
    if (first === 39 || first === 0x2019 || first === 0x2018 || first === 0x2bc) return 'APOSTROPHE';
    if (first === 45 || first === 0x2010 || first === 0x2011) return 'HYPHEN';
    if (first === 46) return 'DOT';
    if (first === 10) return 'STOP';
  }
  let gap: Gap = 'SPACE';
  let ended = false;
  const until = Math.min(length, LONGEST_GAP);
  for (let i = 0; i < until; i++) {
    const char = text[before.end + i]!;
    switch (char) {
      case '\n':
      case '\r':
      case '\u2028':
      case '\u2029':
        return 'STOP';
      case ' ':
      case '\t':
      case '\u00a0':
      case '\u202f':
      case '\u2009':
        break;
      case '.':
      case '!':
      case '?':
      case '…':
        ended = true;
        break;
      case '«':
      case '»':
      case '"':
      case '“':
      case '”':
      case '„':
      case '‹':
      case '›':
        gap = 'QUOTE';
        break;
      case '(':
      case '[':
        gap = 'OPEN';
        break;
      case ')':
      case ']':
        if (gap !== 'OPEN') gap = 'CLOSE';
        break;
      case ',':
        if (gap === 'SPACE') gap = 'COMMA';
        break;
      case ':':
        gap = 'COLON';
        break;
      case '&':
        if (gap === 'SPACE') gap = 'AMPERSAND';
        break;
      default:
        if (gap === 'SPACE' || gap === 'AMPERSAND') gap = 'OTHER';
    }
  }
  if (length > LONGEST_GAP) return 'STOP';
  if (!ended) return gap;
  const initial = before.end - before.start === 1 && before.shape === 'CAPITAL' && first === 46;
  if (initial && gap === 'SPACE') return 'INITIAL';
  if (gap === 'COMMA' || gap === 'OPEN') return gap;
  return 'STOP';
}

/** True for a word that starts with a capital or holds one, or that mixes letters and digits as names do. */
export function isCapitalised(token: Token): boolean {
  return token.shape === 'CAPITAL' || token.shape === 'UPPER' || token.shape === 'MIXED';
}
