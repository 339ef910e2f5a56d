import { describe, expect, test } from 'vitest';
import { articleText, extractPage, htmlToText, sanitizeHtml } from '#article/body.ts';

const BASE = 'https://journal.example/2026/article.html';

describe('sanitised HTML', () => {
  test.each([
    [
      'keeps text-level markup',
      '<p>Un <em>deux</em> <strong>trois</strong><br>quatre</p>',
      '<p>Un <em>deux</em> <strong>trois</strong><br />quatre</p>',
    ],
    ['loses scripts with their content', 'a<script>alert(1)</script>b', 'ab'],
    ['loses styles with their content', 'a<style>p{}</style><p style="color:red">b</p>', 'a<p>b</p>'],
    ['loses event handlers', '<p onclick="x()" onmouseover=y>a</p>', '<p>a</p>'],
    [
      'loses frames and embedded things',
      '<iframe src="https://x.example/">f</iframe><object data="x">o</object><embed src="y">a',
      'a',
    ],
    ['loses forms', '<form action="/x"><input name="a"><button>ok</button></form>a', 'a'],
    ['loses unknown elements but keeps their text', '<marquee>a</marquee><x-y>b</x-y>', 'ab'],
    [
      'loses script addresses',
      '<a href="javascript:alert(1)">a</a>',
      '<a rel="noopener noreferrer nofollow">a</a>',
    ],
    [
      'loses script addresses in disguise',
      '<a href=" jAva&#x09;script:alert(1)">a</a>',
      '<a rel="noopener noreferrer nofollow">a</a>',
    ],
    ['loses data addresses', '<img src="data:image/svg+xml,<svg onload=alert(1)>">a', 'a'],
    ['loses drawings', '<svg onload=alert(1)><circle/></svg>a', 'a'],
    ['loses tracking pixels', '<img src="https://t.example/p.gif" width="1" height="1">a', 'a'],
    ['loses comments', 'a<!-- x -->b', 'ab'],
    [
      'makes links absolute',
      '<a href="../x?a=1&amp;b=2" target="_blank">a</a>',
      '<a href="https://journal.example/x?a=1&amp;b=2" rel="noopener noreferrer nofollow">a</a>',
    ],
    [
      'keeps mail addresses',
      '<a href="mailto:a@b.fr">a</a>',
      '<a href="mailto:a@b.fr" rel="noopener noreferrer nofollow">a</a>',
    ],
    [
      'makes pictures absolute',
      '<img src="i.png" alt="Une photo" srcset="j.png 2x">',
      '<img alt="Une photo" src="https://journal.example/2026/i.png" loading="lazy" />',
    ],
    [
      'finds pictures that load late',
      '<img src="data:image/gif;base64,AA" data-src="/i.png">',
      '<img src="https://journal.example/i.png" loading="lazy" />',
    ],
    ['closes what was left open', '<p>a<b>c', '<p>a<b>c</b></p>'],
  ])('%s', (_fact, html, clean) => {
    expect(sanitizeHtml(html, BASE)).toBe(clean);
  });
});

