/**
 * Entities that a document declares for itself (`<!ENTITY site "https://…">`): plain ones are put in, nothing else is. Entities within
 * entities, which bombs are made of, and external ones, which leak files, stay literal.
 */

/** How far into a document its type declaration is looked for, and how long that may be. */
const MAX_PROLOG = 20_000;
const MAX_ENTITIES = 100;
const MAX_VALUE = 1_000;
/** Characters that all references together may add. */
const MAX_GROWTH = 100_000;

const DECLARATION = /<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(?:"([^"&%<]{0,1000})"|'([^'&%<]{0,1000})')\s*>/g;

/** The document with references to its own plain entities replaced by their values; the same string where it declares none. */
export function expandEntities(document: string): string {
  const start = document.slice(0, MAX_PROLOG).indexOf('<!DOCTYPE');
  if (start < 0) return document;
  const subset = document.slice(start, start + MAX_PROLOG);
  const end = subset.indexOf(']');
  if (end < 0 || !subset.includes('<!ENTITY')) return document;
  const entities = new Map<string, string>();
  for (const [, name = '', double, single] of subset.slice(0, end).matchAll(DECLARATION)) {
    const value = double ?? single ?? '';
    if (entities.size < MAX_ENTITIES && value.length <= MAX_VALUE) entities.set(name, value);
  }
  if (entities.size === 0) return document;
  let growth = 0;
  const body = document.slice(start + end);
  const expanded = body.replace(/&([A-Za-z_][\w.-]{0,60});/g, (reference, name: string) => {
    const value = entities.get(name);
    if (value === undefined || growth + value.length > MAX_GROWTH) return reference;
    growth += value.length;
    return value;
  });
  return document.slice(0, start + end) + expanded;
}
