import { describe, expect, test } from 'vitest';
import { importActors } from '#actor/actor.store.ts';
import { mergeActor } from '#actor/merge-actor.store.ts';
import { readLog } from '#match/match.store.ts';
import { ingestArticle } from '#pipeline/ingest-article.ts';
import { type RereadContext, type RereadOptions, reread } from '#pipeline/reread.ts';
import type { Database } from '#platform/database.ts';
import { useTestDatabase } from '../support/database.ts';
import { articleOf, createIngestContext } from '../support/ingest.ts';

const DAY_MS = 86_400_000;
const HELIOTROPE = {
  slug: 'heliotrope-calcul',
  name: 'Héliotrope Calcul',
  kind: 'COMPANY',
  aliases: [],
  affiliations: [],
  context: [],
  wikidata: null,
} as const;

const EVERYTHING: RereadOptions = { since: null, outlet: null, all: false, alertDays: 0, dryRun: false };

/** Articles that tell nothing of each other, each with a name that the register does not hold yet. */
const TOPICS = [
  'Le port de Brest confie ses grues à Héliotrope Calcul, et les dockers demandent à voir le contrat avant l’été.',
  'Dans les vignes du Médoc, des capteurs signés Héliotrope Calcul guettent le mildiou depuis deux saisons.',
  'La bibliothèque de Rennes numérise ses manuscrits : Héliotrope Calcul fournit les machines de lecture.',
  'Un hôpital de Lille range ses radios plus vite. Mistral AI et Héliotrope Calcul se partagent le marché.',
  'Les trains de nuit reviennent entre Paris et Nice ; Héliotrope Calcul en prévoit les retards.',
  'À Grenoble, le laboratoire ouvre ses portes aux lycéens pendant trois jours, avec Kyutai pour invité.',
  'Le théâtre de Nancy cherche un régisseur et Héliotrope Calcul un chef de cuisine, dit la petite annonce.',
];

async function useArticles(count = TOPICS.length) {
  const database = await useTestDatabase();
  const context = await createIngestContext(database);
  for (const [index, text] of TOPICS.slice(0, count).entries()) {
    await ingestArticle(
      context,
      articleOf({
        url: `https://semaphore.example/sujet-${index}`,
        title: `Sujet numéro ${index + 1}`,
        text,
        outlet: index % 2 === 0 ? 'Le Sémaphore' : 'Le Relais',
        publishedAt: new Date(context.clock.now().getTime() - index * DAY_MS),
      }),
    );
  }
  return { database, context: rereadContext(context) };
}

function rereadContext(
  context: Awaited<ReturnType<typeof createIngestContext>>,
): RereadContext & { clock: typeof context.clock; errors: unknown[] } {
  const errors: unknown[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (error: unknown) => void errors.push(error) };
  return { ...context, log, errors, signal: new AbortController().signal };
}

const addHeliotrope = ({ db }: Pick<Database, 'db'>) => importActors(db, [HELIOTROPE]);

async function mentionsOf({ db }: Pick<Database, 'db'>, slug: string): Promise<number[]> {
  const rows = await db.mention.findMany({
    where: { actor: { slug, status: 'CONFIRMED' } },
    orderBy: { articleId: 'asc' },
    distinct: ['articleId'],
    select: { articleId: true },
  });
  return rows.map(({ articleId }) => articleId);
}

const matchedSlugs = async ({ db }: Pick<Database, 'db'>) =>
  (await readLog(db, { after: 0n, limit: 100 })).map(
    ({ articleId, actorSlug }) => `${articleId} ${actorSlug}`,
  );

