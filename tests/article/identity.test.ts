import { describe, expect, test } from 'vitest';
import { canonicalUrl, contentHash, identifyItems } from '#article/identity.ts';

describe('the canonical address', () => {
  const article = 'https://www.journal.fr/economie/une-levee-de-fonds_42.html';
  test.each([
    ['tracking parameters', `${article}?utm_source=rss&utm_medium=feed&utm_campaign=x`],
    ['AT Internet’s marks', `${article}?xtor=RSS-1&at_medium=custom1`],
    ['marks of networks', `${article}?fbclid=a&gclid=b&mc_cid=c&igshid=d`],
    ['giveaway values of ordinary names', `${article}?ref=rss&source=twitter&from=newsletter`],
    ['a fragment', `${article}#Echobox=1700000000`],
    ['the scheme', article.replace('https', 'http')],
    ['the default port', article.replace('.fr', '.fr:443')],
    ['the host’s case and last dot', article.replace('www.journal.fr', 'WWW.Journal.FR.')],
    ['user names', article.replace('https://', 'https://moi:secret@')],
    ['doubled slashes', article.replace('/economie/', '//economie//')],
    ['a trailing slash', `${article}/`],
    ['a bare question mark', `${article}?`],
    ['blanks around it', `  ${article}\n`],
    ['an encoded blank behind it', `${article}%20`],
    ['needless escapes', article.replace('une-levee', 'une%2Dlevee')],
    ['a session', `${article};jsessionid=AB12?PHPSESSID=x`],
    ['AMP in front', article.replace('/economie', '/amp/economie')],
    ['AMP behind', `${article}/amp/`],
    ['AMP in the name', article.replace('.html', '.amp.html')],
    ['AMP as a parameter', `${article}?amp=1&outputType=amp`],
    ['AMP as a host', article.replace('www.', 'amp.')],
    [
      'Google’s AMP viewer',
      `https://www.google.com/amp/s/www.journal.fr/economie/une-levee-de-fonds_42.html`,
    ],
    [
      'Google’s AMP cache',
      `https://www-journal-fr.cdn.ampproject.org/c/s/www.journal.fr/amp/economie/une-levee-de-fonds_42.html`,
    ],
    [
      'Google’s click counter',
      `https://www.google.com/url?rct=j&url=${encodeURIComponent(`${article}?utm_source=a`)}&ct=ga`,
    ],
    ['Facebook’s click counter', `https://l.facebook.com/l.php?u=${encodeURIComponent(article)}&h=x`],
  ])('does not depend on %s', (_what, url) => {
    expect(canonicalUrl(url)).toBe(article);
  });

  test.each([
    [
      'parameters that name the article',
      'https://ex.fr/article.php?id=3&page=2',
      'https://ex.fr/article.php?id=3&page=2',
    ],
    ['a source that is no giveaway', 'https://ex.fr/a?source=insee', 'https://ex.fr/a?source=insee'],
    ['www.', 'https://www.ex.fr/a', 'https://www.ex.fr/a'],
    ['the case of the path', 'https://ex.fr/Article', 'https://ex.fr/Article'],
    [
      'escapes of other letters, in capitals',
      'https://ex.fr/%c3%a9t%c3%a9',
      'https://ex.fr/%C3%89t%C3%A9'.replace('%89', '%A9'),
    ],
    ['the scheme of an address', 'http://127.0.0.1:8090/a', 'http://127.0.0.1:8090/a'],
    ['the scheme of a name without a dot', 'http://localhost/a', 'http://localhost/a'],
    ['the scheme where a port is given', 'http://ex.fr:8080/a', 'http://ex.fr:8080/a'],
    ['the root', 'https://ex.fr/', 'https://ex.fr/'],
  ])('keeps %s', (_what, url, canonical) => {
    expect(canonicalUrl(url)).toBe(canonical);
  });

  test('an index page is its folder', () => {
    expect(canonicalUrl('https://ex.fr/dossier/index.html')).toBe('https://ex.fr/dossier');
  });

  test('a relative address starts from its base', () => {
    expect(canonicalUrl('../b?utm_source=x', 'https://ex.fr/d/a/c')).toBe('https://ex.fr/d/b');
  });

  test('the canonical address of a canonical address is itself', () => {
    for (const url of [article, 'https://ex.fr/a?b=c&d=%2F', 'http://127.0.0.1:1/x', 'https://ex.fr/%25']) {
      const once = canonicalUrl(url) ?? '';
      expect(canonicalUrl(once)).toBe(once);
    }
  });

  test.each([
    ['javascript:alert(1)'],
    ['mailto:a@b.fr'],
    ['ftp://ex.fr/a'],
    ['nulle part'],
    [''],
    [`https://ex.fr/${'a'.repeat(5_000)}`],
  ])('%s is none', (url) => {
    expect(canonicalUrl(url)).toBeNull();
  });
});

