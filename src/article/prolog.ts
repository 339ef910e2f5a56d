/**
 * What stands before a document's root: declarations, comments, a document type. None of it is needed to read a feed, and the document
 * type is where bombs are kept. Only the plain entities that it declares (`<!ENTITY site "https://…">`) are put into the text; entities
 * within entities and external ones stay literal.
 */

export interface EnteredDocument {
  /** The root's name in lower case, without prefix; "" when there is none. */
  readonly root: string;
  /** The document from its root on. */
  readonly body: string;
}

/** A document type is not read further than this. UTF-16 code units. */
const MAX_DOCTYPE = 100_000;
const MAX_ENTITIES = 100;
/** Characters that all references together may add. */
const MAX_GROWTH = 100_000;

/** Finds the root of a document that begins with "<". Text that stands between is skipped. */
export function enterDocument(document: string): EnteredDocument {
  let at = 0;
  let entities: ReadonlyMap<string, string> = new Map();
  while (at >= 0 && at < document.length) {
    const next = document[at + 1];
    if (next === '?') {
      at = behind(document, '?>', at);
    } else if (next === '!' && document.startsWith('<!--', at)) {
      at = behind(document, '-->', at + 4);
    } else if (next === '!') {
      const end = endOfDoctype(document, at);
      if (end > 0) entities = entitiesIn(document.slice(at, end));
      at = end;
    } else {
      const name = /^<(?:[\w.-]{1,50}:)?([\p{L}_][\w.-]{0,50})/u.exec(document.slice(at, at + 110))?.[1];
      if (name !== undefined) return { root: name.toLowerCase(), body: expand(document.slice(at), entities) };
      at += 1;
    }
    if (at >= 0) at = document.indexOf('<', at);
  }
  return { root: '', body: document };
}

function behind(document: string, mark: string, from: number): number {
  const found = document.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

/** Behind a document type with its internal subset; -1 when it does not end in time. */
function endOfDoctype(document: string, open: number): number {
  let depth = 0;
  const last = Math.min(document.length, open + MAX_DOCTYPE);
  for (let at = open + 2; at < last; at += 1) {
    const character = document[at];
    if (character === '[') depth += 1;
    else if (character === ']') depth -= 1;
    else if (character === '>' && depth <= 0) return at + 1;
    else if (character === '"' || character === "'") {
      at = document.indexOf(character, at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

const DECLARATION =
  /<!ENTITY\s{1,50}([A-Za-z_][\w.-]{0,60})\s{1,50}(?:"([^"&%<]{0,1000})"|'([^'&%<]{0,1000})')/g;

function entitiesIn(doctype: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>();
  for (const [, name = '', double, single] of doctype.matchAll(DECLARATION)) {
    if (entities.size < MAX_ENTITIES) entities.set(name, double ?? single ?? '');
  }
  return entities;
}

function expand(text: string, entities: ReadonlyMap<string, string>): string {
  if (entities.size === 0) return text;
  let growth = 0;
  return text.replace(/&([A-Za-z_][\w.-]{0,60});/g, (reference, name: string) => {
    const value = entities.get(name);
    if (value === undefined || growth + value.length > MAX_GROWTH) return reference;
    growth += value.length;
    return value;
  });
}
