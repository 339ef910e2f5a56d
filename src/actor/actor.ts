/**
 * What the register knows of an actor. Plain data: the reader builds its index from it, the store keeps it in Postgres,
 * and `register.ts` reads it from CSV.
 */

/** The kinds an actor can have; an investor is whoever the register lists as investing for a living. */
export const ACTOR_KINDS = ['PERSON', 'COMPANY', 'LAB', 'INVESTOR', 'GOVERNMENT', 'ORGANIZATION'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** One spelling under which the press names an actor. */
export interface RegisterAlias {
  readonly text: string;
  /** True where the spelling is also a plain word or another's name (H, Orange, Mistral): it counts only with context. */
  readonly ambiguous: boolean;
}

/** A dated tie between two actors, from the person or subsidiary to the organisation. */
export interface RegisterAffiliation {
  /** Slug of the organisation. */
  readonly organization: string;
  /** As the press says it ("cofondateur", "PDG"); null when only the tie is known. */
  readonly role: string | null;
  /** ISO 8601 date (year, month or day precision) or null when unknown. */
  readonly from: string | null;
  /** ISO 8601 date, or null while it lasts. */
  readonly to: string | null;
}

/** One actor of the register. */
export interface RegisterActor {
  /** Stable, URL-safe, unique: `mistral-ai`. */
  readonly slug: string;
  readonly name: string;
  readonly kind: ActorKind;
  /** Spellings beside the name itself. The name is listed here too when it is ambiguous. */
  readonly aliases: readonly RegisterAlias[];
  readonly affiliations: readonly RegisterAffiliation[];
  /** Words that make an ambiguous spelling count when they stand near it ("assurance" for Alan). */
  readonly context: readonly string[];
  readonly wikidata: string | null;
}
