import { describe, expect, test } from 'vitest';
import { cutAtMarks, splitLines } from '#extraction/segments.ts';
import { createRandom } from '../support/random.ts';

interface Named {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const mark = (name: string, start: number, end: number): Named => ({ name, start, end });
const names = (marks: readonly Named[]): string => marks.map(({ name }) => name).join('');

/** `text(marks; opens; closes)` of each piece. */
const show = (text: string, marks: readonly Named[]): string[] =>
  cutAtMarks(text, marks).map(
    (piece) => `${piece.text}(${names(piece.marks)};${names(piece.opens)};${names(piece.closes)})`,
  );

describe('cutting a text at its marks', () => {
  test.each<[string, string, Named[], string[]]>([
    ['no marks', 'abc', [], ['abc(;;)']],
    ['an empty text', '', [mark('A', 0, 3)], []],
    ['one mark', 'abcdef', [mark('A', 2, 4)], ['ab(;;)', 'cd(A;A;A)', 'ef(;;)']],
    ['the whole', 'abc', [mark('A', 0, 3)], ['abc(A;A;A)']],
    ['two that touch', 'abcd', [mark('A', 0, 2), mark('B', 2, 4)], ['ab(A;A;A)', 'cd(B;B;B)']],
    [
      'one inside another, given first',
      'abcdef',
      [mark('B', 2, 4), mark('A', 0, 6)],
      ['ab(A;A;)', 'cd(AB;B;B)', 'ef(A;;A)'],
    ],
    ['two that cross', 'abcdef', [mark('A', 0, 4), mark('B', 2, 6)], ['ab(A;A;)', 'cd(AB;B;A)', 'ef(B;;B)']],
    [
      'two that begin together: the longer is outside',
      'abcd',
      [mark('B', 0, 2), mark('A', 0, 4)],
      ['ab(AB;AB;B)', 'cd(A;;A)'],
    ],
    ['two in the same place, in the order given', 'ab', [mark('A', 0, 2), mark('B', 0, 2)], ['ab(AB;AB;AB)']],
    [
      'three deep and crossing',
      'abcdefgh',
      [mark('A', 0, 6), mark('B', 1, 4), mark('C', 3, 8)],
      ['a(A;A;)', 'bc(AB;B;)', 'd(ABC;C;B)', 'ef(AC;;A)', 'gh(C;;C)'],
    ],
    [
      'marks beyond the text are clipped',
      'abc',
      [mark('A', -5, 1), mark('B', 2, 99)],
      ['a(A;A;A)', 'b(;;)', 'c(B;B;B)'],
    ],
    [
      'empty, reversed and far ones are left out',
      'abc',
      [mark('A', 1, 1), mark('B', 2, 1), mark('C', 7, 9), mark('D', -4, -1)],
      ['abc(;;)'],
    ],
    ['a mark around an astral character', 'a🛰b', [mark('A', 1, 3)], ['a(;;)', '🛰(A;A;A)', 'b(;;)']],
    ['a mark that begins inside one takes it whole', 'a🛰b', [mark('A', 2, 4)], ['a(;;)', '🛰b(A;A;A)']],
    ['a mark that ends inside one takes it whole', 'a🛰b', [mark('A', 0, 2)], ['a🛰(A;A;A)', 'b(;;)']],
    [
      'lone halves of a pair are characters of their own',
      'a\ud83d\ud83db',
      [mark('A', 1, 2)],
      ['a(;;)', '\ud83d(A;A;A)', '\ud83db(;;)'],
    ],
  ])('%s', (_what, text, marks, expected) => {
    expect(show(text, marks)).toEqual(expected);
  });

  test('whatever the marks, the pieces cover the text and each holds exactly the marks that cover it', () => {
    const random = createRandom(7);
    const letters = ['a', 'é', ' ', '\n', '🛰', '𝔛', '<'];
    for (let round = 0; round < 300; round += 1) {
      const text = Array.from({ length: random.below(30) }, () => letters[random.below(letters.length)]).join(
        '',
      );
      const marks = Array.from({ length: random.below(9) }, (_, index) =>
        mark(String(index), random.below(34) - 2, random.below(34) - 2),
      );
      const pieces = cutAtMarks(text, marks);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const { start, end, text: part, marks: held } of pieces) {
        expect(text.slice(start, end)).toBe(part);
        expect(part.isWellFormed()).toBe(true);
        const covering = marks.filter(
          (each) => each.start < each.end && each.start < end && each.end > start,
        );
        expect([...held].sort((a, b) => Number(a.name) - Number(b.name))).toEqual(covering);
      }
      expect(pieces.flatMap(({ opens }) => opens)).toHaveLength(
        pieces.flatMap(({ closes }) => closes).length,
      );
    }
  });
});

describe('splitting the pieces into lines', () => {
  test.each<[string, string, Named[], string[][]]>([
    ['blank lines are left out', 'ab\n\n \ncd', [], [['ab(;;)'], ['cd(;;)']]],
    [
      'a mark over a line break begins in the first line and ends in the last',
      'ab\ncd\nef',
      [mark('A', 1, 7)],
      [['a(;;)', 'b(A;A;)'], ['cd(A;;)'], ['e(A;;A)', 'f(;;)']],
    ],
    ['a text of line breaks has no line', '\n\n', [], []],
  ])('%s', (_what, text, marks, expected) => {
    const lines = splitLines(cutAtMarks(text, marks));
    expect(
      lines.map((line) =>
        line.map(
          (piece) => `${piece.text}(${names(piece.marks)};${names(piece.opens)};${names(piece.closes)})`,
        ),
      ),
    ).toEqual(expected);
    for (const { start, end, text: part } of lines.flat()) expect(text.slice(start, end)).toBe(part);
  });
});
