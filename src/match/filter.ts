/** What a subscriber or a saved watch wants of the match log. Every condition given must hold; within one, any value does. */
import type { ActorKind } from '#actor/actor.ts';
import type { LoggedMatch, ReasonKind } from './match.ts';

export interface MatchFilter {
  /** Slugs. */
  readonly actors?: readonly string[] | null | undefined;
  /** Slugs of those who speak for the actors: what they say counts like the actors themselves. */
  readonly spokespeople?: readonly string[] | null | undefined;
  readonly actorKinds?: readonly ActorKind[] | null | undefined;
  readonly outlets?: readonly string[] | null | undefined;
  readonly reasons?: readonly ReasonKind[] | null | undefined;
}

const holds = <T>(wanted: readonly T[] | null | undefined, is: (value: T) => boolean): boolean =>
  wanted === null || wanted === undefined || wanted.some(is);

/** True when the match is what the filter asks for; an empty list asks for nothing and passes nothing. */
export function passesFilter(match: LoggedMatch, filter: MatchFilter): boolean {
  const speaks = (slug: string): boolean => slug === match.actorSlug && isSpeaking(match);
  return (
    (holds(filter.actors, (slug) => slug === match.actorSlug) || (filter.spokespeople ?? []).some(speaks)) &&
    holds(filter.actorKinds, (kind) => kind === match.actorKind) &&
    holds(filter.outlets, (outlet) => outlet === match.outlet) &&
    holds(filter.reasons, (kind) => match.reasons.some((reason) => reason.kind === kind))
  );
}

const isSpeaking = ({ reasons }: LoggedMatch): boolean => reasons.some(({ kind }) => kind === 'SPEAKING');
