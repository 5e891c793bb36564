import type { DuckDBConnection } from '@duckdb/node-api';
import type { PairWeights } from '@tributary/functions/identity/partition';
import { readColumns } from './read-columns';

/**
 * What clusters are made of, as typed arrays.
 *
 * @param relation a FROM item: l, r (places of records, from 0) and match_weight
 */
export async function readPairs(
  files: DuckDBConnection,
  relation: string,
  recordCount: number,
): Promise<PairWeights> {
  const { l, r, match_weight } = await readColumns(files, relation, {
    l: (length) => new Int32Array(length),
    r: (length) => new Int32Array(length),
    match_weight: (length) => new Float64Array(length),
  });
  return { recordCount, left: l, right: r, weights: match_weight };
}

/**
 * Equal values as equal numbers, in a table's order; -1 where there is none.
 *
 * @param value SQL over a row of `table`
 */
export async function readCodes(
  files: DuckDBConnection,
  value: string,
  { table, order }: { readonly table: string; readonly order: string },
): Promise<Int32Array> {
  const { code } = await readColumns(
    files,
    `(SELECT CASE WHEN ${value} IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY ${value}) END AS code FROM ${table} ORDER BY ${order})`,
    { code: (length) => new Int32Array(length) },
  );
  return code;
}
