/** What attributes a quotation from before it or from further off: X explique : « A », X parle d'« A ». */
import type { ClaimReading, SentenceReading } from './claim-reading.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { BRIDGE } from './frames-beside.ts';
import { governedEnd, subjectAfter } from './inverted-subject.ts';
import {
  CLITICS,
  DEFINITE,
  INDEFINITE,
  isAdverb,
  POSSESSIVE,
  PREPOSITIONS,
  SUBJECT_PRONOUNS,
} from './lexicon/grammar-words.ts';
import { findPhrases } from './noun-phrase.ts';
import { countWords, isStatement } from './quoted-words.ts';
import { type Frame, frame, speakerOfReport } from './report-speaker.ts';
import type { Report } from './reporting.ts';
import type { Speaker } from './speaker.ts';
import { mayInvert } from './verb-subject.ts';

/** Tokens between a reporting verb and a quotation it still introduces. */
const REACH = 45;

const DEPICTING = /^(?:qualifier|traiter|décrire|définir|dépeindre|présenter|comparer)$/;
/** The same for a verb that takes a quotation and no clause. */
const QUOTE_REACH = 8;

/** Words of a mere phrase in marks that a verb of speech further on may still attribute. */
const MIN_FAR_WORDS = 8;

/** X explique : « A » */
export function frameBeforeColon(reading: ClaimReading, sentence: SentenceReading, at: number): Frame | null {
  const { tokens, speakers } = reading;
  let colon = at - 1;
  while (colon > sentence.from && /^[–—-]$/.test(tokens[colon]!.word)) colon--;
  if (colon < sentence.from || tokens[colon]!.word !== ':') return null;
  const report = sentence.reports.findLast(
    (each) => each.to <= colon && each.to > colon - REACH && !each.void,
  );
  if (report) {
    const speaker =
      secondedBy(reading, sentence, report, colon) ?? speakerOfReport(reading, sentence, report, colon);
    if (speaker) return frame(speaker, report, report.verb, true);
  }
  const attribution = sentence.attributions.findLast((each) => each.to <= colon);
  const attributed = attribution && speakers.ofPhrase(attribution.phrase);
  if (attributed) return frame(attributed, null, attribution.word, true);
  const phrases = sentence.phrases.filter((phrase) => phrase.to <= colon && phrase.from > colon - REACH);
  let best: Speaker | null = null;
  for (const phrase of phrases) {
    if (phrase.pronoun === 'qui') continue;
    const named =
      phrase.names.length > 0 ||
      phrase.complements.length > 0 ||
      phrase.pronoun !== null ||
      phrase.noun !== null;
    const speaker = named ? speakers.ofPhrase(phrase) : null;
    // "Un cadre de X se montre réservé : « … »": nobody the text names.
    if (speaker?.name === null && !phrase.preposed && phrase.determiner === 'INDEFINITE')
      return frame(speaker, null, null, true);
    const owner = speaker ?? ownerOf(reading, phrase.complements[0]);
    if (!owner || (owner.actor === null && owner.name === null)) continue;
    if (speakers.isPerson(owner)) {
      best = owner;
      if (!phrase.preposed) break;
    } else best ??= phrase.preposed ? null : owner;
  }
  if (!best && phrases.some((phrase) => POSSESSIVE.has(tokens[phrase.from]!.word))) {
    // "Sa devise : « … »", of whoever spoke, or else is named next.
    best = speakers.ofPronoun('il/elle', colon) ?? speakers.last()?.speaker ?? nextPerson(reading, at);
  }
  return frame(best, null, null, true);
}

/** "assure X, appuyé par Y : « … »": Y. */
function secondedBy(
  { tokens, speakers }: ClaimReading,
  sentence: SentenceReading,
  report: Report,
  colon: number,
): Speaker | null {
  for (const phrase of sentence.phrases) {
    if (phrase.from < report.to || phrase.to > colon || !phrase.preposed || phrase.names.length === 0)
      continue;
    const [by, verb] = [tokens[phrase.from - 1], tokens[phrase.from - 2]];
    if (by?.word === 'par' && verb?.kind === 'WORD' && /(?:é|ée|i|ie)$/.test(verb.word))
      return speakers.ofPhrase(phrase);
  }
  return null;
}

/** Tokens after a quotation in which the person that "son" announces may be named. */
const NEXT_REACH = 12;

function nextPerson({ tokens, speakers }: ClaimReading, at: number): Speaker | null {
  for (let i = at + 1; i < tokens.length && i <= at + NEXT_REACH; i++) {
    if (tokens[i]!.kind !== 'MENTION') continue;
    const speaker = speakers.ofPhrase(findPhrases(tokens, i, i + 1)[0]!);
    if (speaker && speakers.isPerson(speaker)) return { ...speaker, confidence: 0.6 };
  }
  return null;
}

