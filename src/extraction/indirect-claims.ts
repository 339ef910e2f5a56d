/**
 * Reported speech without marks, by a named speaker:
 *
 *   X affirme que A      X assure vouloir A      A, explique X      X prévient : A      selon X, A
 *
 * A reported clause that holds a direct claim is that claim and no other; what is coordinated before it stays one.
 */
import type { ClaimDraft, ClaimReading, SentenceReading } from './claim-reading.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { attributedClause, inciseClause, MIN_CLAUSE_WORDS, postposedClause } from './incise-clause.ts';
import { POSSESSIVE } from './lexicon/grammar-words.ts';
import type { NounPhrase } from './noun-phrase.ts';
import { countWords } from './quoted-words.ts';
import { speakerOfReport } from './report-speaker.ts';
import {
  colonClause,
  cutAtNextReport,
  infinitiveClause,
  isQue,
  queClause,
  relativeEnd,
} from './reported-clause.ts';
import type { Report } from './reporting.ts';
import type { Speaker } from './speaker.ts';

/** Tokens after a colon in which a second verb of speech takes over. */
const AGAIN_REACH = 30;

/** Makes the indirect claims of a sentence, adding them to `drafts`. `used` are the reports that attribute a quotation. */
export function readIndirectClaims(
  reading: ClaimReading,
  sentence: SentenceReading,
  drafts: ClaimDraft[],
  used: ReadonlySet<Report>,
): void {
  const { text, tokens, speakers } = reading;
  const quoted = drafts.filter((draft) => draft.kind === 'DIRECT' && draft.sentence === sentence.index);
  let covered = -1;

  const add = (
    from: number,
    to: number,
    speaker: Speaker | null,
    report: Report | null,
    verb: string,
    confidence: number,
  ): boolean => {
    if (!speaker || (speaker.actor === null && speaker.name === null)) return false;
    let first = from;
    let last = to;
    while (first < last && tokens[first]!.kind === 'MARK' && tokens[first]!.word !== '(') first++;
    while (last > first && tokens[last - 1]!.kind === 'MARK' && !/^[)\]]$/.test(tokens[last - 1]!.word))
      last--;
    if (first >= last) return false;
    const start = tokens[first]!.start;
    const end = tokens[last - 1]!.end;
    const fewest =
      report !== null && (isQue(tokens[from - 1]) || from === report.to)
        ? MIN_CLAUSE_WORDS - 1
        : MIN_CLAUSE_WORDS;
    if (countWords(text.slice(start, end)) < fewest) return false;
    drafts.push({
      start,
      end,
      kind: 'INDIRECT',
      speaker,
      report,
      verb,
      sentence: sentence.index,
      paragraph: sentence.paragraph,
      heading: false,
      subordinate: report !== null && isQue(tokens[from - 1]),
      confidence,
    });
    speakers.remember(speaker, first);
    covered = last;
    return true;
  };
  const holdsQuote = (from: number, to: number): boolean => {
    const start = tokens[from]?.start ?? 0;
    const end = tokens[to - 1]?.end ?? 0;
    return quoted.some((draft) => draft.start >= start && draft.end <= end);
  };
  /** Adds [from, to), or when a direct claim stands in it, what is coordinated before that one. */
  const addClause = (
    from: number,
    to: number,
    speaker: Speaker | null,
    report: Report,
    confidence: number,
  ): void => {
    if (!holdsQuote(from, to)) {
      add(from, to, speaker, report, report.verb, confidence);
      return;
    }
    // "estime que A, ce que d'autres jugent « B »": B is reported by another verb, and A stands up to the comma before it.
    const other = sentence.reports.find(
      (each) => each !== report && each.from > from && each.to < to && used.has(each),
    );
    if (other) {
      let comma = other.from - 1;
      while (comma > from && tokens[comma]!.word !== ',') comma--;
      if (comma > from && !holdsQuote(from, comma)) {
        add(from, comma, speaker, report, report.verb, confidence);
        return;
      }
    }
    let start = from;
    for (let i = from; i < to; i++) {
      if (!isQue(tokens[i]) || !/^(?:et|ou|mais|,)$/.test(tokens[i - 1]?.word ?? '')) continue;
      if (holdsQuote(start, i)) break;
      add(start, i - 1, speaker, report, report.verb, confidence);
      start = i + 1;
    }
    covered = Math.max(covered, to);
  };

  const isPersonal = (phrase: NounPhrase): boolean => {
    const speaker = speakers.ofPhrase(phrase);
    return speaker !== null && speakers.isPerson(speaker);
  };

  /** "X se montre optimiste : il estime que A": the second verb says it. */
  const reportsAgain = (report: Report): boolean => {
    const next = sentence.reports[sentence.reports.indexOf(report) + 1];
    if (!next || next.from > report.to + AGAIN_REACH || next.mode !== 'FINITE' || next.void) return false;
    if (queClause(tokens, sentence, next) !== null) return true;
    return sentence.phrases.some(
      (phrase) => phrase.to === next.from && phrase.from > report.to && phrase.names.length > 0,
    );
  };
  const ownColonClause = (report: Report): number | null => {
    const start = colonClause(tokens, sentence, report);
    return start !== null && reportsAgain(report) ? null : start;
  };
  for (const report of sentence.reports) {
    if (
      report.void ||
      report.from < covered ||
      (report.mode === 'INFINITIVE' && !report.governed && !isFronted(sentence, report))
    )
      continue;
    const end = sentence.to;
    const que = report.takes !== 'LOOSE' ? queClause(tokens, sentence, report) : null;
    const start =
      que ?? infinitiveClause(tokens, sentence, report) ?? (used.has(report) ? null : ownColonClause(report));
    if (start !== null) {
      const fronted = isFronted(sentence, report) ? frontedSubject(tokens, sentence, start) : null;
      const speaker = fronted
        ? speakers.ofPhrase(fronted)
        : speakerOfReport(reading, sentence, report, start);
      let to = fronted ? fronted.from : cutAtNextReport(tokens, sentence, start, end);
      if (/^(?:qui|beau)$/.test(tokens[report.from - 1]?.word ?? ''))
        to = relativeEnd(tokens, start, to, tokens[report.from - 1]!.word === 'beau');
      addClause(start, to, speaker, report, que !== null ? 0.9 : 0.75);
      continue;
    }
    if (used.has(report)) continue;
    const speech = report.takes === 'INFINITIVE' || report.takes === 'CLAUSE';
    const before = speech ? postposedClause(reading, sentence, report) : null;
    if (before && !holdsQuote(before.from, before.to)) {
      add(
        before.from,
        before.to,
        speakerOfReport(reading, sentence, report, sentence.to),
        report,
        report.verb,
        before.confidence,
      );
      continue;
    }
    const incise = inciseClause(reading, sentence, report);
    if (incise && !holdsQuote(incise.from, incise.to))
      add(incise.from, incise.to, incise.speaker, report, report.verb, incise.confidence);
  }
  for (const attribution of sentence.attributions) {
    if (attribution.from < covered) continue;
    if (attribution.phrase.pronoun === 'qui') {
      const last = sentence.phrases.findLast(
        ({ to, names, pronoun }) => to <= attribution.from && pronoun === null && names.length > 0,
      );
      const named = sentence.phrases.findLast(
        (phrase) => phrase.to <= attribution.from && phrase.names.length > 0 && isPersonal(phrase),
      );
      const antecedent = named ?? last;
      const end = attribution.to;
      if (antecedent && !holdsQuote(end, sentence.to))
        add(end, sentence.to, speakers.ofPhrase(antecedent), null, attribution.word, 0.75);
      continue;
    }
    const clause = attributedClause(reading, sentence, attribution);
    if (!clause || clause.from >= clause.to || holdsQuote(clause.from, clause.to)) continue;
    if (
      drafts.some(
        (draft) =>
          draft.sentence === sentence.index &&
          draft.kind === 'INDIRECT' &&
          draft.start < tokens[clause.to - 1]!.end &&
          draft.end > tokens[clause.from]!.start,
      )
    )
      continue;
    const { phrase } = attribution;
    const own = POSSESSIVE.has(tokens[phrase.from]!.word) && phrase.names.length === 0;
    // "selon son entourage" is nobody's word, "d'après ses calculs" somebody's.
    if (own && phrase.noun?.class !== 'DOCUMENT') continue;
    const speaker = own ? speakers.ofPronoun('il/elle', phrase.from) : speakers.ofPhrase(phrase);
    // "Pour le collectif X, A": those who are there to have a view.
    const personal = phrase.pronoun !== null || ADVOCATE.test(phrase.head);
    if (
      attribution.word === 'pour' &&
      !(speaker && (personal || speakers.isPerson(speaker)) && tokens[clause.from - 1]?.word === ',')
    )
      continue;
    add(clause.from, clause.to, speaker, null, attribution.word, clause.confidence);
  }
}

const ADVOCATE =
  /^(?:association|collectif|syndicat|ong|federation|confederation|fondation|ligue|parti|think)$/;

/** "Estimant que A, X …", "Après avoir rappelé que A, X …": the subject comes after. */
function isFronted(sentence: SentenceReading, report: Report): boolean {
  return report.mode !== 'FINITE' && report.from <= sentence.from + 1;
}

function frontedSubject(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  from: number,
): NounPhrase | null {
  for (const phrase of sentence.phrases) {
    if (phrase.from <= from + 2 || phrase.preposed || tokens[phrase.from - 1]!.word !== ',') continue;
    if (
      phrase.pronoun !== null
        ? phrase.pronoun !== 'qui'
        : phrase.names.length > 0 || phrase.unknown !== null || phrase.noun !== null
    )
      return phrase;
  }
  return null;
}
