/**
 * All spellings of the register in one hash table over folded words, built once.
 *
 * A key is the words of a spelling run together (`mistralai`), so that "Mistral AI", "Mistral-AI", "MistralAI" and
 * "Mistral.ai" are one key. The text is looked up word by word, each start up to the longest spelling's number of words,
 * with a rolling hash: the cost of an article does not depend on the number of actors. Typed arrays keep 100,000 actors
 * small.
 */
import type { RegisterActor } from '#actor/actor.ts';
import { type Token, tokenize } from '#text/tokenize.ts';
import { hasFrenchEnding } from './french-endings.ts';
import {
  forEachDeletion,
  HashTable,
  hashMore,
  isOneAway,
  PRIME,
  PrefixFilter,
  SEED,
  spread,
} from './name-hash.ts';
import { COMMON, classesOf } from './word-classes.ts';

/** A spelling in the register. */
interface Spelling {
  /** Position of the actor in the register. */
  readonly actor: number;
  readonly ambiguous: boolean;
}

/** Where a spelling stands in a list of words: from `from` to `to`, exclusive. */
export interface IndexHit extends Spelling {
  readonly from: number;
  readonly to: number;
}

/** Names of more words are cut off: none of the register comes near. */
const MAX_WORDS = 12;
const MAX_KEY = 120;
/** Misspellings are sought for keys of this many letters and digits. */
const MIN_FUZZY = 6;
const MAX_FUZZY = 40;
const SHORT_KEY = 4;

const AMBIGUOUS = 1;
const PUNCTUATED = 2;
const LOWER = 4;
const ACRONYM = 8;
const EXACT = 16;

/** What a search needs of the words: the tokens, and whether a name may run over the gap before each. */
export interface Searched {
  readonly tokens: readonly Token[];
  /** `joins[i]` 0: a name ends before token i; 1: it may go on; 2: only a spelling with punctuation of its own goes on. */
  readonly joins: Uint8Array;
}

/** The spellings of a register, ready to be looked up. */
export class ActorIndex {
  readonly #keys: string[] = [];
  readonly #actors: number[] = [];
  readonly #flags: number[] = [];
  readonly #counts: number[] = [];
  readonly #exact: HashTable;
  readonly #prefixes: PrefixFilter;
  readonly #fuzzy: HashTable;
  #maxWords = 1;

