/** Hashes of the words and phrases of a text, for looking up many phrases at once. Two may collide: who finds one, checks. */

/** Words of a phrase that count; a longer one is looked up by its first. */
export const GRAM_MAX = 4;

/** FNV-1a of each word of a line of words (see `searchableWords`), as signed 32-bit numbers. */
function wordHashes(words: string): number[] {
  const hashes: number[] = [];
  let hash = 0;
  let inside = false;
  for (let index = 0; index <= words.length; index += 1) {
    const code = index === words.length ? 32 : words.charCodeAt(index);
    if (code !== 32) {
      hash = Math.imul((inside ? hash : 0x811c9dc5) ^ code, 0x01000193);
      inside = true;
    } else if (inside) {
      hashes.push(hash);
      inside = false;
    }
  }
  return hashes;
}

/** The hash of a phrase and one more word. */
const extend = (phrase: number, word: number): number =>
  Math.imul(Math.imul(phrase, 0x9e3779b1) ^ word, 0x85ebca6b) ^ (word >>> 15);

/** What a phrase (between blanks) is looked up by, and how many of its words that stands for: 1 to `GRAM_MAX`. */
export function phraseGram(phrase: string): { readonly hash: number; readonly length: number } {
  const words = wordHashes(phrase).slice(0, GRAM_MAX);
  return { hash: words.reduce(extend, 0), length: words.length };
}

/** The hashes of every run of words that is as long as one of the lengths. */
export function gramsOf(words: string, lengths: ReadonlySet<number>): ReadonlySet<number> {
  const hashes = wordHashes(words);
  const longest = Math.max(0, ...lengths);
  const grams = new Set<number>();
  for (let start = 0; start < hashes.length; start += 1) {
    let gram = 0;
    for (let length = 1; length <= longest && start + length <= hashes.length; length += 1) {
      gram = extend(gram, hashes[start + length - 1]!);
      if (lengths.has(length)) grams.add(gram);
    }
  }
  return grams;
}
