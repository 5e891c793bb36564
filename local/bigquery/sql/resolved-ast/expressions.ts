import type { ValueProto } from '../analyzer/protocol';
import type { ResolvedType } from '../analyzer/type-proto';
import type { TableEntry } from '../catalog';
import type { Scan } from './scans';

/** Line and column, both from 1, in the text of the statement. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

/** A column of the resolved statement. `columnId` is unique in the statement, whatever its name. */
export interface ResolvedColumn {
  readonly columnId: string;
  readonly name: string;
  readonly type: ResolvedType;
}

export interface ComputedColumn {
  readonly column: ResolvedColumn;
  readonly expr: Expression;
}

interface Node<Kind extends string> {
  readonly node: Kind;
  readonly location?: Location;
}

interface ExpressionNode<Kind extends string> extends Node<Kind> {
  readonly type: ResolvedType;
}

export interface Literal extends ExpressionNode<'Literal'> {
  readonly value: ValueProto;
}

export interface Parameter extends ExpressionNode<'Parameter'> {
  /** Empty for '?'. */
  readonly name?: string;
  /** From 1, for '?'. */
  readonly position?: string;
}

export interface ColumnRef extends ExpressionNode<'ColumnRef'> {
  readonly column: ResolvedColumn;
  /** True where a subquery mentions a column of the query around it. */
  readonly isCorrelated?: boolean;
}

export interface ConstantRef extends ExpressionNode<'Constant'> {
  readonly constant: { readonly name: string };
}

interface AnyCall<Kind extends string> extends ExpressionNode<Kind> {
  readonly function: { readonly name: string };
  readonly argumentList: readonly Expression[];
  readonly genericArgumentList?: readonly { readonly expr?: Expression }[];
  readonly errorMode?: 'DEFAULT_ERROR_MODE' | 'SAFE_ERROR_MODE';
}

export interface FunctionCallExpression extends AnyCall<'FunctionCall'> {}

export interface OrderByItem {
  readonly columnRef: ColumnRef;
  readonly isDescending?: boolean;
  readonly nullOrder?: 'ORDER_UNSPECIFIED' | 'NULLS_FIRST' | 'NULLS_LAST';
  readonly collationName?: Expression;
}

interface NonScalarCall<Kind extends string> extends AnyCall<Kind> {
  readonly distinct?: boolean;
  readonly nullHandlingModifier?: 'DEFAULT_NULL_HANDLING' | 'IGNORE_NULLS' | 'RESPECT_NULLS';
  readonly withGroupRowsSubquery?: Scan;
}

export interface AggregateCallExpression extends NonScalarCall<'AggregateFunctionCall'> {
  readonly havingModifier?: { readonly kind: 'MAX' | 'MIN'; readonly havingExpr: Expression };
  readonly orderByItemList: readonly OrderByItem[];
  readonly limit?: Expression;
}

type BoundaryType =
  | 'UNBOUNDED_PRECEDING'
  | 'OFFSET_PRECEDING'
  | 'CURRENT_ROW'
  | 'OFFSET_FOLLOWING'
  | 'UNBOUNDED_FOLLOWING';

export interface WindowBoundary {
  readonly boundaryType: BoundaryType;
  readonly expression?: Expression;
}

interface WindowFrame {
  readonly frameUnit: 'ROWS' | 'RANGE';
  readonly startExpr: WindowBoundary;
  readonly endExpr: WindowBoundary;
}

export interface AnalyticCallExpression extends NonScalarCall<'AnalyticFunctionCall'> {
  readonly windowFrame?: WindowFrame;
}

export interface Cast extends ExpressionNode<'Cast'> {
  readonly expr: Expression;
  readonly returnNullOnError?: boolean;
  readonly format?: Expression;
  readonly timeZone?: Expression;
  readonly typeModifiers?: unknown;
}

export interface MakeStruct extends ExpressionNode<'MakeStruct'> {
  readonly fieldList: readonly Expression[];
}

export interface GetStructField extends ExpressionNode<'GetStructField'> {
  readonly expr: Expression;
  readonly fieldIdx?: string;
}

export interface GetJsonField extends ExpressionNode<'GetJsonField'> {
  readonly expr: Expression;
  readonly fieldName: string;
}

export interface SubqueryExpression extends ExpressionNode<'SubqueryExpr'> {
  readonly subqueryType: 'SCALAR' | 'ARRAY' | 'EXISTS' | 'IN' | 'LIKE_ANY' | 'LIKE_ALL';
  readonly inExpr?: Expression;
  readonly subquery: Scan;
  readonly parameterList: readonly ColumnRef[];
}

export interface WithExpression extends ExpressionNode<'WithExpr'> {
  readonly assignmentList: readonly ComputedColumn[];
  readonly expr: Expression;
}

/** DEFAULT as the value of a column in INSERT, UPDATE or MERGE. */
interface DmlDefault extends ExpressionNode<'Dmldefault'> {}

export type Expression =
  | Literal
  | Parameter
  | ColumnRef
  | ConstantRef
  | FunctionCallExpression
  | AggregateCallExpression
  | AnalyticCallExpression
  | Cast
  | MakeStruct
  | GetStructField
  | GetJsonField
  | SubqueryExpression
  | WithExpression
  | DmlDefault;

/** A table as a scan or statement names it, found in the catalog. */
export interface TableRef {
  readonly name: string;
  readonly entry: TableEntry;
}
