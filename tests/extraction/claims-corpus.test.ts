import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findClaims } from '#extraction/claims.ts';
import { foundActors, type NamedActor } from '../support/found-actors.ts';

interface Case {
  readonly title: string;
  readonly text: string;
  readonly published: string | null;
  readonly heldOut?: boolean;
  readonly gold: {
    readonly actors: readonly NamedActor[];
    readonly claims: readonly {
      readonly speaker: string | null;
      readonly quote: string;
      readonly kind: string;
    }[];
  };
}

const FOLDER = new URL('../corpus/', import.meta.url);
const CASES = readdirSync(FOLDER)
  .filter((file) => /^claims-.*\.json$/.test(file))
  .map((file): [string, Case] => [
    file.slice(7, -5),
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Case,
  ]);
const OPEN = CASES.filter(([, { heldOut }]) => !heldOut);

describe('the labelled texts', () => {
  test('are at least twenty, a third of them held out', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(20);
    expect(CASES.length - OPEN.length).toBeGreaterThanOrEqual(CASES.length / 3);
  });

  test.each(CASES)('%s labels words and names that stand in it', (_, { title, text, gold }) => {
    for (const { quote } of gold.claims) expect(text).toContain(quote);
    for (const { mentions } of gold.actors)
      for (const mention of mentions ?? []) expect(`${title}\n${text}`).toContain(mention);
  });

  test.each(OPEN)('%s gives the claims and speakers of its labels', (_, { title, text, published, gold }) => {
    const article = { title, text, publishedAt: published === null ? null : new Date(published) };
    const found = foundActors(gold.actors, article);
    const claims = findClaims(article, found).map(({ kind, quote, speaker, speakerName }) => ({
      kind,
      quote,
      speaker: speaker === null ? speakerName : (found.actors[speaker]?.name ?? null),
    }));
    const byPlace = (a: { quote: string }, b: { quote: string }): number =>
      text.indexOf(a.quote) - text.indexOf(b.quote);
    expect(claims.map(({ kind, quote }) => [kind, quote])).toEqual(
      [...gold.claims].sort(byPlace).map(({ kind, quote }) => [kind, quote]),
    );
    const speakers = [...gold.claims].sort(byPlace).map(({ speaker }) => speaker);
    claims.forEach(({ speaker }, i) => {
      expect(lastWord(speaker)).toBe(lastWord(speakers[i] ?? null));
    });
  });
});

/** "Le Monde" and "Monde", "Mme Vautrin" and "Irène Vautrin" are one speaker. */
function lastWord(name: string | null): string | null {
  return name === null ? null : (name.split(/[\s']/).at(-1) ?? null);
}
