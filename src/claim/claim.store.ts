/** Claims in Postgres. */
import type { ReadClaim } from '#extraction/extraction.ts';
import type { Tx } from '#platform/database.ts';
import { claimFingerprint } from './fingerprint.ts';

/** A claim with the actors it was resolved to. */
export interface ClaimToSave {
  readonly claim: ReadClaim;
  readonly speakerId: number | null;
  readonly aboutIds: readonly number[];
}

/** Replaces the claims of an article. */
export async function saveClaims(
  tx: Tx,
  article: { readonly id: number; readonly publishedAt: Date },
  claims: readonly ClaimToSave[],
): Promise<void> {
  await tx.claim.deleteMany({ where: { articleId: article.id } });
  if (claims.length === 0) return;
  const rows = await tx.claim.createManyAndReturn({
    data: claims.map(({ claim, speakerId }) => ({
      articleId: article.id,
      speakerId,
      speakerName: claim.speakerName,
      kind: claim.kind,
      status: claim.status,
      quote: claim.quote,
      verb: claim.verb,
      topics: [...claim.topics],
      field: claim.field,
      start: claim.start,
      end: claim.end,
      confidence: claim.confidence,
      fingerprint: claimFingerprint(claim.quote),
      publishedAt: article.publishedAt,
    })),
    select: { id: true, field: true, start: true, end: true },
  });
  const idOf = new Map(rows.map(({ id, field, start, end }) => [`${field} ${start} ${end}`, id]));
  await tx.claimAbout.createMany({
    data: claims.flatMap(({ claim, aboutIds }) => {
      const claimId = idOf.get(`${claim.field} ${claim.start} ${claim.end}`)!;
      return [...new Set(aboutIds)].map((actorId) => ({
        claimId,
        actorId,
        publishedAt: article.publishedAt,
      }));
    }),
  });
}
