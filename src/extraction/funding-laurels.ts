/** Which programme pays somebody who has won its call. */
import type { ReadActor } from './extraction.ts';
import type { Page } from './funding-page.ts';

/** The public body that the sentence of a sum or the one before names as whose laureate somebody is: "Lauréate de France 2030, C12 touche 8 millions" */
export function laurelsOf(page: Page, sentence: number, to: number): ReadActor | null {
  for (let s = sentence; s >= 0 && s >= sentence - 1; s--) {
    const { from, to: end } = page.sentences[s]!;
    for (let i = from; i < Math.min(end, to); i++) {
      if (!LAURELS.test(page.words[i]!.folded)) continue;
      const giver = page.mentions.find((m) => m.from > i && m.to <= end && m.actor.kind === 'GOVERNMENT');
      if (giver) return giver.actor;
    }
  }
  return null;
}

const LAURELS = /^(?:laureate?s?|retenue?s?|selectionnee?s?|distinguee?s?|primee?s?)$/;
