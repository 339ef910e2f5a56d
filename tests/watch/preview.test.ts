import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/database.ts';
import { loadPreview, PREVIEW_MAX } from '#watch/preview.store.ts';
import { logMatch, useClock } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import { codesOf, type Graph, openGraph } from '../support/graph.ts';

let database: Database;
let graph: Graph;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = openGraph(database);
});
afterAll(() => database[Symbol.asyncDispose]());

const DOCUMENT = `query ($filter: MatchFilterInput!, $days: Int! = 14) { watchPreview(filter: $filter, days: $days) {
  count capped perWeek weeks { start count } outlets { outlet count } actors { actor { slug } count }
  examples { article { title } }
} }`;
const preview = async (filter: object) =>
  (await graph.ask<{ watchPreview: Record<string, unknown> }>(DOCUMENT, { filter })).watchPreview;

test('a preview counts by week, outlet and actor what the filter would have let pass, and shows the newest', async () => {
  const clock = useClock(new Date('2026-02-20T08:00:00Z'));
  await logMatch(database, { actor: 'Kyutai', outlet: 'Trop tôt', title: 'avant' });
  clock.set(new Date('2026-03-01T23:30:00Z'));
  await logMatch(database, { actor: 'Kyutai', outlet: 'La Gazette', title: 'lundi à Paris' });
  clock.set(new Date('2026-03-11T08:00:00Z'));
  await logMatch(database, { actor: 'Kyutai', outlet: 'La Gazette', title: 'mercredi' });
  const old = await logMatch(database, {
    actor: 'Old',
    outlet: 'Le Phare',
    title: 'fusionné',
    kind: 'RAISING',
  });
  const { actorId } = await database.db.match.findUniqueOrThrow({ where: { seq: old.seq } });
  const kyutai = await database.db.actor.findUniqueOrThrow({ where: { slug: 'kyutai' } });
  await database.db.actor.update({ where: { id: actorId }, data: { mergedIntoId: kyutai.id } });
  await logMatch(database, { actor: 'Autre', outlet: 'Le Phare', title: 'autre' });
  clock.set(new Date('2026-03-12T08:00:00Z'));
  expect(await preview({ actors: ['kyutai'] })).toEqual({
    count: 3,
    capped: false,
    perWeek: 1.5,
    weeks: [
      { start: '2026-02-22T23:00:00.000Z', count: 0 },
      { start: '2026-03-01T23:00:00.000Z', count: 1 },
      { start: '2026-03-08T23:00:00.000Z', count: 2 },
    ],
    outlets: [
      { outlet: 'La Gazette', count: 2 },
      { outlet: 'Le Phare', count: 1 },
    ],
    actors: [{ actor: { slug: 'kyutai' }, count: 3 }],
    examples: [
      { article: { title: 'fusionné' } },
      { article: { title: 'mercredi' } },
      { article: { title: 'lundi à Paris' } },
    ],
  });
  expect(await preview({ reasons: ['RAISING'] })).toMatchObject({ count: 1 });
  expect(await preview({ actors: [] })).toMatchObject({ count: 0, perWeek: 0, outlets: [], examples: [] });
});

test('a time without end and a filter that makes no sense are refused, naming the argument', async () => {
  for (const [variables, argument] of [
    [{ filter: {}, days: 0 }, 'days'],
    [{ filter: {}, days: 367 }, 'days'],
    [{ filter: { words: 'a (b' } }, 'filter.words'],
  ] as const) {
    const answer = await graph.tryAsk(DOCUMENT, variables);
    expect(codesOf(answer)).toMatchObject([{ code: 'BAD_USER_INPUT', path: 'watchPreview' }]);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ argument });
  }
});

test('of a filter that lets everything pass, no more than the newest ten thousand are counted', async () => {
  await database.db.$executeRaw`
    insert into match (article_id, actor_id, story_id, reasons, created_at)
    select article_id, actor_id, story_id, reasons, '2026-05-01T00:00:00Z' from match, generate_series(1, 2001) limit 10001`;
  const now = new Date('2026-05-02T00:00:00Z');
  const all = await loadPreview(database.db, {}, { days: 2, now });
  expect(all).toMatchObject({ count: PREVIEW_MAX.matches, capped: true });
  const newest = await database.db.match.findMany({
    select: { seq: true },
    orderBy: { seq: 'desc' },
    take: PREVIEW_MAX.rows,
  });
  expect(all.examples).toEqual(newest.map(({ seq }) => seq));
});
