import { expect, test } from 'vitest';
import { parsedFile } from './feed-file.ts';

const FRENCH = 'Été à Noël : œuvre, cœur, « 100 € »';
const RUSSIAN = 'Новости науки';
const JAPANESE = '人工知能のニュース';

test.each([
  ['UTF-8 with a mark', 'enc-utf-8-bom.xml', null, FRENCH],
  ['UTF-16 little-endian with a mark', 'enc-utf-16le-bom.xml', null, FRENCH],
  ['UTF-16 big-endian with a mark', 'enc-utf-16be-bom.xml', null, FRENCH],
  ['UTF-16 with a mark, whatever HTTP says', 'enc-utf-16le-bom.xml', 'text/xml; charset=iso-8859-1', FRENCH],
  ['UTF-16 little-endian without a mark', 'enc-utf-16le.xml', null, FRENCH],
  ['UTF-16 big-endian without a mark', 'enc-utf-16be.xml', null, FRENCH],
  ['UTF-32 with a mark', 'enc-utf-32le-bom.xml', null, FRENCH],
  ['UTF-32 without a mark', 'enc-utf-32be.xml', null, FRENCH],
  ['declared ISO-8859-1, which is windows-1252', 'enc-iso-8859-1.xml', 'text/xml', FRENCH],
  ['declared ISO-8859-15', 'enc-iso-8859-15.xml', null, FRENCH],
  ['declared US-ASCII, which it is not', 'enc-ascii-declared.xml', null, FRENCH],
  ['declared macintosh', 'enc-macintosh.xml', null, FRENCH],
  ['declared cp850', 'enc-cp850.xml', null, 'Été à Noël'],
  [
    'windows-1252 by HTTP alone',
    'enc-windows-1252-http.xml',
    'application/rss+xml; charset=windows-1252',
    FRENCH,
  ],
  [
    'windows-1252 by HTTP, in quotes',
    'enc-windows-1252-http.xml',
    'application/rss+xml; charset="Windows-1252"',
    FRENCH,
  ],
  ['windows-1252 by nothing at all', 'enc-none-windows-1252.xml', null, FRENCH],
  [
    'windows-1252 announced as UTF-8 by HTTP',
    'enc-none-windows-1252.xml',
    'application/rss+xml; charset=utf-8',
    FRENCH,
  ],
  ['windows-1252 declared as UTF-8', 'enc-utf-8-declared-latin1-bytes.xml', null, FRENCH],
  ['UTF-8 declared as ISO-8859-1', 'enc-latin1-declared-utf-8-bytes.xml', null, FRENCH],
  ['UTF-8 declared as UTF-16', 'enc-utf-16-declared-utf-8-bytes.xml', null, FRENCH],
  ['UTF-8 announced as UTF-16 by HTTP', 'enc-utf-8-bom.xml', 'text/xml; charset=utf-16', FRENCH],
  ['UTF-8 under an unknown label', 'enc-unknown-label.xml', null, FRENCH],
  ['windows-1251', 'enc-windows-1251.xml', null, RUSSIAN],
  [
    'windows-1251 by HTTP against the declaration',
    'enc-windows-1251.xml',
    'text/xml; charset=windows-1251',
    RUSSIAN,
  ],
  ['KOI8-R', 'enc-koi8-r.xml', null, RUSSIAN],
  ['Shift_JIS', 'enc-shift-jis.xml', null, JAPANESE],
  ['EUC-JP', 'enc-euc-jp.xml', null, JAPANESE],
  ['GB18030', 'enc-gb18030.xml', null, '人工智能新闻'],
  ['Big5', 'enc-big5.xml', null, '人工智慧新聞'],
  ['ISO-8859-5 under a name of its own', 'enc-iso-8859-5-alias.xml', null, RUSSIAN],
  ['EBCDIC, page 500', 'enc-ebcdic-500.xml', null, 'Été à Noël !'],
  ['EBCDIC with the euro', 'enc-ebcdic-1140.xml', null, '100 €'],
])('%s is read right', (_what, file, contentType, text) => {
  expect(parsedFile(file, contentType)).toMatchObject({
    ok: true,
    repaired: false,
    feed: { title: text },
    items: [{ title: text }],
  });
});

test('stray bytes in UTF-8 are read as windows-1252, the rest as UTF-8', () => {
  expect(parsedFile('enc-utf-8-some-broken.xml')).toMatchObject({
    feed: { title: 'Été à Noël, été à Noël, été à Noël' },
    items: [{ title: 'Collé : été et été' }],
  });
});

test('a charset that could not be used is reported', () => {
  expect(parsedFile('enc-unknown-label.xml')).toMatchObject({
    problems: ['announced as x-martien, read as utf-8'],
  });
});

test('quotes of windows-1252 that came as control characters are quotes', () => {
  expect(parsedFile('enc-c1-controls.xml')).toMatchObject({
    items: [{ title: 'L’IA et l’été, 100 €', summaryHtml: '“Oui”, dit-il — enfin' }],
  });
});
