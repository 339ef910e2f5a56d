/** Bytes to text: which character set a feed or a page is really in. */
import iconv from 'iconv-lite';
import { decodeEbcdic, looksLikeEbcdic } from './ebcdic.ts';

/** How the text itself may name its character set. */
export type TextSyntax = 'XML' | 'HTML';

export interface DecodedText {
  readonly text: string;
  /** The character set that was used, in lower case. */
  readonly charset: string;
  /** The character set that was announced, when it could not be used or does not exist; null otherwise. */
  readonly ignored: string | null;
}

/** How far into the bytes a declaration is looked for. */
const SNIFF_BYTES = 2048;

/**
 * Decodes bytes. The byte order mark wins, then the charset of `contentType`, then the document's own declaration, then UTF-8 if the
 * bytes are valid in it, then windows-1252. A declared UTF-8 that the bytes break falls back the same way; ISO-8859-1 and US-ASCII
 * mean windows-1252, as in browsers.
 */
export function decodeText(body: Uint8Array, contentType: string | null, syntax: TextSyntax): DecodedText {
  const marked = byteOrderMark(body);
  if (marked !== null) return decodeMarked(body, marked);
  if (looksLikeEbcdic(body)) return { ...decodeEbcdic(body), ignored: null };
  const http = charsetOf(contentType);
  const shape = utf16Shape(body);
  const own = declaredCharset(body, syntax);
  let ignored: string | null = null;
  for (const label of [http, shape, own]) {
    if (label === null) continue;
    const text = decodeAs(body, label);
    if (text !== null) return { text, charset: canonicalLabel(label), ignored };
    ignored ??= label;
  }
  const utf8 = decodeStrict(body, 'utf-8');
  if (utf8 !== null) return { text: utf8, charset: 'utf-8', ignored };
  return { text: decodeUtf8Or1252(body), charset: 'windows-1252', ignored };
}

/** The charset parameter of a Content-Type header, quoted or not; null when there is none. */
export function charsetOf(contentType: string | null): string | null {
  const label = /;\s*charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1];
  return label === undefined ? null : label.toLowerCase();
}

type Mark = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

function byteOrderMark(body: Uint8Array): Mark | null {
  const [a, b, c, d] = body;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  return null;
}

function decodeMarked(body: Uint8Array, charset: Mark): DecodedText {
  const text = charset.startsWith('utf-32')
    ? decodeLegacy(body, charset)
    : new TextDecoder(charset).decode(body);
  return { text: text.startsWith('\ufeff') ? text.slice(1) : text, charset, ignored: null };
}

/** UTF-16 and UTF-32 without a mark show in the zero bytes around the first "<" (XML 1.0, appendix F). */
function utf16Shape(body: Uint8Array): string | null {
  const [a, b, c, d] = body;
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return 'utf-32be';
  if (a === 0x3c && b === 0 && d === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c && c === 0) return 'utf-16be';
  return null;
}

/** The encoding named by an XML declaration or an HTML meta element within the first bytes. */
function declaredCharset(body: Uint8Array, syntax: TextSyntax): string | null {
  const head = new TextDecoder('latin1').decode(body.subarray(0, SNIFF_BYTES));
  const declaration = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})/.exec(head)?.[1];
  if (declaration !== undefined) return readable(declaration);
  if (syntax === 'XML') return null;
  const meta = /<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})/i.exec(head)?.[1];
  return meta === undefined ? null : readable(meta);
}

/** A label that was read as single bytes cannot be UTF-16 or UTF-32, whatever it says. */
function readable(label: string): string {
  return /^(utf-?16|utf-?32|ucs-?[24]|iso-10646)/i.test(label) ? 'utf-8' : label.toLowerCase();
}

const LATIN1 = /^(iso[-_]?8859[-_]?1|latin-?1|l1|us-ascii|ascii|cp1252|win(dows)?-?1252)$/;

