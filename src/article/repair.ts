/**
 * Mends ill-formed XML so that a strict reader can have a second look: loose ampersands and angle brackets, tags that do not match or
 * never close, attributes without quotes, control characters, a document cut off in the middle. One pass, linear: every construct is
 * found by searching forward, and no more than `FEED_LIMITS.depth` elements are kept open.
 */
import { FEED_LIMITS } from './parsed-feed.ts';

/** Fields that hold no other element of a feed; one that starts within them means that they were never closed. */
const LEAVES = new Set(
  'title link guid pubdate id updated published issued modified author creator category comments language ttl name email uri generator docs copyright date subject origlink lastbuilddate managingeditor webmaster'.split(
    ' ',
  ),
);
/** Fields whose text may hold elements of its own, HTML among them. */
const RICH = new Set('description summary content encoded subtitle tagline body div'.split(' '));
/** Names that occur in feeds and in no HTML: where one starts, an open text field has ended. */
const FEED_ONLY = new Set(
  'item entry guid pubdate encoded updated published creator enclosure origlink commentrss'.split(' '),
);
const ITEMS = new Set(['item', 'entry']);

interface OpenTag {
  readonly name: string;
  readonly local: string;
  /** Pieces written before its start tag. */
  readonly at: number;
  hasChild: boolean;
}

export interface Repaired {
  readonly text: string;
  /** The document ends before its root does; the field it was cut in has been dropped. */
  readonly truncated: boolean;
}

/** Mends a document. The result is well-formed XML, though not necessarily a feed. */
export function repairXml(document: string): Repaired {
  const out: string[] = [];
  const stack: OpenTag[] = [];
  let ignored = 0;
  let items = 0;
  let elements = 0;
  let at = 0;
  let rootClosed = false;

  const close = (): void => {
    const tag = stack.pop();
    if (tag !== undefined) out.push('</', tag.name, '>');
    rootClosed = stack.length === 0;
  };
  const text = (piece: string): void => {
    if (stack.length > 0) out.push(cleanText(piece.slice(0, FEED_LIMITS.html)));
  };

  // Nobody reads further than the reader's own limits.
  const isWithinLimits = () => items <= FEED_LIMITS.items && elements <= FEED_LIMITS.elements;
  while (at < document.length && !rootClosed && isWithinLimits()) {
    const open = document.indexOf('<', at);
    if (open < 0) {
      text(document.slice(at));
      break;
    }
    if (open > at) text(document.slice(at, open));
    const next = document.charCodeAt(open + 1);
    if (document.startsWith('<![CDATA[', open)) {
      const end = document.indexOf(']]>', open + 9);
      const inner = document.slice(open + 9, end < 0 ? document.length : end);
      if (stack.length > 0) out.push('<![CDATA[', cleanCharacters(inner.slice(0, FEED_LIMITS.html)), ']]>');
      at = end < 0 ? document.length : end + 3;
    } else if (next === 0x21 || next === 0x3f) {
      at = afterDeclaration(document, open);
    } else if (next === 0x2f) {
      const end = document.indexOf('>', open);
      if (end < 0) break;
      closeTag(document.slice(open + 2, end).trim());
      at = end + 1;
    } else if (NAME_START.test(document.charAt(open + 1))) {
      const tag = readTag(document, open);
      if (tag === null) break;
      openTag(tag);
      at = tag.end;
    } else {
      text('<');
      at = open + 1;
    }
  }
  const truncated = stack.length > 0 && isWithinLimits();
  if (truncated) dropUnfinished();
  while (stack.length > 0) close();
  return { text: out.join(''), truncated };

  function openTag(tag: Tag): void {
    const local = localName(tag.name);
    elements += 1;
    if (ITEMS.has(local)) items += 1;
    if (ITEMS.has(local)) {
      // An item within an item means that the first was never closed.
      while (stack.some((open) => ITEMS.has(open.local) || LEAVES.has(open.local) || RICH.has(open.local)))
        close();
    } else {
      const inner = stack[stack.length - 1];
      const ends =
        inner !== undefined &&
        LEAVES.has(inner.local) &&
        (LEAVES.has(local) || RICH.has(local) || FEED_ONLY.has(local));
      if (ends && !(inner.local === 'author' && (local === 'name' || local === 'email' || local === 'uri')))
        close();
      else if (FEED_ONLY.has(local)) {
        while (stack.some((open) => RICH.has(open.local))) close();
      }
    }
    const parent = stack[stack.length - 1];
    if (parent !== undefined) parent.hasChild = true;
    if (stack.length >= FEED_LIMITS.depth - 8) {
      if (!tag.empty) ignored += 1;
      return;
    }
    const before = out.length;
    out.push('<', tag.name, ...tag.attributes, tag.empty ? '/>' : '>');
    if (!tag.empty) stack.push({ name: tag.name, local, at: before, hasChild: false });
    else if (stack.length === 0) rootClosed = true;
  }

  function closeTag(name: string): void {
    if (ignored > 0) {
      ignored -= 1;
      return;
    }
    const local = localName(name);
    const match = stack.findLastIndex(
      (open) => open.name === name || (open.local === local && open.local !== ''),
    );
    if (match >= 0) {
      // The root's end tag in the middle of a field is a stray one if more items follow; the rest is read anyway.
      while (stack.length > match) close();
      return;
    }
    const inner = stack[stack.length - 1];
    // A misspelt end tag: nothing of that name is open, and the field at hand has had its text.
    if (inner !== undefined && !inner.hasChild && LEAVES.has(inner.local)) close();
  }

  /** What was being written when the document broke off is not to be trusted: half an address is another address. */
  function dropUnfinished(): void {
    const field = stack.findIndex((open) => LEAVES.has(open.local) || RICH.has(open.local));
    const inner = field >= 0 ? stack[field] : stack[stack.length - 1];
    if (inner === undefined || (field < 0 && (inner.hasChild || stack.length < 3))) return;
    out.length = inner.at;
    stack.length = field >= 0 ? field : stack.length - 1;
  }
}

