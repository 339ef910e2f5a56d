/** Where the words that a verb reports without marks begin and end: after "que", an infinitive, or a colon. */
import type { SentenceReading } from './claim-reading.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { afterApposition, isDate } from './incise-clause.ts';
import { governedEnd, subjectAfter } from './inverted-subject.ts';
import {
  BE,
  DEFINITE,
  HAVE,
  INDEFINITE,
  isAdverb,
  PREPOSITIONS,
  SUBJECT_PRONOUNS,
} from './lexicon/grammar-words.ts';
import { advises, claimsForSelf, needsQue } from './lexicon/reporting-verbs.ts';
import type { Report } from './reporting.ts';

/** Tokens between a verb and its "que". */
const QUE_REACH = 16;
/** The same for a verb that rarely has one ("s'amuse que"). */
const QUE_REACH_OF_MANNER = 2;

/** Tokens between a verb and its colon. */
const COLON_REACH = 12;

/** Ends like an infinitive, but is none. */
const NOT_INFINITIVE =
  /^(?:premier|dernier|entier|particulier|cher|hier|navire|empire|rire|pire|sourire|offre|cadre|ordre|cendre|filtre|centre|autre|titre|chiffre|contre|entre|outre|notre|votre|encore|libre|nombre|membre|lettre|maître|ministre)$|(?:ier|ièr|oire|aire|ture|stre|sphère)$/;

const INFINITIVE = /^\p{Ll}{2,}(?:er|ir|oir|dre|ttre|aître|ivre|ire|incre|rompre|clure|faire)$/u;

/** How one is to do what one says one will. */
const WILLING =
  /^(?:prêt|prête|disposé|disposée|déterminé|déterminée|résolu|résolue|ouvert|ouverte|heureux|heureuse|fier|fière|favorable|opposé|opposée|certain|certaine|incapable|capable)s?$/;
const COORDINATION = /^(?:et|mais|puis|car|or|alors|donc)$/;

/** Whether a token is "que". */
export const isQue = (token: ClaimToken | undefined): boolean =>
  token?.kind === 'WORD' && (token.word === 'que' || token.word === "qu'");

/** The token after "que" when the verb introduces one; what stands between must not be an object. */
export function queClause(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  report: Report,
): number | null {
  let governed = false;
  const reach = report.takes === 'QUOTE' ? QUE_REACH_OF_MANNER : QUE_REACH;
  const limit = Math.min(sentence.to, report.to + reach);
  for (let i = report.to; i < limit; i++) {
    const token = tokens[i]!;
    if (isQue(token)) return i + 1;
    if (token.kind === 'QUOTE' || token.kind === 'VERB') return null;
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
    // "avait prévenu la veille que"
    if (isDate(tokens, i)) {
      i++;
      continue;
    }
    if (HAVE.has(word) || BE.has(word)) return null;
    // "annonce un plan que…": an object, so "que" is a relative pronoun.
    if ((DEFINITE.has(word) || INDEFINITE.has(word)) && !governed && !isAdverb(tokens[i + 1]?.word ?? ''))
      return null;
  }
  return null;
}

/** The infinitive right after the verb ("assure vouloir"), or null. */
export function infinitiveClause(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  report: Report,
): number | null {
  const next = tokens[report.to]?.word ?? '';
  const after = tokens[report.to + 1]?.word ?? '';
  if (report.reflexive) {
    // "se défend d'avoir menti"
    // "s'engage à publier", "se dit prêt à investir"
    if (report.lemma === 'engager' && next === 'à' && (after === 'ne' || INFINITIVE.test(after)))
      return report.to + 1;
    if (/^(?:dire|déclarer|montrer)$/.test(report.lemma) && WILLING.test(next) && /^(?:à|de|d')$/.test(after))
      return report.to;
    const own = next === "d'" && /^(?:avoir|être)$/.test(after) && claimsForSelf(report.lemma);
    return own ? report.to + 1 : null;
  }
  if (advises(report.lemma)) {
    const advised =
      /^d[e']$/.test(next) && (after === 'ne' || (INFINITIVE.test(after) && !NOT_INFINITIVE.test(after)));
    return advised ? report.to + 1 : null;
  }
  if (report.takes !== 'INFINITIVE') return null;
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
    if (PREPOSITIONS.has(word) && !skip) {
      i = Math.max(governedEnd(tokens, i + 1, sentence.to), i + 1);
      continue;
    }
    if (!skip) return null;
    i++;
  }
  return null;
}

/** The clause after a colon that is no quotation ("X prévient : la course est ouverte"), or null. */
export function colonClause(
  tokens: readonly ClaimToken[],
  sentence: SentenceReading,
  report: Report,
): number | null {
  if (report.takes === 'LOOSE' || report.mode !== 'FINITE' || needsQue(report.lemma)) return null;
  // "X tempère : A" says A where the colon follows at once; "X critique le projet : A" tells of it.
  if (report.takes === 'QUOTE' && tokens[report.to]?.word !== ':') return null;
  for (let i = report.to; i < sentence.to - 1 && i < report.to + COLON_REACH; i++) {
    const { kind, word } = tokens[i]!;
    if (kind === 'QUOTE') return null;
    if (kind !== 'MARK') continue;
    if (word === ':') return tokens[i + 1]!.kind === 'QUOTE' || tokens[i + 1]!.kind === 'MARK' ? null : i + 1;
    if (word !== ',') return null;
  }
  return null;
}

/** "X aurait dit que A, révèle Y": the incise at the end is another's. */
function closesWithIncise(tokens: readonly ClaimToken[], sentence: SentenceReading, report: Report): boolean {
  const subject = report.pronoun === null ? subjectAfter(tokens, report.to, sentence.to) : null;
  if (report.pronoun === null && !(subject && (subject.names.length > 0 || subject.unknown))) return false;
  return afterApposition(tokens, subject?.to ?? report.to, sentence.to) >= sentence.to - 1;
}

/** Cuts the clause [from, to) where another coordinated verb of speech begins ("…, et ajoute que"). */
export function cutAtNextReport(
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
    if (mode === 'GERUND' && /^(?:,|en|tout)$/.test(word)) {
      // ", tout en regrettant que"
      while (i > from && /^(?:en|tout|,)$/.test(tokens[i - 1]!.word)) i--;
      return i;
    }
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

/** "X, qui estime que A, a quitté Y": the relative clause ends at the comma. */
export function relativeEnd(
  tokens: readonly ClaimToken[],
  from: number,
  to: number,
  atComma: boolean,
): number {
  for (let i = from + 2; i < to - 1; i++) {
    const next = tokens[i + 1]!;
    if (
      tokens[i]!.word === ',' &&
      next.kind === 'WORD' &&
      (atComma || HAVE.has(next.word) || BE.has(next.word) || next.word === "s'" || next.word === 'se')
    )
      return i;
  }
  return to;
}
