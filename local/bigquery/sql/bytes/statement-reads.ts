import type { Partitioning, TableEntry } from '../catalog';
import type { Compiler } from '../compile/compiler';
import { printPath, quoteString } from '../names';
import type { Expression, ResolvedColumn } from '../resolved-ast/expressions';
import type { ResolvedStatement } from '../resolved-ast/read';
import type { Scan, TableScan } from '../resolved-ast/scans';
import type { MergeStatement, OutputColumn, UpdateItem } from '../resolved-ast/statements';
import { TABLE_SUFFIX, type WildcardPart } from '../wildcard';
import {
  ANYTHING,
  type Condition,
  conditionOnValue,
  conditionSql,
  either,
  renameColumns,
  wholeSql,
} from './condition';
import { isConstant } from './constants';
import type { Demand } from './demand';
import { partitionBounds } from './partition-bounds';
import { readWhole } from './read-condition';
import type { TableRead } from './table-read';
import { walkAll, walkExpression } from './walk-expression';
import { ScanWalker } from './walk-scans';

interface ReadsContext {
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
        this.delete(walker, node.tableScan, node.whereExpr);
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

  /** Partitions of which no row is left go without being read. */
  private delete(walker: ScanWalker, scan: TableScan, filter: Expression): void {
    walkExpression(filter, walker);
    const { length } = this.reads;
    this.target(walker, scan, walker.condition(filter), true);
    const emptied = emptiedPartitions(scan, filter, this.context.compiler(false));
    if (emptied === undefined) return;
    for (const [i, read] of [...this.reads.entries()].slice(length)) {
      const { partitions: changed = 'TRUE' } = read;
      this.reads[i] = { ...read, changed, partitions: `${changed} AND ${emptied} IS NOT TRUE` };
    }
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
      for (const part of entry.wildcard) this.reads.push(partRead(part, scan, columns, condition));
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

/** What is read of one table of a wildcard: nothing where its suffix is filtered out. */
function partRead(
  { entry, suffix }: WildcardPart,
  scan: TableScan,
  columns: TableRead['columns'],
  condition: Condition,
): TableRead {
  const has = new Set(entry.columns.map(({ name }) => name.toLowerCase()));
  const own = columns.filter(({ name }) => has.has(name.toLowerCase()));
  const column = scan.columnList.find(({ name }) => name === TABLE_SUFFIX);
  const bySuffix = column && conditionOnValue(condition, column, quoteString(suffix));
  const { partitions, missesFilter = false } = partitionsOf(scan, condition, entry);
  const filters = [bySuffix, partitions].filter((sql) => sql !== undefined);
  const read = { entry, purpose: 'scan' as const, columns: own, missesFilter };
  return filters.length === 0 ? read : { ...read, partitions: filters.join(' AND ') };
}

/** DuckDB SQL, TRUE in the partitions that a DELETE with this filter empties. */
function emptiedPartitions(
  scan: TableScan,
  filter: Expression,
  compiler: Compiler,
): string | undefined {
  const { entry } = scan.table;
  if (!entry.partitioning) return undefined;
  if (isConstant(filter, compiler)) return compiler.expression(filter);
  const column = partitionColumn(scan, entry.partitioning);
  const whole = column && readWhole(filter, compiler);
  const { low, high } = partitionBounds(entry, entry.partitioning);
  return whole && wholeSql(whole, column, low, high);
}

function partitionColumn(scan: TableScan, { column }: Partitioning): ResolvedColumn | undefined {
  return scan.columnList.find(({ name }) => name.toLowerCase() === column.toLowerCase());
}

function partitionsOf(
  scan: TableScan,
  condition: Condition,
  entry: TableEntry = scan.table.entry,
): Pick<TableRead, 'partitions' | 'missesFilter'> {
  const { partitioning } = entry;
  if (!partitioning) return {};
  const column = partitionColumn(scan, partitioning);
  const { low, high } = partitionBounds(entry, partitioning);
  const partitions = column && conditionSql(condition, column, low, high);
  if (partitions !== undefined) return { partitions };
  return partitioning.requireFilter ? { missesFilter: true } : {};
}
