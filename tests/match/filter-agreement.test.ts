/** The filter in memory and the filter in SQL are two programs; here each is held against the other. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendCorroborations } from '#match/corroboration.store.ts';
import { CORROBORATION_MAX, type MatchFilter, passesFilter } from '#match/filter.ts';
import { appendMatches, readLog } from '#match/match.store.ts';
import { type LoggedMatch, type MatchReason, REASON_KINDS } from '#match/match.ts';
import type { Database } from '#platform/database.ts';
import { lockLog } from '#platform/log-lock.ts';
import { createTestDatabase } from '../support/database.ts';
import { createRandom } from '../support/random.ts';
import { insertArticleRow } from '../support/rows.ts';

const KINDS = ['COMPANY', 'LAB', 'PERSON', 'COMPANY'] as const;
/** `old` was merged into `mistral-ai`. */
const SLUGS = ['mistral-ai', 'kyutai', 'arthur-mensch', 'old'];
const OUTLETS = ['Le Sémaphore', 'Tour de Table'];
const VOCABULARY = ['levée', 'de', 'fonds', 'l’IA', 'Mistral', 'bourses', 'série', 'A', 'Paris', '—'];
const EUROS = [null, 0, 999_999.99, 1_000_000, 2.5e9];
const FUNDING = ['RUMOURED', 'PLANNED', 'CLOSED'] as const;
const CLAIMS = ['ASSERTED', 'CONDITIONAL', 'DENIED'] as const;

const NOW = new Date('2026-03-01T09:00:00Z');

let database: Database;
let all: readonly LoggedMatch[];
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const random = createRandom(11);
  const pick = <T>(values: readonly T[]): T => values[random.below(values.length)]!;
  const actors: number[] = [];
  for (const [index, slug] of SLUGS.entries()) {
    const mergedIntoId = slug === 'old' ? actors[0]! : null;
    const { id } = await db.actor.create({ data: { slug, name: slug, kind: KINDS[index]!, mergedIntoId } });
    actors.push(id);
  }
  const reason = (): MatchReason => {
    const kind = pick(REASON_KINDS);
    const base = { kind, field: 'TITLE' as const, start: 0, end: 1, text: 'T', sentence: 'T' };
    if (kind === 'RAISING' || kind === 'INVESTING')
      return { ...base, amountEur: pick(EUROS), fundingStatus: pick(FUNDING) };
    return kind === 'MENTIONED' ? base : { ...base, claimStatus: pick(CLAIMS) };
  };
  for (let index = 0; index < 40; index += 1) {
    const { id, storyId } = await insertArticleRow(db, {
      url: `https://example.org/${index}`,
      outlet: pick(OUTLETS),
    });
    const words = () => Array.from({ length: random.below(9) }, () => pick(VOCABULARY)).join(' ');
    const text = index % 8 === 7 ? undefined : { title: words(), text: words() };
    await db.$transaction(async (tx) => {
      await lockLog(tx);
      const lines = actors
        .filter(() => random.chance(0.6))
        .map((actorId) => ({
          articleId: id,
          storyId,
          actorId,
          facts: ['mention'],
          reasons: Array.from({ length: 1 + random.below(3) }, reason),
        }));
      await appendMatches(tx, lines, NOW, text);
    });
    // Told again, by chance often: by texts that bring nothing new, and by some that do.
    while (random.chance(0.5)) {
      await db.$transaction(async (tx) => {
        await lockLog(tx);
        await tx.story.update({ where: { id: storyId }, data: { independentTexts: { increment: 1 } } });
        await appendCorroborations(tx, storyId, NOW);
        if (random.chance(0.5)) return;
        const line = { articleId: id, storyId, actorId: pick(actors), facts: ['more'], reasons: [reason()] };
        await appendMatches(tx, [line], NOW, text);
      });
    }
  }
  all = await readLog(db, { after: 0n, limit: 1_000 });
  expect(all.length).toBeGreaterThan(80);
});
afterAll(() => database[Symbol.asyncDispose]());

