/**
 * The processes of the fan-out and latency benches, told apart by their first argument: `vigie` (an api as in production),
 * `raw` (the least that can broadcast: node:http for SSE, bare ws, the same bytes to everybody) and `clients` (thin sockets
 * that count what they are sent and answer pings).
 */
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import pg from 'pg';
import { WebSocketServer } from 'ws';

export type Transport = 'SSE' | 'WebSocket';

/** What the bench asks of a process; each answers when it is done. */
export type Order =
  | { readonly do: 'memory' }
  | { readonly do: 'cpu' }
  | { readonly do: 'broadcast'; readonly count: number; readonly bytes: string }
  | { readonly do: 'listen'; readonly url: string; readonly bytes: string }
  | {
      readonly do: 'open';
      readonly transport: Transport;
      readonly port: number;
      readonly path: string;
      readonly token: string | null;
      /** One subscription a client, in turn. */
      readonly payloads: readonly object[];
      readonly count: number;
    }
  /** Waits until every client has been sent something since it was opened, and nothing is on its way any more. */
  | { readonly do: 'settle' }
  /** Forgets what came so far, then waits for this many alerts a client. */
  | { readonly do: 'expect'; readonly each: number }
  | { readonly do: 'close' };

/** What a process takes up, bytes: as it stands, and after a compacting collection of its garbage. */
export interface Memory {
  readonly rss: number;
  readonly held: number;
}

/** Nanoseconds on the clock that the machine's processes share. */
const now = (): number => Number(process.hrtime.bigint());

type Handler = (order: Order) => Promise<unknown>;

async function vigie(): Promise<Handler> {
  // Here, so that the other processes hold nothing of it.
  const [{ startRole }, { readConfig }, { openDatabase }, { createLog }] = await Promise.all([
    import('#command/serve.ts'),
    import('#platform/config.ts'),
    import('#platform/database.ts'),
    import('#platform/log.ts'),
  ]);
  const url = process.env.DATABASE_URL!;
  const config = readConfig({
    DATABASE_URL: url,
    VIGIE_PORT: '0',
    VIGIE_AUTH: 'token',
    VIGIE_RATE_LIMIT: '0',
    VIGIE_MAX_CONNECTIONS: '100000',
  });
  const role = await startRole('api', config, openDatabase(url), createLog('warn'));
  process.send!({ port: Number(new URL(role.url!).port) });
  return usage;
}

async function raw(): Promise<Handler> {
  const streams = new Set<ServerResponse>();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
  });
  const sockets = new WebSocketServer({ server });
  const broadcast = (count: number, bytes: string): void => {
    const event = Buffer.from(`id: bTE6NDI\nevent: next\ndata: ${bytes}\n\n`);
    const message = Buffer.from(
      `{"id":"00000000-0000-0000-0000-000000000000","type":"next","payload":${bytes}}`,
    );
    for (let i = 0; i < count; i += 1) {
      for (const stream of streams) stream.write(event);
      for (const socket of sockets.clients) socket.send(message, { binary: false });
    }
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  process.send!({ port: (server.address() as AddressInfo).port });
  return async (order) => {
    if (order.do === 'broadcast') return broadcast(order.count, order.bytes);
    if (order.do === 'listen') {
      const client = new pg.Client({ connectionString: order.url });
      await client.connect();
      client.on('notification', () => broadcast(1, order.bytes));
      return void (await client.query('listen bench'));
    }
    return await usage(order);
  };
}

