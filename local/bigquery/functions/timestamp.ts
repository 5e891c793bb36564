import { UnsupportedError } from '../sql/errors';
import { castToText } from './cast-to-text';
import { compileCast } from './casts';
import { partArgument } from './date-parts';
import { each, kindOf, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { toLocal, toTimestamp, zoneArgument } from './time-zone';
import { TIMESTAMPS } from './timestamp-cases';
import { timestampDifference, timestampShift, timestampTruncation } from './timestamp-parts';

const INNER = TIMESTAMPS.replace(/, TIMESTAMP '(?:0001|9999)[^']*'/g, '');
const PARTS = ['MICROSECOND', 'MILLISECOND', 'SECOND', 'MINUTE', 'HOUR', 'DAY'];

function shift(sign: '+' | '-'): (call: FunctionCall) => string {
  return (call) =>
    timestampShift(call.args[0] ?? '', call.args[1] ?? '', partArgument(call, 2), sign);
}

const shiftCases = (name: string): readonly string[] => [
  ...PARTS.map((part) => each(`${name}(x, INTERVAL 3 ${part})`, INNER)),
  each(`${name}(TIMESTAMP '2024-03-10 06:30:00+00', INTERVAL x HOUR)`, '[NULL, 0, -1, 30]'),
  ...PARTS.flatMap((part) => [
    `${name}(TIMESTAMP '9999-12-31 23:59:59.999999+00', INTERVAL 1 ${part})`,
    `SAFE.${name}(TIMESTAMP '0001-01-01 00:00:00+00', INTERVAL -1 ${part})`,
    `SAFE.${name}(TIMESTAMP '0001-01-01 00:00:00+00', INTERVAL 1 ${part})`,
    `${name}(TIMESTAMP '2024-03-10 06:30:00+00', INTERVAL 9223372036854775807 ${part})`,
  ]),
];

/** STRING: as CAST writes it, or with the zone's clock and offset. */
function timestampText(call: FunctionCall): string {
  const [x = ''] = call.args;
  const zone = zoneArgument(call.args, call.constants, 1);
  const from = call.argTypes[0] ?? call.type;
  if (from.kind === 'JSON') {
    return bindOnce(
      [x],
      (json = '') =>
        `CASE WHEN json_type(${json}) = 'VARCHAR' THEN json_extract_string(${json}, '$') WHEN ${json} IS NOT NULL THEN ${raise('The JSON value is no STRING', call.type)} END`,
    );
  }
  if (zone === undefined) return compileCast(x, from, call.type, false);
  return bindOnce([x, toLocal(x, zone)], (instant = '', local = '') => {
    const minutes = `((epoch_us(${local}) - epoch_us(${instant})) // 60000000)`;
    const rest = `CASE WHEN ${minutes} % 60 = 0 THEN '' ELSE printf(':%02d', abs(${minutes}) % 60) END`;
    const offset = `printf('%s%02d', CASE WHEN ${minutes} < 0 THEN '-' ELSE '+' END, abs(${minutes}) // 60) || ${rest}`;
    return `(${castToText(local, 'DATETIME')} || ${offset})`;
  });
}

/** TIMESTAMP(text[, zone]), TIMESTAMP(date[, zone]), TIMESTAMP(datetime[, zone]). */
function construct(call: FunctionCall): string {
  const zone = zoneArgument(call.args, call.constants, 1);
  const [x = ''] = call.args;
  const from = call.argTypes[0] ?? call.type;
  if (from.kind === 'TIMESTAMP') return x;
  if (from.kind === 'DATE' || from.kind === 'DATETIME')
    return toTimestamp(`CAST(${x} AS TIMESTAMP)`, zone);
  if (from.kind !== 'STRING') throw new UnsupportedError(`TIMESTAMP of ${from.kind}`);
  if (zone === undefined) return compileCast(x, from, call.type, false);
  const local = compileCast(x, from, { kind: 'DATETIME' }, false);
  return toTimestamp(local, zone);
}

/** A NULL bound makes a NULL array; the range includes its end. */
function timestampArray(call: FunctionCall): string {
  const [from, to, n] = call.args;
  const step = timestampShift('make_timestamptz(0)', n ?? '', partArgument(call, 3), '+');
  return bindOnce(
    [`epoch_us(${step})`],
    (us) =>
      `CASE WHEN ${us} = 0 THEN ${raise('GENERATE_TIMESTAMP_ARRAY needs a step that is not zero', call.type)} ELSE list_transform(generate_series(epoch_us(${from}), epoch_us(${to}), ${us}), lambda us: make_timestamptz(us)) END`,
  );
}

export const timestampFunctions: readonly FunctionMapping[] = [
  scalar('timestamp', 'TIMESTAMP(text | date | datetime[, zone])', construct, [
    "TIMESTAMP('2024-02-29 12:34:56.789')",
    "TIMESTAMP('2024-02-29 12:34:56+02')",
    "TIMESTAMP('2024-02-29', 'Asia/Tokyo')",
    "TIMESTAMP('2024-13-01')",
    'TIMESTAMP(CAST(NULL AS STRING))',
    "TIMESTAMP(DATE '2024-02-29')",
    "TIMESTAMP(DATE '2024-02-29', 'America/New_York')",
    each(
      "TIMESTAMP(x, 'America/New_York')",
      "[NULL, DATETIME '2024-03-10 01:59:59', DATETIME '2024-03-10 02:30:00', DATETIME '2024-03-10 03:00:00', DATETIME '2024-11-03 00:59:59', DATETIME '2024-11-03 01:30:00', DATETIME '2024-11-03 02:00:00', DATETIME '2024-11-04 01:30:00']",
    ),
    each(
      "TIMESTAMP(x, 'Europe/Berlin')",
      "[DATETIME '2024-03-31 02:30:00', DATETIME '2024-10-27 02:30:00', DATETIME '2024-10-27 03:00:00', DATETIME '2024-10-28 02:30:00']",
    ),
    each(
      "TIMESTAMP(x, 'Australia/Lord_Howe')",
      "[DATETIME '2024-10-06 02:15:00', DATETIME '2024-04-07 01:45:00', DATETIME '2024-04-07 02:00:00']",
    ),
    "TIMESTAMP(DATETIME '2018-11-04 00:00:00', 'America/Sao_Paulo')",
    "TIMESTAMP(DATETIME '2024-01-01 00:00:00', '-03:30')",
    "TIMESTAMP(DATETIME '0001-01-01 00:00:00', '+14')",
    "TIMESTAMP(DATE '0001-01-01', 'Asia/Tokyo')",
    "TIMESTAMP(DATETIME '9999-12-31 23:59:59', '-1')",
    each('TIMESTAMP(x)', "[NULL, DATETIME '2024-02-29 12:00:00.000001']"),
  ]),
  scalar(
    'timestamp_add',
    'TIMESTAMP_ADD(timestamp, INTERVAL n part)',
    shift('+'),
    shiftCases('TIMESTAMP_ADD'),
  ),
  scalar(
    'timestamp_sub',
    'TIMESTAMP_SUB(timestamp, INTERVAL n part)',
    shift('-'),
    shiftCases('TIMESTAMP_SUB'),
  ),
  scalar(
    'timestamp_diff',
    'TIMESTAMP_DIFF(a, b, part)',
    (call) => timestampDifference(call.args[0] ?? '', call.args[1] ?? '', partArgument(call, 2)),
    [
      ...PARTS.map((part) =>
        each(`TIMESTAMP_DIFF(x, TIMESTAMP '2024-03-10 06:45:00.25+00', ${part})`, TIMESTAMPS),
      ),
      "TIMESTAMP_DIFF(NULL, TIMESTAMP '2024-01-01 00:00:00+00', DAY)",
    ],
  ),
  scalar(
    'timestamp_trunc',
    'TIMESTAMP_TRUNC(timestamp, part[, zone])',
    (call) => {
      if (kindOf(call) !== 'TIMESTAMP')
        throw new UnsupportedError(`TIMESTAMP_TRUNC of ${kindOf(call)}`);
      return timestampTruncation(
        call.args[0] ?? '',
        partArgument(call, 1),
        zoneArgument(call.args, call.constants, 2),
      );
    },
    [
      ...[
        ...PARTS,
        'WEEK',
        'WEEK(MONDAY)',
        'ISOWEEK',
        'MONTH',
        'QUARTER',
        'YEAR',
        'ISOYEAR',
      ].flatMap((part) => [
        each(
          `TIMESTAMP_TRUNC(x, ${part})`,
          TIMESTAMPS.replace("TIMESTAMP '0001-01-01 12:00:00+00', ", ''),
        ),
        each(
          `TIMESTAMP_TRUNC(x, ${part}, 'America/New_York')`,
          TIMESTAMPS.replace("TIMESTAMP '0001-01-01 12:00:00+00', ", ''),
        ),
      ]),
      each(
        "TIMESTAMP_TRUNC(x, HOUR, 'Asia/Kolkata')",
        TIMESTAMPS.replace("TIMESTAMP '0001-01-01 12:00:00+00', ", ''),
      ),
      each(
        "TIMESTAMP_TRUNC(x, DAY, '+05:30')",
        TIMESTAMPS.replace("TIMESTAMP '0001-01-01 12:00:00+00', ", ''),
      ),
      "TIMESTAMP_TRUNC(TIMESTAMP '2018-11-04 12:30:00+00', DAY, 'America/Sao_Paulo')",
    ],
  ),
  scalar(
    'generate_timestamp_array',
    'GENERATE_TIMESTAMP_ARRAY(start, end, INTERVAL n part)',
    timestampArray,
    [
      "GENERATE_TIMESTAMP_ARRAY(TIMESTAMP '2024-03-10 00:00:00+00', TIMESTAMP '2024-03-10 03:30:00+00', INTERVAL 1 HOUR)",
      "GENERATE_TIMESTAMP_ARRAY(TIMESTAMP '2024-03-10 00:00:00+00', TIMESTAMP '2024-03-09 22:00:00+00', INTERVAL -30 MINUTE)",
      "GENERATE_TIMESTAMP_ARRAY(TIMESTAMP '2024-03-10 00:00:00+00', TIMESTAMP '2024-03-12 00:00:00+00', INTERVAL 1 DAY)",
      "GENERATE_TIMESTAMP_ARRAY(NULL, TIMESTAMP '2024-03-12 00:00:00+00', INTERVAL 1 DAY) IS NULL",
      "GENERATE_TIMESTAMP_ARRAY(TIMESTAMP '2024-03-10 00:00:00+00', TIMESTAMP '2024-03-12 00:00:00+00', INTERVAL 0 DAY)",
    ],
  ),
  scalar('string', 'STRING(timestamp[, zone]) | STRING(date) | STRING(json)', timestampText, [
    each('STRING(x)', TIMESTAMPS),
    each("STRING(x, 'America/New_York')", INNER),
    each("STRING(x, '+05:30')", INNER),
    each('STRING(x)', "[NULL, DATE '2024-02-29']"),
    each('STRING(x)', "[NULL, DATETIME '2024-02-29 01:02:03.5']"),
    each('STRING(x)', "[NULL, TIME '01:02:03.5']"),
    'STRING(JSON \'"a"\')',
    "STRING(JSON '1')",
    "STRING(JSON 'null')",
  ]),
];
