import { UnsupportedError } from '../../errors';
import type { Expression } from '../../resolved-ast/expressions';
import type { JoinScan, Scan } from '../../resolved-ast/scans';
import { columnIds } from '../../resolved-ast/walk';
import { asksForRows } from '../asks-for-rows';
import type { Compiler } from '../compiler';
import { compileOver } from '../outer-columns';
import { columnNames, nullColumns } from '../select';
import { asTableFactor, selectFrom } from '../source';
import { liftSubqueries } from './join-condition';

const JOINS = { INNER: 'JOIN', LEFT: 'LEFT JOIN', RIGHT: 'RIGHT JOIN', FULL: 'FULL JOIN' } as const;

/** left JOIN right ON condition; USING arrives as an equality, its merged column as a projection. */
export function joinSource(node: JoinScan, compiler: Compiler): string {
  const type = node.joinType ?? 'INNER';
  const left = asTableFactor(node.leftScan, compiler);
  const right = asTableFactor(node.rightScan, compiler);
  if (!node.joinExpr) {
    if (type === 'INNER') return `${left} CROSS JOIN ${right}`;
    if (type === 'FULL') throw new UnsupportedError('FULL JOIN without a condition', node.location);
    return `${left} ${JOINS[type]} ${right} ON TRUE`;
  }
  const condition = compiler.expression(node.joinExpr);
  // DuckDB takes no subquery in the condition of an outer join, and no FULL JOIN in a subquery
  // that mentions columns of the query around it.
  if (type !== 'INNER' && asksForRows(condition)) {
    const lifted = liftSubqueries({ ...node, joinExpr: node.joinExpr }, compiler);
    const plain = lifted.joinExpr as Expression;
    if (asksForRows(compiler.expression(plain))) return unitedJoin(node, node.joinExpr, compiler);
    return joinSource(lifted, compiler);
  }
  if (type === 'FULL' && compiler.nesting.depth > 0) {
    return unitedJoin(node, node.joinExpr, compiler);
  }
  return `${left} ${JOINS[type]} ${right} ON ${condition}`;
}

/** An outer join as the union of its matches and of the rows without one. */
function unitedJoin(node: JoinScan, on: Expression, compiler: Compiler): string {
  compiler.nesting.depth += 1;
  try {
    return unitedRows(node, on, compiler);
  } finally {
    compiler.nesting.depth -= 1;
  }
}

function unitedRows(node: JoinScan, on: Expression, compiler: Compiler): string {
  const { leftScan, rightScan, joinType } = node;
  const left = asTableFactor(leftScan, compiler);
  const right = asTableFactor(rightScan, compiler);
  const all = [...leftScan.columnList, ...rightScan.columnList];
  const parts = [
    `SELECT ${columnNames(all, compiler)} FROM ${left} CROSS JOIN ${right} WHERE ${compiler.expression(on)}`,
  ];
  if (joinType !== 'RIGHT') parts.push(rowsAlone(leftScan, rightScan, on, compiler));
  if (joinType !== 'LEFT') parts.push(rowsAlone(rightScan, leftScan, on, compiler));
  // By name: the sides come in another order than in the matches.
  return `(${parts.join(' UNION ALL BY NAME ')})`;
}

/** Rows of one side without a match, the other side's columns NULL. */
function rowsAlone(kept: Scan, missing: Scan, on: Expression, compiler: Compiler): string {
  const columns = [
    columnNames(kept.columnList, compiler),
    ...nullColumns(missing.columnList, compiler),
  ];
  const others = { from: asTableFactor(missing, compiler), where: [] };
  const ofKept = columnIds(kept);
  // Seen from the other side's rows, the columns of this side are those of the query around.
  const { result, source } = compileOver(
    [on],
    missing,
    others,
    compiler,
    () => compiler.expression(on),
    ofKept,
  );
  const match = selectFrom('1', { ...source, where: [result] });
  return `SELECT ${columns.join(', ')} FROM ${asTableFactor(kept, compiler)} WHERE NOT EXISTS (${match})`;
}
