/**
 * Whether an article is about this field. A text on the wind or on a singer names people too; they are no actors.
 */

import { wordEndingAt } from './cues.ts';
import { STRONG_TOPIC_WORDS, TOPIC_WORDS } from './lexicon/cue-words.ts';
import type { Words } from './words.ts';

/** What different topic words must add up to: a strong one is worth two. */
const ENOUGH = 2;

/** What each organisation of the register that is named without doubt adds. */
const ORGANIZATION = 0.7;

/** True when the words hold enough of the field's own, beside the organisations named. Stops reading once they do. */
export function isOnTopic(fields: readonly Words[], organizations: number): boolean {
  const seen = new Set<string>();
  let weight = organizations * ORGANIZATION;
  if (weight >= ENOUGH) return true;
  const meet = (word: string): void => {
    if (!TOPIC_WORDS.has(word) || seen.has(word)) return;
    seen.add(word);
    weight += STRONG_TOPIC_WORDS.has(word) ? 2 : 1;
  };
  for (const words of fields) {
    for (let i = 0; i < words.tokens.length; i++) {
      meet(words.tokens[i]!.folded);
      if (words.gaps[i] === 'HYPHEN') meet(wordEndingAt(words, i)?.word ?? '');
      if (weight >= ENOUGH) return true;
    }
  }
  return false;
}
