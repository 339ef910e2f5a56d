/** Answers queries with one statement where one can; all others go on to the resolvers. */
import type { DocumentNode, ExecutionArgs, GraphQLSchema } from 'graphql';
import { getOperationAST } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import type pg from 'pg';
import type { GraphqlContext } from '#graphql/context.ts';
import { answerSql } from '#graphql/sql-answer.ts';
import { CancelledError } from '#platform/cancellation.ts';
import { createStatementNames } from '#platform/database.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { YogaPlugin } from './yoga.ts';

/** JSON comes as the text that Postgres wrote: it goes to the client as it is. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };

/** An answer whose data is a text already. */
interface TextAnswer {
  readonly data: unknown;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly stringify: (answer: TextAnswer) => string;
}

function textAnswer(json: string): TextAnswer {
  return {
    // For who writes the answer as part of something else, as a WebSocket's frame is.
    data: { toJSON: () => JSON.parse(json) as unknown },
    stringify: ({ extensions }) =>
      extensions === undefined
        ? `{"data":${json}}`
        : `{"data":${json},"extensions":${JSON.stringify(extensions)}}`,
  };
}

/** Runs before the resolvers would; `pool` is the database's. */
export function useSqlAnswers(schema: GraphQLSchema, pool: pg.Pool, cache: AnswerCache): YogaPlugin {
  const names = createStatementNames('answer');

  const answer = async (args: ExecutionArgs): Promise<TextAnswer | null> => {
    const operation = getOperationAST(args.document, args.operationName);
    if (operation?.operation !== 'query') return null;
    const { coerced } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      args.variableValues ?? {},
    );
    if (coerced === undefined) return null;
    const context = args.contextValue as GraphqlContext;
    const scopes = [...context.viewer.scopes].sort().join();
    const rest = JSON.stringify([operation.name?.value, scopes, coerced]);
    const statement = await cache.statement({ document: args.document, rest }, () =>
      answerSql(schema, args.document as DocumentNode, operation, coerced, context),
    );
    if (statement === null) return null;
    const json = await cache.answer(statement, async () => {
      const { text, values } = statement;
      const { rows } = await pool.query<{ data: string }>({
        name: names(text),
        text,
        values: [...values],
        types: AS_TEXT,
      });
      return rows[0]!.data;
    });
    return textAnswer(json);
  };

  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(async (args: ExecutionArgs) => {
        const text = await answer(args).catch((error: unknown) => {
          if (error instanceof CancelledError) throw error;
          // What Postgres refuses, the resolvers meet again, each at its own place in the answer.
          return null;
        });
        return text ?? (await executeFn(args));
      });
    },
  };
}
