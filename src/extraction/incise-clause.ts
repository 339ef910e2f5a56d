/** The words that an incise reports in a sentence without marks: "A, explique X", "A, selon X, B", "Comme le dit X, A". */
import type { Attribution } from './attribution.ts';
import type { ClaimReading, SentenceReading } from './claim-reading.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { subjectAfter } from './inverted-subject.ts';
import { isAdverb, LINKING, PREPOSITIONS } from './lexicon/grammar-words.ts';
import { findSpeakerNoun } from './lexicon/speaker-nouns.ts';
import { readPhrase } from './noun-phrase.ts';
import { countWords } from './quoted-words.ts';
import { houseOf } from './report-speaker.ts';
import type { Report } from './reporting.ts';
import type { Speaker } from './speaker.ts';

/** Fewer words than this are no clause. */
export const MIN_CLAUSE_WORDS = 3;
/** Tokens that "X l'assure" may have after the clause. */
const LONGEST_TAIL = 12;

/** Leads a sentence without belonging to what is said. */
const OPENER =
  /^(?:et|mais|or|car|donc|ainsi|puis|enfin|pourtant|cependant|toutefois|certes|surtout|alors|bref|résultat|ensuite|aussi)$/;

/** Where the subject phrase with its apposition ends, from the phrase's own end. */
export function afterApposition(tokens: readonly ClaimToken[], at: number, to: number): number {
  let end = at;
  for (let round = 0; round < 4; round++) {
    const mark = tokens[end];
    if (end >= to || mark?.kind !== 'MARK') return end;
    if (mark.word === '(') {
      let i = end + 1;
      while (i < to && i < end + 12 && tokens[i]!.word !== ')') i++;
      end = i + 1;
      continue;
    }
    if (mark.word !== ',') return end;
    const next = tokens[end + 1];
    if (!next || end + 1 >= to) return end;
    if (next.word === 'qui' && next.kind === 'WORD') {
      // "selon X, qui préside Y, A"
      let comma = end + 2;
      while (comma < to && comma < end + LONGEST_RELATIVE && tokens[comma]!.word !== ',') comma++;
      if (tokens[comma]?.word !== ',' || comma >= to) return end;
      end = comma;
      continue;
    }
    // "pour X, du CSIS, A", "selon X, de l'université de Lille, A"
    const house = LINKING.has(next.word) ? readPhrase(tokens, end + 2, to, true) : null;
    if (house && (house.names.length > 0 || house.unknown) && /^[,(]$/.test(tokens[house.to]?.word ?? '')) {
      end = house.to;
      continue;
    }
    const phrase = readPhrase(tokens, end + 1, to, false);
    const bare =
      phrase.determiner === 'BARE' &&
      findSpeakerNoun(next.word) !== null &&
      (phrase.noun?.class === 'PERSON' || phrase.noun?.class === 'OFFICE');
    const whole = phrase.to >= to || tokens[phrase.to]!.kind === 'MARK';
    // "selon X, le patron de Y, A", but not "selon X, le patron de Y investit"
    const apposed = bare || (whole && (phrase.noun?.class === 'PERSON' || next.kind === 'MENTION'));
    if (!apposed) return end;
    end = phrase.to;
    while (end < to && tokens[end]!.kind !== 'MARK') end++;
  }
  return end;
}

/** A range of tokens, end exclusive. */
export interface Clause {
  readonly from: number;
  readonly to: number;
  readonly confidence: number;
}

/** "X, fondateur de Y, conseille Z": what stands before the verb is its subject, and no statement. */
function isSubjectOnly(tokens: readonly ClaimToken[], sentence: SentenceReading, report: Report): boolean {
  const first = sentence.phrases[0];
  if (!first || first.from !== sentence.from || first.names.length === 0 || first.preposed) return false;
  return tokens[first.to]?.word === ',' && first.to < report.from - 1;
}

/** The token after a dispatch's dateline ("PARIS (AFP) - "), or the sentence's first. */
function afterDateline(tokens: readonly ClaimToken[], { from, to }: SentenceReading): number {
  if (!tokens[from]!.acronym && !tokens[from]!.capital) return from;
  for (let i = from + 1; i < to && i < from + LONGEST_DATELINE; i++) {
    const dash = tokens[i]!.kind === 'MARK' && /^[–—-]$/.test(tokens[i]!.word);
    if (dash && tokens[i - 1]!.word === ')') return i + 1;
  }
  return from;
}

/** Tokens that a dateline and a relative clause may have. */
const LONGEST_DATELINE = 12;
const LONGEST_RELATIVE = 20;

/** Whether a date begins at the token: "a rapporté Bloomberg *le mois* dernier". */
export function isDate(tokens: readonly ClaimToken[], at: number): boolean {
  return (
    /^(?:le|la|l'|ce|cette)$/.test(tokens[at]?.word ?? '') &&
    /^(?:mois|semaine|an|année|veille|lendemain|matin|soir|jour|week-end|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)$/.test(
      tokens[at + 1]?.word ?? '',
    )
  );
}

/** "A, explique X": the words around an inverted verb in a sentence without marks. */
export function inciseClause(
  reading: ClaimReading,
  sentence: SentenceReading,
  report: Report,
): (Clause & { readonly speaker: Speaker }) | null {
  const { tokens, speakers } = reading;
  const before = tokens[report.from - 1];
  const as = before?.word === 'comme';
  if (report.mode !== 'FINITE' || report.takes === 'LOOSE' || (before?.word !== ',' && !as)) return null;
  if (!as && isSubjectOnly(tokens, sentence, report)) return null;
  let end: number;
  let speaker: Speaker | null;
  if (report.pronoun) {
    speaker =
      report.pronoun === 'on'
        ? houseOf(reading, sentence, report)
        : speakers.ofPronoun(report.pronoun, report.to);
    end = report.to;
  } else {
    const subject = subjectAfter(tokens, report.to, sentence.to);
    if (!subject || (subject.noun === null && subject.names.length === 0 && !subject.unknown)) return null;
    if (subject.noun !== null && subject.noun.class === 'DOCUMENT') return null;
    const next = tokens[subject.to];
    const closes =
      !next ||
      subject.to >= sentence.to ||
      next.kind === 'MARK' ||
      PREPOSITIONS.has(next.word) ||
      isAdverb(next.word) ||
      isDate(tokens, subject.to) ||
      next.word === 'qui' ||
      next.word === 'et';
    if (!closes) return null;
    speaker = speakers.ofPhrase(subject);
    end = subject.to;
  }
  if (!speaker) return null;
  const rest = afterApposition(tokens, end, sentence.to);
  const next = tokens[rest + 1];
  // "Comme le rappelle X, A"
  if (as && report.from <= sentence.from + 2)
    return tokens[rest]?.word === ',' ? { from: rest + 1, to: sentence.to, confidence: 0.8, speaker } : null;
  const trails =
    rest >= sentence.to ||
    tokens[rest]!.word !== ',' ||
    !next ||
    rest + 1 >= sentence.to - 1 ||
    next.word === 'qui' ||
    PREPOSITIONS.has(next.word) ||
    (next.kind === 'WORD' && /ant$/.test(next.word));
  const whole = !trails;
  if (
    !whole &&
    countWords(reading.text.slice(tokens[sentence.from]!.start, tokens[report.from - 1]!.start)) <
      MIN_CLAUSE_WORDS
  )
    return null;
  const from = afterDateline(tokens, sentence);
  return { from, to: whole ? sentence.to : report.from - 1, confidence: 0.75, speaker };
}

/** "A, X l'assure", "A, X en est persuadée": the words before the comma, when the verb ends the sentence. */
export function postposedClause(
  { tokens }: ClaimReading,
  sentence: SentenceReading,
  report: Report,
): Clause | null {
  const object = tokens[report.from]!.word;
  const ends =
    report.to >= sentence.to || (tokens[report.to]!.kind === 'MARK' && report.to >= sentence.to - 1);
  if (report.mode !== 'FINITE' || !ends || !/^(?:l'|le|en)$/.test(object)) return null;
  for (let i = report.from - 1; i > sentence.from && i > report.from - LONGEST_TAIL; i--) {
    const { kind, word } = tokens[i]!;
    if (kind === 'QUOTE') return null;
    if (kind === 'MARK' && word === ',') return { from: sentence.from, to: i, confidence: 0.7 };
  }
  return null;
}

/** "selon X, A", "A, selon X", "A, selon X, B": the words it attributes. */
export function attributedClause(
  reading: ClaimReading,
  sentence: SentenceReading,
  attribution: Attribution,
): Clause | null {
  const { tokens } = reading;
  const end = afterApposition(tokens, attribution.phrase.to, sentence.to);
  let lead = attribution.from;
  while (
    lead > sentence.from &&
    tokens[lead - 1]!.kind === 'WORD' &&
    (OPENER.test(tokens[lead - 1]!.word) || isAdverb(tokens[lead - 1]!.word))
  )
    lead--;
  while (lead > sentence.from && tokens[lead - 1]!.word === ',' && lead - 1 <= sentence.from + 3) lead--;
  const mark = lead > sentence.from ? tokens[lead - 1]!.word : ';';
  if (lead <= sentence.from + 1 || mark === ':' || mark === ';') {
    let from = end;
    // Up to the comma that closes what belongs to the name ("selon une étude de X publiée lundi, …").
    for (let i = end; i < sentence.to && i < end + 14; i++) {
      if (tokens[i]!.word === ',' && tokens[i]!.kind === 'MARK') {
        from = i + 1;
        break;
      }
      if (tokens[i]!.kind === 'QUOTE') break;
    }
    return { from, to: sentence.to, confidence: 0.85 };
  }
  if (attribution.word === 'pour') return null;
  // "Premier enseignement, selon elle : A"
  if (tokens[end]?.word === ':' && end + 1 < sentence.to)
    return { from: end + 1, to: sentence.to, confidence: 0.75 };
  // "X, qui, selon lui, A"
  if (mark === ',' && tokens[lead - 2]?.word === 'qui' && tokens[end]?.word === ',')
    return { from: end + 1, to: sentence.to, confidence: 0.7 };
  let from = sentence.from;
  for (let i = attribution.from - 1; i > sentence.from; i--) {
    if (tokens[i]!.kind === 'MARK' && /^[;:]$/.test(tokens[i]!.word)) {
      from = i + 1;
      break;
    }
  }
  const rest = tokens[end];
  const resumes = mark !== ',' && /^(?:de|d'|que|qu')$/.test(rest?.word ?? '');
  const goesOn =
    resumes ||
    (rest?.word === ',' &&
      end + 2 < sentence.to &&
      tokens[end + 1]!.word !== 'qui' &&
      !/ant$/.test(tokens[end + 1]!.word));
  return { from, to: goesOn ? sentence.to : attribution.from, confidence: 0.75 };
}
