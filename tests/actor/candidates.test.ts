import { describe, expect, test } from 'vitest';
import { importActors } from '#actor/actor.store.ts';
import { confirmCandidate, listCandidates, rejectCandidate } from '#actor/candidate.store.ts';
import { createActor } from '#actor/create-actor.store.ts';
import { mergeActor } from '#actor/merge-actor.store.ts';
import { ingestArticle } from '#pipeline/ingest-article.ts';
import { reread } from '#pipeline/reread.ts';
import type { Database } from '#platform/database.ts';
import {
  articlesOf,
  COPY,
  everything,
  FULL,
  idOf,
  LATER,
  loggedOf,
  NEWS,
  readingAs,
  SLUG,
  useNewsroom,
  versionOf,
} from '../support/candidates.ts';

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
