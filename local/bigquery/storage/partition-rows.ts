import type { DuckDBConnection } from '@duckdb/node-api';
import { duckTable, quoteIdentifier } from '../sql/names';
import type { StoredTable } from './entries';

/** First moments of a table's partitions, as text. An entry stands for one version of the rows. */
const known = new WeakMap<StoredTable, readonly (string | null)[]>();

/**
 * DuckDB SQL of the rows in the partitions that a condition holds for, written so that DuckDB passes
 * over blocks of other days. The condition, which may be dear, is asked once a partition: for its
 * first moment, since rows of one partition give the same answer.
 */
export async function rowsOfPartitions(
  connection: DuckDBConnection,
  entry: StoredTable,
  where: string,
): Promise<string> {
  const { path, partitioning, columns } = entry;
  if (!partitioning) return where;
  const { column, granularity } = partitioning;
  const name = quoteIdentifier(column);
  const unit = granularity.toLowerCase();
  const type = columns.find((one) => one.name.toLowerCase() === column.toLowerCase())?.type.kind;
  // Without its time zone: truncating a TIMESTAMPTZ looks into a calendar for each row.
  const isZoned = type === 'TIMESTAMP';
  const plain = isZoned ? `make_timestamp(epoch_us(${name}))` : name;
  const duckType = isZoned ? 'TIMESTAMPTZ' : type === 'DATE' ? 'DATE' : 'TIMESTAMP';
  const start = `date_trunc('${unit}', ${plain})::TIMESTAMP`;
  const back = isZoned ? 'make_timestamptz(epoch_us(start))' : `start::${duckType}`;
  const partitions =
    known.get(entry) ??
    (await texts(connection, `SELECT DISTINCT ${start}::VARCHAR FROM ${duckTable(path)}`));
  known.set(entry, partitions);
  const list = partitions.map((text) => (text === null ? '(NULL)' : `('${text}')`));
  if (list.length === 0) return 'FALSE';
  // In one query DuckDB would ask the condition of each row, before it makes them distinct.
  const reader = await connection.runAndReadAll(
    `SELECT start::VARCHAR, (start + INTERVAL 1 ${unit})::VARCHAR
     FROM (
       SELECT start, ${back} AS ${name}
       FROM (SELECT text::TIMESTAMP AS start FROM (VALUES ${list.join(', ')}) AS texts(text))
     )
     WHERE ${where}
     ORDER BY start NULLS LAST`,
  );
  const rows = reader.getRows() as (string | null)[][];
  const starts = rows.flatMap(([low]) => (low === null || low === undefined ? [] : [low]));
  const parts: string[] = [];
  if (starts.length > 0) {
    const zone = isZoned ? '+00' : '';
    const bound = (text: string | null | undefined): string => `'${text}${zone}'::${duckType}`;
    const end = bound(rows[starts.length - 1]?.[1]);
    const among = starts.map((low) => `'${low}'::TIMESTAMP`).join(', ');
    parts.push(`(${name} >= ${bound(starts[0])} AND ${name} < ${end} AND ${start} IN (${among}))`);
  }
  if (starts.length < rows.length) parts.push(`${name} IS NULL`);
  return parts.length > 0 ? `(${parts.join(' OR ')})` : 'FALSE';
}

async function texts(connection: DuckDBConnection, query: string): Promise<(string | null)[]> {
  const reader = await connection.runAndReadAll(query);
  return reader.getRows().map(([text]) => (typeof text === 'string' ? text : null));
}
