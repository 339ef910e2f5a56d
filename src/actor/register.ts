/**
 * The register of actors as CSV: the file beside this one, and what `vigie actors import FILE.csv` reads.
 *
 * UTF-8, comma-separated, with a header line. Columns, in any order:
 *
 * | column | what it holds |
 * |---|---|
 * | `name` | required; the name the press should use |
 * | `kind` | required; PERSON, COMPANY, LAB, INVESTOR, GOVERNMENT or ORGANIZATION |
 * | `slug` | stable, unique, `a-z 0-9 -`; made from the name when empty |
 * | `aliases` | other spellings, separated by `;`; a leading `~` marks one that is also a plain word or another's name: `~Mistral` (the name itself is repeated here as `~Orange` when it is ambiguous) |
 * | `context` | words separated by `;` that make an ambiguous spelling count when they stand near it |
 * | `affiliations` | ties separated by `;`, each `slug\|role\|from\|to`; all but the slug may be empty; dates are ISO 8601 (year, month or day) |
 * | `wikidata` | `Q` and a number |
 *
 * An affiliation may name an actor that is not in the same file: the importer resolves it against the whole register.
 */
import { parse } from 'csv-parse/sync';
import { fold } from '#text/fold.ts';
import {
  ACTOR_KINDS,
  type ActorKind,
  type RegisterActor,
  type RegisterAffiliation,
  type RegisterAlias,
} from './actor.ts';

const COLUMNS = ['slug', 'name', 'kind', 'aliases', 'context', 'affiliations', 'wikidata'] as const;
type Column = (typeof COLUMNS)[number];

const MAX_NAME = 200;
const MAX_LIST = 100;
/** Larger files are refused unread: 64 MiB holds more than 100,000 actors with aliases. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A register file that cannot be read; `line` counts from 1 in the file, `column` is the header's name. */
export class RegisterError extends Error {
  override readonly name = 'RegisterError';
  readonly line: number;
  readonly column: string | null;
  constructor(line: number, column: string | null, problem: string, options?: ErrorOptions) {
    super(`register: line ${line}${column === null ? '' : `, column ${column}`}: ${problem}`, options);
    this.line = line;
    this.column = column;
  }
}

/** A URL-safe slug of a name: `Hugging Face` gives `hugging-face`. Empty when the name holds no Latin letter or digit. */
export function slugOf(name: string): string {
  let slug = '';
  for (const char of fold(name)) {
    const code = char.charCodeAt(0);
    const plain = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (plain) slug += char;
    else if (slug !== '' && !slug.endsWith('-')) slug += '-';
  }
  return slug.endsWith('-') ? slug.slice(0, -1) : slug;
}

/** Reads a register. Throws a `RegisterError` for the first thing that is wrong, naming its line and column. */
export function parseRegister(csv: string): RegisterActor[] {
  if (csv.length > MAX_BYTES) throw new RegisterError(1, null, `file exceeds ${MAX_BYTES} characters`);
  const rows = parseRows(csv);
  const header = rows.shift();
  if (header === undefined) throw new RegisterError(1, null, 'the file is empty; a header line is needed');
  const columns = readHeader(header.record, header.line);
  const actors: RegisterActor[] = [];
  const lineOfSlug = new Map<string, number>();
  for (const { record, line } of rows) {
    const actor = readActor((column) => (record[columns.get(column) ?? -1] ?? '').trim(), line);
    const earlier = lineOfSlug.get(actor.slug);
    if (earlier !== undefined)
      throw new RegisterError(line, 'slug', `"${actor.slug}" is already taken by line ${earlier}`);
    lineOfSlug.set(actor.slug, line);
    actors.push(actor);
  }
  return actors;
}

interface Row {
  readonly record: readonly string[];
  readonly line: number;
}

