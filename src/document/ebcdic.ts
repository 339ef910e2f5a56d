/** EBCDIC, for the few machines that still speak it: the code pages of Western Europe, as IBM's page 37 and what differs from it. */

/** Page 37 from byte 0x40 on; what is below are controls. */
const PAGE_37 =
  ' \u00a0âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×{ABCDEFGHI\u00adôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ ';

/** Pairs of a character of page 37 and the one that stands in its place. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  cp037: '',
  cp1140: '¤€',
  cp500: '¢[|!!]¬^^¢[¬]|',
  cp273: 'ä{¢Ä|!ß~!Ü¬^Ä[¦ö@§~ß^¢§@[¬]|¯‾{äö¦}üü}\\ÖÖ\\Ü]',
  cp1026: 'ç{¢Ç|!!Ğ$İ¬^Ç[¦ş`ı#Ö@Ş"Üð}ý`þ¦~öÐ]Ý$Þ@^¢[¬]|{çö~}ğü\\\\üÖ#Ü"',
};

const NAMES: Readonly<Record<string, string>> = {
  '037': 'cp037',
  '039': 'cp037',
  'ebcdic-cp-ca': 'cp037',
  'ebcdic-cp-nl': 'cp037',
  'ebcdic-cp-us': 'cp037',
  'ebcdic-cp-wt': 'cp037',
  '500': 'cp500',
  'ebcdic-cp-be': 'cp500',
  'ebcdic-cp-ch': 'cp500',
  '273': 'cp273',
  '1026': 'cp1026',
  '1140': 'cp1140',
};

/** True for a document whose first bytes are an XML declaration in EBCDIC ("<?xm", XML 1.0 appendix F). */
export function looksLikeEbcdic(body: Uint8Array): boolean {
  return body[0] === 0x4c && body[1] === 0x6f && body[2] === 0xa7 && body[3] === 0x94;
}

/** Text in the code page that the document itself declares; page 37 where it is another one, or none. */
export function decodeEbcdic(body: Uint8Array): { readonly text: string; readonly charset: string } {
  const head = decodePage(body.subarray(0, 200), 'cp037');
  const label = /encoding\s*=\s*.\s*([\w-]{1,40})/.exec(head)?.[1]?.toLowerCase().replaceAll('_', '-') ?? '';
  const name = label.replace(/^(csibm|ibm|cp)/, '');
  const page = NAMES[name] ?? (`cp${name}` in DIFFERENCES ? `cp${name}` : 'cp037');
  return { text: decodePage(body, page), charset: page };
}

function decodePage(body: Uint8Array, page: string): string {
  const replaced = new Map<string, string>();
  const pairs = [...(DIFFERENCES[page] ?? '')];
  for (let i = 0; i + 1 < pairs.length; i += 2) replaced.set(pairs[i] ?? '', pairs[i + 1] ?? '');
  const table = [...PAGE_37].map((character) => replaced.get(character) ?? character);
  const parts: string[] = [];
  for (const byte of body)
    parts.push(byte >= 0x40 ? (table[byte - 0x40] ?? ' ') : byte === 0x25 || byte === 0x15 ? '\n' : ' ');
  return parts.join('');
}
