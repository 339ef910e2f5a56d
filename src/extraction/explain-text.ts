/** A reading on a terminal: the text with what was read marked in it, and a list below. */
import { styleText } from 'node:util';
import { ACTOR_KINDS, type ActorKind } from '#actor/actor.ts';
import { withoutCommands } from '#text/terminal.ts';
import {
  describeAffiliation,
  describeClaim,
  describeFunding,
  groupActors,
  headlineFunding,
  KIND_WORDS,
  marksOf,
  percent,
  type ReadingToExplain,
  type ReadMark,
  speakerOf,
  tagOfClaim,
  tagOfFunding,
} from './explanation.ts';
import type { Extraction, Field } from './extraction.ts';
import { cutAtMarks, type Segment, splitLines } from './segments.ts';

/** How wide the page may be, and whether it may be coloured. */
export interface TextPage {
  readonly colour: boolean;
  /** Columns; longer lines are broken between words. */
  readonly width: number;
}

type Format =
  | 'bold'
  | 'dim'
  | 'underline'
  | 'inverse'
  | 'cyan'
  | 'blueBright'
  | 'magenta'
  | 'yellow'
  | 'red'
  | 'green';

const KIND_COLOURS: Record<ActorKind, Format> = {
  PERSON: 'cyan',
  COMPANY: 'blueBright',
  LAB: 'magenta',
  INVESTOR: 'yellow',
  GOVERNMENT: 'red',
  ORGANIZATION: 'green',
};

const MIN_WIDTH = 40;
const QUOTE_MAX = 160;

const WIDE =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
const NARROW = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a text takes, near enough to break lines by. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (character >= ' ' && character <= '\u02ff') width += 1;
    else width += WIDE.test(character) ? 2 : NARROW.test(character) ? 0 : 1;
  }
  return width;
}

/** A word, a space, or a part of either, that is painted in one way. */
interface Atom {
  readonly text: string;
  readonly formats: readonly Format[];
}

const atomsOf = (text: string, formats: readonly Format[] = []): Atom[] =>
  // Only at plain spaces: the press writes those that must not break with another character.
  (withoutCommands(text).match(/ +|[^ ]+/g) ?? []).map((part) => ({
    text: part.startsWith(' ') ? ' ' : part,
    formats,
  }));

/** Breaks a line between words; a word may be made of several atoms, and one that is too long stands alone. */
function wrap(atoms: readonly Atom[], width: number): Atom[][] {
  const lines: Atom[][] = [];
  let line: Atom[] = [];
  let used = 0;
  for (let from = 0; from < atoms.length; ) {
    let to = from + 1;
    if (atoms[from]!.text !== ' ') while (to < atoms.length && atoms[to]!.text !== ' ') to += 1;
    const word = atoms.slice(from, to);
    const needed = word.reduce((sum, { text }) => sum + widthOf(text), 0);
    if (used > 0 && used + needed > width) {
      if (line.at(-1)?.text === ' ') line.pop();
      lines.push(line);
      line = [];
      used = 0;
    }
    // A broken line begins with a word.
    if (used > 0 || word[0]!.text !== ' ') {
      line.push(...word);
      used += needed;
    }
    from = to;
  }
  return line.length > 0 ? [...lines, line] : lines;
}

/** How marks look: in colours, or as brackets where there are none. */
interface Look {
  paint(text: string, formats: readonly Format[]): string;
  formats(marks: readonly ReadMark[], actorKind: (mark: ReadMark) => ActorKind | null): Format[];
  before(mark: ReadMark): string;
  after(mark: ReadMark): string;
  readonly legend: readonly Atom[];
}

const COLOURED: Look = {
  paint: (text, formats) =>
    formats.length === 0 ? text : styleText([...formats], text, { validateStream: false }),
  formats(marks, actorKind) {
    const formats = new Set<Format>();
    for (const mark of marks) {
      if (mark.type === 'CLAIM') formats.add('underline');
      if (mark.type === 'MONEY') formats.add('inverse');
      const kind = actorKind(mark);
      if (kind !== null) formats.add('bold').add(KIND_COLOURS[kind]);
    }
    return [...formats];
  },
  before: () => '',
  after: (mark) => (mark.type === 'MENTION' ? '' : `[${mark.tag}]`),
  legend: [
    ...ACTOR_KINDS.flatMap((kind) => [
      ...atomsOf(KIND_WORDS[kind].one, ['bold', KIND_COLOURS[kind]]),
      ...atomsOf(' '),
    ]),
    ...atomsOf('claim', ['underline']),
    ...atomsOf('[c1]', ['dim']),
    ...atomsOf(' '),
    ...atomsOf('money', ['inverse']),
    ...atomsOf('[f1]', ['dim']),
  ],
};

const BRACKETED: Look = {
  paint: (text) => text,
  formats: () => [],
  before: (mark) =>
    mark.type === 'MENTION' ? '[' : mark.type === 'CLAIM' ? `{${mark.tag}: ` : `<${mark.tag}: `,
  after: (mark) => (mark.type === 'MENTION' ? ']' : mark.type === 'CLAIM' ? '}' : '>'),
  legend: atomsOf('[actor] {c1: claim} <f1: money>'),
};

