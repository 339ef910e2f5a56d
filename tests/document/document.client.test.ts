import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Document } from '#document/response.ts';
import { httpServer, rawServer, testClient, USER_AGENT } from './loopback.ts';

const FEED = '<rss version="2.0"><channel><title>Été</title></channel></rss>';
const now = new Date('2026-03-01T12:00:00Z');
const clock = { now: () => now };

function bodyOf(document: Document): string {
  return document.outcome === 'Fetched'
    ? Buffer.from(document.body).toString('utf8')
    : `(${document.outcome})`;
}

describe('a request', () => {
  test('names us and a contact, says what is wanted, and sends validators only when there are any', async () => {
    await using server = await httpServer((_request, response) => response.end(FEED));
    await using client = testClient();
    await client.get({ url: `${server.origin}/1`, kind: 'FEED', etag: '', lastModified: null });
    await client.get({
      url: `${server.origin}/2`,
      kind: 'FEED',
      etag: 'W/"x"',
      lastModified: 'Sun, 01 Mar 2026 10:00:00 GMT',
    });
    await client.get({ url: `${server.origin}/3`, kind: 'FEED', accept: 'text/x-opml' });
    const [first, second, third] = server.requests.map(({ headers }) => headers);
    expect(first).toMatchObject({ 'user-agent': USER_AGENT, 'accept-encoding': 'gzip, deflate, br' });
    expect(first?.accept).toMatch(/^application\/atom\+xml/);
    expect(first).not.toHaveProperty('if-none-match');
    expect(first).not.toHaveProperty('if-modified-since');
    expect(second).toMatchObject({
      'if-none-match': 'W/"x"',
      'if-modified-since': 'Sun, 01 Mar 2026 10:00:00 GMT',
    });
    expect(third).toMatchObject({ accept: 'text/x-opml' });
  });

  test.each([
    ['ftp://127.0.0.1/', 'only http and https are read, not ftp:'],
    ['http://a:b@127.0.0.1/', 'an address may not carry a user name or password'],
    ['nulle part', '"nulle part" is no address'],
  ])('for %s is never sent', async (url, message) => {
    await using client = testClient({ clock });
    expect(await client.get({ url, kind: 'FEED' })).toEqual({
      outcome: 'Failed',
      reason: 'BAD_URL',
      message,
      url,
      permanentUrl: null,
      status: null,
      retryAfterSeconds: null,
      fetchedAt: now,
    });
  });
});

describe('an answer', () => {
  test('gives the body and everything its headers say', async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/rss+xml; charset=utf-8',
        etag: '"abc123"',
        'last-modified': 'Sun, 01 Mar 2026 10:00:00 GMT',
        'cache-control': 'max-age=600',
        'content-language': 'fr',
        'content-location': '/canonique',
        link: ['<https://hub.example/>; rel=hub', '</feed>; rel=self'],
      });
      response.end(FEED);
    });
    await using client = testClient({ clock });
    const document = await client.get({ url: `${server.origin}/feed`, kind: 'FEED' });
    expect(bodyOf(document)).toBe(FEED);
    expect(document).toMatchObject({
      outcome: 'Fetched',
      url: `${server.origin}/feed`,
      permanentUrl: null,
      status: 200,
      etag: '"abc123"',
      lastModified: 'Sun, 01 Mar 2026 10:00:00 GMT',
      maxAgeSeconds: 600,
      contentType: 'application/rss+xml; charset=utf-8',
      contentLanguage: 'fr',
      contentLocation: '/canonique',
      hubs: ['https://hub.example/'],
      selfUrl: `${server.origin}/feed`,
      wireBytes: Buffer.byteLength(FEED),
      truncated: false,
      fetchedAt: now,
    });
  });

  test('of 304 to a question without validators is a failure: there is nothing that it could be the same as', async () => {
    await using server = await httpServer((_request, response) => response.writeHead(304).end());
    await using client = testClient();
    expect(await client.get({ url: server.origin, kind: 'FEED' })).toMatchObject({
      outcome: 'Failed',
      reason: 'HTTP_STATUS',
      status: 304,
    });
  });

  test('of 304 is "not modified", also behind a redirect', async () => {
    await using server = await httpServer(({ url, headers }, response) => {
      if (url === '/old') response.writeHead(302, { location: '/feed' }).end();
      else if (headers['if-none-match'] === '"v1"') response.writeHead(304, { etag: '"v1"' }).end();
      else response.writeHead(200, { etag: '"v1"' }).end(FEED);
    });
    await using client = testClient();
    const first = await client.get({ url: `${server.origin}/old`, kind: 'FEED' });
    expect(first).toMatchObject({ outcome: 'Fetched', etag: '"v1"' });
    const second = await client.get({ url: `${server.origin}/old`, kind: 'FEED', etag: '"v1"' });
    expect(second).toMatchObject({
      outcome: 'NotModified',
      status: 304,
      etag: '"v1"',
      url: `${server.origin}/feed`,
    });
  });

  test('with blank validators has none', async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(200, { etag: '  ', 'last-modified': '' }).end(FEED);
    });
    await using client = testClient();
    expect(await client.get({ url: server.origin, kind: 'FEED' })).toMatchObject({
      etag: null,
      lastModified: null,
    });
  });

  test.each([
    [404, {}, { reason: 'HTTP_STATUS', status: 404, retryAfterSeconds: null }],
    [500, { 'retry-after': '60' }, { reason: 'HTTP_STATUS', status: 500, retryAfterSeconds: null }],
    [410, {}, { reason: 'GONE', status: 410 }],
    [503, { 'retry-after': '120' }, { reason: 'ASKED_TO_WAIT', status: 503, retryAfterSeconds: 120 }],
    [
      429,
      { 'retry-after': 'Sun, 01 Mar 2026 12:05:00 GMT' },
      { reason: 'ASKED_TO_WAIT', status: 429, retryAfterSeconds: 300 },
    ],
    [429, {}, { reason: 'ASKED_TO_WAIT', status: 429, retryAfterSeconds: null }],
    [206, {}, { reason: 'HTTP_STATUS', status: 206 }],
    [302, {}, { reason: 'BAD_REDIRECT', status: 302 }],
    [302, { location: 'javascript:alert(1)' }, { reason: 'BAD_REDIRECT' }],
    [302, { location: 'ftp://ex.fr/' }, { reason: 'BAD_REDIRECT' }],
    [301, { location: 'http://moi:secret@127.0.0.1/' }, { reason: 'BAD_REDIRECT' }],
  ])('of %i %j is a failure in plain words', async (status, headers, expected) => {
    await using server = await httpServer((_request, response) =>
      response.writeHead(status, headers).end('non'),
    );
    await using client = testClient({ clock });
    const document = await client.get({ url: `${server.origin}/x`, kind: 'FEED' });
    expect(document).toMatchObject({
      outcome: 'Failed',
      message: expect.stringMatching(/\w \w/),
      ...expected,
    });
  });

  test('of 410 behind a temporary redirect does not end the feed', async () => {
    await using server = await httpServer(({ url }, response) => {
      if (url === '/feed') response.writeHead(302, { location: '/autre' }).end();
      else response.writeHead(410).end();
    });
    await using client = testClient();
    expect(await client.get({ url: `${server.origin}/feed`, kind: 'FEED' })).toMatchObject({
      reason: 'HTTP_STATUS',
      status: 410,
    });
  });
});

