const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)? ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;

export interface TimestampOptions {
  /** A text without a zone is taken as UTC; otherwise it is refused. */
  readonly assumeUtc?: boolean;
}

/**
 * Reads ISO 8601 and the spellings that warehouses export ("2026-11-21 08:00:00 UTC",
 * "2026-11-21 08:00:00 +0100"). Days that don't exist are refused, not moved.
 *
 * @returns undefined where the text is no point in time
 */
export function parseTimestamp(text: string, options: TimestampOptions = {}): Date | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] =
    match;
  if (zone === undefined && !options.assumeUtc) return undefined;
  const date = `${year}-${month}-${day}`;
  if (!isDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return undefined;
  }
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const utc = Date.parse(`${date}T${hour}:${minute}:${second}.${millis}Z`);
  return new Date(utc - offsetMinutes(zone ?? 'Z') * 60_000);
}

/** True for a day of the calendar, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function offsetMinutes(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}
