import type { Compiler } from '../compile/compiler';
import { printPath } from '../names';
import type { Expression } from '../resolved-ast/expressions';
import type { ResolvedStatement } from '../resolved-ast/read';
import type { Scan, TableScan } from '../resolved-ast/scans';
import type { MergeStatement, OutputColumn, UpdateItem } from '../resolved-ast/statements';
import { ANYTHING, type Condition, conditionSql, either, renameColumns } from './condition';
import type { Demand } from './demand';
import { partitionBounds } from './partition-bounds';
import type { TableRead } from './table-read';
import { walkAll, walkExpression } from './walk-expression';
import { ScanWalker } from './walk-scans';

export interface ReadsContext {
  /** A compiler for the constants of the statement, or of a view where it has none of its own. */
  readonly compiler: (ofView: boolean) => Compiler;
  /** The resolved query of each view, by printed path. */
  readonly views: ReadonlyMap<string, ResolvedStatement>;
}

/** The columns and partitions of tables that a statement reads, views expanded. */
export function statementReads(statement: ResolvedStatement, context: ReadsContext): TableRead[] {
  return new StatementReads(context).of(statement);
}

class StatementReads {
  private readonly reads: TableRead[] = [];

  constructor(private readonly context: ReadsContext) {}

  of(node: ResolvedStatement): TableRead[] {
    const walker = this.walker(false);
    switch (node.node) {
      case 'QueryStmt':
      case 'ExportDataStmt':
      case 'CreateTableAsSelectStmt':
        this.query(walker, node);
        break;
      case 'AssertStmt':
        walkExpression(node.expression, walker);
        break;
      case 'InsertStmt':
        for (const { valueList } of node.rowList)
          walkAll(
            valueList.map(({ value }) => value),
            walker,
          );
        if (node.query) {
          walker.demand.addAll(node.queryOutputColumnList);
          walker.scan(node.query, ANYTHING);
        }
        break;
      case 'DeleteStmt':
        walkExpression(node.whereExpr, walker);
        this.target(walker, node.tableScan, walker.condition(node.whereExpr), true);
        break;
      case 'UpdateStmt': {
        const condition = walker.condition(node.whereExpr);
        walkAll([node.whereExpr, ...newValues(node.updateItemList)], walker);
        if (node.fromScan) walker.scan(node.fromScan, condition);
        this.target(walker, node.tableScan, condition, true);
        break;
      }
      case 'MergeStmt':
        this.merge(walker, node);
    }
    return this.reads;
  }

  private query(
    walker: ScanWalker,
    node: { outputColumnList: readonly OutputColumn[]; query: Scan },
  ): void {
    walker.demand.addAll(node.outputColumnList.map(({ column }) => column));
    walker.scan(node.query, ANYTHING);
  }

  private merge(walker: ScanWalker, node: MergeStatement): void {
    walkExpression(node.mergeExpr, walker);
    for (const { matchExpr, insertRow, updateItemList } of node.whenClauseList) {
      if (matchExpr) walkExpression(matchExpr, walker);
      walkAll(insertRow?.valueList.map(({ value }) => value) ?? [], walker);
      walkAll(newValues(updateItemList), walker);
    }
    walker.scan(node.fromScan, ANYTHING);
    const changing = node.whenClauseList.filter(
      ({ actionType }) => actionType === 'UPDATE' || actionType === 'DELETE',
    );
    const bySource = changing.some(({ matchType }) => matchType === 'NOT_MATCHED_BY_SOURCE');
    // A row of the target that no partner is looked for in can only be found by source.
    const matching = bySource
      ? either(changing.map(({ matchExpr }) => walker.condition(matchExpr)))
      : walker.condition(node.mergeExpr);
    this.target(walker, node.tableScan, matching, changing.length > 0);
  }

  /** The table that a statement changes: read as any other, and its rows written anew. */
  private target(
    walker: ScanWalker,
    scan: TableScan,
    condition: Condition,
    rewrites: boolean,
  ): void {
    this.atTable(scan, condition, walker.demand);
    const { entry } = scan.table;
    if (!rewrites || entry.kind === 'VIEW') return;
    const columns = entry.columns.map(({ name }) => ({ name, path: [] }));
    this.reads.push({ entry, purpose: 'rewrite', columns, ...partitionsOf(scan, condition) });
  }

  private walker(ofView: boolean): ScanWalker {
    return new ScanWalker(this.context.compiler(ofView), (scan, condition, demand) =>
      this.atTable(scan, condition, demand),
    );
  }

  private atTable(scan: TableScan, condition: Condition, demand: Demand): void {
    const { entry } = scan.table;
    if (entry.kind === 'VIEW') {
      this.view(scan, condition, demand);
      return;
    }
    const columns = scan.columnList.flatMap((column) =>
      demand.of(column).map((path) => ({ name: column.name, path })),
    );
    if (entry.wildcard) {
      // Every table that matches: `_TABLE_SUFFIX` prunes none of them here.
      for (const part of entry.wildcard) {
        const has = new Set(part.entry.columns.map(({ name }) => name.toLowerCase()));
        const own = columns.filter(({ name }) => has.has(name.toLowerCase()));
        this.reads.push({ entry: part.entry, purpose: 'scan', columns: own });
      }
      return;
    }
    this.reads.push({ entry, purpose: 'scan', columns, ...partitionsOf(scan, condition) });
  }

  /** Each mention of a view is a walk of its own: the filters of one do not prune another's. */
  private view(scan: TableScan, condition: Condition, demand: Demand): void {
    const statement = this.context.views.get(printPath(scan.table.entry.path));
    if (statement?.node !== 'QueryStmt') return;
    const walker = this.walker(true);
    const byName = new Map(
      statement.outputColumnList.map(({ name, column }) => [name.toLowerCase(), column]),
    );
    const outer = scan.columnList.filter(({ name }) => byName.has(name.toLowerCase()));
    const inner = outer.flatMap(({ name }) => byName.get(name.toLowerCase()) ?? []);
    outer.forEach((column, i) => {
      for (const path of demand.of(column)) {
        const source = inner[i];
        if (source) walker.demand.add(source, path);
      }
    });
    walker.scan(statement.query, renameColumns(condition, outer, inner));
  }
}

function newValues(items: readonly UpdateItem[]): Expression[] {
  return items.flatMap(({ setValue }) => (setValue ? [setValue.value] : []));
}

function partitionsOf(
  scan: TableScan,
  condition: Condition,
): Pick<TableRead, 'partitions' | 'missesFilter'> {
  const { entry } = scan.table;
  const { partitioning } = entry;
  if (!partitioning) return {};
  const name = partitioning.column.toLowerCase();
  const column = scan.columnList.find((one) => one.name.toLowerCase() === name);
  const { low, high } = partitionBounds(entry, partitioning);
  const partitions = column && conditionSql(condition, column, low, high);
  if (partitions !== undefined) return { partitions };
  return partitioning.requireFilter ? { missesFilter: true } : {};
}
