import type { GoogleSqlType } from './types';
import type { WildcardPart } from './wildcard';

/** The full name of a table or view: project, dataset, table. */
export interface TablePath {
  readonly project: string;
  readonly dataset: string;
  readonly table: string;
}

export interface Column {
  readonly name: string;
  readonly type: GoogleSqlType;
  /** True for BigQuery's mode REQUIRED. */
  readonly required?: boolean;
  readonly description?: string;
}

export interface Partitioning {
  /** The column partitioned by, or undefined for ingestion time. */
  readonly column: string;
  readonly granularity: 'HOUR' | 'DAY' | 'MONTH' | 'YEAR';
  readonly requireFilter: boolean;
}

/** What the analyzer and the REST API know of a table or view. */
export interface TableEntry {
  readonly path: TablePath;
  readonly kind: 'TABLE' | 'VIEW';
  readonly columns: readonly Column[];
  /** The GoogleSQL text of a view; views are expanded where they are read. */
  readonly viewSql?: string;
  readonly description?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly partitioning?: Partitioning;
  readonly clustering?: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
  /** The tables behind `prefix*`, which is a table only while a statement reads it. */
  readonly wildcard?: readonly WildcardPart[];
}

/** Look-up of names at analysis. Implemented by the storage, and by plain maps in tests. */
export interface Catalog {
  find(path: TablePath): TableEntry | undefined;
  /** The tables and views of a dataset, for wildcard tables. */
  listTables?(dataset: Pick<TablePath, 'project' | 'dataset'>): readonly TableEntry[];
}
