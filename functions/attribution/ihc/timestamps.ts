const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)? ?(?:(Z|UTC)|([+-])(\d{2}):?(\d{2})?)?)?$/i;

const MINUTE = 60_000_000;

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
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isRealDay = new Date(date).getUTCDate() === Number(day) && Number(month) <= 12;
  if (!isRealDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return Number.NaN;
  }
  const offset = offsetMinutes(match[9], match[10], match[11]);
  const microseconds = Number(fraction.padEnd(6, '0').slice(0, 6));
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  return date * 1000 + minutes * MINUTE + Number(second) * 1_000_000 + microseconds;
}

function offsetMinutes(sign: string | undefined, hours = '0', minutes = '0'): number {
  const offset = Number(hours) * 60 + Number(minutes);
  return offset > 18 * 60 || Number(minutes) > 59 ? Number.NaN : sign === '-' ? -offset : offset;
}
