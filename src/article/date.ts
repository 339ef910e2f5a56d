/** Dates as feeds write them: RFC 822, RFC 3339, asctime, epochs, and days and months in words, French first. */
import { leadingZone, readZone, type WrittenZone, zoneOffset } from './time-zone.ts';

/** Where a time without a zone belongs: minutes east of UTC, an IANA zone, or how to find out (asked only when needed). */
export type HomeZone = number | string | (() => number | string);

export interface ParsedDate {
  readonly date: Date;
  /** The zone that was written, in minutes east of UTC; null when none was. */
  readonly offset: number | null;
}

/** Longer texts are no dates. */
const MAX_LENGTH = 120;
const OLDEST_YEAR = 1970;
const LATEST_YEAR = 2200;

/** Reads a date; null when there is none in it, or it is no real day. `home` is where a time without a zone belongs. */
export function parseDate(text: string, home: HomeZone = 0): Date | null {
  return readDate(text, home)?.date ?? null;
}

/** Reads a date together with the zone it was written in. */
export function readDate(text: string, home: HomeZone = 0): ParsedDate | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_LENGTH) return null;
  const fields = readRfc822(trimmed) ?? readEpoch(trimmed) ?? readIso(trimmed) ?? readWords(trimmed);
  return fields === null ? null : toDate(fields, home);
}

interface DateFields {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Milliseconds. */
  readonly fraction: number;
  readonly zone: WrittenZone;
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0, fraction: 0, zone: null };

function toDate(fields: DateFields, home: HomeZone): ParsedDate | null {
  const { year, month, day, hour, minute, fraction } = fields;
  if (year < OLDEST_YEAR - 1 || year > LATEST_YEAR || month < 1 || month > 12 || day < 1) return null;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  // 24:00 is the next midnight, and a leap second belongs to the next minute.
  if (hour > 24 || minute > 59 || fields.second > 60 || (hour === 24 && (minute > 0 || fields.second > 0)))
    return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, fields.second, fraction);
  const zone = fields.zone ?? (typeof home === 'function' ? home() : home);
  const offset = typeof zone === 'number' ? zone : zoneOffset(zone, local);
  if (offset === null) return null;
  const date = new Date(local - offset * 60_000);
  return date.getTime() < 0 ? null : { date, offset: fields.zone === null ? null : offset };
}

const RFC_822 =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (GMT|[+-]\d{4})$/;

/** The form that most feeds write, as the standard has it: the short way through. */
function readRfc822(text: string): DateFields | null {
  const match = RFC_822.exec(text);
  const month = MONTHS[match?.[2]?.toLowerCase() ?? ''];
  if (match === null || month === undefined) return null;
  const [, day = '', , year = '', hour = '', minute = '', second = '', zone = ''] = match;
  const offset =
    zone === 'GMT' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  if (Math.abs(offset) > 14 * 60) return null;
  return { year: Number(year), month, day: Number(day), ...clock(hour, minute, second, ''), zone: offset };
}

/** Seconds or milliseconds since 1970. */
function readEpoch(text: string): DateFields | null {
  const digits = /^(\d{9,10}|\d{12,13})(?:\.\d{1,9})?$/.exec(text)?.[1];
  if (digits === undefined) return null;
  const date = new Date(Number(digits) * (digits.length > 10 ? 1 : 1000));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: date.getUTCMilliseconds(),
    zone: 0,
  };
}

const ISO_DAY = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|(\d{2})(\d{2})|\/(\d{1,2})\/(\d{1,2}))?(?![\d.:])/;
const ORDINAL_DAY = /^(\d{4}|\d{2}(?=-?\d{3}$))-?(\d{3})(?!\d)/;
const WEEK_DAY = /^(\d{4})-?W(\d{2})(?:-?([1-7]))?(?!\d)/;
const ISO_TIME = /^(?:[Tt]|\s+(?:at\s+)?)\s*(\d{1,2})(?:[:.h]?(\d{2})(?:[:.]?(\d{2})(?:[.,](\d{1,9}))?)?)?/;

