/**
 * How well readings agree with labels: precision, recall and F1 over all articles of a set, and how often what was found is
 * also of the right kind.
 *
 * - `actors`: the name or a mention is the label's (case, accents and hyphens aside)
 * - `quotes`: the words overlap the label's with a token F1 of 0.6 or more; also for direct and indirect ones alone
 * - `claims`: the same, and the speaker is right (the same name, or the same last name)
 * - `amounts`: the amount is right within 1 %, and the currency
 * - `funding`: the same, and the recipient is right
 * - `investors`: over the investors of the funding facts that are right
 */
import type { ReportedReading } from '#extraction/report.ts';
import { fold } from '#text/fold.ts';

/** What a person says an article holds, in the form of the annotation guide. */
export interface Labels {
  readonly actors: readonly {
    readonly name: string;
    readonly kind: string;
    readonly mentions: readonly string[];
  }[];
  readonly claims: readonly {
    readonly speaker: string | null;
    readonly quote: string;
    readonly kind: string;
  }[];
  readonly funding: readonly {
    readonly recipient: string | null;
    readonly amount: number;
    readonly currency: string;
    readonly kind: string;
    readonly status: string;
    readonly investors: readonly string[];
  }[];
}

export const PARTS = [
  'actors',
  'quotes',
  'direct quotes',
  'indirect quotes',
  'claims',
  'amounts',
  'funding',
  'investors',
] as const;
export type Part = (typeof PARTS)[number];

export const TRAITS = ['actor kind', 'funding kind', 'funding status'] as const;
export type Trait = (typeof TRAITS)[number];

interface Tally {
  labelled: number;
  found: number;
  right: number;
}

/** Counts of one set of articles, added up case by case. */
export interface Scores {
  cases: number;
  readonly parts: Readonly<Record<Part, Tally>>;
  readonly traits: Readonly<Record<Trait, { right: number; of: number }>>;
  /** What was missed or wrongly found, in words, for the person who improves the reader. */
  readonly errors: string[];
}

export function createScores(): Scores {
  const tally = (): Tally => ({ labelled: 0, found: 0, right: 0 });
  const trait = () => ({ right: 0, of: 0 });
  return {
    cases: 0,
    parts: {
      actors: tally(),
      quotes: tally(),
      'direct quotes': tally(),
      'indirect quotes': tally(),
      claims: tally(),
      amounts: tally(),
      funding: tally(),
      investors: tally(),
    },
    traits: { 'actor kind': trait(), 'funding kind': trait(), 'funding status': trait() },
    errors: [],
  };
}

/** Precision, recall and F1 of a tally, each 0 where nothing stands below the line. */
export function ratesOf({ labelled, found, right }: Readonly<Tally>): {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
} {
  const precision = found === 0 ? 0 : right / found;
  const recall = labelled === 0 ? 0 : right / labelled;
  return { precision, recall, f1: labelled + found === 0 ? 0 : (2 * right) / (labelled + found) };
}

