import { describe, expect, test } from 'vitest';
import { parsedFile } from './feed-file.ts';

const site = 'https://depeche.example/';

describe('dialects', () => {
  test.each([
    [
      'RSS 0.90',
      'rss-0.90.rdf',
      { format: 'RDF', title: 'Gazette de Saclay' },
      ['Un calculateur au plateau', 'Une chaire d’optique'],
    ],
    [
      'RSS 0.91 with a document type',
      'rss-0.91-doctype.xml',
      { format: 'RSS', language: 'fr' },
      ["Cap sur l'été"],
    ],
    ['RSS 1.0 under other prefixes', 'rss-1.0-prefixed.rdf', { format: 'RDF', title: 'Préfixé' }, ['Sept']],
    ['RSS without a version', 'rss-no-version.xml', { format: 'RSS' }, ['Sans version']],
    [
      'RSS without a channel',
      'rss-no-channel.xml',
      { title: 'Journal nu', siteUrl: 'https://nu.example/' },
      ['Sans canal'],
    ],
    [
      'RSS with its items beside the channel',
      'rss-items-beside-channel.xml',
      { title: 'À côté' },
      ['Dehors'],
    ],
    ['RSS with two channels', 'rss-two-channels.xml', { title: 'Premier' }, ['Un', 'Deux']],
    ['RSS in a default namespace', 'rss-default-namespace.xml', { siteUrl: site }, ['Espace de noms']],
    ['RSS in the namespace of Atom', 'rss-in-atom-namespace.xml', { format: 'RSS' }, ['Mauvais espace']],
    ['a channel without its rss element', 'rss-root-is-channel.xml', { title: 'Canal seul' }, ['Seul']],
    ['items nested in one another', 'bad-nested-items.xml', { format: 'RSS' }, ['Dehors', 'Dedans']],
    ['a feed without items', 'rss-no-items.xml', { title: 'La Dépêche du Libre' }, []],
  ])('%s is read', (_what, file, feed, titles) => {
    expect(parsedFile(file)).toMatchObject({
      ok: true,
      repaired: false,
      feed,
      items: titles.map((title) => ({ title })),
    });
  });

  test('names in capitals are the same names', () => {
    expect(parsedFile('rss-upper-case.xml')).toMatchObject({
      feed: { title: 'Majuscules', siteUrl: 'https://maj.example/' },
      items: [
        {
          title: 'Crié',
          url: 'https://maj.example/1',
          guid: 'maj-1',
          publishedAt: '2026-02-02T10:00:00.000Z',
        },
      ],
    });
  });

  test('a WordPress feed gives every field', () => {
    expect(parsedFile('rss-2.0-wordpress.xml')).toMatchObject({
      feed: {
        title: 'La Dépêche du Libre',
        selfUrl: 'https://depeche.example/feed/',
        language: 'fr-FR',
        updatedAt: '2026-02-03T07:00:00.000Z',
        ttlMinutes: 60,
      },
      items: [
        {
          guid: 'https://depeche.example/?p=1789',
          url: 'https://depeche.example/lumen-leve-40-millions/',
          title: 'Lumen lève 40 millions d’euros',
          summaryHtml: '<p>La société annonce un tour de table [&#8230;]</p>',
          contentHtml:
            '<p>La société annonce un tour de table de 40&nbsp;millions d’euros.</p><p>« Nous doublons l’équipe », dit sa présidente.</p>',
          publishedAt: '2026-02-03T06:45:00.000Z',
          updatedAt: null,
          authors: ['Odile Marchand'],
          categories: ['Financement', 'Santé & IA'],
          commentsUrl: 'https://depeche.example/lumen-leve-40-millions/#respond',
          language: 'fr-FR',
        },
      ],
    });
  });

  test('an RDF feed gives its modules', () => {
    expect(parsedFile('rss-1.0-modules.rdf')).toMatchObject({
      feed: { format: 'RDF', language: 'fr-FR', ttlMinutes: 360 },
      items: [
        {
          guid: 'https://rdf.example/1',
          summaryHtml: 'Résumé.',
          contentHtml: '<p>Texte <em>entier</em>.</p>',
          publishedAt: '2026-02-03T08:30:00.000Z',
          authors: ['Paule Ferré'],
          categories: ['recherche'],
        },
      ],
    });
  });
});

