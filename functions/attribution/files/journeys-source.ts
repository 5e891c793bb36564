import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../shared/errors';

export type FileFormat = 'csv' | 'ndjson' | 'parquet';

/** A file of rows as DuckDB reads it. */
export interface RowSource {
  readonly file: string;
  readonly format: FileFormat;
  /** The FROM item. */
  readonly relation: string;
  /** Column names as they stand in the file, with their DuckDB types. */
  readonly columnTypes: ReadonlyMap<string, string>;
}

export const sqlString = (text: string) => `'${text.replaceAll("'", "''")}'`;
export const sqlName = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** @throws UserError for an ending that is none of .csv, .ndjson, .jsonl, .parquet */
export function formatOf(file: string): FileFormat {
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return 'csv';
    case '.ndjson':
    case '.jsonl':
      return 'ndjson';
    case '.parquet':
      return 'parquet';
    default:
      throw new UserError(
        `${file} has an ending that is not known; use .csv, .ndjson, .jsonl or .parquet.`,
      );
  }
}

/** @throws UserError where the file is missing, empty or not of the format its ending says */
export async function openSource(connection: DuckDBConnection, file: string): Promise<RowSource> {
  const format = formatOf(file);
  if (!existsSync(file)) {
    throw new UserError(`${file} does not exist; check the path.`);
  }
  const relation = relationOf([file], format);
  const columnTypes = await withReadErrors(file, () => describe(connection, relation));
  return { file, format, relation, columnTypes };
}

/** How an export is read. */
export interface ExportOptions {
  /** Stands for the files in errors. */
  readonly name: string;
  /** Columns that order the rows. */
  readonly orderBy: readonly string[];
}

/** Parquet files that an export wrote, as one source in a stated order. */
export async function openExport(
  connection: DuckDBConnection,
  files: readonly string[],
  { name, orderBy }: ExportOptions,
): Promise<RowSource> {
  const rows = relationOf(files, 'parquet');
  const relation = `(SELECT * FROM ${rows} ORDER BY ${orderBy.map(sqlName).join(', ')})`;
  const columnTypes = await describe(connection, relation);
  return { file: name, format: 'parquet', relation, columnTypes };
}

async function describe(connection: DuckDBConnection, relation: string) {
  const description = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${relation}`);
  return new Map(description.getRows().map((row) => [String(row[0]), String(row[1])] as const));
}

function relationOf(files: readonly string[], format: FileFormat): string {
  const list = `[${files.map(sqlString).join(', ')}]`;
  switch (format) {
    case 'csv':
      // Everything as text: what a value must be is checked here, with the row in the error.
      return `read_csv(${list}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')`;
    case 'ndjson':
      // One level deep: values stay JSON, so that no type is guessed from the first rows.
      return `read_json(${list}, format = 'newline_delimited', maximum_depth = 1)`;
    case 'parquet':
      return `read_parquet(${list})`;
  }
}

/** Runs a read; DuckDB's many-lined errors become one sentence with the line where it names one. */
export async function withReadErrors<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) {
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    const line = /(?:on Line:|at line|line) (\d+)/i.exec(message)?.[1];
    const cause = message
      .split('\n')
      .map((part) => part.replace(/^[A-Za-z ]+ Error: /, '').trim())
      .find(
        (part) =>
          part !== '' && !/^(CSV Error on Line|Original Line|Error when sniffing)/.test(part),
      );
    const place = line === undefined ? file : `${file}, line ${line}`;
    throw new UserError(
      `${place} cannot be read: ${cause ?? message}; mend the file and try again.`,
    );
  }
}
