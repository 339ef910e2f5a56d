/**
 * The cast of one article: where each actor is named, and as what, so that a role or a pronoun further on can find its
 * person.
 */
import { fold } from '#text/fold.ts';
import type { FoundActors } from './actors.ts';
import type { ClaimToken, TokenSentence } from './claim-tokens.ts';
import type { Gender } from './lexicon/speaker-nouns.ts';
import type { NounPhrase } from './noun-phrase.ts';
import { type Profile, readProfiles } from './speaker-profile.ts';

/** The last place before a token where an actor is named. */
export interface Sighting {
  readonly sentence: number;
  readonly token: number;
  /** True when it was the sentence's first free-standing phrase. */
  readonly subject: boolean;
  /** True when it stood after a preposition or in a complement. */
  readonly complement: boolean;
  /** How often it was named up to there. */
  readonly count: number;
}

export interface Cast {
  profile(ref: number): Profile;
  /** Adds a noun said of a person further on in the text. */
  learnRole(ref: number, role: string): void;
  /** The actor's name, folded. */
  nameOf(ref: number): string;
  lastBefore(ref: number, at: number): Sighting | null;
  /** Actors named in the last few dozen mentions before a token, nearest first. */
  recent(at: number): readonly number[];
  /** Organisations named before a token or in the headline. */
  organizations(at: number): readonly number[];
  /** The organisation named first in the text, or null. */
  firstOrganization(): number | null;
  /** Whether a sentence after `from` and before `to` has another person than `ref` for its subject. */
  turnedTo(ref: number, from: number, to: number): boolean;
  /** The person the article is about: the one in its headline, named first or most; null when two are. */
  protagonist(): number | null;
  /** The one person named before a token who can be of the gender, or null when there are several. */
  onlyOfGender(gender: Gender, at: number): number | null;
  persons(): readonly number[];
  /** The token where an actor is first named. */
  firstSeen(ref: number): number;
  /** The nearest actor named before a token that passes; `personFirst` looks for a person before anything else. */
  nearest(at: number, passes: (ref: number) => boolean, personFirst: boolean): number | null;
  sentenceOf(at: number): number;
}

/** Actors considered for one pronoun or role; beyond them an article is a list of names. */
const MAX_CAST = 150;
/** Mentions looked back over for a pronoun. */
const MAX_RECENT = 40;