/** Everything that reading articles writes. */
async function written({ db }: Pick<Database, 'db'>) {
  return {
    articles: await db.article.findMany({ orderBy: { id: 'asc' } }),
    mentions: await db.mention.findMany({ orderBy: { id: 'asc' } }),
    claims: await db.claim.findMany({ orderBy: { id: 'asc' } }),
    reports: await db.fundingReport.findMany({ orderBy: { id: 'asc' } }),
    facts: await db.alertedFact.findMany({
      orderBy: [{ storyId: 'asc' }, { actorId: 'asc' }, { fact: 'asc' }],
    }),
    matches: await db.match.findMany({ orderBy: { seq: 'asc' } }),
    actors: await db.actor.findMany({ orderBy: { id: 'asc' } }),
  };
}

describe('reading stored articles again', () => {
  test('an actor that has come into the register is found in every article that names it, and nobody is alerted', async () => {
    const { database, context } = await useArticles();
    const before = await matchedSlugs(database);
    await addHeliotrope(database);
    const report = await reread(context, EVERYTHING);
    expect(report).toMatchObject({ reread: 7, skipped: 0, failed: 0, matches: 0, left: 0 });
    expect(report.more.mentions).toBeGreaterThan(0);
    expect(await mentionsOf(database, 'heliotrope-calcul')).toEqual([1, 2, 3, 4, 5, 7]);
    expect(await matchedSlugs(database)).toEqual(before);
  });

  test('a later copy of an article that was read again alerts nobody of what the re-read found', async () => {
    const { database, context } = await useArticles();
    await addHeliotrope(database);
    await reread(context, EVERYTHING);
    const copy = await ingestArticle(
      context,
      articleOf({
        url: 'https://relais.example/copie',
        title: 'Sujet numéro 1',
        text: TOPICS[0]!,
        outlet: 'Le Phare',
        publishedAt: context.clock.now(),
      }),
    );
    expect(copy).toMatchObject({ outcome: 'NEW', matches: 0 });
    expect(await database.db.story.count()).toBe(TOPICS.length);
  });

  test('with alert days, articles of these days alert of the new actor, and of nobody else', async () => {
    const { database, context } = await useArticles();
    const before = await matchedSlugs(database);
    await addHeliotrope(database);
    const report = await reread(context, { ...EVERYTHING, alertDays: 4 });
    // Article 4 names Mistral AI too, of which it has told already; the fifth is four days old.
    const fresh = ['1', '2', '3', '4'].map((id) => `${id} heliotrope-calcul`);
    expect(report.matches).toBe(4);
    expect(await matchedSlugs(database)).toEqual([...before, ...fresh]);
    await database.db.article.updateMany({ data: { reader: '0' } });
    expect(await reread(context, { ...EVERYTHING, alertDays: 4 })).toMatchObject({ reread: 7, matches: 0 });
  });

  test('who was found without an alert can still be alerted of, once, where alert days are asked for', async () => {
    const { database, context } = await useArticles();
    await addHeliotrope(database);
    expect(await reread(context, EVERYTHING)).toMatchObject({ matches: 0 });
    const again = { ...EVERYTHING, all: true, alertDays: 4 };
    expect(await reread(context, again)).toMatchObject({ reread: 7, matches: 4 });
    expect(await reread(context, again)).toMatchObject({ reread: 7, matches: 0 });
  });

  test('an actor that was merged after its alert is not alerted of again under its new name', async () => {
    const { database, context } = await useArticles();
    await addHeliotrope(database);
    await reread(context, { ...EVERYTHING, alertDays: 30 });
    const [from, into] = await Promise.all(
      ['heliotrope-calcul', 'asml'].map((slug) => database.db.actor.findUniqueOrThrow({ where: { slug } })),
    );
    await mergeActor(database.db, from!.id, into!.id);
    expect(await reread(context, { ...EVERYTHING, alertDays: 30 })).toMatchObject({ reread: 7, matches: 0 });
    expect(await mentionsOf(database, 'asml')).toEqual([1, 2, 3, 4, 5, 7]);
  });

  test('a statement that is read otherwise than before alerts nobody of its speaker, however young the article', async () => {
    const database = await useTestDatabase();
    const context = rereadContext(await createIngestContext(database));
    const { articleId } = await ingestArticle(
      context,
      articleOf({
        url: 'https://semaphore.example/mensch',
        title: 'Mistral AI prépare la suite',
        text: '« Nous voulons rester une entreprise européenne et indépendante », explique Arthur Mensch, le PDG de Mistral AI.',
        publishedAt: context.clock.now(),
      }),
    );
    const before = await matchedSlugs(database);
    // As an older reader would have cut it.
    await database.db.alertedFact.deleteMany({ where: { fact: { startsWith: 'claim:' } } });
    await database.db.article.update({ where: { id: articleId }, data: { reader: '0' } });
    expect(await reread(context, { ...EVERYTHING, alertDays: 30 })).toMatchObject({ reread: 1, matches: 0 });
    expect(await matchedSlugs(database)).toEqual(before);
    expect(await database.db.alertedFact.count({ where: { fact: { startsWith: 'claim:' } } })).toBe(1);
  });

  test('an article that says what it said keeps its rows, and is up to date all the same', async () => {
    const { database, context } = await useArticles();
    const rows = () => database.db.mention.findMany({ where: { articleId: 6 }, orderBy: { id: 'asc' } });
    const before = await rows();
    expect(before.length).toBeGreaterThan(0);
    await addHeliotrope(database);
    expect(await reread(context, EVERYTHING)).toMatchObject({ reread: 7, changed: 6, left: 0 });
    expect(await rows()).toEqual(before);
    // Asked for all, it is saved again: what is made of a reading may have changed.
    expect(await reread(context, { ...EVERYTHING, all: true })).toMatchObject({ reread: 7, changed: 0 });
    expect((await rows()).map(({ id }) => id)).not.toEqual(before.map(({ id }) => id));
  });

  test('an article that says what it said is left alone when it is revised meanwhile', async () => {
    const { database, context } = await useArticles();
    await addHeliotrope(database);
    await database.pool.query(`
      create function revise() returns trigger language plpgsql as $$
        begin update article set content_hash = 'revised' where id = 6; return null; end $$;
      create trigger revise after update on article for each row when (new.id = 1) execute function revise()`);
    expect(await reread(context, EVERYTHING)).toMatchObject({ reread: 6, skipped: 1, left: 1 });
  });

  test('a second run has nothing to do and writes nothing', async () => {
    const { database, context } = await useArticles(3);
    await addHeliotrope(database);
    await reread(context, EVERYTHING);
    const before = await written(database);
    expect(await reread(context, EVERYTHING)).toMatchObject({ reread: 0, skipped: 0, left: 0 });
    expect(await written(database)).toEqual(before);
  });

  test('an article that has just come in is up to date', async () => {
    const { context } = await useArticles(2);
    expect(await reread(context, EVERYTHING)).toMatchObject({ reread: 0 });
  });

  test('an interrupted run goes on where it stopped: every article is read exactly once', async () => {
    const { database, context } = await useArticles();
    await addHeliotrope(database);
    const readTitles: string[] = [];
    const stopping = new AbortController();
    const counting: RereadContext = {
      ...context,
      signal: stopping.signal,
      async reading() {
        const reading = await context.reading();
        const reader = {
          read: (article: Parameters<typeof reading.reader.read>[0]) => {
            readTitles.push(article.title);
            return reading.reader.read(article);
          },
        };
        return { ...reading, reader };
      },
      progress({ reread: done }) {
        if (done === 3) stopping.abort();
      },
    };
    expect(await reread(counting, EVERYTHING)).toMatchObject({ reread: 3, left: 4 });
    const rest = await reread({ ...counting, signal: context.signal }, EVERYTHING);
    expect(rest).toMatchObject({ reread: 4, left: 0 });
    expect(readTitles).toEqual(TOPICS.map((_, index) => `Sujet numéro ${index + 1}`));
  });

  test('two runs at the same time share the work', async () => {
    const { database, context } = await useArticles();
    await addHeliotrope(database);
    const [one, other] = await Promise.all([reread(context, EVERYTHING), reread(context, EVERYTHING)]);
    expect(one!.reread + other!.reread).toBe(TOPICS.length);
    expect(await database.db.mention.count({ where: { actor: { slug: 'heliotrope-calcul' } } })).toBe(6);
  });

  test('more articles than a batch holds are all read', async () => {
    const { database, context } = await useArticles(1);
    const article = await database.db.article.findFirstOrThrow({ include: { body: true } });
    const { body, id: _id, ...row } = article;
    for (let n = 0; n < 120; n += 1) {
      await database.db.article.create({
        data: { ...row, url: `${row.url}-${n}`, body: { create: { text: body!.text } } },
      });
    }
    await addHeliotrope(database);
    expect(await reread(context, EVERYTHING)).toMatchObject({ reread: 121, left: 0 });
  });

  test('a dry run says what would change and changes nothing', async () => {
    const { database, context } = await useArticles();
    await addHeliotrope(database);
    const before = await written(database);
    const would = await reread(context, { ...EVERYTHING, alertDays: 30, dryRun: true });
    expect(await written(database)).toEqual(before);
    const did = await reread(context, { ...EVERYTHING, alertDays: 30 });
    expect({ ...would, left: 0 }).toEqual(did);
    expect(did.matches).toBe(6);
  });

  test.each<[string, Partial<RereadOptions>, number[]]>([
    ['those published since a day', { since: new Date('2026-02-27T00:00:00Z') }, [1, 2, 3, 4]],
    ['those of one outlet', { outlet: 'Le Relais' }, [2, 4, 6]],
    [
      'those of one outlet since a day',
      { outlet: 'Le Relais', since: new Date('2026-02-27T00:00:00Z') },
      [2, 4],
    ],
  ])('only %s are read again where that is asked for', async (_what, scope, ids) => {
    const { database, context } = await useArticles();
    await addHeliotrope(database);
    expect(await reread(context, { ...EVERYTHING, ...scope })).toMatchObject({
      reread: ids.length,
      left: 0,
    });
    const { version } = await database.db.registerVersion.findUniqueOrThrow({ where: { id: 1 } });
    const current = await database.db.article.findMany({
      where: { registerVersion: version },
      orderBy: { id: 'asc' },
    });
    expect(current.map(({ id }) => id)).toEqual(ids);
  });

  test('an article that is revised while others are read again is left as its revision was read', async () => {
    const { database, context } = await useArticles(3);
    await addHeliotrope(database);
    // While the first is saved, somebody revises the second; both were loaded before.
    await database.pool.query(`
      create function revise() returns trigger language plpgsql as $$
        begin update article set content_hash = 'revised' where id = 2; return null; end $$;
      create trigger revise after update on article for each row when (new.id = 1) execute function revise()`);
    expect(await reread(context, EVERYTHING)).toMatchObject({ reread: 2, skipped: 1 });
    const revised = await database.db.article.findUniqueOrThrow({ where: { id: 2 } });
    const { version } = await database.db.registerVersion.findUniqueOrThrow({ where: { id: 1 } });
    expect(revised.registerVersion).toBeLessThan(version);
  });

  test('an article that cannot be saved is logged and left as it was, and the others are read', async () => {
    const { database, context } = await useArticles(3);
    await addHeliotrope(database);
    await database.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
      create trigger refuse before insert on mention for each row when (new.article_id = 2) execute function refuse()`);
    expect(await reread(context, EVERYTHING)).toMatchObject({ reread: 2, failed: 1, left: 1 });
    expect(context.errors).toMatchObject([{ articleId: 2 }]);
    expect(await mentionsOf(database, 'heliotrope-calcul')).toEqual([1, 3]);
    await database.pool.query('drop trigger refuse on mention');
    expect(await reread(context, EVERYTHING)).toMatchObject({ reread: 1, left: 0 });
  });
});
