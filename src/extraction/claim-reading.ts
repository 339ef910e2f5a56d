/** One article prepared for claim reading: tokens, sentences, quotations, and who may speak. */
import { findQuotations, type Quotation } from '#text/quotation.ts';
import type { FoundActors } from './actors.ts';
import { type Attribution, findAttributions } from './claim-frames.ts';
import {
  type ClaimToken,
  readSentences,
  readTokens,
  settleCapitals,
  type TokenSentence,
  textMentions,
} from './claim-tokens.ts';
import type { ReadMention } from './extraction.ts';
import { findPhrases, type NounPhrase } from './noun-phrase.ts';
import { findReports, markVerbs, type Report } from './reporting.ts';
import { createSpeakerFinder, type Speaker, type SpeakerFinder } from './speaker.ts';

/** A sentence with what was found in it. */
export interface SentenceReading extends TokenSentence {
  readonly index: number;
  readonly phrases: readonly NounPhrase[];
  readonly reports: readonly Report[];
  readonly attributions: readonly Attribution[];
  /** Tokens that are quotations. */
  readonly quotes: readonly number[];
  /** Where each segment's reported words may begin: the sentence's start. */
  readonly paragraphStart: boolean;
}

export interface ClaimReading {
  readonly text: string;
  readonly tokens: readonly ClaimToken[];
  readonly sentences: readonly SentenceReading[];
  readonly quotations: readonly Quotation[];
  /** Mentions in the text, in order. */
  readonly mentions: readonly ReadMention[];
  readonly speakers: SpeakerFinder;
}

/** A claim being made: its place in the text and what attributes it. */
export interface ClaimDraft {
  readonly start: number;
  readonly end: number;
  readonly kind: 'DIRECT' | 'INDIRECT';
  /** Undefined while it waits for the claims around it. */
  speaker: Speaker | null | undefined;
  readonly report: Report | null;
  readonly verb: string | null;
  readonly sentence: number;
  readonly paragraph: number;
  /** True for a quotation used as a heading. */
  readonly heading: boolean;
  /** True for a clause after "que". */
  readonly subordinate: boolean;
  readonly confidence: number;
}

/** Tokens of the text that claims are read from; a longer text is read up to there. */
const MAX_TEXT = 400_000;

/** Splits an article's text and finds what claims are made of. */
export function readForClaims(whole: string, publishedAt: Date | null, found: FoundActors): ClaimReading {
  const text = whole.length > MAX_TEXT ? whole.slice(0, MAX_TEXT) : whole;
  const mentions = textMentions(found.mentions).filter((mention) => mention.end <= text.length);
  const quotations = findQuotations(text);
  const tokens = readTokens(text, 0, text.length, mentions, quotations);
  let paragraph = -1;
  const ranges = readSentences(text, tokens, quotations);
  settleCapitals(tokens, ranges);
  const sentences = ranges.map((sentence, index): SentenceReading => {
    const { from, to } = sentence;
    const reports = findReports(tokens, from, to);
    markVerbs(tokens, reports);
    const quotes: number[] = [];
    for (let i = from; i < to; i++) if (tokens[i]!.kind === 'QUOTE') quotes.push(i);
    const paragraphStart = sentence.paragraph !== paragraph;
    paragraph = sentence.paragraph;
    return {
      ...sentence,
      index,
      phrases: findPhrases(tokens, from, to),
      reports,
      attributions: findAttributions(tokens, from, to),
      quotes,
      paragraphStart,
    };
  });
  const phrases = sentences.map((sentence) => sentence.phrases);
  const speakers = createSpeakerFinder(text, tokens, sentences, phrases, found, publishedAt);
  return { text, tokens, sentences, quotations, mentions, speakers };
}
