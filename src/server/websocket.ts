/** GraphQL over WebSocket (the graphql-transport-ws protocol), on the same address and with the same rules as HTTP. */
import type { Server } from 'node:http';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Yoga } from './yoga.ts';

/** A message holds a query and its variables. */
const MAX_MESSAGE_BYTES = 256 * 1024;
/** A connection that does not answer a ping within this time is dropped. */
const KEEP_ALIVE_MS = 12_000;
/** A client says hello within this time. */
const INIT_TIMEOUT_MS = 5_000;

/** What yoga hands over for execution, carried through graphql-ws as the root value. */
interface Execution {
  execute(args: unknown): unknown;
  subscribe(args: unknown): unknown;
}

/** Accepts WebSockets at /graphql; the returned function says goodbye to all clients (1001: going away). */
export function acceptWebSockets(server: Server, yoga: Yoga): () => Promise<void> {
  const sockets = new WebSocketServer({ server, path: yoga.graphqlEndpoint, maxPayload: MAX_MESSAGE_BYTES });
  const graphql = useServer(
    {
      execute: (args) => (args.rootValue as Execution).execute(args) as never,
      subscribe: (args) => (args.rootValue as Execution).subscribe(args) as never,
      onSubscribe: async (context, _id, params) => {
        const given = context.connectionParams?.authorization ?? context.connectionParams?.Authorization;
        const header = context.extra.request.headers.authorization ?? null;
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          ...context,
          params,
          authorization: typeof given === 'string' ? given : header,
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
          rootValue: { execute, subscribe } satisfies Execution,
        };
      },
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    },
    sockets,
    KEEP_ALIVE_MS,
  );
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'Going away');
    await graphql.dispose();
  };
}
