import { describe, expect, test } from 'vitest';
import { charsetOf, decodeText } from '#document/charset.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['text/html; charset=UTF-8', 'utf-8'],
  ['text/html;charset="iso-8859-1"', 'iso-8859-1'],
  ["text/html; boundary=x; charset='utf-8'", 'utf-8'],
  ['text/html', null],
  [null, null],
])('the charset of %j is %j', (contentType, charset) => {
  expect(charsetOf(contentType)).toBe(charset);
});

describe('pages', () => {
  test.each([
    [
      'a meta element',
      latin('<html><head><meta charset="iso-8859-1"><title>Été</title>'),
      null,
      'windows-1252',
    ],
    [
      'a meta element of the old kind',
      latin('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-15"><title>Été</title>'),
      null,
      'iso-8859-15',
    ],
    [
      'HTTP before the meta element',
      Buffer.from('<meta charset="iso-8859-1"><title>Été</title>'),
      'text/html; charset=utf-8',
      'utf-8',
    ],
    [
      'the bytes when a meta element lies',
      Buffer.from('<meta charset="windows-1252"><title>Été</title>'),
      null,
      'windows-1252',
    ],
    ['nothing, where the bytes are UTF-8', Buffer.from('<title>Été</title>'), null, 'utf-8'],
    ['nothing, where they are not', latin('<title>Été</title>'), null, 'windows-1252'],
  ])('%s decides', (_what, body, contentType, charset) => {
    const decoded = decodeText(body, contentType, 'HTML');
    expect(decoded.text).toContain('<title>Été</title>');
    expect(decoded.charset).toBe(charset);
  });

  test('in XML a meta element says nothing', () => {
    expect(decodeText(Buffer.from('<meta charset="koi8-r"/>é'), null, 'XML')).toEqual({
      text: '<meta charset="koi8-r"/>é',
      charset: 'utf-8',
      ignored: null,
    });
  });
});

test('an announced UTF-8 that the bytes break is reported', () => {
  expect(decodeText(latin('é'), 'text/xml; charset=utf-8', 'XML')).toEqual({
    text: 'é',
    charset: 'windows-1252',
    ignored: 'utf-8',
  });
});

test('any bytes under any label decode to something', () => {
  const bytes = Uint8Array.from({ length: 512 }, (_, i) => (i * 37) % 256);
  for (const label of [
    'utf-8',
    'utf-16',
    'utf-16be',
    'utf-32',
    'shift_jis',
    'gb18030',
    'iso-2022-jp',
    'hz-gb-2312',
    'replacement',
    'x-user-defined',
    'cp437',
    'utf-7',
    '…',
  ]) {
    expect(decodeText(bytes, `text/xml; charset=${label}`, 'XML').text.length).toBeGreaterThan(0);
  }
});
