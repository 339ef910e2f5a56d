import { describe, expect, test } from 'vitest';
import { findClaims, MAX_CLAIMS } from '#extraction/claims.ts';
import type { ReadClaim } from '#extraction/extraction.ts';
import { MAX_QUOTATION_LENGTH } from '#text/quotation.ts';
import { CAST } from '../support/claim-cast.ts';
import { foundActors } from '../support/found-actors.ts';
import { createRandom } from '../support/random.ts';

function claimsOf(text: string, title = ''): readonly ReadClaim[] {
  const article = { title, text, publishedAt: null };
  return findClaims(article, foundActors(CAST, article));
}

const nameOf = (ref: number | null): string | undefined => (ref === null ? undefined : CAST[ref]?.name);

describe('the status of a claim', () => {
  test.each([
    ['Anna Delorme affirme que Vectis est rentable.', 'ASSERTED'],
    ['« Vectis est rentable », affirme Anna Delorme.', 'ASSERTED'],
    ['Selon Anna Delorme, Nubia aurait perdu deux clients.', 'CONDITIONAL'],
    ['Nubia vaudrait un milliard, selon Halden Capital.', 'CONDITIONAL'],
    ['Anna Delorme aurait confié que Nubia est à vendre.', 'CONDITIONAL'],
    ['Anna Delorme affirme que Nubia aurait perdu deux clients.', 'CONDITIONAL'],
    ['Anna Delorme a promis que Vectis embaucherait au printemps.', 'ASSERTED'],
    ["Anna Delorme estime que l'Europe pourrait gagner.", 'ASSERTED'],
    ['« Nous pourrions gagner », estime Anna Delorme.', 'ASSERTED'],
    ['Marc Villeret nie avoir reçu une offre.', 'DENIED'],
    ['Marc Villeret dément que Nubia soit à vendre.', 'DENIED'],
    ['Marc Villeret ne croit pas que le marché recule.', 'DENIED'],
    ['Marc Villeret ne nie pas que le marché recule.', 'ASSERTED'],
  ])('%s is %s', (text, status) => {
    expect(claimsOf(text).map((claim) => claim.status)).toEqual([status]);
  });
});

describe('a claim', () => {
  test('carries the verb that attributes it, without pronouns', () => {
    const text =
      "« La course commence », a prévenu Anna Delorme. « Elle sera longue », s'est-elle amusée. Selon Marc Villeret, elle est finie.";
    expect(claimsOf(text).map(({ verb }) => verb)).toEqual(['a prévenu', "s'est amusée", 'selon']);
  });

  test('names whom it is about, but not its own speaker', () => {
    const [claim] = claimsOf('« Nubia et Vectis se parlent, confie Anna Delorme. Bercy aussi. »');
    expect(claim?.about.map(nameOf)).toEqual(['Nubia', 'Vectis', 'Bercy']);
    expect(nameOf(claim?.speaker ?? null)).toBe('Anna Delorme');
  });

  test('has lower-case topics, the most telling first, and no names', () => {
    const [claim] = claimsOf(
      "« La souveraineté passe par l'intelligence artificielle et par les supercalculateurs de Nubia », plaide Anna Delorme.",
    );
    expect(claim?.topics[0]).toBe('intelligence artificielle');
    expect(claim?.topics).toContain('souveraineté');
    expect(claim?.topics).toContain('supercalculateurs');
    expect(claim?.topics.join(' ')).not.toMatch(/nubia|plaide/i);
  });

  test('is surer where a name stands beside the verb than where a pronoun or nothing does', () => {
    const [named, pronoun, alone] = claimsOf(
      '« La course commence », prévient Anna Delorme. « Elle sera longue », ajoute-t-elle. « Et nous la gagnerons. »',
    ).map(({ confidence }) => confidence);
    expect(named).toBeGreaterThan(pronoun!);
    expect(pronoun).toBeGreaterThan(alone!);
  });

  test('names a speaker who is no actor, and refers to none', () => {
    const [claim] = claimsOf('« La course commence », prévient Ondine Marchais.');
    expect(claim).toMatchObject({ speaker: null, speakerName: 'Ondine Marchais' });
  });

  test('is found in the headline only when there is hardly any text', () => {
    const title = 'Anna Delorme : « La course commence à peine »';
    expect(claimsOf('Lire la suite.', title)).toMatchObject([
      { field: 'TITLE', quote: 'La course commence à peine' },
    ]);
    expect(claimsOf('La suite est longue. '.repeat(40), title)).toEqual([]);
  });

  test('is not given twice when headline and summary have it', () => {
    const text = '« La course commence à peine », prévient Anna Delorme.';
    expect(claimsOf(text, 'Anna Delorme : « La course commence à peine »').map(({ field }) => field)).toEqual(
      ['TEXT'],
    );
  });
});

describe('any text', () => {
  const pieces = (
    '« | » | “ | ” | " | \' | ’ | ‘ | ‹ | › | \n |   | dit | dit-il | , | selon | X | que | . | : | ( | ) | Le | il | é | M. |' +
    ' Anna Delorme | a-t-il ajouté | « | », | \ud83d | \u0301 | l’ | ne | pas | 12" | << | >> | et | qui | – '
  ).split('|');

  test('gives claims whose spans are their words, in order, each once', () => {
    const random = createRandom(7);
    for (let round = 0; round < 400; round++) {
      let text = '';
      for (let i = random.below(90); i > 0; i--) text += pieces[random.below(pieces.length)];
      const seen = new Set<string>();
      let last = 0;
      for (const { start, end, quote } of claimsOf(text)) {
        expect(text.slice(start, end)).toBe(quote);
        expect(start).toBeGreaterThanOrEqual(last);
        expect(seen).not.toContain(`${start}-${end}`);
        seen.add(`${start}-${end}`);
        last = start;
      }
    }
  });

  test.each([
    '«',
    '"',
    ' ',
    'A',
    '“',
    '’',
    '\n',
    '. A',
    'M.',
    '« a. ',
    'dit ',
    'dit que ',
    'X dit que ',
    'selon X, ',
    ', dit-il',
    '\ud800',
    '(',
    '« A b c d », dit X. ',
    '"A b c d" ',
    '« A b c d e »\n',
  ])('of 200 KB of %j is read to the end, with bounded output', (piece) => {
    const claims = claimsOf(piece.repeat(Math.ceil(200_000 / piece.length)));
    expect(claims.length).toBeLessThanOrEqual(MAX_CLAIMS);
    for (const { quote } of claims) expect(quote.length).toBeLessThanOrEqual(MAX_QUOTATION_LENGTH);
  });
});
