/** Servers that misbehave. Each fault ends as a value, and the client goes on reading others. */
import { describe, expect, test } from 'vitest';
import type { DnsLookup } from '#document/connector.client.ts';
import { httpServer, rawServer, testClient } from './loopback.ts';

const FEED = '<rss version="2.0"><channel><title>T</title></channel></rss>';
const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\n';
/** Long enough for a loaded machine to answer, short enough for a test to wait. */
const SHORT = { totalMs: 1_200, idleMs: 300 };

describe('broken connections', () => {
  test.each([
    [
      'a connection reset in the middle of the body',
      'CONNECTION',
      (socket) => {
        socket.write(`${OK}content-length: 1000\r\n\r\n<rss><chan`, () =>
          setImmediate(() => socket.resetAndDestroy()),
        );
      },
    ],
    ['a connection closed before any answer', 'CONNECTION', (socket) => socket.end()],
    ['an answer that is not HTTP', 'BAD_RESPONSE', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n\r\n')],
    [
      'headers without end',
      'BAD_RESPONSE',
      (socket) => socket.write(`${OK}${'x-long: aaaaaaaaaaaaaaaa\r\n'.repeat(3_000)}`),
    ],
    [
      'a chunk of no size',
      'BAD_RESPONSE',
      (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\nzz\r\nabc`),
    ],
    [
      'two lengths that differ',
      'BAD_RESPONSE',
      (socket) => socket.end(`${OK}content-length: 5\r\ncontent-length: 9\r\n\r\nabcde`),
    ],
    ['silence instead of headers', 'TIMEOUT', () => undefined],
    ['half a header, then silence', 'TIMEOUT', (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-ty')],
    [
      'silence in the middle of the body',
      'TIMEOUT',
      (socket) => socket.write(`${OK}content-length: 1000\r\n\r\n<rss>`),
    ],
    [
      'a body of 20 MB announced',
      'TOO_LARGE',
      (socket) => socket.write(`${OK}content-length: 20000000\r\n\r\n<rss>`),
    ],
  ] satisfies readonly (readonly [string, string, Parameters<typeof rawServer>[0]])[])(
    '%s is %s',
    async (_what, reason, answer) => {
      await using server = await rawServer(answer);
      await using healthy = await httpServer((_request, response) => response.end(FEED));
      await using client = testClient({ limits: SHORT });
      const [failed, other] = await Promise.all([
        client.get({ url: `${server.origin}/x`, kind: 'FEED' }),
        client.get({ url: `${healthy.origin}/x`, kind: 'FEED' }),
      ]);
      expect(failed).toMatchObject({
        outcome: 'Failed',
        reason,
        message: expect.stringMatching(/127\.0\.0\.1|^body/),
      });
      expect(other).toMatchObject({ outcome: 'Fetched' });
    },
  );

  test('a header a byte at a time ends with the total time', async () => {
    await using server = await rawServer((socket) => {
      const timer = setInterval(() => socket.write('x'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    await using client = testClient({ limits: SHORT });
    expect(await client.get({ url: server.origin, kind: 'FEED' })).toMatchObject({ outcome: 'Failed' });
  });

  test('a body a byte at a time ends with the total time', async () => {
    await using server = await rawServer((socket) => {
      socket.write(`${OK}\r\n`);
      const timer = setInterval(() => socket.write(' '), 50);
      socket.on('close', () => clearInterval(timer));
    });
    await using client = testClient({ limits: SHORT });
    expect(await client.get({ url: server.origin, kind: 'FEED' })).toMatchObject({ reason: 'TIMEOUT' });
  });

  test('a body without end is read no further than the cap', async () => {
    let sent = 0;
    await using server = await rawServer((socket) => {
      socket.write(`${OK}\r\n`);
      const chunk = Buffer.alloc(65_536, 'a');
      const pump = () => {
        do sent += chunk.length;
        while (socket.write(chunk));
        socket.once('drain', pump);
      };
      pump();
    });
    await using client = testClient({ limits: { maxBytes: 1_000_000 } });
    expect(await client.get({ url: server.origin, kind: 'FEED' })).toMatchObject({ reason: 'TOO_LARGE' });
    expect(sent).toBeLessThan(20_000_000);
  });

  test('a port where nobody listens is a refused connection', async () => {
    const server = await httpServer(() => undefined);
    await server[Symbol.asyncDispose]();
    await using client = testClient();
    expect(await client.get({ url: server.origin, kind: 'FEED' })).toMatchObject({
      reason: 'CONNECTION',
      message: expect.stringContaining('refuses'),
    });
  });
});

describe('a body shorter than announced', () => {
  const cut = `${OK}etag: "v1"\r\nlast-modified: Sun, 01 Mar 2026 10:00:00 GMT\r\ncontent-length: 5000\r\n\r\n${FEED}`;

  test('is a feed all the same, without the validators that would keep the rest away', async () => {
    await using server = await rawServer((socket) => socket.end(cut));
    await using client = testClient();
    const document = await client.get({ url: server.origin, kind: 'FEED' });
    expect(document).toMatchObject({ outcome: 'Fetched', truncated: true, etag: null, lastModified: null });
    expect(document.outcome === 'Fetched' && Buffer.from(document.body).toString()).toBe(FEED);
  });

  test('is no page', async () => {
    await using server = await rawServer((socket) => socket.end(cut));
    await using client = testClient();
    expect(await client.get({ url: server.origin, kind: 'PAGE' })).toMatchObject({ outcome: 'Failed' });
  });

  test('a body longer than announced is read as far as announced', async () => {
    await using server = await rawServer((socket) =>
      socket.end(`${OK}content-length: 5\r\n\r\n<rss>et plus encore`),
    );
    await using client = testClient();
    const document = await client.get({ url: server.origin, kind: 'FEED' });
    expect(document.outcome === 'Fetched' && Buffer.from(document.body).toString()).toBe('<rss>');
  });
});

describe('forbidden addresses', () => {
  test.each([
    ['http://127.0.0.2:%/secret'],
    ['http://localhost.:%/secret'],
    ['http://[::1]:%/secret'],
    ['http://[::ffff:127.0.0.2]:%/secret'],
    ['http://2130706434:%/secret'],
    ['http://0x7f.2:%/secret'],
    ['http://0.0.0.0:%/secret'],
    ['http://10.0.0.1/secret'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['https://192.168.1.1/'],
  ])('a redirect to %s is not followed', async (target) => {
    await using server = await httpServer(({ url }, response) => {
      if (url === '/feed')
        response.writeHead(302, { location: target.replace('%', String(server.port)) }).end();
      else response.end('secret');
    });
    await using client = testClient({
      allowHosts: [`127.0.0.1:${server.port}`],
      lookup: async () => [{ address: '::1', family: 6 }],
    });
    expect(await client.get({ url: `${server.origin}/feed`, kind: 'FEED' })).toMatchObject({
      outcome: 'Failed',
      reason: 'FORBIDDEN_ADDRESS',
    });
    expect(server.asked).toEqual(['GET /feed']);
  });

  test('a name that resolves to a private address is not asked', async () => {
    await using server = await httpServer((_request, response) => response.end('secret'));
    await using client = testClient({
      allowHosts: [],
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    expect(await client.get({ url: `http://press.test:${server.port}/`, kind: 'FEED' })).toMatchObject({
      reason: 'FORBIDDEN_ADDRESS',
    });
    expect(server.asked).toEqual([]);
  });

  test('a name that the operator allows is asked wherever it is', async () => {
    await using server = await httpServer((_request, response) => response.end(FEED));
    await using client = testClient({
      allowHosts: ['press.test'],
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    expect(await client.get({ url: `http://press.test:${server.port}/`, kind: 'FEED' })).toMatchObject({
      outcome: 'Fetched',
    });
  });

  test('of several addresses only the allowed ones are tried', async () => {
    await using server = await httpServer((_request, response) => response.end(FEED));
    const lookup: DnsLookup = async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    await using client = testClient({ lookup });
    expect(await client.get({ url: `http://press.test:${server.port}/`, kind: 'FEED' })).toMatchObject({
      outcome: 'Fetched',
    });
    expect(server.requests.map(({ socket }) => socket.localAddress)).toEqual(['127.0.0.1']);
  });

  test('a name is resolved once per connection: what was checked is what is connected to', async () => {
    await using server = await httpServer((_request, response) => response.end(FEED));
    const answers: string[] = [];
    // A name that points elsewhere the second time it is asked for.
    const lookup: DnsLookup = async () => {
      answers.push(answers.length === 0 ? '127.0.0.1' : '127.0.0.2');
      return [{ address: answers.at(-1) ?? '', family: 4 }];
    };
    await using client = testClient({ lookup });
    expect(await client.get({ url: `http://press.test:${server.port}/`, kind: 'FEED' })).toMatchObject({
      outcome: 'Fetched',
    });
    expect(answers).toEqual(['127.0.0.1']);
  });

  test('a name that does not resolve is a DNS failure', async () => {
    const lookups: DnsLookup[] = [
      async () => [],
      () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
    ];
    for (const lookup of lookups) {
      await using client = testClient({ lookup });
      expect(await client.get({ url: 'http://nulle-part.test/', kind: 'FEED' })).toMatchObject({
        reason: 'DNS',
        message: 'the name nulle-part.test does not resolve',
      });
    }
  });
});

describe('giving up', () => {
  test('a caller’s signal ends the request', async () => {
    const controller = new AbortController();
    await using server = await rawServer(() => controller.abort());
    await using client = testClient();
    expect(await client.get({ url: server.origin, kind: 'FEED', signal: controller.signal })).toMatchObject({
      reason: 'ABORTED',
    });
    expect(await client.get({ url: server.origin, kind: 'FEED', signal: controller.signal })).toMatchObject({
      reason: 'ABORTED',
    });
  });

  test('a caller’s signal ends the wait for a robots.txt that does not come', async () => {
    const controller = new AbortController();
    await using server = await rawServer(() => controller.abort());
    await using client = testClient();
    const page = { url: `${server.origin}/page`, kind: 'PAGE', signal: controller.signal } as const;
    expect(await client.get(page)).toMatchObject({ reason: 'ABORTED' });
    expect(await client.get(page)).toMatchObject({ reason: 'ABORTED' });
    expect(server.asked).toEqual(['GET /robots.txt']);
  });

  test('a request of so many milliseconds has timed out after them, though it was robots.txt that did not come', async () => {
    await using server = await rawServer(() => undefined);
    await using client = testClient({ limits: { idleMs: 600_000, totalMs: 600_000 } });
    const page = { url: `${server.origin}/page`, kind: 'PAGE', withinMs: 20 } as const;
    expect(await client.get(page)).toMatchObject({ reason: 'TIMEOUT' });
  });

  test('closing the client ends what is under way and what waits', async () => {
    const client = testClient({ limits: { perHost: 1 } });
    await using server = await rawServer(() => void client.close());
    const documents = await Promise.all(
      [1, 2, 3].map((i) => client.get({ url: `${server.origin}/${i}`, kind: 'FEED' })),
    );
    expect(documents.map((document) => document.outcome === 'Failed' && document.reason)).toEqual([
      'ABORTED',
      'ABORTED',
      'ABORTED',
    ]);
  });
});
