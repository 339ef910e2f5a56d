/** What attributes a quotation within its marks or right after them: « A, explique X, B », « A », explique X. */
import type { Quotation } from '#text/quotation.ts';
import type { ClaimReading, SentenceReading } from './claim-reading.ts';
import { type ClaimToken, readTokens } from './claim-tokens.ts';
import { subjectAfter } from './inverted-subject.ts';
import { BE, HAVE, INDEFINITE, INVERTED, isAdverb, PREPOSITIONS } from './lexicon/grammar-words.ts';
import { findPhrases } from './noun-phrase.ts';
import { type Frame, frame, houseOf } from './report-speaker.ts';
import { findReports } from './reporting.ts';
import { NOBODY } from './speaker.ts';

/** « A, explique X, B »: the incise within. */
export function inciseFrame(reading: ClaimReading, quotation: Quotation, at: number): Frame | null {
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
    if (!subject) continue;
    const strange = subject.names.length === 0 && subject.noun === null && !subject.unknown;
    const next = inner[subject.to];
    const closes = !next || next.kind === 'MARK' || PREPOSITIONS.has(next.word) || isAdverb(next.word);
    if (!closes && next.word !== 'qui') continue;
    const speaker = strange
      ? next?.kind === 'MARK'
        ? speakers.ofStranger(subject, inner, at)
        : null
      : speakers.ofPhrase(subject, inner, at);
    if (speaker) return frame(speaker, report, report.verb, true);
  }
  return null;
}

/** Words that may stand between a quotation and the verb that follows it: "c'est ce qu'affirme X", "comme l'explique X". */
export const BRIDGE = /^(?:c'|est|ce|que|qu'|voilà|ainsi|comme|nous|leur|lui|s'|se|l'|le|et|-|en)$/;

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
export function frameAfter(reading: ClaimReading, sentence: SentenceReading, at: number): Frame | null {
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
  if (report && report.mode !== 'GERUND' && report.from <= i + 6) {
    // "« … », a cru bon de préciser X", "s'empresse d'ajouter X"
    const carried = report.mode === 'INFINITIVE' && /^(?:d[e']|à|par)$/.test(tokens[report.from - 1]!.word);
    let bridged = report.mode === 'FINITE' || carried;
    for (let k = i; k < report.from && bridged; k++) {
      const token = tokens[k]!;
      bridged =
        token.kind === 'MARK'
          ? token.word === ','
          : token.kind === 'WORD' &&
            !token.capital &&
            (carried || BRIDGE.test(token.word) || isAdverb(token.word));
    }
    if (bridged && (comma || report.takes !== 'LOOSE' || report.pronoun)) {
      if (report.pronoun) {
        const speaker =
          report.pronoun === 'on'
            ? (houseOf(reading, sentence, report) ?? NOBODY)
            : speakers.ofPronoun(report.pronoun, report.to);
        if (speaker) return frame(speaker, report, report.verb, true);
      }
      const subject = subjectAfter(tokens, report.to, sentence.to);
      const speaker = subject && speakers.ofPhrase(subject);
      if (speaker) return frame(speaker, report, report.verb, true);
      // "écrivent les signataires": someone, but nobody the text names.
      if (comma && subject && subject.determiner !== 'NAME' && subject.determiner !== 'BARE')
        return frame(speakers.ofStranger(subject) ?? NOBODY, report, report.verb, true);
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
