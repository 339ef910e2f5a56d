import type { RegisterActor } from '#actor/actor.ts';
import type { Extraction, ReadableArticle } from './extraction.ts';

/** Who is in an article: what claims and funding are resolved against. */
export type FoundActors = Pick<Extraction, 'actors' | 'mentions' | 'affiliations'>;

export function createActorFinder(_register: readonly RegisterActor[]): (article: ReadableArticle) => FoundActors {
  return () => ({ actors: [], mentions: [], affiliations: [] });
}
