import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { quoteIdentifier, quoteString } from '../sql/names';

export interface ExportRequest {
  readonly sql: string;
  readonly columns: readonly Column[];
  /** 'gs://bucket/path/*.parquet' */
  readonly uri: string;
  readonly format: string;
  readonly overwrite?: boolean;
}

const COPY_OPTIONS: Readonly<Record<string, string>> = {
  PARQUET: 'FORMAT parquet, COMPRESSION zstd',
  CSV: 'FORMAT csv, HEADER true',
  JSON: 'FORMAT json',
};

/**
 * EXPORT DATA: writes the rows of compiled SQL into one file under the exports folder. The file
 * appears whole or not at all. Answers the number of rows.
 */
export async function exportData(
  connection: DuckDBConnection,
  exportsDir: string,
  request: ExportRequest,
): Promise<number> {
  const options = COPY_OPTIONS[request.format.toUpperCase()];
  if (!options) {
    throw new BigQueryError(
      'invalidQuery',
      `EXPORT DATA cannot write ${request.format}: use PARQUET, CSV or JSON`,
    );
  }
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

/** The file that 'gs://bucket/path/part-*.parquet' names; one file is written for each export. */
export function exportFile(exportsDir: string, uri: string): string {
  const match = /^gs:\/\/([^/*]+)\/([^*]+(?:\*[^*]*)?|\*[^*]*)$/.exec(uri);
  const path = match ? normalize(join(exportsDir, match[1] ?? '', match[2] ?? '')) : '';
  if (!path.startsWith(exportsDir + sep)) {
    throw new BigQueryError(
      'invalidQuery',
      `Invalid value: '${uri}' is no URI to export to: write gs://bucket/path with at most one *`,
    );
  }
  return path.replace('*', '000000000000');
}

/** Text formats carry some types as BigQuery prints them; Parquet has types of its own. */
function projection({ sql, columns, format }: ExportRequest): string {
  const isParquet = format.toUpperCase() === 'PARQUET';
  const isJson = format.toUpperCase() === 'JSON';
  const names = columns.map((_, index) => `c${index}`);
  const fields = columns.map(({ name, type }, index) => {
    const alias = quoteIdentifier(name);
    if (isParquet && type.kind === 'JSON') return `c${index}::VARCHAR AS ${alias}`;
    if (isParquet) return `c${index} AS ${alias}`;
    if (type.kind === 'TIMESTAMP') return `${timestampText(`c${index}`)} AS ${alias}`;
    if (type.kind === 'BYTES') return `to_base64(c${index}) AS ${alias}`;
    if (isJson && (type.kind === 'INT64' || type.kind === 'NUMERIC')) {
      return `${type.kind === 'NUMERIC' ? numericText(`c${index}`) : `c${index}::VARCHAR`} AS ${alias}`;
    }
    if (type.kind === 'NUMERIC') return `${numericText(`c${index}`)} AS ${alias}`;
    return `c${index} AS ${alias}`;
  });
  return `SELECT ${fields.join(', ')} FROM (${sql}\n) AS q(${names.join(', ')})`;
}

/** '2026-01-01 00:00:00.5 UTC' */
function timestampText(column: string): string {
  return `(rtrim(rtrim(strftime(${column}, '%Y-%m-%d %H:%M:%S.%f'), '0'), '.') || ' UTC')`;
}

function numericText(column: string): string {
  return `rtrim(rtrim(${column}::VARCHAR, '0'), '.')`;
}
