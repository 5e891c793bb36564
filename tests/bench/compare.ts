import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Analyzer } from '@tributary/local/bigquery/sql/analyzer';
import type { Catalog, Column } from '@tributary/local/bigquery/sql/catalog';
import { prepareStatement } from '@tributary/local/bigquery/sql/prepare';
import { DATASET, PROJECT } from './tables';

/** One query in both languages, ready to run. */
export interface Pair {
  readonly name: string;
  readonly columns: readonly Column[];
  /** What our compiler made of the GoogleSQL. */
  readonly ours: string;
  readonly byHand: string;
}

export interface Measured {
  readonly name: string;
  /** Seconds, the median of all runs. */
  readonly ours: number;
  readonly byHand: number;
  readonly ratio: number;
}

/** Reads queries/<name>/ and compiles what is GoogleSQL. */
export async function readPair(name: string, analyzer: Analyzer, catalog: Catalog): Promise<Pair> {
  const read = (file: string) => readFileSync(join(__dirname, 'queries', name, file), 'utf8');
  const context = { analyzer, catalog, defaultProject: PROJECT };
  const prepared = await prepareStatement(read('ours.googlesql.sql'), context);
  if (prepared.kind !== 'query') throw new Error(`${name} is not a query`);
  const byHand = read('by-hand.duckdb.sql').replaceAll(`${DATASET}.`, `"${PROJECT}.${DATASET}".`);
  return { name, columns: prepared.columns, ours: prepared.sql, byHand };
}

/**
 * Runs both in turn, and who begins changes from run to run: what else the machine does hits both.
 * Throws where they do not give the same rows.
 */
export async function compare(
  connection: DuckDBConnection,
  pair: Pair,
  runs: number,
): Promise<Measured> {
  const times = { ours: [] as number[], byHand: [] as number[] };
  const sums = new Map<string, string>();
  for (let run = 0; run <= runs; run++) {
    for (const side of run % 2 === 0
      ? (['ours', 'byHand'] as const)
      : (['byHand', 'ours'] as const)) {
      const seconds = await time(connection, pair[side]);
      // The first run reads the file and answers for the rows; it is not counted.
      if (run === 0) sums.set(side, await checksum(connection, pair));
      else times[side].push(seconds);
    }
  }
  if (sums.get('ours') !== sums.get('byHand')) {
    throw new Error(
      `${pair.name}: ours and the hand-written query give different rows (${sums.get('ours')}, ${sums.get('byHand')})`,
    );
  }
  const ours = median(times.ours);
  const byHand = median(times.byHand);
  return { name: pair.name, ours, byHand, ratio: ours / byHand };
}

async function time(connection: DuckDBConnection, sql: string): Promise<number> {
  await connection.run('DROP TABLE IF EXISTS temp.result');
  const start = performance.now();
  await connection.run(`CREATE TEMP TABLE result AS (${sql}\n)`);
  return (performance.now() - start) / 1000;
}

/** Number of rows, and a sum over all of them that no order changes; the types may differ. */
async function checksum(connection: DuckDBConnection, { columns }: Pair): Promise<string> {
  const names = columns.map((_, index) => `c${index}`);
  const texts = columns.map(({ type }, index) =>
    type.kind === 'FLOAT64'
      ? `CAST(CAST(c${index} AS DOUBLE) AS VARCHAR)`
      : `CAST(c${index} AS VARCHAR)`,
  );
  const result = await connection.runAndReadAll(
    `SELECT count(*), sum(CAST(hash(${texts.join(', ')}) >> 1 AS HUGEINT)) FROM temp.result AS r(${names})`,
  );
  return result.getRows().join();
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
