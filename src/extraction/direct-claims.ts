/**
 * Quotations that are claims, and who says them. A quotation is attributed by what stands nearest:
 *
 *   « A, explique X, B »     an incise within        « A », explique X      a verb, "selon X" or a name after it
 *   X explique : « A »       a colon before it       X parle d'« A »        a reporting sentence around it
 *   « A » alone              the speaker of the sentences around it
 */
import type { ClaimDraft, ClaimReading, SentenceReading } from './claim-reading.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { frameAround, frameBeforeColon } from './frames-around.ts';
import { frameAfter, inciseFrame } from './frames-beside.ts';
import { countWords, isStatement, isTitled } from './quoted-words.ts';
import type { Report } from './reporting.ts';
import type { Speaker } from './speaker.ts';

/** Fewer words than this in marks are a term or a title, unless a verb of speech stands right at them. */
const MIN_QUOTE_WORDS = 4;

/** The same for what people nobody names are said to speak of. */
const MIN_PASSING_WORDS = 6;

/** Words a quotation standing alone on its line may have to be a heading. */
const MAX_HEADING_WORDS = 14;

/** Who speaks when nothing in the sentence says so: the person the last sentences are about, or who spoke there. */
function speakerAround(
  reading: ClaimReading,
  sentence: SentenceReading,
  drafts: readonly ClaimDraft[],
): Speaker | null | undefined {
  const { text, tokens, sentences, speakers } = reading;
  const latest = drafts.findLast((draft) => draft.speaker !== undefined && !draft.heading);
  for (let i = sentence.index - 1; i >= 0 && i >= sentence.index - 2; i--) {
    const previous = sentences[i]!;
    const near =
      previous.paragraph === sentence.paragraph ||
      (sentence.paragraphStart && previous.paragraph === sentence.paragraph - 1);
    if (!near || (latest && latest.sentence >= i)) break;
    const subject = previous.phrases.find((phrase) => !phrase.preposed);
    const apposed = subject && tokens[subject.to]?.word === ',' && tokens[subject.to + 1]?.kind === 'MENTION';
    const tells =
      subject && (subject.names.length > 0 || subject.pronoun || apposed || subject.noun?.class === 'PERSON');
    const speaker = tells ? speakers.ofPhrase(subject) : null;
    if (speaker && speakers.isPerson(speaker)) return { ...speaker, confidence: 0.6 };
  }
  if (
    latest &&
    (latest.paragraph === sentence.paragraph ||
      (latest.paragraph >= sentence.paragraph - (sentence.paragraphStart ? 1 : 2) &&
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
    const whole = colon && /^\p{Lu}/u.test(inner) && /[.!?…]$/.test(inner);
    if (short && !(found?.firm && (whole || (leads ? found.verb !== null : found.report !== null)))) continue;
    // "Les visiteurs parlent du « robot »"
    const passing = found?.report?.takes === 'QUOTE' && found.speaker.name === null && !found.firm;
    if (passing && words < MIN_PASSING_WORDS && !isStatement(inner)) continue;
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
