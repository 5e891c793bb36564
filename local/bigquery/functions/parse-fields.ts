import type { Field } from './parse-format';

const MONTH_NAMES = "'janfebmaraprmayjunjulaugsepoctnovdec'";

/** Microseconds since 1970 of the civil time that the groups name, before any offset. */
export function civilMicros(fields: readonly Field[], group: (field: Field) => string): string {
  const has = (field: Field): boolean => fields.includes(field);
  const whole = (field: Field, otherwise: string): string =>
    has(field) ? `CAST(${group(field)} AS BIGINT)` : otherwise;
  const year = has('shortYear')
    ? `(CAST(${group('shortYear')} AS BIGINT) + CASE WHEN CAST(${group('shortYear')} AS BIGINT) < 69 THEN 2000 ELSE 1900 END)`
    : whole('year', '1970');
  const month = has('monthName')
    ? `((strpos(${MONTH_NAMES}, lower(left(${group('monthName')}, 3))) + 2) // 3)`
    : whole('month', '1');
  const hour = has('hour12')
    ? `(CAST(${group('hour12')} AS BIGINT) % 12${has('half') ? ` + CASE WHEN lower(${group('half')}) = 'pm' THEN 12 ELSE 0 END` : ''})`
    : whole('hour', '0');
  const second = has('fractional')
    ? `CAST(split_part(${group('fractional')}, '.', 1) AS BIGINT)`
    : whole('second', '0');
  const fraction = has('fractional')
    ? // Of a 60th second the fraction is dropped.
      ` + CASE WHEN ${second} = 60 THEN 0 ELSE CAST(left(rpad(split_part(${group('fractional')}, '.', 2), 6, '0'), 6) AS BIGINT) END`
    : '';
  const date = `make_date(${year}, ${month}, ${whole('day', '1')})`;
  return `((${date} - DATE '1970-01-01') * 86400000000 + ${hour} * 3600000000 + ${whole('minute', '0')} * 60000000 + ${second} * 1000000${fraction})`;
}

/** Fields beyond their range are errors; a 60th second is the next minute's first. */
export function outOfRange(fields: readonly Field[], group: (field: Field) => string): string {
  const limits: readonly (readonly [Field, number, number])[] = [
    ['hour', 0, 23],
    ['hour12', 1, 12],
    ['minute', 0, 59],
    ['second', 0, 60],
    ['year', 1, 9999],
  ];
  const checks = limits
    .filter(([field]) => fields.includes(field))
    .map(([field, low, high]) => `CAST(${group(field)} AS BIGINT) NOT BETWEEN ${low} AND ${high}`);
  if (fields.includes('offset')) checks.push(`abs(${offsetMicros(group('offset'))}) > 50400000000`);
  if (fields.includes('fractional')) checks.push(`CAST(${group('fractional')} AS DOUBLE) >= 61`);
  return checks.length === 0 ? 'FALSE' : checks.join(' OR ');
}

/** SQL of the microseconds east of UTC of a group such as '+0530', '-3' or 'Z'. */
export function offsetMicros(group: string): string {
  const digits = `replace(${group}, ':', '')`;
  return `CASE WHEN ${group} = 'Z' THEN 0 ELSE (CASE WHEN left(${group}, 1) = '-' THEN -1 ELSE 1 END) * (CAST(substr(${digits}, 2, 2) AS BIGINT) * 60 + CAST('0' || substr(${digits}, 4, 2) AS BIGINT)) * 60000000 END`;
}