const { words } = fc.letrec<{ words: string }>((tie) => ({
  words: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('levées', 'fonds', 'IA', 'mistral', 'bourse', 'Paris', '"levée de fonds"', '"série A"'),
    fc
      .tuple(tie('words'), fc.constantFrom(' ', ' OR '), tie('words'))
      .map(([a, op, b]) => `(${a})${op}(${b})`),
    tie('words').map((inner) => `-(${inner})`),
  ),
}));
const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values]), { nil: undefined, freq: 2 });
const filters: fc.Arbitrary<MatchFilter> = fc.record({
  actors: some([...SLUGS, 'nobody']),
  spokespeople: some(['arthur-mensch']),
  actorKinds: some(['COMPANY', 'LAB', 'PERSON'] as const),
  outlets: some([...OUTLETS, 'nobody']),
  reasons: some(REASON_KINDS),
  words: fc.option(words, { nil: undefined }),
  minimumEur: fc.option(fc.constantFrom(0, 999_999.99, 1_000_000, 1e12), { nil: undefined, freq: 1 }),
  fundingStatuses: some(FUNDING),
  claimStatuses: some(CLAIMS),
  minimumIndependentTexts: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined, freq: 1 }),
});

test('a filter gives the same verdict in Postgres as in memory, on every line', async () => {
  let passed = 0;
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      const inPostgres = await readLog(database.db, { after: 0n, limit: 1_000, filter });
      expect(inPostgres).toEqual(all.filter((line) => passesFilter(line, filter)));
      passed += inPostgres.length;
    }),
    { numRuns: 400, seed: 3 },
  );
  expect(passed).toBeGreaterThan(200);
});

test('a filter on independent texts lets the same lines pass as without, each once, when their story has come so far', async () => {
  const stories = await database.db.story.findMany({ select: { id: true, independentTexts: true } });
  const texts = new Map(stories.map((story) => [story.id, story.independentTexts]));
  expect(Math.max(...texts.values())).toBeGreaterThan(3);
  let passed = 0;
  fc.assert(
    fc.property(
      filters,
      fc.integer({ min: 1, max: CORROBORATION_MAX }),
      (filter, minimumIndependentTexts) => {
        const of = (more: MatchFilter) => all.filter((line) => passesFilter(line, { ...filter, ...more }));
        const later = of({ minimumIndependentTexts }).map(({ corroborates, seq }) => corroborates ?? seq);
        const due = of({ minimumIndependentTexts: null }).filter(
          ({ storyId }) => texts.get(storyId)! >= minimumIndependentTexts,
        );
        expect(later.toSorted((a, b) => Number(a - b))).toEqual(due.map(({ seq }) => seq));
        passed += later.length;
      },
    ),
    { numRuns: 400, seed: 7 },
  );
  expect(passed).toBeGreaterThan(200);
});

test('each condition alone lets some lines pass and others not', () => {
  const conditions: MatchFilter[] = [
    { actors: ['kyutai'] },
    { words: '"levée de fonds"' },
    { words: '-fonds' },
    { minimumEur: 1_000_000 },
    { fundingStatuses: ['CLOSED'] },
    { claimStatuses: ['DENIED'] },
    { minimumIndependentTexts: 2 },
  ];
  for (const filter of conditions) {
    const count = all.filter((line) => passesFilter(line, filter)).length;
    expect(count, JSON.stringify(filter)).toBeGreaterThan(0);
    expect(count, JSON.stringify(filter)).toBeLessThan(all.length);
  }
});

test('an actor answers to the slugs of those that were merged into it, and their lines to its own', () => {
  const of = (slug: string) => all.filter((line) => passesFilter(line, { actors: [slug] }));
  expect(of('old')).toEqual(of('mistral-ai'));
  expect(new Set(of('old').map(({ actorId }) => actorId)).size).toBe(2);
  expect(of('mistral-ai').every(({ actorSlug }) => actorSlug === 'mistral-ai')).toBe(true);
});
