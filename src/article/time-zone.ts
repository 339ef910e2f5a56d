/** Offsets of IANA time zones, from the engine's own data. */

const FORMATS = new Map<string, Intl.DateTimeFormat | null>();
/** Zone names come from feeds; more different ones than this are not kept. */
const MAX_ZONES = 500;

/**
 * Minutes east of UTC in a zone at a local time (given as if it were UTC, in milliseconds); null for an unknown zone. In the hour that
 * a clock change repeats, the earlier reading.
 */
export function zoneOffset(zone: string, localMs: number): number | null {
  const format = formatOf(zone);
  if (format === null) return null;
  const first = offsetAt(format, localMs - 13 * 3_600_000);
  const guess = offsetAt(format, localMs - first * 60_000);
  return guess === first ? guess : offsetAt(format, localMs - guess * 60_000);
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch {
    // Not a zone; remembered as such.
  }
  if (FORMATS.size < MAX_ZONES) FORMATS.set(zone, format);
  return format;
}

function offsetAt(format: Intl.DateTimeFormat, utcMs: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(utcMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  const local = Date.UTC(year, month - 1, day, hour, minute);
  return Math.round((local - Math.floor(utcMs / 60_000) * 60_000) / 60_000);
}
