/**
 * GraphQL over WebSocket, on the same address and with the same rules as HTTP: graphql-ws speaks the graphql-transport-ws
 * protocol; the alerts of a subscription go past it, because they are the same bytes for many.
 */
import type { IncomingMessage, Server } from 'node:http';
import { GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Alert } from './alert.ts';
import { TokenError } from './auth.ts';
import { createReader } from './backlog.ts';
import { encodeTextFrame } from './frame.ts';
import { tokenKey } from './limits.ts';
import type { Pulse } from './pulse.ts';
import type { Accepted, Subscriptions } from './subscriptions.ts';
import type { ServerContext, Yoga } from './yoga.ts';

/** A message holds a query and its variables. */
const MAX_MESSAGE_BYTES = 256 * 1024;
/** A client says hello within this time. */
const INIT_TIMEOUT_MS = 5_000;
/** RFC 6455's registry: 1013. */
const TRY_AGAIN_LATER = 1013;
/** Operations under way on one connection. */
const OPERATIONS_MAX = 100;

/** What yoga hands over for execution, carried through graphql-ws as the root value, with where the answers go. */
interface Operation {
  execute(args: unknown): unknown;
  subscribe(args: unknown): unknown;
  readonly connection: Extra;
  readonly id: string;
}

function authorizationOf({
  connectionParams,
  extra,
}: {
  readonly connectionParams?: Readonly<Record<string, unknown>> | undefined;
  readonly extra: Extra;
}): string | null {
  const given = connectionParams?.authorization ?? connectionParams?.Authorization;
  return typeof given === 'string' ? given : (extra.request.headers.authorization ?? null);
}

/** Accepts WebSockets at /graphql; the returned function says goodbye to all clients (1001: going away). */
export function acceptWebSockets(
  server: Server,
  {
    yoga,
    subscriptions,
    pulse,
    context,
  }: {
    readonly yoga: Yoga;
    readonly subscriptions: Subscriptions;
    readonly pulse: Pulse;
    readonly context: ServerContext;
  },
): () => Promise<void> {
  const { addressOf, auth, connections, origin } = context.guards;
  const sockets = new WebSocketServer({
    server,
    path: yoga.graphqlEndpoint,
    maxPayload: MAX_MESSAGE_BYTES,
    verifyClient: ({ req }, decide) => {
      const refusal = origin.refusal(req);
      if (refusal !== null) decide(false, 403, refusal);
      else if (!connections.open(`address ${addressOf(req)}`, req.socket))
        decide(false, 429, 'Too many connections');
      else decide(true);
    },
  });
  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    let answered = true;
    const rest = pulse.add({
      socket: request.socket,
      beat() {
        answered = false;
        socket.ping();
      },
      hasAnswered: () => answered,
      drop: () => socket.terminate(),
    });
    socket.on('pong', () => (answered = true));
    socket.once('close', rest);
  });
  const graphql = useServer(
    {
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      async onConnect(connection) {
        try {
          const viewer = await auth.findViewer(authorizationOf(connection));
          const { request, socket } = connection.extra;
          if (tokenKey(viewer).every((key) => connections.open(key, request.socket))) return true;
          socket.close(TRY_AGAIN_LATER, 'Too many connections');
          return false;
        } catch (error) {
          if (!(error instanceof TokenError)) throw error;
          connection.extra.socket.close(CloseCode.Unauthorized, error.message);
          return false;
        }
      },
      async onSubscribe(connection, id, params) {
        if (Object.keys(connection.subscriptions).length > OPERATIONS_MAX) {
          return [tooMany()];
        }
        try {
          const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
            params,
            authorization: authorizationOf(connection),
            req: connection.extra.request,
          });
          const document = parse(params.query);
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
          return {
            schema,
            document,
            operationName: params.operationName,
            variableValues: params.variables,
            contextValue: await contextFactory(),
            rootValue: { execute, subscribe, connection: connection.extra, id } satisfies Operation,
          };
        } catch (error) {
          // A syntax error, or a token that has expired meanwhile: of this operation, not of the connection.
          if (!(error instanceof GraphQLError)) throw error;
          const { http: _, ...extensions } = error.extensions;
          return [
            new GraphQLError(error.message, {
              nodes: error.nodes ?? null,
              source: error.source ?? null,
              positions: error.positions ?? null,
              extensions,
            }),
          ];
        }
      },
      // What a subscription is ended with keeps its code.
      onError: (_connection, _id, _params, errors) =>
        errors.map((error) => {
          const { originalError } = error as GraphQLError;
          return (originalError instanceof GraphQLError ? originalError : (error as GraphQLError)).toJSON();
        }),
      execute: (args) => (args.rootValue as Operation).execute(args) as never,
      async subscribe(args) {
        const operation = args.rootValue as Operation;
        const result = await operation.subscribe(args);
        const accepted = subscriptions.find(args.contextValue as object);
        return (accepted === null ? result : serve(accepted, operation, context)) as never;
      },
    },
    sockets,
    // The pulse pings, and knows a slow client from a dead one.
    0,
  );
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'Going away');
    await graphql.dispose();
  };
}

const tooMany = (): GraphQLError =>
  new GraphQLError(`at most ${OPERATIONS_MAX} subscriptions on one connection`, {
    extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
  });

/**
 * What graphql-ws takes for the subscription's events: it yields none, and ends when the subscription does. The alerts go to
 * the socket itself. That is sound because ws writes every frame whole and, without compression, at once.
 */
function serve(
  accepted: Accepted,
  { connection, id }: Operation,
  { clock }: ServerContext,
): AsyncIterableIterator<never> & { throw(error: unknown): Promise<never> } {
  const { socket } = connection.request;
  const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  const over = Promise.withResolvers<IteratorReturnResult<undefined>>();
  let leave: (() => void) | null = null;
  const finish = async (): Promise<IteratorReturnResult<undefined>> => {
    leave?.();
    over.resolve({ done: true, value: undefined });
    return await over.promise;
  };
  return {
    next() {
      leave ??= accepted.begin({
        reader: createReader(socket, (alert: Alert) => encodeTextFrame(head, alert.payload), clock),
        end(error) {
          leave?.();
          // When the server goes, the connection ends for all its subscriptions, in `acceptWebSockets`.
          if (error === undefined) return;
          over.reject(error);
        },
      });
      return over.promise;
    },
    return: finish,
    async throw(error) {
      await finish();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
