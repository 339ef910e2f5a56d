/** Who a third-person pronoun stands for: "explique-t-il", "elle estime que", "celle-ci juge que", "selon lui". */
import type { ClaimToken, TokenSentence } from './claim-tokens.ts';
import type { Gender } from './lexicon/speaker-nouns.ts';
import type { NounPhrase } from './noun-phrase.ts';
import type { Salience } from './salience.ts';
import type { Speaker } from './speaker.ts';

/** "Quant à X, elle juge que". */
function isTopic(tokens: readonly ClaimToken[], phrase: NounPhrase): boolean {
  return (
    /^(?:à|au|aux)$/.test(tokens[phrase.from - 1]?.word ?? '') && tokens[phrase.from - 2]?.word === 'quant'
  );
}

/** Prepares the resolution of pronouns; `ofPhrase` resolves the noun phrase that one may stand for. */
export function createPronounResolver(
  salience: Salience,
  tokens: readonly ClaimToken[],
  sentences: readonly TokenSentence[],
  phrases: readonly (readonly NounPhrase[])[],
  ofPhrase: (phrase: NounPhrase) => Speaker | null,
): (pronoun: string, at: number) => Speaker | null {
  const { cast } = salience;

  /** "Le Premier ministre conteste. Il assure …": the pronoun goes on about whom the sentence before only gave a role. */
  const subjectBefore = (at: number, gender: Gender | null): Speaker | null => {
    const sentence = cast.sentenceOf(at);
    const current = phrases[sentence]?.find((phrase) => !phrase.preposed);
    if (current && current.from < at && current.pronoun === null) return null;
    const subject = phrases[sentence - 1]?.find((phrase) => !phrase.preposed);
    if (sentences[sentence - 1]?.paragraph !== sentences[sentence]?.paragraph) return null;
    if (
      !/^(?:PERSON|UNNAMED)$/.test(subject?.noun?.class ?? '') ||
      !subject ||
      subject.names.length > 0 ||
      subject.unknown
    )
      return null;
    const latest = salience.latest();
    if (latest && latest.sentence === sentence - 1 && latest.speaker.name !== null) return null;
    const speaker = ofPhrase(subject);
    if (!speaker || speaker.name === null) return speaker;
    const ref = speaker.actor;
    const fits =
      ref !== null &&
      salience.isPerson(ref) &&
      (cast.profile(ref).gender ?? gender) === (gender ?? cast.profile(ref).gender);
    return fits ? speaker : null;
  };

  return (pronoun, at) => {
    if (pronoun === 'on' || pronoun === 'qui' || pronoun === 'nous') return null;
    const plural = /^(?:ils|elles|eux|ceux-ci|celles-ci)$/.test(pronoun);
    const either = pronoun === 'il/elle';
    const gender: Gender = /^(?:elles?|celles?-ci|cette-dernière)$/.test(pronoun) ? 'f' : 'm';
    if (/^(?:ce|ces|cette)-|-ci$/.test(pronoun)) {
      // "… renvoie vers le ministère. Celui-ci": whom the nearest noun means, or else the nearest name that fits.
      const last = phrases[cast.sentenceOf(at) - 1]?.at(-1);
      if (last && last.names.length === 0 && /^(?:ORGANIZATION|PERSON)$/.test(last.noun?.class ?? ''))
        return ofPhrase(last);
      const near = cast.nearest(
        at,
        (ref) => !salience.isPerson(ref) || (cast.profile(ref).gender ?? gender) === gender,
        pronoun.includes('dern'),
      );
      return near === null ? null : salience.speaker(near, 0.75);
    }
    const topic = phrases[cast.sentenceOf(at)]?.find(
      (phrase) => phrase.to < at && phrase.names.length > 0 && isTopic(tokens, phrase),
    );
    if (topic && !plural) return ofPhrase(topic);
    const told = subjectBefore(at, plural || either ? null : gender);
    if (told) return told;
    const latest = salience.latest();
    const person = salience.person(at, plural || either ? null : gender);
    const organization = salience.organization(at, '', 1);
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
    if (rival !== null && !salience.isPerson(rival) && salience.of(rival, at) > (person?.score ?? 0) + 4)
      return salience.speaker(rival, 0.7);
    const only = plural || either || recentPerson ? null : cast.onlyOfGender(gender, at);
    const about = organization ? (cast.lastBefore(organization.ref, at) ?? null) : null;
    const fresh = about?.subject && cast.sentenceOf(at) - about.sentence <= 1;
    if (only !== null && !fresh) return salience.speaker(only, 0.55);
    if (organization && (plural || !recentPerson)) {
      const subject = cast.lastBefore(organization.ref, at)?.subject ?? false;
      if (!person || subject || plural || person.score < 2) return salience.speaker(organization.ref, 0.6);
    }
    if (person) return salience.speaker(person.ref, recentPerson ? 0.85 : 0.6);
    return only === null ? null : salience.speaker(only, 0.5);
  };
}
