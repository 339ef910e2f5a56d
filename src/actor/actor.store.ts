/** The actor register in Postgres. */
import { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/database.ts';
import { jsonRows } from '#platform/json-rows.ts';
import { lockLog } from '#platform/log-lock.ts';
import type { Statements } from '#platform/writer.ts';
import type { ActorKind, RegisterActor } from './actor.ts';
import { slugOf } from './register.ts';
import { recordStoredFacts } from './told-facts.store.ts';

const { sql } = Prisma;

/** The register as the reader needs it, at one version. */
export interface Register {
  readonly version: bigint;
  readonly actors: readonly RegisterActor[];
  readonly idBySlug: ReadonlyMap<string, number>;
}

/** How often the register has changed; a reader built on an older version is stale. */
export async function loadRegisterVersion(db: Pick<Statements, '$queryRaw'>): Promise<bigint> {
  const [row] = await db.$queryRaw<[{ version: bigint }]>`select version from register_version where id = 1`;
  return row.version;
}

/** Loads the confirmed actors with everything the reader knows them by. */
export async function loadRegister(db: Db): Promise<Register> {
  // The version first: a change in between is then noticed at the next look.
  const version = await loadRegisterVersion(db);
  const rows = await db.actor.findMany({
    where: { status: 'CONFIRMED', mergedIntoId: null },
    orderBy: { id: 'asc' },
    include: {
      aliases: true,
      affiliations: { where: { articleId: null }, include: { organization: { select: { slug: true } } } },
    },
  });
  return {
    version,
    idBySlug: new Map(rows.map(({ slug, id }) => [slug, id])),
    actors: rows.map(({ slug, name, kind, wikidata, context, aliases, affiliations }) => ({
      slug,
      name,
      kind,
      wikidata,
      context,
      aliases: aliases.map(({ text, ambiguous }) => ({ text, ambiguous })),
      affiliations: affiliations.map(({ organization, role, since, until }) => ({
        organization: organization.slug,
        role,
        from: since,
        to: until,
      })),
    })),
  };
}

/** What an import did. */
export interface ImportCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/**
 * Brings the register to what `actors` says: creates, updates, confirms candidates of the same slug. Aliases and register
 * affiliations of the given actors are replaced; actors that are not given stay as they are, and so do those that an
 * operator has merged into others.
 */
export async function importActors(db: Db, actors: readonly RegisterActor[]): Promise<ImportCounts> {
  return await db.$transaction(async (tx) => {
    await lockLog(tx);
    const before = new Map(
      (await tx.actor.findMany({ include: { aliases: true } })).map((actor) => [actor.slug, actor] as const),
    );
    const own = actors.filter(({ slug }) => (before.get(slug)?.mergedIntoId ?? null) === null);
    let updated = 0;
    await tx.actor.createMany({
      data: actors
        .filter(({ slug }) => !before.has(slug))
        .map(({ slug, name, kind, wikidata, context }) => ({
          slug,
          name,
          kind,
          wikidata,
          context: [...context],
        })),
    });
    for (const actor of own) {
      const known = before.get(actor.slug);
      if (known === undefined) continue;
      const { name, kind, wikidata } = actor;
      const context = [...actor.context];
      const describe = (
        value: { name: string; kind: string; wikidata: string | null; context: readonly string[] },
        aliases: readonly { text: string; ambiguous: boolean }[],
      ) =>
        JSON.stringify([
          value.name,
          value.kind,
          value.wikidata,
          value.context,
          aliases.map(({ text, ambiguous }) => `${text}\t${ambiguous}`).sort(),
        ]);
      if (known.status === 'CONFIRMED' && describe(known, known.aliases) === describe(actor, actor.aliases))
        continue;
      updated += 1;
      await tx.actor.update({
        where: { slug: actor.slug },
        data: { name, kind, wikidata, context, status: 'CONFIRMED' },
      });
      // What its articles told while it was a candidate is no news.
      if (known.status === 'CANDIDATE') await recordStoredFacts(tx, known.id);
    }
    const ids = new Map(
      (await tx.actor.findMany({ select: { slug: true, id: true, mergedIntoId: true } })).map(
        ({ slug, id, mergedIntoId }) => [slug, mergedIntoId ?? id],
      ),
    );
    const given = own.map(({ slug }) => ids.get(slug)!);
    await tx.alias.deleteMany({ where: { actorId: { in: given } } });
    await tx.alias.createMany({
      data: own.flatMap(({ slug, aliases }) =>
        aliases.map(({ text, ambiguous }) => ({ actorId: ids.get(slug)!, text, ambiguous })),
      ),
      skipDuplicates: true,
    });
    await tx.affiliation.deleteMany({ where: { actorId: { in: given }, articleId: null } });
    await tx.affiliation.createMany({
      data: own.flatMap(({ slug, affiliations }) =>
        affiliations.flatMap(({ organization, role, from, to }) => {
          const organizationId = ids.get(organization);
          return organizationId === undefined
            ? []
            : [{ actorId: ids.get(slug)!, organizationId, role, since: from, until: to }];
        }),
      ),
    });
    const created = actors.filter(({ slug }) => !before.has(slug)).length;
    return { created, updated, unchanged: actors.length - created - updated };
  });
}

/** An actor that an article names. */
export interface NamedActor {
  readonly slug: string | null;
  readonly name: string;
  readonly kind: ActorKind;
}

/** The row an actor of an article stands for. */
export interface ResolvedActor {
  readonly id: number;
  /** False for a candidate: its mentions are kept, but it is no member of the register and nobody is alerted. */
  readonly confirmed: boolean;
}

interface ActorRow {
  readonly id: number;
  readonly slug: string;
  readonly status: 'CONFIRMED' | 'CANDIDATE' | 'REJECTED';
  readonly mergedIntoId: number | null;
}

/**
 * Finds the row of each named actor, and makes candidates of those that the register does not hold. Null where an operator
 * has rejected the name. A merged actor stands for the one it was merged into.
 */
export async function resolveActors(
  tx: Pick<Statements, '$queryRaw'>,
  named: readonly NamedActor[],
  now: Date,
): Promise<readonly (ResolvedActor | null)[]> {
  const slugs = named.map(({ slug, name }) => slug ?? slugOf(name));
  if (slugs.length === 0) return [];
  const columns = sql`id, slug, status::text as status, merged_into_id as "mergedIntoId"`;
  const rows = await tx.$queryRaw<ActorRow[]>`select ${columns} from actor where slug = any(${slugs})`;
  const present = new Set(rows.map(({ slug }) => slug));
  const candidates = new Map<string, object>();
  named.forEach(({ slug, name, kind }, index) => {
    const key = slugs[index]!;
    if (slug === null && key !== '' && !present.has(key)) candidates.set(key, { slug: key, name, kind });
  });
  if (candidates.size > 0) {
    const made = await tx.$queryRaw<ActorRow[]>`
      insert into actor (slug, name, kind, status, created_at)
      select slug, name, kind::"ActorKind", 'CANDIDATE', ${now}
        from json_to_recordset(${jsonRows([...candidates.values()])}::json) as c(slug text, name text, kind text)
      on conflict (slug) do update set slug = excluded.slug
      returning ${columns}`;
    rows.push(...made);
  }
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  return slugs.map((slug) => {
    const row = bySlug.get(slug);
    if (row === undefined || row.status === 'REJECTED') return null;
    if (row.mergedIntoId !== null) return { id: row.mergedIntoId, confirmed: true };
    return { id: row.id, confirmed: row.status === 'CONFIRMED' };
  });
}

/** A mention with the actor it was resolved to. */
export interface MentionToSave {
  readonly actorId: number;
  readonly field: 'TITLE' | 'TEXT';
  readonly start: number;
  readonly end: number;
  readonly surface: string;
  readonly confidence: number;
}

/** A tie that an article states, with the actors it was resolved to. */
export interface AffiliationToSave {
  readonly actorId: number;
  readonly organizationId: number;
  readonly role: string;
  readonly former: boolean;
  readonly field: 'TITLE' | 'TEXT';
  readonly start: number;
  readonly end: number;
}

/** Replaces the mentions of an article and the affiliations it states; of a new article there is nothing to replace. */
export async function saveMentions(
  tx: Pick<Statements, '$executeRaw'>,
  article: { readonly id: number; readonly publishedAt: Date; readonly isNew: boolean },
  mentions: readonly MentionToSave[],
  affiliations: readonly AffiliationToSave[],
): Promise<void> {
  const { id, publishedAt } = article;
  if (!article.isNew) {
    await tx.$executeRaw`
      with m as (delete from mention where article_id = ${id}) delete from affiliation where article_id = ${id}`;
  }
  if (mentions.length === 0 && affiliations.length === 0) return;
  // Two names in one place may have been merged into one actor. An affiliation is dated by its article: that the tie held on
  // that day says nothing of when it began.
  await tx.$executeRaw`
    with m as (
      insert into mention (article_id, actor_id, field, start, "end", surface, confidence, published_at)
      select ${id}, "actorId", field::"Field", start, "end", surface, confidence, ${publishedAt}
        from json_to_recordset(${jsonRows(mentions)}::json)
          as r("actorId" int, field text, start int, "end" int, surface text, confidence float8)
      on conflict do nothing)
    insert into affiliation (actor_id, organization_id, role, former, field, start, "end", article_id)
    select "actorId", "organizationId", role, former, field::"Field", start, "end", ${id}
      from json_to_recordset(${jsonRows(affiliations)}::json)
        as r("actorId" int, "organizationId" int, role text, former boolean, field text, start int, "end" int)`;
}
