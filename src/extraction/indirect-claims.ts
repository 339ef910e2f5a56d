/**
 * Reported speech without marks, by a named speaker:
 *
 *   X affirme que A      X assure vouloir A      A, explique X      X prévient : A      selon X, A
 *
 * A reported clause that holds a direct claim is that claim and no other; what is coordinated before it stays one.
 */
import { type Attribution, governedEnd, subjectAfter } from './claim-frames.ts';
import type { ClaimDraft, ClaimReading, SentenceReading } from './claim-reading.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { countWords, speakerOfReport } from './direct-claims.ts';
import {
  BE,
  DEFINITE,
  HAVE,
  INDEFINITE,
  isAdverb,
  POSSESSIVE,
  PREPOSITIONS,
  SUBJECT_PRONOUNS,
} from './lexicon/grammar-words.ts';
import { type NounPhrase, readPhrase } from './noun-phrase.ts';
import type { Report } from './reporting.ts';
import type { Speaker } from './speaker.ts';

/** Fewer words than this are no clause. */
const MIN_CLAUSE_WORDS = 3;
/** Tokens between a verb and its "que". */
const QUE_REACH = 16;
/** Tokens between a verb and its colon. */
const COLON_REACH = 12;
/** Ends like an infinitive, but is none. */
const NOT_INFINITIVE =
  /^(?:premier|dernier|entier|particulier|cher|hier|navire|empire|rire|pire|sourire|offre|cadre|ordre|cendre|filtre|centre|autre|titre|chiffre|contre|entre|outre|notre|votre|encore|libre|nombre|membre|lettre|maître|ministre)$|(?:ier|ièr|oire|aire|ture|stre|sphère)$/;
const INFINITIVE = /^\p{Ll}{2,}(?:er|ir|oir|dre|ttre|aître|ivre|ire|incre|rompre|clure|faire)$/u;
const COORDINATION = /^(?:et|mais|puis|car|or|alors|donc)$/;
/** Leads a sentence without belonging to what is said. */
const OPENER =
  /^(?:et|mais|or|car|donc|ainsi|puis|enfin|pourtant|cependant|toutefois|certes|surtout|alors|bref|résultat|ensuite|aussi)$/;

const isQue = (token: ClaimToken | undefined): boolean =>
  token?.kind === 'WORD' && (token.word === 'que' || token.word === "qu'");

/** The token after "que" when the verb introduces one; what stands between must not be an object. */
function queClause(tokens: readonly ClaimToken[], sentence: SentenceReading, report: Report): number | null {
  let governed = false;
  const limit = Math.min(sentence.to, report.to + QUE_REACH);
  for (let i = report.to; i < limit; i++) {
    const token = tokens[i]!;
    if (isQue(token)) return i + 1;
    if (token.kind === 'QUOTE') return null;
    if (token.kind === 'MARK') {
      if (!/^[,()]$/.test(token.word)) return null;
      governed = false;
      continue;
    }
    if (token.kind === 'MENTION' || token.capital) continue;
    const { word } = token;
    if (PREPOSITIONS.has(word)) {
      governed = true;
      continue;
    }
    if (isAdverb(word)) continue;
    if (HAVE.has(word) || BE.has(word)) return null;
    // "annonce un plan que…": an object, so "que" is a relative pronoun.
    if ((DEFINITE.has(word) || INDEFINITE.has(word)) && !governed && !isAdverb(tokens[i + 1]?.word ?? ''))
      return null;
  }
  return null;
}

