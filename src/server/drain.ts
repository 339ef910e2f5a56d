/**
 * The end of an HTTP server's connections: at once for those that wait for a request, with its answer for those that have asked.
 * Node by itself waits for clients that have connected and asked nothing yet, and for those it has just answered.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Answers under way have this long to reach their clients. */
const DRAIN_MS = 10_000;

/** Watches a server's connections. The returned function closes it, and resolves when they are gone, WebSockets included. */
export function watchConnections(server: Server): () => Promise<void> {
  const silent = new Set<Socket>();
  /** Requests that wait for their answers, several where a client does not wait for each. */
  const asked = new WeakMap<Socket, number>();
  const heard = ({ socket }: IncomingMessage): boolean => silent.delete(socket);
  // One function for all connections, which are many.
  function gone(this: Socket): void {
    silent.delete(this);
  }
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', gone);
  });
  server.on('upgrade', heard);
  server.on('request', (request, response) => {
    heard(request);
    const { socket } = request;
    asked.set(socket, (asked.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = asked.get(socket)! - 1;
      asked.set(socket, left);
      if (left === 0 && !server.listening) socket.end();
    });
  });
  return async () => {
    const closed = new Promise((done) => server.close(done));
    for (const socket of silent) socket.destroy();
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    await closed;
    clearTimeout(late);
  };
}
