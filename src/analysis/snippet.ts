/** What a search shows of a text: the words around what was found, and where in them it stands. */

/** Marks put around what was found while the text is in Postgres: control characters, which no stored text holds. */
export const FOUND_START = '\u0002';
export const FOUND_END = '\u0003';

/** Half-open, in UTF-16 code units of the snippet's text. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
}

export interface Snippet {
  readonly text: string;
  readonly highlights: readonly Highlight[];
}

/** Takes the marks out of a marked text; a mark without its partner is dropped. */
export function readSnippet(marked: string): Snippet {
  const [before = '', ...parts] = marked.replace(/\s+/g, ' ').split(FOUND_START);
  let text = before.replaceAll(FOUND_END, '');
  const highlights: Highlight[] = [];
  for (const part of parts) {
    const [found = '', ...rest] = part.split(FOUND_END);
    if (rest.length > 0 && found !== '')
      highlights.push({ start: text.length, end: text.length + found.length });
    text += found + rest.join('');
  }
  return { text, highlights };
}
