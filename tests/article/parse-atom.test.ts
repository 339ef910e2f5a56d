import { describe, expect, test } from 'vitest';
import { parsedFile } from './feed-file.ts';

const site = 'https://carnet.example/';

describe('dialects', () => {
  test.each([
    [
      'Atom 1.0',
      'atom-1.0-minimal.xml',
      { title: 'Carnet d’atomes', siteUrl: site },
      { title: 'Minimal', guid: 'urn:1', url: `${site}1` },
    ],
    [
      'Atom under a prefix',
      'atom-prefixed.xml',
      { title: 'Préfixé' },
      { title: 'Entrée', authors: ['Ada Petit'] },
    ],
    [
      'Atom without its namespace',
      'atom-no-namespace.xml',
      { format: 'ATOM' },
      { title: 'Sans espace', url: `${site}sn` },
    ],
    [
      'Atom in an unknown namespace',
      'atom-unknown-namespace.xml',
      { format: 'ATOM' },
      { title: 'Espace inconnu', url: `${site}ei` },
    ],
    [
      'a document of a single entry',
      'atom-entry-root.xml',
      { format: 'ATOM' },
      { title: 'Seule', url: `${site}seule` },
    ],
  ])('%s is read', (_what, file, feed, item) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, repaired: false, feed, items: [item] });
  });

  test('Atom 0.3 gives its own names for dates and modes', () => {
    expect(parsedFile('atom-0.3.xml')).toMatchObject({
      feed: {
        description: 'Vieux mais bon',
        siteUrl: 'https://ancien.example/',
        language: 'fr',
        authors: ['Ada Petit'],
      },
      items: [
        {
          title: 'Léger et vif',
          contentHtml: '<p>Corps</p>',
          publishedAt: '2026-02-28T07:00:00.000Z',
          updatedAt: '2026-03-01T08:00:00.000Z',
        },
        { title: 'Encodé', contentHtml: '<p>En base 64, été</p>', publishedAt: '2026-02-27T08:00:00.000Z' },
      ],
    });
  });

  test('elements of another version of Atom, and of RSS, are understood', () => {
    expect(parsedFile('atom-0.3-with-1.0.xml')).toMatchObject({
      items: [
        {
          title: 'Du nouveau',
          url: 'https://carnet.example/nv',
          publishedAt: '2026-03-01T08:00:00.000Z',
          contentHtml: '<p>Corps</p>',
        },
      ],
    });
  });

  test('a YouTube feed gives what its media group says', () => {
    expect(parsedFile('atom-youtube.xml')).toMatchObject({
      items: [
        {
          title: 'Une conférence',
          url: 'https://video.example/watch?v=abc',
          summaryHtml: 'Ligne un &amp; deux',
          authors: ['Chaîne'],
          enclosures: [{ url: 'https://video.example/v/abc', type: 'video/mp4', length: null }],
        },
      ],
    });
  });
});

describe('texts', () => {
  test.each([
    [
      'XHTML keeps the order of text and elements, without its wrapper',
      'atom-xhtml-content.xml',
      {
        contentHtml:
          'un <b>deux</b> trois <i>quatre</i> cinq <b>six</b><br><img src="https://feeds.example/i.png" alt="a &amp; b">',
      },
    ],
    [
      'prefixed XHTML loses its prefixes',
      'atom-xhtml-prefixed.xml',
      { contentHtml: '<p>Un <em>deux</em></p>' },
    ],
    [
      'two blocks are not taken for a wrapper',
      'atom-xhtml-two-divs.xml',
      { contentHtml: '<div>un</div><div>deux</div>' },
    ],
    ['an XHTML title is its text', 'atom-xhtml-title.xml', { title: 'Moins de texte <brut>' }],
    [
      'drawings within XHTML stay where they are',
      'atom-svg.xml',
      {
        contentHtml: 'Avant <svg><circle r="1"></circle></svg> après',
      },
    ],
    ['markup without a type is markup', 'atom-naked-markup.xml', { summaryHtml: 'Du <b>gras</b> sans type' }],
    ['base64 is decoded', 'atom-base64.xml', { contentHtml: '<p>En base 64, été</p>' }],
    [
      'content that lies elsewhere gives the address',
      'atom-content-src.xml',
      {
        url: 'https://feeds.example/a/ailleurs.html',
        contentHtml: null,
        summaryHtml: 'Voir ailleurs',
      },
    ],
  ])('%s', (_fact, file, item) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, items: [item] });
  });

  test('a title is plain text by its type', () => {
    const titles = ['Gras & maigre', 'Moins < que', 'L&#8217;été', 'L’hiver', 'Un bloc nu', ''];
    expect(parsedFile('atom-titles.xml')).toMatchObject({ items: titles.map((title) => ({ title })) });
  });

  test('plain content is escaped, and HTML whose type was forgotten is HTML', () => {
    expect(parsedFile('atom-content-forgotten-type.xml')).toMatchObject({
      items: [{ contentHtml: '<p>C’est du HTML.</p>' }, { contentHtml: 'si a &lt; b &amp; c' }],
    });
  });
});

