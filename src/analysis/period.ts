/** Time cut into periods, as charts need it. */

export const PERIODS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;

/** A week begins on Monday. */
export type Period = (typeof PERIODS)[number];

/** Periods that one series may hold. */
export const PERIODS_MAX = 400;

/** The length of the shortest one, in days. */
const SHORTEST_DAYS: Record<Period, number> = {
  DAY: 0.95,
  WEEK: 6.95,
  MONTH: 27.9,
  QUARTER: 89.9,
  YEAR: 364.9,
};

/** True when a time from one moment to the other may hold more than `PERIODS_MAX` periods. */
export function isTooLong(period: Period, from: Date, to: Date): boolean {
  return (to.getTime() - from.getTime()) / 86_400_000 / SHORTEST_DAYS[period] > PERIODS_MAX;
}

/** True for the name of a time zone of the IANA database, such as Europe/Paris. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
