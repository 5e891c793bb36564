import { analyzeKept } from './analyze-kept';
import type { Analyzer, NamedTable } from './analyzer';
import type { Catalog, TableEntry, TablePath } from './catalog';
import { CatalogMemo } from './catalog-memo';
import type { ParameterValues, TypedSql } from './compile/compiler';
import { BigQueryError } from './errors';
import { findTables } from './find-tables';
import { alteredTable, missingTable, nameAt } from './missing-tables';
import { type NameDefaults, printPath, resolvePath } from './names';
import { parameterTypes } from './parameter-types';
import { explainRefusal } from './refused-syntax';
import type { ResolvedStatement } from './resolved-ast/read';
import { withColumnsOf } from './view-columns';

export interface AnalyzeRequest extends NameDefaults {
  readonly analyzer: Analyzer;
  readonly catalog: Catalog;
  /** The same, for looking at tables that the statement does not depend on. */
  readonly neighbours?: Catalog | undefined;
  readonly parameters?: ParameterValues;
  readonly variables?: ReadonlyMap<string, TypedSql>;
}

interface Analyzed {
  readonly statement: ResolvedStatement;
  /** The resolved query of every view that is read, directly or through views, by printed path. */
  readonly views: ReadonlyMap<string, ResolvedStatement>;
  /** Tables and views that the statement itself names. */
  readonly referenced: readonly TablePath[];
}

const DEEPEST_VIEW = 16;

export interface AnalyzedText {
  readonly statement: ResolvedStatement;
  readonly tables: readonly NamedTable[];
}

const VIEWS_KEPT = 256;

/** Views that an analyzer has resolved: Dataform makes one for each assertion, and then counts it. */
const resolvedViews = new WeakMap<Analyzer, CatalogMemo<AnalyzedText>>();

/** Resolves a statement against the catalog, and the views that it reads after it. */
export async function analyzeWithCatalog(sql: string, request: AnalyzeRequest): Promise<Analyzed> {
  const { statement, tables } = await analyzeOne(sql, request);
  if (statement.node === 'CreateViewStmt') {
    requireDatasets(tables);
    await rememberView(statement, tables, request);
  }
  const views = new Map<string, ResolvedStatement>();
  await analyzeViews(tables, request, views);
  if (statement.node === 'CreateViewStmt') refuseCircle(statement.namePath, views, request);
  const read = tables.flatMap(({ entry }) => entry.wildcard?.map((part) => part.entry) ?? [entry]);
  const entries = new Map(read.map(({ path }) => [printPath(path), path]));
  return { statement, views, referenced: [...entries.values()] };
}

async function analyzeOne(sql: string, given: AnalyzeRequest, depth = 0): Promise<AnalyzedText> {
  const request = { ...given, variables: mentioned(given.variables, sql) };
  const { analyzer } = request;
  const kept = await analyzeKept(sql, request, (names) => tablesNow(names, request, depth));
  if (kept) return kept;
  try {
    const names = [...(await analyzer.extractTables(sql)), ...alteredTable(sql)];
    return await analyzeOver(names, sql, request, depth);
  } catch (error) {
    if (!(error instanceof BigQueryError)) throw error;
    throw error.reason === 'notFound' ? missingTable(error, request) : explainRefusal(error, sql);
  }
}

/** Without the variables that it does not mention a statement needs no catalog of its own. */
function mentioned(
  variables: ReadonlyMap<string, TypedSql> = new Map(),
  sql: string,
): ReadonlyMap<string, TypedSql> {
  const text = sql.toLowerCase();
  return new Map([...variables].filter(([name]) => text.includes(name.toLowerCase())));
}

/** Names that the analyzer does not extract (subqueries in QUALIFY) it asks for when it meets them. */
async function analyzeOver(
  names: readonly (readonly string[])[],
  sql: string,
  request: AnalyzeRequest,
  depth: number,
): Promise<AnalyzedText> {
  const { analyzer, parameters, variables = new Map<string, TypedSql>(), neighbours } = request;
  const tables = await tablesNow(names, request, depth);
  try {
    const statement = await analyzer.analyze(sql, {
      tables,
      parameters: parameterTypes(parameters),
      variables: new Map([...variables].map(([name, { type }]) => [name, type])),
      sharing: neighbours?.listTables && {
        names,
        neighbours: ({ path }) => neighbours.listTables?.(path) ?? [],
      },
    });
    return { statement, tables };
  } catch (error) {
    const more = nameAt(error, sql);
    const found = findTables(more, request);
    const known = new Set(tables.map(({ segments }) => segments.join('.')));
    if (found.length === 0 || found.some(({ segments }) => known.has(segments.join('.'))))
      throw error;
    return analyzeOver([...names, ...more], sql, request, depth);
  }
}

