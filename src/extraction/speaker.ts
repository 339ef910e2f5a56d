/**
 * Who a noun phrase or pronoun stands for, at a place in the text: an actor, a name that is no actor (a newspaper), or
 * nobody in particular ("un investisseur parisien"). Salience decides between several: who was named last, who was the
 * subject, who spoke last, whose known role and gender fit.
 */
import { fold } from '#text/fold.ts';
import type { FoundActors } from './actors.ts';
import type { ClaimToken, TokenSentence } from './claim-tokens.ts';
import { CLITICS, DEFINITE, INDEFINITE, LINKING } from './lexicon/grammar-words.ts';
import { genderOfName } from './lexicon/name-gender.ts';
import { holdersOf } from './lexicon/offices.ts';
import { PLACES } from './lexicon/places.ts';
import { findSpeakerNoun, type Gender, type SpeakerNoun } from './lexicon/speaker-nouns.ts';
import type { NounPhrase } from './noun-phrase.ts';
import { type Cast, createCast } from './speaker-cast.ts';

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

/** Resolves phrases against one article. Keeps who spoke last, so phrases must come in the text's order. */
export interface SpeakerFinder {
  /**
   * Whom the phrase stands for; null when it stands for no speaker at all ("des gains"). A phrase read from other tokens
   * than the article's own (inside a quotation) comes with them and with the article's token it stands at.
   */
  ofPhrase(phrase: NounPhrase, source?: readonly ClaimToken[], place?: number): Speaker | null;
  /** Whom a third-person pronoun at a token stands for, or null. */
  ofPronoun(pronoun: string, at: number): Speaker | null;
  /** Whom a document without an author at a token speaks for: the organisation that the article is about. */
  ofTopic(at: number): Speaker | null;
  /** Records who spoke at a token. */
  remember(speaker: Speaker, at: number): void;
  /** Who spoke last before a token and in which sentence, or null. */
  last(): { readonly speaker: Speaker; readonly sentence: number } | null;
  sentenceOf(at: number): number;
  isPerson(speaker: Speaker): boolean;
}

/** Sentences after which a speaker no longer stands out. */
const MEMORY = 4;

const KIND_NOUNS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:fonds|banque|assureur|mutuelle|incubateur|accelerateur)$/, ['INVESTOR', 'GOVERNMENT']],
  [/^(?:laboratoire|labo|institut|universite|ecole|centre|hopital)$/, ['LAB', 'ORGANIZATION']],
  [
    /^(?:ministere|gouvernement|executif|autorite|regulateur|gendarme|commission|agence|parlement|senat|assemblee|elysee|matignon|mairie|region|etablissement|institution)$/,
    ['GOVERNMENT', 'LAB'],
  ],
  [
    /^(?:association|fondation|consortium|collectif|ong|syndicat|federation|confederation|reseau)$/,
    ['ORGANIZATION', 'LAB', 'GOVERNMENT'],
  ],
  [
    /^(?:start-up|startup|scale-up|scaleup|societe|entreprise|pousse|firme|compagnie|editeur|licorne|constructeur|fabricant|operateur|plateforme|plate-forme|pepite|spin-off|filiale|equipementier|hebergeur|conglomerat|multinationale|legaltech|fintech|medtech|biotech|deeptech|jeune-pousse)$/,
    ['COMPANY'],
  ],
];

function kindsFor(head: string): readonly string[] | null {
  const singular = head.endsWith('s') && head !== 'fonds' ? head.slice(0, -1) : head;
  return KIND_NOUNS.find(([nouns]) => nouns.test(singular))?.[1] ?? null;
}

/** Nouns of which there is one holder: not just whoever stands out. */
const OFFICE_HOLDER =
  /^(?:premiere?|ministre|commissaire|maire|prefet|prefete|juge|procureure?|ambassadeur|ambassadrice|chancelier|chanceliere|secretaire|numero)$/;

/** Whose word is their house's. */
const EXPERTS = /^(?:analyste|expert|economiste|specialiste|chercheur|scientifique)s$/;

/** Groups whose nouns are of something: "le président du tribunal" is not the president one has in mind. */
const OF_SOMETHING = /^(?:head|politics|law|finance)$/;

/** Masculine nouns also said of women. */
const EPICENE = /^(?:juge|ministre|maire|professeur|chef|auteur|ingenieur|pdg|directeur|president)$/;

