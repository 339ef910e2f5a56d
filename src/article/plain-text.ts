/** Short HTML to one line of plain text: titles, names, categories. */
import { Parser } from 'htmlparser2';

/** Elements whose text is not for readers. */
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'iframe', 'object']);
/** Elements that part words. */
const PARTING = new Set([
  'br',
  'p',
  'div',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'td',
  'tr',
  'hr',
  'wbr-',
]);

/** Text of a piece of HTML on one line: tags dropped, entities decoded, white space collapsed. */
export function inlineText(html: string): string {
  if (!/[<&]/.test(html)) return collapse(html);
  const parts: string[] = [];
  let silent = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (SILENT.has(name)) silent += 1;
      else if (PARTING.has(name)) parts.push(' ');
    },
    ontext(text) {
      if (silent === 0) parts.push(text);
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent -= 1;
      else if (PARTING.has(name)) parts.push(' ');
    },
  });
  parser.end(html);
  return collapse(parts.join(''));
}

/** Entities decoded, tags left as the text they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  const parts: string[] = [];
  const parser = new Parser({
    ontext(piece) {
      parts.push(piece);
    },
  });
  parser.end(text.replaceAll('<', '&lt;'));
  return parts.join('');
}

/** Anything that `collapse` would change, but for white space at the ends. */
const UNTIDY = /[^\S ]|\s\s|[\p{Cc}\u00ad\u200b\u2060\ufeff\ufdd0-\ufdef]/u;

/** White space to single blanks (no-break spaces stay what they are), controls and characters without width dropped; trimmed. */
export function collapse(text: string): string {
  if (!UNTIDY.test(text)) return text.trim();
  return text
    .replace(/(?![\t\n\r\f\u0085])\p{Cc}|[\u00ad\u200b\u2060\ufeff\ufdd0-\ufdef]/gu, '')
    .replace(/\s+/g, (run) => (run === '\u00a0' || run === '\u202f' ? run : ' '))
    .trim();
}
