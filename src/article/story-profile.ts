/** Raised when profiles of the same text may differ: profiles of two versions cannot be compared. */
export const PROFILE_VERSION = 1;

/**
 * The part of a signature that two articles are compared by. All numbers are signed 32-bit integers, hashes unless said
 * otherwise; `story-signature.ts` makes them.
 */
export interface StoryProfile {
  readonly version: number;
  /** How many different runs of three words the text has. */
  readonly shingleCount: number;
  /** The 384 smallest hashes of these runs, ascending. */
  readonly shingles: readonly number[];
  /** Words of the title; the two lowest bits are the weight class, an index into `WEIGHTS`. */
  readonly title: readonly number[];
  /** The same for title and first 70 words. */
  readonly head: readonly number[];
  /** Names in the title, word by word. */
  readonly titleNames: readonly number[];
  /** Capitalised words anywhere: whatever the article can be said to name. */
  readonly names: readonly number[];
  /** Figures of the title that are no money. */
  readonly titleFigures: readonly number[];
  readonly figures: readonly number[];
  /** Money in the title, two integers a sum: a million times the logarithm of the amount, the currency. */
  readonly titleSums: readonly number[];
  readonly sums: readonly number[];
}

/** What sharing a word proves, by weight class: generic words, words, figures, names. */
export const WEIGHTS = [0.3, 1, 2, 3] as const;

const LISTS = [
  'shingles',
  'title',
  'head',
  'titleNames',
  'names',
  'titleFigures',
  'figures',
  'titleSums',
  'sums',
] as const satisfies readonly (keyof StoryProfile)[];

/** The profile as bytes for storing: 32-bit little-endian integers, each list behind its length. */
export function packProfile(profile: StoryProfile): Uint8Array<ArrayBuffer> {
  const numbers = [profile.version, profile.shingleCount];
  for (const list of LISTS) numbers.push(profile[list].length, ...profile[list]);
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((number, at) => {
    view.setInt32(4 * at, number, true);
  });
  return new Uint8Array(view.buffer);
}

/** Reads a stored profile; null when it is of another version or no profile at all. */
export function unpackProfile(bytes: Uint8Array): StoryProfile | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const next = (): number | null => {
    if (at + 4 > bytes.byteLength) return null;
    at += 4;
    return view.getInt32(at - 4, true);
  };
  const version = next();
  const shingleCount = next();
  if (version !== PROFILE_VERSION || shingleCount === null) return null;
  const lists = new Map<(typeof LISTS)[number], number[]>();
  for (const name of LISTS) {
    const length = next();
    if (length === null || length < 0 || at + 4 * length > bytes.byteLength) return null;
    lists.set(
      name,
      Array.from({ length }, () => next() ?? 0),
    );
  }
  const list = (name: (typeof LISTS)[number]) => lists.get(name) ?? [];
  return {
    version,
    shingleCount,
    shingles: list('shingles'),
    title: list('title'),
    head: list('head'),
    titleNames: list('titleNames'),
    names: list('names'),
    titleFigures: list('titleFigures'),
    figures: list('figures'),
    titleSums: list('titleSums'),
    sums: list('sums'),
  };
}
