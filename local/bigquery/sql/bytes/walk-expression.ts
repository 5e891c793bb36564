import { resolvedName } from '../compile/function-name';
import type {
  ColumnRef,
  Expression,
  FunctionCallExpression,
  OrderByItem,
} from '../resolved-ast/expressions';
import type { Scan } from '../resolved-ast/scans';
import { ANYTHING, type Condition } from './condition';
import type { Demand } from './demand';
import type { FieldPath } from './table-read';

/** What the walk over expressions needs of the walk over scans. */
export interface ScanWalk {
  readonly demand: Demand;
  scan(node: Scan, condition: Condition): void;
}

/** Functions whose result is an element of their first argument: only its fields are read. */
const ELEMENTS = new Set([
  '$array_at',
  '$array_at_offset',
  '$array_at_ordinal',
  '$safe_array_at_offset',
  '$safe_array_at_ordinal',
]);

/** Demands the columns that a value needs, or that its fields at `path` need. */
export function walkExpression(node: Expression, walk: ScanWalk, path: FieldPath = []): void {
  switch (node.node) {
    case 'ColumnRef':
      walk.demand.add(node.column, path);
      break;
    case 'GetStructField':
      walkExpression(node.expr, walk, [Number(node.fieldIdx ?? 0), ...path]);
      break;
    case 'MakeStruct': {
      const [field, ...rest] = path;
      const value = field === undefined ? undefined : node.fieldList[field];
      if (value) walkExpression(value, walk, rest);
      else walkAll(node.fieldList, walk);
      break;
    }
    case 'FunctionCall':
      walkCall(node, walk, path);
      break;
    case 'SubqueryExpr':
      if (node.inExpr) walkExpression(node.inExpr, walk);
      if (node.subqueryType !== 'EXISTS') {
        for (const column of node.subquery.columnList) walk.demand.add(column, path);
      }
      walk.scan(node.subquery, ANYTHING);
      break;
    case 'WithExpr':
      walkExpression(node.expr, walk, path);
      for (const { column, expr } of [...node.assignmentList].reverse()) {
        for (const needed of walk.demand.of(column)) walkExpression(expr, walk, needed);
      }
      break;
    case 'Literal':
      break;
    default:
      walkParts(node, walk);
  }
}

function walkCall(node: FunctionCallExpression, walk: ScanWalk, path: FieldPath): void {
  const [first, ...others] = node.argumentList;
  if (first && ELEMENTS.has(resolvedName(node))) {
    walkExpression(first, walk, path);
    walkAll(others, walk);
  } else walkParts(node, walk);
}

export function walkAll(nodes: readonly Expression[], walk: ScanWalk): void {
  for (const node of nodes) walkExpression(node, walk);
}

export function walkOrder(items: readonly OrderByItem[], walk: ScanWalk): void {
  walk.demand.addAll(items.map(({ columnRef }) => columnRef.column));
}

/** Members of a node that hold no expressions; they are most of what there is to walk. */
const LEAVES = new Set(['type', 'location', 'function', 'table']);

/** Every expression inside a node, whatever member it is: arguments, HAVING, ORDER BY, lambdas. */
function walkParts(node: object, walk: ScanWalk): void {
  for (const [name, part] of Object.entries(node)) {
    if (part === null || typeof part !== 'object' || LEAVES.has(name)) continue;
    if (Array.isArray(part)) for (const item of part) walkPart(item, walk);
    else walkPart(part, walk);
  }
}

function walkPart(part: unknown, walk: ScanWalk): void {
  if (part === null || typeof part !== 'object' || part instanceof Uint8Array) return;
  if (!('node' in part)) {
    // Where only a column reference may stand, it comes without its kind.
    if (isColumnReference(part)) walk.demand.add(part.column);
    else walkParts(part, walk);
  } else if (String(part.node).endsWith('Scan')) {
    const scan = part as Scan;
    walk.demand.addAll(scan.columnList);
    walk.scan(scan, ANYTHING);
  } else walkExpression(part as Expression, walk);
}

function isColumnReference(part: object): part is Pick<ColumnRef, 'column'> {
  return 'column' in part && 'isCorrelated' in part;
}
