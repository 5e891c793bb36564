import type { DuckDBConnection } from '@duckdb/node-api';

type TypedArray = Int8Array | Int32Array | Float64Array;

/**
 * Reads a query's columns of numbers into typed arrays, chunk by chunk.
 *
 * @param relation a FROM item
 * @param columns SQL of a column -> the array to make for a number of rows
 */
export async function readColumns<T extends Record<string, (length: number) => TypedArray>>(
  connection: DuckDBConnection,
  relation: string,
  columns: T,
): Promise<{ [K in keyof T]: ReturnType<T[K]> }> {
  const counted = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM ${relation}`);
  const rowCount = Number(counted.getRows()[0]?.[0] ?? 0);
  const names = Object.keys(columns);
  const arrays = names.map((name) => (columns[name] as (length: number) => TypedArray)(rowCount));
  const selected = names.map((name) => `${name}::DOUBLE`).join(', ');
  const result = await connection.stream(`SELECT ${selected} FROM ${relation}`);
  let from = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    for (const [at, array] of arrays.entries()) {
      array.set(chunk.getColumnValues(at) as number[], from);
    }
    from += chunk.rowCount;
  }
  return Object.fromEntries(names.map((name, at) => [name, arrays[at]])) as {
    [K in keyof T]: ReturnType<T[K]>;
  };
}
