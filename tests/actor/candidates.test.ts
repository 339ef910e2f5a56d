import { describe, expect, test } from 'vitest';
import { importActors } from '#actor/actor.store.ts';
import { confirmCandidate, listCandidates, rejectCandidate } from '#actor/candidate.store.ts';
import { createActor } from '#actor/create-actor.store.ts';
import { mergeActor } from '#actor/merge-actor.store.ts';
import type { Extraction } from '#extraction/extraction.ts';
import { readLog } from '#match/match.store.ts';
import { type IngestContext, ingestArticle } from '#pipeline/ingest-article.ts';
import { reread } from '#pipeline/reread.ts';
import type { Database } from '#platform/database.ts';
import { useTestDatabase } from '../support/database.ts';
import { articleOf, createIngestContext } from '../support/ingest.ts';
import { actorOf, claimOf, extractionOf, fundingOf, mentionOf } from '../support/reading.ts';

const NEWS = articleOf({
  url: 'https://semaphore.example/tramontane',
  title: 'Une jeune pousse de plus à Toulouse',
  text: 'La start-up Tramontane Robotics, fondée à Toulouse, prépare un bras articulé pour les vergers, avec Kyutai.',
});
const COPY = articleOf({ ...NEWS, url: 'https://relais.example/tramontane', outlet: 'Le Relais' });
const LATER = articleOf({
  url: 'https://semaphore.example/tramontane-suite',
  title: 'Des bras articulés dans les vergers',
  text: 'Après deux ans d’essais, les pommiers du Tarn voient arriver les machines de la start-up Tramontane Robotics.',
  publishedAt: new Date('2026-03-09T07:30:00Z'),
});

const SLUG = 'tramontane-robotics';

async function useNewsroom() {
  const database = await useTestDatabase();
  const context = await createIngestContext(database);
  return { database, db: database.db, context };
}

const idOf = async ({ db }: Pick<Database, 'db'>, slug: string): Promise<number> =>
  (await db.actor.findUniqueOrThrow({ where: { slug } })).id;

const versionOf = async ({ db }: Pick<Database, 'db'>): Promise<bigint> =>
  (await db.registerVersion.findUniqueOrThrow({ where: { id: 1 } })).version;

const loggedOf = async ({ db }: Pick<Database, 'db'>, slug: string): Promise<number[]> =>
  (await readLog(db, { after: 0n, limit: 100, filter: { actors: [slug] } })).map(
    ({ articleId }) => articleId,
  );

const articlesOf = async ({ db }: Pick<Database, 'db'>, slug: string): Promise<number[]> => {
  const rows = await db.mention.findMany({
    where: { actor: { slug } },
    distinct: ['articleId'],
    orderBy: { articleId: 'asc' },
  });
  return rows.map(({ articleId }) => articleId);
};

/** A context whose reader finds this in every text. */
const readingAs = (context: IngestContext, extraction: (text: string) => Extraction): IngestContext => ({
  ...context,
  reading: async () => ({ ...(await context.reading()), reader: { read: ({ text }) => extraction(text) } }),
});

/** A text that tells everything that can be told of Tramontane, Ada Leroux and the fund Alizé. */
const FULL = articleOf({
  url: 'https://semaphore.example/tout',
  title: 'Tout est là',
  text: 'Ada Leroux : « Tramontane grandit. » Tramontane lève 3 M€ auprès du fonds Alizé. « Alizé investit 2 M€ », dit Tramontane.',
});
const everything = (text: string): Extraction =>
  extractionOf({
    reader: '1',
    actors: [
      actorOf(0, { name: 'Tramontane', slug: null }),
      actorOf(1, { name: 'Ada Leroux', slug: null, kind: 'PERSON' }),
      actorOf(2, { name: 'Alizé', slug: null, kind: 'INVESTOR' }),
    ],
    mentions: [
      mentionOf(text, 0, 'Tramontane'),
      mentionOf(text, 1, 'Ada Leroux'),
      mentionOf(text, 2, 'Alizé'),
    ],
    claims: [
      claimOf(text, 'Tramontane grandit.', { speaker: 1, speakerName: 'Ada Leroux', about: [0] }),
      claimOf(text, 'Alizé investit 2 M€', { speaker: 0, about: [2, 0] }),
    ],
    funding: [
      fundingOf(text, '3 M€', { recipient: 0, investors: [{ actor: 2, lead: true }] }),
      fundingOf(text, '2 M€', {
        kind: 'DEBT',
        status: 'PLANNED',
        money: { amount: '2000000', currency: 'EUR' },
        recipient: 0,
        investors: [{ actor: 2, lead: false }],
      }),
    ],
    affiliations: [
      { person: 1, organization: 0, role: 'présidente', former: false, field: 'TEXT', start: 0, end: 10 },
    ],
  });

