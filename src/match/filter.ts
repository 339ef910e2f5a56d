/** What a subscriber or a saved watch wants of the match log. Every condition given must hold; within one, any value does. */
import type { ActorKind } from '#actor/actor.ts';
import type { ClaimStatus, FundingStatus } from '#extraction/extraction.ts';
import type { LoggedMatch, MatchReason, ReasonKind } from './match.ts';
import { compileWordQuery, holdsQuery } from './word-query.ts';

export interface MatchFilter {
  /** Slugs. */
  readonly actors?: readonly string[] | null | undefined;
  /** Slugs of those who speak for the actors: what they say counts like the actors themselves. */
  readonly spokespeople?: readonly string[] | null | undefined;
  readonly actorKinds?: readonly ActorKind[] | null | undefined;
  readonly outlets?: readonly string[] | null | undefined;
  readonly reasons?: readonly ReasonKind[] | null | undefined;
  /** What the words of the article must be: see `word-query.ts`. A line whose words were not kept does not pass. */
  readonly words?: string | null | undefined;
  /** Euros. One and the same reason must meet what is asked of money. */
  readonly minimumEur?: number | null | undefined;
  readonly fundingStatuses?: readonly FundingStatus[] | null | undefined;
  readonly claimStatuses?: readonly ClaimStatus[] | null | undefined;
  /** 1 to `CORROBORATION_MAX`: what passes has to wait until its story was told so often independently. */
  readonly minimumIndependentTexts?: number | null | undefined;
}

/** Independent texts of a story that a filter can ask for; the log tells of no more. */
export const CORROBORATION_MAX = 10;

/** A filter as a client gives it and a watch keeps it: who speaks for the actors is looked up when it is used. */
export interface SavedFilter extends Omit<MatchFilter, 'spokespeople'> {
  readonly withSpokespeople?: boolean;
}

/** Reasons that are about money, and those about something said. */
export const MONEY_REASONS: readonly ReasonKind[] = ['RAISING', 'INVESTING'];
export const CLAIM_REASONS: readonly ReasonKind[] = ['SPEAKING', 'SPOKEN_ABOUT'];

/** Of a family of reasons those that the filter names, or all of them where it names none: what its conditions are about. */
export function narrowed(family: readonly ReasonKind[], { reasons }: MatchFilter): readonly ReasonKind[] {
  const named = family.filter((kind) => reasons?.includes(kind));
  return named.length === 0 ? family : named;
}

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

const holds = <T>(wanted: readonly T[] | null | undefined, is: (value: T) => boolean): boolean =>
  !isGiven(wanted) || wanted.some(is);

/** True when the match is what the filter asks for; an empty list asks for nothing and passes nothing. */
export function passesFilter(match: LoggedMatch, filter: MatchFilter): boolean {
  return (
    passesBesideWords(match, filter) &&
    (!isGiven(filter.words) ||
      (match.words !== null && holdsQuery(compileWordQuery(filter.words), match.words)))
  );
}

/** The same, whatever it asks of the words. */
export function passesBesideWords(match: LoggedMatch, filter: MatchFilter): boolean {
  const isOf = (slug: string): boolean => match.actorSlugs.includes(slug);
  const speaks = (slug: string): boolean => isOf(slug) && isSpeaking(match);
  return (
    (holds(filter.actors, isOf) || (filter.spokespeople ?? []).some(speaks)) &&
    holds(filter.actorKinds, (kind) => kind === match.actorKind) &&
    holds(filter.outlets, (outlet) => outlet === match.outlet) &&
    holds(filter.reasons, (kind) => match.reasons.some((reason) => reason.kind === kind)) &&
    isToldEnough(match, filter) &&
    hasMoney(match, filter) &&
    hasClaim(match, filter)
  );
}

const isSpeaking = ({ reasons }: LoggedMatch): boolean => reasons.some(({ kind }) => kind === 'SPEAKING');

/**
 * A line of something new passes when its story has been told often enough; else what says it again does, at the very text
 * that makes it enough. So the same lines pass as without the condition, each once, if later.
 */
function isToldEnough(
  { independentTexts, corroborates }: LoggedMatch,
  { minimumIndependentTexts: wanted }: MatchFilter,
): boolean {
  if (corroborates !== null) return independentTexts === wanted;
  return !isGiven(wanted) || independentTexts >= wanted;
}

function hasMoney({ reasons }: LoggedMatch, filter: MatchFilter): boolean {
  const { minimumEur, fundingStatuses } = filter;
  if (!isGiven(minimumEur) && !isGiven(fundingStatuses)) return true;
  const kinds = narrowed(MONEY_REASONS, filter);
  const meets = ({ kind, amountEur, fundingStatus }: MatchReason): boolean =>
    kinds.includes(kind) &&
    (!isGiven(minimumEur) || (isGiven(amountEur) && amountEur >= minimumEur)) &&
    holds(fundingStatuses, (status) => status === fundingStatus);
  return reasons.some(meets);
}

function hasClaim({ reasons }: LoggedMatch, filter: MatchFilter): boolean {
  if (!isGiven(filter.claimStatuses)) return true;
  const kinds = narrowed(CLAIM_REASONS, filter);
  return reasons.some(
    ({ kind, claimStatus }) =>
      kinds.includes(kind) && holds(filter.claimStatuses, (status) => status === claimStatus),
  );
}
