/** The sentence in which an article names an actor, short enough for a line or two. */
import { findSentences } from '#text/sentences.ts';

/** The sentence around a span, without line breaks, cut around the span when it is longer than `max` code units. */
export function exampleSentence(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  max: number,
): string {
  const sentence = findSentences(text, []).find((each) => each.end > start) ?? { start, end };
  const from =
    sentence.end - sentence.start <= max ? sentence.start : Math.max(sentence.start, start - max / 4);
  const to = Math.min(sentence.end, from + max);
  const words = text.slice(from, to).toWellFormed().replace(/\s+/g, ' ').trim();
  return `${from > sentence.start ? '…' : ''}${words}${to < sentence.end ? '…' : ''}`;
}
