/** Relative clauses whose object stands before them: "Snips, que Sonos a racheté", "le ticket que Belfius glisse". */
import type { Page, PageMention } from './funding-page.ts';

/** What "que" turns round: the object before it, the subject behind it. */
export interface Relative {
  readonly object: PageMention;
  readonly subject: PageMention;
}

const LONGEST = 10;

/** The object and the subject of the verb at word `at`, where it stands in a clause that opens with "que"; else null. */
export function findRelative(page: Page, at: number, from: number): Relative | null {
  let subject: PageMention | null = null;
  for (let i = at - 1; i > from && i > at - LONGEST; i--) {
    if (page.amountAt[i] !== -1) return null;
    const place = page.mentionAt[i]!;
    if (place !== -1) {
      subject = page.mentions[place]!;
      i = subject.from;
    } else if (/^qu?e?$/.test(page.words[i]!.folded)) {
      const before = page.mentionAt[i - 1]!;
      return subject && before !== -1 ? { object: page.mentions[before]!, subject } : null;
    }
    if (page.breaks[i] !== 'NONE' && page.breaks[i] !== 'QUOTE') return null;
  }
  return null;
}
