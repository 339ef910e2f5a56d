/** When things are delivered: retries, digests, and the room between messages. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChannelSettings, describeTarget, dueAt } from '#delivery/channel.ts';
import { nextDigest } from '#delivery/digest-time.ts';
import { decideRetry, GIVE_UP_MS } from '#delivery/retry.ts';

const NOW = new Date('2026-03-12T08:00:00Z');
const failure = { problem: 'no', retryAfterSeconds: null, final: false };

describe('a retry', () => {
  test.each([
    [0, 5],
    [1, 30],
    [2, 120],
    [5, 3_600],
    [8, 28_800],
    [50, 28_800],
  ])('after %i failures before this one waits %i seconds', (failures, seconds) => {
    const next = decideRetry(failure, { failingSince: NOW, failures, now: NOW, random: 0.5 });
    expect(next).toEqual({ retryAt: new Date(NOW.getTime() + seconds * 1_000) });
  });

  test('comes a fifth sooner or later by chance', () => {
    const at = (random: number) =>
      decideRetry(failure, { failingSince: null, failures: 5, now: NOW, random });
    expect([at(0), at(1)]).toEqual([
      { retryAt: new Date(NOW.getTime() + 2_880_000) },
      { retryAt: new Date(NOW.getTime() + 4_320_000) },
    ]);
  });

  test('waits as long as it is asked to, but not beyond the third day', () => {
    const state = { failingSince: NOW, failures: 0, now: NOW, random: 0.5 };
    expect(decideRetry({ ...failure, retryAfterSeconds: 90 }, state)).toEqual({
      retryAt: new Date(NOW.getTime() + 90_000),
    });
    expect(decideRetry({ ...failure, retryAfterSeconds: 1 }, state)).toEqual({
      retryAt: new Date(NOW.getTime() + 5_000),
    });
    expect(decideRetry({ ...failure, retryAfterSeconds: 9e9 }, state)).toEqual({
      retryAt: new Date(NOW.getTime() + GIVE_UP_MS),
    });
  });

  test('ends at the third day whatever chance and the other side say, and never before', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.option(fc.nat(100_000)),
        (chances, retryAfterSeconds) => {
          let now = NOW;
          for (let failures = 0; failures < 200; failures += 1) {
            const random = chances.next().value as number;
            const next = decideRetry(
              { ...failure, retryAfterSeconds },
              { failingSince: failures === 0 ? null : NOW, failures, now, random },
            );
            if ('disable' in next) return now.getTime() - NOW.getTime() === GIVE_UP_MS;
            if (next.retryAt <= now) return false;
            now = next.retryAt;
          }
          return false;
        },
      ),
      { numRuns: 100 },
    );
  });

  test('is not made where it cannot help', () => {
    expect(
      decideRetry({ ...failure, final: true }, { failingSince: null, failures: 0, now: NOW, random: 0 }),
    ).toEqual({ disable: 'no' });
  });
});

describe('a digest', () => {
  const paris = { hour: 8, weekday: 1, timeZone: 'Europe/Paris' };
  test.each([
    ['the same day', paris, 'DAILY', '2026-03-12T06:59:59.999Z', '2026-03-12T07:00:00Z'],
    ['the next day at the very hour', paris, 'DAILY', '2026-03-12T07:00:00Z', '2026-03-13T07:00:00Z'],
    ['the day the clocks go forward', paris, 'DAILY', '2026-03-28T12:00:00Z', '2026-03-29T06:00:00Z'],
    ['the day the clocks go back', paris, 'DAILY', '2026-10-24T12:00:00Z', '2026-10-25T07:00:00Z'],
    [
      'where spring skips its hour, when the clock goes on',
      { ...paris, hour: 2 },
      'DAILY',
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'where autumn repeats its hour, the first time',
      { ...paris, hour: 2 },
      'DAILY',
      '2026-10-24T12:00:00Z',
      '2026-10-25T00:00:00Z',
    ],
    ['the Monday', paris, 'WEEKLY', '2026-03-12T08:00:00Z', '2026-03-16T07:00:00Z'],
    ['the Sunday', { ...paris, weekday: 7 }, 'WEEKLY', '2026-03-12T08:00:00Z', '2026-03-15T07:00:00Z'],
    [
      'the day of a zone that is ahead',
      { hour: 0, weekday: 5, timeZone: 'Pacific/Kiritimati' },
      'WEEKLY',
      '2026-03-12T08:00:00Z',
      '2026-03-12T10:00:00Z',
    ],
    [
      'the day of a zone that is behind',
      { hour: 23, weekday: 4, timeZone: 'Pacific/Honolulu' },
      'WEEKLY',
      '2026-03-13T08:00:00Z',
      '2026-03-13T09:00:00Z',
    ],
    [
      'in a zone with half hours',
      { hour: 8, weekday: 1, timeZone: 'Asia/Kolkata' },
      'DAILY',
      '2026-03-12T00:00:00Z',
      '2026-03-12T02:30:00Z',
    ],
  ] as const)('comes %s', (_when, time, schedule, after, due) => {
    expect(nextDigest(new Date(after), time, schedule)).toEqual(new Date(due));
  });

  test('of any day of any zone shows the hour on a clock there, except where it is skipped', () => {
    const zones = [
      'Europe/Paris',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/St_Johns',
      'UTC',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.nat(23),
        fc.integer({ min: 0, max: 4_000 }),
        (timeZone, hour, halfDays) => {
          const after = new Date(Date.UTC(2024, 0, 1) + halfDays * 43_200_000);
          const due = nextDigest(after, { hour, weekday: 1, timeZone }, 'DAILY');
          const hours = (due.getTime() - after.getTime()) / 3_600_000;
          const shown = Number(
            new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(due),
          );
          return hours > 0 && hours <= 25 && (shown === hour || shown === (hour + 1) % 24);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a message', () => {
  const slack: ChannelSettings = { kind: 'SLACK', url: 'https://hooks.slack.example/x', language: 'FR' };
  test('keeps its distance from the one before, and a failed one its time', () => {
    const pace = { settings: slack, lastDeliveredAt: NOW, nextAttemptAt: null };
    expect(dueAt(pace, NOW)).toEqual(new Date(NOW.getTime() + 1_000));
    expect(dueAt({ ...pace, lastDeliveredAt: null }, NOW)).toEqual(NOW);
    expect(dueAt({ ...pace, settings: { kind: 'WEBHOOK', url: 'https://a.example' } }, NOW)).toEqual(NOW);
    const retry = new Date(NOW.getTime() + 77_000);
    expect(dueAt({ ...pace, nextAttemptAt: retry }, NOW)).toEqual(retry);
  });

  test('says where it leads without what is secret there', () => {
    expect(describeTarget(slack)).toBe('https://hooks.slack.example/…');
    expect(describeTarget({ kind: 'WEBHOOK', url: 'https://a.example/b?c=d' })).toBe('https://a.example/b?…');
    expect(describeTarget({ kind: 'FEED' })).toBe('RSS, Atom, JSON Feed');
  });
});