/** Its memory; or its CPU so far, microseconds. */
async function usage(order: Order): Promise<Memory | number> {
  if (order.do === 'cpu') {
    const { user, system } = process.cpuUsage();
    return user + system;
  }
  const { rss } = process.memoryUsage();
  for (let i = 0; i < 2; i += 1) {
    globalThis.gc!({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await new Promise((done) => setTimeout(done, 50));
  }
  return { rss, held: process.memoryUsage().rss };
}

const MARKER = Buffer.from('event: next');

/** Counts the alerts in an event stream. */
function createEventCounter(onAlerts: (count: number) => void): (chunk: Buffer) => void {
  let carry = Buffer.alloc(0);
  return (chunk) => {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    let at = bytes.indexOf(MARKER);
    let end = 0;
    let count = 0;
    while (at >= 0) {
      count += 1;
      end = at + MARKER.length;
      at = bytes.indexOf(MARKER, end);
    }
    if (count > 0) onAlerts(count);
    carry = Buffer.from(bytes.subarray(Math.max(end, bytes.length - MARKER.length + 1)));
  };
}

/** Counts the text frames of a WebSocket behind the HTTP upgrade, and answers pings. */
function createFrameCounter(socket: Socket, onTexts: (count: number) => void): (chunk: Buffer) => void {
  let carry: Buffer = Buffer.alloc(0);
  let skip = 0;
  return (chunk) => {
    let bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    let count = 0;
    for (;;) {
      const skipped = Math.min(skip, bytes.length);
      skip -= skipped;
      bytes = bytes.subarray(skipped);
      const short = (bytes[1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (skip > 0 || bytes.length < head) break;
      skip = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
      const opcode = bytes[0]! & 0x0f;
      bytes = bytes.subarray(head);
      if (opcode === 1) count += 1;
      else if (opcode === 9) socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
    }
    if (count > 0) onTexts(count);
    carry = Buffer.from(bytes);
  };
}

/** A masked text frame with a mask of zeros. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}

/** Without an alert for so long, none is on its way any more. */
const QUIET_NS = 400e6;

async function clients(): Promise<Handler> {
  let sockets: Socket[] = [];
  let waiting: { readonly total: number; readonly times: number[]; done(answer: object): void } | null = null;
  let served = 0;
  let latest = 0;
  const onAlerts = (count: number): void => {
    latest = now();
    if (waiting === null) return;
    const { total, times, done } = waiting;
    for (let i = 0; i < count; i += 1) times.push(latest);
    if (times.length < total) return;
    waiting = null;
    done({ times });
  };
  const open = async (order: Extract<Order, { do: 'open' }>, index: number): Promise<Socket> => {
    const { transport, port, path, token } = order;
    const payload = order.payloads[index % order.payloads.length]!;
    const auth = token === null ? '' : `Authorization: Bearer ${token}\r\n`;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    const begun = Promise.withResolvers<void>();
    socket.once('close', () => begun.reject(new Error('the server closed the connection')));
    let head = '';
    let take: ((chunk: Buffer) => void) | null = null;
    let greeted = path !== '/graphql';
    let isServed = false;
    const onEvents = (count: number): void => {
      if (!isServed) served += 1;
      isServed = true;
      onAlerts(count);
    };
    const onTexts = (count: number): void => {
      if (greeted) {
        onEvents(count);
        return;
      }
      greeted = true;
      const id = `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`;
      socket.write(textFrame(JSON.stringify({ type: 'subscribe', id, payload })));
      begun.resolve();
    };
    socket.on('data', (chunk) => {
      if (take !== null) return take(chunk);
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!/^HTTP\/1\.1 (101|200)/.test(head)) return begun.reject(new Error(head));
      const rest = Buffer.from(head.slice(end + 4), 'latin1');
      if (transport === 'SSE') {
        take = createEventCounter(onEvents);
        begun.resolve();
      } else {
        take = createFrameCounter(socket, onTexts);
        if (greeted) begun.resolve();
        else socket.write(textFrame('{"type":"connection_init"}'));
      }
      take(rest);
      head = '';
    });
    const body = JSON.stringify(payload);
    socket.write(
      transport === 'SSE'
        ? `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n${auth}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
        : `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n${auth}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    await begun.promise;
    return socket;
  };
  return async (order) => {
    if (order.do === 'open') {
      for (let i = 0; i < order.count; i += 50) {
        const batch = Array.from({ length: Math.min(50, order.count - i) }, (_, index) =>
          open(order, i + index),
        );
        sockets.push(...(await Promise.all(batch)));
      }
    } else if (order.do === 'settle') {
      while (served < sockets.length || now() - latest < QUIET_NS) {
        await new Promise((done) => setTimeout(done, 50));
      }
    } else if (order.do === 'expect') {
      return await new Promise((done) => {
        waiting = { total: order.each * sockets.length, times: [], done };
        process.send!({ ready: true });
      });
    } else if (order.do === 'close') {
      for (const socket of sockets) socket.destroy();
      sockets = [];
      served = 0;
    }
    return null;
  };
}

const handle = await { vigie, raw, clients }[process.argv[2] as 'vigie' | 'raw' | 'clients']();
process.on('message', (order: Order) => {
  handle(order).then(
    (answer) => process.send!({ answer: answer ?? null }),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
