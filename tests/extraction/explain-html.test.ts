import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { explainAsHtml } from '#extraction/explain-html.ts';
import type { Extraction } from '#extraction/extraction.ts';
import { createRandom } from '../support/random.ts';
import { actorOf, claimOf, extractionOf, fundingOf, mentionOf } from '../support/reading.ts';

const pageOf = (text: string, extraction: Extraction, title = 'Le titre') => {
  const html = explainAsHtml([{ article: { title, text, publishedAt: null }, extraction }]);
  return { html, document: parseHTML(html).document };
};

/** The paragraphs' markup without what a mark does not change: titles and ids. */
const paragraphs = (text: string, extraction: Extraction): string[] =>
  [...pageOf(text, extraction).document.querySelectorAll('.text p')].map((each) =>
    each.innerHTML.replace(/ (title|id|href)="[^"]*"/g, ''),
  );

const C = (n: number): string => `<a class="tag">c${n}</a>`;
const claim = '<span class="claim direct asserted">';

describe('a reading as a page', () => {
  test.each<[string, string, Extraction, string[]]>([
    ['nothing read', 'Un & deux', extractionOf({}), ['Un &amp; deux']],
    [
      'a mention inside a claim',
      'ab Kyutai cd',
      extractionOf({
        actors: [actorOf(0, { name: 'Kyutai', kind: 'LAB' })],
        mentions: [mentionOf('ab Kyutai cd', 0, 'Kyutai')],
        claims: [claimOf('ab Kyutai cd', 'ab Kyutai')],
      }),
      [`${claim}ab <span class="actor lab">Kyutai</span></span>${C(1)} cd`],
    ],
    [
      'two claims that cross',
      'un deux trois',
      extractionOf({ claims: [claimOf('un deux trois', 'un deux'), claimOf('un deux trois', 'deux trois')] }),
      [`${claim}un ${claim}deux${C(1)}</span></span>${claim} trois</span>${C(2)}`],
    ],
    [
      'a claim over two paragraphs',
      'un\n\ndeux',
      extractionOf({ claims: [claimOf('un\n\ndeux', 'un\n\ndeux')] }),
      [`${claim}un</span>`, `${claim}deux</span>${C(1)}`],
    ],
    [
      'a claim with money in it, reported and denied',
      'ni 3 M€ ni rien',
      extractionOf({
        claims: [claimOf('ni 3 M€ ni rien', 'ni 3 M€ ni rien', { kind: 'INDIRECT', status: 'DENIED' })],
        funding: [fundingOf('ni 3 M€ ni rien', '3 M€', { status: 'RUMOURED' })],
      }),
      [
        `<span class="claim indirect denied">ni <span class="money rumoured">3 M€</span><a class="tag">f1</a> ni rien</span>${C(1)}`,
      ],
    ],
    [
      'a candidate, around an astral character',
      'Le 🛰 vole',
      extractionOf({
        actors: [actorOf(0, { name: '🛰', slug: null })],
        mentions: [mentionOf('Le 🛰 vole', 0, '🛰')],
      }),
      ['Le <span class="actor company unknown">🛰</span> vole'],
    ],
  ])('%s', (_what, text, extraction, expected) => {
    expect(paragraphs(text, extraction)).toEqual(expected);
  });

  const HOSTILE =
    "\"><script>alert(1)</script><img src=x onerror=alert(1)> '&amp;' \u0000\u001b]0;x\u0007 \ud83d";
  test('what an article says never becomes markup, wherever it is shown', () => {
    const extraction = extractionOf({
      reader: HOSTILE,
      actors: [actorOf(0, { name: HOSTILE, slug: null }), actorOf(1, { name: HOSTILE, kind: 'PERSON' })],
      mentions: [
        { ...mentionOf(HOSTILE, 0, HOSTILE) },
        { ...mentionOf(HOSTILE, 1, 'alert'), surface: HOSTILE },
      ],
      claims: [
        claimOf(HOSTILE, HOSTILE, { speakerName: HOSTILE, verb: HOSTILE, about: [0], topics: [HOSTILE] }),
      ],
      funding: [
        fundingOf(HOSTILE, 'alert(1)', {
          recipient: 0,
          investors: [{ actor: 1, lead: true }],
          date: HOSTILE,
        }),
      ],
      affiliations: [
        { person: 1, organization: 0, role: HOSTILE, former: false, field: 'TEXT', start: 0, end: 3 },
      ],
    });
    const { html, document } = pageOf(HOSTILE, extraction, HOSTILE);
    expect(document.querySelectorAll('script, img, iframe, link, object')).toHaveLength(0);
    expect(
      [...document.querySelectorAll('*')].flatMap((each) => [...each.attributes]).map(({ name }) => name),
    ).not.toContain('onerror');
    expect(html.isWellFormed()).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left.
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
    const shown = HOSTILE.replaceAll('\0', '\ufffd')
      .replaceAll('\u001b', '\ufffd')
      .replaceAll('\u0007', '\ufffd')
      .toWellFormed();
    for (const tag of document.querySelectorAll('.tag')) tag.remove();
    expect(document.querySelector('h1')!.textContent).toBe(shown);
    expect(document.querySelector('.text p')!.textContent).toBe(shown);
  });

  test('the page loads nothing from anywhere', () => {
    const { html } = pageOf('Un texte', extractionOf({}));
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/\b(src|url)\s*[=(]/);
  });

  test('a mark says what it stands for, and what is around it, when it is pointed at', () => {
    const text = 'ab Kyutai';
    const { document } = pageOf(
      text,
      extractionOf({
        actors: [actorOf(0, { name: 'Kyutai', kind: 'LAB' })],
        mentions: [mentionOf(text, 0, 'Kyutai')],
        claims: [claimOf(text, text, { speakerName: 'Un badaud' })],
      }),
    );
    expect(document.querySelector('.text .lab')!.getAttribute('title')).toBe(
      'Kyutai, lab, 90%\nc1: Un badaud · direct quotation · asserted · 80%',
    );
  });

  test('every tag leads to a place in the page, and no place has the id of another', () => {
    const text = 'un deux\ntrois quatre';
    const extraction = extractionOf({
      claims: [claimOf(text, 'un deux\ntrois'), claimOf(text, 'deux\ntrois quatre')],
      funding: [fundingOf(text, 'quatre')],
    });
    const article = { title: 'Le titre', text, publishedAt: null };
    const { document } = parseHTML(
      explainAsHtml([
        { article, extraction },
        { article, extraction },
      ]),
    );
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...document.querySelectorAll('a.tag')].map((each) => each.getAttribute('href')!.slice(1));
    expect(links.length).toBe(12);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  test('whatever crosses, the text comes out whole and every mark covers exactly its words', () => {
    const random = createRandom(11);
    const letters = ['a', 'é', ' ', '<', '&', '🛰', '𝔛', '"'];
    for (let round = 0; round < 60; round += 1) {
      const text = `x${Array.from({ length: 10 + random.below(20) }, () => letters[random.below(letters.length)]).join('')}x`;
      const characters = [...text];
      const boundaries = characters
        .map((_, index) => characters.slice(0, index).join('').length)
        .concat(text.length);
      const claims = Array.from({ length: 1 + random.below(5) }, () => {
        const [a, b] = [random.below(boundaries.length), random.below(boundaries.length)].sort(
          (x, y) => x - y,
        );
        const [start, end] = [boundaries[a!]!, boundaries[b!]!];
        return { ...claimOf(text, 'x'), start, end };
      });
      // Told apart by their verbs, which stand in the titles.
      const extraction = extractionOf({
        claims: claims.map((each, index) => ({ ...each, verb: `verbe${index}` })),
      });
      const { document } = pageOf(text, extraction);
      for (const tag of document.querySelectorAll('.text .tag')) tag.remove();
      const covered = claims.map(() => '');
      const walk = (node: Node, inside: readonly number[]): void => {
        if (node.nodeType === 3) {
          for (const index of inside) covered[index] = `${covered[index]}${node.textContent}`;
        }
        for (const child of node.childNodes) {
          const title = (child as Element).getAttribute?.('title')?.split('\n')[0];
          const index = title === undefined ? -1 : Number(/verbe(\d)/.exec(title)![1]);
          walk(child, index < 0 ? inside : [...inside, index]);
        }
      };
      const paragraph = document.querySelector('.text p')!;
      walk(paragraph as unknown as Node, []);
      expect(paragraph.textContent).toBe(text);
      expect(covered).toEqual(claims.map(({ start, end }) => text.slice(start, end)));
    }
  });
});
