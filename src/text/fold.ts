/**
 * Accent and case folding. Names are compared folded, so that "Elysee", "ÉLYSÉE" and "Élysée" are one spelling.
 */

const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['œ', 'oe'],
  ['æ', 'ae'],
  ['ß', 'ss'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['’', "'"],
  ['‘', "'"],
  ['ʼ', "'"],
  ['′', "'"],
  ['`', "'"],
  ['´', "'"],
  ['‐', '-'],
  ['‑', '-'],
  ['–', '-'],
  ['—', '-'],
  ['\u00ad', ''],
  ['\u00a0', ' '],
  ['\u202f', ' '],
  ['\u2009', ' '],
]);

function foldSlowly(char: string): string {
  const known = SPECIAL.get(char);
  if (known !== undefined) return known;
  const bare = char.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  let folded = '';
  for (const c of bare) folded += SPECIAL.get(c) ?? c.replace(/\p{M}/gu, '');
  return folded;
}

/** Nearly all of a French text lies below U+0250; a table spares it the general path. */
const TABLE: readonly string[] = Array.from({ length: 0x250 }, (_, code) =>
  foldSlowly(String.fromCharCode(code)),
);

/** Lower case, without accents, ligatures opened, typographic apostrophes, hyphens and spaces made plain. */
export function fold(text: string): string {
  let folded = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x250) folded += TABLE[code];
    else {
      const char = String.fromCodePoint(text.codePointAt(i)!);
      folded += foldSlowly(char);
      i += char.length - 1;
    }
  }
  return folded;
}

/** A folded text and, for each of its UTF-16 units, where it comes from in the original (one more for the end). */
export interface Folded {
  readonly text: string;
  readonly offsets: Uint32Array;
}

/** Folds and keeps the way back: `offsets[i]` is the place in `text` of the folded unit `i`. */
export function foldWithOffsets(text: string): Folded {
  let folded = '';
  const offsets: number[] = [];
  let at = 0;
  for (const char of text) {
    const code = char.charCodeAt(0);
    const piece = code < 0x250 ? TABLE[code]! : foldSlowly(char);
    for (let i = 0; i < piece.length; i++) offsets.push(at);
    folded += piece;
    at += char.length;
  }
  offsets.push(at);
  return { text: folded, offsets: Uint32Array.from(offsets) };
}
