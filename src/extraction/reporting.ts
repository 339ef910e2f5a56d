/**
 * Verb groups that report someone's words: "explique", "a-t-il ajouté", "s'est réjoui", "fait savoir", "tient à préciser".
 * What a group introduces and who its subject is are read around it, in `claim-frames.ts`.
 */

import { isConditional } from '#text/conjugation.ts';
import { WordSet } from '#text/word-set.ts';
import type { ClaimToken } from './claim-tokens.ts';
import { BE, BEFORE_NOUN, CLITICS, HAVE, INVERTED, isAdverb, PREPOSITIONS } from './lexicon/grammar-words.ts';
import {
  CARRIERS,
  findCarrierForm,
  findReportingForm,
  isDenial,
  isOpinion,
  isSpeechVoice,
  isTacit,
  type ReportingForm,
  speechForms,
  type Takes,
} from './lexicon/reporting-verbs.ts';

export type Mode = 'FINITE' | 'GERUND' | 'INFINITIVE';

/** A verb group as a range of tokens, end exclusive. */
export interface Report {
  readonly from: number;
  readonly to: number;
  readonly takes: Takes;
  readonly lemma: string;
  readonly mode: Mode;
  /** True for an infinitive that says what its sentence's subject does ("tient à préciser", "avant d'ajouter"). */
  readonly governed: boolean;
  /** True where the verb of speech is past ("a déclaré que"), so that a conditional after it may be a future. */
  readonly past: boolean;
  /** True for "se dit", "s'est réjoui". */
  readonly reflexive: boolean;
  /** Inverted subject pronoun without its hyphen ("il" of "explique-t-il"), or null. */
  readonly pronoun: string | null;
  readonly conditional: boolean;
  /** True when the words introduced are said not to be so ("dément que", "ne croit pas que"). */
  readonly denied: boolean;
  /** True for "ne dit pas que": nothing is said. */
  readonly void: boolean;
  /** The verb without pronouns: "a ajouté", "se réjouit". */
  readonly verb: string;
}

const SUBJECT_BEFORE_CLITIC = new Set([
  'il',
  'elle',
  'ils',
  'elles',
  'on',
  'qui',
  'comme',
  'ne',
  "n'",
  'nous',
  'vous',
  'ce',
]);
/** How far left of a participle its auxiliary may stand, in tokens. */
const AUXILIARY_REACH = 6;

/** Tokens of "quant à lui", "de son côté" between commas. */
const LONGEST_ASIDE = 7;

/** The comma that opens the aside which the one at `close` ends, or -1. */
function asideStart(tokens: readonly ClaimToken[], from: number, close: number): number {
  for (let i = close - 1; i > from && i >= close - LONGEST_ASIDE; i--) {
    if (tokens[i]!.word === ',') return i;
    if (tokens[i]!.kind !== 'WORD') return -1;
  }
  return -1;
}

/** The token that holds the auxiliary of the participle at `at`, or -1 when it has none that makes it active. */
function findAuxiliary(tokens: readonly ClaimToken[], from: number, at: number): number {
  for (let i = at - 1; i >= from && i >= at - AUXILIARY_REACH; i--) {
    const token = tokens[i]!;
    // "a, quant à lui, reconnu"
    if (token.word === ',' && i === at - 1) {
      const open = asideStart(tokens, from, i);
      if (open < 0 || !HAVE.has(tokens[open - 1]?.word ?? '')) return -1;
      return open - 1;
    }
    if (token.kind !== 'WORD') return -1;
    const { word } = token;
    if (HAVE.has(word)) return i;
    if (BE.has(word)) {
      const before = tokens[i - 1]?.word;
      const reflexive =
        before === "s'" || before === 'se' || (before === 'ne' && tokens[i - 2]?.word === 'se');
      return reflexive ? i : -1;
    }
    if (INVERTED.has(word) || isAdverb(word)) continue;
    if (
      word === 'par' ||
      word === "d'" ||
      word === 'de' ||
      word === 'son' ||
      word === 'côté' ||
      word === 'leur' ||
      word === 'sa' ||
      word === 'part'
    )
      continue;
    return -1;
  }
  return -1;
}

