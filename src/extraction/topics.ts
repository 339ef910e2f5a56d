/** Topic words of a claim: its content words, those the article keeps coming back to first. */
import type { ClaimToken } from './claim-tokens.ts';
import { isAdverb } from './lexicon/grammar-words.ts';
import { findReportingForm } from './lexicon/reporting-verbs.ts';
import { TOPIC_PHRASES, TOPIC_STOP_WORDS } from './lexicon/topic-words.ts';

const MAX_TOPICS = 5;
const MIN_LENGTH = 4;
/** Verb endings: topics are nouns and adjectives. */
const VERBAL = /(?:ons|ez|aient|ait|erait|raient|èrent|ant|eront|era|rai|iez)$/;

/** How often each word of an article stands in it; shared by its claims. */
export type WordCounts = ReadonlyMap<string, number>;

export function countWords(tokens: readonly ClaimToken[]): WordCounts {
  const counts = new Map<string, number>();
  for (const { kind, word } of tokens) if (kind === 'WORD') counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function isTopic({ kind, word, capital }: ClaimToken): boolean {
  return (
    kind === 'WORD' &&
    !capital &&
    word.length >= MIN_LENGTH &&
    !/\d|'|^-/.test(word) &&
    !TOPIC_STOP_WORDS.has(word) &&
    !isAdverb(word) &&
    !VERBAL.test(word) &&
    findReportingForm(word) === null
  );
}

/** Up to five lower-case topics of the claim made of `tokens`, the most telling first. */
export function findTopics(tokens: readonly ClaimToken[], counts: WordCounts): string[] {
  const scores = new Map<string, number>();
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const pair = `${token.word} ${tokens[i + 1]?.word ?? ''}`;
    if (TOPIC_PHRASES.has(pair)) {
      scores.set(pair, 20 - i / 100);
      i++;
      continue;
    }
    if (token.word === 'ia') scores.set('ia', 10);
    if (!isTopic(token)) continue;
    // Long words and words that come back tell more; ties keep the text's order.
    const score = Math.min(counts.get(token.word) ?? 1, 5) + Math.min(token.word.length, 14) / 4 - i / 1000;
    if (score > (scores.get(token.word) ?? 0)) scores.set(token.word, score);
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MAX_TOPICS)
    .map(([word]) => word);
}
