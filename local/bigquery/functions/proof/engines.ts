import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb } from '@tributary/functions/shared/duckdb';
import { type Analyzer, type SqlValue, startAnalyzer } from '../../sql/analyzer';
import type { Column } from '../../sql/catalog';
import { BigQueryError } from '../../sql/errors';
import { prepareStatement } from '../../sql/prepare';
import type { GoogleSqlType } from '../../sql/types';
import { installRuntime } from '..';
import { fromDuckValue } from './duck-value';
import { LimitedReference, NoAnswer } from './limited-reference';

/** A value, the message of the error in its place, or a fault of the compiler's, which is no answer. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: SqlValue; readonly type: GoogleSqlType }
  | {
      readonly kind: 'error' | 'fault';
      readonly message: string;
      /** True where the analyzer refused the expression itself. */
      readonly analyzer?: boolean;
    }
  /** The reference engine did not answer in time. */
  | { readonly kind: 'unknown'; readonly message: string };

/** For some dozen expressions, most of which take milliseconds. */
const PATIENCE_SECONDS = 15;

/** The two engines that answer cases, in the order given. */
export interface Engines {
  reference(expressions: readonly string[]): Promise<readonly Outcome[]>;
  duck(expressions: readonly string[]): Promise<readonly Outcome[]>;
  close(): Promise<void>;
}

/** Starts the reference engine and an empty DuckDB in memory. */
export async function startEngines(patienceSeconds = PATIENCE_SECONDS): Promise<Engines> {
  const analyzer = await startAnalyzer();
  const limited = new LimitedReference(patienceSeconds);
  const instance = await openDuckDb(':memory:', { threads: '1' });
  const connection = await instance.connect();
  installRuntime(connection);
  return {
    reference: (expressions) => answer(expressions, (part) => askReference(limited, part)),
    duck: (expressions) => answer(expressions, (part) => askDuck(analyzer, connection, part)),
    async close() {
      connection.closeSync();
      instance.closeSync();
      await analyzer.close();
      await limited.close();
    },
  };
}

class CompilerFault extends Error {
  readonly analyzer: boolean;
  constructor(message: string, cause?: unknown) {
    super(message);
    this.analyzer = cause instanceof BigQueryError && cause.reason === 'invalidQuery';
  }
}

/**
 * Asks for many expressions in one query, which saves most of the time; where one fails the query
 * is asked again in halves, down to the one that fails.
 */
async function answer(
  expressions: readonly string[],
  ask: (expressions: readonly string[]) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  if (expressions.length === 0) return [];
  try {
    return await ask(expressions);
  } catch (error) {
    if (expressions.length === 1) {
      const { message } = error as Error;
      if (error instanceof NoAnswer) return [{ kind: 'unknown', message }];
      if (!(error instanceof CompilerFault)) return [{ kind: 'error', message }];
      return [{ kind: 'fault', message, analyzer: error.analyzer }];
    }
    const middle = Math.ceil(expressions.length / 2);
    return [
      ...(await answer(expressions.slice(0, middle), ask)),
      ...(await answer(expressions.slice(middle), ask)),
    ];
  }
}

function query(expressions: readonly string[]): string {
  return `SELECT ${expressions.map((expression, index) => `${expression} AS v${index}`).join(',\n')}`;
}

function outcomes(
  columns: readonly Column[],
  row: readonly SqlValue[] | undefined,
): readonly Outcome[] {
  return columns.map(({ type }, index) => ({ kind: 'value', value: row?.[index] ?? null, type }));
}

async function askReference(
  reference: LimitedReference,
  expressions: readonly string[],
): Promise<readonly Outcome[]> {
  const { columns, rows } = await reference.evaluate(query(expressions));
  return outcomes(columns, rows[0]);
}

async function askDuck(
  analyzer: Analyzer,
  connection: DuckDBConnection,
  expressions: readonly string[],
): Promise<readonly Outcome[]> {
  const { sql, columns } = await compile(analyzer, expressions);
  try {
    const reader = await connection.runAndReadAll(sql);
    return outcomes(columns, reader.getRows()[0]?.map(fromDuckValue));
  } catch (error) {
    const message = (error as Error).message;
    // SQL that DuckDB cannot bind is the compiler's fault, never an answer.
    if (/^(Binder|Parser|Catalog|INTERNAL)/.test(message)) {
      throw new CompilerFault(`${message}\n${sql}`);
    }
    throw error;
  }
}

async function compile(analyzer: Analyzer, expressions: readonly string[]) {
  try {
    const prepared = await prepareStatement(query(expressions), {
      analyzer,
      catalog: { find: () => undefined },
      defaultProject: 'proof',
    });
    if (prepared.kind === 'query') return prepared;
  } catch (error) {
    throw new CompilerFault((error as Error).message, error);
  }
  throw new CompilerFault('The case is not an expression');
}
