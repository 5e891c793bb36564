import { BigQueryError, UnsupportedError } from '../sql/errors';
import { constantOf } from './entry';
import type { JsonStep } from './json-scan';
import type { FunctionCall } from './mapping';

/** The steps of a constant JSONPath: '$.a[0]."b c"', or for JSON_EXTRACT "$.a[0]['b c']". */
export function parsePath(path: string, legacy = false): readonly JsonStep[] {
  const refuse = (): never => {
    throw new UnsupportedError(`the JSONPath '${path}'`);
  };
  if (!path.startsWith('$')) refuse();
  const steps: JsonStep[] = [];
  const step = /\.([\w-]+)|\."([^"\\]+)"|\[(\d+)\]|\['([^'\\]+)'\]|\["([^"\\]+)"\]/y;
  for (step.lastIndex = 1; step.lastIndex < path.length; ) {
    const match = step.exec(path);
    if (match === null) return refuse();
    const [, bare, quoted, index, single, double] = match;
    // Each family of functions rejects the other's quotes.
    if ((legacy ? quoted : (single ?? double)) !== undefined) {
      throw new BigQueryError('invalidQuery', `Invalid token in JSONPath at: ${match[0]}`);
    }
    steps.push(index === undefined ? (bare ?? quoted ?? single ?? double ?? '') : Number(index));
  }
  return steps;
}

/** The path of a call's second argument; '$' without one. */
export function pathArgument(call: FunctionCall, legacy = false): readonly JsonStep[] {
  return call.args.length < 2 ? [] : pathAt(call, 1, legacy);
}

/** The constant path that is the call's argument at `index`. */
export function pathAt(call: FunctionCall, index: number, legacy = false): readonly JsonStep[] {
  const path = constantOf(call, index);
  if (typeof path !== 'string') throw new UnsupportedError('a JSONPath that is not a constant');
  return parsePath(path, legacy);
}

/** DuckDB's form of the path. */
export function duckPath(steps: readonly JsonStep[]): string {
  const parts = steps.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    if (step.includes('"') || step.includes('*'))
      throw new UnsupportedError(`the JSON key '${step}'`);
    return `."${step}"`;
  });
  return `$${parts.join('')}`;
}
