/** The API as a client sees it, without HTTP: documents in, answers out, on a real database. */
import { type ExecutionResult, execute, type GraphQLError, parse, subscribe, validate } from 'graphql';
import type { TokenScope } from '#generated/prisma/enums.ts';
import type { DeliverySettings, GraphqlContext, Jobs, MatchStream, Viewer } from '#graphql/context.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { schema } from '#server/schema.ts';
import { NEWEST } from './seed.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A client of the API. */
export interface Graph {
  /** The data of a query or mutation, which the caller knows the shape of; throws when there are errors. */
  ask<T>(document: string, variables?: Variables): Promise<T>;
  /** Data and errors as they come. */
  tryAsk(document: string, variables?: Variables): Promise<ExecutionResult>;
  /** The events of a subscription, or the errors that refused it. */
  follow(document: string, variables?: Variables): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}

const SCOPES: readonly TokenScope[] = ['READ', 'TEXT', 'WATCH', 'INGEST', 'ADMIN'];

export const noJobs: Jobs = {
  // As behind any address of `.example`.
  findFeed: async () => ({
    found: 'NOTHING',
    reason: 'UNREACHABLE',
    problem: 'there is no such host',
  }),
  pollFeed: async () => true,
  planPoll: async () => {},
  importArticle: async () => null,
  planDelivery: async () => {},
  deliverOnce: async () => null,
};

const silentStream: MatchStream = {
  end: 0n,
  async *follow() {},
};

/** A client with these scopes (all of them when not said), on this database. */
export function openGraph(
  { db }: Pick<Database, 'db'>,
  options: {
    readonly scopes?: readonly TokenScope[];
    readonly jobs?: Partial<Jobs>;
    readonly stream?: MatchStream;
    readonly delivery?: Partial<DeliverySettings>;
    readonly viewer?: Partial<Viewer>;
    readonly clock?: Clock;
  } = {},
): Graph {
  const request = (document: string, variableValues: Variables = {}) => {
    const parsed = parse(document);
    const [invalid] = validate(schema, parsed);
    if (invalid !== undefined) throw invalid;
    // A context of its own for each request, as the server makes it.
    const contextValue: GraphqlContext = {
      db,
      clock: options.clock ?? { now: () => NEWEST },
      log: { debug() {}, info() {}, warn() {}, error() {} },
      jobs: { ...noJobs, ...options.jobs },
      stream: options.stream ?? silentStream,
      delivery: { publicUrl: 'https://vigie.example', canMail: true, allowHosts: [], ...options.delivery },
      viewer: { tokenId: null, scopes: new Set(options.scopes ?? SCOPES), ...options.viewer },
    };
    return { schema, document: parsed, variableValues, contextValue };
  };
  const tryAsk: Graph['tryAsk'] = async (document, variables) => await execute(request(document, variables));
  return {
    tryAsk,
    async ask<T>(document: string, variables?: Variables): Promise<T> {
      const { data, errors } = await tryAsk(document, variables);
      if (errors !== undefined) throw new AggregateError(errors.map(causeOf), errors.join('\n'));
      return data as T;
    },
    follow: async (document, variables) => await subscribe(request(document, variables)),
  };
}

const causeOf = (error: GraphQLError): Error => error.originalError ?? error;

/** The codes of an answer's errors with the place each is about. */
export function codesOf({
  errors = [],
}: ExecutionResult): { code: unknown; path: string; message: string }[] {
  return errors.map(({ message, path, extensions }) => ({
    code: extensions.code,
    path: (path ?? []).join('.'),
    message,
  }));
}

/** Counts the SQL statements that `work` sends. */
export async function countStatements(
  { pool }: Pick<Database, 'pool'>,
  work: () => Promise<unknown>,
): Promise<number> {
  let count = 0;
  const query = pool.query;
  pool.query = ((...args: Parameters<typeof query>) => {
    count += 1;
    return query.apply(pool, args);
  }) as typeof query;
  try {
    await work();
  } finally {
    pool.query = query;
  }
  return count;
}
