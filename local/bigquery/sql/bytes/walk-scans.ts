import type { Compiler } from '../compile/compiler';
import type { Expression } from '../resolved-ast/expressions';
import type {
  AggregateScan,
  AnalyticScan,
  ArrayScan,
  JoinScan,
  ProjectScan,
  RecursiveScan,
  Scan,
  SetOperationScan,
  TableScan,
  WithRefScan,
  WithScan,
} from '../resolved-ast/scans';
import {
  ANYTHING,
  both,
  type Condition,
  either,
  mapTests,
  rejectingNull,
  renameColumns,
} from './condition';
import { Demand } from './demand';
import { monotoneColumn } from './monotone';
import { readCondition } from './read-condition';
import { type ScanWalk, walkExpression, walkOrder } from './walk-expression';

/** What a walk does at a table or view. */
type AtTable = (scan: TableScan, condition: Condition, demand: Demand) => void;

/**
 * Walks the scans of one query from its result down to its tables. On the way it gathers which
 * columns are needed and which filters reach a table. All that needs a column stands above the
 * scan that makes it, so a scan is visited when the demand for its columns is complete.
 */
export class ScanWalker implements ScanWalk {
  readonly demand = new Demand();
  private readonly withQueries = new Map<string, { scan: Scan; conditions: Condition[] }>();

  constructor(
    /** Writes the constants of filters, and functions of columns, as DuckDB SQL. */
    private readonly compiler: Compiler,
    private readonly atTable: AtTable,
  ) {}

  condition(filter: Expression | undefined): Condition {
    return filter ? readCondition(filter, this.compiler) : ANYTHING;
  }

  /** `condition` is what the scans above say about this one's columns. */
  scan(node: Scan, condition: Condition): void {
    switch (node.node) {
      case 'SingleRowScan':
      case 'RecursiveRefScan':
        break;
      case 'TableScan':
        this.atTable(node, condition, this.demand);
        break;
      case 'FilterScan':
        walkExpression(node.filterExpr, this);
        this.scan(node.inputScan, both(condition, this.condition(node.filterExpr)));
        break;
      case 'ProjectScan':
        this.project(node, condition);
        break;
      case 'JoinScan':
        this.join(node, condition);
        break;
      case 'ArrayScan':
        this.array(node, condition);
        break;
      case 'AggregateScan':
        this.aggregate(node, condition);
        break;
      case 'AnalyticScan':
        this.analytic(node, condition);
        break;
      case 'OrderByScan':
        walkOrder(node.orderByItemList, this);
        this.scan(node.inputScan, condition);
        break;
      case 'LimitOffsetScan':
      case 'SampleScan':
        this.scan(node.inputScan, ANYTHING);
        break;
      case 'SetOperationScan':
        this.setOperation(node, condition);
        break;
      case 'WithScan':
        this.withQuery(node, condition);
        break;
      case 'WithRefScan':
        this.withReference(node, condition);
        break;
      case 'RecursiveScan':
        this.recursive(node);
        break;
    }
  }

  private project(node: ProjectScan, condition: Condition): void {
    this.computed(node.exprList);
    this.scan(node.inputScan, this.below(condition, node.exprList));
  }

  /** Demands what computed columns need that are needed themselves. */
  private computed(list: ProjectScan['exprList']): void {
    for (const { column, expr } of list) {
      for (const path of this.demand.of(column)) walkExpression(expr, this, path);
    }
  }

  /** A condition on computed columns as one on the columns that they are computed from. */
  private below(condition: Condition, list: ProjectScan['exprList']): Condition {
    const computed = new Map(list.map(({ column, expr }) => [column.columnId, expr]));
    return mapTests(condition, (test) => {
      const expr = computed.get(test.columnId);
      if (!expr) return test;
      const inner = monotoneColumn(expr, this.compiler);
      if (!inner) return undefined;
      const { columnId, apply } = inner;
      return { ...test, columnId, possible: (low, high) => test.possible(apply(low), apply(high)) };
    });
  }

