import type { ResolvedColumn } from '../../bigquery/sql/resolved-ast/expressions';
import type { Scan, TableScan } from '../../bigquery/sql/resolved-ast/scans';
import { mentionedColumns, nearestPlace, walk } from '../analysis/walk';
import type { Rule } from '../rule';

/** BigQuery bills what is read: an incremental model that reads everything saves nothing. */
export const partitionFilter: Rule = {
  name: 'partition-filter',
  about: 'An incremental model reads partitioned tables by a condition on their partition column.',
  bad: 'WHERE event_id NOT IN (SELECT event_id FROM self)',
  good: 'WHERE received_at > (SELECT MAX(received_at) FROM self) ...',
  statement(statement, report, { partitionColumn }) {
    if (!statement.isIncremental) return;
    const filtered = filteredColumns(statement.resolved);
    walk(statement.resolved, (node, around) => {
      if (node.node !== 'TableScan') return;
      const scan = node as unknown as TableScan;
      const table = scan.table.entry.path.table;
      const partition = partitionColumn(table)?.toLowerCase();
      const column = scan.columnList.find(({ name }) => name.toLowerCase() === partition);
      if (partition === undefined || around.some((it) => isTarget(it, scan))) return;
      if (column && filtered.has(column.columnId)) return;
      const place = nearestPlace(node, around);
      report(
        place ? statement.offsetOf(place) : statement.start,
        `an incremental model reads all of ${table}; write a condition on ${partition}, its partition column`,
      );
    });
  },
};

/** The table that INSERT, MERGE or DELETE changes is no table that is read. */
function isTarget(
  node: { readonly tableScan?: unknown; readonly node?: unknown },
  scan: TableScan,
): boolean {
  return node.node !== 'DeleteStmt' && node.tableScan === scan;
}

/** Ids of all columns that conditions mention, traced back through WITH queries to tables. */
function filteredColumns(statement: unknown): ReadonlySet<string> {
  const filtered = new Set<string>();
  const queries = new Map<string, readonly ResolvedColumn[]>();
  const references: { readonly name: string; readonly columns: readonly ResolvedColumn[] }[] = [];
  walk(statement, (node) => {
    const conditions = [node.filterExpr, node.whereExpr, node.joinExpr];
    for (const id of conditions.flatMap(mentionedColumns)) filtered.add(id);
    if (node.withSubquery) {
      queries.set(String(node.withQueryName), (node.withSubquery as Scan).columnList);
    }
    if (node.node === 'WithRefScan') {
      const columns = node.columnList as readonly ResolvedColumn[];
      references.push({ name: String(node.withQueryName), columns });
    }
  });
  for (let size = -1; size !== filtered.size; ) {
    size = filtered.size;
    for (const { name, columns } of references) {
      columns.forEach(({ columnId }, i) => {
        const behind = queries.get(name)?.[i]?.columnId;
        if (filtered.has(columnId) && behind) filtered.add(behind);
      });
    }
  }
  return filtered;
}
