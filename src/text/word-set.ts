/**
 * Sets and maps of words that are asked for nearly every word of a text and hold hardly any of them. A filter over a word's
 * length and three of its letters answers most questions without hashing the word: half the cost of a reading were lookups.
 */

const BITS_PER_WORD = 16;

/** Which words may be held; a wrong "yes" costs a lookup, never a wrong answer. */
class WordFilter {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  constructor(count: number) {
    let size = 256;
    while (size < count * BITS_PER_WORD) size *= 2;
    this.#bits = new Uint32Array(size / 32);
    this.#mask = size - 1;
  }

  add(word: string): void {
    const bit = this.#bitOf(word);
    this.#bits[bit >>> 5]! |= 1 << (bit & 31);
  }

  has(word: string): boolean {
    const bit = this.#bitOf(word);
    return (this.#bits[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  #bitOf(word: string): number {
    const { length } = word;
    if (length === 0) return 0;
    const ends = word.charCodeAt(0) + (word.charCodeAt(length - 1) << 5);
    const mixed = Math.imul(ends + (word.charCodeAt(length >> 1) << 10) + (length << 15), 0x9e3779b1);
    return (mixed >>> 15) & this.#mask;
  }
}

/** A set of words that is quick to say no. */
export class WordSet extends Set<string> {
  readonly #filter: WordFilter;

  constructor(words: Iterable<string>) {
    super();
    const all = [...words];
    this.#filter = new WordFilter(all.length);
    for (const word of all) this.add(word);
  }

  override add(word: string): this {
    this.#filter.add(word);
    return super.add(word);
  }

  override has(word: string): boolean {
    return this.#filter.has(word) && super.has(word);
  }
}

/** A map from words that is quick to say no. */
export class WordMap<Value> extends Map<string, Value> {
  readonly #filter: WordFilter;

  constructor(entries: Iterable<readonly [string, Value]>) {
    super();
    const all = [...entries];
    this.#filter = new WordFilter(all.length);
    for (const [word, value] of all) this.set(word, value);
  }

  override set(word: string, value: Value): this {
    this.#filter.add(word);
    return super.set(word, value);
  }

  override has(word: string): boolean {
    return this.#filter.has(word) && super.has(word);
  }

  override get(word: string): Value | undefined {
    return this.#filter.has(word) ? super.get(word) : undefined;
  }
}
