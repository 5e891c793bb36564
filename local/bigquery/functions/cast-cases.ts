import {
  BAD_DATETIME_TEXTS,
  BAD_TIME_TEXTS,
  BAD_TIMESTAMP_TEXTS,
  DATETIME_TEXTS,
  TIME_TEXTS,
  TIMESTAMP_TEXTS,
} from './cast-time-texts';
import { DATES } from './date';
import { DATETIMES } from './datetime';
import { each } from './entry';
import type { FunctionMapping } from './mapping';
import { TEXTS } from './string';
import { TIMESTAMPS } from './timestamp-cases';

type CastProof = Pick<FunctionMapping, 'name' | 'signature' | 'cases'>;

const FLOATS =
  '[NULL, 0.0, 0.5, 1.5, -2.5, 0.1, 1/3, 1e15, 1e16, 123456.789, 1e22, 1e-7, 5e-324, 1.7976931348623157e308]';
const SPECIAL = ["'nan'", "'inf'", "'-inf'"].map((text) => `CAST(${text} AS FLOAT64)`);
const NUMERICS =
  "[NULL, NUMERIC '0', NUMERIC '1.5', NUMERIC '-2.5', NUMERIC '0.000000001', NUMERIC '-0.5', NUMERIC '99999999999999999999999999999.999999999', NUMERIC '100']";
const INTS = '[NULL, 0, 1, -1, 9223372036854775807, -9223372036854775807]';
const TIMES =
  "[NULL, TIME '00:00:00', TIME '12:34:56.789', TIME '23:59:59.999999', TIME '01:02:03.5']";

/** CAST over an array of good values, then CAST and SAFE_CAST of each bad one. */
function cast(from: string, to: string, values: string, bad: readonly string[] = []): CastProof {
  const call = `CAST(${from} AS ${to})`;
  const safe = bad.map((value) => `SAFE_CAST(${value} AS ${to})`);
  const failing = bad.map((value) => `CAST(${value} AS ${to})`);
  return {
    name: call,
    signature: call,
    cases: [
      each(`CAST(x AS ${to})`, values),
      each(`SAFE_CAST(x AS ${to})`, values),
      ...failing,
      ...safe,
    ],
  };
}

const quoted = (texts: readonly string[]): readonly string[] => texts.map((text) => `'${text}'`);
const list = (texts: readonly string[]): string => `[NULL, ${quoted(texts).join(', ')}]`;

