import { UnsupportedError } from '../sql/errors';
import { each, kindOf, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';

/** Parts of functions of FLOAT64, and values to prove them with. */
const FLOAT = { kind: 'FLOAT64' } as const;
export const FLOATS =
  "[NULL, 0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 1234.5678, -1e15, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64)]";
export const NUMERICS =
  "[NULL, NUMERIC '0', NUMERIC '2.5', NUMERIC '-2.5', NUMERIC '1234.567891235', NUMERIC '-0.000000001', NUMERIC '99999999999999999999999999999.4']";

/** A function over FLOAT64 alone, its arguments bound once. */
export function floatOnly(
  name: string,
  build: (...args: string[]) => string,
): (call: FunctionCall) => string {
  return (call) => {
    if (call.type.kind !== 'FLOAT64') throw new UnsupportedError(`${name} of ${kindOf(call)}`);
    return bindOnce(call.args, build);
  };
}

/** The value, or an error where the arguments are outside the domain. */
export function guarded(
  domain: (...args: string[]) => string,
  message: string,
  value: (...args: string[]) => string,
): (...args: string[]) => string {
  return (...args: string[]): string =>
    `CASE WHEN ${domain(...args)} THEN ${raise(message, FLOAT)} ELSE ${value(...args)} END`;
}

/** Fails where a finite argument gives an infinite result, as GoogleSQL does. */
export const unbounded = (
  name: string,
  build: (x: string) => string,
): ((call: FunctionCall) => string) =>
  floatOnly(
    name,
    guarded(
      (x = '') => `isfinite(${x}) AND isinf(${build(x)})`,
      `${name} overflows`,
      (x = '') => build(x),
    ),
  );

/** An entry that DuckDB computes alike under the same name. */
export const plain = (name: string, values: string): FunctionMapping =>
  scalar(
    name,
    `${name.toUpperCase()}(x)`,
    floatOnly(name.toUpperCase(), (x) => `${name}(${x})`),
    [each(`${name.toUpperCase()}(x)`, values)],
  );
