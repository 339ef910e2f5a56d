/**
 * Hash tables over names: exact keys, their beginnings, and the keys a misspelling leads to. Typed arrays, so that a million
 * keys stay small.
 */

/** Where a rolling hash (FNV-1a) starts. */
export const SEED = 0x811c9dc5 | 0;
/** What FNV-1a multiplies with. */
export const PRIME = 0x01000193;

/** The hash of what was hashed so far and the text. */
export function hashMore(hash: number, text: string): number {
  let h = hash;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), PRIME);
  return h;
}

/** FNV leaves its low bits poorly mixed; the tables are indexed by these. */
export function spread(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x45d9f3b);
  h ^= h >>> 15;
  return h >>> 0;
}

/** Open addressing over 32-bit hashes; values are spelling numbers. */
export class HashTable {
  readonly #hashes: Uint32Array;
  readonly #values: Int32Array;
  readonly #mask: number;

  constructor(count: number) {
    let size = 16;
    while (size < count * 1.7) size *= 2;
    this.#hashes = new Uint32Array(size);
    this.#values = new Int32Array(size).fill(-1);
    this.#mask = size - 1;
  }

  add(hash: number, value: number): void {
    let slot = hash & this.#mask;
    while (this.#values[slot] !== -1) slot = (slot + 1) & this.#mask;
    this.#hashes[slot] = hash;
    this.#values[slot] = value;
  }

  /** Whether any value stands under the hash. */
  has(hash: number): boolean {
    let slot = hash & this.#mask;
    while (this.#values[slot] !== -1) {
      if (this.#hashes[slot] === hash) return true;
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }

  /** Calls `visit` for every value under the hash until it returns true. */
  find(hash: number, visit: (value: number) => boolean): boolean {
    let slot = hash & this.#mask;
    while (this.#values[slot] !== -1) {
      if (this.#hashes[slot] === hash && visit(this.#values[slot]!)) return true;
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }
}

/** Which hashes any key's beginnings have; a wrong "yes" costs a lookup, never a wrong answer. */
export class PrefixFilter {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  constructor(count: number) {
    let size = 1024;
    while (size < count * 8) size *= 2;
    this.#bits = new Uint32Array(size / 32);
    this.#mask = size - 1;
  }

  add(hash: number): void {
    const bit = hash & this.#mask;
    this.#bits[bit >>> 5]! |= 1 << (bit & 31);
  }

  has(hash: number): boolean {
    const bit = hash & this.#mask;
    return (this.#bits[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }
}

/** Calls `visit` with the hash of the key and of the key without each of its letters. */
export function forEachDeletion(key: string, visit: (hash: number) => void): void {
  visit(spread(hashMore(SEED, key)));
  let prefix = SEED;
  for (let skip = 0; skip < key.length; skip++) {
    // A doubled letter gives the same key twice.
    if (skip === 0 || key.charCodeAt(skip) !== key.charCodeAt(skip - 1)) {
      let hash = prefix;
      for (let i = skip + 1; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), PRIME);
      visit(spread(hash));
    }
    prefix = Math.imul(prefix ^ key.charCodeAt(skip), PRIME);
  }
}

/** Damerau–Levenshtein distance of exactly one (or none). */
export function isOneAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const restA = endA - start;
  const restB = endB - start;
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
