/** Relative addresses made absolute: single ones, and those inside HTML. */
import { FEED_LIMITS } from './parsed-feed.ts';

/** An address of plain characters with a plain host: its own normal form, unless it has dot segments. */
const PLAIN_URL = /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z]+\/[\w/.~=&?+,;!-]*$/;

/** True for an address that needs no parsing, and most are such. */
function isNormal(url: string): boolean {
  return PLAIN_URL.test(url) && !url.includes('/.') && !url.includes('xn--');
}

/** The address that `text` means at `base`; null when it is none, is too long, or is a script. */
export function resolveUrl(text: string | null, base: string | null): string | null {
  if (text === null) return null;
  const written = text.trim();
  if (written === '' || written.length > FEED_LIMITS.url) return null;
  if (isNormal(written)) return written;
  // Broken over two lines, it goes on behind the indentation.
  const trimmed = written.replace(/[\r\n]\s*/g, '');
  // "Some words" would be a relative address, too.
  if (/\s/.test(trimmed) && !/[/.?#:]/.test(trimmed)) return null;
  const url = base === null ? URL.parse(trimmed) : URL.parse(trimmed, base);
  return url === null || /^(javascript|vbscript|data):$/.test(url.protocol) ? null : url.href;
}

/** An http(s) address, or null. */
export function resolveWebUrl(text: string | null, base: string | null): string | null {
  const url = resolveUrl(text, base);
  return url !== null && /^https?:\/\//.test(url) ? url : null;
}

const URL_ATTRIBUTES = new Set([
  'href',
  'src',
  'poster',
  'cite',
  'longdesc',
  'background',
  'data',
  'action',
  'formaction',
]);

/**
 * HTML with the addresses in its attributes resolved against `base`. Everything else, tag soup included, is copied as it is; linear in
 * the size of the text.
 */
export function resolveHtml(html: string, base: string | null): string {
  if (base === null || !html.includes('<')) return html;
  if (html.includes(' xml:base="')) return resolveWithin(html, base);
  let out = '';
  let copied = 0;
  for (const { start, end } of addressesIn(html)) {
    const written = html.slice(start, end);
    if (!isRelative(written)) continue;
    const url = resolveUrl(written.replaceAll('&amp;', '&'), base);
    if (url === null) continue;
    out +=
      html.slice(copied, start) + url.replaceAll('&', '&amp;').replaceAll('"', '%22').replaceAll("'", '%27');
    copied = end;
  }
  return copied === 0 ? html : out + html.slice(copied);
}

const TAG = /<(\/?)([A-Za-z][^\s/<>]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g;
const XML_BASE = /\sxml:base="([^"]*)"/;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

/** The same for XHTML whose elements set a base of their own; the `xml:base` attributes go. Elements are balanced in it. */
function resolveWithin(html: string, base: string): string {
  const bases: string[] = [];
  return html.replace(TAG, (tag: string, slash: string, name: string, attributes: string) => {
    if (slash === '/') {
      bases.pop();
      return tag;
    }
    const written = XML_BASE.exec(attributes)?.[1];
    const outer = bases[bases.length - 1] ?? base;
    const inner =
      written === undefined ? outer : (resolveUrl(written.replaceAll('&amp;', '&'), outer) ?? outer);
    if (!VOID.test(name) && !attributes.endsWith('/')) bases.push(inner);
    return resolveHtml(written === undefined ? tag : tag.replace(XML_BASE, ''), inner);
  });
}

function isRelative(url: string): boolean {
  return url !== '' && !/^\s*(?:[a-z][a-z0-9+.-]*:|#|$)/i.test(url);
}

const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/y;

/** One address of several that are parted by commas, each with a width or density behind it. */
const CANDIDATE = /(?:^|,)\s*(\S+?)(?=,?(?:\s|$))/g;

/** Places of the URL attributes' values, in order. */
function* addressesIn(html: string): Generator<{ readonly start: number; readonly end: number }> {
  let at = html.indexOf('<');
  while (at >= 0) {
    at += 1;
    const letter = html.charCodeAt(at) | 32;
    if (letter < 97 || letter > 122) {
      at = html.indexOf('<', at);
      continue;
    }
    while (at < html.length && !/[\s/>]/.test(html.charAt(at))) at += 1;
    while (at < html.length) {
      const code = html.charCodeAt(at);
      if (code === 62 || code === 60) break;
      ATTRIBUTE.lastIndex = at;
      const match = ATTRIBUTE.exec(html);
      if (match === null) {
        at += 1;
        continue;
      }
      const value = match[2] ?? match[3] ?? match[4];
      at = ATTRIBUTE.lastIndex;
      if (value === undefined) continue;
      const end = match[4] === undefined ? at - 1 : at;
      const start = end - value.length;
      const name = (match[1] ?? '').toLowerCase();
      if (URL_ATTRIBUTES.has(name)) yield { start, end };
      else if (name === 'srcset') {
        for (const { index, 0: found, 1: url = '' } of value.matchAll(CANDIDATE)) {
          const behind = start + index + found.length;
          yield { start: behind - url.length, end: behind };
        }
      }
    }
    at = html.indexOf('<', at);
  }
}
