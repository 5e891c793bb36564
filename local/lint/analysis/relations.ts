import { resolvedName } from '../../bigquery/sql/compile/function-name';
import type {
  ComputedColumn,
  Expression,
  ResolvedColumn,
} from '../../bigquery/sql/resolved-ast/expressions';
import type {
  AggregateScan,
  AnalyticScan,
  JoinScan,
  Scan,
  SetOperationScan,
} from '../../bigquery/sql/resolved-ast/scans';
import { computed } from './computed-columns';
import { conditionDependencies } from './conditions';
import {
  type ColumnId,
  closure,
  type Dependency,
  distinctKeys,
  type Relation,
} from './dependencies';
import { elementKeys } from './element-keys';
import { walk } from './walk';

/** Unique keys of tables by name, each a list of columns. */
type TableKeys = (table: string) => readonly (readonly string[])[];

const ids = (columns: readonly ResolvedColumn[]): ColumnId[] =>
  columns.map(({ columnId }) => columnId);

/** One row: what FROM is without a table. */
const ROW: Relation = { columns: [], keys: [[]], dependencies: [] };

/**
 * Reads from a resolved statement what makes rows unique: keys of tables, grouping, DISTINCT,
 * joins over keys, row numbers.
 */
export class Relations {
  private readonly withQueries = new Map<string, Scan>();
  private readonly known = new Map<Scan, Relation>();
  /** What computed columns stand for, so that `WHERE is_first` can be read. */
  private readonly computed = new Map<ColumnId, Expression>();
  private copies = 0;

  constructor(
    statement: unknown,
    private readonly tableKeys: TableKeys,
  ) {
    walk(statement, (node) => {
      if (node.withSubquery) {
        this.withQueries.set(node.withQueryName as string, node.withSubquery as Scan);
      }
      for (const { column, expr } of (node.exprList ?? []) as ComputedColumn[]) {
        this.computed.set(column.columnId, expr);
      }
    });
  }

  /** What is known of the rows of a scan. */
  of(scan: Scan): Relation {
    let relation = this.known.get(scan);
    if (!relation) {
      relation = this.read(scan);
      this.known.set(scan, relation);
    }
    return relation;
  }

  private read(scan: Scan): Relation {
    const columns = ids(scan.columnList);
    const over = (input: Scan, dependencies: readonly Dependency[] = []): Relation => {
      const inner = this.of(input);
      return { columns, keys: inner.keys, dependencies: [...inner.dependencies, ...dependencies] };
    };
    switch (scan.node) {
      case 'SingleRowScan':
        return { columns, keys: [[]], dependencies: [] };
      case 'TableScan':
        return {
          columns,
          keys: this.keysOfTable(scan.table.entry.path.table, scan.columnList),
          dependencies: [],
        };
      case 'FilterScan':
        return over(scan.inputScan, conditionDependencies(scan.filterExpr, this.computed));
      case 'ProjectScan':
        return over(scan.inputScan, scan.exprList.flatMap(computed));
      case 'OrderByScan':
      case 'LimitOffsetScan':
      case 'SampleScan':
        return over(scan.inputScan);
      case 'WithScan':
        return over(scan.query);
      case 'AggregateScan':
        return this.aggregate(scan);
      case 'AnalyticScan': {
        const inner = over(scan.inputScan);
        const numbered = scan.functionGroupList.flatMap((group) => {
          const partition = (group.partitionBy?.partitionByList ?? []).map(
            (it) => it.column.columnId,
          );
          return group.analyticFunctionList
            .filter(({ expr }) => 'function' in expr && resolvedName(expr) === 'row_number')
            .map(({ column }) => [...partition, column.columnId]);
        });
        const dependencies = [...inner.dependencies, ...wholePartitions(scan)];
        return { columns, dependencies, keys: distinctKeys([...inner.keys, ...numbered]) };
      }
      case 'JoinScan':
        return this.join(scan);
      case 'ArrayScan': {
        const inner = scan.inputScan ? this.of(scan.inputScan) : ROW;
        const keys = elementKeys(scan).flatMap((key) => inner.keys.map((it) => [...it, key]));
        return { columns, keys, dependencies: inner.dependencies };
      }
      case 'WithRefScan':
        return this.reference(scan.withQueryName, columns);
      case 'SetOperationScan': {
        const isDistinct = scan.opType?.endsWith('DISTINCT') ?? false;
        const keys = isDistinct ? [columns] : this.keysOfUnion(scan);
        return { columns, keys, dependencies: [] };
      }
      default:
        return { columns, keys: [], dependencies: [] };
    }
  }

