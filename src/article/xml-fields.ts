/** Fields of an XML element by several names, dates and base addresses among them. */
import { parseDate } from './date.ts';
import { type FeedContext, languageTag, plausible } from './item-fields.ts';
import { resolveUrl } from './resolve.ts';
import { attribute, child, children, childText, rawText, type XmlNode } from './xml-node.ts';

/** The first of several fields that has text. */
export function firstText(node: XmlNode, names: readonly string[]): string | null {
  for (const name of names) {
    const text = childText(node, name);
    if (text !== null) return text;
  }
  return null;
}

/** The first of several fields that holds a readable date. */
export function firstDate(node: XmlNode, names: readonly string[], context: FeedContext): Date | null {
  for (const name of names) {
    for (const one of children(node, name)) {
      const date = plausible(parseDate(rawText(one), context.home), context.now);
      if (date !== null) return date;
    }
  }
  return null;
}

/** The language that one of several fields says it is in. */
export function languageOf(node: XmlNode, names: readonly string[]): string | null {
  for (const name of names) {
    const tag = languageTag(attribute(child(node, name), 'xml:lang'));
    if (tag !== null) return tag;
  }
  return null;
}

/** Where relative addresses of an element start from. */
export function baseOf(node: XmlNode | undefined, base: string): string {
  return resolveUrl(attribute(node, 'xml:base'), base) ?? base;
}
