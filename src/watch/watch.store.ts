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

/** Changes what is given of a watch; what is null stays. */
export async function updateWatch(
  db: Db,
  id: number,
  { name, filter }: { readonly name: string | null; readonly filter: object | null },
): Promise<'UPDATED' | 'NOT_FOUND' | 'NAME_TAKEN'> {
  try {
    const { count } = await db.watch.updateMany({
      where: { id },
      data: {
        ...(name === null ? {} : { name }),
        ...(filter === null ? {} : { filter: filter as Prisma.InputJsonObject }),
      },
    });
    return count === 0 ? 'NOT_FOUND' : 'UPDATED';
  } catch (error) {
    // P2002: a unique index refuses, and the name has the only one.
    if ((error as { readonly code?: string }).code === 'P2002') return 'NAME_TAKEN';
    throw error;
  }
}
