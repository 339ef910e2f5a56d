/** Five thousand damaged feeds, the same every time: whatever a feed says, reading it is a value. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { htmlToText, sanitizeHtml } from '#article/body.ts';
import { parseFeed } from '#article/parse.ts';
import type { ParsedItem } from '#article/parsed-feed.ts';
import { createRandom } from '../support/random.ts';
import { bytesOf, FEED_URL, NOW } from './feed-file.ts';

const MUTATIONS = 5_000;
const files = readdirSync(new URL('./feeds/', import.meta.url)).sort();

/** What breaks readers: markup in the wrong place, half tokens, odd characters. */
const TOKENS = [
  '<',
  '>',
  '</',
  '/>',
  '&',
  ';',
  '"',
  "'",
  '=',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<!DOCTYPE rss [',
  '<item>',
  '</item>',
  '<entry>',
  '</channel>',
  '<title>',
  '</title>',
  '<link>',
  '<content type="xhtml">',
  '<div>',
  '&#0;',
  '&#xFFFFFFFF;',
  '&lt;',
  '&amp;amp;',
  '\u0000',
  '\ufffe',
  '\ud800',
  '\ufdd1',
  '\ufdd2',
  '\ufdd3',
  'xmlns:a="',
  'xml:base="::"',
  'type="xhtml"',
  'mode="base64"',
  '{',
  '}',
  '[',
  '"items":',
  ' '.repeat(5_000),
  'é'.repeat(300),
].map((token) => Buffer.from(token));

function mutated(seed: number): { readonly file: string; readonly body: Buffer } {
  const { below } = createRandom(seed);
  const file = files[below(files.length)] ?? '';
  let body = Buffer.from(bytesOf(file));
  for (let left = 1 + below(6); left > 0; left -= 1) {
    const at = below(body.length + 1);
    const end = Math.min(body.length, at + below(60));
    const piece = body.subarray(at, end);
    const token = TOKENS[below(TOKENS.length)] ?? Buffer.alloc(0);
    const changes: readonly (() => Buffer[])[] = [
      () => [body.subarray(0, at), token, body.subarray(at)],
      () => [body.subarray(0, at), body.subarray(end)],
      () => [body.subarray(0, end), piece, piece, body.subarray(end)],
      () => [body.subarray(0, at)],
      () => [body.subarray(at), body.subarray(0, at)],
      () => [
        body.subarray(0, at),
        Buffer.from([below(256), below(256)]),
        body.subarray(Math.min(body.length, at + 2)),
      ],
      () => [
        body.subarray(0, at),
        Buffer.from(bytesOf(files[below(files.length)] ?? '')).subarray(below(400)),
        body.subarray(at),
      ],
    ];
    body = Buffer.concat(changes[below(changes.length)]?.() ?? []).subarray(0, 100_000);
  }
  return { file, body };
}

/** A script that sanitising should have taken out. */
const SCRIPT = /<script|<[^<>]*(?:\son\w+=|(?:href|src)=["']?\s*javascript:)/i;

/** What is wrong with an item that was read; null when nothing is. */
function fault(item: ParsedItem): string | null {
  const addresses = [item.url, item.commentsUrl, ...item.enclosures.map(({ url }) => url)];
  if (addresses.some((url) => url !== null && !URL.canParse(url))) return 'an address is none';
  if (item.url !== null && !/^https?:/.test(item.url)) return 'the address is not on the web';
  if (/[\r\n\t]/.test(item.title) || item.title.trim() !== item.title)
    return 'the title is not one tidy line';
  for (const date of [item.publishedAt, item.updatedAt]) {
    if (date !== null && !(date.getTime() >= 0 && date.getTime() < NOW.getTime() + 367 * 86_400_000))
      return 'a date is out of range';
  }
  for (const html of [item.summaryHtml, item.contentHtml]) {
    if (html === null) continue;
    if (html.trim() === '') return 'an empty text is not null';
    if (SCRIPT.test(sanitizeHtml(html, FEED_URL))) return 'sanitised HTML holds a script';
    if (/\n\n|\t/.test(htmlToText(html))) return 'the text has blank lines';
  }
  return null;
}

test('five thousand damaged feeds are read without a throw, and what is read of them is in order', () => {
  const faults: string[] = [];
  let read = 0;
  for (let seed = 1; seed <= MUTATIONS; seed += 1) {
    const { file, body } = mutated(seed);
    try {
      const parsed = parseFeed(body, seed % 3 === 0 ? 'text/xml; charset=iso-8859-1' : null, {
        url: FEED_URL,
        now: NOW,
      });
      if (!parsed.ok) continue;
      read += 1;
      for (const item of parsed.items) {
        const wrong = fault(item);
        if (wrong !== null) faults.push(`${seed} (${file}): ${wrong}`);
      }
    } catch (error) {
      faults.push(`${seed} (${file}): ${String(error)}`);
    }
  }
  expect(faults.slice(0, 20)).toEqual([]);
  // Most of them are still feeds.
  expect(read).toBeGreaterThan(MUTATIONS * 0.6);
});
