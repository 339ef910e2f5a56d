/** Who a role stands for: "le PDG de X", "la ministre", "le chercheur", "le premier". */
import { fold } from '#text/fold.ts';
import type { ClaimToken } from './claim-tokens.ts';
import type { ReadActor } from './extraction.ts';
import { DEFINITE, LINKING } from './lexicon/grammar-words.ts';
import { genderOfName } from './lexicon/name-gender.ts';
import { holdersOf } from './lexicon/offices.ts';
import { NATIONALITIES } from './lexicon/places.ts';
import { findSpeakerNoun, type Gender, type SpeakerNoun } from './lexicon/speaker-nouns.ts';
import type { NounPhrase } from './noun-phrase.ts';
import { MEMORY, type Salience } from './salience.ts';
import { NOBODY, type Speaker } from './speaker.ts';
import type { Cast } from './speaker-cast.ts';

/** What a role known by the very same noun counts. */
const EXACT = 16;

/** Nouns of which there is one holder: not just whoever stands out. */
const OFFICE_HOLDER =
  /^(?:premiere?|ministre|commissaire|maire|prefet|prefete|juge|procureure?|ambassadeur|ambassadrice|chancelier|chanceliere|secretaire|numero)$/;
/** Groups whose nouns are of something: "le président du tribunal" is not the president one has in mind. */
/** One of two who belong together. */
const PARTNER = /^(?:associee?|acolyte|comparse|complice|binome|alter)$/;
const DEMONSTRATIVE = /^(?:ce|cet|cette)$/;
const OF_SOMETHING = /^(?:head|politics|law|finance)$/;

/** Who speaks for their organisation without a name. */
const REPRESENTATIVE =
  /^(?:responsable|dirigeant|dirigeante|president|presidente|patron|patronne|delegue|deleguee|pdg|directeur|directrice)$/;

/** The gender that an article or possessive shows. */
export function genderOfArticle(word: string): Gender | null {
  return /^(?:le|un|son|ce)$/.test(word) ? 'm' : /^(?:la|une|sa|cette)$/.test(word) ? 'f' : null;
}

/** Masculine nouns also said of women. */
const EPICENE = /^(?:juge|ministre|maire|professeur|chef|auteur|ingenieur|pdg|directeur|president)$/;

/** Whoever founded a company is its patron, its dirigeant and its entrepreneur. */
const SAME: ReadonlySet<string> = new Set(['founder head', 'head founder']);

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
  if (roles.has(head)) return EXACT;
  if (roles.size === 0 || noun.group === 'other') return 0;
  let best = -4;
  for (const role of roles) {
    const known = findSpeakerNoun(role);
    if (!known?.group || known.group === 'other') best = Math.max(best, 0);
    else if (known.group === noun.group) best = Math.max(best, 4);
    else if (SAME.has(`${known.group} ${noun.group}`)) best = Math.max(best, 3);
    else if (KIN.has(`${known.group} ${noun.group}`)) best = Math.max(best, -1);
  }
  return best;
}

/** Whether an adjective of another country stands in the phrase or right after it. */
function isForeign(source: readonly ClaimToken[], phrase: NounPhrase): boolean {
  for (let i = phrase.from; i <= phrase.to && i < source.length; i++) {
    const word = fold(source[i]!.word);
    if (source[i]!.kind === 'WORD' && NATIONALITIES.has(word) && !word.startsWith('francais')) return true;
  }
  return false;
}

/** Resolves a phrase whose noun is a person's, read from `source` and standing at the article's token `at`. */
export type RoleResolver = (
  phrase: NounPhrase,
  noun: SpeakerNoun,
  source: readonly ClaimToken[],
  at: number,
) => Speaker | null;

