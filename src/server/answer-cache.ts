/**
 * Answers that are still true. Between two articles that come in, a hundred dashboards ask the same: who asks a statement
 * that was just answered gets the same text, until Postgres says that a table it reads has changed.
 *
 * A statement holds everything that its answer depends on: the fields, the arguments, and nothing of who asks, whose rights
 * were checked before there was a statement. What is kept is never older than a notification takes; while none can come,
 * nothing is kept.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Prisma } from '#generated/prisma/client.ts';
import { tableNameOf } from '#graphql/sql-value.ts';
import { CHANGE_CHANNEL, type Notifications } from '#platform/notifications.ts';

/** Statements kept of one document, each for other variables. */
const VARIANTS_MAX = 100;
/** What statements are built from beside the question. */
const NAMED_BY_SLUG = ['actor'];
/** Letters of one answer; a larger one is not kept. */
const ANSWER_MAX = 500_000;

interface Kept {
  readonly json: string;
  readonly stamp: string;
}

const TABLES = Object.values(Prisma.ModelName).map(tableNameOf);

/** Tables that a statement may read: every one whose name stands in it. More than it reads does no harm. */
function tablesOf(text: string): readonly string[] {
  const words = new Set(text.match(/[a-z_]+/g));
  return TABLES.filter((table) => words.has(table));
}

/** A statement with what is asked of it at every answer, found out once. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** The same for the same text and values, and for nothing else. */
  readonly key: string;
  readonly tables: readonly string[];
}

function prepare({ text, values }: Prisma.Sql): Statement {
  const asText = JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  const key = createHash('sha1').update(text).update('\0').update(asText).digest('base64');
  return { text, values, key, tables: tablesOf(text) };
}

/** What a statement is built from: a document, by identity, and the rest as text. */
export interface StatementKey {
  readonly document: object;
  readonly rest: string;
}

export interface AnswerCache extends Disposable {
  /** The statement of a question, built once; `key` holds whatever else than the register's actors it is built from. */
  statement(key: StatementKey, build: () => Promise<Prisma.Sql | null>): Promise<Statement | null>;
  /** The answer to a statement, kept or from `ask`. */
  answer(statement: Statement, ask: () => Promise<string>): Promise<string>;
}

/** Keeps answers of at most `lettersMax` letters together, until the tables that they come from change; 0 keeps none. */
export function createAnswerCache(notifications: Notifications, lettersMax: number): AnswerCache {
  const kept = new LRUCache<string, Kept>({
    maxSize: Math.max(1, lettersMax),
    maxEntrySize: Math.max(1, Math.min(ANSWER_MAX, lettersMax)),
    sizeCalculation: ({ json }) => json.length + 1,
  });
  const versions = new Map<string, number>();
  let epoch = 0;
  // Without a name something may have been missed: then nothing kept is true any more.
  const stop = notifications.listen(CHANGE_CHANNEL, (table) => {
    if (table === '') epoch += 1;
    else versions.set(table, (versions.get(table) ?? 0) + 1);
  });
  const stampOf = (tables: readonly string[]): string =>
    `${epoch} ${tables.map((table) => versions.get(table) ?? 0).join(' ')}`;

  const statements = new WeakMap<object, LRUCache<string, { stamp: string; statement: Statement | null }>>();

  return {
    async statement({ document, rest }, build) {
      let built = statements.get(document);
      if (built === undefined) {
        built = new LRUCache({ max: VARIANTS_MAX });
        statements.set(document, built);
      }
      // A filter names actors by slug: the statement holds their keys.
      const stamp = stampOf(NAMED_BY_SLUG);
      const known = notifications.connected ? built.get(rest) : undefined;
      if (known?.stamp === stamp) return known.statement;
      const sql = await build();
      const statement = sql === null ? null : prepare(sql);
      if (notifications.connected && stampOf(NAMED_BY_SLUG) === stamp) built.set(rest, { stamp, statement });
      return statement;
    },
    async answer(statement, ask) {
      if (lettersMax === 0) return await ask();
      const { key, tables } = statement;
      const stamp = stampOf(tables);
      const known = notifications.connected ? kept.get(key) : undefined;
      if (known?.stamp === stamp) return known.json;
      const json = await ask();
      // What changed while it was asked may or may not be in it.
      if (notifications.connected && stampOf(tables) === stamp) kept.set(key, { json, stamp });
      return json;
    },
    [Symbol.dispose]: stop,
  };
}