  private join(node: JoinScan, condition: Condition): void {
    if (node.joinExpr) walkExpression(node.joinExpr, this);
    const on = this.condition(node.joinExpr);
    const type = node.joinType ?? 'INNER';
    // The side that an outer join may leave empty: conditions above must exclude its NULLs.
    const isOptional = {
      left: type === 'RIGHT' || type === 'FULL',
      right: type === 'LEFT' || type === 'FULL',
    };
    const side = (optional: boolean, preserved: boolean): Condition =>
      both(optional ? rejectingNull(condition) : condition, preserved ? ANYTHING : on);
    this.scan(node.rightScan, side(isOptional.right, isOptional.left));
    this.scan(node.leftScan, side(isOptional.left, isOptional.right));
  }

  private array(node: ArrayScan, condition: Condition): void {
    if (node.joinExpr) walkExpression(node.joinExpr, this);
    const paths = this.demand.of(node.elementColumn);
    // Rows are counted by the array even where nobody asks for its elements.
    for (const path of paths.length > 0 ? paths : [[]]) {
      walkExpression(node.arrayExpr, this, path);
    }
    if (node.inputScan) this.scan(node.inputScan, condition);
  }

  private aggregate(node: AggregateScan, condition: Condition): void {
    for (const { expr } of node.groupByList) walkExpression(expr, this);
    this.computed(node.aggregateList);
    const isPlain = node.groupingSetList.length === 0 && node.rollupColumnList.length === 0;
    const keys = new Set(node.groupByList.map(({ column }) => column.columnId));
    const onKeys = mapTests(condition, (test) => (keys.has(test.columnId) ? test : undefined));
    this.scan(node.inputScan, isPlain ? this.below(onKeys, node.groupByList) : ANYTHING);
  }

  private analytic(node: AnalyticScan, condition: Condition): void {
    let shared: ReadonlySet<string> | undefined;
    for (const { partitionBy, orderBy, analyticFunctionList } of node.functionGroupList) {
      const keys = partitionBy?.partitionByList ?? [];
      const ids = new Set(keys.map(({ column }) => column.columnId));
      const before = shared;
      shared = before ? new Set([...ids].filter((id) => before.has(id))) : ids;
      const needed = analyticFunctionList.filter(({ column }) => this.demand.of(column).length > 0);
      if (needed.length === 0) continue;
      for (const { expr } of needed) walkExpression(expr, this);
      this.demand.addAll(keys.map(({ column }) => column));
      walkOrder(orderBy?.orderByItemList ?? [], this);
    }
    // Rows may be dropped before a window only where its whole partitions go.
    const onKeys = mapTests(condition, (test) => (shared?.has(test.columnId) ? test : undefined));
    this.scan(node.inputScan, onKeys);
  }

  private setOperation(node: SetOperationScan, condition: Condition): void {
    const needsAll = (node.opType ?? 'UNION_ALL') !== 'UNION_ALL';
    for (const { scan, outputColumnList } of node.inputItemList) {
      node.columnList.forEach((column, i) => {
        const source = outputColumnList[i];
        if (!source) return;
        if (needsAll) this.demand.add(source);
        else this.demand.pass(column, source);
      });
      this.scan(scan, renameColumns(condition, node.columnList, outputColumnList));
    }
  }

  /** WITH queries come after all that mentions them, the last first: it may mention the others. */
  private withQuery(node: WithScan, condition: Condition): void {
    for (const { withQueryName, withSubquery } of node.withEntryList) {
      this.withQueries.set(withQueryName, { scan: withSubquery, conditions: [] });
    }
    this.scan(node.query, condition);
    for (const { withQueryName } of [...node.withEntryList].reverse()) {
      const query = this.withQueries.get(withQueryName);
      // A query that nobody mentions is not run.
      if (query && query.conditions.length > 0) this.scan(query.scan, either(query.conditions));
    }
  }

  private withReference(node: WithRefScan, condition: Condition): void {
    const query = this.withQueries.get(node.withQueryName);
    if (!query) return;
    const { columnList } = query.scan;
    node.columnList.forEach((column, i) => {
      const source = columnList[i];
      if (source) this.demand.pass(column, source);
    });
    query.conditions.push(renameColumns(condition, node.columnList, columnList));
  }

  private recursive(node: RecursiveScan): void {
    for (const { scan, outputColumnList } of [node.recursiveTerm, node.nonRecursiveTerm]) {
      this.demand.addAll(outputColumnList);
      this.scan(scan, ANYTHING);
    }
  }
}
