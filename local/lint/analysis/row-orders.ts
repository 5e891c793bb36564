import type { Expression, SubqueryExpression } from '../../bigquery/sql/resolved-ast/expressions';
import type { LimitOffsetScan, OrderByScan, Scan } from '../../bigquery/sql/resolved-ast/scans';
import type { ColumnId } from './dependencies';
import { type AnyNode, nearestPlace, walk } from './walk';

/** A part of a statement whose result depends on the order of a query's rows. */
export interface RowOrder {
  readonly what: 'LIMIT' | 'ARRAY(SELECT ...)';
  /** The rows that are ordered. */
  readonly input: Scan;
  readonly order: readonly ColumnId[];
  readonly hasOrder: boolean;
  /** What the query gives of each row: rows that are the same in it may change places. */
  readonly values: readonly ColumnId[];
  readonly place: ReturnType<typeof nearestPlace>;
}

/**
 * All LIMITs and ARRAY subqueries of a statement. Also those over UNNEST: BigQuery promises no
 * order without ORDER BY, whatever the rows come from.
 */
export function findRowOrders(statement: unknown): RowOrder[] {
  const found: RowOrder[] = [];
  walk(statement, (node, around) => {
    if (node.node === 'LimitOffsetScan' && !isHarmless(node, around)) {
      const limit = node as unknown as LimitOffsetScan;
      const place = nearestPlace(limit.limit as never, [...around, node]);
      found.push(rowOrder('LIMIT', limit.inputScan, limit.columnList, place));
    }
    if (node.node === 'SubqueryExpr' && node.subqueryType === 'ARRAY') {
      const { subquery } = node as unknown as SubqueryExpression;
      const top = outermost(subquery);
      // A limit is looked at itself.
      if (top.node === 'LimitOffsetScan') return;
      found.push(rowOrder('ARRAY(SELECT ...)', top, top.columnList, nearestPlace(node, around)));
    }
  });
  return found;
}

function rowOrder(
  what: RowOrder['what'],
  scan: Scan,
  columns: Scan['columnList'],
  place: RowOrder['place'],
): RowOrder {
  const sorted = orderBy(scan);
  return {
    ...{ what, place, hasOrder: sorted !== undefined, input: sorted?.inputScan ?? scan },
    order: (sorted?.orderByItemList ?? []).map(({ columnRef }) => columnRef.column.columnId),
    values: (sorted ?? { columnList: columns }).columnList.map(({ columnId }) => columnId),
  };
}

/** The ORDER BY that a query's rows still stand in. */
function orderBy(scan: Scan): OrderByScan | undefined {
  const top = outermost(scan);
  return top.node === 'OrderByScan' ? top : undefined;
}

/** What makes the order: without WITH, and without the structs that SELECT AS STRUCT makes of rows. */
function outermost(scan: Scan): Scan {
  if (scan.node === 'WithScan') return outermost(scan.query);
  const isOrdered = (scan as { readonly isOrdered?: boolean }).isOrdered === true;
  return scan.node === 'ProjectScan' && isOrdered ? outermost(scan.inputScan) : scan;
}

/** LIMIT 0, and any limit of EXISTS: which rows they leave does not matter. */
function isHarmless({ limit }: AnyNode, around: readonly AnyNode[]): boolean {
  const { node, value } = limit as Expression & { readonly value?: { int64Value?: unknown } };
  if (node === 'Literal' && String(value?.int64Value) === '0') return true;
  const parent = around.at(-1);
  return parent?.node === 'SubqueryExpr' && parent.subqueryType === 'EXISTS';
}
