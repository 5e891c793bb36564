import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import { COMPRESSIONS } from '../sql/compile/statements/export-data';
import { BigQueryError } from '../sql/errors';
import { quoteIdentifier, quoteString } from '../sql/names';
import type { PreparedExportData } from '../sql/prepared';
import { duckFieldNames, type GoogleSqlType } from '../sql/types';
import { isContained } from './contained-path';

type CompressionName = 'NONE' | 'GZIP' | 'SNAPPY' | 'ZSTD';

interface ExportRequest {
  /** Compiled SQL of the rows. */
  readonly sql: string;
  readonly columns: readonly Column[];
  /** 'gs://bucket/path/*.parquet' */
  readonly uri: string;
  readonly format: 'CSV' | 'JSON' | 'PARQUET';
  readonly overwrite?: boolean;
  readonly compression?: CompressionName;
  /** Of CSV: between fields, ',' by default. */
  readonly delimiter?: string;
  /** Of CSV: whether the first line names the columns, true by default. */
  readonly header?: boolean;
}

/** EXPORT DATA: writes the rows of a statement, as its options say. */
export async function exportData(
  connection: DuckDBConnection,
  exportsDir: string,
  { sql, columns, uri, format, overwrite, options }: PreparedExportData,
): Promise<number> {
  const { header, field_delimiter: delimiter, compression = 'NONE' } = options.all;
  return writeExport(connection, exportsDir, {
    sql,
    columns,
    uri,
    format,
    overwrite,
    compression: String(compression).toUpperCase() as CompressionName,
    // As BigQuery does: EXPORT DATA writes a header only if it is told to.
    header: header === true,
    ...(typeof delimiter === 'string' && { delimiter }),
  });
}

/**
 * Writes the rows of compiled SQL into one file under the exports folder. The file appears whole
 * or not at all. Answers the number of rows. Throws 'invalidQuery' where the file is there and
 * may not be overwritten.
 */
export async function writeExport(
  connection: DuckDBConnection,
  exportsDir: string,
  request: ExportRequest,
): Promise<number> {
  const options = copyOptions(request);
  const file = exportFile(exportsDir, request.uri);
  if (existsSync(file) && !request.overwrite) {
    throw new BigQueryError(
      'invalidQuery',
      `Invalid value: Destination URI ${request.uri} is not empty: export elsewhere, or set overwrite=true`,
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  try {
    // DuckDB writes under another name first and renames at the end.
    const result = await connection.run(
      `COPY (${projection(request)}) TO ${quoteString(file)} (${options}, USE_TMP_FILE true)`,
    );
    return Number((await result.getRows())[0]?.[0] ?? 0);
  } catch (error) {
    rmSync(`${dirname(file)}/tmp_${file.slice(dirname(file).length + 1)}`, { force: true });
    throw error;
  }
}

function copyOptions({ format, compression = 'NONE', delimiter, header }: ExportRequest): string {
  const known = COMPRESSIONS[format][compression];
  if (!known) {
    throw new BigQueryError('invalid', `${format} files cannot be compressed by ${compression}`);
  }
  const csv = `, HEADER ${header ?? true}, DELIMITER ${quoteString(delimiter ?? ',')}`;
  return `FORMAT ${format.toLowerCase()}, COMPRESSION ${known}${format === 'CSV' ? csv : ''}`;
}

/** The file that 'gs://bucket/path/part-*.parquet' names; one file is written for each export. */
export function exportFile(exportsDir: string, uri: string): string {
  const match = /^gs:\/\/([^/*]+)\/([^*]+(?:\*[^*]*)?|\*[^*]*)$/.exec(uri);
  const path = normalize(join(exportsDir, match?.[1] ?? '', match?.[2] ?? ''));
  if (!match || !isContained(path, exportsDir)) {
    throw new BigQueryError(
      'invalidQuery',
      `Invalid value: '${uri}' is no URI to export to: write gs://bucket/path with at most one *`,
    );
  }
  return path.replace('*', '000000000000');
}

/** Text formats carry some types as BigQuery prints them; Parquet has types of its own. */
function projection({ sql, columns, format }: ExportRequest): string {
  const names = columns.map((_, index) => `c${index}`);
  const fields = columns.map(({ name, type }, index) => {
    const value = `c${index}`;
    if (format === 'CSV' && (type.kind === 'ARRAY' || type.kind === 'STRUCT')) {
      throw new BigQueryError(
        'invalid',
        `Operation cannot be performed on a nested schema: CSV cannot hold the field ${name}, JSON and PARQUET can`,
      );
    }
    return `${VALUES[format](value, type)} AS ${quoteIdentifier(name)}`;
  });
  return `SELECT ${fields.join(', ')} FROM (${sql}\n) AS q(${names.join(', ')})`;
}

const VALUES: Readonly<
  Record<ExportRequest['format'], (value: string, type: GoogleSqlType) => string>
> = {
  PARQUET: (value, type) => (type.kind === 'JSON' ? `${value}::VARCHAR` : value),
  CSV: textValue,
  JSON: jsonValue,
};

/** Whole numbers and NUMERIC are texts in JSON files, so that no reader rounds them. */
function jsonValue(value: string, type: GoogleSqlType): string {
  if (type.kind === 'INT64') return `${value}::VARCHAR`;
  if (type.kind === 'ARRAY') {
    return `list_transform(${value}, lambda x: ${jsonValue('x', type.element)})`;
  }
  if (type.kind !== 'STRUCT') return textValue(value, type);
  const names = duckFieldNames(type.fields).map(quoteIdentifier);
  const fields = type.fields.map(
    (field, index) => `${names[index]} := ${jsonValue(`${value}.${names[index]}`, field.type)}`,
  );
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE struct_pack(${fields.join(', ')}) END`;
}

/** '2026-01-01 00:00:00.5 UTC', base64, NUMERIC without trailing zeros; others as they are. */
function textValue(value: string, type: GoogleSqlType): string {
  const seconds = (format: string) => `rtrim(rtrim(strftime(${value}, '${format}.%f'), '0'), '.')`;
  switch (type.kind) {
    case 'TIMESTAMP':
      return `(${seconds('%Y-%m-%d %H:%M:%S')} || ' UTC')`;
    case 'DATETIME':
      return seconds('%Y-%m-%dT%H:%M:%S');
    case 'BYTES':
      return `to_base64(${value})`;
    case 'NUMERIC':
      return `rtrim(rtrim(${value}::VARCHAR, '0'), '.')`;
    default:
      return value;
  }
}
