/**
 * Why an article matches an actor, and which facts that makes known.
 *
 * A fact is what a story can tell of an actor once: that it is mentioned, that it said this, that it raised that. A match
 * is logged only for facts that the story has not told yet (`AlertedFact`), which is what keeps a revision or a copy quiet.
 */
import { aboutFact, claimFact, investingFact, MENTION_FACT, raisingFact } from '#actor/fact.ts';
import { claimFingerprint } from '#claim/fingerprint.ts';
import type { Extraction, FundingStatus, ReadFunding, Span } from '#extraction/extraction.ts';
import { findSentences, type Sentence } from '#text/sentences.ts';
import { type MatchReason, REASON_TEXT_MAX, REASONS_MAX, type ReasonKind } from './match.ts';

/** One fact about one actor of an extraction, with the place that shows it. */
export interface ActorFact {
  /** Position in `Extraction.actors`, or the id it was resolved to. */
  readonly actor: number;
  /** Key of the fact within its story and actor. */
  readonly fact: string;
  readonly reason: MatchReason;
}

/** What the log takes for one actor. */
export interface NewMatch {
  readonly actor: number;
  readonly facts: readonly string[];
  readonly reasons: readonly MatchReason[];
}

function excerpt(text: string): string {
  if (text.length <= REASON_TEXT_MAX) return text;
  // Not between the two halves of a surrogate pair.
  const end = text.codePointAt(REASON_TEXT_MAX - 2)! > 0xffff ? REASON_TEXT_MAX - 2 : REASON_TEXT_MAX - 1;
  return `${text.slice(0, end)}…`;
}

/** The sentence in which a span begins, one look-up after another being cheap. */
function createSentenceFinder(text: string): (start: number) => string {
  let sentences: readonly Sentence[] | null = null;
  return (start) => {
    sentences ??= findSentences(text, []);
    let low = 0;
    let high = sentences.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sentences[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    const sentence = sentences[low];
    return sentence === undefined ? '' : excerpt(text.slice(sentence.start, sentence.end));
  };
}

/**
 * Every fact of an extraction. `eventOf` gives the funding event that a report became, so that reports of several articles
 * about one event are one fact, and how far the event has come: a step further makes a new fact, a retold rumour none.
 */
export function findFacts(
  extraction: Extraction,
  article: { readonly title: string; readonly text: string },
  eventOf: (report: ReadFunding) => {
    readonly eventId: number;
    readonly status: FundingStatus;
    readonly amountEur?: number | null;
  },
): ActorFact[] {
  const facts: ActorFact[] = [];
  const inText = createSentenceFinder(article.text);
  const add = (
    actor: number,
    fact: string,
    kind: ReasonKind,
    span: Span,
    text: string,
    more: Pick<MatchReason, 'amountEur' | 'fundingStatus' | 'claimStatus'> = {},
  ): void => {
    const { field, start, end } = span;
    const sentence = field === 'TITLE' ? excerpt(article.title) : inText(start);
    facts.push({ actor, fact, reason: { kind, field, start, end, text: excerpt(text), sentence, ...more } });
  };
  const slice = ({ field, start, end }: Span): string =>
    (field === 'TITLE' ? article.title : article.text).slice(start, end);

  for (const mention of extraction.mentions)
    add(mention.actor, MENTION_FACT, 'MENTIONED', mention, mention.surface);
  for (const claim of extraction.claims) {
    const print = claimFingerprint(claim.quote);
    const told = { claimStatus: claim.status };
    if (claim.speaker !== null) add(claim.speaker, claimFact(print), 'SPEAKING', claim, claim.quote, told);
    for (const actor of claim.about) {
      if (actor !== claim.speaker) add(actor, aboutFact(print), 'SPOKEN_ABOUT', claim, claim.quote, told);
    }
  }
  for (const report of extraction.funding) {
    // What somebody has raised so far is no news.
    if (report.cumulative) continue;
    const { eventId, status, amountEur = null } = eventOf(report);
    const told = { amountEur, fundingStatus: status };
    if (report.recipient !== null)
      add(report.recipient, raisingFact(eventId, status), 'RAISING', report, slice(report), told);
    for (const { actor } of report.investors)
      add(actor, investingFact(eventId, status), 'INVESTING', report, slice(report), told);
  }
  return facts;
}

/** The matches to log: for each actor with something new, the new reasons, the most telling first. */
export function decideMatches(
  facts: readonly ActorFact[],
  isKnown: (actor: number, fact: string) => boolean,
): NewMatch[] {
  const order: readonly ReasonKind[] = ['RAISING', 'INVESTING', 'SPEAKING', 'SPOKEN_ABOUT', 'MENTIONED'];
  const fresh = Map.groupBy(
    facts.filter(({ actor, fact }) => !isKnown(actor, fact)),
    ({ actor }) => actor,
  );
  return [...fresh].map(([actor, found]) => ({
    actor,
    facts: [...new Set(found.map(({ fact }) => fact))],
    reasons: found
      .map(({ reason }) => reason)
      .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
      .slice(0, REASONS_MAX),
  }));
}
