/**
 * All watches at once: which of them a line of the log passes, without looking at the others.
 *
 *   watches ─▶ groups of equal filters ─▶ a shelf an actor, and one for any actor ─▶ by anchor word or phrase, else by outlet,
 *                                                                                  part in the article, kind, or "all"
 *
 * A line looks up its actor's shelf and the one for any actor, each under its words and its other keys, and only on the
 * groups found there the filter itself decides. A group lies under every key of the one condition that says most; so what a
 * line costs grows with the watches that share its actor and its words, not with all there are. What a group asks of words
 * is asked once an article, whose lines share them. A line that only says another again looks at those alone that wait for it.
 */
import { passesBesideWords, type SavedFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import { gramsOf } from '#match/word-grams.ts';
import { keysOf, plainKeysOf, signatureOf, wordsAskedFor } from './filter-keys.ts';
import { type Group, holdsWords, Shelves, type Text } from './shelves.ts';

/** The watches that may want a line, found by looking at few of them. */
export class WatchIndex {
  readonly #groups = new Map<string, Group>();
  readonly #groupOf = new Map<number, Group>();
  readonly #all = new Shelves();
  /** Those that wait for stories to be told by several texts. */
  readonly #waiting = new Shelves();
  /** How many anchors there are of each length in words. */
  readonly #lengths = new Map<number, number>();
  #text: Text | null = null;
  #texts = 0;
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
      const query = wordsAskedFor(filter);
      group = { signature, filter, query, watches: new Set(), seen: 0, asked: 0, holds: false };
      this.#file(group, 'put');
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
    this.#file(group, 'take');
  }

  /**
   * The watches whose filters the line passes, each once. `speaksFor` are the slugs of those for whom its actor speaks now:
   * what it says counts for watches of these, where they ask for it. Cheapest when the lines of an article follow each other.
   */
  matching(line: LoggedMatch, speaksFor: readonly string[] = []): readonly number[] {
    this.#lookUps += 1;
    const found: number[] = [];
    const text = this.#textOf(line.words);
    const look = (group: Group): void => {
      if (group.seen === this.#lookUps) return;
      group.seen = this.#lookUps;
      if (!holdsWords(group, text)) return;
      const { filter, watches } = group;
      const isVoice =
        filter.withSpokespeople === true && filter.actors?.some((slug) => speaksFor.includes(slug));
      if (!passesBesideWords(line, isVoice === true ? { ...filter, spokespeople: line.actorSlugs } : filter))
        return;
      for (const watch of watches) found.push(watch);
    };
    const shelves = line.corroborates === null ? this.#all : this.#waiting;
    shelves.find(new Set([...line.actorSlugs, ...speaksFor]), text, plainKeysOf(line), look);
    return found;
  }

  #file(group: Group, move: 'put' | 'take'): void {
    const { filter, query } = group;
    const { keys, lengths } = keysOf(filter, query);
    this.#all[move](group, keys);
    if (typeof filter.minimumIndependentTexts === 'number') this.#waiting[move](group, keys);
    for (const length of lengths) {
      const count = (this.#lengths.get(length) ?? 0) + (move === 'put' ? 1 : -1);
      if (count === 0) this.#lengths.delete(length);
      else this.#lengths.set(length, count);
    }
    this.#text = null;
  }

  #textOf(words: string | null): Text | null {
    if (words === null) return null;
    if (this.#text?.words === words) return this.#text;
    this.#texts += 1;
    this.#text = {
      number: this.#texts,
      words,
      each: new Set(words.split(' ')),
      grams: gramsOf(words, new Set(this.#lengths.keys())),
    };
    return this.#text;
  }
}
