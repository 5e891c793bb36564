import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import {
  formatOf,
  openSource,
  sqlName,
  sqlString,
  withReadErrors,
} from '@tributary/functions/attribution/files/journeys-source';
import { UserError } from '@tributary/functions/shared/errors';
import { repairEncoding } from './repair-encoding';

/** The files' records, in DuckDB table `input`: record_no from 1, source from 0, and their columns as text. */
export interface InputTable {
  readonly columns: readonly string[];
  readonly recordCount: number;
  readonly notes: readonly string[];
}

/**
 * Reads one file or several with the same columns. Values are trimmed, and empty ones NULL.
 *
 * @param folder for copies of files with mixed encodings
 * @param least fewer records are refused
 * @throws UserError where a file can't be read or lacks columns of the first
 */
export async function readTable(
  connection: DuckDBConnection,
  files: readonly string[],
  folder: string,
  least = 2,
): Promise<InputTable> {
  const notes: string[] = [];
  const sources: { file: string; relation: string; names: ReadonlyMap<string, string> }[] = [];
  for (const [index, file] of files.entries()) {
    const read = await readable(file, join(folder, `${index}-${basename(file)}`), notes);
    const { relation, columnTypes } = await openSource(connection, read);
    const names = new Map([...columnTypes.keys()].map((name) => [name.trim(), name]));
    sources.push({ file, relation, names });
  }
  const columns = [...(sources[0]?.names.keys() ?? [])];
  if (columns.some((column) => column.toLowerCase() === 'rowid')) {
    throw new UserError(`${files[0]}: a column can't be named rowid: give it another name.`);
  }
  for (const { file, names } of sources) {
    const missing = columns.filter((column) => !names.has(column));
    if (missing.length === 0) continue;
    throw new UserError(
      `${file} lacks columns of ${files[0]} (${missing.join(', ')}): give both files the same header.`,
    );
  }
  const parts = sources.map(({ relation, names }, source) => {
    const values = columns.map((column) => {
      return `${trimmed(`CAST(${sqlName(names.get(column) ?? column)} AS VARCHAR)`)} AS ${sqlName(column)}`;
    });
    return `SELECT ${source} AS "source no", ${values.join(', ')} FROM ${relation}`;
  });
  // DuckDB keeps the order of files, on all cores; row_number() would take one.
  const load = `CREATE TABLE input_rows AS ${parts.join(' UNION ALL ')};
    CREATE VIEW input AS SELECT rowid + 1 AS "record no", * FROM input_rows`;
  await withReadErrors(files.join(', '), () => connection.run(load));
  const counted = await connection.runAndReadAll('SELECT count(*)::INTEGER FROM input');
  const recordCount = Number(counted.getRows()[0]?.[0] ?? 0);
  if (recordCount < least) {
    throw new UserError(
      `${files.join(', ')}: ${least === 1 ? 'no record' : 'fewer than two records'}, so there is nothing to match.`,
    );
  }
  return { columns, recordCount, notes };
}

/** Few values have blanks around them, and to look costs a quarter of trimming. */
const trimmed = (value: string): string =>
  `nullif(CASE WHEN regexp_matches(${value}, '^[ \t\r\n\u00a0]|[ \t\r\n\u00a0]$') THEN trim(${value}, ' \t\r\n\u00a0') ELSE ${value} END, '')`;

async function readable(file: string, copy: string, notes: string[]): Promise<string> {
  if (formatOf(file) === 'parquet') return file;
  const mended = await repairEncoding(file, copy);
  if (mended === 0) return file;
  const lines = mended === 1 ? '1 line is' : `${mended} lines are`;
  notes.push(`${file}: ${lines} not UTF-8 and read as Windows-1252.`);
  return copy;
}

export { sqlName, sqlString };
