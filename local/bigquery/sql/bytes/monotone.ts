import type { Compiler } from '../compile/compiler';
import { resolvedName } from '../compile/function-name';
import type { Expression } from '../resolved-ast/expressions';
import { isConstant } from './constants';

/** A column, or a function of it that keeps the order of its values. */
interface MonotoneColumn {
  readonly columnId: string;
  /** DuckDB SQL of the function's value for DuckDB SQL of the column's. */
  readonly apply: (sql: string) => string;
}

/** Functions of one time and constants that keep order; with a time zone they need not. */
const KEEP_ORDER: Readonly<Record<string, number>> = {
  date: 1,
  datetime: 1,
  timestamp: 1,
  $extract_date: 1,
  date_trunc: 2,
  datetime_trunc: 2,
  timestamp_trunc: 2,
};

const TIMES = new Set(['DATE', 'DATETIME', 'TIMESTAMP']);

/** Reads `col`, DATE(col), TIMESTAMP_TRUNC(col, DAY), CAST(col AS DATE) and compositions. */
export function monotoneColumn(node: Expression, compiler: Compiler): MonotoneColumn | undefined {
  if (node.node === 'ColumnRef') {
    return node.isCorrelated ? undefined : { columnId: node.column.columnId, apply: (sql) => sql };
  }
  const source = sourceOf(node, compiler);
  const inner = source && monotoneColumn(source, compiler);
  if (!inner) return undefined;
  return {
    columnId: inner.columnId,
    apply: (sql) => {
      compiler.bindColumn({ columnId: inner.columnId, name: '', type: source.type }, sql);
      return compiler.expression(node);
    },
  };
}

/** The argument that carries the column. */
function sourceOf(node: Expression, compiler: Compiler): Expression | undefined {
  if (node.node === 'Cast') {
    const isPlain = !node.format && !node.timeZone && TIMES.has(node.type.kind);
    return isPlain && TIMES.has(node.expr.type.kind) ? node.expr : undefined;
  }
  if (node.node !== 'FunctionCall') return undefined;
  const [first, ...rest] = node.argumentList;
  if (!first || KEEP_ORDER[resolvedName(node)] !== node.argumentList.length) return undefined;
  const fits = TIMES.has(first.type.kind) && rest.every((value) => isConstant(value, compiler));
  return fits ? first : undefined;
}