describe('addresses', () => {
  test('xml:base is followed through feed, entry and content', () => {
    expect(parsedFile('atom-xml-base.xml')).toMatchObject({
      feed: { siteUrl: 'https://base.example/2026/', selfUrl: 'https://base.example/2026/feed' },
      items: [
        {
          url: 'https://base.example/2026/mars/un.html',
          contentHtml: '<img src="https://base.example/2026/mars/images/a.png">',
        },
      ],
    });
  });

  test('each link is taken by its relation, the page before its other forms', () => {
    expect(parsedFile('atom-links.xml')).toMatchObject({
      feed: { siteUrl: site, selfUrl: `${site}feed`, hubs: ['https://hub.example/'] },
      items: [
        {
          url: `${site}l.html`,
          commentsUrl: `${site}l#commentaires`,
          enclosures: [{ url: `${site}l.mp3`, type: 'audio/mpeg', length: 77 }],
        },
      ],
    });
  });

  test('where the links are empty, an id that is an address serves', () => {
    expect(parsedFile('atom-link-empty.xml')).toMatchObject({ items: [{ url: `${site}vide` }] });
  });
});

describe('people, categories, dates, languages', () => {
  test('the feed’s author stands in for an entry that names none, nor its source', () => {
    expect(parsedFile('atom-authors.xml')).toMatchObject({
      items: [
        { authors: ['Ada Petit'] },
        { authors: ['Luc Vidal', 'Ida Roux'] },
        { authors: ['Paule Ferré'] },
        { authors: ['x@carnet.example'] },
      ],
    });
  });

  test.each([
    [
      'categories are terms, or else labels',
      'atom-categories.xml',
      { categories: ['ia', 'Puces', 'calcul', 'Recherche'] },
    ],
    [
      'Dublin Core serves in Atom too',
      'atom-dublin-core.xml',
      { authors: ['Ida Roux'], publishedAt: '2026-03-01T08:00:00.000Z' },
    ],
    [
      'without a publication the update dates the entry',
      'atom-updated-only.xml',
      {
        publishedAt: '2026-03-01T07:00:00.000Z',
        updatedAt: '2026-03-01T07:00:00.000Z',
      },
    ],
  ])('%s', (_fact, file, item) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, items: [item] });
  });

  test('an unreadable publication date costs neither the feed nor the entry', () => {
    expect(parsedFile('atom-bad-published.xml')).toMatchObject({
      items: [
        { title: 'Mauvaise', publishedAt: '2026-03-02T08:00:00.000Z' },
        { title: 'Bonne', publishedAt: '2026-03-01T08:00:00.123Z' },
      ],
    });
  });

  test('an entry’s own language goes before the feed’s', () => {
    expect(parsedFile('atom-languages.xml')).toMatchObject({
      feed: { language: 'fr-CA' },
      items: [{ language: 'fr-CA' }, { language: 'en-GB' }],
    });
  });
});
