/** What a host may expect of us. */
import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { HostGates } from '#document/host-gate.client.ts';
import { httpServer, testClient } from './loopback.ts';

describe('requests to one host', () => {
  test('are never more at a time than allowed, and all are made', async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    // Answers three at a time, a while after the third has come: a fourth would have had time to come as well.
    await using server = await httpServer(async (_request, response) => {
      held.push(response);
      most = Math.max(most, held.length);
      if (held.length < 3) return;
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      for (const one of held.splice(0)) one.end('x');
    });
    await using client = testClient({ limits: { perHost: 3 } });
    const documents = await Promise.all(
      Array.from({ length: 60 }, (_, i) => client.get({ url: `${server.origin}/${i}`, kind: 'FEED' })),
    );
    expect(documents.every(({ outcome }) => outcome === 'Fetched')).toBe(true);
    expect(server.asked.length).toBe(60);
    expect(most).toBe(3);
  });

  test('beyond the queue are refused at once', async () => {
    await using server = await httpServer((_request, response) => response.end('x'));
    await using client = testClient({ limits: { perHost: 1, maxWaitingPerHost: 2 } });
    const documents = await Promise.all(
      [1, 2, 3, 4, 5].map((i) => client.get({ url: `${server.origin}/${i}`, kind: 'FEED' })),
    );
    expect(
      documents.map((document) => (document.outcome === 'Failed' ? document.reason : document.outcome)),
    ).toEqual(['Fetched', 'Fetched', 'Fetched', 'QUEUE_FULL', 'QUEUE_FULL']);
  });

  test('are spaced out', async () => {
    vi.useFakeTimers();
    try {
      let now = 0;
      const gates = new HostGates({ perHost: 5, spacingMs: 250, maxWaiting: 10 }, () => now);
      const entered: number[] = [];
      const all = [1, 2, 3].map((i) => gates.enter('ex.fr', null)?.then(() => entered.push(i)));
      const other = gates.enter('autre.fr', null);
      await other;
      await all[0];
      expect(entered).toEqual([1]);
      now = 250;
      await vi.advanceTimersByTimeAsync(250);
      expect(entered).toEqual([1, 2]);
      now = 500;
      await vi.advanceTimersByTimeAsync(250);
      expect(entered).toEqual([1, 2, 3]);
      gates.close();
    } finally {
      vi.useRealTimers();
    }
  });
});

test('a Crawl-delay that is taken back counts no longer', async () => {
  vi.useFakeTimers();
  try {
    let now = 0;
    const gates = new HostGates({ perHost: 5, spacingMs: 250, maxWaiting: 10 }, () => now);
    gates.slowDown('ex.fr', 5);
    gates.slowDown('ex.fr', 0);
    await gates.enter('ex.fr', null);
    const second = gates.enter('ex.fr', null);
    now = 250;
    await vi.advanceTimersByTimeAsync(250);
    expect(await Promise.race([second, Promise.resolve('waits')])).not.toBe('waits');
    gates.close();
  } finally {
    vi.useRealTimers();
  }
});

describe('a host that asks for a pause', () => {
  const clock = { now: () => new Date('2026-03-01T12:00:00Z') };

  async function ask(paths: readonly string[]) {
    await using server = await httpServer(({ url }, response) => {
      if (url?.startsWith('/non') === true) response.writeHead(429, { 'retry-after': '300' }).end();
      else response.end('x');
    });
    await using client = testClient({ clock });
    const reasons: string[] = [];
    for (const path of paths) {
      const document = await client.get({ url: server.origin + path, kind: 'FEED' });
      reasons.push(document.outcome === 'Failed' ? document.reason : document.outcome);
    }
    return { reasons, asked: server.asked.length };
  }

  test('for three of its addresses in a row is left alone altogether', async () => {
    expect(await ask(['/non1', '/non2', '/non3', '/oui'])).toEqual({
      reasons: ['ASKED_TO_WAIT', 'ASKED_TO_WAIT', 'ASKED_TO_WAIT', 'HOST_ASKED_TO_WAIT'],
      asked: 3,
    });
  });

  test('for one address, however often, is asked for its others', async () => {
    expect((await ask(['/non1', '/non1', '/non1', '/non1', '/oui'])).reasons.at(-1)).toBe('Fetched');
  });

  test('for a month is left alone for a week', async () => {
    await using server = await httpServer((_request, response) =>
      response.writeHead(503, { 'retry-after': '2678400' }).end(),
    );
    await using client = testClient({ clock });
    for (const path of ['/a', '/b', '/c']) await client.get({ url: server.origin + path, kind: 'FEED' });
    expect(await client.get({ url: `${server.origin}/d`, kind: 'FEED' })).toMatchObject({
      reason: 'HOST_ASKED_TO_WAIT',
      retryAfterSeconds: 7 * 86_400,
    });
  });

  test('now and then is asked again after each good answer', async () => {
    expect((await ask(['/non1', '/non2', '/oui', '/non3', '/oui'])).reasons.at(-1)).toBe('Fetched');
  });
});

describe('robots.txt', () => {
  async function read(
    robots: { readonly status: number; readonly text: string },
    paths: readonly string[],
    kind: 'PAGE' | 'FEED' = 'PAGE',
  ) {
    await using server = await httpServer(({ url }, response) => {
      if (url === '/robots.txt')
        response.writeHead(robots.status, { 'content-type': 'text/plain' }).end(robots.text);
      else if (url === '/vers-prive') response.writeHead(302, { location: '/prive/x' }).end();
      else response.end('page');
    });
    await using client = testClient();
    const outcomes: string[] = [];
    for (const path of paths) {
      const document = await client.get({ url: server.origin + path, kind });
      outcomes.push(document.outcome === 'Failed' ? document.reason : document.outcome);
    }
    return { outcomes, asked: server.asked };
  }
  const rules =
    'User-agent: *\nDisallow: /prive/\n\nUser-agent: Vigie-test\nDisallow: /prive/\nDisallow: /abonnes';

  test('keeps us out of pages, on every hop, and is asked for once', async () => {
    expect(await read({ status: 200, text: rules }, ['/a', '/prive/x', '/abonnes/1', '/vers-prive'])).toEqual(
      {
        outcomes: ['Fetched', 'ROBOTS', 'ROBOTS', 'ROBOTS'],
        asked: ['GET /robots.txt', 'GET /a', 'GET /vers-prive'],
      },
    );
  });

  test('does not concern feeds, which are there to be polled', async () => {
    expect(await read({ status: 200, text: 'User-agent: *\nDisallow: /' }, ['/feed'], 'FEED')).toEqual({
      outcomes: ['Fetched'],
      asked: ['GET /feed'],
    });
  });

  test('that does not exist allows everything', async () => {
    expect((await read({ status: 404, text: 'non' }, ['/prive/x'])).outcomes).toEqual(['Fetched']);
  });

  test('that the server cannot give keeps us out for now, and says so', async () => {
    expect(await read({ status: 500, text: 'non' }, ['/a', '/b'])).toEqual({
      outcomes: ['HTTP_STATUS', 'HTTP_STATUS'],
      asked: ['GET /robots.txt'],
    });
    expect((await read({ status: 503, text: 'non' }, ['/a'])).outcomes).toEqual(['ASKED_TO_WAIT']);
  });

  test('longer than half a megabyte is read as far as that', async () => {
    const text = `User-agent: *\nDisallow: /prive/\n${'# commentaire\n'.repeat(60_000)}Disallow: /a\n`;
    expect((await read({ status: 200, text }, ['/a', '/prive/x'])).outcomes).toEqual(['Fetched', 'ROBOTS']);
  });
});
