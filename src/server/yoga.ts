/** GraphQL over HTTP and SSE. Errors that are not meant for clients are masked here, and logged once. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { GraphQLError } from 'graphql';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type pg from 'pg';
import type { GraphqlContext } from '#graphql/context.ts';
import type { Log } from '#platform/log.ts';
import type { Admission } from './admission.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { Guards } from './guards.ts';
import { createLimits } from './limits.ts';
import { schema } from './schema.ts';
import { type SqlAnswers, useSqlAnswers } from './sql-answers.ts';

/** Everything of a request's context but the viewer. */
export type ServerContext = Omit<GraphqlContext, 'viewer'> & {
  readonly guards: Guards;
  readonly pool: pg.Pool;
  readonly cache: AnswerCache;
};

/** What comes with a request. */
export interface Arrival {
  /** Over WebSocket, the token that the client gave since it was opened. */
  readonly authorization?: string | null;
  /** The HTTP request; also the one that became a WebSocket. */
  readonly req?: IncomingMessage;
  /** Over WebSocket: aborted when the client has no more use for the answer. */
  readonly abandoned?: AbortSignal;
  /** Where the request was admitted, or refused, before it came here: it is counted once. */
  readonly admission?: Promise<Admission>;
  /** Where one statement was tried for it before it came here, in vain: when that began, by `performance.now()`. */
  readonly triedAt?: number;
}

export type Yoga = YogaServerInstance<Arrival, GraphqlContext>;

/** A part of the endpoint in a file of its own. */
export type YogaPlugin = Plugin<object, object, GraphqlContext>;

/** What pages of listed origins may send and read; a token is sent by the page, never by the browser on its own. */
const CORS = {
  credentials: false,
  methods: ['GET', 'POST'],
  allowedHeaders: ['Accept', 'Authorization', 'Content-Type', 'Last-Event-ID'],
  exposedHeaders: ['RateLimit', 'RateLimit-Policy', 'Retry-After'],
  maxAge: 600,
};

/** An error of ours, of a database, of a library: the client gets an id that is in the log, and nothing else. */
export function maskError(log: Log, error: unknown): Error {
  if (
    error instanceof GraphQLError &&
    !(error.originalError && !(error.originalError instanceof GraphQLError))
  ) {
    return error;
  }
  const id = randomUUID();
  const cause = error instanceof GraphQLError ? error.originalError : error;
  log.error(
    { err: cause, errorId: id, path: error instanceof GraphQLError ? error.path : undefined },
    'query failed',
  );
  return new GraphQLError(`Internal error ${id}`, {
    ...(error instanceof GraphQLError ? { nodes: error.nodes ?? null, path: error.path ?? null } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: id },
  });
}

/** Builds the GraphQL endpoint; `plugins` take subscriptions over. */
export function createGraphqlServer(
  context: ServerContext,
  answers: SqlAnswers,
  plugins: readonly YogaPlugin[],
): Yoga {
  const { guards, pool: _, cache: __, ...rest } = context;
  const { corsOrigins, trusted } = guards;
  const limits = createLimits(guards, context.clock);
  return createYoga<Arrival, GraphqlContext>({
    schema,
    plugins: [
      // Innermost: what it asks ends with the query's deadline.
      useSqlAnswers(answers),
      limits.plugin,
      ...(trusted === null
        ? []
        : [
            usePersistedOperations({
              allowArbitraryOperations: true,
              getPersistedOperation: (id) => trusted.find(id) ?? null,
            }),
          ]),
      ...plugins,
    ],
    graphqlEndpoint: '/graphql',
    landingPage: false,
    // No list, no CORS: an empty one would mean everybody.
    cors: corsOrigins.length === 0 ? false : { ...CORS, origin: [...corsOrigins] },
    maxRequestBodySize: guards.limits.bodyBytes,
    multipart: false,
    logging: false,
    batching: false,
    maskedErrors: { maskError: (error) => maskError(context.log, error) },
    graphiql: false,
    context: async (arrival) => ({
      ...rest,
      ...(await limits.admit(arrival)),
      // Empty means none (HTML, section 9.2.3).
      lastEventId: arrival.request?.headers.get('last-event-id') || null,
    }),
  });
}