describe('a candidate that is confirmed', () => {
  test('is a member of the register with the mentions it had, and nobody is alerted of them', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    const before = await versionOf(database);
    const id = await idOf(database, SLUG);
    expect(await confirmCandidate(db, id, {})).toEqual({ outcome: 'DONE', actorId: id });
    expect(await db.actor.findUnique({ where: { id } })).toMatchObject({
      status: 'CONFIRMED',
      kind: 'COMPANY',
    });
    expect(await versionOf(database)).toBeGreaterThan(before);
    expect(await articlesOf(database, SLUG)).toEqual([1]);
    expect(await loggedOf(database, SLUG)).toEqual([]);
  });

  test('alerts of the next article, and neither of copies of the old ones nor when these are read again', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    await confirmCandidate(db, await idOf(database, SLUG), {});
    expect(await ingestArticle(context, COPY)).toMatchObject({ outcome: 'NEW', matches: 0 });
    const { articleId } = await ingestArticle(context, LATER);
    expect(await loggedOf(database, SLUG)).toEqual([articleId]);
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const again = { since: null, outlet: null, all: true, alertDays: 0, dryRun: false };
    const report = await reread({ ...context, log, signal: new AbortController().signal }, again);
    expect(report).toMatchObject({ reread: 3, matches: 0 });
  });

  test('has told exactly what it would have told as a member from the beginning', async () => {
    const factsOf = async ({ db }: Pick<Database, 'db'>) =>
      (await db.alertedFact.findMany({ include: { actor: true } }))
        .map(({ actor, storyId, fact }) => `${actor.slug} ${storyId} ${fact}`)
        .sort();
    const late = await useNewsroom();
    await ingestArticle(readingAs(late.context, everything), FULL);
    expect(await factsOf(late.database)).toEqual([]);
    for (const slug of ['tramontane', 'ada-leroux', 'alize']) {
      await confirmCandidate(late.db, await idOf(late.database, slug), {});
    }
    const early = await useNewsroom();
    for (const [slug, name] of [
      ['tramontane', 'Tramontane'],
      ['ada-leroux', 'Ada Leroux'],
      ['alize', 'Alizé'],
    ] as const) {
      await early.db.actor.create({ data: { slug, name, kind: 'COMPANY' } });
    }
    await ingestArticle(readingAs(early.context, everything), FULL);
    const told = await factsOf(early.database);
    // Named (3), saying (2), spoken of (2), raising (2), investing (2).
    expect(told).toHaveLength(11);
    expect(await factsOf(late.database)).toEqual(told);
  });

  test('goes by the name and kind that it is given, and its old name is a spelling', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    const id = await idOf(database, SLUG);
    await confirmCandidate(db, id, { name: 'Tramontane', kind: 'LAB' });
    const actor = await db.actor.findUniqueOrThrow({ where: { id }, include: { aliases: true } });
    expect(actor).toMatchObject({ slug: SLUG, name: 'Tramontane', kind: 'LAB' });
    expect(actor.aliases).toMatchObject([{ text: 'Tramontane Robotics', ambiguous: false }]);
    await ingestArticle(context, LATER);
    expect(await articlesOf(database, SLUG)).toEqual([1, 2]);
    expect(await db.actor.count({ where: { status: 'CANDIDATE' } })).toBe(0);
  });

  test.each<[string, (newsroom: Awaited<ReturnType<typeof useNewsroom>>) => Promise<unknown>]>([
    [
      'is imported with a file',
      ({ db }) =>
        importActors(db, [
          {
            slug: SLUG,
            name: 'Tramontane Robotics',
            kind: 'COMPANY',
            aliases: [],
            affiliations: [],
            context: [],
            wikidata: null,
          },
        ]),
    ],
    [
      'is added through the API',
      ({ db, context }) =>
        createActor(
          db,
          {
            slug: SLUG,
            name: 'Tramontane Robotics',
            kind: 'COMPANY',
            aliases: [],
            context: [],
            wikidata: null,
          },
          context.clock.now(),
        ),
    ],
  ])('is as quiet about its past when it %s', async (_how, add) => {
    const newsroom = await useNewsroom();
    await ingestArticle(newsroom.context, NEWS);
    await add(newsroom);
    expect(await newsroom.db.actor.findUnique({ where: { slug: SLUG } })).toMatchObject({
      status: 'CONFIRMED',
    });
    expect(await ingestArticle(newsroom.context, COPY)).toMatchObject({ outcome: 'NEW', matches: 0 });
    expect(await ingestArticle(newsroom.context, LATER)).toMatchObject({ matches: 1 });
  });
});

