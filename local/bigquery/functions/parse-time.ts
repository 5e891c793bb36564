import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import { constantText, each, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { civilMicros, offsetMicros, outOfRange } from './parse-fields';
import { type Field, reader } from './parse-format';
import { microsInRange } from './range';
import { bindOnce, raise } from './sql-text';
import { toTimestamp, zoneArgument } from './time-zone';

/** SQL of PARSE_*: microseconds since 1970 as `result` wants them. */
function parse(
  call: FunctionCall,
  allowed: (field: Field) => boolean,
  result: (micros: string, has: (field: Field) => boolean) => string,
): string {
  const format = constantText(call, 0, 'a format');
  const { pattern, fields } = reader(format);
  const stranger = fields.find((field) => !allowed(field));
  if (stranger !== undefined) throw new UnsupportedError(`the format '${format}' here`);
  if (fields.length === 0) throw new UnsupportedError(`the format '${format}' for parsing`);
  const names = `[${fields.map((field) => `'${field}'`).join(', ')}]`;
  return bindOnce([call.args[1] ?? ''], (text = '') => {
    const groups = `regexp_extract(${text}, ${quoteString(`^${pattern}$`)}, ${names})`;
    const value = bindOnce([groups], (g) => {
      const group = (field: Field): string => `${g}.${field}`;
      const has = (field: Field): boolean => fields.includes(field);
      const micros = has('epoch')
        ? `(CAST(${group('epoch')} AS BIGINT) * 1000000)`
        : civilMicros(fields, group);
      const shifted =
        has('offset') && !has('epoch') ? `(${micros} - ${offsetMicros(group('offset'))})` : micros;
      return `CASE WHEN ${outOfRange(fields, group)} THEN ${raise(`The text is out of range for the format ${format}`, call.type)} ELSE ${result(shifted, has)} END`;
    });
    return `CASE WHEN regexp_full_match(${text}, ${quoteString(pattern)}) THEN ${value} WHEN ${text} IS NOT NULL THEN ${raise(`The text does not match the format ${format}`, call.type)} END`;
  });
}

const isDate = (field: Field): boolean =>
  ['year', 'month', 'day', 'monthName', 'shortYear'].includes(field);

const isTime = (field: Field): boolean =>
  ['hour', 'hour12', 'half', 'minute', 'second', 'fractional'].includes(field);

export const parseTimeFunctions: readonly FunctionMapping[] = [
  scalar(
    'parse_time',
    'PARSE_TIME(format, text)',
    (call) => parse(call, isTime, (micros) => `CAST(make_timestamp(${micros}) AS TIME)`),
    [
      each("PARSE_TIME('%H:%M:%S', x)", "[NULL, '00:00:00', '23:59:59', '1:2:3', '23:59:60']"),
      each("PARSE_TIME('%T', x)", "['10:11:12']"),
      each("SAFE.PARSE_TIME('%H%M', x)", "['12', '123', '1234', '923', '24', '12345', '1 2']"),
      each("SAFE.PARSE_TIME('%H%M%S', x)", "['0012', '001203', '00123']"),
      each("SAFE.PARSE_TIME('%k%M', x)", "['  9', ' 912', '0912', '912', '243', '2405', '231']"),
      each("SAFE.PARSE_TIME('%S%I', x)", "['59 01', '5901', '59\\t1', '591']"),
      each(
        "SAFE.PARSE_TIME('%H:%M:%E*S', x)",
        "['1:2:3.', '1:2:3.1234567', '1:2:60.5', '1:2:61', '1:2: 3.1']",
      ),
      each("PARSE_TIME('%I:%M %p', x)", "['12:30 AM', '12:30 pm', '1:05 PM']"),
      each("PARSE_TIME('%H:%M:%E*S', x)", "['12:30:01.5', '12:30:01', '12:30:01.123456']"),
      "PARSE_TIME('%H:%M', '24:00')",
      "PARSE_TIME('%H:%M', '10:60')",
      "PARSE_TIME('%H:%M', 'x')",
    ],
  ),
  scalar(
    'parse_date',
    'PARSE_DATE(format, text)',
    (call) => parse(call, isDate, (micros) => `CAST(make_timestamp(${micros}) AS DATE)`),
    [
      each("PARSE_DATE('%Y%m%d', x)", "[NULL, '20240229', '20231231', '19700101']"),
      each("PARSE_DATE('%Y-%m-%d', x)", "['2024-1-2', ' 2024-01-02 ', '0044-03-15']"),
      each("PARSE_DATE('%F', x)", "['2024-02-29']"),
      each("PARSE_DATE('%d.%m.%Y', x)", "['29.02.2024', '1.3.2024']"),
      each("PARSE_DATE('%m/%d/%y', x)", "['02/29/24', '02/28/69', '02/28/68', '12/31/99']"),
      each("PARSE_DATE('%b %d, %Y', x)", "['Jan 05, 2024', 'dec 31, 2023', 'SEP  1, 2023']"),
      each("PARSE_DATE('%d %B %Y', x)", "['05 January 2024', '31 december 2023', '1 May 2024']"),
      each("PARSE_DATE('%A %b %e %Y', x)", "['Thursday Dec 25 2008', 'mon dec 25 2008']"),
      ...['Janx 5 2024', 'ebm 5 2024', 'Janu 5 2024', 'Sept 5 2024', 'Mayy 5 2024'].map(
        (text) => `PARSE_DATE('%b %d %Y', '${text}')`,
      ),
      ...['Thurs 2024-01-04', ' 2024-01-04', 'x 2024-01-04'].map(
        (text) => `PARSE_DATE('%a %F', '${text}')`,
      ),
      each("PARSE_DATE('%Y %m', x)", "['2024 02']"),
      each("PARSE_DATE('%Y', x)", "['2024']"),
      each(
        "SAFE.PARSE_DATE('%Y%m%d', x)",
        "['202411', '20244', '2024111', '20241301', '02024111', '+2024111', '2024 101', '0024011']",
      ),
      each("SAFE.PARSE_DATE('%y%m%d', x)", "['2024', '240201', '24021', '2422']"),
      each("SAFE.PARSE_DATE('%Y', x)", "['+2024', '-2024', '02024', '12345', '0', '1']"),
      each("SAFE.PARSE_DATE('%Y-%m-%d', x)", "['02024-1-1', '2024-01-010', '+2024-1-1']"),
      each("SAFE.PARSE_DATE('%Y %m', x)", "['02024 2', '2024 2', '20242', '020242', '2024\\v2']"),
      each("SAFE.PARSE_DATE('%Y%b', x)", "['2024Feb', '02024Feb', '2024 Feb']"),
      each("SAFE.PARSE_DATE('%Y%e', x)", "['2024 3', '202413', '2024  3', '20243', '224 3']"),
      each("SAFE.PARSE_DATE('%e%m', x)", "['412', '3212', '312', '0412', '  412']"),
      each("SAFE.PARSE_DATE('%Y2', x)", "['020242', '20242']"),
      ...[
        "'2024-02-30'",
        "'2024-02'",
        "''",
        "'x'",
        "'2024-02-28x'",
        "'2024/02/28'",
        "'10000-01-01'",
        "'2024- 1-02'",
      ].map((value) => `PARSE_DATE('%Y-%m-%d', ${value})`),
      each("SAFE.PARSE_DATE('%Y-%m-%d', x)", "[NULL, '2024-02-30', '2024-02-29', '']"),
    ],
  ),
  scalar(
    'parse_datetime',
    'PARSE_DATETIME(format, text)',
    (call) =>
      parse(
        call,
        (field) => field !== 'offset' && field !== 'epoch',
        (micros) => `make_timestamp(${micros})`,
      ),
    [
      each(
        "PARSE_DATETIME('%Y-%m-%d %H:%M:%S', x)",
        "[NULL, '2024-02-29 23:59:58', '2024-2-9 3:4:5']",
      ),
      each(
        "PARSE_DATETIME('%Y-%m-%dT%H:%M:%E*S', x)",
        "['2024-02-29T23:59:58.123456', '2024-02-29T23:59:58', '2024-02-29T23:59:58.5']",
      ),
      each(
        "PARSE_DATETIME('%d/%m/%Y %I:%M %p', x)",
        "['29/02/2024 12:30 AM', '29/02/2024 12:30 pm', '29/02/2024 1:30 PM']",
      ),
      "PARSE_DATETIME('%Y-%m-%d %H', '2024-02-29 24')",
      "PARSE_DATETIME('%Y-%m-%d %H:%M', '2024-02-29 10:60')",
      "PARSE_DATETIME('%F %T', '2024-02-29 10:11:12')",
    ],
  ),
  scalar(
    'parse_timestamp',
    'PARSE_TIMESTAMP(format, text[, zone])',
    (call) => {
      const zone = zoneArgument(call.args, call.constants, 2);
      return parse(
        call,
        () => true,
        (micros, has) =>
          zone === undefined || has('offset') || has('epoch')
            ? `make_timestamptz(${microsInRange(micros, 'PARSE_TIMESTAMP')})`
            : toTimestamp(`make_timestamp(${micros})`, zone),
      );
    },
    [
      each(
        "PARSE_TIMESTAMP('%Y-%m-%d %H:%M:%S', x)",
        "[NULL, '2024-02-29 23:59:58', '2024-2-9 3:4:5']",
      ),
      each(
        "PARSE_TIMESTAMP('%Y-%m-%dT%H:%M:%E*SZ', x)",
        "['2024-02-29T23:59:58.123456Z', '2024-02-29T23:59:58Z']",
      ),
      each(
        "PARSE_TIMESTAMP('%Y-%m-%dT%H:%M:%E*S%Ez', x)",
        "['2024-02-29T23:59:58.5+02:00', '2024-02-29T23:59:58Z', '2024-02-29T23:59:58-0330', '2024-02-29T23:59:58+02']",
      ),
      each(
        "PARSE_TIMESTAMP('%d/%b/%Y:%H:%M:%S %z', x)",
        "['29/Feb/2024:23:59:58 +0000', '29/Feb/2024:23:59:58 -0700']",
      ),
      each("PARSE_TIMESTAMP('%s', x)", "['0', '1709251198', '-1']"),
      each(
        "SAFE.PARSE_TIMESTAMP('%Y%m%d%H%M', x)",
        "['2024010110', '202401011005', '20240101105']",
      ),
      ...['%z', ' %z', '%Ez', '%z %Y'].map((end) =>
        each(
          `SAFE.PARSE_TIMESTAMP('%b %d %T${end}', x)`,
          "['Jan 1 01:02:03Z', 'Jan 1 1:2:3z', 'Jan 1 1:2:3+1', 'Jan 1 1:2:3+01', 'Jan 1 1:2:3+01:30', 'Jan 1 1:2:3-0130', 'Jan 1 1:2:3+1401', 'Jan 1 1:2:3+1400', 'Jan 1 1:2:3+012024', 'Jan 1 1:2:3+01 2024']",
        ),
      ),
      "PARSE_TIMESTAMP('%s%z', '1+01')",
      "SAFE.PARSE_TIMESTAMP('%F %T%z', '2024-01-01 01:02:03+0160')",
      each(
        "PARSE_TIMESTAMP('%F %H:%M', x, 'America/New_York')",
        "['2024-03-10 02:30', '2024-11-03 01:30', '2024-07-01 00:00']",
      ),
      each("PARSE_TIMESTAMP('%Y%m%d', x)", "['20240229']"),
      each("PARSE_TIMESTAMP('%a %b %e %I:%M:%S %Y', x)", "['Thu Dec 25 07:30:00 2008']"),
      each("PARSE_TIMESTAMP('%c', x)", "['Thu Dec 25 07:30:00 2008', 'Thu Feb  5 23:30:00 2009']"),
      "PARSE_TIMESTAMP('%F %T', '2024-02-29 10:11')",
      "PARSE_TIMESTAMP('%F %T%z', '9999-12-31 23:59:59-0100')",
      "PARSE_TIMESTAMP('%F %T%z', '0001-01-01 00:00:00+0100')",
      "PARSE_TIMESTAMP('%F %T%z', '0001-01-01 00:00:00-0100')",
      "PARSE_TIMESTAMP('%F %T', '2024-02-29 10:11:60')",
      "PARSE_TIMESTAMP('%F %T', '2024-02-29 10:11:61')",
      each("SAFE.PARSE_TIMESTAMP('%F %T', x)", "[NULL, 'x', '2024-02-29 10:11:12']"),
    ],
  ),
];
