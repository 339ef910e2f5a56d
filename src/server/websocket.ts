/**
 * GraphQL over WebSocket, on the same address and with the same rules as HTTP: graphql-ws speaks the graphql-transport-ws
 * protocol; the alerts of a subscription go past it, because they are the same bytes for many.
 */
import type { IncomingMessage, Server } from 'node:http';
import { GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '#platform/clock.ts';
import type { Alert } from './alert.ts';
import { TokenError } from './auth.ts';
import { Backlog } from './backlog.ts';
import { encodeTextFrames } from './frame.ts';
import { tokenKey } from './limits.ts';
import type { Pulse } from './pulse.ts';
import { type Accepted, type Client, type Subscriptions, streamError } from './subscriptions.ts';
import { maskError, type ServerContext, type Yoga } from './yoga.ts';

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
  /** Tells the execution that the client has no more use for its answer. */
  readonly abandon: AbortController;
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
          const abandon = new AbortController();
          const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
            params,
            authorization: authorizationOf(connection),
            req: connection.extra.request,
            abandoned: abandon.signal,
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
            rootValue: { execute, subscribe, connection: connection.extra, id, abandon } satisfies Operation,
          };
        } catch (error) {
          // A syntax error, or a token that has expired meanwhile: of this operation, not of the connection.
          if (!(error instanceof GraphQLError)) throw error;
          return [streamError(error)];
        }
      },
      // What a subscription is ended with keeps its code.
      onError: (_connection, _id, _params, errors) =>
        errors.map((error) => {
          const { originalError } = error as GraphQLError;
          if (originalError instanceof GraphQLError) return originalError.toJSON();
          return (maskError(context.log, error) as GraphQLError).toJSON();
        }),
      execute: (args) => answer(args, args.rootValue as Operation) as never,
      async subscribe(args) {
        const operation = args.rootValue as Operation;
        const result = await operation.subscribe(args);
        const accepted = subscriptions.find(args.contextValue as object);
        return (accepted === null ? result : new Subscribed(accepted, operation, context.clock)) as never;
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
 * The answer of a query or mutation as graphql-ws takes a stream of them: it yields one. Only of streams does graphql-ws say
 * that the client has completed them.
 */
function answer(args: unknown, { execute, abandon }: Operation): AsyncIterableIterator<unknown> {
  const done = { done: true, value: undefined } as const;
  let asked = false;
  const finish = async (): Promise<IteratorResult<unknown>> => {
    abandon.abort();
    return done;
  };
  return {
    async next() {
      if (asked) return done;
      asked = true;
      const value = await execute(args);
      return abandon.signal.aborted ? done : { done: false, value };
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

/**
 * What graphql-ws takes for the subscription's events: it yields none, and ends when the subscription does. The alerts go to
 * the socket itself. That is sound because ws writes every frame whole and, without compression, at once.
 */
class Subscribed extends Backlog implements Client, AsyncIterableIterator<never, undefined> {
  readonly #head: Buffer;
  readonly #over = Promise.withResolvers<IteratorReturnResult<undefined>>();
  #accepted: Accepted | null;
  #leave: (() => void) | null = null;

  constructor(accepted: Accepted, { connection, id }: Operation, clock: Clock) {
    super(connection.request.socket, clock);
    this.#accepted = accepted;
    this.#head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  }

  protected encode(alerts: readonly Alert[]): Buffer {
    return encodeTextFrames(
      this.#head,
      alerts.map(({ payload }) => payload),
    );
  }

  end(error?: GraphQLError): void {
    this.#leave?.();
    // When the server goes, the connection ends for all its subscriptions, in `acceptWebSockets`.
    if (error !== undefined) this.#over.reject(error);
  }

  next(): Promise<IteratorResult<never, undefined>> {
    if (this.#accepted !== null) this.#leave = this.#accepted.begin(this);
    this.#accepted = null;
    return this.#over.promise;
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    this.#leave?.();
    this.#over.resolve({ done: true, value: undefined });
    return await this.#over.promise;
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
