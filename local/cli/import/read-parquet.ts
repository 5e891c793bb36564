import { messageOf, UserError } from '@tributary/functions/shared/errors';
import type { FileRecord, RecordFile } from './read-records';

/**
 * A Parquet file, through DuckDB in memory.
 *
 * @param isNested rows as JSON, with their structure; otherwise every value as text, so that
 * decimals keep all their digits
 * @throws UserError where DuckDB can't read it
 */
export async function openParquet(file: string, isNested: boolean): Promise<RecordFile> {
  const { openDuckDb } = await import('@tributary/functions/shared/duckdb');
  const instance = await openDuckDb();
  const connection = await instance.connect();
  const select = isNested ? 'to_json(rows)::VARCHAR AS row' : 'COLUMNS(*)::VARCHAR';
  try {
    const source = `read_parquet('${file.replaceAll("'", "''")}')`;
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    const columns = described.getRowObjectsJson().map((column) => String(column.column_name));
    const result = await connection.stream(`SELECT ${select} FROM ${source} AS rows`);

    async function* read(): AsyncGenerator<FileRecord> {
      let line = 0;
      try {
        for await (const chunk of result.yieldRowObjectJson()) {
          for (const row of chunk) {
            line += 1;
            const values = isNested ? JSON.parse(String(row.row)) : row;
            yield { line, values };
          }
        }
      } finally {
        connection.closeSync();
        instance.closeSync();
      }
    }
    return { columns, unit: 'row', records: read() };
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw new UserError(`${file} can't be read as Parquet: ${messageOf(error)}`);
  }
}
