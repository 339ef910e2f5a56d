/** One client that takes nothing among a thousand: what it costs is bounded, and nobody else pays for it. */
import { subscribe as listenTo, unsubscribe as stopListening } from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { formatCursor } from '#match/cursor.ts';
import { openAlertLog } from '../support/alert-log.ts';
import { useTestApi } from '../support/api.ts';
import { useTestDatabase } from '../support/database.ts';

const CLIENTS = 1_000;
const BATCHES = 8;
const BATCH = 125;
/** What is kept for a client, and what it may be handed together beyond that. */
const KEPT = { bytes: (256 + 32) * 1024, alerts: 500 + 50 } as const;

/** The server’s ends of connections opened from now on, by the port of the client’s. */
function useServerSockets(): ReadonlyMap<number, Socket> {
  const sockets = new Map<number, Socket>();
  const keep = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    sockets.set(socket.remotePort!, socket);
  };
  listenTo('net.server.socket', keep);
  onTestFinished(() => void stopListening('net.server.socket', keep));
  return sockets;
}

/** The line of an event stream that names the nth alert of the log. */
const lineOf = Array.from({ length: BATCHES * BATCH + 1 }, (_, seq) => `id: ${formatCursor(BigInt(seq))}`);

interface Reader {
  /** Of its end of the connection. */
  readonly port: number;
  /** Alerts that came, each the next of the log. */
  readonly count: number;
  /** Alerts that came before it was told that it lagged; null as long as it was not. */
  readonly late: number | null;
}

/** Opens an event stream, and resolves once it is served; `onAlerts` is called whenever some have come. */
async function read(port: number, query: string, onAlerts: () => void): Promise<Reader> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  onTestFinished(() => void socket.destroy());
  const body = JSON.stringify({ query });
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const reader = { port: 0, count: 0, late: null as number | null };
  const begun = Promise.withResolvers<void>();
  let carry = '';
  socket.on('data', (chunk: string) => {
    const lines = (carry + chunk).split('\n');
    carry = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith('retry: ')) begun.resolve();
      else if (line.startsWith('id: ')) {
        reader.count += 1;
        // Nothing is missing, doubled or out of order.
        if (line !== lineOf[reader.count]) throw new Error(`${line} after ${reader.count} alerts`);
      } else if (line.includes('"extensions":{"lagged"')) reader.late ??= reader.count - 1;
    }
    onAlerts();
  });
  await begun.promise;
  return Object.assign(reader, { port: socket.localPort! });
}

test('a client that takes nothing is held little for, the same however much comes, while 999 get all of it; then it gets all too', async () => {
  const database = await useTestDatabase();
  const log = await openAlertLog(database.db);
  const servers = useServerSockets();
  const { endpoint } = await useTestApi(database, { VIGIE_MAX_CONNECTIONS: String(CLIENTS) });
  const port = Number(new URL(endpoint).port);
  const query = 'subscription { matches { cursor article { title url outlet } } }';
  let changed = Promise.withResolvers<void>();
  const tell = (): void => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const readers: Reader[] = [];
  while (readers.length < CLIENTS)
    readers.push(...(await Promise.all(Array.from({ length: 50 }, () => read(port, query, tell)))));
  const [slow, ...quick] = readers as [Reader, ...Reader[]];
  const until = async (some: readonly Reader[], count: number): Promise<void> => {
    let waiting = some;
    for (;;) {
      waiting = waiting.filter((reader) => reader.count < count);
      if (waiting.length === 0) return;
      await changed.promise;
    }
  };

  const socket = servers.get(slow.port)!;
  // As with a peer that reads nothing, and an operating system that holds nothing for it.
  socket.cork();
  const kept: number[] = [];
  for (let batch = 1; batch <= BATCHES; batch += 1) {
    await log.append(BATCH);
    await until(quick, batch * BATCH);
    kept.push(socket.writableLength);
  }
  expect(slow.count).toBe(0);
  expect(Math.max(...kept)).toBeLessThan(KEPT.bytes);
  // It was full early on, and no byte has been added since.
  expect(new Set(kept.slice(BATCHES / 2)).size).toBe(1);
  for (const { port } of quick) expect(servers.get(port)!.writableLength).toBe(0);
  expect(quick.every(({ late }) => late === null)).toBe(true);

  socket.uncork();
  await until([slow], BATCHES * BATCH);
  expect(slow.late).toBeLessThanOrEqual(KEPT.alerts);
}, 120_000);
