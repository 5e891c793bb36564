import type { Scan, TableScan } from '../../sql/resolved-ast/scans';
import { someNode } from '../../sql/resolved-ast/walk';

/** A table that a query may read piece by piece, and the columns whose equal values stay together. */
export interface Separable {
  /** The name under which the query reads it. */
  readonly name: string;
  /** Undefined where any rows may be parted. */
  readonly together: readonly string[] | undefined;
}

/**
 * The tables of a query such that its rows are those over one piece of the table, and those over
 * the other, together: each is read once, from there to the result rows are only changed, left out,
 * multiplied or joined from the side that keeps them, and whatever puts rows together (GROUP BY,
 * DISTINCT, windows) does so within equal values of the columns named. The result's order is not
 * kept. Undefined forms are not separable.
 */
export function separableTables(query: Scan): readonly Separable[] {
  const scans = tableScans(query);
  return scans.flatMap((scan) => {
    const name = nameOf(scan);
    if (scans.filter((other) => nameOf(other) === name).length > 1) return [];
    const path = walk(query, scan);
    if (!path) return [];
    if (path.together?.size === 0) return [];
    return [{ name, together: path.together && [...path.together] }];
  });
}

interface Path {
  /** The table's columns by the ids under which they go on, unchanged. */
  readonly columns: ReadonlyMap<string, string>;
  readonly together: ReadonlySet<string> | undefined;
}

/** From the table to this scan; undefined where the table is not below, or the scan not separable. */
function walk(scan: Scan, table: TableScan): Path | undefined {
  switch (scan.node) {
    case 'TableScan':
      if (scan !== table) return undefined;
      return {
        columns: new Map(scan.columnList.map(({ columnId, name }) => [columnId, name])),
        together: undefined,
      };
    case 'FilterScan':
    case 'OrderByScan':
      return walk(scan.inputScan, table);
    case 'ArrayScan':
      return scan.inputScan && walk(scan.inputScan, table);
    case 'ProjectScan': {
      const path = walk(scan.inputScan, table);
      if (!path) return undefined;
      const columns = new Map(path.columns);
      for (const { column, expr } of scan.exprList) {
        const same = expr.node === 'ColumnRef' && path.columns.get(expr.column.columnId);
        if (same) columns.set(column.columnId, same);
      }
      return { ...path, columns };
    }
    case 'JoinScan': {
      const type = scan.joinType ?? 'INNER';
      if (type === 'INNER' || type === 'LEFT') {
        const left = walk(scan.leftScan, table);
        if (left) return left;
      }
      return type === 'INNER' || type === 'RIGHT' ? walk(scan.rightScan, table) : undefined;
    }
    case 'AnalyticScan': {
      const path = walk(scan.inputScan, table);
      return scan.functionGroupList.reduce<Path | undefined>(
        (before, group) =>
          before &&
          within(
            before,
            group.partitionBy?.partitionByList.map(({ column }) => column.columnId),
          ),
        path,
      );
    }
    case 'AggregateScan': {
      if (scan.groupingSetList.length > 0 || scan.rollupColumnList.length > 0) return undefined;
      const path = walk(scan.inputScan, table);
      if (!path) return undefined;
      const keys = scan.groupByList.flatMap(({ column, expr }) => {
        const name = expr.node === 'ColumnRef' ? path.columns.get(expr.column.columnId) : undefined;
        return name === undefined ? [] : [[column.columnId, name] as const];
      });
      const columns = new Map(keys);
      return { columns, together: meet(path.together, new Set(columns.values())) };
    }
    default:
      return undefined;
  }
}

/** The path where rows are put together within equal values of these columns. */
function within(path: Path, ids: readonly string[] = []): Path {
  const names = ids.flatMap((id) => path.columns.get(id) ?? []);
  return { ...path, together: meet(path.together, new Set(names)) };
}

function meet(
  before: ReadonlySet<string> | undefined,
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  return before ? new Set([...names].filter((name) => before.has(name))) : names;
}

function tableScans(query: Scan): readonly TableScan[] {
  const found: TableScan[] = [];
  someNode(query, (node) => {
    if (node.node === 'TableScan') found.push(node as unknown as TableScan);
    return false;
  });
  return found;
}

const nameOf = (scan: TableScan): string => scan.table.entry.path.table;
