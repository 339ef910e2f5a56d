/** Whether an item that came again says anything new. */
import { normalised } from './identity.ts';

/** What is compared of an article. */
export interface ArticleVersion {
  /** Canonical. */
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly contentHash: string;
}

export type ChangedField = 'title' | 'text';

export type Revision =
  /** Nothing is stored under this identity, or what is stored is another article whose guid the feed used again. */
  | { readonly outcome: 'NEW' }
  | { readonly outcome: 'UNCHANGED' }
  | {
      readonly outcome: 'REVISED';
      readonly changed: readonly ChangedField[];
      /** The incoming text is a mere teaser of the stored one, which is to stay. */
      readonly keepText: boolean;
    };

/**
 * Below this share of common words, two texts under one guid are two articles. Of the labelled pairs, different articles of one outlet
 * share 0.3 to 0.9 of their words, a text with a few sentences changed more than 0.9. Taking one for two gives a copy in its story,
 * taking two for one loses an article.
 */
const SAME_ARTICLE = 0.7;
/** A text is a teaser of another if it has at most this share of its length … */
const TEASER_LENGTH = 0.6;
/** … and at least this share of its words occur there. */
const TEASER_WORDS = 0.85;
/** Words compared; enough for a verdict, and a bound on the work. */
const MAX_WORDS = 3_000;

/**
 * Decides what an incoming article is to the stored one with the same canonical address or guid. Typography alone is no change, nor
 * is a teaser or a mere summary in place of a whole text; a guid that comes with another address and another text is a new article.
 */
export function decideRevision(
  stored: ArticleVersion | null,
  incoming: ArticleVersion & { readonly isGist?: boolean },
): Revision {
  if (stored === null) return { outcome: 'NEW' };
  if (stored.contentHash === incoming.contentHash) return { outcome: 'UNCHANGED' };
  const title = normalised(stored.title) !== normalised(incoming.title);
  if (stored.url !== incoming.url && title && similarity(stored, incoming) < SAME_ARTICLE)
    return { outcome: 'NEW' };
  const keepText = isTeaser(incoming, stored.text);
  const text = !keepText && normalised(stored.text) !== normalised(incoming.text);
  const changed: ChangedField[] = [
    ...(title ? (['title'] as const) : []),
    ...(text ? (['text'] as const) : []),
  ];
  return changed.length === 0 ? { outcome: 'UNCHANGED' } : { outcome: 'REVISED', changed, keepText };
}

/** True when a text says only the beginning or the gist of `whole`: in its words, or known to be no more than that. */
function isTeaser(
  { text, isGist = false }: { readonly text: string; readonly isGist?: boolean },
  whole: string,
): boolean {
  if (text.length > whole.length * TEASER_LENGTH) return false;
  if (isGist) return true;
  const words = wordsOf(text);
  const known = wordsOf(whole);
  let common = 0;
  for (const word of words) if (known.has(word)) common += 1;
  return words.size === 0 || common / words.size >= TEASER_WORDS;
}

/** Common words over the words of the shorter one, 0 to 1. */
function similarity(a: ArticleVersion, b: ArticleVersion): number {
  const left = wordsOf(`${a.title} ${a.text}`);
  const right = wordsOf(`${b.title} ${b.text}`);
  let common = 0;
  for (const word of left) if (right.has(word)) common += 1;
  const shorter = Math.min(left.size, right.size);
  return shorter === 0 ? 0 : common / shorter;
}

/** Words of four letters and more, in small letters: the short ones are in every text. */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [word] of normalised(text.slice(0, 60_000))
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]{4,}/gu)) {
    words.add(word);
    if (words.size >= MAX_WORDS) break;
  }
  return words;
}
