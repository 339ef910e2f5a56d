/**
 * Who is in one article while it is being read: entities, and the places that name them.
 */
import type { ActorKind } from '#actor/actor.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import type { Words } from './words.ts';

/** Somebody or something that the article names. */
export interface Entity {
  /** Position in the register; null for a candidate. */
  readonly register: number | null;
  /** Of a candidate, the first spelling; the longest one is reported unless `isNamed`. */
  name: string;
  /** True when the name was put together from several places. */
  isNamed: boolean;
  kind: ActorKind;
  /** 0 to 1; 0 for a candidate that nothing speaks for (it is left out). */
  confidence: number;
  readonly evidence: Evidence;
  readonly namings: Naming[];
}

/** A place that names an entity: tokens `from` to `to`, exclusive. */
export interface Naming {
  readonly page: Page;
  readonly from: number;
  readonly to: number;
  entity: Entity;
  readonly confidence: number;
}

/** One field with, for each token, the naming that holds it. */
export interface Page {
  readonly words: Words;
  /** 1 for a token of a naming, 2 for one of a name that is no actor (a product, a place), 0 for any other. */
  readonly taken: Uint8Array;
  /** 1 for the first token of an ambiguous spelling of the register that does not name its actor here. */
  readonly rejected: Uint8Array;
  /** By first token. */
  readonly namings: Map<number, Naming>;
}

export const NAMED = 1;
export const NO_ACTOR = 2;

export function createPage(words: Words): Page {
  return {
    words,
    taken: new Uint8Array(words.tokens.length),
    rejected: new Uint8Array(words.tokens.length),
    namings: new Map(),
  };
}

export function createEntity(
  register: number | null,
  name: string,
  kind: ActorKind,
  confidence: number,
): Entity {
  return {
    register,
    name,
    isNamed: register !== null,
    kind,
    confidence,
    evidence: createEvidence(),
    namings: [],
  };
}

/** Records that the tokens name the entity. */
export function place(page: Page, from: number, to: number, entity: Entity, confidence: number): void {
  const naming: Naming = { page, from, to, entity, confidence };
  entity.namings.push(naming);
  page.namings.set(from, naming);
  page.taken.fill(NAMED, from, to);
}

/** Takes a naming back: a longer name holds it. */
export function displace(naming: Naming): void {
  const at = naming.entity.namings.indexOf(naming);
  if (at >= 0) naming.entity.namings.splice(at, 1);
  naming.page.namings.delete(naming.from);
  naming.page.taken.fill(0, naming.from, naming.to);
}

/** All places of one entity become the other's. */
export function merge(from: Entity, into: Entity): void {
  for (const naming of from.namings) {
    naming.entity = into;
    into.namings.push(naming);
  }
  from.namings.length = 0;
}

/** The naming that ends right before the token; null when none does. */
export function namingBefore(page: Page, token: number): Naming | null {
  if (token === 0 || page.taken[token - 1] !== NAMED) return null;
  for (let from = token - 1; from >= 0 && token - from <= 24; from--) {
    const naming = page.namings.get(from);
    if (naming !== undefined) return naming.to === token ? naming : null;
  }
  return null;
}

/** The namings of a page in reading order. */
export function inOrder(page: Page): Naming[] {
  return [...page.namings.values()].sort((a, b) => a.from - b.from);
}

/** The words of a naming as they stand in the text. */
export function surfaceOf({ words }: Page, from: number, to: number): string {
  return words.text.slice(words.tokens[from]!.start, words.tokens[to - 1]!.end);
}
