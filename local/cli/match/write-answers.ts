import { rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { writeTable } from '@tributary/functions/attribution/files/table-file';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import type { MatchWarehouse } from './match-warehouse';
import type { PreparedRecords } from './prepare-records';
import { sqlName, sqlString } from './read-table';

/** SQL of a record's id: the file's, or the record's number. */
export function idSql({ columns }: Pick<PreparedRecords, 'columns'>): string {
  return columns.id === undefined ? 'CAST("record no" AS VARCHAR)' : sqlName(columns.id);
}

/**
 * Writes every record's id and cluster. A cluster is called after its first record; of several
 * files, with the file's number before it.
 *
 * @param clusters by record: the first record of its cluster
 */
export async function writeClusters(
  warehouse: MatchWarehouse,
  prepared: PreparedRecords,
  clusters: Int32Array,
  out: string | undefined,
): Promise<void> {
  const isMany = prepared.sourceCount > 1;
  const read = await warehouse.files.runAndReadAll(
    `SELECT ${idSql(prepared)}, "source no"::INTEGER + 1 FROM input ORDER BY "record no"`,
  );
  const [ids = [], sources = []] = read.getColumnsJS() as [string[], number[]];
  const name = prepared.columns.id ?? 'record';
  const called = (record: number): string =>
    isMany ? `${sources[record]}:${ids[record]}` : `${ids[record]}`;
  const columns = [
    { name, type: 'string' as const, valueAt: (record: number) => ids[record] ?? '' },
    ...(isMany
      ? [{ name: 'file', type: 'number' as const, valueAt: (row: number) => sources[row] ?? 0 }]
      : []),
    {
      name: 'cluster_id',
      type: 'string' as const,
      valueAt: (record: number) => called(clusters[record] as number),
    },
  ];
  await writeTable(columns, ids.length, out, process.stdout);
}

const formats: Readonly<Record<string, string>> = {
  '.csv': 'FORMAT csv, HEADER',
  '.ndjson': 'FORMAT json',
  '.jsonl': 'FORMAT json',
  '.parquet': 'FORMAT parquet',
};

/** @throws UserError for an ending that can't be written */
export function checkPairsFile(file: string): void {
  if (formats[extname(file).toLowerCase()] !== undefined) return;
  throw new UserError(`${file} can't be written: its name must end in .csv, .ndjson or .parquet.`);
}

/**
 * Writes the pairs, the likeliest first, with the weight of each comparison.
 *
 * @param people DuckDB table of the records, and the SQL of their ids; numbers stand in "record no"
 * @param comparisons whose weights the relations have
 * @param relations FROM items with left_no, right_no, match_weight and weight_<comparison>
 * @param minWeight pairs below are left out
 */
export async function writePairs(
  warehouse: MatchWarehouse,
  people: { readonly table: string; readonly id: string },
  comparisons: readonly { readonly name: string }[],
  relations: readonly string[],
  minWeight: number,
  file: string,
): Promise<number> {
  const all = relations.map((relation) => `SELECT * FROM ${relation}`).join(' UNION ALL ');
  const id = people.id.replace('"record no"', '{}."record no"');
  const idOf = (side: string) => (id.includes('{}') ? id.replace('{}', side) : `${side}.${id}`);
  const weights = comparisons.map(({ name }) => `round(pairs.weight_${name}, 4) AS weight_${name}`);
  const work = join(dirname(file), `.${process.pid}-${basename(file)}`);
  try {
    await warehouse.files.run(
      `COPY (
        SELECT ${idOf('l')} AS id_left, ${idOf('r')} AS id_right,
          round(pairs.match_weight, 6) AS match_weight,
          round(1 / (1 + pow(2.0, least(1000, -pairs.match_weight))), 9) AS match_probability,
          ${weights.join(', ')}
        FROM (${all}) AS pairs
        JOIN ${people.table} AS l ON l."record no" = pairs.left_no
        JOIN ${people.table} AS r ON r."record no" = pairs.right_no
        WHERE pairs.match_weight >= ${minWeight}
        ORDER BY pairs.match_weight DESC, pairs.left_no, pairs.right_no
      ) TO ${sqlString(work)} (${formats[extname(file).toLowerCase()]})`,
    );
    await rename(work, file);
  } catch (error) {
    await rm(work, { force: true });
    throw new UserError(`${file} can't be written: ${messageOf(error).split('\n')[0]}`);
  }
  const counted = await warehouse.files.runAndReadAll(
    `SELECT count(*)::INTEGER FROM (${all}) AS pairs WHERE match_weight >= ${minWeight}`,
  );
  return Number(counted.getRows()[0]?.[0] ?? 0);
}
