import { resolvedName } from '../../bigquery/sql/compile/function-name';
import type {
  AggregateCallExpression,
  AnalyticCallExpression,
  ColumnRef,
  ComputedColumn,
} from '../../bigquery/sql/resolved-ast/expressions';
import type { AggregateScan, AnalyticScan, Scan } from '../../bigquery/sql/resolved-ast/scans';
import type { ColumnId } from './dependencies';
import { type AnyNode, mentionedColumns, walk } from './walk';

/** A call whose result depends on which of two rows comes first. */
export interface Ordering {
  /** In lower case: 'row_number', 'array_agg'. */
  readonly name: string;
  readonly call: AnalyticCallExpression | AggregateCallExpression;
  readonly isWindow: boolean;
  /** The rows that are ordered. */
  readonly input: Scan;
  readonly group: readonly ColumnId[];
  readonly order: readonly ColumnId[];
  readonly hasOrder: boolean;
  /** Columns that, if the order fixes them, make ties harmless: the values that are put in order. */
  readonly values: readonly ColumnId[] | undefined;
  /** The columns that calls over the same window make; none for aggregates. */
  readonly results: readonly ColumnId[];
  /** The node whose SELECT holds the call, and which call of it this is. */
  readonly around: readonly AnyNode[];
}

/** Ties change nothing in these: peers share a rank. */
const PEERS = new Set(['rank', 'dense_rank', 'percent_rank', 'cume_dist']);
const NUMBERING = new Set(['row_number', 'ntile']);
const NEIGHBOURS = new Set(['lag', 'lead']);
const PICKS = new Set(['first_value', 'last_value', 'nth_value']);
const LISTS = new Set(['array_agg', 'string_agg', 'array_concat_agg']);

/** All calls of a statement that need an order. */
export function findOrderings(statement: unknown): Ordering[] {
  const found: Ordering[] = [];
  walk(statement, (node, around) => {
    if (node.node === 'AnalyticScan')
      found.push(...windows(node as unknown as AnalyticScan, [...around]));
    if (node.node === 'AggregateScan') {
      found.push(...aggregates(node as unknown as AggregateScan, [...around]));
    }
  });
  return found;
}

const id = ({ column }: ColumnRef): ColumnId => column.columnId;

function windows(scan: AnalyticScan, around: readonly AnyNode[]): Ordering[] {
  return scan.functionGroupList.flatMap((group) => {
    const order = (group.orderBy?.orderByItemList ?? []).map(({ columnRef }) => id(columnRef));
    const results = group.analyticFunctionList.map(({ column }) => column.columnId);
    return group.analyticFunctionList.flatMap(({ expr }) => {
      const call = expr as AnalyticCallExpression;
      const name = resolvedName(call);
      if (!dependsOnOrder(name, call)) return [];
      return [
        {
          ...{ name, call, isWindow: true, input: scan.inputScan, around, order, results },
          group: (group.partitionBy?.partitionByList ?? []).map(id),
          hasOrder: order.length > 0,
          values:
            PICKS.has(name) || LISTS.has(name) ? mentionedColumns(call.argumentList[0]) : undefined,
        },
      ];
    });
  });
}

function dependsOnOrder(name: string, call: AnalyticCallExpression): boolean {
  if (PEERS.has(name)) return false;
  if (NUMBERING.has(name) || NEIGHBOURS.has(name) || PICKS.has(name)) return true;
  if (LISTS.has(name)) return true;
  // Sums and counts over peers or over everything do not; over a number of rows they do.
  const { windowFrame } = call;
  if (windowFrame?.frameUnit !== 'ROWS') return false;
  const { startExpr, endExpr } = windowFrame;
  return !(
    startExpr.boundaryType === 'UNBOUNDED_PRECEDING' &&
    endExpr.boundaryType === 'UNBOUNDED_FOLLOWING'
  );
}

function aggregates(scan: AggregateScan, around: readonly AnyNode[]): Ordering[] {
  const group = scan.groupByList.flatMap(({ column, expr }) => [column.columnId, ...exact(expr)]);
  return scan.aggregateList.flatMap(({ expr }: ComputedColumn) => {
    if (expr.node !== 'AggregateFunctionCall') return [];
    const name = resolvedName(expr);
    const extreme = extremum(name, expr);
    if (!LISTS.has(name) && !extreme) return [];
    const items = expr.orderByItemList.map(({ columnRef }) => id(columnRef));
    const order = extreme ? exact(extreme) : items;
    const base = { name, call: expr, isWindow: false, input: scan.inputScan, group, around };
    return [
      {
        ...base,
        order,
        results: [],
        hasOrder: extreme !== undefined || order.length > 0,
        values: mentionedColumns(expr.argumentList[0]),
      },
    ];
  });
}

/** MAX_BY(x, y) and ANY_VALUE(x HAVING MAX y) put rows in the order of y. */
function extremum(name: string, call: AggregateCallExpression) {
  if (name === 'max_by' || name === 'min_by') return call.argumentList[1];
  return name === 'any_value' ? call.havingModifier?.havingExpr : undefined;
}

/** The column that an expression is, if it is no more than one. */
function exact(expr: unknown): ColumnId[] {
  const ref = expr as Partial<ColumnRef> | undefined;
  return ref?.node === 'ColumnRef' && ref.column ? [ref.column.columnId] : [];
}