/**
 * The tables behind names. A view has the columns that its text gives today, not those it had when
 * it was made: a table that it reads may have been replaced since.
 */
async function tablesNow(
  names: readonly (readonly string[])[],
  request: AnalyzeRequest,
  depth: number,
): Promise<NamedTable[]> {
  const tables: NamedTable[] = [];
  for (const table of findTables(names, request)) {
    const { entry } = table;
    const view = await analyzeView(entry, request, depth + 1);
    tables.push(view ? { ...table, entry: withColumnsOf(entry, view.statement) } : table);
  }
  return tables;
}

async function analyzeViews(
  tables: readonly NamedTable[],
  request: AnalyzeRequest,
  views: Map<string, ResolvedStatement>,
): Promise<void> {
  for (const { entry } of tables) {
    const name = printPath(entry.path);
    if (views.has(name)) continue;
    const view = await analyzeView(entry, request);
    if (!view) continue;
    views.set(name, view.statement);
    await analyzeViews(view.tables, request, views);
  }
}

/** Undefined for a table. */
async function analyzeView(
  { viewSql, path }: TableEntry,
  request: AnalyzeRequest,
  depth = 1,
): Promise<AnalyzedText | undefined> {
  if (viewSql === undefined) return undefined;
  const { parameters: _, variables: __, defaultDataset: ___, ...viewRequest } = request;
  const defaults = { ...viewRequest, defaultProject: path.project };
  const name = printPath(path);
  if (depth > DEEPEST_VIEW) {
    throw new BigQueryError(
      'invalidQuery',
      `View ${name} is nested too deep; the limit is ${DEEPEST_VIEW}`,
    );
  }
  try {
    return await viewsOf(request.analyzer).get(
      viewKey(viewSql, defaults),
      request.catalog,
      (catalog) => analyzeOne(viewSql, { ...defaults, catalog }, depth),
    );
  } catch (error) {
    throw inView(error, name);
  }
}

/** Who makes a view will read it: its query is resolved already. */
async function rememberView(
  view: Extract<ResolvedStatement, { node: 'CreateViewStmt' }>,
  tables: readonly NamedTable[],
  request: AnalyzeRequest,
): Promise<void> {
  const { sql, query, outputColumnList, isValueTable = false } = view;
  const statement: ResolvedStatement = { node: 'QueryStmt', query, outputColumnList, isValueTable };
  await viewsOf(request.analyzer).get(viewKey(sql, request), request.catalog, async (catalog) => {
    const names = tables.map(({ segments }) => segments);
    await tablesNow(names, { ...request, catalog }, 0);
    return { statement, tables };
  });
}

function viewsOf(analyzer: Analyzer): CatalogMemo<AnalyzedText> {
  const known = resolvedViews.get(analyzer);
  if (known) return known;
  const memo = new CatalogMemo<AnalyzedText>(VIEWS_KEPT);
  resolvedViews.set(analyzer, memo);
  return memo;
}

const viewKey = (viewSql: string, request: AnalyzeRequest): string =>
  JSON.stringify([request.defaultProject, viewSql]);

/** A view outlives the request that makes it, and with it the default dataset. */
function requireDatasets(tables: readonly NamedTable[]): void {
  for (const { segments } of tables) {
    const name = segments.join('.');
    if (!name.includes('.')) {
      throw new BigQueryError(
        'invalidQuery',
        `Table "${name}" must be qualified with a dataset in a view`,
      );
    }
  }
}

/** A view that is replaced may be read by those that the new one reads. */
function refuseCircle(
  namePath: readonly string[],
  views: ReadonlyMap<string, ResolvedStatement>,
  request: AnalyzeRequest,
): void {
  const path = resolvePath(namePath, request);
  if (!path || !views.has(printPath(path))) return;
  throw new BigQueryError('invalidQuery', `View ${printPath(path)} would read itself`);
}

/** The place is in the view's text, not in the statement's: the sentence says so. */
function inView(error: unknown, view: string): unknown {
  if (!(error instanceof BigQueryError)) return error;
  return new BigQueryError(error.reason, `View ${view} cannot be read: ${error.message}`);
}
