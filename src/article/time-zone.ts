/** Time zones as dates write them: offsets, abbreviations, and IANA names with the engine's own data. */

/** Minutes east of UTC, an IANA zone, or null where none is written. */
export type WrittenZone = number | string | null;

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

const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  MET: 60,
  CEST: 120,
  MEST: 120,
  MESZ: 120,
  MEZ: 60,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  JST: 540,
  KST: 540,
  HKT: 480,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  AST: -240,
  ADT: -180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  AT: -240,
  ET: -300,
  CT: -360,
  MT: -420,
  PT: -480,
};

const ZONE =
  /^\s*(?:(?:GMT|UTC|UT|Z)\s*(?=[+-]\d))?(?:([+-])\s*(?:0(?=\d{2}:))?(\d{1,2})(?::?(\d{2}))?(?:Z|(?!\d))|([A-Za-z]+(?:\/[A-Za-z_+-]+(?:\/[A-Za-z_]+)?)?))/;

/** A zone at the start of a text, with how much of the text it takes; "at home" and 0 when there is none. */
export function leadingZone(text: string): { zone: WrittenZone; length: number } {
  const match = ZONE.exec(text);
  if (match === null) return { zone: null, length: 0 };
  const [whole, sign, hours = '0', minutes = '0', name] = match;
  if (sign !== undefined) {
    const total = Number(hours) * 60 + Number(minutes);
    if (total > (sign === '-' ? 12 : 14) * 60 || Number(minutes) > 59)
      return { zone: null, length: whole.length };
    return { zone: sign === '-' ? -total : total, length: whole.length };
  }
  const known = ZONES[name?.toUpperCase() ?? ''];
  if (known !== undefined) return { zone: known, length: whole.length };
  if (name?.includes('/') === true && zoneOffset(name, 0) !== null)
    return { zone: name, length: whole.length };
  return { zone: null, length: 0 };
}

/** The zone that a text consists of; null for none, undefined when the text is something else. */
export function readZone(text: string): WrittenZone | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const { zone, length } = leadingZone(trimmed);
  return length === 0 ? undefined : zone;
}
