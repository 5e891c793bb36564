import type { TableRead } from './bytes/table-read';
import type { Column, Partitioning, TablePath } from './catalog';
import type { GoogleSqlType } from './types';

/** A dataset's full name. */
export interface DatasetPath {
  readonly project: string;
  readonly dataset: string;
}

/** Values of OPTIONS(...): constants alone. Names as written, in lower case. */
export type OptionValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly OptionValue[]
  | { readonly [name: string]: OptionValue };

/** What OPTIONS says of a table, view or dataset. It is kept and shown, not applied. */
export interface ObjectOptions {
  readonly description?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly friendlyName?: string;
  /** Every option, these included. */
  readonly all: Readonly<Record<string, OptionValue>>;
}

/** What to do when the object is already there. */
export type CreateMode = 'create' | 'replace' | 'ifNotExists';

/** One query of a WITH, in DuckDB SQL. */
export interface CommonTable {
  /** As it is written in SQL. */
  readonly name: string;
  readonly sql: string;
  /** Reads tables as they are: each mention reads them anew, the columns that it needs. */
  readonly isPlain: boolean;
}

/** A query apart from its WITH. Together they are its SQL. */
export interface QueryParts {
  readonly commonTables: readonly CommonTable[];
  readonly body: string;
}

export interface PreparedQuery {
  readonly kind: 'query';
  /** DuckDB SQL; its columns have the names and DuckDB types of `columns`, in order. */
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly referenced: readonly TablePath[];
}

export interface PreparedCreateTable {
  readonly kind: 'createTable';
  readonly path: TablePath;
  readonly mode: CreateMode;
  readonly columns: readonly Column[];
  /** CREATE TABLE AS SELECT: DuckDB SQL of the rows, columns in the order of `columns`. */
  readonly asSql?: string;
  /** The same in parts, where its WITH is not recursive. */
  readonly asParts?: QueryParts;
  /** CREATE TEMP TABLE: gone when the script ends; only the table's name counts in `path`. */
  readonly temporary?: boolean;
  readonly partitioning?: Partitioning;
  readonly clustering?: readonly string[];
  readonly options: ObjectOptions;
  readonly referenced: readonly TablePath[];
}

export interface PreparedCreateView {
  readonly kind: 'createView';
  readonly path: TablePath;
  readonly mode: CreateMode;
  readonly columns: readonly Column[];
  /** GoogleSQL text of the query, to be stored as TableEntry.viewSql. */
  readonly viewSql: string;
  readonly options: ObjectOptions;
  readonly referenced: readonly TablePath[];
}

export interface PreparedCreateSchema {
  readonly kind: 'createSchema';
  readonly dataset: DatasetPath;
  readonly mode: CreateMode;
  readonly options: ObjectOptions;
}

export interface PreparedDrop {
  readonly kind: 'drop';
  readonly objectType: 'TABLE' | 'VIEW';
  readonly path: TablePath;
  readonly ifExists: boolean;
}

export interface PreparedDropSchema {
  readonly kind: 'dropSchema';
  readonly dataset: DatasetPath;
  readonly ifExists: boolean;
  /** Drop the dataset with its tables; without it a dataset that has any is an error. */
  readonly cascade: boolean;
}

interface PreparedTruncate {
  readonly kind: 'truncate';
  readonly path: TablePath;
}

export type DmlAction = 'INSERT' | 'UPDATE' | 'DELETE';

export interface PreparedDml {
  readonly kind: 'dml';
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE';
  /** DuckDB SQL; answers one row with the number of changed rows. */
  readonly sql: string;
  /** Of a MERGE: what its clauses do. */
  readonly actions?: readonly DmlAction[];
  /** Of a MERGE that inserts, updates and deletes: DuckDB SQL of how many rows it will delete. */
  readonly deletedSql?: string;
  readonly target: TablePath;
  readonly referenced: readonly TablePath[];
}

export interface PreparedExportData {
  readonly kind: 'exportData';
  readonly sql: string;
  readonly columns: readonly Column[];
  /** 'gs://bucket/path-*.parquet'. */
  readonly uri: string;
  readonly format: 'CSV' | 'JSON' | 'PARQUET';
  readonly overwrite: boolean;
  readonly options: ObjectOptions;
  readonly referenced: readonly TablePath[];
}

/** ASSERT: one row with one BOOL column; FALSE or NULL fails with the message. */
export interface PreparedAssert {
  readonly kind: 'assert';
  readonly sql: string;
  readonly message: string;
  readonly referenced: readonly TablePath[];
}

/**
 * DECLARE or SET: one row with one column 'value' of the type. Its value, as `sqlLiteral(value,
 * type)`, belongs into `variables` of the statements that follow, under every name in lower case.
 */
export interface PreparedVariable {
  readonly kind: 'declare' | 'set';
  readonly names: readonly string[];
  readonly type: GoogleSqlType;
  readonly sql: string;
  readonly referenced: readonly TablePath[];
}

export interface PreparedAddColumns {
  readonly kind: 'addColumns';
  readonly path: TablePath;
  readonly columns: readonly (Column & { readonly ifNotExists: boolean })[];
  readonly ifExists: boolean;
}

/** A change to a table's columns or name. */
export type TableChange =
  | { readonly change: 'dropColumn'; readonly column: string; readonly ifExists: boolean }
  | {
      readonly change: 'renameColumn';
      readonly column: string;
      readonly to: string;
      readonly ifExists: boolean;
    }
  | { readonly change: 'dropNotNull'; readonly column: string; readonly ifExists: boolean }
  | { readonly change: 'rename'; readonly to: string };

export interface PreparedChangeTable {
  readonly kind: 'changeTable';
  readonly path: TablePath;
  /** One after another. */
  readonly changes: readonly TableChange[];
  readonly ifExists: boolean;
}

export interface PreparedSetOptions {
  readonly kind: 'setOptions';
  readonly path: TablePath;
  readonly options: ObjectOptions;
  readonly ifExists: boolean;
}

interface PreparedTransaction {
  readonly kind: 'begin' | 'commit' | 'rollback';
}

/** What an executor must do for one statement, and what of the tables it reads. */
export type PreparedStatement = AnyPrepared & { readonly reads?: readonly TableRead[] };

type AnyPrepared =
  | PreparedQuery
  | PreparedCreateTable
  | PreparedCreateView
  | PreparedCreateSchema
  | PreparedDrop
  | PreparedDropSchema
  | PreparedTruncate
  | PreparedDml
  | PreparedExportData
  | PreparedAssert
  | PreparedVariable
  | PreparedAddColumns
  | PreparedChangeTable
  | PreparedSetOptions
  | PreparedTransaction;
