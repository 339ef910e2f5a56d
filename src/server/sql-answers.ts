/** Answers queries with one statement where one can; all others go on to the resolvers. */
import { type DocumentNode, type ExecutionArgs, type GraphQLSchema, getOperationAST } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import type { GraphqlContext } from '#graphql/context.ts';
import { answerSql } from '#graphql/sql-answer.ts';
import { CancelledError } from '#platform/cancellation.ts';
import { createStatementNames } from '#platform/database.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { Arrival, YogaPlugin } from './yoga.ts';

/** JSON comes as the text that Postgres wrote: it goes to the client as it is. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };

/** Documents kept by their text, and the letters of all of them. */
const DOCUMENTS_MAX = 1_000;
const LETTERS_MAX = 4_000_000;

/** An answer whose data is a text already. */
export interface TextAnswer {
  readonly data: unknown;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly stringify: (answer: TextAnswer) => string;
}

type Asked = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues' | 'contextValue'>;

export interface SqlAnswers {
  /** Answers a document that has passed the rules; null where the resolvers have to. Rejects when it was given up. */
  answer(args: Asked): Promise<TextAnswer | null>;
  /** A document of this text that was answered here before, and so has passed the rules. */
  known(text: string): DocumentNode | undefined;
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

/** `pool` is the database's. */
export function createSqlAnswers(schema: GraphQLSchema, pool: pg.Pool, cache: AnswerCache): SqlAnswers {
  const names = createStatementNames('answer');
  const documents = new LRUCache<string, DocumentNode>({
    max: DOCUMENTS_MAX,
    maxSize: LETTERS_MAX,
    sizeCalculation: (_document, text) => text.length,
  });

  const find = async ({
    document,
    operationName,
    variableValues,
    contextValue,
  }: Asked): Promise<TextAnswer | null> => {
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== 'query') return null;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
    if (coerced === undefined) return null;
    const context = contextValue as GraphqlContext;
    const scopes = [...context.viewer.scopes].sort().join();
    const rest = JSON.stringify([operation.name?.value, scopes, coerced]);
    const statement = await cache.statement({ document, rest }, () =>
      answerSql(schema, document, operation, coerced, context),
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
    const source = document.loc?.source.body;
    if (source !== undefined && !documents.has(source)) documents.set(source, document);
    return textAnswer(json);
  };

  return {
    async answer(args) {
      try {
        return await find(args);
      } catch (error) {
        if (error instanceof CancelledError) throw error;
        // What Postgres refuses, the resolvers meet again, each at its own place in the answer.
        return null;
      }
    },
    known: (text) => documents.get(text),
  };
}

/** Asks before the resolvers are, unless that was in vain already. */
export function useSqlAnswers({ answer }: SqlAnswers): YogaPlugin {
  return {
    onExecute({ context, executeFn, setExecuteFn }) {
      if ((context as Arrival).triedAt !== undefined) return;
      setExecuteFn(async (args: ExecutionArgs) => (await answer(args)) ?? (await executeFn(args)));
    },
  };
}
