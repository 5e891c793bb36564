import { duckFieldNames } from '../sql/duck-type';
import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import type { GoogleSqlType, ScalarKind } from '../sql/types';
import { castToText, civilText, numericToText } from './cast-to-text';
import { floatToText } from './float-text';
import { quoteJson } from './json-scan';
import type { FunctionCall } from './mapping';
import { bindOnce } from './sql-text';
import { utcDatetime } from './time-zone';

/** Whole numbers beyond 2^53 are strings in TO_JSON_STRING and numbers in TO_JSON. */
type WideNumbers = 'text' | 'number';

/** TO_JSON_STRING(value): compact JSON; NULL is the text null. */
export function toJsonText(call: FunctionCall): string {
  if (call.args.length > 1 && call.constants[1] !== false) {
    throw new UnsupportedError('TO_JSON_STRING with pretty printing');
  }
  return jsonText(call.args[0] ?? '', call.argTypes[0] ?? call.type, 'text');
}

/** TO_JSON(value): a value of type JSON; NULL is JSON's null. */
export function toJson(call: FunctionCall): string {
  if (call.args.length > 1 && call.constants[1] !== false) {
    throw new UnsupportedError('TO_JSON with stringify_wide_numbers');
  }
  const text = jsonText(call.args[0] ?? '', call.argTypes[0] ?? call.type, 'number');
  return `CAST(bq_json_canonical(${text}) AS JSON)`;
}

/** DuckDB SQL of a value's JSON text, never NULL. */
export function jsonText(x: string, type: GoogleSqlType, wide: WideNumbers): string {
  return `coalesce(${nullableText(x, type, wide)}, 'null')`;
}

function nullableText(x: string, type: GoogleSqlType, wide: WideNumbers): string {
  if (type.kind === 'ARRAY') {
    const item = jsonText('item', type.element, wide);
    return `('[' || array_to_string(list_transform(${x}, lambda item: ${item}), ',') || ']')`;
  }
  if (type.kind === 'STRUCT') return structText(x, type.fields, wide);
  return scalarText(x, type.kind, wide);
}

function structText(
  x: string,
  fields: readonly { readonly name: string; readonly type: GoogleSqlType }[],
  wide: WideNumbers,
): string {
  if (fields.length === 0) return `CASE WHEN ${x} IS NOT NULL THEN '{}' END`;
  const names = duckFieldNames(fields);
  return bindOnce([x], (v) => {
    const parts = fields.map((field, index) => {
      const key = quoteString(`${index === 0 ? '{' : ','}${quoteJson(field.name)}:`);
      return `${key} || ${jsonText(`struct_extract(${v}, ${quoteString(names[index] ?? '')})`, field.type, wide)}`;
    });
    return `CASE WHEN ${v} IS NOT NULL THEN ${parts.join(' || ')} || '}' END`;
  });
}

function scalarText(x: string, kind: ScalarKind, wide: WideNumbers): string {
  switch (kind) {
    case 'BOOL':
      return `CAST(${x} AS VARCHAR)`;
    case 'INT64':
      return wide === 'number'
        ? `CAST(${x} AS VARCHAR)`
        : bindOnce(
            [x],
            (v) =>
              `CASE WHEN ${v} BETWEEN -9007199254740992 AND 9007199254740992 THEN CAST(${v} AS VARCHAR) ELSE '"' || CAST(${v} AS VARCHAR) || '"' END`,
          );
    case 'NUMERIC':
      return wide === 'number' ? numericToText(x) : wholeOrQuoted(x);
    case 'FLOAT64':
      return bindOnce(
        [x],
        (v) =>
          `CASE WHEN isfinite(${v}) THEN ${wide === 'number' ? jsonNumber(`(${v} + 0e0)`) : floatToText(`(${v} + 0e0)`)} WHEN isnan(${v}) THEN '"NaN"' WHEN ${v} > 0 THEN '"Infinity"' WHEN ${v} < 0 THEN '"-Infinity"' END`,
      );
    case 'STRING':
      return stringText(x);
    case 'BYTES':
      return `('"' || to_base64(${x}) || '"')`;
    case 'DATE':
    case 'TIME':
      return `('"' || ${castToText(x, kind)} || '"')`;
    case 'DATETIME':
      return `('"' || ${civilText(x, 'T', '"')})`;
    case 'TIMESTAMP':
      return `('"' || ${civilText(utcDatetime(x), 'T', 'Z"')})`;
    case 'JSON':
      return `bq_json_canonical(CAST(${x} AS VARCHAR))`;
  }
}

/** A NUMERIC: whole numbers up to 2^53 as they are, all others as strings. */
function wholeOrQuoted(x: string): string {
  return bindOnce([x, numericToText(x)], (v, text) => {
    const exact = `length(${text}) < 16 OR ${v} BETWEEN -9007199254740992 AND 9007199254740992`;
    return `CASE WHEN NOT contains(${text}, '.') AND (${exact}) THEN ${text} ELSE '"' || ${text} || '"' END`;
  });
}

/** A double as a JSON value prints it: 1.0, 1e+30. */
function jsonNumber(x: string): string {
  return bindOnce(
    [floatToText(x)],
    (text) =>
      `CASE WHEN regexp_full_match(${text}, '-?\\d+') THEN ${text} || '.0' ELSE ${text} END`,
  );
}

/** DuckDB writes \u001F for \u001f and leaves the separators U+2028 and U+2029 as they are. */
function stringText(x: string): string {
  const escaped = `CAST(to_json(${x}) AS VARCHAR)`;
  return bindOnce([x, escaped], (text, json) => {
    const separators = `replace(replace(${json}, chr(8232), '\\u2028'), chr(8233), '\\u2029')`;
    return `CASE WHEN strlen(${text}) + 2 = strlen(${json}) AND strlen(${text}) = length(${text}) THEN ${json} WHEN contains(${json}, '\\u00') THEN bq_json_quote(${text}) ELSE ${separators} END`;
  });
}