describe('namespaces', () => {
  test('fields are found under whatever prefix is declared', () => {
    expect(parsedFile('rss-other-prefixes.xml')).toMatchObject({
      items: [
        {
          authors: ['Ida Roux'],
          publishedAt: '2026-02-03T10:00:00.000Z',
          contentHtml: '<p>Corps</p>',
          enclosures: [{ url: 'https://depeche.example/son.mp3', type: 'audio/mpeg', length: 12 }],
        },
      ],
    });
  });

  test('a customary prefix that is not declared means the customary thing', () => {
    expect(parsedFile('rss-undeclared-prefix.xml')).toMatchObject({
      items: [{ authors: ['Luc Vidal'], contentHtml: '<p>Quand même.</p>' }],
    });
  });

  test('declarations on single elements hold for those elements', () => {
    expect(parsedFile('rss-namespace-per-item.xml')).toMatchObject({
      items: [{ authors: ['Auteur 0'] }, { authors: ['Auteur 1'] }, { authors: ['Auteur 2'] }],
    });
  });

  test('Atom within RSS is read as Atom', () => {
    expect(parsedFile('rss-atom-content.xml')).toMatchObject({
      items: [
        {
          contentHtml: 'Un <b>deux</b> trois',
          summaryHtml: 'a &lt; b',
          publishedAt: '2026-03-01T08:00:00.000Z',
        },
      ],
    });
  });

  test('entities that a feed declares for itself are put in', () => {
    expect(parsedFile('rss-own-entities.rdf')).toMatchObject({
      repaired: false,
      feed: { format: 'RDF', title: 'Lyon' },
      items: [{ title: 'À Lyon, une levée', url: 'https://rdf.example/Lyon' }],
    });
  });

  test('an element of an unknown namespace is not taken for the field of that name', () => {
    expect(parsedFile('rss-link-in-other-namespace.xml')).toMatchObject({
      items: [{ title: 'Intrus', url: 'https://depeche.example/vrai' }],
    });
  });
});

describe('addresses', () => {
  test.each([
    [
      'a guid that is a permalink is the address',
      'rss-guid-permalink.xml',
      { url: `${site}g/1`, guid: `${site}g/1` },
    ],
    [
      'a guid that is no permalink is no address',
      'rss-guid-not-permalink.xml',
      { url: null, guid: `${site}g/2` },
    ],
    ['the link goes before the guid', 'rss-guid-and-link.xml', { url: `${site}l/3`, guid: `${site}?p=3` }],
    [
      'blanks and CDATA around an address do not matter',
      'rss-link-blank-and-cdata.xml',
      { url: `${site}espaces?a=1&b=2` },
    ],
    ['the alternate Atom link is the address', 'rss-atom-link.xml', { url: `${site}alt` }],
    ['the address behind FeedBurner is the address', 'rss-feedburner.xml', { url: `${site}compte` }],
    ['a script is no address', 'rss-link-script.xml', { url: null }],
    [
      'an item taken over from elsewhere keeps its own title',
      'rss-source-element.xml',
      { title: 'Repris', url: `${site}repris` },
    ],
    [
      'xml:base is followed through the levels',
      'rss-xml-base.xml',
      {
        url: 'https://base.example/2026/fevrier/5.html',
        summaryHtml: '<img src="https://base.example/2026/fevrier/images/5.png">',
      },
    ],
    [
      'relative addresses start from the site, also within HTML',
      'rss-link-relative.xml',
      {
        url: `${site}journal/articles/4.html`,
        summaryHtml: `<img src="${site}journal/photo.jpg"> <a href="${site}autre">autre</a>`,
        enclosures: [{ url: `${site}son/4.mp3`, type: 'audio/mpeg', length: 4 }],
      },
    ],
  ])('%s', (_fact, file, item) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, items: [item] });
  });
});

describe('people, categories, files', () => {
  test('an author is found in every form in which one is written', () => {
    const odile = { authors: ['Odile Marchand'] };
    expect(parsedFile('rss-author-forms.xml')).toMatchObject({
      items: [
        odile,
        odile,
        odile,
        { authors: ['Odile Marchand', 'Luc Vidal'] },
        odile,
        odile,
        { authors: ['odile@depeche.example'] },
        odile,
      ],
    });
  });

  test('a name that only looks like an address is kept whole', () => {
    expect(parsedFile('rss-authors-free.xml')).toMatchObject({
      items: [
        { authors: ['Durand & Fils (SARL)'] },
        { authors: ['@odile'] },
        { authors: ['Odile (@odile)'] },
        { authors: ['Jean (Jeannot) Petit'] },
      ],
    });
  });

  test('an item with nothing but an author or a category is an item', () => {
    expect(parsedFile('rss-only-authors.xml')).toMatchObject({
      items: [{ authors: ['Odile Marchand'] }, { categories: ['IA'] }],
      problems: [],
    });
  });

  test('categories come from every module, each once, empty ones dropped', () => {
    expect(parsedFile('rss-categories.xml')).toMatchObject({
      items: [{ categories: ['IA', 'Paris', 'Recherche', 'Vidéo', 'calcul', 'puces'] }],
    });
  });

  test('every enclosure is kept, each address once', () => {
    expect(parsedFile('rss-enclosures.xml')).toMatchObject({
      items: [
        {
          enclosures: [
            { url: `${site}a.mp3`, type: 'audio/mpeg', length: 1024 },
            { url: `${site}b.pdf`, type: 'application/pdf', length: null },
            { url: `${site}c.mp4`, type: 'video/mp4', length: 99 },
          ],
        },
      ],
    });
  });

  test('a podcast is a feed', () => {
    expect(parsedFile('rss-podcast.xml')).toMatchObject({
      feed: { imageUrl: 'https://radio.example/logo.jpg' },
      items: [
        {
          title: 'Épisode 12',
          guid: 'ep-12',
          summaryHtml: 'Où l’on parle de puces.',
          authors: ['Radio Libre'],
          enclosures: [{ url: 'https://radio.example/12.mp3', type: 'audio/mpeg', length: 52_428_800 }],
        },
      ],
    });
  });
});