/** Every pair of types that has a cast, proven like a function. */
export const castProofs: readonly CastProof[] = [
  cast('BOOL', 'INT64', '[NULL, TRUE, FALSE]'),
  cast('BOOL', 'STRING', '[NULL, TRUE, FALSE]'),
  cast('INT64', 'BOOL', INTS),
  cast('INT64', 'FLOAT64', INTS),
  cast('INT64', 'NUMERIC', INTS),
  cast('INT64', 'STRING', INTS),
  cast(
    'FLOAT64',
    'INT64',
    '[NULL, 0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 9007199254740993.0]',
    ['1e300', '9223372036854775807.0', ...SPECIAL],
  ),
  cast(
    'FLOAT64',
    'NUMERIC',
    '[NULL, 0.5, -0.1, 1/3, 123456789.123456789, 1e28, -1e28, 0.0000000005, 1.0000000005, -0.0000000015, 2.5e-10, 1e-300, 0.0009765625]',
    ['1e30', ...SPECIAL],
  ),
  cast('FLOAT64', 'STRING', FLOATS, SPECIAL),
  cast(
    'NUMERIC',
    'INT64',
    "[NULL, NUMERIC '0.5', NUMERIC '-0.5', NUMERIC '2.5', NUMERIC '1.499999999']",
    ["NUMERIC '9223372036854775807.5'"],
  ),
  cast('NUMERIC', 'FLOAT64', NUMERICS),
  cast('NUMERIC', 'STRING', NUMERICS),
  cast(
    'STRING',
    'INT64',
    list([
      '0',
      '-5',
      '+7',
      ' 12 ',
      '007',
      '9223372036854775807',
      '-9223372036854775808',
      '0x1F',
      '0Xabcdef012345678',
      '0x7fffffffffffffff',
      '-0xa',
    ]),
    quoted([
      '',
      ' ',
      '1.5',
      '1e3',
      '9223372036854775808',
      'abc',
      '1_000',
      '0x',
      '0x8000000000000000',
      '0x1_0',
      '--1',
      '1 2',
      '٣',
    ]),
  ),
  cast(
    'STRING',
    'FLOAT64',
    list([
      '0',
      '1.5',
      '-1.5e3',
      '+.5',
      '5.',
      'nan',
      'NaN',
      'inf',
      '-Infinity',
      '+inf',
      ' 1 ',
      '1e-400',
      '0.1',
      '123456789012345678901234567890',
      ...['0x1p3', '0x1.8p-3', '0x10', '-0X1.8', ' 0x.8p1 ', '0x1.p3', '+0x1'],
      ...['0x1p-1074', '0x1p-1075', '0x1.fffffffffffff8p0', '0xffffffffffffffffffffffff'],
    ]),
    quoted([
      '',
      'abc',
      '1,5',
      '1_0',
      '1e',
      '1e400',
      'infi',
      'true',
      '0x',
      '0x.p3',
      '0x1p',
      '0x1p2000',
      '0x1g',
    ]),
  ),
  cast(
    'STRING',
    'NUMERIC',
    list([
      '0',
      '123456789.123456789',
      '-123456789.1234567895',
      '1234567890.5',
      '-0',
      '007.10',
      '1.5',
      '-1.5',
      '+.5',
      '5.',
      '1e3',
      '1.5e-3',
      ' 1 ',
      '0.0000000005',
      '-0.0000000005',
      '1.0000000004',
      '99999999999999999999999999999.999999999',
    ]),
    quoted(['', 'abc', '1e30', 'nan', '1_0', '100000000000000000000000000000']),
  ),
  cast('STRING', 'BOOL', list(['true', 'FALSE', 'True']), quoted(['', 't', 'yes', '1', ' true'])),
  cast('STRING', 'BYTES', TEXTS),
  cast('BYTES', 'STRING', "[NULL, b'', b'abc', b'\\xc3\\xa9']", ["b'\\xff'"]),
  cast(
    'STRING',
    'DATE',
    list(['2024-02-29', '2024-2-9', '0001-01-01', '9999-12-31']),
    quoted([
      '',
      '2023-02-29',
      '2024-13-01',
      '2024/01/01',
      '20240101',
      '24-01-01',
      ' 2024-01-01',
      '2024-01-01 00:00:00',
      '10000-01-01',
    ]),
  ),
  cast('STRING', 'TIME', list(TIME_TEXTS), quoted(BAD_TIME_TEXTS)),
  cast('STRING', 'DATETIME', list(DATETIME_TEXTS), quoted(BAD_DATETIME_TEXTS)),
  cast('STRING', 'TIMESTAMP', list(TIMESTAMP_TEXTS), quoted(BAD_TIMESTAMP_TEXTS)),
  cast('DATE', 'STRING', DATES),
  cast('DATE', 'DATETIME', DATES),
  cast('DATE', 'TIMESTAMP', DATES),
  cast('TIME', 'STRING', TIMES),
  cast('DATETIME', 'STRING', DATETIMES),
  cast('DATETIME', 'DATE', DATETIMES),
  cast('DATETIME', 'TIME', DATETIMES),
  cast('DATETIME', 'TIMESTAMP', DATETIMES),
  cast('TIMESTAMP', 'STRING', TIMESTAMPS),
  cast('TIMESTAMP', 'DATE', TIMESTAMPS),
  cast('TIMESTAMP', 'TIME', TIMESTAMPS),
  cast('TIMESTAMP', 'DATETIME', TIMESTAMPS),
  cast('STRUCT', 'STRUCT<b FLOAT64, c STRING>', '[STRUCT(1 AS a, 2 AS x), (NULL, 3), NULL]'),
  {
    name: 'CAST(ARRAY AS ARRAY)',
    signature: 'CAST(ARRAY AS ARRAY)',
    cases: [
      'CAST([1, 2] AS ARRAY<FLOAT64>)',
      'CAST(ARRAY<INT64>[] AS ARRAY<FLOAT64>)',
      'CAST(CAST(NULL AS ARRAY<INT64>) AS ARRAY<FLOAT64>) IS NULL',
    ],
  },
];
