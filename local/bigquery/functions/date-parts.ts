import { UnsupportedError } from '../sql/errors';
import { constantText } from './entry';
import type { FunctionCall } from './mapping';
import { bindOnce, raise } from './sql-text';

/** Microseconds of the parts whose length never changes. */
export const PART_MICROSECONDS: Readonly<Record<string, bigint>> = {
  MICROSECOND: 1n,
  MILLISECOND: 1_000n,
  SECOND: 1_000_000n,
  MINUTE: 60_000_000n,
  HOUR: 3_600_000_000n,
  DAY: 86_400_000_000n,
};

const WEEK_STARTS: Readonly<Record<string, number>> = {
  WEEK: 0,
  WEEK_MONDAY: 1,
  ISOWEEK: 1,
  WEEK_TUESDAY: 2,
  WEEK_WEDNESDAY: 3,
  WEEK_THURSDAY: 4,
  WEEK_FRIDAY: 5,
  WEEK_SATURDAY: 6,
};

/** The day on which the part's weeks begin, Sunday 0; undefined for parts other than weeks. */
export function weekStart(part: string): number | undefined {
  return WEEK_STARTS[part];
}

/** The date part among a call's arguments. */
export function partArgument(call: FunctionCall, index: number): string {
  return constantText(call, index, 'a date part');
}

export function refusePart(what: string, part: string): never {
  throw new UnsupportedError(`${what} with the part ${part}`);
}

/** Days since 1970-01-01. */
export function epochDays(date: string): string {
  return `(${date} - DATE '1970-01-01')`;
}

// 1970-01-01 was a Thursday. 103,000 weeks keep the dividend positive for every date from year 1.
const shiftOf = (start: number): number => 7 * 103_000 + ((4 - start + 7) % 7);

/** A count of weeks that begin on the given day; equal dates of one week have equal counts. */
function weekIndex(date: string, start: number): string {
  return `((${epochDays(date)} + ${shiftOf(start)}) // 7)`;
}

/** The first day of the date's week, which for the year 1 may lie before it. */
export function weekStartOf(date: string, start: number): string {
  return `(DATE '1970-01-01' + CAST(${weekIndex(date, start)} * 7 - ${shiftOf(start)} AS INTEGER))`;
}

/** The first day of the date's week; an error where that is before the year 1, which began on a Monday. */
function weekTrunc(date: string, start: number): string {
  if (start === 1) return weekStartOf(date, start);
  const first = `DATE '0001-01-0${((start + 6) % 7) + 1}'`;
  const failure = raise('The start of the week lies before the year 1', { kind: 'DATE' });
  return bindOnce(
    [date],
    (d) => `CASE WHEN ${d} < ${first} THEN ${failure} ELSE ${weekStartOf(d, start)} END`,
  );
}

/** Monday of the first ISO week of an ISO year, which is the week of January 4. */
export function isoYearStart(year: string): string {
  return weekStartOf(`make_date(${year}, 1, 4)`, 1);
}

/** The week of the year: 0 before its first `start` day. */
export function weekOfYear(date: string, start: number): string {
  return bindOnce(
    [date],
    (d) => `((dayofyear(${d}) + 6 - (dayofweek(${d}) + ${7 - start}) % 7) // 7)`,
  );
}

/** DATE_TRUNC of a DATE. */
export function truncateDate(date: string, part: string): string {
  const start = weekStart(part);
  if (start !== undefined) return weekTrunc(date, start);
  if (part === 'DAY') return date;
  if (part === 'ISOYEAR') return isoYearStart(`isoyear(${date})`);
  if (['MONTH', 'QUARTER', 'YEAR'].includes(part))
    return `CAST(date_trunc('${part.toLowerCase()}', ${date}) AS DATE)`;
  return refusePart('truncation of a DATE', part);
}

/** DATE_DIFF of two DATEs: how many starts of the part lie between. */
export function dateDifference(later: string, earlier: string, part: string): string {
  const start = weekStart(part);
  if (start !== undefined) return `(${weekIndex(later, start)} - ${weekIndex(earlier, start)})`;
  if (part === 'DAY') return `(${later} - ${earlier})`;
  if (part === 'ISOYEAR') return `(isoyear(${later}) - isoyear(${earlier}))`;
  if (['MONTH', 'QUARTER', 'YEAR'].includes(part))
    return `date_diff('${part.toLowerCase()}', ${earlier}, ${later})`;
  return refusePart('the difference of DATEs', part);
}

const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Months of a calendar part; undefined for weeks and shorter. */
export function monthsOf(part: string): number | undefined {
  return MONTHS[part];
}

/** A DuckDB INTERVAL of n calendar parts (months and longer), or undefined. */
export function calendarInterval(n: string, part: string): string | undefined {
  const months = MONTHS[part];
  return months === undefined
    ? undefined
    : `to_months(CAST(${n}${months === 1 ? '' : ` * ${months}`} AS INTEGER))`;
}
