/** Who speaks where a verb group reports. */
import type { ClaimReading, SentenceReading } from './claim-reading.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { subjectAfter } from './inverted-subject.ts';
import { findSpeakerNoun } from './lexicon/speaker-nouns.ts';
import { type NounPhrase, readPhrase } from './noun-phrase.ts';
import type { Report } from './reporting.ts';
import { NOBODY, type Speaker } from './speaker.ts';
import type { SpeakerFinder } from './speaker-finder.ts';
import { mayInvert, subjectBefore } from './verb-subject.ts';

/** A speaker and what attributes words to them. */
export interface Frame {
  readonly speaker: Speaker;
  readonly report: Report | null;
  readonly verb: string | null;
  /** How firmly it attributes: a verb right at the marks, or one somewhere in the sentence. */
  readonly firm: boolean;
}

/** The frame, if there is a speaker. */
export function frame(
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
      ? houseOf(reading, sentence, report)
      : speakers.ofPronoun(report.pronoun, report.to);
  if (report.mode === 'FINITE' && mayInvert(tokens, sentence.from, report)) {
    const after = subjectAfter(tokens, report.to, until);
    // An incise closes with a mark: "X, lui, a moqué une Europe « … »" has none.
    const closes = after !== null && (after.to >= until || tokens[after.to]!.kind === 'MARK');
    const speaker = closes ? speakers.ofPhrase(after) : null;
    if (speaker) return speaker;
  }
  const voice = voiceOf(reading, sentence, report);
  if (voice) return voice;
  const before = subjectBefore(tokens, sentence, sentence.phrases, report);
  if (!before) return null;
  if (before.pronoun === 'on') return houseOf(reading, sentence, report);
  return speakers.ofPhrase(before) ?? (report.mode === 'FINITE' && isSomeone(tokens, before) ? NOBODY : null);
}

/** "un habitué", "une voyageuse": somebody whom the text does not name, if a verb of speech follows. */
function isSomeone(tokens: readonly ClaimToken[], { from, names, noun, unknown }: NounPhrase): boolean {
  return /^une?$/.test(tokens[from]!.word) && names.length === 0 && noun === null && unknown === null;
}

/** "X, par la voix de Y, a prévenu": Y. */
function voiceOf(
  { tokens, speakers }: ClaimReading,
  sentence: SentenceReading,
  report: Report,
): Speaker | null {
  const last = Math.min(sentence.to, report.to + VOICE_REACH);
  for (let i = Math.max(sentence.from, report.from - VOICE_REACH) + 2; i < last; i++) {
    if (!/^(?:voix|bouche|plume|intermédiaire)$/.test(tokens[i]!.word)) continue;
    if (!/^(?:par|via)$/.test(tokens[i - 2]!.word)) continue;
    for (let k = i + 1; k < last && k < i + VOICE_REACH; k++) {
      if (tokens[k]!.kind !== 'MENTION') continue;
      const speaker = speakers.ofPhrase(readPhrase(tokens, k, k + 1, true));
      if (speaker && speakers.isPerson(speaker)) return speaker;
    }
  }
  return null;
}

/** Tokens between the verb and the one whose voice it lends. */
const VOICE_REACH = 12;

/** "Chez X, on rappelle que A", "du côté de X, on assure": X. */
export function houseOf(
  { tokens, sentences, speakers }: ClaimReading,
  sentence: SentenceReading,
  report: Report,
): Speaker | null {
  const said = houseIn(tokens, sentence, report);
  // "Chez X, on se tait. « … », glisse-t-on"
  const earlier = sentences[sentence.index - 1];
  const near =
    earlier && earlier.paragraph === sentence.paragraph ? houseIn(tokens, earlier, report) : undefined;
  const house = said ?? near;
  const speaker = house ? speakers.ofPhrase(house) : seatAfter(tokens, sentence, report, speakers);
  return speaker && !speakers.isPerson(speaker) ? { ...speaker, confidence: 0.7 } : null;
}

/** "reconnaît-on au siège du chocolatier", "au ministère": whom the noun after the verb means. */
function seatAfter(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  report: Report,
  speakers: SpeakerFinder,
): Speaker | null {
  if (!/^(?:au|à|chez|auprès|dans)$/.test(tokens[report.to]?.word ?? '')) return null;
  for (let i = report.to + 1; i < sentence.to && i < report.to + SEAT_REACH; i++) {
    const { kind, word } = tokens[i]!;
    if (kind !== 'WORD') return null;
    if (findSpeakerNoun(word)?.class === 'ORGANIZATION') return speakers.ofNoun(word, i);
  }
  return null;
}

/** Tokens after the verb in which "au siège du groupe" says where. */
const SEAT_REACH = 6;

function houseIn(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  report: Report,
): NounPhrase | undefined {
  return sentence.phrases.find((phrase) => {
    const before = tokens[phrase.from - 1]?.word ?? '';
    const earlier = tokens[phrase.from - 2]?.word ?? '';
    const beside = phrase.from > report.to && phrase.from <= report.to + 3;
    return (
      phrase.preposed &&
      (phrase.names.length > 0 || phrase.unknown !== null) &&
      (before === 'chez' ||
        (beside && /^(?:à|au|aux|de|d'|du)$/.test(before)) ||
        (/^(?:à|au|aux)$/.test(before) && phrase.from <= sentence.from + 2) ||
        (tokens[phrase.from]!.word === "l'" && before === 'à') ||
        (/^d[e']$/.test(before) && earlier === 'côté'))
    );
  });
}
