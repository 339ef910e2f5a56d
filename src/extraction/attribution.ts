/** Prepositions that attribute words to someone: "selon X", "d'après X", "pour X", "aux yeux de X". */
import { WordSet } from '#text/word-set.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { type NounPhrase, pronounPhrase, readPhrase } from './noun-phrase.ts';

/** "selon X" and its kin as a range of tokens, end exclusive. */
export interface Attribution {
  readonly from: number;
  readonly to: number;
  readonly phrase: NounPhrase;
  /** As printed in a claim: "selon", "d'après", "pour". */
  readonly word: string;
}

const ATTRIBUTIVE: readonly (readonly [readonly string[], string])[] = [
  [['selon'], 'selon'],
  [["d'", 'après'], "d'après"],
  [['aux', 'yeux', 'de'], 'aux yeux de'],
  [['aux', 'yeux', "d'"], 'aux yeux de'],
  [['aux', 'yeux', 'du'], 'aux yeux de'],
  [['de', "l'", 'avis', 'de'], "de l'avis de"],
  [['de', "l'", 'avis', "d'"], "de l'avis de"],
  [['à', 'en', 'croire'], 'à en croire'],
  [['si', "l'", 'on', 'en', 'croit'], 'à en croire'],
  [['si', 'on', 'en', 'croit'], 'à en croire'],
  [['à', 'entendre'], 'à entendre'],
  [['à', "l'", 'entendre'], "à l'entendre"],
  [['à', 'le', 'croire'], "à l'entendre"],
  [['à', 'la', 'croire'], "à l'entendre"],
  [['à', 'les', 'entendre'], 'à les entendre'],
  [['à', 'les', 'croire'], 'à les entendre'],
  [['à', 'ses', 'yeux'], 'à ses yeux'],
  [['à', 'leurs', 'yeux'], 'à leurs yeux'],
  [['dixit'], 'dixit'],
  [['pour'], 'pour'],
];

const ATTRIBUTIVE_STARTS: ReadonlySet<string> = new WordSet(ATTRIBUTIVE.map(([words]) => words[0]!));

/** Those that say who without a name after them. */
const IMPLIED: ReadonlyMap<string, string> = new Map([
  ['à ses yeux', 'il/elle'],
  ['à leurs yeux', 'ils'],
  ["à l'entendre", 'il/elle'],
  ['à les entendre', 'ils'],
]);
const OBJECT_PRONOUNS: ReadonlyMap<string, string> = new Map([
  ['lui', 'il'],
  ['elle', 'elle'],
  ['eux', 'ils'],
  ['elles', 'elles'],
]);

/** Finds "selon X" and its kin among tokens [from, to). "pour" counts only where a statement may begin. */
export function findAttributions(tokens: readonly ClaimToken[], from: number, to: number): Attribution[] {
  const found: Attribution[] = [];
  for (let at = from; at < to; at++) {
    if (tokens[at]!.kind !== 'WORD' || !ATTRIBUTIVE_STARTS.has(tokens[at]!.word)) continue;
    const entry = ATTRIBUTIVE.find(([words]) =>
      words.every((word, k) => at + k < to && tokens[at + k]!.word === word),
    );
    if (!entry) continue;
    const [words, word] = entry;
    // "X, pour qui A", "X, selon qui A"
    const relative = tokens[at + words.length];
    if (relative?.word === 'qui' && at + words.length < to && /^(?:selon|pour|d'après)$/.test(word)) {
      const end = at + words.length + 1;
      found.push({ from: at, to: end, phrase: pronounPhrase(end - 1, end, 'qui'), word });
      continue;
    }
    if (word === 'pour') {
      const before = at > from ? tokens[at - 1]! : null;
      const twice = before?.word === ',' ? tokens[at - 2] : before;
      const opens = before !== null && at - 1 === from && /^(?:mais|car|or|et|donc)$/.test(before.word);
      if (
        !(before === null || opens || twice?.kind === 'QUOTE' || before.word === ';' || before.word === ':')
      )
        continue;
    }
    const start = at + words.length;
    const pronoun = IMPLIED.get(word);
    if (pronoun) {
      found.push({ from: at, to: start, phrase: pronounPhrase(start - 1, start, pronoun), word });
      at = start - 1;
      continue;
    }
    const next = tokens[start];
    if (!next || start >= to || next.kind === 'MARK') continue;
    const object = next.kind === 'WORD' ? OBJECT_PRONOUNS.get(next.word) : undefined;
    const phrase = object
      ? { ...readPhrase(tokens, start, start + 1, true), pronoun: object, to: start + 1 }
      : readPhrase(tokens, start, to, true);
    found.push({ from: at, to: phrase.to, phrase, word });
    at = start;
  }
  return found;
}
