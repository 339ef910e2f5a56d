import { expect, test } from 'vitest';
import type { Document } from '#document/response.ts';
import { boundPages } from '#pipeline/bound-pages.ts';

const now = () => new Date('2026-03-01T12:00:00Z');
const TIME = { all: 60_000, failed: 20_000 };

/** Asks for pages of which each takes its milliseconds, less than nothing for one that fails; what was sent. */
async function ask(pages: readonly number[]) {
  let at = 0;
  const sent: string[] = [];
  const documents = {
    async get({ url }: { readonly url: string }) {
      sent.push(url);
      const takes = pages[Number(url)] ?? 0;
      at += Math.abs(takes);
      return { outcome: takes < 0 ? 'Failed' : 'Fetched' } as Document;
    },
  };
  const bound = boundPages(documents, TIME, { elapsed: () => at, now });
  const answers: Document[] = [];
  for (const url of pages.keys()) answers.push(await bound.get({ url: String(url), kind: 'PAGE' }));
  return { sent: sent.length, last: answers.at(-1), isCutShort: bound.isCutShort() };
}

test('pages are asked for until the time is over; the rest fails without being sent, for another time', async () => {
  expect(await ask(Array.from({ length: 100 }, () => 1_000))).toMatchObject({
    sent: 60,
    last: { outcome: 'Failed', reason: 'QUEUE_FULL' },
    isCutShort: true,
  });
});

test('pages that cannot be had use up a time of their own, and no poll is then said to come further', async () => {
  expect(await ask(Array.from({ length: 100 }, () => -10_000))).toMatchObject({ sent: 2, isCutShort: false });
  expect(await ask([100, -10_000, 100, -10_000, 100])).toMatchObject({ sent: 4, isCutShort: false });
});

test('a site that answers in time is asked for everything', async () => {
  expect(await ask(Array.from({ length: 100 }, () => 300))).toMatchObject({ sent: 100, isCutShort: false });
});
