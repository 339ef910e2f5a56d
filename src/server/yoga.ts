/** GraphQL over HTTP and SSE, with GraphiQL. Errors that are not meant for clients are masked here, and logged once. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { GraphQLError } from 'graphql';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type pg from 'pg';
import type { GraphqlContext } from '#graphql/context.ts';
import type { Log } from '#platform/log.ts';
import type { AnswerCache } from './answer-cache.ts';
import { EXAMPLES } from './examples.ts';
import type { Guards } from './guards.ts';
import { authenticate, useLimits } from './limits.ts';
import { schema } from './schema.ts';
import { useSqlAnswers } from './sql-answers.ts';

/** Everything of a request's context but the viewer. */
export type ServerContext = Omit<GraphqlContext, 'viewer'> & {
  readonly guards: Guards;
  readonly pool: pg.Pool;
  readonly cache: AnswerCache;
};

/** What comes with a request: over WebSocket, the one that opened it, and the token that the client gave since. */
interface Arrival {
  readonly authorization?: string | null;
  readonly req?: IncomingMessage;
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
export function createGraphqlServer(context: ServerContext, plugins: readonly YogaPlugin[]): Yoga {
  const { guards, pool, cache, ...rest } = context;
  const { corsOrigins, limits, trusted } = guards;
  return createYoga<Arrival, GraphqlContext>({
    schema,
    plugins: [
      // Innermost: what it asks ends with the query's deadline.
      useSqlAnswers(schema, pool, cache),
      useLimits(guards, context.clock),
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
    maxRequestBodySize: limits.bodyBytes,
    multipart: false,
    logging: false,
    batching: false,
    maskedErrors: { maskError: (error) => maskError(context.log, error) },
    renderGraphiQL: (options) =>
      renderGraphiQL({
        ...options,
        title: 'Vigie',
        subscriptionsProtocol: 'WS',
        defaultTabs: EXAMPLES.map((query) => ({ query })),
      }),
    context: async ({ request, authorization, req }) => {
      const header = authorization ?? request?.headers.get('authorization') ?? null;
      return {
        ...rest,
        viewer: await authenticate(guards, header, req),
        lastEventId: request?.headers.get('last-event-id') ?? null,
      };
    },
  });
}
