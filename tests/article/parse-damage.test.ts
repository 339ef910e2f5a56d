import { describe, expect, test } from 'vitest';
import { parseFeed } from '#article/parse.ts';
import { FEED_URL, NOW, parsedFile } from './feed-file.ts';

const site = 'https://depeche.example/';
const options = { url: FEED_URL, now: NOW };

function parsedText(text: string) {
  return parseFeed(new TextEncoder().encode(text), 'application/rss+xml; charset=utf-8', options);
}

describe('ill-formed feeds are mended once and marked', () => {
  test.each([
    ['a loose ampersand', 'bad-ampersand.xml', [{ title: 'R&D et P&L', url: `${site}rd?a=1&b=2` }]],
    ['an unknown entity', 'bad-entity.xml', [{ title: 'Caf&inconnue; ©' }]],
    [
      'a misspelt end tag',
      'bad-end-tag.xml',
      [{ title: 'Mal fermé', url: `${site}mf`, summaryHtml: 'Texte' }, { title: 'Suivant' }],
    ],
    [
      'an item that is not closed',
      'bad-item-unclosed.xml',
      [
        { title: 'Un', url: `${site}u1` },
        { title: 'Deux', url: `${site}u2` },
      ],
    ],
    [
      'HTML that was not escaped',
      'bad-html-in-description.xml',
      [
        { title: 'HTML brut', publishedAt: '2026-02-03T10:00:00.000Z' },
        { title: 'Suite', url: `${site}hb2` },
      ],
    ],
    ['references to characters that XML does not have', 'bad-references.xml', [{ title: 'AB\ufffdCDE 😀' }]],
    [
      'attributes without quotes',
      'bad-attributes.xml',
      [{ title: 'Sans guillemets', enclosures: [{ url: `${site}a.mp3`, type: 'audio/mpeg', length: 5 }] }],
    ],
    ['a loose angle bracket', 'bad-less-than.xml', [{ title: '3 < 5 et <3', url: `${site}lt` }]],
    [
      'a server’s warnings before the feed',
      'bad-junk-before.xml',
      [{ title: 'Après l’alerte', url: `${site}jb` }],
    ],
  ])('%s', (_what, file, items) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, repaired: true, items });
    expect(parsedFile(file)).toHaveProperty('problems.0');
  });
});

describe('small disorders need no mending', () => {
  test.each([
    ['control characters', 'bad-controls.xml', 'Contrôles en trop'],
    ['text before the feed', 'bad-text-before.xml', 'Après la note'],
    ['white space before the declaration', 'bad-blank-before.xml', 'Blancs'],
    ['junk after the end', 'bad-junk-after.xml', 'Avant la suite'],
    ['a second document after the first', 'bad-two-roots.xml', 'Premier document'],
    ['a second declaration', 'bad-declaration-twice.xml', 'Deux prologues'],
    ['names with too many colons', 'bad-prefix-colon.xml', 'Deux-points'],
  ])('%s', (_what, file, title) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, repaired: false, items: [{ title }] });
  });
});

describe('a feed cut off keeps its whole items, and nothing that was cut in two', () => {
  const first = { title: 'Complet', url: `${site}c1`, summaryHtml: 'Tout y est.' };
  test.each([
    [
      'in a text',
      'bad-cut-in-text.xml',
      [first, { title: 'Coupé ici', url: `${site}coupe-en-deux`, summaryHtml: null }],
    ],
    ['in an address', 'bad-cut-in-link.xml', [first, { title: 'Coupé ici', url: null }]],
    ['in a tag', 'bad-cut-in-tag.xml', [first, { title: 'Coupé ici', url: `${site}coupe-en-deux` }]],
    ['in a CDATA section', 'bad-cut-in-cdata.xml', [first, { title: 'Coupé ici', summaryHtml: null }]],
    ['between items', 'bad-no-end-tags.xml', [first]],
  ])('%s', (_where, file, items) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, repaired: true, items });
    expect(JSON.stringify(parsedFile(file))).toContain('the document breaks off before its end');
  });

  test('wherever it is cut, it is read, and every address in it is one that the feed had', () => {
    const rows = Array.from(
      { length: 6 },
      (_, i) => `<item><title>Titre ${i}</title><link>${site}articles/${i}-nom</link></item>`,
    );
    const whole = `<?xml version="1.0"?><rss version="2.0"><channel><title>Coupes</title>${rows.join('\n')}</channel></rss>`;
    const known = new Set(rows.map((_, i) => `${site}articles/${i}-nom`));
    let previous = 0;
    for (let end = 60; end < whole.length; end += 1) {
      const parsed = parsedText(whole.slice(0, end));
      if (!parsed.ok) continue;
      const urls = parsed.items.flatMap(({ url }) => url ?? []);
      expect(urls.filter((url) => !known.has(url))).toEqual([]);
      expect(urls.length).toBeGreaterThanOrEqual(previous);
      previous = urls.length;
    }
    expect(previous).toBe(6);
  });
});

