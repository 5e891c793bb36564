import type {
  Expression,
  FunctionCallExpression,
  ResolvedColumn,
} from '../../resolved-ast/expressions';
import type { JoinScan, Scan } from '../../resolved-ast/scans';
import { columnIds, hasSubquery, outerColumns } from '../../resolved-ast/walk';
import { asksForRows } from '../asks-for-rows';
import type { Compiler } from '../compiler';
import { resolvedName } from '../function-name';

const BOOL = { kind: 'BOOL' } as const;

/**
 * An outer join whose condition asks for rows of its own: parts of it that speak of one side are
 * computed as a column of that side, so that the join itself has a plain condition.
 */
export function liftSubqueries(
  node: JoinScan & { joinExpr: Expression },
  compiler: Compiler,
): JoinScan {
  const leftIds = columnIds(node.leftScan);
  const rightIds = columnIds(node.rightScan);
  let { leftScan, rightScan } = node;
  const parts = conjuncts(node.joinExpr).map((part) => {
    if (!hasSubquery(part) || !asksForRows(compiler.expression(part))) return part;
    const ofLeft = mentionsOf(part, leftIds);
    const ofRight = mentionsOf(part, rightIds);
    if (ofLeft && ofRight) return part;
    const columnId = compiler.freshName('on');
    const column: ResolvedColumn = { columnId, name: columnId, type: BOOL };
    if (ofRight) rightScan = withColumn(rightScan, column, part);
    else leftScan = withColumn(leftScan, column, part);
    return { node: 'ColumnRef', type: BOOL, column } as const;
  });
  return { ...node, leftScan, rightScan, joinExpr: allOf(parts) };
}

function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.node !== 'FunctionCall' || resolvedName(condition) !== '$and') return [condition];
  return condition.argumentList.flatMap(conjuncts);
}

function allOf(parts: readonly Expression[]): Expression {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const and: FunctionCallExpression = {
    node: 'FunctionCall',
    function: { name: '$and' },
    type: BOOL,
    argumentList: parts,
  };
  return and;
}

const mentionsOf = (part: Expression, ids: ReadonlySet<string>): boolean =>
  outerColumns(part, ids).some(({ column }) => ids.has(column.columnId));

function withColumn(scan: Scan, column: ResolvedColumn, expr: Expression): Scan {
  const columnList = [...scan.columnList, column];
  return { node: 'ProjectScan', columnList, inputScan: scan, exprList: [{ column, expr }] };
}
