/** Claims in Postgres. */
import type { ReadClaim } from '#extraction/extraction.ts';
import { jsonRows } from '#platform/json-rows.ts';
import type { Statements } from '#platform/writer.ts';
import { claimFingerprint } from './fingerprint.ts';

/** A claim with the actors it was resolved to. */
export interface ClaimToSave {
  readonly claim: ReadClaim;
  readonly speakerId: number | null;
  readonly aboutIds: readonly number[];
}

/** Replaces the claims of an article; of a new article there is nothing to replace. */
export async function saveClaims(
  tx: Pick<Statements, '$executeRaw'>,
  article: { readonly id: number; readonly publishedAt: Date; readonly isNew: boolean },
  claims: readonly ClaimToSave[],
): Promise<void> {
  const { id, publishedAt } = article;
  if (!article.isNew) await tx.$executeRaw`delete from claim where article_id = ${id}`;
  if (claims.length === 0) return;
  const rows = claims.map(({ claim, speakerId }) => ({
    ...claim,
    speakerId,
    fingerprint: claimFingerprint(claim.quote),
  }));
  const about = claims.flatMap(({ claim: { field, start, end }, aboutIds }) =>
    [...new Set(aboutIds)].map((actorId) => ({ field, start, end, actorId })),
  );
  await tx.$executeRaw`
    with c as (
      insert into claim (article_id, speaker_id, speaker_name, kind, status, quote, verb, topics, field, start, "end",
                         confidence, fingerprint, published_at)
      select ${id}, "speakerId", "speakerName", kind::"ClaimKind", status::"ClaimStatus", quote, verb, topics,
             field::"Field", start, "end", confidence, fingerprint, ${publishedAt}
        from json_to_recordset(${jsonRows(rows)}::json)
          as r("speakerId" int, "speakerName" text, kind text, status text, quote text, verb text, topics text[],
               field text, start int, "end" int, confidence float8, fingerprint text)
      returning id, field, start, "end")
    insert into claim_about (claim_id, actor_id, published_at)
    select c.id, r."actorId", ${publishedAt}
      from json_to_recordset(${jsonRows(about)}::json) as r(field text, start int, "end" int, "actorId" int)
      join c on c.field = r.field::"Field" and c.start = r.start and c."end" = r."end"`;
}
