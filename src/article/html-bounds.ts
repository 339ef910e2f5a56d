/**
 * HTML made safe to parse: cut at a size, and never nested deeper than a limit. HTML parsers search their stack of open elements at
 * every end tag, so that a page of 100,000 `<b>` and as many `</i>` takes them minutes; after this it is a page of 256 `<b>`.
 */

/** Elements that have no end tag and therefore no depth. */
const VOID = new Set(
  'area base basefont br col command embed frame hr img input keygen link meta param source track wbr'.split(
    ' ',
  ),
);
/** Elements whose content is not markup, up to their own end tag. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'noembed']);

const MAX_DEPTH = 256;
/** UTF-16 code units of HTML that are looked at; French press pages are rarely over 1 million. */
export const MAX_HTML = 3_000_000;

/**
 * The HTML with end tags that close nothing and elements beyond the depth limit left out (their text stays), cut at `maxLength`.
 * Returns the same string when nothing had to go.
 */
export function boundHtml(html: string, maxLength: number = MAX_HTML): string {
  const source = html.length > maxLength ? html.slice(0, maxLength) : html;
  const stack: string[] = [];
  const parts: string[] = [];
  let copied = 0;
  let at = source.indexOf('<');
  while (at >= 0) {
    const next = source.charCodeAt(at + 1);
    if (next === 33 || next === 63) {
      at = source.indexOf('<', afterDeclaration(source, at));
      continue;
    }
    const closing = next === 47;
    const name = tagName(source, closing ? at + 2 : at + 1);
    if (name === '') {
      at = source.indexOf('<', at + 1);
      continue;
    }
    const end = source.indexOf('>', at);
    if (end < 0) break;
    if (drops(name, closing)) {
      parts.push(source.slice(copied, at));
      copied = end + 1;
    }
    let from = end + 1;
    if (!closing && RAW.has(name)) {
      const close = findClose(source, name, from);
      if (close < 0) break;
      from = close;
    }
    at = source.indexOf('<', from);
  }
  return copied === 0 ? source : parts.join('') + source.slice(copied);

  function drops(name: string, closing: boolean): boolean {
    if (VOID.has(name)) return false;
    if (!closing) {
      if (stack.length >= MAX_DEPTH) return true;
      stack.push(name);
      return false;
    }
    const open = stack.lastIndexOf(name);
    // "</p>" and "</br>" without a start mean something to a browser; they cost no search.
    if (open < 0) return name !== 'p';
    stack.length = open;
    return false;
  }
}

/** A large page without what nobody reads: what stands in scripts (but for JSON-LD) and styles, and pictures written out in it. */
export function withoutBallast(html: string): string {
  if (html.length <= MAX_HTML) return html;
  const source = html.replace(/data:[\w/+.-]{1,100};base64,[\w+/=]{1000,}/gi, 'data:,');
  const parts: string[] = [];
  let copied = 0;
  const opening = /<!--|<(script|style)(?=[\s>])/gi;
  for (let found = opening.exec(source); found !== null; found = opening.exec(source)) {
    if (found[1] === undefined) {
      opening.lastIndex = afterDeclaration(source, found.index);
      continue;
    }
    const from = afterTag(source, opening.lastIndex);
    const close = from === 0 ? -1 : findClose(source, found[1].toLowerCase(), from);
    if (close < 0) break;
    if (!/ld\+json/i.test(source.slice(found.index, from))) {
      parts.push(source.slice(copied, from));
      copied = close;
    }
    opening.lastIndex = close;
  }
  return parts.join('') + source.slice(copied);
}

/** Behind the `>` that ends a start tag, not one in the quotes of an attribute; 0 when there is none. */
function afterTag(source: string, from: number): number {
  let quote = '';
  for (let at = from; at < source.length; at += 1) {
    const char = source[at]!;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '>') return at + 1;
    else if ((char === '"' || char === "'") && source[at - 1] === '=') quote = char;
  }
  return 0;
}

function tagName(source: string, start: number): string {
  let end = start;
  while (end < source.length && end - start < 64) {
    const code = source.charCodeAt(end);
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (
      !isLetter &&
      (end === start || !((code >= 48 && code <= 57) || code === 45 || code === 58 || code === 95))
    )
      break;
    end += 1;
  }
  return source.slice(start, end).toLowerCase();
}

function afterDeclaration(source: string, at: number): number {
  const comment = source.startsWith('<!--', at);
  const end = source.indexOf(comment ? '-->' : '>', at + (comment ? 4 : 2));
  return end < 0 ? source.length : end + 1;
}

/** Where the end tag of a raw element begins, in whatever case it is written; -1 when there is none. */
function findClose(source: string, name: string, from: number): number {
  let at = source.indexOf('</', from);
  while (at >= 0) {
    if (source.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
    at = source.indexOf('</', at + 2);
  }
  return -1;
}