interface Tag {
  readonly name: string;
  /** Written-out attributes, each with its leading blank. */
  readonly attributes: readonly string[];
  readonly empty: boolean;
  readonly end: number;
}

const NAME = /[^\s/>=<"']+/y;
const ATTRIBUTE = /([^\s/>=<"']+)(\s*=\s*(?:"([^"<]*)"|'([^'<]*)'|([^\s"'<>]+)))?/y;

/** Reads a start tag, tolerantly; null when the document ends within it. */
function readTag(document: string, open: number): Tag | null {
  NAME.lastIndex = open + 1;
  const name = validName(NAME.exec(document)?.[0] ?? '');
  let at = NAME.lastIndex;
  const attributes = new Map<string, string>();
  while (at < document.length) {
    const c = document[at];
    if (c === '>')
      return { name, attributes: writeOut(attributes), empty: document[at - 1] === '/', end: at + 1 };
    if (c === '<') return { name, attributes: writeOut(attributes), empty: false, end: at };
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(document);
    if (match === null) {
      at += 1;
      continue;
    }
    at = ATTRIBUTE.lastIndex;
    const key = match[1] ?? '';
    const value = match[3] ?? match[4] ?? match[5] ?? '';
    if (/^[A-Za-z_][\w.:-]*$/.test(key) && !attributes.has(key) && attributes.size < FEED_LIMITS.attributes) {
      attributes.set(key, value);
    }
  }
  return null;
}

function writeOut(attributes: ReadonlyMap<string, string>): string[] {
  return [...attributes].map(([key, value]) => ` ${key}="${cleanText(value).replaceAll('"', '&quot;')}"`);
}

function validName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{N}_.:-]/gu, '');
  return /^[\p{L}_]/u.test(clean) ? clean : `x${clean}`;
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1).toLowerCase();
}

/** A letter, an underscore or a colon: what a tag's name may begin with. */
const NAME_START = /[\p{L}_:]/u;

/** Behind a comment, a processing instruction or a document type with its internal subset. */
function afterDeclaration(document: string, open: number): number {
  if (document.startsWith('<!--', open)) return after(document, '-->', open + 4);
  if (document.startsWith('<?', open)) return after(document, '?>', open + 2);
  const end = document.indexOf('>', open);
  const subset = document.indexOf('[', open);
  if (end < 0) return document.length;
  return subset >= 0 && subset < end ? after(document, ']>', subset) : end + 1;
}

function after(document: string, mark: string, from: number): number {
  const found = document.indexOf(mark, from);
  if (found >= 0) return found + mark.length;
  const end = document.indexOf('>', from);
  return end < 0 ? document.length : end + 1;
}

/** Text with every ampersand that starts no reference escaped, and every character that XML does not allow dropped. */
function cleanText(text: string): string {
  const clean = cleanCharacters(text);
  const escaped = clean.includes('&')
    ? clean
        .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,9});)/gi, '&amp;')
        .replace(/&(#x?[\da-f]{1,7}|[a-z][a-z\d]{1,9});/gi, keepReference)
    : clean;
  return escaped.includes('<') ? escaped.replaceAll('<', '&lt;') : escaped;
}

/** References to characters that XML knows stay; others become literal text. */
function keepReference(reference: string, name: string): string {
  if (!name.startsWith('#')) return HTML_ENTITIES.has(name) ? reference : `&amp;${name};`;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  const allowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  if (allowed) return reference;
  // Beyond Unicode, as in HTML; controls are dropped.
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : '';
}

/** Named references that rss-parser's XML reader decodes: HTML 4's. Rarer ones are few enough to stay literal. */
const HTML_ENTITIES = new Set(
  'amp lt gt quot apos AElig Aacute Acirc Agrave Aring Atilde Auml Ccedil ETH Eacute Ecirc Egrave Euml Iacute Icirc Igrave Iuml Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc aelig agrave aring atilde auml ccedil eacute ecirc egrave eth euml iacute icirc igrave iuml ntilde oacute ocirc ograve oslash otilde ouml szlig thorn uacute ucirc ugrave uuml yacute yuml copy reg nbsp iexcl cent pound curren yen brvbar sect uml ordf laquo not shy macr deg plusmn sup1 sup2 sup3 acute micro para middot cedil ordm raquo frac14 frac12 frac34 iquest times divide OElig oelig Scaron scaron Yuml fnof circ tilde ensp emsp thinsp zwnj zwj lrm rlm ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger bull hellip permil prime Prime lsaquo rsaquo oline frasl euro image weierp real trade larr uarr rarr darr harr infin asymp ne le ge'.split(
    ' ',
  ),
);

/** Anything but tab and line ends among the controls, and the two last code points of the basic plane. */
const NO_XML = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;

/** Drops what has no place in XML 1.0, lone surrogates included. */
function cleanCharacters(text: string): string {
  const clean = text.replace(NO_XML, '');
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}
