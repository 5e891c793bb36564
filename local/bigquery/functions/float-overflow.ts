import type { FunctionCall } from './mapping';
import { bindOnce, raise } from './sql-text';

const FLOAT64 = { kind: 'FLOAT64' } as const;

/** Added to the greatest FLOAT64, less than this rounds back to it. */
const HARMLESS_SUM = 1e291;

/** True where the text is an INT64 or a NUMERIC as FLOAT64: its sums and products stay finite. */
const isSmall = (sql: string): boolean => /^CAST\([\w."]+ AS DOUBLE\)$/.test(sql);

function magnitude(call: FunctionCall, index: number): number | undefined {
  const value = call.constants[index];
  if (typeof value === 'bigint') return Math.abs(Number(value));
  return typeof value === 'number' ? Math.abs(value) : undefined;
}

/** True where no finite arguments can give an infinite result. */
function staysFinite(operator: '+' | '-' | '*' | '/', call: FunctionCall): boolean {
  const [a, b] = [magnitude(call, 0), magnitude(call, 1)];
  const [first = '', second = ''] = call.args;
  const bothSmall = [
    [a, first],
    [b, second],
  ].every(([constant, sql]) =>
    typeof constant === 'number' ? constant <= 1e30 : isSmall(String(sql)),
  );
  if (operator === '/') return b !== undefined && b >= 1;
  if (bothSmall) return true;
  if (operator === '*') return [a, b].some((value) => value !== undefined && value <= 1);
  return [a, b].some((value) => value !== undefined && value <= HARMLESS_SUM);
}

/**
 * `a op b` of FLOAT64s, which fails where finite arguments give infinity; DuckDB answers infinity.
 * What an argument's kind or constant rules out is not checked.
 */
export function floatOperation(operator: '+' | '-' | '*' | '/', call: FunctionCall): string {
  const [a = '', b = ''] = call.args;
  if (staysFinite(operator, call)) return `(${a} ${operator} ${b})`;
  return bindOnce([a, b], (x, y) => {
    const overflow = `isinf(${x} ${operator} ${y}) AND isfinite(${x}) AND isfinite(${y})`;
    return `CASE WHEN ${overflow} THEN ${raise('FLOAT64 overflow', FLOAT64)} ELSE ${x} ${operator} ${y} END`;
  });
}