describe('the hash of the content', () => {
  const hash = contentHash('L’IA « générative »', 'Un œil sur les 100 millions d’euros - enfin.');
  test.each([
    ['straight quotes', 'L\'IA "générative"', "Un œil sur les 100 millions d'euros - enfin."],
    [
      'no-break spaces and line breaks',
      'L’IA «\u00a0générative\u00a0»',
      'Un œil sur\nles 100\u202fmillions  d’euros - enfin.',
    ],
    ['dashes and ligatures', 'L’IA « générative »', 'Un oeil sur les 100 millions d’euros – enfin.'],
    [
      'invisible characters',
      'L’IA « géné\u00adrative »',
      'Un œil\u200b sur les 100 millions d’euros - enfin.',
    ],
    [
      'the composition of accents',
      'L’IA « générative »'.normalize('NFD'),
      'Un œil sur les 100 millions d’euros - enfin.',
    ],
  ])('is the same with %s', (_what, title, text) => {
    expect(contentHash(title, text)).toBe(hash);
  });

  test.each([
    ['another amount', 'L’IA « générative »', 'Un œil sur les 101 millions d’euros - enfin.'],
    ['another title', 'L’IA « dégénérative »', 'Un œil sur les 100 millions d’euros - enfin.'],
    ['a word moved to the title', 'L’IA « générative » Un', 'œil sur les 100 millions d’euros - enfin.'],
  ])('is another with %s', (_what, title, text) => {
    expect(contentHash(title, text)).not.toBe(hash);
  });
});

describe('items of a feed', () => {
  const known = (...items: readonly (readonly [guid: string | null, url: string | null])[]) =>
    identifyItems(items.map(([guid, url]) => ({ guid, url }))).map(({ guid, url }) => [guid, url]);

  test('are known by their guid, or by their address where they have none', () => {
    expect(known(['1', 'https://ex.fr/a?utm_source=rss'], [null, 'https://ex.fr/b?utm_source=rss'])).toEqual([
      ['1', 'https://ex.fr/a'],
      ['https://ex.fr/b', 'https://ex.fr/b'],
    ]);
  });

  test('that share one guid at several addresses are known by these', () => {
    expect(
      known(['ex.fr', 'https://ex.fr/a'], ['2', 'https://ex.fr/b'], ['ex.fr', 'https://ex.fr/c']),
    ).toEqual([
      ['https://ex.fr/a', 'https://ex.fr/a'],
      ['2', 'https://ex.fr/b'],
      ['https://ex.fr/c', 'https://ex.fr/c'],
    ]);
  });

  test('that come twice count once, the first of them, and those without an address do not', () => {
    const items = [
      { guid: '1', url: 'http://ex.fr/a/', title: 'neuf' },
      { guid: '1', url: 'https://ex.fr/a', title: 'vieux' },
      { guid: '2', url: null, title: 'sans adresse' },
    ];
    expect(identifyItems(items).map(({ item }) => item.title)).toEqual(['neuf']);
  });
});