  /** Keys of UNION ALL: a column with another constant in each part, and the keys of all parts. */
  private keysOfUnion({ inputItemList, columnList, opType }: SetOperationScan): ColumnId[][] {
    if (opType !== 'UNION_ALL') return [];
    const parts = inputItemList.map(({ scan, outputColumnList }) => {
      const outputs = ids(outputColumnList);
      const keys = this.of(scan).keys.map((key) => key.map((id) => outputs.indexOf(id)));
      return {
        key: keys.find((key) => !key.includes(-1)),
        constants: outputs.map((id) => this.constant(id)),
      };
    });
    const positions = parts.flatMap(({ key }) => key ?? []);
    if (parts.some(({ key }) => key === undefined)) return [];
    return columnList.flatMap(({ columnId }, i) => {
      const values = parts.map(({ constants }) => constants[i]);
      const tells = !values.includes(undefined) && new Set(values).size === values.length;
      const rest = [...new Set(positions)].map((at) => columnList[at]?.columnId ?? '');
      return tells ? [[columnId, ...rest]] : [];
    });
  }

  /** The literal that a column is, as text. */
  private constant(id: ColumnId): string | undefined {
    const expr = this.computed.get(id);
    return expr?.node === 'Literal' ? JSON.stringify(expr.value) : undefined;
  }

  private keysOfTable(table: string, columns: readonly ResolvedColumn[]): ColumnId[][] {
    const byName = new Map(columns.map(({ name, columnId }) => [name.toLowerCase(), columnId]));
    return this.tableKeys(table).flatMap((key) => {
      const found = key.map((name) => byName.get(name.toLowerCase()));
      return found.every((id) => id !== undefined) ? [found as ColumnId[]] : [];
    });
  }

  private aggregate(scan: AggregateScan): Relation {
    const inner = this.of(scan.inputScan);
    const grouped = scan.groupByList.map(({ column }) => column.columnId);
    const isPlain = scan.groupingSetList.length === 0;
    return {
      columns: ids(scan.columnList),
      keys: isPlain ? [grouped] : [],
      dependencies: [
        ...inner.dependencies,
        ...scan.groupByList.flatMap(computed),
        ...scan.aggregateList.map(({ column }) => ({ from: grouped, to: column.columnId })),
      ],
    };
  }

  /** A side whose key the condition fixes adds no rows: the other side's keys stay keys. */
  private join(scan: JoinScan): Relation {
    const [left, right] = [this.of(scan.leftScan), this.of(scan.rightScan)];
    const type = scan.joinType ?? 'INNER';
    const equal = scan.joinExpr ? conditionDependencies(scan.joinExpr, new Map()) : [];
    const inner = [...left.dependencies, ...right.dependencies];
    const whole = { columns: [], keys: [], dependencies: [...inner, ...equal] };
    const fixes = (from: Relation, to: Relation): boolean => {
      const known = closure(whole, from.columns);
      return to.keys.some((key) => key.every((column) => known.has(column)));
    };
    const keys = left.keys.flatMap((one) => right.keys.map((other) => [...one, ...other]));
    if (type !== 'FULL' && type !== 'RIGHT' && fixes(left, right))
      keys.push(...left.keys.map((key) => [...key]));
    if (type !== 'FULL' && type !== 'LEFT' && fixes(right, left))
      keys.push(...right.keys.map((key) => [...key]));
    return {
      columns: ids(scan.columnList),
      keys: distinctKeys(keys),
      dependencies: type === 'INNER' ? whole.dependencies : inner,
    };
  }

  /** The rows of a WITH query under the names of the place that reads it. */
  private reference(name: string, columns: readonly ColumnId[]): Relation {
    const query = this.withQueries.get(name);
    if (!query) return { columns, keys: [], dependencies: [] };
    const inner = this.of(query);
    const copy = ++this.copies;
    const names = new Map(ids(query.columnList).map((id, i) => [id, columns[i] ?? id]));
    const rename = (id: ColumnId): ColumnId => names.get(id) ?? `${id}/${copy}`;
    return {
      columns,
      keys: inner.keys.map((key) => key.map(rename)),
      dependencies: inner.dependencies.map(({ from, to }) => ({
        from: from.map(rename),
        to: rename(to),
      })),
    };
  }
}

/** What is the same in a whole partition: sums and the like without an order. */
function wholePartitions({ functionGroupList }: AnalyticScan): Dependency[] {
  return functionGroupList
    .filter(({ orderBy }) => orderBy === undefined)
    .flatMap(({ partitionBy, analyticFunctionList }) => {
      const from = (partitionBy?.partitionByList ?? []).map(({ column }) => column.columnId);
      return analyticFunctionList
        .filter(({ expr }) => 'function' in expr && !/row_number|ntile/.test(resolvedName(expr)))
        .map(({ column }) => ({ from, to: column.columnId }));
    });
}
