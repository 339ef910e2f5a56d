/**
 * Names that begin with a common noun and hold lower-case words: "ministère du Travail", "université de Technologie de
 * Troyes", "Direction régionale de l'économie, de l'emploi et du travail".
 */

import type { ActorKind } from '#actor/actor.ts';
import { WordSet } from '#text/word-set.ts';
import { NAME_HEADS } from './lexicon/organizations.ts';
import { isSentenceStart } from './sequences.ts';
import {
  classesOf,
  FUNCTION,
  NAME_ADJECTIVE,
  NAME_HEAD,
  NATIONALITY,
  NON_ACTOR,
  PLACE,
  PRODUCT_NAME,
  TIME,
} from './word-classes.ts';
import { type Gap, isCapitalised, type Words } from './words.ts';

/** A name found by its grammar. */
export interface InstitutionName {
  readonly from: number;
  readonly to: number;
  readonly kind: ActorKind;
}

const MAX_WORDS = 22;
const JOINING_ON: ReadonlySet<Gap> = new Set<Gap>(['HYPHEN']);
const CONNECTORS = new Set('de d du des la l le les et pour contre'.split(' '));
const OF = new Set(['de', 'd', 'du', 'des']);
/** Heads that begin a name in lower case too; the others do only with a capital: "l'agence de X" is no name. */
const LOWER_HEADS = new Set(
  'ministere universite institut ecole faculte secretariat prefecture hopital rectorat metropole parquet'.split(
    ' ',
  ),
);
/** What makes a name of other heads in lower case: "la direction générale des entreprises", "la cour d'appel de Paris". */
const FORMAL_NEXT: ReadonlyMap<string, RegExp> = new Map([
  ['direction', /^(?:generale|regionale|departementale|interministerielle|centrale)$/],
  ['secretariat', /^(?:general|d etat)$/],
  ['conseil', /^(?:regional|departemental|constitutionnel)$/],
  ['chambre', /^(?:de commerce|d agriculture|des? metiers|regionale)$/],
  ['tribunal', /^(?:judiciaire|administratif|de commerce)$/],
  ['cour', /^(?:d appel|de cassation|des comptes|de justice)$/],
  ['agence', /^(?:nationale|regionale|europeenne|internationale)$/],
  ['autorite', /^(?:nationale|europeenne|de concurrence)$/],
  ['commission', /^(?:nationale|europeenne)$/],
  ['centre', /^(?:hospitalier|national)$/],
  ['departement', /^(?:americain|britannique)$/],
]);
/** Schools called by what they are and the town: "Mines Paris", "Centrale Lille". */
const SCHOOLS = new WordSet('mines centrale polytech telecom insa iut iae supaero arts'.split(' '));
const LOWER_COMPLEMENT = new Set('ministere direction commission secretariat'.split(' '));
/** Adjectives that make a name of a head in lower case: "l'école nationale des ponts et chaussées". */
const FORMAL = new Set('national nationale normale polytechnique superieure federale centrale'.split(' '));
/** "Fédération du calcul intensif", "Observatoire des algorithmes publics" */
const ADJECTIVE_ENDING =
  /(?:ifs?|ives?|eres|elles?|ales?|aux|iques?|ics|aires?|ains?|aines?|iens?|iennes?|euses?)$/;
const COMMISSIONS = new Set('affaires lois finances culture defense developpement enquete'.split(' '));

/** Finds such names, in order, without overlap. Each start looks at a bounded number of words. */
export function findInstitutionNames(words: Words): InstitutionName[] {
  const found: InstitutionName[] = [];
  const { tokens } = words;
  for (let at = 0; at < tokens.length; at++) {
    const { folded, shape } = tokens[at]!;
    const town = SCHOOLS.has(folded) && shape !== 'LOWER' ? endOfTown(words, at + 1) : at;
    if (town > at + 1) {
      found.push({ from: at, to: town, kind: 'LAB' });
      at = town - 1;
      continue;
    }
    if ((classesOf(folded) & NAME_HEAD) === 0 || (shape !== 'LOWER' && shape !== 'CAPITAL')) continue;
    const formal = isFormal(words, at);
    if (words.gaps[at] === 'HYPHEN' || (shape === 'LOWER' && !formal && !LOWER_HEADS.has(folded))) continue;
    const kind = NAME_HEADS.get(folded)!;
    const to = endOf(words, at, formal);
    if (to === at) continue;
    found.push({ from: at, to, kind });
    at = to - 1;
  }
  return found;
}

/** Whether the words after the head make a name of it though it is in lower case. */
function isFormal({ tokens, gaps }: Words, at: number): boolean {
  const pattern = FORMAL_NEXT.get(tokens[at]!.folded);
  const next = tokens[at + 1];
  if (pattern === undefined || next === undefined || next.shape !== 'LOWER' || gaps[at + 1] !== 'SPACE')
    return false;
  return pattern.test(next.folded) || pattern.test(`${next.folded} ${tokens[at + 2]?.folded ?? ''}`);
}

/** "Saint-Étienne": a town that follows a school's name. */
function endOfTown({ tokens, gaps }: Words, at: number): number {
  const token = tokens[at];
  if (token === undefined || gaps[at] !== 'SPACE' || !isCapitalised(token)) return at;
  if ((classesOf(token.folded) & PLACE) === 0 && !/^sainte?$/.test(token.folded)) return at;
  let to = at + 1;
  while (to < tokens.length && to - at < 5 && gaps[to] === 'HYPHEN') to++;
  return to;
}

