/**
 * Round-ups that give each company a heading of its own: whose section a sentence stands in.
 */
import type { ReadActor } from './extraction.ts';
import type { Page, PageMention } from './funding-page.ts';

/** A heading that names a company, and the first sentence of its section. */
export interface Section {
  readonly actor: ReadActor;
  /** First word of the heading. */
  readonly from: number;
  readonly sentence: number;
}

/** Words of a heading at most: "1/ Dataltitude — 22 millions €". */
const LONGEST = 10;
/** A text with more headings is a table or an attack. */
const MOST = 200;
/** Words before the name: "1/", "Côté santé :". */
const LEAD = 3;

/** The sections of a page, in order; none unless two headings or more name different companies. */
export function findSections(page: Page, accept: (actor: ReadActor) => boolean): readonly Section[] {
  const sections: Section[] = [];
  page.sentences.forEach(({ from, to, line }, sentence) => {
    const alone = page.sentences[sentence - 1]?.line !== line && page.sentences[sentence + 1]?.line !== line;
    if (sections.length >= MOST || !alone || to - from > LONGEST || endsLikeText(page, to)) return;
    const first = firstMention(page, from, Math.min(to, from + LEAD + 1));
    if (first && accept(first.actor)) sections.push({ actor: first.actor, from, sentence });
  });
  return new Set(sections.map((s) => s.actor.ref)).size > 1 ? sections : [];
}

function endsLikeText(page: Page, to: number): boolean {
  const end = page.words[to - 1]!.end;
  return /^[€$£\s]{0,3}[.!?…:]/u.test(page.text.slice(end, end + 4));
}

function firstMention(page: Page, from: number, to: number): PageMention | null {
  for (let i = from; i < to; i++) if (page.mentionAt[i] !== -1) return page.mentions[page.mentionAt[i]!]!;
  return null;
}

/** The section that a sentence stands in, or null. */
export function sectionOf(sections: readonly Section[], sentence: number): Section | null {
  return sections.findLast((s) => s.sentence <= sentence) ?? null;
}
