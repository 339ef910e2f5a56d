/** An `api` process as in production, and what it asks Postgres. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execute, getOperationAST, parse } from 'graphql';
import pg from 'pg';
import type { GraphqlContext } from '#graphql/context.ts';
import { answerSql } from '#graphql/sql-answer.ts';
import { openDatabase } from '#platform/database.ts';
import { schema } from '#server/schema.ts';

export const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** What a client asks. */
export interface Question {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Starts an `api` process over the database at `url`; `env` beside the defaults. */
export async function startVigie(
  url: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; origin: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'src', 'main.ts'), 'api'], {
    env: { ...process.env, DATABASE_URL: url, VIGIE_PORT: '0', VIGIE_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout! }), 'line');
  return { child, origin: /http:\/\/[^\s/]+/.exec(String(line))![0] };
}

/** The cursor behind this page of 20 articles. */
export async function cursorOfPage(origin: string, page: number): Promise<string> {
  let after: string | null = null;
  for (let n = 0; n < page; n += 1) {
    const answer = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify({
        query: 'query ($after: Cursor) { articles(first: 20, after: $after) { pageInfo { endCursor } } }',
        variables: { after },
      }),
    });
    const { data } = (await answer.json()) as { data: { articles: { pageInfo: { endCursor: string } } } };
    after = data.articles.pageInfo.endCursor;
  }
  return after!;
}

/** One answer's time in milliseconds, and what it cost. */
export async function timeAnswer(
  origin: string,
  { name, query, variables }: Question,
): Promise<{ readonly ms: number; readonly cost: number }> {
  const start = performance.now();
  const answer = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify({ query, variables }),
  });
  const { errors, extensions } = (await answer.json()) as {
    errors?: readonly { message: string }[];
    extensions: { cost: { requested: number } };
  };
  const ms = performance.now() - start;
  if (errors !== undefined) throw new Error(`${name}: ${errors[0]!.message}`);
  return { ms, cost: extensions.cost.requested };
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The statements that an answer takes, caught where they leave for Postgres. */
export async function statementsOf(
  url: string,
  { name, query, variables }: Question,
): Promise<readonly Statement[]> {
  await using database = openDatabase(url);
  const sent: Statement[] = [];
  const send = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [asked, values] = args as [string | Statement, unknown[]?];
    sent.push(
      typeof asked === 'string'
        ? { text: asked, values: values ?? [] }
        : { text: asked.text, values: asked.values ?? values ?? [] },
    );
    return (send as (...given: unknown[]) => unknown).apply(this, args) as never;
  } as never;
  try {
    const context = {
      db: database.db,
      clock: { now: () => new Date() },
      log: console,
      viewer: { tokenId: null, scopes: new Set(['READ', 'TEXT']) },
    } as unknown as GraphqlContext;
    const document = parse(query);
    const statement = await answerSql(schema, document, getOperationAST(document)!, variables, context);
    if (statement !== null) {
      await database.pool.query(statement.text, [...statement.values]);
      return sent;
    }
    const { errors } = await execute({ schema, document, variableValues: variables, contextValue: context });
    if (errors !== undefined) throw new Error(`${name}: ${errors[0]!.message}`);
    return sent;
  } finally {
    pg.Client.prototype.query = send;
  }
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** The indexes by which Postgres finds what a question asks, and the tables among `large` that it reads whole. */
export async function accessOf(
  url: string,
  question: Question,
  large: ReadonlySet<string>,
): Promise<{ readonly indexes: readonly string[]; readonly whole: readonly string[] }> {
  const indexes = new Set<string>();
  const whole = new Set<string>();
  const visit = (node: PlanNode): void => {
    const { 'Index Name': index, 'Relation Name': table } = node;
    if (index !== undefined) indexes.add(index);
    else if (node['Node Type'] === 'Seq Scan' && table !== undefined && large.has(table)) whole.add(table);
    for (const inner of node.Plans ?? []) visit(inner);
  };
  const statements = await statementsOf(url, question);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const { text, values } of statements) {
      const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(
        `explain (format json) ${text}`,
        [...values],
      );
      visit(rows[0]!['QUERY PLAN'][0].Plan);
    }
  } finally {
    await client.end();
  }
  return { indexes: [...indexes].sort(), whole: [...whole].sort() };
}
