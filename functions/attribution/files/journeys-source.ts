import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../shared/errors';
import { readCsvHeader } from './csv-header';
import { brokenText, unlikeEnd } from './csv-lines';

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
  const relation = format === 'csv' ? await csvRelation(file) : relationOf([file], format);
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

async function csvRelation(file: string): Promise<string> {
  const { names, delimiter } = await readCsvHeader(file);
  // Everything as text: what a value must be is checked here, with the line in the error.
  const columns = names.map((name) => `${sqlString(name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${sqlString(file)}, auto_detect = false, columns = {${columns}}, header = true, delim = ${sqlString(delimiter)}, quote = '"', escape = '"')`;
}

function relationOf(files: readonly string[], format: 'ndjson' | 'parquet'): string {
  const list = `[${files.map(sqlString).join(', ')}]`;
  return format === 'parquet'
    ? `read_parquet(${list})`
    : // One level deep: values stay JSON, so that no type is guessed from the first rows.
      `read_json(${list}, format = 'newline_delimited', maximum_depth = 1)`;
}

/** Runs a read; DuckDB's many-lined errors become one sentence with the line where it names one. */
export async function withReadErrors<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) {
      throw error;
    }
    const broken = isText(file) ? brokenText(file) : undefined;
    if (broken !== undefined) {
      throw new UserError(`${file}, ${broken}.`);
    }
    const message = error instanceof Error ? error.message : String(error);
    // What DuckDB says of lines that end in two ways.
    const unlike = /state machine/i.test(message) && isText(file) ? unlikeEnd(file) : undefined;
    if (unlike !== undefined) throw new UserError(`${file}, ${unlike}.`);
    const line = lineOf(message);
    const cause = message
      .split('\n')
      .map((part) => part.replace(/^(?:[A-Za-z ]*Error: )+/, '').trim())
      .find((part) => part !== '' && !/^(CSV Error on Line|Original Line)/.test(part))
      ?.replace(/ in file ".*?", at byte \d+ in line \d+/, '')
      .replace(/\.$/, '');
    const place = line === undefined ? file : `${file}, line ${line}`;
    throw new UserError(
      `${place} cannot be read: ${cause ?? message}; mend the file and try again.`,
    );
  }
}

/** Of an export, `file` is the name of several. */
const isText = (file: string) => /\.(csv|ndjson|jsonl)$/i.test(file) && existsSync(file);

/** The line an error names, counted from 1; of NDJSON, DuckDB names the one after it. */
function lineOf(message: string): number | undefined {
  const csvLine = /on Line: (\d+)/.exec(message)?.[1];
  const ndjsonLine = /at byte \d+ in line (\d+)/.exec(message)?.[1];
  if (csvLine !== undefined) {
    return Number(csvLine);
  }
  return ndjsonLine === undefined ? undefined : Number(ndjsonLine) - 1;
}