/** Prepares the resolution of roles in an article that came out on a day. */
export function createRoleResolver(
  salience: Salience,
  actors: readonly ReadActor[],
  publishedAt: Date | null,
): RoleResolver {
  const { cast } = salience;

  /** "le chef de l'Etat": the actor who was it when the article came out. */
  const officeHolder = (phrase: NounPhrase, source: readonly ClaimToken[]): Speaker | null => {
    const words: string[] = [];
    for (let i = phrase.from; i < phrase.to; i++) {
      const word = fold(source[i]!.word);
      if (/^(?:WORD|MENTION)$/.test(source[i]!.kind) && !DEFINITE.has(word) && !LINKING.has(word))
        words.push(word);
    }
    const names = holdersOf(words.slice(0, 2).join(' '), publishedAt);
    if (names.length === 0) return null;
    const held = actors.find(
      ({ kind, name }) => kind === 'PERSON' && names.some((each) => fold(each) === fold(name)),
    );
    if (held) return salience.speaker(held.ref, 0.85);
    return names.length === 1 ? { actor: null, name: names[0]!, confidence: 0.7 } : NOBODY;
  };

  /** "le premier", "la seconde": of the two persons named last, in the order they came in. */
  const ofOrdinal = (phrase: NounPhrase, source: readonly ClaimToken[], at: number): Speaker | null => {
    const [noun, next] = [source[phrase.from + 1]?.word ?? '', source[phrase.from + 2]?.word ?? ''];
    if (!/^(?:premi|second)/.test(phrase.head) || fold(noun) !== phrase.head || next === 'ministre')
      return null;
    const [later, earlier] = cast
      .recent(at)
      .filter(salience.isPerson)
      .slice(0, 2)
      .sort((a, b) => (cast.firstSeen(b) ?? 0) - (cast.firstSeen(a) ?? 0));
    if (later === undefined || earlier === undefined) return null;
    const gender = /e$/.test(noun) ? 'f' : 'm';
    const pair = phrase.head.startsWith('premi') ? [earlier, later] : [later, earlier];
    const chosen = pair.find((ref) => (cast.profile(ref).gender ?? gender) === gender);
    return chosen === undefined ? null : salience.speaker(chosen, 0.65);
  };

  return (
    phrase: NounPhrase,
    read: SpeakerNoun,
    source: readonly ClaimToken[],
    at: number,
  ): Speaker | null => {
    // "le chef du gouvernement" is a politician, and heads no house of the article's.
    const ofState =
      phrase.head.startsWith('chef') && /^(?:gouvernement|executif|diplomatie|etat)$/.test(phrase.tailHead);
    const noun = ofState ? { ...read, group: 'politics' } : read;
    // "l'ancienne directrice de X" does not speak for X, and may head another house.
    const former =
      /^(?:ancien(?:ne)?|ex|feu)$/.test(source[phrase.from + 1]?.word ?? '') || /^ex-/.test(phrase.head);
    const named = former
      ? []
      : phrase.complements.map((i) => source[i]!.ref).filter((ref) => !salience.isPerson(ref));
    // "le patron de la start-up": of which one
    const meant =
      named.length === 0 && phrase.tail === 'ORGANIZATION' && !ofState
        ? salience.organization(at, phrase.tailHead, 1)
        : null;
    const orgs = meant ? [meant.ref] : named;
    const elsewhereOf = !ofState && (phrase.tail === 'OTHER' || (phrase.tail === 'ORGANIZATION' && !meant));
    // "le Français" ends like a plural.
    const plural = /^(?:les|ces|ses|leurs|des|nos)$/.test(source[phrase.from]!.word);
    const definite = phrase.determiner === 'DEFINITE' || phrase.determiner === 'POSSESSIVE';
    /** Somebody of whom nothing is said: "sous la direction de X … se souvient son ancien directeur". */
    const roleless = (ref: number | null): number | null =>
      ref !== null && cast.profile(ref).roles.size === 0 ? ref : null;
    const lookup = (ref: number): number => {
      const tied = orgs.some((org) => cast.profile(ref).organizations.has(org));
      const elsewhere = orgs.length > 0 && !tied && cast.profile(ref).organizations.size > 0;
      // One heads one house; a professor of one may have founded another.
      const against = OF_SOMETHING.test(noun.group ?? '') || noun.group === 'founder' ? -10 : -3;
      return roleScore(cast, ref, noun, phrase.head) + (tied ? 8 : elsewhere ? against : 0);
    };
    const gender = noun.gender;
    if (phrase.determiner === 'POSSESSIVE' && PARTNER.test(phrase.head)) {
      // "« … », s'amuse X. Son associé prévient": the other of the two.
      const spoke = salience.latest()?.speaker.actor ?? null;
      const other = salience.person(at, gender, (ref) => (ref === spoke ? -100 : 0));
      if (other && other.score >= 0) return salience.speaker(other.ref, 0.6);
    }
    // "la patiente", "son frère": only who was called so, unless the text points at somebody ("cette mère de famille").
    const exact =
      (OFFICE_HOLDER.test(phrase.head) && !former) ||
      (noun.group === 'people' && !DEMONSTRATIVE.test(source[phrase.from]!.word));
    // "le chef du gouvernement indien" is no French office.
    const foreign = isForeign(source, phrase);
    const holder = definite
      ? ((foreign ? null : officeHolder(phrase, source)) ?? ofOrdinal(phrase, source, at))
      : null;
    if (holder) return holder;
    if (definite) {
      let best: { ref: number; score: number; role: number } | null = null;
      for (const ref of cast.persons()) {
        const known = cast.profile(ref).gender;
        if (gender && known && known !== gender && !EPICENE.test(phrase.head)) continue;
        const role = lookup(ref);
        const stands = Math.max(salience.of(ref, at), -8);
        const score = role + stands;
        // By the role alone, or, when nothing else is said, by standing out.
        const tied = orgs.some((org) => cast.profile(ref).organizations.has(org));
        const introduced = stands > -8 || role >= EXACT || tied;
        const fits =
          introduced &&
          (orgs.length > 0
            ? role >= 6 || (role >= 0 && stands >= 8 && !plural)
            : role >= (exact ? EXACT : 3) ||
              (phrase.determiner === 'DEFINITE' &&
                !exact &&
                !(elsewhereOf && OF_SOMETHING.test(noun.group ?? '')) &&
                !plural &&
                stands >= (role < 0 ? 10 : 6)));
        if (fits && (!best || score > best.score)) best = { ref, score, role };
      }
      if (best) {
        // "Le comédien" has told what he is, should "l'acteur" come next.
        cast.learnRole(best.ref, phrase.head);
        return salience.speaker(best.ref, best.role >= 4 ? 0.8 : 0.65);
      }
      const shown = gender ?? genderOfArticle(source[phrase.from]!.word);
      const only =
        phrase.determiner === 'POSSESSIVE'
          ? roleless(noun.group !== 'other' && noun.gender ? cast.onlyOfGender(noun.gender, at) : null)
          : ((shown && cast.onlyOfGender(shown, at)) ?? cast.protagonist());
      const plain = orgs.length === 0 && !elsewhereOf && !plural && !exact;
      if (only !== null && plain && roleScore(cast, only, noun, phrase.head) > -4)
        return salience.speaker(only, 0.55);
    }
    // "un ingénieur de X" is nobody in particular; "un responsable de X" speaks for it.
    if (orgs.length > 0 && (definite || REPRESENTATIVE.test(phrase.head)))
      return salience.speaker(orgs[0]!, 0.6);
    const latest = salience.latest();
    const heard = latest?.speaker;
    if (
      definite &&
      heard?.actor === null &&
      genderOfName(heard.name ?? '') !== null &&
      cast.sentenceOf(at) - latest!.sentence <= MEMORY
    )
      return { ...heard, confidence: 0.6 };
    if (phrase.determiner === 'POSSESSIVE' && REPRESENTATIVE.test(phrase.head)) {
      const owner = salience.organization(at, '', 1);
      if (owner) return salience.speaker(owner.ref, 0.5);
    }
    return NOBODY;
  };
}