/** ISO 8601 and RFC 3339 with the usual liberties: a blank for the T, seconds or minutes left out, day or month left out. */
function readIso(text: string): DateFields | null {
  const day = readIsoDay(text);
  if (day === null) return null;
  const rest = text.slice(day.length).trimEnd();
  const date = { year: day.year, month: day.month, day: day.day };
  if (rest === '') return { ...date, ...MIDNIGHT };
  const time = ISO_TIME.exec(rest);
  if (time === null) {
    const zone = readZone(rest);
    return zone === undefined ? null : { ...date, ...MIDNIGHT, zone };
  }
  const [, hour = '0', minute = '0', second = '0', fraction = ''] = time;
  // Whatever else follows the time does not make it less of a time.
  return {
    ...date,
    ...clock(hour, minute, second, fraction),
    zone: readZone(rest.slice(time[0].length)) ?? null,
  };
}

function clock(hour: string, minute: string, second: string, fraction: string) {
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    fraction: fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000),
  };
}

/** Two-digit years, as ISO 8601 allowed them until 2000: "03-12-31", "031231", "-0312". */
const SHORT_DAY = /^(\d{2})-(\d{2})-(\d{2})$|^(\d{2})(\d{2})(\d{2})$|^-(\d{2})-?(\d{2})$/;

function readIsoDay(text: string): { year: number; month: number; day: number; length: number } | null {
  const short = SHORT_DAY.exec(text);
  if (short !== null) {
    const [year = '', month, day = 1] = short.slice(1).filter((part) => part !== undefined);
    return { year: fullYear(year), month: Number(month), day: Number(day), length: text.length };
  }
  const week = WEEK_DAY.exec(text);
  if (week !== null) {
    const [whole, year = '', number = '', weekday = '1'] = week;
    // Week 1 is the week of 4 January; weeks begin on Monday.
    const fourth = new Date(Date.UTC(Number(year), 0, 4));
    const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
    return fromOrdinal(Number(year), monday + (Number(number) - 1) * 7 + Number(weekday) - 1, whole.length);
  }
  const ordinal = ORDINAL_DAY.exec(text);
  if (ordinal !== null) return fromOrdinal(fullYear(ordinal[1] ?? ''), Number(ordinal[2]), ordinal[0].length);
  const match = ISO_DAY.exec(text);
  if (match === null) return null;
  const month = Number(match[2] ?? match[4] ?? match[6] ?? 1);
  const day = Number(match[3] ?? match[5] ?? match[7] ?? 1);
  return { year: Number(match[1]), month, day, length: match[0].length };
}

function fromOrdinal(year: number, dayOfYear: number, length: number) {
  const date = new Date(Date.UTC(year, 0, dayOfYear));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), length };
}

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'jan january janv janvier januar jaenner enero ene gennaio gen janeiro januari jen styczen sty leden tammikuu янв января ιαν',
    'feb february fev fevr fevrier februar febrero febbraio fevereiro februari luty lut фев февраля φεβ',
    'mar march mars marz marzo marco maart mrt mrz maerz marcius marzec мар марта μαρ',
    'apr april avr avril abril abr aprile aprilis kwiecien kwi апр апреля απρ',
    'may mai mayo maggio mag maio mei majus maj мая маи μαι',
    'jun june juin juni junio giugno giu junho junius czerwiec cze июн июня ιουν ιον',
    'jul july juil juillet juli julio luglio lug julho julius lipiec lip июл июля ιουλ ιολ',
    'aug august aout aou agosto ago augustus augusztus sierpien sie авг августа αυγ',
    'sep sept september septembre septiembre settembre set setembro szeptember wrzesien wrz сен сент сентября σεπ',
    'oct october octobre oktober okt octubre ottobre ott outubro out pazdziernik paz окт октября οκτ',
    'nov november novembre noviembre novembro listopad lis ноя ноября νοε νοβ',
    'dec december decembre dezember dez diciembre dic dicembre dezembro desember grudzien gru дек декабря δεκ',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1])),
);

/** "Août" → "aout". */
function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

