import { analyzeKept } from './analyze-kept';
import type { Analyzer, NamedTable } from './analyzer';
import type { Catalog, TablePath } from './catalog';
import { CatalogMemo } from './catalog-memo';
import type { ParameterValues, TypedSql } from './compile/compiler';
import { BigQueryError } from './errors';
import { findTables, lookUp } from './find-tables';
import { type NameDefaults, printPath, resolvePath } from './names';
import { parameterTypes } from './parameter-types';
import { explainRefusal } from './refused-syntax';
import type { ResolvedStatement } from './resolved-ast/read';
import { partsOf } from './written-names';

export interface AnalyzeRequest extends NameDefaults {
  readonly analyzer: Analyzer;
  readonly catalog: Catalog;
  /** The same, for looking at tables that the statement does not depend on. */
  readonly neighbours?: Catalog | undefined;
  readonly parameters?: ParameterValues;
  readonly variables?: ReadonlyMap<string, TypedSql>;
}

export interface Analyzed {
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
  await analyzeViews(tables, request, views, 1);
  const read = tables.flatMap(({ entry }) => entry.wildcard?.map((part) => part.entry) ?? [entry]);
  const entries = new Map(read.map(({ path }) => [printPath(path), path]));
  return { statement, views, referenced: [...entries.values()] };
}

async function analyzeOne(sql: string, request: AnalyzeRequest): Promise<AnalyzedText> {
  const { analyzer } = request;
  const kept = await analyzeKept(sql, request);
  if (kept) return kept;
  try {
    const names = [...(await analyzer.extractTables(sql)), ...alteredTable(sql)];
    return await analyzeOver(names, sql, request);
  } catch (error) {
    if (!(error instanceof BigQueryError)) throw error;
    throw error.reason === 'notFound' ? missingTable(error, request) : explainRefusal(error, sql);
  }
}

/** Names that the analyzer does not extract (subqueries in QUALIFY) it asks for when it meets them. */
async function analyzeOver(
  names: readonly (readonly string[])[],
  sql: string,
  request: AnalyzeRequest,
): Promise<AnalyzedText> {
  const { analyzer, parameters, variables = new Map<string, TypedSql>(), neighbours } = request;
  const tables = findTables(names, request);
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
    return analyzeOver([...names, ...more], sql, request);
  }
}

/** The name that stands where the analyzer found no table. */
function nameAt(error: unknown, sql: string): string[][] {
  if (!(error instanceof BigQueryError) || error.reason !== 'notFound' || !error.location)
    return [];
  const { line, column } = error.location;
  const rest = sql.split('\n')[line - 1]?.slice(column - 1) ?? '';
  return namePath(/^(?:`[^`]*`|[\w-])+(?:\.(?:`[^`]*`|[\w-]+))*/.exec(rest)?.[0]);
}

async function analyzeViews(
  tables: readonly NamedTable[],
  request: AnalyzeRequest,
  views: Map<string, ResolvedStatement>,
  depth: number,
): Promise<void> {
  for (const { entry } of tables) {
    const name = printPath(entry.path);
    if (entry.viewSql === undefined || views.has(name)) continue;
    if (depth > DEEPEST_VIEW) {
      throw new BigQueryError(
        'invalidQuery',
        `View ${name} is nested too deep; the limit is ${DEEPEST_VIEW}`,
      );
    }
    const { parameters: _, variables: __, defaultDataset: ___, ...viewRequest } = request;
    const defaults = { ...viewRequest, defaultProject: entry.path.project };
    const inner = await analyzeView(entry.viewSql, defaults).catch((error: unknown) => {
      throw inView(error, name);
    });
    views.set(name, inner.statement);
    await analyzeViews(inner.tables, request, views, depth + 1);
  }
}

function analyzeView(viewSql: string, request: AnalyzeRequest): Promise<AnalyzedText> {
  return viewsOf(request.analyzer).get(viewKey(viewSql, request), request.catalog, (catalog) =>
    analyzeOne(viewSql, { ...request, catalog }),
  );
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
    for (const { segments } of tables) lookUp(segments, { ...request, catalog });
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

/** The analyzer looks up the table of ALTER TABLE, but does not name it beforehand. */
function alteredTable(sql: string): string[][] {
  const name = /^\s*ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?([\w`.-]+)/i.exec(sql)?.[1];
  return namePath(name);
}

const namePath = (name: string | undefined): string[][] => (name ? [partsOf(name)] : []);

/** BigQuery's sentence, which its clients look for. */
function missingTable(error: BigQueryError, request: AnalyzeRequest): BigQueryError {
  const name = /^Table not found: (.*?)(;|$)/.exec(error.sentence)?.[1]?.replaceAll('`', '') ?? '';
  const path = resolvePath([name], request);
  if (path) {
    const printed = `${path.project}:${path.dataset}.${path.table}`;
    return new BigQueryError('notFound', `Not found: Table ${printed}`, error.location);
  }
  const sentence = `Table "${name}" must be qualified with a dataset (e.g. dataset.table)`;
  return new BigQueryError('invalid', sentence, error.location);
}

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

/** The place is in the view's text, not in the statement's: the sentence says so. */
function inView(error: unknown, view: string): unknown {
  if (!(error instanceof BigQueryError)) return error;
  return new BigQueryError(error.reason, `View ${view} cannot be read: ${error.message}`);
}
