import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { quoteString } from '../sql/names';
import { type GoogleSqlType, parseType } from '../sql/types';
import { compressionOf } from './load-files';
import { csvOptions } from './load-source';
import type { LoadConfiguration } from './requests';
import { readColumns } from './result-set';

/** Columns of a file that describes itself (Parquet) or is to be guessed (autodetect). */
export async function detectColumns(
  connection: DuckDBConnection,
  files: readonly string[],
  configuration: LoadConfiguration,
): Promise<Column[]> {
  const { sourceFormat, autodetect } = configuration;
  if (sourceFormat !== 'PARQUET' && !autodetect) {
    throw new BigQueryError(
      'invalid',
      'No schema specified on job or table: give a schema, make the table first, or set autodetect',
    );
  }
  if (sourceFormat === 'CSV') return detectCsvColumns(connection, files, configuration);
  const list = `[${files.map(quoteString).join(', ')}]`;
  return describe(
    connection,
    sourceFormat === 'PARQUET'
      ? `read_parquet(${list}, union_by_name = true)`
      : `read_json(${list}, format = 'newline_delimited', sample_size = -1, compression = '${compressionOf(files)}')`,
  );
}

async function describe(connection: DuckDBConnection, from: string): Promise<Column[]> {
  const [names = [], types = []] = await readColumns(
    connection,
    `SELECT column_name, column_type FROM (DESCRIBE FROM ${from})`,
  );
  return names.map((name, index) => ({
    name: String(name),
    type: fromDuckType(String(types[index])),
  }));
}

/**
 * What autodetect finds out of CSV files beside their columns: the delimiter, and whether the
 * line before the data names the columns. Other configurations come back as they are.
 */
export async function detectCsvLayout(
  connection: DuckDBConnection,
  files: readonly string[],
  configuration: LoadConfiguration,
): Promise<LoadConfiguration> {
  const { sourceFormat, autodetect, skipLeadingRows: skipped, fieldDelimiter } = configuration;
  if (sourceFormat !== 'CSV' || !autodetect) return configuration;
  const [[delimiter] = [], [hasHeader] = []] = await readColumns(
    connection,
    `SELECT Delimiter, HasHeader FROM sniff_csv(${quoteString(files[0] ?? '')}, sample_size = -1,
       compression = '${compressionOf(files)}', skip = ${Math.max(0, (skipped ?? 0) - 1)}
       ${fieldDelimiter ? `, delim = ${quoteString(fieldDelimiter)}` : ''})`,
  );
  return {
    ...configuration,
    fieldDelimiter: fieldDelimiter || String(delimiter ?? ','),
    skipLeadingRows: skipped ?? (hasHeader === true ? 1 : 0),
  };
}

/** The line before the data names the columns; without one they are named by type and place. */
async function detectCsvColumns(
  connection: DuckDBConnection,
  files: readonly string[],
  configuration: LoadConfiguration,
): Promise<Column[]> {
  const skipped = configuration.skipLeadingRows ?? 0;
  const options = csvOptions(files, {
    ...configuration,
    skipLeadingRows: Math.max(0, skipped - 1),
  });
  const list = `[${files.map(quoteString).join(', ')}]`;
  const columns = await describe(
    connection,
    `read_csv(${list}, sample_size = -1, header = ${skipped > 0}, ${options.join(', ')})`,
  );
  return columns.map(({ name, type }, index) => ({
    name: skipped > 0 ? name.replace(/\W/g, '_') : `${type.kind.toLowerCase()}_field_${index}`,
    type,
  }));
}

const SCALARS: readonly (readonly [RegExp, GoogleSqlType['kind']])[] = [
  [/^(TINYINT|SMALLINT|INTEGER|BIGINT|U(TINYINT|SMALLINT|INTEGER))$/, 'INT64'],
  [/^(FLOAT|DOUBLE)$/, 'FLOAT64'],
  [/^(DECIMAL\(.*\)|UBIGINT|HUGEINT)$/, 'NUMERIC'],
  [/^BOOLEAN$/, 'BOOL'],
  [/^BLOB$/, 'BYTES'],
  [/^DATE$/, 'DATE'],
  [/^TIME$/, 'TIME'],
  [/^TIMESTAMP WITH TIME ZONE$/, 'TIMESTAMP'],
  // Parquet and CSV know no DATETIME of their own; BigQuery reads these as TIMESTAMP too.
  [/^TIMESTAMP(_S|_MS|_NS)?$/, 'TIMESTAMP'],
  [/^JSON$/, 'JSON'],
];

/** The GoogleSQL type for a DuckDB type as DESCRIBE prints it; STRING where nothing else fits. */
export function fromDuckType(text: string): GoogleSqlType {
  if (text.endsWith('[]')) return { kind: 'ARRAY', element: fromDuckType(text.slice(0, -2)) };
  const struct = /^STRUCT\((.*)\)$/s.exec(text);
  if (struct) return { kind: 'STRUCT', fields: splitFields(struct[1] ?? '').map(readField) };
  const kind = SCALARS.find(([pattern]) => pattern.test(text))?.[1] ?? 'STRING';
  return parseType(kind);
}

function readField(text: string): { name: string; type: GoogleSqlType } {
  const match = /^(?:"((?:[^"]|"")*)"|(\w+)) (.*)$/s.exec(text.trim());
  const name = match?.[1]?.replaceAll('""', '"') ?? match?.[2] ?? '';
  return { name, type: fromDuckType(match?.[3] ?? '') };
}

/** Splits at commas outside brackets and quotes. */
function splitFields(text: string): string[] {
  const fields: string[] = [];
  let depth = 0;
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      fields.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...fields, text.slice(start)];
}
