import type { FoundActors } from './actors.ts';
import type { ReadableArticle, ReadFunding } from './extraction.ts';

export function findFunding(_article: ReadableArticle, _found: FoundActors): readonly ReadFunding[] {
  return [];
}
