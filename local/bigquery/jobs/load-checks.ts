import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { quoteIdentifier, quoteString } from '../sql/names';
import { type GoogleSqlType, printType } from '../sql/types';
import { compressionOf, readSizes } from './load-files';
import type { LoadSource } from './load-source';
import { readColumns } from './result-set';

/**
 * Throws 'invalid' for NDJSON fields that the schema lacks, unless they are to be ignored, and for
 * those that it has in other letters: DuckDB would drop both silently. Looks at every row, at the
 * top level and inside records.
 */
export async function refuseUnknownFields(
  connection: DuckDBConnection,
  files: readonly string[],
  columns: readonly Column[],
  ignoreUnknownValues: boolean,
): Promise<void> {
  const paths = recordPaths({ kind: 'STRUCT', fields: columns }, '$');
  const keys = paths.map(({ path }) =>
    path.includes('[*]')
      ? `list_sort(list_distinct(flatten(list_transform(json_extract(json, ${quoteString(path)}), lambda x: json_keys(x)))))`
      : `json_keys(json, ${quoteString(path)})`,
  );
  const list = `[${files.map(quoteString).join(', ')}]`;
  // Rows of one shape are looked at once: files hold few shapes.
  const found = await readColumns(
    connection,
    `SELECT ${keys.map((_, index) => `CAST(k${index} AS JSON)::VARCHAR`).join(', ')}
     FROM (SELECT DISTINCT ${keys.map((key, index) => `${key} AS k${index}`).join(', ')}
           FROM read_ndjson_objects(${list}, compression = '${compressionOf(files)}', maximum_object_size = ${readSizes(files).longestRow}))`,
  );
  for (const [index, { path, fields }] of paths.entries()) {
    const known = new Map(fields.map((name) => [name.toLowerCase(), name]));
    const isStrange = (key: string): boolean => {
      const name = known.get(key.toLowerCase());
      return name === undefined ? !ignoreUnknownValues : name !== key;
    };
    const unknown = (found[index] ?? [])
      .flatMap((text) => (text === null ? [] : (JSON.parse(String(text)) as string[])))
      .find(isStrange);
    if (unknown === undefined) continue;
    const twin = known.get(unknown.toLowerCase());
    const name = [...path.replaceAll('[*]', '').replaceAll('"', '').split('.').slice(1), unknown];
    throw new BigQueryError(
      'invalid',
      twin === undefined
        ? `Error while reading data, error message: JSON parsing error: No such field: ${name.join('.')}.`
        : `Error while reading data, error message: the field ${name.join('.')} is ${twin} in the schema, which the local BigQuery keeps apart: write it alike`,
    );
  }
}

interface RecordPath {
  readonly path: string;
  readonly fields: readonly string[];
}

function recordPaths(type: GoogleSqlType, path: string): RecordPath[] {
  if (type.kind === 'ARRAY') return recordPaths(type.element, `${path}[*]`);
  if (type.kind !== 'STRUCT') return [];
  const own = { path, fields: type.fields.map(({ name }) => name) };
  return [
    own,
    ...type.fields.flatMap((field) => recordPaths(field.type, `${path}."${field.name}"`)),
  ];
}

/**
 * After a load failed: the error of the first row that cannot be stored, with its number (from
 * 1), column and value; undefined where no single value is at fault.
 */
export async function findBadRow(
  connection: DuckDBConnection,
  source: LoadSource,
  columns: readonly Column[],
): Promise<BigQueryError | undefined> {
  const problems = columns.map(({ name, required }, index) => {
    const value = source.values[index] as string;
    const raw = quoteIdentifier(name);
    const missing = required ? ` OR ${raw} IS NULL` : '';
    return `WHEN (${raw} IS NOT NULL AND TRY(${value}) IS NULL AND CAST(${raw} AS VARCHAR) <> 'null')${missing} THEN ${index}`;
  });
  const texts = columns.map(
    ({ name }, index) => `WHEN ${index} THEN CAST(${quoteIdentifier(name)} AS VARCHAR)`,
  );
  const [[row] = [], [index] = [], [text] = []] = await readColumns(
    connection,
    `SELECT "$row", "$problem", CASE "$problem" ${texts.join(' ')} END
     FROM (SELECT *, row_number() OVER () AS "$row", CASE ${problems.join(' ')} END AS "$problem" FROM ${source.from})
     WHERE "$problem" IS NOT NULL ORDER BY "$row" LIMIT 1`,
  );
  const column = columns[Number(index ?? -1)];
  if (!column) return undefined;
  const fault = describeFault(column, text === null || text === undefined ? null : String(text));
  return new BigQueryError(
    'invalid',
    `Error while reading data, error message: row ${row}: ${fault}`,
  );
}

function describeFault({ name, type }: Column, text: string | null): string {
  if (text === null) return `required field ${name} is missing`;
  if (printType(type).includes('ARRAY') && /[[ ]NULL[,\]]/.test(text)) {
    return `only optional fields can be set to NULL, and array ${name} has a NULL in it: ${text.slice(0, 100)}`;
  }
  if (type.kind === 'STRING' && text.includes('\n')) {
    return `field ${name} has a line break inside quotes: set allowQuotedNewlines to load it`;
  }
  return `could not read '${text.slice(0, 100)}' as ${printType(type)} for field ${name}`;
}