/** Reads the cast of an article from its tokens, its phrases (one list a sentence) and the actors found in it. */
export function createCast(
  tokens: readonly ClaimToken[],
  sentences: readonly TokenSentence[],
  phrases: readonly (readonly NounPhrase[])[],
  found: FoundActors,
): Cast {
  const { actors } = found;
  const profiles = readProfiles(tokens, sentences, phrases, found);
  const blank: Profile = {
    gender: null,
    roles: new Set(),
    organizations: new Set(),
    mentions: 0,
    titled: false,
  };
  const isPerson = (ref: number): boolean => actors[ref]?.kind === 'PERSON';

  const sentenceIndex = new Int32Array(tokens.length + 1);
  sentences.forEach(({ from, to }, index) => {
    sentenceIndex.fill(index, from, to);
  });
  sentenceIndex[tokens.length] = Math.max(0, sentences.length - 1);

  const sightings = new Map<number, Sighting[]>();
  /** The person that each sentence is about, if its subject is one. */
  const subjects: (number | undefined)[] = [];
  const order: number[] = [];
  const orders: number[] = [];
  sentences.forEach((sentence, index) => {
    const own = phrases[index] ?? [];
    const subject = own.find(
      (phrase) => !phrase.preposed && phrase.pronoun === null && tokens[phrase.from - 1]?.word !== '(',
    );
    // "Son secrétaire, Thierry Halley, a occupé …"
    const apposed =
      subject &&
      subject.names.length === 0 &&
      tokens[subject.to]?.word === ',' &&
      tokens[subject.to + 1]?.kind === 'MENTION'
        ? subject.to + 1
        : -1;
    const free = new Map<number, NounPhrase>();
    for (const phrase of own) {
      for (const i of phrase.names) if (!phrase.preposed) free.set(i, phrase);
    }
    for (let i = sentence.from; i < sentence.to; i++) {
      const token = tokens[i]!;
      if (token.kind !== 'MENTION') continue;
      const seen = sightings.get(token.ref) ?? [];
      if (seen.length === 0) sightings.set(token.ref, seen);
      seen.push({
        sentence: index,
        token: i,
        subject: i === apposed || (subject?.names.includes(i) ?? false),
        complement: i !== apposed && !free.has(i),
        count: seen.length + 1,
      });
      if ((i === apposed || subject?.names.includes(i)) && isPerson(token.ref)) subjects[index] ??= token.ref;
      order.push(token.ref);
      orders.push(i);
    }
  });

  const people = [...sightings.keys()].filter(isPerson).slice(0, MAX_CAST);
  const others = [...sightings.keys()].filter((ref) => !isPerson(ref)).slice(0, MAX_CAST);
  const titledOnly = actors
    .map(({ ref }) => ref)
    .filter((ref) => !isPerson(ref) && profiles[ref]?.titled && !sightings.has(ref))
    .slice(0, MAX_CAST);

  const weights = people
    .map((ref) => {
      const { mentions, titled } = profiles[ref]!;
      const leads = sightings.get(ref)![0]!;
      return {
        ref,
        weight: mentions + (titled ? 4 : 0) + (leads.sentence === 0 ? 1 : 0) + (leads.subject ? 1 : 0),
      };
    })
    .sort((a, b) => b.weight - a.weight);
  const [lead, second] = weights;
  const protagonist = lead && (!second || lead.weight >= second.weight + 2) ? lead.ref : null;

  /** How many mentions stand before a token. */
  const before = (at: number): number => {
    let low = 0;
    let high = orders.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (orders[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const firstSeen = (ref: number): number => sightings.get(ref)?.[0]?.token ?? Number.POSITIVE_INFINITY;

  return {
    profile: (ref) => profiles[ref] ?? blank,
    learnRole(ref, role) {
      profiles[ref]?.roles.add(role);
    },
    nameOf: (ref) => fold(actors[ref]?.name ?? ''),
    lastBefore(ref, at) {
      const seen = sightings.get(ref);
      if (!seen) return null;
      let low = 0;
      let high = seen.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (seen[middle]!.token < at) low = middle + 1;
        else high = middle;
      }
      return seen[low - 1] ?? null;
    },
    recent(at) {
      const end = before(at);
      return [...new Set(order.slice(Math.max(0, end - MAX_RECENT), end).reverse())];
    },
    organizations: (at) => [
      ...others.filter((ref) => firstSeen(ref) < at),
      ...titledOnly,
      ...others.filter((ref) => firstSeen(ref) >= at && profiles[ref]?.titled),
    ],
    firstOrganization: () => others[0] ?? null,
    turnedTo(ref, from, to) {
      for (let i = from + 1; i < to; i++) if (subjects[i] !== undefined && subjects[i] !== ref) return true;
      return false;
    },
    protagonist: () => protagonist,
    onlyOfGender(gender, at) {
      const fits = people.filter(
        (ref) => firstSeen(ref) < at && (profiles[ref]!.gender ?? gender) === gender,
      );
      return fits.length === 1 ? fits[0]! : null;
    },
    persons: () => people,
    firstSeen,
    nearest(at, passes, personFirst) {
      const end = before(at);
      let fallback: number | null = null;
      for (let i = end - 1; i >= 0 && i >= end - MAX_RECENT; i--) {
        const ref = order[i]!;
        if (!passes(ref)) continue;
        if (!personFirst || isPerson(ref)) return ref;
        fallback ??= ref;
      }
      return fallback;
    },
    sentenceOf: (at) => sentenceIndex[Math.min(at, tokens.length)] ?? 0,
  };
}