describe('what is no feed is told apart', () => {
  test.each([
    ['a web page', 'not-html.txt', 'HTML'],
    ['an XHTML page', 'not-xhtml.xml', 'HTML'],
    ['a list of feeds', 'not-opml.xml', 'NOT_A_FEED'],
    ['a sitemap', 'not-sitemap.xml', 'NOT_A_FEED'],
    ['a line of text', 'not-text.txt', 'NOT_A_FEED'],
    ['bytes', 'not-binary.bin', 'NOT_A_FEED'],
    ['nothing', 'not-empty.xml', 'EMPTY'],
    ['blanks', 'not-blank.xml', 'EMPTY'],
  ])('%s', (_what, file, reason) => {
    expect(parsedFile(file)).toMatchObject({
      ok: false,
      reason,
      message: expect.stringMatching(/^the (document|address) /),
    });
  });
});

describe('hostile feeds', () => {
  test.each([
    ['entities are never expanded', 'bomb-entities.xml', 'Bombe &c;'],
    ['external entities are never read', 'bomb-external-entity.xml', 'Fuite &x;'],
    ['names of object members are names like others', 'bomb-prototype.xml', 'Prototype'],
    ['our own marks in a text do no harm', 'bomb-our-marks.xml', 'Marques 0 et'],
  ])('%s', (_fact, file, title) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, items: [{ title }] });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  const wrap = (inner: string) =>
    `<rss version="2.0"><channel><title>H</title><item><title>T</title><link>${site}h</link>${inner}</item></channel></rss>`;

  test('items beyond five thousand are left out, and the reader is told', () => {
    const items = Array.from(
      { length: 10_000 },
      (_, i) => `<item><title>${i}</title><link>${site}${i}</link></item>`,
    ).join('');
    const parsed = parsedText(`<rss version="2.0"><channel><title>H</title>${items}</channel></rss>`);
    expect(parsed).toMatchObject({ ok: true, problems: ['too long: only the first 5000 items are read'] });
    expect(parsed.ok && parsed.items.map(({ title }) => title)).toEqual(
      Array.from({ length: 5_000 }, (_, i) => String(i)),
    );
  });

  test.each([
    ['elements nested a hundred thousand deep', wrap(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)],
    [
      'markup nested a hundred thousand deep',
      wrap(`<description>${'<b>'.repeat(100_000)}${'</b>'.repeat(100_000)}</description>`),
    ],
    [
      'a hundred thousand attributes',
      wrap(`<x ${Array.from({ length: 100_000 }, (_, i) => `a${i}="${i}"`).join(' ')}/>`),
    ],
    [
      'a hundred thousand namespaces',
      wrap(`<x ${Array.from({ length: 100_000 }, (_, i) => `xmlns:n${i}="urn:${i}"`).join(' ')}/>`),
    ],
    ['a text of angle brackets', wrap(`<description><![CDATA[${'<'.repeat(1_000_000)}]]></description>`)],
    ['a text of half tags', wrap(`<description><![CDATA[${'x<p'.repeat(300_000)}]]></description>`)],
    ['a text of half attributes', wrap(`<description><![CDATA[${'<a "'.repeat(300_000)}]]></description>`)],
    [
      'a title of half entities',
      wrap(`<description>x</description><title>${'&amp;#'.repeat(200_000)}</title>`),
    ],
    ['a million entities', wrap(`<description>${'&amp;'.repeat(1_000_000)}</description>`)],
    ['ten thousand categories', wrap('<category>c</category>'.repeat(10_000))],
  ])('%s cost the item nothing else', (_what, text) => {
    expect(parsedText(text)).toMatchObject({
      ok: true,
      items: [{ title: expect.stringMatching(/^T|^&/), url: `${site}h` }],
    });
  });

  test.each([
    [
      'a hundred thousand tags that nobody closes',
      '<rss><channel><item><title>T</title>'.concat('<x>'.repeat(300_000)),
    ],
    [
      'a hundred thousand end tags for nothing',
      `<rss><channel>${'<b>'.repeat(200_000)}${'</c>'.repeat(300_000)}`,
    ],
    ['a comment that does not end', `<rss><channel><title>T</title><!--${'x'.repeat(3_000_000)}`],
    ['a million comments that do not end', `<rss><channel>${'<!--'.repeat(1_000_000)}`],
    ['a CDATA section that does not end', `<rss><channel>${'<![CDATA['.repeat(300_000)}`],
    ['a document type that does not end', `<!DOCTYPE ${'[<!ENTITY '.repeat(300_000)}`],
    ['a tag that does not end', `<rss ${'a="b" '.repeat(500_000)}`],
    ['quotes that do not end', `<rss ${'a=" '.repeat(500_000)}`],
    [
      'blanks of other alphabets after brackets',
      `<rss><channel><title>${'<\u2000a><\u3000>'.repeat(100_000)}`,
    ],
    ['nothing but ampersands', `<rss><channel><title>${'&'.repeat(2_000_000)}`],
  ])('%s are read in passing', (_what, text) => {
    expect(() => parsedText(text)).not.toThrow();
  });

  test('lists, titles and addresses are bounded', () => {
    const parsed = parsedText(
      wrap(
        `${Array.from({ length: 300 }, (_, i) => `<category>${i}</category>`).join('')}<guid>${'g'.repeat(9_000)}</guid>`,
      ).replace('<title>T</title>', `<title>${'t'.repeat(9_000)}</title>`),
    );
    const item = parsed.ok ? parsed.items[0] : undefined;
    expect([item?.categories.length, item?.guid?.length, item?.title.length]).toEqual([100, 4_096, 2_000]);
  });
});
