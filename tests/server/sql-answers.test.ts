/** Who answers: one statement where it can, the resolvers where it cannot. */
import { type ExecutionArgs, type ExecutionResult, parse } from 'graphql';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { CancelledError } from '#platform/cancellation.ts';
import { schema } from '#server/schema.ts';
import { createSqlAnswers, type SqlAnswers, useSqlAnswers } from '#server/sql-answers.ts';
import type { Arrival } from '#server/yoga.ts';

/** Answers of a database that answers so. */
function answersOf(database: () => Promise<string>): SqlAnswers {
  const pool = { query: async () => ({ rows: [{ data: await database() }] }) } as unknown as pg.Pool;
  return createSqlAnswers(schema, pool, {
    statement: async (_key, build) => {
      const sql = await build();
      return sql === null ? null : { text: sql.text, values: sql.values, key: '', tables: [] };
    },
    answer: (_statement, answer) => answer(),
    [Symbol.dispose]() {},
  });
}

/** Executes a query; the resolvers answer "resolvers". */
async function ask(
  query: string,
  database: (() => Promise<string>) | SqlAnswers,
  scopes: readonly string[] = ['READ'],
  arrival: Arrival = {},
) {
  const plugin = useSqlAnswers(typeof database === 'function' ? answersOf(database) : database);
  type Execute = (
    args: ExecutionArgs,
  ) => Promise<ExecutionResult & { stringify?: (answer: unknown) => string }>;
  let execute: Execute = async () => ({ data: { by: 'resolvers' } });
  const contextValue = { viewer: { tokenId: null, scopes: new Set(scopes) }, ...arrival };
  plugin.onExecute!({
    context: contextValue,
    executeFn: execute,
    setExecuteFn: (replacement: Execute) => {
      execute = replacement;
    },
  } as never);
  const answer = await execute({ schema, document: parse(query), contextValue });
  return answer.stringify === undefined ? JSON.stringify(answer) : answer.stringify(answer);
}

const ARTICLES = '{ articles(first: 1) { nodes { title } } }';
const gives = (text: string) => () => Promise.resolve(text);

test('the text that Postgres wrote is the answer, untouched', async () => {
  expect(await ask(ARTICLES, gives('{"articles" : 1}'))).toBe('{"data":{"articles" : 1}}');
});

test.each([
  ['a mutation', 'mutation { deleteWatch(input: { watch: "x" }) { __typename } }', ['READ', 'WATCH']],
  ['a query that is not all columns and lists', '{ search(text: "a") { nodes { __typename } } }', ['READ']],
  ['a viewer without the scope', ARTICLES, []],
])('%s goes to the resolvers', async (_what, query, scopes) => {
  expect(await ask(query, gives('1'), scopes)).toBe('{"data":{"by":"resolvers"}}');
});

test('what Postgres refuses goes to the resolvers, which say where it failed', async () => {
  expect(await ask(ARTICLES, () => Promise.reject(new Error('numeric field overflow')))).toBe(
    '{"data":{"by":"resolvers"}}',
  );
});

test('what was tried in vain before goes to the resolvers and is not tried again', async () => {
  expect(await ask(ARTICLES, gives('1'), ['READ'], { triedAt: 0 })).toBe('{"data":{"by":"resolvers"}}');
});

test('what was given up is not asked again', async () => {
  await expect(ask(ARTICLES, () => Promise.reject(new CancelledError()))).rejects.toBeInstanceOf(
    CancelledError,
  );
});

test('a document is known once it was answered with one statement, and only then', async () => {
  const answers = answersOf(gives('1'));
  const search = '{ search(text: "a") { nodes { __typename } } }';
  await ask(search, answers);
  await ask(ARTICLES, answers, []);
  expect([answers.known(search), answers.known(ARTICLES)]).toEqual([undefined, undefined]);
  await ask(ARTICLES, answers);
  expect(answers.known(ARTICLES)?.loc?.source.body).toBe(ARTICLES);
});
