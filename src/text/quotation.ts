/**
 * Quotation marks of a French text, paired: « », “ ”, ‹ ›, ‘ ’, " ", << >>, whichever way round they were typed.
 *
 *   marks (glyph and neighbours say: opens, closes, either) ─▶ pairing on a stack, mark by mark ─▶ outermost pairs
 *
 * Marks inside a quotation belong to it. What opens and never closes ends with its sentence or paragraph, or is dropped
 * when too little is left. Every look ahead is bounded, so the cost is linear in the text's length.
 */

/** An outermost quotation. Offsets are UTF-16 code units, ends exclusive. */
export interface Quotation {
  /** Of the opening mark. */
  readonly start: number;
  /** After the closing mark. */
  readonly end: number;
  /** The words, without marks and outer spaces. */
  readonly innerStart: number;
  readonly innerEnd: number;
  /** False when the closing mark is missing and the end was inferred. */
  readonly closed: boolean;
}

/** A quotation longer than this (code units) is cut at the last sentence end before it. */
export const MAX_QUOTATION_LENGTH = 5_000;

const MAX_DEPTH = 4;
/** Marks looked at to tell a nested quotation from one that was never closed. */
const LOOK_AHEAD = 24;
/** A text with more marks than this is no prose; what comes after them is not paired. */
const MAX_MARKS = 10_000;
/** How far a quotation may run on over paragraphs that do not repeat the opening mark. */
const MAX_BARE_PARAGRAPHS = 3;
/** Fewer words than this in an unclosed quotation, and the mark is taken for noise. */
const MIN_UNCLOSED_WORDS = 4;

type Family = 'guillemet' | 'angle' | 'curly' | 'single' | 'straight';
type Turn = 'open' | 'close' | 'either';

interface Mark {
  readonly family: Family;
  readonly turn: Turn;
  /** True for a glyph that by itself opens, whatever `turn` makes of its neighbours. */
  readonly opens: boolean;
  readonly start: number;
  readonly end: number;
  /** Non-empty paragraph that the mark stands in, counting from 0. */
  readonly paragraph: number;
  /** True when only space, dashes or bullets stand between the paragraph's start and the mark. */
  readonly leads: boolean;
}

