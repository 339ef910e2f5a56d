/**
 * Whether an ambiguous spelling (Mistral, Orange, H) names its actor in this place. The signs are the same for every name;
 * which words speak for and against one is data (the register's context words, the lexicon's other senses).
 */
import type { ActorKind } from '#actor/actor.ts';
import { createEvidence } from './evidence.ts';
import { addLeftEvidence } from './left-cues.ts';
import { OTHER_SENSES } from './lexicon/senses.ts';
import { addRightEvidence } from './right-cues.ts';
import { isSentenceStart } from './sequences.ts';
import {
  COMMON,
  classesOf,
  FIRST_NAME,
  FUNCTION,
  INNER,
  NAME_HEAD,
  NATIONALITY,
  ROLE,
} from './word-classes.ts';
import { isCapitalised, type Words } from './words.ts';

const ARTICLES = new Set(['le', 'la', 'les', 'du', 'au', 'un', 'une', 'ce', 'cette', 'aux']);

const TAKES_NO_ARTICLE: ReadonlySet<ActorKind> = new Set<ActorKind>(['COMPANY', 'INVESTOR', 'PERSON']);

/** "un assistant à la Mistral". */
function isManner({ tokens }: Words, from: number): boolean {
  return tokens[from - 1]!.folded === 'la' && tokens[from - 2]?.folded === 'a';
}

/** What is known of the article when an ambiguous spelling is judged. */
export interface Setting {
  /** Another spelling, which no other bearer has, names the actor somewhere in the article. */
  readonly isNamed: boolean;
  /** Actors tied to it that the article names without doubt. */
  readonly ties: number;
  /** An organisation stands beside it in a list. */
  readonly inList: boolean;
  readonly kind: ActorKind;
  readonly onTopic: boolean;
  /** Folded words that speak for the actor. */
  readonly context: ReadonlySet<string>;
  /** Which of them the article holds anywhere. */
  readonly contextInArticle: number;
  /** True where a token belongs to a name already settled. */
  readonly isTaken: (token: number) => boolean;
}

/** Words looked at on each side. */
const WINDOW = 14;
const ENOUGH = 2;

/** The weight of the signs; 0 or less when the spelling is not the actor's here. Two and more convince. */
export function weighAmbiguous(words: Words, from: number, to: number, setting: Setting): number {
  const { tokens, gaps } = words;
  if (isPartOfLongerName(words, from, to, setting)) return 0;
  const senses = OTHER_SENSES.get(tokens[from]!.folded);
  if (senses !== undefined && belongsToOther(words, from, senses)) return 0;
  let weight = setting.onTopic ? 0.5 : -0.5;
  if (setting.isNamed) weight += 3;
  weight += Math.min(2.5, setting.ties * 2);
  if (setting.inList) weight += 2;
  weight += Math.min(1.5, setting.contextInArticle * 0.5);
  const evidence = createEvidence();
  addLeftEvidence(evidence, words, from);
  addRightEvidence(evidence, words, from, to);
  const named =
    setting.kind === 'PERSON'
      ? evidence.PERSON
      : evidence.organization +
        Math.max(
          evidence.COMPANY,
          evidence.INVESTOR,
          evidence.LAB,
          evidence.GOVERNMENT,
          evidence.ORGANIZATION,
        );
  weight += Math.min(3, named) - evidence.other;
  // Companies go without an article, public bodies with one: "le Mistral" is a ship or a train.
  const before = from > 0 && gaps[from] === 'SPACE' ? tokens[from - 1]!.folded : '';
  if (ARTICLES.has(before) && TAKES_NO_ARTICLE.has(setting.kind) && named < ENOUGH && !isManner(words, from))
    weight -= 2;
  // "l'État achète": public bodies are named with an article.
  if ((ARTICLES.has(before) || gaps[from] === 'APOSTROPHE') && setting.kind === 'GOVERNMENT')
    weight += tokens[from]!.shape === 'LOWER' ? 1 : 1.5;
  let near = 0;
  let against = 0;
  for (let i = Math.max(0, from - WINDOW); i < Math.min(tokens.length, to + WINDOW); i++) {
    if (i >= from && i < to) continue;
    const { folded } = tokens[i]!;
    if (setting.context.has(folded)) near++;
    if (senses?.has(folded)) against++;
  }
  weight += Math.min(3, near * 1.5) - Math.min(4, against * 2);
  return weight >= ENOUGH ? weight : 0;
}

/** "secrétaire d'État", "le vent du Mistral": a word of another sense governs it. */
function belongsToOther({ tokens, gaps }: Words, from: number, senses: ReadonlySet<string>): boolean {
  for (let i = from - 1; i >= 0 && from - i <= 3; i--) {
    const gap = gaps[i + 1];
    if (gap !== 'SPACE' && gap !== 'APOSTROPHE') return false;
    const { folded } = tokens[i]!;
    if (senses.has(folded)) return true;
    if (!/^(?:d|de|du|l|la|le)$/.test(folded)) return false;
  }
  return false;
}

/** "Frédéric Mistral", "Alan Turing": the words beside it make another name. */
function isPartOfLongerName({ tokens, gaps }: Words, from: number, to: number, setting: Setting): boolean {
  const previous = tokens[from - 1];
  if (
    previous !== undefined &&
    (gaps[from] === 'SPACE' || gaps[from] === 'HYPHEN') &&
    !setting.isTaken(from - 1)
  ) {
    const classes = classesOf(previous.folded);
    if (isCapitalised(previous)) {
      if ((classes & FIRST_NAME) !== 0) return true;
      const plain = (classes & (COMMON | FUNCTION | ROLE | INNER | NAME_HEAD)) !== 0;
      if (!plain && !(from >= 1 && isSentenceStart(gaps[from - 1]!))) return true;
      if (gaps[from] === 'HYPHEN') return true;
    } else if (gaps[from] === 'HYPHEN' && previous.folded !== 'ex') return true;
  }
  if (gaps[from] === 'APOSTROPHE' && previous !== undefined && previous.shape === 'CAPITAL' && from >= 2) {
    // "chez L'Harmattan": a capital article inside the sentence belongs to the name.
    if (!isSentenceStart(gaps[from - 1]!)) return true;
  }
  const next = tokens[to];
  if (next === undefined || setting.isTaken(to)) return false;
  // "le gouvernement britannique" is another one.
  if (
    gaps[to] === 'SPACE' &&
    (classesOf(next.folded) & NATIONALITY) !== 0 &&
    !next.folded.startsWith('francais') &&
    !setting.context.has(next.folded)
  )
    return setting.kind === 'GOVERNMENT';
  // "le gouvernement de Pedro Sánchez" is another one too.
  const owner = tokens[to + 1];
  if (
    setting.kind === 'GOVERNMENT' &&
    /^(?:de|d|du)$/.test(next.folded) &&
    owner !== undefined &&
    isCapitalised(owner)
  )
    return true;
  if (gaps[to] !== 'SPACE' && gaps[to] !== 'HYPHEN' && gaps[to] !== 'AMPERSAND') return false;
  if (gaps[to] === 'HYPHEN') return next.shape !== 'LOWER' || next.folded.length > 3;
  if (!isCapitalised(next)) return false;
  return (classesOf(next.folded) & (FUNCTION | ROLE)) === 0;
}
