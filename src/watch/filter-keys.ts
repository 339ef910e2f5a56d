/** What a filter is filed under in the index of watches, and what a line of the log is looked up by. */
import { CLAIM_REASONS, MONEY_REASONS, narrowed, type SavedFilter } from '#match/filter.ts';
import type { LoggedMatch } from '#match/match.ts';
import { phraseGram } from '#match/word-grams.ts';
import { anchorsOf, parseWordQuery, type WordQuery } from '#match/word-query.ts';

/** A number is the hash of a word or phrase; a string any other condition. */
export type Key = number | string;

const ALL = 'all';

/** Equal for filters that say the same. */
export function signatureOf(filter: SavedFilter): string {
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
    filter.minimumIndependentTexts ?? 0,
  ]);
}

/** A filter's query on words; null when it asks for none. Throws for one that is none. */
export function wordsAskedFor({ words }: SavedFilter): WordQuery | null {
  if (words === null || words === undefined) return null;
  const parsed = parseWordQuery(words);
  if (parsed.ok) return parsed.query;
  throw new Error(`watch: words "${words}": ${parsed.problem}`);
}

/** What a filter asks for beside the actor, by the one condition that says most: a line that passes has one of the keys. */
export function keysOf(
  filter: SavedFilter,
  words: WordQuery | null,
): {
  readonly keys: readonly Key[] /** In words, of the keys that are phrases. */;
  readonly lengths: readonly number[];
} {
  const { outlets, minimumEur, fundingStatuses, claimStatuses, reasons, actorKinds } = filter;
  const plain = (keys: readonly string[]) => ({ keys: [...new Set(keys)], lengths: [] });
  const grams = words === null ? undefined : anchorsOf(words)?.map(phraseGram);
  if (grams !== undefined) {
    const keys = [...new Set(grams.map(({ hash }) => hash))];
    return { keys, lengths: grams.map(({ length }) => length) };
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
export function plainKeysOf({ outlet, actorKind, reasons }: LoggedMatch): ReadonlySet<string> {
  return new Set([ALL, `in ${outlet}`, `of ${actorKind}`, ...reasons.map(({ kind }) => `as ${kind}`)]);
}
