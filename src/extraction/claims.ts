import type { FoundActors } from './actors.ts';
import type { ReadableArticle, ReadClaim } from './extraction.ts';

export function findClaims(_article: ReadableArticle, _found: FoundActors): readonly ReadClaim[] {
  return [];
}
