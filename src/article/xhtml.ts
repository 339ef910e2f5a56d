/** XML markup inside a feed's text field, rewritten as HTML. */
import { Parser } from 'htmlparser2';
import type { CondensedDocument } from './condensed.ts';
import type { NamespaceScope } from './namespaces.ts';

const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

/**
 * HTML for a piece of well-formed XML. Prefixes and namespace declarations go, empty elements are closed the way HTML wants it, CDATA
 * becomes text. Linear in the size of the piece.
 */
export function markupToHtml(source: string, document: CondensedDocument, scope: NamespaceScope): string {
  const parts: string[] = [];
  const scopes = [scope];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const inner = (scopes[scopes.length - 1] ?? scope).within(attributes);
        scopes.push(inner);
        parts.push('<', localName(document.nameOf(name), inner));
        for (const key in attributes) {
          if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
          parts.push(' ', key, '="', escapeAttribute(attributes[key] ?? ''), '"');
        }
        parts.push('>');
      },
      onclosetag(name) {
        const inner = scopes.pop() ?? scope;
        const local = localName(document.nameOf(name), inner);
        if (!VOID.has(local)) parts.push('</', local, '>');
      },
      ontext(text) {
        parts.push(escapeText(document.restore(text)));
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(source);
  return parts.join('');
}

function localName(name: string, scope: NamespaceScope): string {
  const colon = name.indexOf(':');
  if (colon < 0) return scope.isXhtml(name) ? name.toLowerCase() : name;
  return name.slice(colon + 1);
}

function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeAttribute(text: string): string {
  if (!/[&"<>]/.test(text)) return text;
  return escapeText(text).replaceAll('"', '&quot;');
}
