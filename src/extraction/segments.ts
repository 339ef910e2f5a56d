/**
 * A text cut wherever a marked span begins or ends, so that spans which nest, touch or cross can be shown one after another.
 */

/** A marked place: UTF-16 code units, end exclusive. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

/** A piece of the text in which the same marks hold throughout. */
export interface Segment<M extends Mark> {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The outermost first: what begins earlier, and where two begin together, what is longer. */
  readonly marks: readonly M[];
  /** Of these, the ones that begin with this piece. */
  readonly opens: readonly M[];
  /** Of these, the ones that end with it. */
  readonly closes: readonly M[];
}

/** A place between two characters: inside a surrogate pair it moves out of it. */
function besideCharacter(text: string, at: number, towards: -1 | 1): number {
  const inPair =
    at > 0 &&
    at < text.length &&
    isHighSurrogate(text.charCodeAt(at - 1)) &&
    isLowSurrogate(text.charCodeAt(at));
  return inPair ? at + towards : at;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

interface Placed<M> {
  readonly mark: M;
  readonly start: number;
  readonly end: number;
}

/** Cuts a text. The pieces cover it without a gap; marks are clipped to it, and those that are then empty are left out. */
export function cutAtMarks<M extends Mark>(text: string, marks: readonly M[]): Segment<M>[] {
  const waiting = marks
    .filter(({ start, end }) => start < end)
    .map(
      (mark): Placed<M> => ({
        mark,
        start: besideCharacter(text, Math.max(mark.start, 0), -1),
        end: besideCharacter(text, Math.min(mark.end, text.length), 1),
      }),
    )
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const cuts = new Set([0, text.length]);
  for (const { start, end } of waiting) cuts.add(start).add(end);
  const edges = [...cuts].sort((a, b) => a - b);

  const segments: Segment<M>[] = [];
  let active: Placed<M>[] = [];
  let next = 0;
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [start, end] = [edges[index]!, edges[index + 1]!];
    active = active.filter((placed) => placed.end > start);
    const begun = next;
    while (next < waiting.length && waiting[next]!.start === start) next += 1;
    const opening = waiting.slice(begun, next);
    active.push(...opening);
    segments.push({
      start,
      end,
      text: text.slice(start, end),
      marks: active.map(({ mark }) => mark),
      opens: opening.map(({ mark }) => mark),
      closes: active.filter((placed) => placed.end === end).map(({ mark }) => mark),
    });
  }
  return segments;
}

/** The pieces of each line that is not blank. A piece that runs over a line break begins in the first and ends in the last. */
export function splitLines<M extends Mark>(segments: readonly Segment<M>[]): Segment<M>[][] {
  const lines: Segment<M>[][] = [[]];
  for (const segment of segments) {
    const parts = segment.text.split('\n');
    let start = segment.start;
    parts.forEach((text, index) => {
      if (index > 0) lines.push([]);
      const end = start + text.length;
      if (text !== '') {
        const opens = index === 0 ? segment.opens : [];
        const closes = index === parts.length - 1 ? segment.closes : [];
        lines.at(-1)!.push({ ...segment, start, end, text, opens, closes });
      }
      start = end + 1;
    });
  }
  return lines.filter((line) => line.some(({ text }) => text.trim() !== ''));
}
