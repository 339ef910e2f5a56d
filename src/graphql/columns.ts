/** Conditions that several lists share, as SQL. */
import { Prisma } from '#generated/prisma/client.ts';
import type * as enums from '#generated/prisma/enums.ts';

type Sql = Prisma.Sql;
const { sql } = Prisma;

/** Characters of a search text that are read; the rest says nothing more. */
const TEXT_MAX = 500;

/** A text that Postgres can be asked about: it holds no NUL. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '');

const clean = (text: string): string => withoutNul(text.slice(0, TEXT_MAX));

/** True where the client has given a condition; an explicit null is none. */
export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

/**
 * One of these values. A column of an enum is compared as such, by the type's name in Postgres: compared as text it would
 * be right too, but the planner would know nothing of how common each value is.
 */
export function oneOf(
  column: Sql,
  values: readonly string[] | null | undefined,
  enumName?: keyof typeof enums,
): Sql[] {
  if (!isGiven(values)) return [];
  const type = enumName === undefined ? 'text' : `"${enumName}"`;
  return [anyOf(column, values.map(withoutNul), type)];
}

/** One of these keys. */
export const oneOfKeys = (column: Sql, keys: readonly number[]): Sql => anyOf(column, keys, 'int4');

/** Of a single value an index gives the rows in its order, so that a page reads no more than the page; of several it does not. */
function anyOf(column: Sql, values: readonly (string | number)[], type: string): Sql {
  return values.length === 1
    ? sql`${column} = ${values[0]}::${Prisma.raw(type)}`
    : sql`${column} = any(${[...values]}::${Prisma.raw(`${type}[]`)})`;
}

/** From the one moment on, and before the other. */
export function between(column: Sql, from: Date | null | undefined, before: Date | null | undefined): Sql[] {
  return [
    ...(isGiven(from) ? [sql`${column} >= ${from}::timestamptz`] : []),
    ...(isGiven(before) ? [sql`${column} < ${before}::timestamptz`] : []),
  ];
}

/** French full text: `"levée de fonds" mistral -rumeur`; accents, plurals and elisions do not matter. */
export function fullText(vector: Sql, text: string | null | undefined): Sql[] {
  if (!isGiven(text) || text.trim() === '') return [];
  return [sql`${vector} @@ websearch_to_tsquery('public.vigie_french', ${clean(text)})`];
}

/** The text stands somewhere in one of the columns, whatever accents and case; answered by a trigram index. */
export function contains(columns: readonly Sql[], text: string | null | undefined): Sql[] {
  if (!isGiven(text) || text.trim() === '') return [];
  const pattern = `%${clean(text).replace(/[\\%_]/g, '\\$&')}%`;
  const found = columns.map((column) => sql`vigie_fold(${column}) like vigie_fold(${pattern})`);
  return [sql`(${Prisma.join(found, ' or ')})`];
}

/** Letters from which on a misspelt text can still be told from others. */
const MISSPELT_MIN = 5;

/** The text is nearly the column's, or a single word nearly one of its words: a name misspelt. Answered by the same index. */
export function resembles(column: Sql, text: string | null | undefined): Sql[] {
  if (!isGiven(text) || text.trim().length < MISSPELT_MIN) return [];
  const [name, asked] = [sql`vigie_fold(${column})`, sql`vigie_fold(${clean(text)})`];
  const whole = sql`(${name} % ${asked} and similarity(${name}, ${asked}) > 0.45)`;
  if (/\s/.test(text.trim())) return [whole];
  return [sql`(${whole} or (${name} %>> ${asked} and strict_word_similarity(${asked}, ${name}) > 0.5))`];
}
