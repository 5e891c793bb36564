import type { TableEntry, TablePath } from '../catalog';
import { BigQueryError, UnsupportedError } from '../errors';
import type { CreateMode, DatasetPath, PreparedStatement } from '../prepared';
import type { ResolvedStatement } from '../resolved-ast/read';
import type { MergeStatement, Statement } from '../resolved-ast/statements';
import type { Compiler } from './compiler';
import { readOptions } from './options';
import { compileQuery, type QueryPart } from './query';
import { describeNode } from './refusal';
import { withClause } from './scans/with';
import { compileAlterTable } from './statements/alter-table';
import {
  definedColumns,
  refuseTableSources,
  shapedLike,
  tableLayout,
} from './statements/create-table';
import {
  type CompiledDml,
  compileDelete,
  compileInsert,
  compileUpdate,
  truncatedTable,
} from './statements/dml';
import { exportOptions } from './statements/export-data';
import { compileMerge, type Merge } from './statements/merge';
import type { Views } from './views';

export interface StatementContext {
  readonly compiler: Compiler;
  readonly views: Views;
  readonly referenced: readonly TablePath[];
  /** Resolves a written name, with the defaults of the request. */
  readonly resolveTable: (segments: readonly string[]) => TablePath;
  readonly resolveDataset: (segments: readonly string[]) => DatasetPath;
}

/** One resolved statement as what an executor must do. */
export function compileStatement(
  node: ResolvedStatement,
  context: StatementContext,
): PreparedStatement {
  const { compiler, referenced } = context;
  switch (node.node) {
    case 'QueryStmt':
      return { kind: 'query', ...query(node, context), referenced };
    case 'CreateTableStmt': {
      const shaped = shapedLike(node);
      if (shaped) {
        return {
          kind: 'createTable',
          path: context.resolveTable(node.namePath),
          mode: createMode(node),
          ...shaped,
          options: readOptions(node.optionList),
          referenced,
        };
      }
      refuseTableSources(node);
      return {
        kind: 'createTable',
        path: context.resolveTable(node.namePath),
        mode: createMode(node),
        columns: definedColumns(node.columnDefinitionList),
        ...tableLayout(node),
        options: readOptions(node.optionList),
        referenced,
      };
    }
    case 'CreateTableAsSelectStmt': {
      refuseTableSources(node);
      const { sql, columns, parts } = compileQuery(node, compiler, context.views.definitions);
      const described = definedColumns(node.columnDefinitionList);
      return {
        kind: 'createTable',
        path: context.resolveTable(node.namePath),
        mode: createMode(node),
        columns: columns.map((column, i) => ({ ...described[i], ...column })),
        asSql: sql,
        ...(parts && { asParts: parts }),
        ...tableLayout(node),
        options: readOptions(node.optionList),
        referenced,
      };
    }
    case 'CreateViewStmt':
      if (node.recursive) throw new UnsupportedError('CREATE RECURSIVE VIEW', node.location);
      return {
        kind: 'createView',
        path: context.resolveTable(node.namePath),
        mode: createMode(node),
        columns: viewColumns(node, context),
        viewSql: node.sql,
        options: readOptions(node.optionList),
        referenced,
      };
    case 'CreateSchemaStmt':
      return {
        kind: 'createSchema',
        dataset: context.resolveDataset(node.namePath),
        mode: createMode(node),
        options: readOptions(node.optionList),
      };
    case 'DropStmt':
      return compileDrop(node, context);
    case 'TruncateStmt':
      return { kind: 'truncate', path: truncatedTable(node) };
    case 'InsertStmt':
      return dml('INSERT', node, compileInsert(node, compiler), context);
    case 'UpdateStmt':
      return dml('UPDATE', node, compileUpdate(node, compiler), context);
    case 'DeleteStmt':
      return dml('DELETE', node, compileDelete(node, compiler), context);
    case 'MergeStmt':
      return dml('MERGE', node, compileMerge(mergeOf(node), compiler), context);
    case 'ExportDataStmt':
      return { kind: 'exportData', ...query(node, context), ...exportOptions(node), referenced };
    case 'AlterTableStmt':
      return compileAlterTable(node, context.resolveTable(node.namePath));
    case 'AlterTableSetOptionsStmt':
      return {
        kind: 'setOptions',
        path: context.resolveTable(node.namePath),
        options: readOptions(node.optionList),
        ifExists: node.isIfExists ?? false,
      };
    case 'AssertStmt': {
      const sql = `SELECT ${compiler.expression(node.expression)} AS ok`;
      const message = node.description || 'Assertion failed';
      return { kind: 'assert', sql: withViews(sql, context), message, referenced };
    }
    case 'BeginStmt':
      return { kind: 'begin' };
    case 'CommitStmt':
      return { kind: 'commit' };
    case 'RollbackStmt':
      return { kind: 'rollback' };
    default: {
      const other = node as { readonly node: string; readonly location?: Statement['location'] };
      throw new UnsupportedError(describeNode(other.node), other.location);
    }
  }
}

