/** The HTTP server of an `api` process: GraphQL over HTTP, SSE and WebSocket, health checks and a front page. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { frontPage } from '#dashboard/front-page.ts';
import type { Broadcast } from '#delivery/broadcast.ts';
import type { Notifications } from '#platform/notifications.ts';
import type { Alert } from './alert.ts';
import { serveChannels } from './channel-routes.ts';
import { watchConnections } from './drain.ts';
import { createGraphiql, isPageVisit } from './graphiql.ts';
import { createKnownQuestions } from './known-questions.ts';
import { createPulse } from './pulse.ts';
import { createRenderings } from './rendering.ts';
import { watchTokens } from './revocation.ts';
import { schema } from './schema.ts';
import { createSqlAnswers } from './sql-answers.ts';
import { useEventStreams } from './sse.ts';
import { createSubscriptions } from './subscriptions.ts';
import { acceptWebSockets } from './websocket.ts';
import { serveWebSub } from './websub.ts';
import { createGraphqlServer, maskError, type ServerContext } from './yoga.ts';

/** A request's headers have to be here within this time. */
const HEADERS_MS = 10_000;
/** And all of it within this. */
const REQUEST_MS = 30_000;
/** Connections wait for another request longer than proxies do (60 s, as a rule): else one closes as the proxy takes it again. */
const IDLE_MS = 75_000;

export interface HttpServer extends AsyncDisposable {
  /** Where it can be reached, without a trailing slash. */
  readonly url: string;
}

/** The port cannot be had; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(body);
}

/** Starts listening. Disposing closes streams politely and waits for answers under way. */
export async function startHttpServer(
  context: ServerContext,
  broadcast: Broadcast<Alert>,
  {
    host,
    port,
    notifications,
  }: {
    readonly host: string;
    readonly port: number;
    readonly notifications: Notifications;
  },
): Promise<HttpServer> {
  const isUp = async (): Promise<boolean> => {
    try {
      await context.db.$queryRaw`select 1`;
      return true;
    } catch {
      return false;
    }
  };
  const pulse = createPulse();
  const subscriptions = createSubscriptions(
    broadcast,
    createRenderings({
      context,
      pool: context.pool,
      maskError: (error) => maskError(context.log, error),
      isUp,
    }),
  );
  const { db, clock, log, guards } = context;
  const tokens = watchTokens({ db, clock, log, auth: guards.auth, notifications, subscriptions });
  const answers = createSqlAnswers(schema, context.pool, context.cache);
  const yoga = createGraphqlServer(context, answers, [
    subscriptions.plugin,
    useEventStreams({ subscriptions, pulse, clock, connections: guards.connections }),
  ]);
  const answer = createKnownQuestions(context, answers, yoga);
  const graphiql = createGraphiql(yoga.graphqlEndpoint);

  /** Alive: the process answers. Ready: it reaches Postgres too. */
  const health = async (path: string, response: ServerResponse): Promise<void> => {
    if (path === '/health/live') return send(response, 200, 'application/json', '{"status":"live"}\n');
    try {
      await context.db.$queryRaw`select 1`;
      send(response, 200, 'application/json', '{"status":"ready"}\n');
    } catch (error) {
      context.log.error({ err: error }, 'database does not answer');
      send(response, 503, 'application/json', '{"status":"database does not answer"}\n');
    }
  };
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const refusal = path === yoga.graphqlEndpoint ? context.guards.origin.refusal(request) : null;
    if (refusal !== null) return send(response, 403, 'text/plain', refusal);
    if (path === yoga.graphqlEndpoint) {
      return await (isPageVisit(request) ? graphiql : answer)(request, response);
    }
    if (await serveChannels(context, request, response, path)) return;
    if (await serveWebSub(context, request, response, path)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return send(response, 405, 'text/plain', 'Only GET here; queries go to /graphql.\n');
    }
    if (path === '/health/live' || path === '/health/ready') return await health(path, response);
    if (path === '/') return send(response, 200, 'text/html', frontPage());
    send(response, 404, 'text/plain', 'Nothing here. GraphQL is at /graphql.\n');
  };

  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: IDLE_MS },
    (request, response) => {
      route(request, response).catch((error: unknown) => {
        // The rest of an address may be a secret: of a feed, or of a link in a mail.
        context.log.error({ err: error, path: request.url?.split(/[/?]/, 2).join('/') }, 'request failed');
        if (response.headersSent) response.destroy();
        else send(response, 500, 'text/plain', 'Internal error\n');
      });
    },
  );
  const drain = watchConnections(server);
  const closeWebSockets = acceptWebSockets(server, { yoga, subscriptions, pulse, context });
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      tokens[Symbol.dispose]();
      fail(
        new ListenError(
          error.code === 'EADDRINUSE'
            ? `server: port ${port} on ${host} is taken; set VIGIE_PORT to another`
            : `server: cannot listen on ${host}:${port}: ${error.message}`,
        ),
      );
    });
    server.listen(port, host, done);
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    async [Symbol.asyncDispose]() {
      const drained = drain();
      tokens[Symbol.dispose]();
      subscriptions.close();
      pulse[Symbol.dispose]();
      await closeWebSockets();
      await drained;
    },
  };
}
