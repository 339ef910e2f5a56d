import { expect, test } from 'vitest';
import type { DocumentRequest } from '#document/request.ts';
import type { Document } from '#document/response.ts';
import { boundPages } from '#pipeline/bound-pages.ts';

const now = () => new Date('2026-03-01T12:00:00Z');
const TIME = { all: 60_000, failed: 20_000 };

type Page = readonly [host: string, ms: number];

/** Asks for pages of which each takes its milliseconds, less than nothing for one that fails; what was sent. */
async function ask(pages: readonly Page[], redirectedTo: string | null = null) {
  let at = 0;
  const came: number[] = [];
  let sent = 0;
  let failedMs = 0;
  const documents = {
    async get({ url, withinMs = Number.POSITIVE_INFINITY }: DocumentRequest) {
      sent += 1;
      const page = Number(new URL(url).pathname.slice(1));
      const takes = pages[page]![1];
      const ms = Math.min(Math.abs(takes), withinMs);
      at += ms;
      if (takes >= 0 && takes <= withinMs) {
        came.push(page);
        return { outcome: 'Fetched', url } as Document;
      }
      failedMs += ms;
      const end = redirectedTo === null ? url : `https://${redirectedTo}/`;
      return { outcome: 'Failed', reason: 'TIMEOUT', message: 'stumm', url: end } as Document;
    },
  };
  const bound = boundPages(documents, TIME, { elapsed: () => at, now, home: 'https://own.fr/feed' });
  const answers: Document[] = [];
  for (const [page, [host]] of pages.entries()) {
    answers.push(await bound.get({ url: `https://${host}/${page}`, kind: 'PAGE' }));
  }
  return { sent, came, failedMs, last: answers.at(-1), isCutShort: bound.isCutShort() };
}

const ofOne = (count: number, ms: number, host = 'own.fr') =>
  Array.from({ length: count }, (): Page => [host, ms]);

test('pages are asked for until the time is over; the rest fails without being sent, for another time', async () => {
  expect(await ask(ofOne(100, 1_000))).toMatchObject({
    sent: 60,
    last: { outcome: 'Failed', reason: 'QUEUE_FULL' },
    isCutShort: true,
  });
});

test('pages that cannot be had use up a time of their own, and no poll is then said to come further', async () => {
  expect(await ask(ofOne(100, -10_000))).toMatchObject({ sent: 3, failedMs: 16_000, isCutShort: false });
  const mixed = [100, -10_000, 100, -10_000, 100].map((ms): Page => ['own.fr', ms]);
  expect(await ask(mixed)).toMatchObject({ sent: 4, isCutShort: false });
});

test('a site that answers in time is asked for everything, however slow the feed’s own host', async () => {
  expect(await ask(ofOne(100, 300))).toMatchObject({ sent: 100, isCutShort: false });
  expect(await ask(ofOne(4, 12_000))).toMatchObject({ came: [0, 1, 2, 3] });
});

test('hosts that are silent, and come first, cost no other host its pages', async () => {
  const silent = ['a.fr', 'b.fr', 'a.fr', 'c.fr', 'a.fr', 'b.fr'].map((host): Page => [host, -10_000]);
  const good = ['x.fr', 'y.fr', 'x.fr', 'own.fr'].map((host): Page => [host, 600]);
  const { came, failedMs } = await ask([...silent, ...good]);
  expect(came).toEqual([6, 7, 8, 9]);
  expect(failedMs).toBeLessThan(20_000);
});

test('a page that hangs costs no other page of its host', async () => {
  expect((await ask([['x.fr', -10_000], ...ofOne(50, 600, 'x.fr')])).came.length).toBe(50);
});

test('however many hosts are silent, the time for failures is kept to within a second', async () => {
  const { failedMs } = await ask(Array.from({ length: 100 }, (_, i): Page => [`${i}.fr`, -10_000]));
  expect(failedMs).toBeLessThan(21_000);
});

test('a host that redirects to a silent one is not the silent one', async () => {
  const { sent } = await ask(ofOne(4, -10_000, 'kurz.fr'), 'stumm.fr');
  expect(sent).toBe(4);
});