  constructor(register: readonly RegisterActor[]) {
    let deletions = 0;
    register.forEach((actor, number) => {
      const seen = new Set<string>();
      const own = actor.aliases.find((alias) => alias.text === actor.name);
      this.#addSpelling(number, actor.name, own?.ambiguous ?? false, seen);
      for (const alias of actor.aliases)
        if (alias !== own) this.#addSpelling(number, alias.text, alias.ambiguous, seen);
    });
    for (let id = 0; id < this.#keys.length; id++)
      if (this.#isFuzzy(id)) deletions += this.#keys[id]!.length + 1;
    this.#exact = new HashTable(this.#keys.length);
    this.#fuzzy = new HashTable(deletions);
    this.#prefixes = new PrefixFilter(this.#keys.reduce((sum, key) => sum + key.length, 0));
    for (let id = 0; id < this.#keys.length; id++) {
      const key = this.#keys[id]!;
      let hash = SEED;
      for (let i = 0; i < key.length; i++) {
        hash = Math.imul(hash ^ key.charCodeAt(i), PRIME);
        this.#prefixes.add(spread(hash));
      }
      this.#exact.add(spread(hash), id);
      if (this.#isFuzzy(id)) forEachDeletion(key, (hash) => this.#fuzzy.add(hash, id));
    }
  }

  #isFuzzy(id: number): boolean {
    const length = this.#keys[id]!.length;
    return (
      length >= MIN_FUZZY && length <= MAX_FUZZY && (this.#flags[id]! & (AMBIGUOUS | ACRONYM | EXACT)) === 0
    );
  }

  #addSpelling(actor: number, text: string, ambiguous: boolean, seen: Set<string>): void {
    const tokens = tokenize(text);
    if (tokens.length === 0 || tokens.length > MAX_WORDS) return;
    const key = tokens.map((token) => token.folded).join('');
    if (key === '' || key.length > MAX_KEY) return;
    let flags = ambiguous ? AMBIGUOUS : 0;
    if (/[^\p{L}\p{N}\p{M} \u00a0.&'’‑-]/u.test(text)) flags |= PUNCTUATED;
    if (tokens.every((token) => token.shape === 'LOWER' || token.shape === 'NUMBER')) flags |= LOWER;
    if (tokens.length === 1 && tokens[0]!.shape === 'UPPER' && key.length <= 3) flags |= ACRONYM;
    // "Station" is no misspelling of "Station F".
    if (tokens.some((token) => token.folded.length === 1)) flags |= EXACT;
    // "OpenAI" and "Open AI" are one key; a short one is compared word by word.
    const mark = `${key} ${flags}${key.length <= SHORT_KEY ? tokens.length : ''}`;
    if (seen.has(mark)) return;
    seen.add(mark);
    this.#keys.push(key);
    this.#actors.push(actor);
    this.#flags.push(flags);
    this.#counts.push(tokens.length);
    this.#maxWords = Math.max(this.#maxWords, key.length <= SHORT_KEY ? tokens.length : tokens.length + 1);
  }

  /** Number of spellings held. */
  get size(): number {
    return this.#keys.length;
  }

  /** Every spelling found, overlaps and homonyms included, in order of start and then of growing length. */
  find({ tokens, joins }: Searched): IndexHit[] {
    const hits: IndexHit[] = [];
    for (let from = 0; from < tokens.length; from++) {
      let hash = SEED;
      let length = 0;
      let hard = false;
      const until = Math.min(tokens.length, from + this.#maxWords);
      for (let to = from; to < until; to++) {
        if (to > from) {
          const join = joins[to];
          if (join === 0) break;
          if (join === 2) hard = true;
        }
        const { folded } = tokens[to]!;
        length += folded.length;
        if (length > MAX_KEY) break;
        hash = hashMore(hash, folded);
        const mixed = spread(hash);
        // Hardly any word of a text begins a name: most starts end here.
        if (!this.#prefixes.has(mixed)) break;
        if (!this.#exact.has(mixed)) continue;
        this.#exact.find(mixed, (id) => {
          if (this.#keys[id]!.length === length && this.#isAt(id, tokens, from, to + 1, hard))
            hits.push({ actor: this.#actors[id]!, ambiguous: this.#isAmbiguous(id), from, to: to + 1 });
          return false;
        });
      }
    }
    return hits;
  }

  /** The one actor whose spelling is a letter away (added, dropped, changed, swapped) from the words; null when none or several. */
  findMisspelt(tokens: readonly Token[], from: number, to: number): number | null {
    let key = '';
    for (let i = from; i < to; i++) key += tokens[i]!.folded;
    if (key.length < MIN_FUZZY || key.length > MAX_FUZZY) return null;
    let found: number | null = null;
    let several = false;
    forEachDeletion(key, (hash) => {
      this.#fuzzy.find(hash, (id) => {
        const other = this.#keys[id]!;
        if (this.#actors[id] === found || !isOneAway(key, other)) return false;
        // The first letter of a short name is not what is misspelt: another first letter is another word.
        if (key.length < 9 && key[0] !== other[0]) return false;
        if (found !== null) several = true;
        found = this.#actors[id]!;
        return false;
      });
    });
    return several ? null : found;
  }

  #isAmbiguous(id: number): boolean {
    return (this.#flags[id]! & AMBIGUOUS) !== 0;
  }

  #isAt(id: number, tokens: readonly Token[], from: number, to: number, hard: boolean): boolean {
    const key = this.#keys[id]!;
    const flags = this.#flags[id]!;
    if (hard && (flags & PUNCTUATED) === 0) return false;
    if (to - from !== this.#counts[id] && (key.length <= SHORT_KEY || !isRunTogether(tokens, from, to)))
      return false;
    let at = 0;
    for (let i = from; i < to; i++) {
      const { folded } = tokens[i]!;
      if (!key.startsWith(folded, at)) return false;
      at += folded.length;
    }
    return isCased(tokens, from, to, flags, key.length);
  }
}

/** "Open AI" for "OpenAI", but not "De l'air" for "Delair": what the register writes otherwise keeps its capitals. */
function isRunTogether(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from === 1) return true;
  for (let i = from; i < to; i++) if (tokens[i]!.shape === 'LOWER') return false;
  return true;
}

/** Case noise is forgiven where the name is long enough not to be a word by chance. */
function isCased(tokens: readonly Token[], from: number, to: number, flags: number, length: number): boolean {
  if ((flags & LOWER) !== 0) return true;
  if ((flags & ACRONYM) !== 0) return tokens[from]!.shape === 'UPPER';
  let capitals = 0;
  for (let i = from; i < to; i++) {
    const { shape } = tokens[i]!;
    if (shape === 'CAPITAL' || shape === 'UPPER' || shape === 'MIXED') capitals++;
  }
  if (capitals > 0) return true;
  if ((flags & AMBIGUOUS) !== 0) return false;
  if (to - from >= 2) return length >= 8;
  const { folded } = tokens[from]!;
  return length >= 6 && (classesOf(folded) & COMMON) === 0 && !hasFrenchEnding(folded);
}
