import type { ResolvedType } from '../analyzer/type-proto';
import type { Expression, Location, ResolvedColumn } from './expressions';
import type { Scan, TableScan } from './scans';

interface StatementNode<Kind extends string> {
  readonly node: Kind;
  readonly location?: Location;
}

export interface OutputColumn {
  /** Starts with '$' where the query gives no name. */
  readonly name: string;
  readonly column: ResolvedColumn;
}

interface QueryPart {
  readonly outputColumnList: readonly OutputColumn[];
  readonly query: Scan;
  readonly isValueTable?: boolean;
}

export interface Option {
  readonly name: string;
  readonly value: Expression;
}

interface QueryStatement extends StatementNode<'QueryStmt'>, QueryPart {}

export interface ExportDataStatement extends StatementNode<'ExportDataStmt'>, QueryPart {
  readonly optionList: readonly Option[];
  readonly connection?: unknown;
}

interface CreateStatement<Kind extends string> extends StatementNode<Kind> {
  readonly namePath: readonly string[];
  readonly createScope?: string;
  readonly createMode?: 'CREATE_DEFAULT' | 'CREATE_OR_REPLACE' | 'CREATE_IF_NOT_EXISTS';
  readonly optionList: readonly Option[];
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: ResolvedType;
  readonly column?: ResolvedColumn;
  readonly annotations?: {
    readonly notNull?: boolean;
    readonly optionList: readonly Option[];
    readonly typeParameters?: unknown;
    readonly collationName?: Expression;
  };
  readonly generatedColumnInfo?: unknown;
  readonly defaultValue?: unknown;
}

interface CreateTableBase<Kind extends string> extends CreateStatement<Kind> {
  readonly columnDefinitionList: readonly ColumnDefinition[];
  readonly partitionByList: readonly Expression[];
  readonly clusterByList: readonly Expression[];
  readonly likeTable?: TableScan['table'];
}

export interface CreateTableStatement extends CreateTableBase<'CreateTableStmt'> {
  readonly cloneFrom?: Scan;
  readonly copyFrom?: Scan;
}

export interface CreateTableAsSelectStatement
  extends CreateTableBase<'CreateTableAsSelectStmt'>,
    QueryPart {}

interface CreateViewStatement extends CreateStatement<'CreateViewStmt'>, QueryPart {
  /** The query's GoogleSQL text. */
  readonly sql: string;
  readonly hasExplicitColumns?: boolean;
  readonly recursive?: boolean;
  readonly columnDefinitionList: readonly ColumnDefinition[];
}

interface CreateSchemaStatement extends CreateStatement<'CreateSchemaStmt'> {}

interface DropStatement extends StatementNode<'DropStmt'> {
  readonly objectType: string;
  readonly isIfExists?: boolean;
  readonly namePath: readonly string[];
  readonly dropMode?: 'DROP_MODE_UNSPECIFIED' | 'RESTRICT' | 'CASCADE';
}

export interface TruncateStatement extends StatementNode<'TruncateStmt'> {
  readonly tableScan: TableScan;
  readonly whereExpr?: Expression;
}

interface DmlValue {
  readonly value: Expression;
}

export interface InsertRow {
  readonly valueList: readonly DmlValue[];
}

export interface InsertStatement extends StatementNode<'InsertStmt'> {
  readonly tableScan: TableScan;
  readonly insertMode?: string;
  readonly assertRowsModified?: unknown;
  readonly returning?: unknown;
  readonly insertColumnList: readonly ResolvedColumn[];
  readonly query?: Scan;
  readonly queryOutputColumnList: readonly ResolvedColumn[];
  readonly rowList: readonly InsertRow[];
}

export interface DeleteStatement extends StatementNode<'DeleteStmt'> {
  readonly tableScan: TableScan;
  readonly assertRowsModified?: unknown;
  readonly returning?: unknown;
  readonly whereExpr: Expression;
}

export interface UpdateItem {
  readonly target: Expression;
  readonly setValue?: DmlValue;
}

export interface UpdateStatement extends StatementNode<'UpdateStmt'> {
  readonly tableScan: TableScan;
  readonly assertRowsModified?: unknown;
  readonly returning?: unknown;
  readonly whereExpr: Expression;
  readonly updateItemList: readonly UpdateItem[];
  readonly fromScan?: Scan;
}

export interface MergeWhen {
  readonly matchType?: 'MATCHED' | 'NOT_MATCHED_BY_SOURCE' | 'NOT_MATCHED_BY_TARGET';
  readonly matchExpr?: Expression;
  readonly actionType?: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly insertColumnList: readonly ResolvedColumn[];
  readonly insertRow?: InsertRow;
  readonly updateItemList: readonly UpdateItem[];
}

export interface MergeStatement extends StatementNode<'MergeStmt'> {
  readonly tableScan: TableScan;
  readonly fromScan: Scan;
  readonly mergeExpr: Expression;
  readonly whenClauseList: readonly MergeWhen[];
}

export interface AlterAction {
  readonly node: string;
  readonly isIfNotExists?: boolean;
  readonly isIfExists?: boolean;
  readonly columnDefinition?: ColumnDefinition;
  readonly optionList?: readonly Option[];
  /** Of DROP COLUMN and RENAME COLUMN. */
  readonly name?: string;
  readonly newName?: string;
  /** Of ALTER COLUMN. */
  readonly column?: string;
  /** Of RENAME TO. */
  readonly newPath?: readonly string[];
}

export interface AlterTableStatement extends StatementNode<'AlterTableStmt'> {
  readonly namePath: readonly string[];
  readonly alterActionList: readonly AlterAction[];
  readonly isIfExists?: boolean;
}

interface AlterTableSetOptionsStatement extends StatementNode<'AlterTableSetOptionsStmt'> {
  readonly namePath: readonly string[];
  readonly optionList: readonly Option[];
  readonly isIfExists?: boolean;
}

interface AssertStatement extends StatementNode<'AssertStmt'> {
  readonly expression: Expression;
  readonly description?: string;
}

interface BeginStatement extends StatementNode<'BeginStmt'> {}
interface CommitStatement extends StatementNode<'CommitStmt'> {}
interface RollbackStatement extends StatementNode<'RollbackStmt'> {}

export type Statement =
  | QueryStatement
  | ExportDataStatement
  | CreateTableStatement
  | CreateTableAsSelectStatement
  | CreateViewStatement
  | CreateSchemaStatement
  | DropStatement
  | TruncateStatement
  | InsertStatement
  | DeleteStatement
  | UpdateStatement
  | MergeStatement
  | AlterTableStatement
  | AlterTableSetOptionsStatement
  | AssertStatement
  | BeginStatement
  | CommitStatement
  | RollbackStatement;
