/** Who speaks for whom. */
import type { Db } from '#platform/database.ts';

/** Slugs of the present members of these actors: what they say counts as said for them. */
export async function loadSpokespeople(db: Db, organizations: readonly string[]): Promise<string[]> {
  const members = await db.affiliation.findMany({
    where: { organization: { slug: { in: [...organizations] } }, until: null, former: false },
    select: { actor: { select: { slug: true } } },
  });
  return [...new Set(members.map(({ actor }) => actor.slug))].sort();
}
