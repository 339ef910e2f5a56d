/** A match log that is written to as the pipeline does: under its lock, with one notification a batch. */
import { formatCursor } from '#match/cursor.ts';
import { appendMatches } from '#match/match.store.ts';
import type { Db } from '#platform/database.ts';
import { lockLog } from '#platform/log-lock.ts';
import { seedActor, seedArticle } from './seed.ts';

export interface AlertLog {
  /** Logs that many more matches of Mistral AI, in one transaction; their cursors. */
  append(count: number): Promise<string[]>;
  /** The cursors of the whole log behind a place. */
  after(cursor: string): Promise<string[]>;
}

/** Before the first line. */
export const BEGINNING = formatCursor(0n);

/** An article and an actor to log matches of, and as many other actors as asked: `actor-0`, `actor-1`, … */
export async function openAlertLog(
  db: Db,
  { actors: others = 0, text = 'Mistral AI grandit.' } = {},
): Promise<AlertLog> {
  const article = await seedArticle(db, {
    url: 'https://quotidien.example/1',
    title: 'Mistral AI grandit',
    text,
  });
  const actorId = await seedActor(db, { slug: 'mistral-ai', name: 'Mistral AI', kind: 'COMPANY' });
  for (let i = 0; i < others; i += 1) {
    await seedActor(db, { slug: `actor-${i}`, name: `Actor ${i}`, kind: 'COMPANY' });
  }
  let written = 0;
  const after = async (cursor: string): Promise<string[]> => {
    const from = Number(Buffer.from(cursor, 'base64url').toString().slice('m1:'.length));
    const rows = await db.match.findMany({
      where: { seq: { gt: from } },
      orderBy: { seq: 'asc' },
      select: { seq: true },
    });
    return rows.map(({ seq }) => formatCursor(seq));
  };
  return {
    after,
    async append(count) {
      return await db.$transaction(async (tx) => {
        await lockLog(tx);
        const newest = await tx.match.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
        const matches = Array.from({ length: count }, () => {
          const number = written++;
          return {
            articleId: article.id,
            actorId,
            storyId: article.storyId,
            facts: [`claim:${number}`],
            reasons: [
              {
                kind: 'MENTIONED' as const,
                field: 'TITLE' as const,
                start: 0,
                end: 10,
                text: 'Mistral AI',
                sentence: `Mistral AI grandit, fois ${number}.`,
              },
            ],
          };
        });
        await appendMatches(tx, matches, new Date());
        const rows = await tx.match.findMany({
          where: { seq: { gt: newest?.seq ?? 0n } },
          orderBy: { seq: 'asc' },
          select: { seq: true },
        });
        return rows.map(({ seq }) => formatCursor(seq));
      });
    },
  };
}
