/** One article prepared for claim reading: tokens, sentences, quotations, and who may speak. */
import { findQuotations, type Quotation } from '#text/quotation.ts';
import type { FoundActors } from './actors.ts';
import { type Attribution, findAttributions } from './attribution.ts';
import {
  type ClaimToken,
  fieldMentions,
  readSentences,
  readTokens,
  settleCapitals,
  type TokenSentence,
} from './claim-tokens.ts';
import type { Field, ReadableArticle, ReadMention } from './extraction.ts';
import { findPhrases, type NounPhrase } from './noun-phrase.ts';
import { findReports, markVerbs, type Report } from './reporting.ts';
import type { Speaker } from './speaker.ts';
import { createSpeakerFinder, type SpeakerFinder } from './speaker-finder.ts';

/** A sentence with what was found in it. */
export interface SentenceReading extends TokenSentence {
  readonly index: number;
  readonly phrases: readonly NounPhrase[];
  readonly reports: readonly Report[];
  readonly attributions: readonly Attribution[];
  /** Tokens that are quotations. */
  readonly quotes: readonly number[];
  /** True for the first sentence of its paragraph. */
  readonly paragraphStart: boolean;
}

export interface ClaimReading {
  readonly field: Field;
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

/** Links and notices that a page puts between its paragraphs. */
const BOILERPLATE =
  /^(?:[•>*\s-]*)(?:(?:[àa] )?lire(?: aussi| également|\s*:)|voir aussi|[àa] voir|sur le même sujet|dans le même genre|cela peut vous intéresser|pour aller plus loin|partager |abonnez-vous|publié le|crédits?\s*:|photo\s*:|©)/i;

function isBoilerplate(start: string): boolean {
  return BOILERPLATE.test(start);
}

/** Splits a field of the article and finds what claims are made of. */
export function readForClaims(article: ReadableArticle, field: Field, found: FoundActors): ClaimReading {
  const text = field === 'TITLE' ? article.title : article.text;
  const mentions = fieldMentions(found.mentions, field);
  const quotations = findQuotations(text);
  const tokens = readTokens(text, 0, text.length, mentions, quotations);
  let paragraph = -1;
  const ranges = readSentences(text, tokens, quotations);
  settleCapitals(tokens, ranges);
  const told = ranges.filter(
    ({ from }) => !isBoilerplate(text.slice(tokens[from]!.start, tokens[from]!.start + 40)),
  );
  const sentences = told.map((sentence, index): SentenceReading => {
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
  const speakers = createSpeakerFinder(text, tokens, sentences, phrases, found, article.publishedAt);
  return { field, text, tokens, sentences, quotations, mentions, speakers };
}
