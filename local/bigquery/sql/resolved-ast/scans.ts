import type {
  ColumnRef,
  ComputedColumn,
  Expression,
  Location,
  OrderByItem,
  ResolvedColumn,
  TableRef,
} from './expressions';

interface ScanNode<Kind extends string> {
  readonly node: Kind;
  readonly location?: Location;
  readonly columnList: readonly ResolvedColumn[];
}

export interface SingleRowScan extends ScanNode<'SingleRowScan'> {}

export interface TableScan extends ScanNode<'TableScan'> {
  readonly table: TableRef;
  readonly forSystemTimeExpr?: Expression;
}

export interface JoinScan extends ScanNode<'JoinScan'> {
  readonly joinType?: 'INNER' | 'LEFT' | 'RIGHT' | 'FULL';
  readonly leftScan: Scan;
  readonly rightScan: Scan;
  readonly joinExpr?: Expression;
}

export interface ArrayScan extends ScanNode<'ArrayScan'> {
  readonly inputScan?: Scan;
  readonly arrayExpr: Expression;
  readonly elementColumn: ResolvedColumn;
  readonly arrayOffsetColumn?: { readonly column: ResolvedColumn };
  readonly joinExpr?: Expression;
  readonly isOuter?: boolean;
}

export interface FilterScan extends ScanNode<'FilterScan'> {
  readonly inputScan: Scan;
  readonly filterExpr: Expression;
}

export interface ProjectScan extends ScanNode<'ProjectScan'> {
  readonly inputScan: Scan;
  readonly exprList: readonly ComputedColumn[];
}

export interface GroupingSet {
  readonly node: string;
  readonly groupByColumnList?: readonly ColumnRef[];
}

export interface AggregateScan extends ScanNode<'AggregateScan'> {
  readonly inputScan: Scan;
  readonly groupByList: readonly ComputedColumn[];
  readonly aggregateList: readonly ComputedColumn[];
  readonly groupingSetList: readonly GroupingSet[];
  readonly rollupColumnList: readonly ColumnRef[];
  readonly groupingCallList: readonly {
    readonly groupByColumn: ColumnRef;
    readonly outputColumn: ResolvedColumn;
  }[];
}

export interface AnalyticGroup {
  readonly partitionBy?: { readonly partitionByList: readonly ColumnRef[] };
  readonly orderBy?: { readonly orderByItemList: readonly OrderByItem[] };
  readonly analyticFunctionList: readonly ComputedColumn[];
}

export interface AnalyticScan extends ScanNode<'AnalyticScan'> {
  readonly inputScan: Scan;
  readonly functionGroupList: readonly AnalyticGroup[];
}

export interface OrderByScan extends ScanNode<'OrderByScan'> {
  readonly inputScan: Scan;
  readonly orderByItemList: readonly OrderByItem[];
}

export interface LimitOffsetScan extends ScanNode<'LimitOffsetScan'> {
  readonly inputScan: Scan;
  readonly limit: Expression;
  readonly offset?: Expression;
}

export interface SetOperationItem {
  readonly scan: Scan;
  readonly outputColumnList: readonly ResolvedColumn[];
}

export interface SetOperationScan extends ScanNode<'SetOperationScan'> {
  readonly opType?:
    | 'UNION_ALL'
    | 'UNION_DISTINCT'
    | 'INTERSECT_ALL'
    | 'INTERSECT_DISTINCT'
    | 'EXCEPT_ALL'
    | 'EXCEPT_DISTINCT';
  readonly inputItemList: readonly SetOperationItem[];
  readonly columnMatchMode?: string;
}

export interface WithEntry {
  readonly withQueryName: string;
  readonly withSubquery: Scan;
}

export interface WithScan extends ScanNode<'WithScan'> {
  readonly withEntryList: readonly WithEntry[];
  readonly query: Scan;
  readonly recursive?: boolean;
}

export interface WithRefScan extends ScanNode<'WithRefScan'> {
  readonly withQueryName: string;
}

export interface RecursiveRefScan extends ScanNode<'RecursiveRefScan'> {}

export interface RecursiveScan extends ScanNode<'RecursiveScan'> {
  readonly opType?: 'UNION_ALL' | 'UNION_DISTINCT';
  readonly nonRecursiveTerm: SetOperationItem;
  readonly recursiveTerm: SetOperationItem;
}

export interface SampleScan extends ScanNode<'SampleScan'> {
  readonly inputScan: Scan;
  readonly method: string;
  readonly size: Expression;
  readonly unit?: 'ROWS' | 'PERCENT';
  readonly repeatableArgument?: Expression;
}

export type Scan =
  | SingleRowScan
  | TableScan
  | JoinScan
  | ArrayScan
  | FilterScan
  | ProjectScan
  | AggregateScan
  | AnalyticScan
  | OrderByScan
  | LimitOffsetScan
  | SetOperationScan
  | WithScan
  | WithRefScan
  | RecursiveRefScan
  | RecursiveScan
  | SampleScan;
