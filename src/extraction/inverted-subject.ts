/** The subject of a verb that comes before it: "explique X", "a confié à l'AFP le patron de X". */
import type { ClaimToken } from './claim-tokens.ts';
import {
  DEFINITE,
  INDEFINITE,
  INVERTED,
  isAdverb,
  isFunctionWord,
  LINKING,
  PREPOSITIONS,
  SUBJECT_PRONOUNS,
} from './lexicon/grammar-words.ts';
import { findPhrases, type NounPhrase, readPhrase } from './noun-phrase.ts';

/** Tokens over which the subject of an inverted verb is sought. */
const SUBJECT_REACH = 28;

/** Words that begin a relative clause. */
export const RELATIVES = new Set(['qui', 'que', "qu'", 'dont', 'où', 'lequel', 'laquelle', 'lesquels']);

const PARTICIPLE = /(?:é|ée|és|ées|ant|is|ise|us?|ue)$/;

/** Whether a word reads as a participle ("cité", "interrogée", "soulignant"). */
export function isParticiple({ word, capital }: ClaimToken): boolean {
  return !capital && word.length > 3 && PARTICIPLE.test(word) && !isFunctionWord(word);
}

/** "Le Monde" after "au quotidien" is whom one speaks to, not who speaks. */
const OUTLET_NOUN =
  /^(?:quotidien|journal|site|magazine|hebdomadaire|micro|média|agence|chaîne|radio|revue|blog|confrère|confrères|podcast|newsletter)$/;

/** The end of what a preposition governs, from the token after it. */
export function governedEnd(tokens: readonly ClaimToken[], at: number, to: number): number {
  let i = at;
  let nouns = 0;
  let outlet = false;
  for (; i < to; i++) {
    const token = tokens[i]!;
    if (token.kind === 'MARK' || token.kind === 'QUOTE' || token.kind === 'VERB') return i;
    if (token.kind === 'MENTION' || token.capital) {
      const direct = nouns === 0 || outlet || tokens[i - 1]!.capital || LINKING.has(tokens[i - 1]!.word);
      if (!direct) return i;
      nouns++;
      if (token.kind === 'MENTION') {
        const next = tokens[i + 1];
        if (!(next && next.kind === 'WORD' && LINKING.has(next.word))) return i + 1;
      }
      continue;
    }
    if (DEFINITE.has(token.word) || INDEFINITE.has(token.word)) {
      if (nouns > 0 && !PREPOSITIONS.has(tokens[i - 1]!.word)) return i;
      continue;
    }
    if (SUBJECT_PRONOUNS.has(token.word) || RELATIVES.has(token.word)) return i;
    if (PREPOSITIONS.has(token.word)) continue;
    // "sur Facebook vouloir": the name was the whole object.
    if (nouns > 0 && tokens[i - 1]!.capital) return i;
    outlet = OUTLET_NOUN.test(token.word);
    nouns++;
  }
  return i;
}

/** Tokens that an aside between a verb and its subject may have. */
const LONGEST_ASIDE = 9;

/** The token after the aside that begins at `at`, if a name follows its closing comma. */
function asideEnd(tokens: readonly ClaimToken[], at: number, to: number): number | null {
  for (let i = at; i < to && i < at + LONGEST_ASIDE; i++) {
    const { kind, word } = tokens[i]!;
    if (kind === 'QUOTE' || kind === 'VERB' || kind === 'MENTION') return null;
    if (kind !== 'MARK') continue;
    const next = tokens[i + 1];
    return word === ',' && next && (next.kind === 'MENTION' || next.capital) ? i + 1 : null;
  }
  return null;
}

/** The subject that follows an inverted verb ("a confié à l'AFP le patron de X"), or null. */
export function subjectAfter(tokens: readonly ClaimToken[], at: number, to: number): NounPhrase | null {
  const limit = Math.min(to, at + SUBJECT_REACH);
  let strange = 0;
  for (let i = at; i < limit; ) {
    const token = tokens[i]!;
    if (token.kind === 'QUOTE' || token.kind === 'VERB') return null;
    if (token.kind === 'MARK') {
      // ", explique, dans un entretien, X"
      const next = tokens[i + 1];
      const goesOn =
        token.word === ',' &&
        next?.kind === 'WORD' &&
        (PREPOSITIONS.has(next.word) || isParticiple(next) || isAdverb(next.word)) &&
        i < at + 12;
      // "se souvient, un sourire dans la voix, X"
      const aside = token.word === ',' && i === at ? asideEnd(tokens, i + 1, limit) : null;
      if (aside !== null) {
        i = aside;
        continue;
      }
      if (!goesOn && !(token.word === ',' && i > at && i < at + 14)) return null;
      i++;
      continue;
    }
    if (token.kind === 'MENTION' || token.capital) return readPhrase(tokens, i, to, false);
    const { word } = token;
    if (RELATIVES.has(word) || INVERTED.has(word)) return null;
    if (/^(?:il|elle|ils|elles|on)$/.test(word)) return null;
    if (PREPOSITIONS.has(word)) {
      i = Math.max(governedEnd(tokens, i + 1, limit), i + 1);
      continue;
    }
    if (DEFINITE.has(word) || INDEFINITE.has(word)) {
      if (/^cet?(?:te)?$/.test(word) && /^derni(?:er|ère)$/.test(tokens[i + 1]?.word ?? ''))
        return findPhrases(tokens, i, i + 2)[0] ?? null;
      if (/^(?:ce|cette|le|la)$/.test(word) && isAdverb(tokens[i + 1]?.word ?? '')) {
        i += 2; // "explique ce mardi X"
        continue;
      }
      return readPhrase(tokens, i, to, false);
    }
    if (/^(?:celui-ci|celle-ci|ceux-ci|celles-ci)$/.test(word))
      return findPhrases(tokens, i, i + 1)[0] ?? null;
    if (!isAdverb(word) && (/.(?:er|ir|re|oir)$/.test(word) || ++strange > 2)) return null;
    i++;
  }
  return null;
}
