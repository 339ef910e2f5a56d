import { expect, test } from 'vitest';
import { type MatchFilter, passesFilter } from '#match/filter.ts';
import { appendMatches, type MatchToLog, newestSeq, readLog } from '#match/match.store.ts';
import type { MatchReason } from '#match/match.ts';
import type { Db } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { lockLog } from '#platform/log-lock.ts';
import { createNotifications, MATCH_CHANNEL } from '#platform/notifications.ts';
import { useTestDatabase } from '../support/database.ts';
import { createRandom } from '../support/random.ts';
import { insertArticleRow } from '../support/rows.ts';

const NOW = new Date('2026-03-01T09:00:00Z');

const reason = (kind: MatchReason['kind']): MatchReason => ({
  kind,
  field: 'TITLE',
  start: 0,
  end: 5,
  text: 'Titre',
  sentence: 'Titre',
});

async function prepare(db: Db) {
  const actors = await db.actor.createManyAndReturn({
    data: [
      { slug: 'mistral-ai', name: 'Mistral AI', kind: 'COMPANY' },
      { slug: 'kyutai', name: 'Kyutai', kind: 'LAB' },
      { slug: 'arthur-mensch', name: 'Arthur Mensch', kind: 'PERSON' },
    ],
  });
  const articles = await Promise.all(
    ['Le Sémaphore', 'Tour de Table'].map((outlet, index) =>
      insertArticleRow(db, { url: `https://example.org/${index}`, outlet }),
    ),
  );
  return { actors, articles };
}

test('no match becomes visible behind one already read, whatever commits at the same time', async () => {
  const { db } = await useTestDatabase();
  const { actors, articles } = await prepare(db);
  const [article] = articles;
  let writing = true;

  const write = async (writer: number): Promise<void> => {
    const random = createRandom(writer);
    for (let i = 0; i < 25; i += 1) {
      const matches: MatchToLog[] = Array.from({ length: 1 + random.below(3) }, (_, index) => ({
        articleId: article!.id,
        storyId: article!.storyId,
        actorId: actors[random.below(actors.length)]!.id,
        facts: [`${writer}:${i}:${index}`],
        reasons: [reason('MENTIONED')],
      }));
      const rollsBack = random.chance(0.2);
      await db
        .$transaction(async (tx) => {
          await lockLog(tx);
          await appendMatches(tx, matches, NOW);
          // Numbers are drawn: the longer until the commit, the more others would overtake without the lock.
          await tx.$executeRaw`select pg_sleep(${random.next() * 0.004})`;
          if (rollsBack) throw new Error('rolled back on purpose');
        })
        .catch((error: Error) => {
          if (error.message !== 'rolled back on purpose') throw error;
        });
    }
  };
  const read = async (): Promise<bigint[]> => {
    const seen: bigint[] = [];
    for (;;) {
      const last = !writing;
      const rows = await readLog(db, { after: seen.at(-1) ?? 0n, limit: 7 });
      seen.push(...rows.map(({ seq }) => seq));
      if (last && rows.length === 0) return seen;
    }
  };
  const readers = [read(), read()];
  await Promise.all([1, 2, 3, 4, 5, 6].map(write));
  writing = false;
  const everything = (await db.match.findMany({ orderBy: { seq: 'asc' } })).map(({ seq }) => seq);
  expect(everything.length).toBeGreaterThan(100);
  for (const seen of await Promise.all(readers)) expect(seen).toEqual(everything);
});

test('a commit with matches notifies, and one that is rolled back does not', async () => {
  const { db, url } = await useTestDatabase();
  const { actors, articles } = await prepare(db);
  await using notifications = await createNotifications(url, createLog('silent'));
  const heard: string[] = [];
  const log = (fact: string, fails: boolean) =>
    db.$transaction(async (tx) => {
      await lockLog(tx);
      await appendMatches(
        tx,
        [
          {
            articleId: articles[0]!.id,
            storyId: articles[0]!.storyId,
            actorId: actors[0]!.id,
            facts: [fact],
            reasons: [],
          },
        ],
        NOW,
      );
      if (fails) throw new Error('no');
    });
  const first = new Promise<void>((done) => {
    notifications.listen(MATCH_CHANNEL, (payload) => {
      heard.push(payload);
      done();
    });
  });
  await expect(log('a', true)).rejects.toThrow('no');
  await log('b', false);
  await first;
  expect(heard).toHaveLength(1);
  expect(await newestSeq(db)).toBeGreaterThan(0n);
});

test('the filter means the same in Postgres as in memory', async () => {
  const { db } = await useTestDatabase();
  const { actors, articles } = await prepare(db);
  const kinds = ['MENTIONED', 'SPEAKING', 'RAISING'] as const;
  await db.$transaction(async (tx) => {
    await lockLog(tx);
    await appendMatches(
      tx,
      articles.flatMap((article) =>
        actors.flatMap((actor) =>
          kinds.map((kind) => ({
            articleId: article.id,
            storyId: article.storyId,
            actorId: actor.id,
            facts: [`${article.id} ${actor.id} ${kind}`],
            reasons: kind === 'RAISING' ? [reason(kind), reason('MENTIONED')] : [reason(kind)],
          })),
        ),
      ),
      NOW,
    );
  });
  const all = await readLog(db, { after: 0n, limit: 100 });
  expect(all).toHaveLength(18);
  const filters: MatchFilter[] = [
    {},
    { actors: ['kyutai'] },
    { actors: ['kyutai', 'arthur-mensch'], reasons: ['SPEAKING'] },
    { actors: ['mistral-ai'], spokespeople: ['arthur-mensch'] },
    { actors: ['mistral-ai'], spokespeople: ['arthur-mensch'], reasons: ['RAISING'] },
    { actorKinds: ['PERSON', 'LAB'] },
    { outlets: ['Tour de Table'], reasons: ['MENTIONED', 'RAISING'] },
    { reasons: ['MENTIONED'] },
    { actors: [] },
    { outlets: ['nobody'] },
    { actors: null, actorKinds: null, outlets: null, reasons: null },
  ];
  const sizes = [];
  for (const filter of filters) {
    const inPostgres = await readLog(db, { after: 0n, limit: 100, filter });
    expect(inPostgres).toEqual(all.filter((match) => passesFilter(match, filter)));
    sizes.push(inPostgres.length);
  }
  expect(sizes).toEqual([18, 6, 4, 8, 2, 12, 6, 12, 0, 0, 18]);
});
