/** Raised when profiles of the same text may differ: profiles of two versions cannot be compared. */
export const PROFILE_VERSION = 2;

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
  /** The title is of what may come (talks, plans, a verb in the conditional) or of what came afterwards, not of the event. */
  readonly aside: boolean;
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
  const numbers = [profile.version, profile.shingleCount, profile.aside ? 1 : 0];
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
  const count = Math.floor(bytes.byteLength / 4);
  if (count < 3 || view.getInt32(0, true) !== PROFILE_VERSION) return null;
  let at = 3;
  const lists = new Map<(typeof LISTS)[number], number[]>();
  for (const name of LISTS) {
    const length = at < count ? view.getInt32(4 * at, true) : -1;
    at += 1;
    if (length < 0 || at + length > count) return null;
    // A loop, because thirty of these are read for every article.
    const list = new Array<number>(length);
    for (let i = 0; i < length; i += 1) list[i] = view.getInt32(4 * (at + i), true);
    at += length;
    lists.set(name, list);
  }
  const list = (name: (typeof LISTS)[number]) => lists.get(name) ?? [];
  return {
    version: PROFILE_VERSION,
    shingleCount: view.getInt32(4, true),
    aside: view.getInt32(8, true) === 1,
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
