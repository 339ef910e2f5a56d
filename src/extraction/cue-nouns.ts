/**
 * Nouns that say what a name beside them names: "start-up", "fonds", "modèle", "salon", "PDG".
 */
import type { Evidence } from './evidence.ts';
import { LOOSE_ADJECTIVES } from './lexicon/cue-words.ts';
import { HEAD_NOUNS } from './lexicon/organizations.ts';
import { classesOf, NATIONALITY, OTHER_HEAD, PRODUCT_HEAD, ROLE } from './word-classes.ts';

/** What an apposition is worth. */
export const APPOSITION = 2.5;
export const DETERMINERS = new Set(
  `le la l les un une des du au aux ce cet cette son sa ses leur notre votre chaque`.split(' '),
);

/** True for an adjective that may stand between such a noun and the name. */
export function isLoose(word: string): boolean {
  return (classesOf(word) & NATIONALITY) !== 0 || LOOSE_ADJECTIVES.has(word);
}

/** Adds what the noun says; false when it says nothing. */
export function addHead(evidence: Evidence, word: string, weight: number): boolean {
  const classes = classesOf(word);
  // "le maire" is somebody, though a town's name follows him.
  const isRole = (classes & ROLE) !== 0;
  if (!isRole && (classes & (PRODUCT_HEAD | OTHER_HEAD)) !== 0) {
    evidence.other += weight;
    return true;
  }
  const kind = HEAD_NOUNS.get(word);
  // "spécialiste", "pionnier", "leader" say it of both.
  const share = kind !== undefined && isRole ? weight / 2 : weight;
  if (kind !== undefined) evidence[kind] += share;
  if (isRole) evidence.PERSON += share;
  return kind !== undefined || isRole;
}
