/**
 * Quotations that are claims, and who says them. A quotation is attributed by what stands nearest:
 *
 *   « A, explique X, B »     an incise within        « A », explique X      a verb, "selon X" or a name after it
 *   X explique : « A »       a colon before it       X parle d'« A »        a reporting sentence around it
 *   « A » alone              the speaker of the sentences around it
 */
import type { Quotation } from '#text/quotation.ts';
import { mayInvert, subjectAfter, subjectBefore } from './claim-frames.ts';
import type { ClaimDraft, ClaimReading, SentenceReading } from './claim-reading.ts';
import { type ClaimToken, readTokens } from './claim-tokens.ts';
import {
  BE,
  DEFINITE,
  HAVE,
  INDEFINITE,
  INVERTED,
  isAdverb,
  POSSESSIVE,
  PREPOSITIONS,
  STATEMENT_WORDS,
} from './lexicon/grammar-words.ts';
import { findPhrases } from './noun-phrase.ts';
import { findReports, type Report } from './reporting.ts';
import { NOBODY, type Speaker } from './speaker.ts';

/** Fewer words than this in marks are a term or a title, unless a verb of speech stands right at them. */
export const MIN_QUOTE_WORDS = 4;
/** Words a quotation standing alone on its line may have to be a heading. */
const MAX_HEADING_WORDS = 14;
/** Tokens between a reporting verb and a quotation it still introduces. */
const REACH = 45;
const QUOTE_REACH = 8;
/** Code units of a quotation in which its first verb is sought. */
const STATEMENT_REACH = 300;
/** Words of a mere phrase in marks that a verb of speech further on may still attribute. */
const MIN_FAR_WORDS = 8;

interface Frame {
  readonly speaker: Speaker;
  readonly report: Report | null;
  readonly verb: string | null;
  /** How firmly it attributes: a verb right at the marks, or one somewhere in the sentence. */
  readonly firm: boolean;
}

const TITLE_NOUN =
  /^(?:intitulée?s?|baptisée?s?|nommée?s?|surnommée?s?|titrée?s?|appelée?s?|dite?s?|livre|ouvrage|rapport|essai|article|étude|film|série|chanson|album|émission|podcast|conférence|exposition|colloque|tribune|projet|programme|plan|appel|concours|prix|label|publication|lettre|pétition|magazine|revue|roman|documentaire|manifeste|note|enquête|séminaire|atelier|table|thèse|mémoire|cours|formation|vidéo|billet|post|chaîne|collection|rubrique|catégorie|mention|hashtag|titre|opération|campagne|initiative|dispositif|loi|directive|règlement|consortium|réseau)$/;

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function frame(
  speaker: Speaker | null,
  report: Report | null,
  verb: string | null,
  firm: boolean,
): Frame | null {
  return speaker && { speaker, report, verb, firm };
}

/** The speaker of a reporting verb: its inverted pronoun, the subject after it where inversion is possible, or before it. */
export function speakerOfReport(
  reading: ClaimReading,
  sentence: SentenceReading,
  report: Report,
  until: number,
): Speaker | null {
  const { tokens, speakers } = reading;
  if (report.pronoun)
    return report.pronoun === 'on'
      ? houseOf(reading, sentence)
      : speakers.ofPronoun(report.pronoun, report.to);
  if (report.mode === 'FINITE' && mayInvert(tokens, sentence.from, report)) {
    const after = subjectAfter(tokens, report.to, until);
    const speaker = after && speakers.ofPhrase(after);
    if (speaker) return speaker;
  }
  const before = subjectBefore(tokens, sentence, sentence.phrases, report);
  return before && (before.pronoun === 'on' ? houseOf(reading, sentence) : speakers.ofPhrase(before));
}

