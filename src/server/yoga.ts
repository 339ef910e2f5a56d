/** GraphQL over HTTP and SSE, with GraphiQL. Errors that are not meant for clients are masked here, and logged once. */
import { randomUUID } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { GraphQLError } from 'graphql';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { GraphqlContext } from '#graphql/context.ts';
import type { Log } from '#platform/log.ts';
import { findViewer, TokenError } from './auth.ts';
import { EXAMPLES } from './examples.ts';
import { schema } from './schema.ts';

/** Everything of a request's context but the viewer. */
export type ServerContext = Omit<GraphqlContext, 'viewer'> & { readonly openAccess: boolean };

export type Yoga = YogaServerInstance<{ authorization?: string | null }, GraphqlContext>;

/** A part of the endpoint in a file of its own. */
export type YogaPlugin = Plugin<object, object, GraphqlContext>;

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
  return createYoga<{ authorization?: string | null }, GraphqlContext>({
    schema,
    plugins: [...plugins],
    graphqlEndpoint: '/graphql',
    landingPage: false,
    // Browsers of other sites have no business here: on the loopback whoever asks may do everything.
    cors: false,
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
    context: async ({ request, authorization }) => {
      const header = authorization ?? request?.headers.get('authorization') ?? null;
      try {
        const { openAccess, ...rest } = context;
        return {
          ...rest,
          viewer: await findViewer({ ...rest, openAccess }, header),
          lastEventId: request?.headers.get('last-event-id') ?? null,
        };
      } catch (error) {
        if (!(error instanceof TokenError)) throw error;
        throw new GraphQLError(error.message, {
          extensions: {
            code: 'UNAUTHENTICATED',
            http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
          },
        });
      }
    },
  });
}
