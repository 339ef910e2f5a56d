import { describe, expect, test } from 'vitest';
import { readLog, readNewLines } from '#match/match.store.ts';
import { ingestArticle } from '#pipeline/ingest-article.ts';
import { createTestDatabase, useTestDatabase } from '../support/database.ts';
import { articleOf, createIngestContext } from '../support/ingest.ts';

const ROUND = articleOf({
  url: 'https://semaphore.example/mistral-leve?utm_source=rss',
  title: 'Mistral AI lève 600 millions d’euros auprès d’Index Ventures',
  text:
    'La jeune pousse Mistral AI annonce ce lundi une levée de fonds de 600 millions d’euros, menée par Index Ventures. ' +
    'L’opération doit financer des centres de calcul en Île-de-France et le recrutement de chercheurs.\n' +
    '« Nous voulons rester une entreprise européenne et indépendante », explique Arthur Mensch, le PDG de Mistral AI. ' +
    'La société emploie désormais près de deux cents personnes entre Paris, Londres et Palo Alto.',
});

const COPY = articleOf({
  ...ROUND,
  url: 'https://relais.example/depeches/mistral-leve-600-millions',
  title: `${ROUND.title} | Le Relais`,
  outlet: 'Le Relais',
  publishedAt: new Date('2026-03-02T07:45:00Z'),
});

/** Another newsroom's own words. */
const OWN = articleOf({
  ...ROUND,
  url: 'https://gazette.example/mistral-index',
  title: 'Avec Index Ventures, Mistral AI obtient 600 millions d’euros',
  outlet: 'La Gazette',
  publishedAt: new Date('2026-03-02T09:00:00Z'),
  text:
    'Six cents millions : c’est la somme, 600 millions d’euros exactement, que Mistral AI vient d’obtenir d’investisseurs menés par Index Ventures. ' +
    'Pour cette levée de fonds, la jeune pousse parisienne a vu défiler les plus grands noms du capital-risque.',
});

const slugs = (rows: readonly { readonly actorSlug: string }[]): string[] =>
  rows.map(({ actorSlug }) => actorSlug).sort();

