/**
 * What stories are found by, in Postgres: each article's profile, and a row for each band of its signature. A band is looked up
 * within the window of time, nearest first, so that a look-up costs the same however many articles carry it and however
 * many years are stored. (An index on the bands as an array has to read every article that ever had one of them.)
 */
import { Prisma } from '#generated/prisma/client.ts';
import { lockLog } from '#platform/log-lock.ts';
import type { Statements, Write } from '#platform/writer.ts';
import { STORY_WINDOW_HOURS, type StoryCandidate } from './story.ts';
import { packProfile, unpackProfile } from './story-profile.ts';
import type { StorySignature } from './story-signature.ts';

const { sql } = Prisma;

/** Candidates that are compared. */
const CANDIDATES_MAX = 30;
/** Articles of a band that are looked at, before and after the one that comes in. */
const BAND_ARTICLES_MAX = 8;
/** Days after its publication for which an article is at least found. */
const KEPT_DAYS = 180;
/** Articles that are forgotten while the writers wait (about a tenth of a second), and how often in a run. */
const PRUNED_AT_ONCE = 200;
const PRUNED_TURNS = 25;

interface CandidateRow {
  readonly profile: Uint8Array;
  readonly outlet: string;
  readonly publishedAt: Date;
  readonly storyId: number;
}

/**
 * Articles of about the same time that share bands of the signature. Those come first that share the most; a band counts the
 * less, the more of the articles looked at carry it, so that a hundred articles with the same boilerplate do not crowd out
 * the one with the same news. Of equals the nearest in time comes first.
 */
export async function loadStoryCandidates(
  tx: Pick<Statements, '$queryRaw'>,
  { bands, publishedAt }: { readonly bands: readonly number[]; readonly publishedAt: Date },
): Promise<readonly StoryCandidate[]> {
  const window = STORY_WINDOW_HOURS * 3_600_000;
  const from = new Date(publishedAt.getTime() - window);
  const to = new Date(publishedAt.getTime() + window);
  const rows = await tx.$queryRaw<CandidateRow[]>`
    with carrier as (
      select c.article_id, c.published_at, count(*) over (partition by b.band) as carriers
        from unnest(${bands}::int4[]) as b(band)
       cross join lateral (
         (select article_id, published_at from article_band
           where band = b.band and published_at between ${from}::timestamptz and ${publishedAt}::timestamptz
           order by published_at desc limit ${BAND_ARTICLES_MAX})
         union all
         (select article_id, published_at from article_band
           where band = b.band and published_at > ${publishedAt}::timestamptz and published_at <= ${to}::timestamptz
           order by published_at limit ${BAND_ARTICLES_MAX})) c),
    best as (
      select article_id, sum(1 / carriers::float8) as shared,
             min(greatest(published_at - ${publishedAt}::timestamptz, ${publishedAt}::timestamptz - published_at)) as apart
        from carrier group by article_id
       order by shared desc, apart, article_id limit ${CANDIDATES_MAX})
    select s.profile, a.outlet, a.published_at as "publishedAt", a.story_id as "storyId"
      from best
      join article_signature s on s.article_id = best.article_id
      join article a on a.id = best.article_id
     order by best.shared desc, best.apart, best.article_id`;
  return rows.flatMap((row) => {
    const profile = unpackProfile(row.profile);
    // A profile of another version cannot be compared; its article finds no copies until it is read again.
    return profile === null ? [] : [{ ...row, profile }];
  });
}

/** Parts of a WITH that store the signature of the article `a`, which is new. */
export function insertSignature({ bands, profile }: StorySignature, publishedAt: Date): Prisma.Sql {
  return sql`
    signature as (
      insert into article_signature (article_id, bands, profile)
      select a.id, ${bands}::int4[], ${packProfile(profile)}::bytea from a),
    band as (
      insert into article_band (band, published_at, article_id)
      select b.band, ${publishedAt}::timestamptz, a.id from a, unnest(${bands}::int4[]) as b(band))`;
}

/** Replaces what an article is recognised by. */
export async function saveSignature(
  tx: Pick<Statements, '$executeRaw'>,
  article: { readonly id: number; readonly publishedAt: Date },
  { bands, profile }: StorySignature,
): Promise<void> {
  const { id, publishedAt } = article;
  // A statement does not see its own changes: what stays is neither taken away nor entered anew.
  await tx.$executeRaw`
    with gone as (
      delete from article_band
       where article_id = ${id} and published_at = ${publishedAt}::timestamptz
         and band in (select unnest(bands) from article_signature where article_id = ${id} except select unnest(${bands}::int4[]))),
    band as (
      insert into article_band (band, published_at, article_id)
      select band, ${publishedAt}::timestamptz, ${id}::int4 from unnest(${bands}::int4[]) as band
      on conflict do nothing)
    insert into article_signature (article_id, bands, profile)
    values (${id}, ${bands}::int4[], ${packProfile(profile)}::bytea)
    on conflict (article_id) do update set bands = excluded.bands, profile = excluded.profile`;
}

/**
 * Forgets what old articles are recognised by, some 7 KB each; the number of articles forgotten, at most 5,000. Goes by their ids, for
 * which no index has to be kept: an old article that came in late is forgotten with its neighbours. Takes `lockLog`.
 */
export async function pruneSignatures(write: Write, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const pruneSome = (): Promise<number> =>
    write(async (tx) => {
      await lockLog(tx);
      const [{ pruned }] = await tx.$queryRaw<[{ pruned: number }]>`
        with old as (
          delete from article_signature s using article a
           where a.id = s.article_id and a.published_at < ${before}::timestamptz
             and s.article_id in (select article_id from article_signature order by article_id limit ${PRUNED_AT_ONCE}::int4)
          returning s.article_id, a.published_at, s.bands),
        gone as (
          delete from article_band b using (select article_id, published_at, unnest(bands) as band from old) o
           where b.band = o.band and b.published_at = o.published_at and b.article_id = o.article_id)
        select count(*)::int4 as pruned from old`;
      return pruned;
    });
  let total = 0;
  for (let turn = 0; turn < PRUNED_TURNS; turn += 1) {
    const pruned = await pruneSome();
    total += pruned;
    if (pruned < PRUNED_AT_ONCE) break;
  }
  return total;
}
