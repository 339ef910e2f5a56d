/** Candidates: articles that name some, and where to look for them. */
import type { Extraction } from '#extraction/extraction.ts';
import { readLog } from '#match/match.store.ts';
import type { IngestContext } from '#pipeline/ingest-article.ts';
import type { Database } from '#platform/database.ts';
import { useTestDatabase } from './database.ts';
import { articleOf, createIngestContext } from './ingest.ts';
import { actorOf, claimOf, extractionOf, fundingOf, mentionOf } from './reading.ts';

/** Names a candidate and a member. */
export const NEWS = articleOf({
  url: 'https://semaphore.example/tramontane',
  title: 'Une jeune pousse de plus à Toulouse',
  text: 'La start-up Tramontane Robotics, fondée à Toulouse, prépare un bras articulé pour les vergers, avec Kyutai.',
});
/** The same in another outlet: one story. */
export const COPY = articleOf({ ...NEWS, url: 'https://relais.example/tramontane', outlet: 'Le Relais' });
/** Another story about the candidate. */
export const LATER = articleOf({
  url: 'https://semaphore.example/tramontane-suite',
  title: 'Des bras articulés dans les vergers',
  text: 'Après deux ans d’essais, les pommiers du Tarn voient arriver les machines de la start-up Tramontane Robotics.',
  publishedAt: new Date('2026-03-09T07:30:00Z'),
});

/** Of the candidate that these name. */
export const SLUG = 'tramontane-robotics';

/** A database with the small register, and a context to ingest with. */
export async function useNewsroom() {
  const database = await useTestDatabase();
  const context = await createIngestContext(database);
  return { database, db: database.db, context };
}

/** Key of the actor of a slug. */
export const idOf = async ({ db }: Pick<Database, 'db'>, slug: string): Promise<number> =>
  (await db.actor.findUniqueOrThrow({ where: { slug } })).id;

/** Of the register. */
export const versionOf = async ({ db }: Pick<Database, 'db'>): Promise<bigint> =>
  (await db.registerVersion.findUniqueOrThrow({ where: { id: 1 } })).version;

/** Articles of the log's lines of an actor. */
export const loggedOf = async ({ db }: Pick<Database, 'db'>, slug: string): Promise<number[]> =>
  (await readLog(db, { after: 0n, limit: 100, filter: { actors: [slug] } })).map(
    ({ articleId }) => articleId,
  );

/** Articles that name an actor. */
export const articlesOf = async ({ db }: Pick<Database, 'db'>, slug: string): Promise<number[]> => {
  const rows = await db.mention.findMany({
    where: { actor: { slug } },
    distinct: ['articleId'],
    orderBy: { articleId: 'asc' },
  });
  return rows.map(({ articleId }) => articleId);
};

/** A context whose reader finds this in every text. */
export const readingAs = (
  context: IngestContext,
  extraction: (text: string) => Extraction,
): IngestContext => ({
  ...context,
  reading: async () => ({ ...(await context.reading()), reader: { read: ({ text }) => extraction(text) } }),
});

/** A text that tells everything that can be told of Tramontane, Ada Leroux and the fund Alizé. */
export const FULL = articleOf({
  url: 'https://semaphore.example/tout',
  title: 'Tout est là',
  text: 'Ada Leroux : « Tramontane grandit. » Tramontane lève 3 M€ auprès du fonds Alizé. « Alizé investit 2 M€ », dit Tramontane.',
});
export const everything = (text: string): Extraction =>
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
