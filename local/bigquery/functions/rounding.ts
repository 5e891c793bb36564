import { UnsupportedError } from '../sql/errors';
import { each, scalar } from './entry';
import { FLOATS, NUMERICS } from './float-functions';
import type { FunctionCall, FunctionMapping } from './mapping';
import { whereSmall } from './small-numeric';
import { bindAlways, bindOnce } from './sql-text';

/** ROUND, TRUNC with digits: DuckDB wants the digits of a NUMERIC as a constant. */
function digits(name: 'round' | 'trunc'): (call: FunctionCall) => string {
  return (call) => {
    const [x = '', n] = call.args;
    const numeric = call.type.kind === 'NUMERIC';
    if (n === undefined) return numeric ? `CAST(${name}(${x}) AS DECIMAL(38,9))` : `${name}(${x})`;
    const mode = call.constants[2];
    if (call.args.length > 2 && mode !== 'ROUND_HALF_AWAY_FROM_ZERO')
      throw new UnsupportedError(
        `${name.toUpperCase()} with a rounding mode other than ROUND_HALF_AWAY_FROM_ZERO`,
      );
    const constant = call.constants[1];
    if (constant === undefined)
      throw new UnsupportedError(
        `${name.toUpperCase()} to a number of digits that is not a constant`,
      );
    if (constant === null) return `CAST(NULL AS ${numeric ? 'DECIMAL(38,9)' : 'DOUBLE'})`;
    const places = Number(constant);
    return numeric ? numericDigits(name, x, places) : floatDigits(name, x, places);
  };
}

function numericDigits(name: 'round' | 'trunc', x: string, places: number): string {
  if (places >= 9) return x;
  if (places < -29) return `(${x} * 0)`;
  const unit = places > 0 ? `0.${'0'.repeat(places - 1)}1` : `1${'0'.repeat(-places)}`;
  const cut = (v: string, type: string): string => {
    if (name === 'round') return `round(${v}, ${places})`;
    return places === 0 ? `trunc(${v})` : `(${v} - ${v} % CAST(${unit} AS ${type}))`;
  };
  const asNumeric = (sql: string): string => `CAST(${sql} AS DECIMAL(38,9))`;
  return bindAlways([x], (v = '') => {
    const large = asNumeric(cut(v, 'DECIMAL(38,9)'));
    // 64 bits have no unit of a billion, and no room for what rounds up to it.
    if (places < 0) return large;
    return whereSmall([v], (s = '') => asNumeric(cut(s, 'DECIMAL(18,9)')), large);
  });
}

function floatDigits(name: 'round' | 'trunc', x: string, places: number): string {
  if (places > 300 || places < -308) return places > 0 ? x : `(${x} * 0)`;
  return name === 'round' ? roundFloat(x, places) : truncateFloat(x, places);
}

/**
 * Cuts the exact binary value: 931.4 is a little less than it looks, and TRUNC(931.4, 3) is
 * 931.399. Where scaling gives a whole number it may have been rounded up; then the digits decide.
 */
function truncateFloat(x: string, places: number): string {
  const unit = `CAST('1e${Math.abs(places)}' AS DOUBLE)`;
  return bindOnce([x], (v) => {
    if (places <= 0) {
      const scaled = `trunc(${v} / ${unit})`;
      return `CASE WHEN abs(${scaled}) * ${unit} > abs(${v}) THEN (${scaled} - sign(${v})) * ${unit} ELSE ${scaled} * ${unit} END`;
    }
    const scaled = `(${v} * ${unit})`;
    const digits = `printf('%.${places + 40}f', ${v})`;
    const exact = `CAST(left(${digits}, strpos(${digits}, '.') + ${places}) AS DOUBLE)`;
    return `CASE WHEN NOT isfinite(${scaled}) THEN ${v} WHEN ${scaled} = trunc(${scaled}) THEN ${exact} ELSE trunc(${scaled}) / ${unit} END`;
  });
}

/**
 * Rounds the exact binary value, halves away from zero: 2.675 is a little less than it looks and
 * becomes 2.67. Scaling may make a tie of what is none; then the digits decide.
 */
