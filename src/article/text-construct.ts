/** Text constructs of Atom (RFC 4287 §3.1, and Atom 0.3), wherever they occur: what a reader would call HTML. */
import { Buffer } from 'node:buffer';
import { resolveUrl } from './resolve.ts';
import { baseOf } from './xml-fields.ts';
import { attribute, isMarkup, rawText, type XmlNode } from './xml-node.ts';

export type Form = 'TEXT' | 'HTML' | 'MARKUP' | 'BASE64' | 'OTHER';

/** How a text construct is written: Atom 1.0's `type`, Atom 0.3's `type` and `mode`. */
export function formOf(node: XmlNode): Form {
  const type = (attribute(node, 'type') ?? '').trim().toLowerCase();
  const mode = (attribute(node, 'mode') ?? '').trim().toLowerCase();
  if (mode === 'base64') return 'BASE64';
  if (isMarkup(node)) return 'MARKUP';
  if (type === 'html' || type === 'xhtml' || /^(text\/html|application\/xhtml\+xml)/.test(type))
    return 'HTML';
  if (mode === 'escaped') return type === '' || type === 'text/plain' ? 'TEXT' : 'HTML';
  if (type === '' || type === 'text' || type.startsWith('text/')) return 'TEXT';
  if (/[+/]xml$/.test(type)) return 'HTML';
  return type.includes('/') ? 'BASE64' : 'TEXT';
}

/** What nobody writes who writes plain text: an end tag, a line break, a picture, a reference. */
const HTML = /<\/[a-z][a-z\d]*\s*>|<(?:br|hr|img|p)(?:\s[^<>]*)?\/?>|&(?:[a-z]{2,10}|#\d{1,6});/i;

/** HTML of a text construct. Plain text is escaped, unless it plainly is HTML that its author forgot to declare. */
export function textConstruct(node: XmlNode | undefined): string | null {
  if (node === undefined) return null;
  const text = rawText(node);
  const form = formOf(node);
  if (form === 'MARKUP') return withoutWrapper(text);
  if (form === 'HTML') return text;
  if (form === 'BASE64') return fromBase64(text);
  if (HTML.test(text.slice(0, 100_000))) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Bytes as text; the text itself when it is no base64. */
export function fromBase64(text: string): string {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return text;
  return Buffer.from(compact, 'base64').toString('utf8');
}

/** Where relative addresses in a text construct start from: its own base, then that of the `div` that is taken off it. */
export function constructBase(node: XmlNode, base: string): string {
  const own = baseOf(node, base);
  if (!isMarkup(node)) return own;
  const open = WRAPPER.exec(rawText(node).trimStart())?.[0] ?? '';
  const declared = /\sxml:base="([^"]*)"/.exec(open)?.[1]?.replaceAll('&amp;', '&');
  return resolveUrl(declared ?? null, own) ?? own;
}

const WRAPPER = /^<div(?:\s[^<>]*)?>/;

/** XHTML constructs hold one `div` that is not part of the content (RFC 4287 §3.1.1.3). */
function withoutWrapper(html: string): string {
  const inner = html.trim();
  const open = WRAPPER.exec(inner)?.[0];
  if (open === undefined || !inner.endsWith('</div>')) return html;
  const content = inner.slice(open.length, -'</div>'.length);
  // "<div>a</div><div>b</div>" has no wrapper.
  let depth = 0;
  for (const tag of content.matchAll(/<(\/?)div(?=[\s>])/g)) {
    depth += tag[1] === '/' ? -1 : 1;
    if (depth < 0) return html;
  }
  return content;
}
