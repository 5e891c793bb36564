import { aggregateFunctions, scalarFunctions } from '../functions';
import { analyzeWithCatalog } from './analyze';
import type { Analyzer } from './analyzer';
import { statementReads } from './bytes/statement-reads';
import type { Catalog, TablePath } from './catalog';
import type { FunctionLibrary, ParameterValues, TypedSql } from './compile/compiler';
import { createCompiler } from './compile/create-compiler';
import { compileStatement } from './compile/statement';
import { createViews } from './compile/views';
import { BigQueryError, UnsupportedError } from './errors';
import { type NameDefaults, resolvePath } from './names';
import type { DatasetPath, PreparedStatement, PreparedVariable } from './prepared';
import { blankLiterals, refuseStatement } from './refused-syntax';
import type { Location } from './resolved-ast/expressions';
import { readScripting } from './scripting';
import { type GoogleSqlType, printType } from './types';

export interface PrepareContext extends NameDefaults {
  readonly analyzer: Analyzer;
  readonly catalog: Catalog;
  /** The same, where looking at a table that a statement does not name is not noted. */
  readonly neighbours?: Catalog;
  readonly parameters?: ParameterValues;
  /** Script variables by name in lower case. */
  readonly variables?: ReadonlyMap<string, TypedSql>;
  /** The allow-list, unless a test brings its own. */
  readonly functions?: FunctionLibrary;
}

const ALLOW_LIST: FunctionLibrary = { scalars: scalarFunctions, aggregates: aggregateFunctions };

/**
 * Compiles one GoogleSQL statement. Nothing runs: the result says what an executor must do.
 * Throws BigQueryError (UnsupportedError for what the local BigQuery does not have), with the
 * line and column in `sql`.
 */
export async function prepareStatement(
  sql: string,
  context: PrepareContext,
): Promise<PreparedStatement> {
  refuseStatement(sql);
  const scripting = readScripting(sql);
  if (scripting?.kind === 'transaction') return { kind: scripting.action };
  try {
    return await (scripting ? prepareVariable(scripting, context) : prepareResolved(sql, context));
  } catch (error) {
    throw error instanceof UnsupportedError && !error.location
      ? error.at(placeOf(error, sql))
      : error;
  }
}

/** Where a refusal's name stands in the statement, else the statement's beginning. */
function placeOf(error: UnsupportedError, sql: string): Location {
  const column = /\bcolumn (\w+)$/.exec(error.sentence)?.[1];
  const name = /\b[A-Z_]{4,}\b/.exec(error.sentence)?.[0];
  // A column is defined where a type comes after its name.
  const pattern = column ? `\\b${column}\\b(?=\\s+[A-Za-z])` : name && `\\b${name}\\b`;
  const text = blankLiterals(sql);
  const found = pattern ? text.search(new RegExp(pattern, 'i')) : -1;
  // Two dates with a minus between them make an INTERVAL without its word.
  const minus = name === 'INTERVAL' ? text.search(/-/) : -1;
  const offset = Math.max(0, found >= 0 ? found : minus);
  const before = sql.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

async function prepareResolved(sql: string, context: PrepareContext): Promise<PreparedStatement> {
  const variables = context.variables ?? new Map<string, TypedSql>();
  const functions = context.functions ?? ALLOW_LIST;
  const { statement, views: resolved, referenced } = await analyzeWithCatalog(sql, context);
  const views = createViews(resolved, { functions, variables: new Map() });
  const compiler = createCompiler({ functions, variables, parameters: context.parameters, views });
  const constants = (ofView: boolean) =>
    createCompiler({
      functions,
      views,
      variables: ofView ? new Map() : variables,
      parameters: ofView ? undefined : context.parameters,
    });
  const prepared = compileStatement(statement, {
    compiler,
    views,
    referenced,
    resolveTable: (segments) => requirePath(resolvePath(segments, context), segments),
    resolveDataset: (segments) => requireDataset(segments, context),
  });
  return {
    ...prepared,
    reads: statementReads(statement, { views: resolved, compiler: constants }),
  };
}

/** DECLARE and SET: a query of one value, cast to the variable's type. */
async function prepareVariable(
  scripting: {
    readonly kind: 'declare' | 'set';
    readonly names: readonly string[];
    readonly type: GoogleSqlType | undefined;
    readonly value: string;
  },
  context: PrepareContext,
): Promise<PreparedVariable> {
  const { kind, names } = scripting;
  const known = context.variables?.get((names[0] ?? '').toLowerCase());
  if (kind === 'set' && !known) {
    throw new BigQueryError('invalidQuery', `Undeclared variable: ${names[0]}`);
  }
  const type = scripting.type ?? known?.type;
  const prepared = await prepareResolved(valueQuery(scripting.value, type), context);
  if (prepared.kind !== 'query')
    throw new BigQueryError('invalidQuery', 'A variable needs a value');
  const [column] = prepared.columns;
  if (!column) throw new BigQueryError('invalidQuery', 'A variable needs a value');
  return {
    kind,
    names: names.map((name) => name.toLowerCase()),
    type: type ?? column.type,
    sql: prepared.sql,
    referenced: prepared.referenced,
    ...(prepared.reads && { reads: prepared.reads }),
  };
}

function valueQuery(value: string, type: GoogleSqlType | undefined): string {
  return type
    ? `SELECT CAST((${value}) AS ${printType(type)}) AS value`
    : `SELECT (${value}) AS value`;
}

function requirePath(path: TablePath | undefined, segments: readonly string[]): TablePath {
  if (path) return path;
  throw new BigQueryError(
    'invalid',
    `Table "${segments.join('.')}" must be qualified with a dataset (e.g. dataset.table)`,
  );
}

function requireDataset(segments: readonly string[], defaults: NameDefaults): DatasetPath {
  const parts = segments.join('.').split('.');
  const [first = '', second] = parts;
  if (parts.length > 2) throw new BigQueryError('invalid', `"${parts.join('.')}" is not a dataset`);
  if (second !== undefined) return { project: first, dataset: second };
  return { project: defaults.defaultProject, dataset: first };
}
