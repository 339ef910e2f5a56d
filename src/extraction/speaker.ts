/** Whose words a claim is. */
import { fold } from '#text/fold.ts';

export interface Speaker {
  /** Position in the actors found, or null when the speaker is no actor. */
  readonly actor: number | null;
  /** As named; null only for nobody in particular. */
  readonly name: string | null;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Said by someone the text does not name. */
export const NOBODY: Speaker = { actor: null, name: null, confidence: 0.6 };

/** Whether two speakers are one. */
export function isSameSpeaker(a: Speaker, b: Speaker): boolean {
  return a.actor !== null || b.actor !== null
    ? a.actor === b.actor
    : fold(a.name ?? '') === fold(b.name ?? '');
}