const MARKS = /[«»‹›“”„‟"‘’\n]|<<|>>|''/g;
const SPACE = /\s/;
const WORD = /[\p{L}\p{N}]/u;
const LEADING = /[\s\-–—•*]/;
/** What may stand right before an opening mark besides a space. */
const BEFORE_OPEN = new Set(['', '(', '[', "'", '’', '—', '–', '-', '/', '«', '“', '"', '‹', '‘']);
/** What may stand right after a closing mark besides a space. */
const AFTER_CLOSE = new Set([
  '',
  ',',
  '.',
  ';',
  ':',
  '!',
  '?',
  ')',
  ']',
  '…',
  '»',
  '”',
  '"',
  '›',
  '’',
  '-',
  '–',
  '—',
]);

const GLYPHS: Readonly<Record<string, readonly [Family, 'open' | 'close' | 'either']>> = {
  '«': ['guillemet', 'open'],
  '»': ['guillemet', 'close'],
  '<<': ['guillemet', 'open'],
  '>>': ['guillemet', 'close'],
  '‹': ['angle', 'open'],
  '›': ['angle', 'close'],
  '“': ['curly', 'open'],
  '„': ['curly', 'open'],
  '‟': ['curly', 'open'],
  '”': ['curly', 'close'],
  '‘': ['single', 'open'],
  '’': ['single', 'close'],
  '"': ['straight', 'either'],
  "''": ['straight', 'either'],
};

/** Which way a mark turns, or null when it is an apostrophe or other noise. */
function turnOf(family: Family, usual: Turn, before: string, after: string): Turn | null {
  const spaceBefore = before === '' || SPACE.test(before);
  const spaceAfter = after === '' || SPACE.test(after);
  const mayOpen = (spaceBefore || BEFORE_OPEN.has(before)) && !(after !== '' && AFTER_CLOSE.has(after));
  const mayClose = spaceAfter || AFTER_CLOSE.has(after);
  switch (family) {
    case 'single':
      // U+2019 is the apostrophe nearly everywhere: it closes only before a non-letter, U+2018 opens only before a letter.
      if (usual === 'open') return mayOpen && WORD.test(after) ? 'open' : null;
      return !spaceBefore && mayClose ? 'close' : null;
    case 'guillemet':
    case 'angle':
      // The French space goes inside the marks, so spaces say little here; punctuation and letters do.
      if (usual === 'open') return ',.;)'.includes(after) && after !== '' ? 'close' : 'open';
      return (before === '' || before === '\n' || before === '(') && WORD.test(after) ? 'either' : 'close';
    case 'curly':
      if (mayOpen && !mayClose) return 'open';
      if (!mayOpen && mayClose) return 'close';
      return mayOpen && mayClose ? 'either' : usual;
    case 'straight':
      if (mayOpen && !mayClose) return 'open';
      if (!mayOpen && mayClose && !spaceBefore) return 'close';
      return 'either';
  }
}

function findMarks(text: string): Mark[] {
  const marks: Mark[] = [];
  let paragraph = 0;
  let lineStart = 0;
  let blankTo = 0;
  for (const found of text.matchAll(MARKS)) {
    const start = found.index;
    while (blankTo < start && LEADING.test(text[blankTo] ?? '')) blankTo++;
    if (found[0] === '\n') {
      if (blankTo < start) paragraph++;
      lineStart = start + 1;
      blankTo = lineStart;
      continue;
    }
    const known = GLYPHS[found[0]];
    if (!known) continue;
    const [family, usual] = known;
    const end = start + found[0].length;
    const turn = turnOf(family, usual, text[start - 1] ?? '', text[end] ?? '');
    if (turn === null) continue;
    if (marks.length >= MAX_MARKS) break;
    marks.push({ family, turn, opens: usual === 'open', start, end, paragraph, leads: blankTo >= start });
  }
  return marks;
}

/** True when, with `depth` quotations of the mark's family open, the marks after it close them all in its paragraph. */
function closesInParagraph(marks: readonly Mark[], at: number, depth: number): boolean {
  const mark = marks[at]!;
  let open = depth;
  for (let i = at + 1; i < marks.length && i <= at + LOOK_AHEAD; i++) {
    const next = marks[i]!;
    if (next.paragraph !== mark.paragraph) return false;
    if (next.family !== mark.family) continue;
    open += next.turn === 'open' ? 1 : -1;
    if (open === 0) return true;
  }
  return false;
}

/** True when the next mark of the family, from `at` on, is a closing one not far below paragraph `from`. */
function closesBelow(marks: readonly Mark[], at: number, family: Family, from: number): boolean {
  for (let i = at; i < marks.length && i < at + LOOK_AHEAD; i++) {
    const next = marks[i]!;
    if (next.paragraph - from > MAX_BARE_PARAGRAPHS) return false;
    if (next.family === family) return next.turn === 'close';
  }
  return false;
}

/** True when a closing mark of the family follows in the same paragraph. */
function closesOwn(marks: readonly Mark[], at: number, family: Family): boolean {
  const paragraph = marks[at]!.paragraph;
  for (let i = at + 1; i < marks.length && i <= at + LOOK_AHEAD; i++) {
    if (marks[i]!.paragraph !== paragraph) return false;
    if (marks[i]!.family === family) return marks[i]!.turn !== 'open';
  }
  return false;
}

function trimmed(text: string, start: number, end: number): readonly [number, number] {
  let from = start;
  let to = end;
  while (from < to && SPACE.test(text[from] ?? '')) from++;
  while (to > from && SPACE.test(text[to - 1] ?? '')) to--;
  return [from, to];
}

/** The end of the last sentence in [from, to), or `from` when none ends there. */
function lastSentenceEnd(text: string, from: number, to: number): number {
  for (let i = to; i > from; i--) {
    if ('.!?…'.includes(text[i - 1] ?? ' ') && (i >= to || SPACE.test(text[i] ?? ' '))) return i;
  }
  return from;
}

/** The end of the paragraph that position `from` is in. */
function paragraphEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Finds the outermost quotations of a text, in order and apart from each other. */
export function findQuotations(text: string): readonly Quotation[] {
  const marks = findMarks(text);
  const found: Quotation[] = [];
  let stack: Mark[] = [];
  /** Paragraph down to which the outermost open quotation is known to run. */
  let reached = 0;

  const emit = (open: Mark, innerEnd: number, end: number, closed: boolean): void => {
    const [from, to] = trimmed(text, open.end, innerEnd);
    if (from < to) found.push({ start: open.start, end, innerStart: from, innerEnd: to, closed });
  };
  /** The outermost quotation never closes: keep what reads as a statement before `stop`. */
  const abandon = (stop: number, byOpening: boolean): void => {
    const open = stack[0]!;
    stack = [];
    if (open.family === 'single' || WORD.test(text[open.start - 1] ?? ' ')) return;
    // A straight mark may be inches or noise, unless a paragraph begins with it.
    if (open.family === 'straight' && (!open.leads || byOpening)) return;
    const limit = Math.min(stop, paragraphEnd(text, open.end), open.end + MAX_QUOTATION_LENGTH);
    const sentenceEnd = lastSentenceEnd(text, open.end, limit);
    const end = sentenceEnd > open.end ? sentenceEnd : byOpening ? open.end : limit;
    if (text.slice(open.end, end).trim().split(/\s+/).length >= MIN_UNCLOSED_WORDS)
      emit(open, end, end, false);
  };

  marks.forEach((mark, at) => {
    const outer = stack[0];
    if (outer && mark.paragraph > reached) {
      if (
        mark.family === outer.family &&
        mark.leads &&
        mark.turn !== 'close' &&
        mark.paragraph === reached + 1
      ) {
        reached = mark.paragraph;
        return; // The mark is repeated at the head of the next paragraph of one quotation.
      }
      if (closesBelow(marks, at, outer.family, reached)) reached = mark.paragraph;
      else abandon(mark.start, false);
    }
    const same = stack.findLastIndex((open) => open.family === mark.family);
    const closing = same >= 0 || (outer !== undefined && mark.family === 'curly' && !mark.opens);
    const turn = mark.turn === 'either' ? (closing ? 'close' : 'open') : mark.turn;
    if (turn === 'open') {
      if (same >= 0 && stack.length === 1 && !closesInParagraph(marks, at, 2)) abandon(mark.start, true);
      if (stack.length === 0) reached = mark.paragraph;
      if (stack.length < MAX_DEPTH) stack.push(mark);
      return;
    }
    let closes = same;
    if (same < 0) {
      if (stack.length === 0) {
        if (!mark.opens) return;
        reached = mark.paragraph;
        stack.push(mark); // An opening glyph glued to the word before it.
        return;
      }
      // “ … » : another family's mark closes when its own does not come.
      if (mark.family === 'single' || stack.length > 1 || closesOwn(marks, at, stack[0]!.family)) return;
      closes = 0;
    }
    const open = stack[closes]!;
    stack.length = closes;
    if (closes > 0) return;
    if (mark.end - open.start > MAX_QUOTATION_LENGTH) {
      stack = [open];
      abandon(mark.start, false);
    } else emit(open, mark.start, mark.end, true);
  });
  if (stack.length > 0) abandon(text.length, false);
  return found;
}