/** "Le remède d'Arthur Mensch : « … »": whom the complement names. */
function ownerOf({ tokens, speakers }: ClaimReading, complement: number | undefined): Speaker | null {
  if (complement === undefined) return null;
  const phrase = findPhrases(tokens, complement, complement + 1)[0];
  return phrase ? speakers.ofPhrase(phrase) : null;
}

/** A quotation within a sentence that reports: "X parle d'« A »", "« A » est la règle, selon X". */
export function frameAround(
  reading: ClaimReading,
  sentence: SentenceReading,
  at: number,
  inner: string,
): Frame | null {
  const { tokens, speakers } = reading;
  const before = sentence.reports.filter((each) => each.to <= at && at - each.to <= REACH && !each.void);
  const reach = { INFINITIVE: REACH, CLAUSE: REACH, QUOTE: QUOTE_REACH, LOOSE: QUOTE_REACH };
  for (const report of before.toReversed().slice(0, 4)) {
    if (spanWithoutAsides(tokens, report.to, at) > reach[report.takes]) continue;
    // "X a fait savoir qu'elle attendait « … »": X has said it.
    const within =
      SUBJECT_PRONOUNS.has(tokens[report.from - 1]?.word ?? '') &&
      /^qu[e']$/.test(tokens[report.from - 2]?.word ?? '');
    if (within && before.length > 1) continue;
    // "qualifie X de « … »"
    const names = DEPICTING.test(report.lemma) && /^(?:de|d'|comme)$/.test(tokens[at - 1]!.word);
    if (report.takes === 'LOOSE' && !names && !touches(tokens, report.to, at)) continue;
    const clausal = report.takes === 'INFINITIVE' || report.takes === 'CLAUSE';
    if (report.mode === 'INFINITIVE' && !report.governed && !(clausal && touches(tokens, report.to, at)))
      continue;
    const spoken =
      report.takes === 'LOOSE' || report.takes === 'QUOTE' || reportsUpTo(tokens, sentence, report, at);
    if (!spoken && !isStatement(inner)) continue;
    const speaker = speakerOfReport(reading, sentence, report, at);
    if (speaker) return frame(speaker, report, report.verb, false);
  }
  // Arthur Mensch « reste confiant pour la suite »
  const subject = sentence.phrases.find((phrase) => phrase.to === at && !phrase.preposed);
  const first = sentence.phrases.find((phrase) => !phrase.preposed);
  const acts =
    subject &&
    (subject.names.length > 0 || (subject === first && subject.noun !== null)) &&
    /^\p{Ll}/u.test(inner);
  const self = acts ? speakers.ofPhrase(subject) : null;
  if (self && self.name !== null) return frame(self, null, null, false);
  const doer = ownWords(reading, sentence, at, inner);
  if (doer) return frame(doer, null, null, false);
  const whole = isStatement(inner) || countWords(inner) >= MIN_FAR_WORDS;
  let house: Frame | null = null;
  for (const attribution of sentence.attributions) {
    if (attribution.from > at && !whole) continue;
    const speaker = speakers.ofPhrase(attribution.phrase);
    if (!speaker) continue;
    const found = frame(speaker, null, attribution.word, false);
    if (attribution.word !== 'pour' || speakers.isPerson(speaker)) return found;
    // "Pour la CGT, c'est « … »", unless a verb says better who speaks.
    if (attribution.from < at) house ??= found;
  }
  for (const report of sentence.reports) {
    if (!whole || report.from <= at || report.mode !== 'FINITE' || !mayInvert(tokens, sentence.from, report))
      continue;
    const subject = report.pronoun ? null : subjectAfter(tokens, report.to, sentence.to);
    const speaker = report.pronoun
      ? speakers.ofPronoun(report.pronoun, report.to)
      : subject && speakers.ofPhrase(subject);
    if (speaker) return frame(speaker, report, report.verb, false);
  }
  return house ?? frame(ofSubject(reading, sentence, at, inner), null, null, false);
}

/** Tokens in [from, to), not counting what stands between two commas: "dénonce, par la voix de X, « … »". */
function spanWithoutAsides(tokens: readonly ClaimToken[], from: number, to: number): number {
  if (to - from > REACH) return to - from;
  let first = from;
  while (first < to && tokens[first]!.word !== ',') first++;
  let last = to - 1;
  while (last > first && tokens[last]!.word !== ',') last--;
  return last > first ? first - from + (to - last) : to - from;
}

/** X entend « devenir la référence », X ambitionne de « bâtir un champion »: what the subject says of itself. */
function ownWords(
  { tokens, speakers }: ClaimReading,
  sentence: SentenceReading,
  at: number,
  inner: string,
): Speaker | null {
  if (!/^\p{Ll}/u.test(inner)) return null;
  const before = tokens[at - 1];
  const infinitive = /^(?:ne pas |s'|se )?\p{Ll}+(?:er|ir|oir|dre|ttre|aître|ire|faire) /u.test(inner);
  const linked = before?.kind === 'WORD' && /^(?:de|d'|à|pour)$/.test(before.word) && infinitive;
  for (let i = sentence.phrases.length - 1; i >= 0; i--) {
    const phrase = sentence.phrases[i]!;
    if (phrase.to > at || phrase.preposed || phrase.names.length === 0) continue;
    if (!linked && !verbOnly(tokens, phrase.to, at)) return null;
    if (linked && at - phrase.to > OWN_REACH) return null;
    return speakers.ofPhrase(phrase);
  }
  return null;
}

/** X a bâti « le premier réseau de puces sobres du pays »: a long fragment is taken for its subject's words. */
function ofSubject(
  { speakers }: ClaimReading,
  sentence: SentenceReading,
  at: number,
  inner: string,
): Speaker | null {
  const subject = sentence.phrases.find((phrase) => !phrase.preposed);
  if (!subject || subject.to > at || !/^\p{Ll}/u.test(inner)) return null;
  if (countWords(inner) < MIN_FRAGMENT_WORDS) return null;
  // "Elle en veut aux acheteurs, « qui … »": a person's words, where a thing's would be a title.
  const person = /^(?:il|elle)$/.test(subject.pronoun ?? '') || subject.noun?.class === 'PERSON';
  if (subject.names.length === 0 && !person) return null;
  const speaker = speakers.ofPhrase(subject);
  if (!speaker || speaker.name === null || (subject.names.length === 0 && !speakers.isPerson(speaker)))
    return null;
  return { ...speaker, confidence: 0.6 };
}

/** Words from which a fragment without any verb of speech is more than a term. */
const MIN_FRAGMENT_WORDS = 5;

/** Tokens between a subject and the aim it puts in its own words. */
const OWN_REACH = 12;

/** Whether tokens [from, to) are one verb with its clitics and adverbs, as far as one can tell: "compte bien", "entend". */
function verbOnly(tokens: readonly ClaimToken[], from: number, to: number): boolean {
  let words = 0;
  for (let i = from; i < to; i++) {
    const { kind, word, capital } = tokens[i]!;
    if ((kind !== 'WORD' && kind !== 'VERB') || capital || PREPOSITIONS.has(word) || isArticle(tokens[i]))
      return false;
    if (!isAdverb(word) && !CLITICS.has(word)) words++;
  }
  return words === 1;
}

/** Whether the words up to the quotation are reported speech, and not the object of "annonce" or "prévoit". */
function reportsUpTo(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  report: Report,
  at: number,
): boolean {
  if (report.pronoun !== null || mayInvert(tokens, sentence.from, report)) return true;
  for (let i = report.to; i < at; i++) {
    const { word } = tokens[i]!;
    if (word === 'que' || word === "qu'" || word === ':') return true;
  }
  if (
    report.takes === 'INFINITIVE' &&
    /^(?:vouloir|avoir|être|pouvoir|devoir|souhaiter)$/.test(tokens[report.to]?.word ?? '')
  )
    return true;
  return at - report.to <= 6 && touches(tokens, report.to, at - (isArticle(tokens[at - 1]) ? 1 : 0));
}

function isArticle(token: ClaimToken | undefined): boolean {
  return token?.kind === 'WORD' && (DEFINITE.has(token.word) || INDEFINITE.has(token.word));
}

/** Whether nothing but small words stands in tokens [from, to): "parle de « … »", "voit dans l'IA « … »" does not. */
function touches(tokens: readonly ClaimToken[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const { kind, word } = tokens[i]!;
    // "s'est réjoui sur X d'« … »"
    if (kind === 'WORD' && /^(?:sur|chez|auprès|devant|dans|sur)$/.test(word)) {
      const end = governedEnd(tokens, i + 1, to);
      if (end > i + 1 && end <= to) {
        i = end - 1;
        continue;
      }
    }
    if (kind === 'MENTION' || kind === 'QUOTE') return false;
    if (
      kind === 'MARK'
        ? word !== ','
        : !(BRIDGE.test(word) || isAdverb(word) || /^(?:de|d'|à|dans|y|par)$/.test(word))
    )
      return false;
  }
  return true;
}
