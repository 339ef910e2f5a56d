/** One actor added to the register by hand. */
import type { Db } from '#platform/database.ts';
import { lockLog } from '#platform/log-lock.ts';
import type { CheckedActor } from './actor-input.ts';
import { recordStoredFacts } from './told-facts.store.ts';

/**
 * Adds an actor, or makes a candidate or rejected one of the same slug a member with what is given here. `created` is false
 * when the register holds the slug already; nothing is changed then.
 */
export async function createActor(
  db: Db,
  actor: CheckedActor,
  now: Date,
): Promise<{ readonly id: number; readonly created: boolean }> {
  const { slug, name, kind, wikidata } = actor;
  const context = [...actor.context];
  return await db.$transaction(async (tx) => {
    await lockLog(tx);
    const [added] = await tx.actor.createManyAndReturn({
      data: [{ slug, name, kind, wikidata, context, createdAt: now }],
      skipDuplicates: true,
      select: { id: true },
    });
    const [raised] =
      added === undefined
        ? await tx.actor.updateManyAndReturn({
            where: { slug, status: { not: 'CONFIRMED' }, mergedIntoId: null },
            data: { name, kind, wikidata, context, status: 'CONFIRMED' },
            select: { id: true },
          })
        : [];
    const id = added?.id ?? raised?.id;
    if (id === undefined) {
      const known = await tx.actor.findUniqueOrThrow({ where: { slug }, select: { id: true } });
      return { id: known.id, created: false };
    }
    // What its articles told while it was a candidate is no news.
    if (raised !== undefined) await recordStoredFacts(tx, id);
    await tx.alias.deleteMany({ where: { actorId: id } });
    await tx.alias.createMany({ data: actor.aliases.map((alias) => ({ ...alias, actorId: id })) });
    return { id, created: true };
  });
}