/** The infinitive right after the verb ("assure vouloir"), or null. */
function infinitiveClause(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  report: Report,
): number | null {
  if (report.takes !== 'INFINITIVE' || report.reflexive) return null;
  let i = report.to;
  while (i < sentence.to && i < report.to + 12 && /^(?:WORD|VERB)$/.test(tokens[i]!.kind)) {
    const { word } = tokens[i]!;
    const auxiliary = word === 'avoir' || word === 'être';
    if (auxiliary || word === 'faire' || (INFINITIVE.test(word) && !NOT_INFINITIVE.test(word))) {
      let start = i;
      while (
        start > report.to &&
        /^(?:ne|n'|pas|plus|rien|jamais|guère|s'|se|y|en|l')$/.test(tokens[start - 1]!.word)
      )
        start--;
      return start;
    }
    // "affirme l'avoir dit", but not "confirme l'ouverture"
    const skip =
      isAdverb(word) ||
      /^(?:ne|n'|de|d'|s'|se|y|en)$/.test(word) ||
      (word === "l'" && /^(?:avoir|être)$/.test(tokens[i + 1]?.word ?? ''));
    if (PREPOSITIONS.has(word) && word !== 'de' && word !== "d'") {
      i = Math.max(governedEnd(tokens, i + 1, sentence.to), i + 1);
      continue;
    }
    if (!skip) return null;
    i++;
  }
  return null;
}

/** The clause after a colon that is no quotation ("X prévient : la course est ouverte"), or null. */
function colonClause(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  report: Report,
): number | null {
  if (report.takes === 'LOOSE' || report.takes === 'QUOTE' || report.mode !== 'FINITE') return null;
  for (let i = report.to; i < sentence.to - 1 && i < report.to + COLON_REACH; i++) {
    const { kind, word } = tokens[i]!;
    if (kind === 'QUOTE') return null;
    if (kind !== 'MARK') continue;
    if (word === ':') return tokens[i + 1]!.kind === 'QUOTE' || tokens[i + 1]!.kind === 'MARK' ? null : i + 1;
    if (word !== ',') return null;
  }
  return null;
}

/** Where the subject phrase with its apposition ends, from the phrase's own end. */
function afterApposition(tokens: readonly ClaimToken[], at: number, to: number): number {
  let end = at;
  for (let round = 0; round < 3; round++) {
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
    const phrase = readPhrase(tokens, end + 1, to, false);
    const bare =
      phrase.determiner === 'BARE' && (phrase.noun?.class === 'PERSON' || phrase.noun?.class === 'OFFICE');
    const whole = phrase.to >= to || tokens[phrase.to]!.kind === 'MARK';
    // "selon X, le patron de Y, A", but not "selon X, le patron de Y investit"
    const apposed = bare || (whole && (phrase.noun?.class === 'PERSON' || next.kind === 'MENTION'));
    if (!apposed) return end;
    end = phrase.to;
    while (end < to && tokens[end]!.kind !== 'MARK') end++;
  }
  return end;
}

interface Clause {
  readonly from: number;
  readonly to: number;
  readonly confidence: number;
}

/** "A, explique X": the words around an inverted verb in a sentence without marks. */
function inciseClause(
  reading: ClaimReading,
  sentence: SentenceReading,
  report: Report,
): (Clause & { readonly speaker: Speaker }) | null {
  const { tokens, speakers } = reading;
  const before = tokens[report.from - 1];
  const as = before?.word === 'comme';
  if (report.mode !== 'FINITE' || report.takes === 'LOOSE' || (before?.word !== ',' && !as)) return null;
  let end: number;
  let speaker: Speaker | null;
  if (report.pronoun) {
    speaker = report.pronoun === 'on' ? null : speakers.ofPronoun(report.pronoun, report.to);
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
  return { from: sentence.from, to: whole ? sentence.to : report.from - 1, confidence: 0.75, speaker };
}

/** "selon X, A", "A, selon X", "A, selon X, B": the words it attributes. */
function attributedClause(
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

/** "X aurait dit que A, révèle Y": the incise at the end is another's. */
function closesWithIncise(tokens: readonly ClaimToken[], sentence: SentenceReading, report: Report): boolean {
  const subject = report.pronoun === null ? subjectAfter(tokens, report.to, sentence.to) : null;
  if (report.pronoun === null && !(subject && (subject.names.length > 0 || subject.unknown))) return false;
  return afterApposition(tokens, subject?.to ?? report.to, sentence.to) >= sentence.to - 1;
}

/** Cuts the clause [from, to) where another coordinated verb of speech begins ("…, et ajoute que"). */
function cutAtNextReport(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  from: number,
  to: number,
): number {
  for (const report of sentence.reports) {
    const { from: at, mode, takes } = report;
    if (at <= from || at >= to || mode === 'INFINITIVE' || takes === 'LOOSE' || takes === 'QUOTE') continue;
    let i = at - 1;
    const word = tokens[i]!.word;
    if (mode === 'FINITE' && word === ',' && closesWithIncise(tokens, sentence, report)) return i;
    if (mode === 'GERUND' && (word === ',' || word === 'en')) return i;
    // ", mais elle s'étonne que"
    const subject = SUBJECT_PRONOUNS.has(word) || tokens[i]!.kind === 'MENTION';
    if (subject && COORDINATION.test(tokens[i - 1]?.word ?? ''))
      return tokens[i - 2]?.word === ',' ? i - 2 : i - 1;
    if (word === 'et' || word === 'puis' || word === 'mais') {
      if (tokens[i - 1]?.word === ',') i--;
      return i;
    }
  }
  return to;
}

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
    if (countWords(text.slice(start, end)) < MIN_CLAUSE_WORDS) return false;
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

  for (const report of sentence.reports) {
    if (
      report.void ||
      report.from < covered ||
      (report.mode === 'INFINITIVE' && !report.governed && !isFronted(sentence, report))
    )
      continue;
    const end = sentence.to;
    const que =
      report.takes === 'INFINITIVE' || report.takes === 'CLAUSE' ? queClause(tokens, sentence, report) : null;
    const start =
      que ??
      infinitiveClause(tokens, sentence, report) ??
      (used.has(report) ? null : colonClause(tokens, sentence, report));
    if (start !== null) {
      const fronted = isFronted(sentence, report) ? frontedSubject(tokens, sentence, start) : null;
      const speaker = fronted
        ? speakers.ofPhrase(fronted)
        : speakerOfReport(reading, sentence, report, start);
      let to = fronted ? fronted.from : cutAtNextReport(tokens, sentence, start, end);
      if (tokens[report.from - 1]?.word === 'qui') to = relativeEnd(tokens, start, to);
      addClause(start, to, speaker, report, que !== null ? 0.9 : 0.75);
      continue;
    }
    if (used.has(report)) continue;
    const incise = inciseClause(reading, sentence, report);
    if (incise && !holdsQuote(incise.from, incise.to))
      add(incise.from, incise.to, incise.speaker, report, report.verb, incise.confidence);
  }
  for (const attribution of sentence.attributions) {
    if (attribution.from < covered) continue;
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
    const speaker = speakers.ofPhrase(attribution.phrase);
    if (
      attribution.word === 'pour' &&
      !(speaker && speakers.isPerson(speaker) && tokens[clause.from - 1]?.word === ',')
    )
      continue;
    if (POSSESSIVE.has(tokens[attribution.phrase.from]!.word) && attribution.phrase.names.length === 0)
      continue;
    add(clause.from, clause.to, speaker, null, attribution.word, clause.confidence);
  }
}

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

/** "X, qui estime que A, a quitté Y": the relative clause ends at the comma. */
function relativeEnd(tokens: readonly ClaimToken[], from: number, to: number): number {
  for (let i = from + 3; i < to - 1; i++) {
    const next = tokens[i + 1]!;
    if (
      tokens[i]!.word === ',' &&
      next.kind === 'WORD' &&
      (HAVE.has(next.word) || BE.has(next.word) || next.word === "s'" || next.word === 'se')
    )
      return i;
  }
  return to;
}