/** Adds one article to the scores. */
export function addCase(scores: Scores, labels: Labels, reading: ReportedReading): void {
  scores.cases++;
  const { parts, traits } = scores;
  const note = (part: Part, missed: readonly string[], extra: readonly string[]): void => {
    for (const text of missed) scores.errors.push(`${part}: ${reading.id}: missed ${text}`);
    for (const text of extra) scores.errors.push(`${part}: ${reading.id}: not there: ${text}`);
  };
  const count = <L, F>(
    part: Part,
    labelled: readonly L[],
    found: readonly F[],
    likeness: (label: L, item: F) => number,
    show: (item: L | F) => string,
  ): (readonly [L, F])[] => {
    const matched = match(labelled, found, likeness);
    parts[part].labelled += labelled.length;
    parts[part].found += found.length;
    parts[part].right += matched.length;
    const ours = new Set(matched.map(([, item]) => item));
    const theirs = new Set(matched.map(([label]) => label));
    note(
      part,
      labelled.filter((label) => !theirs.has(label)).map(show),
      found.filter((item) => !ours.has(item)).map(show),
    );
    return matched;
  };

  const actors = count(
    'actors',
    labels.actors,
    reading.actors,
    actorLikeness,
    ({ name, kind }) => `${name} (${kind})`,
  );
  for (const [label, item] of actors) tick(traits['actor kind'], label.kind === item.kind);

  type Claim = Labels['claims'][number];
  const showClaim = ({ speaker, quote }: Claim): string => `${speaker ?? 'nobody'}: ${quote.slice(0, 90)}`;
  const overlap = (label: Claim, item: Claim): number => {
    const likeness = wordOverlap(label.quote, item.quote);
    return likeness >= 0.6 ? likeness : 0;
  };
  const only = (kind: string) => (claim: Claim) => claim.kind === kind;
  const silent = scores.errors.length;
  count('quotes', labels.claims, reading.claims, overlap, showClaim);
  // The same misses again under "direct" and "indirect".
  scores.errors.length = silent;
  count(
    'direct quotes',
    labels.claims.filter(only('DIRECT')),
    reading.claims.filter(only('DIRECT')),
    overlap,
    showClaim,
  );
  count(
    'indirect quotes',
    labels.claims.filter(only('INDIRECT')),
    reading.claims.filter(only('INDIRECT')),
    overlap,
    showClaim,
  );
  count(
    'claims',
    labels.claims,
    reading.claims,
    (label, item) => (isSameName(label.speaker, item.speaker) ? overlap(label, item) : 0),
    showClaim,
  );

  type Fact = Labels['funding'][number];
  const showFact = (fact: Fact): string =>
    `${fact.recipient ?? 'nobody'} ${fact.amount} ${fact.currency} ${fact.kind} ${fact.status}`;
  count('amounts', labels.funding, reading.funding, (a, b) => (isSameMoney(a, b) ? 1 : 0), showFact);
  const facts = count(
    'funding',
    labels.funding,
    reading.funding,
    (a, b) => (isSameMoney(a, b) && isSameName(a.recipient, b.recipient) ? (a.kind === b.kind ? 2 : 1) : 0),
    showFact,
  );
  for (const [label, item] of facts) {
    tick(traits['funding kind'], label.kind === item.kind);
    tick(traits['funding status'], label.status === item.status);
    count('investors', label.investors, item.investors, (a, b) => (isSameName(a, b) ? 1 : 0), String);
  }
}

function tick(trait: { right: number; of: number }, right: boolean): void {
  trait.of++;
  if (right) trait.right++;
}

/** Pairs each label, in order, with the free item most like it. */
function match<L, F>(
  labels: readonly L[],
  items: readonly F[],
  likeness: (label: L, item: F) => number,
): (readonly [L, F])[] {
  const free = new Set(items);
  const pairs: (readonly [L, F])[] = [];
  for (const label of labels) {
    let best: F | null = null;
    let most = 0;
    for (const item of free) {
      const value = likeness(label, item);
      if (value > most) {
        most = value;
        best = item;
      }
    }
    if (best === null) continue;
    free.delete(best);
    pairs.push([label, best]);
  }
  return pairs;
}

function plain(text: string | null): string {
  return fold(text ?? '')
    .replace(/['.,\-_/&]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function wordsOf(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function wordOverlap(a: string, b: string): number {
  const first = wordsOf(a);
  const second = wordsOf(b);
  if (first.length === 0 || second.length === 0) return 0;
  const left = new Map<string, number>();
  for (const word of first) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of second) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared++;
  }
  return (2 * shared) / (first.length + second.length);
}

function isSameName(a: string | null, b: string | null): boolean {
  const first = plain(a);
  const second = plain(b);
  if (first === second) return true;
  if (first === '' || second === '') return false;
  const last = (name: string): string => name.slice(name.lastIndexOf(' ') + 1);
  if (last(first) === last(second) && last(first).length > 2) return true;
  return first.startsWith(`${second} `) || second.startsWith(`${first} `);
}

function isSameMoney(
  a: { readonly amount: number; readonly currency: string },
  b: { readonly amount: number; readonly currency: string },
): boolean {
  return a.currency === b.currency && Math.abs(a.amount - b.amount) <= 0.01 * a.amount;
}

function actorLikeness(
  a: { readonly name: string; readonly mentions: readonly string[] },
  b: { readonly name: string; readonly mentions: readonly string[] },
): number {
  if (plain(a.name) === plain(b.name)) return 2;
  const names = new Set([a.name, ...a.mentions].map(plain));
  return [b.name, ...b.mentions].some((name) => names.has(plain(name))) ? 1 : 0;
}
