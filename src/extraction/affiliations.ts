import type { Entity, Page } from './cast.ts';
import type { ReadAffiliation } from './extraction.ts';

/** Ties that the text states between a person and an organisation. */
export function findAffiliations(
  _pages: readonly Page[],
  _refs: ReadonlyMap<Entity, number>,
): ReadAffiliation[] {
  return [];
}
