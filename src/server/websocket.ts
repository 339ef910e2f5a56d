/**
 * GraphQL over WebSocket, on the same address and with the same rules as HTTP: graphql-ws speaks the graphql-transport-ws
 * protocol; the alerts of a subscription go past it, because they are the same bytes for many.
 */
import type { IncomingMessage, Server } from 'node:http';
import { GraphQLError } from 'graphql';
import { CloseCode, handleProtocols, type Message, MessageType, makeServer, parseMessage } from 'graphql-ws';
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
/** Operations of one connection: those it holds, and on top as many that it has completed and that are still ending. */
const OPERATIONS_MAX = 100;
/** After the goodbye, a client that does not answer it is cut off. */
const GOODBYE_MS = 5_000;

interface Connection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** Its operations under way by their id. */
  readonly turns: Map<string, Turn>;
}

interface Turn {
  /** The client has completed it. */
  left: boolean;
  /** The message that begins another operation of its id, once it has ended. */
  next: string | null;
}

/** What yoga hands over for execution, carried through graphql-ws as the root value, with where the answers go. */
interface Operation {
  execute(args: unknown): unknown;
  subscribe(args: unknown): unknown;
  readonly connection: Connection;
  readonly id: string;
  /** Tells the execution that the client has no more use for its answer. */
  readonly abandon: AbortController;
}

function authorizationOf({
  connectionParams,
  extra,
}: {
  readonly connectionParams?: Readonly<Record<string, unknown>> | undefined;
  readonly extra: Connection;
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
    handleProtocols,
    verifyClient: ({ req }, decide) => {
      const refusal = origin.refusal(req);
      if (refusal !== null) decide(false, 403, refusal);
      else if (!connections.open(`address ${addressOf(req)}`, req.socket))
        decide(false, 429, 'Too many connections');
      else decide(true);
    },
  });
  // Of the HTTP server, whose owner hears of it as well.
  sockets.on('error', () => {});
  const graphql = makeServer<Record<string, unknown>, Connection>({
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
      const held = Object.keys(connection.subscriptions).length;
      if (held > OPERATIONS_MAX || connection.extra.turns.size > 2 * OPERATIONS_MAX) return [tooMany()];
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
    const turns = new Map<string, Turn>();
    const fail = (error: unknown): void => {
      context.log.error({ err: error }, 'WebSocket failed');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    };
    const closed = graphql.opened(
      {
        protocol: socket.protocol,
        // Who has gone while being answered needs no answer.
        send: (data) => new Promise((done) => socket.send(data, () => done())),
        close: (code, reason) => socket.close(code, reason),
        onMessage(handle) {
          const receive = byTurns(handle, socket, turns);
          socket.on('message', (data) => void receive(String(data)).catch(fail));
        },
      },
      { socket, request, turns },
    );
    // The connection broke, or ws has told the client what is wrong with its frames: it closes either way.
    socket.on('error', () => {});
    socket.once('close', (code, reason) => {
      rest();
      closed(code, String(reason)).catch(fail);
    });
  });
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'Going away');
    const late = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, GOODBYE_MS);
    await new Promise((done) => sockets.close(done));
    clearTimeout(late);
  };
}

const tooMany = (): GraphQLError =>
  new GraphQLError(`at most ${OPERATIONS_MAX} subscriptions on one connection`, {
    extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
  });

function parsed(data: string): Message | null {
  try {
    return parseMessage(data);
  } catch {
    // For graphql-ws to refuse.
    return null;
  }
}

/**
 * Hands messages to graphql-ws, one operation of an id at a time. It knows operations by their id alone: one that the client
 * has completed, and that has not ended yet, would take the next of that id for itself. So the next waits for that end.
 */
function byTurns(
  handle: (data: string) => Promise<void>,
  socket: WebSocket,
  turns: Map<string, Turn>,
): (data: string) => Promise<void> {
  const run = async (id: string, first: string): Promise<void> => {
    for (let data: string | null = first; data !== null && socket.readyState === socket.OPEN; ) {
      const turn: Turn = { left: false, next: null };
      turns.set(id, turn);
      try {
        // Until the operation has ended, however it does.
        await handle(data);
      } finally {
        turns.delete(id);
      }
      data = turn.next;
    }
  };
  return async (data) => {
    const message = parsed(data);
    if (message?.type === MessageType.Subscribe) {
      const turn = turns.get(message.id);
      if (turn === undefined) await run(message.id, data);
      else if (turn.left && turn.next === null) turn.next = data;
      else socket.close(CloseCode.SubscriberAlreadyExists, 'An operation with this id is under way');
      return;
    }
    const turn = message?.type === MessageType.Complete ? turns.get(message.id) : undefined;
    if (turn !== undefined) {
      turn.left = true;
      turn.next = null;
    }
    await handle(data);
  };
}

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
    const done = { done: true, value: undefined } as const;
    this.#over.resolve(done);
    return done;
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
