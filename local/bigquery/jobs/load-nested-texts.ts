import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { quoteString } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';
import { compressionOf, readSizes } from './load-files';
import { readColumns } from './result-set';

/** Inside an array: a text, which may hold any bracket, or a sign that is none. */
const PLAIN = '(?:"(?:[^"\\\\]|\\\\.)*"|[^"\\]\\[{])';

/** A STRING column or field, or the elements of an array of STRING. */
interface TextField {
  /** As BigQuery names it: 'page.title'. */
  readonly name: string;
  /** JSONPath of its values in a row. */
  readonly path: string;
  /** Regular expression that finds, in a row's text, all of its values that are no texts, and others. */
  readonly suspect: string;
}

/**
 * Throws 'invalid' for NDJSON rows with an object or an array where the schema has a STRING: DuckDB
 * would store its text. Rows are looked into only where the text of some row gives reason to.
 */
export async function refuseNestedTexts(
  connection: DuckDBConnection,
  files: readonly string[],
  columns: readonly Column[],
): Promise<void> {
  const fields = columns.flatMap(({ name, type }) => textFields(type, name, `$."${name}"`));
  if (fields.length === 0) return;
  const list = `[${files.map(quoteString).join(', ')}]`;
  const from = `read_ndjson_objects(${list}, compression = '${compressionOf(files)}', maximum_object_size = ${readSizes(files).longestRow})`;
  const suspects = [...new Set(fields.map(({ suspect }) => suspect))].join('|');
  const [[isSuspect] = []] = await readColumns(
    connection,
    `SELECT bool_or(regexp_matches(json, ${quoteString(suspects)})) FROM ${from}`,
  );
  if (isSuspect !== true) return;
  const tests = fields.map(({ path }, index) => `WHEN ${isNested(path)} THEN ${index}`);
  const texts = fields.map(
    ({ path }, index) =>
      `WHEN ${index} THEN CAST(json_extract(json, ${quoteString(path)}) AS VARCHAR)`,
  );
  const [[row] = [], [index] = [], [text] = []] = await readColumns(
    connection,
    `SELECT "$row", "$field", CASE "$field" ${texts.join(' ')} END
     FROM (SELECT json, row_number() OVER () AS "$row", CASE ${tests.join(' ')} END AS "$field" FROM ${from})
     WHERE "$field" IS NOT NULL ORDER BY "$row" LIMIT 1`,
  );
  const field = fields[Number(index ?? -1)];
  if (!field) return;
  throw new BigQueryError(
    'invalid',
    `Error while reading data, error message: row ${row}: could not read '${String(text).slice(0, 100)}' as STRING for field ${field.name}`,
  );
}

function isNested(path: string): string {
  const types = `json_type(json, ${quoteString(path)})`;
  const nested = "['OBJECT', 'ARRAY']";
  return path.includes('[*]')
    ? `list_has_any(${types}, ${nested})`
    : `list_contains(${nested}, ${types})`;
}

function textFields(type: GoogleSqlType, name: string, path: string): TextField[] {
  const key = `"${name.split('.').at(-1)}"\\s*:\\s*`;
  if (type.kind === 'STRING') return [{ name, path, suspect: `(?i)${key}[\\[{]` }];
  if (type.kind === 'ARRAY' && type.element.kind === 'STRING') {
    return [{ name, path: `${path}[*]`, suspect: `(?i)${key}\\[${PLAIN}*[\\[{]` }];
  }
  const isArray = type.kind === 'ARRAY';
  const record = isArray ? type.element : type;
  if (record.kind !== 'STRUCT') return [];
  const prefix = isArray ? `${path}[*]` : path;
  return record.fields.flatMap((field) =>
    textFields(field.type, `${name}.${field.name}`, `${prefix}."${field.name}"`),
  );
}