/** Labels of other systems by the name under which the decoders know them. */
const ALIASES: Readonly<Record<string, string>> = {
  'big5-tw': 'big5',
  hkscs: 'big5-hkscs',
  'x-mac-trad-chinese': 'big5',
  'eucgb2312-cn': 'gb2312',
  'x-mac-simp-chinese': 'gb2312',
  uhc: 'euc-kr',
  'ks-x-1001': 'euc-kr',
  ksx1001: 'euc-kr',
  'x-mac-korean': 'euc-kr',
  ujis: 'euc-jp',
  'u-jis': 'euc-jp',
  'euc-jis': 'euc-jp',
  'euc-jis2004': 'euc-jp',
  eucjis2004: 'euc-jp',
  'euc-jisx0213': 'euc-jp',
  eucjisx0213: 'euc-jp',
  jisx0213: 'euc-jp',
  strk1048: 'rk1048',
  'tis-620-2529-0': 'tis-620',
  cp866u: 'cp1125',
  ruscii: 'cp1125',
  'cp-is': 'cp861',
  'mac-latin2': 'maccenteuro',
  maclatin2: 'maccenteuro',
  maccentraleurope: 'maccenteuro',
  cp154: 'pt154',
  ptcp154: 'pt154',
  csptcp154: 'pt154',
  'cyrillic-asian': 'pt154',
  kz1048: 'rk1048',
  'kz-1048': 'rk1048',
  cp1051: 'hp-roman8',
};

function canonicalLabel(label: string): string {
  if (LATIN1.test(label)) return 'windows-1252';
  if (/^utf[-_]?8$/.test(label)) return 'utf-8';
  // "iso_8859_5_1988" → "iso-8859-5".
  const plain = label.replaceAll('_', '-').replace(/[-:](19|20)\d\d$/, '');
  return ALIASES[plain] ?? plain;
}

/** Text in a named charset; null when the charset is unknown or the bytes are not in it. */
function decodeAs(body: Uint8Array, label: string): string | null {
  const name = canonicalLabel(label);
  if (name === 'utf-8') return decodeStrict(body, 'utf-8');
  // A page that says Latin-1 and is valid UTF-8 beyond ASCII is UTF-8: the other reading would be "Ã©".
  if (name === 'windows-1252') return decodeMislabelled(body) ?? new TextDecoder('windows-1252').decode(body);
  if (/^utf-?(16|32)/.test(name)) return decodeWide(body, name);
  try {
    return new TextDecoder(name).decode(body);
  } catch {
    return iconv.encodingExists(name) ? decodeLegacy(body, name) : null;
  }
}

function decodeWide(body: Uint8Array, name: string): string | null {
  // Announced as UTF-16 by the server, but plainly single bytes.
  if (body.subarray(0, 64).every((byte) => byte !== 0)) return null;
  const text = decodeLegacy(body, name);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function decodeLegacy(body: Uint8Array, name: string): string {
  return iconv.decode(Buffer.from(body.buffer, body.byteOffset, body.byteLength), name);
}

function decodeStrict(body: Uint8Array, name: 'utf-8'): string | null {
  try {
    return new TextDecoder(name, { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function decodeMislabelled(body: Uint8Array): string | null {
  let wide = 0;
  for (const byte of body) if (byte > 0x7f) wide += 1;
  // One stray pair may be chance; two valid sequences and no invalid one are not.
  return wide >= 4 ? decodeStrict(body, 'utf-8') : null;
}

/**
 * Last resort. Text that is mostly UTF-8 (two sources pasted together, a character cut in half) stays UTF-8, its other bytes read as
 * windows-1252; otherwise all of it is windows-1252.
 */
function decodeUtf8Or1252(body: Uint8Array): string {
  const latin = new TextDecoder('windows-1252');
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  let wide = 0;
  let stray = 0;
  let copied = 0;
  let at = 0;
  while (at < body.length) {
    const length = sequenceLength(body, at);
    if (length > 1) wide += 1;
    if (length === 0) {
      stray += 1;
      parts.push(utf8.decode(body.subarray(copied, at)), latin.decode(body.subarray(at, at + 1)));
      copied = at + 1;
    }
    at += Math.max(length, 1);
  }
  if (wide <= stray) return latin.decode(body);
  parts.push(utf8.decode(body.subarray(copied)));
  return parts.join('');
}

/** Bytes of the well-formed UTF-8 sequence at a place (RFC 3629); 0 when there is none. */
function sequenceLength(body: Uint8Array, at: number): number {
  const first = body[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  for (let i = 1; i < length; i += 1) if (((body[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = body[at + 1] ?? 0;
  const isWrong =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return isWrong ? 0 : length;
}