function roundFloat(x: string, places: number): string {
  const unit = `CAST('1e${Math.abs(places)}' AS DOUBLE)`;
  return bindOnce([x], (v) => {
    const scaled = places >= 0 ? `(${v} * ${unit})` : `(${v} / ${unit})`;
    const back = (n: string): string => (places >= 0 ? `${n} / ${unit}` : `${n} * ${unit}`);
    const below =
      places >= 0
        ? `substr(split_part(printf('%.${places + 40}f', abs(${v})), '.', 2), ${places + 1}, 1) = '4'`
        : `abs(${v}) < abs(trunc(${scaled}) + sign(${v}) * 0.5::DOUBLE) * ${unit}`;
    const tie = `abs(${scaled} - trunc(${scaled})) = 0.5 AND ${below}`;
    return `CASE WHEN NOT isfinite(${scaled}) OR ${places >= 0 ? `abs(${scaled}) >= 4503599627370496` : 'FALSE'} THEN ${v} WHEN ${tie} THEN ${back(`trunc(${scaled})`)} ELSE ${back(`round(${scaled})`)} END`;
  });
}

/** A whole number above or below; NUMERIC stays NUMERIC. */
function whole(name: 'ceil' | 'floor'): (call: FunctionCall) => string {
  return (call) =>
    call.type.kind === 'NUMERIC'
      ? `CAST(${name}(${call.args[0]}) AS DECIMAL(38,9))`
      : `${name}(${call.args[0]})`;
}

export const roundingFunctions: readonly FunctionMapping[] = [
  scalar('round', 'ROUND(x[, digits])', digits('round'), [
    each('ROUND(x)', FLOATS),
    each('ROUND(x)', '[NULL, 0, -5]'),
    each(
      'ROUND(x, 2)',
      '[NULL, 2.675, 1.005, -1.005, 0.125, -0.125, 1234.5678, 1e300, 0.285, 1.115]',
    ),
    each('ROUND(x, 1)', FLOATS),
    each('ROUND(x, -2)', '[NULL, 1250.0, -1250.0, 1249.9, 49.0, 50.0]'),
    each('ROUND(x, -2)', '[NULL, 1250, -1250, 49]'),
    each('ROUND(x)', "[NULL, NUMERIC '2.5', NUMERIC '-2.5', NUMERIC '0.499999999']"),
    each('ROUND(x, 2)', "[NULL, NUMERIC '2.675', NUMERIC '-2.675', NUMERIC '1.004999999']"),
    each('ROUND(x, 6)', "[NULL, NUMERIC '1234.567891235', NUMERIC '-0.000000001']"),
    each('ROUND(x, -2)', "[NULL, NUMERIC '1250', NUMERIC '-1250', NUMERIC '49.9']"),
    "ROUND(NUMERIC '1.5', 12)",
    'ROUND(1.5, NULL)',
    'ROUND(2.5, 400)',
    "ROUND(NUMERIC '2.5', 0, 'ROUND_HALF_AWAY_FROM_ZERO')",
    'ROUND(2.5, -400)',
  ]),
  scalar('trunc', 'TRUNC(x[, digits])', digits('trunc'), [
    each('TRUNC(x)', FLOATS),
    each('TRUNC(x, 3)', '[NULL, 931.4, -931.4, 0.001, 2.5, 1e15, 1e300]'),
    each(
      'TRUNC(x, 2)',
      '[NULL, 931.4, 2.5, -931.4, 1e15, 2.679, -2.679, 0.29, 1.15, 1e300, 4.35, 8.2]',
    ),
    each('TRUNC(x, -2)', '[NULL, 1299.0, -1299.0, 99.0]'),
    each('TRUNC(x)', NUMERICS),
    each('TRUNC(x, 2)', "[NULL, NUMERIC '2.679', NUMERIC '-2.679', NUMERIC '0.009999999']"),
    each('TRUNC(x, -2)', "[NULL, NUMERIC '1299.9', NUMERIC '-1299.9', NUMERIC '99']"),
    "TRUNC(NUMERIC '1.5', 9)",
  ]),
  scalar('ceil', 'CEIL(x)', whole('ceil'), [
    each('CEIL(x)', FLOATS),
    each('CEIL(x)', "[NULL, NUMERIC '1.000000001', NUMERIC '-1.9']"),
    'CEIL(3)',
  ]),
  scalar('ceiling', 'CEILING(x)', whole('ceil'), [each('CEILING(x)', FLOATS)]),
  scalar('floor', 'FLOOR(x)', whole('floor'), [
    each('FLOOR(x)', FLOATS),
    each('FLOOR(x)', NUMERICS),
    'FLOOR(3)',
  ]),
];
