import { describe, expect, test } from 'vitest';
import { importActors } from '#actor/actor.store.ts';
import { confirmCandidate } from '#actor/candidate.store.ts';
import { mergeActor } from '#actor/merge-actor.store.ts';
import type { Extraction } from '#extraction/extraction.ts';
import { ingestArticle } from '#pipeline/ingest-article.ts';
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
import { articleOf } from '../support/ingest.ts';
import { actorOf, extractionOf, fundingOf, mentionOf } from '../support/reading.ts';

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
    expect(await loggedOf(database, 'asml')).toEqual([...log.map((line) => line.articleId), articleId]);
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
