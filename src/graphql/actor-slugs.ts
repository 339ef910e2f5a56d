/** Filters name actors by their slugs; a slug that no actor has is said, rather than answered with an empty list. */
import type { Db } from '#platform/database.ts';
import { withoutNul } from './columns.ts';
import { BadInputError } from './errors.ts';

/** Actors that one filter may name. */
const ACTORS_MAX = 100;

/** An actor that a filter names. */
export interface NamedActor {
  readonly id: number;
  readonly slug: string;
}

/**
 * The actors of these slugs, a merged one replaced by the actor it was merged into; null when the filter names none.
 * Throws a `BadInputError` that names the slugs that nobody has.
 */
export async function findActorsBySlug(
  db: Db,
  argument: string,
  slugs: readonly string[] | null | undefined,
): Promise<readonly NamedActor[] | null> {
  if (slugs === null || slugs === undefined) return null;
  if (slugs.length > ACTORS_MAX) {
    throw new BadInputError(argument, `at most ${ACTORS_MAX} actors, not ${slugs.length}`);
  }
  if (slugs.length === 0) return [];
  const asked = slugs.map(withoutNul);
  const rows = await db.$queryRaw<(NamedActor & { asked: string })[]>`
    select a.slug as asked, coalesce(m.id, a.id) as id, coalesce(m.slug, a.slug) as slug
      from actor a left join actor m on m.id = a.merged_into_id
     where a.slug = any(${asked}::text[])`;
  const known = new Set(rows.map((row) => row.asked));
  const unknown = slugs.filter((slug) => !known.has(slug)).map((slug) => `"${slug.slice(0, 100)}"`);
  if (unknown.length > 0) {
    throw new BadInputError(
      argument,
      `no actor has the slug ${unknown.slice(0, 5).join(', ')}; \`actors(filter: { text: … })\` finds slugs by name`,
    );
  }
  return rows.map(({ id, slug }) => ({ id, slug }));
}

/** Their keys, for a condition; null when the filter names none. */
export async function findActorIds(
  db: Db,
  argument: string,
  slugs: readonly string[] | null | undefined,
): Promise<number[] | null> {
  const actors = await findActorsBySlug(db, argument, slugs);
  return actors === null ? null : actors.map(({ id }) => id);
}
