import { UnsupportedError } from '../sql/errors';
import type { ScalarKind } from '../sql/types';
import { floatToText } from './float-text';
import { bindOnce } from './sql-text';
import { utcDatetime } from './time-zone';

/** CAST(x AS STRING) for every scalar kind but BYTES. */
export function castToText(x: string, from: ScalarKind): string {
  switch (from) {
    case 'BOOL':
    case 'INT64':
    case 'DATE':
      return `CAST(${x} AS VARCHAR)`;
    case 'FLOAT64':
      // Adding zero takes the sign off a negative zero, which GoogleSQL does not print.
      return floatToText(`(${x} + 0e0)`);
    case 'NUMERIC':
      return numericToText(x);
    case 'TIMESTAMP':
      return civilText(utcDatetime(x), ' ', '+00');
    case 'DATETIME':
      return civilText(x, ' ', '');
    case 'TIME':
      return withFraction(x, (v) => `left(CAST(${v} AS VARCHAR), 8)`, '');
    default:
      throw new UnsupportedError(`CAST of ${from} to STRING`);
  }
}

/** DuckDB always prints the 9 decimals; GoogleSQL none that are zero. */
export function numericToText(x: string): string {
  return `rtrim(rtrim(CAST(${x} AS VARCHAR), '0'), '.')`;
}

/** A DuckDB TIMESTAMP as text, with what parts date and time and what follows. */
export function civilText(x: string, separator: ' ' | 'T', suffix: string): string {
  const whole = (v: string): string => {
    const text = `left(CAST(${v} AS VARCHAR), 19)`;
    return separator === ' ' ? text : `replace(${text}, ' ', '${separator}')`;
  };
  return withFraction(x, whole, suffix);
}

/** Seconds are followed by no decimals, three, or six. */
function withFraction(x: string, whole: (x: string) => string, suffix: string): string {
  return bindOnce([x], (v = '') => {
    const micros = `(microsecond(${v}) % 1000000)`;
    const end = suffix === '' ? '' : ` || '${suffix}'`;
    return `(${whole(v)} || CASE WHEN ${micros} = 0 THEN '' WHEN ${micros} % 1000 = 0 THEN printf('.%03d', ${micros} // 1000) ELSE printf('.%06d', ${micros}) END${end})`;
  });
}
