import type { DuckDBConnection } from '@duckdb/node-api';
import type { TablePath } from '../sql/catalog';
import { duckTable } from '../sql/names';
import type { PreparedDml, PreparedStatement } from '../sql/prepared';
import type { WriteSession } from '../storage/storage';
import { reachesNoPartition } from './pruned-dml';
import { readColumns } from './result-set';

/** Rows by what a statement did to them, as BigQuery's dmlStats; kinds that it cannot do are absent. */
export interface DmlCounts {
  readonly inserted?: number;
  readonly updated?: number;
  readonly deleted?: number;
}

/** Runs the statement and says what became of how many rows. */
export async function runCounted(
  session: WriteSession,
  statement: PreparedDml & Pick<PreparedStatement, 'reads'>,
): Promise<DmlCounts> {
  const { connection } = session;
  const { operation, actions } = statement;
  if (operation !== 'MERGE') {
    const isPruned = await reachesNoPartition(session, statement);
    const count = isPruned ? 0 : await changedRows(connection, statement.sql);
    if (operation === 'INSERT') return { inserted: count };
    return operation === 'UPDATE' ? { updated: count } : { deleted: count };
  }
  // DuckDB tells the sum alone, and its RETURNING takes ten times as long as the MERGE.
  const does = new Set(actions);
  const knownDeletes =
    statement.deletedSql === undefined
      ? undefined
      : await countOf(connection, statement.deletedSql);
  const before = await rowCount(connection, statement.target);
  const all = await changedRows(connection, statement.sql);
  const grown = (await rowCount(connection, statement.target)) - before;
  const deleted = knownDeletes ?? deletedOf(does, all, grown);
  const inserted = grown + deleted;
  return { inserted, updated: all - inserted - deleted, deleted };
}

/** Of two kinds of changes their sum and the table's growth tell each. */
function deletedOf(does: ReadonlySet<string>, all: number, grown: number): number {
  if (!does.has('DELETE')) return 0;
  return does.has('INSERT') ? (all - grown) / 2 : -grown;
}

async function changedRows(connection: DuckDBConnection, sql: string): Promise<number> {
  const result = await connection.run(sql);
  return Number((await result.getRows())[0]?.[0] ?? 0);
}

/** The rows of a table, those that the transaction changed too. */
export function rowCount(connection: DuckDBConnection, table: TablePath): Promise<number> {
  return countOf(connection, `SELECT count(*) FROM ${duckTable(table)}`);
}

async function countOf(connection: DuckDBConnection, sql: string): Promise<number> {
  const [[count] = []] = await readColumns(connection, sql);
  return Number(count ?? 0);
}
