/**
 * Whether an article is about this field. A text on the wind or on a singer names people too; they are no actors.
 */

import { wordEndingAt } from './cues.ts';
import { TOPIC_WORDS } from './lexicon/cue-words.ts';
import type { Words } from './words.ts';

/** Different topic words that make an article one of this field. */
const ENOUGH = 3;

/** True when the words hold enough of the field's own. Stops reading once they do. */
export function isOnTopic(fields: readonly Words[]): boolean {
  const seen = new Set<string>();
  for (const words of fields) {
    for (let i = 0; i < words.tokens.length; i++) {
      const { folded } = words.tokens[i]!;
      if (TOPIC_WORDS.has(folded)) seen.add(folded);
      else if (words.gaps[i] === 'HYPHEN') {
        const read = wordEndingAt(words, i);
        if (read !== null && TOPIC_WORDS.has(read.word)) seen.add(read.word);
      }
      if (seen.size >= ENOUGH) return true;
    }
  }
  return false;
}
