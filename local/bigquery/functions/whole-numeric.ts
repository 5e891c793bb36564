import type { FunctionCall } from './mapping';
import { bindOnce } from './sql-text';

/** Digits of the greatest INT64; of the types that DuckDB computes in 64 bits; of DECIMAL(38,9). */
const WHOLE_DIGITS = 19;
const FAST_DIGITS = 18;
const MOST_DIGITS = 38;

/**
 * The product of a whole number (a cast from INT64) and a constant, as parts times 0.01: it has the
 * constant's decimals, so nothing is rounded and one multiplication does, in 64 bits where the
 * number is small. Undefined where the call is another, or the constant has so many digits that the
 * product may not fit.
 */
export function multiplyWhole({ args, constants, wholes = [] }: FunctionCall): string | undefined {
  const at = wholes[0] ? 0 : 1;
  const constant = constants[1 - at];
  if (!wholes[at] || typeof constant !== 'string') return undefined;
  const match = /^-?(\d+)(?:\.(\d+))?$/.exec(constant);
  if (!match) return undefined;
  const decimals = match[2]?.length ?? 0;
  const wholeDigits = match[1] === '0' && decimals > 0 ? 0 : (match[1] as string).length;
  // The result has 9 decimals, whatever the constant has.
  if (WHOLE_DIGITS + wholeDigits + 9 > MOST_DIGITS) return undefined;
  const digits = wholeDigits + decimals;
  return bindOnce([withoutCast(args[at] ?? '')], (value = '') => {
    const product = (width: number) =>
      `CAST(CAST(${value} AS DECIMAL(${width},0)) * CAST('${constant}' AS DECIMAL(${digits},${decimals})) AS DECIMAL(38,9))`;
    const small = FAST_DIGITS - digits;
    if (small < 1) return product(WHOLE_DIGITS);
    const isSmall = `${value} BETWEEN -${'9'.repeat(small)} AND ${'9'.repeat(small)}`;
    return `CASE WHEN ${isSmall} THEN ${product(small)} ELSE ${product(WHOLE_DIGITS)} END`;
  });
}

/** What CAST(x AS NUMERIC) casts: the way through 9 decimals and back costs a division. */
function withoutCast(sql: string): string {
  return /^CAST\((.*) AS DECIMAL\(38,9\)\)$/s.exec(sql)?.[1] ?? sql;
}
