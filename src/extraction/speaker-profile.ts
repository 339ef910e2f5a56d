/**
 * What the text tells of each actor: a person's gender, roles and organisations, an organisation's sort, and how much the
 * article makes of it.
 */
import { fold } from '#text/fold.ts';
import type { FoundActors } from './actors.ts';
import type { ClaimToken, TokenSentence } from './claim-tokens.ts';
import { BE } from './lexicon/grammar-words.ts';
import { genderOfName } from './lexicon/name-gender.ts';
import { findSpeakerNoun, type Gender } from './lexicon/speaker-nouns.ts';
import { type NounPhrase, readPhrase } from './noun-phrase.ts';
import { classesOf, FIRST_NAME } from './word-classes.ts';

export interface Profile {
  readonly gender: Gender | null;
  /** Speaker nouns said of the actor, folded. */
  readonly roles: ReadonlySet<string>;
  /** Organisations that the person is tied to. */
  readonly organizations: ReadonlySet<number>;
  /** How often the article names the actor. */
  readonly mentions: number;
  /** Whether the headline names it. */
  readonly titled: boolean;
}

/** A profile that grows as the text is read. */
export interface MutableProfile {
  gender: Gender | null;
  roles: Set<string>;
  organizations: Set<number>;
  mentions: number;
  titled: boolean;
}

/** The role that a verb of founding or leading gives its subject, or its agent after "par"; null for any other word. */
function tieOf(word: string): string | null {
  if (!TYING.test(word)) return null;
  return /^(?:co-?)?(?:fond|cré|lanc|imagin|mont)/.test(word)
    ? 'fondateur'
    : /^présid/.test(word)
      ? 'president'
      : 'dirigeant';
}

const TYING =
  /^(?:(?:co-?)?fond(?:e|ait|é|ée|és|ées)|(?:co-?)?créée?s?|lancée?s?|imaginée?s?|montée?s?|dirig(?:e|eait|é|ée|és|ées)|présid(?:e|ait|é|ée)|pilot(?:e|ait|ée?)|emmen(?:é|ée))$/;

/** The gender of a name, also of a first name that stands alone. */
function genderOf(name: string): Gender | null {
  return genderOfName((classesOf(fold(name)) & FIRST_NAME) === 0 ? name : `${name} X`);
}

/** "par X et Y": the actor named after "et". */
function partnerAfter(tokens: readonly ClaimToken[], at: number, to: number): number | null {
  const next = at + 1 < to ? tokens[at + 1]! : null;
  return tokens[at]?.word === 'et' && next?.kind === 'MENTION' ? next.ref : null;
}

/** Reads the profiles of the actors found, by their place in `found.actors`. */
export function readProfiles(
  tokens: readonly ClaimToken[],
  sentences: readonly TokenSentence[],
  phrases: readonly (readonly NounPhrase[])[],
  found: FoundActors,
): MutableProfile[] {
  const { actors } = found;
  const profiles: MutableProfile[] = actors.map(({ kind, name }) => ({
    gender: kind === 'PERSON' ? genderOf(name) : null,
    roles: new Set(),
    organizations: new Set(),
    mentions: 0,
    titled: false,
  }));
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

  const learn = (ref: number, phrase: NounPhrase): void => {
    const profile = profiles[ref];
    if (!profile || !isPerson(ref) || phrase.noun?.class !== 'PERSON') return;
    profile.roles.add(phrase.head);
    // A woman's noun tells more than a first name; a man's is said of women too.
    if (phrase.noun.gender === 'f' || /^(?:la|une)$/.test(tokens[phrase.from]!.word)) profile.gender = 'f';
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
    if (person === undefined || who === undefined || at < sentence.from) return;
    const what = organization?.names.map((i) => tokens[i]!.ref).find((ref) => !isPerson(ref));
    const partner = partnerAfter(tokens, person.to, sentence.to);
    for (const ref of partner !== null && isPerson(partner) ? [who, partner] : [who]) {
      profiles[ref]!.roles.add(role);
      if (what !== undefined) profiles[ref]!.organizations.add(what);
    }
  };

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

  sentences.forEach((sentence, index) => {
    const own = phrases[index] ?? [];
    for (const phrase of own) {
      learnSort(phrase);
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
      const { kind, ref } = tokens[i]!;
      if (kind === 'WORD') learnFromVerb(i, sentence, own);
      else if (kind === 'MENTION' && isPerson(ref)) readAround(i, sentence);
    }
  });
  return profiles;
}
