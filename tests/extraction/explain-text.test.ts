import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { explainAsText } from '#extraction/explain-text.ts';
import type { Extraction } from '#extraction/extraction.ts';
import { actorOf, claimOf, extractionOf, fundingOf, mentionOf } from '../support/reading.ts';

const TEXT =
  'Ada Leroux dirige Tramontane. « Tramontane réunit 105 millions d’euros », dit-elle.\n\nLa suite demain.';

const READING: Extraction = extractionOf({
  actors: [
    actorOf(0, { name: 'Ada Leroux', kind: 'PERSON' }),
    actorOf(1, { name: 'Tramontane', slug: null, confidence: 0.64 }),
    actorOf(2, { name: 'Fonds Alizé', kind: 'INVESTOR' }),
  ],
  mentions: [
    mentionOf(TEXT, 0, 'Ada Leroux'),
    mentionOf(TEXT, 1, 'Tramontane'),
    { ...mentionOf(TEXT, 1, 'Tramontane'), start: 32, end: 42 },
  ],
  claims: [
    claimOf(TEXT, 'Tramontane réunit 105 millions d’euros', {
      speaker: 0,
      verb: 'dit',
      about: [1],
      topics: ['levée'],
    }),
  ],
  funding: [
    fundingOf(TEXT, '105 millions d’euros', {
      recipient: 1,
      investors: [{ actor: 2, lead: true }],
      valuation: { amount: '1030000000', currency: 'USD', basis: 'POST' },
      date: '2026-03',
    }),
  ],
  affiliations: [
    { person: 0, organization: 1, role: 'présidente', former: true, field: 'TEXT', start: 0, end: 28 },
  ],
});

const explain = (text: string, extraction: Extraction, page = { colour: false, width: 100 }): string =>
  explainAsText({ article: { title: 'Le titre', text, publishedAt: null }, extraction }, page);

const body = (shown: string): string => shown.split('\n').slice(2).join('\n');

describe('a reading as text', () => {
  test('without colours, brackets mark what was read, and the list below says what it is', () => {
    expect(explain(TEXT, READING)).toBe(`Le titre
────────────────────────────────────────────────────────────
[Ada Leroux] dirige [Tramontane]. « {c1: [Tramontane] réunit <f1: 105 millions d’euros>} »,
dit-elle.

La suite demain.

[actor] {c1: claim} <f1: money>

People
  Ada Leroux 90% named once

Companies
  Tramontane 64% named 2 times, not in the register

Investors
  Fonds Alizé 90% named 0 times

Claims
  c1  Ada Leroux
      “Tramontane réunit 105 millions d’euros”
      direct quotation · asserted · by “dit” · about Tramontane · on levée · 80%

Funding
  f1  Tramontane: €105M
      series A · closed · from Fonds Alizé (lead) · valued at $1.03B post-money · dated 2026-03 ·
      70%

Affiliations
  Ada Leroux, formerly présidente of Tramontane
`);
  });

  test('with colours, the words are the same and no line leaks its colour into the next', () => {
    const shown = explain(TEXT, READING, { colour: true, width: 60 });
    expect(shown).toContain('\u001b[4m');
    expect(shown).toContain('\u001b[36m');
    expect(shown).toContain('\u001b[7m');
    const plain = stripVTControlCharacters(shown);
    expect(plain.replace(/\[[cf]1\]/g, '').replace(/\s+/g, ' ')).toContain(TEXT.replace(/\s+/g, ' '));
    for (const line of shown.split('\n')) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the terminal's own.
      const codes = [...line.matchAll(/\u001b\[(\d+)m/g)].map(([, code]) => Number(code));
      const ends = (code: number): boolean => [0, 22, 24, 27, 39].includes(code);
      expect(codes.filter(ends)).toHaveLength(codes.filter((code) => !ends(code)).length);
    }
  });

  test.each([40, 60, 100])('no line is wider than %i columns', (width) => {
    for (const line of stripVTControlCharacters(explain(TEXT, READING, { colour: true, width })).split(
      '\n',
    )) {
      expect(line.length).toBeLessThanOrEqual(Math.max(width, 60));
    }
  });

  test.each<[string, string, Extraction, string]>([
    ['nothing read', 'Un texte.', extractionOf({}), 'Un texte.'],
    [
      'a mention that begins where a claim ends',
      'ab Kyutai',
      extractionOf({
        actors: [actorOf(0, { name: 'Kyutai' })],
        mentions: [mentionOf('ab Kyutai', 0, 'Kyutai')],
        claims: [claimOf('ab Kyutai', 'ab ')],
      }),
      '{c1: ab }[Kyutai]',
    ],
    [
      'two claims that cross',
      'un deux trois',
      extractionOf({ claims: [claimOf('un deux trois', 'un deux'), claimOf('un deux trois', 'deux trois')] }),
      '{c1: un {c2: deux} trois}',
    ],
    [
      'a claim over two paragraphs',
      'un\ndeux',
      extractionOf({ claims: [claimOf('un\ndeux', 'un\ndeux')] }),
      '{c1: un\n\ndeux}',
    ],
    [
      'characters beyond the first plane',
      'Le 🛰 𝔛 vole',
      extractionOf({ claims: [claimOf('Le 🛰 𝔛 vole', '🛰 𝔛')] }),
      'Le {c1: 🛰 𝔛} vole',
    ],
    [
      'characters that would command a terminal',
      'a\u001b[31mb\u009bc\u202ed\rf',
      extractionOf({}),
      'a\ufffd[31mb\ufffdc\ufffdd\ufffdf',
    ],
    [
      'a speaker and an actor that the reading does not hold',
      'un',
      extractionOf({ claims: [claimOf('un', 'un', { speaker: 9, about: [8] })] }),
      '{c1: un}',
    ],
  ])('%s is shown', (_what, text, extraction, expected) => {
    expect(body(explain(text, extraction)).startsWith(`${expected}\n`)).toBe(true);
  });

  test('a quotation in the list is cut between characters', () => {
    const quote = `${'é'.repeat(159)}🛰 et la suite`;
    const shown = explain(quote, extractionOf({ claims: [claimOf(quote, quote)] }), {
      colour: false,
      width: 400,
    });
    expect(shown.isWellFormed()).toBe(true);
    expect(shown).toMatch(/“é{159}.?…”/u);
  });
});
