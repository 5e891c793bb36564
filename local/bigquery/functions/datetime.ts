import { UnsupportedError } from '../sql/errors';
import { compileCast } from './casts';
import { partArgument } from './date-parts';
import { datetimeDifference, datetimeShift, datetimeTruncation } from './datetime-parts';
import { each, kindOf, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { toLocal, zoneArgument } from './time-zone';

export const DATETIMES =
  "[NULL, DATETIME '1970-01-01 00:00:00', DATETIME '2024-02-29 23:59:59.999999', DATETIME '1969-12-31 23:59:59.5', DATETIME '2024-03-31 12:30:00', DATETIME '2023-01-01 00:00:00', DATETIME '9999-12-31 23:59:59.999999']";
const SHORT = ['MICROSECOND', 'MILLISECOND', 'SECOND', 'MINUTE', 'HOUR', 'DAY'];
const LONG = ['WEEK', 'MONTH', 'QUARTER', 'YEAR'];
const WEEKS = ['WEEK(MONDAY)', 'ISOWEEK', 'ISOYEAR'];

function shift(sign: '+' | '-'): (call: FunctionCall) => string {
  return (call) =>
    datetimeShift(call.args[0] ?? '', call.args[1] ?? '', partArgument(call, 2), sign);
}

const shiftCases = (name: string): readonly string[] => [
  ...[...SHORT, ...LONG].map((part) =>
    each(
      `${name}(x, INTERVAL 1 ${part})`,
      "[NULL, DATETIME '2024-01-31 23:59:59.999999', DATETIME '2024-02-29 12:00:00', DATETIME '1969-12-31 00:00:00']",
    ),
  ),
  each(`${name}(DATETIME '2024-03-31 10:00:00', INTERVAL x MONTH)`, '[NULL, 0, -1, 11, 13]'),
  ...[...SHORT, ...LONG].flatMap((part) => [
    `${name}(DATETIME '9999-12-31 23:59:59.999999', INTERVAL 1 ${part})`,
    `SAFE.${name}(DATETIME '0001-01-01 00:00:00', INTERVAL -1 ${part})`,
    `SAFE.${name}(DATETIME '0001-01-01 00:00:00', INTERVAL 1 ${part})`,
    `${name}(DATETIME '2024-01-01 00:00:00', INTERVAL 9223372036854775807 ${part})`,
  ]),
];

/** DATETIME(y, m, d, h, m, s), DATETIME(date[, time]), DATETIME(timestamp[, zone]), DATETIME(text). */
function construct(call: FunctionCall): string {
  const [x = '', y] = call.args;
  switch (kindOf(call)) {
    case 'INT64':
      return bindOnce(
        call.args,
        (...parts) =>
          `CASE WHEN ${parts.map((part) => `${part} IS NULL`).join(' OR ')} THEN NULL WHEN ${parts[0]} NOT BETWEEN 1 AND 9999 OR ${parts[3]} NOT BETWEEN 0 AND 23 OR ${parts[4]} NOT BETWEEN 0 AND 59 OR ${parts[5]} NOT BETWEEN 0 AND 59 THEN ${raise('DATETIME is out of range', call.type)} ELSE make_timestamp(${parts.slice(0, 5).join(', ')}, CAST(${parts[5]} AS DOUBLE)) END`,
      );
    case 'TIMESTAMP':
      return toLocal(x, zoneArgument(call.args, call.constants, 1));
    case 'DATE':
      return y === undefined ? `CAST(${x} AS TIMESTAMP)` : `(${x} + ${y})`;
    case 'DATETIME':
      return x;
    case 'STRING':
      return compileCast(x, { kind: 'STRING' }, { kind: 'DATETIME' }, false);
    default:
      throw new UnsupportedError(`DATETIME of ${kindOf(call)}`);
  }
}

/** Names that ICU knows, BigQuery not, and offsets out of range. */
const UNKNOWN_ZONES = ['BST', 'PST', 'SystemV/PST8', 'europe/berlin', 'utc', 'Z', '', '+15', '+1:'];
const ODD_ZONES = ['EST', 'EST5EDT', 'Etc/GMT+5', 'US/Pacific', 'Zulu', 'UTC+1', '+0130', '+1:3'];
const ZONES_OF_ROWS = "['UTC', 'Europe/Berlin', NULL, 'Asia/Kolkata', 'Etc/UTC']";

export const datetimeFunctions: readonly FunctionMapping[] = [
  scalar(
    'datetime',
    'DATETIME(year, ..., second) | DATETIME(date[, time]) | DATETIME(timestamp[, zone])',
    construct,
    [
      'DATETIME(2024, 2, 29, 23, 59, 58)',
      ...UNKNOWN_ZONES.flatMap((zone) => [
        `DATETIME(TIMESTAMP '2024-07-01 12:00:00+00', '${zone}')`,
        each("SAFE.DATETIME(TIMESTAMP '2024-07-01 12:00:00+00', x)", `['UTC', '${zone}']`),
      ]),
      ...ODD_ZONES.map((zone) => `DATETIME(TIMESTAMP '2024-07-01 12:00:00+00', '${zone}')`),
      each("DATETIME(TIMESTAMP '2024-07-01 12:00:00+00', x)", "['-08', '+1', '+0100', '+14:00']"),
      "DATETIME(CAST(NULL AS TIMESTAMP), 'BST')",
      ...['DAY', 'HOUR', 'SECOND'].flatMap((part) => [
        `TIMESTAMP_TRUNC(TIMESTAMP '2024-07-01 12:00:00+00', ${part}, 'BST')`,
        `TIMESTAMP_TRUNC(CAST(NULL AS TIMESTAMP), ${part}, 'BST')`,
      ]),
      ...['BST', 'US/Pacific', '+0130'].flatMap((zone) => [
        `FORMAT_TIMESTAMP('%F %T', TIMESTAMP '2024-07-01 12:00:00+00', '${zone}')`,
        `PARSE_TIMESTAMP('%F', '2024-07-01', '${zone}')`,
        `STRING(TIMESTAMP '2024-07-01 12:00:00+00', '${zone}')`,
        `TIMESTAMP('2024-07-01 12:00:00', '${zone}')`,
        `DATE(TIMESTAMP '2024-07-01 12:00:00+00', '${zone}')`,
        `TIME(TIMESTAMP '2024-07-01 12:00:00+00', '${zone}')`,
        `TIMESTAMP(DATE '2024-07-01', '${zone}')`,
      ]),
      each("DATETIME(x, CONCAT('B', 'ST'))", '[CAST(NULL AS TIMESTAMP)]'),
      "SAFE.DATETIME(TIMESTAMP '2024-07-01 12:00:00+00', 'PST')",
      'DATETIME(2023, 2, 29, 0, 0, 0)',
      'DATETIME(0, 1, 1, 0, 0, 0)',
      'DATETIME(10000, 1, 1, 0, 0, 0)',
      'DATETIME(2024, 1, NULL, 99, 0, 0)',
      "DATETIME(TIMESTAMP '0001-01-01 00:00:00+00', 'America/New_York')",
      each("DATETIME(TIMESTAMP '2024-07-01 23:30:00.5+00', x)", ZONES_OF_ROWS),
      "DATETIME(TIMESTAMP '9999-12-31 23:00:00+00', '+01:00')",
      'DATETIME(2024, 1, 1, 24, 0, 0)',
      'DATETIME(2024, 1, 1, 23, 60, 0)',
      'DATETIME(2024, 1, 1, 23, NULL, 0)',
      "DATETIME(DATE '2024-02-29')",
      "DATETIME(DATE '2024-02-29', TIME '10:11:12.5')",
      "DATETIME(DATE '2024-02-29', NULL)",
      "DATETIME('2024-02-29 10:11:12')",
      each(
        'DATETIME(x)',
        "[NULL, TIMESTAMP '2024-03-10 07:00:00.000001+00', TIMESTAMP '1969-12-31 23:59:59.5+00']",
      ),
      each(
        "DATETIME(x, 'America/New_York')",
        "[NULL, TIMESTAMP '2024-03-10 06:59:59+00', TIMESTAMP '2024-03-10 07:00:00+00', TIMESTAMP '2024-11-03 05:30:00+00', TIMESTAMP '2024-11-03 06:30:00+00']",
      ),
      "DATETIME(TIMESTAMP '2024-03-10 06:59:59+00', '-03:30')",
    ],
  ),
  scalar(
    'datetime_add',
    'DATETIME_ADD(datetime, INTERVAL n part)',
    shift('+'),
    shiftCases('DATETIME_ADD'),
  ),
  scalar(
    'datetime_sub',
    'DATETIME_SUB(datetime, INTERVAL n part)',
    shift('-'),
    shiftCases('DATETIME_SUB'),
  ),
  scalar(
    'datetime_diff',
    'DATETIME_DIFF(a, b, part)',
    (call) => datetimeDifference(call.args[0] ?? '', call.args[1] ?? '', partArgument(call, 2)),
    [
      ...[...SHORT, ...LONG, ...WEEKS].map((part) =>
        each(`DATETIME_DIFF(x, DATETIME '2024-03-30 13:45:30.25', ${part})`, DATETIMES),
      ),
    ],
  ),
  scalar(
    'datetime_trunc',
    'DATETIME_TRUNC(datetime, part)',
    (call) => datetimeTruncation(call.args[0] ?? '', partArgument(call, 1)),
    [...[...SHORT, ...LONG, ...WEEKS].map((part) => each(`DATETIME_TRUNC(x, ${part})`, DATETIMES))],
  ),
];
