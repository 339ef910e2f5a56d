/**
 * Who says what in an article: quotations and reported speech, with the exact words and their speaker.
 *
 *   text ─▶ quotations, sentences, tokens ─▶ a sentence at a time: direct claims, then indirect ones ─▶ claims
 *
 * Sentences are read in the text's order, because who speaks in one depends on who spoke before.
 */
import type { FoundActors } from './actors.ts';
import { type ClaimDraft, type ClaimReading, readForClaims } from './claim-reading.ts';
import { claimStatus } from './claim-status.ts';
import { readTokens } from './claim-tokens.ts';
import { readDirectClaims } from './direct-claims.ts';
import type { ReadableArticle, ReadClaim } from './extraction.ts';
import { readIndirectClaims } from './indirect-claims.ts';
import type { Report } from './reporting.ts';
import { isSameSpeaker, type Speaker } from './speaker.ts';
import { countWords, findTopics, type WordCounts } from './topics.ts';

/** Claims kept of one article, in the text's order. */
export const MAX_CLAIMS = 500;
/** Paragraphs over which a heading in quotation marks looks for the person quoted. */
const HEADING_REACH = 4;

/** A body shorter than this is a feed's summary: the headline may then hold the only quotation. */
const MIN_BODY = 400;

/**
 * Finds the claims of an article, given who is in it: those of its text, or of the headline too when there is hardly any
 * text. Linear in the article's length; never throws.
 */
export function findClaims(article: ReadableArticle, found: FoundActors): readonly ReadClaim[] {
  const claims = readField(readForClaims(article, 'TEXT', found));
  if (article.text.length >= MIN_BODY) return claims;
  const titled = readField(readForClaims(article, 'TITLE', found));
  return [...titled.filter(({ quote }) => !article.text.includes(quote)), ...claims];
}

function readField(reading: ClaimReading): ReadClaim[] {
  const drafts: ClaimDraft[] = [];
  const used = new Set<Report>();
  for (const sentence of reading.sentences) {
    if (sentence.reports.length + sentence.attributions.length + sentence.quotes.length === 0) continue;
    readDirectClaims(reading, sentence, drafts, used);
    readIndirectClaims(reading, sentence, drafts, used);
    if (drafts.length >= MAX_CLAIMS) break;
  }
  drafts.sort((a, b) => a.start - b.start);
  settleSpeakers(drafts, reading);
  const counts = countWords(reading.tokens);
  return drafts.slice(0, MAX_CLAIMS).map((draft) => finish(reading, draft, counts));
}

/** Gives the claims that still wait for a speaker the one of the claims around them. */
function settleSpeakers(drafts: readonly ClaimDraft[], reading: ClaimReading): void {
  const { speakers } = reading;
  const spoken = onlySpeaker(drafts);
  const only = spoken && speakers.isPerson(spoken) ? spoken : speakers.protagonist();
  drafts.forEach((draft, i) => {
    if (draft.speaker !== undefined) return;
    const before = drafts
      .slice(Math.max(0, i - 12), i)
      .findLast((each) => each.kind === 'DIRECT' && !each.heading);
    const after = drafts
      .slice(i + 1, i + 13)
      .find((each) => each.kind === 'DIRECT' && !each.heading && each.speaker !== undefined);
    draft.speaker = draft.heading
      ? aroundHeading(draft, before, after)
      : after && after.paragraph === draft.paragraph
        ? (after.speaker ?? null)
        : (subjectBelow(draft, reading) ?? only);
  });
}

/** "« … » Lunettes rondes, X n'a pas sa langue dans sa poche.": the person that the paragraph goes on about. */
function subjectBelow(draft: ClaimDraft, { sentences, speakers }: ClaimReading): Speaker | null {
  const next = sentences[draft.sentence + 1];
  if (next?.paragraph !== draft.paragraph) return null;
  for (const phrase of next.phrases) {
    if (phrase.preposed || phrase.names.length === 0) continue;
    const speaker = speakers.ofPhrase(phrase);
    return speaker && speakers.isPerson(speaker) ? { ...speaker, confidence: 0.6 } : null;
  }
  return null;
}

/** The one person quoted in the whole article, or null when there are several or none. */
function onlySpeaker(drafts: readonly ClaimDraft[]): Speaker | null {
  let only: Speaker | null = null;
  for (const { kind, speaker } of drafts) {
    if (kind !== 'DIRECT' || speaker === undefined) continue;
    if (speaker === null || speaker.name === null || (only && !isSameSpeaker(only, speaker))) return null;
    only = speaker;
  }
  return only && { ...only, confidence: 0.6 };
}

/** A quotation used as a heading goes to the only person quoted around it, else to the one quoted below. */
function aroundHeading(
  heading: ClaimDraft,
  before: ClaimDraft | undefined,
  after: ClaimDraft | undefined,
): Speaker | null {
  const above =
    before && heading.paragraph - before.paragraph <= HEADING_REACH ? (before.speaker ?? null) : undefined;
  const below =
    after && after.paragraph - heading.paragraph <= HEADING_REACH ? (after.speaker ?? null) : undefined;
  if (above && below && isSameSpeaker(above, below)) return above;
  return below ?? above ?? null;
}

function finish(reading: ClaimReading, draft: ClaimDraft, counts: WordCounts): ReadClaim {
  const { text, mentions } = reading;
  const { start, end, kind, report, verb, confidence, subordinate } = draft;
  const speaker = draft.speaker ?? null;
  const tokens = readTokens(text, start, end, mentions, []);
  const about = new Set<number>();
  for (const token of tokens)
    if (token.kind === 'MENTION' && token.ref !== speaker?.actor) about.add(token.ref);
  return {
    field: reading.field,
    start,
    end,
    kind,
    status: claimStatus(
      report,
      kind,
      tokens.map(({ word }) => word),
      subordinate,
    ),
    quote: text.slice(start, end),
    speakerName: speaker?.name ?? null,
    speaker: speaker?.actor ?? null,
    verb,
    about: [...about].slice(0, 50),
    topics: findTopics(tokens, counts),
    confidence: Math.round(confidence * (speaker?.confidence ?? 0.8) * 100) / 100,
  };
}
