/** An ingest context on a test database with a small register of its own. */
import { importActors } from '#actor/actor.store.ts';
import type { RegisterActor } from '#actor/actor.ts';
import type { IncomingArticle } from '#article/article.store.ts';
import { canonicalUrl } from '#article/identity.ts';
import type { IngestContext } from '#pipeline/ingest-article.ts';
import { createReadingSource } from '#pipeline/reading.ts';
import type { Database, Db } from '#platform/database.ts';

const actor = (
  given: Partial<RegisterActor> & Pick<RegisterActor, 'slug' | 'name' | 'kind'>,
): RegisterActor => ({
  aliases: [],
  affiliations: [],
  context: [],
  wikidata: null,
  ...given,
});

/** A company, a lab, two investors and two people: enough for every kind of fact. */
export const SMALL_REGISTER: readonly RegisterActor[] = [
  actor({
    slug: 'mistral-ai',
    name: 'Mistral AI',
    kind: 'COMPANY',
    aliases: [{ text: 'Mistral', ambiguous: true }],
  }),
  actor({ slug: 'kyutai', name: 'Kyutai', kind: 'LAB' }),
  actor({ slug: 'asml', name: 'ASML', kind: 'COMPANY' }),
  actor({ slug: 'index-ventures', name: 'Index Ventures', kind: 'INVESTOR' }),
  actor({
    slug: 'arthur-mensch',
    name: 'Arthur Mensch',
    kind: 'PERSON',
    affiliations: [{ organization: 'mistral-ai', role: 'PDG', from: '2023', to: null }],
  }),
  actor({ slug: 'patrick-perez', name: 'Patrick Pérez', kind: 'PERSON' }),
];

/** A clock that stands still until it is moved. */
export function createTestClock(start = '2026-03-02T08:00:00Z') {
  let now = new Date(start);
  return {
    now: () => now,
    advance(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
    },
  };
}

/** Loads the small register and gives a context to ingest with. */
export async function createIngestContext({
  db,
  write,
}: Database): Promise<IngestContext & { readonly db: Db; clock: ReturnType<typeof createTestClock> }> {
  await importActors(db, SMALL_REGISTER);
  return { db, write, clock: createTestClock(), reading: createReadingSource(db) };
}

/** An article of an invented newspaper. */
export function articleOf(
  given: Partial<IncomingArticle> & { readonly url: string; readonly title: string; readonly text: string },
): IncomingArticle {
  return {
    summary: given.text.slice(0, 200),
    html: null,
    outlet: 'Le Sémaphore',
    authors: [],
    language: 'fr',
    publishedAt: new Date('2026-03-02T07:30:00Z'),
    updatedAt: null,
    source: null,
    ...given,
    url: canonicalUrl(given.url) ?? given.url,
  };
}
