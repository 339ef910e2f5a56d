/** Sentences of a French text, quotations kept whole. */

/** A sentence: code-unit offsets, end exclusive, without outer spaces. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  /** Non-empty line the sentence stands in, counting from 0. */
  readonly paragraph: number;
  /** True when the sentence is the whole line. */
  readonly alone: boolean;
}

/** A stretch of text that no sentence boundary cuts, such as a quotation. */
export interface Opaque {
  readonly start: number;
  readonly end: number;
  /** Where the words inside the marks end. */
  readonly innerEnd: number;
}

/** Longer sentences are cut, so that work within a sentence stays bounded (code units outside quotations). */
const MAX_SENTENCE_LENGTH = 1_500;

const ABBREVIATIONS = new Set(
  'm mm mme mmes mlle mlles dr drs pr prof me mgr st ste cf ex env av apr p pp vol no n art chap éd ed inc corp ltd co vs jr sr tél min max hab dir dép gal col lt cdt'.split(
    ' ',
  ),
);
const TERMINATOR = '.!?…';
const CLOSING = /[\s)\]»”"’›]/;
const UPPER = /[\p{Lu}\p{N}«“"‹‘(—–\-[•]/u;

/** Whether the full stop at `at` ends an abbreviation or an initial ("M.", "J. Dupont"). */
function isAbbreviation(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && at - from < 6 && /\p{L}/u.test(text[from - 1] ?? '')) from--;
  const word = text.slice(from, at);
  if (word.length === 0) return false;
  if (word.length === 1 && word === word.toUpperCase() && !/\p{L}/u.test(text[from - 1] ?? '')) return true;
  return ABBREVIATIONS.has(word.toLowerCase());
}

/** Whether a sentence ends with the terminator at `at`; gives the offset after it and its closing brackets. */
function boundaryAfter(text: string, at: number): number | null {
  let end = at + 1;
  while (end < text.length && (TERMINATOR.includes(text[end]!) || ')]'.includes(text[end]!))) end++;
  const next = text[end];
  if (next === undefined || next === '\n') return end;
  if (text[at] === '.' && end === at + 1 && isAbbreviation(text, at)) return null;
  if (!/\s/.test(next)) {
    // "générative.Son parcours": the space was lost.
    const glued = /[\p{Ll})]/u.test(text[at - 1] ?? '') && /[\p{Lu}«“]/u.test(next);
    return glued && (next === '«' || next === '“' || /[\p{Ll}’']/u.test(text[end + 1] ?? '')) ? end : null;
  }
  let i = end;
  while (i < text.length && text[i] !== '\n' && /\s/.test(text[i]!)) i++;
  const first = text[i];
  if (first === undefined || first === '\n' || UPPER.test(first)) return end;
  // "xAI", "iPhone": a name may begin small.
  return /^\p{Ll}\p{Lu}/u.test(text.slice(i, i + 2)) ? end : null;
}

/** Splits a text into sentences; `opaque` spans, in order and apart, are never cut. */
export function findSentences(text: string, opaque: readonly Opaque[]): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let paragraph = 0;
  let inLine = 0;
  let start = 0;
  let next = 0;
  const push = (end: number): void => {
    let from = start;
    let to = end;
    while (from < to && /\s/.test(text[from]!)) from++;
    while (to > from && /\s/.test(text[to - 1]!)) to--;
    start = end;
    if (from >= to) return;
    sentences.push({ start: from, end: to, paragraph, alone: false });
    inLine++;
  };
  const endLine = (): void => {
    if (inLine === 1) sentences.push({ ...sentences.pop()!, alone: true });
    if (inLine > 0) paragraph++;
    inLine = 0;
  };
  let i = 0;
  let outside = 0;
  while (i < text.length) {
    const span = opaque[next];
    if (span && i >= span.start) {
      next++;
      if (span.end <= i) continue;
      i = span.end;
      const last = text[span.innerEnd - 1] ?? '';
      let after = i;
      while (after < text.length && text[after] !== '\n' && /\s/.test(text[after]!)) after++;
      const follows = text[after] ?? '\n';
      if (TERMINATOR.includes(last) && last !== '' && /[\p{Lu}«“"]/u.test(follows)) push(i);
      continue;
    }
    const char = text[i]!;
    const code = text.charCodeAt(i);
    // Letters are most of a text.
    if (code > 0x3f && code < 0x2000 && ++outside < MAX_SENTENCE_LENGTH) {
      i++;
      continue;
    }
    if (char === '\n') {
      push(i);
      endLine();
      outside = 0;
      i++;
      continue;
    }
    if (TERMINATOR.includes(char)) {
      const end = boundaryAfter(text, i);
      if (end !== null && !(span && end > span.start)) {
        let to = end;
        while (
          to < text.length &&
          text[to] !== '\n' &&
          CLOSING.test(text[to]!) &&
          !/\s/.test(text[to]!) &&
          !(span && to >= span.start)
        )
          to++;
        push(to);
        outside = 0;
        i = to;
        continue;
      }
    }
    if (++outside >= MAX_SENTENCE_LENGTH && /\s/.test(char)) {
      push(i);
      outside = 0;
    }
    i++;
  }
  push(text.length);
  endLine();
  return sentences;
}
