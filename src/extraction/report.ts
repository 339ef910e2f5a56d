/**
 * A reading as `vigie read` prints it: one plain record an article, with names instead of references.
 */
import type { ActorKind } from '#actor/actor.ts';
import type { ClaimKind, Extraction, FundingKind, FundingStatus, ReadableArticle } from './extraction.ts';

/** What one article says, by name. Amounts are numbers of currency units. */
export interface ReportedReading {
  readonly id: string;
  readonly actors: readonly {
    readonly name: string;
    readonly kind: ActorKind;
    readonly mentions: readonly string[];
  }[];
  readonly claims: readonly {
    readonly speaker: string | null;
    readonly quote: string;
    readonly kind: ClaimKind;
  }[];
  readonly funding: readonly {
    readonly recipient: string | null;
    readonly amount: number;
    readonly currency: string;
    readonly kind: FundingKind;
    readonly status: FundingStatus;
    readonly investors: readonly string[];
    readonly valuation: { readonly amount: number; readonly currency: string } | null;
    readonly evidence: string;
  }[];
}

/** Puts names in the place of references, and the evidence's words in the place of its span. */
export function reportReading(id: string, article: ReadableArticle, extraction: Extraction): ReportedReading {
  const surfaces = extraction.actors.map(() => new Set<string>());
  for (const mention of extraction.mentions) surfaces[mention.actor]?.add(mention.surface);
  const nameOf = (ref: number | null): string | null =>
    ref === null ? null : (extraction.actors[ref]?.name ?? null);
  return {
    id,
    actors: extraction.actors.map(({ ref, name, kind }) => ({
      name,
      kind,
      mentions: [...(surfaces[ref] ?? [])],
    })),
    claims: extraction.claims.map((claim) => ({
      speaker: nameOf(claim.speaker) ?? claim.speakerName,
      quote: claim.quote,
      kind: claim.kind,
    })),
    funding: extraction.funding.map((fact) => ({
      recipient: nameOf(fact.recipient),
      amount: Number(fact.money.amount),
      currency: fact.money.currency,
      kind: fact.kind,
      status: fact.status,
      investors: fact.investors.flatMap(({ actor }) => nameOf(actor) ?? []),
      valuation:
        fact.valuation === null
          ? null
          : { amount: Number(fact.valuation.amount), currency: fact.valuation.currency },
      evidence: (fact.field === 'TITLE' ? article.title : article.text).slice(fact.start, fact.end),
    })),
  };
}