describe('ingesting an article', () => {
  test('stores the article, what it says with its evidence, and a match for every actor of the register', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const ingested = await ingestArticle(context, ROUND);
    expect(ingested.outcome).toBe('NEW');

    const stored = await database.db.article.findUniqueOrThrow({
      where: { url: 'https://semaphore.example/mistral-leve' },
      include: {
        body: true,
        mentions: true,
        claims: { include: { speaker: true } },
        funding: { include: { recipient: true, investors: { include: { investor: true } } } },
      },
    });
    for (const { field, start, end, surface } of stored.mentions) {
      expect((field === 'TITLE' ? stored.title : stored.body!.text).slice(start, end)).toBe(surface);
    }
    expect(stored.claims).toMatchObject([
      {
        quote: 'Nous voulons rester une entreprise européenne et indépendante',
        kind: 'DIRECT',
        speaker: { slug: 'arthur-mensch' },
      },
    ]);
    const [report] = stored.funding;
    expect(report).toMatchObject({ currency: 'EUR', recipient: { slug: 'mistral-ai' } });
    expect(report!.amount.toString()).toBe('600000000');
    expect(report!.investors.map(({ investor }) => investor.slug)).toEqual(['index-ventures']);

    const log = await readLog(database.db, { after: 0n, limit: 50 });
    expect(slugs(log)).toEqual(['arthur-mensch', 'index-ventures', 'mistral-ai']);
    expect(log).toHaveLength(ingested.matches);
    const reasons = new Map(
      log.map(({ actorSlug, reasons }) => [actorSlug, reasons.map(({ kind }) => kind)]),
    );
    expect(reasons.get('mistral-ai')).toContain('RAISING');
    expect(reasons.get('index-ventures')).toContain('INVESTING');
    expect(reasons.get('arthur-mensch')).toContain('SPEAKING');
    for (const { reasons } of log) {
      for (const { field, start, end, text } of reasons) {
        expect((field === 'TITLE' ? stored.title : stored.body!.text).slice(start, end)).toContain(
          text.replace(/…$/, ''),
        );
      }
    }
  });

  test('the same article again changes nothing', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const count = async () => ({
      articles: await database.db.article.count(),
      mentions: await database.db.mention.findMany(),
      claims: await database.db.claim.findMany(),
      reports: await database.db.fundingReport.count(),
      events: await database.db.fundingEvent.count(),
      log: await readLog(database.db, { after: 0n, limit: 50 }),
    });
    const first = await ingestArticle(context, ROUND);
    const before = await count();
    context.clock.advance(3_600_000);
    expect(await ingestArticle(context, ROUND)).toEqual({
      outcome: 'UNCHANGED',
      articleId: first.articleId,
      matches: 0,
    });
    expect(await count()).toEqual(before);
  });

  test('articles that come in at the same time from many sides are stored once', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => ingestArticle(context, ROUND)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['NEW', ...Array(7).fill('UNCHANGED')]);
    expect(new Set(outcomes.map(({ articleId }) => articleId)).size).toBe(1);
  });

  test('a copy in another outlet joins the story and alerts nobody', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const original = await ingestArticle(context, ROUND);
    const copy = await ingestArticle(context, COPY);
    expect(copy).toMatchObject({ outcome: 'NEW', matches: 0 });
    const stories = await database.db.story.findMany({ include: { articles: { select: { id: true } } } });
    expect(stories).toHaveLength(1);
    expect(stories[0]).toMatchObject({ articleCount: 2, independentTexts: 1 });
    expect(stories[0]!.articles.map(({ id }) => id).sort()).toEqual(
      [original.articleId, copy.articleId].sort(),
    );
  });

  test('an own report of another newsroom says again what the story told, once, to those alone who waited for a second text', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    await ingestArticle(context, ROUND);
    const told = await readLog(database.db, { after: 0n, limit: 50 });
    await ingestArticle(context, COPY);
    await ingestArticle(context, OWN);
    expect(await database.db.story.findMany()).toMatchObject([{ articleCount: 3, independentTexts: 2 }]);
    const all = await readLog(database.db, { after: 0n, limit: 50 });
    expect(await readNewLines(database.pool, { after: 0n, limit: 50 })).toEqual(all);
    const again = all.filter(({ corroborates }) => corroborates !== null);
    expect(again.map(({ corroborates }) => corroborates)).toEqual(told.map(({ seq }) => seq));
    expect(
      again.map(({ actorId, articleId, reasons, words }) => ({ actorId, articleId, reasons, words })),
    ).toEqual(told.map(({ actorId, articleId, reasons, words }) => ({ actorId, articleId, reasons, words })));
    const passing = (minimumIndependentTexts?: number) =>
      readLog(database.db, { after: 0n, limit: 50, filter: { minimumIndependentTexts } });
    expect(await passing()).toEqual(all.filter(({ corroborates }) => corroborates === null));
    expect(await passing(1)).toEqual(await passing());
    expect(await passing(2)).toEqual(all.filter(({ independentTexts }) => independentTexts === 2));
    expect(await passing(3)).toEqual([]);
    // The same text revised or come again is no further one.
    await ingestArticle(context, { ...OWN, text: `${OWN.text} La société n’a pas commenté.` });
    expect(await readLog(database.db, { after: all.at(-1)!.seq, limit: 50 })).toEqual([]);
  });

  test('a revision that brings nothing new is kept as a revision and alerts nobody', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const { articleId } = await ingestArticle(context, ROUND);
    const revised = await ingestArticle(context, {
      ...ROUND,
      text: ROUND.text.replace('près de deux cents', 'environ deux cents'),
    });
    expect(revised).toEqual({ outcome: 'REVISED', articleId, matches: 0 });
    const revisions = await database.db.articleRevision.findMany();
    expect(revisions).toMatchObject([{ articleId, text: ROUND.text, changed: ['text'] }]);
    const body = await database.db.articleBody.findUniqueOrThrow({ where: { articleId } });
    expect(body.text).toContain('environ deux cents');
  });

  test('a revision is dated by its outlet where that says something new, else by when it was seen', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const at = (hour: number | null) => (hour === null ? null : new Date(Date.UTC(2026, 2, 2, hour)));
    const seen = 12;
    const cases = [
      { had: 9, given: 10, updated: 10 },
      { had: null, given: 8, updated: 8 },
      { had: null, given: null, updated: seen },
      { had: null, given: 7, updated: seen },
      { had: 9, given: 9, updated: seen },
      { had: 9, given: 8, updated: seen },
    ].map(({ had, given, updated }, index) => ({
      before: { ...ROUND, url: `${COPY.url}/${index}`, publishedAt: at(7), updatedAt: at(had) },
      given: at(given),
      updated: at(updated),
    }));
    for (const { before } of cases) await ingestArticle(context, before);
    context.clock.advance(4 * 3_600_000);
    for (const { before, given } of cases) {
      await ingestArticle(context, { ...before, title: `${before.title} (2)`, updatedAt: given });
    }
    const stored = await database.db.article.findMany({ orderBy: { id: 'asc' } });
    expect(stored.map(({ updatedAt }) => updatedAt)).toEqual(cases.map(({ updated }) => updated));
  });

  test('a revision that brings a new statement alerts its speaker, with that statement only', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    await ingestArticle(context, ROUND);
    const before = await readLog(database.db, { after: 0n, limit: 50 });
    const revised = await ingestArticle(context, {
      ...ROUND,
      text: `${ROUND.text}\n« Les premiers calculateurs seront branchés avant la fin de l’été », ajoute Arthur Mensch.`,
    });
    expect(revised.outcome).toBe('REVISED');
    const fresh = await readLog(database.db, { after: before.at(-1)!.seq, limit: 50 });
    expect(
      fresh.map(({ actorSlug, reasons }) => [actorSlug, reasons.map(({ kind, text }) => [kind, text])]),
    ).toEqual([
      ['arthur-mensch', [['SPEAKING', 'Les premiers calculateurs seront branchés avant la fin de l’été']]],
    ]);
  });

  test('a rumour that comes true alerts, and the rumour retold afterwards does not', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const kinds = async (after: bigint) =>
      (await readLog(database.db, { after, limit: 50, filter: { actors: ['mistral-ai'] } })).map(
        ({ reasons }) => reasons.map(({ kind }) => kind),
      );
    const last = async () => (await readLog(database.db, { after: 0n, limit: 50 })).at(-1)!.seq;
    const tell = (n: number, text: string) =>
      ingestArticle(
        context,
        articleOf({
          url: `https://semaphore.example/rumeur-${n}`,
          outlet: `Journal ${n}`,
          title: `Mistral AI et son tour de table, épisode ${n}`,
          text,
          publishedAt: new Date(Date.UTC(2026, 2, 2, 6 + n)),
        }),
      );
    await tell(
      1,
      'Mistral AI serait en discussions pour lever 2 milliards d’euros, selon des sources proches du dossier.',
    );
    expect(await kinds(0n)).toEqual([expect.arrayContaining(['RAISING'])]);
    let seen = await last();
    await tell(
      2,
      'C’est fait : Mistral AI annonce avoir levé 1,7 milliard d’euros dans un tour mené par ASML.',
    );
    expect((await kinds(seen)).flat()).toContain('RAISING');
    seen = await last();
    await tell(
      3,
      'Avant l’annonce, Mistral AI serait en discussions pour lever 2 milliards d’euros, croyait-on savoir.',
    );
    expect((await kinds(seen)).flat()).not.toContain('RAISING');
    const events = await database.db.fundingEvent.findMany({ include: { reports: true } });
    expect(events).toMatchObject([{ status: 'CLOSED' }]);
    expect(events[0]!.amount.toFixed()).toBe('1700000000');
    expect(events[0]!.reports).toHaveLength(3);
  });

  test('what somebody has raised in all its rounds is kept as that, and is no news', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    await ingestArticle(
      context,
      articleOf({
        url: 'https://semaphore.example/total',
        title: 'Mistral AI lève 200 millions d’euros',
        text: 'Mistral AI lève 200 millions d’euros auprès d’ASML. L’opération porte à 600 millions d’euros le total levé par Mistral AI.',
      }),
    );
    const events = await database.db.fundingEvent.findMany({
      include: { reports: true },
      orderBy: { amount: 'asc' },
    });
    expect(events.map((event) => [Number(event.amount), event.cumulative])).toEqual([
      [200_000_000, false],
      [600_000_000, true],
    ]);
    expect(events.map(({ reports }) => reports.map(({ cumulative }) => cumulative))).toEqual([
      [false],
      [true],
    ]);
    const lines = await readLog(database.db, { after: 0n, limit: 50, filter: { actors: ['mistral-ai'] } });
    const raised = lines.flatMap(({ reasons }) => reasons.filter(({ kind }) => kind === 'RAISING'));
    expect(new Set(raised.map(({ amountEur }) => amountEur))).toEqual(new Set([200_000_000]));
  });

  test('an unknown organisation becomes a candidate: its mention is kept and nobody is alerted', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const { matches } = await ingestArticle(
      context,
      articleOf({
        url: 'https://semaphore.example/tramontane',
        title: 'Une jeune pousse de plus à Toulouse',
        text: 'La start-up Tramontane Robotics, fondée à Toulouse, prépare un bras articulé pour les vergers.',
      }),
    );
    expect(matches).toBe(0);
    const candidate = await database.db.actor.findFirst({
      where: { name: 'Tramontane Robotics' },
      include: { mentions: true },
    });
    expect(candidate).toMatchObject({ status: 'CANDIDATE' });
    expect(candidate!.mentions.length).toBeGreaterThan(0);
  });

  test('the wind is no company', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const { matches } = await ingestArticle(
      context,
      articleOf({
        url: 'https://semaphore.example/vent',
        title: 'Le mistral souffle sur la vallée du Rhône',
        text: 'Le mistral a soufflé toute la nuit, avec des rafales à cent kilomètres à l’heure sur le littoral. Mistral et pluie sont attendus demain.',
      }),
    );
    expect(matches).toBe(0);
  });

  test('a failure half-way leaves nothing behind', async () => {
    await using database = await createTestDatabase();
    const context = await createIngestContext(database);
    // The last thing an article writes is the log: everything else is there when this fails.
    await database.pool.query('alter table match rename to match_away');
    await expect(ingestArticle(context, ROUND)).rejects.toThrow();
    await database.pool.query('alter table match_away rename to match');
    expect(await database.db.article.count()).toBe(0);
    expect(await database.db.story.count()).toBe(0);
    expect(await database.db.mention.count()).toBe(0);
    expect(await database.db.alertedFact.count()).toBe(0);
    expect(await ingestArticle(context, ROUND)).toMatchObject({ outcome: 'NEW' });
  });

  test('an actor added to the register is found in the next article, without a restart', async () => {
    const database = await useTestDatabase();
    const context = await createIngestContext(database);
    const about = (n: number) =>
      articleOf({
        url: `https://semaphore.example/zephyr-${n}`,
        title: `Semaine ${n}`,
        text: `Une note numéro ${n} : les équipes de Vent Debout Calcul ont présenté leurs travaux.`,
      });
    expect(await ingestArticle(context, about(1))).toMatchObject({ matches: 0 });
    await database.db.actor.create({
      data: { slug: 'vent-debout-calcul-sas', name: 'Vent Debout Calcul', kind: 'COMPANY' },
    });
    expect(await ingestArticle(context, about(2))).toMatchObject({ matches: 1 });
  });
});
