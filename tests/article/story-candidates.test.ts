import { expect, test } from 'vitest';
import { type IncomingArticle, insertArticle } from '#article/article.store.ts';
import { loadStoryCandidates, pruneSignatures } from '#article/story.store.ts';
import { storySignature } from '#article/story-signature.ts';
import { ingestArticle } from '#pipeline/ingest-article.ts';
import type { Database } from '#platform/database.ts';
import { useTestDatabase } from '../support/database.ts';
import { articleOf, createIngestContext } from '../support/ingest.ts';

const NOON = new Date('2026-03-02T12:00:00Z');
const before = (minutes: number): Date => new Date(NOON.getTime() - minutes * 60_000);

/** What a bulletin says every time. */
const BOILERPLATE =
  'Chaque matin la rédaction du bulletin vous propose le résumé des annonces du secteur, choisi par ses journalistes et ' +
  'envoyé gratuitement à ses abonnés, qui peuvent répondre à ce message pour signaler une erreur ou proposer un sujet.';
const NEWS =
  'La coopérative laitière de Vire confie le tri de ses lots à un modèle entraîné sur dix ans de relevés, et promet de ' +
  'publier ses résultats avant la foire de printemps.';

const bulletin = (number: number): IncomingArticle =>
  articleOf({
    url: `https://bulletin.example/${number}`,
    outlet: `Bulletin ${number}`,
    title: `Bulletin du secteur, édition ${number}`,
    text: `${BOILERPLATE} Aujourd’hui ${number} brèves.`,
    publishedAt: before(number),
  });
const ORIGINAL = articleOf({
  url: 'https://bocage.example/lait',
  outlet: 'Le Bocage',
  title: 'À Vire, la coopérative laitière trie ses lots avec un modèle',
  text: `${BOILERPLATE} ${NEWS}`,
  publishedAt: before(60 * 60),
});
const COPY = { ...ORIGINAL, url: 'https://relais.example/lait', outlet: 'Le Relais', publishedAt: NOON };

/** Articles as they are found by, each in a story of its own. */
async function storeAll({ write }: Database, articles: readonly IncomingArticle[]): Promise<void> {
  await write((tx) =>
    Promise.all(
      articles.map((article) =>
        insertArticle(tx, article, {
          contentHash: article.url,
          reader: 'test',
          registerVersion: 1n,
          readingHash: '',
          publishedAt: article.publishedAt!,
          signature: storySignature(article.title, article.text),
          now: NOON,
          story: null,
        }),
      ),
    ),
  );
}

const bulletins = (from: number, to: number): IncomingArticle[] =>
  Array.from({ length: to - from }, (_, at) => bulletin(from + at));

test('a look-up among hundreds of look-alikes reads a bounded number of rows', async () => {
  const database = await useTestDatabase();
  const { bands } = storySignature(COPY.title, COPY.text);
  await storeAll(database, bulletins(1, 401));
  // Planned as in a database that has been running for a while.
  await database.pool.query('analyze');
  const read = await database.write(async (tx) => {
    await loadStoryCandidates(tx, { bands, publishedAt: NOON });
    const [row] = await tx.$queryRaw<[{ read: bigint }]>`
      select pg_stat_get_xact_tuples_returned('article_band_pkey'::regclass)
           + pg_stat_get_xact_tuples_returned('article_band'::regclass) as read`;
    return Number(row.read);
  });
  expect(read).toBeGreaterThan(0);
  // Eight a band on either side, each counted in the index and perhaps in the table again; 400 bulletins have thousands.
  expect(read).toBeLessThanOrEqual(bands.length * 8 * 2 * 2);
});

test('the story of a copy is found behind hundreds of nearer articles with the same boilerplate', async () => {
  const database = await useTestDatabase();
  const context = await createIngestContext(database);
  const { articleId } = await ingestArticle(context, ORIGINAL);
  await storeAll(database, bulletins(1, 301));
  const { storyId } = await database.db.article.findUniqueOrThrow({ where: { id: articleId } });
  const copy = await ingestArticle(context, COPY);
  expect(await database.db.article.findUnique({ where: { id: copy.articleId } })).toMatchObject({ storyId });
});

test('a revised text is found by what it says now', async () => {
  const database = await useTestDatabase();
  const context = await createIngestContext(database);
  const text = 'La fête de la pomme se tiendra dimanche sur la place du marché, avec le concours des écoles.';
  const { articleId } = await ingestArticle(context, { ...ORIGINAL, text });
  await ingestArticle(context, ORIGINAL);
  const found = async (title: string, said: string) =>
    (
      await database.write((tx) =>
        loadStoryCandidates(tx, { bands: storySignature(title, said).bands, publishedAt: NOON }),
      )
    ).length;
  expect(await found('', ORIGINAL.text)).toBe(1);
  expect(await found('', text)).toBe(0);
  const [stored] = await database.db.$queryRaw<[{ same: boolean }]>`
    select array(select band from article_band where article_id = ${articleId} order by band)
         = array(select unnest(bands) from article_signature where article_id = ${articleId} order by 1) as same`;
  expect(stored.same).toBe(true);
});

test('what an article is found by is forgotten half a year after it came out, and not before', async () => {
  const database = await useTestDatabase();
  const days = (count: number): Date => before(count * 24 * 60);
  const written = (number: number, publishedAt: Date) => ({ ...bulletin(number), publishedAt });
  await storeAll(database, [
    written(1, days(181)),
    written(2, days(179)),
    written(3, days(400)),
    written(4, NOON),
  ]);
  const counts = () =>
    Promise.all([
      database.db.articleSignature.findMany({ select: { articleId: true }, orderBy: { articleId: 'asc' } }),
      database.db.articleBand.findMany({
        distinct: 'articleId',
        select: { articleId: true },
        orderBy: { articleId: 'asc' },
      }),
    ]);
  const kept = await database.db.article.findMany({
    where: { publishedAt: { gt: days(180) } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  expect(await pruneSignatures(database.write, NOON)).toBe(2);
  const ids = kept.map(({ id }) => ({ articleId: id }));
  expect(await counts()).toEqual([ids, ids]);
  expect(await pruneSignatures(database.write, NOON)).toBe(0);
});