describe('text of HTML', () => {
  test.each([
    [
      'blocks are lines',
      '<h1>Titre</h1><p>Un.</p><p>Deux.</p><div>Trois<div>Quatre</div></div>',
      'Titre\nUn.\nDeux.\nTrois\nQuatre',
    ],
    ['list entries are lines', '<ul><li>un<li>deux</ul>', 'un\ndeux'],
    ['breaks are lines', 'un<br>deux<br/>trois', 'un\ndeux\ntrois'],
    [
      'rows are lines, cells are parted',
      '<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>',
      'a b\nc',
    ],
    [
      'white space is collapsed, no-break spaces stay',
      '<p>  40&nbsp;millions\n d’euros\u202f! </p>',
      '40\u00a0millions d’euros\u202f!',
    ],
    [
      'entities are decoded',
      '&laquo;&nbsp;L&rsquo;&#233;t&eacute; &amp; l&#x2019;hiver&nbsp;&raquo;',
      '«\u00a0L’été & l’hiver\u00a0»',
    ],
    [
      'scripts, styles and frames are silent',
      'a<script>b</script><style>c</style><noscript>d</noscript><svg><text>e</text></svg>f',
      'af',
    ],
    ['inline elements do not part words', 'in<b>sépa</b>rable', 'inséparable'],
    ['invisible characters go', 'géné\u00adrative\u200b', 'générative'],
    ['plain text is itself', 'Si a < b, alors.', 'Si a < b, alors.'],
    ['nothing is nothing', ' <p> </p> <div></div>', ''],
  ])('%s', (_fact, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});

describe('text of an article', () => {
  test.each([
    [
      '<p>Un.</p><p>À lire aussi : Google lève le voile</p><p>L’article Un est apparu en premier sur Google.</p>',
      'Un.',
    ],
    ['<p>Voir la Terre autrement : le pari de Lumen</p>', 'Voir la Terre autrement : le pari de Lumen'],
    ['<p>« Lire » paraît depuis cinquante ans.</p>', '« Lire » paraît depuis cinquante ans.'],
    ['<p>Il reste à lire les annexes.</p>', 'Il reste à lire les annexes.'],
    [
      '<p>Les députés suivent le débat sur X depuis mardi.</p>',
      'Les députés suivent le débat sur X depuis mardi.',
    ],
  ])('is without lines of its site: %s', (html, text) => {
    expect(articleText(html)).toBe(text);
  });

  test.each([
    ['Par la voix de son avocat, le 3 décembre, la société Acme a démenti avoir levé 10 millions.'],
    ['Par un communiqué publié le 12 novembre, Acme annonce une levée de 10 millions d’euros.'],
    ['Publiée hier par Bpifrance, l’étude compte 812 levées de fonds.'],
    ['Publié le 3 décembre par Bpifrance, le rapport compte 812 levées.'],
    ['Mise en ligne aujourd’hui par Acme, la plateforme vise 10 millions de visiteurs.'],
    ['Modifié à 3 reprises, le texte passe à 12 milliards.'],
    ['Découvrir l’interview de Paul : il quitte Acme'],
  ])('keeps a sentence that begins like a line of its site: %s', (line) => {
    expect(articleText(`<p>${line}</p>`)).toBe(line);
  });

  test.each([
    ['Par Odile Marchand, le 3 février 2026'],
    ['Par Odile Marchand et Luc Vidal, publié le 03/02/2026 à 10:30'],
    ['Par Odile Marchand, publié le 3 février 2026 à 10h30, mis à jour le 4 février à 9 h'],
    ['Par Odile Marchand le 1er mars 2026'],
    ['Publié le 3 février 2026 à 10h30'],
    ['Publié le mardi 3 févr. 2026 - Mis à jour il y a 2 heures'],
    ['Publié le : 03/02/2026 - 10:30'],
    ['Mis à jour hier à 9h par Odile Marchand'],
    ['Modifié il y a 3 jours.'],
  ])('is without a date’s line: %s', (line) => {
    expect(articleText(`<p>Un.</p><p>${line}</p>`)).toBe('Un.');
  });
});

describe('hostile HTML takes no time to speak of', () => {
  const n = 300_000;
  test.each([
    ['open tags', '<b>'.repeat(n)],
    ['open tags and other end tags', '<b>'.repeat(n) + '</i>'.repeat(n)],
    ['pairs that do not match', '<b></i>'.repeat(n)],
    ['angle brackets', '<'.repeat(3 * n)],
    ['half attributes', '<a "'.repeat(n)],
    ['half comments', '<!--'.repeat(n)],
    ['half scripts', '<script>'.repeat(n)],
    ['paragraph ends', '</p>'.repeat(n)],
    ['half entities', '&amp'.repeat(n)],
    ['attributes', `<a ${'x=1 '.repeat(n)}>`],
    ['blanks', `${' '.repeat(6 * n)}x`],
    ['tables', '<table><tr><td>'.repeat(n / 3)],
  ])('%s', (_what, html) => {
    expect(htmlToText(html).length).toBeLessThanOrEqual(html.length);
    expect(sanitizeHtml(html, BASE)).not.toContain('<script');
  });

  test('what lies beyond three million characters is not read', () => {
    expect(htmlToText(`${'a'.repeat(3_000_000)}b`)).not.toContain('b');
  });
});

describe('an article’s page', () => {
  const paragraphs = [
    'La jeune pousse lyonnaise Lumen, qui conçoit des puces photoniques, a annoncé mardi un tour de table de quarante millions d’euros.',
    '« Nous doublerons nos effectifs d’ici à la fin de l’année », promet Odile Marchand, sa présidente, dans un entretien.',
    'Le tour est mené par un fonds de la place, avec la participation de la banque publique et de plusieurs industriels européens.',
    'Un premier produit est attendu au printemps, et les premiers essais chez un hébergeur de données ont commencé en janvier.',
  ];
  const article = paragraphs.map((p) => `<p>${p}</p>`).join('\n');
  const page = (body: string, head = '') =>
    `<!doctype html><html lang="fr"><head><title>Lumen lève 40 millions - Le Journal</title>${head}</head><body><nav><ul><li><a href="/">Accueil</a></li><li><a href="/ia">S’abonner</a></li></ul></nav>${body}<footer>Le Journal © Mentions légales</footer></body></html>`;
  const main = (inner: string) => `<main><article><h1>Lumen lève 40 millions</h1>${inner}</article></main>`;

  test('gives its title and its paragraphs, and nothing around them', () => {
    expect(extractPage(page(main(article)), BASE)).toMatchObject({
      title: 'Lumen lève 40 millions',
      text: paragraphs.join('\n'),
      language: 'fr',
      paywalled: false,
    });
  });

  test.each([
    [
      'links to other articles',
      '<aside><h3>Lire aussi</h3><ul><li><a href="#">Google lève le voile</a></li></ul></aside>',
    ],
    [
      'links between paragraphs',
      '<p><strong>À lire aussi :</strong> <a href="/x">Google lève le voile</a></p>',
    ],
    [
      'a box of related articles',
      '<div class="related-articles"><p>Google lève le voile sur ses projets, et ce n’est pas tout, dit-on.</p></div>',
    ],
    [
      'a newsletter',
      '<div class="bloc newsletter-inscription"><p>Recevez chaque matin notre lettre sur Google, par courriel.</p></div>',
    ],
    [
      'a link behind an arrow',
      '<p>→ <strong>À lire aussi :</strong> <a href="/x">Google lève le voile</a></p>',
    ],
    ['a link in brackets', '<p>(Relire notre enquête : <a href="/x">Google lève le voile</a>)</p>'],
    ['a line over an advertisement', '<p>La suite après cette publicité</p>'],
    ['a page elsewhere', '<p>Suivez toute l’actualité du Journal sur Google Actualités.</p>'],
    [
      'a newsletter without a name',
      '<div class="x1"><p>La newsletter Google</p><p>Chaque mardi, le meilleur de Google dans votre boîte mail.</p></div>',
    ],
    [
      'reactions',
      '<div class="x2"><p>12 réactions</p><p>Jean — Et Google dans tout cela, demande-t-il ?</p></div>',
    ],
    [
      'sponsors',
      '<div class="x3"><h3>Contenus sponsorisés</h3><div><p>Google, ce petit appareil.</p></div></div>',
    ],
    ['a link behind a bar', '<p>Lire aussi | <a href="/x">Google lève le voile</a></p>'],
    ['its date', '<p>Publié aujourd’hui à 06h30, modifié à 08h12</p>'],
    ['a newsletter’s invitation', '<p>Inscrivez-vous à notre lettre sur Google pour ne rien manquer.</p>'],
    [
      'comments',
      '<section id="comments"><h2>3 commentaires</h2><p>Et Google dans tout cela, demande un lecteur bien informé ?</p></section>',
    ],
    ['share buttons', '<div class="social-share"><a href="#">Partager sur Google</a></div>'],
    [
      'cookies',
      '<div id="didomi-consent"><p>Google et nos 800 partenaires utilisent des cookies pour vous servir.</p></div>',
    ],
    ['a form', '<form><label>Google</label><input></form>'],
    ['a script', '<script>var google = 1;</script>'],
    ['a feed’s farewell', '<p>L’article Lumen lève 40 millions est apparu en premier sur Google.</p>'],
  ])('is freed of %s', (_what, extra) => {
    const found = extractPage(
      page(main(`<p>${paragraphs[0]}</p>${extra}${article.slice(article.indexOf('\n'))}${extra}`)),
      BASE,
    );
    expect(found?.text).toBe(paragraphs.join('\n'));
  });

  test('whose own blocks have suspicious names keeps them', () => {
    const found = extractPage(
      page(`<div class="share-container social"><div class="promo">${main(article)}</div></div>`),
      BASE,
    );
    expect(found?.text).toBe(paragraphs.join('\n'));
  });

  test('tells its facts in JSON-LD', () => {
    const data = {
      '@graph': [
        { '@type': 'WebSite', name: 'Le Journal' },
        {
          '@type': 'NewsArticle',
          headline: 'Lumen lève 40 millions',
          datePublished: '2026-02-03T06:45:00+01:00',
          author: [{ name: 'Odile Marchand' }, { name: 'Luc Vidal' }],
        },
      ],
    };
    const head = `<script type="application/ld+json">${JSON.stringify(data)}</script><link rel="canonical" href="/2026/lumen"><meta property="og:site_name" content="Le Journal">`;
    expect(extractPage(page(main(article), head), BASE)).toMatchObject({
      byline: 'Odile Marchand, Luc Vidal',
      publishedAt: new Date('2026-02-03T05:45:00Z'),
      canonicalUrl: 'https://journal.example/2026/lumen',
      siteName: 'Le Journal',
    });
  });

  test('tells its facts in meta elements', () => {
    const head =
      '<meta property="article:published_time" content="2026-02-03T06:45:00"><meta name="author" content="Par Odile Marchand"><meta property="og:url" content="https://journal.example/2026/lumen">';
    expect(extractPage(page(main(article), head), BASE)).toMatchObject({
      byline: 'Odile Marchand',
      publishedAt: new Date('2026-02-03T05:45:00Z'),
      canonicalUrl: 'https://journal.example/2026/lumen',
    });
  });

  test('is told to be no more than a beginning', () => {
    const ld = (free: unknown) =>
      `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', isAccessibleForFree: free })}</script>`;
    const wall =
      '<div class="paywall">Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.</div>';
    const paywalled = (html: string) => extractPage(html, BASE)?.paywalled;
    expect(paywalled(page(main(article), ld(false)))).toBe(true);
    expect(paywalled(page(main(article), ld('False')))).toBe(true);
    expect(paywalled(page(main(article), '<meta property="article:content_tier" content="locked">'))).toBe(
      true,
    );
    expect(paywalled(page(main(article + wall)))).toBe(true);
    expect(paywalled(page(main(article + wall), ld(true)))).toBe(false);
    expect(paywalled(page(main(article)))).toBe(false);
  });

  describe('behind a wall', () => {
    const teaser = paragraphs
      .slice(0, 2)
      .map((p) => `<p>${p}</p>`)
      .join('');
    const json = (text: string) => page(main(teaser), `<script type="application/ld+json">${text}</script>`);
    const locked = (html: string) => extractPage(html, BASE)?.paywalled;

    test.each([
      [
        'of a part',
        '{"@type":"NewsArticle","hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False"}}',
      ],
      ['of the page', '{"@graph":[{"@type":"WebPage","isAccessibleForFree":false},{"@type":"NewsArticle"}]}'],
      [
        'with a line break in a string',
        '{"@type":"NewsArticle","headline":"Lumen\nlève","isAccessibleForFree":false}',
      ],
      ['in a comment', '//<![CDATA[\n{"@type":"NewsArticle","isAccessibleForFree":false}\n//]]>'],
      [
        'in a comment with blanks',
        '/* <!-- */ {"@type":"NewsArticle","isAccessibleForFree":false} /* --> */',
      ],
      ['in another comment', '/*<![CDATA[*/{"@type":"NewsArticle","isAccessibleForFree":false}/*]]>*/'],
    ])('its data say so %s', (_where, text) => {
      expect(locked(json(text))).toBe(true);
    });

    test('its microdata say so', () => {
      expect(locked(page(main(`<meta itemprop="isAccessibleForFree" content="false">${teaser}`)))).toBe(true);
    });

    test.each([
      ['Cet article est réservé aux abonnés.'],
      ['Il vous reste <b>74&nbsp;%</b> de cet article à lire.'],
      ['Pour lire la suite, abonnez-vous.'],
      ['Abonnez-vous pour lire la suite de cet article'],
      ['Article réservé aux abonnés'],
      ['Contenu réservé à nos abonnés'],
      ['Cet article est payant.'],
      ['Vous avez lu 15 % de cet article. Poursuivez votre lecture dès 1 €.'],
      ['Déjà abonné ? Connectez-vous pour lire la suite'],
      ['Envie de lire la suite ?'],
      ['La suite de cet article est réservée aux membres premium'],
      ['Débloquez cet article'],
      ['Accédez à l’intégralité de cet article'],
      ['Ce contenu n’est accessible qu’à nos abonnés.'],
      ['Seuls les abonnés peuvent lire la suite'],
      ['Cet article est en accès réservé'],
      ['Créez un compte gratuit pour lire cet article'],
      ['77 % de l’article restant à lire'],
    ])('its words over the cut say so: %s', (words) => {
      expect(
        locked(page(main(`${teaser}<div class="x1"><p>${words}</p><a href="/offres">Nos offres</a></div>`))),
      ).toBe(true);
    });

    test.each([
      ['an offer', '<div><p>Abonnez-vous pour soutenir une presse indépendante.</p></div>'],
      [
        'a label in a list',
        '<ul><li><a href="/x">Dans les coulisses</a> <span>Réservé aux abonnés</span></li></ul>',
      ],
      ['a wall that is not shown', '<div hidden><p>Pour lire la suite, abonnez-vous.</p></div>'],
      ['a sentence', '<p>La suite est réservée à l’invité de marque du palace, prévient le directeur.</p>'],
      [
        'the title of another article',
        '<p>Lire l’article : <a href="/x">Mistral lève 1,7 milliard d’euros</a></p>',
      ],
      [
        'another article',
        '<div><h3>Mistral lève 1,7 milliard d’euros</h3><a href="/x">Lire la suite</a></div>',
      ],
      ['a sum', '<div><span>Lumen cédée pour 1 euro symbolique</span> <a href="/x">Lire la suite</a></div>'],
      ['subscribers', '<p>Lire l’article : <a href="/x">Deezer compte 10 millions d’abonnés</a></p>'],
      ['a link with its call', '<p><a href="/x">Lire l’article : Deezer, dès 5 € par mois</a></p>'],
      [
        'another article’s label within',
        '<div><div><span>Réservé aux abonnés</span></div><h3><a href="/x">Lumen vu de près</a></h3></div>',
      ],
      [
        'a label over another title',
        '<div><p>Article réservé aux abonnés</p><h3>Les coulisses</h3><a href="/x">Lire la suite</a></div>',
      ],
    ])('it is not for %s', (_what, extra) => {
      expect(locked(page(main(article + extra)))).toBe(false);
    });

    test.each([
      ['Les députés ont réécrit 40 % de l’article 12 du projet de loi.'],
      ['Les sénateurs ont réécrit 40 % de l’article.'],
      ['Il vous reste 100 % du crédit impôt recherche'],
      ['Il vous reste à lire les annexes.'],
      ['Cet article est accessible gratuitement à tous les lecteurs.'],
      ['Cet article est en accès libre pour nos lecteurs.'],
      ['Cet article n’est pas payant.'],
      ['Cet article n’est plus réservé aux abonnés.'],
      ['Ce contenu est accessible à tous nos lecteurs.'],
      ['Inscrivez-vous à notre newsletter gratuite pour lire la suite de nos enquêtes.'],
      ['Abonnez-vous à notre lettre d’information pour lire l’article avant les autres.'],
      ['Vous lisez cet article gratuitement grâce à nos abonnés.'],
      ['Abonnez-vous pour lire cet article sans publicité.'],
      ['Connectez-vous pour lire cet article plus tard.'],
      ['La version de base est gratuite, la suite est payante.'],
      ['Seuls les abonnés peuvent essayer le modèle, dit OpenAI.'],
      ['Pour accéder à l’intégralité du rapport, il faut un compte à 30 € par mois.'],
      ['Le lecteur peut poursuivre la lecture sur sa tablette, pour 5 € de plus.'],
      ['Pour lire la suite : le site du ministère.'],
      ['Lire l’article 12 du décret, dès 2 euros par foyer.'],
      ['Inscrivez-vous au webinaire pour découvrir la suite Copilot.'],
      ['Abonnez-vous à nos flux pour lire la suite des aventures.'],
      ['Il reste 30 % de l’article du budget à voter.'],
    ])('it is not for the words of a free one: %s', (words) => {
      expect(locked(page(main(`${article}<p>${words}</p>`)))).toBe(false);
    });

    test('it is not for a wall’s words beside the article', () => {
      const beside = '<div><p>Abonnez-vous pour lire la suite</p></div>';
      expect(locked(page(main(article) + beside))).toBe(false);
      expect(locked(page(main(article + beside)))).toBe(true);
    });

    test('its words may stand beside its author, and its offers beside them', () => {
      const label =
        '<div><span class="k">Article réservé aux abonnés</span> <a href="/odile">Odile Marchand</a></div>';
      expect(locked(page(main(label + teaser)))).toBe(true);
      const box =
        '<div><h3>Il vous reste 80 % à lire</h3><p>Dès 1 € par mois</p><a href="/offres">Je m’abonne pour lire la suite</a></div>';
      expect(locked(page(main(teaser + box)))).toBe(true);
    });

    test('it is not for another article’s label', () => {
      const other =
        '<section class="premium-list"><article><span>Article réservé aux abonnés</span><h3><a href="/x">Dans les coulisses</a></h3></article><div class="premium"><span class="icon">Article réservé aux abonnés</span></div></section>';
      expect(locked(page(main(article) + other))).toBe(false);
    });
  });

  test('of five megabytes gives its article as well', () => {
    const picture = `<img src="data:image/png;base64,${'A'.repeat(3_000_000)}">`;
    const script = `<script>${'var a="<p>";'.repeat(170_000)}</script>`;
    expect(extractPage(page(picture + script + main(article)), BASE)?.text).toBe(paragraphs.join('\n'));
  });

  test('of five megabytes keeps what stands behind a comment that speaks of scripts', () => {
    const comment = '<!-- the <script> of the site, and its <style> -->';
    const script = `<script>${'var a="<p>";'.repeat(260_000)}</script>`;
    const found = extractPage(page(comment + main(article) + script), BASE);
    expect(found?.text).toBe(paragraphs.join('\n'));
  });

  test('of five megabytes keeps its data, whatever stands in their tag', () => {
    const script = `<script>${'var a="<p>";'.repeat(260_000)}</script>`;
    const data =
      '<script data-x="a>b" type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>';
    expect(extractPage(page(script + main(article), data), BASE)?.paywalled).toBe(true);
  });

  test.each([
    ['an empty page', ''],
    ['a page of links', page(`<ul>${'<li><a href="/x">Un titre</a></li>'.repeat(50)}</ul>`)],
    ['a page of a few words', page('<p>Vérification en cours.</p>')],
    [
      'a page that asks for consent',
      page(
        '<h1>Avant de poursuivre</h1><p>Nos 812 partenaires et nous utilisons des cookies pour stocker, consulter et traiter des données telles que votre visite sur ce site.</p><p>Vous pouvez retirer votre consentement à tout moment en cliquant sur « En savoir plus » ou dans notre politique de confidentialité.</p><p>Avec nos partenaires, nous traitons les données suivantes : publicités et contenus personnalisés, mesure de performance.</p>',
      ),
    ],
    ['a page with too many elements', page(main(article + '<i>x</i>'.repeat(40_000)))],
    ['text', 'Pas une page.'],
  ])('is not found in %s', (_what, html) => {
    expect(extractPage(html, BASE)).toBeNull();
  });

  test.each([
    ['open tags', '<div>'.repeat(200_000)],
    ['pairs that do not match', '<b></i>'.repeat(200_000)],
    ['JSON-LD nested for ever', `<script type="application/ld+json">${'['.repeat(100_000)}</script>`],
    ['class names for ever', `<div class="${'share-'.repeat(100_000)}">x</div>`],
    ['headings for ever', '<h2>lire </h2>'.repeat(5_000)],
    ['reactions for ever', '<p>3 commentaires</p>'.repeat(10_000)],
    ['strong words for ever', `<div>${'<strong>Lire aussi</strong><p>x</p>'.repeat(4_000)}</div>`],
    [
      'blanks in its data',
      `<script type="application/ld+json">{"a":1,${' '.repeat(290_000)}"b":2}</script>`.repeat(5),
    ],
  ])('with %s does not stall', (_what, extra) => {
    expect(() => extractPage(page(extra), BASE)).not.toThrow();
  });
});
