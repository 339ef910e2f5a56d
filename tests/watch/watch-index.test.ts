/** The index against the filter itself, watch by watch. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passesFilter, type SavedFilter } from '#match/filter.ts';
import { type LoggedMatch, type MatchReason, REASON_KINDS } from '#match/match.ts';
import { searchableWords } from '#match/words.ts';
import { WatchIndex } from '#watch/watch-index.ts';

const SLUGS = ['mistral-ai', 'old-mistral', 'kyutai', 'arthur-mensch', 'cedric-o'];
/** Who speaks for whom. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'arthur-mensch': ['mistral-ai'],
  'cedric-o': ['mistral-ai', 'kyutai'],
};
const KINDS = ['COMPANY', 'LAB', 'PERSON'] as const;
const OUTLETS = ['Le Sémaphore', 'Tour de Table'];
const VOCABULARY = ['levées', 'de', 'fonds', 'l’IA', 'Mistral', 'bourse', 'série', 'A', 'Paris', '—'];
const FUNDING = ['RUMOURED', 'PLANNED', 'CLOSED'] as const;
const CLAIMS = ['ASSERTED', 'CONDITIONAL', 'DENIED'] as const;
const PHRASES = [
  'levée',
  'fonds',
  'IA',
  'mistral',
  'paris',
  '"levée de fonds"',
  '"série A"',
  '"levée fonds IA mistral bourse"',
];

const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(...PHRASES),
    fc
      .tuple(tie('query'), fc.constantFrom(' ', ' OR '), tie('query'))
      .map(([a, op, b]) => `(${a})${op}(${b})`),
    tie('query').map((inner) => `-(${inner})`),
  ),
}));
const some = <T>(values: readonly T[], freq = 2) =>
  fc.option(fc.subarray([...values]), { nil: undefined, freq });
const filters: fc.Arbitrary<SavedFilter> = fc
  .record({
    actors: some(SLUGS),
    withSpokespeople: fc.boolean(),
    actorKinds: some(KINDS, 1),
    outlets: some(OUTLETS, 1),
    reasons: some(REASON_KINDS, 1),
    words: fc.option(query, { nil: undefined, freq: 1 }),
    minimumEur: fc.option(fc.constantFrom(0, 1e6), { nil: undefined, freq: 1 }),
    fundingStatuses: some(FUNDING, 1),
    claimStatuses: some(CLAIMS, 1),
    minimumIndependentTexts: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 1 }),
  })
  // Most watches name one or two conditions; with all of them nothing would ever pass.
  .chain((all) =>
    fc
      .subarray(Object.keys(all) as (keyof SavedFilter)[], { maxLength: 4 })
      .map((kept) => Object.fromEntries(kept.map((name) => [name, all[name]]))),
  );
const reasons: fc.Arbitrary<MatchReason> = fc
  .record({
    kind: fc.constantFrom(...REASON_KINDS),
    amountEur: fc.constantFrom(null, 0, 5e6),
    fundingStatus: fc.constantFrom(...FUNDING),
    claimStatus: fc.constantFrom(...CLAIMS),
  })
  .map((reason) => ({ ...reason, field: 'TITLE', start: 0, end: 1, text: 'T', sentence: 'T' }));
const prose = fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 9 }).map((words) => words.join(' '));
const lines: fc.Arbitrary<LoggedMatch> = fc
  .record({
    slugs: fc.constantFrom(['mistral-ai', 'old-mistral'], ...SLUGS.slice(2).map((slug) => [slug])),
    actorKind: fc.constantFrom(...KINDS),
    outlet: fc.constantFrom(...OUTLETS),
    reasons: fc.array(reasons, { minLength: 1, maxLength: 3 }),
    words: fc.option(fc.record({ title: prose, text: prose }).map(searchableWords), { nil: null, freq: 8 }),
    independentTexts: fc.integer({ min: 1, max: 3 }),
    corroborates: fc.option(fc.constant(1n), { freq: 1 }),
  })
  .map(({ slugs, ...line }) => ({
    ...line,
    seq: 1n,
    articleId: 1,
    actorId: 1,
    storyId: 1,
    createdAt: new Date(0),
    actorSlug: slugs[0]!,
    actorSlugs: slugs,
  }));

/** What `resolveMatchFilter` makes of it. */
function resolved(filter: SavedFilter) {
  if (filter.withSpokespeople !== true || filter.actors === undefined) return filter;
  const speaks = (slug: string) => MEMBERS[slug]?.some((of) => filter.actors?.includes(of)) ?? false;
  return { ...filter, spokespeople: SLUGS.filter(speaks) };
}