describe('redirects', () => {
  async function chain(steps: readonly number[]) {
    await using server = await httpServer(({ url }, response) => {
      const at = Number(url?.slice(1));
      const status = steps[at];
      if (status === undefined) response.end(FEED);
      else response.writeHead(status, { location: `${at + 1}` }).end('<p>ailleurs</p>');
    });
    await using client = testClient();
    const document = await client.get({ url: `${server.origin}/0`, kind: 'FEED' });
    const path = (url: string | null) => url?.slice(server.origin.length) ?? null;
    return {
      outcome: document.outcome,
      url: path(document.url),
      permanentUrl: path(document.permanentUrl),
      document,
    };
  }

  test.each([
    [[301], '/1'],
    [[308, 301], '/2'],
    [[302], null],
    [[301, 302], '/1'],
    [[302, 301], null],
    [[308, 301, 307, 301, 308], '/2'],
    [[303, 307], null],
  ])('%j lead to the end, and the leading permanent ones to %j', async (steps, permanentUrl) => {
    expect(await chain(steps)).toMatchObject({ outcome: 'Fetched', url: `/${steps.length}`, permanentUrl });
  });

  test('beyond five are not followed', async () => {
    expect((await chain([301, 301, 301, 301, 301, 301])).document).toMatchObject({
      reason: 'TOO_MANY_REDIRECTS',
    });
  });

  test('in a circle are noticed', async () => {
    await using server = await httpServer(({ url }, response) => {
      response.writeHead(302, { location: url === '/a' ? '/b' : '/a' }).end();
    });
    await using client = testClient();
    expect(await client.get({ url: `${server.origin}/a`, kind: 'FEED' })).toMatchObject({
      reason: 'REDIRECT_LOOP',
    });
    expect(server.asked).toEqual(['GET /a', 'GET /b']);
  });
});

test('a redirect to an address with accents leads there, in UTF-8 as in Latin-1', async () => {
  await using server = await httpServer(({ url, socket }, response) => {
    const location = Buffer.from('/actualité', url === '/utf8' ? 'utf8' : 'latin1');
    if (url === '/actualit%C3%A9') return response.end(FEED);
    const head = 'HTTP/1.1 302 Found\r\nconnection: close\r\ncontent-length: 0\r\nlocation: ';
    return socket.end(Buffer.concat([Buffer.from(head), location, Buffer.from('\r\n\r\n')]));
  });
  await using client = testClient();
  for (const path of ['/utf8', '/latin1']) {
    expect(bodyOf(await client.get({ url: server.origin + path, kind: 'FEED' }))).toBe(FEED);
  }
});

