import { expect, test } from 'vitest';
import { isTimeZone, isTooLong, type Period } from '#analysis/period.ts';

test.each<[string, boolean]>([
  ['Europe/Paris', true],
  ['UTC', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Europe/Atlantide', false],
  ['', false],
  ["Europe/Paris'; drop table article; --", false],
  ['+02:00', false],
  ['A'.repeat(100), false],
])('"%s" is a time zone: %s', (name, is) => {
  expect(isTimeZone(name)).toBe(is);
});

test.each<[Period, string, boolean]>([
  ['DAY', '2025-03-01', false],
  ['DAY', '2024-03-01', true],
  ['WEEK', '2019-01-01', false],
  ['WEEK', '2015-01-01', true],
  ['MONTH', '1996-01-01', false],
  ['YEAR', '1600-01-01', true],
])('in %ss, a time from %s to March 2026 is too long: %s', (period, from, is) => {
  expect(isTooLong(period, new Date(from), new Date('2026-03-01'))).toBe(is);
});
