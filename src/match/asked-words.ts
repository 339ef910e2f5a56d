/** Which query on words the matches of an answer were chosen by, so that each can say which of them it holds. */

/** A field's place in the answer, as graphql-js keeps it: one object, that everything below points to. */
interface Place {
  readonly prev: Place | undefined;
}

const asked = new WeakMap<Place, string | null>();

/** Says what the matches below a field were asked to hold; null for no words. */
export function rememberWords(field: Place, words: string | null | undefined): void {
  asked.set(field, words ?? null);
}

/** What the matches at a place were asked to hold, by the nearest field above that said so; null where none did. */
export function wordsAskedAt(place: Place): string | null {
  for (let at: Place | undefined = place; at !== undefined; at = at.prev) {
    const words = asked.get(at);
    if (words !== undefined) return words;
  }
  return null;
}
