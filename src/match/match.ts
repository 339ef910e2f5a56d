/** The lines of the match log: an article in which an actor appears, and why. */
import type { ActorKind } from '#actor/actor.ts';
import type { Span } from '#extraction/extraction.ts';

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
  readonly actorSlug: string;
  readonly actorKind: ActorKind;
  readonly outlet: string;
}
