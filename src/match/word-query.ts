/**
 * What a filter asks of the words of an article:
 *
 *   query  = choice | all             choice = item OR item …       all = item item …  (AND may stand between)
 *   item   = word | "a phrase" | ( query ) | -item | NOT item
 *
 * `levée "intelligence artificielle" (OpenAI OR Mistral) -bourse`. Operators are in capitals, also in French: ET, OU, SAUF.
 * OR beside AND without brackets is refused, because half of us would read it the other way.
 */
import { wordsOf } from './words.ts';

/** A word or phrase of a query. */
interface Term {
  readonly op: 'WORDS';
  readonly text: string;
  /** Between blanks. */
  readonly words: string;
  /** The word, where there is but one. */
  readonly word: string | null;
}

export type WordQuery =
  | Term
  | { readonly op: 'AND' | 'OR'; readonly of: readonly WordQuery[] }
  | { readonly op: 'NOT'; readonly of: WordQuery };

/** A query, or the place (a character, counted from 1) and the reason why it is none. */
export type ParsedQuery =
  | { readonly ok: true; readonly query: WordQuery }
  | { readonly ok: false; readonly position: number; readonly problem: string };

/** Characters, words and phrases, and brackets in brackets of a query. */
const QUERY_MAX = { length: 1_000, terms: 50, depth: 8 } as const;

const OPERATORS: Readonly<Record<string, 'AND' | 'OR' | 'NOT'>> = {
  AND: 'AND',
  ET: 'AND',
  OR: 'OR',
  OU: 'OR',
  NOT: 'NOT',
  SAUF: 'NOT',
};
const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»' };

interface Piece {
  readonly kind: 'AND' | 'OR' | 'NOT' | '(' | ')' | 'TERM';
  readonly text: string;
  readonly at: number;
}

class QueryError extends Error {
  readonly at: number;
  constructor(at: number, problem: string) {
    super(problem);
    this.at = at;
  }
}

function cut(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < source.length) {
    const char = source.charAt(at);
    const closing = CLOSING[char];
    if (/\s/.test(char)) at += 1;
    else if (char === '(' || char === ')') pieces.push({ kind: char, text: char, at: at++ });
    else if (char === '-') pieces.push({ kind: 'NOT', text: char, at: at++ });
    else if (closing !== undefined) {
      const end = source.indexOf(closing, at + 1);
      if (end < 0) throw new QueryError(at, 'this quotation mark is never closed');
      pieces.push({ kind: 'TERM', text: source.slice(at + 1, end), at });
      at = end + 1;
    } else {
      const text = /^[^\s()"“«]+/.exec(source.slice(at))![0];
      const operator = OPERATORS[text];
      if (operator === undefined && /^(and|or|not|et|ou|sauf)$/i.test(text)) {
        throw new QueryError(
          at,
          `write ${text.toUpperCase()} in capitals, or "${text}" in quotation marks for the word`,
        );
      }
      pieces.push({ kind: operator ?? 'TERM', text, at });
      at += text.length;
    }
  }
  return pieces;
}

class Parser {
  readonly #pieces: readonly Piece[];
  readonly #length: number;
  #next = 0;
  #terms = 0;

  constructor(source: string) {
    this.#pieces = cut(source);
    this.#length = source.length;
  }

  parse(): WordQuery {
    const query = this.#query(0);
    const rest = this.#pieces[this.#next];
    if (rest !== undefined) throw new QueryError(rest.at, 'this bracket closes none');
    return query;
  }

