import { resolvedName } from '../../bigquery/sql/compile/function-name';
import type {
  AnalyticCallExpression,
  ComputedColumn,
} from '../../bigquery/sql/resolved-ast/expressions';
import type { AnalyticScan } from '../../bigquery/sql/resolved-ast/scans';
import type { AnalyzedStatement } from '../rule';
import { closingBracket, type Token } from '../sqlx/sql-text';
import { type AnyNode, nearestPlace } from './walk';

/**
 * Where a window call is written. The analyzer does not say it, so the n-th call of a name in a
 * SELECT is looked for as the n-th `name(...) OVER` of that SELECT's text.
 */
export function windowPlace(
  statement: AnalyzedStatement,
  call: AnalyticCallExpression,
  around: readonly AnyNode[],
  scan: AnalyticScan,
): number {
  const select = around.findLast(({ location }) => location);
  const from = statement.offsetOf(nearestPlace(select ?? {}) ?? { line: 1, column: 1 });
  const name = resolvedName(call);
  const calls = scan.functionGroupList
    .flatMap((group) => [...group.analyticFunctionList])
    .filter(({ expr }) => resolvedName(expr as AnalyticCallExpression) === name)
    .sort((left, right) => number(left) - number(right));
  const written = windowCalls(statement.sql.tokens, from, name.toUpperCase());
  const index = calls.findIndex(({ expr }) => expr === call);
  return written.length === calls.length ? (written[index] ?? from) : from;
}

/** The analyzer numbers calls as they are written: '$analytic3'. */
function number({ column }: ComputedColumn): number {
  return Number(/\d+$/.exec(column.name)?.[0] ?? column.columnId);
}

const SET_OPERATORS = new Set(['UNION', 'INTERSECT', 'EXCEPT']);

/** Offsets of `NAME(...) OVER` in the SELECT that begins at an offset, without its subqueries. */
function windowCalls(tokens: readonly Token[], from: number, name: string): number[] {
  const found: number[] = [];
  let depth = 0;
  for (let i = tokens.findIndex(({ offset }) => offset > from); i >= 0 && i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const next = tokens[i + 1];
    if (token.text === '(' && (next?.upper === 'SELECT' || next?.upper === 'WITH')) {
      i = closingBracket(tokens, i);
    } else if (token.text === '(') depth++;
    else if (token.text === ')' && --depth < 0) break;
    else if (depth === 0 && isSetOperator(token, tokens[i - 1])) break;
    else if (token.upper === name && next?.text === '(' && isWindow(tokens, i + 1)) {
      found.push(namedWindow(tokens, i + 1) ?? token.offset);
    }
  }
  return found;
}

/** Not the EXCEPT of `SELECT * EXCEPT (column)`. */
function isSetOperator(token: Token, before: Token | undefined): boolean {
  return token.kind === 'word' && SET_OPERATORS.has(token.upper) && before?.text !== '*';
}

/** Whether OVER comes after the bracket that closes a call's arguments. */
function isWindow(tokens: readonly Token[], open: number): boolean {
  const after = closingBracket(tokens, open) + 1;
  const hasNulls = ['IGNORE', 'RESPECT'].includes(tokens[after]?.upper ?? '');
  return tokens[after + (hasNulls ? 2 : 0)]?.upper === 'OVER';
}

/** Where `name AS (...)` defines the window of `OVER name`, so that its order is said there once. */
function namedWindow(tokens: readonly Token[], open: number): number | undefined {
  const over = tokens.findIndex(({ upper }, i) => i > open && upper === 'OVER');
  const name = tokens[over + 1];
  if (name?.kind !== 'word') return undefined;
  return tokens.find(
    ({ text }, i) =>
      i > over &&
      text === name.text &&
      tokens[i + 1]?.upper === 'AS' &&
      tokens[i + 2]?.text === '(',
  )?.offset;
}
