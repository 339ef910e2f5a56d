/**
 * The catalogue of feeds as CSV: `catalogue.csv` beside this file is the list that a new Vigie starts with.
 *
 * UTF-8, comma-separated, with a header line. Columns, in any order, all required:
 *
 * | column | what it holds |
 * |---|---|
 * | `outlet` | who publishes, as one would cite it: several feeds may share it |
 * | `title` | what tells this feed from the outlet's others; unique |
 * | `site` | http(s) address of the page that the feed belongs to |
 * | `url` | https address of the feed; unique |
 * | `language` | ISO 639-1, `fr` |
 * | `topics` | slugs separated by `;` |
 * | `confidence` | `high` (seen at work in several lists), `medium` or `low` (sources disagree) that the address is right |
 */
import { parse } from 'csv-parse/sync';

const COLUMNS = ['outlet', 'title', 'site', 'url', 'language', 'topics', 'confidence'] as const;
type Column = (typeof COLUMNS)[number];

const FEED_CONFIDENCES = ['high', 'medium', 'low'] as const;
type FeedConfidence = (typeof FEED_CONFIDENCES)[number];

/** One feed of the catalogue. Its address was checked for form only: the feed may have moved or died. */
export interface CatalogueFeed {
  readonly outlet: string;
  readonly title: string;
  readonly site: string;
  readonly url: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly topics: readonly string[];
  readonly confidence: FeedConfidence;
}

const MAX_TEXT = 200;
const MAX_URL = 2_000;
const MAX_TOPICS = 20;
/** Larger files are refused unread. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** A catalogue that cannot be read; `line` counts from 1 in the file, `column` is the header's name. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  readonly line: number;
  readonly column: string | null;
  constructor(line: number, column: string | null, problem: string, options?: ErrorOptions) {
    super(`catalogue: line ${line}${column === null ? '' : `, column ${column}`}: ${problem}`, options);
    this.line = line;
    this.column = column;
  }
}

/** Reads a catalogue. Throws a `CatalogueError` for the first thing that is wrong, naming its line and column. */
export function parseCatalogue(csv: string): CatalogueFeed[] {
  if (csv.length > MAX_LENGTH) throw new CatalogueError(1, null, `file exceeds ${MAX_LENGTH} characters`);
  const rows = parseRows(csv);
  const header = rows.shift();
  if (!header) throw new CatalogueError(1, null, 'the file is empty; a header line is needed');
  const columns = readHeader(header);
  const feeds: CatalogueFeed[] = [];
  const taken = { url: new Map<string, number>(), title: new Map<string, number>() };
  for (const { record, line } of rows) {
    if (record.length !== header.record.length) {
      const problem = `has ${record.length} fields where the header has ${header.record.length}`;
      throw new CatalogueError(line, null, problem);
    }
    const feed = readFeed((column) => (record[columns.get(column) ?? -1] ?? '').trim(), line);
    for (const column of ['url', 'title'] as const) {
      const earlier = taken[column].get(feed[column]);
      if (earlier !== undefined) {
        throw new CatalogueError(line, column, `"${feed[column]}" already stands on line ${earlier}`);
      }
      taken[column].set(feed[column], line);
    }
    feeds.push(feed);
  }
  return feeds;
}

interface Row {
  readonly record: readonly string[];
  readonly line: number;
}

function parseRows(csv: string): Row[] {
  const rows: Row[] = [];
  try {
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
    throw new CatalogueError(Number.isFinite(line) ? line : 1, null, problem, { cause });
  }
}

function readHeader({ record, line }: Row): ReadonlyMap<Column, number> {
  const columns = new Map<Column, number>();
  record.forEach((raw, index) => {
    const name = raw.trim();
    const column = COLUMNS.find((known) => known === name);
    if (!column) {
      throw new CatalogueError(line, name, `unknown column; the columns are ${COLUMNS.join(', ')}`);
    }
    if (columns.has(column)) throw new CatalogueError(line, name, 'the column stands twice in the header');
    columns.set(column, index);
  });
  for (const column of COLUMNS) {
    if (!columns.has(column)) throw new CatalogueError(line, column, 'the column is missing from the header');
  }
  return columns;
}

function readFeed(cell: (column: Column) => string, line: number): CatalogueFeed {
  const text = (column: Column): string => {
    const value = cell(column);
    if (value === '') throw new CatalogueError(line, column, 'is empty');
    if (value.length > MAX_TEXT) {
      throw new CatalogueError(line, column, `is longer than ${MAX_TEXT} characters`);
    }
    return value;
  };
  const language = cell('language');
  if (!/^[a-z]{2}$/.test(language)) {
    throw new CatalogueError(line, 'language', `"${language}" is no ISO 639-1 code such as fr`);
  }
  const confidence = FEED_CONFIDENCES.find((known) => known === cell('confidence'));
  if (!confidence) {
    const problem = `"${cell('confidence')}" is none of ${FEED_CONFIDENCES.join(', ')}`;
    throw new CatalogueError(line, 'confidence', problem);
  }
  return {
    outlet: text('outlet'),
    title: text('title'),
    site: readAddress(cell('site'), 'site', ['https:', 'http:'], line),
    url: readAddress(cell('url'), 'url', ['https:'], line),
    language,
    topics: readTopics(cell('topics'), line),
    confidence,
  };
}

/** The address in the form that URL parsing gives it, so that two spellings of one address count as one. */
function readAddress(text: string, column: Column, schemes: readonly string[], line: number): string {
  if (text.length > MAX_URL) {
    throw new CatalogueError(line, column, `is longer than ${MAX_URL} characters`);
  }
  if (!URL.canParse(text)) throw new CatalogueError(line, column, `"${text}" is no absolute address`);
  const url = new URL(text);
  if (!schemes.includes(url.protocol)) {
    const names = schemes.map((scheme) => scheme.slice(0, -1)).join(' or ');
    throw new CatalogueError(line, column, `"${text}" must be ${names}`);
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new CatalogueError(line, column, `"${text}" must carry neither credentials nor a fragment`);
  }
  if (!url.hostname.includes('.')) {
    throw new CatalogueError(line, column, `"${text}" names no public host`);
  }
  return url.href;
}

function readTopics(text: string, line: number): string[] {
  const topics = text.split(';').map((topic) => topic.trim());
  const wrong = topics.find((topic) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(topic));
  if (wrong !== undefined) {
    throw new CatalogueError(line, 'topics', `"${wrong}" is no slug such as enterprise-it`);
  }
  if (topics.length > MAX_TOPICS) {
    throw new CatalogueError(line, 'topics', `holds ${topics.length} topics; ${MAX_TOPICS} at most`);
  }
  if (new Set(topics).size < topics.length) {
    throw new CatalogueError(line, 'topics', 'a topic stands twice');
  }
  return topics;
}
