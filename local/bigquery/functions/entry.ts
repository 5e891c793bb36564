import { UnsupportedError } from '../sql/errors';
import type { GoogleSqlType } from '../sql/types';
import type { Constant, FunctionCall, FunctionMapping } from './mapping';
import { bindOnce } from './sql-text';

type Compile = (call: FunctionCall) => string;

/** One entry of the list; `signature` reads as in BigQuery's documentation. */
export function scalar(
  name: string,
  signature: string,
  compile: Compile,
  cases: readonly string[],
): FunctionMapping {
  return { name, signature, compile, cases };
}

/** A compilation that needs the arguments' texts alone, each used once. */
export function fixed(build: (...args: string[]) => string): Compile {
  return (call) => build(...call.args);
}

/** As `fixed`, for bodies that mention an argument several times. */
export function bound(build: (...args: string[]) => string): Compile {
  return (call) => bindOnce(call.args, build);
}

/** The text of an argument that the analyzer guarantees. */
export function argument(call: FunctionCall, index: number): string {
  const sql = call.args[index];
  if (sql === undefined) throw new Error(`argument ${index} is missing`);
  return sql;
}

/** The kind of an argument's type. */
export function kindOf(call: FunctionCall, index = 0): GoogleSqlType['kind'] {
  const type = call.argTypes[index];
  if (type === undefined) throw new Error(`type of argument ${index} is missing`);
  return type.kind;
}

/** A constant string argument (a pattern, format, part); refused by name where it is not constant. */
export function constantText(call: FunctionCall, index: number, what: string): string {
  const value = call.constants[index];
  if (typeof value !== 'string') throw new UnsupportedError(`${what} that is not a constant`);
  return value;
}

/** The value of a constant argument, or undefined where it is absent or computed. */
export function constantOf(call: FunctionCall, index: number): Constant | undefined {
  return call.constants[index];
}

/**
 * A case that evaluates `expression` over the elements of `array` as column x, so that the
 * vectorised path is proven and not only constant folding.
 */
export function each(expression: string, array: string): string {
  return `ARRAY(SELECT AS STRUCT ${expression} AS v FROM UNNEST(${array}) AS x WITH OFFSET AS i ORDER BY i)`;
}
