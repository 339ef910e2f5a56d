/** Answers are kept until what they come from changes, and no longer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Prisma } from '#generated/prisma/client.ts';
import type { Database } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { CHANGE_CHANNEL, createNotifications, type Notifications } from '#platform/notifications.ts';
import { type AnswerCache, createAnswerCache, type Statement } from '#server/answer-cache.ts';
import { createTestDatabase } from '../support/database.ts';
import { seedActor, seedArticle } from '../support/seed.ts';

const { sql } = Prisma;

let database: Database;
let notifications: Notifications;
let cache: AnswerCache;
beforeAll(async () => {
  database = await createTestDatabase();
  notifications = await createNotifications(database.url, createLog('silent'));
  cache = createAnswerCache(notifications, 1_000_000);
});
afterAll(async () => {
  cache[Symbol.dispose]();
  await notifications[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** Resolves once Postgres has said that the table changed. */
function changeOf(table: string): Promise<void> {
  return new Promise((done) => {
    const stop = notifications.listen(CHANGE_CHANNEL, (name) => {
      if (name !== table) return;
      stop();
      done();
    });
  });
}

/** A statement as the cache gives it, never built before. */
async function prepared(statement: Prisma.Sql): Promise<Statement> {
  return (await cache.statement({ document: {}, rest: '' }, async () => statement))!;
}

/** What the cache answers, and whether the database was asked for it. */
async function answer(sqlOf: Prisma.Sql): Promise<{ json: string; asked: boolean }> {
  const statement = await prepared(sqlOf);
  let asked = false;
  const json = await cache.answer(statement, async () => {
    asked = true;
    const { rows } = await database.pool.query<{ data: string }>(statement.text, [...statement.values]);
    return JSON.stringify(rows[0]!.data);
  });
  return { json, asked };
}

const actors = (least: number): Prisma.Sql =>
  sql`select count(*)::int as data from actor where id > ${least}::int4`;
const articles = sql`select count(*)::int as data from article`;

test('the same statement is asked once; another value is another answer', async () => {
  expect(await answer(actors(0))).toEqual({ json: '0', asked: true });
  expect(await answer(actors(0))).toEqual({ json: '0', asked: false });
  expect(await answer(actors(1))).toEqual({ json: '0', asked: true });
});

test('a row written anywhere ends what came from its table, and nothing else', async () => {
  await answer(actors(0));
  await answer(articles);
  const changed = changeOf('actor');
  await seedActor(database.db, { slug: 'kyutai', name: 'Kyutai', kind: 'LAB' });
  await changed;
  expect(await answer(actors(0))).toEqual({ json: '1', asked: true });
  expect(await answer(articles)).toEqual({ json: '0', asked: false });
});

test('an article that comes in is in the next answer', async () => {
  await answer(articles);
  const changed = changeOf('article');
  await seedArticle(database.db, { url: 'https://a.example/1' });
  await changed;
  expect(await answer(articles)).toEqual({ json: '1', asked: true });
});

test('what changes while it is asked is not kept', async () => {
  const before = await cache.answer(await prepared(actors(-1)), async () => {
    const changed = changeOf('actor');
    await seedActor(database.db, { slug: 'inria', name: 'Inria', kind: 'LAB' });
    await changed;
    return 'read before';
  });
  expect(before).toBe('read before');
  expect(await answer(actors(-1))).toEqual({ json: '2', asked: true });
});

test('a statement is built once for a question, and again when an actor may have another key', async () => {
  const document = {};
  let built = 0;
  const ask = (rest: string) =>
    cache.statement({ document, rest }, async () => {
      built += 1;
      return rest === 'not in SQL' ? null : actors(built);
    });
  const first = await ask('a');
  expect(await ask('a')).toBe(first);
  expect(await ask('b')).not.toBe(first);
  expect(await ask('not in SQL')).toBeNull();
  expect(await ask('not in SQL')).toBeNull();
  expect(built).toBe(3);
  const changed = changeOf('actor');
  await database.db.actor.update({ where: { slug: 'kyutai' }, data: { name: 'Kyutai.' } });
  await changed;
  expect(await ask('a')).not.toBe(first);
});

test('an answer that failed is asked again', async () => {
  const statement = sql`select count(*)::int as data from story`;
  await expect(
    cache.answer(await prepared(statement), () => Promise.reject(new Error('gone'))),
  ).rejects.toThrow('gone');
  expect((await answer(statement)).asked).toBe(true);
});

test('nothing is kept while nobody would say that it changed, and nothing old is given afterwards', async () => {
  await answer(actors(0));
  const lost = new Promise<void>((done) => {
    const stop = notifications.listen(CHANGE_CHANNEL, (name) => {
      if (name !== '') return;
      stop();
      done();
    });
  });
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`,
  );
  // Its listeners are called without a name once it listens again.
  await lost;
  expect(await answer(actors(0))).toEqual({ json: '2', asked: true });
  expect((await answer(actors(0))).asked).toBe(false);
});