function endOf(words: Words, from: number, isName: boolean): number {
  const { tokens, gaps } = words;
  const head = tokens[from]!;
  const takesLower = LOWER_COMPLEMENT.has(head.folded);
  let at = from + 1;
  let adjectives = 0;
  while (
    at < tokens.length &&
    adjectives < 3 &&
    gaps[at] === 'SPACE' &&
    isNameAdjective(words, at, isName || takesLower)
  ) {
    adjectives++;
    at++;
  }
  const isDefinite = from > 0 && /^(l|le|la|les|du|au|a|de|d)$/.test(tokens[from - 1]!.folded);
  const capital = isName || (head.shape === 'CAPITAL' && !isSentenceStart(gaps[from]!));
  const formal =
    adjectives > 0 && (capital || adjectives > 1 || (isDefinite && FORMAL.has(tokens[from + 1]!.folded)));
  let best = formal && (capital || adjectives > 1) ? at : from;
  let lower = 0;
  let connected = false;
  for (let steps = 0; at < tokens.length && steps < MAX_WORDS; steps++, at++) {
    const gap = gaps[at]!;
    const token = tokens[at]!;
    const isComma =
      gap === 'COMMA' && (takesLower || formal || capital) && best > from && OF.has(token.folded);
    if (gap !== 'SPACE' && gap !== 'APOSTROPHE' && gap !== 'HYPHEN' && gap !== 'AMPERSAND' && !isComma) break;
    const previous = tokens[at - 1]!.folded;
    if (CONNECTORS.has(token.folded) && token.shape === 'LOWER') {
      if (token.folded === 'pour' && (takesLower || best > from)) break;
      if (token.folded === 'et' && (best !== at || !goesOn(words, at + 1, takesLower))) break;
      connected = true;
      continue;
    }
    const classes = classesOf(token.folded);
    if (isCapitalised(token)) {
      if ((classes & (TIME | FUNCTION)) !== 0 && (classes & NAME_ADJECTIVE) === 0) break;
      // Nobody writes "ministère Google": only an institute or a school takes a bare name.
      if (!connected && takesLower) break;
      // "l'hôpital Necker" is a name, "l'hôpital de Vienne" is where one goes.
      if (connected && head.shape === 'LOWER' && head.folded === 'hopital') break;
      // "une école de l'IA" is no school's name.
      if (head.shape === 'LOWER' && (classes & (NON_ACTOR | PRODUCT_NAME)) !== 0) break;
      // "l'institut de Villejuif" tells where it is; "l'université de Lille" is called so.
      const isTown =
        head.shape === 'LOWER' && head.folded !== 'universite' && at === from + 2 && (classes & PLACE) !== 0;
      if (isTown && !JOINING_ON.has(gaps[at + 1]!)) break;
      best = at + 1;
      lower = 0;
      continue;
    }
    // "Affaires étrangères" says of what, not from where.
    const isForeign = (classes & NATIONALITY) !== 0 && !token.folded.startsWith('etrang');
    if (token.shape !== 'LOWER' || (classes & FUNCTION) !== 0 || isForeign) break;
    const isAdjective =
      (classes & NAME_ADJECTIVE) !== 0 ||
      ((formal || capital || takesLower) && ADJECTIVE_ENDING.test(token.folded));
    const follows = gap === 'HYPHEN' || isAdjective || CONNECTORS.has(previous);
    if (connected && !follows && (formal || capital) && gaps[at + 1] === 'OPEN' && best === at) return at + 1;
    if (!connected || !follows || (previous === 'et' && !formal)) break;
    lower++;
    // A capital inside the sentence says that a name begins: "l'Observatoire des algorithmes publics".
    if (formal || capital || (takesLower && isPlainComplement(head.folded, words, from, at))) best = at + 1;
    else if (lower > 2) break;
  }
  return best;
}

/** After "et": "et des Finances" of a ministry and "et chaussées" go on, "et HEC Paris" and "et de Decathlon" do not. */
function goesOn({ tokens }: Words, at: number, isMinistry: boolean): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  if (!OF.has(token.folded)) return token.shape === 'LOWER' && !CONNECTORS.has(token.folded);
  return isMinistry || tokens[at + 1]?.shape === 'LOWER';
}

/** `anyNation`: "le ministère chinois des Affaires étrangères". */
function isNameAdjective({ tokens }: Words, at: number, anyNation: boolean): boolean {
  const { folded, shape } = tokens[at]!;
  const classes = classesOf(folded);
  return (
    (classes & NAME_ADJECTIVE) !== 0 || (anyNation && shape === 'LOWER' && (classes & NATIONALITY) !== 0)
  );
}

/** "ministère du travail", "commission des affaires économiques": complements that are names in lower case as well. */
function isPlainComplement(head: string, { tokens }: Words, from: number, at: number): boolean {
  if (head === 'ministere') return true;
  if (head !== 'commission') return false;
  for (let i = from + 1; i <= at; i++) if (COMMISSIONS.has(tokens[i]!.folded)) return true;
  return false;
}