/** "Chez X, on rappelle que A", "du côté de X, on assure": X. */
function houseOf({ tokens, speakers }: ClaimReading, sentence: SentenceReading): Speaker | null {
  const house = sentence.phrases.find((phrase) => {
    const before = tokens[phrase.from - 1]?.word ?? '';
    const earlier = tokens[phrase.from - 2]?.word ?? '';
    return (
      phrase.preposed &&
      phrase.names.length > 0 &&
      (before === 'chez' || (/^d[e']$/.test(before) && earlier === 'côté'))
    );
  });
  const speaker = house && speakers.ofPhrase(house);
  return speaker && !speakers.isPerson(speaker) ? { ...speaker, confidence: 0.7 } : null;
}

/** « A, explique X, B »: the incise within. */
function inciseFrame(reading: ClaimReading, quotation: Quotation, at: number): Frame | null {
  const { text, mentions, speakers } = reading;
  const { innerStart, innerEnd } = quotation;
  if (!/[,–—]/.test(text.slice(innerStart, innerEnd))) return null;
  const inner = readTokens(text, innerStart, innerEnd, mentions, []);
  for (const report of findReports(inner, 0, inner.length)) {
    const before = inner[report.from - 1];
    if (report.mode !== 'FINITE' || before?.kind !== 'MARK' || !/^[,–—?!…-]$/.test(before.word)) continue;
    if (report.pronoun) {
      const speaker = report.pronoun === 'on' ? null : speakers.ofPronoun(report.pronoun, at);
      if (speaker) return frame(speaker, report, report.verb, true);
      continue;
    }
    const subject = subjectAfter(inner, report.to, inner.length);
    if (!subject || (subject.names.length === 0 && subject.noun === null && !subject.unknown)) continue;
    const next = inner[subject.to];
    if (next && next.kind !== 'MARK' && !PREPOSITIONS.has(next.word) && next.word !== 'qui') continue;
    const speaker = speakers.ofPhrase(subject, inner, at);
    if (speaker) return frame(speaker, report, report.verb, true);
  }
  return null;
}

/** Words that may stand between a quotation and the verb that follows it: "c'est ce qu'affirme X", "comme l'explique X". */
const BRIDGE = /^(?:c'|est|ce|que|qu'|voilà|ainsi|comme|nous|leur|lui|s'|se|l'|le|et|-|en)$/;

/** A verb the lexicon does not hold, told by its place: "« … », s'étrangle-t-il", "« … », soupèse Anne Dupont". */
function unknownVerb(reading: ClaimReading, sentence: SentenceReading, from: number): Frame | null {
  const { tokens, speakers } = reading;
  let i = from;
  while (i < sentence.to && /^(?:s'|se|nous|lui|leur|en|y|l'|le)$/.test(tokens[i]!.word)) i++;
  const verb = tokens[i];
  const next = tokens[i + 1];
  if (verb?.kind !== 'WORD' || verb.capital || i + 1 >= sentence.to || !next) return null;
  if (INVERTED.has(next.word)) {
    const pronoun = next.word.slice(1);
    const speaker = pronoun === 'on' ? null : speakers.ofPronoun(pronoun, i);
    const done = HAVE.has(verb.word) || BE.has(verb.word) ? ` ${tokens[i + 2]?.word ?? ''}` : '';
    return frame(speaker, null, `${reflexive(tokens, from)}${verb.word}${done}`.trim(), true);
  }
  const fits =
    /(?:e|it|d|et|ait|a)$/.test(verb.word) &&
    verb.word.length > 3 &&
    !PREPOSITIONS.has(verb.word) &&
    !isAdverb(verb.word) &&
    !INDEFINITE.has(verb.word);
  if (!fits || next.kind !== 'MENTION') return null;
  const subject = subjectAfter(tokens, i + 1, sentence.to);
  const speaker = subject && speakers.ofPhrase(subject);
  return speaker && speakers.isPerson(speaker)
    ? frame(speaker, null, `${reflexive(tokens, from)}${verb.word}`, true)
    : null;
}

function reflexive(tokens: readonly ClaimToken[], at: number): string {
  const { word } = tokens[at]!;
  return word === 'se' ? 'se ' : word === "s'" ? "s'" : '';
}

/** What stands right after the quotation at `at`. */
function frameAfter(reading: ClaimReading, sentence: SentenceReading, at: number): Frame | null {
  const { tokens, speakers } = reading;
  let i = at + 1;
  let comma = false;
  while (i < sentence.to && tokens[i]!.kind === 'MARK' && /^[,–—-]$/.test(tokens[i]!.word)) {
    comma = true;
    i++;
  }
  if (i >= sentence.to) return null;
  const attribution = sentence.attributions.find((each) => each.from === i);
  if (attribution) {
    const speaker = speakers.ofPhrase(attribution.phrase);
    const fits = attribution.word !== 'pour' || (speaker !== null && speakers.isPerson(speaker));
    if (speaker && fits) return frame(speaker, null, attribution.word, true);
  }
  const report = sentence.reports.find((each) => each.from >= i);
  if (report && report.mode === 'FINITE' && report.from <= i + 6) {
    let bridged = true;
    for (let k = i; k < report.from && bridged; k++) {
      const token = tokens[k]!;
      bridged =
        token.kind === 'MARK'
          ? token.word === ','
          : token.kind === 'WORD' && (BRIDGE.test(token.word) || isAdverb(token.word));
    }
    if (bridged && (comma || report.takes !== 'LOOSE' || report.pronoun)) {
      if (report.pronoun) {
        const speaker = report.pronoun === 'on' ? null : speakers.ofPronoun(report.pronoun, report.to);
        if (speaker) return frame(speaker, report, report.verb, true);
      }
      const subject = subjectAfter(tokens, report.to, sentence.to);
      const speaker = subject && speakers.ofPhrase(subject);
      if (speaker) return frame(speaker, report, report.verb, true);
      // "écrivent les signataires": someone, but nobody the text names.
      if (comma && subject && subject.determiner !== 'NAME' && subject.determiner !== 'BARE')
        return frame(NOBODY, report, report.verb, true);
    }
  }
  if (comma) {
    const unknown = unknownVerb(reading, sentence, i);
    if (unknown) return unknown;
  }
  // A signature: « … » (Arthur Mensch), « … » – Arthur Mensch
  const signed = tokens[i]!.word === '(' ? tokens[i + 1] : comma ? tokens[i] : undefined;
  if (at === sentence.from && signed?.kind === 'MENTION') {
    const k = tokens[i]!.word === '(' ? i + 2 : i + 1;
    const speaker = speakers.ofPhrase(findPhrases(tokens, k - 1, k)[0]!);
    const ends = k >= sentence.to || tokens[k]!.kind === 'MARK';
    if (speaker && ends && speakers.isPerson(speaker)) return frame(speaker, null, null, true);
  }
  return null;
}

/** X explique : « A » */
function frameBeforeColon(reading: ClaimReading, sentence: SentenceReading, at: number): Frame | null {
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
    const owner = speaker ?? ownerOf(reading, phrase.complements[0]);
    if (!owner || (owner.actor === null && owner.name === null)) continue;
    if (speakers.isPerson(owner)) {
      best = owner;
      if (!phrase.preposed) break;
    } else best ??= phrase.preposed ? null : owner;
  }
  if (!best && phrases.some((phrase) => POSSESSIVE.has(tokens[phrase.from]!.word))) {
    // "Sa devise : « … »", of whoever spoke, or else is named next.
    best = speakers.last()?.speaker ?? speakers.ofPronoun('il', colon) ?? nextPerson(reading, at);
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
function frameAround(
  reading: ClaimReading,
  sentence: SentenceReading,
  at: number,
  inner: string,
): Frame | null {
  const { tokens, speakers } = reading;
  const before = sentence.reports.filter((each) => each.to <= at && at - each.to <= REACH && !each.void);
  const reach = { INFINITIVE: REACH, CLAUSE: REACH, QUOTE: QUOTE_REACH, LOOSE: QUOTE_REACH };
  for (const report of before.toReversed().slice(0, 4)) {
    if (at - report.to > reach[report.takes]) continue;
    if (report.takes === 'LOOSE' && !touches(tokens, report.to, at)) continue;
    if (report.mode === 'INFINITIVE' && !report.governed && !touches(tokens, report.to, at)) continue;
    const spoken =
      report.takes === 'LOOSE' || report.takes === 'QUOTE' || reportsUpTo(tokens, sentence, report, at);
    if (!spoken && !isStatement(inner)) continue;
    const speaker = speakerOfReport(reading, sentence, report, at);
    if (speaker) return frame(speaker, report, report.verb, false);
  }
  // Arthur Mensch « reste confiant pour la suite »
  const subject = sentence.phrases.find((phrase) => phrase.to === at && !phrase.preposed);
  const acts = subject && (subject.names.length > 0 || subject.noun !== null) && /^\p{Ll}/u.test(inner);
  const self = acts ? speakers.ofPhrase(subject) : null;
  if (self && self.name !== null) return frame(self, null, null, false);
  const whole = isStatement(inner) || countWords(inner) >= MIN_FAR_WORDS;
  for (const attribution of sentence.attributions) {
    if (attribution.from > at && !whole) continue;
    const speaker = speakers.ofPhrase(attribution.phrase);
    const fits = attribution.word !== 'pour' || (speaker !== null && speakers.isPerson(speaker));
    if (speaker && fits) return frame(speaker, null, attribution.word, false);
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
  return null;
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
  return at - report.to <= 4 && touches(tokens, report.to, at - (isArticle(tokens[at - 1]) ? 1 : 0));
}

function isArticle(token: ClaimToken | undefined): boolean {
  return token?.kind === 'WORD' && (DEFINITE.has(token.word) || INDEFINITE.has(token.word));
}

/** Whether nothing but small words stands in tokens [from, to): "parle de « … »", "voit dans l'IA « … »" does not. */
function touches(tokens: readonly ClaimToken[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const { kind, word } = tokens[i]!;
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

/** Whether the marks hold a title or a name: "le rapport « … »", "baptisé « … »". */
function isTitled(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  at: number,
  inner: string,
): boolean {
  const before = tokens[at - 1];
  if (at <= sentence.from || before?.kind !== 'WORD') return false;
  if (TITLE_NOUN.test(before.word) && !PREPOSITIONS.has(before.word)) return true;
  const noun =
    !PREPOSITIONS.has(before.word) &&
    !DEFINITE.has(before.word) &&
    before.word !== 'que' &&
    before.word !== "qu'";
  return noun && /^\p{Lu}/u.test(inner) && !STATEMENT_WORDS.has(inner.split(/[\s'’]/, 1)[0]!.toLowerCase());
}

function isStatement(inner: string): boolean {
  if (/^(?:qu['e’]|d['e’] ?\p{L}+(?:er|ir|re) )/u.test(inner)) return true;
  const start = inner.slice(0, STATEMENT_REACH).toLowerCase().replaceAll('’', "'");
  for (const [word] of start.matchAll(/[\p{L}-]+'?/gu)) {
    // "robot qui fait la tête": a verb that belongs to a relative clause makes no statement.
    if (/^(?:qui|dont|où)$/.test(word)) return false;
    if (STATEMENT_WORDS.has(word)) return true;
  }
  return false;
}

/** Who speaks when nothing in the sentence says so: the person the last sentences are about, or who spoke there. */
function speakerAround(
  reading: ClaimReading,
  sentence: SentenceReading,
  drafts: readonly ClaimDraft[],
): Speaker | null | undefined {
  const { text, sentences, speakers } = reading;
  const latest = drafts.findLast((draft) => draft.speaker !== undefined && !draft.heading);
  for (let i = sentence.index - 1; i >= 0 && i >= sentence.index - 2; i--) {
    const previous = sentences[i]!;
    const near =
      previous.paragraph === sentence.paragraph ||
      (sentence.paragraphStart && previous.paragraph === sentence.paragraph - 1);
    if (!near || (latest && latest.sentence >= i)) break;
    const subject = previous.phrases.find((phrase) => !phrase.preposed);
    const tells =
      subject && (subject.names.length > 0 || subject.pronoun || subject.noun?.class === 'PERSON');
    const speaker = tells ? speakers.ofPhrase(subject) : null;
    if (speaker && speakers.isPerson(speaker)) return { ...speaker, confidence: 0.6 };
  }
  if (
    latest &&
    (latest.paragraph === sentence.paragraph ||
      (sentence.paragraphStart &&
        latest.paragraph === sentence.paragraph - 1 &&
        (latest.kind === 'DIRECT' ||
          text[latest.end] === ':' ||
          /^\s*:/.test(text.slice(latest.end, latest.end + 3)))))
  )
    return latest.speaker
      ? { ...latest.speaker, confidence: Math.min(latest.speaker.confidence, 0.7) }
      : latest.speaker;
  return undefined;
}

/** Makes the direct claims of a sentence, adding them to `drafts`; reports that attribute one are added to `used`. */
export function readDirectClaims(
  reading: ClaimReading,
  sentence: SentenceReading,
  drafts: ClaimDraft[],
  used: Set<Report>,
): void {
  const { text, tokens, quotations, speakers } = reading;
  for (const at of sentence.quotes) {
    const quotation = quotations[tokens[at]!.ref]!;
    const { innerStart: start, innerEnd: end } = quotation;
    const inner = text.slice(start, end);
    const words = countWords(inner);
    if (words === 0) continue;
    const leads = at === sentence.from;
    const alone = leads && !hasWords(tokens, at + 1, sentence.to);
    const colon = at > sentence.from && /^[:–—-]$/.test(tokens[at - 1]!.word);
    const short = words < MIN_QUOTE_WORDS;
    if (short && !leads && !colon) continue;
    const found =
      inciseFrame(reading, quotation, at) ??
      frameAfter(reading, sentence, at) ??
      frameBeforeColon(reading, sentence, at) ??
      (short ? null : frameAround(reading, sentence, at, inner));
    if (short && !(found?.firm && (leads ? found.verb !== null : found.report !== null))) continue;
    if (!found?.firm && !alone && isTitled(tokens, sentence, at, inner)) continue;
    if (!found && !alone && !(colon && /^\p{Lu}/u.test(inner)) && !isStatement(inner)) continue;
    const heading = !found && alone && sentence.alone && words <= MAX_HEADING_WORDS && !/[.,;]$/.test(inner);
    const speaker = found ? found.speaker : heading ? undefined : speakerAround(reading, sentence, drafts);
    if (!found && !alone && !speaker && words < 6) continue;
    if (found?.report) used.add(found.report);
    const confidence =
      (found ? (found.firm ? 0.97 : 0.85) : heading ? 0.6 : 0.7) * (quotation.closed ? 1 : 0.7);
    drafts.push({
      start,
      end,
      kind: 'DIRECT',
      speaker,
      report: found?.report ?? null,
      verb: found?.verb ?? null,
      sentence: sentence.index,
      paragraph: sentence.paragraph,
      heading,
      subordinate: false,
      confidence,
    });
    if (speaker) speakers.remember(speaker, at);
  }
}

function hasWords(tokens: readonly ClaimToken[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (tokens[i]!.kind !== 'MARK') return true;
  return false;
}
