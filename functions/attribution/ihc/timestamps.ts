const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)? ?(?:(Z|UTC)|([+-])(\d{2}):?(\d{2})?)?)?$/i;

const MINUTE = 60_000_000;
const LATEST = Date.UTC(2200, 0, 1) * 1000;

/**
 * Whether a session may have begun then: 1970 to 2199. What lies outside is a slip, such as a year of
 * two digits, or a unit mistaken.
 *
 * @param time microseconds since 1970
 */
export function isSessionTime(time: number): boolean {
  return time >= 0 && time < LATEST;
}

/**
 * Microseconds since 1970 of 'YYYY-MM-DD HH:MM:SS[.ffffff][ +ZZZZ]' or its ISO 8601 form; without
 * an offset the time is UTC. NaN where the text is no such time, or names a day that is none.
 */
export function parseTimestamp(text: string): number {
  const match = PATTERN.exec(text.trim());
  if (match === null) {
    return Number.NaN;
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = match;
  const date = startOfDay(Number(year), Number(month), Number(day));
  if (Number.isNaN(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return Number.NaN;
  }
  const offset = offsetMinutes(match[9], match[10], match[11]);
  const microseconds = Number(fraction.padEnd(6, '0').slice(0, 6));
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  return date * 1000 + minutes * MINUTE + Number(second) * 1_000_000 + microseconds;
}

/** Milliseconds of a day of the calendar, NaN for any other: month 00 and 30 February are moved by Date. */
function startOfDay(year: number, month: number, day: number): number {
  const date = new Date(0);
  // Date.UTC would take the year 26 for 1926.
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.getTime() : Number.NaN;
}

function offsetMinutes(sign: string | undefined, hours = '0', minutes = '0'): number {
  const offset = Number(hours) * 60 + Number(minutes);
  return offset > 18 * 60 || Number(minutes) > 59 ? Number.NaN : sign === '-' ? -offset : offset;
}