describe('a candidate that is rejected', () => {
  test('is in no article any more, and its name is passed over in later ones', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    const id = await idOf(database, SLUG);
    const before = await versionOf(database);
    expect(await rejectCandidate(db, id)).toEqual({ outcome: 'DONE', actorId: id });
    expect(await articlesOf(database, SLUG)).toEqual([]);
    expect(await ingestArticle(context, LATER)).toMatchObject({ outcome: 'NEW', matches: 0 });
    expect(await articlesOf(database, SLUG)).toEqual([]);
    expect(await db.actor.findMany({ where: { status: { not: 'CONFIRMED' } } })).toMatchObject([
      { slug: SLUG, status: 'REJECTED' },
    ]);
    // The reader knows nothing of candidates: no process has to load the register anew.
    expect(await versionOf(database)).toBe(before);
  });

  test('leaves what was said and what was raised, without it', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(readingAs(context, everything), FULL);
    for (const slug of ['tramontane', 'alize']) await rejectCandidate(db, await idOf(database, slug));
    const claims = await db.claim.findMany({
      orderBy: { start: 'asc' },
      include: { about: true, speaker: true },
    });
    expect(claims).toMatchObject([
      { speaker: { slug: 'ada-leroux' }, speakerName: 'Ada Leroux', about: [] },
      { speaker: null, speakerName: 'Tramontane', about: [] },
    ]);
    const reports = await db.fundingReport.findMany({
      include: { investors: true, event: { include: { participants: true } } },
    });
    expect(reports).toHaveLength(2);
    for (const report of reports) {
      expect(report).toMatchObject({
        recipientId: null,
        investors: [],
        event: { recipientId: null, participants: [] },
      });
    }
    expect(await db.affiliation.count({ where: { articleId: { not: null } } })).toBe(0);
    expect(await db.mention.findMany({ include: { actor: true } })).toMatchObject([
      { actor: { slug: 'ada-leroux' } },
    ]);
  });

  test('can be confirmed all the same, and is found again when its articles are read again', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    const id = await idOf(database, SLUG);
    await rejectCandidate(db, id);
    expect(await confirmCandidate(db, id, {})).toMatchObject({ outcome: 'DONE' });
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const options = { since: null, outlet: null, all: false, alertDays: 0, dryRun: false };
    await reread({ ...context, log, signal: new AbortController().signal }, options);
    expect(await articlesOf(database, SLUG)).toEqual([1]);
  });
});