const TIME =
  /(?:^|[\s,T])(\d{1,2})\s*(?::|h|H|\.)\s*(\d{2})(?:\s*[:.]\s*(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?(?![a-z]))?(?![\d/])/i;
const BARE_HOUR = /(?:^|\s)(\d{1,2})\s*(h|heures?|[ap]\.?m\.?)(?![\p{L}\d])/iu;

/** Everything else: day, month in words or digits, year, time and zone in any usual order. */
function readWords(text: string): DateFields | null {
  let rest = fromAsian(text)
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    // "30.10.23" is no time of day.
    .replace(/^(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})(?![.:\d])/, '$1/$2/$3');
  let time = MIDNIGHT as Pick<DateFields, 'hour' | 'minute' | 'second' | 'fraction'>;
  let zone: WrittenZone = null;
  const found = TIME.exec(rest) ?? BARE_HOUR.exec(rest);
  if (found !== null) {
    const bareHour = found[2] !== undefined && !/^\d/.test(found[2]);
    const half = bareHour ? found[2] : found[5];
    const read = bareHour
      ? clock(found[1] ?? '', '0', '0', '')
      : clock(found[1] ?? '', found[2] ?? '', found[3] ?? '0', found[4] ?? '');
    time = { ...read, hour: fullHour(read.hour, half) };
    const after = rest.slice(found.index + found[0].length);
    const ahead = leadingZone(after);
    // "11:18:00 2004 +0100"
    const behind = ahead.length > 0 ? null : /^(\s\d{4})\s+([+-]\d{2}:?\d{2}|[A-Z]{1,5})$/.exec(after);
    zone = ahead.zone ?? (behind === null ? null : leadingZone(behind[2] ?? '').zone);
    rest = `${rest.slice(0, found.index)} ${behind?.[1] ?? after.slice(ahead.length)}`;
  }
  const day = readDay(rest);
  return day === null ? null : { ...day, ...time, zone };
}

/** "2004년 05월 28일 오후 01:31:15" → "2004-05-28 01:31:15 PM"; "2004年5月28日" → "2004-5-28". */
function fromAsian(text: string): string {
  if (!/[오년年]/.test(text)) return text;
  return text
    .replace(/[년월年月]\s*/g, '-')
    .replace(/[일日]/, '')
    .replace(/(오전|오후)\s*([\d:]+)/, (_, half, time) => `${time} ${half === '오후' ? 'PM' : 'AM'}`);
}

function fullHour(hour: number, half: string | undefined): number {
  if (half === undefined || !/^[ap]/i.test(half)) return hour;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** A day among other words: "mardi 5 novembre 2024", "Nov 5, 2024", "2024/11/05", "05/11/24" (day first, as in Europe). */
function readDay(text: string): Pick<DateFields, 'year' | 'month' | 'day'> | null {
  const yearFirst = /(?:^|\D)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)/.exec(text);
  if (yearFirst !== null) {
    return { year: Number(yearFirst[1]), month: Number(yearFirst[2]), day: Number(yearFirst[3]) };
  }
  const digits = /(?:^|\D)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)/.exec(text);
  if (digits !== null) {
    const [first, second] = [Number(digits[1]), Number(digits[2])];
    const year = fullYear(digits[3] ?? '');
    return second > 12 ? { year, month: first, day: second } : { year, month: second, day: first };
  }
  let month: number | null = null;
  let day: number | null = null;
  let year: number | null = null;
  for (const word of text.split(/[\s,/.-]+/)) {
    const number = /^(\d{1,4})(?:er|re|st|nd|rd|th|º|ª)?$/i.exec(word)?.[1];
    // The last one: "mar. 3 févr." begins with a Tuesday, not with March.
    if (number === undefined) month = MONTHS[fold(word)] ?? month;
    else if (number.length === 4) year ??= Number(number);
    else if (day === null && Number(number) <= 31) day = Number(number);
    // "11 04 2020"
    else if (month === null && year === null && number.length === 2 && Number(number) <= 12)
      month = Number(number);
    else year ??= fullYear(number);
  }
  // "novembre 2020"
  return month === null || year === null ? null : { year, month, day: day ?? 1 };
}

/** Two digits as RFC 2822 reads them. */
function fullYear(digits: string): number {
  const number = Number(digits);
  if (digits.length > 2) return digits.length === 3 ? 1900 + number : number;
  return number < 70 ? 2000 + number : 1900 + number;
}
