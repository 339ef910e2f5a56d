/** Servers on the loopback that behave as a test tells them, and a client that may talk to them. */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import {
  createDocumentClient,
  type DocumentClient,
  type DocumentClientOptions,
} from '#document/document.client.ts';

export interface Loopback extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  /** What was asked, in order: "GET /path". */
  readonly asked: string[];
  readonly requests: http.IncomingMessage[];
}

/** An HTTP server; `answer` gets every request. */
export async function httpServer(answer: http.RequestListener): Promise<Loopback> {
  const asked: string[] = [];
  const requests: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    requests.push(request);
    answer(request, response);
  });
  return { ...(await listening(server)), asked, requests };
}

/** A TCP server; `answer` gets every connection once the request's head has come. */
export async function rawServer(answer: (socket: net.Socket) => void): Promise<Loopback> {
  const asked: string[] = [];
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      asked.push(head.toString('latin1').split(' HTTP', 1)[0] ?? '');
      answer(socket);
    });
  });
  return { ...(await listening(server)), asked, requests: [] };
}

/** Ports that servers have had: addresses that a test has stored are not another's. */
const had = new Set<number>();

/** Listens on a port that no server of this process has had. */
async function listenAnew(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  if (!had.has(port)) {
    had.add(port);
    return port;
  }
  await new Promise((resolve) => server.close(resolve));
  return await listenAnew(server);
}

async function listening(
  server: net.Server,
): Promise<Pick<Loopback, 'origin' | 'port' | typeof Symbol.asyncDispose>> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await listenAnew(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const USER_AGENT = 'Vigie-test/1.0 (+https://vigie.example/; contact@vigie.example)';

/** A client that may talk to 127.0.0.1 and to nobody else, without pauses between requests. */
export function testClient(options: Partial<DocumentClientOptions> = {}): DocumentClient & AsyncDisposable {
  const client = createDocumentClient({
    userAgent: USER_AGENT,
    allowHosts: ['127.0.0.1'],
    ...options,
    limits: { spacingMs: 0, ...options.limits },
  });
  return { ...client, [Symbol.asyncDispose]: () => client.close() };
}
