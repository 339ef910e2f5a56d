/**
 * The reading of one article, pure from text to extraction:
 *
 *   article ─▶ actors (register, then cues) ─▶ claims (quotations, reported speech) ─▶ funding (amounts, who pays whom)
 */
import type { RegisterActor } from '#actor/actor.ts';
import { createActorFinder } from './actors.ts';
import { findClaims } from './claims.ts';
import type { Extraction, ReadableArticle, Reader } from './extraction.ts';
import { findFunding } from './funding.ts';

/** Raised whenever the same text may be read differently; stored with every extraction. */
export const READER_VERSION = '1';

/** Builds a reader on one state of the register. */
export function createReader(register: readonly RegisterActor[]): Reader {
  const findActors = createActorFinder(register);
  return {
    read(article: ReadableArticle): Extraction {
      const found = findActors(article);
      return {
        reader: READER_VERSION,
        ...found,
        claims: findClaims(article, found),
        funding: findFunding(article, found),
      };
    },
  };
}
