import { bindOnce, raise } from './sql-text';

/** GoogleSQL's dates and times end with the year 9999 and begin with the year 1; DuckDB's do not. */
const FIRST_DAY = "DATE '0001-01-01'";
const LAST_DAY = "DATE '9999-12-31'";
const FIRST_MICROSECOND = '-62135596800000000';
const LAST_MICROSECOND = '253402300799999999';
const INT64 = { kind: 'INT64' } as const;
const DATE = { kind: 'DATE' } as const;

/** The DATE, or an error where it lies outside the years 1 to 9999. */
export function dateInRange(date: string, what: string): string {
  return bindOnce(
    [date],
    (d) =>
      `CASE WHEN ${d} BETWEEN ${FIRST_DAY} AND ${LAST_DAY} THEN ${d} WHEN ${d} IS NOT NULL THEN ${raise(`${what} leaves the years 1 to 9999`, DATE)} END`,
  );
}

/** Microseconds since 1970, or an error where they lie outside the years 1 to 9999. */
export function microsInRange(micros: string, what: string): string {
  return bindOnce(
    [micros],
    (us) =>
      `CASE WHEN ${us} BETWEEN ${FIRST_MICROSECOND} AND ${LAST_MICROSECOND} THEN ${us} WHEN ${us} IS NOT NULL THEN ${raise(`${what} leaves the years 1 to 9999`, INT64)} END`,
  );
}

/** A DATETIME (DuckDB TIMESTAMP), or an error where it lies outside the years 1 to 9999. */
export function datetimeInRange(datetime: string, what: string): string {
  return `make_timestamp(${microsInRange(`epoch_us(${datetime})`, what)})`;
}
