/** Groups of watches by what a line must have to pass their filter: first its actor, then a word or another condition. */
import type { SavedFilter } from '#match/filter.ts';
import { holdsQuery, type WordQuery } from '#match/word-query.ts';
import type { Key } from './filter-keys.ts';

/** Watches with equal filters. */
export interface Group {
  readonly signature: string;
  readonly filter: SavedFilter;
  readonly query: WordQuery | null;
  readonly watches: Set<number>;
  /** The look-up that met it last. */
  seen: number;
  /** The text that its query was asked of last, by number, and the answer. */
  asked: number;
  holds: boolean;
}

/** An article whose lines are being looked up. */
export interface Text {
  /** Counts the texts, from 1. */
  readonly number: number;
  readonly words: string;
  readonly each: ReadonlySet<string>;
  readonly grams: ReadonlySet<number>;
}

/** True when the text, null where it was not kept, holds what the group asks of its words. */
export function holdsWords(group: Group, text: Text | null): boolean {
  if (group.query === null) return true;
  if (text === null) return false;
  if (group.asked !== text.number) {
    group.asked = text.number;
    group.holds = holdsQuery(group.query, text.words, text.each);
  }
  return group.holds;
}

/** Most keys have one group, and a set costs two hundred bytes. */
type Shelf = Map<Key, Group | Set<Group>>;

function putOn(shelf: Shelf, key: Key, group: Group): void {
  const there = shelf.get(key);
  if (there === undefined) shelf.set(key, group);
  else if (there instanceof Set) there.add(group);
  else shelf.set(key, new Set([there, group]));
}

function takeFrom(shelf: Shelf, key: Key, group: Group): void {
  const there = shelf.get(key);
  if (there instanceof Set) {
    there.delete(group);
    if (there.size > 0) return;
  }
  shelf.delete(key);
}

function lookAt(groups: Group | Set<Group> | undefined, look: (group: Group) => void): void {
  if (groups === undefined) return;
  if (groups instanceof Set) for (const group of groups) look(group);
  else look(groups);
}

/** A shelf an actor, and one for any actor. */
export class Shelves {
  readonly #anyActor: Shelf = new Map();
  readonly #shelves = new Map<string, Shelf>();
  /** What lies under the words of a text on the shelf for any actor, and holds of them. */
  #worded: { readonly text: number; readonly groups: readonly Group[] } = { text: 0, groups: [] };

  put(group: Group, keys: readonly Key[]): void {
    this.#file(group, keys, putOn);
  }

  take(group: Group, keys: readonly Key[]): void {
    this.#file(group, keys, takeFrom);
  }

  /** Calls `look` with every group that may want a line of these actors, text and keys; with some more than once. */
  find(
    slugs: ReadonlySet<string>,
    text: Text | null,
    plain: ReadonlySet<string>,
    look: (group: Group) => void,
  ): void {
    if (text !== null) for (const group of this.#wordedFor(text)) look(group);
    for (const key of plain) lookAt(this.#anyActor.get(key), look);
    for (const slug of slugs) {
      const shelf = this.#shelves.get(slug);
      if (shelf === undefined) continue;
      if (text === null || text.grams.size < shelf.size) {
        for (const key of plain) lookAt(shelf.get(key), look);
        for (const key of text?.grams ?? []) lookAt(shelf.get(key), look);
      } else {
        for (const [key, groups] of shelf) {
          if (typeof key === 'number' ? text.grams.has(key) : plain.has(key)) lookAt(groups, look);
        }
      }
    }
  }

  #wordedFor(text: Text): readonly Group[] {
    if (this.#worded.text === text.number) return this.#worded.groups;
    const groups: Group[] = [];
    const keep = (group: Group): void => {
      if (holdsWords(group, text)) groups.push(group);
    };
    for (const gram of text.grams) lookAt(this.#anyActor.get(gram), keep);
    this.#worded = { text: text.number, groups };
    return groups;
  }

  #file(group: Group, keys: readonly Key[], move: typeof putOn): void {
    const { actors } = group.filter;
    for (const slug of actors === null || actors === undefined ? [null] : new Set(actors)) {
      const shelf = slug === null ? this.#anyActor : (this.#shelves.get(slug) ?? new Map());
      for (const key of keys) move(shelf, key, group);
      if (slug !== null && shelf.size > 0) this.#shelves.set(slug, shelf);
      else if (slug !== null) this.#shelves.delete(slug);
    }
  }
}
