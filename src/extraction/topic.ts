/**
 * Whether an article is about this field. A text on the wind, a ship or a singer names people and towns too; they are no
 * actors of it.
 */
import { BUSINESS_WORDS, OTHER_TOPIC_WORDS, STRONG_TOPIC_WORDS, TOPIC_WORDS } from './lexicon/topic-cues.ts';
import { wordEndingAt } from './read-words.ts';
import type { Words } from './words.ts';

/** `FIELD`: about it. `NEAR`: holds a little of it. `OTHER`: about something else. `UNCLEAR`: nothing tells. */
export type Topic = 'FIELD' | 'NEAR' | 'OTHER' | 'UNCLEAR';

const STRONG = 3;
const WEAK = 1;
const BUSINESS = 0.5;
/** What each organisation of the register that is named without doubt adds, and all of them together at most. */
const ORGANIZATION = 1;
const ORGANIZATIONS = 3;
/** Enough, whatever else the article says; and enough where nothing says that it is about something else. */
const CERTAIN = 3;
const LIKELY = 2;
/** Different words of another subject that outweigh a few of this one. */
const ANOTHER = 3;
const A_LITTLE = 1;

/** Tells the topic by the article's words, helped by the number of organisations of the register in it. */
export function topicOf(fields: readonly Words[], organizations: number): Topic {
  const seen = new Set<string>();
  let weight = Math.min(ORGANIZATIONS, organizations * ORGANIZATION);
  let other = 0;
  const meet = (word: string): void => {
    const singular = word.length > 3 && /[sx]$/.test(word) ? word.slice(0, -1) : word;
    if (seen.has(singular)) return;
    seen.add(singular);
    const is = (words: ReadonlySet<string>): boolean => words.has(word) || words.has(singular);
    if (is(STRONG_TOPIC_WORDS)) weight += STRONG;
    else if (is(TOPIC_WORDS)) weight += WEAK;
    else if (is(BUSINESS_WORDS)) weight += BUSINESS;
    else if (is(OTHER_TOPIC_WORDS)) other++;
  };
  for (const words of fields) {
    for (let i = 0; i < words.tokens.length; i++) {
      const { folded, shape } = words.tokens[i]!;
      // "AI" in capitals; in lower case it is a verb.
      if (shape === 'UPPER' && (folded === 'ai' || folded === 'ia')) return 'FIELD';
      meet(folded);
      if (words.gaps[i] === 'HYPHEN') meet(wordEndingAt(words, i)?.word ?? '');
      if (weight >= CERTAIN + other) return 'FIELD';
    }
  }
  if (other >= ANOTHER && other > weight) return 'OTHER';
  if (weight >= LIKELY) return 'FIELD';
  return weight >= A_LITTLE ? 'NEAR' : 'UNCLEAR';
}
