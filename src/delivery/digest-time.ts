/** When digests are due: at an hour of the day as a clock on the wall shows it, whatever it does in spring and autumn. */
import { zoneOffset } from '#article/time-zone.ts';

export interface DigestTime {
  /** 0 to 23. */
  readonly hour: number;
  /** 1 (Monday) to 7 (Sunday), ISO 8601; counts for weekly digests. */
  readonly weekday: number;
  /** IANA name: `Europe/Paris`. */
  readonly timeZone: string;
}

const DAY_MS = 86_400_000;

/** True for a zone that the engine's data knows. */
export const isTimeZone = (name: string): boolean => /^[A-Za-z]/.test(name) && zoneOffset(name, 0) !== null;

/**
 * The first moment behind `after` at which a clock in the zone strikes the hour, on the weekday if weekly. An hour that is
 * skipped in spring counts where the clock goes on; of one that autumn repeats, the first counts.
 */
export function nextDigest(
  after: Date,
  { hour, weekday, timeZone }: DigestTime,
  schedule: 'DAILY' | 'WEEKLY',
): Date {
  // The zone's day may be the one before or behind that of UTC.
  const firstDay = Math.floor(after.getTime() / DAY_MS) - 1;
  for (let day = firstDay; ; day += 1) {
    const local = day * DAY_MS + hour * 3_600_000;
    const moment = local - (zoneOffset(timeZone, local) ?? 0) * 60_000;
    // Day 0 of the epoch was a Thursday.
    const isDay = schedule === 'DAILY' || ((((day + 3) % 7) + 7) % 7) + 1 === weekday;
    if (isDay && moment > after.getTime()) return new Date(moment);
  }
}
