import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { quoteString } from '../sql/names';
import { type GoogleSqlType, parseType } from '../sql/types';
import type { LoadConfiguration } from './requests';
import { readColumns } from './result-set';

const READERS = {
  PARQUET: (list: string) => `read_parquet(${list}, union_by_name = true)`,
  CSV: (list: string) => `read_csv(${list}, sample_size = -1)`,
  NEWLINE_DELIMITED_JSON: (list: string) =>
    `read_json(${list}, format = 'newline_delimited', sample_size = -1)`,
} as const;

/** Columns of a file that describes itself (Parquet) or is to be guessed (autodetect). */
export async function detectColumns(
  connection: DuckDBConnection,
  files: readonly string[],
  { sourceFormat, autodetect }: LoadConfiguration,
): Promise<Column[]> {
  if (sourceFormat !== 'PARQUET' && !autodetect) {
    throw new BigQueryError(
      'invalid',
      'No schema specified on job or table: give a schema, make the table first, or set autodetect',
    );
  }
  const from = READERS[sourceFormat](`[${files.map(quoteString).join(', ')}]`);
  const [names = [], types = []] = await readColumns(
    connection,
    `SELECT column_name, column_type FROM (DESCRIBE FROM ${from})`,
  );
  return names.map((name, index) => ({
    name: String(name),
    type: fromDuckType(String(types[index])),
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
