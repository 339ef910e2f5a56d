/**
 * Whether an article is about this field. A text on the wind, a ship or a singer names people and towns too; they are no
 * actors of it.
 */

import { STRONG_TOPIC_WORDS, TOPIC_WORDS } from './lexicon/cue-words.ts';
import { wordEndingAt } from './read-words.ts';
import type { Words } from './words.ts';

/**
 * `FIELD`: about it. `NEAR`: holds a little of it. `OTHER`: long enough to say so, and about something else. `UNCLEAR`: too
 * short to tell.
 */
export type Topic = 'FIELD' | 'NEAR' | 'OTHER' | 'UNCLEAR';

/** What different topic words must add up to; a strong one is enough. */
const ENOUGH = 3;
/** What each organisation of the register that is named without doubt adds, and all of them together at most. */
const ORGANIZATION = 1;
const ORGANIZATIONS = 3;
/** A text of the field this long holds more than one of its words. */
const LONG = 80;
const HARDLY_ANY = 2;
const A_LITTLE = 1;

/** Tells the topic by the article's words, helped by the number of organisations of the register in it. */
export function topicOf(fields: readonly Words[], organizations: number): Topic {
  const seen = new Set<string>();
  const helped = Math.min(ORGANIZATIONS, organizations * ORGANIZATION);
  let weight = 0;
  let length = 0;
  for (const words of fields) {
    length += words.tokens.length;
    for (let i = 0; i < words.tokens.length; i++) {
      const { folded, shape } = words.tokens[i]!;
      // "AI" in capitals; in lower case it is a verb.
      if (shape === 'UPPER' && (folded === 'ai' || folded === 'ia')) return 'FIELD';
      weight += weightOf(folded, seen);
      if (words.gaps[i] === 'HYPHEN') weight += weightOf(wordEndingAt(words, i)?.word ?? '', seen);
      if (weight + helped >= ENOUGH) return 'FIELD';
    }
  }
  if (length >= LONG) return weight + helped < HARDLY_ANY ? 'OTHER' : 'NEAR';
  return weight + helped < A_LITTLE ? 'UNCLEAR' : 'NEAR';
}

function weightOf(word: string, seen: Set<string>): number {
  if (!TOPIC_WORDS.has(word) || seen.has(word)) return 0;
  seen.add(word);
  return STRONG_TOPIC_WORDS.has(word) ? ENOUGH : 1;
}
