import { UnsupportedError } from '../sql/errors';
import { DATES } from './date';
import { DATETIMES } from './datetime';
import { constantText, each, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce } from './sql-text';
import { asksForTime, formatSql } from './time-format';
import { toLocal, zoneArgument } from './time-zone';
import { TIMESTAMPS } from './timestamp-cases';
import { unixTime } from './timestamp-parts';

const FORMATS = [
  '%Y-%m-%d',
  '%F',
  '%d.%m.%y',
  '%A %a %B %b %h',
  '%e %j %D %x %Q',
  '%U %u %V %W %w %G %g %C',
  '%Y%%',
  'week %V of %G',
  "it''s %Y",
  '%E4Y',
];
const TIME_FORMATS = [
  '%H:%M:%S',
  '%T %R %X %c',
  '%I %l %k %p %P',
  '%E3S|%E*S|%E6S|%E0S',
  '%Y-%m-%dT%H:%M:%E*SZ',
  '%n%t',
];
const MODERN = (array: string): string =>
  array.replace(/(?:DATE|DATETIME|TIMESTAMP) '0001[^']*', /, '');

function formatDate(call: FunctionCall): string {
  const format = constantText(call, 0, 'a format');
  if (asksForTime(format)) throw new UnsupportedError(`the format '${format}' for a DATE`);
  return bindOnce([call.args[1] ?? ''], (x = '') => formatSql(format, { civil: x }));
}

function formatDatetime(call: FunctionCall): string {
  const format = constantText(call, 0, 'a format');
  return bindOnce([call.args[1] ?? ''], (x = '') => formatSql(format, { civil: x }));
}

function formatTimestamp(call: FunctionCall): string {
  const format = constantText(call, 0, 'a format');
  const zone = zoneArgument(call.args, call.constants, 2);
  const [, instant = ''] = call.args;
  if (!/%(?:s|z|Z|Ez)/.test(format)) {
    return bindOnce([`${toLocal(instant, zone)}`], (civil = '') => formatSql(format, { civil }));
  }
  return bindOnce([instant, toLocal(instant, zone)], (x = '', civil = '') =>
    formatSql(format, {
      civil,
      zone: {
        epoch: unixTime(x, 1_000_000),
        minutes: `((epoch_us(${civil}) - epoch_us(${x})) // 60000000)`,
      },
    }),
  );
}

const text = (format: string): string => `'${format.replaceAll("''", "\\'")}'`;

export const formatTimeFunctions: readonly FunctionMapping[] = [
  scalar('format_date', 'FORMAT_DATE(format, date)', formatDate, [
    ...FORMATS.map((format) => each(`FORMAT_DATE(${text(format)}, x)`, DATES)),
    "FORMAT_DATE('', DATE '2024-01-01')",
    "FORMAT_DATE('%Y', NULL)",
  ]),
  scalar(
    'format_datetime',
    'FORMAT_DATETIME(format, datetime)',
    formatDatetime,
    [...FORMATS, ...TIME_FORMATS].map((format) =>
      each(`FORMAT_DATETIME(${text(format)}, x)`, DATETIMES),
    ),
  ),
  scalar('format_timestamp', 'FORMAT_TIMESTAMP(format, timestamp[, zone])', formatTimestamp, [
    ...[...FORMATS, ...TIME_FORMATS, '%s %z %Ez %Z'].flatMap((format) => [
      each(`FORMAT_TIMESTAMP(${text(format)}, x)`, TIMESTAMPS),
      each(`FORMAT_TIMESTAMP(${text(format)}, x, 'America/New_York')`, MODERN(TIMESTAMPS)),
    ]),
    "FORMAT_TIMESTAMP('%Z %z %Ez', TIMESTAMP '2024-01-01 00:00:00+00', '+05:30')",
    "FORMAT_TIMESTAMP('%Y-%m-%d %H:%M:%S', TIMESTAMP '2024-03-31 01:00:00+00', 'Europe/Berlin')",
  ]),
  scalar(
    'format_time',
    'FORMAT_TIME(format, time)',
    (call) => {
      const format = constantText(call, 0, 'a format');
      if (/%[^HIklMpPSTRXE%nt]/.test(format))
        throw new UnsupportedError(`the format '${format}' for a TIME`);
      return bindOnce([`(DATE '1970-01-01' + ${call.args[1]})`], (civil = '') =>
        formatSql(format, { civil }),
      );
    },
    TIME_FORMATS.filter((format) => !/%[cYmd]/.test(format)).map((format) =>
      each(`FORMAT_TIME('${format}', x)`, "[NULL, TIME '00:00:00', TIME '13:04:05.678']"),
    ),
  ),
];