function parseRows(csv: string): Row[] {
  try {
    const rows: Row[] = [];
    parse(csv, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      // A record that spans several lines is named by its last.
      on_record: (record: string[], { lines }) => {
        rows.push({ record, line: lines });
        return null;
      },
    });
    return rows;
  } catch (cause) {
    const line = typeof cause === 'object' && cause !== null && 'lines' in cause ? Number(cause.lines) : 1;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new RegisterError(Number.isFinite(line) ? line : 1, null, problem, { cause });
  }
}

function readHeader(names: readonly string[], line: number): Map<Column, number> {
  const columns = new Map<Column, number>();
  names.forEach((raw, index) => {
    const name = raw.trim();
    const column = COLUMNS.find((c) => c === name);
    if (column === undefined)
      throw new RegisterError(line, name, `unknown column; known are ${COLUMNS.join(', ')}`);
    if (columns.has(column)) throw new RegisterError(line, name, 'the column stands twice in the header');
    columns.set(column, index);
  });
  for (const needed of ['name', 'kind'] as const)
    if (!columns.has(needed)) throw new RegisterError(line, needed, 'the column is missing from the header');
  return columns;
}

function readActor(cell: (column: Column) => string, line: number): RegisterActor {
  const name = cell('name');
  if (name === '') throw new RegisterError(line, 'name', 'is empty');
  if (name.length > MAX_NAME) throw new RegisterError(line, 'name', `is longer than ${MAX_NAME} characters`);
  const slug = cell('slug') || slugOf(name);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new RegisterError(line, 'slug', `"${slug}" is no slug; use a-z, 0-9 and single hyphens`);
  const wikidata = cell('wikidata') || null;
  if (wikidata !== null && !/^Q[1-9]\d{0,11}$/.test(wikidata))
    throw new RegisterError(line, 'wikidata', `"${wikidata}" is no Wikidata item such as Q95`);
  return {
    slug,
    name,
    kind: readKind(cell('kind'), line),
    aliases: readAliases(cell('aliases'), line),
    affiliations: readList(cell('affiliations'), 'affiliations', line).map((text) =>
      readAffiliation(text, line),
    ),
    context: readList(cell('context'), 'context', line),
    wikidata,
  };
}

function readKind(text: string, line: number): ActorKind {
  const kind = ACTOR_KINDS.find((k) => k === text);
  if (kind === undefined)
    throw new RegisterError(line, 'kind', `"${text}" is no kind; use one of ${ACTOR_KINDS.join(', ')}`);
  return kind;
}

function readList(text: string, column: Column, line: number): string[] {
  const items = text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length > MAX_LIST)
    throw new RegisterError(line, column, `holds ${items.length} items; ${MAX_LIST} at most`);
  const long = items.find((item) => item.length > MAX_NAME);
  if (long !== undefined)
    throw new RegisterError(line, column, `an item is longer than ${MAX_NAME} characters`);
  return items;
}

function readAliases(text: string, line: number): RegisterAlias[] {
  return readList(text, 'aliases', line).map((item) => {
    const ambiguous = item.startsWith('~');
    const spelling = ambiguous ? item.slice(1).trim() : item;
    if (spelling === '') throw new RegisterError(line, 'aliases', 'a "~" stands alone');
    return { text: spelling, ambiguous };
  });
}

function readAffiliation(text: string, line: number): RegisterAffiliation {
  const parts = text.split('|').map((part) => part.trim());
  const [organization = '', role = '', from = '', to = ''] = parts;
  if (parts.length > 4 || organization === '')
    throw new RegisterError(line, 'affiliations', `"${text}" is not of the form slug|role|from|to`);
  return { organization, role: role || null, from: readDate(from, line), to: readDate(to, line) };
}

function readDate(text: string, line: number): string | null {
  if (text === '') return null;
  if (!/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text))
    throw new RegisterError(
      line,
      'affiliations',
      `"${text}" is no ISO 8601 date (2025, 2025-09 or 2025-09-09)`,
    );
  return text;
}
