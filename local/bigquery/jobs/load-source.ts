import type { Column } from '../sql/catalog';
import { UnsupportedError } from '../sql/errors';
import { quoteIdentifier, quoteString } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';
import { duckFieldNames, toDuckType } from '../sql/types';
import { emptyArrays, refuseNullElements } from './load-arrays';
import { compressionOf, readSizes } from './load-files';
import {
  dateFromText,
  floatFromText,
  integerFromText,
  numericFromText,
  timestampFromText,
} from './load-scalars';
import type { LoadConfiguration } from './requests';

/** The rows of a file as DuckDB SQL: where they come from, and each column's value with its type. */
export interface LoadSource {
  /** A FROM clause. */
  readonly from: string;
  /** One typed expression for each column, in order. */
  readonly values: readonly string[];
}

/** A load's configuration, and what only rows that came by insertAll need. */
export type LoadSettings = LoadConfiguration & {
  /** Values of JSON columns are texts of JSON, as insertAll has them. */
  readonly hasJsonTexts?: boolean;
};

/** How a load job's files are read: every scalar as text first, then cast as BigQuery would. */
export function loadSource(
  files: readonly string[],
  columns: readonly Column[],
  configuration: LoadSettings,
): LoadSource {
  const list = `[${files.map(quoteString).join(', ')}]`;
  const names = columns.map(({ name }) => quoteIdentifier(name));
  switch (configuration.sourceFormat) {
    case 'PARQUET':
      return {
        from: `read_parquet(${list}, union_by_name = true)`,
        values: columns.map(({ type }, index) =>
          refuseNullElements(
            emptyArrays(`CAST(${names[index]} AS ${toDuckType(type)})`, type),
            type,
          ),
        ),
      };
    case 'CSV': {
      const shape = columns.map(({ name }) => `${quoteString(name)}: 'VARCHAR'`).join(', ');
      const options = csvOptions(files, configuration).join(', ');
      const text = (name: string) =>
        configuration.allowQuotedNewlines ? name : refuseNewlines(name);
      return {
        from: `read_csv(${list}, auto_detect = false, header = false, columns = {${shape}}, ${options})`,
        values: columns.map(({ name, type }) =>
          fromText(text(quoteIdentifier(name)), csvType(type), /^ *[+-]?[0-9]+ *$/),
        ),
      };
    }
    case 'NEWLINE_DELIMITED_JSON': {
      const shape = columns.map(
        ({ type }, index) =>
          `${names[index]}: ${quoteString(jsonShape(type, configuration.hasJsonTexts))}`,
      );
      return {
        from: `read_json(${list}, format = 'newline_delimited', records = true, columns = {${shape.join(', ')}}, compression = '${compressionOf(files)}', maximum_object_size = ${readSizes(files).longestRow})`,
        values: columns.map(({ type }, index) =>
          refuseNullElements(fromText(names[index] as string, type, /^[+-]?[0-9]+(\.0+)?$/), type),
        ),
      };
    }
  }
}

/** The options of read_csv that a load job's configuration stands for. */
export function csvOptions(
  files: readonly string[],
  configuration: LoadConfiguration,
): readonly string[] {
  const { fieldDelimiter, quote, nullMarker, nullMarkers } = configuration;
  const delimiter = fieldDelimiter?.replace(/^(\\t|tab)$/i, '\t') || ',';
  const { longestRow, buffer } = readSizes(files);
  const nulls = nullMarkers?.length ? nullMarkers : [nullMarker ?? ''];
  return [
    `skip = ${configuration.skipLeadingRows ?? 0}`,
    `delim = ${quoteString(delimiter)}`,
    `quote = ${quoteString(quote ?? '"')}`,
    `escape = ${quoteString(quote ?? '"')}`,
    `nullstr = [${nulls.map(quoteString).join(', ')}]`,
    // "" is an empty text, nothing between two commas is NULL.
    'allow_quoted_nulls = false',
    `null_padding = ${configuration.allowJaggedRows ?? false}`,
    // Without it DuckDB leaves out what a row has beyond the last column.
    `strict_mode = ${!configuration.ignoreUnknownValues}`,
    `encoding = '${configuration.encoding === 'ISO-8859-1' ? 'latin-1' : 'utf-8'}'`,
    `compression = '${compressionOf(files)}'`,
    `max_line_size = ${longestRow}`,
    ...(buffer === undefined ? [] : [`buffer_size = ${buffer}`]),
  ];
}

/**
 * Fails on a line break inside quotes, as BigQuery does where allowQuotedNewlines is not set: it
 * is most often a quote that was never closed. A cast fails because TRY cannot catch error().
 */
function refuseNewlines(text: string): string {
  return `CASE WHEN contains(${text}, chr(10)) THEN CAST(CAST(${text} || 'x' AS BIGINT) AS VARCHAR) ELSE ${text} END`;
}

function csvType(type: GoogleSqlType): GoogleSqlType {
  if (type.kind === 'ARRAY' || type.kind === 'STRUCT') {
    throw new UnsupportedError(`${type.kind} columns in CSV files: load NDJSON or Parquet`);
  }
  return type;
}

/** The DuckDB type under which JSON is read: texts for scalars, the same nesting. */
function jsonShape(type: GoogleSqlType, hasJsonTexts = false): string {
  if (type.kind === 'ARRAY') return `${jsonShape(type.element, hasJsonTexts)}[]`;
  if (type.kind !== 'STRUCT') return type.kind === 'JSON' && !hasJsonTexts ? 'JSON' : 'VARCHAR';
  const names = duckFieldNames(type.fields);
  const fields = type.fields.map(
    (field, index) =>
      `${quoteIdentifier(names[index] as string)} ${jsonShape(field.type, hasJsonTexts)}`,
  );
  return `STRUCT(${fields.join(', ')})`;
}

/**
 * The typed value of a text (or of nested texts), as the loader of BigQuery reads it. `integers`
 * are the texts that INT64 takes: DuckDB would round 1.5 and read 1e2.
 */
function fromText(text: string, type: GoogleSqlType, integers: RegExp): string {
  switch (type.kind) {
    case 'STRING':
      return text;
    case 'INT64':
      return integerFromText(text, integers);
    case 'BYTES':
      return `from_base64(${text})`;
    case 'JSON':
      return `CASE WHEN json_type(${text}) <> 'NULL' THEN CAST(bq_json_canonical(CAST(${text} AS VARCHAR)) AS JSON) END`;
    case 'TIMESTAMP':
      return timestampFromText(text);
    case 'BOOL':
      return `CAST(${text} AS BOOLEAN)`;
    case 'FLOAT64':
      return floatFromText(text);
    case 'NUMERIC':
      return numericFromText(text);
    case 'DATE':
      return dateFromText(text);
    case 'ARRAY': {
      const list = `COALESCE(${text}, [])`;
      return isPlain(type.element)
        ? list
        : `list_transform(${list}, lambda x: ${fromText('x', type.element, integers)})`;
    }
    case 'STRUCT': {
      const names = duckFieldNames(type.fields).map(quoteIdentifier);
      const fields = type.fields.map((field, index) => {
        const inner = fromText(`${text}.${names[index]}`, field.type, integers);
        return `${names[index]} := ${inner}`;
      });
      return `CASE WHEN ${text} IS NULL THEN NULL ELSE struct_pack(${fields.join(', ')}) END`;
    }
    default:
      return `CAST(${text} AS ${toDuckType(type)})`;
  }
}

function isPlain(type: GoogleSqlType): boolean {
  return type.kind === 'STRING';
}