function query(node: QueryPart, context: StatementContext) {
  const { sql, columns } = compileQuery(node, context.compiler, context.views.definitions);
  return { sql, columns };
}

function createMode(node: { readonly createMode?: string }): CreateMode {
  if (node.createMode === 'CREATE_OR_REPLACE') return 'replace';
  return node.createMode === 'CREATE_IF_NOT_EXISTS' ? 'ifNotExists' : 'create';
}

/** Compiles the view's query too, so that what cannot run is refused when it is created. */
function viewColumns(
  node: Statement & { readonly node: 'CreateViewStmt' },
  context: StatementContext,
) {
  if (node.hasExplicitColumns)
    throw new UnsupportedError('CREATE VIEW with a column list', node.location);
  return query(node, context).columns;
}

function dml(
  operation: 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE',
  node: {
    readonly tableScan: { readonly table: { readonly entry: TableEntry } };
  },
  compiled: CompiledDml,
  context: StatementContext,
): PreparedStatement {
  const { entry } = node.tableScan.table;
  if (entry.wildcard) {
    const sentence = `${operation} cannot change the wildcard table ${entry.path.table}`;
    throw new BigQueryError('invalidQuery', sentence);
  }
  if (entry.kind === 'VIEW') {
    throw new BigQueryError(
      'invalidQuery',
      `${operation} cannot change the view ${entry.path.table}`,
    );
  }
  return {
    kind: 'dml',
    operation,
    sql: withViews(compiled.sql, context),
    ...(compiled.actions && { actions: compiled.actions }),
    ...(compiled.deletedSql && { deletedSql: withViews(compiled.deletedSql, context) }),
    target: entry.path,
    referenced: context.referenced,
  };
}

function mergeOf(node: MergeStatement): Merge {
  const { tableScan, fromScan, mergeExpr, whenClauseList } = node;
  return { tableScan, fromScan, condition: mergeExpr, clauses: whenClauseList };
}

function withViews(sql: string, context: StatementContext): string {
  return `${withClause(context.views.definitions())}${sql}`;
}

function compileDrop(
  node: Statement & { readonly node: 'DropStmt' },
  context: StatementContext,
): PreparedStatement {
  const ifExists = node.isIfExists ?? false;
  switch (node.objectType.toUpperCase()) {
    case 'TABLE':
    case 'VIEW':
      return {
        kind: 'drop',
        objectType: node.objectType.toUpperCase() as 'TABLE' | 'VIEW',
        path: context.resolveTable(node.namePath),
        ifExists,
      };
    case 'SCHEMA':
      return {
        kind: 'dropSchema',
        dataset: context.resolveDataset(node.namePath),
        ifExists,
        cascade: node.dropMode === 'CASCADE',
      };
  }
  throw new UnsupportedError(`DROP ${node.objectType.toUpperCase()}`, node.location);
}
