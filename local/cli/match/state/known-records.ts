import { join } from 'node:path';
import { writeTable } from '@tributary/functions/attribution/files/table-file';
import type { ChosenColumns } from '../choose-columns';
import type { MatchWarehouse } from '../match-warehouse';
import { sqlName, sqlString } from '../read-table';

/** The columns of table `known`, but for the unique identifiers. */
const KNOWN = {
  record_no: 'INT64',
  record_id: 'STRING',
  values_hash: 'STRING',
  component_no: 'INT64',
  cluster_no: 'INT64',
} as const;

export const uniqueNames = ({ unique }: ChosenColumns): string[] =>
  unique.map((_, at) => `unique_${at + 1}`);

/** Name -> type in BigQuery. */
export const knownColumns = (columns: ChosenColumns): Record<string, string> => ({
  ...KNOWN,
  ...Object.fromEntries(uniqueNames(columns).map((name) => [name, 'STRING'])),
});

/**
 * Of the files' records what a state keeps: id, hash of all values that count, unique identifiers.
 *
 * @param first number of the first record
 * @returns DuckDB SQL over `input`: record_no, record_id, values_hash, unique_1 ...
 */
export function identitySql(columns: ChosenColumns, first: number): string {
  const { id, compared, unique } = columns;
  const number = `"record no" + ${first - 1}`;
  const values = [...compared.map(({ column }) => column), ...unique].map(
    (column) => `coalesce(${sqlName(column)}, chr(1))`,
  );
  return `SELECT CAST(${number} AS BIGINT) AS record_no,
    ${id === undefined ? `CAST(${number} AS VARCHAR)` : sqlName(id)} AS record_id,
    md5(concat_ws(chr(0), ${values.join(', ')})) AS values_hash${unique
      .map((column, at) => `,\n    said(${sqlName(column)}) AS unique_${at + 1}`)
      .join('')}
  FROM input`;
}

/**
 * Clusters and components by record, as a FROM item of DuckDB: record_no, component_no, cluster_no.
 *
 * @param numbers by place: the record's number
 */
export async function clusterRelation(
  { folder }: MatchWarehouse,
  numbers: ArrayLike<number>,
  components: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Promise<string> {
  const file = join(folder, 'clusters.parquet');
  const columns = Object.entries({
    record_no: numbers,
    component_no: components,
    cluster_no: clusters,
  }).map(([name, values]) => ({
    name,
    type: 'number' as const,
    valueAt: (row: number) => values[row] as number,
  }));
  await writeTable(columns, numbers.length, file, process.stdout);
  const chosen = columns.map(({ name }) => `CAST(${name} AS BIGINT) AS ${name}`);
  return `(SELECT ${chosen.join(', ')} FROM read_parquet(${sqlString(file)}))`;
}
