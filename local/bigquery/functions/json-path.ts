import { UnsupportedError } from '../sql/errors';
import { constantOf } from './entry';
import type { JsonStep } from './json-scan';
import type { FunctionCall } from './mapping';

/** The steps of a constant JSONPath: '$.a[0]."b c"', and for JSON_EXTRACT "$['b c']". */
export function parsePath(path: string): readonly JsonStep[] {
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
    steps.push(index === undefined ? (bare ?? quoted ?? single ?? double ?? '') : Number(index));
  }
  return steps;
}

/** The path of a call's second argument; '$' without one. */
export function pathArgument(call: FunctionCall): readonly JsonStep[] {
  if (call.args.length < 2) return [];
  const path = constantOf(call, 1);
  if (typeof path !== 'string') throw new UnsupportedError('a JSONPath that is not a constant');
  return parsePath(path);
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
