/** Readings made by hand, for who shows or stores them. */
import type {
  Extraction,
  Field,
  ReadActor,
  ReadClaim,
  ReadFunding,
  ReadMention,
} from '#extraction/extraction.ts';

/** The place of some words in a text, the `nth` time they stand there. */
export function spanOf(text: string, words: string, field: Field = 'TEXT', nth = 1) {
  let start = -1;
  for (let time = 0; time < nth; time += 1) start = text.indexOf(words, start + 1);
  if (start < 0) throw new Error(`"${words}" does not stand in "${text}"`);
  return { field, start, end: start + words.length };
}

/** An actor that the register holds. */
export function actorOf(ref: number, given: Partial<ReadActor> & Pick<ReadActor, 'name'>): ReadActor {
  return {
    ref,
    slug: given.name.toLowerCase().replaceAll(' ', '-'),
    kind: 'COMPANY',
    confidence: 0.9,
    ...given,
  };
}

/** A mention of an actor by these words. */
export function mentionOf(text: string, actor: number, surface: string, field: Field = 'TEXT'): ReadMention {
  return { ...spanOf(text, surface, field), actor, surface, confidence: 0.9 };
}

/** A direct claim of these words. */
export function claimOf(text: string, quote: string, given: Partial<ReadClaim> = {}): ReadClaim {
  return {
    ...spanOf(text, quote),
    kind: 'DIRECT',
    status: 'ASSERTED',
    quote,
    speakerName: null,
    speaker: null,
    verb: null,
    about: [],
    topics: [],
    confidence: 0.8,
    ...given,
  };
}

/** A closed round whose amount is these words. */
export function fundingOf(text: string, words: string, given: Partial<ReadFunding> = {}): ReadFunding {
  return {
    ...spanOf(text, words),
    kind: 'SERIES_A',
    status: 'CLOSED',
    money: { amount: '105000000', currency: 'EUR' },
    precision: 'EXACT',
    recipient: null,
    investors: [],
    valuation: null,
    date: null,
    cumulative: false,
    confidence: 0.7,
    ...given,
  };
}

/** A reading with these parts. */
export function extractionOf(given: Partial<Extraction>): Extraction {
  return { reader: 'test', actors: [], mentions: [], claims: [], funding: [], affiliations: [], ...given };
}
