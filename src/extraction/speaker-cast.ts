/**
 * The cast of one article: where each actor is named, as what, and what the text tells of persons (role, organisation,
 * gender), so that a role or a pronoun further on can find its person.
 */
import { fold } from '#text/fold.ts';
import type { FoundActors } from './actors.ts';
import type { ClaimToken, TokenSentence } from './claim-tokens.ts';
import { BE } from './lexicon/grammar-words.ts';
import { genderOfName } from './lexicon/name-gender.ts';
import { findSpeakerNoun, type Gender } from './lexicon/speaker-nouns.ts';
import { type NounPhrase, readPhrase } from './noun-phrase.ts';

export interface Profile {
  readonly gender: Gender | null;
  /** Speaker nouns said of the person, folded. */
  readonly roles: ReadonlySet<string>;
  /** Organisations that the person is tied to. */
  readonly organizations: ReadonlySet<number>;
  /** How often the article names the actor. */
  readonly mentions: number;
  /** Whether the headline names it. */
  readonly titled: boolean;
}

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

interface MutableProfile {
  gender: Gender | null;
  roles: Set<string>;
  organizations: Set<number>;
  mentions: number;
  titled: boolean;
}

/** The role that a verb of founding or leading gives its subject, or its agent after "par"; null for any other word. */
function tieOf(word: string): string | null {
  if (!TYING.test(word)) return null;
  return /^(?:co-?)?(?:fond|cré|lanc)/.test(word)
    ? 'fondateur'
    : /^présid/.test(word)
      ? 'president'
      : 'dirigeant';
}