describe('compressed bodies', () => {
  const text = Buffer.from(FEED);
  const gzip = zlib.gzipSync(text);
  test.each([
    ['gzip', 'gzip', gzip],
    ['gzip under its old name', 'x-gzip', gzip],
    ['deflate with its header', 'deflate', zlib.deflateSync(text)],
    ['deflate without it', 'deflate', zlib.deflateRawSync(text)],
    ['brotli', 'br', zlib.brotliCompressSync(text)],
    ['one over the other', 'gzip, br', zlib.brotliCompressSync(gzip)],
    ['gzip that nobody announced', null, gzip],
    ['gzip announced as deflate', 'deflate', gzip],
    ['gzip announced as brotli', 'br', gzip],
    ['deflate announced as gzip', 'gzip', zlib.deflateSync(text)],
    ['gzip that is none', 'gzip', text],
    ['deflate that is none', 'deflate', text],
    ['brotli that is none', 'br', text],
    ['a coding that is none', 'aws-chunked', text],
    ['an empty coding', '', text],
  ])('%s', async (_what, encoding, body) => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(200, encoding === null ? {} : { 'content-encoding': encoding }).end(body);
    });
    await using client = testClient();
    expect(bodyOf(await client.get({ url: server.origin, kind: 'FEED' }))).toBe(FEED);
  });

  test('text in UTF-16 that is announced as brotli is taken as it is', async () => {
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
    await using server = await httpServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'br' }).end(wide),
    );
    await using client = testClient();
    const document = await client.get({ url: server.origin, kind: 'FEED' });
    expect(document.outcome === 'Fetched' && wide.equals(document.body)).toBe(true);
  });

  test('a gzip cut short gives what can be had of it', async () => {
    const long = Array.from({ length: 9_000 }, (_, i) => `<item>${i ** 3}</item>`).join('');
    const cut = zlib.gzipSync(long).subarray(0, -200);
    await using server = await httpServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(cut),
    );
    await using client = testClient();
    const body = bodyOf(await client.get({ url: server.origin, kind: 'FEED' }));
    expect(body.length).toBeGreaterThan(1_000);
    expect(long.startsWith(body)).toBe(true);
  });

  test.each([
    ['gzip', Buffer.concat([gzip.subarray(0, 10), Buffer.from([0x07, 0x07, 0x07])])],
    ['br', Buffer.alloc(200, 0xfe)],
    ['gzip, gzip, gzip, gzip', gzip],
  ])('%s that is broken is a failure', async (encoding, body) => {
    await using server = await httpServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    await using client = testClient();
    expect(await client.get({ url: server.origin, kind: 'FEED' })).toMatchObject({ reason: 'BAD_ENCODING' });
  });

  test.each([
    ['gzip', zlib.gzipSync(Buffer.alloc(50_000_000))],
    [
      'br',
      zlib.brotliCompressSync(Buffer.alloc(50_000_000), {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 2 },
      }),
    ],
  ])('50 MB in a few bytes of %s are too large', async (encoding, body) => {
    await using server = await httpServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    await using client = testClient();
    expect(body.byteLength).toBeLessThan(100_000);
    expect(await client.get({ url: server.origin, kind: 'FEED' })).toMatchObject({
      reason: 'TOO_LARGE',
      status: 200,
    });
  });
});

describe('TLS', () => {
  const pem = readFileSync(new URL('./press.test.pem', import.meta.url), 'utf8');
  const lookup = async () => [{ address: '127.0.0.1', family: 4 as const }];

  async function tlsServer() {
    const server = https.createServer({ key: pem, cert: pem }, (_request, response) => response.end(FEED));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return {
      port,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  test('a certificate that is trusted and bears the name is accepted', async () => {
    await using server = await tlsServer();
    await using client = testClient({ ca: pem, lookup });
    expect(bodyOf(await client.get({ url: `https://press.test:${server.port}/`, kind: 'FEED' }))).toBe(FEED);
  });

  test('a certificate for another name is refused', async () => {
    await using server = await tlsServer();
    await using client = testClient({ ca: pem, lookup });
    expect(await client.get({ url: `https://autre.test:${server.port}/`, kind: 'FEED' })).toMatchObject({
      reason: 'TLS',
    });
  });

  test('a certificate that nobody vouches for is refused', async () => {
    await using server = await tlsServer();
    await using client = testClient({ lookup });
    expect(await client.get({ url: `https://press.test:${server.port}/`, kind: 'FEED' })).toMatchObject({
      reason: 'TLS',
      message: expect.stringContaining('press.test'),
    });
  });

  test('a server that speaks no TLS is refused', async () => {
    await using server = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await using client = testClient();
    expect(await client.get({ url: `https://127.0.0.1:${server.port}/`, kind: 'FEED' })).toMatchObject({
      reason: 'TLS',
    });
  });
});
