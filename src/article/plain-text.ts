/** Short HTML to one line of plain text: titles, names, categories. */
import { Parser } from 'htmlparser2';

/** Elements whose text is not for readers. */
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'iframe']);
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

/** What HTML calls its elements, and called them once. */
const ELEMENTS = new Set(
  'a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd label legend li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param path picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul use var video wbr xmp'.split(
    ' ',
  ),
);
const TAG_START = /<(\/?)([a-z][^\s/<>]*)/gi;

/** What is no tag stays text: "Le jeton <eos>", "a<b". What is opened and closed again is markup, whatever its name. */
function keepWords(html: string): string {
  const last = html.lastIndexOf('>');
  const written = new Set(html.match(TAG_START));
  return html.replace(TAG_START, (found: string, slash: string, name: string, at: number) => {
    const isTag =
      at < last &&
      (ELEMENTS.has(name.toLowerCase()) ||
        /[:-]/.test(name) ||
        written.has(`<${slash === '' ? '/' : ''}${name}`));
    return isTag ? found : `&lt;${found.slice(1)}`;
  });
}

/** Text of a piece of HTML on one line: tags dropped, entities decoded, white space collapsed. */
export function inlineText(text: string): string {
  if (!/[<&]/.test(text)) return collapse(text);
  // "?page=1&copy=2" is an address, not a copyright sign.
  const html = keepWords(text.includes('&') ? text.replace(/&(?=[a-z\d]+=)/gi, '&amp;') : text);
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
