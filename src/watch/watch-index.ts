/**
 * All watches at once: which of them a line of the log passes, without looking at the others.
 *
 *   watches ─▶ groups of equal filters ─▶ a shelf an actor, and one for any actor ─▶ by anchor word or phrase, else by outlet,
 *                                                                                  part in the article, kind, or "all"
 *
 * A line looks up its actor's shelf and the one for any actor, each under its words and its other keys, and only on the
 * groups found there the filter itself decides. A group lies under every key of the one condition that says most; so what a
 * line costs grows with the watches that share its actor and its words, not with all there are.
 */
import { CLAIM_REASONS, MONEY_REASONS, narrowed, passesFilter, type SavedFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import { gramsOf, phraseGram } from '#match/word-grams.ts';
import { anchorsOf, parseWordQuery } from '#match/word-query.ts';

/** A number is the hash of a word or phrase; a string any other condition. */
type Key = number | string;

/** Watches with equal filters. */
interface Group {
  readonly signature: string;
  readonly filter: SavedFilter;
  readonly watches: Set<number>;
  /** The look-up that met it last. */
  seen: number;
}

/** Most keys have one group, and a set costs two hundred bytes. */
type Shelf = Map<Key, Group | Set<Group>>;

/** The article whose lines are being looked up. */
interface Text {
  readonly words: string;
  readonly grams: ReadonlySet<number>;
  /** What lies under its words on the shelf for any actor. */
  readonly anyActor: readonly Group[];
}

const ALL = 'all';

/** Equal for filters that say the same. */
function signatureOf(filter: SavedFilter): string {
  const list = (values: readonly string[] | null | undefined) =>
    values === null || values === undefined ? 0 : [...new Set(values)].sort();
  return JSON.stringify([
    list(filter.actors),
    filter.withSpokespeople === true ? 1 : 0,
    list(filter.actorKinds),
    list(filter.outlets),
    list(filter.reasons),
    filter.words ?? 0,
    filter.minimumEur ?? null,
    list(filter.fundingStatuses),
    list(filter.claimStatuses),
  ]);
}

/** What a filter asks for beside the actor, by the one condition that says most, as keys of which a line has one. */
function keysOf(filter: SavedFilter): { readonly keys: readonly Key[]; readonly lengths: readonly number[] } {
  const { words, outlets, minimumEur, fundingStatuses, claimStatuses, reasons, actorKinds } = filter;
  const plain = (keys: readonly string[]) => ({ keys: [...new Set(keys)], lengths: [] });
  if (typeof words === 'string') {
    const parsed = parseWordQuery(words);
    if (!parsed.ok) throw new Error(`watch: words "${words}": ${parsed.problem}`);
    const grams = anchorsOf(parsed.query)?.map(phraseGram);
    if (grams !== undefined) {
      return {
        keys: [...new Set(grams.map(({ hash }) => hash))],
        lengths: grams.map(({ length }) => length),
      };
    }
  }
  if (Array.isArray(outlets)) return plain(outlets.map((outlet) => `in ${outlet}`));
  if (typeof minimumEur === 'number' || Array.isArray(fundingStatuses)) {
    return plain(narrowed(MONEY_REASONS, filter).map((kind) => `as ${kind}`));
  }
  if (Array.isArray(claimStatuses)) {
    return plain(narrowed(CLAIM_REASONS, filter).map((kind) => `as ${kind}`));
  }
  if (Array.isArray(reasons)) return plain(reasons.map((kind) => `as ${kind}`));
  if (Array.isArray(actorKinds)) return plain(actorKinds.map((kind) => `of ${kind}`));
  return plain([ALL]);
}

/** The keys of a line, but for its words. */
function plainKeysOf({ outlet, actorKind, reasons }: LoggedMatch): ReadonlySet<string> {
  return new Set([ALL, `in ${outlet}`, `of ${actorKind}`, ...reasons.map(({ kind }) => `as ${kind}`)]);
}

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

/** The watches that may want a line, found by looking at few of them. */
export class WatchIndex {
  readonly #groups = new Map<string, Group>();
  readonly #groupOf = new Map<number, Group>();
  readonly #anyActor: Shelf = new Map();
  readonly #shelves = new Map<string, Shelf>();
  /** How many anchors there are of each length in words. */
  readonly #lengths = new Map<number, number>();
  #text: Text | null = null;
  #lookUps = 0;

  /** Watches. */
  get size(): number {
    return this.#groupOf.size;
  }

  /** Adds a watch, or gives it another filter. Throws for a query on words that is none; the watch is then in it no more. */
  set(watch: number, filter: SavedFilter): void {
    const signature = signatureOf(filter);
    if (this.#groupOf.get(watch)?.signature === signature) return;
    this.remove(watch);
    let group = this.#groups.get(signature);
    if (group === undefined) {
      group = { signature, filter, watches: new Set(), seen: 0 };
      this.#file(group, putOn, 1);
      this.#groups.set(signature, group);
    }
    group.watches.add(watch);
    this.#groupOf.set(watch, group);
  }

  /** Forgets a watch, if it is there. */
  remove(watch: number): void {
    const group = this.#groupOf.get(watch);
    if (group === undefined) return;
    this.#groupOf.delete(watch);
    group.watches.delete(watch);
    if (group.watches.size > 0) return;
    this.#groups.delete(group.signature);
    this.#file(group, takeFrom, -1);
  }

  /**
   * The watches whose filters the line passes, each once. `speaksFor` are the slugs of those for whom its actor speaks now:
   * what it says counts for watches of these, where they ask for it. Cheapest when the lines of an article follow each other.
   */
  matching(line: LoggedMatch, speaksFor: readonly string[] = []): readonly number[] {
    this.#lookUps += 1;
    const found: number[] = [];
    const look = (group: Group): void => {
      if (group.seen === this.#lookUps) return;
      group.seen = this.#lookUps;
      const { filter, watches } = group;
      const isVoice =
        filter.withSpokespeople === true && filter.actors?.some((slug) => speaksFor.includes(slug));
      if (!passesFilter(line, isVoice === true ? { ...filter, spokespeople: line.actorSlugs } : filter))
        return;
      for (const watch of watches) found.push(watch);
    };
    const text = this.#textOf(line.words);
    const plain = plainKeysOf(line);
    for (const group of text?.anyActor ?? []) look(group);
    for (const key of plain) lookAt(this.#anyActor.get(key), look);
    for (const slug of new Set([...line.actorSlugs, ...speaksFor])) {
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
    return found;
  }

  #file(group: Group, move: typeof putOn, by: 1 | -1): void {
    const { keys, lengths } = keysOf(group.filter);
    const { actors } = group.filter;
    for (const slug of actors === null || actors === undefined ? [null] : new Set(actors)) {
      const shelf = slug === null ? this.#anyActor : (this.#shelves.get(slug) ?? new Map());
      for (const key of keys) move(shelf, key, group);
      if (slug !== null && shelf.size > 0) this.#shelves.set(slug, shelf);
      else if (slug !== null) this.#shelves.delete(slug);
    }
    for (const length of lengths) {
      const count = (this.#lengths.get(length) ?? 0) + by;
      if (count === 0) this.#lengths.delete(length);
      else this.#lengths.set(length, count);
    }
    this.#text = null;
  }

  #textOf(words: string | null): Text | null {
    if (words === null) return null;
    if (this.#text?.words === words) return this.#text;
    const grams = gramsOf(words, new Set(this.#lengths.keys()));
    const anyActor: Group[] = [];
    for (const gram of grams) lookAt(this.#anyActor.get(gram), (group) => anyActor.push(group));
    this.#text = { words, grams, anyActor };
    return this.#text;
  }
}

function lookAt(groups: Group | Set<Group> | undefined, look: (group: Group) => void): void {
  if (groups === undefined) return;
  if (groups instanceof Set) for (const group of groups) look(group);
  else look(groups);
}
