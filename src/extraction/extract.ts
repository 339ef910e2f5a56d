/**
 * The reading of one article, pure from text to extraction:
 *
 *   article ─▶ actors (register, then cues) ─▶ claims (quotations, reported speech) ─▶ funding (amounts, who pays whom)
 */
import type { RegisterActor } from '#actor/actor.ts';
import { createActorFinder } from './actors.ts';
import { findClaims } from './claims.ts';
import type { Extraction, ReadableArticle, ReadClaim, Reader } from './extraction.ts';
import { findFunding } from './funding.ts';

/** Raised whenever the same text may be read differently; stored with every extraction. */
export const READER_VERSION = '3';

/** Code units of a text that are read: twenty times a usual article. What stands behind them is not looked at. */
const MAX_TEXT = 64_000;
/** The same for a title. */
const MAX_TITLE = 1000;

/** Builds a reader on one state of the register. */
export function createReader(register: readonly RegisterActor[]): Reader {
  const findActors = createActorFinder(register);
  return {
    read({ title, text, publishedAt }: ReadableArticle): Extraction {
      const article = { title: title.slice(0, MAX_TITLE), text: text.slice(0, MAX_TEXT), publishedAt };
      const found = findActors(article);
      const { actors, mentions, affiliations, cast } = found;
      return {
        reader: READER_VERSION,
        actors,
        mentions,
        affiliations,
        claims: findClaims(article, cast).map((claim) => amongActors(claim, actors.length)),
        funding: findFunding(article, found, found.fields),
      };
    },
  };
}

/** A claim of the cast's, with those of its people who are no actors left out; the speaker keeps the name. */
function amongActors(claim: ReadClaim, actors: number): ReadClaim {
  return {
    ...claim,
    speaker: claim.speaker !== null && claim.speaker < actors ? claim.speaker : null,
    about: claim.about.filter((ref) => ref < actors),
  };
}
