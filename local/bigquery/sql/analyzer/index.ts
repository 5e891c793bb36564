import type { TableEntry } from '../catalog';
import { BigQueryError } from '../errors';
import { type ResolvedStatement, readStatement } from '../resolved-ast/read';
import type { GoogleSqlType } from '../types';
import { locateAnalyzer } from './binary';
import { catalogProto, functionCatalog, type NamedTable } from './catalog-proto';
import { type AnalyzerClient, connect } from './client';
import { type Evaluation, evaluate, type TableRows } from './evaluate';
import { analyzerOptions, languageOptions } from './language';
import { DESCRIPTOR_POOLS, type LanguageOptionsProto } from './protocol';
import { type KeptTables, type NamedTables, RegisteredCatalog } from './registered-catalog';
import { startService } from './service';
import { toTypeProto } from './type-proto';

export type { NamedTable } from './catalog-proto';
export type { Evaluation, TableRows } from './evaluate';
export type { SqlValue } from './value';

/** Types of query parameters: '@name' or '?' in order. A statement uses one of the two. */
export type ParameterTypes =
  | { readonly mode: 'NAMED'; readonly types: ReadonlyMap<string, GoogleSqlType> }
  | { readonly mode: 'POSITIONAL'; readonly types: readonly GoogleSqlType[] };

interface AnalyzeContext {
  readonly tables: readonly NamedTable[];
  readonly parameters?: ParameterTypes | undefined;
  /** Script variables by name. */
  readonly variables?: ReadonlyMap<string, GoogleSqlType> | undefined;
  /** Lets the analyzer keep its catalog for other statements, where it is given. */
  readonly sharing?: Pick<NamedTables, 'names' | 'neighbours'> | undefined;
}

/** What a statement may name: some of it may be no table. */
interface KeptContext extends Pick<AnalyzeContext, 'tables' | 'parameters'> {
  readonly names: readonly (readonly string[])[];
}

interface KeptAnalysis {
  readonly statement: ResolvedStatement;
  /** By name, in order. */
  readonly tables: readonly NamedTable[];
}

/** Google's analyzer and reference engine, running as a child process. */
export interface Analyzer {
  /** The tables a statement names, as written: [['p.d.t']] for `p.d.t`, [['d', 't']] for d.t. */
  extractTables(sql: string): Promise<string[][]>;
  /** Resolves one statement; throws BigQueryError with the position of what is wrong. */
  analyze(sql: string, context: AnalyzeContext): Promise<ResolvedStatement>;
  /**
   * The same with the catalog that the analyzer keeps: undefined where it has none, or lacks a
   * table, or where the answer names a table that is not in `tables`; else with those named.
   */
  analyzeKept(sql: string, context: KeptContext): Promise<KeptAnalysis | undefined>;
  /** Runs a query on the reference engine over the rows given: for proofs, not for work. */
  evaluate(sql: string, tables?: readonly TableRows[]): Promise<Evaluation>;
  close(): Promise<void>;
}

/** Starts the analyzer. Throws one clear sentence where it cannot run. */
export async function startAnalyzer(): Promise<Analyzer> {
  const files = locateAnalyzer();
  const service = await startService(files);
  try {
    const client = connect(service.socket, files.protos);
    const answer = await client.call<{ enabledLanguageFeatures: string[] }>('GetLanguageOptions', {
      maximumFeatures: true,
    });
    const language = languageOptions(answer.enabledLanguageFeatures);
    return analyzerOver(client, language, service.stop);
  } catch (error) {
    service.stop();
    throw error;
  }
}

function analyzerOver(
  client: AnalyzerClient,
  language: LanguageOptionsProto,
  stop: () => void,
): Analyzer {
  // The same in every request, and the larger part of most.
  const extractOptions = client.part('ExtractTableNamesFromStatement', { options: language });
  const options = analyzerOptions(language, 'compile');
  const keptOptions = client.part('Analyze', { options, descriptorPoolList: DESCRIPTOR_POOLS });
  const functions = client.part('Analyze', { simpleCatalog: functionCatalog(language) });
  const catalog = new RegisteredCatalog(client, language);

  const analyzeAlone = async (sql: string, context: AnalyzeContext): Promise<ResolvedStatement> => {
    const { tables, variables } = context;
    const bytes = await client.callForBytes('Analyze', keptOptions, functions, {
      options: parameterOptions(context.parameters),
      simpleCatalog: catalogProto(client, tables, variables),
      sqlStatement: sql,
    });
    const entries = new Map(tables.map(({ entry }, i) => [String(i + 1), entry]));
    return readStatement(client.answerOf('Analyze'), bytes, sql, entries);
  };

  /** Undefined where the answer names a table that is not the statement's. */
  const analyzeOver = async (
    kept: KeptTables,
    sql: string,
    parameters: ParameterTypes | undefined,
  ): Promise<KeptAnalysis | undefined> => {
    const bytes = await client.callForBytes('Analyze', keptOptions, {
      options: parameterOptions(parameters),
      registeredCatalogId: kept.registeredCatalogId,
      sqlStatement: sql,
    });
    const named = new Set<NamedTable>();
    let hasOthers = false;
    const get = (id: string): TableEntry | undefined => {
      const table = kept.tables.get(id);
      if (table) named.add(table);
      else hasOthers = true;
      return table?.entry;
    };
    const statement = readStatement(client.answerOf('Analyze'), bytes, sql, { get });
    return hasOthers ? undefined : { statement, tables: [...named].sort(byName) };
  };

  /** Undefined where the statement is not as it would be alone: an error, or another table. */
  const analyzeShared = async (
    sql: string,
    context: AnalyzeContext,
  ): Promise<ResolvedStatement | undefined> => {
    const { tables, sharing, variables, parameters } = context;
    if (!sharing || variables?.size) return undefined;
    try {
      const kept = await catalog.holding({ tables, ...sharing });
      return kept && (await analyzeOver(kept, sql, parameters))?.statement;
    } catch (error) {
      if (error instanceof BigQueryError) return undefined;
      throw error;
    }
  };
  return {
    async extractTables(sql) {
      const answer = await client.call<{ tableName?: { tableNameSegment?: string[] }[] }>(
        'ExtractTableNamesFromStatement',
        extractOptions,
        { sqlStatement: sql },
      );
      return (answer.tableName ?? []).map((name) => name.tableNameSegment ?? []);
    },
    analyze: async (sql, context) =>
      (await analyzeShared(sql, context)) ?? (await analyzeAlone(sql, context)),
    async analyzeKept(sql, { tables, names, parameters }) {
      const kept = catalog.find({ tables, names });
      return kept && analyzeOver(kept, sql, parameters);
    },
    evaluate: (sql, tables = []) => evaluate(client, language, sql, tables),
    async close() {
      client.close();
      stop();
    },
  };
}

function byName({ segments: a }: NamedTable, { segments: b }: NamedTable): number {
  const at = a.findIndex((segment, i) => segment !== b[i]);
  if (at < 0) return a.length - b.length;
  return at >= b.length || (a[at] as string) > (b[at] as string) ? 1 : -1;
}

function parameterOptions(parameters: ParameterTypes | undefined): object {
  if (!parameters) return {};
  if (parameters.mode === 'POSITIONAL') {
    return {
      parameterMode: 'PARAMETER_POSITIONAL',
      positionalQueryParameters: parameters.types.map(toTypeProto),
    };
  }
  return {
    queryParameters: [...parameters.types].map(([name, type]) => ({
      name,
      type: toTypeProto(type),
    })),
  };
}
