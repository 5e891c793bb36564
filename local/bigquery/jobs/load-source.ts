import type { Column } from '../sql/catalog';
import { UnsupportedError } from '../sql/errors';
import { quoteIdentifier, quoteString } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';
import { duckFieldNames, toDuckType } from '../sql/types';
import type { LoadConfiguration } from './requests';

/** The rows of a file as DuckDB SQL: where they come from, and each column's value with its type. */
export interface LoadSource {
  /** A FROM clause. */
  readonly from: string;
  /** One typed expression for each column, in order. */
  readonly values: readonly string[];
}

/** How a load job's files are read: every scalar as text first, then cast as BigQuery would. */
export function loadSource(
  files: readonly string[],
  columns: readonly Column[],
  configuration: LoadConfiguration,
): LoadSource {
  const list = `[${files.map(quoteString).join(', ')}]`;
  const names = columns.map(({ name }) => quoteIdentifier(name));
  switch (configuration.sourceFormat) {
    case 'PARQUET':
      return {
        from: `read_parquet(${list}, union_by_name = true)`,
        values: columns.map(({ type }, index) => `CAST(${names[index]} AS ${toDuckType(type)})`),
      };
    case 'CSV':
      return {
        from: `read_csv(${list}, ${csvOptions(columns, configuration)})`,
        values: columns.map(({ type }, index) => fromText(names[index] as string, csvType(type))),
      };
    case 'NEWLINE_DELIMITED_JSON': {
      const shape = columns.map(
        ({ type }, index) => `${names[index]}: ${quoteString(jsonShape(type))}`,
      );
      return {
        from: `read_json(${list}, format = 'newline_delimited', columns = {${shape.join(', ')}}, maximum_object_size = 104857600)`,
        values: columns.map(({ type }, index) => fromText(names[index] as string, type)),
      };
    }
  }
}

function csvOptions(columns: readonly Column[], configuration: LoadConfiguration): string {
  const shape = columns.map(({ name }) => `${quoteString(name)}: 'VARCHAR'`).join(', ');
  return [
    'auto_detect = false',
    'header = false',
    `columns = {${shape}}`,
    `skip = ${configuration.skipLeadingRows ?? 0}`,
    `delim = ${quoteString(configuration.fieldDelimiter || ',')}`,
    `quote = ${quoteString(configuration.quote ?? '"')}`,
    `escape = ${quoteString(configuration.quote ?? '"')}`,
    `nullstr = ${quoteString(configuration.nullMarker ?? '')}`,
    // "" is an empty text, nothing between two commas is NULL.
    'allow_quoted_nulls = false',
    `null_padding = ${configuration.allowJaggedRows ?? false}`,
    'max_line_size = 104857600',
  ].join(', ');
}

function csvType(type: GoogleSqlType): GoogleSqlType {
  if (type.kind === 'ARRAY' || type.kind === 'STRUCT') {
    throw new UnsupportedError(`${type.kind} columns in CSV files: load NDJSON or Parquet`);
  }
  return type;
}

/** The DuckDB type under which JSON is read: texts for scalars, the same nesting. */
function jsonShape(type: GoogleSqlType): string {
  if (type.kind === 'ARRAY') return `${jsonShape(type.element)}[]`;
  if (type.kind !== 'STRUCT') return type.kind === 'JSON' ? 'JSON' : 'VARCHAR';
  const names = duckFieldNames(type.fields);
  const fields = type.fields.map(
    (field, index) => `${quoteIdentifier(names[index] as string)} ${jsonShape(field.type)}`,
  );
  return `STRUCT(${fields.join(', ')})`;
}

/** The typed value of a text (or of nested texts), as the loader of BigQuery reads it. */
export function fromText(text: string, type: GoogleSqlType): string {
  switch (type.kind) {
    case 'STRING':
      return text;
    case 'BYTES':
      return `from_base64(${text})`;
    case 'JSON':
      return `CASE WHEN ${text} IS NULL OR json_type(${text}) = 'NULL' THEN NULL ELSE json(${text}) END`;
    case 'TIMESTAMP':
      return timestampFromText(text);
    case 'BOOL':
      return `CAST(${text} AS BOOLEAN)`;
    case 'ARRAY':
      return isPlain(type.element)
        ? text
        : `list_transform(${text}, lambda x: ${fromText('x', type.element)})`;
    case 'STRUCT': {
      const names = duckFieldNames(type.fields).map(quoteIdentifier);
      const fields = type.fields.map(
        (field, index) => `${names[index]} := ${fromText(`${text}.${names[index]}`, field.type)}`,
      );
      return `CASE WHEN ${text} IS NULL THEN NULL ELSE struct_pack(${fields.join(', ')}) END`;
    }
    default:
      return `CAST(${text} AS ${toDuckType(type)})`;
  }
}

function isPlain(type: GoogleSqlType): boolean {
  return type.kind === 'STRING';
}

/** Texts with or without zone ('UTC', 'Z', '+02:00'), else seconds since 1970 as a number. */
function timestampFromText(text: string): string {
  const seconds = `CAST(round(CAST(${text} AS DOUBLE) * 1000000) AS BIGINT)`;
  return `COALESCE(TRY_CAST(${text} AS TIMESTAMPTZ), make_timestamptz(${seconds}))`;
}