  #query(depth: number): WordQuery {
    const of = [this.#item(depth)];
    let joined: 'AND' | 'OR' | null = null;
    for (;;) {
      const piece = this.#pieces[this.#next];
      if (piece === undefined || piece.kind === ')') break;
      const operator = piece.kind === 'OR' ? 'OR' : 'AND';
      if (joined !== null && joined !== operator) {
        throw new QueryError(
          piece.at,
          'OR beside AND: say with brackets which belong together, as in a (b OR c)',
        );
      }
      joined = operator;
      if (piece.kind === 'OR' || piece.kind === 'AND') this.#next += 1;
      of.push(this.#item(depth));
    }
    return joined === null ? of[0]! : { op: joined, of };
  }

  #item(depth: number): WordQuery {
    const piece = this.#pieces[this.#next];
    if (piece === undefined) throw new QueryError(this.#length, 'a word is missing at the end');
    this.#next += 1;
    if (piece.kind === 'TERM') return this.#term(piece);
    if (depth === QUERY_MAX.depth)
      throw new QueryError(piece.at, `at most ${QUERY_MAX.depth} levels of brackets`);
    if (piece.kind === 'NOT') return { op: 'NOT', of: this.#item(depth + 1) };
    if (piece.kind !== '(') throw new QueryError(piece.at, `a word is missing before "${piece.text}"`);
    const query = this.#query(depth + 1);
    if (this.#pieces[this.#next]?.kind !== ')')
      throw new QueryError(piece.at, 'this bracket is never closed');
    this.#next += 1;
    return query;
  }

  #term({ text, at }: Piece): WordQuery {
    this.#terms += 1;
    if (this.#terms > QUERY_MAX.terms)
      throw new QueryError(at, `at most ${QUERY_MAX.terms} words and phrases`);
    if (text.includes('*'))
      throw new QueryError(at, 'there are no wildcards; plurals are found by themselves');
    const words = wordsOf(text);
    if (words.length === 0) {
      throw new QueryError(at, `"${text}" holds no word to look for: articles and signs stand everywhere`);
    }
    return { op: 'WORDS', text, words: ` ${words.join(' ')} `, word: words.length === 1 ? words[0]! : null };
  }
}

/** Reads a query. Never throws; linear in its length. */
export function parseWordQuery(source: string): ParsedQuery {
  if (source.length > QUERY_MAX.length) {
    const problem = `at most ${QUERY_MAX.length} characters, not ${source.length}`;
    return { ok: false, position: QUERY_MAX.length + 1, problem };
  }
  try {
    return { ok: true, query: new Parser(source).parse() };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { ok: false, position: error.at + 1, problem: error.message };
  }
}

/**
 * True when the words (see `searchableWords`) are what the query asks for. Who asks many queries of one article gives the
 * set of its words too: a look-up instead of a search.
 */
export function holdsQuery(query: WordQuery, words: string, each?: ReadonlySet<string>): boolean {
  if (query.op === 'WORDS') {
    return each === undefined || query.word === null ? words.includes(query.words) : each.has(query.word);
  }
  if (query.op === 'NOT') return !holdsQuery(query.of, words, each);
  for (const part of query.of) {
    if (holdsQuery(part, words, each) === (query.op === 'OR')) return query.op === 'OR';
  }
  return query.op === 'AND';
}

/** The words and phrases that speak for the query where they stand: those that it does not exclude, each spelling once. */
export function soughtTerms(query: WordQuery): Term[] {
  if (query.op === 'NOT') return [];
  const terms = query.op === 'WORDS' ? [query] : query.of.flatMap(soughtTerms);
  return [...new Map(terms.map((term) => [term.text, term])).values()];
}

/** Of these, as the query spells them, those that stand in the words: why it holds. */
export const foundTerms = (query: WordQuery, words: string): string[] =>
  soughtTerms(query).flatMap((term) => (words.includes(term.words) ? [term.text] : []));

/**
 * Phrases (between blanks) of which every text that the query holds of has at least one, as few as can be; null when there
 * are none, as for a mere NOT. An index looks them up, and the query itself decides on what they leave.
 */
export function anchorsOf(query: WordQuery): readonly string[] | null {
  if (query.op === 'WORDS') return [query.words];
  if (query.op === 'NOT') return null;
  const parts = query.of.map(anchorsOf);
  if (query.op === 'OR')
    return parts.includes(null) ? null : [...new Set(parts.flatMap((part) => part ?? []))];
  const given = parts.filter((part) => part !== null);
  const shortest = (part: readonly string[]): number => Math.min(...part.map(({ length }) => length));
  given.sort((a, b) => a.length - b.length || shortest(b) - shortest(a));
  return given[0] ?? null;
}

/** Compiled queries kept, by their text: subscribers and watches ask the same ones at every line. */
const COMPILED_MAX = 10_000;
const compiled = new Map<string, WordQuery>();

/** A query that was checked when it came in. Throws for one that was not. */
export function compileWordQuery(source: string): WordQuery {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const parsed = parseWordQuery(source);
  if (!parsed.ok) throw new Error(`match: words "${source}": ${parsed.problem}`);
  if (compiled.size >= COMPILED_MAX) compiled.clear();
  compiled.set(source, parsed.query);
  return parsed.query;
}
