import { fold } from './fold.ts';

/**
 * How a word is written. `LOWER` levée, `CAPITAL` Mistral, `UPPER` CNRS (two letters or more), `MIXED` OpenAI, eBay, a16z,
 * `NUMBER` 2030. A single capital letter is `CAPITAL`.
 */
type Shape = 'LOWER' | 'CAPITAL' | 'UPPER' | 'MIXED' | 'NUMBER';

/** A run of letters, digits and combining marks. Offsets count UTF-16 units, end exclusive. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
  readonly shape: Shape;
}

const OTHER = 0;
const LOWER = 1;
const UPPER = 2;
const DIGIT = 3;
const MARK = 4;

const CLASSES = Uint8Array.from({ length: 0x250 }, (_, code) => classify(String.fromCharCode(code)));

function classify(char: string): number {
  if (/\p{Nd}/u.test(char)) return DIGIT;
  if (char === 'ª' || char === 'º') return OTHER;
  if (/\p{Lu}|\p{Lt}/u.test(char)) return UPPER;
  if (/\p{L}/u.test(char)) return LOWER;
  if (/\p{M}/u.test(char) || char === '\u00ad') return MARK;
  return OTHER;
}

/** Splits into words, in order. Whatever lies between two words is `text.slice(a.end, b.start)`. Linear time. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const length = text.length;
  let i = 0;
  while (i < length) {
    const start = i;
    let lower = 0;
    let upper = 0;
    let digits = 0;
    let firstUpper = false;
    let startsWithDigit = false;
    let plain = true;
    while (i < length) {
      const code = text.charCodeAt(i);
      let size = 1;
      let kind: number;
      if (code < 0x250) kind = CLASSES[code]!;
      // General punctuation: the typographic apostrophe, dashes, spaces.
      else if (code >= 0x2000 && code < 0x2070) kind = OTHER;
      else {
        const char = String.fromCodePoint(text.codePointAt(i)!);
        size = char.length;
        kind = classify(char);
      }
      if (kind === OTHER) break;
      if (code > 0x7a || kind === UPPER) plain = false;
      if (kind === MARK) {
        if (i === start) break;
      } else if (kind === LOWER) lower++;
      else if (kind === UPPER) {
        if (i === start) firstUpper = true;
        upper++;
      } else {
        if (i === start) startsWithDigit = true;
        digits++;
      }
      i += size;
    }
    if (i === start) {
      const code = text.charCodeAt(i);
      i += code >= 0xd800 && code < 0xe000 && text.codePointAt(i)! > 0xffff ? 2 : 1;
      continue;
    }
    const word = text.slice(start, i);
    tokens.push({
      start,
      end: i,
      // Most words are lower-case letters without accents: nothing to fold.
      folded: plain ? word : fold(word),
      shape: shapeOf(lower, upper, digits, firstUpper, startsWithDigit),
    });
  }
  return tokens;
}

function shapeOf(
  lower: number,
  upper: number,
  digits: number,
  firstUpper: boolean,
  startsWithDigit: boolean,
): Shape {
  if (lower + upper === 0) return 'NUMBER';
  // a16z is a name; 17e, 14h35 and 8b are not.
  if (upper === 0) return digits === 0 || startsWithDigit ? 'LOWER' : 'MIXED';
  if (digits > 0) return lower === 0 ? 'UPPER' : 'MIXED';
  if (lower === 0) return upper === 1 ? 'CAPITAL' : 'UPPER';
  return upper === 1 && firstUpper ? 'CAPITAL' : 'MIXED';
}
