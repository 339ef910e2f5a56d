import { describe, expect, test } from 'vitest';
import { checkUrl } from '#document/request.ts';
import { parseLinks, parseMaxAge, parseRetryAfter } from '#document/response.ts';
import { isAllowed, parseRobots } from '#document/robots.ts';

const now = new Date('2026-03-01T12:00:00Z');

describe('an address that may be asked for', () => {
  test.each([
    ['https://ex.fr/a#b', 'https://ex.fr/a'],
    ['  http://ex.fr  ', 'http://ex.fr/'],
    ['HTTP://EX.fr:80/é', 'http://ex.fr/%C3%A9'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
  ])('%s', (text, href) => {
    const checked = checkUrl(text);
    expect(checked.ok && checked.url.href).toBe(href);
  });

  test.each([
    ['ftp://ex.fr/a', 'only http and https are read, not ftp:'],
    ['file:///etc/passwd', 'only http and https are read, not file:'],
    ['javascript:alert(1)', 'only http and https are read, not javascript:'],
    ['http://moi:secret@ex.fr/', 'an address may not carry a user name or password'],
    ['http://', '"http://" is no address'],
    ['/relatif', '"/relatif" is no address'],
    ['', '"" is no address'],
    [`https://ex.fr/${'a'.repeat(5_000)}`, 'the address is longer than 4096 characters'],
  ])('%.40s is refused', (text, message) => {
    expect(checkUrl(text)).toEqual({ ok: false, message });
  });
});

test.each([
  ['42', 42],
  [' 42 ', 42],
  ['Sun, 01 Mar 2026 12:10:00 GMT', 600],
  ['Sun, 01 Mar 2026 11:00:00 GMT', null],
  ['99999999', 31 * 86_400],
  ['Sun, 01 Mar 2099 12:00:00 GMT', 31 * 86_400],
  ['bientôt', null],
  ['-5', null],
  ['', null],
  [null, null],
])('Retry-After %j asks for %j seconds', (value, seconds) => {
  expect(parseRetryAfter(value, now)).toBe(seconds);
});

test.each([
  ['max-age=600', null, null, 600],
  ['public, max-age="600"', null, null, 600],
  ['MAX-AGE = 60', null, null, 60],
  ['max-age=600', 'Sun, 01 Mar 2026 13:00:00 GMT', null, 600],
  ['no-cache, max-age=300', null, null, null],
  ['no-store', 'Sun, 01 Mar 2026 13:00:00 GMT', null, null],
  [null, 'Sun, 01 Mar 2026 13:00:00 GMT', null, 3_600],
  [null, 'Sun, 01 Mar 2026 13:00:00 GMT', 'Sun, 01 Mar 2026 12:50:00 GMT', 600],
  [null, 'Sun, 01 Mar 2026 11:00:00 GMT', null, null],
  [null, '0', null, null],
  ['max-age=beaucoup', null, null, null],
  [null, null, null, null],
])('Cache-Control %j, Expires %j, Date %j: fresh for %j seconds', (cacheControl, expires, date, seconds) => {
  expect(parseMaxAge({ cacheControl, expires, date }, now)).toBe(seconds);
});

test('links are read by relation, relative ones from the document', () => {
  const value =
    '<https://hub.example/>; rel="hub", </feed>; rel=self; type="application/rss+xml", <x>; rel="alternate hub", <y>';
  expect(parseLinks(value, 'https://ex.fr/a/')).toEqual([
    { rel: 'hub', url: 'https://hub.example/' },
    { rel: 'self', url: 'https://ex.fr/feed' },
    { rel: 'alternate', url: 'https://ex.fr/a/x' },
    { rel: 'hub', url: 'https://ex.fr/a/x' },
  ]);
  expect(parseLinks('<'.repeat(100_000), 'https://ex.fr/')).toEqual([]);
  expect(parseLinks(null, 'https://ex.fr/')).toEqual([]);
});

describe('robots.txt', () => {
  const text = `# exemple
User-agent: GPTBot
User-agent: vigie
Disallow: /abonnes/
Allow: /abonnes/gratuit
Disallow: /*.pdf$
Disallow: /recherche*q=
Crawl-delay: 2.5

User-agent: *
Disallow: /
`;
  test.each([
    ['/article', true],
    ['/abonnes/secret', false],
    ['/abonnes/gratuit/1', true],
    ['/rapport.pdf', false],
    ['/rapport.pdf?x=1', true],
    ['/recherche?page=1&q=ia', false],
    ['/recherche?page=1', true],
  ])('%s for us: %s', (path, allowed) => {
    expect(isAllowed(parseRobots(text, 'Vigie'), path)).toBe(allowed);
  });

  test('others keep to the rules for everybody', () => {
    expect(isAllowed(parseRobots(text, 'autre'), '/article')).toBe(false);
  });

  test('the delay is that of our group', () => {
    expect(parseRobots(text, 'vigie').crawlDelaySeconds).toBe(2.5);
    expect(parseRobots(text, 'autre').crawlDelaySeconds).toBeNull();
  });

  test('Allow wins a tie, and an empty Disallow forbids nothing', () => {
    expect(isAllowed(parseRobots('User-agent: *\nDisallow: /a\nAllow: /a', 'vigie'), '/a')).toBe(true);
    expect(isAllowed(parseRobots('User-agent: *\nDisallow:', 'vigie'), '/a')).toBe(true);
    expect(isAllowed(parseRobots('', 'vigie'), '/a')).toBe(true);
  });

  test('many stars cost no more than their number', () => {
    const robots = parseRobots(`User-agent: *\n${`Disallow: ${'/*a'.repeat(300)}b\n`.repeat(100)}`, 'vigie');
    expect(isAllowed(robots, '/a'.repeat(2_000))).toBe(true);
  });
});
