/**
 * What the lexicon knows of a word, as bits, so that a word is looked up once.
 */

import { fold } from '#text/fold.ts';
import { tokenize } from '#text/tokenize.ts';
import { WordMap } from '#text/word-set.ts';
import { COMMON_WORDS, FUNCTION_WORDS } from './lexicon/common-words.ts';
import { COURTESY_TITLES, DOUBTFUL_FIRST_NAMES, FIRST_NAMES, PARTICLES } from './lexicon/first-names.ts';
import { NON_ACTORS, OTHER_HEADS, PRODUCT_HEADS, TIME_WORDS } from './lexicon/non-actors.ts';
import {
  DECORATIONS,
  HEAD_NOUNS,
  INNER_WORDS,
  NAME_ADJECTIVES,
  NAME_HEADS,
} from './lexicon/organizations.ts';
import { AREAS, NATIONALITIES, PLACES } from './lexicon/places.ts';
import { reportingForms } from './lexicon/reporting-verbs.ts';
import { FORMER_WORDS, PERSONAL_NOUNS, ROLE_NOUNS, ROLE_REST, VERBS_OF_SAYING } from './lexicon/roles.ts';

export const FIRST_NAME = 1;
export const DOUBTFUL = 2;
export const FUNCTION = 4;
export const COMMON = 8;
export const PLACE = 16;
export const NATIONALITY = 32;
export const TIME = 64;
export const ROLE = 128;
export const ROLE_MORE = 256;
export const INNER = 512;
export const HEAD = 1024;
export const NAME_HEAD = 2048;
export const PRODUCT_HEAD = 4096;
export const OTHER_HEAD = 8192;
export const COURTESY = 16384;
export const PARTICLE = 32768;
export const SAYING = 65536;
export const FORMER = 131072;
export const DECORATION = 262144;
export const NAME_ADJECTIVE = 524288;
/** A product's name of one word. */
export const PRODUCT_NAME = 1048576;
/** Another name of one word that is no actor: a law, an event, a newspaper. */
export const NON_ACTOR = 2097152;
/** A department or another area of many towns. */
export const AREA = 4194304;

const CLASSES = new Map<string, number>();

function add(words: Iterable<string>, bit: number): void {
  for (const word of words) CLASSES.set(word, (CLASSES.get(word) ?? 0) | bit);
}

add(FIRST_NAMES, FIRST_NAME);
add(DOUBTFUL_FIRST_NAMES, DOUBTFUL);
add(FUNCTION_WORDS, FUNCTION);
add(COMMON_WORDS, COMMON);
add(PLACES, PLACE);
add(AREAS, AREA);
add(NATIONALITIES, NATIONALITY);
add(TIME_WORDS, TIME);
add(ROLE_NOUNS, ROLE);
add(PERSONAL_NOUNS, ROLE);
add(ROLE_REST, ROLE_MORE);
add(INNER_WORDS.keys(), INNER);
add(HEAD_NOUNS.keys(), HEAD);
add(NAME_HEADS.keys(), NAME_HEAD);
add(PRODUCT_HEADS, PRODUCT_HEAD);
add(OTHER_HEADS, OTHER_HEAD);
add(COURTESY_TITLES, COURTESY);
add(PARTICLES, PARTICLE);
add(VERBS_OF_SAYING, SAYING);
add(speechForms(), SAYING);
add(FORMER_WORDS, FORMER);
add(DECORATIONS, DECORATION);
add(NAME_ADJECTIVES, NAME_ADJECTIVE);
for (const [sort, names] of Object.entries(NON_ACTORS))
  add(names.flatMap(singleWord), sort === 'PRODUCT' ? PRODUCT_NAME : NON_ACTOR);

/** Verbs of speech as they stand beside a name: "s'indigne X". A folded noun may look the same; only its place tells. */
function speechForms(): string[] {
  return [...reportingForms()].map(fold).filter((word) => word.length > 4 && (CLASSES.get(word) ?? 0) === 0);
}

function singleWord(name: string): string[] {
  const tokens = tokenize(name);
  return tokens.length === 1 ? [tokens[0]!.folded] : [];
}

const KNOWN = new WordMap(CLASSES);

/** The classes of a folded word: a sum of the constants of this file, 0 for an unknown word. */
export function classesOf(folded: string): number {
  return KNOWN.get(folded) ?? 0;
}
