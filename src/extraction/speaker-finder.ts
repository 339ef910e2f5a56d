/**
 * Who a noun phrase stands for, at a place in the text: an actor, a name that is no actor (a newspaper), or nobody in
 * particular ("un investisseur parisien").
 */
import { fold } from '#text/fold.ts';
import type { FoundActors } from './actors.ts';
import type { ClaimToken, TokenSentence } from './claim-tokens.ts';
import { CLITICS, DEFINITE, INDEFINITE } from './lexicon/grammar-words.ts';
import { genderOfName } from './lexicon/name-gender.ts';
import { NATIONALITIES, PLACES } from './lexicon/places.ts';
import type { NounPhrase } from './noun-phrase.ts';
import { createSalience, type Latest } from './salience.ts';
import { NOBODY, type Speaker } from './speaker.ts';
import { createCast } from './speaker-cast.ts';
import { createPronounResolver } from './speaker-pronouns.ts';
import { createRoleResolver, genderOfArticle } from './speaker-roles.ts';

/** "Bretonne", "Américain": where one comes from. Le Parisien is a newspaper. */
function isDemonym(name: string): boolean {
  const folded = fold(name);
  if (/^parisien/.test(folded) || /[^\p{L}-]/u.test(folded)) return false;
  return (
    NATIONALITIES.has(folded) ||
    /(?:aise?|oise?|aine?|ien(?:ne)?|on(?:ne)?|arde?|ane|ande?|basque|corse|catalane?)$/.test(folded)
  );
}

/** Bodies that are called by what they are, with what they are of: "le ministère de l'Economie". */
const PUBLIC =
  /^(?:ministere|mairie|prefecture|tribunal|cour|parquet|universite|ecole|institut|hopital|chambre|federation|region|rectorat|ligue|syndicat|association|agence|conseil|inspection|direction|police|gendarmerie|metropole|departement|commission)$/;

/** Standing from which a person is who is meant, without any other sign. */
const STANDS_OUT = 10;

/** "le quotidien ajoute que": the newspaper named last. */
const OUTLET =
  /^(?:quotidien|journal|hebdomadaire|magazine|media|chaine|radio|revue|site|confreres?|consoeurs?)$/;

/** Said of companies as of people: "le spécialiste allemand Helsing". */
const OF_BOTH =
  /^(?:specialiste|expert|pionniere?|inventeur|concepteur|creat(?:eur|rice)|industriel|producteur)$/;

/** Whose word is their house's. */
const EXPERTS = /^(?:analyste|expert|economiste|specialiste|chercheur|scientifique)s$/;

/** Resolves phrases against one article. Keeps who spoke last, so phrases must come in the text's order. */
export interface SpeakerFinder {
  /**
   * Whom the phrase stands for; null when it stands for no speaker at all ("des gains"). A phrase read from other tokens
   * than the article's own (inside a quotation) comes with them and with the article's token it stands at.
   */
  ofPhrase(phrase: NounPhrase, source?: readonly ClaimToken[], place?: number): Speaker | null;
  /**
   * Whom the subject of a verb of speech stands for when its noun is no speaker's that we know ("sourit l'horloger"):
   * whoever stands out, if its article's gender fits; null for a plural.
   */
  ofStranger(phrase: NounPhrase, source?: readonly ClaimToken[], place?: number): Speaker | null;
  /** The organisation that a noun without a name means at a token ("le groupe"), or null. */
  ofNoun(word: string, at: number): Speaker | null;
  /** Whom a third-person pronoun at a token stands for, or null. */
  ofPronoun(pronoun: string, at: number): Speaker | null;
  /** Records who spoke at a token. */
  remember(speaker: Speaker, at: number): void;
  /** Who spoke last before a token and in which sentence, or null. */
  last(): Latest | null;
  isPerson(speaker: Speaker): boolean;
  /** The one person that the article names, or is about; null when there are several. */
  protagonist(): Speaker | null;
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
  const salience = createSalience(cast, actors);

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

