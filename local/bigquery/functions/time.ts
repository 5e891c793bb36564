import { UnsupportedError } from '../sql/errors';
import { PART_MICROSECONDS, partArgument, refusePart } from './date-parts';
import { each, kindOf, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { toLocal, zoneArgument } from './time-zone';

const TIMES = "[NULL, TIME '00:00:00', TIME '12:34:56.789', TIME '23:59:59.999999']";
const PARTS = ['MICROSECOND', 'MILLISECOND', 'SECOND', 'MINUTE', 'HOUR'];
const DAY = 86_400_000_000n;

/** Microseconds since midnight. */
const micros = (x: string): string => `epoch_us(${x})`;

const ofMicros = (sql: string): string => `CAST(make_timestamp(${sql}) AS TIME)`;

/** Past midnight the clock starts again. */
function shift(sign: '+' | '-'): (call: FunctionCall) => string {
  return (call) => {
    const part = partArgument(call, 2);
    const unit = PART_MICROSECONDS[part];
    if (unit === undefined || part === 'DAY') return refusePart('TIME_ADD', part);
    // Whole days change nothing: without them no count is too great.
    const length = `(${call.args[1]} % ${DAY / unit}) * ${unit}`;
    return ofMicros(`(${micros(call.args[0] ?? '')} ${sign} ${length} + ${DAY}) % ${DAY}`);
  };
}

function construct(call: FunctionCall): string {
  const [x = ''] = call.args;
  switch (kindOf(call)) {
    case 'INT64':
      return bindOnce(
        call.args,
        (h, m, s) =>
          `CASE WHEN ${h} IS NULL OR ${m} IS NULL OR ${s} IS NULL THEN NULL WHEN ${h} NOT BETWEEN 0 AND 23 OR ${m} NOT BETWEEN 0 AND 59 OR ${s} NOT BETWEEN 0 AND 59 THEN ${raise('TIME is out of range', call.type)} ELSE make_time(${h}, ${m}, CAST(${s} AS DOUBLE)) END`,
      );
    case 'TIMESTAMP':
      return `CAST(${toLocal(x, zoneArgument(call.args, call.constants, 1))} AS TIME)`;
    case 'DATETIME':
      return `CAST(${x} AS TIME)`;
    default:
      throw new UnsupportedError(`TIME of ${kindOf(call)}`);
  }
}

function difference(call: FunctionCall): string {
  const unit = PART_MICROSECONDS[partArgument(call, 2)];
  if (unit === undefined) return refusePart('TIME_DIFF', partArgument(call, 2));
  return `(${micros(call.args[0] ?? '')} // ${unit} - ${micros(call.args[1] ?? '')} // ${unit})`;
}

function truncation(call: FunctionCall): string {
  const unit = PART_MICROSECONDS[partArgument(call, 1)];
  if (unit === undefined) return refusePart('TIME_TRUNC', partArgument(call, 1));
  return ofMicros(`${micros(call.args[0] ?? '')} // ${unit} * ${unit}`);
}

const shiftCases = (name: string): readonly string[] => [
  ...PARTS.map((part) => each(`${name}(x, INTERVAL 50 ${part})`, TIMES)),
  `${name}(TIME '10:00:00', INTERVAL -11 HOUR)`,
  ...PARTS.flatMap((part) => [
    `${name}(TIME '10:00:00', INTERVAL 9223372036854775807 ${part})`,
    `${name}(TIME '10:00:00', INTERVAL -9223372036854775807 ${part})`,
  ]),
];

export const timeFunctions: readonly FunctionMapping[] = [
  scalar(
    'current_time',
    'CURRENT_TIME([zone])',
    (call) => `CAST(${toLocal('now()', zoneArgument(call.args, call.constants, 0))} AS TIME)`,
    [
      'CURRENT_TIME() = TIME(CURRENT_TIMESTAMP())',
      "CURRENT_TIME('Asia/Tokyo') = TIME(CURRENT_TIMESTAMP(), 'Asia/Tokyo')",
    ],
  ),
  scalar(
    'time',
    'TIME(hour, minute, second) | TIME(timestamp[, zone]) | TIME(datetime)',
    construct,
    [
      'TIME(10, 11, 12)',
      'TIME(24, 0, 0)',
      'TIME(NULL, 0, 0)',
      'TIME(99, NULL, 0)',
      "TIME(TIMESTAMP '2024-03-10 07:30:00.25+00')",
      "TIME(TIMESTAMP '2024-03-10 07:30:00.25+00', 'America/New_York')",
      "TIME(DATETIME '2024-03-10 07:30:00.25')",
    ],
  ),
  scalar('time_add', 'TIME_ADD(time, INTERVAL n part)', shift('+'), shiftCases('TIME_ADD')),
  scalar('time_sub', 'TIME_SUB(time, INTERVAL n part)', shift('-'), shiftCases('TIME_SUB')),
  scalar(
    'time_diff',
    'TIME_DIFF(a, b, part)',
    difference,
    PARTS.map((part) => each(`TIME_DIFF(x, TIME '12:30:30.5', ${part})`, TIMES)),
  ),
  scalar(
    'time_trunc',
    'TIME_TRUNC(time, part)',
    truncation,
    PARTS.map((part) => each(`TIME_TRUNC(x, ${part})`, TIMES)),
  ),
];
