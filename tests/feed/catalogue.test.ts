import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CatalogueError, parseCatalogue } from '#feed/catalogue.ts';

const HEADER = 'outlet,title,site,url,language,topics,confidence';
const ROW = 'Le Fil,Le Fil - Une,https://le-fil.fr,https://le-fil.fr/feed,fr,ai;policy,high';

describe('the default catalogue', () => {
  const csv = readFileSync(new URL('../../src/feed/catalogue.csv', import.meta.url), 'utf8');
  const feeds = parseCatalogue(csv);

  test('lists the hundred and one feeds', () => {
    expect(feeds).toHaveLength(101);
    expect(csv.trimEnd().split('\n')).toHaveLength(102);
  });

  test('is written with addresses in canonical form, so that a feed is found again by its address', () => {
    for (const { url } of feeds) expect(csv).toContain(`,${url},`);
  });

  test('has no two feeds that differ only by www, case or a final slash', () => {
    const bare = feeds.map(({ url }) => url.toLowerCase().replace('//www.', '//').replace(/\/$/, ''));
    expect(new Set(bare).size).toBe(feeds.length);
  });

  test('keeps section and format out of outlet names', () => {
    for (const { outlet } of feeds) expect(outlet).not.toMatch(/ - |\(|atom|rss|feed/i);
  });

  test('gives one outlet to the several feeds of a newspaper', () => {
    const titles = feeds.filter(({ outlet }) => outlet === 'Le Monde').map(({ title }) => title);
    expect(titles).toContain('Le Monde - Pixels');
    expect(titles.length).toBeGreaterThanOrEqual(5);
  });

  test('is mostly French', () => {
    const french = feeds.filter(({ language }) => language === 'fr');
    expect(french.length).toBeGreaterThanOrEqual(90);
  });
});

describe('a catalogue', () => {
  test('is read whatever the order of its columns, quotation and line ends', () => {
    const csv =
      '\ufefftitle,outlet,url,site,confidence,language,topics\r\n' +
      '"L’Écho, la lettre","L’Écho",https://echo.fr/rss?type=xml,http://echo.fr/,low,fr,ai ; funding\r\n';
    expect(parseCatalogue(csv)).toEqual([
      {
        outlet: 'L’Écho',
        title: 'L’Écho, la lettre',
        site: 'http://echo.fr/',
        url: 'https://echo.fr/rss?type=xml',
        language: 'fr',
        topics: ['ai', 'funding'],
        confidence: 'low',
      },
    ]);
  });

  const other = ROW.replace('Le Fil - Une', 'Le Fil - Sciences');
  test.each<[string, string, number, string | null, string]>([
    ['no line at all', '', 1, null, 'empty'],
    ['an unknown column', `${HEADER},notes\n`, 1, 'notes', 'unknown column'],
    ['a column twice', `${HEADER},url\n`, 1, 'url', 'twice'],
    ['a column missing', 'outlet,title,site,url,language,topics\n', 1, 'confidence', 'missing'],
    ['a short row', `${HEADER}\n${ROW}\nLe Fil,Une\n`, 3, null, '2 fields'],
    ['an empty outlet', `${HEADER}\n${ROW.replace('Le Fil,', ',')}`, 2, 'outlet', 'empty'],
    [
      'a relative address',
      `${HEADER}\n${ROW.replace('https://le-fil.fr/feed', '/feed')}`,
      2,
      'url',
      'absolute',
    ],
    [
      'a feed without TLS',
      `${HEADER}\n${ROW.replace('https://le-fil.fr/feed', 'http://le-fil.fr/feed')}`,
      2,
      'url',
      'https',
    ],
    [
      'a site on another scheme',
      `${HEADER}\n${ROW.replace('https://le-fil.fr,', 'ftp://le-fil.fr,')}`,
      2,
      'site',
      'https or http',
    ],
    [
      'credentials in an address',
      `${HEADER}\n${ROW.replace('//le-fil.fr/feed', '//a:b@le-fil.fr/feed')}`,
      2,
      'url',
      'credentials',
    ],
    [
      'a host without a dot',
      `${HEADER}\n${ROW.replace('//le-fil.fr/feed', '//localhost/feed')}`,
      2,
      'url',
      'public host',
    ],
    ['a language in words', `${HEADER}\n${ROW.replace(',fr,', ',français,')}`, 2, 'language', 'ISO 639-1'],
    ['a topic that is no slug', `${HEADER}\n${ROW.replace('ai;policy', 'ai;')}`, 2, 'topics', 'slug'],
    ['a topic twice', `${HEADER}\n${ROW.replace('ai;policy', 'ai;ai')}`, 2, 'topics', 'twice'],
    ['an unknown confidence', `${HEADER}\n${ROW.replace(',high', ',sure')}`, 2, 'confidence', 'sure'],
    ['an address twice', `${HEADER}\n${ROW}\n${other}`, 3, 'url', 'line 2'],
    [
      'an address twice in two spellings',
      `${HEADER}\n${ROW}\n${other.replace('//le-fil.fr/feed', '//LE-FIL.fr:443/feed')}`,
      3,
      'url',
      'line 2',
    ],
    ['a title twice', `${HEADER}\n${ROW}\n${ROW.replace('/feed', '/rss')}`, 3, 'title', 'line 2'],
    ['an open quotation mark', `${HEADER}\n${ROW}\n"Le Fil,`, 3, null, 'Quote'],
  ])('with %s is refused with its line and column', (_, csv, line, column, problem) => {
    const read = () => parseCatalogue(csv);
    expect(read).toThrow(CatalogueError);
    expect(read).toThrow(
      expect.objectContaining({ line, column, message: expect.stringContaining(problem) }),
    );
  });
});