  /** Organisations by the first word of their names, where only one begins so. */
  const shortNames = new Map<string, number | null>();
  for (const { ref, kind, name } of actors) {
    const [first, second] = fold(name).split(' ', 2);
    if (kind === 'PERSON' || first === undefined || second === undefined) continue;
    shortNames.set(first, shortNames.has(first) ? null : ref);
  }
  const shortOf = (word: string): number | null => shortNames.get(fold(word)) ?? null;

  const ofPhrase = (phrase: NounPhrase, source = tokens, at = phrase.from): Speaker | null => {
    if (phrase.pronoun !== null) return ofPronoun(phrase.pronoun, at);
    const refs = phrase.names.map((i) => source[i]!.ref);
    const person = refs.find(salience.isPerson);
    if (person !== undefined) return salience.speaker(person, 0.95);
    const next = source[phrase.to + 1];
    const comma = source[phrase.to]?.word;
    if (
      phrase.noun?.class === 'PERSON' ||
      phrase.noun?.class === 'OFFICE' ||
      (phrase.noun === null && refs.length === 0 && !phrase.unknown)
    ) {
      const clitic = CLITICS.has(source[phrase.to + 2]?.word ?? '');
      if (
        (comma === ',' || comma === '(') &&
        next?.kind === 'MENTION' &&
        salience.isPerson(next.ref) &&
        !clitic
      )
        return salience.speaker(next.ref, 0.9);
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
    const isRole = noun?.class === 'PERSON' && phrase.determiner !== 'NAME' && !OF_BOTH.test(phrase.head);
    if (refs.length > 0 && !isRole) return salience.speaker(refs[0]!, 0.9);
    if (phrase.unknown && noun?.class !== 'OFFICE') {
      const name = surface(source, phrase.unknown);
      if (name.length < 2) return NOBODY;
      // "la Cour", "la Commission": the one whose name begins so.
      const shortened = shortOf(name);
      if (shortened !== null) return salience.speaker(shortened, 0.8);
      // "la Bretonne", "l'Américain"
      if (phrase.determiner === 'DEFINITE' && isDemonym(name))
        return ofStranger(phrase, source, at) ?? NOBODY;
      // "une IA": a capital, but no name.
      if (phrase.determiner === 'INDEFINITE' && phrase.unknown[0] === phrase.from + 1) return NOBODY;
      return PLACES.has(fold(name)) ? null : { actor: null, name, confidence: 0.8 };
    }
    if (!noun) return null;
    if (phrase.vague && phrase.complements.length === 0) return NOBODY;
    switch (noun.class) {
      case 'UNNAMED': {
        // "les analystes de Gartner" speak for it; its employees do not.
        const last = salience.latest()?.speaker;
        if (OUTLET.test(phrase.head) && last?.actor === null && last.name !== null)
          return { ...last, confidence: 0.6 };
        if (OUTLET.test(phrase.head) && phrase.unknownComplement)
          return { actor: null, name: surface(source, phrase.unknownComplement), confidence: 0.7 };
        const house = EXPERTS.test(phrase.head) ? phrase.complements[0] : undefined;
        return house === undefined ? NOBODY : salience.speaker(source[house]!.ref, 0.6);
      }
      case 'PERSON':
        return ofRole(phrase, noun, source, at);
      case 'OFFICE':
      case 'DOCUMENT': {
        const owner = phrase.complements.at(0);
        if (owner !== undefined) return salience.speaker(source[owner]!.ref, 0.8);
        if (phrase.unknownComplement)
          return { actor: null, name: surface(source, phrase.unknownComplement), confidence: 0.6 };
        if (phrase.tail === 'ORGANIZATION') {
          // "les calculs du syndicat"
          const best = salience.organization(at, phrase.tailHead, 1);
          if (best) return salience.speaker(best.ref, 0.6);
        }
        // "selon un document consulté par l'agence"
        if (phrase.determiner === 'INDEFINITE' && phrase.head === 'document') return NOBODY;
        const vague = phrase.determiner === 'INDEFINITE' && noun.class === 'OFFICE';
        if (vague || phrase.head.endsWith('s')) return noun.class === 'OFFICE' ? topic(at) : null;
        if (noun.class === 'OFFICE' && phrase.determiner === 'POSSESSIVE') {
          // "ironise sa porte-parole": of the organisation that stands out, not of the article's.
          const owner = salience.organization(at, '', 1);
          if (owner) return salience.speaker(owner.ref, 0.7);
        }
        if (noun.class === 'OFFICE') {
          // "explique la direction" before anyone is named
          const first = cast.firstOrganization();
          return topic(at) ?? (first === null ? NOBODY : salience.speaker(first, 0.5));
        }
        return topic(at) ?? NOBODY;
      }
      case 'ORGANIZATION': {
        if (phrase.determiner === 'INDEFINITE' || INDEFINITE.has(source[phrase.from]!.word)) return NOBODY;
        if (phrase.unknownComplement && PUBLIC.test(phrase.head)) {
          // "le ministère de l'Economie" is the name itself.
          const named = surface(source, [nounToken(source, phrase), phrase.unknownComplement[1]]);
          return { actor: null, name: named, confidence: 0.6 };
        }
        const best = salience.organization(at, phrase.head, 1);
        if (best) return salience.speaker(best.ref, 0.7);
        // "la préfecture maritime": a public body goes by its noun.
        const qualified = phrase.to - nounToken(source, phrase) > 1;
        if (PUBLIC.test(phrase.head) && phrase.determiner === 'DEFINITE' && qualified) {
          const name = text.slice(source[nounToken(source, phrase)]!.start, source[phrase.to - 1]!.end);
          return { actor: null, name, confidence: 0.5 };
        }
        // "l'éditeur", "l'hébergeur" may be a person.
        const person = /eur$/.test(phrase.head) ? salience.person(at, 'm') : null;
        if (person && person.score >= 6) return salience.speaker(person.ref, 0.6);
        // "selon l'agence": the one named last
        const last = salience.latest()?.speaker;
        return last?.actor === null && last.name !== null && genderOfName(last.name) === null
          ? { ...last, confidence: 0.6 }
          : NOBODY;
      }
    }
  };

  const topic = (at: number): Speaker | null => {
    const best = salience.organization(at, '', 0.3)?.ref ?? null;
    return best === null ? null : salience.speaker(best, 0.55);
  };

  const ofRole = createRoleResolver(salience, actors, publishedAt);
  const ofPronoun = createPronounResolver(salience, tokens, sentences, phrases, ofPhrase);

  const ofStranger = (phrase: NounPhrase, source = tokens, at = phrase.from): Speaker | null => {
    const { word } = source[phrase.from]!;
    const noun = source[phrase.from + 1]?.word ?? '';
    const stranger = phrase.unknown === null;
    if (!/^(?:le|la|l')$/.test(word) || (stranger && (phrase.vague || phrase.tail !== 'NONE'))) return null;
    if (stranger && /[^s]s$/.test(noun)) return null;
    const gender = genderOfArticle(word);
    const best = salience.person(at, gender);
    if (best && best.score >= STANDS_OUT) return salience.speaker(best.ref, 0.6);
    const lead = (gender && cast.onlyOfGender(gender, at)) ?? cast.protagonist();
    const fits =
      lead !== null && (cast.profile(lead).gender ?? gender) === (gender ?? cast.profile(lead).gender);
    return fits ? salience.speaker(lead, 0.5) : null;
  };

  return {
    ofPhrase,
    ofStranger,
    ofNoun(word, at) {
      const best = salience.organization(at, fold(word), 1);
      return best && salience.speaker(best.ref, 0.6);
    },
    ofPronoun,
    remember: salience.remember,
    last: salience.latest,
    protagonist() {
      const lead = cast.protagonist();
      return lead === null ? null : salience.speaker(lead, 0.5);
    },
    isPerson: ({ actor, name }) =>
      actor === null ? genderOfName(name ?? '') !== null : salience.isPerson(actor),
  };
}

/** The first token of the phrase after its determiner. */
function nounToken(tokens: readonly ClaimToken[], phrase: NounPhrase): number {
  const { word } = tokens[phrase.from]!;
  return DEFINITE.has(word) || INDEFINITE.has(word) ? phrase.from + 1 : phrase.from;
}