const TYING =
  /^(?:(?:co-?)?fond(?:e|ait|é|ée|és|ées)|(?:co-?)?créée?s?|lancée?s?|dirig(?:e|eait|é|ée|és|ées)|présid(?:e|ait|é|ée)|pilot(?:e|ait|ée?)|emmen(?:é|ée))$/;

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
  const profiles: MutableProfile[] = actors.map(({ kind, name }) => ({
    gender: kind === 'PERSON' ? genderOfName(name) : null,
    roles: new Set(),
    organizations: new Set(),
    mentions: 0,
    titled: false,
  }));
  const blank: MutableProfile = {
    gender: null,
    roles: new Set(),
    organizations: new Set(),
    mentions: 0,
    titled: false,
  };
  const isPerson = (ref: number): boolean => actors[ref]?.kind === 'PERSON';

  for (const { actor, field } of found.mentions) {
    const profile = profiles[actor];
    if (!profile) continue;
    if (field === 'TITLE') profile.titled = true;
    else profile.mentions++;
  }
  for (const { person, organization, role } of found.affiliations) {
    const profile = profiles[person];
    if (!profile) continue;
    profile.organizations.add(organization);
    for (const word of fold(role)
      .split(/[\s,']+/)
      .slice(0, 12))
      if (findSpeakerNoun(word)?.class === 'PERSON') profile.roles.add(word);
  }

  const sentenceIndex = new Int32Array(tokens.length + 1);
  sentences.forEach(({ from, to }, index) => {
    sentenceIndex.fill(index, from, to);
  });
  sentenceIndex[tokens.length] = Math.max(0, sentences.length - 1);

  const learn = (ref: number, phrase: NounPhrase): void => {
    const profile = profiles[ref];
    if (!profile || !isPerson(ref) || phrase.noun?.class !== 'PERSON') return;
    profile.roles.add(phrase.head);
    // A woman's noun tells more than a first name; a man's is said of women too.
    if (phrase.noun.gender === 'f') profile.gender = 'f';
    profile.gender ??= phrase.noun.gender;
    for (const i of phrase.complements)
      if (!isPerson(tokens[i]!.ref)) profile.organizations.add(tokens[i]!.ref);
  };

  /** "la start-up Codéo", "Codéo, une jeune pousse": what sort of organisation it is. */
  const learnSort = (phrase: NounPhrase): void => {
    if (phrase.noun?.class !== 'ORGANIZATION') return;
    const before = tokens[phrase.from - 1]?.word === ',' ? tokens[phrase.from - 2] : undefined;
    const named =
      phrase.names.map((i) => tokens[i]!).find(({ ref }) => !isPerson(ref)) ??
      (before?.kind === 'MENTION' ? before : undefined);
    if (named && !isPerson(named.ref)) profiles[named.ref]?.roles.add(phrase.head);
  };

  /** "Y, fondée par X", "X dirige Y": a tie that a verb states. */
  const learnFromVerb = (at: number, sentence: TokenSentence, own: readonly NounPhrase[]): void => {
    const role = tieOf(tokens[at]!.word);
    if (role === null) return;
    let by = at + 1;
    while (by < sentence.to && by < at + 5 && tokens[by]!.word !== 'par') by++;
    const passive = tokens[by]?.word === 'par' && by < sentence.to;
    const start = passive ? by : at;
    const next = own.find(
      (phrase) => phrase.from > start && phrase.from <= start + 4 && phrase.names.length > 0,
    );
    const before = own.findLast((phrase) => phrase.to <= at && phrase.names.length > 0);
    const subject = own.find((phrase) => phrase.to <= at && !phrase.preposed && phrase.names.length > 0);
    const [person, organization] = passive ? [next, before] : [subject, next];
    const who = person?.names.map((i) => tokens[i]!.ref).find(isPerson);
    if (who === undefined || at < sentence.from) return;
    profiles[who]!.roles.add(role);
    const what = organization?.names.map((i) => tokens[i]!.ref).find((ref) => !isPerson(ref));
    if (what !== undefined) profiles[who]!.organizations.add(what);
  };

  const sightings = new Map<number, Sighting[]>();
  /** The person that each sentence is about, if its subject is one. */
  const subjects: (number | undefined)[] = [];
  const order: number[] = [];
  const orders: number[] = [];
  sentences.forEach((sentence, index) => {
    const own = phrases[index] ?? [];
    const subject = own.find((phrase) => !phrase.preposed && phrase.pronoun === null);
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
      learnSort(phrase);
      for (const i of phrase.names) if (!phrase.preposed) free.set(i, phrase);
      // "la ministre chargée du dossier, Clara Chappaz", "Thomas Clozel est un médecin"
      const person = phrase.names.find((i) => isPerson(tokens[i]!.ref));
      if (person !== undefined) learn(tokens[person]!.ref, phrase);
      else if (
        phrase.names.length === 0 &&
        phrase.noun?.class === 'PERSON' &&
        phrase.determiner !== 'BARE' &&
        tokens[phrase.to]?.word === ','
      ) {
        const next = tokens[phrase.to + 1];
        if (next?.kind === 'MENTION' && /^[,.:;)]$/.test(tokens[phrase.to + 2]?.word ?? '.'))
          learn(next.ref, phrase);
      }
    }
    for (let i = sentence.from; i < sentence.to; i++) {
      const token = tokens[i]!;
      if (token.kind === 'WORD') learnFromVerb(i, sentence, own);
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
      if (isPerson(token.ref)) readAround(i, sentence);
    }
  });

  /** "Arthur Mensch, cofondateur et directeur général de Mistral AI", "Arthur Mensch (Mistral AI)", "M. Masselin". */
  function readAround(at: number, { from, to }: TokenSentence): void {
    const profile = profiles[tokens[at]!.ref];
    if (!profile) return;
    const title = at > from ? tokens[at - 1]!.word : '';
    const inner = tokens[at]!.word;
    if (/^mm?\.?$/.test(title) || inner.startsWith('m. ')) profile.gender = 'm';
    if (/^(?:mme|mlle)s?\.?$/.test(title) || /^(?:mme|mlle)\.? /.test(inner)) profile.gender = 'f';
    const mark = at + 1 < to ? tokens[at + 1]!.word : '';
    const next = tokens[at + 2];
    if (mark === '(' && next?.kind === 'MENTION' && !isPerson(next.ref)) profile.organizations.add(next.ref);
    if (BE.has(mark) && at + 2 < to) learn(tokens[at]!.ref, readPhrase(tokens, at + 2, to, false));
    if (mark !== ',' && mark !== '(') return;
    let start = at + 2;
    for (let round = 0; round < 3 && start < to; round++) {
      const phrase = readPhrase(tokens, start, to, false);
      if (phrase.noun?.class !== 'PERSON' || phrase.names.some((i) => isPerson(tokens[i]!.ref))) return;
      learn(tokens[at]!.ref, phrase);
      if (tokens[phrase.to]?.word !== 'et') return;
      start = phrase.to + 1;
    }
  }

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
