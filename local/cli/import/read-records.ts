import { UserError } from '@tributary/functions/shared/errors';
import { openCsv } from './read-csv';
import { assertReadable } from './read-file';
import { openNdjson } from './read-ndjson';
import { openParquet } from './read-parquet';

/** One record of a table file. */
export interface FileRecord {
  /** Line of the file; in a Parquet file the number of the row, from 1. */
  readonly line: number;
  /** Text, or null where the file has nothing; from NDJSON also numbers, booleans and more. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What is wrong with the record as a whole, such as a field too many. */
  readonly problem?: string;
}

export interface RecordFile {
  /** The header; undefined for NDJSON, whose records each bring their own names. */
  readonly columns: readonly string[] | undefined;
  /** "line" or "row", for messages. */
  readonly unit: 'line' | 'row';
  readonly records: AsyncIterable<FileRecord>;
}

interface ReadOptions {
  /** Keeps the structure of nested Parquet columns; otherwise every value becomes text. */
  readonly isNested?: boolean;
}

/**
 * Opens a table file by its ending: CSV (comma, semicolon or tab), NDJSON or Parquet; .csv.gz and
 * .ndjson.gz too.
 *
 * @throws UserError where the file is missing or empty, or its ending unknown
 */
export async function openRecords(file: string, options: ReadOptions = {}): Promise<RecordFile> {
  await assertReadable(file);
  const ending = /\.([a-z]+)(?:\.gz)?$/i.exec(file)?.[1]?.toLowerCase();
  switch (ending) {
    case 'csv':
    case 'tsv':
      return openCsv(file);
    case 'ndjson':
    case 'jsonl':
      return openNdjson(file);
    case 'parquet':
      return openParquet(file, options.isNested ?? false);
    default:
      throw new UserError(`${file} can't be read: its name must end in .csv, .ndjson or .parquet.`);
  }
}
