import type { GoogleSqlType } from '../sql/types';

/** A constant argument: dates parts arrive as their name ('DAY', 'WEEK_MONDAY'), NULL as null. */
export type Constant = string | bigint | number | boolean | null;

/** One resolved call of a function or operator, its arguments already compiled to DuckDB SQL. */
export interface FunctionCall {
  readonly args: readonly string[];
  readonly argTypes: readonly GoogleSqlType[];
  /** Per argument: its value where the query states it as a literal, else undefined. */
  readonly constants: readonly (Constant | undefined)[];
  /** Per argument: true where it is a NUMERIC cast from an INT64, and so a whole number of 64 bits. */
  readonly wholes?: readonly boolean[];
  readonly type: GoogleSqlType;
}

/**
 * One entry of the allow-list. A function is in the list only with cases on which the
 * reference engine and DuckDB agree; everything else is refused by name.
 */
export interface FunctionMapping {
  /** GoogleSQL's resolved name in lower case: 'timestamp_diff', 'net.host', '$add'. */
  readonly name: string;
  /** As a reader of BigQuery's documentation would write it. */
  readonly signature: string;
  /** DuckDB SQL for the call; throws UnsupportedError for variants that are not proven. */
  readonly compile: (call: FunctionCall) => string;
  /** GoogleSQL expressions (NULL, empty, negative, DST, unicode...) that both engines must answer alike. */
  readonly cases: readonly string[];
  /**
   * For a function that the reference engine lacks: a case in the words of functions that it has
   * and that BigQuery's documentation declares equal.
   */
  readonly forReference?: (expression: string) => string;
}

/** An aggregate; also used as a window function unless `windowed` is false. */
export interface AggregateMapping extends Omit<FunctionMapping, 'compile'> {
  readonly compile: (call: AggregateCall) => string;
  readonly windowed?: boolean;
  /** True for functions that exist with OVER alone: ROW_NUMBER, LAG... */
  readonly windowOnly?: boolean;
}

export interface AggregateCall extends FunctionCall {
  readonly distinct: boolean;
  readonly nulls: 'RESPECT' | 'IGNORE' | undefined;
  /** Compiled 'x ASC NULLS FIRST, ...' of an ordered aggregate, or ''. */
  readonly orderBy: string;
  /** Compiled LIMIT of an ordered aggregate. */
  readonly limit: string | undefined;
  /** HAVING MAX / HAVING MIN. */
  readonly having:
    | { readonly kind: 'MAX' | 'MIN'; readonly value: string; readonly type: GoogleSqlType }
    | undefined;
  /** Compiled content of OVER (...), frame included; undefined for a plain aggregate. */
  readonly over: string | undefined;
}