/** Two groups whose nouns are often said of the same person. */
const KIN: ReadonlySet<string> = new Set([
  'founder head',
  'head founder',
  'science founder',
  'founder science',
  'head science',
  'science head',
  'politics head',
  'head politics',
  'finance head',
  'head finance',
  'finance founder',
  'founder finance',
]);

function roleScore(cast: Cast, person: number, noun: SpeakerNoun, head: string): number {
  const roles = cast.profile(person).roles;
  if (roles.size === 0 || noun.group === 'other') return 0;
  if (roles.has(head)) return 16;
  let best = -6;
  for (const role of roles) {
    const known = findSpeakerNoun(role);
    if (!known?.group || known.group === 'other') best = Math.max(best, 0);
    else if (known.group === noun.group) best = Math.max(best, 4);
    else if (KIN.has(`${known.group} ${noun.group}`)) best = Math.max(best, -1);
  }
  return best;
}

/** Prepares the resolution of speakers in one article. */
export function createSpeakerFinder(
  text: string,
  tokens: readonly ClaimToken[],
  sentences: readonly TokenSentence[],
  phrases: readonly (readonly NounPhrase[])[],
  found: FoundActors,
  publishedAt: Date | null,
): SpeakerFinder {
  const cast = createCast(tokens, sentences, phrases, found);
  const { actors } = found;
  let latest: { speaker: Speaker; sentence: number } | null = null;

  const actor = (ref: number, confidence: number): Speaker => ({
    actor: ref,
    name: actors[ref]?.name ?? null,
    confidence,
  });
  const surface = (source: readonly ClaimToken[], [from, to]: readonly [number, number]): string => {
    let start = from;
    // "Le Parisien": the article belongs to the name.
    if (
      from > 0 &&
      source[from - 1]!.capital &&
      /^(?:le|la|les)$/.test(source[from - 1]!.word) &&
      source[from - 2]?.kind === 'WORD'
    )
      start--;
    while (start < to - 1 && /^(?:mm?|mme|mlle|dr|pr|me)\.?$/.test(source[start]!.word)) start++;
    return text.slice(source[start]!.start, source[to - 1]!.end).replace(/^[«“"‹\s]+|[»”"›\s]+$/g, '');
  };
  const isPersonRef = (ref: number): boolean => actors[ref]?.kind === 'PERSON';

  /** How much an actor stands out at a token; -Infinity when it was not named before. */
  const salience = (ref: number, at: number): number => {
    const seen = cast.lastBefore(ref, at);
    const spoke = latest?.speaker.actor === ref ? cast.sentenceOf(at) - latest.sentence : MEMORY + 1;
    // Named only within a quotation, in its incise.
    if (!seen) return spoke <= MEMORY ? 14 - 2 * spoke : Number.NEGATIVE_INFINITY;
    const distance = cast.sentenceOf(at) - seen.sentence;
    let score = 10 - 2 * Math.min(distance, 8);
    if (seen.subject) score += 4;
    if (seen.complement) score -= 2;
    if (spoke <= MEMORY) score += 6;
    return score + Math.min(seen.count, 3);
  };

  const bestPerson = (
    at: number,
    gender: Gender | null,
    extra: (ref: number) => number,
  ): { ref: number; score: number } | null => {
    let best: { ref: number; score: number } | null = null;
    const spoken = latest?.speaker.actor ?? null;
    for (const ref of spoken === null ? cast.recent(at) : [...cast.recent(at), spoken]) {
      if (!isPersonRef(ref)) continue;
      const known = cast.profile(ref).gender;
      if (gender && known && known !== gender) continue;
      const score = salience(ref, at) + extra(ref) - (gender && !known ? 1 : 0);
      if (!best || score > best.score) best = { ref, score };
    }
    return best;
  };

  /** The organisation that stands out; `weight` says how much nearness counts against what the article is about. */
  const bestOrganization = (
    at: number,
    head: string,
    weight: number,
  ): { ref: number; score: number } | null => {
    const kinds = kindsFor(head);
    let best: { ref: number; score: number } | null = null;
    for (const ref of cast.organizations(at)) {
      const { kind } = actors[ref]!;
      const { mentions, titled } = cast.profile(ref);
      // "A et B ont signé, indique la start-up": what is named in passing in the same sentence is hardly meant.
      const seen = cast.lastBefore(ref, at);
      const passing = seen !== null && !seen.subject && seen.sentence === cast.sentenceOf(at) ? 6 : 0;
      let score =
        weight * (Math.max(salience(ref, at), -10) - passing) +
        1.5 * Math.min(mentions, 6) +
        (titled ? 6 : 0);
      // "l'agence" is no company, though a company may be "le laboratoire".
      if (kinds?.[0] === 'GOVERNMENT' && !kinds.includes(kind)) continue;
      if (kinds) score += kinds[0] === kind ? 4 : kinds.includes(kind) ? 1 : -6;
      if (!best || score > best.score) best = { ref, score };
    }
    return best;
  };

  /** "Le Premier ministre conteste. Il assure …": the pronoun goes on about whom the sentence before did not name. */
  const unnamedSubject = (at: number): Speaker | null => {
    const sentence = cast.sentenceOf(at);
    const current = phrases[sentence]?.find((phrase) => !phrase.preposed);
    if (current && current.from < at && current.pronoun === null) return null;
    const subject = phrases[sentence - 1]?.find((phrase) => !phrase.preposed);
    if (sentences[sentence - 1]?.paragraph !== sentences[sentence]?.paragraph) return null;
    if (!subject || subject.noun?.class !== 'PERSON' || subject.names.length > 0 || subject.unknown)
      return null;
    if (latest && latest.sentence === sentence - 1 && latest.speaker.name !== null) return null;
    const speaker = ofPhrase(subject);
    return speaker?.name === null ? speaker : null;
  };

  const ofPronoun = (pronoun: string, at: number): Speaker | null => {
    if (pronoun === 'on' || pronoun === 'qui' || pronoun === 'nous') return null;
    const plural = /^(?:ils|elles|eux|ceux-ci|celles-ci)$/.test(pronoun);
    const gender: Gender = /^(?:elles?|celles?-ci|cette-dernière)$/.test(pronoun) ? 'f' : 'm';
    if (/^(?:ce|ces|cette)-|-ci$/.test(pronoun)) {
      // "celle-ci" takes the nearest that fits, not the most salient.
      const near = cast.nearest(
        at,
        (ref) => !isPersonRef(ref) || (cast.profile(ref).gender ?? gender) === gender,
        pronoun.includes('dern'),
      );
      return near === null ? null : actor(near, 0.75);
    }
    const unnamed = plural ? null : unnamedSubject(at);
    if (unnamed) return unnamed;
    const person = bestPerson(at, plural ? null : gender, () => 0);
    const organization = bestOrganization(at, '', 1);
    const recentPerson = person && person.score >= (plural ? 8 : 4);
    if (
      latest &&
      latest.speaker.actor === null &&
      latest.speaker.name !== null &&
      cast.sentenceOf(at) - latest.sentence <= 2
    ) {
      if (!person || person.score < 10) return { ...latest.speaker, confidence: 0.7 };
    }
    // "L'agence précise … Elle souligne": an organisation that has just spoken stands out before a person further up.
    const rival = latest?.speaker.actor ?? null;
    if (rival !== null && !isPersonRef(rival) && salience(rival, at) > (person?.score ?? 0) + 4)
      return actor(rival, 0.7);
    if (organization && (plural || !recentPerson)) {
      const subject = cast.lastBefore(organization.ref, at)?.subject ?? false;
      if (!person || subject || plural || person.score < 2) return actor(organization.ref, 0.6);
    }
    return person ? actor(person.ref, recentPerson ? 0.85 : 0.6) : null;
  };

  /** "le chef de l'Etat": the actor who was it when the article came out. */
  const officeHolder = (phrase: NounPhrase, source: readonly ClaimToken[]): Speaker | null => {
    const words: string[] = [];
    for (let i = phrase.from; i < phrase.to; i++) {
      const word = fold(source[i]!.word);
      if (source[i]!.kind === 'WORD' && !DEFINITE.has(word) && !LINKING.has(word)) words.push(word);
    }
    const names = holdersOf(words.join(' '), publishedAt).map(fold);
    const held =
      names.length === 0
        ? undefined
        : actors.find(({ kind, name }) => kind === 'PERSON' && names.includes(fold(name)));
    return held ? actor(held.ref, 0.85) : null;
  };

  /** "le premier", "la seconde": of the two persons named last, in the order they came in. */
  const ofOrdinal = (phrase: NounPhrase, source: readonly ClaimToken[], at: number): Speaker | null => {
    if (phrase.to !== phrase.from + 2 || !/^(?:premi|second)/.test(phrase.head)) return null;
    const [later, earlier] = cast
      .recent(at)
      .filter(isPersonRef)
      .slice(0, 2)
      .sort((a, b) => (cast.firstSeen(b) ?? 0) - (cast.firstSeen(a) ?? 0));
    if (later === undefined || earlier === undefined) return null;
    const gender = /e$/.test(source[phrase.from + 1]!.word) ? 'f' : 'm';
    const pair = phrase.head.startsWith('premi') ? [earlier, later] : [later, earlier];
    const chosen = pair.find((ref) => (cast.profile(ref).gender ?? gender) === gender);
    return chosen === undefined ? null : actor(chosen, 0.65);
  };

  const ofRole = (
    phrase: NounPhrase,
    noun: SpeakerNoun,
    source: readonly ClaimToken[],
    at: number,
  ): Speaker | null => {
    const orgs = phrase.complements.map((i) => source[i]!.ref).filter((ref) => !isPersonRef(ref));
    const definite = phrase.determiner === 'DEFINITE' || phrase.determiner === 'POSSESSIVE';
    const lookup = (ref: number): number => {
      const tied = orgs.some((org) => cast.profile(ref).organizations.has(org));
      const elsewhere = orgs.length > 0 && !tied && cast.profile(ref).organizations.size > 0;
      return roleScore(cast, ref, noun, phrase.head) + (tied ? 8 : elsewhere ? -10 : 0);
    };
    const gender = noun.gender;
    const holder = definite ? (officeHolder(phrase, source) ?? ofOrdinal(phrase, source, at)) : null;
    if (holder) return holder;
    if (definite) {
      let best: { ref: number; score: number; role: number } | null = null;
      for (const ref of cast.persons()) {
        const known = cast.profile(ref).gender;
        if (gender && known && known !== gender && !EPICENE.test(phrase.head)) continue;
        const role = lookup(ref);
        const stands = Math.max(salience(ref, at), -8);
        const score = role + stands;
        // By the role alone, or, when nothing else is said, by standing out.
        const introduced = stands > -8 || role >= 16;
        const fits =
          introduced &&
          (orgs.length > 0
            ? role >= 6
            : role >= 4 ||
              (phrase.determiner === 'DEFINITE' &&
                !OFFICE_HOLDER.test(phrase.head) &&
                !(phrase.tail === 'OTHER' && OF_SOMETHING.test(noun.group ?? '')) &&
                !phrase.head.endsWith('s') &&
                role > -6 &&
                stands >= 6));
        if (fits && (!best || score > best.score)) best = { ref, score, role };
      }
      if (best) return actor(best.ref, best.role >= 4 ? 0.8 : 0.65);
    }
    if (orgs.length > 0) return actor(orgs[0]!, 0.6);
    const named = latest?.speaker;
    if (
      definite &&
      named?.actor === null &&
      genderOfName(named.name ?? '') !== null &&
      cast.sentenceOf(at) - latest!.sentence <= MEMORY
    )
      return { ...named, confidence: 0.6 };
    if (phrase.determiner === 'POSSESSIVE') {
      const owner = bestOrganization(at, '', 1);
      if (owner) return actor(owner.ref, 0.5);
    }
    return NOBODY;
  };

  const ofPhrase = (phrase: NounPhrase, source = tokens, at = phrase.from): Speaker | null => {
    if (phrase.pronoun !== null) return ofPronoun(phrase.pronoun, at);
    const refs = phrase.names.map((i) => source[i]!.ref);
    const person = refs.find(isPersonRef);
    if (person !== undefined) return actor(person, 0.95);
    const next = source[phrase.to + 1];
    const comma = source[phrase.to]?.word;
    if (
      phrase.noun?.class === 'PERSON' ||
      phrase.noun?.class === 'OFFICE' ||
      (phrase.noun === null && refs.length === 0 && !phrase.unknown)
    ) {
      const clitic = CLITICS.has(source[phrase.to + 2]?.word ?? '');
      if ((comma === ',' || comma === '(') && next?.kind === 'MENTION' && isPersonRef(next.ref) && !clitic)
        return actor(next.ref, 0.9);
      if (
        comma === ',' &&
        phrase.noun?.class === 'PERSON' &&
        next?.kind === 'WORD' &&
        next.capital &&
        source[phrase.to + 2]?.capital
      )
        return { actor: null, name: surface(source, [phrase.to + 1, phrase.to + 3]), confidence: 0.7 };
    }
    const { noun } = phrase;
    if (refs.length > 0 && !(noun?.class === 'PERSON' && phrase.determiner !== 'NAME'))
      return actor(refs[0]!, 0.9);
    if (phrase.unknown && noun?.class !== 'OFFICE') {
      const name = surface(source, phrase.unknown);
      // "une IA": a capital, but no name.
      if (phrase.determiner === 'INDEFINITE' && phrase.unknown[0] === phrase.from + 1) return NOBODY;
      return PLACES.has(fold(name)) ? null : { actor: null, name, confidence: 0.8 };
    }
    if (!noun) return null;
    switch (noun.class) {
      case 'UNNAMED': {
        // "les analystes de Gartner" speak for it; its employees do not.
        const house = EXPERTS.test(phrase.head) ? phrase.complements[0] : undefined;
        return house === undefined ? NOBODY : actor(source[house]!.ref, 0.6);
      }
      case 'PERSON':
        return ofRole(phrase, noun, source, at);
      case 'OFFICE':
      case 'DOCUMENT': {
        const owner = phrase.complements.at(0);
        if (owner !== undefined) return actor(source[owner]!.ref, 0.8);
        if (phrase.unknownComplement)
          return { actor: null, name: surface(source, phrase.unknownComplement), confidence: 0.6 };
        if (phrase.tail === 'ORGANIZATION') {
          // "les calculs du syndicat"
          const best = bestOrganization(at, phrase.tailHead, 1);
          if (best) return actor(best.ref, 0.6);
        }
        const vague = phrase.determiner === 'INDEFINITE' && noun.class === 'OFFICE';
        if (vague || phrase.head.endsWith('s')) return noun.class === 'OFFICE' ? topic(at) : null;
        return topic(at);
      }
      case 'ORGANIZATION': {
        if (phrase.determiner === 'INDEFINITE' || INDEFINITE.has(source[phrase.from]!.word)) return NOBODY;
        if (phrase.unknownComplement) {
          // "le ministère de l'Economie" is the name itself.
          const named = surface(source, [nounToken(source, phrase), phrase.unknownComplement[1]]);
          return { actor: null, name: named, confidence: 0.6 };
        }
        const best = bestOrganization(at, phrase.head, 1);
        if (best) return actor(best.ref, 0.7);
        // "l'éditeur", "l'hébergeur" may be a person.
        const person = /eur$/.test(phrase.head) ? bestPerson(at, 'm', () => 0) : null;
        return person && person.score >= 6 ? actor(person.ref, 0.6) : null;
      }
    }
  };

  const topic = (at: number): Speaker | null => {
    const best = bestOrganization(at, '', 0.3);
    return best ? actor(best.ref, 0.55) : null;
  };

  return {
    ofPhrase,
    ofPronoun,
    ofTopic: topic,
    remember(speaker, at) {
      latest = { speaker, sentence: cast.sentenceOf(at) };
    },
    last: () => latest,
    sentenceOf: (at) => cast.sentenceOf(at),
    isPerson: (speaker) =>
      speaker.actor === null ? genderOfName(speaker.name ?? '') !== null : isPersonRef(speaker.actor),
  };
}

/** The first token of the phrase after its determiner. */
function nounToken(tokens: readonly ClaimToken[], phrase: NounPhrase): number {
  const { word } = tokens[phrase.from]!;
  return DEFINITE.has(word) || INDEFINITE.has(word) ? phrase.from + 1 : phrase.from;
}

/** Whether two speakers are one. */
export function isSameSpeaker(a: Speaker, b: Speaker): boolean {
  return a.actor !== null || b.actor !== null
    ? a.actor === b.actor
    : fold(a.name ?? '') === fold(b.name ?? '');
}
