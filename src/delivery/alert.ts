/** An alert: a match that passes a watch's filter, with what a message needs to tell of it. */
import type { ActorKind } from '#actor/actor.ts';
import type { MatchReason } from '#match/match.ts';

/** What an alert's article shows of itself; its text is not sent around. */
export interface AlertArticle {
  /** Global id. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly outlet: string;
  readonly language: string | null;
  readonly publishedAt: Date;
  /** At most 300 code units. */
  readonly summary: string;
}

export interface Alert {
  readonly seq: bigint;
  /** The match's place in the log, as the API takes it. */
  readonly cursor: string;
  /** When it was logged. */
  readonly at: Date;
  readonly actor: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly kind: ActorKind;
  };
  readonly article: AlertArticle;
  /** Global id. */
  readonly storyId: string;
  /** How many independent texts the story had when this was logged. */
  readonly independentTexts: number;
  readonly reasons: readonly MatchReason[];
  /** Words and phrases of the watch's filter that the article holds; none for a filter without. */
  readonly foundWords?: readonly string[];
}

/** The watch as messages name it. */
export interface AlertWatch {
  /** Global id. */
  readonly id: string;
  readonly name: string;
}

/** Raised when a field of the body changes its meaning or goes; new fields may come at any time. */
const BODY_VERSION = 1;

/**
 * The body of a webhook, as docs/alerts.md describes it: Standard Webhooks' `type`, `timestamp` and `data`. A test has the
 * type "test" and is else the same.
 */
export function alertBody(type: 'alert' | 'test', watch: AlertWatch, alert: Alert): string {
  const { actor, article, reasons, storyId, independentTexts, cursor, at, foundWords = [] } = alert;
  return JSON.stringify({
    type,
    version: BODY_VERSION,
    timestamp: at.toISOString(),
    data: { cursor, watch, actor, article, story: { id: storyId, independentTexts }, reasons, foundWords },
  });
}
