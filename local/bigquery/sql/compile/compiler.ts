import type { AggregateMapping, Constant, FunctionMapping } from '../../functions/mapping';
import type { Expression, ResolvedColumn } from '../resolved-ast/expressions';
import type { Scan, TableScan } from '../resolved-ast/scans';
import type { GoogleSqlType } from '../types';

/** A value known before the statement runs: a script's variable or a query parameter. */
export interface TypedSql {
  readonly type: GoogleSqlType;
  /** DuckDB SQL of the value, without any column: see `sqlLiteral`. */
  readonly sql: string;
  /** The value, where a function may need it at compile time (formats, patterns, parts). */
  readonly constant?: Constant;
  /** True in a dry run where the value could only be known by running a query. */
  readonly isUnknown?: boolean;
}

/** Values of '@name' or of '?' in order. */
export type ParameterValues =
  | { readonly mode: 'NAMED'; readonly values: ReadonlyMap<string, TypedSql> }
  | { readonly mode: 'POSITIONAL'; readonly values: readonly TypedSql[] };

/** The allow-list of functions; everything else is refused by name. */
export interface FunctionLibrary {
  readonly scalars: ReadonlyMap<string, FunctionMapping>;
  readonly aggregates: ReadonlyMap<string, AggregateMapping>;
}

/** A WITH query in scope: its DuckDB name and the columns its body selects. */
export interface WithQuery {
  readonly sqlName: string;
  readonly columns: readonly ResolvedColumn[];
  /** It reads tables as they are (scans/plain-read.ts). */
  readonly isPlain: boolean;
}

/**
 * The compiler of one statement. Columns are named c<id> throughout, so that names never clash
 * and a subquery may mention an outer column as it is.
 */
export interface Compiler {
  readonly functions: FunctionLibrary;
  readonly variables: ReadonlyMap<string, TypedSql>;
  readonly parameters: ParameterValues | undefined;
  /** DuckDB SQL of one value. */
  expression(node: Expression): string;
  /** A complete SELECT whose columns are the scan's, named c<id>. */
  scan(node: Scan): string;
  /** What to read a table or view from: its physical name, or the CTE of a view. */
  tableSource(node: TableScan): string;
  /** SQL for a column reference. */
  column(column: ResolvedColumn): string;
  /** Gives the columns of a DML statement's target their SQL for the rest of the statement. */
  bindColumn(column: ResolvedColumn, sql: string): void;
  withQuery(name: string): WithQuery;
  defineWithQuery(name: string, columns: readonly ResolvedColumn[], isPlain: boolean): WithQuery;
  /** The WITH queries being defined recursively, innermost last. */
  readonly recursions: WithQuery[];
  /** How many subqueries of expressions are around what is being compiled. */
  readonly nesting: { depth: number };
  /** A name that nothing else in the statement has: '<prefix>_1'. */
  freshName(prefix: string): string;
}