/** A noun spelt like the verb ("la note", "une annonce"): what stands before tells. */
function isNoun(tokens: readonly ClaimToken[], from: number, at: number): boolean {
  const before = tokens[at - 1];
  if (at <= from || before?.kind !== 'WORD') return false;
  const { word } = before;
  if (word === 'le' || word === 'la' || word === 'les' || word === "l'" || word === 'leur') {
    const earlier = tokens[at - 2];
    if (at - 2 < from || !earlier) return true;
    return !(earlier.kind === 'MENTION' || SUBJECT_BEFORE_CLITIC.has(earlier.word) || earlier.capital);
  }
  return BEFORE_NOUN.has(word) || (PREPOSITIONS.has(word) && word !== 'comme' && word !== 'en');
}

function extendLeft(tokens: readonly ClaimToken[], from: number, at: number): number {
  let start = at;
  while (start > from) {
    const before = tokens[start - 1]!;
    if (before.kind !== 'WORD' || before.capital || !CLITICS.has(before.word)) break;
    start--;
  }
  return start;
}

interface Head {
  readonly form: ReportingForm;
  /** First and last token of the verb proper, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly mode: Mode;
  readonly auxiliary: number;
}

/** Reads the verb at `at`, whatever form it is in; null when it is no active verb. */
function readHead(tokens: readonly ClaimToken[], from: number, at: number, form: ReportingForm): Head | null {
  const { tenses } = form;
  if (tenses.has('PARTICIPLE')) {
    const auxiliary = findAuxiliary(tokens, from, at);
    if (auxiliary >= 0) {
      const mode =
        tokens[auxiliary]!.word === 'ayant'
          ? 'GERUND'
          : tokens[auxiliary]!.word === 'avoir'
            ? 'INFINITIVE'
            : 'FINITE';
      return { form, from: auxiliary, to: at + 1, mode, auxiliary };
    }
    const before = tokens[at - 1]?.word ?? '';
    if (at > from && (BE.has(before) || HAVE.has(before))) return null;
  }
  if (tenses.has('GERUND')) return { form, from: at, to: at + 1, mode: 'GERUND', auxiliary: -1 };
  if (tenses.has('INFINITIVE')) {
    // "fait espérer": somebody else does.
    if (
      at > from &&
      /^(?:fait|font|faire|faisait|faisant|laisse|laissent|laisser)$/.test(tokens[at - 1]!.word)
    )
      return null;
    return { form, from: at, to: at + 1, mode: 'INFINITIVE', auxiliary: -1 };
  }
  if (tenses.size === 1 && tenses.has('PARTICIPLE')) return null;
  if (isNoun(tokens, from, at)) return null;
  if (at > from && /^(?:cela|ceci|autrement|lieu|soi)$/.test(tokens[at - 1]!.word)) return null; // "cela dit"
  if (at === from && tokens[at]!.capital && !INVERTED.has(tokens[at + 1]?.word ?? '')) return null;
  return { form, from: at, to: at + 1, mode: 'FINITE', auxiliary: -1 };
}

/** What a carrier verb carries: "savoir" after "fait", "préciser" after "tient à". */
function readCarried(tokens: readonly ClaimToken[], to: number, head: Head): Head | null {
  const carried = CARRIERS.get(head.form.lemma);
  if (!carried) return null;
  let i = head.to;
  while (i < to && i < head.to + 3 && (INVERTED.has(tokens[i]!.word) || isAdverb(tokens[i]!.word))) i++;
  const next = tokens[i];
  if (i >= to || next?.kind !== 'WORD' || !carried.includes(next.word)) return null;
  if (next.word === 'en') {
    if (tokens[i + 1]?.word !== 'garde') return null;
    return { ...head, to: i + 2, form: { ...head.form, lemma: 'mettre en garde', takes: 'QUOTE' } };
  }
  if (next.word === 'à') {
    const verb = findReportingForm(tokens[i + 1]?.word ?? '');
    if (!verb?.tenses.has('INFINITIVE')) return null;
    return { ...head, to: i + 2, form: verb };
  }
  const takes: Takes = next.word === 'part' ? 'QUOTE' : 'CLAUSE';
  return { ...head, to: i + 1, form: { ...head.form, lemma: `${head.form.lemma} ${next.word}`, takes } };
}

const CONVINCED = /^(?:convaincu|persuadé|certain|sûr|conscient|assuré)e?s?$/;
/** Of these, only what follows a colon is said: "X est formel : A". */
const FIRM =
  /^(?:formel(?:le)?|catégorique|clair|claire|affirmatif|affirmative|confiant|confiante|optimiste|pessimiste|sceptique|rassurant|rassurante|lucide|prudent|prudente|inflexible|direct|directe|net|nette|convaincue?|persuadée?|certaine?|sûre?)s?$/;
const SEEMING: ReadonlySet<string> = new Set(
  'dit disent déclare montre montrent reste restent est sont était étaient semble veut veulent demeure affiche'.split(
    ' ',
  ),
);
/** "a la conviction que", "fait le pari que", "est d'avis que". */
const CONVICTIONS: ReadonlySet<string> = new Set(['conviction', 'certitude', 'pari', 'constat', 'avis']);

/** "se dit convaincu que", "est formel :", "a la conviction que": the verb at `at` and what makes it one of speech. */
function readConviction(tokens: readonly ClaimToken[], to: number, at: number): Head | null {
  const { word: verb } = tokens[at]!;
  const seeming = SEEMING.has(verb);
  if (!seeming && !HAVE.has(verb) && verb !== 'fait' && verb !== 'font') return null;
  for (let i = at + 1; i + 1 < to && i <= at + 3; i++) {
    const { word } = tokens[i]!;
    const next = tokens[i + 1]!.word;
    const que = next === 'que' || next === "qu'";
    const says = seeming
      ? (CONVINCED.test(word) && (que || (/^[.!?…]$/.test(next) && tokens[at - 1]?.word === 'en'))) ||
        (FIRM.test(word) && next === ':') ||
        (word === 'avis' && que)
      : CONVICTIONS.has(word) && que;
    if (says) {
      const form: ReportingForm = { lemma: `être ${word}`, takes: 'CLAUSE', tenses: new Set(['PRESENT']) };
      return { form, from: at, to: i + 1, mode: 'FINITE', auxiliary: -1 };
    }
    if (!isAdverb(word) && !INVERTED.has(word) && !/^(?:la|le|d'|en)$/.test(word)) return null;
  }
  return null;
}

function negationAt(tokens: readonly ClaimToken[], start: number, head: Head): boolean {
  for (let i = start; i < head.to; i++) {
    const { word } = tokens[i]!;
    if (word === 'ne' || word === "n'") return true;
  }
  return false;
}

const GOVERNING =
  /^(?:tien(?:t|nent)|ten(?:ait|aient|u)|tint|vien(?:t|nent)|ven(?:ait|aient)|veu(?:t|lent)|voul(?:ait|u)|souhait(?:e|ent|ait|é)|préf(?:ère|èrent|érait|éré)|aim(?:e|ent|ait)|plaît|empress(?:e|ent|é)|content(?:e|ent|é)|hésit(?:e|ent|ait|é)|os(?:e|ent|ait|é)|continu(?:e|ent|ait|é)|fini(?:t|ssent|ssait)?|commenc(?:e|ent|é)|choisi(?:t|ssent)?|tent(?:e|ent|é)|cherch(?:e|ent|é)|avant|beau)$/;

function isGoverned(tokens: readonly ClaimToken[], from: number, at: number): boolean {
  for (let i = at - 1; i >= from && i >= at - 4; i--) {
    const { kind, word } = tokens[i]!;
    if (kind === 'MARK' || kind === 'QUOTE') return false;
    if (GOVERNING.test(word)) return true;
  }
  // "Et Arthur Mensch de conclure : « … »"
  return /^(?:de|d')$/.test(tokens[at - 1]?.word ?? '') && at - 2 >= from && tokens[at - 2]!.capital;
}

function reportOf(tokens: readonly ClaimToken[], from: number, to: number, head: Head): Report {
  const start = extendLeft(tokens, from, head.from);
  let end = head.to;
  let pronoun: string | null = null;
  for (const i of head.auxiliary >= 0 ? [head.auxiliary + 1, head.to] : [head.to]) {
    const word = i < to ? (tokens[i]?.word ?? '') : '';
    if (!INVERTED.has(word)) continue;
    pronoun = word.slice(1);
    if (i >= end) end = i + 1;
  }
  const verb: string[] = [];
  for (let i = start; i < head.to; i++) {
    const { word } = tokens[i]!;
    // "a, quant à lui, reconnu"
    if (word === ',') i = head.to - 1;
    if (tokens[i]!.kind === 'MARK' || word === ',') {
      verb.push(tokens[i]!.word);
      continue;
    }
    const clitic = i < head.from && word !== 'se' && word !== "s'";
    if (!clitic && !INVERTED.has(word) && !(isAdverb(word) && i < head.to - 1)) verb.push(word);
  }
  const negated = negationAt(tokens, start, head);
  const { lemma, takes } = head.form;
  const leader = tokens[head.from]!.word;
  return {
    from: start,
    to: end,
    takes,
    lemma,
    governed: head.mode === 'INFINITIVE' && isGoverned(tokens, from, start),
    past:
      head.auxiliary >= 0 ||
      head.form.tenses.has('IMPERFECT') ||
      (head.form.tenses.has('PAST') && !head.form.tenses.has('PRESENT')),
    mode: head.mode,
    reflexive: tokens.slice(start, head.from).some(({ word }) => word === 'se' || word === "s'"),
    pronoun,
    conditional: head.mode === 'FINITE' && isConditional(leader),
    denied: isDenial(lemma) ? !negated : negated && isOpinion(lemma),
    // "ne cache pas que", "ne dément pas que" say something; "ne dit pas que" does not.
    void: isTacit(lemma) ? !negated : negated && !isOpinion(lemma) && !isDenial(lemma),
    verb: verb
      .join(' ')
      .replace(/^s' (?=[^aeiouyhéèêâîôû])/, 'se ')
      .replace(/' /g, "'"),
  };
}

/** Turns the words of verb groups into VERB tokens, at which noun phrases end. */
export function markVerbs(tokens: ClaimToken[], reports: readonly Report[]): void {
  for (const { from, to } of reports) {
    for (let i = from; i < to; i++)
      if (tokens[i]!.kind === 'WORD') tokens[i] = { ...tokens[i]!, kind: 'VERB' };
  }
}

/** Words at which a verb group may have its head: most of a text is none of them. */
const HEADS: ReadonlySet<string> = new WordSet([...SEEMING, ...HAVE, 'fait', 'font', ...speechForms()]);

/** Finds the reporting verb groups among tokens [from, to), in order and apart. */
export function findReports(tokens: readonly ClaimToken[], from: number, to: number): Report[] {
  const reports: Report[] = [];
  for (let at = from; at < to; at++) {
    const token = tokens[at]!;
    if (token.kind !== 'WORD' || !HEADS.has(token.word) || (token.word.length < 3 && token.word !== 'a'))
      continue;
    let head = readConviction(tokens, to, at);
    const carrier = head ? null : findCarrierForm(token.word);
    if (carrier) {
      const verb = readHead(tokens, from, at, carrier);
      head = verb && readCarried(tokens, to, verb);
    }
    if (!head) {
      const form = findReportingForm(token.word);
      head = form && readHead(tokens, from, at, form);
    }
    if (!head || head.from < (reports.at(-1)?.to ?? from)) continue;
    const report = reportOf(tokens, from, to, head);
    // "se montre optimiste", "se trouve à Paris"
    if (!isSpeechVoice(head.form.lemma, report.reflexive, report.pronoun)) continue;
    reports.push(report);
    at = Math.max(at, report.to - 1);
  }
  return reports;
}