/** The pieces of a line with what stands before and after each. */
function markedAtoms(line: readonly Segment<ReadMark>[], look: Look, extraction: Extraction): Atom[] {
  const actorKind = (mark: ReadMark): ActorKind | null =>
    mark.type === 'MENTION' ? (extraction.actors[mark.mention.actor]?.kind ?? null) : null;
  return line.flatMap(({ text, marks, opens, closes }) => [
    ...opens.flatMap((mark) => atomsOf(look.before(mark), ['dim'])),
    ...atomsOf(text, look.formats(marks, actorKind)),
    // Inside out: the last to have begun ends first.
    ...closes.toReversed().flatMap((mark) => atomsOf(look.after(mark), ['dim'])),
  ]);
}

interface Printer {
  line(text?: string): void;
  atoms(atoms: readonly Atom[], indent?: string, first?: string): void;
}

function createPrinter(out: string[], look: Look, width: number): Printer {
  const paintLine = (atoms: readonly Atom[]): string => {
    let painted = '';
    for (let from = 0; from < atoms.length; ) {
      const { formats } = atoms[from]!;
      let to = from + 1;
      while (to < atoms.length && atoms[to]!.formats.join() === formats.join()) to += 1;
      const run = atoms.slice(from, to);
      painted += look.paint(run.map(({ text }) => text).join(''), formats);
      from = to;
    }
    return painted;
  };
  return {
    line: (text = '') => void out.push(text),
    atoms(atoms, indent = '', first = indent) {
      wrap(atoms, width - indent.length).forEach((line, index) => {
        out.push((index === 0 ? first : indent) + paintLine(line));
      });
    },
  };
}

const cut = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= QUOTE_MAX ? flat : `${flat.slice(0, QUOTE_MAX).toWellFormed()}…`;
};

function printActors(printer: Printer, extraction: Extraction): void {
  for (const { title, actors, kind } of groupActors(extraction)) {
    printer.line();
    printer.atoms(atomsOf(title, ['bold', KIND_COLOURS[kind]]));
    for (const { actor, mentions, surfaces } of actors) {
      const others = surfaces.filter((surface) => surface !== actor.name);
      printer.atoms(
        [
          ...atomsOf(actor.name),
          ...atomsOf(` ${percent(actor.confidence)}`, ['dim']),
          ...atomsOf(mentions === 1 ? ' named once' : ` named ${mentions} times`, ['dim']),
          ...atomsOf(actor.slug === null ? ', not in the register' : '', ['dim']),
          ...atomsOf(others.length === 0 ? '' : `, also as ${others.join(', ')}`, ['dim']),
        ],
        '      ',
        '  ',
      );
    }
  }
}

/** The page as text; ends with a line break. Whatever the texts hold, no character of theirs commands the terminal. */
export function explainAsText({ article, extraction }: ReadingToExplain, page: TextPage): string {
  const look = page.colour ? COLOURED : BRACKETED;
  const width = Math.max(page.width, MIN_WIDTH);
  const out: string[] = [];
  const printer = createPrinter(out, look, width);
  const linesOf = (text: string, field: Field): Atom[][] =>
    splitLines(cutAtMarks(text, marksOf(extraction, field))).map((line) =>
      markedAtoms(line, look, extraction),
    );
  const list = (title: string, items: readonly (readonly [string, string, string, string])[]): void => {
    if (items.length === 0) return;
    printer.line();
    printer.atoms(atomsOf(title, ['bold']));
    for (const [tag, head, quote, detail] of items) {
      printer.atoms(atomsOf(head, ['bold']), '      ', `  ${tag.padEnd(4)}`);
      if (quote !== '') printer.atoms(atomsOf(quote), '      ');
      printer.atoms(atomsOf(detail, ['dim']), '      ');
    }
  };

  for (const line of linesOf(article.title, 'TITLE')) {
    printer.atoms(
      line.map((atom) => ({ ...atom, formats: [...new Set<Format>(['bold', ...atom.formats])] })),
    );
  }
  printer.line(look.paint('─'.repeat(Math.min(width, 60)), ['dim']));
  for (const line of linesOf(article.text, 'TEXT')) {
    printer.atoms(line);
    printer.line();
  }
  printer.atoms(look.legend);
  printActors(printer, extraction);
  list(
    'Claims',
    extraction.claims.map((claim, index) => [
      tagOfClaim(index),
      speakerOf(claim, extraction),
      `“${cut(claim.quote)}”`,
      describeClaim(claim, extraction),
    ]),
  );
  list(
    'Funding',
    extraction.funding.map((report, index) => [
      tagOfFunding(index),
      headlineFunding(report, extraction),
      '',
      describeFunding(report, extraction),
    ]),
  );
  if (extraction.affiliations.length > 0) {
    printer.line();
    printer.atoms(atomsOf('Affiliations', ['bold']));
    for (const tie of extraction.affiliations) {
      printer.atoms(atomsOf(describeAffiliation(tie, extraction)), '      ', '  ');
    }
  }
  return `${out.join('\n')}\n`;
}
