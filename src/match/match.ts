/** The lines of the match log: an article in which an actor appears, and why. */
import type { ActorKind } from '#actor/actor.ts';
import type { ClaimStatus, FundingStatus, Span } from '#extraction/extraction.ts';

/** What part the actor has in the article. */
export const REASON_KINDS = ['MENTIONED', 'SPEAKING', 'SPOKEN_ABOUT', 'RAISING', 'INVESTING'] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

/** One reason for a match, with its place in the article. */
export interface MatchReason extends Span {
  readonly kind: ReasonKind;
  /** The words there: a name, a quotation, the sentence about money; cut at `REASON_TEXT_MAX` code units. */
  readonly text: string;
  /** The sentence around it, cut at `REASON_TEXT_MAX` code units: what a person reads first. */
  readonly sentence: string;
  /** Of money: in euros at the reference rate, as the event stood when this was logged; null without a rate. */
  readonly amountEur?: number | null;
  readonly fundingStatus?: FundingStatus;
  /** Of something said. */
  readonly claimStatus?: ClaimStatus;
}

/** Reasons kept per match: an alert explains, it does not list. */
export const REASONS_MAX = 20;
export const REASON_TEXT_MAX = 300;

/** A row of the log with what filters look at. */
export interface LoggedMatch {
  readonly seq: bigint;
  readonly articleId: number;
  readonly actorId: number;
  readonly storyId: number;
  readonly createdAt: Date;
  readonly reasons: readonly MatchReason[];
  /** Of the actor, or of the one it was merged into; so is the kind. */
  readonly actorSlug: string;
  /** Every slug that it answers to: its own and those of the actors that were merged into it. */
  readonly actorSlugs: readonly string[];
  readonly actorKind: ActorKind;
  readonly outlet: string;
  /** The article's words when this was logged, see `searchableWords`; null where they were not kept. */
  readonly words: string | null;
  /** How many independent texts its story had when this was logged. */
  readonly independentTexts: number;
  /** The line that this one says again, because its story has one more independent text; null for a line of something new. */
  readonly corroborates: bigint | null;
}