type Step = { readonly watch: number; readonly filter: SavedFilter | null };
const steps: fc.Arbitrary<Step> = fc.record({
  watch: fc.integer({ min: 1, max: 25 }),
  filter: fc.option(filters, { nil: null, freq: 4 }),
});

test('the index finds exactly the watches that the filter lets pass, after any additions, changes and removals', () => {
  let passed = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 3, arbitrary: steps }, { weight: 1, arbitrary: lines }), {
        minLength: 20,
        maxLength: 80,
      }),
      (events) => {
        const index = new WatchIndex();
        const watches = new Map<number, SavedFilter>();
        for (const event of events) {
          if ('watch' in event) {
            const { watch, filter } = event;
            if (filter === null) {
              index.remove(watch);
              watches.delete(watch);
            } else {
              index.set(watch, filter);
              watches.set(watch, filter);
            }
            expect(index.size).toBe(watches.size);
          } else {
            const speaksFor = event.actorSlugs.flatMap((slug) => MEMBERS[slug] ?? []);
            const naive = [...watches].filter(([, filter]) => passesFilter(event, resolved(filter)));
            passed += naive.length;
            const found = index.matching(event, speaksFor);
            expect(found.toSorted((a, b) => a - b)).toEqual(
              naive.map(([watch]) => watch).sort((a, b) => a - b),
            );
          }
        }
      },
    ),
    { numRuns: 400, seed: 5 },
  );
  expect(passed).toBeGreaterThan(2_000);
});

test('a watch whose words are no query is refused, and leaves the others alone', () => {
  const index = new WatchIndex();
  index.set(1, { actors: ['kyutai'] });
  index.set(2, { words: 'fonds' });
  expect(() => index.set(2, { words: 'a (b' })).toThrow('this bracket is never closed');
  expect(index.size).toBe(1);
});

test.each<[string, SavedFilter, SavedFilter]>([
  ['withSpokespeople', { actors: ['kyutai'] }, { actors: ['kyutai'], withSpokespeople: true }],
  ['minimumEur', { minimumEur: 0 }, { minimumEur: 1e6 }],
  ['fundingStatuses', { fundingStatuses: ['PLANNED'] }, { fundingStatuses: ['CLOSED'] }],
  ['claimStatuses', { claimStatuses: ['DENIED'] }, { claimStatuses: ['ASSERTED'] }],
  ['minimumIndependentTexts', { minimumIndependentTexts: 2 }, { minimumIndependentTexts: 3 }],
])('watches that differ in %s alone are not taken for one another', (_name, one, other) => {
  const index = new WatchIndex();
  for (const [watch, filter] of [one, other, one].entries()) index.set(watch, filter);
  index.set(2, other);
  const all = fc.sample(lines, { numRuns: 200, seed: 9 });
  let differ = 0;
  for (const line of all) {
    const speaksFor = line.actorSlugs.flatMap((slug) => MEMBERS[slug] ?? []);
    const passes = [one, other, other].map((filter) => passesFilter(line, resolved(filter)));
    expect(index.matching(line, speaksFor).toSorted()).toEqual([0, 1, 2].filter((watch) => passes[watch]));
    differ += passes[0] === passes[1] ? 0 : 1;
  }
  expect(differ).toBeGreaterThan(0);
});
