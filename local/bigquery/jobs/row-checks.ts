import type { Column } from '../sql/catalog';
import type { GoogleSqlType, ScalarKind, StructField } from '../sql/types';

/** What is wrong with one inserted row. */
export interface RowProblem {
  readonly location: string;
  readonly message: string;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const DATE = '\\d{4}-\\d{1,2}-\\d{1,2}';
const TIME = '\\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d{1,6})?';

/** Texts that each type takes; numbers and booleans are checked as their text. */
const TEXTS: Partial<Record<ScalarKind, RegExp>> = {
  BOOL: /^(true|false)$/i,
  INT64: /^[+-]?\d{1,19}$/,
  FLOAT64: /^([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?inf(inity)?|nan)$/i,
  NUMERIC: NUMBER,
  BYTES: /^[A-Za-z0-9+/_-]*={0,2}$/,
  DATE: new RegExp(`^${DATE}$`),
  TIME: new RegExp(`^${TIME}$`),
  DATETIME: new RegExp(`^${DATE}([ T]${TIME})?$`),
  TIMESTAMP: new RegExp(
    `^(${DATE}([ Tt]${TIME}|[ T]\\d{1,2}:\\d{1,2})?( ?([Zz]|(UTC)?[+-]\\d{1,2}(:?\\d{2})?|UTC))?|[+-]?\\d+(\\.\\d+)?([eE]\\+?\\d+)?)$`,
  ),
};

/** The first problem of a row that insertAll was sent; undefined where it can be stored. */
export function checkRow(
  row: Readonly<Record<string, unknown>>,
  columns: readonly Column[],
  ignoreUnknownValues: boolean,
): RowProblem | undefined {
  const given = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
  for (const { name, type, required } of columns) {
    const value = given.get(name.toLowerCase()) ?? null;
    if (value === null && required) {
      return { location: name, message: `Missing required field: ${name}.` };
    }
    const problem = checkValue(value, type, name, ignoreUnknownValues);
    if (problem) return problem;
  }
  return ignoreUnknownValues ? undefined : unknownField(row, columns, '');
}

function checkValue(
  value: unknown,
  type: GoogleSqlType,
  location: string,
  ignoreUnknownValues: boolean,
): RowProblem | undefined {
  if (value === null || value === undefined) return undefined;
  if (type.kind === 'JSON') return checkJson(value, location);
  if (type.kind === 'ARRAY') {
    if (!Array.isArray(value))
      return { location, message: `Array specified for non-repeated field: ${location}.` };
    for (const item of value) {
      if (item === null) {
        return {
          location,
          message: `Only optional fields can be set to NULL. Field: ${location}; Value: NULL`,
        };
      }
      const problem = checkValue(item, type.element, location, ignoreUnknownValues);
      if (problem) return problem;
    }
    return undefined;
  }
  if (type.kind === 'STRUCT') return checkStruct(value, type.fields, location, ignoreUnknownValues);
  const text = typeof value === 'object' ? undefined : String(value);
  const fits = text !== undefined && (TEXTS[type.kind]?.test(text) ?? true);
  return fits
    ? undefined
    : {
        location,
        message: `Cannot convert value to ${type.kind.toLowerCase()}: ${JSON.stringify(value).slice(0, 100)}`,
      };
}

/** BigQuery takes the text of a JSON value; objects and arrays are taken as they are. */
function checkJson(value: unknown, location: string): RowProblem | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    JSON.parse(value);
    return undefined;
  } catch {
    return { location, message: `Invalid JSON text: ${value.slice(0, 100)}` };
  }
}

function checkStruct(
  value: unknown,
  fields: readonly StructField[],
  location: string,
  ignoreUnknownValues: boolean,
): RowProblem | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) {
    return { location, message: `This field: ${location} is not a record.` };
  }
  const record = value as Record<string, unknown>;
  const given = new Map(Object.entries(record).map(([name, it]) => [name.toLowerCase(), it]));
  for (const field of fields) {
    const inner = `${location}.${field.name}`;
    const own = given.get(field.name.toLowerCase());
    const problem = checkValue(own, field.type, inner, ignoreUnknownValues);
    if (problem) return problem;
  }
  return ignoreUnknownValues ? undefined : unknownField(record, fields, `${location}.`);
}

function unknownField(
  row: Readonly<Record<string, unknown>>,
  fields: readonly { readonly name: string }[],
  prefix: string,
): RowProblem | undefined {
  const known = new Set(fields.map(({ name }) => name.toLowerCase()));
  const unknown = Object.keys(row).find((name) => !known.has(name.toLowerCase()));
  if (unknown === undefined) return undefined;
  return { location: prefix + unknown, message: `no such field: ${prefix}${unknown}.` };
}
