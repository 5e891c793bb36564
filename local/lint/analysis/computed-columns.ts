import { resolvedName } from '../../bigquery/sql/compile/function-name';
import type { ComputedColumn, Expression } from '../../bigquery/sql/resolved-ast/expressions';
import { type ColumnId, type Dependency, same } from './dependencies';
import { elementField } from './element-keys';
import { mentionedColumns } from './walk';

/** Functions that give different values for different values: keys stay keys through them. */
const INJECTIVE = new Set(['to_hex', 'md5', 'sha256', 'sha512', 'to_json_string', 'concat']);

/** A computed column follows from what it mentions; some can be traced back. */
export function computed({ column, expr }: ComputedColumn): Dependency[] {
  const to = column.columnId;
  if (expr.node === 'ColumnRef') return same(expr.column.columnId, to);
  const field = elementField(expr);
  if (field) return same(field, to);
  return [
    { from: mentionedColumns(expr), to },
    ...origins(expr).map((back) => ({ from: [to], to: back })),
  ];
}

/** Columns that a value can be traced back to: TO_HEX(MD5(CONCAT('visitor|', id))), rows as JSON. */
function origins(expr: Expression): ColumnId[] {
  if (expr.node === 'ColumnRef') return [expr.column.columnId];
  if (expr.node === 'MakeStruct') return expr.fieldList.flatMap(origins);
  if (expr.node !== 'FunctionCall' || !INJECTIVE.has(resolvedName(expr))) return [];
  const [only, ...others] = expr.argumentList.filter(({ node }) => node !== 'Literal');
  return only && others.length === 0 ? origins(only) : [];
}
