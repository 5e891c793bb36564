import type { TableEntry } from '../catalog';
import { type ResolvedStatement, readStatement } from '../resolved-ast/read';
import type { GoogleSqlType } from '../types';
import { locateAnalyzer } from './binary';
import { catalogProto, functionCatalog, type NamedTable } from './catalog-proto';
import { type AnalyzerClient, connect } from './client';
import { type Evaluation, evaluate, type TableRows } from './evaluate';
import { analyzerOptions, languageOptions } from './language';
import { DESCRIPTOR_POOLS, type LanguageOptionsProto } from './protocol';
import { startService } from './service';
import { toTypeProto } from './type-proto';

export type { NamedTable } from './catalog-proto';
export type { Evaluation, TableRows } from './evaluate';
export type { SqlValue } from './value';

/** Types of query parameters: '@name' or '?' in order. A statement uses one of the two. */
export type ParameterTypes =
  | { readonly mode: 'NAMED'; readonly types: ReadonlyMap<string, GoogleSqlType> }
  | { readonly mode: 'POSITIONAL'; readonly types: readonly GoogleSqlType[] };

export interface AnalyzeContext {
  readonly tables: readonly NamedTable[];
  readonly parameters?: ParameterTypes | undefined;
  /** Script variables by name. */
  readonly variables?: ReadonlyMap<string, GoogleSqlType> | undefined;
}

/** Google's analyzer and reference engine, running as a child process. */
export interface Analyzer {
  /** The tables a statement names, as written: [['p.d.t']] for `p.d.t`, [['d', 't']] for d.t. */
  extractTables(sql: string): Promise<string[][]>;
  /** Resolves one statement; throws BigQueryError with the position of what is wrong. */
  analyze(sql: string, context: AnalyzeContext): Promise<ResolvedStatement>;
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
  const analyzeOptions = client.part('Analyze', {
    options: analyzerOptions(language, 'compile'),
    simpleCatalog: functionCatalog(language),
    descriptorPoolList: DESCRIPTOR_POOLS,
  });
  return {
    async extractTables(sql) {
      const answer = await client.call<{ tableName?: { tableNameSegment?: string[] }[] }>(
        'ExtractTableNamesFromStatement',
        extractOptions,
        { sqlStatement: sql },
      );
      return (answer.tableName ?? []).map((name) => name.tableNameSegment ?? []);
    },
    async analyze(sql, context) {
      const entries = new Map<string, TableEntry>();
      context.tables.forEach((table, i) => {
        entries.set(String(i + 1), table.entry);
      });
      const bytes = await client.callForBytes('Analyze', analyzeOptions, {
        options: parameterOptions(context.parameters),
        simpleCatalog: catalogProto(client, context.tables, context.variables),
        sqlStatement: sql,
      });
      return readStatement(client.answerOf('Analyze'), bytes, sql, entries);
    },
    evaluate: (sql, tables = []) => evaluate(client, language, sql, tables),
    async close() {
      client.close();
      stop();
    },
  };
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
