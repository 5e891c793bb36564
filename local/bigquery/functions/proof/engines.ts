import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Analyzer, type SqlValue, startAnalyzer } from '../../sql/analyzer';
import { prepareStatement } from '../../sql/prepare';
import type { GoogleSqlType } from '../../sql/types';
import { installRuntime } from '..';
import { fromDuckValue } from './duck-value';

/** A value, or the message of the error that stands in its place. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: SqlValue; readonly type: GoogleSqlType }
  | { readonly kind: 'error'; readonly message: string };

/** The two engines that answer a case. */
export interface Engines {
  reference(expression: string): Promise<Outcome>;
  /** Compiles the expression and runs it; refusals and faults of the compiler are thrown. */
  duck(expression: string): Promise<Outcome>;
  close(): Promise<void>;
}

/** Starts the reference engine and an empty DuckDB in memory. */
export async function startEngines(): Promise<Engines> {
  const analyzer = await startAnalyzer();
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  installRuntime(connection);
  return {
    reference: (expression) => evaluateReference(analyzer, expression),
    duck: (expression) => evaluateDuck(analyzer, connection, expression),
    async close() {
      connection.closeSync();
      instance.closeSync();
      await analyzer.close();
    },
  };
}

const query = (expression: string): string => `SELECT ${expression} AS value`;

async function evaluateReference(analyzer: Analyzer, expression: string): Promise<Outcome> {
  try {
    const { columns, rows } = await analyzer.evaluate(query(expression));
    const [column] = columns;
    if (column === undefined) throw new Error('no column');
    return { kind: 'value', value: rows[0]?.[0] ?? null, type: column.type };
  } catch (error) {
    return { kind: 'error', message: (error as Error).message };
  }
}

async function evaluateDuck(
  analyzer: Analyzer,
  connection: DuckDBConnection,
  expression: string,
): Promise<Outcome> {
  const prepared = await prepareStatement(query(expression), {
    analyzer,
    catalog: { find: () => undefined },
    defaultProject: 'proof',
  });
  if (prepared.kind !== 'query') throw new Error(`not a query: ${expression}`);
  const type = prepared.columns[0]?.type ?? { kind: 'INT64' };
  try {
    const reader = await connection.runAndReadAll(prepared.sql);
    const value = reader.getRows()[0]?.[0] ?? null;
    return { kind: 'value', value: fromDuckValue(value), type };
  } catch (error) {
    const message = (error as Error).message;
    // SQL that DuckDB cannot bind is the compiler's fault, never an answer.
    if (/^(Binder|Parser|Catalog|INTERNAL)/.test(message))
      throw new Error(`${message}\n${prepared.sql}`);
    return { kind: 'error', message };
  }
}
