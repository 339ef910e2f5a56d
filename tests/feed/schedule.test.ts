import { describe, expect, test } from 'vitest';
import { asksForWhole, decideAddress, firstPoll, nextPoll, type PollSituation } from '#feed/schedule.ts';

const now = new Date('2026-03-01T12:00:00Z');
const calm: PollSituation = {
  now,
  verdict: 'ANSWERED',
  recent: { articles: 14, days: 14 },
  newArticles: 0,
  failures: 0,
  ttlMinutes: null,
  maxAgeSeconds: null,
  retryAfterSeconds: null,
  subscribed: false,
  random: 0.5,
};

/** Seconds until the next poll, in the middle of its spread. */
function wait(change: Partial<PollSituation>): number | null {
  const { at } = nextPoll({ ...calm, ...change });
  return at === null ? null : (at.getTime() - now.getTime()) / 1000;
}

const MINUTE = 60;
const HOUR = 3_600;

describe('a feed that answers', () => {
  test.each([
    ['300 articles a day', { articles: 4_200, days: 14 }, 5 * MINUTE],
    ['four articles a day', { articles: 56, days: 14 }, 15 * MINUTE],
    ['one article a day', { articles: 14, days: 14 }, HOUR],
    ['one article a week', { articles: 2, days: 14 }, 7 * HOUR],
    ['nothing for two weeks', { articles: 0, days: 14 }, 24 * HOUR],
    ['nothing yet', { articles: 0, days: 1 }, 15 * MINUTE],
  ])('with %s is asked in its own rhythm', (_what, recent, seconds) => {
    expect(wait({ recent })).toBe(seconds);
    expect(nextPoll({ ...calm, recent }).intervalSeconds).toBe(seconds);
  });

  test('is asked sooner after news', () => {
    expect(wait({ newArticles: 1 })).toBe(30 * MINUTE);
  });

  test.each([
    ['its ttl', { ttlMinutes: 60 }, HOUR],
    ['its max-age', { maxAgeSeconds: 1_800 }, 30 * MINUTE],
    ['the longer of both', { ttlMinutes: 10, maxAgeSeconds: 1_800 }, 30 * MINUTE],
    ['a ttl of a week, no further than two hours', { ttlMinutes: 10_080 }, 2 * HOUR],
    ['Retry-After', { retryAfterSeconds: 3 * HOUR, random: 0 }, 3 * HOUR],
  ])('is not asked before %s', (_what, hint, seconds) => {
    const busy = { articles: 4_200, days: 14 };
    expect(wait({ recent: busy, ...hint })).toBe(seconds);
    expect(wait({ recent: busy, newArticles: 3, ...hint })).toBe(seconds);
  });
});

describe('a feed that fails', () => {
  test.each([
    [1, 5 * MINUTE],
    [2, 10 * MINUTE],
    [3, 20 * MINUTE],
    [6, 160 * MINUTE],
    [9, 1_280 * MINUTE],
    [10, 24 * HOUR],
    [1_000_000, 24 * HOUR],
  ])('%i times in a row is asked again after %i seconds', (failures, seconds) => {
    expect(wait({ verdict: 'FAILED', failures })).toBe(seconds);
  });

  test.each([
    [1, 5 * MINUTE],
    [4, 40 * MINUTE],
    [5, HOUR],
    [1_000_000, HOUR],
  ])(
    'without being reached, %i times in a row, is asked again after %i seconds: it may be our own network',
    (failures, seconds) => {
      expect(wait({ verdict: 'UNREACHED', failures })).toBe(seconds);
    },
  );

  test('is not asked before it asked to be', () => {
    expect(wait({ verdict: 'FAILED', failures: 1, retryAfterSeconds: 3_000, random: 0 })).toBe(3_000);
    expect(wait({ verdict: 'FAILED', failures: 1, retryAfterSeconds: 31 * 24 * HOUR, random: 0 })).toBe(
      7 * 24 * HOUR,
    );
  });

  test('is asked no later than it asked to be, if that is sooner than we would', () => {
    expect(wait({ verdict: 'FAILED', failures: 3, retryAfterSeconds: 10 })).toBe(20 * MINUTE);
  });

  test('for good is not asked again', () => {
    expect(wait({ verdict: 'GONE', failures: 1 })).toBeNull();
  });
});

test('polls are spread out: a tenth to either side, a quarter after failures, only later after Retry-After', () => {
  const range = (change: Partial<PollSituation>) => [
    wait({ ...change, random: 0 }),
    wait({ ...change, random: 1 }),
  ];
  expect(range({})).toEqual([3_240, 3_960]);
  expect(range({ verdict: 'FAILED', failures: 1 })).toEqual([225, 375]);
  expect(range({ verdict: 'FAILED', failures: 1, retryAfterSeconds: 1_000 })).toEqual([1_000, 1_100]);
});

describe('the first round', () => {
  const seconds = (index: number, count: number) =>
    (firstPoll(now, index, count).getTime() - now.getTime()) / 1000;
  test('takes four feeds a second', () => {
    expect([0, 1, 4, 99].map((index) => seconds(index, 100))).toEqual([0, 0.25, 1, 24.75]);
  });
  test('of ten thousand feeds takes five minutes', () => {
    expect(seconds(9_999, 10_000)).toBeCloseTo(300, 0);
  });
});

test('everything is asked for again after every twenty-fourth "not modified" in a row', () => {
  expect(Array.from({ length: 50 }, (_, i) => i).filter(asksForWhole)).toEqual([24, 48]);
});

describe('a feed’s address', () => {
  const feed = { url: 'https://a.example/f', movedTo: null, movedPolls: 0 };
  const polled = (targets: readonly (string | null)[]) => targets.reduce(decideAddress, feed);
  const [b, c] = ['https://b.example/f', 'https://c.example/f'];

  test.each([
    ['no redirect', [null, null], feed],
    ['a permanent redirect once', [b], { url: feed.url, movedTo: b, movedPolls: 1 }],
    ['twice', [b, b], { url: feed.url, movedTo: b, movedPolls: 2 }],
    ['three times', [b, b, b], { url: b, movedTo: null, movedPolls: 0 }],
    ['twice, then elsewhere', [b, b, c], { url: feed.url, movedTo: c, movedPolls: 1 }],
    ['twice, then none', [b, b, null], feed],
    ['to itself', [feed.url, feed.url, feed.url], feed],
  ])('after %s', (_what, targets, expected) => {
    expect(polled(targets)).toEqual(expected);
  });
});
