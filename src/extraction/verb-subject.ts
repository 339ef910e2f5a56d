/** The subject that stands before a verb group, by its place: "X, qui dirige Y, estime que", "X et Y affirment". */
import type { ClaimToken, TokenSentence } from './claim-tokens.ts';
import { isParticiple, RELATIVES, subjectAfter } from './inverted-subject.ts';
import { isAdverb } from './lexicon/grammar-words.ts';
import { type NounPhrase, pronounPhrase } from './noun-phrase.ts';
import type { Report } from './reporting.ts';

/** Tokens before a verb in which its subject is sought. */
const SUBJECT_BACK = 80;

const COORDINATIONS = new Set([
  'et',
  'puis',
  'mais',
  'ou',
  'avant',
  'tout',
  'en',
  'pour',
  'sans',
  'de',
  "d'",
]);

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly phrases: readonly NounPhrase[];
}

/** The stretch before the verb in which its subject may stand, cut at commas and brackets. */
function segmentsBefore(
  tokens: readonly ClaimToken[],
  from: number,
  to: number,
  phrases: readonly NounPhrase[],
): Segment[] {
  let bound = Math.max(from, to - SUBJECT_BACK);
  for (let i = to - 1; i >= bound; i--) {
    const { kind, word } = tokens[i]!;
    if (kind === 'MARK' && /^[;:.!?…]$/.test(word)) {
      bound = i + 1;
      break;
    }
  }
  const near = phrases.filter((phrase) => phrase.from >= bound && phrase.to <= to);
  const segments: Segment[] = [];
  let start = bound;
  let depth = 0;
  for (let i = bound; i <= to; i++) {
    const token = tokens[i];
    const cut = i === to || (token!.kind === 'MARK' && /^[,()[\]—–-]$/.test(token!.word));
    if (!cut) continue;
    if (i > start && depth === 0) {
      const own = near.filter((phrase) => phrase.from >= start && phrase.to <= i);
      segments.push({ from: start, to: i, phrases: own });
    }
    const mark = token?.word ?? '';
    if (mark === '(' || mark === '[') depth++;
    else if ((mark === ')' || mark === ']') && depth > 0) depth--;
    start = i + 1;
  }
  return segments;
}

function isApposition(tokens: readonly ClaimToken[], segments: readonly Segment[], at: number): boolean {
  const segment = segments[at]!;
  const first = segment.phrases.find((phrase) => !phrase.preposed);
  if (!first || first.from !== segment.from || (first.names.length > 0 && first.noun === null)) return false;
  if (first.determiner === 'BARE') return true;
  const previous = segments[at - 1];
  const last = previous && tokens[previous.to - 1];
  const named = last !== undefined && (last.kind === 'MENTION' || last.capital);
  const whole = first.determiner === 'DEFINITE' && first.to === segment.to;
  return named && tokens[segment.from - 1]?.word === ',' && (first.noun !== null || whole);
}

/** The first free phrase of the first segment that has one: the subject of a sentence whose verbs are coordinated. */
function mainSubject(tokens: readonly ClaimToken[], segments: readonly Segment[]): NounPhrase | null {
  for (const { from, phrases } of segments) {
    const opening = tokens[from]!;
    if (opening.kind === 'WORD' && isParticiple(opening)) continue;
    const subject = phrases.find(
      (phrase) => !phrase.preposed && phrase.determiner !== 'BARE' && phrase.pronoun !== 'qui',
    );
    if (subject) return subject;
  }
  return null;
}

/** Walks left over segments to the one whose first free phrase is the subject. */
function subjectOfSegments(
  tokens: readonly ClaimToken[],
  segments: readonly Segment[],
  last: number,
): NounPhrase | null {
  for (let at = last; at >= 0; at--) {
    const segment = segments[at]!;
    const opening = tokens[segment.from]!;
    if (opening.kind === 'WORD' && at > 0 && (RELATIVES.has(opening.word) || isParticiple(opening))) continue;
    if (isApposition(tokens, segments, at)) continue;
    const subject = segment.phrases.find(
      (phrase) => !phrase.preposed && phrase.determiner !== 'BARE' && phrase.pronoun !== 'qui',
    );
    // "Une habitante, elle, a cru …"
    const stressed = at > 0 && subject?.pronoun && subject.from === segment.from && subject.to === segment.to;
    if (subject && !stressed) return subject;
  }
  return null;
}

