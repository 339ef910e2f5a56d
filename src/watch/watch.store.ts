/** Saved filters over the match log, in Postgres. */
import type { Prisma, Watch } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';

/** Saves a watch; null when its name is taken. */
export async function createWatch(
  db: Db,
  watch: { readonly name: string; readonly filter: object },
  now: Date,
): Promise<Watch | null> {
  const created = await db.watch.createManyAndReturn({
    data: [{ name: watch.name, filter: watch.filter as Prisma.InputJsonObject, createdAt: now }],
    skipDuplicates: true,
  });
  return created[0] ?? null;
}
