import { UnsupportedError } from '../errors';
import { duckTable, quoteIdentifier } from '../names';
import type { TableScan } from '../resolved-ast/scans';
import { wildcardSource } from '../wildcard';
import type { Compiler, FunctionLibrary, ParameterValues, TypedSql, WithQuery } from './compiler';
import { compileExpression } from './expression';
import { located } from './located';
import { compileScan } from './scan';
import type { Views } from './views';

export interface CompilerOptions {
  readonly functions: FunctionLibrary;
  readonly variables: ReadonlyMap<string, TypedSql>;
  readonly parameters: ParameterValues | undefined;
  readonly views: Views;
  /** Put before the names of WITH queries, so that those of a view and its reader differ. */
  readonly prefix?: string;
}

/** The compiler of one statement or one view. */
export function createCompiler(options: CompilerOptions): Compiler {
  const columns = new Map<string, string>();
  let freshNames = 0;
  const withQueries = new Map<string, WithQuery>();
  const compiler: Compiler = {
    functions: options.functions,
    variables: options.variables,
    parameters: options.parameters,
    recursions: [],
    nesting: { depth: 0 },
    freshName: (prefix) => `${prefix}_${++freshNames}`,
    expression: (node) => located(node, () => compileExpression(node, compiler)),
    scan: (node) => located(node, () => compileScan(node, compiler)),
    tableSource: (node) => tableSource(node, options.views),
    column: (column) => columns.get(column.columnId) ?? `c${column.columnId}`,
    bindColumn: (column, sql) => {
      columns.set(column.columnId, sql);
    },
    withQuery: (name) => {
      const query = withQueries.get(name);
      if (!query) throw new UnsupportedError(`the reference to ${name}`);
      return query;
    },
    defineWithQuery: (name, columns, isPlain) => {
      const sqlName = quoteIdentifier(`${options.prefix ?? ''}with_${name}`);
      const query = { sqlName, columns, isPlain };
      withQueries.set(name, query);
      return query;
    },
  };
  return compiler;
}

function tableSource(node: TableScan, views: Views): string {
  const { entry } = node.table;
  if (entry.wildcard) return wildcardSource(entry, entry.wildcard);
  return entry.kind === 'VIEW' ? views.reference(entry.path) : duckTable(entry.path);
}
