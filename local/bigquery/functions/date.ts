import { UnsupportedError } from '../sql/errors';
import {
  calendarInterval,
  dateDifference,
  epochDays,
  isoYearStart,
  monthsOf,
  partArgument,
  refusePart,
  truncateDate,
  weekStart,
  weekStartOf,
} from './date-parts';
import { datetimeDifference, datetimeShift, datetimeTruncation } from './datetime-parts';
import { each, fixed, kindOf, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { dateInRange } from './range';
import { bindOnce, raise } from './sql-text';
import { toLocal, zoneArgument } from './time-zone';
import { timestampDifference, timestampShift, timestampTruncation } from './timestamp-parts';

export const DATES =
  "[NULL, DATE '1970-01-01', DATE '2024-02-29', DATE '2023-12-31', DATE '2024-12-30', DATE '2021-01-03', DATE '1969-12-28', DATE '0001-01-01', DATE '9999-12-31', DATE '2024-03-31', DATE '2020-08-05']";
const PARTS = [
  'DAY',
  'WEEK',
  'WEEK(MONDAY)',
  'WEEK(SATURDAY)',
  'ISOWEEK',
  'MONTH',
  'QUARTER',
  'YEAR',
  'ISOYEAR',
];

/** DATE_ADD and DATE_SUB; also taken for DATETIME and TIMESTAMP. */
function shift(sign: '+' | '-'): (call: FunctionCall) => string {
  return (call) => {
    const [x = '', n = ''] = call.args;
    const part = partArgument(call, 2);
    if (call.type.kind === 'TIMESTAMP') return timestampShift(x, n, part, sign);
    if (call.type.kind === 'DATETIME') return datetimeShift(x, n, part, sign);
    const interval = calendarInterval(n, part);
    const what = sign === '+' ? 'DATE_ADD' : 'DATE_SUB';
    if (interval !== undefined) return dateInRange(`CAST(${x} ${sign} ${interval} AS DATE)`, what);
    if (part === 'DAY') return dateInRange(`(${x} ${sign} CAST(${n} AS INTEGER))`, what);
    if (part === 'WEEK') return dateInRange(`(${x} ${sign} CAST(${n} * 7 AS INTEGER))`, what);
    return refusePart(what, part);
  };
}

const shiftCases = (name: string): readonly string[] => [
  ...['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'].flatMap((part) => [
    each(
      `${name}(x, INTERVAL 1 ${part})`,
      "[NULL, DATE '2024-01-31', DATE '2024-02-29', DATE '2023-12-31', DATE '2000-03-01']",
    ),
    each(`${name}(DATE '2024-03-31', INTERVAL x ${part})`, '[NULL, 0, -1, 1, 13, -25]'),
  ]),
  `${name}(CAST(NULL AS DATE), INTERVAL 1 DAY)`,
  ...['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'].flatMap((part) => [
    `${name}(DATE '9999-12-31', INTERVAL 1 ${part})`,
    `${name}(DATE '9999-12-31', INTERVAL -1 ${part})`,
    `${name}(DATE '0001-01-01', INTERVAL 1 ${part})`,
    `SAFE.${name}(DATE '0001-01-01', INTERVAL -1 ${part})`,
    `${name}(DATE '2024-01-01', INTERVAL 9223372036854775807 ${part})`,
    each(`SAFE.${name}(DATE '2024-02-29', INTERVAL x ${part})`, '[1, 9999, -9999, 3000000]'),
  ]),
  `${name}(DATETIME '2024-01-31 10:00:00', INTERVAL 1 MONTH)`,
  `${name}(TIMESTAMP '2024-01-31 10:00:00+00', INTERVAL 25 HOUR)`,
];

/** DATE_DIFF; also taken for DATETIME and TIMESTAMP, which count differently. */
function difference(call: FunctionCall): string {
  const [a = '', b = ''] = call.args;
  const part = partArgument(call, 2);
  if (kindOf(call) === 'TIMESTAMP') return timestampDifference(a, b, part);
  if (kindOf(call) === 'DATETIME') return datetimeDifference(a, b, part);
  return dateDifference(a, b, part);
}

function truncation(call: FunctionCall): string {
  const [x = ''] = call.args;
  const part = partArgument(call, 1);
  if (kindOf(call) === 'TIMESTAMP')
    return timestampTruncation(x, part, zoneArgument(call.args, call.constants, 2));
  if (kindOf(call) === 'DATETIME') return datetimeTruncation(x, part);
  return truncateDate(x, part);
}

/** DATE(year, month, day), DATE(timestamp[, zone]), DATE(datetime). */
function construct(call: FunctionCall): string {
  const [x = ''] = call.args;
  switch (kindOf(call)) {
    case 'INT64':
      return bindOnce(
        call.args,
        (year, month, day) =>
          `CASE WHEN ${year} NOT BETWEEN 1 AND 9999 AND ${month} IS NOT NULL AND ${day} IS NOT NULL THEN ${raise('DATE is out of range', call.type)} ELSE make_date(${year}, ${month}, ${day}) END`,
      );
    case 'TIMESTAMP':
      return `CAST(${toLocal(x, zoneArgument(call.args, call.constants, 1))} AS DATE)`;
    case 'DATETIME':
    case 'DATE':
      return `CAST(${x} AS DATE)`;
    default:
      throw new UnsupportedError(`DATE of ${kindOf(call)}`);
  }
}

function lastDay(call: FunctionCall): string {
  const part = call.args.length > 1 ? partArgument(call, 1) : 'MONTH';
  const date = kindOf(call) === 'DATE' ? (call.args[0] ?? '') : `CAST(${call.args[0]} AS DATE)`;
  const start = weekStart(part);
  if (start !== undefined) return dateInRange(`(${weekStartOf(date, start)} + 6)`, 'LAST_DAY');
  if (part === 'MONTH') return `last_day(${date})`;
  if (part === 'QUARTER')
    return `last_day(CAST(${truncateDate(date, part)} + INTERVAL 2 MONTH AS DATE))`;
  if (part === 'YEAR') return `make_date(year(${date}), 12, 31)`;
  if (part === 'ISOYEAR')
    return dateInRange(`(${isoYearStart(`isoyear(${date}) + 1`)} - 1)`, 'LAST_DAY');
  return refusePart('LAST_DAY', part);
}

/**
 * GENERATE_DATE_ARRAY; the range includes its end. Months are added to the date before, so that a
 * day beyond the 28th once cut stays cut: such starts are refused when a row has one.
 */
function dateArray(call: FunctionCall): string {
  const [from = '', to = '', n = 'CAST(1 AS BIGINT)'] = call.args;
  const part = call.args.length > 3 ? partArgument(call, 3) : 'DAY';
  return bindOnce([from, to, n], (start = '', end = '', step = '') => {
    const months = monthsOf(part);
    const zero = `WHEN ${step} = 0 THEN ${raise('GENERATE_DATE_ARRAY needs a step that is not zero', call.type)}`;
    const nulls = `WHEN ${start} IS NULL OR ${end} IS NULL OR ${step} IS NULL THEN NULL`;
    if (months === undefined) {
      const days = `generate_series(${epochDays(start)}, ${epochDays(end)}, ${step} * ${dayCount(part)})`;
      return `CASE ${nulls} ${zero} ELSE list_transform(${days}, lambda day: DATE '1970-01-01' + CAST(day AS INTEGER)) END`;
    }
    const late = `WHEN day(${start}) > 28 THEN ${raise('GENERATE_DATE_ARRAY by months from a day beyond the 28th is not supported', call.type)}`;
    const count = `date_diff('month', ${start}, ${end}) // (${step} * ${months})`;
    const dates = `list_transform(range(0, ${count} + 1), lambda i: CAST(${start} + to_months(CAST(i * ${step} * ${months} AS INTEGER)) AS DATE))`;
    const within = `lambda day: CASE WHEN ${step} > 0 THEN day <= ${end} ELSE day >= ${end} END`;
    return `CASE ${nulls} ${zero} ${late} ELSE list_filter(${dates}, ${within}) END`;
  });
}

function dayCount(part: string): number {
  if (part === 'DAY') return 1;
  if (part === 'WEEK') return 7;
  return refusePart('GENERATE_DATE_ARRAY', part);
}

export const dateFunctions: readonly FunctionMapping[] = [
  scalar('date', 'DATE(year, month, day) | DATE(timestamp[, zone]) | DATE(datetime)', construct, [
    'DATE(2024, 2, 29)',
    'DATE(2023, 2, 29)',
    'DATE(0, 1, 1)',
    'DATE(10000, 1, 1)',
    'DATE(9999, 12, 31)',
    'DATE(0, NULL, 1)',
    "DATE(TIMESTAMP '9999-12-31 23:00:00+00', '+05:30')",
    "DATE(TIMESTAMP '0001-01-01 00:00:00+00', 'America/New_York')",
    'DATE(NULL, 1, 1)',
    each(
      'DATE(x)',
      "[NULL, TIMESTAMP '2024-03-10 23:59:59.999999+00', TIMESTAMP '1969-12-31 23:59:59+00']",
    ),
    each(
      "DATE(x, 'America/New_York')",
      "[NULL, TIMESTAMP '2024-03-10 04:59:59+00', TIMESTAMP '2024-03-11 03:59:59+00', TIMESTAMP '2024-11-04 04:30:00+00']",
    ),
    "DATE(TIMESTAMP '2024-01-01 20:00:00+00', '+05:30')",
    "DATE(TIMESTAMP '2024-01-01 20:00:00+00', NULL)",
    "DATE(TIMESTAMP '2024-01-01 20:00:00+00', 'Nowhere/Land')",
    "DATE(DATETIME '2024-01-01 23:59:59')",
  ]),
  scalar('date_add', 'DATE_ADD(date, INTERVAL n part)', shift('+'), shiftCases('DATE_ADD')),
  scalar('date_sub', 'DATE_SUB(date, INTERVAL n part)', shift('-'), shiftCases('DATE_SUB')),
  scalar('date_diff', 'DATE_DIFF(a, b, part)', difference, [
    ...PARTS.map((part) => each(`DATE_DIFF(x, DATE '2021-01-01', ${part})`, DATES)),
    "DATE_DIFF(DATE '2024-01-01', NULL, DAY)",
    "DATE_DIFF(TIMESTAMP '2024-01-01 10:00:00+00', TIMESTAMP '2024-01-01 08:30:00+00', HOUR)",
  ]),
  scalar('date_trunc', 'DATE_TRUNC(date, part)', truncation, [
    ...PARTS.map((part) => `SAFE.DATE_TRUNC(DATE '0001-01-01', ${part})`),
    ...PARTS.map((part) =>
      each(
        `DATE_TRUNC(x, ${part})`,
        "[NULL, DATE '1970-01-01', DATE '2024-02-29', DATE '2023-12-31', DATE '2024-12-30', DATE '2021-01-03', DATE '1969-12-28', DATE '9999-12-31', DATE '0001-02-01']",
      ),
    ),
  ]),
  scalar('last_day', 'LAST_DAY(date[, part])', lastDay, [
    each('LAST_DAY(x)', DATES),
    ...PARTS.slice(1).map((part) =>
      each(
        `LAST_DAY(x, ${part})`,
        "[NULL, DATE '1970-01-01', DATE '2024-02-29', DATE '2023-12-31', DATE '2024-12-30', DATE '2021-01-03']",
      ),
    ),
    "LAST_DAY(DATETIME '2024-02-10 10:00:00')",
    ...PARTS.slice(1).map((part) => `SAFE.LAST_DAY(DATE '9999-12-31', ${part})`),
    ...PARTS.slice(1).map((part) => `SAFE.LAST_DAY(DATE '0001-01-01', ${part})`),
  ]),
  scalar(
    'date_from_unix_date',
    'DATE_FROM_UNIX_DATE(n)',
    fixed((n) => dateInRange(`(DATE '1970-01-01' + CAST(${n} AS INTEGER))`, 'DATE_FROM_UNIX_DATE')),
    [
      each('DATE_FROM_UNIX_DATE(x)', '[NULL, 0, -1, 19782, -719162, 2932896]'),
      'DATE_FROM_UNIX_DATE(-719163)',
      'DATE_FROM_UNIX_DATE(2932897)',
      'DATE_FROM_UNIX_DATE(9223372036854775807)',
    ],
  ),
  scalar(
    'unix_date',
    'UNIX_DATE(date)',
    fixed((x) => epochDays(x ?? '')),
    [each('UNIX_DATE(x)', DATES)],
  ),
  scalar('generate_date_array', 'GENERATE_DATE_ARRAY(start, end[, INTERVAL n part])', dateArray, [
    "GENERATE_DATE_ARRAY(DATE '2024-02-27', DATE '2024-03-02')",
    "GENERATE_DATE_ARRAY(DATE '2024-02-27', DATE '2024-02-26')",
    "GENERATE_DATE_ARRAY(DATE '2024-03-02', DATE '2024-02-27', INTERVAL -2 DAY)",
    "GENERATE_DATE_ARRAY(DATE '2024-01-28', DATE '2024-06-01', INTERVAL 1 MONTH)",
    "GENERATE_DATE_ARRAY(DATE '2024-01-15', DATE '2023-06-16', INTERVAL -1 MONTH)",
    "GENERATE_DATE_ARRAY(DATE '2024-01-15', DATE '2023-06-15', INTERVAL -2 MONTH)",
    "GENERATE_DATE_ARRAY(DATE '2024-01-01', DATE '2024-02-01', INTERVAL 1 WEEK)",
    "GENERATE_DATE_ARRAY(DATE '2020-02-28', DATE '2025-02-28', INTERVAL 1 YEAR)",
    "GENERATE_DATE_ARRAY(DATE '2020-11-01', DATE '2021-12-28', INTERVAL 1 QUARTER)",
    "GENERATE_DATE_ARRAY(DATE '2024-01-01', NULL) IS NULL",
    "GENERATE_DATE_ARRAY(DATE '2024-01-02', DATE '2024-01-01') IS NULL",
    "GENERATE_DATE_ARRAY(NULL, DATE '2024-01-01', INTERVAL 1 MONTH)",
    "GENERATE_DATE_ARRAY(DATE '2024-01-01', DATE '2024-01-02', INTERVAL 0 DAY)",
  ]),
];