describe('texts', () => {
  test('a title is one line of plain text however it was escaped', () => {
    const titles = [
      "L'IA & nous",
      'L’IA & nous',
      'L’IA & nous',
      'Gras et maigre',
      'Si a < b et c > d',
      'Deux lignes',
      'Question\u00a0: où\u202f?',
      'Balises nues',
      "AT&T l'emporte",
      'Café «\u00a0Turing\u00a0»',
    ];
    expect(parsedFile('rss-title-entities.xml')).toMatchObject({ items: titles.map((title) => ({ title })) });
  });

  test.each([
    [
      'markup that was not escaped keeps its order',
      'rss-description-markup.xml',
      {
        summaryHtml: 'Avant <p>un <b>deux</b> trois <i>quatre</i></p> après &amp; fin<br>',
      },
    ],
    [
      'content:encoded is the content, description the summary',
      'rss-content-and-description.xml',
      {
        contentHtml: '<p>Le texte entier.</p>',
        summaryHtml: 'Le résumé.',
      },
    ],
    [
      'an XHTML body is the content',
      'rss-xhtml-body.xml',
      { contentHtml: '<p>Un <em>corps</em>.</p>', summaryHtml: 'Résumé' },
    ],
    [
      'a CDATA section cut in two is put together again',
      'rss-cdata-split.xml',
      {
        summaryHtml: '<pre>if (a[b[0]]> 1) { suite du programme }</pre> et encore du texte',
      },
    ],
    [
      'comments and instructions leave no trace',
      'rss-cdata-in-comment.xml',
      {
        title: 'Après le commentaire',
        summaryHtml: 'Le commentaire n’y est  pour rien dans ce texte.',
      },
    ],
    [
      'the description of a media element stands in for a missing one',
      'rss-media-description.xml',
      {
        title: 'Titre du média',
        summaryHtml: 'Légende longue.',
      },
    ],
    [
      'an item without a title keeps its text',
      'rss-0.92-no-titles.xml',
      {
        title: '',
        summaryHtml: 'Une brève sans titre, avec son lien.',
        categories: ['Brèves'],
      },
    ],
  ])('%s', (_fact, file, item) => {
    expect(parsedFile(file)).toMatchObject({ ok: true, items: [item] });
  });

  test('an item with nothing in it is left out and the reader is told', () => {
    expect(parsedFile('rss-empty-fields.xml')).toMatchObject({
      items: [{ title: 'Le seul', summaryHtml: null, authors: [] }],
      problems: ['1 empty items left out'],
    });
  });
});

describe('dates', () => {
  test('a bad date costs only itself', () => {
    expect(parsedFile('rss-dates-bad.xml')).toMatchObject({
      items: [
        { title: 'Bonne', publishedAt: '2026-02-03T10:00:00.000Z' },
        { title: 'Mauvaise', publishedAt: null },
        { title: 'Impossible', publishedAt: null },
        { title: 'Absente', publishedAt: null },
      ],
    });
  });

  test('French dates are read, and without a zone belong to Paris in a French feed', () => {
    expect(parsedFile('rss-dates-french.xml')).toMatchObject({
      items: [
        { publishedAt: '2026-02-03T09:00:00.000Z' },
        { publishedAt: '2026-02-03T09:30:00.000Z' },
        { publishedAt: '2025-07-31T22:00:00.000Z' },
      ],
    });
  });

  test('a date without a zone is in the zone of the feed’s other dates', () => {
    expect(parsedFile('rss-dates-feeds-zone.xml')).toMatchObject({
      items: [{ publishedAt: '2026-02-03T15:00:00.000Z' }],
    });
  });

  test('pubDate goes before dc:date, and an Atom update is the update', () => {
    expect(parsedFile('rss-dates-order.xml')).toMatchObject({
      items: [{ publishedAt: '2026-02-03T10:00:00.000Z', updatedAt: '2026-02-04T00:00:00.000Z' }],
    });
  });

  test('a date decades ahead is not believed', () => {
    expect(parsedFile('rss-dates-far-future.xml')).toMatchObject({ items: [{ publishedAt: null }] });
  });
});

describe('the channel', () => {
  test('its details are read, and those of its image and search box are not mistaken for them', () => {
    expect(parsedFile('rss-channel-details.xml')).toMatchObject({
      feed: {
        title: 'Détails',
        description: '<b>Un</b> journal',
        siteUrl: 'https://details.example/',
        selfUrl: 'https://details.example/feed',
        language: 'fr-FR',
        ttlMinutes: 45,
        authors: ['La rédaction'],
        hubs: ['https://hub.example/'],
      },
    });
  });

  test('an item’s own language goes before the feed’s', () => {
    expect(parsedFile('rss-language-xml-lang.xml')).toMatchObject({
      feed: { language: 'fr' },
      items: [{ language: 'en' }, { language: 'fr' }],
    });
  });
});
