/**
 * A document made short for the XML tokenizer, which goes character by character and entity by entity: long runs of text and CDATA are
 * taken out and put back into what it reports, and tag names are replaced by one or two letters. What is left is the structure, and
 * that is all it is needed for. Finding the next "<" and copying what is before it is what the engine does fastest, and text is most
 * of a feed: on feeds with whole articles this is worth a factor of two.
 */

const OPEN = '\ufdd2';
const CLOSE = '\ufdd3';
/** Shorter runs are cheaper left where they are. */
const WORTH_CARRYING = 48;
/** Different tag names of a document; one with more is left as it is. */
const MAX_NAMES = 2_000;
/** A tag longer than this loses its attributes. */
const MAX_TAG = 65_536;

export class CondensedDocument {
  /** The document with a short reference in the place of each section, and short names. */
  readonly source: string;
  /** A tag, a comment or a section does not end: there is no point in handing this to a strict reader. */
  readonly isBroken: boolean;
  readonly #sections: readonly string[];
  readonly #names: ReadonlyMap<string, string>;

  private constructor(
    source: string,
    sections: readonly string[],
    names: ReadonlyMap<string, string>,
    isBroken = false,
  ) {
    this.source = source;
    this.isBroken = isBroken;
    this.#sections = sections;
    this.#names = names;
  }

  /**
   * Condenses a document. Comments and declarations stay; so does text with a loose "&" or an entity other than XML's own, which is the
   * tokenizer's to judge. A document with anything out of order, or with our reference characters in it, is left as it is.
   */
  static from(document: string): CondensedDocument {
    if (document.includes(OPEN)) return new CondensedDocument(document, [], new Map());
    const parts: string[] = [];
    const sections: string[] = [];
    const shorts = new Map<string, string>();
    let copied = 0;
    let at = 0;
    let isComplete = false;
    for (;;) {
      const open = document.indexOf('<', at);
      if (open < 0) {
        isComplete = true;
        break;
      }
      if (open - at >= WORTH_CARRYING && at > 0) {
        const text = decodeRun(document.slice(at, open));
        if (text !== null) {
          parts.push(document.slice(copied, at), OPEN, String(sections.length), CLOSE);
          sections.push(text);
          copied = open;
        }
      }
      const next = document.charCodeAt(open + 1);
      if (next === 0x21 || next === 0x3f) {
        at = endOfDeclaration(document, open);
        if (at < 0) break;
        if (at - open >= WORTH_CARRYING && document.startsWith('<![CDATA[', open)) {
          parts.push(document.slice(copied, open), OPEN, String(sections.length), CLOSE);
          sections.push(document.slice(open + 9, at - 3));
          copied = at;
        }
        continue;
      }
      const nameStart = open + (next === 0x2f ? 2 : 1);
      const nameEnd = endOfName(document, nameStart);
      at = nameEnd === nameStart ? -1 : endOfTag(document, nameEnd);
      if (at < 0) break;
      const name = document.slice(nameStart, nameEnd);
      let short = shorts.get(name);
      if (short === undefined) {
        if (shorts.size >= MAX_NAMES) break;
        short = abbreviation(shorts.size);
        shorts.set(name, short);
      }
      parts.push(document.slice(copied, nameStart), short);
      copied = at - nameEnd <= MAX_TAG ? nameEnd : at - (document[at - 2] === '/' ? 2 : 1);
    }
    // Names that were not reached could be mistaken for abbreviations: all of them, or none.
    if (!isComplete) return new CondensedDocument(document, [], new Map(), at < 0);
    parts.push(document.slice(copied));
    const names = new Map([...shorts].map(([name, short]) => [short, name]));
    return new CondensedDocument(parts.join(''), sections, names);
  }

  /** A tag's name as written in the document. */
  nameOf(name: string): string {
    return this.#names.get(name) ?? name;
  }

  /** Text as the tokenizer reports it, with its sections back in place. */
  restore(text: string): string {
    if (this.#sections.length === 0) return text;
    let at = text.indexOf(OPEN);
    if (at < 0) return text;
    let out = '';
    let copied = 0;
    while (at >= 0) {
      const end = text.indexOf(CLOSE, at);
      const section = end < 0 ? undefined : this.#sections[Number(text.slice(at + 1, end))];
      if (section === undefined) break;
      out += text.slice(copied, at) + section;
      copied = end + 1;
      at = text.indexOf(OPEN, copied);
    }
    return out + text.slice(copied);
  }
}

const SPACE = 0x20;
const SLASH = 0x2f;
const GREATER = 0x3e;

/** "a" to "z", then "aa" to "zz", … */
function abbreviation(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : abbreviation(Math.floor(index / 26) - 1) + last;
}

/** Behind the name that begins at `start`; `start` itself when none does. */
function endOfName(document: string, start: number): number {
  const first = document.charCodeAt(start);
  const isLetter =
    (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || first === 95 || first === 58;
  if (!isLetter && !(first > 0xbf && /\p{L}/u.test(document.charAt(start)))) return start;
  let at = start + 1;
  for (;;) {
    const code = document.charCodeAt(at);
    // Also at the end of the document, where the code is no number.
    if (!(code > SPACE) || code === GREATER || code === SLASH || code === 0x3c) return at;
    at += 1;
  }
}

/** Behind the tag whose name ends at `at`; -1 when it does not end. */
function endOfTag(document: string, nameEnd: number): number {
  for (let at = nameEnd; at < document.length; at += 1) {
    const code = document.charCodeAt(at);
    if (code === GREATER) return at + 1;
    if (code === 0x3c) return -1;
    if (code === 0x22 || code === 0x27) {
      at = document.indexOf(code === 0x22 ? '"' : "'", at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** Behind the comment, processing instruction or CDATA section that begins at `open`; -1 when it does not end or is none of them. */
function endOfDeclaration(document: string, open: number): number {
  if (document.startsWith('<!--', open)) return behind(document, '-->', open + 4);
  if (document.startsWith('<![CDATA[', open)) return behind(document, ']]>', open + 9);
  return document.startsWith('<?', open) ? behind(document, '?>', open + 2) : -1;
}

function behind(document: string, mark: string, from: number): number {
  const found = document.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

/** Text with XML's own references decoded; null when it holds anything else that begins with "&". */
function decodeRun(text: string): string | null {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let out = '';
  let copied = 0;
  while (at >= 0) {
    const end = text.indexOf(';', at);
    if (end < 0 || end - at > 10) return null;
    const character = characterOf(text.slice(at + 1, end));
    if (character === null) return null;
    out += text.slice(copied, at) + character;
    copied = end + 1;
    at = text.indexOf('&', copied);
  }
  return out + text.slice(copied);
}

const REFERENCES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function characterOf(name: string): string | null {
  const known = REFERENCES.get(name);
  if (known !== undefined) return known;
  const digits = /^#(?:(\d{1,7})|x([\da-fA-F]{1,6}))$/.exec(name);
  if (digits === null) return null;
  const code = digits[1] === undefined ? Number.parseInt(digits[2] ?? '', 16) : Number(digits[1]);
  return isXmlCharacter(code) ? String.fromCodePoint(code) : null;
}

/** XML 1.0's `Char`. */
function isXmlCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