/** "chez Halden Capital, qui juge", "la présence de X, médaillé, qui salue": the name that ends the stretch before it. */
function antecedentBefore(tokens: readonly ClaimToken[], segments: readonly Segment[]): NounPhrase | null {
  for (let at = segments.length - 2; at >= 0; at--) {
    const { to, phrases } = segments[at]!;
    const last = phrases.at(-1);
    if (last?.to === to && last.names.length > 0 && last.noun === null) return last;
    // "l'avis de la CNIL, laquelle recommande"
    if (last?.to === to && last.complements.length > 0 && last.noun !== null) return last;
    if (!isApposition(tokens, segments, at)) return null;
  }
  return null;
}

/** "X et Y estiment": X. */
function firstOfPair(
  tokens: readonly ClaimToken[],
  phrases: readonly NounPhrase[],
  subject: NounPhrase,
  report: Report,
): NounPhrase | null {
  if (
    subject.names.length === 0 ||
    !/(?:nt|nt-)$/.test(tokens[report.from]!.word) ||
    tokens[subject.from - 1]?.word !== 'et'
  )
    return null;
  return (
    phrases.find((phrase) => phrase.to === subject.from - 1 && phrase.names.length > 0 && !phrase.preposed) ??
    null
  );
}

/** The subject that stands before a verb group in its sentence, or null. `phrases` are the sentence's. */
export function subjectBefore(
  tokens: readonly ClaimToken[],
  sentence: TokenSentence & { readonly reports: readonly Report[] },
  phrases: readonly NounPhrase[],
  report: Report,
): NounPhrase | null {
  const segments = segmentsBefore(tokens, sentence.from, report.from, phrases);
  const own = segments.at(-1);
  if (!own) return null;
  const touches = own.to === report.from;
  const linked = report.from > sentence.from ? tokens[report.from - 1]!.word : '';
  if (report.mode !== 'FINITE' || (touches && COORDINATIONS.has(linked))) {
    const earlier = sentence.reports.findLast((each) => each.to < report.from && each.mode === 'FINITE');
    if (earlier?.pronoun) return pronounPhrase(earlier.to - 1, earlier.to, earlier.pronoun);
    if (earlier) {
      const inverted = mayInvert(tokens, sentence.from, earlier)
        ? subjectAfter(tokens, earlier.to, report.from)
        : null;
      const same = inverted ?? subjectBefore(tokens, sentence, phrases, earlier);
      if (same) return same;
    }
    return mainSubject(tokens, segments);
  }
  if (touches) {
    const free = own.phrases.filter((phrase) => !phrase.preposed && phrase.determiner !== 'BARE');
    const subject = free.at(-1);
    if (subject?.pronoun === 'qui') {
      const antecedent = own.phrases.findLast((phrase) => phrase.to <= subject.from);
      return (
        antecedent ??
        antecedentBefore(tokens, segments) ??
        subjectOfSegments(tokens, segments, segments.length - 2)
      );
    }
    if (subject?.pronoun && subject.to < report.from - 2) return null;
    if (subject) {
      const index = segments.length - 1;
      const first = firstOfPair(tokens, own.phrases, subject, report);
      if (first) return first;
      return isApposition(tokens, segments, index)
        ? (subjectOfSegments(tokens, segments, index - 1) ?? subject)
        : subject;
    }
    const bare = own.phrases.find((phrase) => phrase.determiner === 'BARE');
    if (bare && segments.length === 1) return null;
  }
  return subjectOfSegments(tokens, segments, segments.length - 1);
}

/** Whether the verb group stands where an inverted one may: after a comma, a quotation, or "comme". */
export function mayInvert(tokens: readonly ClaimToken[], from: number, report: Report): boolean {
  let i = report.from - 1;
  while (i >= from && tokens[i]!.kind === 'WORD' && isAdverb(tokens[i]!.word)) i--;
  if (i < from) return true;
  const { kind, word } = tokens[i]!;
  if (kind === 'QUOTE') return true;
  if (kind === 'MARK') return /^[,—–)-]$/.test(word);
  return word === 'comme' || word === 'que' || word === "qu'" || word === 'ainsi';
}
