import { DATES } from './date';
import { refusePart, weekOfYear, weekStart } from './date-parts';
import { DATETIMES } from './datetime';
import { constantText, each, kindOf, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { toLocal, zoneArgument } from './time-zone';
import { TIMESTAMPS } from './timestamp-cases';

const PLAIN: Readonly<Record<string, string>> = {
  YEAR: 'year',
  QUARTER: 'quarter',
  MONTH: 'month',
  DAY: 'day',
  DAYOFYEAR: 'dayofyear',
  ISOYEAR: 'isoyear',
  ISOWEEK: 'week',
  HOUR: 'hour',
  MINUTE: 'minute',
  SECOND: 'second',
};

/** EXTRACT of a part from a DATE, DATETIME or TIME. */
function extractPart(x: string, part: string): string {
  const name = PLAIN[part];
  if (name !== undefined) return `${name}(${x})`;
  if (part === 'DAYOFWEEK') return `(dayofweek(${x}) + 1)`;
  // DuckDB counts these from the minute, GoogleSQL from the second.
  if (part === 'MILLISECOND') return `(millisecond(${x}) % 1000)`;
  if (part === 'MICROSECOND') return `(microsecond(${x}) % 1000000)`;
  const start = weekStart(part);
  return start === undefined ? refusePart('EXTRACT', part) : weekOfYear(x, start);
}

/** The civil time to extract from: a TIMESTAMP as its zone's clocks show it. */
function civil(call: FunctionCall, zoneIndex: number): string {
  const x = call.args[0] ?? '';
  if (kindOf(call) !== 'TIMESTAMP') return x;
  return toLocal(x, zoneArgument(call.args, call.constants, zoneIndex));
}

const DATE_PARTS = [
  'YEAR',
  'QUARTER',
  'MONTH',
  'DAY',
  'DAYOFWEEK',
  'DAYOFYEAR',
  'WEEK',
  'WEEK(MONDAY)',
  'WEEK(FRIDAY)',
  'ISOWEEK',
  'ISOYEAR',
];
const TIME_PARTS = ['HOUR', 'MINUTE', 'SECOND', 'MILLISECOND', 'MICROSECOND'];

const ZONES_OF_ROWS =
  "[NULL, 'UTC', '+05:30', '-03:30', '+00:45', '-13', 'UTC+5:45', 'Europe/Berlin', '-08']";

export const extractFunctions: readonly FunctionMapping[] = [
  scalar(
    '$extract',
    'EXTRACT(part FROM x [AT TIME ZONE zone])',
    (call) => extractPart(civil(call, 2), constantText(call, 1, 'a date part')),
    [
      ...DATE_PARTS.map((part) => each(`EXTRACT(${part} FROM x)`, DATES)),
      ...[...DATE_PARTS, ...TIME_PARTS].flatMap((part) => [
        each(`EXTRACT(${part} FROM x)`, DATETIMES),
        each(`EXTRACT(${part} FROM x)`, TIMESTAMPS),
        each(
          `EXTRACT(${part} FROM x AT TIME ZONE 'America/New_York')`,
          TIMESTAMPS.replace("TIMESTAMP '0001-01-01 12:00:00+00', ", ''),
        ),
      ]),
      ...TIME_PARTS.map((part) =>
        each(`EXTRACT(${part} FROM x)`, "[NULL, TIME '00:00:00', TIME '23:59:59.987654']"),
      ),
      "EXTRACT(HOUR FROM TIMESTAMP '2024-01-01 12:00:00+00' AT TIME ZONE '+05:30')",
      "EXTRACT(HOUR FROM TIMESTAMP '2024-01-01 12:00:00+00' AT TIME ZONE 'IST')",
      each("EXTRACT(MINUTE FROM TIMESTAMP '2024-01-01 12:10:00+00' AT TIME ZONE x)", ZONES_OF_ROWS),
    ],
  ),
  scalar(
    '$extract_date',
    'EXTRACT(DATE FROM x [AT TIME ZONE zone])',
    (call) => `CAST(${civil(call, 1)} AS DATE)`,
    [
      each('EXTRACT(DATE FROM x)', DATETIMES),
      each('EXTRACT(DATE FROM x)', TIMESTAMPS),
      each(
        "EXTRACT(DATE FROM x AT TIME ZONE 'America/New_York')",
        TIMESTAMPS.replace("TIMESTAMP '0001-01-01 12:00:00+00', ", ''),
      ),
    ],
  ),
  scalar(
    '$extract_time',
    'EXTRACT(TIME FROM x [AT TIME ZONE zone])',
    (call) => `CAST(${civil(call, 1)} AS TIME)`,
    [each('EXTRACT(TIME FROM x)', DATETIMES), each('EXTRACT(TIME FROM x)', TIMESTAMPS)],
  ),
  scalar(
    '$extract_datetime',
    'EXTRACT(DATETIME FROM x [AT TIME ZONE zone])',
    (call) => civil(call, 1),
    [
      each('EXTRACT(DATETIME FROM x)', TIMESTAMPS),
      each(
        "EXTRACT(DATETIME FROM TIMESTAMP '2024-12-31 18:30:00+00' AT TIME ZONE x)",
        ZONES_OF_ROWS,
      ),
      "EXTRACT(DATETIME FROM TIMESTAMP '9999-12-31 23:50:00+00' AT TIME ZONE '+05:30')",
      each(
        "EXTRACT(DATETIME FROM x AT TIME ZONE 'Europe/Berlin')",
        TIMESTAMPS.replace("TIMESTAMP '0001-01-01 12:00:00+00', ", ''),
      ),
    ],
  ),
];
