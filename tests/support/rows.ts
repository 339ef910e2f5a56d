/** Rows that a test needs but is not about. */
import type { Db } from '#platform/database.ts';

/** An article in a story of its own, without a reading. */
export async function insertArticleRow(
  db: Db,
  given: {
    readonly url: string;
    readonly title?: string;
    readonly outlet?: string;
    readonly publishedAt?: Date;
  },
): Promise<{ readonly id: number; readonly storyId: number }> {
  const {
    url,
    title = 'Titre',
    outlet = 'Le Sémaphore',
    publishedAt = new Date('2026-03-01T08:00:00Z'),
  } = given;
  const story = await db.story.create({ data: { title, firstSeenAt: publishedAt } });
  const article = await db.article.create({
    data: {
      url,
      title,
      outlet,
      publishedAt,
      summary: title,
      fetchedAt: publishedAt,
      contentHash: url,
      reader: 'test',
      storyId: story.id,
      body: { create: { text: title } },
    },
  });
  return { id: article.id, storyId: story.id };
}
