import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import type { Session } from '../storage/storage';
import { countFittingRows, measureAnswer } from './answer-bytes';

/** Results up to this many cells and bytes are kept in memory; bigger ones in a temporary table. */
const CELLS_IN_MEMORY = 200_000;
const BYTES_IN_MEMORY = 10_000_000;

/** The rows of a connection's latest query; they go with the connection, or with its next query. */
const RESULT = 'temp.query_result';

/** Rows of a finished query, to be read in pages. */
export interface ResultSet {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** True where the rows wait in a temporary table, which holds a connection. */
  readonly isSpilled: boolean;
  /**
   * Values by column, from row `start`; fewer than `count` at the end, or where more would take
   * over `maxBytes` in an answer. Throws 'responseTooLarge' for a row that no answer takes.
   */
  page(start: number, count: number, maxBytes?: number): Promise<DuckDBValue[][]>;
  close(): void;
}

/**
 * Runs a compiled query and keeps its rows: DuckDB writes them into a temporary table (which it
 * spills when memory is short), and small results are then read at once, so that the connection
 * is free again. Throws 'resourcesExceeded' for rows beyond BigQuery's 100 MB.
 */
export async function collectResult(
  session: Session,
  sql: string,
  columns: readonly Column[],
): Promise<ResultSet> {
  const { connection } = session;
  const rowCount = await storeRows(connection, sql, columns);
  const { total: byteCount } = await measureAnswer(connection, RESULT, rowCount, columns);
  if (rowCount * columns.length > CELLS_IN_MEMORY || byteCount > BYTES_IN_MEMORY) {
    session.keepConnection();
    return spilledResult(connection, columns, rowCount);
  }
  // Rows of an open transaction have no final rowid yet, so no page is asked for.
  const values = await readColumns(connection, `SELECT * FROM ${RESULT}`);
  return memoryResult(columns, rowCount, values);
}

/** Runs a compiled query into RESULT, whose columns are c0, c1...; gives the number of rows. */
export async function storeRows(
  connection: DuckDBConnection,
  sql: string,
  columns: readonly Column[],
): Promise<number> {
  const names = columns.map((_, index) => `c${index}`).join(', ');
  const created = await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${RESULT}(${names}) AS (${sql}\n)`,
  );
  return Number((await created.getRows())[0]?.[0] ?? 0);
}

function memoryResult(
  columns: readonly Column[],
  rowCount: number,
  values: readonly DuckDBValue[][],
): ResultSet {
  return {
    columns,
    rowCount,
    isSpilled: false,
    page: async (start, count) => values.map((column) => column.slice(start, start + count)),
    close: () => undefined,
  };
}

function spilledResult(
  connection: DuckDBConnection,
  columns: readonly Column[],
  rowCount: number,
): ResultSet {
  return {
    columns,
    rowCount,
    isSpilled: true,
    page: (start, count, maxBytes) =>
      readPage(
        connection,
        (limit) =>
          `SELECT * FROM ${RESULT} WHERE rowid >= ${start} AND rowid < ${start + limit} ORDER BY rowid`,
        columns,
        count,
        maxBytes,
      ),
    close: () => connection.closeSync(),
  };
}

/**
 * Reads the first `count` rows of a query, or those that an answer of `maxBytes` takes. `select`
 * writes the query with a limit; its columns have any names.
 */
export async function readPage(
  connection: DuckDBConnection,
  select: (limit: number) => string,
  columns: readonly Column[],
  count: number,
  maxBytes?: number,
): Promise<DuckDBValue[][]> {
  if (maxBytes === undefined || count === 0) return readColumns(connection, select(count));
  const names = columns.map((_, index) => `c${index}`).join(', ');
  const rows = `(${select(count)}) AS page(${names})`;
  const fitting = await countFittingRows(connection, rows, columns, maxBytes);
  return readColumns(connection, select(fitting));
}

/** Reads a query's rows as columns, all of them into memory. */
export async function readColumns(
  connection: DuckDBConnection,
  sql: string,
): Promise<DuckDBValue[][]> {
  const result = await connection.run(sql);
  const columns: DuckDBValue[][] = Array.from({ length: result.columnCount }, () => []);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return columns;
    columns.forEach((column, index) => {
      chunk.appendColumnValues(index, column);
    });
  }
}
