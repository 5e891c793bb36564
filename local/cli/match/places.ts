import type { MatchWarehouse } from './match-warehouse';
import type { PreparedRecords } from './prepare-records';
import { sqlName } from './read-table';

/**
 * A table with record_no and place, from 1: records in the order of a hash of their id, or of what is compared where they
 * have none. What training draws by it is the same in whatever order the file lists them.
 */
export async function placeRecords(
  { files, load }: Pick<MatchWarehouse, 'files' | 'load'>,
  { columns: { id, compared } }: Pick<PreparedRecords, 'columns'>,
): Promise<string> {
  const values = id === undefined ? compared.map(({ column }) => column) : [id];
  const content = values.map((column) => `coalesce(${sqlName(column)}, '')`).join(", '|', ");
  // DuckDB numbers rows in their order on all cores; row_number() would take one.
  await files.run(
    `CREATE OR REPLACE TABLE placed_records AS
     SELECT "record no" FROM input ORDER BY md5_number_lower(concat(${content})), "record no"`,
  );
  const places = 'SELECT "record no" AS record_no, rowid + 1 AS place FROM placed_records';
  return await load('places', { record_no: 'INT64', place: 'INT64' }, places);
}