describe('an actor that is merged into another', () => {
  test('hands over what articles say of it, and later articles that use its name are the other’s', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    const before = await versionOf(database);
    const [from, into] = [await idOf(database, SLUG), await idOf(database, 'kyutai')];
    expect(await mergeActor(db, from, into)).toEqual({ outcome: 'DONE', actorId: into });
    expect(await db.actor.findUnique({ where: { id: from } })).toMatchObject({ mergedIntoId: into });
    expect(await db.mention.count({ where: { actorId: from } })).toBe(0);
    expect(await db.alias.findMany({ where: { actorId: into } })).toMatchObject([
      { text: 'Tramontane Robotics', ambiguous: false },
    ]);
    expect(await versionOf(database)).toBeGreaterThan(before);

    const log = await loggedOf(database, 'kyutai');
    expect(await ingestArticle(context, COPY)).toMatchObject({ outcome: 'NEW', matches: 0 });
    const later = await ingestArticle(context, LATER);
    expect(later.matches).toBe(1);
    expect(await loggedOf(database, 'kyutai')).toEqual([...log, later.articleId]);
    expect(await articlesOf(database, 'kyutai')).toEqual([1, 2, 3]);
    expect(await db.actor.count({ where: { status: 'CANDIDATE', mergedIntoId: null } })).toBe(0);
  });

  test('is followed by name even where no spelling of the register says it', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    const into = await idOf(database, 'kyutai');
    await mergeActor(db, await idOf(database, SLUG), into);
    await db.alias.deleteMany();
    const { matches } = await ingestArticle(context, LATER);
    expect(matches).toBe(1);
    expect(await db.mention.count({ where: { actorId: into, articleId: 2 } })).toBeGreaterThan(0);
  });

  test('brings nobody news of stories in which only it was named', async () => {
    const { database, db, context } = await useNewsroom();
    const alone = articleOf({ ...NEWS, text: NEWS.text.replace(', avec Kyutai', '') });
    await ingestArticle(context, alone);
    await mergeActor(db, await idOf(database, SLUG), await idOf(database, 'kyutai'));
    expect(await ingestArticle(context, { ...alone, url: COPY.url, outlet: COPY.outlet })).toMatchObject({
      outcome: 'NEW',
      matches: 0,
    });
  });

  test('leaves one row where both had the same, and every other row to the other', async () => {
    const { database, db, context } = await useNewsroom();
    const both = (text: string): Extraction => {
      const one = everything(text);
      return extractionOf({
        ...one,
        actors: [...one.actors, actorOf(3, { name: 'Fonds Alizé', slug: null, kind: 'INVESTOR' })],
        mentions: [...one.mentions, { ...mentionOf(text, 3, 'Alizé') }],
        claims: one.claims.map((claim) => ({ ...claim, about: [...claim.about, 2, 3] })),
        funding: one.funding.map((report, index) => ({
          ...report,
          investors: [
            { actor: 2, lead: false },
            { actor: 3, lead: index === 0 },
          ],
        })),
        affiliations: [
          ...one.affiliations,
          ...[2, 3].map((organization) => ({ ...one.affiliations[0]!, organization, role: 'associée' })),
          { ...one.affiliations[0]!, person: 3, organization: 2, role: 'filiale' },
        ],
      });
    };
    await ingestArticle(readingAs(context, both), FULL);
    const [from, into] = [await idOf(database, 'fonds-alize'), await idOf(database, 'alize')];
    await confirmCandidate(db, into, {});
    expect(await mergeActor(db, from, into)).toMatchObject({ outcome: 'DONE' });

    expect(await db.mention.count({ where: { actorId: into } })).toBe(1);
    const claims = await db.claim.findMany({ include: { about: true } });
    for (const { about } of claims) {
      expect(about.map(({ actorId }) => actorId).filter((id) => id === into || id === from)).toEqual([into]);
    }
    const reports = await db.fundingReport.findMany({
      orderBy: { start: 'asc' },
      include: { investors: true },
    });
    expect(
      reports.map(({ investors }) => investors.map(({ investorId, lead }) => [investorId, lead])),
    ).toEqual([[[into, true]], [[into, false]]]);
    const parts = await db.fundingParticipation.findMany();
    expect(new Set(parts.map(({ investorId }) => investorId))).toEqual(new Set([into]));
    const ties = await db.affiliation.findMany({ where: { organizationId: into } });
    expect(ties).toMatchObject([{ role: 'associée' }]);
    for (const [table, column] of await referencesToActor(database)) {
      if (table === 'actor') continue;
      const { rows } = await database.pool.query(
        `select count(*)::int as count from ${table} where ${column} = ${from}`,
      );
      expect({ table, column, count: rows[0].count }).toEqual({ table, column, count: 0 });
    }
  });

  test('of one report whose two investors are now one, the article can still be stored', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(readingAs(context, everything), FULL);
    const into = await idOf(database, 'index-ventures');
    await mergeActor(db, await idOf(database, 'alize'), into);
    const twice = (text: string): Extraction =>
      extractionOf({
        actors: [
          actorOf(0, { name: 'Mistral AI', slug: 'mistral-ai' }),
          actorOf(1, { name: 'Index Ventures', slug: 'index-ventures', kind: 'INVESTOR' }),
          actorOf(2, { name: 'Alizé', slug: 'alize', kind: 'INVESTOR' }),
        ],
        mentions: [1, 2].map((actor) => mentionOf(text, actor, 'la suite')),
        affiliations: [
          { person: 1, organization: 2, role: 'filiale', former: false, field: 'TEXT', start: 0, end: 9 },
        ],
        funding: [
          fundingOf(text, '9 M€', {
            recipient: 0,
            investors: [
              { actor: 1, lead: false },
              { actor: 2, lead: true },
            ],
          }),
        ],
      });
    const article = articleOf({
      url: 'https://semaphore.example/9',
      title: 'Neuf',
      text: '9 M€, et la suite demain',
    });
    expect(await ingestArticle(readingAs(context, twice), article)).toMatchObject({ outcome: 'NEW' });
    const report = await db.fundingReport.findFirstOrThrow({
      where: { articleId: 2 },
      include: { investors: true },
    });
    expect(report.investors).toMatchObject([{ investorId: into, lead: true }]);
    expect(await db.mention.count({ where: { articleId: 2 } })).toBe(1);
    expect(await db.affiliation.count({ where: { articleId: 2 } })).toBe(0);
  });

  test('hands over its spellings, words of context, item and ties when it was a member itself', async () => {
    const { database, db } = await useNewsroom();
    await importActors(db, [
      {
        slug: 'mistral-sas',
        name: 'Mistral SAS',
        kind: 'COMPANY',
        wikidata: 'Q95',
        context: ['modèle'],
        aliases: [
          { text: 'Mistral', ambiguous: false },
          { text: 'Le Chat SAS', ambiguous: true },
        ],
        affiliations: [{ organization: 'kyutai', role: 'mécène', from: '2024', to: null }],
      },
    ]);
    const into = await idOf(database, 'mistral-ai');
    await mergeActor(db, await idOf(database, 'mistral-sas'), into);
    const actor = await db.actor.findUniqueOrThrow({
      where: { id: into },
      include: { aliases: { orderBy: { text: 'asc' } }, affiliations: true },
    });
    expect(actor).toMatchObject({ wikidata: 'Q95', context: ['modèle'], affiliations: [{ role: 'mécène' }] });
    expect(actor.aliases.map(({ text, ambiguous }) => [text, ambiguous])).toEqual([
      ['Le Chat SAS', true],
      // The other's own, which stays as it was.
      ['Mistral', true],
      ['Mistral SAS', false],
    ]);
  });

  test('stays merged when the file that lists it is imported again', async () => {
    const { database, db } = await useNewsroom();
    const double = {
      slug: 'mistral-sas',
      name: 'Mistral SAS',
      kind: 'COMPANY',
      wikidata: null,
      context: [],
      aliases: [{ text: 'MSAS', ambiguous: false }],
      affiliations: [],
    } as const;
    await importActors(db, [double]);
    const from = await idOf(database, 'mistral-sas');
    const into = await idOf(database, 'mistral-ai');
    await mergeActor(db, from, into);
    expect(await importActors(db, [{ ...double, name: 'Mistral S.A.S.' }])).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
    });
    expect(await db.actor.findUnique({ where: { id: from }, include: { aliases: true } })).toMatchObject({
      name: 'Mistral SAS',
      mergedIntoId: into,
      aliases: [],
    });
  });

  test('keeps its lines of the log, is watched with the other, and what was merged into it goes on to the other', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    const candidate = await idOf(database, SLUG);
    const kyutai = await idOf(database, 'kyutai');
    const asml = await idOf(database, 'asml');
    const log = await db.match.findMany();
    await db.watch.create({ data: { name: 'un', filter: { actors: ['mistral-ai', 'kyutai'] } } });
    await db.watch.create({ data: { name: 'deux', filter: { actors: ['kyutai', 'asml'] } } });
    await db.watch.create({ data: { name: 'trois', filter: { outlets: ['kyutai'] } } });
    await mergeActor(db, candidate, kyutai);
    await mergeActor(db, kyutai, asml);
    expect(await db.match.findMany()).toEqual(log);
    expect((await db.watch.findMany({ orderBy: { id: 'asc' } })).map(({ filter }) => filter)).toEqual([
      { actors: ['mistral-ai', 'kyutai', 'asml'] },
      { actors: ['kyutai', 'asml'] },
      { outlets: ['kyutai'] },
    ]);
    expect(await db.actor.findUnique({ where: { id: candidate } })).toMatchObject({ mergedIntoId: asml });
    const { articleId } = await ingestArticle(context, LATER);
    expect(await loggedOf(database, 'asml')).toEqual([articleId]);
  });

  test('is in no article that comes in while it is merged', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    const [from, into] = [await idOf(database, SLUG), await idOf(database, 'kyutai')];
    const others = Array.from({ length: 6 }, (_, index) =>
      articleOf({ ...LATER, url: `${LATER.url}-${index}`, title: `Vergers, épisode ${index}` }),
    );
    const [merged] = await Promise.all([
      mergeActor(db, from, into),
      ...others.map((article) => ingestArticle(context, article)),
    ]);
    expect(merged).toMatchObject({ outcome: 'DONE' });
    expect(await db.mention.count({ where: { actorId: from } })).toBe(0);
    expect(await articlesOf(database, 'kyutai')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

/** Columns that point to an actor. */
async function referencesToActor({ pool }: Pick<Database, 'pool'>): Promise<[string, string][]> {
  const { rows } = await pool.query<{ table: string; column: string }>(`
    select c.conrelid::regclass::text as "table", a.attname as "column"
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = 'actor'::regclass`);
  expect(rows.length).toBeGreaterThan(10);
  return rows.map(({ table, column }) => [table, column]);
}

describe('a decision that makes no sense', () => {
  type Case = [
    string,
    (ids: Record<string, number>, newsroom: Awaited<ReturnType<typeof useNewsroom>>) => Promise<unknown>,
    object,
  ];
  test.each<Case>([
    [
      'confirming nobody',
      (_ids, { db }) => confirmCandidate(db, 999_999, {}),
      { outcome: 'NOT_FOUND', id: 999_999 },
    ],
    [
      'confirming a member',
      ({ kyutai }, { db }) => confirmCandidate(db, kyutai!, {}),
      { outcome: 'CONFLICT', reason: '"kyutai" is a member of the register already' },
    ],
    ['rejecting nobody', (_ids, { db }) => rejectCandidate(db, 999_999), { outcome: 'NOT_FOUND' }],
    [
      'rejecting a member',
      ({ kyutai }, { db }) => rejectCandidate(db, kyutai!),
      { outcome: 'CONFLICT', reason: '"kyutai" is a member of the register' },
    ],
    [
      'rejecting twice',
      async ({ candidate }, { db }) => {
        await rejectCandidate(db, candidate!);
        return await rejectCandidate(db, candidate!);
      },
      { outcome: 'CONFLICT', reason: `"${SLUG}" was rejected already` },
    ],
    [
      'merging nobody',
      ({ kyutai }, { db }) => mergeActor(db, 999_999, kyutai!),
      { outcome: 'NOT_FOUND', id: 999_999 },
    ],
    [
      'merging into nobody',
      ({ candidate }, { db }) => mergeActor(db, candidate!, 999_999),
      { outcome: 'NOT_FOUND', id: 999_999 },
    ],
    [
      'merging into itself',
      ({ kyutai }, { db }) => mergeActor(db, kyutai!, kyutai!),
      { outcome: 'CONFLICT', reason: '"kyutai" cannot be merged into itself' },
    ],
    [
      'merging into a candidate',
      ({ candidate, kyutai }, { db }) => mergeActor(db, kyutai!, candidate!),
      { outcome: 'CONFLICT', reason: `"${SLUG}" is no member of the register; confirm it first` },
    ],
    [
      'merging in a circle',
      async ({ asml, kyutai }, { db }) => {
        await mergeActor(db, asml!, kyutai!);
        return await mergeActor(db, kyutai!, asml!);
      },
      { outcome: 'CONFLICT', reason: '"kyutai" cannot be merged into itself' },
    ],
    [
      'merging twice',
      async ({ candidate, kyutai, asml }, { db }) => {
        await mergeActor(db, candidate!, kyutai!);
        return await mergeActor(db, candidate!, asml!);
      },
      { outcome: 'CONFLICT', reason: `"${SLUG}" was merged into "kyutai" already` },
    ],
    [
      'confirming what was merged',
      async ({ candidate, kyutai }, { db }) => {
        await mergeActor(db, candidate!, kyutai!);
        return await confirmCandidate(db, candidate!, {});
      },
      { outcome: 'CONFLICT', reason: `"${SLUG}" was merged into "kyutai"` },
    ],
    [
      'merging what was rejected',
      async ({ candidate, kyutai }, { db }) => {
        await rejectCandidate(db, candidate!);
        return await mergeActor(db, candidate!, kyutai!);
      },
      { outcome: 'CONFLICT', reason: `"${SLUG}" was rejected; confirm it first` },
    ],
  ])('%s is refused with its reason', async (_what, decide, expected) => {
    const newsroom = await useNewsroom();
    await ingestArticle(newsroom.context, NEWS);
    const ids = {
      candidate: await idOf(newsroom.database, SLUG),
      kyutai: await idOf(newsroom.database, 'kyutai'),
      asml: await idOf(newsroom.database, 'asml'),
    };
    expect(await decide(ids, newsroom)).toMatchObject(expected);
  });
});

describe('the list of candidates', () => {
  test('has those first that most articles name, with the latest sentence, and leaves out what was decided', async () => {
    const { database, db, context } = await useNewsroom();
    await ingestArticle(context, NEWS);
    await ingestArticle(context, LATER);
    await ingestArticle(readingAs(context, everything), FULL);
    const all = { minArticles: 1, kind: null, limit: 10 };
    const { candidates, total } = await listCandidates(db, all);
    expect(total).toBe(4);
    expect(candidates[0]).toMatchObject({
      slug: SLUG,
      articleCount: 2,
      lastSeenAt: LATER.publishedAt,
      example: { outlet: 'Le Sémaphore', url: LATER.url, text: LATER.text },
    });
    const { example } = candidates[0]!;
    expect(example.text.slice(example.start, example.end)).toBe('Tramontane Robotics');
    const slugs = async (given: Partial<typeof all>) =>
      (await listCandidates(db, { ...all, ...given } as Parameters<typeof listCandidates>[1])).candidates.map(
        ({ slug }) => slug,
      );
    expect(await slugs({ minArticles: 2 })).toEqual([SLUG]);
    expect(await slugs({ kind: 'PERSON' as never })).toEqual(['ada-leroux']);
    expect(await listCandidates(db, { ...all, limit: 1 })).toMatchObject({
      total: 4,
      candidates: [{ slug: SLUG }],
    });
    await rejectCandidate(db, await idOf(database, 'alize'));
    await mergeActor(db, await idOf(database, 'ada-leroux'), await idOf(database, 'arthur-mensch'));
    await confirmCandidate(db, await idOf(database, 'tramontane'), {});
    expect(await slugs({})).toEqual([SLUG]);
    expect(await listCandidates(db, { ...all, minArticles: 3 })).toEqual({ candidates: [], total: 0 });
  });
});
