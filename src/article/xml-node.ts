/** The tree that rss-parser's XML reader builds, and how fields are taken from it. */

/** An element: its text alone, or text `_`, attributes `$` and children by canonical name. */
export type XmlNode = string | XmlElement;
export interface XmlElement {
  readonly _?: string;
  readonly $?: Readonly<Record<string, string>>;
  readonly [child: string]: readonly XmlNode[] | string | Readonly<Record<string, string>> | undefined;
}

/** Begins text that was markup in the document (XHTML), as opposed to text that may hold escaped markup. */
export const MARKUP_MARK = '\ufdd1';

const NONE: readonly XmlNode[] = [];

/** Children of one name, in document order; empty when there are none. */
export function children(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  if (node === undefined || typeof node === 'string') return NONE;
  const found = node[name];
  return Array.isArray(found) ? found : NONE;
}

/** Children of several names, name by name. */
export function childrenAmong(node: XmlNode | undefined, names: readonly string[]): readonly XmlNode[] {
  let all = NONE;
  for (const name of names) {
    const found = children(node, name);
    if (found.length > 0) all = all.length === 0 ? found : [...all, ...found];
  }
  return all;
}

/** First child of a name. */
export function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  if (node === undefined || typeof node === 'string') return undefined;
  const found = node[name];
  return Array.isArray(found) ? found[0] : undefined;
}

/** The element's own text as it stands, without the mark of markup. */
export function rawText(node: XmlNode | undefined): string {
  if (node === undefined) return '';
  const text = typeof node === 'string' ? node : (node._ ?? '');
  return text.startsWith(MARKUP_MARK) ? text.slice(1) : text;
}

/** True when the element held markup of its own. */
export function isMarkup(node: XmlNode | undefined): boolean {
  if (node === undefined) return false;
  return (typeof node === 'string' ? node : (node._ ?? '')).startsWith(MARKUP_MARK);
}

/** Text of the first child of that name which has any, trimmed; null when there is none. */
export function childText(node: XmlNode | undefined, name: string): string | null {
  for (const one of children(node, name)) {
    const text = rawText(one).trim();
    if (text !== '') return text;
  }
  return null;
}

/** An attribute by its lower-case name; null when absent. */
export function attribute(node: XmlNode | undefined, name: string): string | null {
  if (node === undefined || typeof node === 'string') return null;
  return node.$?.[name] ?? null;
}
